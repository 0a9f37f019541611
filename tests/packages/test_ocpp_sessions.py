"""Charge points talk OCPP to central systems, which decode what they say with the packages.

Each session is two processes that talk over websockets on the loopback: the central system and the
charge point of tests/sessions, with the libraries of other people. The packages are installed as
they are committed; what they have to answer is written by hand here, from the vendor's document.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.helpers.packages import build, npm_install, npm_pack
from tests.helpers.project import ROOT
from tests.helpers.tools import NODE_BIN, copy_of, node_tool, output_of, python_module, run

SESSIONS = ROOT / "tests" / "sessions"
FIRMWARE = "r4.4.3-0-g33e0f28c"
TIME = "2026-07-11T08:12:09Z"

Message = tuple[str, dict[str, object]]


# What is said


def booted_16() -> Message:
    station = {"chargePointVendor": "CTEK", "chargePointModel": "Chargestorm"}
    return "BootNotification", {**station, "firmwareVersion": FIRMWARE}


def booted_2() -> Message:
    station = {"vendorName": "CTEK", "model": "Chargestorm", "firmwareVersion": FIRMWARE}
    return "BootNotification", {"reason": "PowerUp", "chargingStation": station}


def status(**payload: object) -> Message:
    return "StatusNotification", {"connectorId": 2, "timestamp": TIME, **payload}


def event(number: int, variable: str, value: str, **payload: object) -> dict[str, object]:
    return {
        "eventId": number,
        "timestamp": TIME,
        "trigger": "Alerting",
        "actualValue": value,
        "eventNotificationType": "HardWiredNotification",
        "component": {"name": "Connector", "evse": {"id": 1, "connectorId": 1}},
        "variable": {"name": variable},
        **payload,
    }


def notified(*events: dict[str, object]) -> Message:
    return "NotifyEvent", {"generatedAt": TIME, "seqNo": 0, "eventData": list(events)}


# What it means


class Code(NamedTuple):
    """A code as it was sent, its texts, and in what it goes beyond the document."""

    sent: str
    texts: list[str]
    beyond_document: list[str]


class Meant(NamedTuple):
    """What has to be told of a message, or of an event."""

    condition: str
    codes: tuple[Code, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    told_by: str | None = None


NO_PP = Code("NoPPDetected", ["The PP resistor can't be read / found."], [])
LOOP_TEXT = "The EV has been seen switching between state B and state C too often."
LOOP = Code("CBC_LOOP", [LOOP_TEXT], [])

# OCPP 1.6. The first is a real message of a Chargestorm Connected: github.com/lbbrhzn/ocpp, issue
# 1987. OCPP does not have the errorCode "Error", which real chargers send all the same.
FAULTED = status(
    errorCode="OtherError", status="Faulted", vendorErrorCode="NoPPDetected", vendorId="com.ctek"
)
CHARGING = status(errorCode="OtherError", status="Charging", vendorErrorCode="CBC_LOOP")
IRREGULAR = status(errorCode="Error", status="Charging", vendorErrorCode="cbc_loop; NotYetKnown")
AVAILABLE = status(errorCode="NoError", status="Available")

FAULT = Meant("fault", (NO_PP,))
WARNING = Meant("warning", (LOOP,))
WARNING_ALL_THE_SAME = Meant(
    "warning",
    (
        Code("Error", [], ["code"]),
        Code("cbc_loop", [LOOP_TEXT], []),
        Code("NotYetKnown", [], ["code"]),
    ),
    problems=(("errorCode", "not-in-ocpp"),),
)
NOTHING_WRONG = Meant("none")

# OCPP 2.0.1 and 2.1. NoPPDetected may be a fault or a warning; the second event tells not which.
OCCUPIED = event(1, "AvailabilityState", "Occupied", techCode="CBC_LOOP")
PROBLEM = event(2, "Problem", "true", techCode="NoPPDetected", techInfo="Pilot", cleared=False)
CLEARED = event(3, "Problem", "false", techCode="NoPPDetected", cleared=True)
SEVERE = event(4, "Problem", "true", techCode="NoPPDetected", severity=4)

OCCUPIED_WITH_WARNING = Meant("warning", (LOOP,), told_by="status")
NOT_TOLD = Meant("unknown", (NO_PP,))
OVER = Meant("none", (NO_PP,), told_by="cleared")
SEVERE_FAULT = Meant("fault", (NO_PP,), told_by="severity")


# The sessions


class Session(NamedTuple):
    """What a charge point says in a protocol, and what its central system has to understand."""

    protocol: str
    strictness: str
    said: list[Message]
    meant: list[Meant]


OF_16 = [booted_16(), FAULTED, CHARGING, IRREGULAR, AVAILABLE]
SESSION_OF = {
    # The central system refuses the irregular message before the package is asked.
    "1.6": Session("ocpp1.6", "strict", OF_16, [FAULT, WARNING, NOTHING_WRONG]),
    "1.6, lenient": Session(
        "ocpp1.6", "lenient", OF_16, [FAULT, WARNING, WARNING_ALL_THE_SAME, NOTHING_WRONG]
    ),
    "2.0.1": Session(
        "ocpp2.0.1",
        "strict",
        [booted_2(), notified(OCCUPIED, PROBLEM), notified(CLEARED)],
        [OCCUPIED_WITH_WARNING, NOT_TOLD, OVER],
    ),
    # Lenient, since ocpp-rpc 2.2.1 finds its own schemas of 2.1 under no name, and so refuses all.
    "2.1": Session("ocpp2.1", "lenient", [booted_2(), notified(SEVERE)], [SEVERE_FAULT]),
}

Command = tuple[str | Path, ...]
PYTHON: Command = (sys.executable, "-W", "error")


@pytest.fixture(scope="module")
def folder_of_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed, for a Python that has `ocpp` and `websockets`."""
    python_module("ocpp")
    python_module("websockets")
    folder = tmp_path_factory.mktemp("python")
    [wheel] = build(copy_of("python", folder), folder).glob("*.whl")
    options = ("--no-index", "--no-deps", "--target", folder / "site")
    output_of(*python_module("pip"), "install", *options, wheel, folder=folder)
    return folder / "site"


