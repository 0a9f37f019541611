"""Plausible edits of the real document: what `add` shows of each, and what is published then."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

import pytest

from tests.helpers.project import ROOT, project_of_r4_4_3, run_warm

Facts: TypeAlias = dict[str, Any]
Published: TypeAlias = dict[str, list[Facts] | Literal["gone"]]

RELEASE, DATE = "r4.5.0-0-g1a2b3c4d", "March 3, 2025"


class End(NamedTuple):
    """What a person adds to vendor.toml, and what is published then."""

    vendor: str = ""
    prose: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    publishes: Published | None = None


class Edit(NamedTuple):
    """An edit of the document; edits.toml says what its parts mean."""

    name: str
    replace: tuple[tuple[str, str], ...]
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    may_be_refused: bool = False
    publishes: Published | Literal["refused"] | None = None
    end: End | None = None


def edits() -> list[Edit]:
    tables = tomllib.loads(Path(__file__).with_name("edits.toml").read_text("utf-8"))["edits"]
    return [
        Edit(**{**table, **({"end": End(**table["end"])} if "end" in table else {})})
        for table in tables
    ]


EDITS = edits()


@pytest.fixture(scope="module")
def r4_4_3_as_json(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of r4.4.3 that makes the JSON alone, so that each edit takes no time."""
    whole = project_of_r4_4_3(tmp_path_factory.mktemp("whole"), targets=("json",))
    assert (whole / "generated/json/catalogue.json").is_file()
    return whole


@pytest.fixture
def project(r4_4_3_as_json: Path, tmp_path: Path) -> Path:
    return shutil.copytree(r4_4_3_as_json, tmp_path / "project")


def edited(edit: Edit) -> str:
    text = (ROOT / "spec/r4.4.3.md").read_text("utf-8")
    head = (("r4.4.3-0-g33e0f28c", RELEASE), ("January 16, 2024", DATE))
    for before, after in (*head, *edit.replace):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def add(project: Path, edit: Edit) -> subprocess.CompletedProcess[str]:
    (project / "new.md").write_text(edited(edit), encoding="utf-8")
    return run_warm("add", "new.md", folder=project)


def published(project: Path) -> dict[str, list[Facts]]:
    """The facts of each meaning of each code that the newest release has."""
    catalogue = json.loads((project / "generated/json/catalogue.json").read_text("utf-8"))
    return {
        code["code"]: [
            {
                name: value
                for name, value in meaning.items()
                if name not in ("text", "description", "source")
            }
            for meaning in code["revisions"][-1]["meanings"]
        ]
        for code in catalogue["codes"]
        if code["removed_in"] is None
    }


SILENCE: Facts = {
    "may_accompany_non_error_status": False,
    "products": [],
    "product_notes": [],
    "connectors": [],
    "deprecated": None,
    "configuration_keys": [],
}


def expected(before: dict[str, list[Facts]], changes: Published) -> dict[str, list[Facts]]:
    changed = {
        code: [] if facts == "gone" else [{**SILENCE, **fact} for fact in facts]
        for code, facts in changes.items()
    }
    return {code: facts for code, facts in {**before, **changed}.items() if facts}


def errors(result: subprocess.CompletedProcess[str]) -> list[str]:
    return re.findall(r": error\[([a-z-]+)\]", result.stderr)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_add_shows_what_the_edit_changes(edit: Edit, project: Path) -> None:
    before = published(project)
    result = add(project, edit)
    shown = result.stdout + result.stderr
    place = 0
    for text in edit.shows:
        assert text in shown[place:], shown
        place = shown.index(text, place)
    assert not [text for text in edit.hides if text in shown]
    if edit.may_be_refused and result.returncode:
        return
    assert errors(result) == list(edit.refused), shown
    assert result.returncode == (1 if edit.refused else 0)
    if edit.refused:
        assert published(project) == before
        return
    assert edit.publishes != "refused"
    assert published(project) == expected(before, edit.publishes or {})


_READY = re.compile(r"^ *(\[\[rules\]\]\n(?: +\w+ = .*\n)+)", re.MULTILINE)


@pytest.mark.parametrize(
    "edit", [edit for edit in EDITS if edit.publishes is not None], ids=lambda edit: edit.name
)
def test_what_a_message_gives_to_paste_publishes_nothing_wrong(edit: Edit, project: Path) -> None:
    before = published(project)
    result = add(project, edit)
    if result.returncode:
        vendor = project / "spec/vendor.toml"
        rules = _READY.findall(result.stderr)
        with vendor.open("a", encoding="utf-8") as file:
            for number, rule in enumerate(rules):
                file.write("\n" + rule.replace("a name for it", f"pasted-{number}"))
        result = add(project, edit)
    if edit.publishes == "refused":
        assert result.returncode == 1
        assert published(project) == before
    else:
        assert result.returncode == 0, result.stderr
        assert edit.publishes is not None
        assert published(project) == expected(before, edit.publishes)


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit.end], ids=lambda edit: edit.name)
def test_a_person_who_knows_what_was_meant_comes_to_an_end(edit: Edit, project: Path) -> None:
    end = edit.end
    assert end is not None
    before = published(project)
    vendor = project / "spec/vendor.toml"
    text = vendor.read_text("utf-8") + end.vendor
    prose = ", ".join(json.dumps(sentence) for sentence in end.prose)
    text = text.replace("sentences = []", f"sentences = [{prose}]")
    words = "".join(f", {json.dumps(word)}" for word in end.words)
    text = text.replace('"Chargestorm Connected 3"]', f'"Chargestorm Connected 3"{words}]')
    vendor.write_text(text, encoding="utf-8")
    result = add(project, edit)
    assert result.returncode == 0, result.stderr
    assert published(project) == expected(before, end.publishes or {})
