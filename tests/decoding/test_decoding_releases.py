"""Which release answers, and what a code means in it: told by hand for the made-up series."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.helpers.expected_answers import Code, Decoder, Message, decoder_of, with_texts_alone
from tests.helpers.firmwares import ANSWERING
from tests.helpers.generated_series import FIRST, LAST
from tests.helpers.project import record_digests
from tests.helpers.release_series import PAST_TAG, REAL, SERIES, write_spec


@pytest.fixture(scope="module")
def decoder(tmp_path_factory: pytest.TempPathFactory) -> Decoder:
    return decoder_of(write_spec(tmp_path_factory.mktemp("series") / "spec"))


# Which release answers


@pytest.mark.parametrize("firmware", ANSWERING, ids=lambda firmware: repr(firmware)[:40])
def test_which_release_answers(firmware: str | None, decoder: Decoder) -> None:
    status: Any = decoder.status_notification({}, firmware)
    events: Any = decoder.notify_event({}, firmware)
    for answer in (status, events):
        assert (answer["release"], answer["release_match"]) == ANSWERING[firmware]


def test_the_release_answers_for_what_is_no_message_too(decoder: Decoder) -> None:
    status: Any = decoder.status_notification(None, "r4.9.3")
    events: Any = decoder.notify_event(None, "r4.9.3")
    assert (status["release"], status["release_match"]) == ("r4.9.3", "exact")
    assert (events["release"], events["release_match"]) == ("r4.9.3", "exact")


# What a code means in it


class Case(NamedTuple):
    """A code sent with a firmware, and what has to come of it."""

    firmware: str | None
    code: Code
    status: str = "Faulted"
    connector: int = 1


def standard(code: str, said_by: str, beyond: str = "") -> Code:
    return Code(code, "errorCode", said_by=said_by, beyond=beyond)


def own(code: str, said_by: str, beyond: str = "", sent: str | None = None) -> Code:
    return Code(code, said_by=said_by, beyond=beyond, sent=sent)


FAN, DOOR = "FanBlocked", "DoorOpened"

CASES = (
    # It went, came back, and went once more.
    Case(FIRST, own(FAN, FIRST)),
    Case(FIRST, own(FAN, FIRST), status="Charging"),
    Case("r3.11.15.1", own(FAN, FIRST)),
    Case("r3.12.6", own(FAN, "r4.10.0", "release")),
    Case(REAL, own(FAN, "r4.10.0", "release"), status="Charging"),
    Case("r4.9.2", own(FAN, "r4.10.0", "release")),
    Case("r4.9.3", own(FAN, "r4.9.3")),
    Case("r4.10.7", own(FAN, "r4.10.0")),
    Case(LAST, own(FAN, "r4.10.0", "release")),
    Case("r99.0", own(FAN, "r4.10.0", "release")),
    # Without a firmware nobody can say that its release has not the code.
    Case(None, own(FAN, "r4.10.0")),
    Case("garbage", own(FAN, "r4.10.0")),
    Case(None, own("FrequentPilotChanges", FIRST)),
    Case(None, own("OcuErrorTemperature1", PAST_TAG)),
    # It came, or went, for good.
    Case(FIRST, own("OcuErrorTemperature2", LAST, "release")),
    Case("r3.12.6", own("OcuErrorTemperature2", "r3.12.6")),
    Case(REAL, own("FrequentPilotChanges", FIRST, "release")),
    Case("r4.9.3", own("OcuErrorTemperature1", PAST_TAG, "release")),
    Case("r4.10.0", own("SessionEnergyReached", "r4.9.3", "release")),
    Case("r4.9.3", own("SessionEnergyReached", "r4.9.3")),
    # It moved to the other field.
    Case(FIRST, own("HighTemperature", FIRST)),
    Case(FIRST, standard("HighTemperature", FIRST, "field")),
    Case("r3.12.6", standard("HighTemperature", "r3.12.6")),
    Case("r3.12.6", own("HighTemperature", "r3.12.6", "field")),
    Case("r4.9.3", standard("PowerSwitchFailure", "r4.9.3")),
    Case("r4.10.0", standard("PowerSwitchFailure", "r4.10.0", "field")),
    Case("r4.10.0", own("PowerSwitchFailure", "r4.10.0")),
    Case(None, standard("PowerSwitchFailure", LAST, "field")),
    # It is spelt in another way.
    Case(FIRST, own("EVOverCurrent", FIRST, sent="EvOverCurrent")._replace(spelt="EvOverCurrent")),
    Case(FIRST, own("EVOverCurrent", FIRST)._replace(spelt="EvOverCurrent")),
    Case(REAL, own("Unknown_Error", REAL)._replace(spelt="UNKNOWN_ERROR")),
    # It means something else.
    Case("r3.12.6", standard("GroundFailure", "r3.12.6")),
    Case(REAL, standard("GroundFailure", REAL)),
    Case("r4.10.0", standard("GroundFailure", "r4.10.0")),
    Case(REAL, own("MCU_NOT_RESPONDING", REAL)),
    Case(LAST, own("MCU_NOT_RESPONDING", LAST)),
    Case("r3.11.15.1", own("MCU_NOT_RESPONDING", FIRST)),
    # It may come with a non-error status, or may not.
    Case("r3.12.6", own("CBC_LOOP", "r3.12.6", "status"), status="Charging"),
    Case(REAL, own("CBC_LOOP", REAL), status="Charging"),
    Case("r4.10.0", own("CBC_LOOP", "r4.10.0", "status"), status="Charging"),
    # One of its two meanings says that it may.
    Case("r4.9.3", own("VentilationNotSupported", "r4.9.3"), status="Charging"),
    Case(LAST, own("VentilationNotSupported", LAST), status="Charging"),
    # It is set on certain connectors.
    Case("r3.12.6", own("NgErrorClientLostConnection", "r3.12.6"), connector=2),
    Case(REAL, own("NgErrorClientLostConnection", REAL, "connector"), connector=2),
    Case("r4.9.3", own(DOOR, "r4.9.3", "connector"), connector=2),
    Case("r4.10.0", own(DOOR, "r4.10.0"), connector=2),
    Case("r4.10.0", own(DOOR, "r4.10.0", "connector"), connector=3),
    # It is no longer used.
    Case("r3.12.6", own("OcuErrorRelayCount", "r3.12.6")),
    Case(REAL, own("OcuErrorRelayCount", REAL, "deprecated")),
    Case("r4.9.3", own("OcuErrorSelfTest", "r4.9.3", "deprecated")),
    Case("r4.9.3", own("OcuErrorSelfTest", "r4.9.3", "status deprecated"), status="Charging"),
    Case(LAST, own("OcuErrorSelfTest", LAST)),
    # Several reasons, in their order.
    Case(REAL, own(DOOR, LAST, "release status"), status="Charging"),
    Case(
        REAL,
        Code(DOOR, "errorCode", said_by=LAST, beyond="release field status connector"),
        status="Charging",
        connector=3,
    ),
)


@pytest.mark.parametrize("case", CASES)
def test_what_a_code_means(case: Case, decoder: Decoder) -> None:
    expected = case.code.expected(str(case.connector))
    message: Message = {
        "connectorId": case.connector,
        "errorCode": "OtherError",
        "status": case.status,
        case.code.field: expected["sent"],
    }
    answer: Any = with_texts_alone(decoder.status_notification(message, case.firmware))
    assert answer["codes"] == [expected]
    assert answer["goes_beyond_document"] == bool(case.code.beyond)


def test_an_event_means_what_its_firmware_says(decoder: Decoder) -> None:
    """Of CBC_LOOP only r4.4.3 to r4.9.3 say that it need not be a fault."""
    payload = {"eventData": [{"techCode": "CBC_LOOP"}]}
    found = {}
    for firmware in (FIRST, REAL, "r4.10.0", None):
        answer: Any = decoder.notify_event(payload, firmware)
        found[firmware] = answer["events"][0]["condition_from"]
    assert found == {FIRST: "document", REAL: None, "r4.10.0": "document", None: "document"}


def test_a_fault_that_another_release_documents(decoder: Decoder) -> None:
    """The firmware's release has not the code: the newest meaning tells."""
    answer: Any = decoder.notify_event({"eventData": [{"techCode": DOOR}]}, REAL)
    [one] = answer["events"]
    assert (one["condition"], one["condition_from"]) == ("fault", "document")
    assert with_texts_alone(one["codes"]) == [
        Code(DOOR, "techCode", said_by=LAST, beyond="release").expected()
    ]


