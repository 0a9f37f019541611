"""Every diagnostic is triggered by a case, and says what the case says, to the letter."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.diagnostic_kinds import DIAGNOSTICS
from tests.helpers import txtar
from tests.helpers.diagnostics_page import PAGE, page
from tests.helpers.followed_help import (
    Run,
    assert_clean,
    follow,
    is_clean,
    printed_commands,
    printed_lines,
    said_of,
    ways,
)
from tests.helpers.project import ROOT, record_digests, run, run_warm

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.txtar"))
_CALL = re.compile(
    r"^\$ (?P<call>ctek-codegen (?P<arguments>[^\n]*))\nexit (?P<status>\d)$(?P<steps>.*?)"
    r"(?:^\$ (?P<last>ctek-codegen [^\n]*)\nexit 0\n*)?\Z",
    re.MULTILINE | re.DOTALL,
)
STREAMS = ("stdout", "stderr")
THEN = "then/"
"""In front of the names of files that a person writes who follows the help."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_case(file: Path, tmp_path: Path) -> None:
    check(file, tmp_path, run_warm)


@pytest.mark.parametrize("file", FILES[::10], ids=lambda file: file.stem)
def test_case_in_a_process_of_its_own(file: Path, tmp_path: Path) -> None:
    check(file, tmp_path, run)


def check(file: Path, tmp_path: Path, run: Run) -> None:
    """Holds what the command says and answers against the case, to the letter.

    Then does what the case has of a person who follows the help, and the command runs clean; each
    way that the case has begins where the first did.
    """
    case = txtar.read(file)
    call = _CALL.search(case.comment)
    assert call, "a case has a line '$ ctek-codegen …' and a line 'exit …' behind it"
    written = {n.removeprefix(THEN): d for n, d in case.files.items() if n.startswith(THEN)}
    for number, steps in enumerate(ways(call["steps"])):
        folder = tmp_path / str(number)
        result = meet(case, call, folder, run)
        is_followed = written or steps.strip() or call["last"]
        assert is_followed or is_clean(result), "a case says how its help is followed"
        lay_out(folder, written)
        if steps.strip():
            follow(steps, result.stdout + result.stderr, folder, run)
        assert_clean(call["last"] or call["call"], folder, run)


def meet(
    case: txtar.Archive, call: re.Match[str], folder: Path, run: Run
) -> subprocess.CompletedProcess[str]:
    """Lays a case out, runs its command, and holds what that does against the case."""
    shutil.copytree(CASES / "_project", folder)
    lay_out(folder, {n: d for n, d in case.files.items() if not n.startswith(THEN)})
    if "spec/SHA256SUMS" not in case.files:
        record_digests(folder / "spec")
    result = run(*shlex.split(call["arguments"]), folder=folder)
    expected = {name: case.files.get(name, b"").decode() for name in STREAMS}
    assert {"stdout": result.stdout, "stderr": result.stderr} == expected
    assert result.returncode == int(call["status"])
    return result


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        if name not in STREAMS:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)


@pytest.mark.parametrize("rule", DIAGNOSTICS)
def test_whatever_a_help_prints_is_run_or_pasted_by_a_case(rule: str) -> None:
    printed: set[str] = set()
    done: set[str] = set()
    for file in FILES:
        case = txtar.read(file)
        said = b"".join(case.files.get(name, b"") for name in STREAMS).decode()
        if rule_of(file) == rule:
            said = said_of(rule, said)
            printed |= {f"Paste {name} into" for name in printed_lines(said)}
            printed |= {"Run it." for _ in printed_commands(said)}
            done |= set(re.findall(r"^Run it\.$|^Paste \S+ into", case.comment, re.MULTILINE))
    assert done >= printed


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_page_that_a_help_names_is_there(file: Path) -> None:
    case = txtar.read(file)
    said = b"".join(case.files.get(name, b"") for name in STREAMS).decode()
    for name, rest in re.findall(r"((?:CONTRIBUTING|README|docs/\w+)\.md)([^.;)]*)", said):
        page = (ROOT / name).read_text(encoding="utf-8")
        titles = re.findall(r"'([^']*)'", rest)
        assert titles or name.startswith("docs/"), f"a section of {name}"
        for title in titles:
            assert f"\n## {title}\n" in page


def test_the_vendor_that_contributing_shows_is_read(tmp_path: Path) -> None:
    shutil.copytree(CASES / "_project", tmp_path, dirs_exist_ok=True)
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = page.partition("\n## Describe a vendor\n")[2]
    shown = section.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "spec/vendor.toml").write_text(shown, encoding="utf-8")
    record_digests(tmp_path / "spec")
    assert_clean("ctek-codegen check", tmp_path, run_warm)


def rule_of(file: Path) -> str:
    return max((rule for rule in DIAGNOSTICS if file.stem.startswith(rule)), key=len)


def test_every_diagnostic_has_a_case() -> None:
    assert {file.stem for file in FILES} >= set(DIAGNOSTICS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_case_shows_the_diagnostic_that_it_is_named_after(file: Path) -> None:
    case = txtar.read(file)
    said = b"".join(case.files.get(name, b"") for name in STREAMS).decode()
    shown = set(re.findall(r': (?:error|warning)\[([a-z-]+)\]: |"rule": "([a-z-]+)"', said))
    rules = {text or json for text, json in shown}
    assert rules
    assert rule_of(file) in rules


def test_the_page_shows_every_diagnostic_as_it_is() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make docs"
