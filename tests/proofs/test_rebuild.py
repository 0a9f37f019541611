"""The document back from the JSON, and every place of the JSON found in the document.

Both by JavaScript programs that share nothing with the generator.
"""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.document_forms import DOCUMENT, FORMS, Form
from tests.helpers.made_up_documents import long_document
from tests.helpers.project import ROOT, project_of_r4_4_3, record_digests, run, run_faulty

REBUILD = ROOT / "tests/node/rebuild.mjs"
PROVENANCE = ROOT / "tests/node/provenance.mjs"
RELEASES = sorted((ROOT / "generated/json/releases").iterdir())
RELEASE = ROOT / "generated/json/releases/r4.4.3.json"
CATALOGUE = ROOT / "generated/json/catalogue.json"


def rebuilt(release: Path) -> bytes:
    return subprocess.run(["node", REBUILD, release], capture_output=True, check=True).stdout


def provenance(folder: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node", PROVENANCE, folder, *files], capture_output=True, text=True, check=False
    )


def parsed(document: bytes, spec: Path, folder: Path) -> Path:
    """The file with what `parse` says of a document."""
    source, target = folder / "document.md", folder / "release.json"
    source.write_bytes(document)
    result = run("parse", source, "--spec", spec)
    assert result.returncode == 0, result.stderr
    target.write_text(result.stdout, encoding="utf-8")
    return target


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_the_document_comes_back_byte_for_byte(release: Path) -> None:
    assert rebuilt(release) == (ROOT / f"spec/{release.stem}.md").read_bytes()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_form_comes_back_byte_for_byte(form: Form, tmp_path: Path) -> None:
    document = form(DOCUMENT).encode()
    release = parsed(document, ROOT / "spec", tmp_path)
    assert rebuilt(release) == document
    assert provenance(tmp_path, release).returncode == 0


def test_other_typography_comes_back_byte_for_byte(tmp_path: Path) -> None:
    """The hyphen stands in a sentence that a rule reads, the apostrophe in prose."""
    document = DOCUMENT.replace("non-error", "non\u2011error").replace("'", "\u2019")
    document = document.replace("r4.4.3-0", "r4.4.4-0")
    assert document.count("\u2011") > 1
    assert document.count("\u2019") > 1
    release = parsed(document.encode(), ROOT / "spec", tmp_path)
    assert rebuilt(release).decode() == document
    result = provenance(tmp_path, release)
    assert result.returncode == 0, result.stdout


def test_a_long_document_comes_back(tmp_path: Path) -> None:
    document = long_document(500).encode()
    release = parsed(document, ROOT / "tests/cases/_project/spec", tmp_path)
    assert rebuilt(release) == document


def test_every_place_is_found_in_the_documents() -> None:
    result = provenance(ROOT, CATALOGUE, *RELEASES)
    assert result.returncode == 0, result.stdout
    assert result.stdout.endswith(" places compared, 0 wrong\n")


def test_every_place_of_r4_4_3_is_looked_for(r4_4_3: Path) -> None:
    generated = r4_4_3 / "generated/json"
    result = provenance(r4_4_3, generated / "catalogue.json", generated / "releases/r4.4.3.json")
    assert result.returncode == 0, result.stdout
    compared, _, rest = result.stdout.partition(" ")
    assert rest == "places compared, 0 wrong\n"
    # 36 entries in both files; 88 sentences, told and as they stand; the head, lists and headings.
    assert int(compared) > 36 * 4 + 88


def fact(data: dict[str, Any]) -> None:
    data["sections"][1]["entries"][14]["sentences"][1]["fact"]["products"] = ["Another One"]


def free_text(data: dict[str, Any]) -> None:
    data["sections"][0]["entries"][0]["sentences"][0]["text"] += "!"


def span(data: dict[str, Any]) -> None:
    data["sections"][0]["entries"][0]["sentences"][0]["source"]["span"]["column"] += 1


def lines(data: dict[str, Any]) -> None:
    data["sections"][1]["entries"][3]["source"]["lines"][0] -= 1


def date(data: dict[str, Any]) -> None:
    data["published"] = "2024-01-17"


def layout(data: dict[str, Any]) -> None:
    data["source"]["between"][8] += "\n"


def mark(data: dict[str, Any]) -> None:
    data["source"]["marks"][0]["at"] += 1


