"""Markdown's structure: the headings and paragraphs of a document. All other forms are refused."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt

from generator.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from generator.reading.source import Source


class Block(NamedTuple):
    """A heading (`level` 1 to 6) or a paragraph (`level` 0), from its first to its last line.

    `parts` are its inline tokens; `is_item` says that it is the only content of a bullet.
    """

    level: int
    first_line: int
    last_line: int
    parts: Sequence[Token]
    is_item: bool


def read_blocks(source: Source) -> tuple[list[Block], list[Diagnostic]]:
    """The document's blocks in order, and a diagnostic for each part that is of another form."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse(source.text, environment)
    blocks: list[Block] = []
    unknown: list[Diagnostic] = []
    position = 0
    while position < len(tokens):
        end = _end(tokens, position)
        name = _UNKNOWN.get(tokens[position].type)
        if name is None:
            name = _read(tokens[position:end], blocks)
        if name is not None:
            unknown.append(_unknown(source, name, _lines(tokens[position])[0]))
        position = end
    definitions = list(environment.get("references", {}).values())
    definitions += environment.get("duplicate_refs", [])
    unknown += [
        _unknown(source, "a link definition", definition["map"][0] + 1)
        for definition in definitions
    ]
    return blocks, unknown


@cache
def _parser() -> MarkdownIt:
    # Tables are read so that they are refused as tables, not taken for paragraphs.
    return MarkdownIt("commonmark").enable("table")


_UNKNOWN = {
    "ordered_list_open": "a numbered list",
    "table_open": "a table",
    "blockquote_open": "a quote",
    "html_block": "an HTML block",
    "fence": "a code block",
    "code_block": "an indented code block",
    "hr": "a rule between paragraphs",
}


def _read(tokens: Sequence[Token], blocks: list[Block]) -> str | None:
    """Adds what a run of tokens holds to the blocks; a name where it is of an unknown form."""
    opening = tokens[0]
    if opening.type == "paragraph_open":
        blocks.append(_block(0, opening, tokens[1], is_item=False))
    elif opening.type == "heading_open":
        if not opening.markup.startswith("#"):
            return "an underlined heading"
        blocks.append(_block(int(opening.tag[1:]), opening, tokens[1], is_item=False))
    elif opening.type == "bullet_list_open":
        return _read_list(tokens, blocks)
    else:
        return f"a part of the kind {opening.type!r}"
    return None


_ITEM = ("list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close")


def _read_list(tokens: Sequence[Token], blocks: list[Block]) -> str | None:
    items = tokens[1:-1]
    for start in range(0, len(items), len(_ITEM)):
        item = items[start : start + len(_ITEM)]
        if tuple(token.type for token in item) != _ITEM:
            return "a list whose items are not one paragraph each"
    blocks += [
        _block(0, items[start + 1], items[start + 2], is_item=True)
        for start in range(0, len(items), len(_ITEM))
    ]
    return None


def _block(level: int, opening: Token, inline: Token, *, is_item: bool) -> Block:
    first_line, last_line = _lines(opening)
    return Block(level, first_line, last_line, inline.children or (), is_item)


def _lines(token: Token) -> tuple[int, int]:
    """A block token's first and last line, from 1."""
    first, end = token.map or (0, 1)
    return first + 1, max(first + 1, end)


def _end(tokens: Sequence[Token], position: int) -> int:
    """Where the block that starts at a token ends."""
    depth = 0
    while True:
        depth += tokens[position].nesting
        position += 1
        if depth <= 0 or position == len(tokens):
            return position


def _unknown(source: Source, name: str, line: int) -> Diagnostic:
    return Diagnostic(
        "block-unknown",
        source.at_line(line),
        f"{name} stands here, which no part of the document's form is",
        mend="Put what it says into a form that is read, or get the document without it.",
        expected="a heading (#), or a paragraph or bullet that opens with a bold code",
        found=name,
    )
