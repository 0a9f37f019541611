"""A field of every type, declared in a vendor's file alone, is in all that the program makes.

What the packages of each language do with them is tried with the packages. The values here were
written by hand from the made-up documents in tests/every_field.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator import pipeline
from generator.decoding.catalogue import decoder_of
from tests.helpers.json_schemas import ajv
from tests.helpers.project import ROOT, choose_targets, record_digests, run, run_here

SPEC = ROOT / "tests/every_field/spec"
FIELDS = {
    "goes_on": {"type": ["boolean", "null"]},
    "needs_visit": {"type": "boolean"},
    "remedy": {"type": ["string", "null"], "minLength": 1},
    "lamp_shown": {"type": ["string", "null"], "minLength": 1},
    "retries": {"type": ["integer", "null"], "minimum": 0},
    "severity": {"anyOf": [{"$ref": "#/$defs/Severity"}, {"type": "null"}]},
    "outlets": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}},
    "spare_parts": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "causes": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "lamp_notes": {"type": "array", "items": {"$ref": "#/$defs/LampNote"}},
    "retired": {"anyOf": [{"$ref": "#/$defs/Retirement"}, {"type": "null"}]},
    "lockout": {"anyOf": [{"$ref": "#/$defs/LockoutRule"}, {"type": "null"}]},
    "unlocked_by": {"type": ["string", "null"], "minLength": 1},
}
"""What the schema has to say of each, in the order of the vendor's file."""
SILENT: dict[str, Any] = {
    "goes_on": None,
    "needs_visit": False,
    "remedy": None,
    "lamp_shown": None,
    "retries": None,
    "severity": None,
    "outlets": None,
    "spare_parts": [],
    "causes": [],
    "lamp_notes": [],
    "retired": None,
    "lockout": None,
    "unlocked_by": None,
}
"""The values of a meaning that states nothing."""
STATED: dict[str, list[dict[str, Any]]] = {
    "GroundFailure": [
        {
            "severity": "major",
            "needs_visit": True,
            "remedy": 'press "RESET", twice, and look for a \\ sign or {{ braces }}',
            "lamp_shown": "red lamp",
        },
        {"goes_on": True},
    ],
    "CODE_ONE": [{"retries": 4, "outlets": [1, 2], "causes": ["dust", "mice"]}],
    "CODE_TWO": [{"spare_parts": ["AB-123"]}],
    "OldCode": [
        {
            "spare_parts": ["AB-123", "CD-456"],
            "lamp_notes": [
                {"lamp": "blue lamp", "blinks": 2},
                {"lamp": "red lamp", "blinks": 1},
            ],
            "retired": {
                "words": "This code is retired. Look at AB-123 and CD-456 in its place. "
                "Its retirement is hard.",
                "see": ["AB-123", "CD-456"],
                "level": "hard",
            },
        }
    ],
    "StationLocked": [{"lockout": {"minutes": 30}, "unlocked_by": 'a "master" key'}],
}
"""What the newest document states of each code, besides which it is silent."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up vendor's project, generated; to read from alone."""
    project = tmp_path_factory.mktemp("every-field")
    shutil.copytree(SPEC, project / "spec")
    shutil.copytree(ROOT / "templates", project / "templates")
    result = run("generate", folder=project)
    assert result.returncode == 0, result.stderr
    return project


def artefact(project: Path, name: str) -> Any:  # noqa: ANN401 (JSON can be anything)
    return json.loads((project / "generated" / name).read_text(encoding="utf-8"))


def test_the_project_is_what_it_is_generated_from(project: Path) -> None:
    assert run("check", folder=project).returncode == 0


def test_the_catalogue_has_every_field_with_its_value(project: Path) -> None:
    catalogue = artefact(project, "json/catalogue.json")
    assert {code["code"] for code in catalogue["codes"]} == set(STATED)
    for code in catalogue["codes"]:
        meanings = code["revisions"][-1]["meanings"]
        for meaning, stated in zip(meanings, STATED[code["code"]], strict=True):
            names = [*meaning][2:-1]
            assert names == [*FIELDS]
            assert {name: meaning[name] for name in names} == SILENT | stated


