"""The command line: arguments in, printing, exit status; nothing else."""

from __future__ import annotations

import errno
import gc
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.console import formatted, painter, show, show_diff, tell, watched

# The passes are imported by the commands that need them: `--help` and completion stay quick.
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from generator.diagnostics import Diagnostic
    from generator.writing.tree import Comparison

FINDINGS = 1
"""Exit status: there is drift, or a document has errors."""
WRONG_CALL = 2
"""Exit status: the command was called wrongly or could not run."""
STOPPED = 130
"""Exit status: a person stopped it, as shells have it."""


def main() -> NoReturn:
    """Runs the command line; no traceback reaches a person."""
    # A run is short and what it makes is in use to its end: looking for garbage is time lost.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # JSON is UTF-8 wherever it is printed, and a line ends as it does in the artefacts.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    status = _run()
    # Nor need the interpreter look for any as it ends.
    gc.freeze()
    sys.exit(status)


def _run() -> int:
    """The exit status of the command that the arguments name."""
    try:
        return cli.main(standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        show("Stopped.", err=True)
        return STOPPED
    except OSError as error:
        if error.errno != errno.EPIPE:
            what = f"{error.filename} cannot be used" if error.filename else _NO_OUTPUT
            show(f"{what}: {error.strerror}", err=True)
        return WRONG_CALL
    except Exception as error:  # noqa: BLE001 (whatever it is, it is told in two lines)
        import traceback

        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = "/".join(frame.filename.replace("\\", "/").split("/")[-3:])
        show(f"This is a fault of the program: {type(error).__name__}: {error}", err=True)
        show(f"({place}:{frame.lineno}) Please report it.", err=True)
        return WRONG_CALL


_NO_OUTPUT = "The output cannot be written"


class _InOrder(click.Group):
    """Commands listed in the order in which a person meets them, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="ctek-codegen", message="%(prog)s %(version)s")
def cli() -> None:
    """Turns a vendor's error-code documents into packages that programs can trust.

    \b
      ctek-codegen generate               documents in spec/ -> packages in generated/
      ctek-codegen check                  is what is committed what the documents say?
      ctek-codegen lint r1.3.0.md         what is wrong with a new document?
      ctek-codegen explain GroundFailure  what does a code mean?

    Run it in the repository's root, or name the folders.

    \b
    Exit status: 0 all well, 1 there are findings, 2 the command could not run.
    Completion:  eval "$(_CTEK_CODEGEN_COMPLETE=bash_source ctek-codegen)"  (or zsh, fish)
    """  # noqa: D301 (click's mark for lines that stay as they are)


class _Path(click.Path):
    """A file or folder; pathlib, which takes a while to import, is asked for only when needed."""

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        from pathlib import Path

        return Path(str(super().convert(value, param, ctx)))


class _Folder(_Path):
    """A folder that has to be there."""

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        folder = super().convert(value, param, ctx)
        if not folder.is_dir():
            option = param.opts[0] if param else ""
            self.fail(
                f"there is no folder '{folder}' here. Go to the repository's root, or name the "
                f"folder with {option}.",
                param,
                ctx,
            )
        return folder


_spec = click.option(
    "--spec", type=_Folder(), default="spec", show_default=True, help="Folder of the documents."
)
_templates = click.option(
    "--templates",
    type=_Folder(),
    default="templates",
    show_default=True,
    help="Folder of the targets.",
)
_output = click.option(
    "--output",
    type=_Path(file_okay=False),
    default="generated",
    show_default=True,
    help="Folder of the artefacts.",
)


@cli.command()
@_spec
@_templates
@_output
def generate(spec: Path, templates: Path, output: Path) -> None:
    """Write the artefacts that the documents make.

    Reads every document, renders every target in memory, and only then writes: files that are
    as they should be are not touched, generated files that nothing makes any more are removed,
    files of others are reported and left. With an error anywhere, nothing is written.
    """
    from generator.pipeline import build, write

    _refuse_sources(output, spec, templates)
    built, diagnostics = build(spec, templates, watched)
    tell(diagnostics)
    if built is None:
        _stop(diagnostics)
    comparison, failed = write(built, output)
    tell(failed)
    if comparison is None:
        _stop(failed)
    for path in (*comparison.missing, *comparison.changed):
        show(f"wrote    {output / path}")
    for path in comparison.orphaned:
        show(f"removed  {output / path}")
    _tell_foreign(comparison, output)
    show(_summary(comparison, output))


@cli.command()
@_spec
@_templates
@_output
def check(spec: Path, templates: Path, output: Path) -> None:
    """Tell whether the artefacts are what the documents say.

    Does all that `generate` does but the writing, and shows what is missing, changed, orphaned or
    not generated at all, with a diff. Exit status 1 if anything is: made for CI.
    """
    from generator.pipeline import build, compare
    from generator.writing.tree import difference, drift

    _refuse_sources(output, spec, templates)
    built, diagnostics = build(spec, templates, watched)
    tell(diagnostics)
    if built is None:
        _stop(diagnostics)
    comparison, failed = compare(built, output)
    tell(failed)
    if comparison is None:
        _stop(failed)
    if comparison.is_same:
        show(_summary(comparison, output))
        return
    for diagnostic in drift(comparison, output):
        show(formatted(diagnostic, sys.stdout))
    for path in comparison.changed:
        show_diff(difference(path, built.tree, output))
    if comparison.missing or comparison.changed or comparison.orphaned:
        show(f"\nTo mend this: {_generate_command()}")
    sys.exit(FINDINGS)


def _refuse_sources(output: Path, *sources: Path) -> None:
    """Refuses an output folder that holds, or lies in, what the artefacts are made from."""
    target = output.resolve()
    for source in sources:
        place = source.resolve()
        if target in (place, *place.parents) or place in target.parents:
            raise click.BadParameter(
                f"'{output}' and '{source}' hold one another. Name a folder for artefacts alone.",
                param_hint="'--output'",
            )


def _generate_command() -> str:
    """The command that mends what `check` found, with the options that it was given."""
    context = click.get_current_context()
    given = [
        f"{parameter.opts[0]} {context.params[parameter.name]}"
        for parameter in context.command.params
        if parameter.name
        and context.get_parameter_source(parameter.name) is click.core.ParameterSource.COMMANDLINE
    ]
    return " ".join(["ctek-codegen generate", *given])


_document = _Path(exists=True, dir_okay=False)


@cli.command()
@click.argument("file", type=_document)
@_spec
def parse(file: Path, spec: Path) -> None:
    """Print the release that FILE tells, as JSON.

    The form is that of generated/json/releases/: sections, entries, and each sentence with its
    place and the fact that it states.
    """
    from generator.contract import release_data, to_json
    from generator.pipeline import read_document

    release, diagnostics = read_document(file, spec)
    tell(diagnostics)
    if release is None:
        _stop(diagnostics)
    show(to_json(release_data(release)))


@cli.command()
@click.argument("files", metavar="FILE...", type=_document, nargs=-1, required=True)
@_spec
def lint(files: Sequence[Path], spec: Path) -> None:
    """Print what is wrong with each FILE, and nothing else.

    For a document that is not in the folder of documents yet, too: what `generate` would say of
    it is said here.
    """
    from generator.diagnostics import has_errors
    from generator.pipeline import read_document

    found: list[Diagnostic] = []
    for file in watched(list(files)):
        _, diagnostics = read_document(file, spec)
        found += diagnostics
    found = list(dict.fromkeys(found))
    tell(found)
    if has_errors(found):
        _stop(found)


def _complete_code(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes that begin with what was typed; nothing where the documents cannot be read."""
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from generator.pipeline import load

    spec = Path(ctx.params.get("spec") or "spec")
    catalogue, _ = load(spec) if spec.is_dir() else (None, [])
    return [
        CompletionItem(code.code, help=code.meanings[0].description)
        for code in (catalogue.codes if catalogue else ())
        if code.code.lower().startswith(incomplete.lower())
    ]


@cli.command()
@click.argument("code", shell_complete=_complete_code)
@_spec
def explain(code: str, spec: Path) -> None:
    """Tell what CODE means.

    Every meaning with its facts, the release and the place in the document. Upper and lower case
    do not matter. For a code that is not known, the nearest ones are named.
    """
    import shutil

    from generator.explain import find, nearest
    from generator.explain import tell as explained
    from generator.pipeline import load

    catalogue, diagnostics = load(spec, watched)
    tell(diagnostics)
    if catalogue is None:
        _stop(diagnostics)
    known = find(catalogue, code)
    if known is None:
        alike = nearest(catalogue, code)
        show(f"No release has the code '{code}'.", err=True)
        if alike:
            show(f"Nearest: {', '.join(alike)}", err=True)
        sys.exit(FINDINGS)
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    width = min(max(columns, 40), 100)
    paint = painter(sys.stdout)
    show(explained(catalogue, known, width, lambda text: paint(text, "strong")))


def _summary(comparison: Comparison, output: Path) -> str:
    written = len(comparison.missing) + len(comparison.changed)
    kept = len(comparison.unchanged)
    if not written and not comparison.orphaned:
        return f"{output}: up to date, {kept} artefact{'s' * (kept != 1)}"
    return (
        f"{output}: {written} written, {len(comparison.orphaned)} removed, {kept} as they should be"
    )


def _tell_foreign(comparison: Comparison, output: Path) -> None:
    from generator.writing.tree import drift

    tell([d for d in drift(comparison, output) if d.rule == "file-foreign"])


def _stop(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    """Ends a command that found errors, by whether it could not run at all."""
    could_not_run = {"file-unreadable", "output-unwritable"}
    ids = {diagnostic.rule for diagnostic in diagnostics}
    sys.exit(WRONG_CALL if ids & could_not_run else FINDINGS)
