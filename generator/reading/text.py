r"""A paragraph's text, Markdown resolved and white space folded, each character with its place.

Markdown's inline tokens say what a text is, and not where it stands; so the source is resolved here
a second time, by the few forms that documents use (a bold code in front, `\_`, three kinds of line
break), and has to come to the same text. What it does not come to is a form that is not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import Diagnostic
from generator.model import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from generator.model import Span
    from generator.reading.blocks import Block
    from generator.reading.source import Source


class Text(NamedTuple):
    """A text and the places of its characters.

    `jumps` are pairs (index in `string`, offset in the source) between which the two run in step.
    """

    string: str
    jumps: Sequence[tuple[int, int]]
    source: Source

    def offset(self, index: int) -> int:
        """Where in the source a character begins."""
        at, offset = self.jumps[bisect_right(self.jumps, (index, len(self.source.text))) - 1]
        return offset + index - at

    @property
    def line(self) -> Line:
        """The whole text and its place."""
        return Line(self.string, self.span(0, len(self.string)))

    def span(self, start: int, end: int) -> Span:
        """The stretch of the source that the characters from `start` up to `end` come from."""
        last = self.offset(end - 1)
        written = self.source.text[last : last + 2]
        is_escaped = written[0] == "\\" and (self.string[end - 1] != "\\" or written == "\\\\")
        return self.source.span(self.offset(start), last + (2 if is_escaped else 1))


_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(rf"{_ESCAPE.pattern}|\\?[ \t]*\n[ \t]*|[ \t]{{2,}}|\t")
_LEADING = re.compile(r"(?:[ \t\n]|\\\n)*")
# A separator right behind a code is matched with it, to be refused as what it is.
_CODE = re.compile(r"(\*\*|__)(?P<code>(?:[^\\]|\\.)+?)\1(?=[ \t\n:;,]|\\\n|$)", re.DOTALL)
_ITEM_MARK = re.compile(r"[ \t]*[-*+][ \t]+")
_HEADING_MARK = re.compile(r"[ \t]*#{1,6}[ \t]*")
_BOLD = ["strong_open", "text", "strong_close"]
_INDENT = re.compile(r"[ \t]*")


def read_text(source: Source, block: Block) -> tuple[Text | None, list[Diagnostic]]:
    """The text of a heading or of a paragraph without a code."""
    start, end = _bounds(source, block)
    text = _resolve(source, start, end)
    difference = _difference(block.parts, text)
    found = [difference] if difference else _broken_words(text)
    return (None, found) if found else (text, [])


def read_entry(source: Source, block: Block) -> tuple[Text | None, Text | None, list[Diagnostic]]:
    """The code in front of a paragraph and the text behind it, either None where it is missing."""
    start, end = _bounds(source, block)
    match = _CODE.match(source.text, start, end)
    parts = [part for part in block.parts if part.type != "text" or part.content]
    if match is None or [part.type for part in parts[:3]] != _BOLD:
        return None, None, [_unmarked(source, block)]
    code = _resolve(source, match.start("code"), match.end("code"), _ESCAPE)
    text = _resolve(source, match.end(), end)
    difference = _difference(parts[1:2], code, fold=False) or _difference(parts[3:], text)
    if difference:
        return None, None, [difference]
    if found := _separators(code, text) + _broken_words(text):
        return None, None, found
    return code, text, []


def _bounds(source: Source, block: Block) -> tuple[int, int]:
    """From where to where the block's text stands, its mark in front left off."""
    start = source.start_of(block.first_line)
    end = start + len(source.slice(block.first_line, block.last_line))
    mark = _HEADING_MARK if block.level else _ITEM_MARK if block.is_item else _INDENT
    match = mark.match(source.text, start, end)
    return (match.end() if match else start), end


def _resolve(source: Source, start: int, end: int, marks: re.Pattern[str] = _MARKS) -> Text:
    """The text between two offsets, with what `marks` finds resolved."""
    text = source.text
    if marks is _MARKS and (leading := _LEADING.match(text, start, end)):
        start = leading.end()
        end = start + len(text[start:end].rstrip(" \t\n"))
    pieces: list[str] = []
    jumps = [(0, start)]
    length, done = 0, start
    for match in marks.finditer(text, start, end):
        piece = text[done : match.start()] + (match[1] or " ")
        pieces.append(piece)
        length += len(piece)
        if match[1]:
            jumps.append((length - 1, match.start()))
        done = match.end()
        jumps.append((length, done))
    pieces.append(text[done:end])
    return Text("".join(pieces), jumps, source)


