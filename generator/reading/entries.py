"""The entries of a section: blocks that fill the slots of the vendor's form, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic
from ..meanings import meaning_of
from ..model import Entry, Fact, Sentence, Source, Surroundings
from .sentences import read_sentences
from .slots import CELL_END, CODE, TEXT
from .text import (
    broken_words,
    read_code,
    read_texts,
    refused_markup,
    separators,
)
from .walk import numbered, opens_section

if TYPE_CHECKING:
    from ..model import Line
    from .blocks import Block
    from .slots import Piece, Slot, SlotRule
    from .text import Text
    from .walk import Walk


class _Part(NamedTuple):
    """A slot with the block that fills it: what its placeholders take, and the block's texts."""

    slot: Slot
    block: Block
    pieces: list[Piece]
    texts: list[Text]


def read_entries(
    walk: Walk, document: str, section: tuple[Sentence, ...]
) -> tuple[tuple[Line, ...], tuple[Entry, ...], bool]:
    """The notes before the first entry, the entries, and whether they are all of this section.

    They go up to the next heading of a section. Behind one that has lost its mark they are read,
    and are not of this section. `section` is what its title states.
    """
    notes: list[Line] = []
    entries: list[Entry] = []
    parts: list[_Part] = []
    is_all = True
    while (block := walk.peek()) and not _ends_section(walk, block, parts):
        walk.take()
        part = _read_part(walk, block, parts)
        if part is None and _is_lost_heading(walk, block):
            entries += _read_entry(walk, parts, document, section) if is_all else []
            parts, is_all = [], False
        elif part is None:
            notes += read_note(walk, block) if not parts and may_be_note(walk, block) else []
        elif part.slot is walk.grammar.entry.opener:
            read = _read_entry(walk, parts, document, section)
            entries += read if is_all else []
            parts = [part]
        else:
            parts.append(part)
    read = _read_entry(walk, parts, document, section)
    entries += read if is_all else []
    return tuple(notes), tuple(entries), is_all


def _is_lost_heading(walk: Walk, block: Block) -> bool:
    """Whether a paragraph says what the heading of a section does."""
    title = numbered(" ".join(walk.source.line(block.first_line).split()))[1]
    return any(title == form.cell.pattern for form in walk.grammar.sections)


def _candidates(walk: Walk, parts: list[_Part]) -> list[Slot]:
    """The slots that the next block can fill: a new entry's first, or one behind the last."""
    form = walk.grammar.entry
    return [form.opener, *(form.next_slots(parts[-1].slot) if parts else ())]


def _ends_section(walk: Walk, block: Block, parts: list[_Part]) -> bool:
    """Whether a block is a heading that belongs to no entry."""
    if block.kind != "heading" or not walk.grammar.sections:
        return False
    if not any(slot.takes(block) for slot in _candidates(walk, parts)):
        return True
    return opens_section(walk, block)


def opens_entry(walk: Walk, block: Block) -> bool:
    """Whether a block is the first of an entry."""
    opener = walk.grammar.entry.opener
    texts = read_texts(walk.source, block)[0] if opener.takes(block) else None
    return texts is not None and opener.match(texts) is not None


def _read_part(walk: Walk, block: Block, parts: list[_Part]) -> _Part | None:
    """The slot that a block fills; None with a diagnostic where it fills none."""
    if block.kind == "refused":
        return None
    slots = _candidates(walk, parts)
    fitting = [slot for slot in slots if slot.takes(block)]
    texts, found = read_texts(walk.source, block) if fitting else ([], [])
    walk.report(*found)
    if texts is None:
        return None
    for slot in fitting:
        pieces = slot.match(texts)
        if pieces is None or _has_broken_code(pieces):
            continue
        if pieces:
            pieces[0] = pieces[0]._replace(before=f"{_heads(block)}{pieces[0].before}")
        found = _markup(walk, texts, pieces)
        walk.report(*found)
        return None if found else _Part(slot, block, pieces, texts)
    if parts or not may_be_note(walk, block):
        walk.report(_unmarked(walk, block, slots))
    return None


