"""What is known from elsewhere is published with its source, and never among the vendor's facts."""

import copy
import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.runtime.ocpp import ERROR_CODES
from tests.helpers.json_schemas import JSON, ajv, ajv_accepts, load, python_accepts, schema_file
from tests.helpers.project import ROOT, files_below, real_project, record_digests, run_here

FILE = "spec/annotations.toml"
PUBLISHED = JSON / "annotations.json"
DATA = load(PUBLISHED)
[MREC, UEC] = DATA["mappings"]

# Copied by hand from the collected facts (DOMAIN.md), not from annotations.toml.
COUNTERPARTS = {
    "high": {
        "ConnectorLockFailure": "CX001",
        "GroundFailure": "CX002",
        "OverCurrentFailure": "CX004",
    },
    "medium": {
        "HighTemperature": "CX003",
        "PowerSwitchFailure": "CX017",
        "NoPPDetected": "CX023",
        "OcuErrorRCMDC": "CX002",
        "OcuErrorTemperature1": "CX003",
        "OcuErrorTemperature2": "CX003",
    },
    "low": {
        "OcuErrorNegativeCP": "CX014",
        "EVOverCurrent": "CX004",
        "NgHomeErrorOvercurrentShutdown": "CX004",
        "FrequentPPChanges": "CX023",
        "CBC_LOOP": "CX014",
        "ExcessiveContactorToggleCycles": "CX017",
        "OcuErrorRCMCalibration": "CX002",
        "SessionAuthenticationNotPossible": "CX009",
        "VentilationNotSupported": "CX010",
    },
}
MINIMUM_REQUIRED = """
    CX001 ConnectorLockFailure, CX002 GroundFailure, CX003 HighTemperature,
    CX004 OverCurrentFailure, CX005 OverVoltage, CX006 UnderVoltage, CX007 WeakSignal,
    CX008 EmergencyStop, CX009 AuthorizationTimeout, CX010 InvalidVehicleMode,
    CX011 CableCheckFailure,
    CX012 PreChargeFailure, CX013 NoInternet, CX014 PilotFault, CX015 PowerLoss,
    CX016 EVContactorFault, CX017 EVSEContactorFault, CX018 CableOverTempDerate,
    CX019 CableOverTempStop, CX020 PartialInsertion, CX021 CapacitanceFault, CX022 ResistanceFault,
    CX023 ProximityFault, CX024 ConnectorVoltageHigh, CX025 BrokenLatch, CX026 CutCable
"""


# What is published


def test_every_counterpart_is_there_and_no_other() -> None:
    rows = MREC["rows"]
    assert len(rows) == 18
    for confidence, counterparts in COUNTERPARTS.items():
        found = {row["code"]: row["to"] for row in rows if row["confidence"] == confidence}
        assert found == counterparts
    codes = [code["code"] for code in load(JSON / "catalogue.json")["codes"]]
    assert {row["code"] for row in rows} <= set(codes)


def test_every_counterpart_is_inferred_and_says_by_whom() -> None:
    for mapping, whose in ((MREC, "ChargeX"), (UEC, "CharIN")):
        assert {row["basis"] for row in mapping["rows"]} == {"inferred"}
        [source] = {row["source"] for row in mapping["rows"]}
        assert f"neither CTEK nor {whose} says so" in source


def test_the_other_list_is_whole() -> None:
    code_list = MREC["code_list"]
    told = ", ".join(f"{one['code']} {one['name']}" for one in code_list["codes"])
    assert told == " ".join(MINIMUM_REQUIRED.split())
    assert MREC["id"] == "mrec"
    assert code_list["vendor_id"] == "https://chargex.inl.gov"
    assert code_list["source"].endswith("inl.gov/chargex/mrec")


def test_the_draft_of_charin() -> None:
    """Its eight names, as the table for OCPP 1.6 of the draft has them, and its two vendorIds."""
    code_list = UEC["code_list"]
    assert [one["code"] for one in code_list["codes"]] == [
        "ConnectorLockFailure",
        "HighTemperature",
        "Overvoltage",
        "OverCurrent",
        "ContactorPosition",
        "PowerModuleFault",
        "GridPowerLoss",
        "EVShiftPosition",
    ]
    assert all(one["code"] == one["name"] for one in code_list["codes"])
    assert code_list["vendor_id"] == "org.charin.uec.v1"
    assert code_list["also_sent_as"] == ["urn:uec:0.1.0"]


