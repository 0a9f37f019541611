"""A line of a stream, with the messages in it decoded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .messages import find_messages
from .spelling import AnySpelling, any_spelling
from .unread import resembles_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..record import Record
    from ..runtime.decoder import Decoder
    from ..runtime.payload import Answer
    from .messages import Message


class DecodedLine(NamedTuple):
    """A line with one message and its answer; without both, if the line has no message.

    A line of several messages becomes as many of these, and one that seems to have a further one
    which cannot be read one more: `is_unread` is set. `text` is None where the line is too long to
    be read.
    """

    number: int
    text: str | None
    message: Message | None = None
    answer: Answer | None = None
    is_unread: bool = False

    @property
    def answers(self) -> Sequence[Answer]:
        """The answer to a StatusNotification, or one for each event of a NotifyEvent."""
        if self.answer is None:
            return ()
        events: Sequence[Answer] | None = self.answer.get("events")
        return (self.answer,) if events is None else events


def decode_line(
    number: int, line: bytes | None, decoder: Decoder[Record], firmware: str | None
) -> list[DecodedLine]:
    """Decodes the messages of a line, None for one that is too long; always at least one item."""
    if line is None:
        return [DecodedLine(number, None)]
    text = line.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    found = find_messages(text)
    lines = [
        DecodedLine(number, text, message, _answer(message, decoder, firmware))
        for message in found.messages
    ]
    if not lines:
        return [DecodedLine(number, text, is_unread=resembles_message(text))]
    # A field beside a message may be the log's own; behind a bracket it is of another message.
    if (bracket := _BRACKET.search(found.rest)) and resembles_message(
        found.rest[bracket.start() :]
    ):
        lines.append(DecodedLine(number, text, is_unread=True))
    return lines


_BRACKET = re.compile(r"[\[{<]")


def _answer(message: Message, decoder: Decoder[Record], firmware: str | None) -> Answer:
    """What the decoder answers, with what of the line was no JSON or spelt in another way."""
    is_event = message.action == "NotifyEvent"
    decode = decoder.notify_event if is_event else decoder.status_notification
    payload = any_spelling(message.payload)
    answer = decode(message.payload if payload is None else payload, firmware)
    frame = message.message
    if isinstance(frame, list) and frame[2] != message.action:
        answer["problems"].append({"field": message.action, "problem": "spelling"})
    if payload is not None:
        _add_spellings(answer, payload)
    if not message.is_json:
        answer["problems"].append({"field": None, "problem": "not-json"})
    return answer


def _add_spellings(answer: Answer, payload: AnySpelling) -> None:
    """Adds the fields that were found by another spelling to the problems they belong to."""
    events = payload.get("eventData") if "events" in answer else None
    sent = [payload, *(events if isinstance(events, list) else [])]
    for one, answered in zip(sent, [answer, *answer.get("events", ())], strict=True):
        spelt = one.spelt if isinstance(one, AnySpelling) else ()
        answered["problems"] += [{"field": name, "problem": "spelling"} for name in spelt]
