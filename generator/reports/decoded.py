"""Decoded messages: each line for programs and for people, and a summary of all."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from .terminal import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..decoding.lines import DecodedLine
    from ..runtime.payload import Answer

    Paint = Callable[[str, str], str]
    """Paints a text by its role: `error`, `warning` or `strong`."""
    _Row = tuple[str, str]
    """A code, and the title of its list where it is of another one."""


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def format_line(line: DecodedLine) -> str:
    """The line as one of JSON, by generated/json/decoded.schema.json."""
    message = line.message
    action = message and message.action
    answered = {
        "status_notification": line.answer if action == "StatusNotification" else None,
        "notify_event": line.answer if action == "NotifyEvent" else None,
    }
    if message is None:
        return _encode({"line": line.number, "text": line.text, "message": None, **answered})
    is_deep = _depth(message.message, line.text or "") > _DEEPEST
    text = line.text if is_deep or not message.is_whole else None
    shown = None if is_deep else message.message
    return _encode({"line": line.number, "text": text, "message": shown, **answered})


_DEEPEST = 100
"""Levels of JSON; deeper ones many a reader cannot take, nor can the writer here."""


def _depth(value: object, text: str) -> int:
    """How many levels a value from a text has; 0 where brackets are too few for it to be deep."""
    if text.count("{") + text.count("[") <= _DEEPEST:
        return 0
    depth, level = 0, [value] if isinstance(value, dict | list) else []
    while level:
        depth += 1
        inner = (one.values() if isinstance(one, dict) else one for one in level)
        level = [item for items in inner for item in items if isinstance(item, dict | list)]
    return depth


def format_head(paint: Paint) -> str:
    """The names of the table's columns; `on` is the connector, or the EVSE of an event."""
    return paint(f"{'line':>8}  {'condition':9}  {'on':>4}  code and meaning", "strong")


def format_rows(line: DecodedLine, paint: Paint) -> Iterator[str]:
    """A row for the message or for each event, and under it each code's meanings."""
    for answer in line.answers:
        condition, codes = answer["condition"], answer["codes"]
        place = answer["evse_id"] if "evse_id" in answer else answer["connector_id"]
        start = _start(line, condition, "-" if place is None else place, paint)
        for code in codes:
            yield start + paint(_name(code), "strong")
            yield from (f"{_INDENT}  {visible(meaning['text'])}" for meaning in code["meanings"])
            yield from _other_list(code["other_list"])
            if beyond := [_BEYOND[reason] for reason in code["beyond_document"]]:
                yield f"{_INDENT}  ({'; '.join(beyond)})"
            start = _INDENT
        if not codes:
            yield f"{start}-"
        yield from _info(answer)
        yield from _problems(answer, "the event" if "evse_id" in answer else "the payload")
    if line.answer and "events" in line.answer:
        if not line.answers:
            yield _start(line, "unknown", "-", paint) + "- (no event)"
        yield from _problems(line.answer, "the payload")


def _start(line: DecodedLine, condition: str, place: object, paint: Paint) -> str:
    """The first columns of a row: the line's number, the condition, the connector or EVSE."""
    painted = paint(f"{condition:9}", _ROLES.get(condition, ""))
    return f"{line.number:>8}  {painted}  {place:>4}  "


def _other_list(other: Answer | None) -> Iterator[str]:
    """What the list that the message names has for a code: its own name, then what may be meant."""
    if other is None:
        return
    name = other["name"] or "a code that it does not have"
    yield f"{_INDENT}  {visible(other['title'])}: {visible(name)}"
    for row in other["counterparts"]:
        sure = f"confidence {row['confidence']}, {row['basis']}: {row['source']}"
        yield f"{_INDENT}  perhaps the document's {visible(row['code'])} ({visible(sure)})"


def _info(answer: Answer) -> Iterator[str]:
    """The text that the station sent beside its codes, on a line."""
    name = "tech_info" if "tech_info" in answer else "info"
    if text := visible(answer[name] or "").strip():
        shown = text if len(text) <= _LONGEST_INFO else f"{text[: _LONGEST_INFO - 1]}…"
        yield f"{_INDENT}{name}: {shown}"