def test_what_was_observed() -> None:
    [one] = DATA["observations"]
    assert (one["field"], one["value"]) == ("vendorId", "com.ctek")
    assert one["source"] == "https://github.com/lbbrhzn/ocpp/issues/1987"
    assert one["confidence"] != "high", "it is one message of one product"


def test_the_file_names_its_own_origin() -> None:
    """Not the documents': they say nothing of it."""
    assert f"From {FILE}, sha256 " in DATA["$comment"]
    assert ".md" not in DATA["$comment"]


# The schema

WRONG: dict[str, tuple[str, object]] = {
    "no version": ("format_version", None),
    "no observations": ("observations", None),
    "a row without source": ("mappings/0/rows/0/source", None),
    "a row without confidence": ("mappings/0/rows/0/confidence", None),
    "a row without basis": ("mappings/0/rows/0/basis", None),
    "a confidence of its own": ("mappings/0/rows/0/confidence", "certain"),
    "a basis of its own": ("mappings/0/rows/0/basis", "guessed"),
    "an empty source": ("mappings/0/rows/0/source", ""),
    "a surplus key": ("mappings/0/rows/0/text", "The vendor's words."),
    "no rows": ("mappings/0/rows", None),
    "a list without source": ("mappings/0/code_list/source", None),
    "a list without vendorId": ("mappings/0/code_list/vendor_id", None),
    "a listed code without name": ("mappings/0/code_list/codes/0/name", None),
    "an observation without source": ("observations/0/source", None),
    "an observation without confidence": ("observations/0/confidence", None),
}
EMPTY = {**DATA, "mappings": [], "observations": []}


def wrong_copy(place: str, value: object) -> Any:  # noqa: ANN401 (JSON can be anything)
    """The published data with another value at a place, or with none."""
    data = copy.deepcopy(DATA)
    *path, key = place.split("/")
    inner: Any = data
    for step in path:
        inner = inner[int(step) if step.isdecimal() else step]
    if value is None:
        del inner[key]
    else:
        inner[key] = value
    return data


def test_the_data_is_valid_by_the_schema_that_it_names(tmp_path: Path) -> None:
    schema = schema_file("annotations")
    Draft202012Validator.check_schema(load(schema))
    assert (PUBLISHED.parent / DATA["$schema"]).resolve() == schema
    assert python_accepts("annotations", DATA)
    assert python_accepts("annotations", EMPTY)
    assert ajv(schema, PUBLISHED) == {str(PUBLISHED): []}
    assert ajv_accepts("annotations", {"empty": EMPTY}, tmp_path) == {"empty": True}


def test_wrong_data_is_refused(tmp_path: Path) -> None:
    wrong = {name: wrong_copy(*case) for name, case in WRONG.items()}
    assert [name for name, data in wrong.items() if python_accepts("annotations", data)] == []
    accepted = ajv_accepts("annotations", wrong, tmp_path)
    assert accepted == dict.fromkeys(WRONG, False)


def test_every_type_of_the_schema_has_a_name_and_is_told() -> None:
    for name, definition in load(schema_file("annotations"))["$defs"].items():
        assert definition["title"] == name
        assert definition["description"]
        for field in definition.get("properties", {}).values():
            assert "$ref" in field or "properties" not in field, "each type stands by itself"
            items = field.get("items", {})
            assert not items or set(items) == {"$ref"} or items["type"] == "string"


# Never mixed


def test_nothing_else_changes_with_the_annotations(tmp_path: Path) -> None:
    """The catalogue and the releases: the same bytes, annotated or not; decoders know the lists."""
    project = real_project(tmp_path)
    result = run_here("generate", folder=project)
    assert result.returncode == 0, result.stderr
    annotated = files_below(project / "generated")
    (project / FILE).unlink()
    result = run_here("generate", folder=project)
    assert result.returncode == 0, result.stderr
    plain = files_below(project / "generated")
    assert set(plain) == set(annotated)
    differing = {name for name, data in plain.items() if data != annotated[name]}
    assert differing == {
        "json/annotations.json",
        "mysql/annotations.sql",
        "mysql/decode.sql",
        "sql/annotations.sql",
        "json/vectors.json",
        "sql/seeds/ctek_error_codes_annotations.csv",
        "sql/decode.sql",
        "go/README.md",
        "go/other_lists_data.go",
        "go/testdata/vectors.json",
        "python/README.md",
        "python/ctek_error_codes/_other_lists.py",
        "typescript/README.md",
        "typescript/src/otherLists.ts",
    }
    published = json.loads(plain["json/annotations.json"])
    assert published["mappings"] == published["observations"] == []
    assert "From " not in published["$comment"]


