"""What CI services read: annotations, SARIF and JSON, parsed back, for every finding there is."""

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.diagnostic_kinds import DIAGNOSTICS
from generator.diagnostics import Diagnostic, Location
from generator.fields import Impact
from generator.reports.diagnostics import format_github, results_of_diagnostics
from tests.helpers import txtar
from tests.helpers.document_strategies import VENDOR
from tests.helpers.project import ROOT, record_digests, run_here
from tests.helpers.tools import NODE_BIN, node_tool, output_of
from tests.helpers.tools import run as run_tool

CASES = ROOT / "tests/cases"
CHANGES = ROOT / "tests/changes"
_CALL = re.compile(r"^\$ ctek-codegen (?P<command>check|lint)\b(?P<arguments>.*)$", re.MULTILINE)


class Printed(NamedTuple):
    """A finding as text tells it: the only place, rule and message of its first line."""

    path: str
    line: int | None
    column: int | None
    level: str
    rule: str
    message: str


_PRINTED = re.compile(
    r"^(?P<path>[^:\n]+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?: "
    r"(?P<level>error|warning)\[(?P<rule>[a-z-]+)\]: (?P<message>.*)$",
    re.MULTILINE,
)


def printed(text: str) -> set[Printed]:
    found = set()
    for match in _PRINTED.finditer(text):
        line, column = (int(match[name]) if match[name] else None for name in ("line", "column"))
        told = (match["level"], match["rule"], match["message"])
        found.add(Printed(match["path"], line, column, *told))
    return found


