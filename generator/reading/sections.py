"""The sections of a document: a heading whose meaning is known, and entries up to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic
from ..model import Fact, Section, Sentence
from ..settings import as_toml, toml_table
from .entries import read_entries
from .walk import known_headings, numbered, section_headings, stray

if TYPE_CHECKING:
    from .blocks import Block
    from .slots import Piece, SectionForm
    from .walk import Walk


def read_sections(walk: Walk, document: str) -> tuple[tuple[Section, ...], bool]:
    """The sections with their entries, and whether every heading is that of one.

    `document` is the path that the entries name as source.
    """
    if not walk.grammar.sections:
        notes, entries, has_all = read_entries(walk, document, ())
        return (Section(None, walk.grammar.entry.sent_in, entries, None, None, notes),), has_all
    sections: list[Section] = []
    has_all = True
    while block := walk.peek():
        if block.kind != "heading":
            _skip_stray(walk)
            continue
        walk.take()
        heading = _read_heading(walk, block)
        facts = heading.facts if heading else ()
        notes, entries, is_all = read_entries(walk, document, facts)
        has_all &= is_all and heading is not None
        if heading is not None:
            sections.append(heading._replace(notes=notes, entries=entries))
    return tuple(sections), has_all


def _read_heading(walk: Walk, block: Block) -> Section | None:
    """The section that a heading opens, without its entries."""
    text = walk.text(block)
    if text is None:
        return None
    headings = section_headings(walk, block)
    for form, number, title, pieces in headings:
        if form.level == block.level:
            facts = tuple(_fact(form, piece) for piece in pieces)
            span = text.span(0, len(text.string))
            return Section(title.string, form.sent_in, (), number, span, facts=facts)
    level = headings[0].form.level if headings else 0
    walk.report(
        Diagnostic(
            "section-unknown",
            walk.source.at_line(block.first_line),
            "it is not known in which field the codes under this heading are sent"
            if walk.grammar.vendor.sends_ocpp
            else "this heading is none of those that sections have",
            help=f"Write it with {level * '#'}." if level else _new_heading(walk, text.string),
            expected=known_headings(walk),
            found=walk.source.line(block.first_line).strip(),
        )
    )
    return None


def _fact(form: SectionForm, piece: Piece) -> Sentence:
    """What a placeholder of a title states."""
    text = piece.text.part(piece.start, piece.end)
    rule = next(rule for rule in form.rules if rule.states == piece.name)
    values = rule.read({piece.name: text.string}) or {}
    fact = Fact(rule.states, values, rule.id)
    return Sentence(text.string, text.span(0, len(text.string)), fact)


def _new_heading(walk: Walk, title: str) -> str:
    """The lines by which a heading is known from then on, for a section and a contents list."""
    known = [pattern.text for pattern in walk.grammar.forms["contents"]]
    title = numbered(title)[1]
    section = toml_table("[[sections]]", {"title": title, **_sent_in(walk)})
    lines = "".join(f"  {line}\n" for line in section)
    return (
        f"If the vendor's heading is new, add it to {walk.grammar.source.path}:\n{lines}"
        f"If it heads the contents list, put this into [document] there:\n"
        f"  contents = {as_toml([*known, title])}"
    )


def _sent_in(walk: Walk) -> dict[str, str]:
    """The key of a new section for the field that its codes are sent in, if they are over OCPP.

    Which one is for a person to say, unless one section alone is still to come.
    """
    fields = dict.fromkeys(form.sent_in for form in walk.grammar.sections if form.sent_in)
    headings = (block for block in walk.blocks if block.kind == "heading")
    present = {one.form.sent_in for block in headings for one in section_headings(walk, block)}
    missing = [field for field in fields if field not in present]
    choice = missing[0] if len(missing) == 1 else " or ".join(fields)
    return {"sent_in": choice} if fields else {}


def _skip_stray(walk: Walk) -> None:
    """Skips what stands before the first section, and reports it."""
    while (block := walk.peek()) and block.kind != "heading":
        if block.kind != "refused":  # else it is reported already
            walk.report(stray(walk, block))
        walk.take()
