"""Fields, proposed by what stands in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .names import Names
    from .slots import Gap

_MOST_DIGITS = 9
_MOST_VALUES = 12
_MOST_WORDS = 3


class Field(NamedTuple):
    """A field: its name, and the keys of its table but for the meaning, which a person writes."""

    name: str
    keys: dict[str, Any]


def field_of(gap: Gap, names: Names, *, is_repeated: bool = False) -> Field:
    """The field of a placeholder, a list where the slot stands more than once in an entry."""
    name = names.new(gap.label, "value")
    texts = [value.text for value in gap.values]
    keys: dict[str, Any] = {"type": "list", "of": "text"} if is_repeated else type_of(texts)
    is_text = "text" in keys.values()
    return Field(
        name,
        {
            **keys,
            "label": gap.label[:1].upper() + gap.label[1:] or name,
            "meaning": f"What the document says under {gap.label!r}.",
            "silence": "empty",
            "impact": "wording" if is_text else "behaviour",
        },
    )


def type_of(texts: Sequence[str]) -> dict[str, Any]:
    """The type of what stands in a place: a number, one of a few values, or a text."""
    if texts and all(_is_integer(text) for text in texts):
        return {"type": "integer"}
    values = list(dict.fromkeys(texts))
    is_few = 0 < len(values) <= min(_MOST_VALUES, len(texts) // 2)
    if is_few and all(map(_is_value, texts)):
        return {"type": "enum", "values": values}
    return {"type": "text"}


def _is_integer(text: str) -> bool:
    return (
        text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS and text == str(int(text))
    )


def _is_value(text: str) -> bool:
    """Whether a text may be one of a few: some words that make names in every language."""
    is_plain = all(one.isalnum() or one in " -_/" for one in text)
    return is_plain and any(map(str.isalnum, text)) and len(text.split()) <= _MOST_WORDS
