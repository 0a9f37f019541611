"""What `generate` may and may not do to the output folder, and to what is beside it."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.project import COMMAND, ROOT, files_below, real_project, run, run_warm
from tests.helpers.write_faults import MISSING, Ground, everything, without_privileges

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
    result = run_warm(command, "--output", output.format(name=project.name), folder=project)
    assert result.returncode == 2
    assert "overlap" in result.stderr
    assert files_below(project) == before


def test_a_file_that_only_quotes_the_mark_is_left(project: Path) -> None:
    mark = EXPECTED["python/LICENSE"].split(b"\n")[0].decode()
    note = project / "generated/NOTES.md"
    note.write_text(f"# Notes\n\nOur files\nsay:\n{mark}\n")
    result = run("generate", folder=project)
    assert result.returncode == 0
    assert "left     generated/NOTES.md, " in result.stdout
    assert note.exists()


@pytest.mark.parametrize("path", ["json/package-lock.json", "json/dist/evil.json", "dist/x"])
def test_leftovers_of_one_language_are_none_of_another(project: Path, path: str) -> None:
    file = project / "generated" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{}")
    result = run_warm("check", folder=project)
    assert result.returncode == 1
    assert f"generated/{path}: error[file-foreign]" in result.stdout


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


# Permissions


READ_ONLY = {
    "the output folder": ("generated", 0o555),
    "one folder of it": ("generated/words", 0o555),
    "a folder that has to get another": ("generated/text/some", 0o555),
    "the folder of an orphan": ("generated/gone/away", 0o555),
    "a folder that cannot be listed": ("generated/words", 0o333),
    "an artefact that cannot be read": ("generated/text/codes.txt", 0o000),
}


def run_as_anyone(ground: Ground, command: str = "generate") -> subprocess.CompletedProcess[str]:
    """Runs the command so that permissions hold, whoever runs the tests."""
    return subprocess.run(
        [*without_privileges(), COMMAND, command],
        cwd=ground.project,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", READ_ONLY)
def test_what_may_not_be_written_leaves_the_old_tree(ground: Ground, name: str) -> None:
    path, mode = READ_ONLY[name]
    place, beside = ground.project / path, ground.beside()
    before = place.stat().st_mode
    place.chmod(mode)
    result = run_as_anyone(ground)
    place.chmod(before)
    assert result.returncode == 2
    assert re.match(rf"{path}.*: error\[output-unwritable\]", result.stderr)
    assert "Permission denied" in result.stderr
    assert everything(ground.output) == ground.old
    ground.mend()
    assert ground.beside() == beside


def test_a_folder_that_cannot_be_made_is_told(ground: Ground) -> None:
    shutil.rmtree(ground.output)
    ground.project.chmod(0o555)
    result = run_as_anyone(ground)
    ground.project.chmod(0o755)
    assert result.returncode == 2
    assert "generated: error[output-unwritable]" in result.stderr
    assert not ground.output.exists()


def test_an_artefact_that_may_not_be_written_is_replaced(ground: Ground) -> None:
    """What counts is the folder: a file is not written to, another takes its place."""
    (ground.output / "text/codes.txt").chmod(0o444)
    assert run_as_anyone(ground).returncode == 0
    assert everything(ground.output) == ground.new


def test_a_folder_that_may_not_be_written_and_need_not_be(ground: Ground) -> None:
    ground.mend()
    (ground.output / "gone/away/notes.txt").unlink()
    (ground.output / "gone/away").rmdir()
    (ground.output / "gone").rmdir()
    (ground.output / "text/notes.txt").unlink()
    ground.output.chmod(0o555)
    for command in ("generate", "check"):
        assert run_as_anyone(ground, command).returncode == 0


# Something else in the place of a file or folder


def a_folder(place: Path) -> None:
    place.mkdir()
    (place / "mine").write_text("mine")


def a_file(place: Path) -> None:
    place.write_text("mine")


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


def a_link_outside(place: Path) -> None:
    """To what `_lay_out_beside` has laid out."""
    _link(place, "beside")


def a_link_to_a_file_like_ours(place: Path) -> None:
    _link(place, "beside/orphan.txt")


def _link(place: Path, to: str) -> None:
    project = next(folder.parent for folder in place.parents if folder.name == "generated")
    assert (project / to).exists()
    place.symlink_to(project / to)


def a_dangling_link(place: Path) -> None:
    place.symlink_to("/no/where")


REFUSED = [
    ("text/codes.txt", a_folder, "a folder in place of a file"),
    ("text/codes.txt", a_pipe, "a pipe or a device in place of a file"),
    (MISSING, a_folder, "a folder in place of a file"),
    ("text", a_file, "a file in place of a folder"),
    ("text", a_pipe, "a file in place of a folder"),
    ("text", a_link_outside, "a link in place of a folder"),
    ("text", a_dangling_link, "a link in place of a folder"),
    ("text/some/where", a_file, "a file in place of a folder"),
    ("text/some/where", a_link_outside, "a link in place of a folder"),
    ("text/some/where", a_dangling_link, "a link in place of a folder"),
    (".ctek-codegen", a_file, "a file in place of a folder"),
    (".ctek-codegen", a_folder, "a file of another's in the staging folder"),
    (".ctek-codegen", a_link_outside, "a link in place of a folder"),
    (".ctek-codegen", a_dangling_link, "a link in place of a folder"),
]


@pytest.mark.parametrize(("path", "make", "found"), REFUSED)
def test_what_stands_in_the_way_is_named_and_left(
    ground: Ground, path: str, make: Callable[[Path], None], found: str
) -> None:
    place, was = ground.output / path, ground.project / "was"
    _lay_out_beside(ground)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(was)
    make(place)
    before, beside = everything(ground.output), ground.beside()
    for command, status in (("generate", 2), ("check", 1), ("generate", 2)):
        result = run_warm(command, folder=ground.project)
        assert result.returncode == status
        assert everything(ground.output) == before
        assert ground.beside() == beside
        if command == "generate":
            assert re.match(rf"generated/{path}.*: error\[output-unwritable\]", result.stderr)
            assert f"found:    {found}\n" in result.stderr
    shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()
    if was.exists():
        was.rename(place)
    ground.mend()


def _lay_out_beside(ground: Ground) -> None:
    """A folder of another's, with files that a careless run would take for its own."""
    beside = ground.project / "beside"
    shutil.copytree(ground.output / "text", beside)
    shutil.copy(ground.output / "text/codes.txt", beside / "orphan.txt")


