"""What has to come of messages that name another list of codes, told by hand from docs/decoding.md.

The lists are parts of ChargeX's and of CharIN's draft, beside the real document.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.expected_answers import Code, Decoder, Message, decoder_of, unknown
from tests.helpers.status_notifications import (
    CONTRADICTS,
    GROUND,
    LOOP,
    Case,
    check,
    fault,
    faulted,
    none,
    sent,
    warning,
)

MREC = "https://chargex.inl.gov"
UEC = "org.charin.uec.v1"
DRAFT = "urn:uec:0.1.0"

SOURCE = "a comparison of both lists"
TITLES = {MREC: ("ChargeX's", "https://inl.gov/chargex/mrec"), UEC: ("CharIN's", "a draft of 2026")}
ANNOTATIONS = f"""
[[mappings]]
id = "mrec"
source = "{SOURCE}"
rows = [
    {{ code = "OcuErrorNegativeCP", to = "CX014", confidence = "low", basis = "inferred" }},
    {{ code = "CBC_LOOP", to = "CX014", confidence = "low", basis = "inferred" }},
    {{ code = "GroundFailure", to = "CX002", confidence = "high", basis = "inferred" }},
]

[mappings.code_list]
title = "{TITLES[MREC][0]}"
source = "{TITLES[MREC][1]}"
vendor_id = "{MREC}"
codes = {{ CX002 = "GroundFailure", CX014 = "PilotFault", 00 = "Nothing" }}

[[mappings]]
id = "uec"
source = "{SOURCE}"
rows = [
    {{ code = "ConnectorLockFailure", to = "ConnectorLockFailure", confidence = "high", basis = "inferred" }},
    {{ code = "HighTemperature", to = "HighTemperature", confidence = "medium", basis = "inferred" }},
    {{ code = "OcuErrorTemperature1", to = "HighTemperature", confidence = "medium", basis = "inferred" }},
]

[mappings.code_list]
title = "{TITLES[UEC][0]}"
source = "{TITLES[UEC][1]}"
vendor_id = "{UEC}"
also_sent_as = ["{DRAFT}"]

[mappings.code_list.codes]
ConnectorLockFailure = "ConnectorLockFailure"
HighTemperature = "HighTemperature"
GridPowerLoss = "GridPowerLoss"

[[mappings]]
id = "named"
source = "nothing"
rows = []

