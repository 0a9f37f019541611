"""One run finds all that is wrong in a document, and nothing that is only its consequence."""

import pytest

from generator.model import Document
from generator.reading.document import read_document, read_partly
from generator.reading.grammar import Grammar
from generator.spec.documents import read_grammar_of
from tests.helpers.project import ROOT

DOCUMENT = """\
# Made-Up Error Codes

For r1.1.0-0-g0123abc

Made-Up Chargers AB

March 4, 2024

## Contents

1\tStandard codes\t2
2\tMade-Up codes\t3

## 1 Standard codes

**GroundFailure** The ground is at fault.

## 2 Made-Up codes

**Beep** It beeps, seen only on Box.
This may come with any status.

**Hum** It hums.
"""


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    grammar, diagnostics = read_grammar_of(ROOT / "tests/cases/_project/spec")
    assert grammar, diagnostics
    return grammar


def edited(*edits: tuple[str, str]) -> bytes:
    text = DOCUMENT
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


def found_in(data: bytes, grammar: Grammar) -> list[str]:
    release, diagnostics = read_document("made-up.md", data, Document("x", ""), grammar)
    assert (release is None) == bool(diagnostics)
    return [diagnostic.rule for diagnostic in diagnostics]


def test_the_document_is_right(grammar: Grammar) -> None:
    assert found_in(edited(), grammar) == []


CAUSES: dict[str, tuple[tuple[str, str], list[str]]] = {
    "heading in other words": (("## 2 Made-Up codes", "## 2 Our codes"), ["section-unknown"]),
    "heading without its mark": (("## 2 Made-Up codes", "2 Made-Up codes"), ["entry-unmarked"]),
    "heading with a hidden character": (
        ("## 2 Made-Up codes", "## 2 Made-Up\N{NO-BREAK SPACE}codes"),
        ["character-invisible"],
    ),
    "fact with a hidden character": (
        ("This may come", "This\N{ZERO WIDTH SPACE} may come"),
        ["character-invisible"],
    ),
    "the only entry without bold": (
        ("**GroundFailure** The", "GroundFailure The"),
        ["entry-unmarked"],
    ),
    "entry with markup": (("The ground is", "The *ground* is"), ["inline-unknown"]),
    "contents with bullets": (
        ("1\tStandard codes\t2\n2\tMade-Up", "- 1\tStandard codes\t2\n- 2\tMade-Up"),
        ["contents-unreadable"],
    ),
    "contents with a line that is none": (
        ("2\tMade-Up codes\t3", "and others"),
        ["contents-unreadable"],
    ),
    "unknown sentence": (("This may come", "This may not come"), ["fact-unrecognised"]),
    "unknown word": (("only on Box.", "only on Crate."), ["word-unknown"]),
    "date in another form": (("March 4, 2024", "4 March 2024"), ["date-unreadable"]),
    "line ends": (("Chargers AB\n", "Chargers AB\r\n"), ["line-ends-mixed"]),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_one_cause_is_one_error(cause: str, grammar: Grammar) -> None:
    edit, expected = CAUSES[cause]
    assert sorted(found_in(edited(edit), grammar)) == sorted(expected)


@pytest.mark.parametrize("first", CAUSES)
def test_no_error_hides_that_of_another_entry(first: str, grammar: Grammar) -> None:
    edit, expected = CAUSES[first]
    others = [("**Hum** It hums.", "**Hum** It hums with a status.\n\n**Aah** It sings.")]
    data = edited(edit, *others)
    rules = {"fact-unrecognised"}
    if not first.startswith("heading"):
        rules.add("entries-unsorted")  # else it is not known of which section the entries are
    assert set(found_in(data, grammar)) == {*expected, *rules}


def test_many_errors_are_found_at_once(grammar: Grammar) -> None:
    data = edited(
        ("# Made-Up Error Codes", "# Error Codes"),
        ("March 4, 2024", "4 March 2024"),
        ("2\tMade-Up codes\t3", "2\tMade-Up codes\t1"),
        ("**GroundFailure** The ground", "**GroundFault** The *ground*"),
        ("only on Box.", "only on Crate."),
        ("**Hum** It hums.", "**Hum** It\N{ZERO WIDTH SPACE} hums.\n\n**Aah** It sings.\n\nLoud."),
    )
    assert sorted(found_in(data, grammar)) == sorted(
        [
            "title-unknown",
            "date-unreadable",
            "contents-differ",
            "inline-unknown",
            "word-unknown",
            "character-invisible",
            "entries-unsorted",
            "entry-unmarked",
        ]
    )


def test_what_could_be_read_has_no_entry_with_an_error(grammar: Grammar) -> None:
    data = edited(("This may come", "This may not come"))
    release, diagnostics = read_partly("made-up.md", data, Document("x", ""), grammar)
    assert [one.rule for one in diagnostics] == ["fact-unrecognised"]
    assert release
    assert release.codes == ("GroundFailure", "Hum")
