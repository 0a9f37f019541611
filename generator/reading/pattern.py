"""Patterns: the vendor's text with placeholders, which both reads and writes a sentence.

What is searched are a text's plain characters, so either kind of apostrophe is read; what is taken
from it is the text's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language import written
from ..nearest import and_nearest, nearest
from ..typography import plain_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..fields import Field
    from ..language import Language


class WordList(NamedTuple):
    """What can stand in a placeholder, listed in vendor.toml: under which `key` of what `table`."""

    name: str
    table: str
    key: str
    words: tuple[str, ...]

    @property
    def regex(self) -> str:
        """Takes one of them, in plain characters.

        The longest first, so that "X 2" is not read as "X"; nor is "X 22".
        """
        names = sorted(map(plain_characters, self.words), key=lambda name: (-len(name), name))
        return rf"(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\w| [0-9])"

    def read(self, text: str) -> str:
        """The word as it is declared."""
        by_plain = {plain_characters(word): word for word in self.words}
        return by_plain[plain_characters(text)]

    def may_have(self, name: str) -> bool:
        """Whether a name that is not listed looks like one that could be.

        Where the listed ones are proper names it is one too; else it shares a word with one of
        them, and has none as a whole within it.
        """
        if not name:
            return False
        if all(map(_is_proper, self.words)):
            return _is_proper(name)
        return self.shares_word(name) and not re.search(rf"(?<!\w){self.regex}", name)

    def known_as(self, name: str) -> str | None:
        """The listed word that a name is in short, or in other blanks or letter case.

        None for a new name.
        """
        parts = name.lower().split()
        alike = [
            word
            for word in self.words
            if set(parts) <= set(word.lower().split())
            or "".join(parts) == "".join(word.lower().split())
        ]
        return next(iter(nearest(name, alike, most=1, cutoff=0)), None)

    def shares_word(self, name: str) -> bool:
        """Whether one of the name's words is one of a listed name's."""
        return bool(set(name.split()) & {part for word in self.words for part in word.split()})


def _is_proper(name: str) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in name.split())


class Placeholder(NamedTuple):
    """What a placeholder takes: a regular expression, the value of a match, and its text again.

    `takes_any_text` says that nothing but the end of the sentence ends it; `listed` are the words
    of which it takes one, or several in a list, None where no list has all that it takes.
    """

    regex: str
    read: Callable[[str], Any]
    format: Callable[[Any], str]
    takes_any_text: bool = False
    listed: WordList | None = None

    def unlisted(self, text: str, language: Language) -> list[tuple[int, str]]:
        """What stands in a text in place of listed words, with the place of each."""
        if self.listed is None:
            return []
        joints = [*re.finditer(language.joined, text)]
        starts = [0, *(joint.end() for joint in joints)]
        ends = [*(joint.start() for joint in joints), len(text)]
        items = [(start, text[start:end]) for start, end in zip(starts, ends, strict=True)]
        return [
            one for one in items if not re.fullmatch(self.listed.regex, plain_characters(one[1]))
        ]


def _listed(item: Placeholder, language: Language) -> Placeholder:
    """One or more items: "A", "A and B", "A, B and C", as the language joins them.

    The regular expression takes other orders of commas too; what it read is then formatted in
    another way, and does not count.
    """

    def read_all(text: str) -> tuple[Any, ...]:
        if item.takes_any_text:
            return tuple(map(item.read, re.split(language.joined, text)))
        matches = re.finditer(item.regex, plain_characters(text))
        return tuple(item.read(text[match.start() : match.end()]) for match in matches)

    def format_all(values: tuple[Any, ...]) -> str:
        return language.join([*map(item.format, values)])

    one = _listed_text(language) if item.takes_any_text else item.regex
    regex = f"{one}(?:{language.joined}{one})*"
    return Placeholder(regex, read_all, format_all, listed=item.listed)


def _listed_text(language: Language) -> str:
    """An item of a list of texts: it may have a decimal comma, and stops that end nothing."""
    within = rf"[^.,;!?]|\.(?!{language.sentence_end})|(?<=[0-9]),(?=[0-9])"
    return rf"(?:(?!{language.joined})(?:{within}))+"


def _text(language: Language) -> Placeholder:
    """Anything up to the stop that ends its sentence."""
    within = rf"[.!?](?!{language.sentence_end})[^.!?]*"
    return Placeholder(rf"[^.!?]*(?:{within})*[^.!? ]", str, str, takes_any_text=True)


def _number(most_digits: int, language: Language) -> Placeholder:
    """A number, in digits or as a word."""
    regex = rf"(?:\b[0-9]{{1,{most_digits}}}\b|{language.number})"
    return Placeholder(regex, language.read_number, written)


_DATE_NUMBER = Placeholder("[0-9]{1,5}", int, str)
_TWO_DIGITS = Placeholder("[0-9]{2}", int, "{:02}".format)
HEAD_NAMES = frozenset(("build", "release", "month", "m", "mm", "day", "dd", "year"))
"""The placeholders of the lines of a document's head."""


