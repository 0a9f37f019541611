"""Markdown's structure: the headings and paragraphs of a document. All other forms are refused."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt

from generator.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from generator.reading.source import Source


class Block(NamedTuple):
    """A heading (`level` 1 to 6) or a paragraph (`level` 0), from its first to its last line.

    `parts` are its inline tokens; `is_item` says that it is the only content of a bullet. What is
    not supported has the level `REFUSED`: it is reported already, and only keeps its place.
    """

    level: int
    first_line: int
    last_line: int
    parts: Sequence[Token]
    is_item: bool


SECTION = 2
"""The level of the headings of sections and of the contents list."""
REFUSED = -1
"""The level of what is neither a heading nor a paragraph."""


def read_blocks(source: Source) -> tuple[list[Block], list[Diagnostic]]:
    """The document's blocks in order, and a diagnostic for each part that is of another form."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse(source.text, environment)
    blocks: list[Block] = []
    unknown: list[Diagnostic] = []
    position = 0
    while position < len(tokens):
        end = _end(tokens, position)
        if refused := _read(tokens[position:end], blocks):
            unknown.append(_unknown(source, *refused))
        position = end
    for place, block in enumerate(blocks):
        if line := _line_of_definition(source, block):
            unknown.append(_unknown(source, _DEFINITION_LIST, line))
            blocks[place] = Block(REFUSED, block.first_line, block.last_line, (), block.is_item)
    definitions = list(environment.get("references", {}).values())
    definitions += environment.get("duplicate_refs", [])
    unknown += [
        _unknown(source, _LINK_DEFINITION, definition["map"][0] + 1) for definition in definitions
    ]
    unknown += [_too_long(source, token) for token in tokens if _LENGTH in token.meta]
    return blocks, unknown


@cache
def _parser() -> MarkdownIt:
    # Tables are read so that they are refused as tables, not taken for paragraphs.
    parser = _Parser("commonmark").enable("table")
    parser.core.ruler.before("inline", _LENGTH, _empty_too_long)
    return parser


class _Parser(MarkdownIt):
    """Markdown with all of its links: those that run a program are refused with the others."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (the library's name)
        """That a link is one, wherever it leads."""
        return True


_LONGEST = 10_000
"""How many characters a paragraph may have: ten times as many as one of a document has."""
_LENGTH = "length"
"""Where a token that was emptied keeps the length that it had."""


def _empty_too_long(state: StateCore) -> None:
    """Takes its text out of a paragraph that is too long, before the marks in it are looked for.

    The time that it takes to read a paragraph may grow with the square of its length. With a bound
    on the length, that of a document grows with the number of its paragraphs.
    """
    for token in state.tokens:
        if len(token.content) > _LONGEST and token.type == "inline":
            token.meta[_LENGTH] = len(token.content)
            token.content = ""


_UNKNOWN = {
    "ordered_list_open": "a numbered list",
    "table_open": "a table",
    "blockquote_open": "a quote",
    "html_block": "an HTML block",
    "fence": "a code block",
    "code_block": "an indented code block",
    "hr": "a line across the page",
}
_UNDERLINED = "an underlined heading"
_BULLET = "a bullet that is not one paragraph"
_LINK_DEFINITION = "a link definition"


def _read(tokens: Sequence[Token], blocks: list[Block]) -> tuple[str, int] | None:
    """Adds what a run of tokens holds to the blocks; name and line of what is of no known form."""
    opening = tokens[0]
    first_line, last_line = _lines(opening)
    if opening.type == "paragraph_open":
        blocks.append(_block(0, opening, tokens[1], is_item=False))
    elif opening.type == "heading_open":
        heading = _block(int(opening.tag[1:]), opening, tokens[1], is_item=False)
        if not opening.markup.startswith("#"):
            # Read as a heading all the same, so that what stands under it is not reported as well.
            blocks.append(heading._replace(last_line=last_line - 1))
            return _UNDERLINED, first_line
        blocks.append(heading)
    elif opening.type == "bullet_list_open":
        return _read_list(tokens, blocks)
    else:
        blocks.append(Block(REFUSED, first_line, last_line, (), is_item=False))
        return _UNKNOWN.get(opening.type, f"a part of the kind {opening.type!r}"), first_line
    return None


_ITEM = ("list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close")


def _read_list(tokens: Sequence[Token], blocks: list[Block]) -> tuple[str, int] | None:
    items = tokens[1:-1]
    for position, token in enumerate(items):
        if token.type != _ITEM[position % len(_ITEM)]:
            place = token if token.map else items[position - 1]
            blocks.append(Block(REFUSED, *_lines(tokens[0]), (), is_item=True))
            return _BULLET, _lines(place)[0]
    blocks += [
        _block(0, items[start + 1], items[start + 2], is_item=True)
        for start in range(0, len(items), len(_ITEM))
    ]
    return None


def _block(level: int, opening: Token, inline: Token, *, is_item: bool) -> Block:
    first_line, last_line = _lines(opening)
    if _LENGTH in inline.meta:
        return Block(REFUSED, first_line, last_line, (), is_item)
    return Block(level, first_line, last_line, inline.children or (), is_item)


# Definition lists are no part of CommonMark: to the parser their marks are characters of a text.
_DEFINITION = re.compile(r"^[ \t]*[:~](?=[ \t]|$)", re.MULTILINE)
_DEFINITION_LIST = "a definition list"


def _line_of_definition(source: Source, block: Block) -> int | None:
    """The line of a paragraph that opens with the mark of a definition, None where none does."""
    text = source.slice(block.first_line, block.last_line) if block.level == 0 else ""
    mark = _DEFINITION.search(text)
    return mark and block.first_line + text.count("\n", 0, mark.start())


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


_PARAGRAPHS = (
    "as a paragraph of its own that opens with its code in bold. Leave a contents list out, with "
    "its heading."
)
_HELPS = {
    _DEFINITION_LIST: "Put each text behind its code, on one line and without the mark; write \\: "
    "or \\~ where the mark belongs to a text.",
    _UNDERLINED: "Write it with # in front, and take the line under it out.",
    _BULLET: "Write the bullet as one paragraph, without a list in it.",
    _LINK_DEFINITION: "Take it out.",
    _UNKNOWN["ordered_list_open"]: f"Write each item {_PARAGRAPHS}",
    _UNKNOWN["table_open"]: f"Write each row {_PARAGRAPHS}",
    _UNKNOWN["blockquote_open"]: "Take the > in front of its lines away.",
    _UNKNOWN["html_block"]: "Take it out; write what it says to readers in Markdown.",
    _UNKNOWN["fence"]: "Take the lines around it away, and write what it says as paragraphs.",
    _UNKNOWN["code_block"]: "Take the spaces in front of its lines away.",
    _UNKNOWN["hr"]: "Take it out.",
}


def _unknown(source: Source, name: str, line: int) -> Diagnostic:
    return Diagnostic(
        "block-unknown",
        source.at_line(line),
        f"{name} stands here, a form that is not read",
        help=_HELPS.get(
            name, "Put what it says into a form that is read, or get the document without it."
        ),
        expected="a heading (#), or a paragraph or bullet that opens with a bold code",
        found=name,
    )


def _too_long(source: Source, inline: Token) -> Diagnostic:
    return Diagnostic(
        "paragraph-too-long",
        source.at_line(_lines(inline)[0]),
        "this is too long to be a paragraph or a heading",
        help="Put an empty line between entries; compare with the vendor's original.",
        expected=f"at most {_LONGEST} characters",
        found=f"{inline.meta[_LENGTH]} characters",
    )