def project_of(file: Path, folder: Path) -> list[str] | None:
    """A case's project and its arguments, None where its command is neither `check` nor `lint`."""
    case = txtar.read(file)
    call = _CALL.search(case.comment)
    if call is None:
        return None
    shutil.copytree(CASES / "_project", folder, dirs_exist_ok=True)
    for name, data in case.files.items():
        if name not in ("stdout", "stderr"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    if "spec/SHA256SUMS" not in case.files:
        record_digests(folder / "spec")
    return [call["command"], *shlex.split(call["arguments"])]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What is printed in each format for one case of each diagnostic that has one of `check` or
    `lint`, by the case's name; the text is the case's own."""
    found: dict[str, dict[str, str]] = {}
    for rule in DIAGNOSTICS:
        folder = tmp_path_factory.mktemp(rule)
        file = CASES / f"{rule}.txtar"
        arguments = project_of(file, folder)
        if arguments is None:
            continue
        case = txtar.read(file)
        text = b"".join(case.files.get(name, b"") for name in ("stdout", "stderr")).decode()
        found[rule] = {"text": text}
        for form in ("json", "github", "sarif"):
            found[rule][form] = run_here(*arguments, "--format", form, folder=folder).stdout
    return found


def test_most_diagnostics_are_tried(findings: dict[str, dict[str, str]]) -> None:
    assert len(findings) > len(DIAGNOSTICS) * 0.6


def test_json_has_each_finding(findings: dict[str, dict[str, str]]) -> None:
    for rule, forms in findings.items():
        told = {
            Printed(*(one[name] for name in ("path", "line", "column", "level", "rule", "message")))
            for one in json.loads(forms["json"])["diagnostics"]
        }
        assert printed(forms["text"]) <= told, rule
        assert rule in {one.rule for one in told}


_COMMAND = re.compile(r"^::(?P<level>error|warning|notice) (?P<properties>.*?)::(?P<message>.*)$")


def annotations(text: str) -> list[dict[str, str]]:
    """Workflow commands as GitHub's runner reads them, a line each."""
    found = []
    for line in text.splitlines():
        match = _COMMAND.fullmatch(line)
        assert match, line
        properties = dict(part.split("=", 1) for part in match["properties"].split(","))
        told = {name: unescaped(value, ":,") for name, value in properties.items()}
        found.append({**told, "level": match["level"], "message": unescaped(match["message"])})
    return found


def unescaped(text: str, further: str = "") -> str:
    for character in (*further, "\n", "\r", "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_annotations_say_what_text_says(findings: dict[str, dict[str, str]]) -> None:
    for rule, forms in findings.items():
        told = {
            Printed(
                one["file"],
                int(one["line"]) if "line" in one else None,
                int(one["col"]) if "col" in one else None,
                one["level"],
                one["title"],
                one["message"].split("\n")[0],
            )
            for one in annotations(forms["github"])
        }
        assert printed(forms["text"]) <= told, rule


def test_a_diagnostic_that_could_end_the_command_does_not() -> None:
    """What a document holds is told, whatever it means to a workflow."""
    awkward = "50 %\r\n::error file=x::no, 1%0A2"
    place = Location("spec/a,b:c%.md", 3, 4)
    diagnostic = Diagnostic("title-unknown", place, awkward, help="m", found="a\N{LINE SEPARATOR}b")
    [one] = annotations(format_github(results_of_diagnostics([diagnostic])))
    assert one["file"] == "spec/a,b:c%.md"
    assert one["message"].startswith(awkward)
    assert "a\N{REPLACEMENT CHARACTER}b" in one["message"]


# Changes


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What `diff` prints in each format for each pair of tests/changes."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(CHANGES.glob("*.txtar")):
        folder = tmp_path_factory.mktemp(file.stem)
        case = txtar.read(file)
        for name in ("old.md", "new.md"):
            (folder / name).write_bytes(case.files[name])
        (folder / "spec").mkdir()
        (folder / "spec/vendor.toml").write_text(VENDOR, encoding="utf-8")
        (folder / "spec/r0.1.0.md").write_bytes(
            case.files["old.md"].replace(b"r1.0.0-0", b"r0.1.0-0")
        )
        record_digests(folder / "spec")
        found[file.stem] = {}
        for form in ("text", "json", "markdown", "github", "sarif"):
            result = run_here("diff", "old.md", "new.md", "--format", form, folder=folder)
            assert result.returncode == 0, result.stderr
            found[file.stem][form] = result.stdout
    return found


def test_every_class_of_change_is_annotated(changes: dict[str, dict[str, str]]) -> None:
    levels = {
        "breaking": "error",
        "behaviour": "warning",
        "addition": "notice",
        "wording": "notice",
        "typography": "notice",
    }
    seen = set()
    for name, forms in changes.items():
        data = json.loads(forms["json"])["changes"]
        found = annotations(forms["github"])
        assert len(found) == len(data), name
        for change, one in zip(data, found, strict=True):
            side = change["new"] or change["old"]
            assert one["file"] == ("new.md" if change["new"] else "old.md")
            assert int(one["line"]) == side["source"]["lines"][0]
            assert one["title"] == f"change-{change['class']}"
            assert one["level"] == levels[change["class"]]
            assert one["message"].startswith(f"{change['code']}: {change['summary']}\n")
            seen.add(change["class"])
    assert seen == set(Impact)


def test_text_and_markdown_tell_every_change(changes: dict[str, dict[str, str]]) -> None:
    for name, forms in changes.items():
        data = json.loads(forms["json"])
        for change in data["changes"]:
            assert f"\n  {change['code']}  " in forms["text"], name
            assert f"- **{change['code']}** " in forms["markdown"], name
        assert ("perhaps renamed" in forms["text"]) == bool(data["possible_renames"])
        assert ("### Perhaps renamed" in forms["markdown"]) == bool(data["possible_renames"])


def test_changed_words_are_marked(changes: dict[str, dict[str, str]]) -> None:
    assert "Hum  description: It [-hums.-] {+hums loudly.+}\n" in changes["description"]["text"]


# SARIF

Results = list[dict[str, Any]]


def test_sarif_is_valid(
    findings: dict[str, dict[str, str]], changes: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    logs = [json.loads(forms["sarif"]) for forms in (findings | changes).values()]
    assert {log["version"] for log in logs} == {"2.1.0"}
    together = {**logs[0], "runs": [run for log in logs for run in log["runs"]]}
    results = [result for one in together["runs"] for result in one["results"]]
    assert {result["level"] for result in results} == {"error", "warning", "note"}
    assert refused(together, tmp_path) == []


RUN: dict[str, Any] = {
    "tool": {"driver": {"name": "x"}},
    "results": [{"ruleId": "x", "message": {"text": "x"}, "level": "note"}],
}


def test_what_is_no_valid_sarif_is_refused(tmp_path: Path) -> None:
    right = {"version": "2.1.0", "runs": [RUN]}
    assert refused(right, tmp_path) == []
    for wrong in (
        {**RUN, "tool": {}},
        {**RUN, "results": [{"message": {"text": "x"}, "level": "notice"}]},
        {**RUN, "result": []},
    ):
        assert refused({**right, "runs": [wrong]}, tmp_path) != []


def refused(log: dict[str, Any], folder: Path) -> list[str]:
    """What two have against a log: the validator of those who keep the format, and its types."""
    text = json.dumps(log)
    (folder / "log.sarif").write_text(text, encoding="utf-8")
    validator = node_tool("sarif-multitool", "@microsoft/sarif-multitool")
    invariant = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}  # needs no ICU on the machine
    told = output_of(validator, "validate", "log.sarif", folder=folder, **invariant)
    assert "1 files scanned" in told, told
    errors = [line for line in told.splitlines() if re.search(r": error \w+:", line)]
    types = (NODE_BIN.parent / "@types/sarif/index.d.ts").as_posix()
    program = f'import type {{ Log }} from "{types}";\nexport const log: Log = {text};\n'
    (folder / "log.ts").write_text(program, encoding="utf-8")
    checked = run_tool(node_tool("tsc"), "--noEmit", "--strict", "log.ts", folder=folder)
    return errors + checked.stdout.splitlines()