def head_placeholders(language: Language) -> dict[str, Placeholder]:
    """What the lines of a document's head can hold."""
    months = language.months
    return {
        "build": Placeholder(r"\S+", str, str),
        "release": Placeholder(r"\S(?:.*\S)?", str, str),
        "month": Placeholder(
            f"(?:{'|'.join(map(re.escape, months))})",
            lambda name: months.index(name) + 1,
            lambda number: months[number - 1],
        ),
        "m": _DATE_NUMBER,
        "mm": _TWO_DIGITS,
        "day": _DATE_NUMBER,
        "dd": _TWO_DIGITS,
        "year": _DATE_NUMBER,
    }


class Words(NamedTuple):
    """A list of the vendor's words: the words themselves, or what they look like.

    `like` is a regular expression, empty where the words are listed; `besides` are words that look
    so and are none.
    """

    words: tuple[str, ...] = ()
    like: str = ""
    besides: frozenset[str] = frozenset()

    def placeholder(self, name: str) -> Placeholder:
        """What takes one of the words of this list, which has a name in [words]."""
        if self.like:
            return Placeholder(f"(?:{self.like})", str, str)
        return _one_of(WordList(name, "[words]", name, self.words))

    def named_in(self, text: str) -> list[str]:
        """The words that stand in a text."""
        plain = plain_characters(text)
        if self.like:
            return [match[0] for match in re.finditer(self.like, plain)]
        return [word for word in self.words if plain_characters(word) in plain]


def _one_of(listed: WordList) -> Placeholder:
    return Placeholder(listed.regex, listed.read, str, listed=listed)


class Vocabulary:
    """The placeholders that there are: for fields, parts of records, and the vendor's words."""

    def __init__(
        self, words: Mapping[str, Words], fields: Iterable[Field], language: Language
    ) -> None:
        """`fields` are all whose values stand in sentences, members of records among them."""
        self.words = words
        self.language = language
        one_word = {name: some.placeholder(name) for name, some in words.items()}
        self.placeholders = {
            **head_placeholders(language),
            **one_word,
            **{field.name: _placeholder(field, one_word, language) for field in fields},
        }

    def pattern(self, text: str) -> Pattern:
        """The pattern that a text with placeholders is.

        Raises ValueError where a brace does not enclose a placeholder's name, or one comes twice.
        """
        return Pattern(text, self.placeholders)

    def named_in(self, text: str) -> list[str]:
        """The words of a text for which a placeholder should stand."""
        found = ((some, word) for some in self.words.values() for word in some.named_in(text))
        return [word for some, word in found if word not in some.besides]

    def cue(self, text: str) -> Cue:
        """What finds a word or a pattern; letter case matters in its placeholders alone.

        Raises ValueError as `pattern` does.
        """
        parts = _parts(plain_characters(text), self.placeholders)
        if not any(is_placeholder for _, is_placeholder in parts):
            return Cue(" ".join(words_of(text)), None)
        regex = "".join(
            self.placeholders[part].regex if is_placeholder else f"(?i:{re.escape(part)})"
            for part, is_placeholder in parts
        )
        return Cue("", rf"(?<!\w)(?:{regex})(?!\w)")


def _placeholder(
    field: Field, one_word: Mapping[str, Placeholder], language: Language
) -> Placeholder:
    """What takes the value of a field as a sentence has it."""
    if field.type == "enum":
        return _one_of(WordList(field.name, f"'{field.name}'", "values", field.values))
    if field.type == "list":
        of = field.of or ""
        plain = {"integer": _number(4, language), "text": _text(language)}
        return _listed(plain.get(of) or one_word[of], language)
    if field.type == "integer":
        return _number(9, language)
    return one_word[field.of] if field.of else _text(language)


