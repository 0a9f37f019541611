"""OCPP messages in a stream of lines: payloads, frames, SOAP, and log lines that hold some."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from ..runtime import ocpp
from .escapes import readings
from .frames import (
    action_named,
    after_bracket,
    is_frame,
    without_read,
)
from .soap import soap_requests
from .spelling import AnySpelling
from .values import read_json, values_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .frames import Action

LONGEST_LINE = 2**20
"""Bytes; more than any message has. A longer line is passed over, so that memory stays flat."""
_CHUNK = 2**16
DEEPEST = 20
"""How deep in a value a message is looked for."""
_DEPTH_OF_TEXT = 4
"""How many levels a text within a value counts for: what is in it is looked for anew."""
_DEPTH_OF_READING = 12
"""How many a reading of a text with its escapes undone counts for: within it are no others."""


class Message(NamedTuple):
    """A message that says something of errors.

    `message` is the payload or the frame as it came; `is_whole` whether the line has nothing else,
    `is_sure` whether it is one by its frame or its values too: other objects share names of fields.
    """

    action: Action
    payload: object
    message: object
    is_sure: bool = True
    is_json: bool = True
    is_whole: bool = False


def read_lines(stream: BinaryIO) -> Iterator[list[bytes | None]]:
    """The lines of a stream without their ends, those together that came at once.

    None stands for one that is too long.
    """
    rest, is_too_long = b"", False
    read = getattr(stream, "read1", stream.read)
    while chunk := read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        lines = [None if len(line) > LONGEST_LINE else line.removesuffix(b"\r") for line in whole]
        if is_too_long and lines:
            lines[0], is_too_long = None, False
        if len(rest) > LONGEST_LINE:
            is_too_long, rest = True, b""
        yield lines
    if rest or is_too_long:
        yield [None if is_too_long else rest]


class Found(NamedTuple):
    """The messages in a text, in their order, and the text without the values that were read."""

    messages: list[Message]
    rest: str = ""


def find_messages(text: str) -> Found:
    """The messages in a line.

    A line of JSON may hold them deeper in it, as objects or as texts, a line of a log anywhere. Of
    an object and one within it the surer is taken. A StatusNotification of OCPP 2.0.1 is none,
    since it says nothing of errors, and what is in a frame of another kind is none.
    """
    return _find(text, 0)


def _find(text: str, depth: int) -> Found:
    if not has_cue(text):
        return Found([], text)
    if _IS_JSON.match(text):
        try:
            whole = read_json(text)
        except (ValueError, RecursionError):
            return _in_log_line(text, depth)
        found = _collect(whole, depth)
        is_whole = len(found) == 1 and found[0].message is whole
        return Found([found[0]._replace(is_whole=True)] if is_whole else found)
    return _in_log_line(text, depth)


def has_cue(text: str) -> bool:
    """Whether a text has what every message has, in any spelling, and most lines do not."""
    folded = text.lower()
    return "status" in folded or any(cue in folded for cue in _CUES)


_CUES = (
    *("errorcode", "error_code", "error-code"),
    *("eventdata", "event_data", "event-data", "notifyevent"),
    *('"message":[', '"message": [', '"message" : ['),  # a text as its bytes, see below
)
_IS_JSON = re.compile(r'\s*[\[{"]')


def _collect(value: object, depth: int) -> list[Message]:
    """The messages that a JSON value is or holds."""
    if depth > DEEPEST:
        return []
    if isinstance(value, dict):
        return _of_object(value, depth)
    if isinstance(value, list) and is_frame(value):
        return _of_frame(value)
    text = _text_of_bytes(value) if isinstance(value, list) else value
    if isinstance(text, str):
        found = _find(text, depth + _DEPTH_OF_TEXT)
        return [one._replace(is_whole=False) for one in found.messages]
    items = value if isinstance(value, list) else ()
    return [message for item in items for message in _collect(item, depth + 1)]


def _text_of_bytes(value: list[object]) -> str | None:
    """The text that a list has as its bytes: so journald writes one with control characters."""
    if not value or not all(isinstance(one, int) and 0 <= one < 256 for one in value):  # noqa: PLR2004
        return None
    return bytes(cast("list[int]", value)).decode("utf-8", "surrogateescape")


def _of_object(value: dict[str, object], depth: int) -> list[Message]:
    own = _of_payload(value)
    if own and own.is_sure:
        return [own]
    inner = [message for item in value.values() for message in _collect(item, depth + 1)]
    return inner if not own or any(message.is_sure for message in inner) else [own]


def _of_frame(frame: list[object]) -> list[Message]:
    """The message that a frame is; whatever else it holds is none."""
    action = frame[2] if frame[0] == ocpp.REQUEST and len(frame) > 2 else None  # noqa: PLR2004
    payload = frame[3] if len(frame) > 3 else None  # noqa: PLR2004 (a request's fourth item)
    known = action_named(action) if isinstance(action, str) else None
    if known is None or (known == "StatusNotification" and _is_of_2_0(payload)):
        return []
    return [Message(known, payload, frame)]


def _is_of_2_0(payload: object) -> bool:
    if not isinstance(payload, dict) or "connectorStatus" in payload:
        return isinstance(payload, dict)
    return "errorCode" not in payload and "connectorStatus" in AnySpelling(payload)


def _of_payload(value: dict[str, object]) -> Message | None:
    """The message that an object is by the names of its fields."""
    if "eventData" in value:
        return Message("NotifyEvent", value, value) if _has_events(value) else None
    codes = [name for name in ("errorCode", "vendorErrorCode") if isinstance(value.get(name), str)]
    has_status = _is_status(value.get("status"))
    has_word = has_status or _is_error_code(value.get("errorCode"))
    there = [*codes, *(["connectorId"] if value.get("connectorId") is not None else [])]
    there += ["status"] if isinstance(value.get("status"), str) else []
    own = None
    if len(there) > 1 and ((codes and "connectorId" in there) or has_word):
        own = Message("StatusNotification", value, value, has_word)
    return own if own and has_word else _of_payload_spelt_otherwise(value) or own


def _has_events(value: dict[str, object]) -> bool:
    """Whether a payload with `eventData` is a NotifyEvent: other programs have events too."""
    events = value["eventData"]
    if isinstance(value.get("seqNo"), int) or isinstance(value.get("generatedAt"), str):
        return True
    return isinstance(events, list) and any(
        isinstance(event, dict) and not _EVENT_FIELDS.isdisjoint(event) for event in events
    )


_EVENT_FIELDS = frozenset(
    ("eventId", "techCode", "actualValue", "component", "variable", "cleared", "severity")
)


def _of_payload_spelt_otherwise(value: dict[str, object]) -> Message | None:
    """The message that an object surely is, if its names are read in any spelling."""
    fields = AnySpelling(value)
    events = fields.get("eventData")
    if isinstance(events, list) and any(map(_is_event, events)):
        return Message("NotifyEvent", value, value)
    has_code = any(isinstance(fields.get(name), str) for name in ("errorCode", "vendorErrorCode"))
    evidence = (
        fields.get("connectorId") is not None,
        _is_status(fields.get("status")),
        _is_error_code(fields.get("errorCode")),
    )
    is_sure = has_code and sum(evidence) > 1
    return Message("StatusNotification", value, value) if is_sure else None


def _is_event(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    return all(isinstance(value.get(name), Mapping) for name in ("component", "variable"))


def _is_status(value: object) -> bool:
    return isinstance(value, str) and value.lower() in _STATUSES


def _is_error_code(value: object) -> bool:
    return isinstance(value, str) and value.lower() in _ERROR_CODES


_STATUSES = {word.lower() for word in ocpp.STATUSES}
_ERROR_CODES = {word.lower() for word in ocpp.ERROR_CODES}


def _in_log_line(text: str, depth: int) -> Found:
    """The messages in a text that is more than JSON, and whose quotes may be escaped.

    What is left of it is looked through again: some may stand there in another form. A log may
    have one message in two forms; that is one.
    """
    messages: list[Message] = []
    for _ in range(_MOST_FORMS):
        found = _in_some_reading(text, depth)
        is_sure = bool(found.messages) and found.messages[0].is_sure
        if not messages:
            messages = found.messages
        elif is_sure:
            known = [message.payload for message in messages]
            messages += [one for one in found.messages if one.payload not in known]
        text = found.rest
        if not is_sure or not has_cue(text):
            break
    return Found(messages, text)


_MOST_FORMS = 3
"""In how many forms the messages of one line are looked for."""


def _in_some_reading(text: str, depth: int) -> Found:
    """The messages of the first reading that has one which is sure, or of the first with any."""
    unsure: Found | None = None
    for number, reading in enumerate(readings(text)):
        if number and depth >= _DEPTH_OF_READING:
            break
        found = _in_reading(reading, depth + _DEPTH_OF_READING if number else depth)
        if sure := [message for message in found.messages if message.is_sure]:
            return Found(sure, found.rest)
        if found.messages and unsure is None:
            unsure = found
    return unsure or Found([], text)


def _in_reading(text: str, depth: int) -> Found:
    messages: list[Message] = []
    spans: list[tuple[int, int]] = []
    for value, is_json, start, end in values_in(text, after_bracket):
        inner = _collect(value, depth)
        messages += inner if is_json else [one._replace(is_json=False) for one in inner]
        spans.append((start, end))
    for payload, start, end in soap_requests(text):
        messages.append(Message("StatusNotification", payload, payload))
        spans.append((start, end))
    return Found(messages, without_read(text, spans) if messages else text)
