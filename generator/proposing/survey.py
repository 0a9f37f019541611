"""A document's blocks with their texts, whatever their form is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..reading.blocks import read_blocks
from ..reading.text import read_texts

if TYPE_CHECKING:
    from ..reading.blocks import Kind
    from ..reading.source import Source


class Part(NamedTuple):
    """A block of a document: its kind, the level of a heading, and what stands in it.

    `texts` is one text, or that of each cell of a row, whose table has `columns`. `line` is its
    first line, from 1.
    """

    kind: Kind
    level: int
    texts: tuple[str, ...]
    columns: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """What stands in it; of a row all cells."""
        return " | ".join(self.texts)


def survey(source: Source) -> tuple[list[Part], list[int]]:
    """The blocks that can be read in any form, and the lines of those that can be in none.

    One is a heading without text, or with a brace, which would be a placeholder in vendor.toml.
    """
    blocks, diagnostics = read_blocks(source, None)
    parts: list[Part] = []
    unread = {one.location.line or 1 for one in diagnostics}
    for block in blocks:
        texts, _ = read_texts(source, block) if block.kind != "refused" else (None, [])
        if texts is None:
            unread.add(block.first_line)
            continue
        strings = tuple(text.string for text in texts)
        if block.kind == "heading" and (not strings[0] or set(strings[0]) & set("{}")):
            unread.add(block.first_line)
            continue
        parts.append(Part(block.kind, block.level, strings, block.columns, block.first_line))
    return parts, sorted(unread)
