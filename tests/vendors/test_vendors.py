"""Vendors whose documents have forms of their own: what is made of each, and what it says.

The vendors are made up. What each document says of a code was written down from the document.
"""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from tests.helpers.generated_decoders import (
    decoders,
    failed,
    python_package,
    python_sources,
    vectors_of,
)
from tests.helpers.json_schemas import ajv, load
from tests.helpers.packages import PYTHON_VERSIONS
from tests.helpers.project import run_warm
from tests.helpers.tools import copy_of
from tests.helpers.typescript import refused_by_tsc
from tests.helpers.vendors import OVER_OCPP, VENDORS, releases_of, spec_of
from tests.packages.test_go_package import passes
from tests.packages.test_python_package import assert_typed
from tests.packages.test_sql import catalogue_rows
from tests.proofs.test_rebuild import provenance, rebuilt


class Made(NamedTuple):
    """A vendor, and the folder that holds `spec` and `generated`."""

    vendor: str
    folder: Path

    @property
    def generated(self) -> Path:
        return self.folder / "generated"

    @property
    def codes(self) -> Mapping[str, Any]:
        """The codes of the catalogue, by their names."""
        text = (self.generated / "json/catalogue.json").read_text(encoding="utf-8")
        return {code["code"]: code for code in json.loads(text)["codes"]}


