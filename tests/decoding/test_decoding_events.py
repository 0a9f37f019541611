"""What has to come of a NotifyEvent, told by hand from docs/decoding.md and OCPP 2.0.1 and 2.1."""

import copy
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.helpers.expected_answers import (
    Code,
    Decoder,
    Expected,
    Message,
    decoder_of,
    problem_of,
    unknown,
    with_texts_alone,
)
from tests.helpers.release_series import REAL


@pytest.fixture(scope="module")
def decoder(r4_4_3: Path) -> Decoder:
    return decoder_of(r4_4_3 / "spec")


def event(**fields: object) -> Message:
    """An event with what OCPP requires, of a variable that does not tell whether it is a fault."""
    return {
        "eventId": 3,
        "timestamp": "2026-07-11T08:12:09Z",
        "trigger": "Alerting",
        "actualValue": "true",
        "eventNotificationType": "HardWiredNotification",
        "component": {"name": "Connector", "evse": {"id": 1, "connectorId": 2}},
        "variable": {"name": "Problem"},
        **fields,
    }


def state(value: object, **fields: object) -> Message:
    """An event of the variable that is the status."""
    return event(variable={"name": "AvailabilityState"}, actualValue=value, **fields)


def without(message: Message, *names: str) -> Message:
    return {name: value for name, value in message.items() if name not in names}


AS_SENT = {
    "event_id": ("eventId",),
    "evse_id": ("component", "evse", "id"),
    "connector_id": ("component", "evse", "connectorId"),
    "component": ("component", "name"),
    "variable": ("variable", "name"),
    "actual_value": ("actualValue",),
    "tech_code": ("techCode",),
    "tech_info": ("techInfo",),
    "cleared": ("cleared",),
    "severity": ("severity",),
    "timestamp": ("timestamp",),
}
"""What of the event is told again, by what name, and where it stands in the event."""


def at(value: Any, path: tuple[str, ...]) -> object:  # noqa: ANN401
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def check(decoder: Decoder, one: object, expected: Expected, **otherwise: object) -> None:
    """`otherwise` is what the answer does not repeat as it was sent."""
    again = {name: at(one, path) for name, path in AS_SENT.items()} | otherwise
    answer = expected.answer({"condition_from": expected.condition_from, **again})
    payload = {"generatedAt": "2026-07-11T08:12:09Z", "seqNo": 0, "eventData": [one]}
    before = copy.deepcopy(payload)
    assert with_texts_alone(decoder.notify_event(payload)) == {
        "release": REAL,
        "release_match": "newest",
        "events": [answer],
        "problems": [],
    }
    assert payload == before


class Case(NamedTuple):
    message: Message
    expected: Expected


def told(condition: str, told_by: str | None, *codes: Code) -> Expected:
    return Expected(condition, codes, (), told_by)


LOOP = Code("CBC_LOOP", "techCode")
GROUND = Code("GroundFailure", "techCode")
GROUND_ALONG = Code("GroundFailure", "techCode", beyond="status")
SNEEZE = unknown("Sneeze", "techCode")

