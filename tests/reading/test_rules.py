"""Which sentences become facts, which stay prose, and which are refused."""

import tomllib
from typing import Any

import pytest

from generator.diagnostics import Diagnostic
from generator.fields import Field
from generator.language import ENGLISH
from generator.model import Document, Meaning
from generator.reading.document import read_document
from generator.reading.grammar import Grammar, read_grammar
from generator.reading.pattern import Vocabulary, Words
from generator.reading.source import Source
from generator.spec.documents import read_grammar_of
from generator.typography import fold_text
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


def declaring(grammar: Grammar, *prose: str) -> Grammar:
    """The grammar with these sentences declared to be prose."""
    sentences = {fold_text(one): one for one in prose}
    return grammar._replace(prose=grammar.prose._replace(sentences=sentences))


@pytest.mark.parametrize(
    ("text", "description", "facts"),
    [
        ("It hums.", "It hums.", {}),
        ("It hums", "It hums", {}),
        (f"It hums. {NON_ERROR}", "It hums.", {"may_accompany_non_error_status": True}),
        (f"It hums {NON_ERROR}", "It hums", {"may_accompany_non_error_status": True}),
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
            "It hums. The fan hisses. This is set only on connector 1 and 2.",
            "It hums. The fan hisses.",
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


def test_a_fact_may_come_before_what_is_declared_to_be_prose(grammar: Grammar) -> None:
    meaning = meaning_of(f"{NON_ERROR} It hums.", declaring(grammar, "It hums."))
    assert meaning.description == "It hums."
    assert meaning.fields["may_accompany_non_error_status"]


def test_a_note_on_a_product_ends_with_its_sentence(grammar: Grammar) -> None:
    grammar = declaring(grammar, "It buzzes.")
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
        ("It hums, found only in Chargestorm Connected 2, Chargestorm Connected 3.", "found-"),
        ("It hums, found only in Chargestorm Connected 2 or Chargestorm Connected 3.", "found-"),
        ("It hums, found only in the kitchen.", "found-only-on"),
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


@pytest.mark.parametrize(
    "sentence",
    [
        "The status is always Faulted.",
        "This can never be sent together with a non-error status.",
        "This cannot also be sent together with a non-error status.",
        "This can not also be sent together with a non-error status.",
        "This can\u2019t also be sent together with a non-error status.",
        "This can also be sent together with an error status only.",
        "Can this also be sent together with a non-error status?",
        "Found not only in Chargestorm Connected 2.",
        "It hums, found not only in Chargestorm Connected 2.",
        "It hums, found in all but Chargestorm Connected 2.",
        "It hums, found only outside Chargestorm Connected 2.",
        "This is no longer deprecated.",
        "Note: this error is not deprecated and no longer used.",
        "Note: this error is used and no longer deprecated.",
        "This is set on all connectors but 1.",
        "This is set only on connector -1.",
        "This is set only on connectors other than connector 1.",
        "Do not use OCPP GetConfiguration MadeUpKey to get the counters.",
        "Password provided by MadeUpKey is valid.",
    ],
)
def test_no_rule_is_suggested_for_another_meaning(sentence: str, grammar: Grammar) -> None:
    """What to paste would state the opposite: a person has to decide, and to write it."""
    meaning, diagnostics = read(f"It fails.\n{sentence}", grammar)
    assert meaning is None
    assert [d.rule for d in diagnostics] == ["fact-unrecognised"]
    assert "pattern =" not in diagnostics[0].help
    assert "`sentences` of [prose]" in diagnostics[0].help
    assert "'Add a rule'" in diagnostics[0].help
    assert "'Add a field'" in diagnostics[0].help


@pytest.mark.parametrize(
    ("sentence", "pattern"),
    [
        ("This may be sent together with a non-error status", "This may be sent {} status."),
        ("It can be sent with the non-error status.", "It can be sent with the non-error status."),
        ("Found only in Chargestorm Connected 2.", "Found only in {products}."),
        ("It hums, is found only in Chargestorm Connected 2.", ", is found only in {products}."),
        ("This is set only on the connector 1.", "This is set only on the connector {connectors}."),
        ("Note: the error is deprecated and no longer used.", "Note: the error is {} used."),
    ],
)
def test_a_rule_is_suggested_for_the_same_in_other_words(
    sentence: str, pattern: str, grammar: Grammar
) -> None:
    _, diagnostics = read(f"It fails.\n{sentence}", grammar)
    start, _, end = pattern.partition("{}")
    suggested = diagnostics[0].help.partition("pattern = ")[2].split("\n")[0].strip('"')
    assert suggested.startswith(start)
    assert suggested.endswith(end)
    assert suggested.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        f"It is not true that {NON_ERROR}",
        f"It is not true that\n{NON_ERROR}",
        f"They say that {NON_ERROR}",
        f"It hums. Never {NON_ERROR}",
        "Never, found only in Chargestorm Connected 2.",
        "It is not the case that it hums, found only in Chargestorm Connected 2.",
        f"It hums. {NON_ERROR} This does not hold for the first hour.",
        f"It hums. {NON_ERROR} Unless it is hot.",
        f"It hums. {NON_ERROR} Except at night.",
        f"It hums. {NON_ERROR} However, it seldom is.",
        f"It hums. {NON_ERROR[:-1]}, found only in Chargestorm Connected 2.",
        f"It hums. In Chargestorm Connected 2, {NON_ERROR[0].lower()}{NON_ERROR[1:]}",
        "It hums. In Chargestorm Connected 2, it is deprecated.",
    ],
)
def test_no_part_of_a_sentence_states_what_the_whole_denies(text: str, grammar: Grammar) -> None:
    meaning, diagnostics = read(text, grammar)
    assert meaning is None
    assert {d.rule for d in diagnostics} == {"fact-unrecognised"}
    assert all("pattern =" not in d.help for d in diagnostics)


