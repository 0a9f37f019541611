"""The language in which a vendor writes: its months, list join, number words and abbreviations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Language(NamedTuple):
    """What documents have in words of their language.

    `conjunction` stands before the last item of a list. `numbers` are the words that may stand for
    the integer of a fact. A stop behind one of `abbreviations` ends no sentence, nor does the one
    behind a day in front of its month, where `has_day_stop`.
    """

    months: tuple[str, ...]
    conjunction: str
    numbers: Mapping[str, int] = {}
    abbreviations: tuple[str, ...] = ()
    has_day_stop: bool = False

    @property
    def joint(self) -> str:
        """A regular expression for what stands between two items of a list."""
        return f", | {re.escape(self.conjunction)} "

    @property
    def sentence_end(self) -> str:
        """A regular expression for what follows a stop that ends a sentence.

        In `e.g. this` and `4.5` another thing does.
        """
        kept = "".join(map(_stops_within, self.abbreviations))
        if self.has_day_stop:
            kept += rf"(?!(?<=[0-9]\.) (?:{'|'.join(map(re.escape, self.months))})\b)"
        return rf"(?:{kept}(?= {_OPENS_SENTENCE})|(?= ?$))"


def _stops_within(abbreviation: str) -> str:
    """A regular expression that refuses the place behind each stop of an abbreviation."""
    return "".join(
        rf"(?!(?<=(?<!\w){re.escape(abbreviation[:end])}){re.escape(abbreviation[end:])})"
        for end in (match.end() for match in re.finditer(r"\.", abbreviation))
    )


_CAPITALS = "".join(
    filter(str.isupper, map(chr, range(ord("\N{LATIN SMALL LETTER TURNED ALPHA}"))))
)
_OPENS_SENTENCE = rf"[{_CAPITALS}\"'(\u00a1\u00ab\u00bb\u00bf\u2018\u201a\u201c\u201e]"

ENGLISH = Language(
    (
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
    ),
    "and",
)
"""The language of a vendor whose file does not say."""
