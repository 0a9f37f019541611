"""Markdown's structure: the headings and paragraphs of a document. All other forms are refused."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from markdown_it import MarkdownIt

from ..diagnostics import Diagnostic
from .dates import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from .pattern import Pattern
    from .slots import EntryForm
    from .source import Source


Kind = Literal["heading", "paragraph", "item", "row", "code", "refused"]


class Block(NamedTuple):
    """A part of a document, from its first to its last line.

    `kind` says what it is: a heading of `level` 1 to 6, a paragraph, the only paragraph of a
    bullet, a row of a table, a block of code; what is not supported is refused: it is reported
    already, and only keeps its place. `parts` are its inline tokens. A row has `columns`, the heads
    of its table, and `cells`: for each from where to where it stands, and its inline tokens;
    `is_first` says that they stand right before it.
    """

    kind: Kind
    first_line: int
    last_line: int
    parts: Sequence[Token] = ()
    level: int = 0
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[int, int, Sequence[Token]], ...] = ()
    is_first: bool = False


SECTION = 2
"""The level of the headings of sections and of the contents list."""


def read_blocks(
    source: Source, form: EntryForm | None, dates: Sequence[Pattern] = ()
) -> tuple[list[Block], list[Diagnostic]]:
    """The document's blocks in order, and a diagnostic for each part that is of another form.

    Tables and code are read where the entries have such, all of them where `form` is None; and a
    numbered list where it is none, but a date by one of the patterns, or in any language.
    """
    environment: dict[str, Any] = {}
    tokens = _parser().parse(source.text, environment)
    blocks: list[Block] = []
    unknown: list[Diagnostic] = []
    position = 0
    while position < len(tokens):
        end = _end(tokens, position)
        if dated := _date(source, tokens[position:end], dates):
            blocks.append(dated)
        elif refused := _read(source, tokens[position:end], blocks, form):
            unknown.append(_unknown(source, form, *refused))
        position = end
    for place, block in enumerate(blocks):
        if disguised := _disguised(source, block, form):
            unknown.append(_unknown(source, form, *disguised))
            blocks[place] = Block("refused", block.first_line, block.last_line)
    definitions = list(environment.get("references", {}).values())
    definitions += environment.get("duplicate_refs", [])
    unknown += [
        _unknown(source, form, _LINK_DEFINITION, definition["map"][0] + 1)
        for definition in definitions
    ]
    unknown += [_too_long(source, token) for token in tokens if _LENGTH in token.meta]
    return blocks, unknown


@cache
def _parser() -> MarkdownIt:
    # Tables are read in any case, so that they are refused as tables, not taken for paragraphs.
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


def _read(
    source: Source, tokens: Sequence[Token], blocks: list[Block], form: EntryForm | None
) -> tuple[str, int] | None:
    """Adds what a run of tokens holds to the blocks; name and line of what is of no known form."""
    opening = tokens[0]
    first_line, last_line = _lines(opening)
    if opening.type == "paragraph_open":
        blocks.append(_block("paragraph", opening, tokens[1]))
    elif opening.type == "heading_open":
        heading = _block("heading", opening, tokens[1])
        if not opening.markup.startswith("#"):
            # Read as a heading all the same, so that what stands under it is not reported as well.
            blocks.append(heading._replace(last_line=last_line - 1))
            return _UNDERLINED, first_line
        blocks.append(heading)
    elif opening.type == "bullet_list_open":
        return _read_list(tokens, blocks)
    elif opening.type == "table_open" and (form is None or form.tables):
        return _read_table(source, tokens, blocks, form)
    elif opening.type == "fence" and (form is None or "code" in form.kinds):
        is_closed = _is_closed(source, first_line, last_line, opening.markup)
        blocks.append(Block("code" if is_closed else "refused", first_line, last_line))
        return None if is_closed else (_OPEN_CODE, first_line)
    else:
        blocks.append(Block("refused", first_line, last_line))
        return _UNKNOWN.get(opening.type, f"a part of the kind {opening.type!r}"), first_line
    return None


def _date(source: Source, tokens: Sequence[Token], dates: Sequence[Pattern]) -> Block | None:
    """The date that a numbered list of one line is: to Markdown, the day is the item's number."""
    if [one.type for one in tokens] != ["ordered_list_open", *_ITEM, "ordered_list_close"]:
        return None
    first_line, last_line = _lines(tokens[2])
    text = source.slice(first_line, last_line).strip(" \t\n")
    if not DAY.fullmatch(text) and not any(pattern.read(text) for pattern in dates):
        return None
    [inline] = _parser().parseInline(text)
    return _block("paragraph", tokens[2], inline)


_OPEN_CODE = "a code block without its end"