DENIALS = [
    "No.",
    "Not so.",
    "That was a mistake.",
    "This is an error in the document.",
    "It was changed back.",
    "Not anymore.",
    "Since r4.5 this is different.",
    "Wrong.",
    "See above.",
    "The opposite is the case.",
    "Please read the previous sentence the other way round.",
    "Nope.",
    "As if.",
    "Hardly.",
    "Quite the reverse.",
    "Withdrawn with the last update.",
    "The statement is out of date.",
    "Older firmware did.",
    "Forget about it.",
    "Nothing of the kind.",
    "Customers report something else.",
    "Marketing says so, engineering does not.",
    "In theory.",
    "Sometimes.",
    "By mistake!",
    "Really?",
    "And so on.",
    "Fixed.",
]


@pytest.mark.parametrize("fact", [NON_ERROR, "This is set only on connector 1."])
@pytest.mark.parametrize("denial", DENIALS)
def test_what_stands_behind_a_fact_is_refused_in_any_words(
    denial: str, fact: str, grammar: Grammar
) -> None:
    for text in (
        f"It hums. {fact} {denial}",
        f"It hums, found only in Chargestorm Connected. {denial}",
    ):
        meaning, diagnostics = read(text, grammar)
        assert meaning is None
        assert [d.rule for d in diagnostics] == ["fact-unrecognised"]
        assert diagnostics[0].found == denial
        meaning, diagnostics = read(text, declaring(grammar, denial))
        assert meaning, diagnostics
        assert meaning.description == f"It hums. {denial}"


@pytest.mark.parametrize("denial", DENIALS[:13])
def test_what_answers_another_sentence_is_refused_before_a_fact(
    denial: str, grammar: Grammar
) -> None:
    meaning, diagnostics = read(f"It hums. {denial} {NON_ERROR}", grammar)
    assert meaning is None
    assert {d.rule for d in diagnostics} == {"fact-unrecognised"}


@pytest.mark.parametrize("more", ["Try another cable.", "The fan hums or the relay does."])
def test_a_description_may_have_several_sentences_before_a_fact(
    more: str, grammar: Grammar
) -> None:
    assert meaning_of(f"It hums. {more} {NON_ERROR}", grammar).description == f"It hums. {more}"


@pytest.mark.parametrize(
    ("sentence", "published"),
    [
        ("This is only set on connector 1.", "connectors: [1]"),
        ("This is only set on connector 1 and 2.", "connectors: [1, 2]"),
        ("This is only set on connector 1 or 2.", None),
        ("This is only set on connector 1-2.", None),
        ("This is only set on one connector.", None),
        ("The status is a warning.", "may_accompany_non_error_status: true"),
        (
            "This error is obsolete.",
            'deprecated: {"note": "This error is obsolete.", "replaced_by": []}',
        ),
        ("In Chargestorm Connected 2 it indicates heat.", None),
    ],
)
def test_a_preview_is_what_a_rule_for_the_sentence_publishes(
    sentence: str, published: str | None, grammar: Grammar
) -> None:
    _, [found] = read(f"It hums. {sentence}", grammar)
    shown = found.help.partition("Published is then\n")[2].split("\n")[0].strip()
    assert shown == (published or "")


def test_a_preview_says_in_which_field_a_clause_stands(grammar: Grammar) -> None:
    _, [found] = read("It hums. In Chargestorm Connected 2, it is deprecated.", grammar)
    assert "Published are then the sentence in `product_notes`, and" in found.help
    assert "Published is then" not in found.help


@pytest.mark.parametrize(
    ("products", "listed"),
    [
        ("Chargestorm Connected 2 and 3", "Chargestorm Connected 3"),
        ("Charge Storm Connected 2", "Chargestorm Connected 2"),
        ("Chargestorm Connected2", "Chargestorm Connected 2"),
        ("Chargestorm 2", "Chargestorm Connected 2"),
    ],
)
def test_a_known_word_in_short_or_with_a_blank_is_no_new_one(
    products: str, listed: str, grammar: Grammar
) -> None:
    _, [found] = read(f"It hums, found only in {products}.", grammar)
    assert found.rule == "word-unknown"
    assert found.help
    assert f"It may stand for '{listed}'" in found.help
    assert "product = [" not in found.help


