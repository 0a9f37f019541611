"""The JSON says what the document says, and its schemas tell right from wrong."""

import copy
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.helpers.generated_series import LAST, Built
from tests.helpers.json_schemas import (
    JSON,
    VALIDATE,
    ajv,
    ajv_accepts,
    load,
    python_accepts,
    schema_file,
)
from tests.helpers.project import ROOT
from tests.helpers.tools import code_blocks, node_tool, output_of, run

SCHEMAS = ("catalogue", "release", "error-codes")
RELEASES = sorted((JSON / "releases").glob("*.json"))
DOCUMENT = "spec/r4.4.3.md"
LINES = (ROOT / DOCUMENT).read_text(encoding="utf-8").split("\n")


CATALOGUE = load(JSON / "catalogue.json")


# Schemas and what they accept


@pytest.mark.parametrize("schema", SCHEMAS)
def test_schema_is_one(schema: str) -> None:
    Draft202012Validator.check_schema(load(schema_file(schema)))
    assert ajv(schema_file(schema)) == {}


def test_ajv_is_strict(tmp_path: Path) -> None:
    doubtful = tmp_path / "doubtful.schema.json"
    doubtful.write_text(json.dumps({"type": "object", "requried": ["code"]}), encoding="utf-8")
    result = run(node_tool("node", package="ajv"), VALIDATE, doubtful, folder=ROOT)
    assert 'strict mode: unknown keyword: "requried"' in result.stderr


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        pytest.param("catalogue", JSON / "catalogue.json", id="catalogue"),
        *(pytest.param("release", file, id=file.stem) for file in RELEASES),
    ],
)
def test_data_is_valid_by_the_schema_that_it_names(schema: str, file: Path) -> None:
    data = load(file)
    assert (file.parent / data["$schema"]).resolve() == schema_file(schema)
    assert list(Draft202012Validator(load(schema_file(schema))).iter_errors(data)) == []
    assert ajv(schema_file(schema), file) == {str(file): []}


# Wrong JSON

GONE = object()
RELAY = "codes/OcuErrorRelayCount"
MEANING = f"{RELAY}/revisions/0/meanings/0"
NOTE = "codes/GroundFailure/revisions/0/meanings/0/product_notes/0"
ENTRY = "sections/1/entries/OcuErrorRelayCount"
SENTENCE = f"{ENTRY}/sentences/1"

