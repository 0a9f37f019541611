"""What several commands share: their options, their exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from generator.console import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from generator.diagnostics import Diagnostic
    from generator.model import Release

FINDINGS = 1
"""Exit status: there is drift, a document has errors, or a change is of a refused class."""
WRONG_CALL = 2
"""Exit status: the command was called wrongly or could not run."""


class AnyPath(click.Path):
    """A file or folder; pathlib, which takes a while to import, is asked for only when needed."""

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        """The path that was given."""
        from pathlib import Path

        return Path(str(super().convert(value, param, ctx)))


class Folder(AnyPath):
    """A folder that has to be there."""

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        """The folder that was given."""
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


spec_option = click.option(
    "--spec", type=Folder(), default="spec", show_default=True, help="Folder of the documents."
)
templates_option = click.option(
    "--templates",
    type=Folder(),
    default="templates",
    show_default=True,
    help="Folder of the targets.",
)
output_option = click.option(
    "--output",
    type=AnyPath(file_okay=False),
    default="generated",
    show_default=True,
    help="Folder of the artefacts.",
)


document_type = AnyPath(exists=True, dir_okay=False)

F = TypeVar("F", bound="Callable[..., Any]")


def format_option(*formats: str) -> Callable[[F], F]:
    """The option --format, the first of the formats its default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="What to print.",
    )


def refuse_sources(output: Path, *sources: Path) -> None:
    """Refuses an output folder that holds, or lies in, what the artefacts are made from."""
    target = output.resolve()
    for source in sources:
        place = source.resolve()
        if target in (place, *place.parents) or place in target.parents:
            raise click.BadParameter(
                f"'{output}' and '{source}' hold one another. Name a folder for artefacts alone.",
                param_hint="'--output'",
            )


def complete_release(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The releases that begin with what was typed, and files."""
    from pathlib import Path

    from click.shell_completion import CompletionItem

    spec = Path(ctx.params.get("spec") or "spec")
    names = ["latest", "previous", *sorted(file.stem for file in spec.glob("*.md"))]
    known = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return [*known, CompletionItem(incomplete, type="file")]


def release_asked(releases: Sequence[Release], asked: str) -> Release:
    """The release for a firmware that a person named; says so where it is the nearest earlier one.

    Raises click.UsageError where there is none.
    """
    from generator.pipeline import UnknownReleaseError, named_release

    try:
        release, note = named_release(releases, asked)
    except UnknownReleaseError as error:
        raise click.UsageError(str(error)) from None
    if note:
        show(f"note: {note}", err=True)
    return release


def stop(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    """Ends a command that found errors, by whether it could not run at all."""
    could_not_run = {"file-unreadable", "output-unwritable"}
    ids = {diagnostic.rule for diagnostic in diagnostics}
    sys.exit(WRONG_CALL if ids & could_not_run else FINDINGS)
