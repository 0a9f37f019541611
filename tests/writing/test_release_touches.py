"""A release touches what it changes: which artefacts a made-up next release has written anew."""

import hashlib
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.writing.mark import MARK
from tests.helpers.project import ROOT, files_below, run_warm

REAL = (ROOT / "spec/r4.4.3.md").read_text(encoding="utf-8")
NEXT = "r4.5.0"

SAME = (("r4.4.3-0-g33e0f28c", f"{NEXT}-0-g0123abc"), ("January 16, 2024", "June 3, 2025"))
"""Another release that says the same."""
FIVE = (
    *SAME,
    ("**CBC\\_LOOP** The", "**AirFilterBlocked** The filter is full.\n\n**CBC\\_LOOP** The"),
    ("**FrequentPP", "**FanBlocked** The fan cannot turn.\n\n**FrequentPP"),
    ("Internal MCU is not responding.", "The inner controller does not answer."),
    ("DC error, found only in Chargestorm Connected 2.", "DC error."),
    ("**UNKNOWN\\_ERROR** Unhandled custom error. Shouldn't be seen.\n\n", ""),
)
"""Five changes: two codes, of which one comes before all others, words, a fact, a code removed."""

NAMES_RELEASES = {
    "CHANGELOG.md",
    "go/catalogue.go",
    "go/example_test.go",
    "json/catalogue.json",
    "json/changelog.json",
    "mysql/tables.sql",
    "python/ctek_error_codes/_catalogue.py",
    "sql/tables.sql",
    "typescript/catalogue.json",
    "typescript/src/catalogue.ts",
}
"""What lists the releases."""
NAMES_THE_NEWEST = {
    "go/testdata/vectors.json",
    "json/vectors.json",
    "python/ctek_error_codes/__init__.py",
    "python/pyproject.toml",
    "typescript/package.json",
}
"""Answers as of the newest release, and the versions of packages, which are its number."""
NAMES_CODES = {
    "go/codes.go",
    "json/error-codes.schema.json",
    "python/ctek_error_codes/_codes.py",
    "sql/seeds/ctek_error_codes.csv",
    "typescript/src/codes.ts",
}
"""What has the codes as they are in the newest release."""


class Taken(NamedTuple):
    """The artefacts before and after a document was added, by their paths, and the document."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    document: bytes

    @property
    def changed(self) -> set[str]:
        return {path for path, data in self.before.items() if self.after.get(path) != data}


def take(project: Path, folder: Path, *changes: tuple[str, str]) -> Taken:
    """Adds the real document with some changes to a copy of a project, as its next release."""
    text = REAL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    copied = shutil.copytree(project, folder / "project")
    (folder / f"{NEXT}.md").write_text(text, encoding="utf-8", newline="")
    before = files_below(copied / "generated")
    result = run_warm("add", folder / f"{NEXT}.md", folder=copied)
    assert result.returncode == 0, result.stderr
    return Taken(before, files_below(copied / "generated"), text.encode())


@pytest.fixture(scope="module")
def five(r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    return take(r4_4_3, tmp_path_factory.mktemp("five"), *FIVE)


def test_five_changes_touch_what_has_codes_and_releases(five: Taken) -> None:
    assert five.changed == NAMES_RELEASES | NAMES_THE_NEWEST | NAMES_CODES
    assert five.after.keys() - five.before.keys() == {f"json/releases/{NEXT}.json"}


def test_a_release_that_says_the_same_touches_what_has_releases(
    r4_4_3: Path, tmp_path: Path
) -> None:
    same = take(r4_4_3, tmp_path, *SAME)
    assert same.changed == NAMES_RELEASES | NAMES_THE_NEWEST


def header(data: bytes) -> list[str]:
    """What an artefact says of where it comes from; empty for a format without comments."""
    lines = data.decode().split("\n")[:4]
    for number, line in enumerate(lines):
        if MARK in line:  # a comment of JSON has both parts on one line
            return lines[number : number + (1 if "From " in line else 2)]
    return []


def test_no_header_depends_on_what_documents_there_are(five: Taken) -> None:
    """So what is touched has other contents."""
    for path, data in five.before.items():
        assert header(data) == header(five.after[path]), path
    without = [path for path, data in five.before.items() if not header(data)]
    assert {Path(path).suffix for path in without} == {".csv"}


CATALOGUES = {
    "go": ["go/catalogue.go"],
    "json": ["json/catalogue.json"],
    "mysql": ["mysql/tables.sql"],
    "python": ["python/ctek_error_codes/_catalogue.py"],
    "sql": ["sql/tables.sql"],
    "typescript": ["typescript/catalogue.json", "typescript/src/catalogue.ts"],
}
"""Where each package has what is known of the releases; TypeScript's for `import` and as data."""


@pytest.mark.parametrize("package", CATALOGUES)
def test_every_digest_stands_once_in_a_package_and_its_catalogue(package: str, five: Taken) -> None:
    for document in (REAL.encode(), five.document):
        digest = hashlib.sha256(document).hexdigest().encode()
        having = {
            path: data.count(digest)
            for path, data in five.after.items()
            # One release's own artefact is of that document alone, and says which.
            if path.startswith(f"{package}/") and "releases/" not in path and digest in data
        }
        assert having == dict.fromkeys(CATALOGUES[package], 1)
