"""The form of a vendor's entries as vendor.toml declares it, read and checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .. import settings
from ..nearest import and_nearest
from ..settings import InvalidSettingError, check_keys
from ..shapes.names import SENT_IN
from .blocks import SECTION
from .pattern import Placeholder
from .slots import CODE, KINDS, TEXT, Cell, EntryForm, SectionForm, Slot, cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..fields import Field, Fields
    from ..settings import Table
    from .pattern import Vocabulary

USUAL_FORM = {"slots": [{"block": "paragraph", "pattern": "**{code}** {text}"}]}
"""The form of entries where vendor.toml has no [entry]."""

_ANY = Placeholder(r"\S(?:.*?\S)??", str, str)
_VERBATIM = Placeholder(r"[\s\S]*\S[\s\S]*", str, str)


def read_entry_form(data: object, fields: Fields, vocabulary: Vocabulary) -> EntryForm:
    """What [entry] and its slots declare."""
    table = check_keys(data, "[entry]", {"slots"}, {"sorted", "markup", "notes", "code", "sent_in"})
    code = _code(table)
    slots = settings.tables(
        table, "slots", lambda slot: _slot(slot, fields, vocabulary, code), within="entry"
    )
    has_items = any(slot.kind == "item" for slot in slots)
    slots = [
        slot._replace(
            id=slot.id or f"slot-{number}",
            takes_bullets=slot.kind == "paragraph" and not has_items,
        )
        for number, slot in enumerate(slots, start=1)
    ]
    _check_slots(slots, fields)
    return EntryForm(
        tuple(slots),
        {rule.id: rule for slot in slots for rule in slot.rules},
        is_sorted=settings.flag(table, "sorted", default=True),
        keeps_markup=_keeps(table, "markup"),
        keeps_notes=_keeps(table, "notes"),
        sent_in=_sent_in(table),
    )


def read_section_form(data: object, fields: Fields, vocabulary: Vocabulary) -> SectionForm:
    """What one of [[sections]] declares."""
    table = check_keys(data, "[[sections]]", {"title"}, {"level", "sent_in"})
    level = table.get("level", SECTION)
    if type(level) is not int or not 1 <= level <= _DEEPEST:
        expected = f"the level of a heading, a number from 1 to {_DEEPEST}"
        raise InvalidSettingError("level", expected, settings.shown(level))
    placeholders = _placeholders(fields, vocabulary, is_verbatim=False, is_repeated=True)
    title = _cell(settings.text(table, "title"), placeholders)
    for name in title.parts[1::2]:
        if name not in fields.by_name:
            raise InvalidSettingError(name, "the placeholder of a field", name)
    return SectionForm(title, level, _sent_in(table))


_DEEPEST = 6


def _sent_in(table: Table) -> str:
    """The field of OCPP that codes are sent in, empty where none is named."""
    return settings.one_of(table, "sent_in", SENT_IN) if "sent_in" in table else ""


def _keeps(table: Table, key: str) -> bool:
    return key in table and settings.one_of(table, key, ("refused", "kept")) == "kept"


def _code(table: Table) -> Placeholder:
    """What takes a code: anything, or what looks like one of the vendor's."""
    if "code" not in table:
        return _ANY
    like = settings.regex(table, "code")
    return Placeholder(f"(?:{like})", str, str)


_BLOCK = re.compile(rf"({'|'.join(KINDS)})(?: ([1-6]))?")


def _slot(data: object, fields: Fields, vocabulary: Vocabulary, code: Placeholder) -> Slot:
    known = {"pattern", "columns", "empty", "states", "optional", "repeated", "id"}
    table = check_keys(data, "[[entry.slots]]", {"block"}, known)
    block = settings.text(table, "block")
    match = _BLOCK.fullmatch(block)
    if not match or (match[1] == "heading") != bool(match[2]):
        raise InvalidSettingError(
            "block", f"one of {', '.join(KINDS)}, a heading with its level", block
        )
    columns = _columns(table, is_row=match[1] == "row")
    is_repeated = settings.flag(table, "repeated")
    placeholders = {
        **_placeholders(
            fields, vocabulary, is_verbatim=match[1] == "code", is_repeated=is_repeated
        ),
        CODE: code,
        TEXT: _ANY,
    }
    slot = Slot(
        id=settings.text(table, "id") if "id" in table else "",
        kind=match[1],  # type: ignore[arg-type]  # one of KINDS
        level=int(match[2] or 0),
        cells=tuple(_cell(pattern, placeholders) for pattern in columns.values()),
        columns=tuple(columns) if match[1] == "row" else (),
        empty=frozenset(_empty(table)),
        states=settings.text(table, "states") if "states" in table else None,
        is_optional=settings.flag(table, "optional"),
        is_repeated=is_repeated,
    )
    if slot.states is None:
        return slot
    if slot.states not in fields.by_stated_name:
        found = slot.states + and_nearest(slot.states, fields.by_stated_name)
        expected = f"one of {', '.join(fields.by_stated_name)} as states"
        raise InvalidSettingError(f'states = "{slot.states}"', expected, found)
    members = fields.by_stated_name[slot.states][0].members
    return slot._replace(needed=frozenset(one.name for one in members if not one.is_optional))


