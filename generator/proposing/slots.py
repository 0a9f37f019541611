"""The slots of entries, proposed: what stands in each of them, in which order, and how often."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .openers import NOTHING, bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..reading.blocks import Kind
    from .openers import Opener
    from .outline import Entry
    from .survey import Part


class Value(NamedTuple):
    """What one entry has in a placeholder, the entry by its number."""

    entry: int
    text: str


class Gap(NamedTuple):
    """A placeholder of a slot: what the document calls it, and what stands in it.

    `is_code_span` says that its values are within code spans, `is_sparse` that some say nothing.
    """

    label: str
    values: tuple[Value, ...]
    is_code_span: bool = False
    is_sparse: bool = False


class Slot(NamedTuple):
    """A place in the form of entries.

    `fixed` is the text with `{}` for its only gap; a row has a column for each gap instead, and
    its cells may be one of `empty`. In a table of two columns, the first may be a `key`; then the
    second alone has a gap. `is_text` says that it holds the prose of an entry.
    """

    kind: Kind
    level: int
    fixed: str
    columns: tuple[str, ...]
    gaps: tuple[Gap, ...]
    empty: tuple[str, ...] = ()
    is_optional: bool = False
    is_repeated: bool = False
    is_text: bool = False
    key: str = ""

    @property
    def length(self) -> int:
        """How much text stands in it in all."""
        return sum(len(value.text) for gap in self.gaps for value in gap.values)


_KEY = re.compile(
    r"(?P<key>\*\*[^*:{}]+\*\*:|\*\*[^*:{}]+:\*\*|[^\s:`*][^:`*{}]{1,29}:) (?P<value>.+)"
)
_Signature = tuple[str, ...]


def find_slots(entries: Sequence[Entry]) -> list[Slot]:
    """The slots behind the first, in their order."""
    known = _Known(entries)
    found: dict[_Signature, list[tuple[int, Part]]] = {}
    orders: list[list[_Signature]] = []
    for number, entry in enumerate(entries):
        order: dict[_Signature, None] = {}
        above = ""
        for part in entry.rest:
            signature = known.signature(part, above)
            above = part.text if known.is_fixed(part) else above
            found.setdefault(signature, []).append((number, part))
            order.setdefault(signature)
        orders.append([*order])
    return [_slot(one, found[one], len(entries)) for one in _merged(found, orders)]


def with_text(slots: Sequence[Slot]) -> list[Slot]:
    """The slots, of which one holds the prose: where no paragraph does, the bullet of most text."""
    prose = [slot for slot in slots if slot.is_text]
    if not prose:
        bullets = (slot for slot in slots if slot.kind == "item" and not slot.is_repeated)
        prose = sorted(bullets, key=lambda slot: -slot.length)[:1]
    return [slot._replace(is_text=slot in prose) for slot in slots]


class _Known:
    """What comes back from entry to entry: the keys of bullets, headings, sentences alone."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        keys = Counter(
            match["key"]
            for entry in entries
            for part in entry.rest
            if part.kind == "item" and (match := _KEY.fullmatch(part.text))
        )
        texts = Counter(text for entry in entries for text in {part.text for part in entry.rest})
        self._keyed = _keyed_tables(entries)
        self._keys = {key for key, count in keys.items() if count > 1}
        self._texts = {text for text, count in texts.items() if count > 1}

    def is_fixed(self, part: Part) -> bool:
        """Whether a block says the same in several entries, to head what follows it."""
        is_lead = part.kind == "paragraph" and part.text.endswith(":") and "{" not in part.text
        return (part.kind == "heading" or is_lead) and part.text in self._texts

    def signature(self, part: Part, above: str) -> _Signature:
        """What makes two blocks stand in one slot; `above` is the fixed text before them."""
        if part.kind == "row":
            key = part.texts[0] if part.columns in self._keyed else ""
            return ("row", key, above, *part.columns)
        if self.is_fixed(part):
            return (part.kind, str(part.level), part.text)
        if part.kind == "item":
            match = _KEY.fullmatch(part.text)
            if match and match["key"] in self._keys:
                return ("item", "0", above, match["key"])
        if part.kind == "paragraph":
            return ("paragraph", "0", "", "")
        return (part.kind, str(part.level), above, "")


