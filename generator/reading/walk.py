"""A document's blocks, walked over once from top to bottom, with what is wrong collected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic
from .blocks import read_blocks
from .text import read_text

if TYPE_CHECKING:
    from .blocks import Block
    from .grammar import Grammar
    from .slots import Piece, SectionForm
    from .source import Source
    from .text import Text


class Walk:
    """Where the reading of a document has come to."""

    def __init__(self, source: Source, grammar: Grammar) -> None:
        self.source = source
        self.grammar = grammar
        self.blocks, self.diagnostics = read_blocks(source, grammar.entry, grammar.forms["dates"])
        self.position = 0
        self._texts: dict[int, tuple[Text | None, list[Diagnostic]]] = {}

    def peek(self) -> Block | None:
        """The next block, None at the document's end."""
        return self.blocks[self.position] if self.position < len(self.blocks) else None

    def take(self) -> None:
        """Skips the next block."""
        self.position += 1

    def skip_refused(self) -> bool:
        """Skip unsupported blocks, which are already reported. Return True if any were skipped."""
        start = self.position
        while (block := self.peek()) and block.kind == "refused":
            self.take()
        return self.position > start

    def report(self, *diagnostics: Diagnostic) -> None:
        """Collects diagnostics."""
        self.diagnostics += diagnostics

    def text(self, block: Block) -> Text | None:
        """The text of a heading or of a paragraph without a code, None where it cannot be read."""
        text, diagnostics = self._read(block)
        self.report(*diagnostics)
        diagnostics.clear()  # they are reported once
        return text

    def plain_text(self, block: Block) -> Text | None:
        """The same; it reports nothing, as the block may belong to something else."""
        return self._read(block)[0]

    def _read(self, block: Block) -> tuple[Text | None, list[Diagnostic]]:
        if block.first_line not in self._texts:
            self._texts[block.first_line] = read_text(self.source, block, self.grammar.language)
        return self._texts[block.first_line]


class Heading(NamedTuple):
    """The heading of a section: its form, the number before its title, the title, its pieces."""

    form: SectionForm
    number: int | None
    title: Text
    pieces: list[Piece]


_NUMBERED = re.compile(r"([0-9]{1,4}) (.+)")


def numbered(heading: str) -> tuple[int | None, str]:
    """A heading's number, None where it has none, and its title."""
    match = _NUMBERED.fullmatch(heading)
    return (int(match[1]), match[2]) if match else (None, heading)


def section_headings(walk: Walk, block: Block) -> list[Heading]:
    """The headings of sections that a heading can be, whatever its level."""
    text = walk.plain_text(block)
    if text is None:
        return []
    number, words = numbered(text.string)
    title = text if number is None else text.part(len(text.string) - len(words), len(text.string))
    forms = ((form, form.cell.match(title)) for form in walk.grammar.sections)
    return [Heading(form, number, title, pieces) for form, pieces in forms if pieces is not None]


def opens_section(walk: Walk, block: Block) -> bool:
    """Whether a block is the heading of a section, and of its level."""
    headings = section_headings(walk, block) if block.kind == "heading" else []
    return any(one.form.level == block.level for one in headings)


def known_headings(walk: Walk) -> str:
    """The headings under which entries may stand, as a document has them."""
    return " or ".join(map(str, walk.grammar.sections))


def stray(walk: Walk, block: Block) -> Diagnostic:
    """Diagnostic for a block before the first section, or before the first entry."""
    has_sections = bool(walk.grammar.sections)
    return Diagnostic(
        "block-unknown",
        walk.source.at_line(block.first_line),
        f"this stands before the first {'section' if has_sections else 'entry'}",
        help="Take it out, or put it under the heading that it belongs to."
        if has_sections
        else f"Write it as entries are written ({walk.grammar.source.path} has their form), or "
        "take it out.",
        expected=known_headings(walk) or str(walk.grammar.entry.opener),
        found=walk.source.line(block.first_line).strip(),
    )
