"""Typography between releases: seen by `diff`, no new meaning, and read by the rules either way."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.catalogue import as_of, fold_releases
from generator.contract import catalogue_data, release_data
from generator.diagnostics import Diagnostic
from generator.diff import diff
from generator.fields import Impact
from generator.model import Catalogue, Document, Release
from generator.reading.document import read_document
from generator.reading.grammar import Grammar, read_grammar
from generator.reading.source import Source
from generator.record import to_json
from generator.typography import fold_text, plain_characters
from tests.helpers import txtar
from tests.helpers.document_strategies import VENDOR
from tests.helpers.made_up_documents import document
from tests.helpers.project import ROOT

RULE = """
[[rules]]
id = "unused"
states = "deprecated"
pattern = "It isn't \\"in use\\" - as of now."
example = "It isn't \\"in use\\" - as of now."
cues = []
"""


@cache
def grammar_with(rule: str) -> Grammar:
    """The made-up vendor's, with a rule that reads the text of `deprecated` in other words."""
    grammar, diagnostics = read_grammar(Source("vendor.toml", VENDOR + rule))
    assert grammar, diagnostics
    return grammar


def read(
    entries: list[tuple[str, str]], number: int = 0, rule: str = RULE
) -> tuple[Release | None, list[Diagnostic]]:
    """A document of the firmware r1.<number>.0 with these entries."""
    path = f"spec/r1.{number}.0.md"
    text = document(entries, f"r1.{number}.0-0-g000000{number}")
    return read_document(path, text.encode(), Document(path, "0" * 64), grammar_with(rule))


def series(*texts: str) -> list[Release]:
    """Releases from r1.0.0 on that have one of the texts each for the code Hum."""
    releases = []
    for number, text in enumerate(texts):
        release, diagnostics = read([("Hum", text)], number)
        assert release, diagnostics
        releases.append(release)
    return releases


def folded(releases: list[Release]) -> Catalogue:
    return fold_releases(grammar_with(RULE).vendor, releases)


def hum(releases: list[Release]) -> dict[str, Any]:
    """What the catalogue's JSON has of the code Hum."""
    data = json.loads(to_json(catalogue_data(folded(releases))))
    found: dict[str, Any] = next(code for code in data["codes"] if code["code"] == "Hum")
    return found


# What is folded


SAME = [
    ("don't", "don\u2019t", "don\u2018t", "don\u02bct", "don\u00b4t"),
    ('a "b" c', "a \u201cb\u201d c", "a \u201eb\u201c c", "a \u00abb\u00bb c"),
    ("non-error", "non\u2010error", "non\u2011error", "non\u2013error", "non\u2212error"),
    ("a - b", "a \u2013 b", "a \u2014 b", "a -- b", "a --- b"),
    ("so on...", "so on\u2026"),
    ("first flow", "\ufb01rst \ufb02ow"),
    ("caf\u00e9", "cafe\u0301"),
]
OTHER = [
    ("A", "a"),
    ("a b", "ab"),
    ("a-b", "a b"),
    ("A--B", "A-B"),
    ("it's", "its"),
    ("1 \u00b0C", "1 C"),
    ("m\u00b2", "m2"),
    ("so on.", "so on..."),
    ("'a'", '"a"'),
]


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: texts[0])
def test_what_stands_for_one_another_is_equal_folded(texts: tuple[str, ...]) -> None:
    assert {fold_text(text) for text in texts} == {texts[0]}


@pytest.mark.parametrize("texts", OTHER, ids=lambda texts: texts[0])
def test_what_means_something_else_stays_apart(texts: tuple[str, str]) -> None:
    assert fold_text(texts[0]) != fold_text(texts[1])


def test_plain_characters_stay_in_their_places() -> None:
    every = "".join(map(chr, range(32, 0x3000)))
    assert len(plain_characters(every)) == len(every)


# The catalogue

TYPED = 'The fan\'s "soft" hum - or the anti-noise - goes on...'
SET = "The fan\u2019s \u201csoft\u201d hum \u2013 or the anti\u2011noise \u2014 goes on\u2026"


def test_a_revision_holds_on_and_shows_the_first_releases_text() -> None:
    for first, second in ((TYPED, SET), (SET, TYPED)):
        (revision,) = hum(series(first, second, first))["revisions"]
        assert (revision["since"], revision["until"]) == ("r1.0.0", None)
        (meaning,) = revision["meanings"]
        assert meaning["text"] == first
        assert meaning["source"] == {"document": "spec/r1.0.0.md", "lines": [15, 15]}


def test_each_release_keeps_its_own_text() -> None:
    for release, text in zip(series(TYPED, SET), (TYPED, SET), strict=True):
        data = json.loads(to_json(release_data(release)))
        entry = data["sections"][-1]["entries"][-1]
        assert (entry["text"], entry["sentences"][0]["text"]) == (text, text)


def test_another_word_beside_the_typography_is_a_revision() -> None:
    revisions = hum(series(TYPED, SET.replace("soft", "loud"), SET))["revisions"]
    assert [one["since"] for one in revisions] == ["r1.0.0", "r1.1.0", "r1.2.0"]


