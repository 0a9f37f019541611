"""What of a form is refused where a document departs from it, and which spellings are one."""

import re

import pytest

from generator.diagnostics import Diagnostic
from generator.model import Document, Release
from generator.reading.document import read_document
from generator.spec.documents import read_grammar_of
from generator.typography import fold_text
from tests.helpers.vendors import named_of, newest_document, spec_of


def read(vendor: str, text: str, *prose: str) -> tuple[Release | None, list[Diagnostic]]:
    """The release that a document tells of, with more sentences declared to be prose."""
    grammar, diagnostics = read_grammar_of(spec_of(vendor))
    assert grammar, diagnostics
    named = named_of(spec_of(vendor), newest_document(vendor).stem)
    sentences = {**grammar.prose.sentences, **{fold_text(one): one for one in prose}}
    grammar = grammar._replace(prose=grammar.prose._replace(sentences=sentences))
    return read_document("it.md", text.encode(), Document("it.md", "0" * 64), grammar, named)


def text_of(vendor: str) -> str:
    return newest_document(vendor).read_text(encoding="utf-8")


REFUSED = [
    # A heading with a code
    ("kerblight", "- **Severity**: critical\n", "", "entry-unmarked"),
    ("kerblight", "**Severity**: critical", "**Severity**: severe", "entry-unmarked"),
    ("kerblight", "- **Who can act**", "- **Who may act**", "entry-unmarked"),
    ("kerblight", "The lamp is solid red.", "The lamp is solid green.", "word-unknown"),
    ("kerblight", "### E102: Relay", "### E1O2: Relay", "entry-unmarked"),
    ("kerblight", "## Station faults", "## Other faults", "section-unknown"),
    # A page a code
    ("pagewell", "# Door contact open - F003", "# Door contact open", "block-unknown"),
    ("pagewell", "# Overcurrent - F013", "# Overcurrent", "entry-unmarked"),
    ("pagewell", "## At a glance\n", "## At one glance\n", "entry-unmarked"),
    ("pagewell", "## What to do\n\n", "", "entry-unmarked"),
    ("pagewell", "## Parameters\n\n", "", "entry-unmarked"),
    ("pagewell", "| `outlet` |", "| - |", "entry-unmarked"),
    ("pagewell", "| `outlet` |", "| outlet |", "entry-unmarked"),
    ("pagewell", "```json", "````json", "block-unknown"),
    ("pagewell", "Severity: `major`", "Severity: major", "entry-unmarked"),
    # Tables
    ("tabulon", "| 10 | 4097 |", "| 10 | - |", "entry-unmarked"),
    ("tabulon", "| 10 | 4097 |", "| ten | 4097 |", "entry-unmarked"),
    ("tabulon", "| 10 | 4097 |", "| 10 | 4097 | 4097 |", "block-unknown"),
    ("tabulon", "| 10 | 4097 |", "| 4097 |", "block-unknown"),
    ("tabulon", "| Letter |", "| Module |", "block-unknown"),
    ("tabulon", "## Cooling", "## Heating", "section-unknown"),
    # Bullets in German
    ("musterlader", "ML-101 \N{EN DASH} Stecker", "ML-101 - Stecker", "entry-unmarked"),
    ("musterlader", "Schwere: mittel.", "Schwere: sehr hoch.", "fact-unrecognised"),
    ("musterlader", "Die Leuchte blinkt rot.", "Die Leuchte blinkt lila.", "fact-unrecognised"),
    # Tables under an entry
    ("sunmill", "|----------------|------------|\n", "", "block-unknown"),
    ("sunmill", "| Possible cause | What to do |\n", "", "block-unknown"),
    ("sunmill", "| Blown fuse |", "| - |", "entry-unmarked"),
    ("sunmill", "### 402: DC link", "#### 402: DC link", "section-unknown"),
]


@pytest.mark.parametrize(("vendor", "old", "new", "rule"), REFUSED)
def test_a_departure_is_refused_where_it_stands(vendor: str, old: str, new: str, rule: str) -> None:
    text = text_of(vendor)
    place = text.index(old)
    release, diagnostics = read(vendor, text.replace(old, new, 1))
    assert release is None
    found = diagnostics[0]
    assert found.rule == rule
    assert found.location.line
    assert abs(found.location.line - (text.count("\n", 0, place) + 1)) <= 2


def test_a_block_of_code_does_not_take_in_the_next_entries() -> None:
    """Where its end was lost, the next block's end would be taken for it."""
    text = text_of("pagewell")
    begin, end = text.index("```json"), text.index("\n```\n")
    release, [found] = read("pagewell", text[:end] + text[end + len("\n```") :])
    assert release is None
    assert found.rule == "block-unknown"
    assert found.location.line == text.count("\n", 0, begin) + 1


@pytest.mark.parametrize("more", ["Öffnet sie sich, hilft das nicht.", "Été wie Winter.", "„Auf“."])
def test_a_sentence_may_begin_with_any_capital_or_quote(more: str) -> None:
    remedy = "Abhilfe: die Tür schließen."
    text = text_of("musterlader")
    assert text.count(remedy) == 1
    release, diagnostics = read("musterlader", text.replace(remedy, f"{remedy} {more}"), more)
    assert release, diagnostics
    [meaning] = [entry.meaning for _, entry in release.entries if entry.code == "ML-201"]
    assert meaning.fields["remedy"] == "die Tür schließen"
    assert meaning.description.endswith(more)


ONE = [
    ("tabulon", r"<br>", "<br/>"),
    ("tabulon", r"<br>", " <br /> "),
    ("tabulon", r"<br>", " "),
    ("tabulon", r"(?m)^\| (?=\d)", ""),
    ("tabulon", r"(?m) \|$", ""),
    ("tabulon", r" \| ", "|"),
    ("tabulon", r" \| (?=`)", "   |\t"),
    ("kerblight", r"(?m)^- ", "* "),
    ("kerblight", r"(?m)^- ", "  -   "),
    ("kerblight", r"```", "~~~"),
    ("kerblight", r"\. (?=The lamp)", ".\n"),
    ("pagewell", r"(?m)^\| (`\w+`) \| (.*?) \| (.*?) \|$", r"\1|\2|\3"),
    ("sunmill", r" \| - \|", r" |   -   |"),
]


@pytest.mark.parametrize(("vendor", "old", "new"), ONE)
def test_spellings_of_one_document_say_the_same(vendor: str, old: str, new: str) -> None:
    text = text_of(vendor)
    other, count = re.subn(old, new, text)
    assert count
    (expected, _), (found, diagnostics) = read(vendor, text), read(vendor, other)
    assert expected
    assert found, diagnostics
    assert found.content == expected.content


def test_a_paragraph_behind_a_fact_of_another_is_refused_until_declared() -> None:
    fact = "It clears by itself after 60 seconds.\n"
    text = text_of("kerblight").replace(fact, f"{fact}\nNo.\n", 1)
    release, [found] = read("kerblight", text)
    assert release is None
    assert (found.rule, found.found) == ("fact-unrecognised", "No.")
    release, diagnostics = read("kerblight", text, "No.")
    assert release, diagnostics
