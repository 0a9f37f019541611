"""Every diagnostic is triggered by a case, and says what the case says, to the letter."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import DIAGNOSTICS
from tests.helpers import txtar
from tests.helpers.diagnostics_page import PAGE, page
from tests.helpers.project import record_digests, run, run_warm

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.txtar"))
_CALL = re.compile(r"^\$ ctek-codegen (?P<arguments>.*)\nexit (?P<status>\d)$", re.MULTILINE)
STREAMS = ("stdout", "stderr")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_case(file: Path, tmp_path: Path) -> None:
    check(file, tmp_path, run_warm)


@pytest.mark.parametrize("file", FILES[::10], ids=lambda file: file.stem)
def test_case_in_a_process_of_its_own(file: Path, tmp_path: Path) -> None:
    check(file, tmp_path, run)


def check(file: Path, tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Holds what the command says and answers against the case, to the letter."""
    case = txtar.read(file)
    call = _CALL.search(case.comment)
    assert call, "a case has a line '$ ctek-codegen …' and a line 'exit …' behind it"
    shutil.copytree(CASES / "_project", tmp_path, dirs_exist_ok=True)
    for name, data in case.files.items():
        if name not in STREAMS:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
    if "spec/SHA256SUMS" not in case.files:
        record_digests(tmp_path / "spec")
    result = run(*shlex.split(call["arguments"]), folder=tmp_path)
    expected = {name: case.files.get(name, b"").decode() for name in STREAMS}
    assert {"stdout": result.stdout, "stderr": result.stderr} == expected
    assert result.returncode == int(call["status"])


def test_every_diagnostic_has_a_case() -> None:
    assert {file.stem for file in FILES} >= set(DIAGNOSTICS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_case_shows_the_diagnostic_that_it_is_named_after(file: Path) -> None:
    case = txtar.read(file)
    said = b"".join(case.files.get(name, b"") for name in STREAMS).decode()
    shown = set(re.findall(r': (?:error|warning)\[([a-z-]+)\]: |"rule": "([a-z-]+)"', said))
    rules = {text or json for text, json in shown}
    assert rules
    assert max((rule for rule in DIAGNOSTICS if file.stem.startswith(rule)), key=len) in rules


def test_the_page_shows_every_diagnostic_as_it_is() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make docs"