WRONG: list[tuple[str, str, object]] = [
    # A field is missing.
    ("catalogue", "format_version", GONE),
    ("catalogue", "vendor", GONE),
    ("catalogue", "latest_release", GONE),
    ("catalogue", "releases", GONE),
    ("catalogue", "codes", GONE),
    ("catalogue", "releases/0/published", GONE),
    ("catalogue", "releases/0/document/sha256", GONE),
    ("catalogue", f"{RELAY}/sent_in", GONE),
    ("catalogue", f"{RELAY}/removed_in", GONE),
    ("catalogue", f"{RELAY}/revisions/0/until", GONE),
    ("catalogue", f"{RELAY}/revisions/0/sent_in", GONE),
    ("catalogue", f"{RELAY}/revisions/0/meanings", GONE),
    ("catalogue", f"{MEANING}/may_accompany_non_error_status", GONE),
    ("catalogue", f"{MEANING}/deprecated", GONE),
    ("catalogue", f"{MEANING}/deprecated/replaced_by", GONE),
    ("catalogue", f"{MEANING}/source", GONE),
    ("catalogue", f"{MEANING}/source/lines", GONE),
    ("catalogue", f"{NOTE}/product", GONE),
    ("release", "publisher", GONE),
    ("release", "sections/0/sent_in", GONE),
    ("release", f"{ENTRY}/code", GONE),
    ("release", f"{SENTENCE}/rule", GONE),
    ("release", f"{SENTENCE}/fact/states", GONE),
    ("release", f"{SENTENCE}/source/span/end_column", GONE),
    ("release", "source/document/sha256", GONE),
    # A value has the wrong type.
    ("catalogue", "vendor", 1),
    ("catalogue", "latest_release", {"name": "r4.4.3"}),
    ("catalogue", "codes", {}),
    ("catalogue", "releases/0/published", 20240116),
    ("catalogue", "releases/0/document", DOCUMENT),
    ("catalogue", f"{RELAY}/removed_in", False),
    ("catalogue", f"{RELAY}/revisions/0", None),
    ("catalogue", f"{MEANING}/text", ["Generic OCU failure."]),
    ("catalogue", f"{MEANING}/may_accompany_non_error_status", "true"),
    ("catalogue", f"{MEANING}/products", "Chargestorm Connected 2"),
    ("catalogue", f"{MEANING}/products/0", None),
    ("catalogue", f"{MEANING}/connectors", ["1"]),
    ("catalogue", f"{MEANING}/connectors", [1.5]),
    ("catalogue", f"{MEANING}/deprecated", True),
    ("catalogue", f"{MEANING}/configuration_keys", {}),
    ("catalogue", f"{MEANING}/source/lines", [89]),
    ("catalogue", f"{MEANING}/source/lines", [89, 89, 89]),
    ("release", f"{SENTENCE}/rule", 2),
    ("release", f"{SENTENCE}/fact/products", []),
    ("release", f"{SENTENCE}/source/span/line", 0),
    ("release", "source/contents/0/page", "2"),
    # A field that nobody knows.
    ("catalogue", "surplus", 1),
    ("catalogue", "releases/0/surplus", 1),
    ("catalogue", f"{RELAY}/surplus", 1),
    ("catalogue", f"{RELAY}/revisions/0/surplus", 1),
    ("catalogue", f"{MEANING}/surplus", 1),
    ("catalogue", f"{MEANING}/source/surplus", 1),
    ("catalogue", f"{NOTE}/surplus", 1),
    ("release", "surplus", 1),
    ("release", f"{ENTRY}/surplus", 1),
    ("release", f"{SENTENCE}/fact/surplus", 1),
    # A value outside of what there is.
    ("catalogue", f"{RELAY}/sent_in", "statusCode"),
    ("catalogue", f"{RELAY}/revisions/0/sent_in", "statusCode"),
    ("release", "sections/1/sent_in", "info"),
    ("release", f"{SENTENCE}/fact/states", "guess"),
    ("catalogue", "format_version", "2.0"),
    ("catalogue", "releases", []),
    ("catalogue", "releases/0/commit", "33E0F28C"),
    ("catalogue", "releases/0/published", "January 16, 2024"),
    ("catalogue", "releases/0/document/sha256", "cf9be8"),
    ("catalogue", "releases/0/document/sha256", "g" * 64),
    ("release", "source/document/sha256", "A" * 64),
    ("catalogue", f"{RELAY}/code", "x" * 51),
    ("catalogue", f"{RELAY}/code", "Störung"),
    ("catalogue", f"{RELAY}/revisions", []),
    ("catalogue", f"{MEANING}/text", None),
    ("catalogue", f"{MEANING}/source/lines", [0, 89]),
    ("release", "source/line_end", ""),
    ("release", "source/line_end", "\n\n"),
    ("release", "source/line_end", "\n\r"),
    ("release", "source/line_end", "\r\n\n"),
]
RIGHT = {"catalogue": CATALOGUE, "release": load(JSON / "releases" / "r4.4.3.json")}


def step_into(data: Any, step: str) -> Any:  # noqa: ANN401
    """A field by its name, an item by its number or by its code."""
    if isinstance(data, dict):
        return data[step]
    return data[int(step)] if step.isdigit() else next(i for i in data if i["code"] == step)


def wrong_copy(schema: str, path: str, value: object) -> object:
    """A copy of the right JSON where one value is another, is new or is gone."""
    data = holder = copy.deepcopy(RIGHT[schema])
    *steps, last = path.split("/")
    for step in steps:
        holder = step_into(holder, step)
    key: Any = int(last) if isinstance(holder, list) else last
    if value is GONE:
        del holder[key]
    else:
        holder[key] = value
    return data


def mutation_id(schema: str, path: str, value: object) -> str:
    return f"{schema}: {path} {'missing' if value is GONE else f'= {value!r:.30}'}"