@pytest.fixture(scope="module")
def folder_of_node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a program that has the tarball installed, and ocpp-rpc beside it."""
    node_tool("node", "ocpp-rpc")
    packed = npm_pack(tmp_path_factory.mktemp("packed"))
    folder = npm_install(packed, tmp_path_factory.mktemp("node"))
    (folder / "node_modules" / "ocpp-rpc").symlink_to(NODE_BIN.parent / "ocpp-rpc")
    for program in SESSIONS.glob("*.mjs"):
        shutil.copy(program, folder)
    return folder


@pytest.fixture(scope="module")
def commands(folder_of_node: Path) -> dict[str, Command]:
    """The central system and the charge point in either language."""
    node = node_tool("node")
    return {
        "central in python": (*PYTHON, SESSIONS / "central_system.py"),
        "charge point in python": (*PYTHON, SESSIONS / "charge_point.py"),
        "central in node": (node, folder_of_node / "central_system.mjs"),
        "charge point in node": (node, folder_of_node / "charge_point.mjs"),
    }


def answers(
    session: Session, central: Command, charge_point: Command, folder_of_python: Path
) -> list[dict[str, Any]]:
    """What the central system printed, a message a line."""
    arguments = (session.protocol, session.strictness, *charge_point)
    messages = json.dumps(session.said)
    at_hand = {"PYTHONPATH": str(folder_of_python)}
    result = run(*central, *arguments, folder=folder_of_python, stdin=messages, **at_hand)
    print(result.stderr)  # shown if the test fails
    assert result.returncode == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def code(answer: dict[str, Any]) -> Code:
    texts = [meaning["description"] for meaning in answer["meanings"]]
    return Code(answer["sent"], texts, answer["beyond_document"])


def meant(answer: dict[str, Any]) -> Meant:
    """What a message or event means by an answer of the package."""
    return Meant(
        answer["condition"],
        tuple(map(code, answer["codes"])),
        tuple((each["field"], each["problem"]) for each in answer["problems"]),
        answer.get("condition_from"),
    )


@pytest.mark.parametrize(
    ("central", "charge_point", "name"),
    [
        *(("python", "python", name) for name in SESSION_OF),
        *(("node", "node", name) for name in SESSION_OF),
        ("python", "node", "1.6"),
        ("node", "python", "1.6"),
    ],
)
def test_messages_of_a_session_are_decoded(
    central: str,
    charge_point: str,
    name: str,
    commands: dict[str, Command],
    folder_of_python: Path,
) -> None:
    session = SESSION_OF[name]
    printed = answers(
        session,
        commands[f"central in {central}"],
        commands[f"charge point in {charge_point}"],
        folder_of_python,
    )
    told = [line["as_received"] for line in printed]
    assert {(each["release"], each["release_match"]) for each in told} == {("r4.4.3", "exact")}
    assert [meant(each) for whole in told for each in whole.get("events", [whole])] == session.meant
    # The handlers of the Python package are given keywords; turned back they are what was received.
    assert [line.get("from_keywords", line["as_received"]) for line in printed] == told