@pytest.mark.parametrize(
    ("fault", "is_found_by"),
    [
        (fact, {"rebuild", "provenance"}),
        (free_text, {"rebuild", "provenance"}),
        (span, {"provenance"}),
        (lines, {"provenance"}),
        (date, {"rebuild", "provenance"}),
        (layout, {"rebuild"}),
        (mark, {"rebuild"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_fault_in_the_json_is_found(
    fault: Callable[[dict[str, Any]], None], is_found_by: set[str], tmp_path: Path
) -> None:
    data = json.loads(RELEASE.read_text(encoding="utf-8"))
    fault(data)
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(data), encoding="utf-8")
    found = set()
    if rebuilt(wrong) != (ROOT / "spec/r4.4.3.md").read_bytes():
        found.add("rebuild")
    if provenance(ROOT, wrong).returncode != 0:
        found.add("provenance")
    assert found == is_found_by


UNWATCHED = """
import generator.reading.document as document
import generator.reading.layout as layout
document.check_round_trip = lambda *_: []
real_marks = layout._marks
def tolerant(*told):
    try:
        return real_marks(*told)
    except ValueError:
        return []
layout._marks = tolerant
"""
"""What the reader itself holds against its faults, taken away."""
WORD_LOST = """
import generator.reading.entries as entries
real = entries.read_sentences
def lossy(*given):
    found, diagnostics = real(*given)
    return tuple(one._replace(text=one.text.replace("error ", "")) for one in found), diagnostics
entries.read_sentences = lossy
"""
FACT_MADE_UP = """
import generator.reading.entries as entries
from generator.model import Fact
real = entries.read_sentences
def inventive(*given):
    found, diagnostics = real(*given)
    made_up = Fact("connectors", {"connectors": (2,)}, "only-on-connector")
    return (*found[:1], *(one._replace(fact=made_up) for one in found[1:])), diagnostics
entries.read_sentences = inventive
"""
PLACE_WRONG = """
from generator.reading.source import Source
real = Source.span
Source.span = lambda self, start, end: real(self, start, end)._replace(end_column=1 + real(
    self, start, end).end_column)
"""
LINES_WRONG = """
import generator.reading.entries as entries
real = entries.Source
entries.Source = lambda path, first, last: real(path, max(1, first - 1), last)
"""


@pytest.mark.parametrize(
    ("fault", "is_found_by"),
    [
        (WORD_LOST, {"rebuild", "provenance"}),
        (FACT_MADE_UP, {"rebuild", "provenance"}),
        (PLACE_WRONG, {"rebuild", "provenance"}),
        (LINES_WRONG, {"provenance"}),
    ],
    ids=["word lost", "fact made up", "place wrong", "lines wrong"],
)
def test_a_fault_in_the_reader_is_found(fault: str, is_found_by: set[str], tmp_path: Path) -> None:
    """With the reader's own checks patched out, the programs in JavaScript find what it does."""
    result = run_faulty(UNWATCHED + fault, "parse", "spec/r4.4.3.md", folder=ROOT)
    assert result.returncode == 0, result.stderr
    wrong = tmp_path / "wrong.json"
    wrong.write_text(result.stdout, encoding="utf-8")
    found = set()
    if rebuilt(wrong) != (ROOT / "spec/r4.4.3.md").read_bytes():
        found.add("rebuild")
    if provenance(ROOT, wrong).returncode != 0:
        found.add("provenance")
    assert found == is_found_by


def test_the_reader_finds_its_own_fault() -> None:
    """The retelling of each run is the first to find a fact that no sentence states."""
    result = run_faulty(
        FACT_MADE_UP.replace("document.check_round_trip", "_"),
        "parse",
        "spec/r4.4.3.md",
        folder=ROOT,
    )
    assert result.returncode == 1
    assert "error[round-trip-differs]" in result.stderr


def test_an_edited_document_is_found(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    document = tmp_path / "spec/r4.4.3.md"
    document.write_bytes(document.read_bytes().replace(b"DC error", b"AC error"))
    assert provenance(tmp_path, CATALOGUE).returncode == 1


def test_the_series_of_releases_comes_back(tmp_path: Path) -> None:
    """Several documents of one vendor, each from its own file."""
    spec = project_of_r4_4_3(tmp_path) / "spec"
    second = DOCUMENT.replace("r4.4.3-0-g33e0f28c", "r4.5.0-0-g0123abc")
    (spec / "r4.5.0.md").write_bytes(second.encode())
    record_digests(spec)
    output = tmp_path / "generated"
    result = run("generate", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    releases = sorted((output / "json/releases").iterdir())
    assert [one.stem for one in releases] == ["r4.4.3", "r4.5.0"]
    assert [rebuilt(one) for one in releases] == [
        (spec / f"{one.stem}.md").read_bytes() for one in releases
    ]
    assert provenance(tmp_path, output / "json/catalogue.json", *releases).returncode == 0
