"""`init`: a vendor started by one of its documents."""

import tomllib
from pathlib import Path

import pytest

from tests.commands.test_exit_status import BEGUN
from tests.helpers.project import files_below, run, run_warm


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder but for a document."""
    (tmp_path / "r1.2.0.md").write_text(BEGUN)
    return tmp_path


def test_a_document_is_taken_in_by_what_it_proposed(folder: Path) -> None:
    begun = run("init", "r1.2.0.md", folder=folder)
    assert (begun.returncode, begun.stderr) == (0, "")
    assert "wrote    spec/vendor.toml, by 4 entries of r1.2.0.md\n" in begun.stdout
    assert begun.stdout.endswith("ctek-codegen add r1.2.0.md --spec spec\n")
    added = run("add", "r1.2.0.md", folder=folder)
    assert added.returncode == 0, added.stderr
    assert run("check", folder=folder).returncode == 0


def test_each_doubt_is_at_its_line(folder: Path) -> None:
    shown = run_warm("init", "r1.2.0.md", folder=folder).stdout
    lines = (folder / "spec/vendor.toml").read_text().split("\n")
    doubts = [line.split(maxsplit=1) for line in shown.split("\n") if line.startswith("  spec/")]
    assert doubts
    for place, doubt in doubts:
        assert lines[int(place.rpartition(":")[2]) - 1] == f"# Unsure: {doubt}"
    assert len(doubts) == sum(line.startswith("# Unsure") for line in lines)


def test_what_cannot_be_read_yet_is_printed(folder: Path) -> None:
    document = (folder / "r1.2.0.md").read_text()
    (folder / "r1.2.0.md").write_text(f"{document}\n> A quote.\n")
    result = run_warm("init", "r1.2.0.md", folder=folder)
    assert result.returncode == 1
    assert "r1.2.0.md:21:1: error[block-unknown]" in result.stderr
    assert "line 21 of the document has a form that cannot be read" in result.stdout


def test_a_file_that_is_there_stays(folder: Path) -> None:
    (folder / "spec").mkdir()
    (folder / "spec/vendor.toml").write_text("# mine\n")
    before = files_below(folder)
    result = run_warm("init", "r1.2.0.md", folder=folder)
    assert result.returncode == 2
    assert "spec/vendor.toml is there already" in result.stderr
    assert files_below(folder) == before


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "looks like error codes"),
        (b"# A letter\n\nDear reader,\n\nall is well.\n", "looks like error codes"),
        (b"%PDF-1.7\n\xff\xfe", "document-encoding"),
    ],
    ids=["nothing", "a letter", "a PDF"],
)
def test_what_is_no_document_is_refused(data: bytes, expected: str, folder: Path) -> None:
    (folder / "r1.2.0.md").write_bytes(data)
    result = run_warm("init", "r1.2.0.md", folder=folder)
    assert result.returncode in (1, 2)
    assert expected in result.stderr
    assert not (folder / "spec").exists()


def test_hostile_text_stays_text(folder: Path) -> None:
    title = r'Codes "of" \\n """ [vendor] # x'
    document = BEGUN.replace("# Plain Error Codes", f"# {title}")
    (folder / "r1.2.0.md").write_text(document)
    run_warm("init", "r1.2.0.md", folder=folder)
    proposed = tomllib.loads((folder / "spec/vendor.toml").read_text())
    assert proposed["document"]["titles"] == [title.replace(r"\\", "\\")]
    assert list(proposed) == ["vendor", "document", "sections", "entry"]
