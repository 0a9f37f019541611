"""The same in, the same out: whatever the machine, the folder, the Python and the locale."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.project import ROOT, files_below, real_project, run, run_faulty

_PYENV = Path.home() / ".pyenv/versions"
EXPECTED = files_below(ROOT / "generated")


def generated_by(project: Path) -> dict[str, bytes]:
    return files_below(project / "generated")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project in which nothing is generated yet."""
    project = real_project(tmp_path)
    shutil.rmtree(project / "generated")
    return project


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4294967295"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "Etc/GMT+12", "SOURCE_DATE_EPOCH": "0"},
        {"PYTHONOPTIMIZE": "2"},
        {"COLUMNS": "20", "TERM": "dumb"},
    ],
    ids=lambda environment: " ".join(f"{k}={v}" for k, v in environment.items()),
)
def test_in_another_environment(project: Path, environment: dict[str, str]) -> None:
    result = run("generate", folder=project, **environment)
    assert result.returncode == 0, result.stderr
    assert generated_by(project) == EXPECTED


def test_from_another_folder(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "some where"
    elsewhere.mkdir()
    result = run(
        "generate",
        *("--spec", project / "spec"),
        *("--templates", "../templates"),
        *("--output", project / "generated"),
        folder=elsewhere,
    )
    assert result.returncode == 0, result.stderr
    assert generated_by(project) == EXPECTED


def test_without_the_compiled_templates(project: Path, tmp_path: Path) -> None:
    for _ in ("made", "kept"):
        assert run("generate", folder=project, XDG_CACHE_HOME=str(tmp_path)).returncode == 0
        assert generated_by(project) == EXPECTED
    no_home = {"XDG_CACHE_HOME": "/dev/null/nowhere", "HOME": "/dev/null"}
    assert run("check", folder=project, **no_home).returncode == 0


def test_twice(project: Path) -> None:
    for _ in range(2):
        assert run("generate", folder=project).returncode == 0
        assert generated_by(project) == EXPECTED


BY_HASH = """
import generator.writing.render as render
real = render._header
def by_hash(*origins):
    said = real(*origins)
    words = sorted(set(said["header"].split()), key=hash)
    return {**said, "header": said["header"] + " " + " ".join(words)}
render._header = by_hash
"""
BY_CLOCK = """
import time
import generator.writing.render as render
real = render._header
render._header = lambda *origins: {
    **real(*origins), "header": real(*origins)["header"] + f" on {time.time_ns()}"
}
"""
BY_FOLDER = """
import os
import generator.writing.render as render
real = render._header
render._header = lambda *origins: {
    **real(*origins), "header": real(*origins)["header"] + f" in {os.getcwd()}"
}
"""


@pytest.mark.parametrize("fault", [BY_HASH, BY_CLOCK, BY_FOLDER], ids=["hash", "clock", "folder"])
def test_an_output_that_depends_on_more_is_found(fault: str, tmp_path: Path) -> None:
    """With such a fault in the generator, what the tests above compare is not the same."""
    made = []
    for seed in ("0", "1"):
        project = real_project(tmp_path / seed)
        result = run_faulty(fault, "generate", folder=project, PYTHONHASHSEED=seed)
        assert result.returncode == 0, result.stderr
        made.append(generated_by(project))
    assert made[0] != made[1]


MINORS = range(11, 20)
PYTHONS = [
    *(f"python3.{minor}" for minor in MINORS),
    # pyenv keeps Pythons that are not on the path.
    *(str(path) for minor in MINORS for path in _PYENV.glob(f"3.{minor}.*/bin/python3")),
]


def works(python: str) -> bool:
    """Whether such a Python is at hand; a version manager's stub for one that is not may be."""
    if shutil.which(python) is None:
        return False
    return subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("python", [python for python in PYTHONS if works(python)])
def test_on_each_python_at_hand(project: Path, python: str) -> None:
    # The libraries are those of the tests; what of them is compiled has a pure form as well.
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    result = subprocess.run(
        [python, "-m", "generator", "generate"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), libraries])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert generated_by(project) == EXPECTED


def test_there_is_a_python_at_hand() -> None:
    assert any(map(works, PYTHONS))


def test_no_output_names_a_folder_of_the_machine_or_a_day() -> None:
    home = str(Path.home()).encode()
    for path, data in EXPECTED.items():
        assert str(ROOT).encode() not in data, path
        assert home not in data, path
