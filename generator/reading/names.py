"""The names that a vendor.toml gives: each means one thing, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fields import ANSWERED_ROLE, type_name
from ..settings import InvalidSettingError
from ..shapes.columns import columns_of
from ..shapes.names import NAMES_BESIDE_ANSWER, NAMES_BESIDE_FIELDS, TAKEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..fields import Field, Fields


def check_names(fields: Fields) -> None:
    """Raises InvalidSettingError where a name means two things."""
    for field in fields.fields:
        taken = NAMES_BESIDE_FIELDS | (
            NAMES_BESIDE_ANSWER if field.role == ANSWERED_ROLE else set()
        )
        if field.name in taken:
            expected = f"another name than {', '.join(sorted(taken))}"
            raise InvalidSettingError(f"[fields.{field.name}]", expected, field.name)
    _check_alike("[fields.{}]", [field.name for field in fields.fields])
    for record in fields.records:
        _check_alike("{}", [one.name for one in record.members], f"[records.{record.name}.members]")
    _check_columns(fields)
    _check_types(fields)
    stated = [name for field in fields.fields for name in field.stated_as]
    for name in stated:
        if stated.count(name) > 1:
            raise InvalidSettingError(name, "a name that rules state one thing by", f"{name} twice")
    parts: dict[str, Field] = {}
    for part in placeholders_of(fields):
        other = parts.setdefault(part.name, part)
        if (other.type, other.of, other.values) != (part.type, part.of, part.values):
            expected = f"one kind of value in the placeholder {{{part.name}}}"
            raise InvalidSettingError(part.name, expected, f"{other.type} and {part.type}")


def _check_alike(near: str, names: Sequence[str], header: str = "") -> None:
    """Raises InvalidSettingError where two names are one in a language that joins their words."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(_flat(name), name)
        if other != name:
            expected = f"a name that differs from {other} by more than _"
            raise InvalidSettingError(near.format(name), expected, name, header)


def _flat(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum()) or text


def _check_types(fields: Fields) -> None:
    """Raises InvalidSettingError where two types, or the constants of enums, have one name."""
    taken: dict[str, object] = {_flat(name): "" for name in TAKEN_NAMES if name[0].isupper()}
    for header, name, what, values in _types(fields):
        if taken.setdefault(_flat(name), what) != what:
            expected = "another name: the packages, or a language, have this name already"
            raise InvalidSettingError(header, expected, f"a type {name}", header)
        # In Go a value is a constant whose name begins with that of its type.
        constants = {_flat(name + _flat(value)): value for value in values}
        if len(constants) < len(values):
            expected = "values that differ by letters or digits, whatever their case"
            raise InvalidSettingError("values", expected, ", ".join(values), header)
        for constant, value in constants.items():
            if taken.setdefault(constant, (what, value)) != (what, value):
                found = f"{name} with the value {value}"
                expected = "names and values that make names of their own"
                raise InvalidSettingError(header, expected, found, header)


def _check_columns(fields: Fields) -> None:
    """Raises InvalidSettingError where two columns of a row would have one name."""
    names = [column.member.name for column in columns_of(fields)]
    for name in names:
        if name in NAMES_BESIDE_FIELDS or names.count(name) > 1:
            expected = "fields of names that make columns of their own"
            raise InvalidSettingError(name, expected, f"the column {name} twice")


def _types(fields: Fields) -> Iterator[tuple[str, str, object, tuple[str, ...]]]:
    """The types of records and enums: the header, the name, what it is, the values."""
    for record in fields.records:
        yield f"[records.{record.name}]", type_name(record.name), record.name, ()
        header = f"[records.{record.name}.members]"
        for one in record.members:
            if one.type == "enum":
                yield header, one.type_name, one.values, one.values
    for field in fields.fields:
        if field.type == "enum":
            yield f"[fields.{field.name}]", field.type_name, field.values, field.values


def placeholders_of(fields: Fields) -> list[Field]:
    """The fields, and members of records, that have placeholders of their names."""
    every = [one for field in fields.fields for one in (field, *field.members)]
    return [one for one in every if one.is_plain and not one.verbatim]
