"""StatusNotifications, and a short way to tell what has to come of each."""

import copy
from typing import Any, NamedTuple

from tests.helpers.expected_answers import Code, Decoder, Expected, Message, with_texts_alone
from tests.helpers.release_series import REAL

AS_SENT = {
    "connector_id": "connectorId",
    "status": "status",
    "error_code": "errorCode",
    "vendor_error_code": "vendorErrorCode",
    "vendor_id": "vendorId",
    "info": "info",
    "timestamp": "timestamp",
}
"""What of the message is told again, and by what name."""


def check(decoder: Decoder, payload: Any, expected: Expected, **otherwise: object) -> None:  # noqa: ANN401
    """`otherwise` is what the answer does not repeat as it was sent."""
    message = payload if isinstance(payload, dict) else {}
    again = {name: message.get(field) for name, field in AS_SENT.items()} | otherwise
    answer = {"release": REAL, "release_match": "newest", **expected.answer(again)}
    before = copy.deepcopy(payload)
    assert with_texts_alone(decoder.status_notification(payload)) == answer
    assert payload == before


def sent(**fields: object) -> Message:
    """A message with what OCPP requires, which says that there is nothing wrong."""
    return {"connectorId": 2, "errorCode": "NoError", "status": "Available", **fields}


def faulted(**fields: object) -> Message:
    """A message as the vendor's chargers send it with a code of their own."""
    return sent(errorCode="OtherError", status="Faulted", **fields)


def without(message: Message, *names: str) -> Message:
    return {name: value for name, value in message.items() if name not in names}


class Case(NamedTuple):
    message: Message
    expected: Expected


def fault(*codes: Code, problems: tuple[str, ...] = ()) -> Expected:
    return Expected("fault", codes, problems)


def warning(*codes: Code, problems: tuple[str, ...] = ()) -> Expected:
    return Expected("warning", codes, problems)


def none(*codes: Code, problems: tuple[str, ...] = ()) -> Expected:
    return Expected("none", codes, problems)


def unclear(*codes: Code, problems: tuple[str, ...] = ()) -> Expected:
    return Expected("unknown", codes, problems)


CONTRADICTS = ("errorCode contradicts",)
ODD_CODE = ("errorCode not-in-ocpp",)
ODD_STATUS = ("status not-in-ocpp",)
LOOP = Code("CBC_LOOP")
MCU = Code("MCU_NOT_RESPONDING")
GROUND = Code("GroundFailure", "errorCode")