def test_a_record_in_a_list_has_its_members_as_declared(tmp_path: Path) -> None:
    shutil.copytree(SPEC, tmp_path / "spec")
    vendor = tmp_path / "spec/vendor.toml"
    lamp = 'lamp = { type = "text", of = "lamp", meaning = "The lamp." }\n'
    blinks = 'blinks = { type = "integer", meaning = "How often it blinks." }\n'
    words = 'words = { type = "text", verbatim = true, meaning = "The sentence." }\n'
    text = vendor.read_text()
    vendor.write_text(text.replace(lamp + blinks, blinks + words + lamp))
    [section] = (one for one in parsed(tmp_path)["sections"] if one["sent_in"] == "vendorErrorCode")
    [old] = (entry for entry in section["entries"] if entry["code"] == "OldCode")
    assert [list(note.items()) for note in old["lamp_notes"]] == [
        [("blinks", 2), ("words", "With it the blue lamp blinks 2 times."), ("lamp", "blue lamp")],
        [("blinks", 1), ("words", "With it the red lamp blinks 1 times."), ("lamp", "red lamp")],
    ]


def test_a_vendor_can_declare_no_field(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/cases/_project/spec", tmp_path / "spec")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    vendor = tmp_path / "spec/vendor.toml"
    vendor.write_text(vendor.read_text().partition("[words]")[0])
    record_digests(tmp_path / "spec")
    result = run("generate", folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    for code in artefact(tmp_path, "json/catalogue.json")["codes"]:
        for meaning in code["revisions"][0]["meanings"]:
            assert list(meaning) == ["text", "description", "source"]
            assert meaning["description"] == meaning["text"]
    for name in ("catalogue", "vectors"):
        schema = json.loads((tmp_path / f"generated/json/{name}.schema.json").read_text())
        Draft202012Validator(schema).validate(artefact(tmp_path, f"json/{name}.json"))


def test_a_meaning_is_one_cell_of_every_readme(tmp_path: Path) -> None:
    shutil.copytree(SPEC, tmp_path / "spec")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    vendor = tmp_path / "spec/vendor.toml"
    text = vendor.read_text()
    assert 'meaning = "The lamp that is lit."' in text
    odd = "meaning = 'The lamp | that <b>is</b> lit as null and Null, \\ and {{ 1 }}.'"
    vendor.write_text(text.replace('meaning = "The lamp that is lit."', odd))
    assert run("generate", folder=tmp_path).returncode == 0
    for target in ("go", "json", "mysql", "python", "sql", "typescript"):
        lines = (tmp_path / f"generated/{target}/README.md").read_text().splitlines()
        [row] = (line for line in lines if line.startswith("|") and "lit as null and Null" in line)
        before = next(line for line in lines[lines.index(row) :: -1] if line.startswith("| ---"))
        assert len(re.findall(r"(?<!\\)\|", row)) == before.count("|"), target
        assert "<b>" not in row, target


def parsed(project: Path) -> Any:  # noqa: ANN401 (JSON can be anything)
    result = run("parse", "spec/r1.1.0.md", folder=project)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", ["catalogue", "releases/r1.0.0", "releases/r1.1.0", "vectors"])
def test_the_json_is_of_its_schema(name: str, project: Path) -> None:
    schema = "release" if name.startswith("releases") else name
    file = project / f"generated/json/{schema}.schema.json"
    data = artefact(project, f"json/{name}.json")
    Draft202012Validator(json.loads(file.read_text(encoding="utf-8"))).validate(data)
    path = project / f"generated/json/{name}.json"
    assert ajv(file, path) == {str(path): []}


@pytest.mark.parametrize(
    ("schema", "record"),
    [("catalogue", "Meaning"), ("release", "Entry"), ("changelog", "Side")],
)
def test_the_schemas_type_and_describe_every_field(schema: str, record: str, project: Path) -> None:
    definition = artefact(project, f"json/{schema}.schema.json")["$defs"][record]
    vendor = (SPEC / "vendor.toml").read_text(encoding="utf-8")
    for name, expected in FIELDS.items():
        said = dict(definition["properties"][name])
        meaning = said.pop("description").split(". ")[0].removesuffix(".")
        assert f'meaning = "{meaning}."' in vendor
        assert said == expected
        assert name in definition["required"]


def test_the_schemas_have_the_vendors_records_and_enums(project: Path) -> None:
    definitions = artefact(project, "json/catalogue.schema.json")["$defs"]
    assert definitions["Severity"]["enum"] == ["minor", "major", "critical"]
    assert definitions["Level"]["enum"] == ["soft", "hard"]
    assert [*definitions["LampNote"]["properties"]] == ["lamp", "blinks"]
    assert [*definitions["Retirement"]["properties"]] == ["words", "see", "level"]
    assert definitions["LockoutRule"]["description"] == "When the station locks itself."


WRONG: dict[str, object] = {
    "goes_on": "yes",
    "needs_visit": None,
    "retries": -1,
    "severity": "tiny",
    "outlets": ["1"],
    "spare_parts": None,
    "lamp_notes": [{"lamp": "red lamp"}],
    "retired": {"words": "It is.", "see": [], "level": "odd"},
    "unheard_of": 1,
}


@pytest.mark.parametrize("name", WRONG)
def test_the_schema_refuses_what_a_field_cannot_be(
    name: str, project: Path, tmp_path: Path
) -> None:
    catalogue = artefact(project, "json/catalogue.json")
    catalogue["codes"][0]["revisions"][-1]["meanings"][0][name] = WRONG[name]
    schema = artefact(project, "json/catalogue.schema.json")
    assert not Draft202012Validator(schema).is_valid(catalogue)
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(catalogue), encoding="utf-8")
    assert ajv(project / "generated/json/catalogue.schema.json", wrong)[str(wrong)]


def test_explain_tells_every_field_and_what_is_not_known(project: Path) -> None:
    told = " ".join(run_here("explain", "GroundFailure", folder=project).stdout.split())
    for line in (
        "Charging goes on: not known Needs a visit: yes",
        'Remedy: press "RESET", twice, and look for a \\ sign or {{ braces }}',
        "Lamp: red lamp",
        "Retries: not known",
        "Severity: major",
        "Only on outlet: not known",
        "Lockout: not known",
        "Charging goes on: yes Needs a visit: no",
    ):
        assert line in told
    assert "Causes" not in told  # nothing is said of them, and that says that there are none
    old = " ".join(run_here("explain", "OldCode", folder=project).stdout.split())
    assert "Spare parts: AB-123, CD-456 With a lamp: blue lamp: 2 With a lamp: red lamp: 1" in old
    assert "Retired: This code is retired. Look at" in old
    assert "See: AB-123, CD-456 Level: hard" in old
    locked = " ".join(run_here("explain", "stationlocked", folder=project).stdout.split())
    assert 'Lockout: yes Locked for minutes: 30 Unlocked by: a "master" key' in locked


CHANGES = [
    ("breaking", "GroundFailure", "severity", "Severity: critical → major"),
    ("behaviour", "CODE_ONE", "goes_on", "Charging goes on: yes → nothing said"),
    ("behaviour", "CODE_ONE", "retries", "Retries: 3 → 4"),
    ("wording", "CODE_ONE", "causes", "Causes: dust, rain, mice → dust, mice"),
    ("behaviour", "StationLocked", "lockout", "Lockout: 15 → 30"),
]


def test_diff_and_changelog_tell_each_change_with_its_class(project: Path) -> None:
    told = json.loads(
        run_here("diff", "r1.0.0", "r1.1.0", "--format", "json", folder=project).stdout
    )
    logged = artefact(project, "json/changelog.json")["chapters"][0]["difference"]
    for changes in (told["changes"], logged["changes"]):
        found = [(one["class"], one["code"], one["field"], one["summary"]) for one in changes]
        assert found == CHANGES
    assert "Severity: critical → major" in (project / "generated/CHANGELOG.md").read_text("utf-8")
    refused = run_here("diff", "r1.0.0", "r1.1.0", "--fail-on", "breaking", folder=project)
    assert refused.returncode == 1


@pytest.mark.parametrize(
    ("code", "outlet", "status", "may_go_on", "beyond"),
    [
        # Two meanings: one says that charging goes on, the other nothing.
        ("GroundFailure", 1, "Charging", True, []),
        # The document says nothing: that it may not come so is not said either.
        ("CODE_ONE", 1, "Charging", None, []),
        ("CODE_ONE", 3, "Faulted", None, ["connector"]),
        ("CODE_TWO", 3, "Charging", None, []),
        ("OldCode", 1, "Charging", None, ["deprecated"]),
    ],
)
def test_a_decoder_answers_not_known(
    code: str,
    outlet: int,
    status: str,
    may_go_on: bool | None,  # noqa: FBT001 (of a table)
    beyond: list[str],
) -> None:
    loaded, diagnostics = pipeline.load(SPEC)
    assert loaded, diagnostics
    field = "errorCode" if code == "GroundFailure" else "vendorErrorCode"
    message = {"connectorId": outlet, "errorCode": "OtherError", "status": status, field: code}
    [answer] = decoder_of(loaded.catalogue, loaded.annotations).status_notification(message)[
        "codes"
    ]
    assert answer["goes_on"] is may_go_on
    assert answer["beyond_document"] == beyond


def test_an_event_of_a_code_whose_document_is_silent_is_no_fault() -> None:
    loaded, diagnostics = pipeline.load(SPEC)
    assert loaded, diagnostics
    payload = {"eventData": [{"techCode": "CODE_TWO"}]}
    [event] = decoder_of(loaded.catalogue, loaded.annotations).notify_event(payload)["events"]
    assert (event["condition"], event["condition_from"]) == ("unknown", None)


# A new kind of fact, on the day that a document has it

REMEDY = """
[fields.remedy]
type = "text"
label = "Remedy"
meaning = "What to do about it."
silence = "empty"
impact = "behaviour"
once = true

[[rules]]
id = "remedy"
states = "remedy"
pattern = "Remedy: {remedy}."
example = "It hums. Remedy: restart the station."
cues = ["remedy"]
"""


@pytest.fixture(scope="module")
def remedied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project after one file of spec/ was changed, and a document added that has a remedy."""
    project = tmp_path_factory.mktemp("remedy")
    for name in ("spec", "templates"):
        shutil.copytree(ROOT / name, project / name)
    vendor = project / "spec/vendor.toml"
    vendor.write_text(vendor.read_text(encoding="utf-8") + REMEDY, encoding="utf-8")
    assert run("generate", folder=project).returncode == 0
    text = (project / "spec/r4.4.3.md").read_text(encoding="utf-8")
    later = text.replace("r4.4.3-0-g33e0f28c", "r4.5.0-0-gabcdef12").replace(
        "Communication timeout error with OCU",
        "Communication timeout error with OCU. Remedy: restart the station.",
    )
    (project / "made-up.md").write_text(later, encoding="utf-8")
    result = run("add", "made-up.md", folder=project)
    assert result.returncode == 0, result.stderr
    assert "Remedy: nothing said → restart the station" in result.stdout
    return project


def test_a_new_fact_is_taken_in_by_data_alone(remedied: Path) -> None:
    assert run("check", folder=remedied).returncode == 0
    told = run("diff", "previous", "latest", folder=remedied).stdout
    assert "OcuErrorModbusCommunication  Remedy: nothing said → restart the station" in told
    explained = " ".join(
        run("explain", "OcuErrorModbusCommunication", folder=remedied).stdout.split()
    )
    assert "Remedy: restart the station" in explained


@pytest.mark.parametrize(
    "file",
    [
        "json/catalogue.json",
        "json/releases/r4.5.0.json",
        "json/changelog.json",
        "CHANGELOG.md",
        "python/ctek_error_codes/_catalogue.py",
        "typescript/src/catalogue.ts",
        "go/catalogue.go",
        "mysql/tables.sql",
        "sql/tables.sql",
        "sql/seeds/ctek_error_codes.csv",
    ],
)
def test_every_target_has_the_new_fact(file: str, remedied: Path) -> None:
    text = (remedied / "generated" / file).read_text(encoding="utf-8")
    assert "restart the station" in text.replace("Remedy: restart the station", "")


@pytest.mark.parametrize("name", ["catalogue", "releases/r4.5.0", "changelog", "vectors"])
def test_the_json_with_the_new_fact_is_of_its_schema(name: str, remedied: Path) -> None:
    schema = "release" if name.startswith("releases") else name
    Draft202012Validator(artefact(remedied, f"json/{schema}.schema.json")).validate(
        artefact(remedied, f"json/{name}.json")
    )


# The proof can fail


def test_a_target_that_leaves_a_field_out_is_found(tmp_path: Path) -> None:
    """With the loop of the schemas one field short, the JSON is refused by its own schema."""
    project = tmp_path
    shutil.copytree(SPEC, project / "spec")
    choose_targets(project / "templates")
    shutil.copytree(ROOT / "templates/json", project / "templates/json")
    template = project / "templates/json/schema.json.j2"
    text = template.read_text(encoding="utf-8")
    loop = "for member in shape.members if not member.is_local"
    assert loop in text
    template.write_text(
        text.replace(loop, f"{loop} and member.name != 'retries'"), encoding="utf-8"
    )
    record_digests(project / "spec")
    assert run("generate", folder=project).returncode == 0
    schema = artefact(project, "json/catalogue.schema.json")
    assert not Draft202012Validator(schema).is_valid(artefact(project, "json/catalogue.json"))
