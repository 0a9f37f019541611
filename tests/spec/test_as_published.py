"""What a document is in the vendor's original can be accepted, and is then read, kept and rebuilt.

`spec_as_published` has every diagnostic that can be accepted. Python, TypeScript, Go and SQL are
tried with the same documents where those packages are.
"""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostic_kinds import DIAGNOSTICS, Severity
from tests.helpers import txtar
from tests.helpers.as_published import SOURCES, lines_to_add, spec_as_published
from tests.helpers.json_schemas import ajv
from tests.helpers.project import ROOT, project_of_r4_4_3, record_digests, run, run_warm
from tests.helpers.tools import code_blocks

ACCEPTABLE = [rule for rule, kind in DIAGNOSTICS.items() if kind.accept]
CASES = ROOT / "tests/cases"


# The declaration


def test_every_diagnostic_of_a_document_says_whether_it_can_be_accepted() -> None:
    """The passes that read documents are in generator/reading; vendor.toml is read there, too."""
    reading = (ROOT / "generator/reading").glob("*.py")
    text = "".join(file.read_text(encoding="utf-8") for file in reading)
    named = {rule for rule in DIAGNOSTICS if f'"{rule}"' in text}
    of_side_files = {r for r in named if re.match(r"role|rule|field|vendor|acceptance", r)}
    decided = {rule for rule, kind in DIAGNOSTICS.items() if kind.accept or kind.refuse}
    assert decided == named - of_side_files - {"file-unreadable", "release-contradicted"}


def test_a_diagnostic_is_accepted_or_refused() -> None:
    for rule, kind in DIAGNOSTICS.items():
        assert not (kind.accept and kind.refuse), rule
        assert kind.severity is Severity.ERROR or not (kind.accept or kind.refuse), rule


# The way from the error to the release


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(CASES / "_project", tmp_path, dirs_exist_ok=True)
    record_digests(tmp_path / "spec")
    return tmp_path


def rebuilt(release: Path) -> bytes:
    program = ROOT / "tests/node/rebuild.mjs"
    return subprocess.run(["node", program, release], capture_output=True, check=True).stdout


@pytest.mark.parametrize("rule", ACCEPTABLE)
def test_the_help_leads_to_a_clean_run(rule: str, project: Path) -> None:
    """The case's document, the lines that its help shows, and `add`: it is in, byte for byte."""
    document = txtar.read(CASES / f"{rule}.txtar").files["bad.md"]
    (project / "bad.md").write_bytes(document)
    found = run_warm("add", "bad.md", folder=project)
    assert found.returncode == 1
    assert f"error[{rule}]" in found.stderr
    (project / "spec/accepted.toml").write_text(lines_to_add(found.stderr), encoding="utf-8")

    linted = run_warm("lint", "bad.md", folder=project)
    assert (linted.returncode, linted.stdout) == (0, "")
    assert linted.stderr.endswith(" accepted\n")
    assert "[" not in linted.stderr
    for command in ("diff r1.0.0 bad.md", "add bad.md", "check"):
        result = run_warm(*command.split(), folder=project)
        assert (result.returncode, result.stderr) == (0, ""), command
    assert (project / "spec/r1.1.0.md").read_bytes() == document
    parsed = run_warm("parse", "spec/r1.1.0.md", folder=project)
    (project / "release.json").write_text(parsed.stdout, encoding="utf-8")
    assert rebuilt(project / "release.json") == document


def test_another_document_is_not_accepted_with_it(project: Path) -> None:
    """What was accepted holds for its release, its diagnostic and what that found."""
    document = txtar.read(CASES / "entries-unsorted.txtar").files["bad.md"]
    (project / "bad.md").write_bytes(document)
    lines = lines_to_add(run_warm("lint", "bad.md", folder=project).stderr)
    accepted = project / "spec/accepted.toml"
    for right, wrong in (
        ('"r1.1.0"', '"r1.1.1"'),
        ('"entries-unsorted"', '"entry-repeated"'),
        ('"Hum, Buzz"', '"Hum, Bang"'),
    ):
        assert right in lines
        accepted.write_text(lines.replace(right, wrong), encoding="utf-8")
        result = run_warm("lint", "bad.md", folder=project)
        assert result.returncode == 1, wrong
        assert "error[entries-unsorted]" in result.stderr
        assert "accepted\n" not in result.stderr


