"""The mutation proof: what is done to a document is refused with its place, or seen.

`pytest tests/proofs/test_mutations.py -s` prints the counts.
"""

import os
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.catalogue import fold_releases
from generator.contract import catalogue_data
from generator.model import Document, Named, Release, Source, Span
from generator.reading import sentences
from generator.reading.document import read_document
from generator.reading.grammar import Grammar
from generator.record import to_json
from generator.spec.documents import read_grammar_of
from tests.helpers.document_mutants import LAYOUT, Mutant, mutants
from tests.helpers.made_up_documents import TEXTS, document
from tests.helpers.project import ROOT
from tests.helpers.vendors import VENDORS, in_order, named_of, newest_document, spec_of

pytestmark = pytest.mark.extended

MADE_UP = document(
    [(f"Code\\_{chr(65 + number)}", TEXTS[number % len(TEXTS)]) for number in range(8)]
)
DOCUMENTS = {
    "the real document": (ROOT / "spec", (ROOT / "spec/r4.4.3.md").read_text(encoding="utf-8")),
    "a made-up document": (ROOT / "tests/cases/_project/spec", MADE_UP),
    **{
        vendor: (spec_of(vendor), newest_document(vendor).read_text(encoding="utf-8"))
        for vendor in VENDORS
    },
}


EVERY = int(os.environ.get("MUTANTS_EVERY", "4"))
"""How many mutants of the made-up vendors one is tried of; `make proofs` tries all."""


class Verdict(NamedTuple):
    """What became of a mutant: `refused`, `changed`, `declared` (it may survive) or `SURVIVED`."""

    fate: str
    mutant: Mutant


@cache
def grammar_of(spec: Path) -> Grammar:
    grammar, diagnostics = read_grammar_of(spec)
    assert grammar, diagnostics
    return grammar


@cache
def newest_named(spec: Path) -> Named:
    """What is named beside the newest document of a folder."""
    names = [file.stem for file in spec.glob("*.md")]
    return named_of(spec, in_order(names)[-1])


def read(text: str, spec: Path) -> tuple[Release | None, list[int | None]]:
    """The release that a text tells, else the lines of the errors."""
    origin = Document("document.md", "0" * 64)
    grammar, named = grammar_of(spec), newest_named(spec)
    release, diagnostics = read_document("document.md", text.encode(), origin, grammar, named)
    return release, [diagnostic.location.line for diagnostic in diagnostics]


def catalogue_of(release: Release, spec: Path) -> str:
    """The catalogue that a release makes, without the places and the digest."""
    nowhere = Source("", 0, 0)
    sections = tuple(
        section._replace(
            entries=tuple(
                entry._replace(
                    meaning=entry.meaning._replace(source=nowhere), span=Span(0, 0, 0, 0)
                )
                for entry in section.entries
            )
        )
        for section in release.sections
    )
    data = catalogue_data(
        fold_releases(grammar_of(spec).vendor, [release._replace(sections=sections)])
    )
    return to_json(data)


def said_by(release: Release, spec: Path) -> tuple[str, object]:
    """What a release says: the catalogue that it makes, and what that leaves out, such as notes."""
    return catalogue_of(release, spec), release.content


def judge(name: str, part: int, parts: int) -> list[Verdict]:
    """The verdicts on a worker's part of a document's mutants."""
    spec, text = DOCUMENTS[name]
    original, _ = read(text, spec)
    assert original is not None
    expected = said_by(original, spec)
    every = EVERY if name in VENDORS else 1
    tried = (one for n, one in enumerate(mutants(text)) if one.survives or n % every == 0)
    return [
        Verdict(_fate(mutant, expected, spec), mutant._replace(text=""))
        for mutant in islice(tried, part, None, parts)
    ]


def _fate(mutant: Mutant, expected: tuple[str, object], spec: Path) -> str:
    release, lines = read(mutant.text, spec)
    if release is None:
        return "refused" if lines and all(lines) else "REFUSED WITHOUT A PLACE"
    if said_by(release, spec) != expected:
        return "changed"
    return "declared" if mutant.survives else "SURVIVED"


@pytest.fixture(scope="module", params=DOCUMENTS)
def verdicts(request: pytest.FixtureRequest) -> list[Verdict]:
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        parts = pool.map(judge, [request.param] * workers, range(workers), [workers] * workers)
        found = [verdict for part in parts for verdict in part]
    fates = Counter(verdict.fate for verdict in found)
    print(f"\n{request.param}: {len(found)} mutants, {told(fates)}")
    for kind in sorted({verdict.mutant.kind for verdict in found}):
        print(f"  {kind}: {told(Counter(v.fate for v in found if v.mutant.kind == kind))}")
    return found


def told(fates: Counter[str]) -> str:
    return ", ".join(f"{number} {fate}" for fate, number in sorted(fates.items()))


def test_no_mutant_survives(verdicts: list[Verdict]) -> None:
    assert len(verdicts) > 1_000
    assert [v for v in verdicts if v.fate not in ("refused", "changed", "declared")] == []


def test_what_is_declared_to_survive_does(verdicts: list[Verdict]) -> None:
    used = {verdict.mutant.survives for verdict in verdicts if verdict.fate == "declared"}
    declared = {verdict.mutant.survives for verdict in verdicts} - {""}
    assert used == declared <= set(LAYOUT), "a declared kind that never survives has to go"


NON_ERROR = "This can also be sent together with a non-error status."


def test_a_dropped_fact_changes_that_fact_and_nothing_else() -> None:
    """Each non-error sentence of the real document, dropped in turn."""
    spec, text = DOCUMENTS["the real document"]
    original, _ = read(text, spec)
    assert original
    positions = [i for i in range(len(text)) if text.startswith(NON_ERROR, i)]
    assert len(positions) == 17
    for position in positions:
        release, _ = read(text[:position] + text[position + len(NON_ERROR) :], spec)
        assert release
        changed = []
        for (_, before), (_, after) in zip(original.entries, release.entries, strict=True):
            assert before.code == after.code
            if before.meaning.text != after.meaning.text:
                changed.append(before.code)
                assert before.meaning.fields["may_accompany_non_error_status"]
                assert not after.meaning.fields["may_accompany_non_error_status"]
            assert before.meaning.description == after.meaning.description
            for name in ("products", "product_notes", "connectors", "deprecated"):
                assert before.meaning.fields[name] == after.meaning.fields[name]
        assert len(changed) == 1


def fates(kinds: Iterable[str]) -> Counter[str]:
    """What becomes of the real document's mutants of some kinds, in this process."""
    spec, text = DOCUMENTS["the real document"]
    original, _ = read(text, spec)
    assert original
    expected = said_by(original, spec)
    chosen = set(kinds)
    return Counter(_fate(m, expected, spec) for m in mutants(text) if m.kind in chosen)


def test_the_proof_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the watch on look-alike sentences patched out, and prose dropped, mutants survive."""
    kinds = ["sentence dropped"]
    assert fates(kinds)["SURVIVED"] == 0
    real = sentences.read_sentences

    def lossy(*given):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN202
        found, diagnostics = real(*given)
        kept = tuple(s for s in found if s.fact or "Shouldn't" not in s.text)
        return kept or found, diagnostics

    monkeypatch.setattr("generator.reading.entries.read_sentences", lossy)
    monkeypatch.setattr("generator.reading.document.check_round_trip", lambda *_: [])
    monkeypatch.setattr("generator.reading.document.write_down", lambda _, release, __: release)
    assert fates(kinds)["SURVIVED"] > 0
