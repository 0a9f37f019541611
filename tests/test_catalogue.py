"""Releases folded together, from a made-up series of documents."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.made_up import document
from tests.project import ROOT, record_digests, run

HUM = ("Hum", "It hums.")
HISS = ("Hiss", "It hisses.")
HISS_LOUD = ("Hiss", "It hisses. This may come with any status.")

# Three releases of a made-up firmware: Hiss changes and goes, Buzz comes, Hum stays; r1.10.0 is
# newer than r1.9.0 though its text sorts before it.
SERIES = {
    "r1.2.0": document([HISS, HUM], "r1.2.0-0-g0000001", "January 2, 2021"),
    "r1.9.0": document([HISS_LOUD, HUM], "r1.9.0-0-g0000002", "January 2, 2022"),
    "r1.10.0": document([("Buzz", "It buzzes."), HUM], "r1.10.0-0-g0000003", "January 2, 2023"),
}


@pytest.fixture
def catalogue(tmp_path: Path) -> dict[str, Any]:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tests/cases/_project/spec", project / "spec")
    (project / "spec/r1.0.0.md").unlink()
    vendor = project / "spec/vendor.toml"
    # The series uses one rule; the other would be reported as unused.
    vendor.write_text(vendor.read_text().partition('[[rules]]\nid = "only-on"')[0])
    for name, text in SERIES.items():
        (project / "spec" / f"{name}.md").write_text(text)
    record_digests(project / "spec")
    shutil.copytree(ROOT / "templates", project / "templates")
    result = run("generate", folder=project)
    assert result.returncode == 0, result.stderr
    data: dict[str, Any] = json.loads((project / "generated/json/catalogue.json").read_text())
    return data


def test_releases_are_ordered_by_their_numbers(catalogue: dict[str, Any]) -> None:
    assert [r["name"] for r in catalogue["releases"]] == ["r1.2.0", "r1.9.0", "r1.10.0"]
    assert catalogue["latest_release"] == "r1.10.0"


def test_codes_keep_the_newest_documents_order_and_none_is_forgotten(
    catalogue: dict[str, Any],
) -> None:
    assert [c["code"] for c in catalogue["codes"]] == ["GroundFailure", "Buzz", "Hum", "Hiss"]


def test_a_code_knows_when_it_came_and_went(catalogue: dict[str, Any]) -> None:
    found = {c["code"]: (c["first_release"], c["removed_in"]) for c in catalogue["codes"]}
    assert found == {
        "GroundFailure": ("r1.2.0", None),
        "Buzz": ("r1.10.0", None),
        "Hum": ("r1.2.0", None),
        "Hiss": ("r1.2.0", "r1.10.0"),
    }


def test_a_changed_meaning_is_a_new_revision(catalogue: dict[str, Any]) -> None:
    hiss = next(c for c in catalogue["codes"] if c["code"] == "Hiss")
    found = [
        (r["since"], r["until"], r["meanings"][0]["may_accompany_non_error_status"])
        for r in hiss["revisions"]
    ]
    assert found == [("r1.2.0", "r1.9.0", False), ("r1.9.0", "r1.10.0", True)]


def test_what_stays_the_same_is_one_revision(catalogue: dict[str, Any]) -> None:
    hum = next(c for c in catalogue["codes"] if c["code"] == "Hum")
    assert [(r["since"], r["until"]) for r in hum["revisions"]] == [("r1.2.0", None)]
    assert hum["revisions"][0]["meanings"][0]["source"]["document"] == "spec/r1.2.0.md"
