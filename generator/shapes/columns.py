"""The vendor's fields as columns of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..record import one_line
from .kinds import Kind, Member, Type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..fields import Field, Fields


class Column(NamedTuple):
    """A field of the vendor's, or a part of one, as a column of a table.

    `part` is the member of the record that it holds, or empty; `is_whether` says that it shows
    whether there is such a record.
    """

    field: Field
    member: Member
    part: str = ""
    is_whether: bool = False

    def cell(self, values: Mapping[str, Any]) -> object:
        """What stands in the column for a meaning with these values of the fields."""
        value = values[self.field.name]
        if self.is_whether:
            return None if value is None and self.field.silence == "unknown" else value is not None
        if self.part:
            value = value and value[self.part]
        if isinstance(value, tuple | list | dict):
            return one_line(value) if value else None
        return value


def columns_of(fields: Fields) -> Iterator[Column]:
    """The columns of the vendor's fields. Lists are texts in JSON, records a column for each part.

    A part has its own name if rules state it by that, else the field's name before it.
    """
    for field in fields.fields:
        if field.type != "record":
            yield Column(field, _column(field, field.name))
            continue
        is_nullable = field.silence == "unknown"
        otherwise = "NULL where that is not known" if is_nullable else "else 0"
        doc = f"{field.meaning} 1 where this is stated, {otherwise}."
        flag = Member(flag_column(field), Type("flag", is_nullable=is_nullable), doc)
        yield Column(field, flag, is_whether=True)
        for part in field.members:
            name = part.name if part.name in field.stated_as else f"{field.name}_{part.name}"
            yield Column(field, _column(part, name), part.name)


def flag_column(field: Field) -> str:
    """The column that says whether a flag is set, or whether there is a record."""
    if field.type == "flag":
        return field.name
    return f"{'is' if field.role == 'deprecated' else 'has'}_{field.name}"


def _column(field: Field, name: str) -> Member:
    if field.type == "flag":
        unknown = ", NULL where that is not known" if field.is_nullable else ""
        doc = f"{field.meaning} 1 if so, 0 if not{unknown}."
        return Member(name, Type("flag", is_nullable=field.is_nullable), doc)
    kind: Kind = "integer" if field.type == "integer" else "text"
    form = "A list in JSON; " if field.type == "list" else ""
    if field.values:
        form = f"One of {', '.join(field.values)}; "
    if field.holds_records:
        parts = ", ".join(part.name for part in field.members)
        form = f"A list in JSON of objects {{{parts}}}; "
    silent = (
        "NULL where that is not known" if field.silence == "unknown" else "NULL if there is none"
    )
    doc = f"{field.meaning} {form}{silent}."
    return Member(name, Type(kind, is_nullable=True), doc)