@pytest.fixture(scope="module", params=VENDORS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = spec_of(request.param).parent
    output = tmp_path_factory.mktemp(request.param) / "generated"
    result = run_warm("generate", "--spec", folder / "spec", "--output", output)
    assert (result.returncode, result.stderr) == (0, "")
    (output.parent / "spec").symlink_to(folder / "spec")
    return Made(request.param, output.parent)


def test_there_are_three_releases_of_twelve_entries(made: Made) -> None:
    releases = releases_of(made.vendor)
    assert len(releases) == 3
    for release in releases:
        file = made.generated / f"json/releases/{release}.json"
        sections = json.loads(file.read_text(encoding="utf-8"))["sections"]
        assert sum(len(section["entries"]) for section in sections) >= 12


def test_nothing_is_left_to_say(made: Made) -> None:
    for document in sorted((made.folder / "spec").glob("*.md")):
        linted = run_warm("lint", document, "--spec", made.folder / "spec")
        assert (linted.returncode, linted.stderr) == (0, "")
    checked = run_warm("check", "--spec", made.folder / "spec", "--output", made.generated)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_what_is_not_known_is_null_where_the_schemas_allow_it(made: Made) -> None:
    """By their heads, as a person reads them."""
    folder = made.generated / "json"

    def valid(data: dict[str, Any], name: str) -> dict[str, Any]:
        schema = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator(schema).validate(data)
        return data

    sent = ["vectors"] if made.vendor in OVER_OCPP else []
    for name in ("catalogue", "changelog", *sent):
        valid(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")), name)
    releases = (json.loads(file.read_text("utf-8")) for file in (folder / "releases").iterdir())
    heads = [
        valid({**one, "sections": [{**s, "entries": []} for s in one["sections"]]}, "release")
        for one in releases
    ]
    known = {(one["name"], one["published"], one["publisher"]) for one in heads}
    assert known == HEADS[made.vendor]


HEADS: Mapping[str, set[tuple[str, str | None, str | None]]] = {
    "kerblight": {
        ("3.8.2", None, None),
        ("3.9.0", "2024-02-19", None),
        ("3.10.0", "2024-09-02", None),
    },
    "pagewell": {
        ("2023.11", "2023-11-28", "Pagewell BV"),
        ("2024.6", "2024-06-11", "Pagewell BV"),
        ("2024.12", "2024-12-03", "Pagewell BV"),
    },
    "tabulon": {
        ("3", "2022-12-19", "Tabulon Systems (a made-up company)"),
        ("4", "2023-08-02", "Tabulon Systems (a made-up company)"),
        ("5", "2024-01-16", "Tabulon Systems (a made-up company)"),
    },
    "musterlader": {
        ("5.9", "2021-11-30", "Musterlader GmbH, ein erfundener Hersteller"),
        ("5.31", "2023-03-02", "Musterlader GmbH, ein erfundener Hersteller"),
        ("5.32", "2024-01-16", "Musterlader GmbH, ein erfundener Hersteller"),
    },
    "encrelle": {
        ("60.3", "2023-03-17", None),
        ("60.4 BETA", "2023-08-02", None),
        ("60.4", "2023-12-01", None),
    },
    "sunmill": {
        ("V1.9.12", "2021-02-15", None),
        ("V1.17.0", "2023-10-30", None),
        ("V1.17.9", "2024-05-06", None),
    },
}
"""The releases, the days of their publication, and the publisher."""


def test_the_documents_come_back_byte_for_byte(made: Made) -> None:
    for release in releases_of(made.vendor):
        document = (made.folder / f"spec/{release}.md").read_bytes()
        assert rebuilt(made.generated / f"json/releases/{release}.json") == document


def test_every_place_is_found_in_the_documents(made: Made) -> None:
    files = sorted((made.generated / "json/releases").iterdir())
    result = provenance(made.folder, made.generated / "json/catalogue.json", *files)
    assert result.returncode == 0, result.stdout


def test_the_json_is_valid_by_its_schemas(made: Made) -> None:
    files = sorted((made.generated / "json").rglob("*.json"))
    data = [file for file in files if not file.name.endswith(".schema.json")]
    assert len(data) >= 5
    for file in data:
        schema = file.parent / load(file)["$schema"]
        assert list(Draft202012Validator(load(schema)).iter_errors(load(file))) == []
        assert ajv(schema, file) == {str(file): []}


def test_every_schema_is_one(made: Made) -> None:
    for schema in sorted((made.generated / "json").glob("*.schema.json")):
        Draft202012Validator.check_schema(load(schema))
        assert ajv(schema) == {}


def test_what_diff_prints_is_valid_by_its_schema(made: Made, tmp_path: Path) -> None:
    old, *_, new = releases_of(made.vendor)
    printed = run_warm("diff", old, new, "--spec", made.folder / "spec", "--format", "json").stdout
    (tmp_path / "changes.json").write_text(printed, encoding="utf-8")
    schema = made.generated / "json/changes.schema.json"
    assert ajv(schema, tmp_path / "changes.json") == {str(tmp_path / "changes.json"): []}


def test_sqlite_holds_the_catalogue(made: Made) -> None:
    [seed] = [
        file
        for file in (made.generated / "sql/seeds").glob("*.csv")
        if not file.stem.endswith("_annotations")
    ]
    with closing(sqlite3.connect(":memory:")) as database:
        for script in sorted((made.generated / "sql").glob("*s.sql")):
            database.executescript(script.read_text(encoding="utf-8"))
        rows = database.execute(f"SELECT * FROM {seed.stem}").fetchall()  # noqa: S608
    assert sorted(map(repr, rows)) == sorted(map(repr, catalogue_rows(made.generated)))


@pytest.mark.extended
def test_the_go_package_passes(made: Made, tmp_path: Path) -> None:
    assert passes(copy_of("go", tmp_path, made.generated))


@pytest.mark.parametrize("version", PYTHON_VERSIONS)
def test_the_python_package_is_typed(version: str, made: Made, tmp_path: Path) -> None:
    [package] = [file.parent for file in (made.generated / "python").glob("*/__init__.py")]
    assert_typed(package, version, tmp_path)


@pytest.mark.parametrize("made", OVER_OCPP, indirect=True)
def test_the_python_package_passes_its_vectors(made: Made, tmp_path: Path) -> None:
    vectors = vectors_of(made.generated)
    with python_package(python_sources(made.generated), tmp_path) as package:
        assert list(failed(decoders(package), vectors)) == []


def test_the_typescript_package_compiles(made: Made, tmp_path: Path) -> None:
    assert refused_by_tsc(copy_of("typescript", tmp_path, made.generated)) == set()


# What the newest documents say, as a person reads them

SAID: Mapping[str, list[tuple[str, dict[str, Any]]]] = {
    "kerblight": [
        (
            "E105",
            {
                "description": "A temperature sensor in the socket reads more than 85 °C.",
                "title": "Socket hot",
                "severity": "major",
                "cause": "The plug is worn, or the socket is dirty.",
                "who_can_act": "driver",
                "driver_message": "Please check your plug",
                "lamp": "solid red",
                "lamp_blinks": None,
                "stops_charging": False,
                "clears_after": 900,
                "remedies": ["Clean the contacts of the socket.", "Try another cable."],
                "sample_message": None,
            },
        ),
        (
            "E201",
            {
                "cause": "The lid is open, or the lid switch `S4` is broken.",
                "lamp": "off",
                "stops_charging": True,
                "sample_message": '{"connectorId": 0, "errorCode": "OtherError", "status": '
                '"Faulted",\n "vendorErrorCode": "E201", "info": "lid"}',
            },
        ),
        ("E106", {"lamp_blinks": "amber", "goes_on_at": 16, "driver_message": None}),
        ("E203", {"cause": None, "lamp": None, "remedies": [], "who_can_act": "nobody"}),
    ],
    "pagewell": [
        (
            "F011",
            {
                "description": "After opening, the auxiliary contact of an outlet's contactor "
                "still reads closed.",
                "title": "Outlet contactor stuck",
                "severity": "critical",
                "reported_as": "PowerSwitchFailure",
                "reset": "manual",
                "parameters": [
                    {"key": "outlet", "says": "Which outlet, `1` or `2`", "unit": None},
                    {"key": "aux", "says": "How long the contact read closed", "unit": "ms"},
                ],
                "steps": [
                    "Take the station out of service.",
                    "Replace the contactor, part `PW-3310`.",
                ],
            },
        ),
        (
            "F003",
            {
                "description": "The `door_contact` input says that the housing is **open** while "
                "the station is in service. The station opens its contactors and tells the back "
                "office once. Is the door closed? Then the contact itself is broken, see "
                "[Replacing the door contact]"
                "(https://docs.pagewell.example/service#door-contact).",
                "parameters": [],
            },
        ),
        ("F013", {"steps": [], "sample_message": None}),
    ],
    "tabulon": [
        (
            "12291",
            {
                "description": "The plug is above 85 °C, as read by `TP1` | `TP2`.",
                "category": "Cooling",
                "bus": 30,
                "hex_code": "0x3003",
                "letter": None,
                "event": "CABLE_HOT",
                "severity": "Major",
                "stops_charging": True,
                "output": None,
                "host_message": "Plug too warm",
                "action": "Let it cool down",
            },
        ),
        ("4353", {"letter": "B", "bus": 11, "output": 50, "category": "Power module"}),
        ("12290", {"host_message": None, "action": None, "stops_charging": False, "output": 80}),
    ],
    "musterlader": [
        (
            "ML-101",
            {
                "description": "Die Verriegelung hat ihre Endlage in drei Versuchen nicht "
                "erreicht.",
                "title": "Stecker nicht verriegelt",
                "severity": "mittel",
                "stops_charging": True,
                "lamp": None,
                "lamp_blinks": "rot",
                "retries_after": None,
                "causes": ["Eis", "Schmutz", "verbogener Stift"],
                "remedy": "den Stecker fest einstecken",
            },
        ),
        (
            "HighTemperature",
            {
                "description": "Übersteigt die Temperatur im Gehäuse 75 °C, so senkt die Station "
                "den Strom.",
                "causes": ["direkte Sonne", "verschmutzter Filter"],
                "retries_after": 10,
            },
        ),
        (
            "ML-203",
            {
                "description": "Die Station wurde ohne Uhrzeit gestartet und zählt ab dem "
                "1. Januar 2000. Über das Netz holt sie sich die Zeit, meist nach ca. 5 Minuten.",
                "causes": [],
                "lamp": "grün",
                "stops_charging": False,
            },
        ),
        ("ML-105", {"retries_after": 2, "causes": ["defektes Kabel", "defektes Fahrzeug"]}),
    ],
    "encrelle": [
        (
            "J111",
            {
                "description": "Le papier n\u2019a pas le format demandé, p. ex. de l\u2019A5 pour "
                "de l\u2019A4.",
                "category": "Papier",
                "title": "Format inattendu",
                "severity": "avis",
                "lamp": "orange",
                "part": "Bac 2",
                "stops_printing": False,
                "goes_on": False,
                "retries_after": 120,
                "remedy": None,
            },
        ),
        (
            "M302",
            {
                "description": "Température de la carte au-dessus de 85 °C.",
                "category": "Machine",
                "part": None,
                "stops_printing": True,
                "retries_after": 600,
            },
        ),
        (
            "E202",
            {
                "severity": "arrêt",
                "remedy": "changer la cartouche, voir "
                "[le guide](https://encrelle.example/guide#encre)",
            },
        ),
        ("J110", {"retries_after": 45, "remedy": "remettre du papier"}),
    ],
    "sunmill": [
        (
            "205",
            {
                "description": "The residual current rose by more than 30 mA within 0.3 s.",
                "part": "Grid",
                "title": "Residual current",
                "needs_restart": True,
                "runs_on": False,
                "causes": [
                    {"cause": "Damp connectors", "remedy": "Dry and replace them"},
                    {"cause": "Damaged cable on the roof", "remedy": None},
                ],
            },
        ),
        ("302", {"does_not_start": True, "retries_after": 600, "part": "Solar field"}),
        ("121", {"runs_on": False, "runs_on_at": 50, "causes": []}),
    ],
}


def test_what_the_documents_say(made: Made) -> None:
    for code, said in SAID[made.vendor]:
        [meaning] = made.codes[code]["revisions"][-1]["meanings"]
        assert {name: meaning[name] for name in said} == said


OF_OCPP = {"musterlader": ("GroundFailure", "HighTemperature", "PowerMeterFailure")}
"""The codes that stand under a heading for OCPP's own."""


@pytest.mark.parametrize("made", OVER_OCPP, indirect=True)
def test_where_codes_are_sent(made: Made) -> None:
    expected = {
        **dict.fromkeys(made.codes, "vendorErrorCode"),
        **dict.fromkeys(OF_OCPP.get(made.vendor, ()), "errorCode"),
    }
    assert {code: one["sent_in"] for code, one in made.codes.items()} == expected


@pytest.mark.parametrize("made", ["tabulon"], indirect=True)
def test_rows_of_one_code_are_meanings_of_it(made: Made) -> None:
    """The host message tells them apart."""
    meanings = made.codes["16385"]["revisions"][-1]["meanings"]
    assert [(one["host_message"], one["stops_charging"]) for one in meanings] == [
        ("V2G timeout in CableCheck", False),
        ("V2G timeout in PreCharge", False),
        ("V2G timeout in CurrentDemand", True),
    ]


NOTES = {
    "kerblight": ["Kerblight is a made-up maker of street chargers. "],
    "pagewell": [],
    "tabulon": ["This catalogue was written for a test", "Codes are sent in decimal. "],
    "musterlader": [],
    "sunmill": ["Sunmill is a made-up maker of inverters"],
    "encrelle": ["Encrelle est un fabricant d\u2019imprimantes", "Les codes de ce chapitre"],
}
"""What stands before the first heading or entry, as it begins."""


def test_prose_outside_of_entries_is_kept_with_its_place(made: Made) -> None:
    newest = made.generated / f"json/releases/{releases_of(made.vendor)[-1]}.json"
    release = json.loads(newest.read_text(encoding="utf-8"))
    notes = [*release["notes"], *release["sections"][0]["notes"]]
    lines = (made.folder / f"spec/{newest.stem}.md").read_text(encoding="utf-8").split("\n")
    for note in notes:
        assert lines[note["span"]["line"] - 1].startswith(note["text"][:20])
    for note, begins in zip(notes, NOTES[made.vendor], strict=False):
        assert note["text"].startswith(begins)
    assert len(notes) >= len(NOTES[made.vendor])


# What changed between the releases


def changes_between(vendor: str, old: str, new: str) -> set[tuple[str, str]]:
    """The codes that changed, each with what changed of it."""
    result = run_warm("diff", old, new, "--spec", spec_of(vendor), "--format", "json")
    changes = json.loads(result.stdout)["changes"]
    return {(one["code"], one["field"]) for one in changes}


CHANGED: Mapping[str, list[set[tuple[str, str]]]] = {
    "kerblight": [
        {
            *(("E204", "code"), ("E102", "description")),
            *(("E105", "clears_after"), ("E105", "stops_charging"), ("E105", "remedies")),
            *(("E107", "driver_message"), ("E201", "sample_message"), ("E207", "remedies")),
        },
        {
            *(("E104", "code"), ("E205", "code"), ("E103", "description"), ("E105", "severity")),
            *(("E201", "lamp"), ("E206", "clears_after"), ("E206", "description")),
        },
    ],
    "pagewell": [
        {
            *(("F031", "code"), ("F003", "description"), ("F003", "steps")),
            *(("F011", "sample_message"), ("F013", "parameters"), ("F020", "description")),
            ("F030", "reported_as"),
        },
        {
            *(("F039", "code"), ("F041", "code"), ("F022", "reset"), ("F030", "description")),
            ("F040", "parameters"),
        },
    ],
    "tabulon": [
        {
            *(("4353", "code"), ("4354", "code"), ("8193", "severity"), ("8194", "meaning")),
            *(("12289", "host_message"), ("16641", "stops_charging"), ("16641", "action")),
        },
        {
            *(("4099", "severity"), ("4099", "description"), ("12290", "output")),
            *(("16385", "meaning"), ("16897", "code"), ("17153", "code")),
        },
    ],
    "musterlader": [
        {
            *(("ML-104", "code"), ("ML-200", "code"), ("ML-204", "code")),
            *(("GroundFailure", "remedy"), ("PowerMeterFailure", "description")),
            *(("ML-105", "description"), ("ML-201", "stops_charging"), ("ML-201", "lamp")),
            ("ML-201", "lamp_blinks"),
        },
        {
            *(("ML-202", "code"), ("ML-205", "code"), ("HighTemperature", "description")),
            *(("ML-101", "severity"), ("ML-101", "causes"), ("ML-206", "retries_after")),
        },
    ],
    "encrelle": [
        {
            *(("E204", "code"), ("J110", "retries_after"), ("E203", "description")),
        },
        {
            *(("M303", "code"), ("M311", "code"), ("E210", "severity"), ("E210", "lamp")),
        },
    ],
    "sunmill": [
        {
            *(("110", "code"), ("121", "code"), ("201", "reconnects_after"), ("201", "causes")),
            *(("205", "title"), ("302", "retries_after")),
        },
        {
            *(("304", "code"), ("410", "code"), ("203", "description"), ("205", "causes")),
            *(("401", "description"), ("403", "does_not_start"), ("403", "needs_restart")),
        },
    ],
}
"""What a person changed from each release to the next."""


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_changed_between_releases(vendor: str) -> None:
    found = [
        changes_between(vendor, old, new)
        for old, new in pairwise(map(unquote, releases_of(vendor)))
    ]
    assert found == CHANGED[vendor]


@pytest.mark.parametrize("made", ["musterlader"], indirect=True)
def test_numbers_written_as_words_keep_them(made: Made) -> None:
    folder = made.generated / "json"
    release = json.loads((folder / "releases/5.32.json").read_text(encoding="utf-8"))
    schema = json.loads((folder / "release.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(release)
    entries = [entry for section in release["sections"] for entry in section["entries"]]
    sentences = [(one["code"], sentence) for one in entries for sentence in one["sentences"]]
    retries = {
        code: (one["fact"]["retries_after"], one["source"].get("numbers"))
        for code, one in sentences
        if one["rule"] == "erneut"
    }
    assert retries == {
        "HighTemperature": (10, ["zehn"]),
        "ML-103": (3, None),
        "ML-105": (2, ["zwei"]),
        "ML-206": (5, None),
    }
    assert release["source"]["language"]["and_word"] == "und"
    assert release["source"]["language"]["months"][2] == "März"
