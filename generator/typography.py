"""Typography: characters that a program puts in place of one another, and that mean the same.

It is folded where texts are compared, and nowhere else: what is kept and shown stays as the vendor
wrote it. Codes are not texts, and are never folded. White space needs no folding here: documents
have none but the plain space.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
}
"""Apostrophes and quotation marks, hyphens and dashes, by the character of a typewriter's."""
_BY_CHARACTER = str.maketrans({one: plain for plain, of in _PLAIN.items() for one in of})
_BY_TEXT = str.maketrans(
    {
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{LATIN SMALL LIGATURE FF}": "ff",
        "\N{LATIN SMALL LIGATURE FI}": "fi",
        "\N{LATIN SMALL LIGATURE FL}": "fl",
        "\N{LATIN SMALL LIGATURE FFI}": "ffi",
        "\N{LATIN SMALL LIGATURE FFL}": "ffl",
    }
)
_TYPED_DASH = re.compile("(?<= )-{2,3}(?= )")


def plain_characters(text: str) -> str:
    """The text with a typewriter's quotation marks and hyphens, each character in its place."""
    return text.translate(_BY_CHARACTER)


def fold_text(text: str) -> str:
    """What is equal for texts that differ by typography alone.

    That is `plain_characters`, and an ellipsis, ligatures, a dash typed as two or three hyphens,
    and accents that are characters of their own.
    """
    plain = plain_characters(unicodedata.normalize("NFC", text)).translate(_BY_TEXT)
    return _TYPED_DASH.sub("-", plain)


def fold_value(value: object) -> object:
    """The same for the value of a field: a text, or texts in lists and records."""
    if isinstance(value, str):
        return fold_text(value)
    if isinstance(value, tuple):
        return tuple(map(fold_value, value))
    if isinstance(value, dict):
        return {name: fold_value(one) for name, one in value.items()}
    return value