# From the hyphen to the bar, a minus sign, and those of other widths.
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_COLONS = ":;,\uff1a\uff1b\uff0c"
_SEPARATOR = re.compile(
    rf"[{_COLONS}{re.escape(_DASHES)}.=|~\u2022\u00b7\u2190-\u21ff]+>?(?= |$)|[{_COLONS}]+"
)
"""What no text opens with: a word of such characters alone, or a colon and its like anywhere."""


def _separators(code: Text, text: Text) -> list[Diagnostic]:
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


def _broken_words(text: Text) -> list[Diagnostic]:
    """A diagnostic for each line that ends in a word with a hyphen at its end.

    Whether the hyphen breaks the word, joins two words, or stands for a part left out, the form
    does not show. A dash between spaces is none of these. Where a converter has joined the lines, a
    hyphen and a space stand within one: a word for a part left out follows, or the word is broken.
    """
    return [
        _broken_word(text, match, is_joined=is_joined)
        for match in _HYPHEN.finditer(text.string)
        for is_joined in ("\n" not in _between(text, match.end(), match.end() + 1),)
        if not is_joined or _is_broken_within(text, match)
    ]


def _between(text: Text, start: int, end: int) -> str:
    """What the document has from one character of a text to another."""
    return text.source.text[text.offset(start) : text.offset(end)]


def _is_broken_within(text: Text, hyphen: re.Match[str]) -> bool:
    is_escaped = _between(text, hyphen.start(), hyphen.end()) != hyphen[0]
    return not is_escaped and bool(_REST_OF_WORD.match(text.string, hyphen.end()))


_REST_OF_WORD = re.compile(r"(?<=[a-z][-\u2010]) (?!(?:and|or|nor|to|as|but)\b)[a-z]+\b")


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
_BREAKS = frozenset(("softbreak", "hardbreak"))
_BOLD_TEXT = "bold text"
_OTHERWISE = "a character written in another way"
_FORMS = {
    "strong_open": _BOLD_TEXT,
    "em_open": "emphasis",
    "code_inline": "code",
    "link_open": "a link",
    "image": "an image",
    "html_inline": "HTML",
}
_MENDS = {
    _BOLD_TEXT: "If an entry begins here, put an empty line before it; else take the ** away.",
    _OTHERWISE: "Write the character itself, with a backslash where Markdown would read it.",
}


def _difference(parts: Sequence[Token], text: Text, *, fold: bool = True) -> Diagnostic | None:
    """What of a paragraph's tokens the resolved source does not come to."""
    parsed = ""
    for part in parts:
        if part.type == "text":
            parsed += part.content
        elif part.type in _BREAKS:
            parsed += " "
        else:
            return _unknown_markup(text, parsed, _FORMS.get(part.type, part.type))
    parsed = _SPACES.sub(" ", parsed).strip(" ") if fold else parsed
    if parsed == text.string:
        return None
    same = next(
        (i for i, (a, b) in enumerate(zip(parsed, text.string, strict=False)) if a != b),
        min(len(parsed), len(text.string)),
    )
    # `&` itself is written `&amp;`: the two are the same up to behind it.
    same -= same > 0 and text.string[same - 1] == "&"
    return _unknown_markup(text, parsed[:same], _OTHERWISE)


def _unknown_markup(text: Text, before: str, name: str) -> Diagnostic:
    index = min(len(_SPACES.sub(" ", before).lstrip(" ")), max(0, len(text.string) - 1))
    return Diagnostic(
        "inline-unknown",
        text.source.at(text.offset(index)),
        f"{name} stands in this text",
        help=_MENDS.get(
            name,
            "Write the text plainly, with a backslash before characters that Markdown would read.",
        ),
        expected="plain text, a bold code in front of an entry",
        found=name,
    )


def _unmarked(source: Source, block: Block) -> Diagnostic:
    return Diagnostic(
        "entry-unmarked",
        source.at_line(block.first_line),
        "this paragraph does not open with a bold code",
        help="Put the code in front, in bold and with a space behind it; ## if it is a heading; or "
        "take the paragraph out.",
        expected="**Code** and what it means",
        found=source.line(block.first_line).strip(),
    )
