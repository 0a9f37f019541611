"""How a document writes its texts: enough to make the file again from the release."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import Release
    from .round_trip import Reproduced
    from .source import Source


def write_down(source: Source, release: Release, retold: Iterable[Reproduced]) -> Release:
    """The release with the layout of its texts.

    Raises ValueError where a text does not stand at its place, which the round trip has ruled out.
    """
    between: list[str] = []
    marks: list[Mark] = []
    done = 0
    for number, (text, span, _) in enumerate(retold):
        start = source.offset(span.line, span.column)
        end = source.offset(span.end_line, span.end_column)
        between.append(source.text[done:start])
        marks += _marks(number, text, source.text[start:end])
        done = end
    between.append(source.text[done:])
    layout = release.layout._replace(between=tuple(between), marks=tuple(marks))
    return release._replace(layout=layout)


# What one character of a text can be in the document: an escape, or white space with a break in it.
_OTHERWISE = re.compile(r"\\[!-/:-@\[-`{-~]|\\?[ \t]*\n[ \t]*|[ \t]*<br ?/?>[ \t]*|[ \t]+")


def _marks(number: int, text: str, raw: str) -> list[Mark]:
    """Where a text and what the document has for it differ."""
    if text == raw:
        return []
    marks: list[Mark] = []
    position = done = 0
    for at, character in enumerate(text):
        if at < done:
            continue
        code = _CODE.match(text, at)
        if code and raw.startswith(code[0], position):
            position, done = position + len(code[0]), code.end()
            continue
        match = _OTHERWISE.match(raw, position)
        # White space is folded everywhere but in a code, which may have two spaces together.
        is_folded = match and character == " " and not text.startswith(match[0], at)
        is_escape = match and match[0] == f"\\{character}"
        if match and (is_escape or is_folded):
            marks.append(Mark(number, at, match[0]))
            position = match.end()
        elif raw[position : position + 1] == character:
            position += 1
        elif character == " " and "|" in text[at - 1 : at + 2]:
            marks.append(Mark(number, at, ""))  # beside the bar between two cells of a row
        else:
            raise ValueError(f"{text!r} is not what stands in the document: {raw!r}")
    if position != len(raw):
        raise ValueError(f"{raw!r} has more than {text!r}")
    return marks


# In code, each character is itself.
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^`\n]+\1(?!`)")