@pytest.mark.parametrize("make", [a_link_outside, a_link_to_a_file_like_ours, a_dangling_link])
@pytest.mark.parametrize("path", ["text/codes.txt", MISSING])
def test_a_link_in_the_place_of_a_file_is_replaced(
    ground: Ground, path: str, make: Callable[[Path], None]
) -> None:
    """Even if the text is right that it leads to."""
    _lay_out_beside(ground)
    (ground.project / "beside/orphan.txt").write_text(ground.new[path])
    place = ground.output / path
    place.parent.mkdir(exist_ok=True)
    place.unlink(missing_ok=True)
    make(place)
    beside = ground.beside()
    ground.mend()
    assert ground.beside() == beside
    assert not Path("/no/where").exists()


OTHERS = [
    a_folder,
    a_file,
    a_pipe,
    a_link_outside,
    a_link_to_a_file_like_ours,
    a_dangling_link,
]


@pytest.mark.parametrize("make", OTHERS)
@pytest.mark.parametrize("path", ["mine", "text/mine", "gone/away/mine"])
def test_what_is_of_others_is_left(ground: Ground, path: str, make: Callable[[Path], None]) -> None:
    """Also in a folder that holds nothing of ours any more; links are not followed."""
    _lay_out_beside(ground)
    make(ground.output / path)
    beside = ground.beside()
    place = f"{path}/mine" if make is a_folder else path
    expected = {**ground.new, place: everything(ground.output)[place]}
    result = run_warm("generate", folder=ground.project)
    assert result.returncode == 0
    assert f"left     generated/{place}, " in result.stdout
    assert everything(ground.output) == expected
    assert ground.beside() == beside


@pytest.mark.parametrize("path", ["text/codes.txt", "gone/codes.txt"])
def test_a_file_outside_that_is_the_same_one_keeps_its_text(ground: Ground, path: str) -> None:
    """An artefact, or an orphan, of which a file outside is another name."""
    outside = ground.project / "outside.txt"
    outside.hardlink_to(ground.output / path)
    before = outside.read_text()
    ground.mend()
    assert outside.read_text() == before


def test_an_output_folder_that_is_a_link_is_followed(ground: Ground) -> None:
    """It is the one that the person has named; the link stays."""
    elsewhere = ground.project / "elsewhere"
    ground.output.rename(elsewhere)
    ground.output.symlink_to("elsewhere")
    assert run("generate", folder=ground.project).returncode == 0
    assert ground.output.is_symlink()
    assert everything(elsewhere) == ground.new


def test_an_output_folder_that_is_a_link_to_nowhere_is_told(ground: Ground) -> None:
    shutil.rmtree(ground.output)
    ground.output.symlink_to("elsewhere")
    assert run("check", folder=ground.project).returncode == 1
    result = run("generate", folder=ground.project)
    assert result.returncode == 2
    assert "found:    a link that leads nowhere" in result.stderr
    assert not (ground.project / "elsewhere").exists()


def test_an_output_folder_that_is_a_file_is_told(ground: Ground) -> None:
    shutil.rmtree(ground.output)
    ground.output.write_text("mine")
    result = run("generate", folder=ground.project)
    assert result.returncode == 2
    assert "generated: error[output-unwritable]" in result.stderr
    assert ground.output.read_text() == "mine"
