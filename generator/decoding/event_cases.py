"""Cases of NotifyEvent, OCPP 2.0.1 and 2.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..runtime import ocpp
from ..runtime.ocpp import LONGEST_LIST
from .cases import (
    NO_OBJECTS,
    UNKNOWN,
    Case,
    Message,
    all_wrong,
    connectors_of,
    may_go_on,
    spelt_otherwise,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Catalogue


def _event(code: str | None, **fields: object) -> Message:
    """An event as OCPP 2.0.1 has it, with some fields in place of the usual ones."""
    usual: Message = {
        "eventId": 1,
        "timestamp": "2026-07-11T08:12:09Z",
        "trigger": "Alerting",
        "actualValue": "true",
        "eventNotificationType": "HardWiredNotification",
        "component": {"name": "Connector", "evse": {"id": 1, "connectorId": 1}},
        "variable": {"name": "Problem"},
    }
    return {**usual, **({} if code is None else {"techCode": code}), **fields}


def _notice(*events: object) -> Message:
    return {
        "generatedAt": "2026-07-11T08:12:09Z",
        "seqNo": 0,
        "tbc": False,
        "eventData": list(events),
    }


def notify_events(catalogue: Catalogue) -> Iterator[Case]:
    """Cases of NotifyEvent, the plain ones first."""
    codes = [code.code for code in catalogue.codes]
    for code in codes:
        yield Case(code, _notice(_event(code)))
        yield Case(f"{code}, a warning", _notice(_event(code, severity=6)))
    goes_on = {may_go_on(catalogue, code): code for code in catalogue.codes}
    samples = [goes_on[one].code for one in (None, False, True) if one in goes_on]
    for code in samples or [UNKNOWN]:
        yield from _told_otherwise(code)
    yield from _several(samples)
    yield from _of_connectors(catalogue)
    yield from _odd_events(codes[0] if codes else UNKNOWN)
    for code in samples or [UNKNOWN]:
        yield from _misnamed(code)


def _told_otherwise(code: str) -> Iterator[Case]:
    """What an event itself says of the condition, or does not."""
    yield Case(f"{code}, cleared", _notice(_event(code, cleared=True)))
    yield Case(f"{code}, cleared, severe", _notice(_event(code, cleared=True, severity=0)))
    yield Case(f"{code}, not cleared", _notice(_event(code, cleared=False)))
    for variable, value in (
        ("Problem", "false"),
        ("problem", "FALSE"),
        ("Problem", "true"),
        ("Problem", "false "),
        ("Prob\u017fem", "false"),
        ("Active", "false"),
    ):
        event = _event(code, variable={"name": variable}, actualValue=value)
        yield Case(f"{code}, {variable!a} {value!r}", _notice(event))
        yield Case(f"{code}, {variable!a} {value!r}, severe", _notice({**event, "severity": 2}))
    for severity in (*range(11), -1, 2.0, 2.5, "2", None):
        event = _event(code, severity=severity)
        yield Case(f"{code}, severity {severity!r}", _notice(event))
    state = ocpp.AVAILABILITY_STATE
    for status in (*ocpp.AVAILABILITY_STATES, "faulted", "Charging", "Re\u017ferved"):
        event = _state(code, status)
        yield Case(f"{code}, {state} {status}", _notice(event))
        yield Case(f"{code}, {state} {status}, severe", _notice({**event, "severity": 2}))
        yield Case(f"{code}, {state} {status}, cleared", _notice({**event, "cleared": True}))
        other = _event(code, actualValue=status)
        yield Case(f"{code}, another variable, {status}", _notice(other))
    for variable in ("availabilityState", "Availability\u017ftate"):
        event = _state(code, "Faulted", variable={"name": variable})
        yield Case(f"{code}, variable {variable}", _notice(event))
    for firmware in ("0.0", "99999.0", "firmware"):
        yield Case(f"{code}, firmware {firmware}", _notice(_event(code)), firmware)


def _state(code: str | None, status: str, **fields: object) -> Message:
    """An event with the status of a connector."""
    variable = {"name": ocpp.AVAILABILITY_STATE}
    return _event(code, **{"variable": variable, "actualValue": status, **fields})


def _several(codes: list[str]) -> Iterator[Case]:
    """Several codes, or none, and several events."""
    for what, text in {
        "no code": None,
        "an unknown code": UNKNOWN,
        "several codes": "; ".join([*codes, UNKNOWN, ocpp.NO_ERROR]),
        "several codes, the other way round": ",".join([UNKNOWN, *reversed(codes)]),
        "nothing but separators": " ,; ",
        "NoError": ocpp.NO_ERROR,
        "OtherError": ocpp.OTHER_ERROR,
        f"{LONGEST_LIST} blanks": " " * LONGEST_LIST,
        f"{LONGEST_LIST + 1} blanks": " " * (LONGEST_LIST + 1),
    }.items():
        yield Case(what, _notice(_event(text, techInfo="Relay 2")))
        for status in ocpp.AVAILABILITY_STATES:
            event = _state(text, status)
            yield Case(f"{what}, {ocpp.AVAILABILITY_STATE} {status}", _notice(event))
    first = codes[0] if codes else UNKNOWN
    events = (_event(first), _event(None), 4, _event(UNKNOWN, eventId=2))
    yield Case("several events", _notice(*events))


def _of_connectors(catalogue: Catalogue) -> Iterator[Case]:
    """Codes that are set on certain connectors only: those of an event are others."""
    for code in catalogue.codes:
        numbers = connectors_of(catalogue, code)
        if numbers:
            evse = {"id": 1, "connectorId": max(numbers) + 1}
            event = _event(code.code, component={"name": "Connector", "evse": evse})
            yield Case(f"{code.code} on another connector", _notice(event))


def _misnamed(code: str) -> Iterator[Case]:
    """Names in another spelling: all of them, and of one field alone."""
    whole = _event(code, techInfo="Relay 2", cleared=True, severity=6)
    for what, spelt in spelt_otherwise(_notice(whole)):
        yield Case(f"{code}, every name {what}", spelt)
    for what, spelt in spelt_otherwise(whole):
        yield Case(f"{code}, every name of an event {what}", _notice(spelt))
    for event in (_event(code, techInfo="Relay 2"), _state(code, "Faulted"), whole):
        for field in event:
            one = {key: value for key, value in event.items() if key != field}
            named = {**one, field.upper(): event[field]}
            said = event["cleared"] if "cleared" in event else event["actualValue"]
            yield Case(f"{code}, {field} named {field.upper()}, {said}", _notice(named))
    evse = {"ID": 1, "connector_id": 1}
    names = {"component": {"Name": "Connector", "evse": evse}, "variable": {"Name": "Problem"}}
    yield Case(f"{code}, names within named otherwise", _notice(_event(code, **names)))
    component = {"name": "Connector", "EVSE": {"id": 1}}
    yield Case(f"{code}, evse named EVSE", _notice(_event(code, component=component)))
    variable = {"name": None, "NAME": "Problem"}
    yield Case(f"{code}, a variable's name twice", _notice(_event(code, variable=variable)))


def _odd_events(code: str) -> Iterator[Case]:
    """Fields that are missing or of the wrong type, from the whole payload to an EVSE's number."""
    for field in (*_event(code), "techInfo", "cleared"):
        odds: tuple[object, ...] = (None, 7, "", [], {})
        for odd in odds:
            yield Case(f"{field} {odd!r}", _notice(_event(code, **{field: odd})))
    evses: tuple[object, ...] = (None, {}, {"id": 0}, {"id": "1"}, {"id": 1, "connectorId": -1}, 1)
    pairs = ((-1, "1"), (1, None), (0, 0), (None, 2))
    for evse in (*evses, *({"id": one, "connectorId": other} for one, other in pairs)):
        component = {"name": "Connector", "evse": evse}
        yield Case(f"evse {evse!r}", _notice(_event(code, component=component)))
    names = {"name": 7, "evse": {"id": [], "connectorId": True}}
    yield Case("names of the wrong type", _notice(_event(code, component=names, variable=names)))
    for number in (-1, 1.5, 2**31 - 1, 2**31):
        yield Case(f"eventId {number!r}", _notice(_event(code, eventId=number)))
    for what, event in all_wrong(_event(code, techInfo="", cleared=False, severity=0)):
        yield Case(f"every field of an event {what}", _notice(event))
    values: tuple[object, ...] = (*NO_OBJECTS, {})
    for value in values:
        yield Case(f"a payload that is {value!r}", value)
        yield Case(f"eventData that is {value!r}", {**_notice(), "eventData": value})
        yield Case(f"an event that is {value!r}", _notice(value))
