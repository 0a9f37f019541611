"""Patterns: the vendor's text with holes, one text that both reads a sentence and tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Hole(NamedTuple):
    """One kind of hole: what fits into it, the value that makes, and how the value is told."""

    regex: str
    read: Callable[[str], Any]
    tell: Callable[[Any], str]


def _listed(item: str, read: Callable[[str], Any] = str) -> Hole:
    """One or more items: "A", "A and B", "A, B and C".

    The regular expression takes other orders of commas too; what it read is then told otherwise,
    and does not count.
    """

    def read_all(text: str) -> tuple[Any, ...]:
        return tuple(read(match) for match in re.findall(item, text))

    def tell_all(values: tuple[Any, ...]) -> str:
        *first, last = map(str, values)
        return f"{', '.join(first)} and {last}" if first else last

    return Hole(f"{item}(?:(?:, | and ){item})*", read_all, tell_all)


SENTENCE_END = r"(?= [A-Z\"'(]| ?$)"
"""What follows a stop that ends a sentence; in `e.g. this` and `4.5` another thing does."""
_NOT_THE_END = r"(?! [A-Z\"'(]| ?$)"
_NUMBER = Hole("[0-9]{1,5}", int, str)
_HOLES = {
    "build": Hole(r"\S+", str, str),
    "month": Hole("|".join(MONTHS), lambda name: MONTHS.index(name) + 1, lambda n: MONTHS[n - 1]),
    "day": _NUMBER,
    "year": _NUMBER,
    "connectors": _listed(r"\b[0-9]{1,4}\b", int),
    # An inner step from lower to upper case, as in LightIntensity.
    "configuration_keys": _listed(r"\b(?=[A-Za-z0-9]*?[a-z0-9][A-Z])[A-Z][A-Za-z0-9]++\b"),
    "note": Hole(rf"[^.!?]*(?:[.!?]{_NOT_THE_END}[^.!?]*)*[^.!? ]", str, str),
}
FREE = "note"
"""The hole that takes any text."""


class Vocabulary:
    """The kinds of holes there are, with the vendor's own words in them."""

    def __init__(self, products: Iterable[str]) -> None:
        """`products` are the only ones that `{product}` and `{products}` take."""
        self.products = tuple(products)
        # The longest first, so that "X 2" is not read as "X"; "X 22" is neither.
        names = sorted(self.products, key=lambda name: (-len(name), name))
        one = rf"(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\w| [0-9])"
        self.holes = {**_HOLES, "product": Hole(one, str, str), "products": _listed(one)}

    def pattern(self, text: str) -> Pattern:
        """The pattern that a text with holes is.

        Raises ValueError where a brace does not enclose the name of a hole, or one comes twice.
        """
        return Pattern(text, self.holes)

    def named_in(self, text: str) -> list[str]:
        """What of a text a hole should stand for: products, and names like configuration keys."""
        keys = re.findall(self.holes["configuration_keys"].regex, text)
        return [*(product for product in self.products if product in text), *keys]

    def sign(self, text: str) -> Sign:
        """What finds a word or a pattern; letter case matters in its holes alone.

        Raises ValueError as `pattern` does.
        """
        parts = _parts(text, self.holes)
        if not any(is_hole for _, is_hole in parts):
            return Sign(" ".join(words_of(text)), None)
        regex = "".join(
            self.holes[part].regex if is_hole else f"(?i:{re.escape(part)})"
            for part, is_hole in parts
        )
        return Sign("", rf"(?<!\w)(?:{regex})(?!\w)")


class Sign(NamedTuple):
    """What makes a sentence suspect: some words, or a regular expression."""

    words: str
    regex: str | None

    def is_in(self, sentence: str, words: str) -> bool:
        """Whether it is in a sentence, whose words are given in lower case, a space between."""
        if self.regex is None:
            return f" {self.words} " in f" {words} "
        return re.search(self.regex, sentence) is not None


class Pattern:
    """A text with holes.

    `text` is the pattern as written, `holes` the names of its holes, `words` its fixed words in
    lower case, `fixed` the text without its holes, `anchor` its longest fixed part (what lacks it
    cannot match), `regex` the whole as a regular expression without its full stop.
    """

    def __init__(self, text: str, holes: Mapping[str, Hole]) -> None:
        """Raises ValueError as `Vocabulary.pattern` does."""
        parts = _parts(text.removesuffix("."), holes)
        names = [part for part, is_hole in parts if is_hole]
        if len(set(names)) < len(names):
            raise ValueError(f"a hole stands in it twice: {text}")
        self.text = text
        self.holes = {name: holes[name] for name in names}
        fixed = [part for part, is_hole in parts if not is_hole]
        self.words = frozenset(words_of(" ".join(fixed)))
        self.anchor = max(fixed, key=len, default="")
        self.fixed = " ".join(fixed)
        self.regex = "".join(
            f"(?P<{part}>{holes[part].regex})" if is_hole else re.escape(part)
            for part, is_hole in parts
        )

    @property
    def takes_any_text(self) -> bool:
        """Whether one of its holes does."""
        return FREE in self.holes

    def read(self, text: str) -> dict[str, Any] | None:
        """The values of the holes in a text that is nothing but this pattern, else None."""
        match = re.fullmatch(self.regex, text)
        return match and self.values(match)

    def values(self, match: re.Match[str]) -> dict[str, Any] | None:
        """The holes' values in a match of `regex`; None where they would be told otherwise."""
        values = {name: hole.read(match[name]) for name, hole in self.holes.items()}
        return values if self.tell(values).startswith(match[0].removesuffix(".")) else None

    def tell(self, values: Mapping[str, Any]) -> str:
        """The text with these values in its holes, full stop included."""
        told = {name: hole.tell(values[name]) for name, hole in self.holes.items()}
        return _HOLE.sub(lambda match: told[match[1]], self.text)


_HOLE = re.compile(r"\{([a-z_]*)\}")


def _parts(text: str, holes: Mapping[str, Hole]) -> list[tuple[str, bool]]:
    """The text cut into fixed parts (False) and names of holes (True)."""
    parts = [(part, index % 2 == 1) for index, part in enumerate(_HOLE.split(text))]
    for part, is_hole in parts:
        if is_hole and part not in holes:
            raise ValueError(f"there is no hole {{{part}}}; the holes are {', '.join(holes)}")
        if not is_hole and ("{" in part or "}" in part):
            raise ValueError(f"a brace does not enclose a hole's name: {text}")
    return [(part, is_hole) for part, is_hole in parts if part]


_WORD = re.compile(r"\w[\w'-]*")


def words_of(text: str) -> list[str]:
    """The text's words in lower case, punctuation left off."""
    return _WORD.findall(text.lower())
