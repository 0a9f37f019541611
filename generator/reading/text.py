r"""A paragraph's text, Markdown resolved and white space folded, each character with its place.

Markdown's inline tokens say what a text is, and not where it stands; so the source is resolved here
a second time, by the few forms that documents use (a bold code in front, `\_`, three kinds of line
break), and has to come to the same text. What it does not come to is a form that is not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic
from ..language import SMALL_LETTERS
from ..model import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from ..language import Language
    from ..model import Span
    from .blocks import Block
    from .source import Source


class Text(NamedTuple):
    """A text and the places of its characters.

    `jumps` are pairs (index in `string`, offset in the source) between which the two run in step,
    `markup` what of the string is markup: from where to where, and what it is called.
    """

    string: str
    jumps: Sequence[tuple[int, int]]
    source: Source
    markup: Sequence[tuple[int, int, str]] = ()

    def offset(self, index: int) -> int:
        """Where in the source a character begins."""
        at, offset = self.jumps[bisect_right(self.jumps, (index, len(self.source.text))) - 1]
        return offset + index - at

    @property
    def line(self) -> Line:
        """The whole text and its place."""
        return Line(self.string, self.span(0, len(self.string)))

    def offset_behind(self, index: int) -> int:
        """Where in the source the characters before an index end."""
        last = self.offset(index - 1)
        written = self.source.text[last : last + 2]
        is_escaped = written[0] == "\\" and (self.string[index - 1] != "\\" or written == "\\\\")
        return last + (2 if is_escaped else 1)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the source that the characters from `start` up to `end` come from."""
        return self.source.span(self.offset(start), self.offset_behind(end))

    def part(self, start: int, end: int) -> Text:
        """The characters from `start` up to `end` as a text."""
        jumps = [(0, self.offset(start))]
        jumps += [(at - start, offset) for at, offset in self.jumps if start < at < end]
        markup = [
            (first - start, last - start, name) for first, last, name in self.markup_in(start, end)
        ]
        return Text(self.string[start:end], jumps, self.source, markup)

    def markup_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The markup that stands between two characters."""
        return [one for one in self.markup if start <= one[0] and one[1] <= end]

    def is_markup(self, start: int, end: int) -> bool:
        """Whether all characters of Markdown's between two places are markup, and none is text."""
        marks = [at for at in range(start, end) if self.string[at] in _MARKUP_CHARACTERS]
        return all(any(first <= at < last for first, last, _ in self.markup) for at in marks)


_MARKUP_CHARACTERS = "*_`"


_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_FOLDED = re.compile(rf"{_ESCAPE.pattern}|\\?[ \t]*\n[ \t]*|[ \t]{{2,}}|\t")
_BREAK_IN_CELL = re.compile(r"<br ?/?>")
_FOLDED_IN_CELL = re.compile(rf"[ \t]*{_BREAK_IN_CELL.pattern}[ \t]*|{_FOLDED.pattern}")
_CODE = r"(?P<code>(?<!`)(`+)(?!`)[^`\n]+\2(?!`))"


def _beside_code(marks: re.Pattern[str]) -> re.Pattern[str]:
    """The same in a text with code, in which a backslash is itself."""
    return re.compile(rf"{_CODE}|{marks.pattern}")


_BESIDE_CODE = {marks: _beside_code(marks) for marks in (_FOLDED, _FOLDED_IN_CELL)}
_LEADING = re.compile(r"(?:[ \t\n]|\\\n)*")
_ITEM_MARK = re.compile(r"[ \t]*[-*+][ \t]+")
_HEADING_MARK = re.compile(r"[ \t]*#{1,6}[ \t]*")
_INDENT = re.compile(r"[ \t]*")


def read_text(
    source: Source, block: Block, language: Language
) -> tuple[Text | None, list[Diagnostic]]:
    """The text of a heading or of a paragraph that stands outside of an entry."""
    text, difference = _read_stretch(source, *_bounds(source, block), block.parts, _FOLDED)
    found = [difference] if difference else refused_markup(text) or broken_words(text, language)
    return (None, found) if found else (text, [])


def read_texts(source: Source, block: Block) -> tuple[list[Text] | None, list[Diagnostic]]:
    """The texts of a block, one or that of each cell of a row, with the markup that is in them."""
    if block.kind == "code":
        return [_verbatim(source, block)], []
    if block.kind == "row":
        read = [_read_stretch(source, *cell, _FOLDED_IN_CELL) for cell in block.cells]
    else:
        read = [_read_stretch(source, *_bounds(source, block), block.parts, _FOLDED)]
    found = [difference for _, difference in read if difference]
    return (None, found) if found else ([text for text, _ in read], [])