@pytest.fixture(scope="module")
def ajv_on_wrong(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    answers: dict[str, bool] = {}
    for schema, right in RIGHT.items():
        wrong = {mutation_id(*case): wrong_copy(*case) for case in WRONG if case[0] == schema}
        copies = {f"{schema}: unchanged": copy.deepcopy(right), **wrong}
        answers |= ajv_accepts(schema, copies, tmp_path_factory.mktemp(schema))
    return answers


@pytest.mark.parametrize("case", WRONG, ids=lambda case: mutation_id(*case))
def test_wrong_json_is_refused(
    case: tuple[str, str, object], ajv_on_wrong: dict[str, bool]
) -> None:
    assert not python_accepts(case[0], wrong_copy(*case))
    assert not ajv_on_wrong[mutation_id(*case)]


@pytest.mark.parametrize("schema", RIGHT)
def test_unchanged_copy_is_accepted(schema: str, ajv_on_wrong: dict[str, bool]) -> None:
    assert python_accepts(schema, copy.deepcopy(RIGHT[schema]))
    assert ajv_on_wrong[f"{schema}: unchanged"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_accepted(line_end: str) -> None:
    data = copy.deepcopy(RIGHT["release"])
    data["source"]["line_end"] = line_end
    assert python_accepts("release", data)


@pytest.mark.parametrize("schema", ["changelog", "changes"])
def test_a_list_of_values_is_of_one_type(schema: str) -> None:
    definitions = load(schema_file(schema))["$defs"]
    value = Draft202012Validator({"$ref": "#/$defs/FieldValue", "$defs": definitions})
    note = {"product": "Box", "note": "hums"}
    assert all(map(value.is_valid, (None, "x", True, [], ["x", "y"], [1, 2], [note, note])))
    wrong = (1, note, [None], [True], [["x"]], ["x", 1], [1, "x"], [1, note], [note, "x"])
    assert not any(map(value.is_valid, wrong))


# What a charger sends

SENT: dict[str, tuple[object, bool]] = {
    "known errorCode": ({"errorCode": "GroundFailure"}, True),
    "known vendorErrorCode": (
        {"errorCode": "OtherError", "vendorErrorCode": "CBC_LOOP"},
        True,
    ),
    "unknown vendorErrorCode": (
        {"errorCode": "OtherError", "vendorErrorCode": "OcuErrorTemperature3"},
        True,
    ),
    "surplus fields": (
        {
            "connectorId": 1,
            "errorCode": "NoError",
            "status": "Charging",
            "info": "",
            "vendorId": "",
        },
        True,
    ),
    "50 characters": ({"errorCode": "OtherError", "vendorErrorCode": "x" * 50}, True),
    "51 characters": ({"errorCode": "OtherError", "vendorErrorCode": "x" * 51}, False),
    "51 characters in errorCode": ({"errorCode": "x" * 51}, False),
    "a number": ({"errorCode": 7}, False),
    "a number in vendorErrorCode": ({"errorCode": "OtherError", "vendorErrorCode": 7}, False),
    "null": ({"errorCode": "OtherError", "vendorErrorCode": None}, False),
    "missing errorCode": ({"vendorErrorCode": "CBC_LOOP"}, False),
    "not an object": ("CBC_LOOP", False),
}


@pytest.fixture(scope="module")
def ajv_on_sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    messages = {name: message for name, (message, _) in SENT.items()}
    return ajv_accepts("error-codes", messages, tmp_path_factory.mktemp("sent"))


@pytest.mark.parametrize("name", SENT)
def test_what_a_charger_sends(name: str, ajv_on_sent: dict[str, bool]) -> None:
    message, accepted = SENT[name]
    assert python_accepts("error-codes", message) == accepted
    assert ajv_on_sent[name] == accepted


@pytest.mark.parametrize(
    ("definition", "field"),
    [("KnownErrorCode", "errorCode"), ("KnownVendorErrorCode", "vendorErrorCode")],
)
def test_every_code_is_listed_with_its_texts(definition: str, field: str) -> None:
    listed = load(schema_file("error-codes"))["$defs"][definition]["oneOf"]
    described = [(known["const"], known["description"].split("\n")) for known in listed]
    assert described == [
        (code["code"], list(dict.fromkeys(m["text"] for m in code["revisions"][-1]["meanings"])))
        for code in CATALOGUE["codes"]
        if code["sent_in"] == field
    ]


# What the document r4.4.3 says, as a person reads it: asked of the catalogue of that release alone

Codes = dict[str, dict[str, Any]]
Meanings = list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def catalogue(r4_4_3: Path) -> dict[str, Any]:
    data: dict[str, Any] = load(r4_4_3 / "generated/json/catalogue.json")
    return data


@pytest.fixture(scope="module")
def codes(catalogue: dict[str, Any]) -> Codes:
    return {code["code"]: code for code in catalogue["codes"]}


@pytest.fixture(scope="module")
def meanings(codes: Codes) -> Meanings:
    return [
        (name, meaning)
        for name, code in codes.items()
        for revision in code["revisions"]
        for meaning in revision["meanings"]
    ]


NOT_ONLY_FAULTS = {
    "CBC_LOOP",
    "ConnectorLockFailure",
    "EVOverCurrent",
    "FWUpdateRebootAwaitingEVDisconnect",
    "FrequentPPChanges",
    "HighTemperature",
    "MaxEnergyOnInvalidIdReached",
    "NgClientConnectionRefused",
    "NgClientIncorrectPSK",
    "NgErrorClientLostConnection",
    "NgErrorOfflineEMS",
    "NgHomeErrorOvercurrentShutdown",
    "NoPPDetected",
    "OcuErrorRelayCount",
    "SessionAuthenticationNotPossible",
    "SessionEnergyReached",
    "VentilationNotSupported",
}
ONLY_ON_CONNECTED_2 = {
    "OcuErrorEnergyMeter",
    "OcuErrorFirmwareUpdate",
    "OcuErrorGPIOExpander",
    "OcuErrorGeneric",
    "OcuErrorRCMCalibration",
    "OcuErrorRCMDC",
    "OcuErrorRelayCount",
    "OcuErrorSelfTest",
    "OcuErrorTemperature1",
    "OcuErrorTemperature2",
}
TRIPPED = "Ground fault circuit interrupter has been activated."
COUNTERS = ["OutletFirstContactorCycleCount", "OutletSecondContactorCycleCount"]


def stated(fact: str, meanings: Meanings) -> list[tuple[str, Any]]:
    """The codes with a meaning that states a fact, and what it states, in the document's order."""
    return [(code, meaning[fact]) for code, meaning in meanings if meaning[fact]]


def test_the_release(catalogue: dict[str, Any]) -> None:
    assert catalogue["vendor"] == "CTEK E-Mobility AB"
    assert catalogue["latest_release"] == "r4.4.3"
    [release] = catalogue["releases"]
    assert release["document"]["path"] == DOCUMENT
    assert {key: value for key, value in release.items() if key != "document"} == {
        "name": "r4.4.3",
        "build": "r4.4.3-0-g33e0f28c",
        "commit": "33e0f28c",
        "published": "2024-01-16",
        "title": "CTEK E-Mobility Vendor Error Codes",
    }


def test_the_number_of_codes(catalogue: dict[str, Any], codes: Codes, meanings: Meanings) -> None:
    assert len(catalogue["codes"]) == len(codes) == 35
    assert len(meanings) == 36
    fields = [code["sent_in"] for code in codes.values()]
    assert fields == ["errorCode"] * 5 + ["vendorErrorCode"] * 30


def test_every_code_is_as_old_as_the_only_release(codes: Codes) -> None:
    for code in codes.values():
        assert (code["first_release"], code["removed_in"]) == ("r4.4.3", None)
        [revision] = code["revisions"]
        assert (revision["since"], revision["until"]) == ("r4.4.3", None)
        assert revision["sent_in"] == code["sent_in"]


def test_codes_that_need_not_be_faults(meanings: Meanings) -> None:
    found = [code for code, _ in stated("may_accompany_non_error_status", meanings)]
    assert len(found) == 17
    assert set(found) == NOT_ONLY_FAULTS


def test_codes_of_one_product(meanings: Meanings) -> None:
    found = stated("products", meanings)
    assert len(found) == 10
    assert dict(found) == {code: ["Chargestorm Connected 2"] for code in ONLY_ON_CONNECTED_2}


def test_a_code_with_a_note_on_a_product(meanings: Meanings) -> None:
    note = {"product": "Chargestorm Connected 2", "note": "indicates an AC fault"}
    assert stated("product_notes", meanings) == [("GroundFailure", [note])]


def test_a_code_of_one_connector(meanings: Meanings) -> None:
    assert stated("connectors", meanings) == [("NgErrorClientLostConnection", [1])]


def test_a_code_that_is_deprecated(meanings: Meanings) -> None:
    [(code, deprecated)] = stated("deprecated", meanings)
    assert code == "OcuErrorRelayCount"
    assert deprecated["replaced_by"] == COUNTERS
    assert deprecated["note"].startswith("Note: this error is deprecated and no longer used.")


def test_configuration_keys(meanings: Meanings) -> None:
    assert stated("configuration_keys", meanings) == [
        ("NgClientIncorrectPSK", ["NanoGridClientPresharedKey"]),
        ("OcuErrorRelayCount", COUNTERS),
    ]


def test_a_code_with_two_meanings(meanings: Meanings) -> None:
    assert [meaning["text"] for code, meaning in meanings if code == "GroundFailure"] == [
        f"{TRIPPED} In Chargestorm Connected 2, indicates an AC fault.",
        TRIPPED,
    ]


def test_a_description_leaves_out_the_facts(meanings: Meanings) -> None:
    [relay_count] = [meaning for code, meaning in meanings if code == "OcuErrorRelayCount"]
    assert relay_count["description"] == "The OCU relays has been switched many times."


# What a code means now


def test_the_readme_shows_what_each_code_means_now(series: Built) -> None:
    """In a catalogue with codes that are gone, and some that came back."""
    [example] = code_blocks(series.generated / "json/README.md", "python")
    newest = load(series.generated / f"json/releases/{LAST}.json")
    now: dict[str, list[str]] = {}
    for section in newest["sections"]:
        for entry in section["entries"]:
            now.setdefault(entry["code"], []).append(entry["description"])
    printed = output_of(sys.executable, "-c", example, folder=series.generated / "json")
    assert printed.splitlines() == [f"{code} {descriptions}" for code, descriptions in now.items()]
    gone = [one for one in series.catalogues[LAST]["codes"] if one["removed_in"]]
    assert gone
    assert {one["code"] for one in gone}.isdisjoint(now)
    for one in gone:  # what it meant last, as the README says
        last = one["revisions"][-1]
        assert last["meanings"]
        assert last["until"] == one["removed_in"]


# Where the document says it


def unescaped(markdown: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


def folded(text: str) -> str:
    return " ".join(text.split())


def cut(span: dict[str, int]) -> str:
    """The document's text from a span's start to its end."""
    lines = LINES[span["line"] - 1 : span["end_line"]]
    lines[-1] = lines[-1][: span["end_column"] - 1]
    lines[0] = lines[0][span["column"] - 1 :]
    return "\n".join(lines)


SECTIONS: list[dict[str, Any]] = RIGHT["release"]["sections"]
ENTRIES: list[dict[str, Any]] = [entry for section in SECTIONS for entry in section["entries"]]


def test_every_entry_of_the_document_is_a_meaning(codes: Codes, meanings: Meanings) -> None:
    bold = [
        unescaped(code) for code in re.findall(r"^\*\*(.+?)\*\*", "\n".join(LINES), re.MULTILINE)
    ]
    in_order = sorted(meanings, key=lambda meaning: meaning[1]["source"]["lines"][0])
    assert [code for code, _ in in_order] == bold
    assert list(codes) == list(dict.fromkeys(bold))


@pytest.mark.parametrize("number", range(len(ENTRIES)), ids=lambda number: ENTRIES[number]["code"])
def test_source_points_at_the_entry(number: int, meanings: Meanings) -> None:
    code, meaning = meanings[number]
    first, last = meaning["source"]["lines"]
    opening, *more = LINES[first - 1 : last]
    assert meaning["source"]["document"] == DOCUMENT
    assert opening.startswith("**" + code.replace("_", r"\_") + "** ")
    assert all(line.strip() and not line.startswith(("**", "#")) for line in more)
    assert LINES[last : last + 1] in ([""], [])
    assert folded(unescaped(" ".join([opening, *more]))) == f"**{code}** {meaning['text']}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["code"])
def test_spans_cut_out_the_entry(entry: dict[str, Any]) -> None:
    assert unescaped(cut(entry["source"]["code"])) == entry["code"]
    for sentence in entry["sentences"]:
        assert folded(unescaped(cut(sentence["source"]["span"]))) == sentence["text"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["code"])
def test_spans_leave_nothing_of_the_entry(entry: dict[str, Any]) -> None:
    first, last = entry["source"]["lines"]
    rest = "\n".join(LINES[first - 1 : last])
    for part in (entry["source"]["code"], *(s["source"]["span"] for s in entry["sentences"])):
        rest = rest.replace(cut(part), "", 1)
    assert folded(rest) == "****"


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s["sent_in"])
def test_spans_cut_out_the_heading(section: dict[str, Any]) -> None:
    number, span = section["source"]["number"], section["source"]["span"]
    assert cut(span) in (section["title"], f"{number} {section['title']}")
    assert LINES[span["line"] - 1].startswith("## ")