def test_a_new_word_is_offered_without_one_in_short_beside_it(grammar: Grammar) -> None:
    text = "It hums, found only in Chargestorm Connected 4 and 3."
    _, [new, short] = read(text, grammar)
    assert '"Chargestorm Connected 3", "Chargestorm Connected 4"]' in str(new.help)
    assert "product = [" not in str(short.help)


@pytest.mark.parametrize(
    "text",
    [
        f"The contactor does not open. {NON_ERROR}",
        f"The EV cannot be charged, and is not able to say why. {NON_ERROR}",
        f"It hums and that is all of it. {NON_ERROR}",
        "The motor is no motor, found only in Chargestorm Connected 2.",
        "It never hums.",
        "Except for the noise, it is well.",
    ],
)
def test_what_denies_no_fact_is_prose(text: str, grammar: Grammar) -> None:
    assert meaning_of(text, grammar).text == text


def test_a_pattern_in_lower_case_is_no_end_of_another_sentence(grammar: Grammar) -> None:
    """`found only in` is within `not found only in`."""
    rule = next(rule for rule in grammar.rules if rule.id == "found-only-on")
    source = grammar.source
    lower = source.text.replace('", found only in {products}."', '"found only in {products}."')
    lower = lower.replace("DC error, found only in", "DC error. found only in")
    changed, diagnostics = read_grammar(Source(source.path, lower))
    assert changed, diagnostics
    assert {r.pattern.text for r in changed.rules} - {r.pattern.text for r in grammar.rules} >= {
        rule.pattern.text.removeprefix(", ")
    }
    meaning, diagnostics = read("It is not found only in Chargestorm Connected 2.", changed)
    assert meaning is None
    assert [d.rule for d in diagnostics] == ["fact-unrecognised"]


@pytest.mark.parametrize(
    ("sentence", "unknown"),
    [
        ("It hums, found only in Chargestorm Connected 4.", ["Chargestorm Connected 4"]),
        ("It hums, found only in Chargestorm Connected 2222.", ["Chargestorm Connected 2222"]),
        ("It hums, found only in Chargestorm Connected Max.", ["Chargestorm Connected Max"]),
        ("It hums, found only in Chargestorm Connected 2+.", ["Chargestorm Connected 2+"]),
        ("It hums, found only in Njord.", ["Njord"]),
        (
            "It hums, found only in Chargestorm Connected 2 and Chargestorm Connected 4.",
            ["Chargestorm Connected 4"],
        ),
        (
            "It hums, found only in Njord, Chargestorm Connected and Chargestorm Connected 4.",
            ["Njord", "Chargestorm Connected 4"],
        ),
        ("In Chargestorm Connected 4, it hisses.", ["Chargestorm Connected 4"]),
        ("In Njord, indicates a fault.", ["Njord"]),
    ],
)
def test_an_unknown_product_is_one(sentence: str, unknown: list[str], grammar: Grammar) -> None:
    meaning, diagnostics = read(f"It fails.\n{sentence}", grammar)
    assert meaning is None
    assert [d.rule for d in diagnostics] == ["word-unknown"] * len(unknown)
    for word, diagnostic in zip(unknown, diagnostics, strict=True):
        assert diagnostic.found == word
        place = diagnostic.location
        assert place.excerpt
        assert place.column
        assert place.excerpt[place.column - 1 :][: place.width] == word
        listed = diagnostic.help.partition("product = ")[2].split("\n")[0]
        known = grammar.words["product"].words
        assert tomllib.loads(f"product = {listed}")["product"] == [*known, *unknown]


@pytest.mark.parametrize(
    "sentence",
    [
        "In some cases, it hums.",
        "In Norway, it hums.",
        "In winter, 4.5 Hz are heard.",
    ],
)
def test_what_stands_where_a_product_could_is_none(sentence: str, grammar: Grammar) -> None:
    assert meaning_of(f"It fails. {sentence}", grammar).description == f"It fails. {sentence}"


@pytest.mark.parametrize(
    "sentence",
    [
        "In some cases, indicates a fault.",
        "It hums, found only in the kitchen.",
        "It hums, found only in Chargestorm Connected 2 or Chargestorm Connected 3.",
        "It hums, found only in all Chargestorm products.",
    ],
)
def test_a_suspect_sentence_names_no_unknown_product(sentence: str, grammar: Grammar) -> None:
    _, diagnostics = read(f"It fails.\n{sentence}", grammar)
    assert [d.rule for d in diagnostics] == ["fact-unrecognised"]


def test_every_example_is_read_by_its_own_rule(whole_grammar: Grammar) -> None:
    for rule in whole_grammar.rules:
        match = rule.finder.search(rule.example)
        assert match
        fact = rule.fact(match, rule.example)
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
    ENGLISH,
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
