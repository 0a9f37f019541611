"""The lines of a vendor.toml, written by what one document shows."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..language import ENGLISH, Language
from ..runtime.ocpp import ERROR_CODES
from ..settings import as_toml
from ..shapes.names import NAMES_BESIDE_FIELDS, TAKEN_NAMES
from .codes import pattern_of
from .fields import Field, field_of, type_of
from .head import read_head
from .names import Names, words_of_name
from .openers import find_opener, reader
from .outline import outline
from .proposal import DOUBT, Proposal
from .sentences import find_rules
from .slots import Gap, Slot, Value, find_slots, opening_slot, with_text
from .survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..reading.source import Source
    from .head import Head
    from .openers import Opener
    from .outline import Outline, Section


def propose_vendor(source: Source) -> Proposal | None:
    """What a document shows of its vendor's habits; None where nothing in it looks like codes."""
    parts, unread = survey(source)
    opener = find_opener(parts)
    if opener is None:
        return None
    whole = outline(parts, opener)
    writer = _Writer(whole, opener)
    lines = writer.lines(read_head(whole.head), unread, speaks_ocpp=_speaks_ocpp(source, whole))
    return Proposal("\n".join(lines) + "\n", len(whole.entries))


def _speaks_ocpp(source: Source, whole: Outline) -> bool:
    """Whether the document is a charging station's: it names what OCPP does, or charging."""
    is_named = re.search(r"OCPP|errorCode|StatusNotification|[Cc]harg(?:er|ing)", source.text)
    return bool(is_named) or any(entry.code in ERROR_CODES for entry in whole.entries)


