"""The language that a vendor writes in: months, number words, and how lists and sentences end.

English is what vendor.toml need not say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from .typography import plain_characters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ENGLISH_AND = "and"
_ENGLISH_MONTHS = (
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
_ENGLISH_JOINERS = ("or", "nor", "to", "as", "but")


class NumberWord(int):
    """A number that the document writes as a word."""

    word: str

    def __new__(cls, number: int, word: str) -> Self:
        """The number, with the word as it stands."""
        made = super().__new__(cls, number)
        made.word = word
        return made


def written(number: int) -> str:
    """A number as the document has it."""
    return number.word if isinstance(number, NumberWord) else str(number)


class Language:
    """What of a language the reading of documents has to know.

    `months` are the names of the twelve, `and_word` stands before the last item of a list. Regular
    expressions, for plain characters too: `joined` takes what stands between two items, `number` a
    word for a number, `sentence_start` is what stands before a capital letter that begins a
    sentence, `sentence_end` what follows a stop that ends one, and `sentence` takes the whole.
    `joiners` are the words that may follow a part of a word and its hyphen.
    """

    months: tuple[str, ...]
    and_word: str

    def __init__(
        self,
        months: Sequence[str] = _ENGLISH_MONTHS,
        and_word: str = _ENGLISH_AND,
        numbers: Mapping[str, int] | None = None,
        abbreviations: Sequence[str] = (),
        joiners: Sequence[str] = _ENGLISH_JOINERS,
    ) -> None:
        """`numbers` are by their words; the stops of `abbreviations` end no sentence."""
        self.months = tuple(months)
        self.and_word = and_word
        self.joined = f"(?:, | {re.escape(and_word)} )"
        self._numbers = {
            spelt: number for word, number in (numbers or {}).items() for spelt in _spellings(word)
        }
        words = sorted(map(re.escape, self._numbers), key=lambda word: (-len(word), word))
        self.number = rf"(?<![\w-])(?:{'|'.join(words) or '(?!)'})(?![\w-])"
        # Line breaks get lost on the way through converters, and with them the only border of a
        # sentence that has no full stop. In English its capital letter shows that it begins there;
        # in German each noun has one.
        self.sentence_start = r"(?:^|(?<=[^,;:(-] ))" if self._is_english else BEHIND_STOP
        unended = [_stops(spelt) for one in abbreviations for spelt in _spellings(one)]
        unended += [] if self._is_english else [self._day]
        self.sentence_end = rf"(?:{''.join(unended)}(?= {_OPENER})|(?= ?$))"
        self.sentence = re.compile(rf"[^ ].*?(?:[.!?]{_CLOSERS}{self.sentence_end}|$)")
        self.joiners = (and_word, *joiners)

    def read_number(self, text: str) -> int:
        """The number that digits, or a word for one, stand for."""
        number = self._numbers.get(text)
        return int(text) if number is None else NumberWord(number, text)

    def join(self, items: Sequence[str]) -> str:
        """A list as a sentence has it: "A", "A and B", "A, B and C"."""
        *first, last = items
        return f"{', '.join(first)} {self.and_word} {last}" if first else last

    @property
    def _is_english(self) -> bool:
        return self.months == _ENGLISH_MONTHS and self.and_word == _ENGLISH_AND

    @property
    def _day(self) -> str:
        """No stop of a day before a month; English has none there, and the word May."""
        names = "|".join(map(re.escape, self.months))
        return rf"(?<![0-9]\.(?= (?:{names})(?!\w)))"


def _spellings(word: str) -> tuple[str, str]:
    """A word as it stands within a sentence, and at its start."""
    return word, word[0].upper() + word[1:]


def _stops(abbreviation: str) -> str:
    """No stop of an abbreviation: each by what stands before and behind it."""
    plain = plain_characters(abbreviation)
    ends = [match.end() for match in re.finditer(r"\.", plain)]
    parts = [(re.escape(plain[:end]), re.escape(plain[end:])) for end in ends]
    return "".join(rf"(?<!(?<!\w){before}(?={behind}))" for before, behind in parts)


_CAPITALS = "".join(
    filter(str.isupper, map(chr, range(ord("\N{LATIN SMALL LETTER TURNED ALPHA}"))))
)
_OPENER = (
    rf"(?:[{_CAPITALS}\"'(\u00a1\u00ab\u00bf\u2018\u2019\u201a\u201c\u201d\u201e]|\u00bb(?! ))"
)
"""What a sentence begins with. In French, a quotation mark before a space closes a quotation."""

_CLOSERS = "(?:[\"')\u00ab\u00bb\u2018\u2019\u201c\u201d]| \u00bb)*"
"""What may stand behind the stop of a sentence and belong to it."""
BEHIND_STOP = r"(?:^|(?<=[.!?] )|(?<=[.!?][\"')] ))"
"""Where a sentence begins that nothing but a stop separates from the one before it."""
SMALL_LETTERS = _CAPITALS.lower()
"""As a class of a regular expression has them."""
ENGLISH = Language()