class Cue(NamedTuple):
    """What makes a sentence suspect: some words, or a regular expression."""

    words: str
    regex: str | None

    def found_in(self, sentence: str, words: str) -> str | None:
        """What a sentence of plain characters has of it.

        Its words are given in lower case, a space between.
        """
        if self.regex is None:
            return self.words if f" {self.words} " in f" {words} " else None
        match = re.search(self.regex, sentence)
        return match and match[0]


class Pattern:
    """A text with placeholders.

    `text` is the pattern as written, `placeholders` what it has by their names, `words` its fixed
    words in lower case, `fixed` the text without its placeholders, `anchor` its longest fixed part
    (what lacks it cannot match), `regex` the whole as a regular expression without its full stop,
    `loose` the same with anything in place of listed words, None where it has none of these. The
    last three are for a text's plain characters.
    """

    def __init__(self, text: str, placeholders: Mapping[str, Placeholder]) -> None:
        """Raises ValueError as `Vocabulary.pattern` does."""
        parts = _parts(text.removesuffix("."), placeholders)
        names = [part for part, is_placeholder in parts if is_placeholder]
        if len(set(names)) < len(names):
            raise ValueError(f"a placeholder stands in it twice: {text}")
        self.text = text
        self.placeholders = {name: placeholders[name] for name in names}
        fixed = [part for part, is_placeholder in parts if not is_placeholder]
        self.words = frozenset(words_of(" ".join(fixed)))
        self.anchor = plain_characters(max(fixed, key=len, default=""))
        self.fixed = " ".join(fixed)
        self.regex = _regex(parts, {name: one.regex for name, one in self.placeholders.items()})
        has_listed = any(one.listed for one in self.placeholders.values())
        loose = {n: _NAMES if one.listed else one.regex for n, one in self.placeholders.items()}
        self.loose = _regex(parts, loose) if has_listed else None

    @property
    def takes_any_text(self) -> bool:
        """Whether one of its placeholders does."""
        return any(one.takes_any_text for one in self.placeholders.values())

    def read(self, text: str) -> dict[str, Any] | None:
        """The values in a text that is nothing but this pattern with its full stop, else None."""
        stop = r"\." if self.text.endswith(".") else ""
        match = re.fullmatch(self.regex + stop, plain_characters(text))
        return match and self.values(match, text)

    def values(self, match: re.Match[str], text: str) -> dict[str, Any] | None:
        """The values in a match of `regex` in the plain characters of a text, as the text has them.

        None where they would be formatted in another way, typography aside.
        """
        values = {
            name: one.read(text[match.start(name) : match.end(name)])
            for name, one in self.placeholders.items()
        }
        formatted = plain_characters(self.format(values))
        return values if formatted.startswith(match[0].removesuffix(".")) else None

    def format(self, values: Mapping[str, Any]) -> str:
        """The text with these values in its placeholders, full stop included."""
        texts = {name: one.format(values[name]) for name, one in self.placeholders.items()}
        return _PLACEHOLDER.sub(lambda match: texts[match[1]], self.text)


_NAMES = ".{1,300}?"
"""Whatever stands in place of listed words; long enough for a list, and no work for a long text."""
_PLACEHOLDER = re.compile(r"\{([a-z0-9_]*)\}")


def _regex(parts: Iterable[tuple[str, bool]], regexes: Mapping[str, str]) -> str:
    return "".join(
        f"(?P<{part}>{regexes[part]})" if is_placeholder else re.escape(plain_characters(part))
        for part, is_placeholder in parts
    )


def _parts(text: str, placeholders: Mapping[str, Placeholder]) -> list[tuple[str, bool]]:
    """The text cut into fixed parts (False) and names of placeholders (True)."""
    parts = [(part, index % 2 == 1) for index, part in enumerate(_PLACEHOLDER.split(text))]
    for part, is_placeholder in parts:
        if is_placeholder and part not in placeholders:
            known = and_nearest(part, placeholders) + f"; there are {', '.join(placeholders)}"
            raise ValueError(f"there is no placeholder {{{part}}}{known}")
        if not is_placeholder and ("{" in part or "}" in part):
            raise ValueError(f"a brace does not enclose a placeholder's name: {text}")
    return [(part, is_placeholder) for part, is_placeholder in parts if part]


_WORD = re.compile(r"\w[\w'-]*")


def words_of(text: str) -> list[str]:
    """The text's words in lower case and plain characters, punctuation left off."""
    return _WORD.findall(plain_characters(text.lower()))
