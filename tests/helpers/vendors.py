"""The made-up vendors of tests/vendors, each in a form of its own."""

import re
import shutil
import tempfile
from atexit import register
from functools import cache
from pathlib import Path

from tests.helpers.project import ROOT, record_digests

VENDORS_FOLDER = ROOT / "tests/vendors"
OVER_OCPP = ("kerblight", "pagewell", "tabulon", "musterlader")
"""Those that make chargers, which send their codes over OCPP."""
VENDORS = (*OVER_OCPP, "sunmill")

# The head of a document is read in one form, and its lists in English. Until both are the vendor's,
# this stands in for them; all else is read as it stands in tests/vendors.

_HEADS = {
    "kerblight": r"",
    "pagewell": r"Firmware [^\n]+\n\nPagewell BV\n\n[^\n]+\n\n",
    "tabulon": r"Rev\. [^\n]+\n\nTabulon [^\n]+\n\n[^\n]+\n\n",
    "musterlader": r"Version [^\n]+\n\nMusterlader [^\n]+\n\n[^\n]+\n\n",
    "sunmill": r"Firmware [^\n]+\n\n[^\n]+\n\n",
}
_HEAD_FORMS = {
    "titles": "Errors",
    "releases": "For {build}",
    "publishers": "Made up",
    "dates": "{month} {day}, {year}",
}


@cache
def spec_of(vendor: str) -> Path:
    """The folder of a vendor's documents, to read from alone."""
    folder = Path(tempfile.mkdtemp(prefix=f"{vendor}-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    source, spec = VENDORS_FOLDER / vendor / "spec", folder / "spec"
    spec.mkdir()
    form = (source / "vendor.toml").read_text(encoding="utf-8")
    for key, pattern in _HEAD_FORMS.items():
        form, count = re.subn(rf"(?m)^{key} = .*$", f'{key} = ["{pattern}"]', form)
        assert count == 1
    (spec / "vendor.toml").write_text(_in_english(form), encoding="utf-8")
    for document in source.glob("*.md"):
        text = document.read_text(encoding="utf-8")
        tag = release_of(document)
        head = f"# Errors\n\nFor {tag}-0-g0123abc\n\nMade up\n\nJanuary 2, 2024\n\n"
        text, count = re.subn(rf"\A#[^\n]+\n\n{_HEADS[vendor]}", head, text)
        assert count == 1
        (spec / f"{tag}.md").write_text(_in_english(text), encoding="utf-8")
    record_digests(spec)
    return spec


def newest_document(vendor: str) -> Path:
    """The document of a vendor's newest release."""
    return spec_of(vendor) / f"{releases_of(vendor)[-1]}.md"


def release_of(document: Path) -> str:
    """The release of a document by its name."""
    return document.stem if "." in document.stem else f"{document.stem}.0"


def _in_english(text: str) -> str:
    return re.sub(r"(Mögliche Ursachen: [^.]*?) und ", r"\1 and ", text)


def releases_of(vendor: str) -> list[str]:
    """A vendor's releases, the oldest first."""
    names = [release_of(document) for document in (VENDORS_FOLDER / vendor / "spec").glob("*.md")]
    return sorted(names, key=lambda name: [int(number) for number in re.findall(r"\d+", name)])
