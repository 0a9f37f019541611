"""What is generated from the made-up series of releases."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tests.helpers.project import ROOT
from tests.helpers.project import run as run_generator
from tests.helpers.release_series import SERIES, write_spec
from tests.helpers.tools import catalogue_json

FIRST, *_, LAST = SERIES


def generate(project: Path) -> Path:
    """A project's artefacts, made from its own documents with the templates of the repository."""
    generated = project / "generated"
    folders = ("--spec", project / "spec", "--templates", ROOT / "templates")
    result = run_generator("generate", *folders, "--output", generated, folder=project)
    assert result.returncode == 0, result.stderr
    return generated


class Built(NamedTuple):
    """The artefacts of the whole series; the catalogues, by the last release taken in."""

    generated: Path
    catalogues: dict[str, Any]


def built(order: Iterable[str], project: Path) -> Built:
    """The series, one document after the other taken in, as the README tells a person to."""
    catalogues: dict[str, Any] = {}
    spec = write_spec(project / "spec", [])
    for name in order:
        others = (spec / "SHA256SUMS").read_bytes()
        write_spec(spec, [name])
        lines = (spec / "SHA256SUMS").read_bytes().splitlines(keepends=True)
        [line] = [line for line in lines if line.endswith(f"  {name}.md\n".encode())]
        (spec / "SHA256SUMS").write_bytes(others + line)
        generated = generate(project)
        catalogues[name] = catalogue_json(generated)
    return Built(project / "generated", catalogues)
