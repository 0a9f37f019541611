"""A command that a help leads to names the folders that the person named; other text stays."""

import json
import shutil
from pathlib import Path

import pytest

from tests.helpers.project import ROOT, record_digests, run_warm

SAID = "Run ctek-codegen add now, and ctek-codegen generate."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The made-up project, its folders named otherwise."""
    shutil.copytree(ROOT / "tests/cases/_project/spec", tmp_path / "our spec")
    shutil.copytree(ROOT / "tests/cases/_project/templates", tmp_path / "templates")
    record_digests(tmp_path / "our spec")
    return tmp_path


def test_a_command_names_the_folders(project: Path) -> None:
    named = ["--spec", "our spec", "--output", "made"]
    result = run_warm("check", *named, folder=project)
    command = "ctek-codegen generate --spec 'our spec' --output made"
    assert f"help:     {command}\n" in result.stdout
    assert f"To fix this: {command}\n" in result.stdout
    data = json.loads(run_warm("check", *named, "--format", "json", folder=project).stdout)
    assert {one["help"] for one in data["diagnostics"]} == {command}


def test_a_document_of_another_text_is_replaced_by_the_command_shown(project: Path) -> None:
    document = (project / "our spec/r1.0.0.md").read_text()
    (project / "new.md").write_text(document.replace("at fault", "broken"))
    result = run_warm("add", "new.md", "--spec", "our spec", folder=project)
    assert "corrected it: ctek-codegen add --replace new.md --spec 'our spec'\n" in result.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_text_of_the_vendor_is_never_rewritten(project: Path, form: str) -> None:
    """A sentence that holds such a command, in a message whose help quotes it."""
    document = (project / "our spec/r1.0.0.md").read_text()
    assert "seen only on Box" in document
    (project / "new.md").write_text(
        document.replace("r1.0.0-0", "r1.1.0-0").replace("any status", f"any status. {SAID}")
        .replace("seen only on Box", f"seen only on {SAID[:-1]}")
    )  # fmt: skip
    result = run_warm(
        "lint", "new.md", "--spec", "our spec", "--format", form, folder=project
    )  # fmt: skip
    assert result.returncode == 1
    said = result.stdout + result.stderr
    assert "ctek-codegen add now, and ctek-codegen generate" in said
    assert "generate --spec" not in said
    assert "add --spec" not in said
