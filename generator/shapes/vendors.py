"""The table with the fields of one vendor put in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..fields import ANSWERED_ROLE, type_name
from ..language import ENGLISH
from ..nearest import and_nearest
from .columns import columns_of, flag_column
from .kinds import Enum, Kind, Member, Shape, Type, Union
from .names import BASIC, KINDS, PLAIN
from .table import (
    ANSWERS,
    ENUMS,
    FIELD_OF_ROLE,
    FIELDS_AS_COLUMNS,
    FORMS,
    NOT_OF_OCPP,
    RECORDS,
    VENDORS_FIELDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..fields import Field, Fields
    from ..model import Vendor
    from .kinds import Declared, Form


class Shapes:
    """The table with the fields of one vendor put in."""

    def __init__(self, vendor: Vendor) -> None:
        self._fields = fields = vendor.fields
        self._scheme = vendor.scheme
        self._sends_ocpp = vendor.sends_ocpp
        self._has_usual_words = vendor.language is ENGLISH
        self._known = {*vendor.head, *(["commit"] if vendor.scheme.has_commits else [])}
        self._vendors_names: dict[str, Kind] = {
            **dict.fromkeys((one.type_name for one in _enums_of(fields)), "enum"),
            **dict.fromkeys((type_name(one.name) for one in fields.records), "record"),
        }
        named: tuple[Declared, ...] = (
            *self._forms(),
            *ENUMS,
            *(() if vendor.sends_ocpp else NOT_OF_OCPP),
            *self._vendors_enums(),
            *self._records(),
            self._field_value(),
        )
        self._declared = {one.name: one for one in named}

    def __getitem__(self, name: str) -> Declared:
        """What is declared by a name. Raises KeyError where nothing is."""
        return self._declared[name]

    def record(self, name: str) -> Shape:
        """The record of a name. Raises LookupError where there is none."""
        shape = self._declared.get(name)
        if not isinstance(shape, Shape):
            raise self._no_such("record", name)
        return shape

    def enum(self, name: str) -> Enum:
        """The enum of a name. Raises LookupError where there is none."""
        enum = self._declared.get(name)
        if not isinstance(enum, Enum):
            raise self._no_such("enum", name)
        return enum

    @property
    def answers(self) -> tuple[str, ...]:
        """The records that decoders answer with; none where nothing is sent over OCPP."""
        return ANSWERS if self._sends_ocpp else ()

    def used_by(self, *names: str) -> list[Declared]:
        """What the records of these names are made of, themselves included, as first mentioned."""
        found: dict[str, Declared] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop(0)
            if name and name not in found:
                if name not in self._declared:
                    raise self._no_such("record", name)
                found[name] = self._declared[name]
                waiting[:0] = _mentioned(found[name])
        return list(found.values())

    @staticmethod
    def flag_column(field: Field) -> str:
        """The column of CodeRow that says whether a flag is set, or whether there is a record."""
        return flag_column(field)

    def _no_such(self, what: str, name: str) -> LookupError:
        known = (known for known, one in self._declared.items() if one.declares == what)
        return LookupError(f"there is no {what} '{name}'{and_nearest(name, known)}")

    def _type(self, text: str) -> Type:
        """The type that a text of the table means."""
        match = _TYPE.fullmatch(text)
        if match is None:
            raise ValueError(text)
        kind = KINDS.get(match["name"]) or self._vendors_names[match["name"]]
        item = Type(kind, "" if match["name"] in BASIC else match["name"])
        is_nullable = bool(match["nullable"]) and match["unless"] not in self._known
        length = match["length"]
        if length is None:
            return item._replace(is_nullable=is_nullable)
        exactly = int(length[1:]) if length.startswith("=") else None
        return Type("list", "", is_nullable, item, 0 if exactly else int(length or 0), exactly)

    def _forms(self) -> Iterator[Form]:
        """The forms of texts and numbers; names in a list may be any texts."""
        for form in FORMS:
            is_any = form.name == "release_name" and self._scheme.kind == "listed"
            yield form._replace(pattern=None, shortest=1) if is_any else form

    def _records(self) -> Iterator[Shape]:
        for name, doc, members in RECORDS:
            yield Shape(name, doc, tuple(self._members(members)))
        # In a list a record is stated whole, but for what is optional; that of a field has what the
        # entry states.
        in_parts = {field.of for field in self._fields.fields if field.type == "record"}
        for record in self._fields.records:
            is_whole = record.name not in in_parts
            parts = (
                self._member(part, is_stated=part.verbatim or (is_whole and not part.is_optional))
                for part in record.members
            )
            yield Shape(type_name(record.name), record.meaning, tuple(parts))
        yield Shape("Fact", "What a sentence states.", tuple(self._fact()))

    def _members(self, members: Iterable[str | tuple[str, ...]]) -> Iterator[Member]:
        left_out = {"plain" if self._sends_ocpp else "ocpp"}
        left_out |= {"language"} if self._has_usual_words else set()
        for one in members:
            if one == VENDORS_FIELDS:
                yield from map(self._member, self._fields.fields)
            elif one == FIELDS_AS_COLUMNS:
                yield from (column.member for column in columns_of(self._fields))
            elif one == FIELD_OF_ROLE:
                yield from self._answered()
            elif isinstance(one, tuple) and left_out.isdisjoint(one[3:]):
                name, text, doc, *more = one
                type_ = self._type(text)
                if type_.is_nullable and not text.endswith("?"):
                    doc = f"{doc} Null where that is not known."
                yield Member(name, type_, doc, "optional" in more, "local" in more)

    def _member(self, field: Field, *, is_stated: bool = False) -> Member:
        """A field of the vendor's as a part of a record; where it is stated, it has a value."""
        doc = field.meaning if is_stated else field.doc
        return Member(field.name, self._type_of(field, is_stated=is_stated), doc)

    def _answered(self) -> Iterator[Member]:
        """The field for non-error statuses as a part of a decoded code."""
        if field := self._fields.of_role(ANSWERED_ROLE):
            doc = f"{field.meaning} Null where that is not known."
            yield Member(field.name, Type("flag", is_nullable=True), doc)

    def _type_of(self, field: Field, *, is_stated: bool = False) -> Type:
        """The type of a field; where it is stated, it has a value."""
        is_nullable = field.is_nullable and not is_stated
        if field.type in ("list", "record"):
            of = field.of or ""
            inner = type_name(of) if field.members else PLAIN.get(of, "nonempty")
            item = Type(KINDS.get(inner, "record"), inner)
            if field.type == "record":
                return item._replace(is_nullable=is_nullable)
            return Type("list", "", is_nullable, item, int(is_stated))
        if field.type == "enum":
            return Type("enum", field.type_name, is_nullable)
        return self._type(PLAIN[field.type])._replace(is_nullable=is_nullable)

    def _fact(self) -> Iterator[Member]:
        """What is stated, and what stands in the placeholders of the rule's pattern."""
        yield Member("states", Type("enum", "StatedName"), "What the sentence states.")
        placeholders: dict[str, Field] = {}
        for field in self._fields.fields:
            plain = [field] if field.is_plain else field.members
            placeholders |= {one.name: one for one in plain if not one.verbatim}
        for field in placeholders.values():
            yield self._member(field, is_stated=True)._replace(is_optional=True)

    def _vendors_enums(self) -> Iterator[Enum]:
        for field in _enums_of(self._fields):
            yield Enum(field.type_name, field.meaning, dict.fromkeys(field.values, ""))
        stated = {name: one.meaning for one in self._fields.fields for name in one.stated_as}
        yield Enum("StatedName", "What a sentence can state.", stated)
        changed = {
            "code": "The code came, went, or is spelt in another case.",
            **({"sent_in": "It is sent in another field."} if self._sends_ocpp else {}),
            "meaning": "One of several entries of the code came or went.",
            "text": "Its text, where nothing else changed.",
            "description": "Its description.",
            **{field.name: field.meaning for field in self._fields.fields},
        }
        yield Enum("ChangedField", "What a change is of.", changed)

    def _field_value(self) -> Union:
        fields = self._fields.fields
        types = [self._type_of(one)._replace(is_nullable=False) for one in fields]
        known = dict.fromkeys([Type("text"), *types])
        return Union("FieldValue", "The value of a field, null where it has none.", tuple(known))


def _mentioned(one: Declared) -> list[str]:
    """The names that a declaration mentions."""
    if isinstance(one, Union):
        types: Iterable[Type] = one.types
    else:
        types = (member.type for member in one.members) if isinstance(one, Shape) else ()
    return [(type_.item or type_).name for type_ in types]


def _enums_of(fields: Fields) -> Iterator[Field]:
    """The fields and members of records that are enums."""
    members = (member for record in fields.records for member in record.members)
    yield from (one for one in (*fields.fields, *members) if one.type == "enum")


_TYPE = re.compile(r"(?P<name>\w+)(?:\[(?P<length>=?\d*)\])?(?P<nullable>\?(?P<unless>\w*))?")
