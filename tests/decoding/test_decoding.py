"""What has to come of a StatusNotification, told by hand from docs/decoding.md and OCPP 1.6.

The decoder is the one that the program runs and the Python package ships. What holds the other
packages against it is in tests/proofs/test_vectors.py and tests/proofs/test_decode_fuzz.py.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.expected_answers import Code, Decoder, as_json, decoder_of, problem_of, unknown
from tests.helpers.status_notifications import (
    AS_SENT,
    CONTRADICTS,
    GROUND,
    LOOP,
    ODD_CODE,
    ODD_STATUS,
    Case,
    check,
    fault,
    faulted,
    none,
    sent,
    unclear,
    warning,
    without,
)


@pytest.fixture(scope="module")
def decoder(r4_4_3: Path) -> Decoder:
    return decoder_of(r4_4_3 / "spec")


# The real one

REAL_MESSAGE = """
    {"connectorId": 2, "errorCode": "OtherError", "status": "Faulted",
     "timestamp": "2026-07-11T08:12:09Z", "vendorErrorCode": "NoPPDetected", "vendorId": "com.ctek"}
"""


def test_the_real_message(decoder: Decoder) -> None:
    meaning = {
        "text": "The PP resistor can't be read / found. "
        "This can also be sent together with a non-error status.",
        "description": "The PP resistor can't be read / found.",
        "may_accompany_non_error_status": True,
        "products": [],
        "product_notes": [],
        "connectors": [],
        "deprecated": None,
        "configuration_keys": [],
        "source": {"document": "spec/r4.4.3.md", "lines": [70, 71]},
    }
    code = {
        "sent": "NoPPDetected",
        "field": "vendorErrorCode",
        "code": "NoPPDetected",
        "may_accompany_non_error_status": True,
        "beyond_document": [],
        "meanings": [meaning],
        "other_list": None,
        "group_key": "2:NoPPDetected",
    }
    answer = decoder.status_notification(json.loads(REAL_MESSAGE))
    assert as_json(answer) == {
        "condition": "fault",
        "connector_id": 2,
        "status": "Faulted",
        "error_code": "OtherError",
        "vendor_error_code": "NoPPDetected",
        "vendor_id": "com.ctek",
        "info": None,
        "timestamp": "2026-07-11T08:12:09Z",
        "release": "r4.4.3",
        "release_match": "newest",
        "codes": [code],
        "goes_beyond_document": False,
        "problems": [],
    }


# Messages and what has to come of each

CONDITIONS = {
    "Faulted": Case(faulted(vendorErrorCode="CBC_LOOP"), fault(LOOP)),
    "Faulted, whatever the code": Case(
        sent(errorCode="GroundFailure", status="Faulted"), fault(GROUND)
    ),
    "Faulted with NoError": Case(sent(status="Faulted"), fault(problems=CONTRADICTS)),
    "Faulted without any code": Case(
        without(sent(status="Faulted"), "errorCode"), fault(problems=("errorCode missing",))
    ),
    "Faulted in another case": Case(
        sent(errorCode="GroundFailure", status="fAULTED"), fault(GROUND)
    ),
    **{
        f"{status} with an error": Case(
            sent(errorCode="HighTemperature", status=status),
            warning(Code("HighTemperature", "errorCode")),
        )
        for status in (
            "Available",
            "Preparing",
            "Charging",
            "SuspendedEVSE",
            "SuspendedEV",
            "Finishing",
            "Reserved",
            "Unavailable",
        )
    },
    "a warning in another case": Case(
        sent(errorCode="HighTemperature", status="suspendedevse"),
        warning(Code("HighTemperature", "errorCode")),
    ),
    "OtherError alone is an error": Case(
        sent(errorCode="OtherError", status="Charging"),
        warning(problems=("vendorErrorCode missing",)),
    ),
    "an unknown code is an error": Case(
        sent(errorCode="OtherError", status="Charging", vendorErrorCode="Sneeze"),
        warning(unknown("Sneeze")),
    ),
    "NoError": Case(sent(), none()),
    "NoError in another case": Case(sent(errorCode="nOeRROR"), none()),
    "NoError in the vendor's field": Case(sent(vendorErrorCode="NoError"), none()),
    "NoError in the vendor's field alone": Case(
        without(sent(vendorErrorCode="noerror"), "errorCode"),
        none(problems=("errorCode missing",)),
    ),
    "no status": Case(
        without(faulted(vendorErrorCode="CBC_LOOP"), "status"),
        unclear(LOOP, problems=("status missing",)),
    ),
    "a status that OCPP does not have": Case(
        sent(errorCode="GroundFailure", status="Broken"), unclear(GROUND, problems=ODD_STATUS)
    ),
    "an empty status": Case(sent(status=""), unclear(problems=ODD_STATUS)),
    "a status with a blank": Case(
        sent(errorCode="GroundFailure", status="Faulted "), unclear(GROUND, problems=ODD_STATUS)
    ),
    "a status of OCPP 2.0.1": Case(sent(status="Occupied"), unclear(problems=ODD_STATUS)),
    "a status with a letter like one of its own": Case(
        sent(status="\N{LATIN SMALL LETTER LONG S}uspendedEV"), unclear(problems=ODD_STATUS)
    ),
    "no code in either field": Case(
        without(sent(), "errorCode"), unclear(problems=("errorCode missing",))
    ),
    "nothing but separators": Case(
        sent(errorCode=" ", vendorErrorCode=" ,; "), unclear(problems=ODD_CODE)
    ),
    "nothing at all": Case(
        {},
        unclear(problems=("connectorId missing", "errorCode missing", "status missing")),
    ),
}

PROBLEMS = {
    "a vendor's code in errorCode": Case(
        sent(errorCode="CBC_LOOP", status="Faulted"),
        fault(Code("CBC_LOOP", "errorCode", beyond="field"), problems=ODD_CODE),
    ),
    "Error": Case(
        sent(errorCode="Error", status="Faulted"),
        fault(unknown("Error", "errorCode"), problems=ODD_CODE),
    ),
    "an empty errorCode": Case(
        sent(errorCode="", status="Charging", vendorErrorCode="CBC_LOOP"),
        warning(LOOP, problems=ODD_CODE),
    ),
    "one of two that OCPP does not have": Case(
        sent(errorCode="GroundFailure,Error", status="Faulted"),
        fault(GROUND, unknown("Error", "errorCode"), problems=ODD_CODE),
    ),
    "one of OCPP's codes that the document has not": Case(
        sent(errorCode="WEAKSIGNAL", status="Charging"),
        warning(unknown("WEAKSIGNAL", "errorCode", "WeakSignal")),
    ),
    "one of OCPP's codes in the other field": Case(
        faulted(vendorErrorCode="weakSignal"),
        fault(unknown("weakSignal", code="WeakSignal")),
    ),
    "a status and a code that OCPP does not have": Case(
        sent(errorCode="Error", status="Error"),
        unclear(unknown("Error", "errorCode"), problems=ODD_CODE + ODD_STATUS),
    ),
    "NoError with a vendor's code": Case(
        sent(vendorErrorCode="CBC_LOOP"), warning(LOOP, problems=CONTRADICTS)
    ),
    "NoError with OtherError behind it": Case(
        sent(errorCode="NoError;OtherError", vendorErrorCode="CBC_LOOP"),
        warning(LOOP, problems=CONTRADICTS),
    ),
    "NoError with OtherError in the other field": Case(
        sent(vendorErrorCode="OtherError"), warning(problems=CONTRADICTS)
    ),
    "an error, and NoError in the other field": Case(
        sent(errorCode="GroundFailure", vendorErrorCode="NoError", status="Faulted"),
        fault(GROUND),
    ),
    "NoError of an unknown status": Case(sent(status="Error"), unclear(problems=ODD_STATUS)),
    "NoError with a code of an unknown status": Case(
        sent(status="Error", vendorErrorCode="CBC_LOOP"),
        unclear(LOOP, problems=ODD_STATUS + CONTRADICTS),
    ),
    "OtherError without the other field": Case(
        faulted(), fault(problems=("vendorErrorCode missing",))
    ),
    "otherERROR with null in the other field": Case(
        sent(errorCode="otherERROR", status="Faulted", vendorErrorCode=None),
        fault(problems=("vendorErrorCode missing",)),
    ),
    "OtherError with nothing in the other field": Case(
        faulted(vendorErrorCode=" ; "), fault(problems=("vendorErrorCode missing",))
    ),
    "OtherError with NoError in the other field": Case(faulted(vendorErrorCode="NoError"), fault()),
    "OtherError in both fields": Case(faulted(vendorErrorCode="OtherError"), fault()),
    "OtherError in the other field alone": Case(
        sent(errorCode="GroundFailure", status="Faulted", vendorErrorCode="OtherError"),
        fault(GROUND),
    ),
    "all four at once": Case(
        sent(errorCode="NoError,OtherError,Error", status="Error"),
        unclear(
            unknown("Error", "errorCode"),
            problems=(*ODD_CODE, *ODD_STATUS, *CONTRADICTS, "vendorErrorCode missing"),
        ),
    ),
}

OF_OCPP = (
    *("ConnectorLockFailure", "EVCommunicationError", "GroundFailure", "HighTemperature"),
    *("InternalError", "LocalListConflict", "NoError", "OtherError", "OverCurrentFailure"),
    *("OverVoltage", "PowerMeterFailure", "PowerSwitchFailure", "ReaderFailure", "ResetFailure"),
    *("UnderVoltage", "WeakSignal"),
)
"""OCPP 1.6, section 7.6: ChargePointErrorCode."""


@pytest.mark.parametrize("code", OF_OCPP)
def test_a_code_of_ocpp(code: str, decoder: Decoder) -> None:
    message = sent(errorCode=code.upper(), status="Charging", vendorErrorCode="")
    found = decoder.status_notification(message)["problems"]
    assert found == ([problem_of("vendorErrorCode missing")] if code == "OtherError" else [])


ALL = CONDITIONS | PROBLEMS


@pytest.mark.parametrize("name", ALL)
def test_what_comes_of_a_message(name: str, decoder: Decoder) -> None:
    check(decoder, *ALL[name])


def test_no_case_hides_another() -> None:
    assert len(ALL) == len(CONDITIONS) + len(PROBLEMS)


# What is not of the right type


NO_OBJECTS: list[tuple[object, str]] = [
    *((value, "wrong-type") for value in (None, [], [sent()], 7, 2.5, True, False, ())),
    *((text, "json-text") for text in ("NoError", "", json.dumps(sent()))),
    *((text, "json-text") for text in (b"", json.dumps(sent()).encode(), bytearray(b"{}"))),
    ([2, "19223201", "StatusNotification", sent()], "frame"),
    ([2, "19223201", "Heartbeat", {}], "frame"),
    ([2, 19223201, "StatusNotification"], "frame"),
    # The answer to a request has no payload of this kind, and others are no frame.
    ([3, "19223201", {}], "wrong-type"),
    ([3, "19223201", "StatusNotification", sent()], "wrong-type"),
    ([2, "19223201"], "wrong-type"),
    ([2, "19223201", sent()], "wrong-type"),
    (["2", "19223201", "StatusNotification", sent()], "wrong-type"),
]


@pytest.mark.parametrize(("payload", "problem"), NO_OBJECTS)
def test_a_payload_that_is_no_object(payload: object, problem: str, decoder: Decoder) -> None:
    check(decoder, payload, unclear(problems=(problem,)))


def test_names_of_pythons_own_library(decoder: Decoder) -> None:
    """As it gives them to a handler: nothing of them is guessed, and the condition not either."""
    given = {
        "connector_id": 2,
        "error_code": "OtherError",
        "status": "Faulted",
        "vendor_id": "com.ctek",
        "vendor_error_code": "CBC_LOOP",
    }
    names = ("connectorId", "errorCode", "vendorId", "vendorErrorCode")
    check(decoder, given, unclear(problems=tuple(f"{name} spelling" for name in names)))


MISNAMED = {
    "the status": (
        without(faulted(vendorErrorCode="CBC_LOOP"), "status") | {"Status": "Faulted"},
        unclear(LOOP, problems=("status spelling",)),
    ),
    "the vendor's code": (
        faulted(vendor_error_code="CBC_LOOP"),
        unclear(problems=("vendorErrorCode spelling",)),
    ),
    "the vendor's code beside NoError": (
        sent(vendor_error_code="CBC_LOOP"),
        unclear(problems=("vendorErrorCode spelling",)),
    ),
    "the standard code": (
        without(faulted(vendorErrorCode="CBC_LOOP"), "errorCode") | {"error-code": "OtherError"},
        unclear(LOOP, problems=("errorCode spelling",)),
    ),
    "what does not decide": (
        without(sent(timeStamp="2026-07-11T08:12:09Z", Info="x"), "connectorId")
        | {"connectorID": 2},
        none(problems=("connectorId spelling", "timestamp spelling", "info spelling")),
    ),
    "beside the name itself": (sent(STATUS="Faulted", error_code="GroundFailure"), none()),
    "beside the name itself, null": (
        sent(status=None, STATUS="Faulted"),
        unclear(problems=("status spelling",)),
    ),
    "null": (sent(status=None, STATUS=None), unclear(problems=("status missing",))),
    "null, of a field that need not be": (sent(vendor_id=None), none()),
    "an empty text": (sent(vendor_error_code=""), unclear(problems=("vendorErrorCode spelling",))),
    "another name": (sent(vendorErrorCodes="CBC_LOOP", info2="x", inf="x"), none()),
    "a letter that looks alike": (
        without(sent(), "status") | {"\u017ftatus": "Available"},
        unclear(problems=("status missing",)),
    ),
}


@pytest.mark.parametrize("name", MISNAMED)
def test_a_name_in_another_spelling(name: str, decoder: Decoder) -> None:
    check(decoder, *MISNAMED[name])


def test_a_key_that_is_no_text(decoder: Decoder) -> None:
    check(decoder, {**sent(), 7: "x", None: "x"}, none())


WRONG: dict[str, object] = {
    "a truth value": True,
    "a list": ["CBC_LOOP"],
    "an object": {"text": "CBC_LOOP"},
}
WRONG_TEXTS = WRONG | {"a number": 7}
WRONG_NUMBERS = WRONG | {"a text": "1", "the other truth value": False, "an empty text": ""}


@pytest.mark.parametrize("value", WRONG_TEXTS.values(), ids=WRONG_TEXTS)
@pytest.mark.parametrize("field", ["timestamp", "info", "vendorId"])
def test_a_text_of_another_type(field: str, value: object, decoder: Decoder) -> None:
    [name] = [name for name, sent_as in AS_SENT.items() if sent_as == field]
    problems = (f"{field} wrong-type",)
    check(decoder, sent(**{field: value}), none(problems=problems), **{name: None})


@pytest.mark.parametrize("value", WRONG_TEXTS.values(), ids=WRONG_TEXTS)
def test_codes_and_status_of_another_type(value: object, decoder: Decoder) -> None:
    """As good as absent, and not said to be missing as well."""
    wrong_code = sent(errorCode=value, status="Charging", vendorErrorCode="CBC_LOOP")
    expected = warning(LOOP, problems=("errorCode wrong-type",))
    check(decoder, wrong_code, expected, error_code=None)
    expected = unclear(LOOP, problems=("status wrong-type",))
    check(decoder, faulted(vendorErrorCode="CBC_LOOP") | {"status": value}, expected, status=None)
    expected = fault(problems=("vendorErrorCode wrong-type",))
    check(decoder, faulted(vendorErrorCode=value), expected, vendor_error_code=None)


@pytest.mark.parametrize("value", WRONG_NUMBERS.values(), ids=WRONG_NUMBERS)
def test_a_connector_that_is_no_number(value: object, decoder: Decoder) -> None:
    message = faulted(connectorId=value, vendorErrorCode="NgErrorClientLostConnection")
    expected = fault(Code("NgErrorClientLostConnection"), problems=("connectorId wrong-type",))
    check(decoder, message, expected, connector_id=None)


@pytest.mark.parametrize(
    "text",
    ["-1", "1.5", "0.1", "2147483648", "1e300", "1e400", "-1e400", "1" + "0" * 400, "5e-324"],
)
def test_a_connector_out_of_bounds(text: str, decoder: Decoder) -> None:
    message = sent(connectorId=json.loads(text))
    check(decoder, message, none(problems=("connectorId not-in-ocpp",)), connector_id=None)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("-0", 0), ("-0.0", 0), ("2.0", 2), ("1e0", 1), ("2147483647", 2147483647)],
)
def test_a_connector_within_bounds(text: str, number: int, decoder: Decoder) -> None:
    check(decoder, sent(connectorId=json.loads(text)), none(), connector_id=number)
    answer: Any = decoder.status_notification(sent(connectorId=json.loads(text)))
    assert str(answer["connector_id"]) == str(number)


def test_a_whole_number_written_as_a_fraction_is_that_connector(decoder: Decoder) -> None:
    message = faulted(connectorId=1.0, vendorErrorCode="NgErrorClientLostConnection")
    check(decoder, message, fault(Code("NgErrorClientLostConnection")))


def test_null_is_no_field(decoder: Decoder) -> None:
    nothing = dict.fromkeys(AS_SENT.values())
    expected = unclear(problems=("connectorId missing", "errorCode missing", "status missing"))
    check(decoder, nothing, expected)


def test_problems_are_in_the_order_of_the_fields(decoder: Decoder) -> None:
    message = dict.fromkeys(["vendorErrorCode", "vendorId", "info", "timestamp"], 7)
    message |= {"status": 7, "errorCode": 7, "connectorId": -7}
    problems = (
        "connectorId not-in-ocpp",
        "errorCode wrong-type",
        "status wrong-type",
        "timestamp wrong-type",
        "info wrong-type",
        "vendorId wrong-type",
        "vendorErrorCode wrong-type",
    )
    expected = unclear(problems=problems)
    check(decoder, message, expected, **dict.fromkeys(AS_SENT))
