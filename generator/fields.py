"""What a fact is: the fields that a vendor's file declares.

No single field is named here. What a decoder needs of one it asks for by its role.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from .record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

FieldType = Literal["flag", "text", "integer", "enum", "list", "record"]
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)

Silence = Literal["false", "empty", "unknown"]
"""What it says where no sentence states a field: no, that there is none, or nothing at all."""
SILENCES: Mapping[FieldType, tuple[Silence, ...]] = {
    "flag": ("false", "unknown"),
    **dict.fromkeys(("text", "integer", "enum", "list", "record"), ("empty", "unknown")),
}
"""Which silences a field of each type can have."""


class Impact(StrEnum):
    """Who is hurt by a change: its class, the worst first."""

    BREAKING = "breaking"
    BEHAVIOUR = "behaviour"
    ADDITION = "addition"
    WORDING = "wording"
    TYPOGRAPHY = "typography"

    @property
    def meaning(self) -> str:
        """What changed, and for whom."""
        return _IMPACTS[self]

    def is_at_least(self, other: Impact) -> bool:
        """Whether it is as bad as another class, or worse."""
        classes = list(Impact)
        return classes.index(self) <= classes.index(other)


_IMPACTS = {
    Impact.BREAKING: "A name or value that programs use changed or went, or a code moved between "
    "the fields.",
    Impact.BEHAVIOUR: "A fact that programs rely on changed.",
    Impact.ADDITION: "There is something new to know.",
    Impact.WORDING: "A text was put in other words.",
    Impact.TYPOGRAPHY: "A text has other apostrophes, quotation marks, dashes or the like.",
}


FIELD_IMPACTS = tuple(impact for impact in Impact if impact is not Impact.TYPOGRAPHY)
"""The classes that a change of a field can be declared to have."""


class Field(NamedTuple):
    """A kind of fact, or a member of a record.

    `type` is its type, and `of` what a list holds, a record is, or a text is one of: the name of a
    word list or of a record, or `integer` or `text`. `values` are those of an enum, `members` those
    of its record. `label` names it to people, `meaning` says in one line what a value says.

    `silence` is what it says where no sentence states it, `impact` the class of a change of it.
    `once` refuses a second statement in one entry; for a list of records it is the member that no
    two of them may share. `requires` is a field that must be stated beside it. With
    `part_of_description` its sentences stay in the description; a `verbatim` text is those
    sentences themselves. A member of a record that `is_optional` need not stand in each item of a
    list. `role` is what a decoder knows it by.
    """

    name: str
    type: FieldType
    label: str
    meaning: str
    silence: Silence = "empty"
    impact: Impact = Impact.BEHAVIOUR
    of: str | None = None
    values: tuple[str, ...] = ()
    members: tuple[Field, ...] = ()
    once: bool | str = False
    requires: str | None = None
    part_of_description: bool = False
    verbatim: bool = False
    is_optional: bool = False
    role: str | None = None

    @property
    def holds_records(self) -> bool:
        """Whether it is a list of records."""
        return self.type == "list" and bool(self.members)

    @property
    def is_plain(self) -> bool:
        """Whether its value is, or is a list of, texts, numbers or values of an enum."""
        return self.type != "flag" and not self.members

    @property
    def is_nullable(self) -> bool:
        """Whether its value may be null: where it is not known, or where there is none."""
        if self.type in ("flag", "list"):
            return self.silence == "unknown"
        return True

    @property
    def answers(self) -> tuple[FieldType, str | None]:
        """What it holds, as roles have it: whatever texts a list is of, they are texts."""
        if self.type != "list":
            return self.type, None
        return self.type, self.of if self.members or self.of == "integer" else "text"

    @property
    def type_name(self) -> str:
        """The name of its type, where it has one of its own: that of its record or of its enum."""
        return type_name((self.of or "") if self.members else self.name)

    @property
    def doc(self) -> str:
        """What a value says, and what silence does."""
        silent = {"flag": "False", "list": "Empty"}.get(self.type, "Null")
        if self.silence == "unknown":
            return f"{self.meaning} Null where that is not known."
        return f"{self.meaning} {silent} where nothing is said."

    @property
    def stated_as(self) -> tuple[str, ...]:
        """The names under which rules state it: its own, its record's, those of its members."""
        if self.holds_records:
            return (str(self.of),)
        if self.type == "record":
            return (self.name, *(one.name for one in self.members if not one.verbatim))
        return (self.name,)


class FieldRecord(NamedTuple):
    """A record that fields have as their values, or in their lists."""

    name: str
    meaning: str
    members: tuple[Field, ...]


class Role(NamedTuple):
    """What a decoder or a search asks for, and the types of the field that can answer it.

    One that `is_of_ocpp` is asked of messages alone, or in OCPP's terms.
    """

    meaning: str
    types: tuple[tuple[FieldType, str | None], ...]
    is_of_ocpp: bool = False


ROLES: Mapping[str, Role] = {
    "non_error_status": Role(
        "Whether the code may come with a status other than Faulted.",
        (("flag", None),),
        is_of_ocpp=True,
    ),
    "connectors": Role(
        "The only connectors that the code is set on, by OCPP's connectorId.",
        (("list", "integer"),),
        is_of_ocpp=True,
    ),
    "deprecated": Role("That the code is no longer used.", (("flag", None), ("record", None))),
    "products": Role("The only products that send the code.", (("list", "text"),)),
}
"""What a decoder can ask of a meaning."""
ANSWERED_ROLE = "non_error_status"
"""The role whose field a decoder repeats in its answer."""


@dataclass(frozen=True)
class Fields:
    """All that a vendor's file declares of its facts: the fields in the order of the JSON."""

    fields: tuple[Field, ...] = ()
    records: tuple[FieldRecord, ...] = ()

    def of_role(self, role: str) -> Field | None:
        """The field with a role, None where the vendor declares none."""
        return next((field for field in self.fields if field.role == role), None)

    @property
    def roles(self) -> dict[str, Field | None]:
        """Each role with its field."""
        return {role: self.of_role(role) for role in ROLES}

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}

    @cached_property
    def by_stated_name(self) -> dict[str, tuple[Field, Field]]:
        """The field that a rule states by a name, and what of it: itself or one of its members."""
        stated: dict[str, tuple[Field, Field]] = {}
        for field in self.fields:
            members = {one.name: one for one in field.members if field.type == "record"}
            for name in field.stated_as:
                stated.setdefault(name, (field, members.get(name, field)))
        return stated


def says(field: Field | None, values: Mapping[str, Any]) -> bool | None:
    """What the values of a meaning say of a flag, or of whether there is a record.

    None where that is not known, and where no such field is declared.
    """
    if field is None:
        return None
    value = values[field.name]
    if value is None:
        return None if field.silence == "unknown" else False
    return bool(value)


def connectors_in(fields: Fields, values: Mapping[str, Any]) -> tuple[int, ...]:
    """The only connectors that a meaning with these values is for; empty where it names none."""
    field = fields.of_role("connectors")
    return (values[field.name] or ()) if field else ()


def type_name(words: str) -> str:
    """What the type of a record of the vendor's is called: `product_note` is ProductNote."""
    return "".join(word.capitalize() for word in words.split("_"))


def format_value(value: object) -> str:
    """A value of a field in words, for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Record):
        stated = [format_value(one) for one in value.values() if one not in (None, ())]
        first, others = stated[:1], stated[1:]
        return f"{first[0]}: {', '.join(others)}" if others else "".join(first) or "yes"
    if isinstance(value, tuple):
        return ", ".join(map(format_value, value)) or "nothing said"
    return "nothing said" if value in (None, "") else str(value)
