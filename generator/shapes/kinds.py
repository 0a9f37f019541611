"""The terms of the table: records with their members, enums, forms of texts and numbers, unions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..nearest import and_nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "integer", "number", "flag", "any", "enum", "list", "record"]


class Type(NamedTuple):
    """What a value is.

    `name` is that of a record, an enum, or of a text or number with a form of its own, else empty.
    A list has items of type `item`, at least `least` of them, or exactly `exactly`.
    """

    kind: Kind
    name: str = ""
    is_nullable: bool = False
    item: Type | None = None
    least: int = 0
    exactly: int | None = None


class Member(NamedTuple):
    """A part of a record.

    An optional one may be missing in the JSON; a local one is never there, and exists where a
    program holds the record alone.
    """

    name: str
    type: Type
    doc: str
    is_optional: bool = False
    is_local: bool = False


class Shape(NamedTuple):
    """A record: its name, what it is in one line, its members in the order of the JSON."""

    name: str
    doc: str
    members: tuple[Member, ...]

    def member(self, name: str) -> Member:
        """The part of a name. Raises LookupError where there is none."""
        members = {one.name: one for one in self.members}
        if name not in members:
            raise LookupError(f"{self.name} has no member '{name}'{and_nearest(name, members)}")
        return members[name]

    @property
    def declares(self) -> str:
        """What is declared."""
        return "record"


class Enum(NamedTuple):
    """A text that is one of a few, each with what it says."""

    name: str
    doc: str
    values: Mapping[str, str]

    @property
    def declares(self) -> str:
        """What is declared."""
        return "enum"

    @property
    def text(self) -> str:
        """What it is, and what each value says."""
        said = (f"{value}: {doc}" for value, doc in self.values.items() if doc)
        return "\n".join([self.doc, *said])


class Form(NamedTuple):
    """A text or number with a form of its own: what it is, and its bounds.

    Its name is in lower case, so that no type of a vendor's field can have it.
    """

    name: str
    doc: str
    kind: Kind
    pattern: str | None = None
    shortest: int | None = None
    least: int | None = None
    greatest: int | None = None

    @property
    def declares(self) -> str:
        """What is declared."""
        return "form"


class Union(NamedTuple):
    """A value of one of several types."""

    name: str
    doc: str
    types: tuple[Type, ...]

    @property
    def declares(self) -> str:
        """What is declared."""
        return "union"


Declared = Shape | Enum | Form | Union