def test_what_is_accepted_holds_where_the_lines_have_moved(project: Path) -> None:
    document = txtar.read(CASES / "entries-unsorted.txtar").files["bad.md"]
    (project / "bad.md").write_bytes(document)
    lines = lines_to_add(run_warm("lint", "bad.md", folder=project).stderr)
    (project / "spec/accepted.toml").write_text(lines, encoding="utf-8")
    moved = document.replace(b"**Hum**", b"**Drone** It drones.\n\n**Hum**")
    (project / "bad.md").write_bytes(moved)
    assert run_warm("lint", "bad.md", folder=project).returncode == 0


WORD_LOST = """
import generator.reading.entries as entries
real = entries.read_sentences
def lossy(*given):
    found, diagnostics = real(*given)
    return tuple(one._replace(text=one.text.replace("It ", "")) for one in found), diagnostics
entries.read_sentences = lossy
"""


def test_what_is_accepted_still_has_to_reproduce_the_document(project: Path) -> None:
    document = txtar.read(CASES / "entries-unsorted.txtar").files["bad.md"]
    (project / "bad.md").write_bytes(document)
    lines = lines_to_add(run_warm("lint", "bad.md", folder=project).stderr)
    (project / "spec/accepted.toml").write_text(lines, encoding="utf-8")
    result = run_warm("lint", "bad.md", folder=project, before=WORD_LOST)
    assert result.returncode == 1
    assert "error[round-trip-differs]" in result.stderr


def test_a_text_that_toml_would_escape_is_found_again(project: Path) -> None:
    document = txtar.read(CASES / "entry-repeated.txtar").files["bad.md"]
    odd = document.replace(b"It hums.", rb'It "hums" as a \\ does, and as \# too.')
    (project / "bad.md").write_bytes(odd)
    lines = lines_to_add(run_warm("lint", "bad.md", folder=project).stderr)
    (project / "spec/accepted.toml").write_text(lines, encoding="utf-8")
    assert tomllib.loads(lines)["as_published"][0]["found"].startswith('Hum It "hums" as a \\ does')
    assert run_warm("lint", "bad.md", folder=project).returncode == 0


def test_other_releases_are_added_while_one_is_waited_for(project: Path) -> None:
    """What was accepted of a document that is not there yet is a warning and stops nothing."""
    (project / "bad.md").write_bytes(txtar.read(CASES / "entry-empty.txtar").files["bad.md"])
    lines = lines_to_add(run_warm("lint", "bad.md", folder=project).stderr)
    (project / "spec/accepted.toml").write_text(lines, encoding="utf-8")
    first = (project / "spec/r1.0.0.md").read_text(encoding="utf-8")
    (project / "other.md").write_text(first.replace("r1.0.0-0-g0123abc", "r1.0.5-0-g0123abd"))
    added = run_warm("add", "other.md", folder=project)
    assert added.returncode == 0, added.stderr
    assert "warning[acceptance-waiting]" in added.stderr
    assert run_warm("add", "bad.md", folder=project).stderr == ""


def test_the_formats_for_machines_show_what_is_accepted_and_why(project: Path) -> None:
    shutil.rmtree(project / "spec")
    spec_as_published(project / "spec")
    document = project / "spec/r1.1.0.md"
    told = json.loads(run_warm("lint", document, "--format", "json", folder=project).stdout)
    shown = {(one["rule"], one["level"], one["accepted"]) for one in told["diagnostics"]}
    reason = "The vendor's original is so."
    assert shown == {
        ("section-missing", "note", reason),
        ("code-not-in-ocpp", "note", reason),
    }
    sarif = json.loads(run_warm("lint", document, "--format", "sarif", folder=project).stdout)
    for result in sarif["runs"][0]["results"]:
        assert result["suppressions"] == [{"kind": "external", "justification": reason}]
    assert run_warm("lint", document, "--format", "github", folder=project).stdout == ""


