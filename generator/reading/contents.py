"""The contents list of a document: a heading and a paragraph, both or neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic
from ..model import ContentsLine
from .blocks import SECTION

if TYPE_CHECKING:
    from ..diagnostics import Location
    from ..model import Line
    from .blocks import Block
    from .walk import Walk


class Contents(NamedTuple):
    """The contents list's title and lines; None and empty where the document has none."""

    title: Line | None
    lines: tuple[ContentsLine, ...]


def read_contents(walk: Walk) -> Contents:
    """The contents list, if one stands here."""
    walk.skip_refused()
    heading = walk.peek()
    is_heading = heading and heading.kind == "heading" and heading.level == SECTION
    text = walk.plain_text(heading) if heading and is_heading else None
    forms = walk.grammar.forms["contents"]
    if heading is None or text is None or not any(p.read(text.string) is not None for p in forms):
        return Contents(None, ())
    walk.take()
    is_told = walk.skip_refused()
    block = walk.peek()
    if block is None or block.kind != "paragraph":
        line = block.first_line if block and block.kind == "item" else heading.first_line
        if not is_told:
            walk.report(_unreadable(walk.source.at_line(line), "no such lines"))
        while (block := walk.peek()) and block.kind == "item":
            walk.take()
        return Contents(text.line, ())
    walk.take()
    return Contents(text.line, _read_lines(walk, block))


# A word and the spaces behind it give nothing back: many spaces are no work for a line that fails.
_LINE = re.compile(
    r"(?P<number>[0-9]{1,4})[ \t]++(?P<title>\S++(?:[ \t]++\S++)*)[ \t]++(?P<page>[0-9]{1,5})"
)
_SPACES = re.compile(r"[ \t]+")


def _read_lines(walk: Walk, block: Block) -> tuple[ContentsLine, ...]:
    lines: list[ContentsLine] = []
    for number in range(block.first_line, block.last_line + 1):
        text = walk.source.line(number).strip(" \t")
        match = _LINE.fullmatch(text)
        if match is None:
            walk.report(_unreadable(walk.source.at_line(number), text))
            continue
        start = walk.source.start_of(number) + walk.source.line(number).index(text)
        span = walk.source.span(start, start + len(text))
        title = _SPACES.sub(" ", match["title"])
        lines.append(ContentsLine(int(match["number"]), title, int(match["page"]), span))
    return tuple(lines)


def _unreadable(place: Location, found: str) -> Diagnostic:
    return Diagnostic(
        "contents-unreadable",
        place,
        "the contents list is not of the form that is read",
        help="Give each section a line of its own, in one paragraph and without bullets, or leave "
        "the whole list out, with its heading.",
        expected="lines of a section's number, its title and its page, with tabs between",
        found=found,
    )
