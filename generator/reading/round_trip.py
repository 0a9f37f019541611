"""The first promise, checked on each run: the release reproduces its document, word for word.

One list of words comes from the release: facts are written by their rules, the date by its pattern.
The other comes from the file's characters by a few lines of this module that share nothing with
the reading of Markdown. Where the two differ, something was lost or made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic
from ..model import PLAIN, Surroundings
from ..typography import plain_characters
from .dates import values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..model import Entry, HeadLine, Release, Sentence, Span
    from .grammar import Form, Grammar
    from .slots import EntryForm
    from .source import Source


class Reproduced(NamedTuple):
    """A text of the document, made from the release, its place, and the form's words around it."""

    text: str
    span: Span
    form: Surroundings = PLAIN

    @property
    def words(self) -> str:
        """The text with the words around it, and the spaces between."""
        return f"{self.form.before}{self.text}{self.form.after}"


def check_round_trip(
    source: Source, texts: Iterable[Reproduced], form: EntryForm
) -> list[Diagnostic]:
    """A diagnostic at the first word in which the document and its reproduction differ."""
    made = "".join(one.words for one in texts).split()
    written = words(source.text, form)
    if made == written:
        return []
    pairs = enumerate(zip_longest(made, written))
    index = next(index for index, (one, other) in pairs if one != other)
    return [_difference(source, form, index, made, written)]


def reproduce(release: Release, grammar: Grammar) -> Iterator[Reproduced]:
    """Every text of the document in its order, as the release has it."""
    layout = release.layout
    for name, line in zip(layout.lines, layout.head, strict=True):
        yield Reproduced(_head_line(release, grammar, name), line.span)
    for note in release.notes:
        yield Reproduced(*note)
    if layout.contents_title is not None:
        yield Reproduced(*layout.contents_title)
    for one in layout.contents:
        yield Reproduced(f"{one.number} {one.title} {one.page}", one.span)
    for section in release.sections:
        number = "" if section.number is None else f"{section.number} "
        if section.span is not None:
            yield Reproduced(f"{number}{section.title}", section.span)
        for note in section.notes:
            yield Reproduced(*note)
        for entry in section.entries:
            yield from _reproduce_entry(entry, grammar)


def _head_line(release: Release, grammar: Grammar, name: HeadLine) -> str:
    """A line of the head, by what it says."""
    layout = release.layout
    if name == "release" and layout.release_form is not None:
        values = {grammar.vendor.scheme.placeholder: str(release.build)}
        return _write(grammar, "releases", layout.release_form, values)
    if name == "date" and layout.date_form is not None and release.published is not None:
        return _write(grammar, "dates", layout.date_form, values_of(release.published))
    texts = {"title": release.title, "publisher": release.publisher, "release": layout.release_line}
    return texts.get(name) or ""


def _reproduce_entry(entry: Entry, grammar: Grammar) -> list[Reproduced]:
    """The code and the sentences, in the order in which they stand."""
    sentences = [_reproduce_sentence(sentence, grammar) for sentence in entry.meaning.sentences]
    code = Reproduced(entry.code, entry.span, entry.form)
    before = sum(sentence.span < code.span for sentence in sentences)
    return [*sentences[:before], code, *sentences[before:]]


def _reproduce_sentence(sentence: Sentence, grammar: Grammar) -> Reproduced:
    is_joined = sentence.is_clause and sentence.form is PLAIN
    form = _JOINED if is_joined else sentence.form
    return Reproduced(_write_sentence(sentence, grammar), sentence.span, form)


_JOINED = Surroundings("", "")


def _write_sentence(sentence: Sentence, grammar: Grammar) -> str:
    """Prose as it stood; a fact by its rule, with a full stop and the typography that it had."""
    fact = sentence.fact
    if fact is None:
        return sentence.text
    if slot := grammar.entry.rule(fact.rule):
        return slot.format(fact.values)
    text = grammar.rules_by_id[fact.rule].pattern.format(fact.values)
    text = text if sentence.text.endswith(".") else text.removesuffix(".")
    return sentence.text if plain_characters(text) == plain_characters(sentence.text) else text


def _write(grammar: Grammar, form: Form, text: str, values: Mapping[str, object]) -> str:
    pattern = next(pattern for pattern in grammar.forms[form] if pattern.text == text)
    return pattern.format(values)


_HEADING = re.compile(r"^ {0,3}#{1,6}(?=[ \t])", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+](?=[ \t])", re.MULTILINE)
_BOLD = re.compile(r"^([ \t]*)__(.+?)__(?=\s|\\?$)", re.MULTILINE)
_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\(?=\n[ \t]*[^ \t\n])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPE_BESIDE_CODE = re.compile(
    r"((?<![`\\])(?P<ticks>`+)[^`\n]+(?P=ticks)(?!`))|\\([!-/:-@\[-`{-~])"
)
_FENCED = re.compile(
    r"^ {0,3}(?P<fence>```+|~~~+)[^\n]*\n(?P<code>.*?)^ {0,3}(?P=fence)[`~]*[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_TABLE = re.compile(
    r"^(?P<heads>[^\n]*\|[^\n]*)\n[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$"
    r"(?P<rows>(?:\n[^\n]*\|[^\n]*)*)",
    re.MULTILINE,
)
_OUTER_BAR = re.compile(r"^[ \t]*\||(?<!\\)\|[ \t]*$", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")
_BREAK_IN_CELL = re.compile(r"(?P<code>(?P<ticks>`+)[^`\n]+(?P=ticks)(?!`))|<br ?/?>")


def words(text: str, form: EntryForm) -> list[str]:
    """The words of a Markdown text, its marks left off.

    `form` says whether it may have tables, code and markup; else their marks are words.
    """
    if "code" not in form.kinds:
        return _words(text, form)
    found: list[str] = []
    done = 0
    for match in _FENCED.finditer(text):
        found += [*_words(text[done : match.start()], form), *match["code"].split()]
        done = match.end()
    return found + _words(text[done:], form)


def _words(text: str, form: EntryForm) -> list[str]:
    """The same of a text without blocks of code."""
    text = _BULLET.sub("", _HEADING.sub("", text))
    if form.tables:
        text = _TABLE.sub(_cells, text)
    text = _BREAK.sub(r"\1", _BOLD.sub(r"\1**\2**", text))
    if form.keeps_markup:
        return _ESCAPE_BESIDE_CODE.sub(lambda match: match[1] or match[3], text).split()
    return _ESCAPE.sub(r"\1", text).split()


def _cells(table: re.Match[str]) -> str:
    """The rows of a table, with a bar between the cells, and a space for a break in one."""
    cells = _BAR.sub(" | ", _OUTER_BAR.sub("", table["heads"] + table["rows"]))
    return _BREAK_IN_CELL.sub(lambda match: match["code"] or " ", cells)


def _difference(
    source: Source, form: EntryForm, index: int, made: list[str], written: list[str]
) -> Diagnostic:
    """What stands from the first word that differs to the end of its line."""
    lines = range(1, source.line_of(len(source.text)) + 1)

    def count(line: int) -> int:
        return len(words(source.text[: source.start_of(line + 1)], form))

    line = lines[min(bisect_left(lines, index + 1, key=count), len(lines) - 1)]
    end = max(count(line), index + 1)
    return Diagnostic(
        "round-trip-differs",
        source.at_line(line),
        "what was understood of this line does not reproduce it",
        help="Write the line as the other lines are written; if it is, this is an internal error: "
        "please report it with the document.",
        expected=" ".join(written[index:end]) or "the end of the document",
        found=" ".join(made[index:end]) or "the end of the document",
    )