def may_be_note(walk: Walk, block: Block) -> bool:
    """Whether a block may stand outside of all entries."""
    return walk.grammar.entry.keeps_notes and block.kind == "paragraph"


def _has_broken_code(pieces: list[Piece]) -> bool:
    """Whether a code goes over the end of a line: what looks like one is none."""
    codes = (piece.text.part(piece.start, piece.end) for piece in pieces if piece.name == CODE)
    spans = (text.span(0, len(text.string)) for text in codes)
    return any(span.line != span.end_line for span in spans)


def _markup(walk: Walk, texts: list[Text], pieces: list[Piece]) -> list[Diagnostic]:
    """A diagnostic for markup in what placeholders took, where the vendor's texts have none."""
    if walk.grammar.entry.keeps_markup or not any(text.markup for text in texts):
        return []
    taken = (piece.text.part(piece.start, piece.end) for piece in pieces)
    return [diagnostic for text in taken for diagnostic in refused_markup(text)][:1]


def read_note(walk: Walk, block: Block) -> list[Line]:
    """A paragraph that stands outside of all entries."""
    texts, found = read_texts(walk.source, block)
    if texts and not walk.grammar.entry.keeps_markup:
        found += refused_markup(texts[0])
    walk.report(*found)
    return [text.line for text in texts or ()]


def _read_entry(
    walk: Walk, parts: list[_Part], document: str, section: tuple[Sentence, ...]
) -> list[Entry]:
    """The entry that some parts make; none with diagnostics where it cannot be read."""
    if not parts:
        return []
    missing = walk.grammar.entry.missing(parts[-1].slot)
    if missing is not None:
        walk.report(_incomplete(walk, parts, missing))
    parts = _with_fixed_words(parts)
    code, form = _code(parts[0])
    if found := _separated(parts[0], code):
        walk.report(*found)
        return []
    sentences: list[Sentence] = []
    for part in parts:
        if part.slot.states is not None:
            sentences += _record(walk, part, part.slot.states, found)
            continue
        for piece in part.pieces:
            if piece.name != CODE:
                sentences += _sentences(walk, part, piece, sentences, found)
    walk.report(*found)
    place = Source(document, parts[0].block.first_line, parts[-1].block.last_line)
    meaning = meaning_of(walk.grammar.fields, tuple(sentences), place, section)
    entry = Entry(code.string, meaning, code.span(0, len(code.string)), form)
    if not found and not meaning.description:
        walk.report(_no_description(walk, entry))
    return [entry]


def _heads(block: Block) -> str:
    """The heads of a table, which stand before its first row."""
    return f" {CELL_END.join(block.columns)}" if block.is_first else ""


def _with_fixed_words(parts: list[_Part]) -> list[_Part]:
    """The parts that state something, with the words of those that only stand between them."""
    stating: list[_Part] = []
    fixed = ""
    for part in parts:
        if not part.pieces:
            cells = CELL_END.join(text.string for text in part.texts)
            fixed += f"{_heads(part.block)} {cells}"
            continue
        first = part.pieces[0]
        pieces = [first._replace(before=fixed + first.before), *part.pieces[1:]]
        stating.append(part._replace(pieces=pieces))
        fixed = ""
    last = stating[-1]
    end = last.pieces[-1]
    pieces = [*last.pieces[:-1], end._replace(after=end.after + fixed)]
    return [*stating[:-1], last._replace(pieces=pieces)]


def _separated(opener: _Part, code: Text) -> list[Diagnostic]:
    """Diagnostics for what separates a code from a text right behind it."""
    names = [piece.name for piece in opener.pieces]
    at = names.index(CODE) + 1
    if names[at : at + 1] != [TEXT]:
        return []
    piece = opener.pieces[at]
    return separators(code, piece.text.part(piece.start, piece.end))