SLIPS = {
    "its diagnostic": ('"entries-unsorted"', '"entries-unsortd"', "acceptance-invalid"),
    "its release": ('"r1.1.0"', '"r1.1.O"', "acceptance-invalid"),
    "its reason": ('"The vendor\'s original is so."', '""', "acceptance-invalid"),
    "its key": ("reason", "reasons", "acceptance-invalid"),
    "its brackets": ("[[as_published]]", "[as_published]", "acceptance-invalid"),
    "its syntax": ('"r1.1.0"', '"r1.1.0', "acceptance-invalid"),
    "what it found": ('"Hum, Buzz"', '"Hum, Buz"', "acceptance-unmatched"),
}


@pytest.mark.parametrize(("right", "wrong", "rule"), SLIPS.values(), ids=SLIPS.keys())
def test_all_commands_say_the_same_of_a_slip(
    right: str, wrong: str, rule: str, project: Path
) -> None:
    """Where it is not known whether an error of the document is accepted, it is not shown."""
    document = txtar.read(CASES / "entries-unsorted.txtar").files["bad.md"]
    (project / "bad.md").write_bytes(document)
    lines = lines_to_add(run_warm("lint", "bad.md", folder=project).stderr)
    assert right in lines
    (project / "spec/accepted.toml").write_text(lines.replace(right, wrong), encoding="utf-8")
    expected = {rule} | ({"entries-unsorted"} if rule == "acceptance-unmatched" else set())
    for command in ("lint bad.md", "parse bad.md", "diff r1.0.0 bad.md", "add bad.md"):
        result = run_warm(*command.split(), folder=project)
        found = re.findall(r"(?:error|warning)\[([a-z-]+)\]", result.stderr)
        assert (result.returncode, sorted(found)) == (1, sorted(expected)), command


def test_what_is_valid_holds_beside_a_slip(project: Path) -> None:
    document = txtar.read(CASES / "entries-unsorted.txtar").files["bad.md"]
    (project / "bad.md").write_bytes(document)
    lines = lines_to_add(run_warm("lint", "bad.md", folder=project).stderr)
    slip = lines.replace("entries-unsorted", "entry-emty").replace("Hum, Buzz", "Rattle")
    (project / "spec/accepted.toml").write_text(f"{slip}\n{lines}", encoding="utf-8")
    result = run_warm("lint", "bad.md", folder=project)
    assert "spec/accepted.toml:3:15: error[acceptance-invalid]" in result.stderr
    assert result.stderr.endswith("1 error\n1 accepted\n")


# What is published


def test_the_documents_have_everything_that_can_be_accepted() -> None:
    accepted = tomllib.loads((SOURCES / "accepted.toml").read_text(encoding="utf-8"))
    assert {one["diagnostic"] for one in accepted["as_published"]} == set(ACCEPTABLE)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is generated of them, to read from alone."""
    project = tmp_path_factory.mktemp("as-published")
    spec_as_published(project / "spec")
    shutil.copytree(ROOT / "templates", project / "templates")
    result = run("generate", folder=project)
    assert (result.returncode, result.stderr) == (0, "")
    assert run("check", folder=project).returncode == 0
    return project / "generated"


def load(generated: Path, name: str) -> Any:  # noqa: ANN401 (JSON can be anything)
    return json.loads((generated / "json" / name).read_text(encoding="utf-8"))


def test_the_catalogue_has_what_the_documents_have(generated: Path) -> None:
    """Codes in the newest document's order, those that it dropped behind; each text as it is."""
    codes = {one["code"]: one for one in load(generated, "catalogue.json")["codes"]}
    newest = ["Hum", "Rattle", "Silent", "Whistle", "Buzz"]
    assert [*codes] == [*newest, "GroundFailure", "GroundWarning"]
    texts = {
        code: [meaning["text"] for meaning in codes[code]["revisions"][-1]["meanings"]]
        for code in codes
    }
    assert texts["Rattle"] == ["It rattles.", "It rattles.", "It rattles at night."]
    assert texts["Silent"] == [""]
    assert texts["Whistle"] == ["This may come with any status."]
    [whistle] = codes["Whistle"]["revisions"][-1]["meanings"]
    assert (whistle["description"], whistle["may_accompany_non_error_status"]) == ("", True)
    assert codes["GroundWarning"]["sent_in"] == "errorCode"
    assert codes["GroundWarning"]["removed_in"] == "r1.2.0"


