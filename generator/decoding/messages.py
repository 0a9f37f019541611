"""OCPP messages in a stream of lines: payloads, OCPP-J frames, and log lines that hold one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Action = Literal["StatusNotification", "NotifyEvent"]

LONGEST_LINE = 2**20
"""Bytes; more than any message has. A longer line is passed over, so that memory stays flat."""
_CHUNK = 2**16
_MOST_TRIES = 100
"""How many places of one line are tried, and how many values within one message: a line that is
made to take long does not."""
_CALL = 2
"""The first item of an OCPP-J frame that is a request."""


class Message(NamedTuple):
    """A message that says something of errors, and where it was found.

    `message` is the payload or the frame as it came; `is_whole` whether the line has nothing else.
    """

    action: Action
    payload: object
    message: object
    is_whole: bool


def read_lines(stream: BinaryIO) -> Iterator[list[bytes | None]]:
    """The lines of a stream without their ends, those together that came at once.

    None stands for one that is too long.
    """
    rest, is_too_long = b"", False
    read = getattr(stream, "read1", stream.read)
    while chunk := read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        lines: list[bytes | None] = [line.removesuffix(b"\r") for line in whole]
        if is_too_long and lines:
            lines[0], is_too_long = None, False
        if len(rest) > LONGEST_LINE:
            is_too_long, rest = True, b""
        yield lines
    if rest or is_too_long:
        yield [None if is_too_long else rest]


def find_message(text: str) -> Message | None:
    """The first message in a line, None where there is none.

    A line of JSON may hold the message deeper in it, as an object or as a text; a line of a log,
    anywhere. A StatusNotification of OCPP 2.0.1 is none, since it says nothing of errors.
    """
    if not _SIGN.search(text):
        return None
    if not _IS_JSON.match(text):
        return _in_log_line(text)
    try:
        whole = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return _in_log_line(text)
    if message := _recognised(whole):
        return message
    found = _within(whole)
    return found and found._replace(is_whole=False)


_SIGN = re.compile("rrorCode|eventData|StatusNotification|NotifyEvent|status")
"""What every message that is recognised has, and most other lines have not."""
_IS_JSON = re.compile(r'\s*[\[{"]')


def _recognised(value: object) -> Message | None:
    """A JSON value as a message: a request that a frame holds, or a payload by its fields."""
    if isinstance(value, list):
        is_call = len(value) > 2 and value[0] == _CALL and isinstance(value[1], str)  # noqa: PLR2004
        if not is_call or value[2] not in ("StatusNotification", "NotifyEvent"):
            return None
        payload = value[3] if len(value) > 3 else None  # noqa: PLR2004 (the frame's fourth item)
        is_of_2_0 = isinstance(payload, dict) and "connectorStatus" in payload
        return None if is_of_2_0 else Message(value[2], payload, value, is_whole=True)
    if not isinstance(value, dict):
        return None
    if "eventData" in value:
        return Message("NotifyEvent", value, value, is_whole=True)
    fields = value.keys()
    if fields & {"errorCode", "vendorErrorCode"} or {"connectorId", "status"} <= fields:
        return Message("StatusNotification", value, value, is_whole=True)
    return None


def _within(value: object) -> Message | None:
    """The first message among what a value holds, level by level."""
    level: list[object] = [value]
    tries = 0
    while level:
        inner: list[object] = []
        for one in level:
            for item in _items(one):
                tries += 1
                if tries > _MOST_TRIES:
                    return None
                if message := _recognised(item):
                    return message
                if isinstance(item, str):
                    if message := find_message(item):
                        return message
                elif isinstance(item, dict | list):
                    inner.append(item)
        level = inner
    return None


def _items(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _in_log_line(text: str) -> Message | None:
    """The first message in a text that is more than JSON; its quotes may be escaped."""
    for one in (text, text.replace('\\"', '"')) if '\\"' in text else (text,):
        place = 0
        for _ in range(_MOST_TRIES):
            starts = [found for sign in "[{" if (found := one.find(sign, place)) >= 0]
            if not starts:
                break
            place = min(starts)
            try:
                value, end = _DECODER.raw_decode(one, place)
            except (ValueError, RecursionError):
                place += 1
                continue
            if message := _recognised(value) or _within(value):
                return message._replace(is_whole=False)
            place = end
    return None


def _refuse(constant: str) -> object:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse)
"""Without NaN and the infinities, which JSON has not."""