def test_as_of_a_release_in_between_it_is_the_first_ones_text() -> None:
    releases = series(TYPED, SET, TYPED)
    code = next(c for c in as_of(folded(releases), releases[1]).codes if c.code == "Hum")
    assert [one.text for one in code.meanings] == [TYPED]


def test_codes_are_not_folded() -> None:
    release, diagnostics = read([("A--B", "It hums."), ("A-B", "It hisses.")])
    assert release, diagnostics
    assert {"A-B", "A--B"} <= {code.code for code in folded([release]).codes}


PAIRS = sorted((ROOT / "tests/changes").glob("*.txtar"))


@pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)
def test_what_diff_calls_typography_and_nothing_else_leaves_a_revision(file: Path) -> None:
    """The catalogue and `diff` agree on what is a new meaning, code by code."""
    case = txtar.read(file)
    old, new = (
        read_document(name, case.files[name], Document(name, "0" * 64), grammar_with(""))[0]
        for name in ("old.md", "new.md")
    )
    assert old
    assert new
    fields = grammar_with("").fields
    changes = [
        change
        for change in diff(old, new, fields).changes
        # How a code is spelt is no part of what it means.
        if change.impact is not Impact.TYPOGRAPHY
        and not (change.field == "code" and change.before and change.after)
    ]
    catalogue = fold_releases(grammar_with("").vendor, [old, new])
    kept = {code.code.lower() for code in catalogue.codes if len(code.revisions) == 1}
    in_both = {code.lower() for code in old.codes} & {code.lower() for code in new.codes}
    assert in_both - kept == {change.code.lower() for change in changes} & in_both


# The rules


@pytest.mark.parametrize(
    "sentence",
    [
        'It isn\'t "in use" - as of now.',
        "It isn\u2019t \u201cin use\u201d \u2013 as of now.",
        "It isn\u2018t \u00abin use\u00bb \u2014 as of now.",
    ],
)
@pytest.mark.parametrize("rule", [RULE, RULE.replace("n't", "n\u2019t")], ids=["typed", "set"])
def test_a_rule_reads_its_sentence_in_any_typography(sentence: str, rule: str) -> None:
    """Reading proves that the document can be written again, typography and all."""
    release, diagnostics = read([("Hum", f"It hums. {sentence}")], rule=rule)
    assert release, diagnostics
    meaning = release.entries[-1][1].meaning
    assert meaning.fields["deprecated"]["note"] == sentence
    assert meaning.description == "It hums."
    assert meaning.sentences[1].text == sentence


def test_a_value_is_the_words_own_and_a_free_text_the_documents() -> None:
    vendor = VENDOR.replace('product = ["Box", "Box 2"]', 'product = ["Box", "Box-2"]')
    assert vendor != VENDOR
    grammar, diagnostics = read_grammar(Source("vendor.toml", vendor))
    assert grammar, diagnostics
    text = document(
        [("Hum", "It hums, seen only on Box\u20112. On Box\u20112, it isn\u2019t loud.")]
    )
    release, diagnostics = read_document("a.md", text.encode(), Document("a.md", "0" * 64), grammar)
    assert release, diagnostics
    fields = release.entries[-1][1].meaning.fields
    assert fields["products"] == ("Box-2",)
    assert fields["product_notes"] == ({"product": "Box-2", "note": "it isn\u2019t loud"},)


def test_what_a_rule_cannot_read_in_its_typography_is_an_error() -> None:
    """An ellipsis is not three characters in the place of three."""
    rule = RULE.replace("as of now", "as of now...")
    release, diagnostics = read([("Hum", 'It isn\'t "in use" - as of now\u2026.')], rule=rule)
    assert release is None
    assert [one.rule for one in diagnostics] == ["fact-unrecognised"]


@pytest.mark.parametrize("cue", ["isn't sent", "isn\u2019t sent"])
def test_a_cue_is_seen_in_any_typography(cue: str) -> None:
    rule = RULE.replace("cues = []", f'cues = ["{cue}"]')
    for sentence in ("It isn't sent.", "It isn\u2019t sent."):
        release, diagnostics = read([("Hum", sentence)], rule=rule)
        assert release is None
        assert [one.rule for one in diagnostics] == ["fact-unrecognised"]


@pytest.mark.parametrize("declared", ["It isn't sent.", "It isn\u2019t sent."])
def test_declared_prose_is_prose_in_any_typography(declared: str) -> None:
    vendor = VENDOR.replace("sentences = []", f'sentences = ["{declared}"]')
    grammar, diagnostics = read_grammar(
        Source("vendor.toml", vendor + RULE.replace("cues = []", 'cues = ["sent"]'))
    )
    assert grammar, diagnostics
    for sentence in ("It isn't sent.", "It isn\u2019t sent."):
        release, diagnostics = read_document(
            "a.md", document([("Hum", sentence)]).encode(), Document("a.md", "0" * 64), grammar
        )
        assert release, diagnostics


def test_layout_is_no_change_at_all() -> None:
    one, other = series("The hum\ngoes on  \nand on.", "The hum goes  on and on.")
    assert diff(one, other, grammar_with(RULE).fields).changes == ()
