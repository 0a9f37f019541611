"""From a message to what it means, by docs/decoding.md of the generator's repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from ._catalogue import CATALOGUE
from ._lookup import BUILT
from ._records import (
    DecodedCode,
    DecodedEvent,
    DecodedNotifyEvent,
    DecodedStatusNotification,
    Problem,
)
from ._roles import ROLES
from ._runtime.decoder import Decoder

_DECODER = Decoder(BUILT, CATALOGUE.codes, ROLES)


def decode_status_notification(
    payload: object, firmware: str | None = None
) -> DecodedStatusNotification:
    """Decode the payload of a StatusNotification of OCPP 1.6.

    Takes what `json.loads` gives, whatever it is, and raises nothing because of it: what is odd is
    answered as `problems`. With the firmware of the station, in any spelling that `find_release`
    takes, it answers as of that.
    """
    answer = _DECODER.status_notification(payload, firmware)
    return DecodedStatusNotification(**_with_codes(answer), payload=payload)


def decode_notify_event(payload: object, firmware: str | None = None) -> DecodedNotifyEvent:
    """Decode the payload of a NotifyEvent of OCPP 2.0.1 or 2.1; the codes are those of `techCode`.

    Takes what `json.loads` gives, whatever it is, and raises nothing because of it.
    """
    answer = _DECODER.notify_event(payload, firmware)
    events = tuple(
        DecodedEvent(**_with_codes(event), payload=sent)
        for event, sent in zip(answer["events"], _events(payload))  # noqa: B905 (not in Python 3.10)
    )
    problems = _problems(answer["problems"])
    return DecodedNotifyEvent(**_with(answer, events=events, problems=problems), payload=payload)


def _events(payload: object) -> list[object]:
    """The events of a payload that may be anything, as many as were answered."""
    if not isinstance(payload, Mapping):
        return []
    sent = cast("Mapping[str, object]", payload).get("eventData")
    return cast("list[object]", sent) if isinstance(sent, list) else []


def _with_codes(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with records for its codes and its problems."""
    codes = tuple(
        DecodedCode(**_with(code, beyond_document=tuple(code["beyond_document"])))
        for code in answer["codes"]
    )
    return _with(answer, codes=codes, problems=_problems(answer["problems"]))


def _problems(problems: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(**problem) for problem in problems)


def _with(answer: Mapping[str, Any], **records: Any) -> dict[str, Any]:  # noqa: ANN401
    """An answer with records in place of what they were made of."""
    return {**answer, **records}
