"""What `init` proposes by one document, against the vendor.toml that a person wrote in the end."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.proposing.vendor_file import propose_vendor
from generator.reading.source import Source
from tests.helpers.project import ROOT
from tests.helpers.vendors import VENDORS, VENDORS_FOLDER

FOLDERS = {"ctek": ROOT / "spec"} | {name: VENDORS_FOLDER / name / "spec" for name in VENDORS}
DOCUMENTS = {
    name: max(folder.glob("*.md"), key=lambda file: file.stat().st_size)
    for name, folder in FOLDERS.items()
}


def proposed(document: Path) -> dict[str, Any]:
    proposal = propose_vendor(Source("new.md", document.read_text(encoding="utf-8")))
    assert proposal is not None
    return tomllib.loads(proposal.text)


def statements(vendor: dict[str, Any]) -> Counter[str]:
    """What a vendor.toml says of the form, a line each; what a person calls things left out."""
    fields = vendor.get("fields", {})
    lines: list[str] = []
    for key, forms in vendor.get("document", {}).items():
        lines += [f"{key}: {form}" for form in forms]
    lines += [f"scheme: {vendor.get('releases', {}).get('scheme', 'describe')}"]
    for section in vendor.get("sections", []):
        lines.append(f"section: {_nameless(section['title'])} {section.get('level', 2)}")
    entry = vendor.get("entry", {})
    lines += [f"{key}: {entry.get(key)}" for key in ("sorted", "markup", "notes", "code")]
    for slot in entry.get("slots", []):
        patterns = slot.get("columns") or {"": slot["pattern"]}
        for column, pattern in patterns.items():
            lines.append(f"slot: {slot['block']} {column} {_nameless(pattern)}")
            lines += [_type(fields[name]) for name in _names(pattern) if name in fields]
        often = [key for key in ("optional", "repeated", "states") if slot.get(key)]
        lines.append(f"slot: {slot['block']} {often} {slot.get('empty')}")
    for rule in vendor.get("rules", []):
        lines.append(f"rule: {_nameless(rule['pattern'])}")
        lines += [_type(fields[rule["states"]])] if rule["states"] in fields else []
    return Counter(lines)


def _names(pattern: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", pattern)


def _nameless(pattern: str) -> str:
    return re.sub(r"\{(?!code|text)\w+\}", "{}", pattern)


def _type(field: dict[str, Any]) -> str:
    return f"type: {field['type']}"


def share(name: str) -> tuple[int, int]:
    """How many of the statements of a final vendor.toml were proposed, and how many there are."""
    final = statements(tomllib.loads((FOLDERS[name] / "vendor.toml").read_text(encoding="utf-8")))
    both = final & statements(proposed(DOCUMENTS[name]))
    return both.total(), final.total()


@pytest.mark.parametrize("name", FOLDERS)
def test_most_of_the_final_file_is_proposed(name: str) -> None:
    right, all_of_them = share(name)
    print(f"{name}: {right} of {all_of_them}")
    assert right >= 0.6 * all_of_them


LINES = sorted(
    {line for file in DOCUMENTS.values() for line in file.read_text("utf-8").split("\n")}
)
ODD = ["| a |", "|---|", "```", "# {x}", "##", '- **{code}**: "x"', "> q", "1. x", "***", "{"]


@given(st.lists(st.sampled_from(LINES) | st.sampled_from(ODD), max_size=60))
def test_whatever_the_document_is_the_proposal_is_a_file_in_toml(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    proposal = propose_vendor(Source("new.md", text))
    if proposal is not None:
        assert tomllib.loads(proposal.text)
        assert propose_vendor(Source("new.md", text)) == proposal