class _Writer:
    """Writes the tables of a proposal, and keeps the fields that they need on the way."""

    def __init__(self, whole: Outline, opener: Opener) -> None:
        self.whole = whole
        self.opener = opener
        self.entries = whole.entries
        types = {name.lower() for name in TAKEN_NAMES if name[0].isupper()}
        self.names = Names({"code", "text", *NAMES_BESIDE_FIELDS, *types})
        self.fields: list[Field] = []
        self.records: list[tuple[str, dict[str, Any]]] = []
        self.texts: list[Value] = []
        self.kept: list[str] = []

    def lines(self, head: Head, unread: Sequence[int], *, speaks_ocpp: bool) -> Iterator[str]:
        """The lines of the file, without their ends."""
        yield "# What is known of the way in which the vendor writes, as one document shows it."
        yield "# CONTRIBUTING.md says what the keys mean, under 'Describe a vendor'."
        for line in unread:
            yield f"{DOUBT}line {line} of the document has a form that cannot be read."
        for part in self.whole.strangers:
            yield f"{DOUBT}line {part.line} of the document belongs to no entry."
        yield from ("", *_vendor(head), "", *_document(head, self.whole))
        yield from self._sections(speaks_ocpp=speaks_ocpp)
        slots = [line for slot in self._slots() for line in ("", *slot)]
        yield from ("", *self._entry(head, speaks_ocpp=speaks_ocpp), *slots)
        # Of another language's months one is known: what that is enough for is where dates end.
        language = Language(months=[head.month]) if head.month else ENGLISH
        rules = find_rules(self.texts, self.names, language)
        for field in (*self.fields, *(rule.field for rule in rules)):
            yield from ("", *_table(f"[fields.{field.name}]", field.keys))
        for name, members in self.records:
            yield from ("", f"[records.{name}]", 'meaning = "What a row of the table says."')
            yield from ("", *_table(f"[records.{name}.members]", members))
        for rule in rules:
            keys = {
                "id": rule.field.name.replace("_", "-"),
                "states": rule.field.name,
                "pattern": rule.pattern,
                "example": rule.example,
                "cues": rule.cues,
            }
            yield from ("", *_table("[[rules]]", keys))

    def _sections(self, *, speaks_ocpp: bool) -> Iterator[str]:
        """The headings of sections, or one with a field for what differs."""
        sections = [one for one in self.whole.sections if one.title]
        for title, group in self._titles(sections):
            first = group[0].heading
            level = {"level": first.level} if first and first.level != _USUAL_LEVEL else {}
            yield from ("", "[[sections]]")
            yield from _keys({"title": title})
            if speaks_ocpp:
                codes = [entry.code for one in group for entry in one.entries]
                yield from _sent_in(codes)
            yield from _keys(level)

    def _titles(self, sections: Sequence[Section]) -> Iterator[tuple[str, Sequence[Section]]]:
        titles = list(dict.fromkeys(one.title for one in sections))
        words = [set(words_of_name(title)) for title in titles]
        is_category = len(titles) > 1 and not set.intersection(*words)
        if not is_category or type_of(titles * 2)["type"] != "enum":
            for title in titles:
                yield title, [one for one in sections if one.title == title]
            return
        values = tuple(Value(n, title) for n, title in enumerate(titles * 2))
        field = field_of(Gap("category", values), self.names)
        self.fields.append(field)
        yield f"{{{field.name}}}", sections

    def _entry(self, head: Head, *, speaks_ocpp: bool) -> Iterator[str]:
        keys: dict[str, Any] = {"sorted": self._is_sorted()}
        if any(map(_MARKUP.search, self.kept)):
            keys["markup"] = "kept"
        if self.whole.notes or not head.is_plain:
            keys["notes"] = "kept"
        yield "[entry]"
        yield from _keys(keys)
        if not self.opener.patterns[0].startswith("**{code}** "):
            yield f"{DOUBT}whether the codes of other releases look like these."
            yield from _keys({"code": pattern_of(self.opener.codes)})
        if speaks_ocpp and not any(one.heading for one in self.whole.sections):
            yield from _sent_in(self.opener.codes)

    def _is_sorted(self) -> bool:
        return all(
            first.code <= second.code
            for section in self.whole.sections
            for first, second in pairwise(section.entries)
        )

    def _slots(self) -> Iterator[Iterator[str]]:
        """The tables of the slots; what they take is kept for fields and rules."""
        first = opening_slot(self.opener, self.entries)
        later = find_slots(self.entries)
        if "{text}" not in self.opener.patterns and "{text}" not in first.fixed:
            later = with_text(later)
            if not any(slot.is_text for slot in later):
                first = first._replace(fixed=first.fixed.replace("{title}", "{text}"))
        yield self._row(first) if first.kind == "row" else self._opening(first)
        for slot in later:
            is_record = slot.kind == "row" and not slot.key
            yield self._row(slot, is_record=True) if is_record else self._later(slot)

    def _opening(self, slot: Slot) -> Iterator[str]:
        regex = reader(slot.fixed)
        taken: dict[str, list[Value]] = {name: [] for name in regex.groupindex}
        for number, entry in enumerate(self.entries):
            match = regex.fullmatch(entry.opening.text)
            for name, text in match.groupdict().items() if match else ():
                taken[name].append(Value(number, text))
        self._keep_texts(taken.get("text", []))
        pattern = slot.fixed
        if "title" in taken:
            gap = Gap("title", tuple(taken["title"]))
            field = field_of(gap, self.names)
            self._keep_field(field, gap)
            pattern = pattern.replace("{title}", f"{{{field.name}}}")
        yield from _slot_head(slot)
        yield from _keys({"pattern": pattern})

    def _later(self, slot: Slot) -> Iterator[str]:
        pattern = slot.fixed
        if slot.is_text:
            self._keep_texts(slot.gaps[0].values)
            pattern = slot.fixed.replace("{}", "{text}")
        elif slot.gaps:
            field = field_of(slot.gaps[0], self.names, is_repeated=slot.is_repeated)
            self._keep_field(field, slot.gaps[0])
            pattern = slot.fixed.replace("{}", f"{{{field.name}}}")
        yield from _slot_head(slot)
        if slot.key:
            yield from _keys(_often(slot))
            yield "[entry.slots.columns]"
            yield from _keys(dict(zip(slot.columns, (slot.key, pattern), strict=True)))
        else:
            yield from _keys({"pattern": pattern, **_often(slot)})

    def _row(self, slot: Slot, *, is_record: bool = False) -> Iterator[str]:
        """A row: a record of its own below an entry, else the entry itself."""
        patterns: dict[str, str] = {}
        members: dict[str, Any] = {}
        known = self.opener.patterns if not is_record else [""] * len(slot.columns)
        for column, gap, pattern in zip(slot.columns, slot.gaps, known, strict=True):
            name = pattern.strip("{}")
            if not name:
                field = field_of(gap, self.names)
                name = field.name
                members[name] = _member(field, gap)
                if not is_record:
                    self._keep_field(field, gap)
            elif name == "text":
                self._keep_texts(gap.values)
            self.kept += [value.text for value in gap.values]
            patterns[column] = f"`{{{name}}}`" if gap.is_code_span else f"{{{name}}}"
        yield from _slot_head(slot)
        keys: dict[str, Any] = {"states": self._record(members)} if is_record else {}
        yield from _keys(keys | _often(slot))
        yield "[entry.slots.columns]"
        yield from _keys(patterns)

    def _record(self, members: dict[str, Any]) -> str:
        """The name of the record with these members, which a field then lists."""
        label = f"{next(iter(members)).replace('_', ' ')} row"
        name = self.names.new(label, "row")
        self.records.append((name, members))
        field = field_of(Gap(f"{label}s", ()), self.names, is_repeated=True)
        self.fields.append(field._replace(keys=field.keys | {"of": name}))
        return name

    def _keep_field(self, field: Field, gap: Gap) -> None:
        self.fields.append(field)
        self.kept += [value.text for value in gap.values]

    def _keep_texts(self, values: Sequence[Value]) -> None:
        self.texts += values
        self.kept += [value.text for value in values]


