"""How a language writes comments and values, as a target's manifest has it.

Text of the vendor's reaches an artefact only through these: it can hold quotes, backslashes or what
closes a comment, and stays a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Comment:
    """A comment's form: `line` stands before each line, `start` and `end` above and below.

    `escapes` says what is written in place of what would end the comment or mean something in it.
    """

    line: str = ""
    start: str = ""
    end: str = ""
    escapes: Mapping[str, str] = field(default_factory=dict)

    def write(self, text: str) -> str:
        """The text as a comment, without a line end behind it."""
        # All at once and the longest first: what one escape wrote is never escaped again.
        for_any = "|".join(re.escape(old) for old in sorted(self.escapes, key=len, reverse=True))
        if for_any:
            text = re.sub(for_any, lambda match: self.escapes[match[0]], text)
        lines = [f"{self.line}{line}".rstrip() for line in text.split("\n")]
        return "\n".join([*filter(None, [self.start]), *lines, *filter(None, [self.end])])


@dataclass(frozen=True)
class String:
    r"""A string literal's form.

    `escapes` maps characters to what is written for them. `unicode` is the form of any other
    character that is a control or outside ASCII (`"\\u{:04x}"`), `astral` that of one beyond
    U+FFFF; without `astral` such a one is written as two surrogates, without `unicode` all stand as
    they are.
    """

    quote: str
    escapes: Mapping[str, str] = field(default_factory=dict)
    unicode: str | None = None
    astral: str | None = None

    def write(self, text: str) -> str:
        """The text as a literal of the language."""
        return self.quote + "".join(map(self._character, text)) + self.quote

    def _character(self, character: str) -> str:
        if character in self.escapes:
            return self.escapes[character]
        code = ord(character)
        if self.unicode is None or 0x20 <= code < 0x7F:  # noqa: PLR2004 (ASCII's printable range)
            return character
        if code <= 0xFFFF:  # noqa: PLR2004 (the basic plane)
            return self.unicode.format(code)
        if self.astral is not None:
            return self.astral.format(code)
        high, low = divmod(code - 0x10000, 0x400)
        return self.unicode.format(0xD800 + high) + self.unicode.format(0xDC00 + low)


@dataclass(frozen=True)
class List:
    """A list literal's form; `empty` stands for a list of nothing."""

    open: str = "["
    separator: str = ", "
    close: str = "]"
    empty: str = "[]"


@dataclass(frozen=True)
class Syntax:
    """How one kind of file writes comments and values; None for what it cannot."""

    comment: Comment | None = None
    string: String | None = None
    list: List = List()
    true: str = "true"
    false: str = "false"
    null: str = "null"

    def literal(self, value: object) -> str:
        """A text, number, truth value, None, or sequence of these, as the language writes it.

        Raises TypeError for a value of another type, or a text where no string form is declared.
        """
        if value is None:
            return self.null
        if isinstance(value, bool):
            return self.true if value else self.false
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str) and not isinstance(value, Enum) and self.string is not None:
            return self.string.write(value)
        if isinstance(value, tuple | list):
            return self._list(map(self.literal, value))
        raise TypeError(f"a {type(value).__name__} cannot be written as a literal here: {value!r}")

    def _list(self, items: Iterable[str]) -> str:
        written = self.list.separator.join(items)
        return f"{self.list.open}{written}{self.list.close}" if written else self.list.empty