[mappings.code_list]
title = "A list of which no code is known"
source = "nowhere"
vendor_id = "org.example.codes"
codes = {{}}
"""  # noqa: E501 (lines of TOML)


def spec_with_lists(spec: Path, folder: Path) -> Path:
    """The documents of a folder, with these lists beside them."""
    shutil.copytree(spec, folder)
    (folder / "annotations.toml").write_text(ANNOTATIONS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def decoder(r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory) -> Decoder:
    return decoder_of(spec_with_lists(r4_4_3 / "spec", tmp_path_factory.mktemp("lists") / "spec"))


def listed(vendor_id: str, code: str | None, name: str | None, *counterparts: str) -> Message:
    """What another list has for a code; a counterpart is told as `code confidence`."""
    title, source = TITLES[vendor_id]
    rows = [
        {
            "code": one.split()[0],
            "to": code,
            "confidence": one.split()[1],
            "basis": "inferred",
            "source": SOURCE,
        }
        for one in counterparts
    ]
    return {
        "title": title,
        "vendor_id": vendor_id,
        "source": source,
        "code": code,
        "name": name,
        "counterparts": rows,
    }


def other(text: str, **fields: Any) -> Code:  # noqa: ANN401 (of a Code)
    """A code of another list as it was sent in vendorErrorCode."""
    return Code(None, sent=text, beyond="list", said_by=None, **fields)


def standard(code: str) -> Code:
    """A code of OCPP's own in errorCode, of which the vendor's document has not the word here."""
    return Code(code, "errorCode", beyond="list", said_by=None)


PILOT = listed(MREC, "CX014", "PilotFault", "OcuErrorNegativeCP low", "CBC_LOOP low")
HOT = listed(
    UEC,
    "HighTemperature",
    "HighTemperature",
    "HighTemperature medium",
    "OcuErrorTemperature1 medium",
)
LOCK = listed(UEC, "ConnectorLockFailure", "ConnectorLockFailure", "ConnectorLockFailure high")
GRID = listed(UEC, "GridPowerLoss", "GridPowerLoss")

NAMED = {
    "a code of ChargeX": Case(
        faulted(vendorId=MREC, vendorErrorCode="CX014"), fault(other("CX014", other=PILOT))
    ),
    "a code without a counterpart": Case(
        faulted(vendorId=UEC, vendorErrorCode="GridPowerLoss"),
        fault(other("GridPowerLoss", other=GRID)),
    ),
    "a name that the vendor has as well": Case(
        sent(
            vendorId=UEC,
            errorCode="HighTemperature",
            status="Faulted",
            vendorErrorCode="HighTemperature",
        ),
        fault(standard("HighTemperature"), other("HighTemperature", other=HOT)),
    ),
    "the other such name": Case(
        sent(
            vendorId=UEC,
            errorCode="ConnectorLockFailure",
            status="Charging",
            vendorErrorCode="ConnectorLockFailure",
        ),
        warning(standard("ConnectorLockFailure"), other("ConnectorLockFailure", other=LOCK)),
    ),
    "an errorCode alone": Case(
        sent(vendorId=UEC, errorCode="GroundFailure", status="Faulted"),
        fault(standard("GroundFailure")),
    ),
    "a code of the vendor's": Case(
        faulted(vendorId=MREC, vendorErrorCode="CBC_LOOP"),
        fault(other("CBC_LOOP", other=listed(MREC, None, None))),
    ),
    "a code of the vendor's in errorCode": Case(
        sent(vendorId=MREC, errorCode="CBC_LOOP", status="Faulted"),
        fault(
            Code(None, "errorCode", sent="CBC_LOOP", beyond="list", said_by=None),
            problems=("errorCode not-in-ocpp",),
        ),
    ),
    "several codes": Case(
        faulted(vendorId=MREC, vendorErrorCode="cX014, CX999;NoError"),
        fault(other("cX014", other=PILOT), other("CX999", other=listed(MREC, None, None))),
    ),
    "the vendorId of a draft": Case(
        faulted(vendorId=DRAFT, vendorErrorCode="GridPowerLoss"),
        fault(other("GridPowerLoss", other=GRID)),
    ),
    "the vendorId in another case, with blanks": Case(
        faulted(vendorId=f" {MREC.upper()} ", vendorErrorCode="CX014"),
        fault(other("CX014", other=PILOT)),
    ),
    "a list of which no code is known": Case(
        faulted(vendorId="org.example.codes", vendorErrorCode="CBC_LOOP"),
        fault(
            other(
                "CBC_LOOP",
                other={
                    "title": "A list of which no code is known",
                    "vendor_id": "org.example.codes",
                    "source": "nowhere",
                    "code": None,
                    "name": None,
                    "counterparts": [],
                },
            )
        ),
    ),
    "zeros that the list has": Case(
        sent(vendorId=MREC, vendorErrorCode="00"),
        warning(other("00", other=listed(MREC, "00", "Nothing")), problems=CONTRADICTS),
    ),
    "nothing but NoError": Case(sent(vendorId=MREC), none()),
    "NoError beside a code": Case(
        sent(vendorId=MREC, vendorErrorCode="CX014"),
        warning(other("CX014", other=PILOT), problems=CONTRADICTS),
    ),
    "zeros beside NoError": Case(
        sent(vendorId=MREC, vendorErrorCode="0"), none(problems=("vendorErrorCode zeros",))
    ),
}

NOT_NAMED = {
    f"vendorId {vendor_id!r}": Case(
        faulted(vendorId=vendor_id, vendorErrorCode="CBC_LOOP, CX014"),
        fault(LOOP, unknown("CX014")),
    )
    for vendor_id in (
        None,
        "",
        "com.ctek",
        "com.example",
        f"{MREC}/",
        f"{MREC}\t",
        "org.charin.uec.v2",
        UEC.replace("r", "\u0280"),
        "CX014",
    )
}


@pytest.mark.parametrize("case", NAMED.values(), ids=NAMED)
def test_a_message_that_names_another_list(decoder: Decoder, case: Case) -> None:
    check(decoder, *case)


@pytest.mark.parametrize("case", NOT_NAMED.values(), ids=NOT_NAMED)
def test_a_message_that_names_none(decoder: Decoder, case: Case) -> None:
    check(decoder, *case)


def test_an_event_names_no_list(decoder: Decoder) -> None:
    payload = {"vendorId": MREC, "eventData": [{"vendorId": MREC, "techCode": "CX014"}]}
    [event] = decoder.notify_event(payload)["events"]
    assert [code["beyond_document"] for code in event["codes"]] == [["code"]]
    assert [code["other_list"] for code in event["codes"]] == [None]


ZEROS = {
    **{
        f"{text!r} is none": Case(
            sent(vendorErrorCode=text), none(problems=("vendorErrorCode zeros",))
        )
        for text in ("0", "00", "0x0", "0X0000", " 0 ", "0;0x0", "0" * 1001)
    },
    **{
        f"{text!r} is a code": Case(
            sent(vendorErrorCode=text), warning(unknown(text.strip(" ")), problems=CONTRADICTS)
        )
        for text in ("0x", "x0", "0.0", "01", "0x01", "O", "0\t")
    },
    "beside a code": Case(
        sent(vendorErrorCode="0,CBC_LOOP"),
        warning(LOOP, problems=(*CONTRADICTS, "vendorErrorCode zeros")),
    ),
    "Faulted": Case(
        sent(status="Faulted", vendorErrorCode="0"),
        fault(problems=(*CONTRADICTS, "vendorErrorCode zeros")),
    ),
    "beside NoError in errorCode twice": Case(
        sent(errorCode="noerror;NoError", vendorErrorCode="0"),
        none(problems=("vendorErrorCode zeros",)),
    ),
    "beside another errorCode": Case(
        sent(errorCode="GroundFailure", status="Faulted", vendorErrorCode="0"),
        fault(GROUND, unknown("0")),
    ),
    "beside NoError and another errorCode": Case(
        sent(errorCode="NoError,GroundFailure", status="Faulted", vendorErrorCode="0"),
        fault(GROUND, unknown("0"), problems=CONTRADICTS),
    ),
    "beside OtherError": Case(faulted(vendorErrorCode="0"), fault(unknown("0"))),
    "beside an empty errorCode": Case(
        sent(errorCode="", vendorErrorCode="0"),
        warning(unknown("0"), problems=("errorCode not-in-ocpp",)),
    ),
}


@pytest.mark.parametrize("case", ZEROS.values(), ids=ZEROS)
def test_codes_of_zeros(decoder: Decoder, case: Case) -> None:
    check(decoder, *case)


@pytest.mark.parametrize(
    ("evse", "place"),
    [
        (None, "-"),
        ({}, "-"),
        ({"id": 3}, "3"),
        ({"id": 3, "connectorId": 0}, "3.0"),
        ({"connectorId": 1}, "-.1"),
        ({"id": "3", "connectorId": 1}, "-.1"),
    ],
)
def test_the_key_of_an_event_has_its_evse(
    decoder: Decoder, evse: Message | None, place: str
) -> None:
    event = {"techCode": "cbc_loop;Sneeze", "component": {"name": "Connector", "evse": evse}}
    [answer] = decoder.notify_event({"eventData": [event]})["events"]
    assert [one["group_key"] for one in answer["codes"]] == [f"{place}:CBC_LOOP", f"{place}:Sneeze"]


def test_the_key_is_one_however_a_code_is_spelt_and_wherever_it_is_sent(decoder: Decoder) -> None:
    messages = [
        faulted(vendorErrorCode="cbc_loop"),
        sent(errorCode="CBC_LOOP", status="Charging"),
        faulted(vendorErrorCode=" CBC_LOOP ", timestamp="2026-01-01T00:00:00Z"),
    ]
    keys = {decoder.status_notification(one)["codes"][0]["group_key"] for one in messages}
    assert keys == {"2:CBC_LOOP"}
    [code] = decoder.status_notification(messages[0] | {"connectorId": None})["codes"]
    assert code["group_key"] == "-:CBC_LOOP"
