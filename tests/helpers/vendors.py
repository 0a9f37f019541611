"""The made-up vendors of tests/vendors, each in a form of its own."""

import re
import shutil
import tempfile
import tomllib
from atexit import register
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from generator.model import NOTHING_NAMED, Named
from generator.spec.documents import read_grammar_of
from generator.spec.folder import Folder
from generator.spec.named import read_named
from tests.helpers.project import ROOT

VENDORS_FOLDER = ROOT / "tests/vendors"
OVER_OCPP = ("kerblight", "pagewell", "tabulon", "musterlader")
"""Those that make chargers, which send their codes over OCPP."""
VENDORS = (*OVER_OCPP, "sunmill", "encrelle")


@cache
def spec_of(vendor: str) -> Path:
    """The folder of a vendor's documents, to read from alone."""
    folder = Path(tempfile.mkdtemp(prefix=f"{vendor}-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    return shutil.copytree(VENDORS_FOLDER / vendor / "spec", folder / "spec")


def named_of(spec: Path, release: str) -> Named:
    """What is named beside the document of a release."""
    grammar, _ = read_grammar_of(spec)
    assert grammar
    named, diagnostics = read_named(Folder(spec), grammar.vendor.scheme)
    assert not diagnostics
    return named.get(f"{release}.md", NOTHING_NAMED)


def newest_document(vendor: str) -> Path:
    """The document of a vendor's newest release."""
    return spec_of(vendor) / f"{releases_of(vendor)[-1]}.md"


def releases_of(vendor: str) -> list[str]:
    """The files of a vendor's releases without their ends, the oldest first."""
    spec = VENDORS_FOLDER / vendor / "spec"
    stems = [document.stem for document in spec.glob("*.md")]
    declared = tomllib.loads((spec / "vendor.toml").read_text(encoding="utf-8"))
    if order := declared.get("releases", {}).get("order"):
        return sorted(stems, key=lambda stem: order.index(unquote(stem)))
    return in_order(stems)


def in_order(names: Iterable[str]) -> list[str]:
    """Releases by their numbers."""
    return sorted(names, key=lambda name: [int(number) for number in re.findall(r"\d+", name)])
