"""Releases folded together, from a made-up series of documents."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.made_up_documents import document
from tests.helpers.project import ROOT, record_digests, run

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
    # The series uses one rule; the other, and its field, would be reported.
    tables = vendor.read_text().split("\n\n")
    unused = ('id = "only-on"', "[fields.products]")
    used = [table for table in tables if not any(text in table for text in unused)]
    vendor.write_text("\n\n".join(used) + "\n")
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


def generated_from(documents: dict[str, str], project: Path) -> Path:
    """A project that was generated from these documents of the made-up vendor."""
    shutil.copytree(ROOT / "tests/cases/_project/spec", project / "spec")
    (project / "spec/r1.0.0.md").unlink()
    for name, text in documents.items():
        (project / "spec" / f"{name}.md").write_text(text)
    record_digests(project / "spec")
    shutil.copytree(ROOT / "templates", project / "templates")
    result = run("generate", folder=project)
    assert result.returncode == 0, result.stderr
    return project


def codes_of(project: Path) -> dict[str, Any]:
    data = json.loads((project / "generated/json/catalogue.json").read_text())
    return {code["code"]: code for code in data["codes"]}


def test_a_code_whose_case_changes_is_one_code_in_its_newest_spelling(tmp_path: Path) -> None:
    project = generated_from(
        {
            "r1.0.0": document([("FooBar", "Old.")], "r1.0.0-0-g0000001", "May 2, 2021"),
            "r2.0.0": document([("Foobar", "New.")], "r2.0.0-0-g0000002", "May 2, 2022"),
        },
        tmp_path / "project",
    )
    codes = codes_of(project)
    assert set(codes) == {"GroundFailure", "Foobar"}
    texts = [r["meanings"][0]["text"] for r in codes["Foobar"]["revisions"]]
    assert texts == ["Old.", "New."]
    assert codes["Foobar"]["removed_in"] is None


def test_a_code_that_moves_between_the_fields_keeps_where_it_was_sent(tmp_path: Path) -> None:
    first = document([HUM], "r1.0.0-0-g0000001", "May 2, 2021").replace(
        "## Made-Up codes", "**WeakSignal** It is weak.\n\n## Made-Up codes"
    )
    second = document([HUM, ("WeakSignal", "It is weak.")], "r2.0.0-0-g0000002", "May 2, 2022")
    project = generated_from({"r1.0.0": first, "r2.0.0": second}, tmp_path / "project")
    weak = codes_of(project)["WeakSignal"]
    assert weak["sent_in"] == "vendorErrorCode"
    assert [(r["since"], r["sent_in"]) for r in weak["revisions"]] == [
        ("r1.0.0", "errorCode"),
        ("r2.0.0", "vendorErrorCode"),
    ]


def test_a_code_that_returns_tells_that_it_was_away(tmp_path: Path) -> None:
    builds = [(f"r{n}.0.0", f"r{n}.0.0-0-g000000{n}", f"May 2, 202{n}") for n in (1, 2, 3)]
    entries = ([HISS, HUM], [HUM], [HISS_LOUD, HUM])
    project = generated_from(
        {
            name: document(e, build, day)
            for (name, build, day), e in zip(builds, entries, strict=True)
        },
        tmp_path / "project",
    )
    hiss = codes_of(project)["Hiss"]
    assert hiss["removed_in"] is None
    assert [(r["since"], r["until"]) for r in hiss["revisions"]] == [
        ("r1.0.0", "r2.0.0"),
        ("r3.0.0", None),
    ]
    told = run("explain", "hiss", folder=project).stdout
    assert "first in r1.0.0, not in every release since" in told
    assert told.index("From r3.0.0 on") < told.index("From r1.0.0 until r2.0.0")


def test_one_release_under_two_names_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/cases/_project", tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "spec/r1.0.0.md").read_text()
    (tmp_path / "spec/R1.0.0.md").write_text(
        text.replace("r1.0.0-0-g0123abc", "R1.0.0-0-g0123abc").replace("hums", "hisses")
    )
    record_digests(tmp_path / "spec")
    result = run("generate", folder=tmp_path)
    assert result.returncode == 1
    assert "error[release-taken]" in result.stderr
    assert "error[release-taken]" in run("lint", "spec/R1.0.0.md", folder=tmp_path).stderr
    shutil.move(tmp_path / "spec/R1.0.0.md", tmp_path / "new.md")
    assert "error[release-taken]" in run("lint", "new.md", folder=tmp_path).stderr


def test_a_second_package_of_a_firmware_has_a_version_of_its_own(tmp_path: Path) -> None:
    documents = {
        "r1.0.0": document([HUM], "r1.0.0-0-g0000001", "May 2, 2021"),
        "r2.0.0": document([HUM], "r2.0.0-0-g0000002", "May 2, 2022"),
    }
    project = generated_from(documents, tmp_path / "project")
    files = [
        project / "generated" / file
        for file in ("python/pyproject.toml", "typescript/package.json", "go/catalogue.go")
    ]
    found = [file.read_text() for file in files]
    assert 'version = "2.0.0"' in found[0]
    assert '"version": "2.0.0"' in found[1]
    assert 'const Version = "2.0.0"' in found[2]
    vendor = project / "spec/vendor.toml"
    # That of an older firmware no longer counts.
    revisions = '[package_revisions]\n"r1.0.0" = 3\n"r2.0.0" = 1\n'
    vendor.write_text(f"{vendor.read_text()}\n{revisions}")
    assert run("generate", folder=project).returncode == 0
    found = [file.read_text() for file in files]
    assert 'version = "2.0.0.post1"' in found[0]
    assert '"version": "2.0.0-package.1"' in found[1]
    assert 'const Version = "2.0.0-package.1"' in found[2]
    vendor.write_text(vendor.read_text().replace("r1.0.0", "r3.0.0"))
    result = run("check", folder=project)
    assert result.returncode == 1
    assert "no such release to have packages of" in result.stderr
