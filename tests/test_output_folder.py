"""What `generate` may and may not do to the output folder, and to what is beside it."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.project import COMMAND, ROOT, files_below, real_project, run

EXPECTED = files_below(ROOT / "generated")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return real_project(tmp_path)


@pytest.mark.parametrize("output", [".", "", "spec", "templates/json", "../{name}"])
@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_folder_that_holds_the_sources_is_refused(
    project: Path, command: str, output: str
) -> None:
    before = files_below(project)
    result = run(command, "--output", output.format(name=project.name), folder=project)
    assert result.returncode == 2
    assert "hold one another" in result.stderr
    assert files_below(project) == before


def test_a_file_that_only_quotes_the_mark_is_left(project: Path) -> None:
    mark = EXPECTED["python/LICENSE"].split(b"\n")[0].decode()
    note = project / "generated/NOTES.md"
    note.write_text(f"# Notes\n\nOur files\nsay:\n{mark}\n")
    result = run("generate", folder=project)
    assert result.returncode == 0
    assert "NOTES.md: warning[file-foreign]" in result.stderr
    assert note.exists()


@pytest.mark.parametrize("path", ["json/package-lock.json", "json/dist/evil.json", "dist/x"])
def test_leftovers_of_one_language_are_none_of_another(project: Path, path: str) -> None:
    file = project / "generated" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{}")
    result = run("check", folder=project)
    assert result.returncode == 1
    assert f"generated/{path}: warning[file-foreign]" in result.stdout


def test_a_target_that_cannot_be_read_removes_nothing(project: Path) -> None:
    manifest = project / "templates/python/target.toml"
    manifest.unlink()
    manifest.mkdir()
    result = run("generate", folder=project)
    assert result.returncode == 1
    assert "templates/python/target.toml: error[target-invalid]" in result.stderr
    assert files_below(project / "generated") == EXPECTED


def test_a_fault_while_writing_leaves_the_old_tree(project: Path) -> None:
    """The last file to be written cannot be: a folder of another's stands in its place."""
    generated = project / "generated"
    for file in generated.rglob("*.json"):
        file.write_text("{}")
    last = generated / "typescript/src/lookup.ts"
    last.unlink()
    last.mkdir()
    (last / "mine").write_text("mine")
    before = files_below(generated)
    result = run("generate", folder=project)
    assert result.returncode == 2
    assert "error[output-unwritable]" in result.stderr
    assert files_below(generated) == before


def test_two_runs_at_once_both_leave_the_whole_tree(project: Path) -> None:
    for _ in range(10):
        shutil.rmtree(project / "generated")
        runs = [
            subprocess.Popen([COMMAND, "generate"], cwd=project, stdout=subprocess.DEVNULL)
            for _ in range(2)
        ]
        assert [one.wait(timeout=60) for one in runs] == [0, 0]
        assert files_below(project / "generated") == EXPECTED


def test_a_person_who_stops_a_run_has_the_old_tree_or_the_new(project: Path) -> None:
    """Ctrl-C at many moments of a run that writes everything."""
    wholes: tuple[dict[str, bytes], ...] = ({}, EXPECTED)
    for step in range(30):
        shutil.rmtree(project / "generated", ignore_errors=True)
        process = subprocess.Popen(
            [COMMAND, "generate"],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.02 * step / 2)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        tree = files_below(project / "generated")
        assert tree in wholes, sorted(tree)
    assert run("generate", folder=project).returncode == 0
    assert files_below(project / "generated") == EXPECTED


def test_what_a_killed_run_left_is_cleared_away(project: Path) -> None:
    (project / "generated/.ctek-codegen/new/json").mkdir(parents=True)
    (project / "generated/.ctek-codegen/new/json/catalogue.json").write_text("half")
    assert run("generate", folder=project).returncode == 0
    assert not (project / "generated/.ctek-codegen").exists()


def test_json_is_utf8_wherever_it_is_printed() -> None:
    document = str(ROOT / "spec/r4.4.3.md")
    in_latin = run("parse", document, PYTHONIOENCODING="latin-1")
    assert in_latin.stdout == run("parse", document).stdout


def test_an_output_that_cannot_be_written_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [COMMAND, "parse", "spec/r4.4.3.md"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ},
        )
    assert result.returncode == 2
    assert result.stderr == "The output cannot be written: No space left on device\n"