def _keyed_tables(entries: Sequence[Entry]) -> set[tuple[str, ...]]:
    """The columns of tables whose first has keys: the same from entry to entry, once in each."""
    keys: dict[tuple[str, ...], Counter[str]] = {}
    repeated: set[tuple[str, ...]] = set()
    for entry in entries:
        rows = [part for part in entry.rest if part.kind == "row" and len(part.columns) == _PAIR]
        counts = Counter((part.columns, part.texts[0]) for part in rows)
        repeated |= {columns for (columns, _), count in counts.items() if count > 1}
        for columns, key in counts:
            keys.setdefault(columns, Counter())[key] += 1
    return {columns for columns, found in keys.items() if min(found.values()) > 1} - repeated


_PAIR = 2


def _merged(found: Iterable[_Signature], orders: list[list[_Signature]]) -> list[_Signature]:
    """All signatures in an order that most entries keep."""
    waiting = list(found)
    merged: list[_Signature] = []

    def later(one: _Signature) -> int:
        """How often a signature stands behind another that is still waiting, more than before."""
        behind = 0
        for other in waiting:
            both = [order for order in orders if one in order and other in order]
            after = sum(order.index(one) > order.index(other) for order in both)
            behind += max(0, 2 * after - len(both))
        return behind

    while waiting:
        first = min(waiting, key=later)
        waiting.remove(first)
        merged.append(first)
    return merged


def _slot(signature: _Signature, found: list[tuple[int, Part]], entries: int) -> Slot:
    counts = Counter(number for number, _ in found)
    kind = found[0][1].kind
    slot = Slot(
        kind,
        found[0][1].level,
        "{}",
        (),
        (),
        is_optional=len(counts) < entries,
        is_repeated=max(counts.values()) > 1,
    )
    if kind == "row" and signature[1]:
        values = [Value(number, part.texts[1]) for number, part in found]
        empty = empty_cells(part.texts for _, part in found)
        label = signature[1].strip("*: ")
        slot = slot._replace(key=signature[1], columns=found[0][1].columns, empty=empty)
        return _of_values(slot, "{}", label, values)
    if kind == "row":
        return _row(slot, found[0][1].columns, [(n, part.texts) for n, part in found])
    if len(signature) == 3:  # noqa: PLR2004 (kind, level, fixed text)
        return slot._replace(fixed=signature[2], is_repeated=False)
    above, key = signature[2:]
    if key:
        values = [Value(n, part.text.removeprefix(f"{key} ")) for n, part in found]
        label = key.strip("*:").strip()
        return _of_values(slot, f"{key} {{}}", label, values)
    values = [Value(n, part.text) for n, part in found]
    if kind == "paragraph":
        return slot._replace(gaps=(Gap("", tuple(values)),), is_text=True)
    return _of_values(slot, "{}", above.strip("*: ") or _UNNAMED.get(kind, ""), values)


_UNNAMED = {"item": "items", "code": "sample", "heading": "subtitle"}


def _of_values(slot: Slot, fixed: str, label: str, values: list[Value]) -> Slot:
    gap = gap_of(label, values)
    fixed = fixed.replace("{}", "`{}`") if gap.is_code_span else fixed
    return slot._replace(fixed=fixed, gaps=(gap,))


def gap_of(label: str, values: Sequence[Value]) -> Gap:
    """A placeholder with its values, out of the code spans that all of them stand in."""
    said = [value for value in values if value.text not in NOTHING]
    is_span = bool(said) and all(bare(value.text) != value.text for value in said)
    if is_span:
        said = [value._replace(text=bare(value.text)) for value in said]
    return Gap(label, tuple(said), is_span, len(said) < len(values))


def _row(slot: Slot, columns: tuple[str, ...], rows: list[tuple[int, tuple[str, ...]]]) -> Slot:
    gaps = tuple(
        gap_of(column, [Value(number, row[at]) for number, row in rows])
        for at, column in enumerate(columns)
    )
    return slot._replace(columns=columns, gaps=gaps, empty=empty_cells(row for _, row in rows))


def empty_cells(rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What stands in the cells that say nothing."""
    cells = {cell for row in rows for cell in row}
    return tuple(one for one in NOTHING if one in cells)


def opening_slot(opener: Opener, entries: Sequence[Entry]) -> Slot:
    """The slot that entries open with."""
    slot = Slot(opener.kind, opener.level, opener.patterns[0], opener.columns, ())
    if opener.kind != "row":
        return slot
    rows = [(number, entry.opening.texts) for number, entry in enumerate(entries)]
    return _row(slot, opener.columns, rows)
