"""Diagnostics for a terminal: each at its place, with the line and a caret under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..diagnostics import Diagnostic, Location

    Style = Callable[[str, str], str]
    """Paints a text by its role: `error`, `warning`, `place` or `strong`."""


def _plain(text: str, _role: str) -> str:
    return text


def format_diagnostic(diagnostic: Diagnostic, style: Style = _plain) -> str:
    """The diagnostic as lines for a terminal, without a line break at the end.

    `style` paints a text by its role; the default leaves it plain.
    """
    location = diagnostic.location
    label = f"{diagnostic.severity}[{diagnostic.rule}]"
    place = style(visible(str(location)), "place")
    label = style(label, diagnostic.severity.value)
    lines = [f"{place}: {label}: {style(visible(diagnostic.message), 'strong')}"]
    if location.line is not None and location.excerpt is not None:
        lines += _excerpt(location, lambda mark: style(mark, diagnostic.severity.value))
    details = (
        ("vendor", ", ".join(diagnostic.vendors) or None),
        ("expected", diagnostic.expected),
        ("found", diagnostic.found),
    )
    lines += [_labelled(name, value) for name, value in details if value is not None]
    lines.append(_labelled("help", diagnostic.advice))
    return "\n".join(lines)


_EXCERPT_WIDTH = 120


def _excerpt(location: Location, paint: Callable[[str], str]) -> list[str]:
    """The line with a caret under the place; of a very long line only what is around it."""
    line = location.excerpt or ""
    start = (location.column or 1) - 1
    first = max(0, start - _EXCERPT_WIDTH // 2) if len(line) > _EXCERPT_WIDTH else 0
    shown = visible(line[first : first + _EXCERPT_WIDTH])
    caret = "^" * max(1, min(location.width, len(shown) - (start - first)))
    gutter = " " * len(str(location.line))
    return [
        f"{gutter} |",
        f"{location.line} | {shown}".rstrip(),
        f"{gutter} | {' ' * (start - first)}{paint(caret)}",
    ]


def visible(text: str) -> str:
    """The text with every character that a terminal would not print replaced by one that it does.

    One character stands for one, so that carets stay below what they point at; a document cannot
    move the cursor or colour the screen of the person who reads about it.
    """
    if text.isprintable():
        return text
    shown = {"\t": " "}
    return "".join(
        c if c.isprintable() else shown.get(c, "\N{REPLACEMENT CHARACTER}") for c in text
    )


def _labelled(name: str, value: str) -> str:
    label = f"  {name + ':':<10}"
    return label + ("\n" + " " * len(label)).join(map(visible, value.split("\n")))
