"""docs/targets.md is up to date, has all there is, and its examples come out as it says."""

import re
import shutil
from pathlib import Path

import pytest

from generator.writing import manifest
from generator.writing.given import VARIABLES
from generator.writing.identifiers import Identifiers
from generator.writing.sandbox import FILTERS
from generator.writing.syntax import Comment, Fields, List, String, Syntax
from generator.writing.target import File
from tests.helpers import target_examples
from tests.helpers.project import ROOT, record_digests, run
from tests.helpers.targets_page import PAGE, page
from tests.helpers.tools import code_blocks


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project of the made-up vendor, without targets."""
    project = shutil.copytree(ROOT / "tests/cases/_project", tmp_path / "project")
    shutil.rmtree(project / "templates/text")
    record_digests(project / "spec")
    return project


def generate(project: Path, target: str, manifest: str, **templates: str) -> None:
    """Adds a target to a project, and generates."""
    folder = project / "templates" / target
    folder.mkdir()
    (folder / "target.toml").write_text(manifest, encoding="utf-8")
    for suffix, template in templates.items():
        (folder / f"codes.{suffix}.j2").write_text(template, encoding="utf-8")
    result = run("generate", folder=project)
    assert result.returncode == 0, result.stderr


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make docs"


def test_the_target_in_two_files_makes_what_the_page_shows(project: Path) -> None:
    [written] = code_blocks(PAGE, "toml")
    template = code_blocks(PAGE, "jinja")[0]
    [shown] = code_blocks(PAGE, "c")
    generate(project, "c", written, h=template)
    made = (project / "generated/c/made_up_codes.h").read_text(encoding="utf-8")
    assert made.split(" */\n", 1)[1] == shown


def test_each_filter_writes_what_its_example_shows(project: Path) -> None:
    """All in one target: the page's own, with a file for each ending that an example has."""
    examples = [one for examples in target_examples.FILTERS.values() for one in examples]
    assert target_examples.FILTERS.keys() == FILTERS.keys()
    between = "\n<<>>\n"
    suffixes = sorted({one.suffix for one in examples})
    files = "".join(
        f'[[files]]\ntemplate = "codes.{suffix}.j2"\npath = "examples.{suffix}"\nmarked = false\n'
        for suffix in suffixes
    )
    head, found, rest = target_examples.MANIFEST.partition("[types]")
    manifest = head.partition("[[files]]")[0] + files + found + rest + target_examples.DOCSTRING
    templates = {
        suffix: between.join(one.template for one in examples if one.suffix == suffix)
        for suffix in suffixes
    }
    generate(project, "examples", manifest, **templates)
    for suffix in suffixes:
        made = (project / f"generated/examples/examples.{suffix}").read_text(encoding="utf-8")
        shown = [one.artefact for one in examples if one.suffix == suffix]
        assert made.split(between) == shown


@pytest.mark.parametrize("each", ["", 'each = "release"\n'], ids=["all", "release"])
def test_the_variables_of_the_page_are_those_that_are_given(each: str, project: Path) -> None:
    folder = project / "templates/bad"
    folder.mkdir()
    (folder / "target.toml").write_text(
        f'[[files]]\ntemplate = "bad.j2"\npath = "{{release}}bad.txt"\n{each}'
    )
    (folder / "bad.j2").write_text("{{ no_such_variable }}")
    said = run("check", folder=project).stderr
    listed = re.search(r"there are ([\w, ]+)", said)
    assert listed, said
    given = set(listed[1].split(", "))
    assert given == VARIABLES.keys() - (set() if each else {"release"})


def test_every_key_of_a_manifest_is_one_that_is_used() -> None:
    """And each part of what a manifest is read into has a key."""
    assert manifest.FILE.keys() == set(File._fields)
    assert manifest.SYNTAX.keys() == set(Syntax._fields)
    assert manifest.COMMENT.keys() == set(Comment._fields)
    assert manifest.STRING.keys() == set(String._fields)
    assert manifest.LIST.keys() == set(List._fields)
    assert manifest.RECORD.keys() == set(Fields._fields)
    assert manifest.IDENTIFIERS.keys() == set(Identifiers._fields)


def test_no_sentence_of_a_key_is_empty_and_each_table_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, keys in manifest.TABLES.items():
        section = text.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        for key, one in keys.items():
            assert f"`{key}`" in section
            assert one.says.endswith(".")
