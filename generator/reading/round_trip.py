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

from generator.diagnostics import Diagnostic
from generator.reading.dates import values_of
from generator.typography import plain_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.model import Release, Sentence, Span
    from generator.reading.grammar import Form, Grammar, Rule
    from generator.reading.source import Source


class Reproduced(NamedTuple):
    """A text of the document, made from the release, and its place.

    `is_joined` says that it stands right behind the text before it, without a space.
    """

    text: str
    span: Span
    is_joined: bool = False


def check_round_trip(source: Source, texts: Iterable[Reproduced]) -> list[Diagnostic]:
    """A diagnostic at the first word in which the document and its reproduction differ."""
    made = "".join(one.text if one.is_joined else f" {one.text}" for one in texts).split()
    written = words(source.text)
    if made == written:
        return []
    pairs = enumerate(zip_longest(made, written))
    index = next(index for index, (one, other) in pairs if one != other)
    return [_difference(source, index, made, written)]


def reproduce(release: Release, grammar: Grammar) -> Iterator[Reproduced]:
    """Every text of the document in its order, as the release has it."""
    layout = release.layout
    named = layout.release_line
    if layout.release_form is not None:
        named = _write(grammar, "releases", layout.release_form, {"build": str(release.build)})
    date_line = _write(grammar, "dates", layout.date_form, values_of(release.published))
    lines = (release.title, named, release.publisher, date_line)
    head = [line for line in lines if line is not None]
    for text, line in zip(head, layout.head, strict=True):
        yield Reproduced(text, line.span)
    if layout.contents_title is not None:
        yield Reproduced(*layout.contents_title)
    for one in layout.contents:
        yield Reproduced(f"{one.number} {one.title} {one.page}", one.span)
    rules = {rule.id: rule for rule in grammar.rules}
    for section in release.sections:
        number = "" if section.number is None else f"{section.number} "
        yield Reproduced(f"{number}{section.title}", section.span)
        for entry in section.entries:
            yield Reproduced(entry.code, entry.span)
            for sentence in entry.meaning.sentences:
                yield Reproduced(
                    _write_sentence(sentence, rules), sentence.span, sentence.is_clause
                )


def _write_sentence(sentence: Sentence, rules: dict[str, Rule]) -> str:
    """Prose as it stood; a fact by its rule, with a full stop and the typography that it had."""
    if sentence.fact is None:
        return sentence.text
    text = rules[sentence.fact.rule].pattern.format(sentence.fact.values)
    text = text if sentence.text.endswith(".") else text.removesuffix(".")
    return sentence.text if plain_characters(text) == plain_characters(sentence.text) else text


def _write(grammar: Grammar, form: Form, text: str, values: Mapping[str, object]) -> str:
    pattern = next(pattern for pattern in grammar.forms[form] if pattern.text == text)
    return pattern.format(values)


_HEADING = re.compile(r"^ {0,3}#{1,6}(?=[ \t])", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+](?=[ \t])", re.MULTILINE)
_BOLD = re.compile(r"^([ \t]*)(\*\*|__)(.+?)\2(?=\s|\\?$)", re.MULTILINE)
_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\(?=\n[ \t]*[^ \t\n])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def words(text: str) -> list[str]:
    """The words of a Markdown text, its marks left off."""
    text = _BULLET.sub("", _HEADING.sub("", text))
    text = _BREAK.sub(r"\1", _BOLD.sub(r"\1\3", text))
    return _ESCAPE.sub(r"\1", text).split()


def _difference(source: Source, index: int, made: list[str], written: list[str]) -> Diagnostic:
    """What stands from the first word that differs to the end of its line."""
    lines = range(1, source.line_of(len(source.text)) + 1)

    def count(line: int) -> int:
        return len(words(source.text[: source.start_of(line + 1)]))

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
