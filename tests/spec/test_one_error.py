"""One mistake in the folder of documents is one error, whatever depends on it."""

import re
import shutil
from pathlib import Path

import pytest

from tests.helpers.project import run_warm


@pytest.fixture
def project(r4_4_3: Path, tmp_path: Path) -> Path:
    return shutil.copytree(r4_4_3, tmp_path / "project")


def errors_in(project: Path) -> list[str]:
    """The errors of `check`; of a document that is there once, each has one cause."""
    result = run_warm("check", folder=project)
    assert result.returncode == 1
    assert "Internal error" not in result.stderr
    return re.findall(r"(?:error|warning)\[([a-z-]+)\]", result.stderr + result.stdout)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('package = "ctek-error-codes"', 'package = "Ctek"', "vendor-invalid"),
        ("titles = [", "title = [", "vendor-invalid"),
        ('sent_in = "vendorErrorCode"', 'sent_in = "vendor"', "vendor-invalid"),
        ('product = ["Chargestorm Connected", ', 'product = ["", ', "vendor-invalid"),
        ('type = "flag"\nlabel', 'type = "flags"\nlabel', "vendor-invalid"),
        ('{ type = "text", of = "product"', '{ type = "text", of = "nothing"', "vendor-invalid"),
        ("sentences = []", "sentences = 1", "vendor-invalid"),
        ("only on connector {connectors}.", "only on connector {nothing}.", "vendor-invalid"),
        ("[prose]", "[prose", "vendor-invalid"),
        ('states = "connectors"', 'states = "nothing"', "field-undeclared"),
        ('example = "DC error, found', 'example = "DC error, is found', "rule-example"),
    ],
)
def test_a_mistake_in_vendor_toml(old: str, new: str, rule: str, project: Path) -> None:
    file = project / "spec/vendor.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert errors_in(project) == [rule]


def test_a_mistake_in_the_digests(project: Path) -> None:
    (project / "spec/SHA256SUMS").write_text("what is this?\n")
    assert errors_in(project) == ["spec-unreadable"]


def test_a_mistake_in_what_is_named(project: Path) -> None:
    """The document that has its release from there is not told to lack one."""
    document = project / "spec/r4.4.3.md"
    text = document.read_text("utf-8")
    unnamed = project / "unnamed.md"
    unnamed.write_text(text.replace("For r4.4.3-0-g33e0f28c\n\n", "").replace("DC err", "AC err"))
    added = run_warm("add", unnamed, "--release", "r4.4.4-0-g33e0f28c", folder=project)
    assert added.returncode == 0, added.stderr
    (project / "spec/releases.toml").write_text('["r4.4.4.md"]\nrelease = "spring"\n')
    assert errors_in(project) == ["releases-invalid"]


def test_nothing_that_was_named_is_lost(project: Path) -> None:
    """`add` with --release writes the file anew: not while a table of it cannot be read."""
    named = project / "spec/releases.toml"
    named.write_text('["r4.4.3.md"]\nrelease = "spring"\n')
    text = (project / "spec/r4.4.3.md").read_text("utf-8")
    (project / "unnamed.md").write_text(text.replace("For r4.4.3-0-g33e0f28c\n\n", ""))
    added = run_warm("add", "unnamed.md", "--release", "r4.4.4-0-g33e0f28c", folder=project)
    assert added.returncode == 1
    assert "spec/releases.toml:2:1: error[releases-invalid]" in added.stderr
    assert "spring" in named.read_text()


def test_an_edited_document(project: Path) -> None:
    (project / "spec/r4.4.3.md").write_text("edited")
    assert errors_in(project) == ["document-edited"]


def test_mistakes_that_do_not_depend_on_each_other(project: Path) -> None:
    spec = project / "spec"
    vendor = (spec / "vendor.toml").read_text("utf-8")
    vendor = vendor.replace("only on connector {connectors}.", "only on {nothing}.", 1)
    vendor = vendor.replace('pattern = "In {product}, {note}."', 'pattern = "In {product}, {x}."')
    (spec / "vendor.toml").write_text(vendor.replace("sentences = []", "sentences = [1]"), "utf-8")
    (spec / "notes.txt").write_text("of no use")
    (spec / "accepted.toml").write_text("[[accepted]]\nx = 1\n[[accepted]]\ny = 1\n")
    (spec / "annotations.toml").write_text("[[observations]]\nx = 1\n[[observations]]\ny = 1\n")
    (project / "templates/go/payload.go").unlink()
    (spec / "r4.5.0.md").write_text(
        (spec / "r4.4.3.md").read_text("utf-8").replace("January", "May")
    )
    assert sorted(errors_in(project)) == sorted(
        [
            *["vendor-invalid"] * 3,
            "document-misnamed",
            *["acceptance-invalid"] * 2,
            *["annotation-invalid"] * 2,
            "template-failed",
            "document-unrecorded",
            "document-misnamed",
        ]
    )
