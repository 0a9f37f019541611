"""Which sentences become facts, which stay prose, and which are refused."""

from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.fields import Field
from generator.model import Document, Meaning
from generator.reading.document import read_document
from generator.reading.grammar import Grammar
from generator.reading.pattern import Vocabulary, Words
from generator.spec.documents import read_grammar_of
from tests.helpers.project import ROOT

HEAD = """\
# CTEK E-Mobility Vendor Error Codes

For r9.9.9-0-g0123abc

CTEK E-Mobility AB

January 16, 2024

## OCPP standard error codes

**GroundFailure** The made-up ground is at fault.

## CTEK E-Mobility AB specific error codes

**MadeUp** """
NON_ERROR = "This can also be sent together with a non-error status."


RULES = {
    "non-error-status",
    "found-only-on",
    "on-product",
    "only-on-connector",
    "deprecated",
    "counters-in-configuration",
    "password-in-configuration",
}


@pytest.fixture(scope="module")
def whole_grammar() -> Grammar:
    grammar, diagnostics = read_grammar_of(ROOT / "spec")
    assert grammar, diagnostics
    return grammar


@pytest.fixture(scope="module")
def grammar(whole_grammar: Grammar) -> Grammar:
    """The real one with these rules alone: one that comes later may read what is refused here."""
    rules = tuple(rule for rule in whole_grammar.rules if rule.id in RULES)
    assert {rule.id for rule in rules} == RULES
    return whole_grammar._replace(rules=rules)


def read(text: str, grammar: Grammar) -> tuple[Meaning | None, list[Diagnostic]]:
    """The meaning of a made-up entry in a document of the real vendor's form."""
    data = (HEAD + text).encode()
    release, diagnostics = read_document("made-up.md", data, Document("x", ""), grammar)
    return release and release.entries[-1][1].meaning, diagnostics


def meaning_of(text: str, grammar: Grammar) -> Meaning:
    meaning, diagnostics = read(text, grammar)
    assert meaning, diagnostics
    return meaning


@pytest.mark.parametrize(
    ("text", "description", "facts"),
    [
        ("It hums.", "It hums.", {}),
        ("It hums", "It hums", {}),
        (f"It hums. {NON_ERROR}", "It hums.", {"may_accompany_non_error_status": True}),
        (f"It hums {NON_ERROR}", "It hums", {"may_accompany_non_error_status": True}),
        (f"{NON_ERROR} It hums.", "It hums.", {"may_accompany_non_error_status": True}),
        (f"It hums. {NON_ERROR[:-1]}", "It hums.", {"may_accompany_non_error_status": True}),
        (
            "It hums, found only in Chargestorm Connected 2 and Chargestorm Connected 3.",
            "It hums.",
            {"products": ("Chargestorm Connected 2", "Chargestorm Connected 3")},
        ),
        (
            "It hums, found only in Chargestorm Connected",
            "It hums",
            {"products": ("Chargestorm Connected",)},
        ),
        (
            "It hums. This is set only on connector 1 and 2. It hisses.",
            "It hums. It hisses.",
            {"connectors": (1, 2)},
        ),
        (
            "It hums. This is set only on connector 1, 2 and 3.",
            "It hums.",
            {"connectors": (1, 2, 3)},
        ),
        (
            "It hums. Password provided by MadeUpKey is invalid.",
            "It hums. Password provided by MadeUpKey is invalid.",
            {"configuration_keys": ("MadeUpKey",)},
        ),
        ("It uses an IdToken.", "It uses an IdToken.", {}),
        ("It hums (e.g. loudly) at 4.5 Hz. Odd.", "It hums (e.g. loudly) at 4.5 Hz. Odd.", {}),
        ("It hums.\u00e5", "It hums.\u00e5", {}),
    ],
)
def test_facts(text: str, description: str, facts: dict[str, Any], grammar: Grammar) -> None:
    meaning = meaning_of(text, grammar)
    assert meaning.text == text
    assert meaning.description == description
    nothing: dict[str, Any] = {
        "may_accompany_non_error_status": False,
        "products": (),
        "product_notes": (),
        "connectors": (),
        "deprecated": None,
        "configuration_keys": (),
    }
    assert meaning.fields == nothing | facts


def test_a_note_on_a_product_ends_with_its_sentence(grammar: Grammar) -> None:
    meaning = meaning_of(
        f"It hums. In Chargestorm Connected 3, it hisses at 4.5 Hz. It buzzes. {NON_ERROR}", grammar
    )
    assert meaning.fields["product_notes"] == (
        {"product": "Chargestorm Connected 3", "note": "it hisses at 4.5 Hz"},
    )
    assert meaning.description == "It hums. It buzzes."
    assert meaning.fields["may_accompany_non_error_status"]