_USUAL_LEVEL = 2
_MARKUP = re.compile(r"`|\]\(|<br|\*|(?<!\w)_\w")


def _vendor(head: Head) -> Iterator[str]:
    name = head.publisher or head.title or "?"
    brand = name.split()[0].strip(",.")
    words = [word for word in words_of_name(brand) if word[0].isalpha()]
    yield "[vendor]"
    yield f"{DOUBT}how the vendor, its brand and the packages are called."
    yield from _keys({"name": name, "brand": brand, "package": "-".join([*words, "codes"])})


def _document(head: Head, whole: Outline) -> Iterator[str]:
    yield "[document]"
    if head.title:
        yield from _keys({"titles": [head.title]})
    if head.release:
        yield from _keys({"releases": [head.release]})
    else:
        yield f"{DOUBT}no line names the release; `add` with --release does."
    if head.publisher:
        yield from _keys({"publishers": [head.publisher]})
    if head.date:
        yield from _keys({"dates": [head.date]})
    else:
        yield f"{DOUBT}no line has a date; `add` with --date does."
    if whole.contents:
        yield from _keys({"contents": [whole.contents.text]})
    if head.scheme is None:
        yield from ("", "[releases]", f"{DOUBT}how releases are named.")
        yield from _keys({"scheme": "numbers"})
    elif not head.scheme.has_commits:
        order = {"order": head.scheme.order} if head.scheme.order else {}
        yield from ("", "[releases]")
        yield f"{DOUBT}{'how other releases are named' if order else 'whether all are named so'}."
        yield from _keys({"scheme": head.scheme.kind, **order})
    if head.month:
        yield from ("", "[language]")
        yield f"{DOUBT}its twelve `months`, as {head.month!r}, and its word for `and`."


def _sent_in(codes: Sequence[str]) -> Iterator[str]:
    standard = sum(code in ERROR_CODES for code in codes)
    if standard < len(codes):
        yield f"{DOUBT}whether these codes are sent in vendorErrorCode, or in errorCode."
    yield from _keys({"sent_in": "errorCode" if standard * 2 > len(codes) else "vendorErrorCode"})


def _slot_head(slot: Slot) -> Iterator[str]:
    yield "[[entry.slots]]"
    yield from _keys({"block": f"{slot.kind} {slot.level}" if slot.level else slot.kind})


def _often(slot: Slot) -> dict[str, Any]:
    often = {"optional": slot.is_optional, "repeated": slot.is_repeated, "empty": slot.empty}
    return {key: value for key, value in often.items() if value}


def _member(field: Field, gap: Gap) -> dict[str, Any]:
    """A column of a table as the member of a record."""
    of_type = {"type", "values", "of"}
    kept = {key: value for key, value in field.keys.items() if key in of_type}
    optional = {"optional": True} if gap.is_sparse else {}
    return {**kept, **optional, "label": gap.label, "meaning": field.keys["meaning"]}


def _table(header: str, keys: dict[str, Any]) -> Iterator[str]:
    yield header
    yield from _keys(keys)


def _keys(keys: dict[str, Any]) -> Iterator[str]:
    for key, value in keys.items():
        name = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else as_toml(key)
        yield f"{name} = {as_toml(value)}"