def _problems(answer: Answer, whole: str) -> Iterator[str]:
    """What is odd, on a line; `whole` is what a problem without a field is of."""
    words = {
        "wrong-type": "of the wrong type",
        "not-in-ocpp": "not as OCPP has it",
        "spelling": "spelt in another way",
        "not-json": "not JSON as it stands",
        "zeros": "of zeros, taken for none",
        "json-text": "a text where an object belongs",
        "frame": "a frame where an object belongs",
    }
    problems = [
        f"{one['field'] or whole} {words.get(one['problem'], one['problem'])}"
        for one in answer["problems"]
    ]
    if problems:
        yield f"{_INDENT}[{'; '.join(problems)}]"


_INDENT = " " * 27
_LONGEST_INFO = 500
"""Characters; what OCPP's fields hold."""
_ROLES = {"fault": "error", "warning": "warning"}
_CONDITIONS = ("fault", "warning", "none", "unknown")
_BEYOND = {
    "code": "in no document",
    "release": "not in that release's document",
    "field": "documented for the other field",
    "status": "not documented with a non-error status",
    "connector": "not documented for this connector",
    "deprecated": "documented as no longer used",
    "list": "the message names another list of codes",
}


def _name(code: Answer) -> str:
    """What a code is shown as: as a list or the catalogue spells it, else as it was sent."""
    other = code["other_list"] or code
    name = visible(other["code"] or code["sent"])
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
        self._unread = 0
        self._first_unread = 0
        self._uncounted = 0
        self._conditions: Counter[str] = Counter()
        self._known: dict[_Row, Counter[str]] = {}
        self._unknown: dict[_Row, Counter[str]] = {}
        self._others: dict[_Row, Counter[str]] = {}
        self._descriptions: dict[str, str] = {}

    def add(self, lines: Iterable[DecodedLine]) -> None:
        """Counts the messages of lines, and lines without one."""
        for line in lines:
            self.messages += line.message is not None
            self._too_long += line.message is None and line.text is None
            if line.is_unread:
                self._unread += 1
                self._first_unread = self._first_unread or line.number
            for answer in line.answers:
                self._conditions[answer["condition"]] += 1
                for code in answer["codes"]:
                    self._count(code, answer["condition"])

    def _count(self, code: Answer, condition: str) -> None:
        name, meanings, other = _name(code), code["meanings"], code["other_list"]
        counts, row = self._known if meanings else self._unknown, (name, "")
        if "list" in code["beyond_document"]:
            # OCPP's own words beside a code of another list are of no vendor's document.
            counts, row = self._others, (name, visible(other["title"]) if other else "OCPP")
        if row not in counts:
            if not meanings and len(counts) >= _MOST_UNKNOWN:
                self._uncounted += 1
                return
            counts[row] = Counter()
            if meanings:
                self._descriptions[name] = visible(meanings[0]["description"])
        counts[row]["seen"] += 1
        counts[row][condition] += 1

    def format(self, paint: Paint) -> str:
        """The counts: in all, by code, of the codes that no document has and of other lists."""
        lines = [paint(self._in_all(), "strong")]
        tables = {
            "code": self._known,
            "in no document": self._unknown,
            "of another list": self._others,
        }
        for name, counts in tables.items():
            if counts:
                head = f"{name:34}  {'seen':>11}  {'faults':>11}  {'warnings':>11}"
                lines += ["", paint(head, "strong"), *self._rows(counts)]
        if self._uncounted:
            lines.append(f"and {self._uncounted:,} times others")
        return "\n".join(lines)

    def _in_all(self) -> str:
        conditions = (f"{one} {self._conditions[one]:,}" for one in _CONDITIONS)
        counts = [_count_of(self.lines, "line"), _count_of(self.messages, "message"), *conditions]
        if self._too_long:
            counts.append(f"{_count_of(self._too_long, 'line')} too long to be read")
        if self._unread:
            what = f"{_count_of(self._unread, 'line')} with what looks like a message"
            counts.append(f"{what} and cannot be read, the first: {self._first_unread:,}")
        return ", ".join(counts)

    def _rows(self, counts: Mapping[_Row, Counter[str]]) -> Iterator[str]:
        """The codes, the most frequent first."""
        for row in sorted(counts, key=lambda row: (-counts[row]["seen"], row)):
            seen, faults, warnings = (counts[row][one] for one in ("seen", "fault", "warning"))
            numbers = f"{seen:>11,}  {faults:>11,}  {warnings:>11,}"
            name, title = row
            yield f"{name:34}  {numbers}  {title or self._descriptions.get(name, '')}".rstrip()


def _count_of(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
