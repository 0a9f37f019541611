"""What `generate` writes and what `check` finds, on a copy of the real project."""

import os
from pathlib import Path

import pytest

from tests.helpers.project import choose_targets, files_below, real_project, record_digests, run

ARTEFACT = "generated/json/catalogue.json"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return real_project(tmp_path)


def test_what_is_committed_is_what_the_documents_say(project: Path) -> None:
    result = run("check", folder=project)
    assert result.returncode == 0, result.stdout
    assert not result.stderr


def test_an_edited_artefact_is_named_with_a_diff(project: Path) -> None:
    file = project / ARTEFACT
    file.write_text(file.read_text().replace('"connectors": []', '"connectors": [2]', 1))
    result = run("check", folder=project)
    assert result.returncode == 1
    assert f"{ARTEFACT}: error[artefact-changed]" in result.stdout
    assert '\n-              "connectors": [2],\n' in result.stdout
    assert '\n+              "connectors": [],\n' in result.stdout
    assert "ctek-codegen generate" in result.stdout


def test_a_deleted_artefact_is_missing(project: Path) -> None:
    (project / ARTEFACT).unlink()
    result = run("check", folder=project)
    assert result.returncode == 1
    assert f"{ARTEFACT}: error[artefact-missing]" in result.stdout


def test_an_added_artefact_is_orphaned(project: Path) -> None:
    copy = project / "generated/json/copy.json"
    copy.write_bytes((project / ARTEFACT).read_bytes())
    result = run("check", folder=project)
    assert result.returncode == 1
    assert "generated/json/copy.json: error[artefact-orphaned]" in result.stdout
    assert run("generate", folder=project).returncode == 0
    assert not copy.exists()


def test_a_file_of_others_is_reported_and_left(project: Path) -> None:
    note = project / "generated/json/note.txt"
    note.write_text("mine")
    checked = run("check", folder=project)
    assert checked.returncode == 1
    assert "generated/json/note.txt: error[file-foreign]" in checked.stdout
    generated = run("generate", folder=project)
    assert generated.returncode == 0
    assert "left     generated/json/note.txt, which was not generated\n" in generated.stdout
    assert note.read_text() == "mine"


def test_a_file_without_the_mark_is_never_deleted(project: Path) -> None:
    """CSV has no place for the mark; its target's manifest says so."""
    manifest, seeds = project / "templates/sql/target.toml", project / "generated/sql/seeds"
    [csv] = seeds.glob("*_annotations.csv")
    csv.write_text("edited")
    checked = run("check", folder=project)
    assert f"{csv.relative_to(project)}: error[artefact-changed]" in checked.stdout
    assert run("generate", folder=project).returncode == 0
    text = manifest.read_text(encoding="utf-8")
    [block] = [one for one in text.split("\n\n") if "annotations.csv.j2" in one]
    manifest.write_text(text.replace(block, ""), encoding="utf-8")
    checked = run("check", folder=project)
    assert checked.returncode == 1
    assert f"{csv.relative_to(project)}: error[file-foreign]" in checked.stdout
    generated = run("generate", folder=project)
    assert generated.returncode == 0
    assert f"left     {csv.relative_to(project)}, which was not generated" in generated.stdout
    assert csv.exists()


def test_an_edited_template_changes_its_artefacts(project: Path) -> None:
    template = project / "templates/typescript/index.ts.j2"
    template.write_text(template.read_text() + "// more\n")
    result = run("check", folder=project)
    assert result.returncode == 1
    assert "generated/typescript/src/index.ts: error[artefact-changed]" in result.stdout
    assert "\n+// more\n" in result.stdout


def test_an_edited_document_is_an_error_that_says_so(project: Path) -> None:
    document = project / "spec/r4.4.3.md"
    document.write_text(document.read_text().replace("DC error", "AC error"))
    before = files_below(project / "generated")
    for command in ("check", "generate"):
        result = run(command, folder=project)
        assert result.returncode == 1
        assert "spec/r4.4.3.md: error[document-edited]" in result.stderr
    assert files_below(project / "generated") == before


def test_a_document_with_a_new_digest_changes_the_artefacts(project: Path) -> None:
    document = project / "spec/r4.4.3.md"
    document.write_text(document.read_text().replace("DC error", "AC error"))
    record_digests(project / "spec")
    result = run("check", folder=project)
    assert result.returncode == 1
    assert f"{ARTEFACT}: error[artefact-changed]" in result.stdout
    assert run("generate", folder=project).returncode == 0
    assert "AC error" in (project / ARTEFACT).read_text()
    assert run("check", folder=project).returncode == 0


def test_a_document_with_errors_changes_nothing(project: Path) -> None:
    document = project / "spec/r4.4.3.md"
    document.write_text(document.read_text().replace("no longer used", "not used any more"))
    record_digests(project / "spec")
    before = files_below(project / "generated")
    result = run("generate", folder=project)
    assert result.returncode == 1
    assert "error[fact-unrecognised]" in result.stderr
    assert files_below(project / "generated") == before


def test_check_writes_nothing(project: Path) -> None:
    (project / ARTEFACT).unlink()
    before = files_below(project)
    run("check", folder=project)
    assert files_below(project) == before


def test_generate_leaves_unchanged_files_untouched(project: Path) -> None:
    kept, changed = project / "generated/json/release.schema.json", project / ARTEFACT
    changed.write_text("{}")
    for file in (kept, changed):
        os.utime(file, (1, 1))
    assert run("generate", folder=project).returncode == 0
    assert kept.stat().st_mtime == 1
    assert changed.stat().st_mtime != 1


def test_generate_makes_everything_from_nothing(project: Path) -> None:
    expected = files_below(project / "generated")
    for file in sorted((project / "generated").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (project / "generated").rmdir()
    assert run("generate", folder=project).returncode == 0
    assert files_below(project / "generated") == expected


def test_the_folder_of_a_target_that_is_gone_is_removed(project: Path) -> None:
    for file in (project / "templates/typescript").iterdir():
        file.unlink()
    choose_targets(project / "templates")  # nor is the built-in one there
    result = run("generate", folder=project)
    assert result.returncode == 0
    assert "removed  generated/typescript/src/index.ts" in result.stdout
    assert not (project / "generated/typescript").exists()


def test_what_the_languages_own_tools_leave_is_passed_over(project: Path) -> None:
    for left in ("typescript/node_modules/x/index.js", "python/dist/x.whl"):
        file = project / "generated" / left
        file.parent.mkdir(parents=True)
        file.write_text("x")
    assert run("check", folder=project).returncode == 0


def test_a_link_among_the_artefacts_is_not_followed(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text("mine")
    file = project / ARTEFACT
    file.unlink()
    file.symlink_to(outside)
    assert run("check", folder=project).returncode == 1
    assert run("generate", folder=project).returncode == 0
    assert outside.read_text() == "mine"
    assert not file.is_symlink()
    assert run("check", folder=project).returncode == 0


def test_a_target_folder_that_is_a_link_is_refused(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (project / "generated/json").rename(outside)
    (project / "generated/json").symlink_to(outside)
    (outside / "catalogue.json").write_text("mine")
    result = run("generate", folder=project)
    assert result.returncode == 2
    assert "error[output-unwritable]" in result.stderr
    assert (outside / "catalogue.json").read_text() == "mine"
