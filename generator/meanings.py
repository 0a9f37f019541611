"""What an entry means: the values of the vendor's fields by what its sentences state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .model import Meaning
from .record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .fields import Field, Fields
    from .model import Sentence, Source


def meaning_of(
    fields: Fields,
    sentences: tuple[Sentence, ...],
    source: Source,
    section: tuple[Sentence, ...] = (),
) -> Meaning:
    """The meaning of an entry with these sentences, and with what its section's title states."""
    return Meaning(
        text=join(sentences),
        description=_description(fields, sentences),
        fields=field_values(fields, (*section, *sentences)),
        sentences=sentences,
        source=source,
    )


def _description(fields: Fields, sentences: Iterable[Sentence]) -> str:
    """The text without the sentences that became facts.

    A sentence whose closing clause became a fact takes over the clause's full stop.
    """
    kept: list[str] = []
    for sentence in sentences:
        stated = sentence.fact and fields.by_stated_name.get(sentence.fact.states)
        if not stated or any(one.part_of_description for one in stated):
            kept.append(sentence.text)
        elif sentence.is_clause and sentence.has_full_stop and kept:
            kept[-1] = kept[-1].removesuffix(".") + "."
    return " ".join(kept)


def field_values(fields: Fields, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """The value of each field by what sentences state, in the shape of the JSON.

    Lists are tuples; None is null.
    """
    return {field.name: _value(field, sentences) for field in fields.fields}


def _value(field: Field, sentences: Sequence[Sentence]) -> object:
    if field.type == "record":
        return _record(field, sentences)
    if field.holds_records:
        return tuple(_listed(field, sentences)) or _silent(field)
    return _plain(field, sentences)


def _listed(field: Field, sentences: Iterable[Sentence]) -> Iterator[Record]:
    """The records of a list: each is what one sentence states."""
    for sentence in sentences:
        if sentence.fact and sentence.fact.states == field.of:
            stated = sentence.fact.values
            values = {
                member.name: join([sentence])
                if member.verbatim
                else stated.get(member.name, _silent(member))
                for member in field.members
            }
            yield Record(field.type_name, **values)


def _plain(field: Field, sentences: Sequence[Sentence]) -> object:
    """The value of a field that is no record, and of a member of one."""
    stating = [s for s in sentences if s.fact and s.fact.states == field.name]
    if field.verbatim:
        return join(stating) if stating else None
    if field.type == "flag":
        return True if stating else _silent(field)
    if field.type == "list":
        return tuple(dict.fromkeys(_items(field, sentences))) or _silent(field)
    return next(_items(field, sentences), None)


def _items(field: Field, sentences: Iterable[Sentence]) -> Iterator[object]:
    """The values that are stated of a field, and those that another sentence names as such."""
    for fact in (s.fact for s in sentences if s.fact):
        for placeholder, value in fact.values.items():
            if field.name in (fact.states, placeholder):
                yield from value if isinstance(value, tuple) else (value,)


def _record(field: Field, sentences: Sequence[Sentence]) -> Record | None:
    """A record whose field is stated, with what the same entry states of its members."""
    if not any(s.fact and s.fact.states == field.name for s in sentences):
        return None
    parts = [s for s in sentences if s.fact and s.fact.states in field.stated_as]
    values = {
        member.name: join(parts) if member.verbatim else _plain(member, parts)
        for member in field.members
    }
    return Record(field.type_name, **values)


def _silent(field: Field) -> object:
    """The value where no sentence states a field."""
    if field.silence == "unknown":
        return None
    return False if field.type == "flag" else () if field.type == "list" else None


def join(sentences: Iterable[Sentence]) -> str:
    """The sentences as one text: a space before each but the first and the clauses."""
    return "".join(s.text if s.is_clause else f" {s.text}" for s in sentences).lstrip(" ")
