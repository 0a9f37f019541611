"""The sections of a document: a heading whose meaning is known, and entries up to the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import Diagnostic
from generator.model import Section
from generator.reading.blocks import SECTION
from generator.reading.entries import read_entries
from generator.reading.walk import known_headings, stray

if TYPE_CHECKING:
    from generator.model import Span
    from generator.reading.blocks import Block
    from generator.reading.walk import Walk


def read_sections(walk: Walk, document: str) -> tuple[Section, ...]:
    """The sections with their entries; `document` is the path that the entries name as source."""
    sections: list[Section] = []
    while block := walk.peek():
        if block.kind != "heading":
            _skip_stray(walk)
            continue
        walk.take()
        heading = _read_heading(walk, block)
        notes, entries = read_entries(walk, document)
        if heading is None:
            continue
        sent_in = walk.grammar.sections[heading.title]
        number, span = heading.number, heading.span
        sections.append(Section(heading.title, sent_in, entries, number, span, notes))
    return tuple(sections)


class _Heading(NamedTuple):
    number: int | None
    title: str
    span: Span


_NUMBERED = re.compile(r"([0-9]{1,4}) (.+)")


def _read_heading(walk: Walk, block: Block) -> _Heading | None:
    text = walk.text(block)
    if text is None:
        return None
    numbered = _NUMBERED.fullmatch(text.string)
    number, title = (int(numbered[1]), numbered[2]) if numbered else (None, text.string)
    if block.level == SECTION and title in walk.grammar.sections:
        return _Heading(number, title, text.span(0, len(text.string)))
    walk.report(
        Diagnostic(
            "section-unknown",
            walk.source.at_line(block.first_line),
            "it is not known in which field the codes under this heading are sent",
            help=f"Write it with {SECTION * '#'}."
            if title in walk.grammar.sections
            else "If the vendor's heading is new, add it to "
            f"{walk.grammar.source.path}: as one of [[sections]], or to `contents` if it heads the "
            "contents list.",
            expected=known_headings(walk),
            found=walk.source.line(block.first_line).strip(),
        )
    )
    return None


def _skip_stray(walk: Walk) -> None:
    """Skips what stands before the first section, and reports it."""
    while (block := walk.peek()) and block.kind != "heading":
        if block.kind != "refused":  # else it is reported already
            walk.report(stray(walk, block))
        walk.take()