CONDITIONS = {
    # cleared
    "cleared": Case(event(cleared=True, techCode="CBC_LOOP"), told("none", "cleared", LOOP)),
    "cleared, whatever else": Case(
        state("Faulted", cleared=True, techCode="GroundFailure", severity=0),
        told("none", "cleared", GROUND),
    ),
    # the variable Problem
    "no problem any more": Case(
        event(actualValue="false", techCode="CBC_LOOP"), told("none", "problem", LOOP)
    ),
    "no problem any more, whatever the document says": Case(
        event(actualValue="FALSE", variable={"name": "problem"}, techCode="GroundFailure"),
        told("none", "problem", GROUND),
    ),
    "no problem any more, whatever the severity": Case(
        event(actualValue="false", techCode="GroundFailure", severity=2),
        told("none", "problem", GROUND),
    ),
    "no problem any more, and cleared": Case(
        event(actualValue="false", techCode="CBC_LOOP", cleared=True), told("none", "cleared", LOOP)
    ),
    "another variable is false": Case(
        event(actualValue="false", variable={"name": "Active"}, techCode="GroundFailure"),
        told("fault", "document", GROUND),
    ),
    "a problem that is something else than false": Case(
        event(actualValue="false ", techCode="GroundFailure"), told("fault", "document", GROUND)
    ),
    "not cleared": Case(
        event(cleared=False, techCode="GroundFailure"), told("fault", "document", GROUND)
    ),
    # severity
    **{
        f"severity {number}": Case(event(severity=number), told(condition, "severity"))
        for condition, numbers in {"fault": range(5), "warning": (5, 6), "none": (7, 8, 9)}.items()
        for number in numbers
    },
    "severity and a code that may": Case(
        event(severity=6, techCode="CBC_LOOP"), told("warning", "severity", LOOP)
    ),
    "severity and a code that may not": Case(
        event(severity=5, techCode="GroundFailure"), told("warning", "severity", GROUND_ALONG)
    ),
    "severity none and a code that may not": Case(
        event(severity=7, techCode="GroundFailure"), told("none", "severity", GROUND_ALONG)
    ),
    "severity fault and a code that may not": Case(
        event(severity=4, techCode="GroundFailure"), told("fault", "severity", GROUND)
    ),
    "severity before the status": Case(
        state("Faulted", severity=9, techCode="GroundFailure"),
        told("none", "severity", GROUND_ALONG),
    ),
    "severity as a fraction": Case(event(severity=5.0), told("warning", "severity")),
    # status
    "Faulted": Case(state("Faulted"), told("fault", "status")),
    "Faulted with a code": Case(
        state("Faulted", techCode="GroundFailure"), told("fault", "status", GROUND)
    ),
    "Faulted in another case": Case(
        event(variable={"name": "availabilitystate"}, actualValue="FAULTED"),
        told("fault", "status"),
    ),
    **{
        f"{value} with a code": Case(
            state(value, techCode="CBC_LOOP"), told("warning", "status", LOOP)
        )
        for value in ("Available", "Occupied", "Reserved", "Unavailable")
    },
    "Occupied with a code that may not": Case(
        state("occupied", techCode="GroundFailure"), told("warning", "status", GROUND_ALONG)
    ),
    "Occupied with a code that is unknown": Case(
        state("Occupied", techCode="Sneeze"), told("warning", "status", SNEEZE)
    ),
    "Occupied with OtherError": Case(
        state("Occupied", techCode="OtherError"), told("warning", "status")
    ),
    "Occupied with NoError": Case(state("Occupied", techCode="NoError"), told("none", "status")),
    "Occupied without a code": Case(state("Occupied"), told("none", "status")),
    "Occupied with nothing but separators": Case(
        state("Occupied", techCode=",;"), told("none", "status")
    ),
    "a status of OCPP 1.6": Case(
        state("Charging", techCode="GroundFailure"), told("fault", "document", GROUND)
    ),
    "a status with a blank": Case(state("Faulted "), told("unknown", None)),
    "a status with a letter like one of its own": Case(
        state("Re\N{LATIN SMALL LETTER LONG S}erved"), told("unknown", None)
    ),
    "a variable with a letter like one of its own": Case(
        event(
            variable={"name": "Availability\N{LATIN SMALL LETTER LONG S}tate"},
            actualValue="Faulted",
        ),
        told("unknown", None),
    ),
    "the same value of another variable": Case(event(actualValue="Faulted"), told("unknown", None)),
    # the document
    "a code that may not": Case(event(techCode="GroundFailure"), told("fault", "document", GROUND)),
    "a code that may not, behind others": Case(
        event(techCode="CBC_LOOP;Sneeze, GroundFailure"),
        told("fault", "document", LOOP, SNEEZE, GROUND),
    ),
    "a code that may": Case(event(techCode="CBC_LOOP"), told("unknown", None, LOOP)),
    "a code that is unknown": Case(event(techCode="Sneeze"), told("unknown", None, SNEEZE)),
    "one of OCPP 1.6": Case(
        event(techCode="weaksignal"),
        told("unknown", None, unknown("weaksignal", "techCode", "WeakSignal")),
    ),
    "NoError": Case(event(techCode="NoError"), told("unknown", None)),
    "no code": Case(event(), told("unknown", None)),
    # What goes beyond the document
    "never for its field": Case(
        event(techCode="MCU_NOT_RESPONDING"),
        told("fault", "document", Code("MCU_NOT_RESPONDING", "techCode")),
    ),
    "never for its connector": Case(
        state("Faulted", techCode="NgErrorClientLostConnection"),
        told("fault", "status", Code("NgErrorClientLostConnection", "techCode")),
    ),
    "no longer used": Case(
        event(techCode="OcuErrorRelayCount"),
        told("unknown", None, Code("OcuErrorRelayCount", "techCode", beyond="deprecated")),
    ),
    # Texts
    "blanks and another case": Case(
        event(techCode=" cbc_loop  "),
        told("unknown", None, Code("CBC_LOOP", "techCode", "cbc_loop")),
    ),
    "longer than may be": Case(
        event(techCode=" " * 1001), told("unknown", None, unknown(" " * 1001, "techCode"))
    ),
    "surplus fields": Case(
        event(errorCode="GroundFailure", vendorErrorCode="CBC_LOOP", status="Faulted"),
        told("unknown", None),
    ),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_what_comes_of_an_event(name: str, decoder: Decoder) -> None:
    check(decoder, *CONDITIONS[name])


# What is missing, or not of the right type

WRONG: dict[str, object] = {
    "a list": ["CBC_LOOP"],
    "a truth value": True,
    "a number": 7,
    "a text": "CBC_LOOP",
    "an object": {"name": "Connector"},
}
TYPES = {
    "eventId": "a number",
    "timestamp": "a text",
    "actualValue": "a text",
    "component": "an object",
    "variable": "an object",
    "techCode": "a text",
    "techInfo": "a text",
    "cleared": "a truth value",
    "severity": "a number",
}
REQUIRED = ("eventId", "timestamp", "actualValue", "component", "variable")


def names_below(field: str) -> dict[str, None]:
    """The parts of the answer that come from a field."""
    return {name: None for name, path in AS_SENT.items() if path[0] == field}


def unclear(*problems: str) -> Expected:
    return Expected("unknown", (), problems)


@pytest.mark.parametrize("field", TYPES)
def test_a_field_that_is_not_there(field: str, decoder: Decoder) -> None:
    problems = [f"{field} missing"] if field in REQUIRED else []
    for one in (without(event(), field), event(**{field: None})):
        check(decoder, one, unclear(*problems))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param(field, value, id=f"{field} {name}")
        for field, right in TYPES.items()
        for name, value in WRONG.items()
        if name != right
    ],
)
def test_a_field_of_another_type(field: str, value: object, decoder: Decoder) -> None:
    expected = unclear(f"{field} wrong-type")
    check(decoder, event(**{field: value}), expected, **names_below(field))


