"""What a person sees: diagnostics, colours where they are wanted, progress."""

from __future__ import annotations

import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click
from click.core import ParameterSource

from .diagnostics import format_command
from .reports.diagnostics import (
    format_github,
    format_json,
    format_sarif,
    results_of_diagnostics,
)
from .reports.terminal import format_diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
    from pathlib import Path

    from .diagnostics import Diagnostic
    from .pipeline import Comparison
    from .reports.diagnostics import Result


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Prints diagnostics on standard error, in the order of their places, and how many errors.

    Those that differ only in the line are printed once, at the first of the lines. Of very many,
    only the first are printed: a person fixes those, and runs again. Nobody need read the accepted.
    """
    unaccepted = (one for one in with_folders(diagnostics) if one.accepted is None)
    ordered = sorted(unaccepted, key=lambda diagnostic: diagnostic.sort_key)
    by_content: dict[object, list[Diagnostic]] = {}
    for diagnostic in ordered:
        by_content.setdefault(diagnostic.content, []).append(diagnostic)
    paint = painter(sys.stderr)
    for first, *others in islice(by_content.values(), _MOST_PRINTED):
        show(format_diagnostic(first, paint), err=True)
        if others:
            lines = ", ".join(str(other.location.line) for other in others[:_MOST_LINES])
            rest = len(others) - _MOST_LINES
            more = f" and {rest} more" if rest > 0 else ""
            show(f"  also on:  line {lines}{more}", err=True)
    if len(by_content) > _MOST_PRINTED:
        rest = sum(map(len, islice(by_content.values(), _MOST_PRINTED, None)))
        show(f"\n{rest} more diagnostic{'s' * (rest > 1)}, not shown", err=True)
    errors = sum(diagnostic.severity == "error" for diagnostic in ordered)
    if errors:
        show(f"\n{errors} error{'s' * (errors > 1)}", err=True)


_MOST_LINES = 20
"""How many further lines of one diagnostic are named."""
_MOST_PRINTED = 200
"""How many diagnostics that differ in more than the line are printed."""


def print_diagnostics_as(form: str, diagnostics: Iterable[Diagnostic]) -> None:
    """Prints diagnostics: as text on standard error, else on standard output, for machines."""
    if form == "text":
        print_diagnostics(diagnostics)
    else:
        print_results(results_of_diagnostics(with_folders(diagnostics)), form)


def with_folders(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics with the vendor in their commands, and the folders given to this command."""
    return [
        one._replace(command=(*one.command, *_named(one.vendors))) if one.command else one
        for one in diagnostics
    ]


def command_with_folders(*words: str) -> str:
    """A command of this program that works on what this command was given."""
    return format_command(*words, *_named())


def _named(vendors: Sequence[str] = ()) -> list[str]:
    """The options by which a person named a vendor and folders.

    `vendors` are those that the command is for: of one, its name is added, too.
    """
    context = click.get_current_context()
    named = [
        word
        for parameter in context.command.params
        if parameter.name in ("vendor", "spec", "templates", "output")
        and context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE
        for word in (parameter.opts[0], str(context.params[parameter.name]))
    ]
    if len(vendors) == 1 and _VENDOR not in named:
        return [_VENDOR, *vendors, *named]
    return named


_VENDOR = "--vendor"


def print_results(results: Sequence[Result], form: str) -> None:
    """Prints results on standard output: as `json`, `sarif` or annotations for `github`."""
    if form == "json":
        show(format_json(results))
    elif form == "sarif":
        show(format_sarif(results, _version()))
    elif annotations := format_github(results):
        show(annotations)


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 (slow to import, for SARIF alone)

    return version("ctek-codegen")


_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "place": {"bold": True},
    "strong": {"bold": True},
    "+": {"fg": "green"},
    "-": {"fg": "red"},
    "@": {"fg": "cyan"},
}


def painter(stream: TextIO | None) -> Callable[[str, str], str]:
    """Returns what paints a text by its role: only on a terminal, and only without NO_COLOR."""
    if not _is_terminal(stream) or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return lambda text, _role: text
    return lambda text, role: click.style(text, **_STYLES.get(role, {}))


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a person watches a stream; it may have been closed."""
    return stream is not None and stream.isatty()


def show(text: str, *, err: bool = False) -> None:
    """Prints a line, on standard error if `err` is set."""
    # painter has decided on colours; click would remove them again where it sees no terminal.
    click.echo(text, err=err, color=True)


def show_diff(diff: str) -> None:
    """Prints a unified diff with an empty line before it."""
    paint = painter(sys.stdout)
    show("\n" + "\n".join(paint(line, line[:1]) for line in diff.rstrip("\n").split("\n")))


_MANY = 8
"""From how many documents on the progress is shown."""


def with_progress(files: list[Path]) -> Iterator[Path]:
    """Iterates over the files, with a progress bar on a terminal where there are many."""
    if len(files) < _MANY or not _is_terminal(sys.stderr):
        yield from files
        return
    with click.progressbar(files, label="reading documents", file=sys.stderr) as bar:
        yield from bar


B = TypeVar("B", bound="Sized")


def with_line_count(batches: Iterable[B]) -> Iterator[B]:
    """Iterates over a stream's batches of lines, counting on a terminal that shows nothing else."""
    if not _is_terminal(sys.stderr) or _is_terminal(sys.stdout):
        yield from batches
        return
    count, shown = 0, 0
    for batch in batches:
        yield batch
        count += len(batch)
        if count - shown >= _STEP:
            shown = count
            click.echo(f"\r{count:,} lines", nl=False, err=True)
    click.echo("\r" + " " * len(f"{count:,} lines") + "\r", nl=False, err=True)


_STEP = 10_000
"""Lines of a stream between two counts that are shown."""


def format_summary(comparison: Comparison, output: Path) -> str:
    """How many artefacts were written, removed and left alone, in one line."""
    written = len(comparison.missing) + len(comparison.changed)
    kept = len(comparison.unchanged)
    if not written and not comparison.orphaned:
        return f"{output}: up to date, {kept} artefact{'s' * (kept != 1)}"
    removed = len(comparison.orphaned)
    return f"{output}: {written} written, {removed} removed, {kept} already up to date"
