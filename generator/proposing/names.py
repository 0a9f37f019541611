"""Names for what a document calls something: ASCII words in lower case, each used once."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_WORDS = 4
_SPELT = {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "å": "aa"}


def words_of_name(text: str) -> list[str]:
    """The words of a text that can stand in a name."""
    lower = text.lower()
    for letter, spelt in _SPELT.items():
        lower = lower.replace(letter, spelt)
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.findall("[a-z0-9]+", plain)


class Names:
    """The names that are taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        """`taken` are names that mean something already."""
        self._taken = set(map(_flat, taken))

    def new(self, text: str, otherwise: str) -> str:
        """A name after a text; after `otherwise` where the text has no word for one."""
        words = words_of_name(text)[:_MOST_WORDS]
        while words and not words[0][0].isalpha():
            words = words[1:]
        name = "_".join(words) or otherwise
        number = 1
        while _flat(one := name if number == 1 else f"{name}_{number}") in self._taken:
            number += 1
        self._taken.add(_flat(one))
        return one


def _flat(name: str) -> str:
    return name.replace("_", "")