def test_the_release_has_its_sections_as_they_stand(generated: Path) -> None:
    release = load(generated, "releases/r1.2.0.json")
    sections = [
        (one["source"]["number"], one["title"], len(one["entries"])) for one in release["sections"]
    ]
    assert sections == [(1, "Made-Up codes", 0), (3, "Made-Up codes", 7)]
    contents = [(one["number"], one["title"], one["page"]) for one in release["source"]["contents"]]
    assert contents == [(1, "Standard faults", 2), (3, "Made-Up codes", 1)]


def test_the_json_is_right_by_its_schemas(generated: Path) -> None:
    releases = [*generated.glob("json/releases/*.json")]
    assert len(releases) == 3
    assert not any(ajv(generated / "json/release.schema.json", *releases).values())
    for name in ("catalogue", "changelog", "vectors"):
        files = (generated / f"json/{name}.schema.json", generated / f"json/{name}.json")
        assert not any(ajv(*files).values()), name


@pytest.mark.parametrize("release", ["r1.0.0", "r1.1.0", "r1.2.0"])
def test_the_documents_come_back_byte_for_byte(release: str, generated: Path) -> None:
    document = generated.parent / f"spec/{release}.md"
    assert rebuilt(generated / f"json/releases/{release}.json") == document.read_bytes()


def test_every_place_is_found_in_the_documents(generated: Path) -> None:
    files = [generated / "json/catalogue.json", *generated.glob("json/releases/*.json")]
    program = ROOT / "tests/node/provenance.mjs"
    command: list[str | Path] = ["node", program, generated.parent, *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.endswith(" 0 wrong\n")) == (0, True), result.stdout


def test_explain_leaves_out_what_no_entry_says(generated: Path) -> None:
    said = run_warm("explain", "Silent", folder=generated.parent)
    assert said.stdout.startswith("Silent  sent in vendorErrorCode, since r1.2.0")
    assert said.stdout.splitlines()[1:3] == ["", "  May accompany a non-error status:  no"]


def test_the_changes_say_where_nothing_is_said(generated: Path) -> None:
    said = run_warm("diff", "r1.1.0", "r1.2.0", folder=generated.parent).stdout
    assert "  Silent  added: nothing said\n" in said


# As CONTRIBUTING.md has it


def test_the_lines_of_contributing_accept_what_they_are_about(tmp_path: Path) -> None:
    """A made-up r4.5.0: a code removed, a fact changed, and a new code at the end."""
    blocks = [
        block
        for block in code_blocks(ROOT / "CONTRIBUTING.md", "toml")
        if block.startswith(("[[accepted]]", "[[as_published]]"))
    ]
    assert len(blocks) == 2
    project = project_of_r4_4_3(tmp_path)
    real = (project / "spec/r4.4.3.md").read_text(encoding="utf-8")
    gone = re.search(r"^\*\*NgErrorOfflineEMS\*\*(?:.+\n)+\n", real, re.MULTILINE)
    limit = ", found only in Chargestorm Connected 2."
    assert gone
    assert f"**OcuErrorRCMDC** DC error{limit}" in real
    changed = (
        real.replace("r4.4.3-0-g33e0f28c", "r4.5.0-0-g0123abc")
        .replace(gone[0], "")
        .replace(f"**OcuErrorRCMDC** DC error{limit}", "**OcuErrorRCMDC** DC error.")
    )
    (project / "new.md").write_text(
        f"{changed.rstrip()}\n\n**NgErrorPhaseLoss** A phase is gone.\n"
    )
    asked = ("diff", "r4.4.3", "new.md", "--fail-on", "behaviour")
    assert run_warm(*asked, folder=project).returncode == 1
    accepted = project / "spec/accepted.toml"
    accepted.write_text(blocks[-1], encoding="utf-8")
    refused = run_warm(*asked, folder=project)
    assert refused.returncode == 1
    assert "NgErrorOfflineEMS  removed" in refused.stdout
    accepted.write_text("\n".join(blocks), encoding="utf-8")
    result = run_warm(*asked, folder=project)
    assert result.returncode == 0, result.stdout + result.stderr
    added = run_warm("add", "new.md", folder=project)
    assert added.returncode == 0, added.stderr
    reason = "(accepted: The vendor confirmed that no station sends it any more.)"
    changelog = (project / "generated/CHANGELOG.md").read_text(encoding="utf-8")
    assert f"removed {reason}" in changelog
