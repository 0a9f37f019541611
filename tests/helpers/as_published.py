"""Made-up documents that have everything in them that can be accepted, and its acceptances."""

import re
import shutil
from pathlib import Path

from tests.helpers.project import ROOT, record_digests

SOURCES = ROOT / "tests/as_published"


def spec_as_published(folder: Path) -> Path:
    """A folder of documents, with accepted.toml; its first release is as documents mostly are."""
    shutil.copytree(ROOT / "tests/cases/_project/spec", folder)
    shutil.copytree(SOURCES, folder, dirs_exist_ok=True)
    record_digests(folder)
    return folder


_LINES = re.compile(r"^ +(\[\[as_published\]\]\n(?: +\w+ = .*\n)+)", re.MULTILINE)


def lines_to_add(printed: str) -> str:
    """The lines for accepted.toml that diagnostics show in their help, as a person copies them."""
    return "".join(dict.fromkeys(_LINES.findall(printed)))
