"""The words and fields that a vendor.toml declares, read and checked."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, cast

from .. import settings
from ..diagnostics import Diagnostic
from ..fields import (
    FIELD_IMPACTS,
    FIELD_TYPES,
    ROLES,
    SILENCES,
    Field,
    FieldRecord,
    Fields,
    FieldType,
    Impact,
    Silence,
)
from ..nearest import and_nearest
from ..settings import InvalidSettingError, check_keys
from .names import check_names, placeholders_of
from .pattern import HEAD_NAMES, Vocabulary, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..language import Language
    from ..settings import Table
    from .source import Source

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def read_words(data: object) -> dict[str, Words]:
    """The word lists of [words], by their names."""
    if not isinstance(data, dict):
        raise InvalidSettingError("words", "[words] as a table", data)
    return {name: settings.within("[words]", partial(_words, data, name)) for name in data}


def _words(data: Table, name: str) -> Words:
    _check_name(name, "a word list")
    if isinstance(data[name], dict):
        return settings.within(f"[words.{name}]", partial(_like, data[name], name))
    words = settings.texts(data, name)
    if len(set(words)) < len(words) or not all(map(_shows, words)):
        raise InvalidSettingError(name, "words of characters that show, each once", words)
    return Words(tuple(words))


def _like(data: object, name: str) -> Words:
    """The words of a list by what they look like."""
    table = check_keys(data, name, {"like"}, {"except"})
    like = settings.regex(table, "like")
    return Words(like=like, besides=frozenset(settings.texts(table, "except")))


def _shows(text: str) -> bool:
    return text.isprintable() and bool(text.strip())


def read_fields(fields: object, records: object, words: Mapping[str, Words]) -> Fields:
    """What [fields] and [records] declare, in the order of the file."""
    declared_records = tuple(
        settings.within(f"[records.{name}]", partial(_record, name, table, words))
        for name, table in _tables(records, "records")
    )
    by_name = {record.name: record for record in declared_records}
    declared = tuple(
        settings.within(f"[fields.{name}]", partial(_field, name, table, words, by_name))
        for name, table in _tables(fields, "fields")
    )
    result = Fields(declared, declared_records)
    check_names(result)
    for field in declared:
        if field.requires is not None and field.requires not in {*result.by_name} - {field.name}:
            others = [name for name in result.by_name if name != field.name]
            expected = (
                f"one of {', '.join(others)} as requires"
                if others
                else "no requires without another field"
            )
            found = field.requires + and_nearest(field.requires, others)
            raise InvalidSettingError("requires", expected, found, f"[fields.{field.name}]")
    return result


def _tables(data: object, name: str) -> list[tuple[str, object]]:
    if not isinstance(data, dict):
        raise InvalidSettingError(name, f"[{name}.…] as tables", data)
    return list(data.items())


def _record(name: str, data: object, words: Mapping[str, Words]) -> FieldRecord:
    _check_name(name, "a record")
    header = f"[records.{name}]"
    table = check_keys(data, header, {"meaning", "members"})
    members = tuple(
        _member(member, part, words, f"[records.{name}.members]")
        for member, part in _tables(table["members"], f"records.{name}.members")
    )
    if not members:
        raise InvalidSettingError(header, "at least one member", "none")
    return FieldRecord(name, _line(table, "meaning"), members)


_OF_ANY = {"of", "values", "verbatim", "silence"}


def _member(name: str, data: object, words: Mapping[str, Words], header: str) -> Field:
    """A part of a record; an error is at its name, as it stands on one line."""
    try:
        return settings.within(header, partial(_part, name, data, words))
    except InvalidSettingError as error:
        error.near = name
        raise


def _part(name: str, data: object, words: Mapping[str, Words]) -> Field:
    """A part of a record: of any type but a flag or another record."""
    _check_name(name, "a member")
    table = check_keys(data, name, {"type", "meaning"}, {"label", "optional", *_OF_ANY})
    label = {"label": name.replace("_", " ").capitalize(), **table}
    field = _typed(name, label, words, {})
    if field.type in ("flag", "record"):
        expected = "text, integer, enum or list as the type of a member"
        raise InvalidSettingError(name, expected, field.type)
    return field._replace(is_optional=settings.flag(table, "optional"))


def _field(
    name: str,
    data: object,
    words: Mapping[str, Words],
    records: Mapping[str, FieldRecord],
) -> Field:
    _check_name(name, "a field")
    optional = {*_OF_ANY, "once", "requires", "part_of_description", "role"}
    required = {"type", "label", "meaning", "silence", "impact"}
    table = check_keys(data, f"[fields.{name}]", required, optional)
    field = _typed(name, table, words, records)
    impact = settings.one_of(table, "impact", FIELD_IMPACTS)
    role = settings.one_of(table, "role", tuple(ROLES)) if "role" in table else None
    if role and field.answers not in ROLES[role].types:
        fitting = " or ".join(" of ".join(filter(None, one)) for one in ROLES[role].types)
        found = " of ".join(filter(None, (field.type, field.of)))
        raise InvalidSettingError("role", f"the role {role} on {fitting}", found)
    return field._replace(
        impact=Impact(impact),
        once=_once(table, field),
        requires=settings.text(table, "requires") if "requires" in table else None,
        part_of_description=settings.flag(table, "part_of_description"),
        role=role,
    )


def _typed(
    name: str,
    table: Table,
    words: Mapping[str, Words],
    records: Mapping[str, FieldRecord],
) -> Field:
    """A field or member by what both have."""
    type_ = cast("FieldType", settings.one_of(table, "type", FIELD_TYPES))
    silences = SILENCES[type_]
    silence = settings.one_of({"silence": silences[0], **table}, "silence", silences)
    of, members = _of(table, type_, words, records)
    values = tuple(settings.texts(table, "values"))
    if (type_ == "enum") != bool(values) or len(set(values)) < len(values):
        found = ", ".join(values) or "no values"
        near = "values" if values else name
        raise InvalidSettingError(near, "values for an enum alone, each once", found)
    is_verbatim = settings.flag(table, "verbatim")
    if is_verbatim and (type_ != "text" or of):
        raise InvalidSettingError("verbatim", "verbatim on a plain text alone", type_)
    return Field(
        name=name,
        type=type_,
        label=_line(table, "label"),
        meaning=_line(table, "meaning"),
        silence=cast("Silence", silence),
        of=of,
        values=values,
        members=members,
        verbatim=is_verbatim,
    )


def _of(
    table: Table,
    type_: FieldType,
    words: Mapping[str, Words],
    records: Mapping[str, FieldRecord],
) -> tuple[str | None, tuple[Field, ...]]:
    """What a list holds, a record is, or a text is one of; with the members of a record."""
    of = settings.text(table, "of") if "of" in table else None
    fitting: dict[FieldType, tuple[str, ...]] = {
        "list": ("text", "integer", *words, *records),
        "record": tuple(records),
        "text": tuple(words),
    }
    known = fitting.get(type_, ())
    is_right = of in known if of is not None or type_ in ("list", "record") else True
    if not is_right:
        expected = f"one of {', '.join(known)} as `of`" if known else f"no `of` for a {type_}"
        found = of + and_nearest(of, known) if of else "no such key"
        raise InvalidSettingError("of" if of else "type", expected, found)
    return of, records[of].members if of is not None and of in records else ()


def _once(table: Table, field: Field) -> bool | str:
    """Whether a second statement is refused; for a list of records, by which member."""
    value: bool | str = table.get("once", False)
    parts = field.members if field.holds_records else ()
    names = [part.name for part in parts if not part.verbatim]
    if isinstance(value, bool) or value in names:
        return value
    expected = " or ".join(["true or false", *names])
    raise InvalidSettingError("once", f"{expected} as once", settings.shown(value))


def _line(table: Table, key: str) -> str:
    """A text of one line, in characters that show: it stands in the comments of every language."""
    value = settings.text(table, key)
    if not _shows(value):
        raise InvalidSettingError(key, f"one line of characters that show as {key}", ascii(value))
    return value


def _check_name(name: str, what: str) -> None:
    if not _NAME.fullmatch(name):
        raise InvalidSettingError(name, f"{what} named by words in lower case, joined by _", name)
    if name in HEAD_NAMES:
        raise InvalidSettingError(
            name, f"{what} of another name: {name} is of a document's head", name
        )
    if name in ("text", "integer"):
        raise InvalidSettingError(name, f"{what} of another name: {name} is a type", name)


def vocabulary_of(words: Mapping[str, Words], fields: Fields, language: Language) -> Vocabulary:
    """The placeholders of rules and cues."""
    return Vocabulary(words, placeholders_of(fields), language)


def repeated_roles(fields: Fields, source: Source) -> list[Diagnostic]:
    """A diagnostic for each field that has a role that an earlier one has."""
    owners: dict[str, Field] = {}
    found: list[Diagnostic] = []
    for field in fields.fields:
        first = owners.setdefault(field.role, field) if field.role else field
        if first is not field:
            header = f"[fields.{field.name}]"
            found.append(
                Diagnostic(
                    "role-repeated",
                    settings.locate(source.path, source.text, "role", header, 1),
                    f"the field '{first.name}' has the role '{field.role}' already",
                    help="Give the role to the field that a decoder should ask.",
                    expected=f"one field with the role '{field.role}'",
                    found=f"{first.name} and {field.name}",
                )
            )
    return found


def unfilled_fields(fields: Fields, stated: Iterable[str], source: Source) -> list[Diagnostic]:
    """A diagnostic for each field that nothing states, given the names that are stated."""
    names = set(stated)
    return [
        Diagnostic(
            "field-unfilled",
            settings.locate(source.path, source.text, f"[fields.{field.name}]"),
            f"no document states the field '{field.name}'",
            help="Add a rule that states it, unless a document that does is about to come; else "
            "take the field out.",
        )
        for field in fields.fields
        if not names & {*field.stated_as, field.name}
    ]