def _code(opener: _Part) -> tuple[Text, Surroundings]:
    """The code, and the fixed words around it."""
    piece = next(piece for piece in opener.pieces if piece.name == CODE)
    text = read_code(piece.text.part(piece.start, piece.end))
    return text, Surroundings(piece.before, piece.after)


def _sentences(
    walk: Walk, part: _Part, piece: Piece, before: list[Sentence], found: list[Diagnostic]
) -> list[Sentence]:
    """What a placeholder takes: the sentences of a text, or the fact that stands in its place.

    `before` is what the entry has before it.
    """
    text = piece.text.part(piece.start, piece.end)
    if part.block.kind != "code" and (broken := broken_words(text, walk.grammar.language)):
        found += broken
        return []
    form = Surroundings(piece.before, piece.after)
    if piece.name == TEXT:
        # What stands in a slot of its own is no sentence that another could be about.
        slot_rule = walk.grammar.entry.rule
        earlier = [one for one in before if one.fact is None or not slot_rule(one.fact.rule)]
        sentences, unsure = read_sentences(text, walk.grammar, earlier)
        found += unsure
        return _surrounded(list(sentences), form)
    rule = walk.grammar.entry.rules[part.slot.rule_of(piece.name)]
    values = rule.read({piece.name: text.string})
    if values is None:
        found.append(_unreadable(walk, text, rule))
        return []
    fact = Fact(rule.states, values, rule.id)
    return [Sentence(text.string, text.span(0, len(text.string)), fact, form)]


def _record(walk: Walk, part: _Part, states: str, found: list[Diagnostic]) -> list[Sentence]:
    """What all placeholders of a slot state together."""
    rule = part.slot.rule_of_row(part.texts, states)
    first, last = part.texts[0], part.texts[-1]
    values = rule.read({piece.name: piece.string for piece in part.pieces})
    if values is None:
        found.append(_unreadable(walk, first, rule))
        return []
    start = first.span(0, len(first.string))
    end = last.span(0, len(last.string))
    span = start._replace(end_line=end.end_line, end_column=end.end_column)
    fact = Fact(rule.states, values, rule.id)
    form = Surroundings(part.pieces[0].before, part.pieces[-1].after)
    return [Sentence(rule.format(values), span, fact, form)]


def _surrounded(sentences: list[Sentence], form: Surroundings) -> list[Sentence]:
    """The sentences with the fixed words before the first and behind the last."""
    sentences[0] = sentences[0]._replace(form=Surroundings(form.before, sentences[0].form.after))
    if form.after:
        last = sentences[-1]
        sentences[-1] = last._replace(form=Surroundings(last.form.before, form.after))
    return sentences


def _unmarked(walk: Walk, block: Block, slots: list[Slot]) -> Diagnostic:
    """Diagnostic for a block that neither opens an entry nor belongs to one."""
    return Diagnostic(
        "entry-unmarked",
        walk.source.at_line(block.first_line),
        "this neither opens an entry nor belongs to one",
        help=f"Write it as entries are written, or as headings are ({walk.grammar.source.path} has "
        "their forms); or take it out.",
        expected=" or ".join(map(str, slots)),
        found=walk.source.line(block.first_line).strip(),
    )


def _unreadable(walk: Walk, text: Text, rule: SlotRule) -> Diagnostic:
    return Diagnostic(
        "entry-unmarked",
        walk.source.at_span(text.span(0, len(text.string))),
        f"this is no value of {rule.states} as it would be written",
        help="Write it as the others are written.",
        expected=rule.pattern,
        found=text.string,
    )


def _incomplete(walk: Walk, parts: list[_Part], missing: Slot) -> Diagnostic:
    last = parts[-1].block.last_line
    return Diagnostic(
        "entry-incomplete",
        walk.source.at_line(last),
        "this entry ends without a part that every entry has",
        help="Compare with the vendor's original; if it may be missing, say `optional = true` in "
        f"{walk.grammar.source.path}.",
        expected=str(missing),
        found="the end of the entry",
    )


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