def test_engine_and_templates_know_nothing_of_it() -> None:
    told = tomllib.loads((ROOT / FILE).read_text(encoding="utf-8"))
    words = [one["value"] for one in told["observations"]]
    for mapping in told["mappings"]:
        code_list = mapping["code_list"]
        words += [mapping["id"], code_list["vendor_id"], *code_list["codes"]]
    standard = {code.lower() for code in ERROR_CODES}
    words = [word for word in words if word.lower() not in standard]
    known = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
    for folder in ("generator", "templates"):
        for file in sorted((ROOT / folder).rglob("*.[jpt]*")):
            if file.suffix in (".py", ".j2", ".toml"):
                assert not known.findall(file.read_text(encoding="utf-8")), file


# Codes through releases

DOCUMENT = """\
# Made-Up Error Codes

For r1.1.0-0-g4567def

Made-Up Chargers AB

March 4, 2024

## Standard codes

**GroundFailure** The ground is at fault.

## Made-Up codes

**{code}** It hums, seen only on Box. This may come with any status.
"""
ANNOTATED = """\
[[mappings]]
id = "club"
source = "guessed from both texts"
rows = [
    { code = "Hum", to = "C1", confidence = "low", basis = "inferred" },
    # { code = "Hum", to = "C2", confidence = "low", basis = "inferred" },
    { code = "Hum", to = "C2", confidence = "high", basis = "documented", source = "a mail" },
]

[mappings.code_list]
title = "Codes of a Made-Up Club"
source = "https://club.example/codes"
vendor_id = "https://club.example"
codes = { C1 = "Noise", C2 = "Vibration" }
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests/cases/_project/spec", tmp_path / "spec")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / FILE).write_text(ANNOTATED)
    record_digests(tmp_path / "spec")
    return tmp_path


def rows(project: Path) -> list[dict[str, str]]:
    [mapping] = load(project / "generated/json/annotations.json")["mappings"]
    found: list[dict[str, str]] = mapping["rows"]
    return found


def test_a_row_may_have_a_source_of_its_own(project: Path) -> None:
    assert run_here("generate", folder=project).returncode == 0
    assert [(row["to"], row["source"]) for row in rows(project)] == [
        ("C1", "guessed from both texts"),
        ("C2", "a mail"),
    ]


@pytest.mark.parametrize("code", ["Hum", "HUM", "Buzz"])
def test_a_document_can_come_that_spells_or_has_the_code_no_more(project: Path, code: str) -> None:
    """The row need not change in the same moment; it names the code as the catalogue does."""
    (project / "r1.1.0.md").write_text(DOCUMENT.format(code=code))
    result = run_here("add", "r1.1.0.md", folder=project)
    assert result.returncode == 0, result.stderr
    codes = {one["code"] for one in load(project / "generated/json/catalogue.json")["codes"]}
    assert {row["code"] for row in rows(project)} == {"Hum" if code == "Buzz" else code}
    assert {row["code"] for row in rows(project)} <= codes


def test_the_place_is_that_of_the_second_row_and_of_no_comment(project: Path) -> None:
    text = ANNOTATED.replace('to = "C2", confidence = "high"', 'to = "C9", confidence = "high"')
    (project / FILE).write_text(text)
    result = run_here("check", folder=project)
    assert f"{FILE}:7:7: error[annotation-unmatched]" in result.stderr


def test_the_example_for_contributors_is_right(tmp_path: Path) -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Annotate a code\n")[2]
    example = section.partition("```toml\n")[2].partition("```")[0]
    project = real_project(tmp_path)
    (project / FILE).write_text(example)
    result = run_here("generate", folder=project)
    assert result.returncode == 0, result.stderr
    assert {row["code"] for row in rows(project)} == {"NoPPDetected"}


def test_an_empty_file_says_nothing(project: Path) -> None:
    (project / FILE).write_text("")
    assert run_here("generate", folder=project).returncode == 0
    assert load(project / "generated/json/annotations.json")["mappings"] == []