@pytest.mark.parametrize("text", ["10", "-1", "0.5", "1e400"])
def test_a_severity_that_there_is_not(text: str, decoder: Decoder) -> None:
    one = state("Faulted", severity=json.loads(text))
    expected = Expected("fault", (), ("severity not-in-ocpp",), "status")
    check(decoder, one, expected, severity=None)


def test_an_event_id_that_there_is_not(decoder: Decoder) -> None:
    check(decoder, event(eventId=-1), unclear("eventId not-in-ocpp"), event_id=None)
    check(decoder, event(eventId=2147483647), unclear())
    check(decoder, event(eventId=2147483648), unclear("eventId not-in-ocpp"), event_id=None)


COMPONENTS: dict[str, tuple[object, tuple[str, ...], Message]] = {
    "nothing in it": ({}, ("component.name missing",), {}),
    "without an EVSE": ({"name": "Controller"}, (), {}),
    "an EVSE that is null": ({"name": "Controller", "evse": None}, (), {}),
    "an EVSE without a connector": ({"name": "EVSE", "evse": {"id": 0}}, (), {}),
    "an EVSE with nothing in it": ({"name": "X", "evse": {}}, ("component.evse.id missing",), {}),
    "a connector without an EVSE's id": (
        {"name": "X", "evse": {"connectorId": 1}},
        ("component.evse.id missing",),
        {},
    ),
    "an EVSE that is no object": (
        {"name": "X", "evse": 1},
        ("component.evse wrong-type",),
        {},
    ),
    "all that is in it of another type": (
        {"name": 1, "evse": {"id": "1", "connectorId": True}},
        (
            "component.name wrong-type",
            "component.evse.id wrong-type",
            "component.evse.connectorId wrong-type",
        ),
        {"component": None, "evse_id": None, "connector_id": None},
    ),
    "numbers that there are not": (
        {"name": "X", "evse": {"id": -1, "connectorId": 1.5}},
        ("component.evse.id not-in-ocpp", "component.evse.connectorId not-in-ocpp"),
        {"evse_id": None, "connector_id": None},
    ),
}


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component(name: str, decoder: Decoder) -> None:
    component, problems, otherwise = COMPONENTS[name]
    check(decoder, event(component=component), unclear(*problems), **otherwise)


def test_a_variable_without_its_name(decoder: Decoder) -> None:
    check(decoder, event(variable={}), unclear("variable.name missing"))
    one = event(variable={"name": ["AvailabilityState"]}, actualValue="Faulted")
    check(decoder, one, unclear("variable.name wrong-type"), variable=None)


