"""Lines that seem to have a message which cannot be read: cut off, perhaps, or in another form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..runtime import ocpp
from .escapes import readings
from .frames import (
    ACTIONS,
    FRAME_HEAD,
    after_bracket,
    is_frame,
    is_of_known_action,
    without_read,
)
from .messages import DEEPEST, has_cue
from .values import read_json, values_in

if TYPE_CHECKING:
    from collections.abc import Iterator


def resembles_message(text: str) -> bool:
    """Whether a line without a message seems to have one: cut off, perhaps, or not as JSON."""
    if not has_cue(text):
        return False
    has_field = bool(_FIELD.search(text))
    if not has_field and not any(action in text for action in ACTIONS):
        return False
    try:
        whole = read_json(text)
    except (ValueError, RecursionError):
        return _has_unread_field(text) or any(map(_has_cut_off_frame, readings(text)))
    return any(map(resembles_message, _texts(whole, 0)))


def _has_unread_field(text: str) -> bool:
    """Whether a field stands outside of what can be read as JSON, or in a text within that."""
    if not _FIELD.search(text):
        return False
    spans: list[tuple[int, int]] = []
    for value, is_json, start, end in values_in(text, after_bracket):
        if is_json:
            spans.append((start, end))
            if any(map(resembles_message, _texts(value, 0))):
                return True
    return bool(_FIELD.search(without_read(text, spans)))


def _has_cut_off_frame(text: str) -> bool:
    """Whether a frame begins that says something of errors, if the rest of the line was not lost.

    One of OCPP 2.0.1 does not, unless it is a NotifyEvent.
    """
    head = next(filter(is_of_known_action, FRAME_HEAD.finditer(text)), None)
    if head is None or _OF_2_0.search(text, head.end()):
        return False
    return next(values_in(text[head.start() :], lambda rest, _: len(rest)), None) is None


_OF_2_0 = re.compile("connectorStatus|evseId")


def _texts(value: object, depth: int) -> Iterator[str]:
    """The texts in a value; those of a frame are no messages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict) and depth <= DEEPEST:
        if isinstance(value, list) and is_frame(value):
            return
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item, depth + 1)


_QUOTES = r"""(?:\\x2[27]|\\u002[27]|&quot;|&apos;|&#0?3[49];|%2[27]|["'\\\s]){0,20}"""
_IS = f"{_QUOTES}(?::|=|>|&gt;|%3[ADad])"
_FIELD = re.compile(
    rf"(?:errorCode|error_code|eventData|(?i:vendor[_-]?error[_-]?code|tech[_-]?code)){_IS}"
    rf"|(?i:error[_-]?code){_IS}{_QUOTES}(?:[A-Za-z]\w{{0,50}}\.)?(?i:{'|'.join(ocpp.ERROR_CODES)})"
    r"|statusNotificationRequest[\s/>]"
)
"""A field of a message with something said of it. Other programs have error codes too: in another
spelling the field has to have a value of OCPP's."""
