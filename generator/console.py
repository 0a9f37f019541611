"""What a person sees: findings, colours where they are wanted, progress."""

from __future__ import annotations

import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.reports.findings import Finding
    from generator.writing.tree import Comparison


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Diagnostics on standard error, in the order of the places, with a count behind them.

    What is said of several places in the same words is said once, at the first of them. Of very
    many findings the first are shown: a person fixes those, and runs again.
    """
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    alike: dict[object, list[Diagnostic]] = {}
    for diagnostic in ordered:
        said = (diagnostic.location.path, diagnostic.rule, *diagnostic[2:])
        alike.setdefault(said, []).append(diagnostic)
    for first, *others in islice(alike.values(), _MOST):
        show(formatted(first, sys.stderr), err=True)
        if others:
            lines = ", ".join(str(other.location.line) for other in others[:_SHOWN])
            more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
            show(f"  also on:  line {lines}{more}", err=True)
    if len(alike) > _MOST:
        rest = sum(map(len, islice(alike.values(), _MOST, None)))
        show(f"\n{rest} more finding{'s' * (rest > 1)}, not shown", err=True)
    errors = sum(diagnostic.severity == "error" for diagnostic in ordered)
    if errors:
        show(f"\n{errors} error{'s' * (errors > 1)}", err=True)


_SHOWN = 20
"""How many further places of one finding are named."""
_MOST = 200
"""How many findings that differ are shown."""


def formatted(diagnostic: Diagnostic, stream: TextIO | None) -> str:
    """A diagnostic as it is shown on a stream."""
    from generator.diagnostics import format_diagnostic

    return format_diagnostic(diagnostic, painter(stream))


def tell_as(form: str, diagnostics: Iterable[Diagnostic]) -> None:
    """Diagnostics as text on standard error, or on standard output in a format for machines."""
    from generator.reports.findings import of_diagnostics

    if form == "text":
        tell(diagnostics)
    else:
        print_findings(of_diagnostics(diagnostics), form)


def print_findings(findings: Sequence[Finding], form: str) -> None:
    """Findings on standard output, as `json`, `sarif` or annotations for `github`."""
    from generator.reports.findings import to_github, to_json, to_sarif

    if form == "json":
        show(to_json(findings))
    elif form == "sarif":
        show(to_sarif(findings, _version()))
    elif told := to_github(findings):
        show(told)


def _version() -> str:
    from importlib.metadata import version

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
    """What paints a text by its role: only on a terminal, and not where NO_COLOR is set."""
    is_terminal = stream is not None and stream.isatty()
    if not is_terminal or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return lambda text, _role: text
    return lambda text, role: click.style(text, **_STYLES.get(role, {}))


def show(text: str, *, err: bool = False) -> None:
    """Prints a line, on standard error where `err` says so."""
    # Colours were decided by painter; click would take them out again where it sees no terminal.
    click.echo(text, err=err, color=True)


def show_diff(diff: str) -> None:
    """Prints a unified diff, an empty line before it."""
    paint = painter(sys.stdout)
    show("\n" + "\n".join(paint(line, line[:1]) for line in diff.rstrip("\n").split("\n")))


_MANY = 8
"""From how many documents on a person is shown the progress."""


def watched(files: list[Path]) -> Iterator[Path]:
    """The files one by one, with a bar on a terminal where there are many."""
    if len(files) < _MANY or not sys.stderr.isatty():
        yield from files
        return
    with click.progressbar(files, label="reading documents", file=sys.stderr) as bar:
        yield from bar


B = TypeVar("B", bound="Sized")


def counted(batches: Iterable[B]) -> Iterator[B]:
    """The batches of a stream, and on a terminal that shows nothing else how many items it had."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
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
"""Items of a stream between two counts that a person is shown."""


def summary(comparison: Comparison, output: Path) -> str:
    """How the artefacts stood, in one line."""
    written = len(comparison.missing) + len(comparison.changed)
    kept = len(comparison.unchanged)
    if not written and not comparison.orphaned:
        return f"{output}: up to date, {kept} artefact{'s' * (kept != 1)}"
    return (
        f"{output}: {written} written, {len(comparison.orphaned)} removed, {kept} as they should be"
    )
