"""From a message to what it means, by docs/decoding.md of the generator's repository."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from ._catalogue import CATALOGUE
from ._lookup import releases
from ._other_lists import OTHER_LISTS
from ._records import (
    DecodedCode,
    DecodedEvent,
    DecodedNotifyEvent,
    DecodedStatusNotification,
    Meaning,
    OtherListCode,
    Problem,
)
from ._roles import ROLES
from ._runtime.decoder import Decoder
from ._runtime.payload import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping


def decode_status_notification(
    payload: Mapping[str, object], firmware: str | None = None
) -> DecodedStatusNotification:
    """Decode the payload of a StatusNotification of OCPP 1.6.

    Takes what `json.loads` gives, and raises nothing because of it, whatever it is: what is odd is
    answered as `problems`, and so is JSON text, a whole frame, or a field whose name is spelt in
    another way. With the firmware of the station it answers as of the release that `find_release`
    finds for it.

    >>> from example_codes import decode_status_notification
    >>> message = {"errorCode": "OtherError", "vendorErrorCode": "ExampleErrorCode"}
    >>> decoded = decode_status_notification({"connectorId": 1, "status": "Faulted", **message})
    >>> decoded.condition
    'fault'
    >>> [str(code.code) for code in decoded.codes]
    ['ExampleErrorCode']
    """
    answer = _decoder().status_notification(payload, firmware)
    return DecodedStatusNotification(**_with_records(answer, payload))


def decode_notify_event(
    payload: Mapping[str, object], firmware: str | None = None
) -> DecodedNotifyEvent:
    """Decode the payload of a NotifyEvent of OCPP 2.0.1 or 2.1; the codes are those of `techCode`.

    Takes what `json.loads` gives, and raises nothing because of it, whatever it is.

    >>> from example_codes import decode_notify_event
    >>> event = {"eventId": 1, "techCode": "ExampleErrorCode", "cleared": True}
    >>> decoded = decode_notify_event({"eventData": [event]})
    >>> decoded.events[0].condition
    'none'
    >>> [str(code.code) for code in decoded.events[0].codes]
    ['ExampleErrorCode']
    """
    answer = _decoder().notify_event(payload, firmware)
    # Without a list of events none is answered.
    sent = cast("list[object]", payload["eventData"]) if answer["events"] else []
    events = zip(answer["events"], sent, strict=True)
    answer["events"] = tuple(DecodedEvent(**_with_records(one, event)) for one, event in events)
    return DecodedNotifyEvent(**_with_records(answer, payload))


@cache
def _decoder() -> Decoder[Meaning]:
    """The decoder of the catalogue, made when it is first needed."""
    return Decoder(releases(), CATALOGUE.codes, ROLES, OTHER_LISTS)


def _with_records(answer: Answer, payload: object) -> Answer:
    """The same answer with records for its codes and problems, and with what was decoded."""
    if "codes" in answer:
        answer["codes"] = tuple([_code(one) for one in answer["codes"]])
    answer["problems"] = tuple([Problem(**one) for one in answer["problems"]])
    answer["payload"] = payload
    return answer


def _code(answer: Answer) -> DecodedCode:
    answer["beyond_document"] = tuple(answer["beyond_document"])
    if other := answer["other_list"]:
        other["counterparts"] = tuple(other["counterparts"])
        answer["other_list"] = OtherListCode(**other)
    return DecodedCode(**answer)