def test_a_note_does_not_swallow_a_fact_whose_break_was_lost(grammar: Grammar) -> None:
    meaning = meaning_of(f"It hums. In Chargestorm Connected 3, it hisses {NON_ERROR}", grammar)
    assert [note["note"] for note in meaning.fields["product_notes"]] == ["it hisses"]
    assert meaning.fields["may_accompany_non_error_status"]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("This may also be sent with a non-error status.", "non-error-status"),
        ("This can be sent together with a non-error status.", "non-error-status"),
        ("this can also be sent together with a non-error status.", "non-error-status"),
        ("This can also be sent together with a non-error state.", "non-error-status"),
        ("It is a warning.", "non-error-status"),
        ("Found only in Chargestorm Connected 2.", "found-only-on"),
        ("Only found in Chargestorm Connected 2.", "found-only-on"),
        ("It hums, found only in Chargestorm Connected 0.", "found-only-on"),
        ("It hums, found only in Chargestorm Connected 2222.", "found-only-on"),
        ("It hums, found only in Chargestorm Connected 2, Chargestorm Connected 3.", "found-"),
        ("It hums, found only in Chargestorm Connected 2 or Chargestorm Connected 3.", "found-"),
        ("It hums, found only in the kitchen.", "found-only-on"),
        ("It hums, found only in Chargestorm Connected 2 Madeup.", "found-only-on"),
        ("This is set only on connector 1 AND 2.", "only-on-connector"),
        ("In Chargestorm Connected 2, the OCU has failed!", "found-only-on"),
        ("This code is retired.", "deprecated"),
        ("Not used anymore.", "deprecated"),
        ("This can also be sent together with a non-error status Unless it is hot.", "non-error"),
        ("It hums in Chargestorm Connected 2.", "found-only-on"),
        ("On Chargestorm Connected 2 it hums.", "found-only-on"),
        ("This is set only on connector one.", "only-on-connector"),
        ("This is set only on connectors 1 and 2.", "only-on-connector"),
        ("This is set only on connector 01.", "only-on-connector"),
        ("This is set on connector 1.", "only-on-connector"),
        ("This error is no longer in use.", "deprecated"),
        ("This code is deprecated.", "deprecated"),
        ("Note: this error is deprecated.", "deprecated"),
        ("Obsolete.", "deprecated"),
        ("Use OCPP GetConfiguration to get the counters.", "counters-in-configuration"),
        ("Set MadeUpKey to a number.", "password-in-configuration"),
    ],
)
def test_what_resembles_a_rule_is_refused(sentence: str, rule: str, grammar: Grammar) -> None:
    meaning, diagnostics = read(f"It fails.\n{sentence}", grammar)
    assert meaning is None
    assert [d.rule for d in diagnostics] == ["fact-unrecognised"]
    assert f"'{rule}" in diagnostics[0].message
    assert diagnostics[0].found
    assert diagnostics[0].found.endswith(sentence)
    # Where no capital letter tells, the sentence is one with that on the line before.
    assert diagnostics[0].location.line == (16 if sentence[0].isupper() else 15)
    assert "[[rules]]" in diagnostics[0].help


def test_every_example_is_read_by_its_own_rule(whole_grammar: Grammar) -> None:
    for rule in whole_grammar.rules:
        match = rule.finder.search(rule.example)
        assert match
        fact = rule.fact(match)
        assert fact is not None
        assert rule.pattern.format(fact.values) in rule.example


VOCABULARY = Vocabulary(
    {"product": Words(("A", "A 2", "B"))},
    [
        Field("products", "list", "", "", of="product"),
        Field("connectors", "list", "", "", of="integer"),
        Field("causes", "list", "", "", of="text"),
        Field("note", "text", "", ""),
        Field("retries", "integer", "", ""),
        Field("level", "enum", "", "", values=("bad", "very bad")),
    ],
)


@pytest.mark.parametrize(
    ("pattern", "text", "values"),
    [
        ("For {build}", "For r1.2.3-0-gabcd", {"build": "r1.2.3-0-gabcd"}),
        ("{month} {day}, {year}", "May 4, 2024", {"month": 5, "day": 4, "year": 2024}),
        ("{month} {day}, {year}", "May 04, 2024", None),
        ("{month} {day}, {year}", "may 4, 2024", None),
        ("{dd}.{mm}.{year}", "03.06.2024", {"dd": 3, "mm": 6, "year": 2024}),
        ("{dd}.{mm}.{year}", "3.6.2024", None),
        ("{day}.{m}.{year}", "3.6.2024", {"day": 3, "m": 6, "year": 2024}),
        ("{day}.{m}.{year}", "03.06.2024", None),
        ("Chargers Inc.", "Chargers Inc.", {}),
        ("Chargers Inc.", "Chargers Inc", None),
        ("Chargers Inc", "Chargers Inc.", None),
        ("on {products}", "on A and A 2", {"products": ("A", "A 2")}),
        ("on {products}", "on A, A 2 and B", {"products": ("A", "A 2", "B")}),
        ("on {products}", "on A, A 2, and B", None),
        ("on {products}", "on A and A 2 and B", None),
        ("on {products}", "on A 3", None),
        ("on {connectors}", "on 1 and 2", {"connectors": (1, 2)}),
        ("on {connectors}", "on 007", None),
        ("{note} {product}", "it is hot in B", {"note": "it is hot in", "product": "B"}),
        ("in {retries} tries", "in 12 tries", {"retries": 12}),
        ("in {retries} tries", "in 012 tries", None),
        ("{level}!", "very bad!", {"level": "very bad"}),
        ("{level}!", "worse!", None),
        ("by {causes}", "by dust, rain water and mice", {"causes": ("dust", "rain water", "mice")}),
        ("by {causes}", "by dust", {"causes": ("dust",)}),
        ("by {causes}", "by dust, and mice", None),
    ],
)
def test_patterns_read_and_write(pattern: str, text: str, values: dict[str, Any] | None) -> None:
    compiled = VOCABULARY.pattern(pattern)
    assert compiled.read(text) == values
    if values is not None:
        assert compiled.format(values) == text


@pytest.mark.parametrize("pattern", ["{nothing}", "{product", "product}", "{product} {product}"])
def test_patterns_that_cannot_be(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"placeholder|brace"):
        VOCABULARY.pattern(pattern)