def read_code(text: Text) -> Text:
    """A code as it is sent: white space, which is folded elsewhere, is its own."""
    end = text.offset_behind(len(text.string))
    return _resolve(text.source, text.offset(0), end, _ESCAPE)


def _verbatim(source: Source, block: Block) -> Text:
    """What stands between the lines that open and close a block of code."""
    start, end = source.start_of(block.first_line + 1), source.start_of(block.last_line)
    return Text(source.text[start : max(start, end - 1)], [(0, start)], source)


def _bounds(source: Source, block: Block) -> tuple[int, int]:
    """From where to where the block's text stands, its mark in front left off."""
    start = source.start_of(block.first_line)
    end = start + len(source.slice(block.first_line, block.last_line))
    mark = {"heading": _HEADING_MARK, "item": _ITEM_MARK}.get(block.kind, _INDENT)
    match = mark.match(source.text, start, end)
    return (match.end() if match else start), end


def _resolve(source: Source, start: int, end: int, marks: re.Pattern[str]) -> Text:
    """The text between two offsets, with what `marks` finds resolved."""
    text = source.text
    if marks is not _ESCAPE and (leading := _LEADING.match(text, start, end)):
        start = leading.end()
        end = start + len(text[start:end].rstrip(" \t\n"))
    pieces: list[str] = []
    jumps = [(0, start)]
    length, done = 0, start
    for match in marks.finditer(text, start, end):
        is_escape = match[0][0] == "\\" and match[match.re.groups]
        resolved = match[match.re.groups] or match.groupdict().get("code") or " "
        piece = text[done : match.start()] + resolved
        pieces.append(piece)
        length += len(piece)
        if is_escape:
            jumps.append((length - 1, match.start()))
        done = match.end()
        jumps.append((length, done))
    pieces.append(text[done:end])
    return Text("".join(pieces), jumps, source)


def _read_stretch(
    source: Source, start: int, end: int, parts: Sequence[Token], marks: re.Pattern[str]
) -> tuple[Text, Diagnostic | None]:
    """What stands between two offsets, read twice: here, and by the tokens that Markdown has.

    `marks` are what is folded there.
    """
    has_code = "`" in source.text[start:end]
    text = _resolve(source, start, end, _BESIDE_CODE[marks] if has_code else marks)
    parsed, markup = _flatten(parts, is_cell=marks is _FOLDED_IN_CELL)
    if parsed == text.string:
        return text._replace(markup=markup), None
    same = next(
        (i for i, (a, b) in enumerate(zip(parsed, text.string, strict=False)) if a != b),
        min(len(parsed), len(text.string)),
    )
    # What is markup, and written in another way, is named by what it is.
    for first, last, name in markup:
        if first <= same <= last:
            return text, _unknown_markup(text, first, name)
    # `&` itself is written `&amp;`: the two are the same up to behind it.
    same -= same > 0 and text.string[same - 1] == "&"
    return text, _unknown_markup(text, same, _OTHERWISE)


def _flatten(parts: Sequence[Token], *, is_cell: bool) -> tuple[str, list[tuple[int, int, str]]]:
    """The text that inline tokens stand for, white space folded, and what of it is markup.

    In a cell `<br>` is a break: its rows are one line each.
    """
    pieces: list[str] = []
    markup: list[tuple[int, int, str]] = []
    length = 0
    links: list[Token] = []
    for part in parts:
        is_break = is_cell and part.type == "html_inline" and _BREAK_IN_CELL.fullmatch(part.content)
        written = " " if is_break else _written(part, links)
        if length == 0 or pieces[-1].endswith(" "):
            written = written.lstrip(" ")
        if part.type in _FORMS and not is_break:
            markup.append((length, length + len(written), _FORMS[part.type]))
        if written:
            pieces.append(written)
            length += len(written)
    return "".join(pieces).rstrip(" "), markup


def _written(part: Token, links: list[Token]) -> str:
    """How a token is written in its usual form; `links` are those that are open."""
    if part.type in ("softbreak", "hardbreak"):
        return " "
    if part.type == "code_inline":
        return f"{part.markup}{part.content}{part.markup}"
    if part.type == "link_open":
        links.append(part)
        return "<" if part.markup == "autolink" else "["
    if part.type == "link_close":
        link = links.pop()
        return ">" if link.markup == "autolink" else f"]({link.attrs['href']})"
    if part.type == "image":
        return f"![{part.content}]({part.attrs['src']})"
    return part.markup if part.nesting else _SPACES.sub(" ", part.content)


def refused_markup(text: Text) -> list[Diagnostic]:
    """A diagnostic for the first markup in a text that may have none."""
    return [_unknown_markup(text, first, name) for first, _, name in text.markup[:1]]