def test_problems_are_in_the_order_of_the_fields(decoder: Decoder) -> None:
    one: Message = {field: [] for field in reversed(TYPES)}
    check(decoder, one, unclear(*(f"{f} wrong-type" for f in TYPES)), **dict.fromkeys(AS_SENT))
    missing = unclear(*(f"{field} missing" for field in REQUIRED))
    check(decoder, {}, missing)


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        *((one, "wrong-type") for one in (None, 7, True, [event(techCode="CBC_LOOP")])),
        ("CBC_LOOP", "json-text"),
        ([2, "1", "NotifyEvent", {}], "frame"),
    ],
)
def test_an_event_that_is_no_object(one: object, problem: str, decoder: Decoder) -> None:
    check(decoder, one, unclear(problem))


def spelt(field: str, name: str, **fields: object) -> Message:
    """An event with a field that is called otherwise."""
    message = event(**fields)
    return {name if key == field else key: value for key, value in message.items()}


@pytest.mark.parametrize("field", ["techCode", "cleared", "severity", "actualValue", "variable"])
def test_an_event_with_a_name_that_decides_in_another_spelling(
    field: str, decoder: Decoder
) -> None:
    """Whatever else it says: not known, and the document is not asked either."""
    whole = {"techCode": "MCU_NOT_RESPONDING", "severity": 2, field: event().get(field, True)}
    answer: Any = decoder.notify_event({"eventData": [spelt(field, f"_{field}", **whole)]})
    [one] = answer["events"]
    assert (one["condition"], one["condition_from"]) == ("unknown", None)
    assert one["problems"] == [problem_of(f"{field} spelling")]


def test_an_event_with_other_names_in_another_spelling(decoder: Decoder) -> None:
    component = {"NAME": "Connector", "evse": {"ID": 1, "connector_id": 2}}
    one = spelt("eventId", "event_id", component=component, severity=2, TechInfo="x")
    answer: Any = decoder.notify_event({"eventData": [one]})
    [said] = answer["events"]
    assert (said["condition"], said["condition_from"]) == ("fault", "severity")
    names = ("eventId", "component.name", "component.evse.id", "component.evse.connectorId")
    assert said["problems"] == [problem_of(f"{name} spelling") for name in (*names, "techInfo")]


def test_the_name_of_a_variable_in_another_spelling(decoder: Decoder) -> None:
    one = event(variable={"Name": "Problem"}, severity=2)
    answer: Any = decoder.notify_event({"eventData": [one]})
    [said] = answer["events"]
    assert (said["condition"], said["condition_from"]) == ("unknown", None)
    assert said["problems"] == [problem_of("variable.name spelling")]


# The message around the events


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        (None, "wrong-type"),
        ([event()], "wrong-type"),
        ("eventData", "json-text"),
        (b'{"eventData": []}', "json-text"),
        ([2, "1", "NotifyEvent", {"eventData": [event()]}], "frame"),
        (7, "wrong-type"),
        ({}, "eventData missing"),
        ({"eventData": None}, "eventData missing"),
        ({"eventData": {}}, "eventData wrong-type"),
        ({"eventData": "[]"}, "eventData wrong-type"),
        ({"events": []}, "eventData missing"),
        ({"eventdata": []}, "eventData spelling"),
        ({"event_data": [event()]}, "eventData spelling"),
    ],
)
def test_a_message_without_events(payload: object, problem: str, decoder: Decoder) -> None:
    assert decoder.notify_event(payload) == {
        "release": REAL,
        "release_match": "newest",
        "events": [],
        "problems": [problem_of(problem)],
    }


def test_events_are_answered_in_their_order(decoder: Decoder) -> None:
    some = [event(eventId=2), None, state("Faulted", eventId=1)]
    answer: Any = decoder.notify_event({"eventData": some}, "r4.5.0")
    assert (answer["release"], answer["release_match"]) == (REAL, "nearest_earlier")
    assert [one["event_id"] for one in answer["events"]] == [2, None, 1]
    assert [one["condition"] for one in answer["events"]] == ["unknown", "unknown", "fault"]
    assert [len(one["problems"]) for one in answer["events"]] == [0, 1, 0]
    assert answer["problems"] == []


def test_no_events_are_no_problem(decoder: Decoder) -> None:
    answer = decoder.notify_event({"eventData": []})
    assert (answer["events"], answer["problems"]) == ([], [])
