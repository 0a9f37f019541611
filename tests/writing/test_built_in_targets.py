"""A repository of somebody else's: the built-in targets, and its own beside or in place of them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.project import ROOT, choose_targets, files_below, record_digests, run_warm

MANIFEST = """
[[files]]
template = "codes.txt.j2"
path = "codes.txt"

[syntax.txt]
comment = { line = "# " }
"""
TEMPLATE = "{{ header }}\n{% for code in catalogue.codes %}\n{{ code.code }}\n{% endfor %}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that has nothing but documents and the vendor's file."""
    shutil.copytree(ROOT / "tests/every_field/spec", tmp_path / "spec")
    return tmp_path


@pytest.fixture(scope="module")
def built_in(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the templates of this repository make of the same documents, named as a folder."""
    folder = tmp_path_factory.mktemp("built_in")
    shutil.copytree(ROOT / "tests/every_field/spec", folder / "spec")
    result = run_warm("generate", "--templates", ROOT / "templates", folder=folder)
    assert result.returncode == 0, result.stderr
    return files_below(folder / "generated")


def generated(project: Path, *arguments: str) -> dict[str, bytes]:
    result = run_warm("generate", *arguments, folder=project)
    assert result.returncode == 0, result.stderr
    assert run_warm("check", *arguments, folder=project).returncode == 0
    return files_below(project / "generated")


def refused(project: Path) -> subprocess.CompletedProcess[str]:
    result = run_warm("generate", folder=project)
    assert result.returncode == 1
    assert not (project / "generated").exists()
    return result


def add_target(
    project: Path, name: str, manifest: str = MANIFEST, template: str | None = TEMPLATE
) -> Path:
    folder = project / "templates" / name
    folder.mkdir(parents=True)
    (folder / "target.toml").write_text(manifest, encoding="utf-8")
    if template is not None:
        (folder / "codes.txt.j2").write_text(template, encoding="utf-8")
    return folder


def test_without_a_folder_of_templates_there_are_the_built_in_ones(
    project: Path, built_in: dict[str, bytes]
) -> None:
    assert {path.partition("/")[0] for path in built_in} >= {"go", "json", "python", "typescript"}
    assert generated(project) == built_in


def test_an_own_target_stands_beside_them(project: Path, built_in: dict[str, bytes]) -> None:
    add_target(project, "list")
    made = generated(project)
    assert b"\nGroundFailure\n" in made.pop("list/codes.txt")
    assert made == built_in


def test_an_own_target_stands_in_for_the_one_of_its_name(
    project: Path, built_in: dict[str, bytes]
) -> None:
    add_target(project, "go")
    made = generated(project)
    assert b"\nGroundFailure\n" in made.pop("go/codes.txt")
    assert made == {path: data for path, data in built_in.items() if not path.startswith("go/")}


def test_it_has_no_file_of_the_one_that_it_stands_in_for(project: Path) -> None:
    add_target(project, "go", MANIFEST.replace("codes.txt.j2", "README.md.j2"))
    said = refused(project).stderr
    assert "templates/go/README.md.j2: error[template-failed]" in said
    assert "no template go/README.md.j2" in said


def test_the_folder_can_have_another_name(project: Path, built_in: dict[str, bytes]) -> None:
    add_target(project, "list")
    (project / "templates").rename(project / "mine")
    assert generated(project, "--templates", "mine").keys() == built_in.keys() | {"list/codes.txt"}


# What is left out


def test_a_repository_says_which_built_in_targets_it_has(
    project: Path, built_in: dict[str, bytes]
) -> None:
    choose_targets(project / "templates", "json", "python")
    some = {path: data for path, data in built_in.items() if path.startswith(("json/", "python/"))}
    assert generated(project) == some


def test_an_own_target_is_there_whatever_is_chosen(project: Path) -> None:
    choose_targets(project / "templates")
    add_target(project, "go")
    assert generated(project).keys() == {"go/codes.txt"}


def test_none_at_all_is_an_error(project: Path) -> None:
    choose_targets(project / "templates")
    result = run_warm("generate", folder=project)
    assert result.returncode == 2
    assert "templates: error[templates-empty]: there is no target" in result.stderr
    assert not (project / "generated").exists()


# What they share


def test_own_targets_use_what_the_built_in_ones_share(project: Path) -> None:
    manifest = f'like = "python"\n{MANIFEST.partition("[syntax")[0]}'.replace("txt", "py")
    folder = add_target(project, "list", manifest, template=None)
    text = '{{ header }}\n{% from "_shared/version.j2" import version with context %}\n'
    (folder / "codes.py.j2").write_text(f"{text}{{{{ [version] | literal }}}}\n", encoding="utf-8")
    assert generated(project)["list/codes.py"].decode().endswith('\n("1.1.0",)\n')


def test_what_own_targets_share_changes_no_built_in_one(
    project: Path, built_in: dict[str, bytes]
) -> None:
    shared = project / "templates/_shared"
    shared.mkdir(parents=True)
    (shared / "LICENSE.j2").write_text("All rights reserved.\n", encoding="utf-8")
    add_target(project, "list", template='{{ header }}\n{% include "_shared/LICENSE.j2" %}\n')
    made = generated(project)
    assert made.pop("list/codes.txt").decode().endswith("\nAll rights reserved.\n")
    assert made == built_in


# What goes wrong in a built-in one


def test_a_diagnostic_for_a_built_in_template_says_where_it_is_and_what_can_be_done(
    project: Path,
) -> None:
    """Two codes that have one name in Python."""
    [*_, newest] = sorted((project / "spec").glob("*.md"))
    text = newest.read_text(encoding="utf-8")
    assert "\n**OldCode** " in text
    line = "**Old-Code** It hums.\n\n**OldCode** "
    newest.write_text(text.replace("**OldCode** ", line, 1), encoding="utf-8")
    record_digests(project / "spec")
    said = refused(project).stderr
    place = f"{ROOT / 'templates/python/target.toml'}:"
    assert any(line.startswith(place) for line in said.splitlines()), said
    assert "This target is built in: copy its folder into templates/" in said
    shutil.copytree(ROOT / "templates/python", project / "templates/python")
    said = refused(project).stderr
    assert "templates/python/target.toml:" in said.splitlines()[0]
    assert "built in" not in said
