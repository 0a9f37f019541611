"""The sections of a document: a heading whose meaning is known, and entries up to the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import Diagnostic
from generator.meanings import meaning_of
from generator.model import Entry, Section, Source
from generator.reading.blocks import REFUSED, SECTION
from generator.reading.sentences import read_sentences
from generator.reading.text import read_entry
from generator.reading.walk import known_headings, stray
from generator.settings import as_toml, toml_table

if TYPE_CHECKING:
    from generator.model import Span
    from generator.reading.blocks import Block
    from generator.reading.walk import Walk


def read_sections(walk: Walk, document: str) -> tuple[tuple[Section, ...], bool]:
    """The sections with their entries, and whether every heading is that of one.

    `document` is the path that the entries name as source.
    """
    sections: list[Section] = []
    has_all = True
    while block := walk.peek():
        if block.level <= 0:
            _skip_stray(walk)
            continue
        walk.take()
        heading = _read_heading(walk, block)
        entries, is_all = _read_entries(walk, document)
        has_all &= is_all and heading is not None
        if heading is None:
            continue
        sent_in = walk.grammar.sections[heading.title]
        sections.append(Section(heading.title, sent_in, entries, heading.number, heading.span))
    return tuple(sections), has_all


class _Heading(NamedTuple):
    number: int | None
    title: str
    span: Span


_NUMBERED = re.compile(r"([0-9]{1,4}) (.+)")


def _numbered(heading: str) -> tuple[int | None, str]:
    """A heading's number, None where it has none, and its title."""
    match = _NUMBERED.fullmatch(heading)
    return (int(match[1]), match[2]) if match else (None, heading)


def _read_heading(walk: Walk, block: Block) -> _Heading | None:
    text = walk.text(block)
    if text is None:
        return None
    number, title = _numbered(text.string)
    if block.level == SECTION and title in walk.grammar.sections:
        return _Heading(number, title, text.span(0, len(text.string)))
    walk.report(
        Diagnostic(
            "section-unknown",
            walk.source.at_line(block.first_line),
            "it is not known in which field the codes under this heading are sent",
            help=f"Write it with {SECTION * '#'}."
            if title in walk.grammar.sections
            else _new_heading(walk, title),
            expected=known_headings(walk),
            found=walk.source.line(block.first_line).strip(),
        )
    )
    return None


def _new_heading(walk: Walk, title: str) -> str:
    """The lines by which a heading is known from then on, for a section and a contents list."""
    known = [pattern.text for pattern in walk.grammar.forms["contents"]]
    fields = dict.fromkeys(walk.grammar.sections.values())
    headings = [text for block in walk.blocks if block.level > 0 and (text := walk.text(block))]
    titles = [_numbered(text.string)[1] for text in headings]
    missing = [*fields.keys() - map(walk.grammar.sections.get, titles)]
    # Where the codes are sent is for a person to say, unless one section alone is still to come.
    sent_in = missing[0] if len(missing) == 1 else " or ".join(fields)
    section = toml_table("[[sections]]", {"title": title, "sent_in": sent_in})
    lines = "".join(f"  {line}\n" for line in section)
    return (
        f"If the vendor's heading is new, add it to {walk.grammar.source.path}:\n{lines}"
        f"If it heads the contents list, put this into [document] there:\n"
        f"  contents = {as_toml([*known, title])}"
    )


def _read_entries(walk: Walk, document: str) -> tuple[tuple[Entry, ...], bool]:
    """The entries up to the next heading, and whether they are all of this section.

    Behind the heading of another one that has lost its mark they are read, and are not.
    """
    entries: list[Entry] = []
    is_all = True
    while (block := walk.peek()) and block.level <= 0:
        walk.take()
        if block.level == REFUSED:
            continue
        code, text, found = read_entry(walk.source, block)
        walk.report(*found)
        if code is None or text is None:
            is_all &= not _is_heading(walk, block)
            continue
        sentences, found = read_sentences(text, walk.grammar)
        walk.report(*found)
        place = Source(document, block.first_line, block.last_line)
        meaning = meaning_of(walk.grammar.fields, sentences, place)
        entry = Entry(code.string, meaning, code.span(0, len(code.string)))
        if not found and not meaning.description:
            walk.report(_no_description(walk, entry))
        entries += [entry] if is_all else []
    return tuple(entries), is_all


def _is_heading(walk: Walk, block: Block) -> bool:
    """Whether a paragraph says what the heading of a section does."""
    line = " ".join(walk.source.line(block.first_line).split())
    return _numbered(line)[1] in walk.grammar.sections


def _skip_stray(walk: Walk) -> None:
    """Skips what stands before the first section, and reports it."""
    while (block := walk.peek()) and block.level <= 0:
        if block.level != REFUSED:  # else it is reported already
            walk.report(stray(walk, block))
        walk.take()


def _no_description(walk: Walk, entry: Entry) -> Diagnostic:
    has_facts = bool(entry.meaning.sentences)
    return Diagnostic(
        "entry-empty",
        walk.source.at_span(entry.span),
        "this entry has no description besides its facts"
        if has_facts
        else "this entry says nothing of its code",
        help="Compare with the vendor's original; a text may have been lost on the way.",
        expected="a sentence that says what the code means",
        found=entry.paragraph,
    )
