"""The command line: which commands there are, and how a run ends.

A command's module is imported once that command is called: `--help` and completion stay quick.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from .commands.status import CLOSED_PIPE, INTERRUPTED, WRONG_CALL

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = {
    "init": "Start a vendor: propose its vendor.toml by the document FILE.",
    "generate": "Write the artefacts that the documents make.",
    "check": "Check that the artefacts are up to date with the documents.",
    "add": "Take a new firmware document in.",
    "lint": "Print what is wrong with each FILE, and nothing else.",
    "diff": "Show what changed from OLD to NEW.",
    "explain": "Explain what CODE means.",
    "decode": "Decode OCPP messages from FILE, or from standard input.",
    "parse": "Print the release that FILE describes, as JSON.",
}
"""Each command with its summary, in the order of a person's first steps.

A summary is the first line of the command's own help, held by a test: to list the commands, none of
them need be imported.
"""


def main() -> NoReturn:
    """Runs the command line; no traceback reaches a person."""
    # A run is short and what it makes is in use to its end: looking for garbage is time lost.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # JSON is UTF-8 wherever it is printed, and a line ends as it does in the artefacts.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if sys.stdout is None:
        click.echo("There is no standard output to print to.", err=True)
        sys.exit(WRONG_CALL)
    try:
        status = _run()
    except BrokenPipeError:
        status = CLOSED_PIPE
    except OSError:  # not even standard error takes what there is to say
        status = WRONG_CALL
    finally:
        for stream in (sys.stdout, sys.stderr):
            _drop_unwritten(stream)
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
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return CLOSED_PIPE
    except OSError as error:
        what = f"{error.filename} cannot be used" if error.filename else _NO_OUTPUT
        click.echo(f"{what}: {error.strerror}", err=True)
        return WRONG_CALL
    except Exception as error:  # noqa: BLE001 (whatever it is, a person gets no traceback)
        _report_internal_error(error)
        return WRONG_CALL


def _drop_unwritten(stream: TextIO | None) -> None:
    """Drops what could not be written: the interpreter would try again at its end, and complain."""
    if stream is None:
        return
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _report_internal_error(error: Exception) -> None:
    import traceback  # noqa: PLC0415 (only what goes wrong needs it)

    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = "/".join(frame.filename.replace("\\", "/").split("/")[-3:])
    click.echo(f"Internal error, please report it: {type(error).__name__}: {error}", err=True)
    click.echo(f"({place}:{frame.lineno})", err=True)


_NO_OUTPUT = "The output cannot be written"


def load_command(name: str) -> click.Command:
    """The command of a name, from the module of that name."""
    command: click.Command = getattr(import_module(f".commands.{name}", __package__), name)
    return command


@contextmanager
def _quiet_end() -> Iterator[None]:
    """Ends a command whose reader is gone as other tools do: click's status is that of findings."""
    try:
        yield
    except BrokenPipeError:
        raise click.exceptions.Exit(CLOSED_PIPE) from None


class _LazyGroup(click.Group):
    """Commands that are imported when they are called, in the order of COMMANDS.

    Until then each is a placeholder, with all that help and completion show of it in the list.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names in their order; click would sort them."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments call, imported."""
        name, placeholder, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name and placeholder else None, rest

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401 (click's own)
        """The context of a call; help and version are printed on the way."""
        with _quiet_end():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command that is called."""
        with _quiet_end():
            return super().invoke(ctx)


@click.group(
    cls=_LazyGroup,
    commands=[click.Command(name, short_help=summary) for name, summary in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="ctek-codegen", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn a vendor's error-code documents into packages that programs can trust.

    \b
      ctek-codegen generate               documents in spec/ -> packages in generated/
      ctek-codegen check                  is generated/ up to date with the documents?
      ctek-codegen add r1.3.0.md          a new document -> spec/ and generated/
      ctek-codegen diff previous latest   what changed, and for whom?
      ctek-codegen explain GroundFailure  what does a code mean?
      ctek-codegen decode messages.log    what do a station's messages mean?
      ctek-codegen init r1.2.0.md         another vendor's document -> a vendor.toml to go on from

    Run it in the repository's root, or name the folders.

    \b
    Exit status: 0 all well, 1 there are findings, 2 called wrongly or could not run,
                 130 stopped, 141 nobody reads what is printed any more.
    Completion:  eval "$(_CTEK_CODEGEN_COMPLETE=bash_source ctek-codegen)"  (or zsh, fish)
    """  # noqa: D301 (click's mark for lines that stay as they are)