# From the hyphen to the bar, a minus sign, and those of other widths.
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_COLONS = ":;,\uff1a\uff1b\uff0c"
_SEPARATOR = re.compile(
    rf"[{_COLONS}{re.escape(_DASHES)}.=|~\u2022\u00b7\u2190-\u21ff]+>?(?= |$)|[{_COLONS}]+"
)
"""What no text opens with: a word of such characters alone, or a colon and its like anywhere."""


def separators(code: Text, text: Text) -> list[Diagnostic]:
    """A diagnostic for a separator at the end of a code, and for one at the start of its text."""
    end = len(code.string)
    start = len(code.string.rstrip(_COLONS + _DASHES))
    found = [_separator(code, start, end)] if start < end else []
    if match := _SEPARATOR.match(text.string):
        found.append(_separator(text, 0, match.end()))
    return found


def _separator(text: Text, start: int, end: int) -> Diagnostic:
    return Diagnostic(
        "entry-separated",
        text.source.at_span(text.span(start, end)),
        "a separator stands between this code and its text",
        help="Take it out: the bold type and a space separate the two.",
        expected="**Code** and what it means",
        found=text.string[start:end],
    )


# What some programs write for a soft hyphen is among the hyphens here.
_HYPHENS = re.escape(_DASHES + "\N{NOT SIGN}")
_HYPHEN = re.compile(rf"(?<=[^ {_HYPHENS}])[{_HYPHENS}]+(?= )")


def broken_words(text: Text, language: Language) -> list[Diagnostic]:
    """A diagnostic for each line that ends in a word with a hyphen at its end.

    Whether the hyphen breaks the word, joins two words, or stands for a part left out, the form
    does not show. A dash between spaces is none of these. Where a converter has joined the lines, a
    hyphen and a space stand within one: a word for a part left out follows, or the word is broken.
    """
    return [
        _broken_word(text, match, is_joined=is_joined)
        for match in _HYPHEN.finditer(text.string)
        for is_joined in ("\n" not in _between(text, match.end(), match.end() + 1),)
        if not is_joined or _is_broken_within(text, match, language)
    ]


def _between(text: Text, start: int, end: int) -> str:
    """What the document has from one character of a text to another."""
    return text.source.text[text.offset(start) : text.offset(end)]


def _is_broken_within(text: Text, hyphen: re.Match[str], language: Language) -> bool:
    is_escaped = _between(text, hyphen.start(), hyphen.end()) != hyphen[0]
    joiners = "|".join(map(re.escape, language.joiners))
    letter = f"[{SMALL_LETTERS}]"
    rest = re.compile(rf"(?<={letter}[-\u2010]) (?!(?:{joiners})\b){letter}+\b")
    return not is_escaped and bool(rest.match(text.string, hyphen.end()))


def _broken_word(text: Text, hyphen: re.Match[str], *, is_joined: bool) -> Diagnostic:
    start = text.string.rfind(" ", 0, hyphen.start()) + 1
    first, mark = text.string[start : hyphen.start()], hyphen[0]
    last = text.string[hyphen.end() + 1 :].partition(" ")[0]
    return Diagnostic(
        "word-broken",
        text.source.at_span(text.span(start, hyphen.end())),
        "this word ends in a hyphen" + ("" if is_joined else " or dash at the end of its line"),
        help="Put it on one line, as it is in the vendor's original: "
        f"'{first}{last}', '{first}{mark}{last}' or '{first}{mark} {last}'"
        + (rf", the last with \{mark}." if is_joined else "."),
        expected="lines that end behind a whole word",
        found=f"'{first}{mark}' and '{last}'",
    )


_SPACES = re.compile(r"[ \t\n]+")
_BOLD_TEXT = "bold text"
_OTHERWISE = "a character written in another way"
_FORMS = {
    "strong_open": _BOLD_TEXT,
    "strong_close": _BOLD_TEXT,
    "em_open": "emphasis",
    "em_close": "emphasis",
    "code_inline": "code",
    "link_open": "a link",
    "link_close": "a link",
    "image": "an image",
    "html_inline": "HTML",
}
_MENDS = {
    _BOLD_TEXT: "If an entry begins here, put an empty line before it; else take the ** away.",
    _OTHERWISE: "Write the character itself, with a backslash where Markdown would read it.",
}


def _unknown_markup(text: Text, index: int, name: str) -> Diagnostic:
    return Diagnostic(
        "inline-unknown",
        text.source.at(text.offset(min(index, max(0, len(text.string) - 1)))),
        f"{name} stands in this text",
        help=_MENDS.get(
            name,
            "Write the text plainly, with a backslash before characters that Markdown would read.",
        ),
        expected="plain text, a bold code in front of an entry",
        found=name,
    )
