"""How a language writes comments and values, as a target's manifest has it.

Text of the vendor's reaches an artefact only through these: it can hold quotes, backslashes or what
closes a comment, and stays a text.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from .types import Types

if TYPE_CHECKING:
    from collections.abc import Mapping


class Comment(NamedTuple):
    """A comment's form: `line` stands before each line, `start` and `end` above and below.

    `escapes` says what is written in place of what would end the comment or mean something in it.
    """

    line: str = ""
    start: str = ""
    end: str = ""
    escapes: Mapping[str, str] = MappingProxyType({})

    def write(self, text: str, indent: str = "") -> str:
        """The text as a comment, without a line end behind it.

        `indent` stands before each line but the first, which stands where the template has it.
        """
        # All at once and the longest first: what one escape wrote is never escaped again.
        for_any = "|".join(re.escape(old) for old in sorted(self.escapes, key=len, reverse=True))
        if for_any:
            text = re.sub(for_any, lambda match: self.escapes[match[0]], text)
        lines = [f"{self.line}{line}".rstrip() for line in text.split("\n")]
        lines = [*filter(None, [self.start]), *lines, *filter(None, [self.end])]
        return "\n".join(
            indent + line if line and number else line for number, line in enumerate(lines)
        )


class String(NamedTuple):
    r"""A string literal's form.

    `escapes` maps characters to what is written for them. `unicode` is the form of any other
    character that is a control or outside ASCII (`"\\u{:04x}"`), `astral` that of one beyond
    U+FFFF; without `astral` such a one is written as two surrogates, without `unicode` all stand as
    they are.
    """

    quote: str
    escapes: Mapping[str, str] = MappingProxyType({})
    unicode: str | None = None
    astral: str | None = None

    def write(self, text: str) -> str:
        """The text as a literal of the language."""
        if text.isascii() and text.isprintable():
            written = text.translate({ord(old): new for old, new in self.escapes.items()})
        else:
            written = "".join(map(self._character, text))
        return f"{self.quote}{written}{self.quote}"

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


class List(NamedTuple):
    """A list literal's form.

    `separator` stands between two items, `trailing` behind the last one, `trailing_line` behind the
    last one where each has a line of its own; `empty` is a list of nothing. `{type}` in `open` and
    `empty` is the type of the list.
    """

    open: str = "["
    separator: str = ", "
    trailing: str = ""
    trailing_line: str = ""
    close: str = "]"
    empty: str = "[]"


class Fields(NamedTuple):
    """A record literal's form: `{type}` is its type's name, `{name}` and `{value}` a part's.

    With a `separator` the parts stand on one line. `open_in_list` is how a record begins that is an
    item of a list, where that is another way.
    """

    open: str = "{{"
    open_in_list: str = ""
    field: str = "{name}: {value}"
    separator: str = ""
    close: str = "}}"


class Syntax(NamedTuple):
    """How one kind of file writes comments and values; None for what it cannot.

    `indent` is one step to the right, for literals that take several lines. `docstring` is the form
    of a string that documents what stands above it, `nullable` that of a value whose type may be
    null, for languages that write it in another way. `types` are the forms of types that such a
    file writes in another way than the rest of its target.
    """

    comment: Comment | None = None
    string: String | None = None
    docstring: String | None = None
    list: List = List()
    record: Fields | None = None
    indent: str = "    "
    true: str = "true"
    false: str = "false"
    null: str = "null"
    nullable: str = "{value}"
    types: Types = Types()

    def scalar(self, value: object) -> str | None:
        """A string, number, boolean or None as the language writes it; None for anything else."""
        if value is None:
            return self.null
        if isinstance(value, bool):
            return self.true if value else self.false
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str) and self.string is not None:
            return self.string.write(value)
        return None
