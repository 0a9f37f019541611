"""OCPP messages in a stream of lines: payloads, OCPP-J frames, and log lines that hold some."""

from __future__ import annotations

import json
import math
import re
import sys
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from generator.runtime import ocpp

if TYPE_CHECKING:
    from collections.abc import Iterator

Action = Literal["StatusNotification", "NotifyEvent"]

LONGEST_LINE = 2**20
"""Bytes; more than any message has. A longer line is passed over, so that memory stays flat."""
_CHUNK = 2**16
_DEEPEST = 20
"""How deep in a value a message is looked for."""


class Message(NamedTuple):
    """A message that says something of errors.

    `message` is the payload or the frame as it came; `is_whole` whether the line has nothing else.
    """

    action: Action
    payload: object
    message: object
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


def find_messages(text: str) -> list[Message]:
    """The messages in a line, in their order.

    A line of JSON may hold them deeper in it, as objects or as texts, a line of a log anywhere. Of
    an object and one within it the surer is taken. A StatusNotification of OCPP 2.0.1 is none,
    since it says nothing of errors, and what is in a frame of another kind is none.
    """
    if not _SIGN.search(text):
        return []
    if _IS_JSON.match(text):
        try:
            whole = _DECODER.decode(text)
        except (ValueError, RecursionError):
            return _in_log_line(text)
        found = _collect(whole, 0)
        is_whole = len(found) == 1 and found[0].message is whole
        return [found[0]._replace(is_whole=True)] if is_whole else [*found]
    return _in_log_line(text)


def resembles_message(text: str) -> bool:
    """Whether a line without a message has a field of one: cut off, perhaps, or not as JSON."""
    return bool(_FIELD.search(text)) and not _is_whole_json(text)


_SIGN = re.compile("rrorCode|eventData|StatusNotification|NotifyEvent|status")
"""What every message that is recognised has, and most other lines have not."""
_IS_JSON = re.compile(r'\s*[\[{"]')
_FIELD = re.compile(r"""(?:errorCode|vendorErrorCode|eventData|error_code)["'\\]*\s*[:=]""")


def _collect(value: object, depth: int) -> list[Message]:
    """The messages that a JSON value is or holds."""
    if isinstance(value, str):
        return [message._replace(is_whole=False) for message in find_messages(value)]
    if depth > _DEEPEST or not isinstance(value, list | dict):
        return []
    if isinstance(value, list):
        if _is_frame(value):
            return _of_frame(value)
        return [message for item in value for message in _collect(item, depth + 1)]
    own = _of_payload(value)
    if own and _is_sure(own):
        return [own]
    inner = [message for item in value.values() for message in _collect(item, depth + 1)]
    return inner if not own or any(map(_is_sure, inner)) else [own]


_FRAMES = range(2, 7)
"""What the first item of an OCPP-J frame is: request, answer, error, and those of OCPP 2.1."""


def _is_frame(value: list[object]) -> bool:
    return len(value) > 1 and value[0] in _FRAMES and isinstance(value[1], str)


def _of_frame(frame: list[object]) -> list[Message]:
    """The message that a frame is; whatever else it holds is none."""
    action = frame[2] if frame[0] == _FRAMES[0] and len(frame) > 2 else None  # noqa: PLR2004
    payload = frame[3] if len(frame) > 3 else None  # noqa: PLR2004 (a request's fourth item)
    if action == "NotifyEvent":
        return [Message("NotifyEvent", payload, frame)]
    is_of_2_0 = isinstance(payload, dict) and "connectorStatus" in payload
    if action == "StatusNotification" and not is_of_2_0:
        return [Message("StatusNotification", payload, frame)]
    return []


def _of_payload(value: dict[str, object]) -> Message | None:
    """The message that an object is by the names of its fields."""
    if "eventData" in value:
        return Message("NotifyEvent", value, value)
    names = ("connectorId", "errorCode", "status", "vendorErrorCode")
    there = [name for name in names if value.get(name) is not None]
    if len(there) < 2 or not ("connectorId" in there or _has_word(value)):  # noqa: PLR2004
        return None
    return Message("StatusNotification", value, value)


def _is_sure(message: Message) -> bool:
    """Whether it is one by its frame or its values too: other objects share names of fields."""
    if isinstance(message.message, list) or not isinstance(message.payload, dict):
        return True
    if message.action == "NotifyEvent":
        return isinstance(message.payload["eventData"], list)
    return _has_word(message.payload)


def _has_word(value: dict[str, object]) -> bool:
    """Whether it has a status or an error code of OCPP's."""
    said = (value.get("status"), value.get("errorCode"))
    return any(isinstance(one, str) and one.lower() in _WORDS for one in said)


_WORDS = {word.lower() for word in (*ocpp.STATUSES, *ocpp.ERROR_CODES)}


def _in_log_line(text: str) -> list[Message]:
    """The messages in a text that is more than JSON; its quotes may be escaped or doubled."""
    for escaped in (None, '\\"', '""'):
        if escaped is not None and escaped not in text:
            continue
        one = text if escaped is None else text.replace(escaped, '"')
        if found := [message for value in _values(one) for message in _collect(value, 0)]:
            sure = [message for message in found if _is_sure(message)]
            return [message._replace(is_whole=False) for message in sure or found]
    return []


def _values(text: str) -> Iterator[object]:
    """The JSON objects and lists in a text, tried at each bracket.

    What is tried in vain may cost some times the text's length in all: a line that is made to take
    long does not.
    """
    place, budget = 0, 10 * len(text) + _RECURSION
    while budget > 0 and (start := _BRACKET.search(text, place)):
        place = start.start()
        try:
            value, place = _DECODER.raw_decode(text, place)
        except json.JSONDecodeError as error:
            budget -= error.pos - place + 1
            place += 1
        except (ValueError, RecursionError):
            budget -= _RECURSION
            place += 1
        else:
            yield value


_BRACKET = re.compile(r"[\[{]")
_RECURSION = 10_000
"""Characters; about as long as it takes to find that a value is too deep."""


def _float(text: str) -> float:
    """A number; the greatest there is for one beyond it, since JSON has no infinity."""
    number = float(text)
    return math.copysign(sys.float_info.max, number) if math.isinf(number) else number


def _int(text: str) -> float:
    return int(text) if len(text) < _MOST_DIGITS else _float(text)


_MOST_DIGITS = 1000
"""Of more Python makes no whole number, and no field has them."""


def _refuse(constant: str) -> object:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_float=_float, parse_int=_int, parse_constant=_refuse)
"""Without NaN and the infinities, which JSON does not have."""


def _is_whole_json(text: str) -> bool:
    try:
        _DECODER.decode(text)
    except (ValueError, RecursionError):
        return False
    return True
