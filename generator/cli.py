"""The command line: the commands put together, and what ends them.

The commands import the passes that they need when they run: `--help` and completion stay quick.
"""

from __future__ import annotations

import errno
import gc
import sys
from typing import NoReturn

import click

from generator.commands.add import add
from generator.commands.check import check
from generator.commands.decode import decode
from generator.commands.diff import diff
from generator.commands.explain import explain
from generator.commands.generate import generate
from generator.commands.lint import lint
from generator.commands.options import WRONG_CALL
from generator.commands.parse import parse
from generator.console import show

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
    if sys.stdout is None:
        show("There is no standard output to print to.", err=True)
        sys.exit(WRONG_CALL)
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
      ctek-codegen add r1.3.0.md          a new document -> spec/ and generated/
      ctek-codegen diff previous latest   what changed, and for whom?
      ctek-codegen explain GroundFailure  what does a code mean?
      ctek-codegen decode < messages.log  what do a station's messages mean?

    Run it in the repository's root, or name the folders.

    \b
    Exit status: 0 all well, 1 there are findings, 2 the command could not run.
    Completion:  eval "$(_CTEK_CODEGEN_COMPLETE=bash_source ctek-codegen)"  (or zsh, fish)
    """  # noqa: D301 (click's mark for lines that stay as they are)


# In the order in which a person meets them.
for _command in (generate, check, add, lint, diff, explain, decode, parse):
    cli.add_command(_command)