def _columns(table: Table, *, is_row: bool) -> dict[str, str]:
    """The pattern of each column of a row; of another block its only one."""
    key, other = ("columns", "pattern") if is_row else ("pattern", "columns")
    if key not in table or other in table:
        raise InvalidSettingError("block", f"`{key}` beside this block, and no `{other}`", key)
    if not is_row:
        return {"": settings.text(table, "pattern")}
    columns = table["columns"]
    if not isinstance(columns, dict) or not columns:
        raise InvalidSettingError("columns", "a pattern for each column of the table", columns)
    return {name: settings.text(columns, name) for name in columns}


def _empty(table: Table) -> list[str]:
    """What stands in the cells that say nothing."""
    value = table.get("empty", [])
    if not isinstance(value, list) or not all(map(_is_of_cell, value)):
        expected = "a list of strings, without braces and bars"
        raise InvalidSettingError("empty", expected, settings.shown(value))
    return value


def _is_of_cell(text: object) -> bool:
    return isinstance(text, str) and not set(text) & set("{}|")


def _cell(pattern: str, placeholders: Mapping[str, Placeholder]) -> Cell:
    try:
        return cell(pattern, placeholders)
    except ValueError as error:
        expected = "a pattern with known placeholders, each once"
        raise InvalidSettingError(pattern, expected, error) from None


def _placeholders(
    fields: Fields, vocabulary: Vocabulary, *, is_verbatim: bool, is_repeated: bool
) -> dict[str, Placeholder]:
    """What each field's placeholder takes in a slot.

    That of a plain text takes all that stands there; so does that of a list of texts in a repeated
    slot, one item in each place.
    """
    every = [one for field in fields.fields for one in (field, *field.members)]
    text = _VERBATIM if is_verbatim else _ANY
    item = text._replace(read=lambda item: (item,), format="".join)
    whole = {
        **{one.name: text for one in every if one.type == "text" and not one.of},
        **{one.name: item for one in every if is_repeated and _is_list_of_texts(one)},
    }
    return {
        one.name: whole.get(one.name) or vocabulary.placeholders[one.name]
        for one in every
        if one.is_plain and not one.verbatim
    }


def _is_list_of_texts(field: Field) -> bool:
    return field.type == "list" and field.of == "text"


def _check_slots(slots: list[Slot], fields: Fields) -> None:
    """Raises InvalidSettingError where the slots do not make an entry."""
    if CODE not in slots[0].names or slots[0].is_optional or slots[0].is_repeated:
        raise InvalidSettingError(
            "[[entry.slots]]",
            "a first slot with {code}, neither optional nor repeated",
            str(slots[0]),
        )
    if not any(TEXT in slot.names for slot in slots):
        raise InvalidSettingError("[[entry.slots]]", "a slot with {text}", "none")
    settings.refuse_repeated("[[entry.slots]]", "id", [slot.id for slot in slots])
    for count, slot in enumerate(slots, start=1):
        if CODE in slot.names and slot is not slots[0]:
            raise InvalidSettingError(
                "{code}", "the code in the first slot alone", str(slot), "[[entry.slots]]", count
            )
        for name in slot.names - {CODE, TEXT}:
            field = fields.by_name.get(name)
            if slot.states is None and field is None:
                expected = "a placeholder of a field, or `states` with the name of its record"
                raise InvalidSettingError(name, expected, name, "[[entry.slots]]", count)
            if slot.is_repeated and slot.states is None and field and field.type != "list":
                raise InvalidSettingError(
                    name,
                    "a list as the field of a repeated slot",
                    field.type,
                    "[[entry.slots]]",
                    count,
                )