# Several meanings


def spec_of_many_meanings(folder: Path) -> Path:
    """r4.4.3 with entries more, of which each alone would go beyond the document."""
    spec = write_spec(folder, [REAL])
    more = {
        "NgErrorOfflineEMS": ["It hums. This is set only on connector 1."],
        "OcuErrorGeneric": [f"It hums. This is set only on connector {n}." for n in (1, 2)],
        "OcuErrorRelayCount": ["It counts."],
    }
    text = SERIES[REAL]
    for code, texts in more.items():
        entries = "".join(f"**{code}** {one}\n\n" for one in texts)
        text = text.replace(f"**{code}** ", f"{entries}**{code}** ")
    (spec / f"{REAL}.md").write_bytes(text.encode())
    record_digests(spec)
    return spec


@pytest.fixture(scope="module")
def many_meanings(tmp_path_factory: pytest.TempPathFactory) -> Decoder:
    return decoder_of(spec_of_many_meanings(tmp_path_factory.mktemp("many") / "spec"))


def test_every_meaning_has_to_be_against_it(many_meanings: Decoder) -> None:
    def reasons(code: str, connector: int) -> list[str]:
        message = {"connectorId": connector, "status": "Faulted", "vendorErrorCode": code}
        answer: Any = many_meanings.status_notification(message)
        [found] = answer["codes"]
        said: list[str] = found["beyond_document"]
        return said

    assert reasons("NgErrorOfflineEMS", 2) == [], "one meaning is for every connector"
    assert reasons("OcuErrorRelayCount", 1) == [], "one meaning is still in use"
    assert reasons("NgErrorClientLostConnection", 2) == ["connector"]
    assert reasons("OcuErrorSelfTest", 3) == []


# A code with a separator in it


def spec_with_separators(folder: Path) -> Path:
    """r4.4.3 with a code that looks like a list."""
    spec = write_spec(folder, [REAL])
    text = SERIES[REAL].replace("**NoPPDetected**", "**No,Hum;PPDetected**")
    (spec / f"{REAL}.md").write_bytes(text.encode())
    record_digests(spec)
    return spec


@pytest.fixture(scope="module")
def separators(tmp_path_factory: pytest.TempPathFactory) -> Decoder:
    return decoder_of(spec_with_separators(tmp_path_factory.mktemp("separators") / "spec"))


def test_a_code_of_the_catalogue_is_never_divided(separators: Decoder) -> None:
    message = {"vendorErrorCode": " no,hum;ppdetecteD "}
    answer: Any = separators.status_notification(message)
    assert [one["code"] for one in answer["codes"]] == ["No,Hum;PPDetected"]
    message = {"vendorErrorCode": "No,Hum;PPDetected,CBC_LOOP"}
    answer = separators.status_notification(message)
    assert [one["sent"] for one in answer["codes"]] == ["No", "Hum", "PPDetected", "CBC_LOOP"]
