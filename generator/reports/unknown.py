"""The codes that no document has, as a table for the vendor."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..runtime.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..decoding.lines import DecodedLine
    from ..runtime.payload import Answer

_MOST_CODES = 10_000
"""How many are counted one by one: a stream may hold any number."""


@dataclass(slots=True)
class _Counts:
    """How often a code was seen in a field, and when, as far as its messages say."""

    code: str
    field: str
    seen: int = 0
    faults: int = 0
    warnings: int = 0
    first_seen: str = ""
    last_seen: str = ""

    def add(self, condition: str, time: str) -> None:
        self.seen += 1
        self.faults += condition == "fault"
        self.warnings += condition == "warning"
        if time:
            self.first_seen = min(self.first_seen or time, time)
            self.last_seen = max(self.last_seen, time)


class UnknownCodes:
    """What a stream held of codes that no document has, counted in constant memory.

    Nothing of a message but these codes and its time is kept, and of the codes none that may name a
    person, a card or a station.
    """

    def __init__(self) -> None:
        self.withheld = 0
        self.uncounted = 0
        self._counts: dict[tuple[str, str], _Counts] = {}

    def add(self, lines: Iterable[DecodedLine]) -> None:
        """Counts the unknown codes of messages."""
        for line in lines:
            for answer in line.answers:
                for code in answer["codes"]:
                    if "code" in code["beyond_document"]:
                        self._count(code, answer)

    def _count(self, code: Answer, answer: Answer) -> None:
        name, field = code["code"] or code["sent"], code["field"]
        if not _is_code(name):
            self.withheld += 1
            return
        key = (fold(name), field)
        if key not in self._counts:
            if len(self._counts) >= _MOST_CODES:
                self.uncounted += 1
                return
            self._counts[key] = _Counts(name, field)
        self._counts[key].add(answer["condition"], _utc(answer["timestamp"]))

    def format(self, firmware: str | None) -> str:
        """The table as CSV, the most frequent first; `firmware` is what the stations run."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*(column.name for column in fields(_Counts)), "firmware"])
        for one in sorted(self._counts.values(), key=lambda one: (-one.seen, one.code, one.field)):
            writer.writerow([*astuple(one), firmware or ""])
        return text.getvalue()


def _is_code(text: str) -> bool:
    """Whether a text looks like a code, and not like a number of something, or an address."""
    return bool(_CODE.fullmatch(text)) and not _PERSONAL.search(text)


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,49}")
_PERSONAL = re.compile(
    r"(?:[0-9][^0-9]*){6}"  # a number of a card, a phone, a car, a place, an address
    r"|(?=[A-Fa-f]*[0-9])[0-9A-Fa-f]{8}"  # a digit within a longer run makes all of it one
    r"|(?<![A-Za-z0-9])(?:[0-9A-Fa-f]{2}[_.-]?){4,}(?![A-Za-z0-9])"  # bytes
    r"|[a-z]\.[a-z]"  # a name or a host
)


def _utc(text: str | None) -> str:
    """A time of ISO 8601 in UTC, to the second; empty if it is none, or has no offset."""
    time = _TIME.fullmatch(text or "")
    if time is None:
        return ""
    day, clock, offset = time.group("day", "clock", "offset")
    offset = "+00:00" if offset in ("Z", "z") else f"{offset[:3]}:{offset[3:].strip(':') or '00'}"
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):  # the 30th of February, or before the year 1
        return ""
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


_TIME = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]"
    r"(?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,20})?"
    r"(?P<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)"
)
