"""Decoded messages: line by line for programs and for people, and counted in all."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.contract import Record
    from generator.decoding.messages import Message

    Paint = Callable[[str, str], str]
    """Paints a text by its role: `error`, `warning` or `strong`."""


class Line(NamedTuple):
    """A line of a stream, the message in it if there is one, and the answer to that.

    `text` is None where the message is the whole line, or the line too long to be read.
    """

    number: int
    text: str | None
    message: Message | None
    answer: Record | None

    @property
    def answers(self) -> Iterable[Record]:
        """The answer to a StatusNotification, or one for each event of a NotifyEvent."""
        if self.answer is None:
            return ()
        events: Iterable[Record] | None = self.answer.get("events")
        return (self.answer,) if events is None else events


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def to_json(line: Line) -> str:
    """The line as one of JSON, by generated/json/decoded.schema.json."""
    action = line.message and line.message.action
    return _encode(
        {
            "line": line.number,
            "text": line.text,
            "message": line.message and line.message.message,
            "status_notification": line.answer if action == "StatusNotification" else None,
            "notify_event": line.answer if action == "NotifyEvent" else None,
        }
    )


def head(paint: Paint) -> str:
    """The names of the table's columns; `on` is the connector, or the EVSE of an event."""
    return paint(f"{'line':>8}  {'condition':9}  {'on':>4}  code and meaning", "strong")


def to_rows(line: Line, paint: Paint) -> Iterator[str]:
    """A row for the message or for each event, and under it each code's meanings."""
    for answer in line.answers:
        condition, codes = answer["condition"], answer["codes"]
        place = answer["evse_id"] if "evse_id" in answer else answer["connector_id"]
        told = paint(f"{condition:9}", _ROLES.get(condition, ""))
        start = f"{line.number:>8}  {told}  {'-' if place is None else place:>4}  "
        for code in codes:
            yield start + paint(_name(code), "strong")
            yield from (f"{_INDENT}  {visible(meaning['text'])}" for meaning in code["meanings"])
            if beyond := [_BEYOND[reason] for reason in code["beyond_document"]]:
                yield f"{_INDENT}  ({'; '.join(beyond)})"
            start = _INDENT
        if not codes:
            yield f"{start}-"
        if problems := [_problem(problem) for problem in answer["problems"]]:
            yield f"{_INDENT}[{'; '.join(problems)}]"


_INDENT = " " * 27
_ROLES = {"fault": "error", "warning": "warning"}
_CONDITIONS = ("fault", "warning", "none", "unknown")
_BEYOND = {
    "code": "in no document",
    "release": "not in that release's document",
    "field": "documented for the other field",
    "status": "not documented with a non-error status",
    "connector": "not documented for this connector",
    "deprecated": "documented as no longer used",
}


def _problem(problem: Record) -> str:
    told = {"wrong-type": "of the wrong type", "not-in-ocpp": "not as OCPP has it"}
    kind = problem["problem"]
    return f"{problem['field'] or 'the payload'} {told.get(kind, kind)}"


def _name(code: Record) -> str:
    name = visible(code["code"] or code["sent"])
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


_LONGEST_NAME = 50
"""Characters; what OCPP's fields hold."""
_MOST_UNKNOWN = 1000
"""How many codes that no document has are counted one by one: a stream may hold any number."""


class Summary:
    """What a stream held, counted in constant memory."""

    def __init__(self) -> None:
        self.lines = 0
        self.messages = 0
        self._too_long = 0
        self._uncounted = 0
        self._conditions: Counter[str] = Counter()
        self._known: dict[str, Counter[str]] = {}
        self._unknown: dict[str, Counter[str]] = {}
        self._descriptions: dict[str, str] = {}

    def add(self, lines: Iterable[Line]) -> None:
        """Counts lines."""
        for line in lines:
            self.lines += 1
            self.messages += line.message is not None
            self._too_long += line.message is None and line.text is None
            for answer in line.answers:
                self._conditions[answer["condition"]] += 1
                for code in answer["codes"]:
                    self._count(code, answer["condition"])

    def _count(self, code: Record, condition: str) -> None:
        name, meanings = _name(code), code["meanings"]
        counts = self._known if meanings else self._unknown
        if name not in counts:
            if not meanings and len(counts) >= _MOST_UNKNOWN:
                self._uncounted += 1
                return
            counts[name] = Counter()
            if meanings:
                self._descriptions[name] = visible(meanings[0]["description"])
        counts[name]["seen"] += 1
        counts[name][condition] += 1

    def tell(self, paint: Paint) -> str:
        """The counts: in all, by code, and of the codes that no document has."""
        lines = [paint(self._in_all(), "strong")]
        for name, counts in (("code", self._known), ("in no document", self._unknown)):
            if counts:
                head = f"{name:34}  {'seen':>11}  {'faults':>11}  {'warnings':>11}"
                lines += ["", paint(head, "strong"), *self._counted(counts)]
        if self._uncounted:
            lines.append(f"and {self._uncounted:,} times others")
        return "\n".join(lines)

    def _in_all(self) -> str:
        conditions = (f"{one} {self._conditions[one]:,}" for one in _CONDITIONS)
        told = [f"{self.lines:,} lines", f"{self.messages:,} messages", *conditions]
        if self._too_long:
            told.append(f"{self._too_long:,} lines too long to be read")
        return ", ".join(told)

    def _counted(self, counts: Mapping[str, Counter[str]]) -> Iterator[str]:
        """The codes, the most frequent first."""
        for name in sorted(counts, key=lambda name: (-counts[name]["seen"], name)):
            seen, faults, warnings = (counts[name][one] for one in ("seen", "fault", "warning"))
            numbers = f"{seen:>11,}  {faults:>11,}  {warnings:>11,}"
            yield f"{name:34}  {numbers}  {self._descriptions.get(name, '')}".rstrip()