def _is_closed(source: Source, first_line: int, last_line: int, fence: str) -> bool:
    """Whether a block of code ends with its fence, and no other one begins within it.

    One whose end was lost takes in all that stands before the end of the next.
    """
    lines = [source.line(line).strip(" \t") for line in range(first_line + 1, last_line + 1)]
    if not lines or len(lines[-1]) < len(fence) or lines[-1].strip(fence[0]):
        return False
    return not any(line.startswith(fence) for line in lines[:-1])


_ITEM = ("list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close")


def _read_list(tokens: Sequence[Token], blocks: list[Block]) -> tuple[str, int] | None:
    items = tokens[1:-1]
    for position, token in enumerate(items):
        if token.type != _ITEM[position % len(_ITEM)]:
            place = token if token.map else items[position - 1]
            blocks.append(Block("refused", *_lines(tokens[0])))
            return _BULLET, _lines(place)[0]
    blocks += [
        _block("item", items[start + 1], items[start + 2])
        for start in range(0, len(items), len(_ITEM))
    ]
    return None


def _read_table(
    source: Source, tokens: Sequence[Token], blocks: list[Block], form: EntryForm | None
) -> tuple[str, int] | None:
    """Adds a table's rows to the blocks, each with the table's columns."""
    rows: list[tuple[int, list[Token]]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append((_lines(token)[0], []))
        elif token.type == "inline":
            rows[-1][1].append(token)
    columns = tuple(token.content for token in rows[0][1])
    if form is not None and columns not in form.tables:
        blocks.append(Block("refused", *_lines(tokens[0])))
        return f"a table of the columns {', '.join(columns)}", rows[0][0]
    for line, cells in rows[1:]:
        stretches = _cells(source, line)
        if len(stretches) != len(columns):
            blocks.append(Block("refused", line, line))
            return f"a row of {len(stretches)} cells in a table of {len(columns)}", line
        parts = [token.children or () for token in cells]
        whole = tuple((*both, part) for both, part in zip(stretches, parts, strict=True))
        is_first = line == rows[1][0]
        blocks.append(Block("row", line, line, columns=columns, cells=whole, is_first=is_first))
    return None


_CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def _cells(source: Source, line: int) -> list[tuple[int, int]]:
    """From where to where each cell of a row stands, by the bars that the line has."""
    start = source.start_of(line)
    text = source.line(line)
    indent = len(text) - len(text.lstrip(" \t"))
    begin = indent + (text[indent : indent + 1] == "|")
    ends = [match.end() - 1 for match in _CELL_END.finditer(text, begin)]
    if not ends or text[ends[-1] + 1 :].strip(" \t"):
        ends.append(len(text))
    begins = [begin, *(end + 1 for end in ends)]
    return [(start + one, start + end) for one, end in zip(begins, ends, strict=False)]


def _block(kind: Kind, opening: Token, inline: Token) -> Block:
    first_line, last_line = _lines(opening)
    if _LENGTH in inline.meta:
        return Block("refused", first_line, last_line)
    level = int(opening.tag[1:]) if kind == "heading" else 0
    return Block(kind, first_line, last_line, inline.children or (), level)


# Definition lists are no part of CommonMark: to the parser their marks are characters of a text.
_DEFINITION = re.compile(r"^[ \t]*[:~](?=[ \t]|$)", re.MULTILINE)
_DEFINITION_LIST = "a definition list"
# Nor is a table one that lacks its heads, or the line below them.
_ROW = re.compile(r"^[ \t]*\|", re.MULTILINE)
_ROWS = "a part of a table"
_PROSE = ("paragraph", "item")


def _disguised(source: Source, block: Block, form: EntryForm | None) -> tuple[str, int] | None:
    """What a paragraph is that only looks like one, by a mark before a line, and that line."""
    text = source.slice(block.first_line, block.last_line) if block.kind in _PROSE else ""
    marks = {
        _DEFINITION_LIST: _DEFINITION,
        **({_ROWS: _ROW} if form is None or form.tables else {}),
    }
    for name, mark in marks.items():
        if match := mark.search(text):
            return name, block.first_line + text.count("\n", 0, match.start())
    return None


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
    _OPEN_CODE: "End it with a line of as many marks as it begins with.",
    _ROWS: "Put the table's heads and the line of dashes before its rows; write \\| where the bar "
    "belongs to a text.",
}


def _unknown(source: Source, form: EntryForm | None, name: str, line: int) -> Diagnostic:
    return Diagnostic(
        "block-unknown",
        source.at_line(line),
        f"{name} stands here, a form that is not read",
        help=_HELPS.get(
            name, "Put what it says into a form that is read, or get the document without it."
        ),
        expected=f"a heading, or {form or 'a part that is read'}",
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
