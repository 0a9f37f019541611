"""One text in all the forms that converters give it is one release; any other form is refused."""

import json
import re
from itertools import combinations
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.model import Document, Release
from generator.reading.document import read_document
from generator.reading.grammar import Grammar
from generator.spec.documents import read_grammar_of
from tests.helpers.document_forms import (
    DOCUMENT,
    FORMS,
    Form,
    breaks_as_backslashes,
    byte_order_mark,
    contents_list_absent,
    crlf,
    entries_as_list_items,
    headings_without_numbers,
    underscores_plain,
    without_source,
)
from tests.helpers.project import ROOT, run


def parse(text: str, folder: Path) -> object:
    """What `parse` prints for a document, the keys named `source` left out."""
    file = folder / "document.md"
    file.write_bytes(text.encode())
    result = run("parse", file)
    assert result.returncode == 0, result.stderr
    assert not result.stderr
    return without_source(json.loads(result.stdout))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> object:
    return parse(DOCUMENT, tmp_path_factory.mktemp("original"))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_form_gives_the_same_release(form: Form, expected: object, tmp_path: Path) -> None:
    text = form(DOCUMENT)
    assert text != DOCUMENT, "the form has to change something"
    assert parse(text, tmp_path) == expected


COMBINABLE = (
    crlf,
    byte_order_mark,
    underscores_plain,
    breaks_as_backslashes,
    headings_without_numbers,
    contents_list_absent,
    entries_as_list_items,
)


@pytest.mark.parametrize(
    "forms", list(combinations(COMBINABLE, 2)), ids=lambda pair: "+".join(f.__name__ for f in pair)
)
def test_two_forms_at_once_give_the_same_release(
    forms: tuple[Form, Form], expected: object, tmp_path: Path
) -> None:
    # The list items first: the others work on any text.
    text = DOCUMENT
    for form in sorted(forms, key=COMBINABLE.index, reverse=True):
        text = form(text)
    assert parse(text, tmp_path) == expected


def test_the_release_is_not_empty(expected: object) -> None:
    assert isinstance(expected, dict)
    entries = [len(section["entries"]) for section in expected["sections"]]
    assert entries == [6, 30]
    assert expected["publisher"] == "CTEK E-Mobility AB"
    assert expected["title"] == "CTEK E-Mobility Vendor Error Codes"


def underlined_headings(text: str) -> str:
    return re.sub(r"^## (.*)", r"\1\n-----", text, flags=re.MULTILINE)


def entries_as_numbered_items(text: str) -> str:
    return re.sub(r"^(\*\*)", r"1. \1", text, flags=re.MULTILINE)


def entries_in_a_table(text: str) -> str:
    head, _, _ = text.partition("**ConnectorLockFailure**")
    return head + "| code | text |\n| --- | --- |\n| ConnectorLockFailure | Failure. |\n"


def entries_as_quotes(text: str) -> str:
    return re.sub(r"^(\*\*)", r"> \1", text, flags=re.MULTILINE)


def codes_in_code_spans(text: str) -> str:
    return re.sub(r"^\*\*(.+?)\*\*", r"`\1`", text, flags=re.MULTILINE)


def codes_in_italics(text: str) -> str:
    return re.sub(r"^\*\*(.+?)\*\*", r"*\1*", text, flags=re.MULTILINE)


def html_breaks(text: str) -> str:
    return text.replace("  \n", "<br>\n")


def entities(text: str) -> str:
    return text.replace("'", "&#39;")


def a_part_behind_a_comment(text: str) -> str:
    return text.replace("**GroundFailure**", "<!-- **GroundFailure**", 1).replace(
        "an AC fault.", "an AC fault. -->", 1
    )


def nothing_left(text: str) -> str:
    return text[:0]


def a_part_cut_off(text: str) -> str:
    return text[: text.index("## 2 ")]


@pytest.mark.parametrize(
    "form",
    [
        underlined_headings,
        entries_as_numbered_items,
        entries_in_a_table,
        entries_as_quotes,
        codes_in_code_spans,
        codes_in_italics,
        html_breaks,
        entities,
        a_part_behind_a_comment,
        nothing_left,
        a_part_cut_off,
    ],
    ids=lambda form: form.__name__,
)
def test_another_form_is_refused_with_its_place(form: Form, tmp_path: Path) -> None:
    file = tmp_path / "document.md"
    file.write_text(form(DOCUMENT), encoding="utf-8")
    result = run("parse", file)
    assert result.returncode == 1
    assert not result.stdout
    assert re.match(rf"{re.escape(str(file))}:\d+:\d+: error\[", result.stderr)


# Marks that a converter puts between a code and its text, and words that it leaves broken


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    grammar, diagnostics = read_grammar_of(ROOT / "spec")
    assert grammar, diagnostics
    return grammar


TEXT = "**OverCurrentFailure** Over current protection device has tripped."


def read(
    entry: str, grammar: Grammar, old: str = TEXT
) -> tuple[Release | None, list[tuple[str, str | None, int | None, int | None]]]:
    """The document with another entry in place of one; rule, what was found, and line and column.

    The line is counted from the first one of that entry, from 0.
    """
    assert DOCUMENT.count(old) == 1
    first = DOCUMENT[: DOCUMENT.index(old)].count("\n") + 1
    data = DOCUMENT.replace(old, entry).encode()
    release, diagnostics = read_document("made-up.md", data, Document("", ""), grammar)

    def told(one: Diagnostic) -> tuple[str, str | None, int | None, int | None]:
        line = one.location.line
        return one.rule, one.found, line and line - first, one.location.column

    return release, [told(one) for one in diagnostics]


@pytest.mark.parametrize(
    ("behind", "places"),
    [
        ("\n:   It trips.", [(1, 1)]),
        ("\n: It trips.", [(1, 1)]),
        ("\n:\tIt trips.", [(1, 1)]),
        ("\n  :  It trips.", [(1, 3)]),
        ("\n:", [(1, 1)]),
        ("\n:\n    It trips.", [(1, 1)]),
        ("\n~   It trips.", [(1, 1)]),
        ("\n~\tIt trips.", [(1, 1)]),
        ("  \n:   It trips.", [(1, 1)]),
        ("\\\n:   It trips.", [(1, 1)]),
        (" It trips.\n:   It stops.", [(1, 1)]),
        ("\n:   It trips.\n:   It stops.", [(1, 1)]),
    ],
)
@pytest.mark.parametrize("bullet", ["", "- "])
def test_a_definition_list_is_refused(
    bullet: str, behind: str, places: list[tuple[int, int]], grammar: Grammar
) -> None:
    indent = " " * len(bullet)
    entry = bullet + "**OverCurrentFailure**" + re.sub(r"\n(?=.)", f"\n{indent}", behind)
    release, found = read(entry, grammar)
    assert release is None
    expected = [("block-unknown", "a definition list", a, b + len(bullet)) for a, b in places]
    assert found == expected


@pytest.mark.parametrize(
    ("behind", "places"),
    [
        ("\n\n:   It trips.", {("block-unknown", 2), ("entry-empty", 0)}),
        ("\n\n~ It trips.", {("block-unknown", 2), ("entry-empty", 0)}),
        ("\n:   It trips.\n\n~   It stops.", {("block-unknown", 1), ("block-unknown", 3)}),
        ("\n- It trips.", {("entry-unmarked", 1), ("entry-empty", 0)}),
        ("\n* It trips.", {("entry-unmarked", 1), ("entry-empty", 0)}),
        ("\n\n\N{EN DASH} It trips.", {("entry-unmarked", 2), ("entry-empty", 0)}),
        ("\n1. It trips.", {("block-unknown", 1), ("entry-empty", 0)}),
        ("\n\n    It trips.", {("block-unknown", 2), ("entry-empty", 0)}),
    ],
)
def test_a_text_apart_from_its_code_is_refused(
    behind: str, places: set[tuple[str, int]], grammar: Grammar
) -> None:
    release, found = read(f"**OverCurrentFailure**{behind}", grammar)
    assert release is None
    assert {(rule, line) for rule, _, line, _ in found} == places


@pytest.mark.parametrize("mark", [": ", "~ ", ":", "- ", "\\: "])
def test_what_looks_like_a_mark_within_a_text_is_a_part_of_it(mark: str, grammar: Grammar) -> None:
    release, found = read(f"{TEXT[:-1]} {mark}now.", grammar)
    assert release, found
    release, found = read(f"{TEXT[:-1]}\n\\{mark.strip(chr(92))}now.", grammar)
    assert release, found


@pytest.mark.parametrize(
    "separator",
    [
        *(":", ";", ",", ".", "-", "--", "---", "=", "|", "~", "->", "=>", ":-", "\\:", "\\-"),
        *("\N{HYPHEN}", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}", "\N{BULLET}"),
        *("\N{MIDDLE DOT}", "\N{RIGHTWARDS ARROW}", "\N{FULLWIDTH COLON}"),
    ],
)
@pytest.mark.parametrize("gap", [" ", "\t", "\n    ", "\\\n    "])
def test_a_separator_behind_a_code_is_refused(gap: str, separator: str, grammar: Grammar) -> None:
    release, found = read(f"**OverCurrentFailure**{gap}{separator} It trips.", grammar)
    assert release is None
    place = (1, 5) if "\n" in gap else (0, 23 + len(gap))
    if "\n" in gap and separator in ":~":
        assert found == [("block-unknown", "a definition list", *place)]
    else:
        assert found == [("entry-separated", separator.strip("\\"), *place)]


@pytest.mark.parametrize(
    ("entry", "found", "column"),
    [
        ("**OverCurrentFailure**: It trips.", ":", 23),
        ("**OverCurrentFailure**; It trips.", ";", 23),
        ("**OverCurrentFailure**:It trips.", ":", 23),
        ("**OverCurrentFailure** :It trips.", ":", 24),
        ("**OverCurrentFailure**:\nIt trips.", ":", 23),
        ("**OverCurrentFailure:** It trips.", ":", 21),
        ("**OverCurrentFailure -** It trips.", "-", 22),
        ("**OverCurrentFailure-**\nIt trips.", "-", 21),
        ("**OverCurrentFailure\N{EN DASH}** It trips.", "\N{EN DASH}", 21),
        ("**OverCurrentFailure** -", "-", 24),
    ],
)
def test_a_separator_at_a_code_is_refused(
    entry: str, found: str, column: int, grammar: Grammar
) -> None:
    assert read(entry, grammar) == (None, [("entry-separated", found, 0, column)])


@pytest.mark.parametrize("text", ["-5 degrees.", "~5 V.", "> 16 A.", "(It trips.)", "4: it trips."])
def test_what_only_looks_like_a_separator_is_a_text(text: str, grammar: Grammar) -> None:
    release, found = read(f"**OverCurrentFailure** {text}", grammar)
    assert release, found
    assert text in {entry.meaning.description for _, entry in release.entries}


HYPHENS = (
    *("-", "\\-", "--", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "\N{FULLWIDTH HYPHEN-MINUS}"),
    *("\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}", "\N{NOT SIGN}"),
)
LINE_ENDS = ("\n", "  \n", "\\\n", " \n", "\t\n", "\n  ", "\n\t")


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("hyphen", HYPHENS)
def test_a_broken_word_is_refused(hyphen: str, line_end: str, grammar: Grammar) -> None:
    entry = TEXT.replace("protection", f"protec{hyphen}{line_end}tion")
    mark = hyphen.strip("\\")
    release, found = read(entry, grammar)
    assert release is None
    assert found == [("word-broken", f"'protec{mark}' and 'tion'", 0, 37)]


def test_the_words_that_a_broken_one_may_be_are_shown(grammar: Grammar) -> None:
    data = DOCUMENT.replace("energy management", "ener-\ngy manage-  \nment").encode()
    release, found = read_document("made-up.md", data, Document("", ""), grammar)
    assert release is None
    assert [one.help.partition(": ")[2] for one in found] == [
        "'energy', 'ener-gy' or 'ener- gy'.",
        "'management', 'manage-ment' or 'manage- ment'.",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is non-\nerror.", "'non-' and 'error.'"),
        ("It is non-error-\nfree.", "'non-error-' and 'free.'"),
        ("It is over-\nand undervoltage.", "'over-' and 'and'"),
        ("It takes 4-\n5 days.", "'4-' and '5'"),
        ('It is "non-\nerror".', "'\"non-' and 'error\".'"),
        ("It is (over-)\n(pre-\nshared).", "'(pre-' and 'shared).'"),
        ("It is cafe\u0301-\nlike.", "'cafe\u0301-' and 'like.'"),
        ("It is non-\n*error*.", None),
        ("The protec- tion has tripped.", "'protec-' and 'tion'"),
        ("The protec\u2010 tion\nhas tripped.", "'protec\u2010' and 'tion'"),
    ],
)
def test_a_word_at_its_own_hyphen_is_refused(
    text: str, found: str | None, grammar: Grammar
) -> None:
    release, diagnostics = read(f"**OverCurrentFailure** {text}", grammar)
    assert release is None
    assert [(one[0], one[1]) for one in diagnostics] == [
        ("word-broken", found) if found else ("inline-unknown", "emphasis")
    ]


def test_a_hyphen_with_a_backslash_is_meant(grammar: Grammar) -> None:
    release, found = read("**OverCurrentFailure** It is long\\- lasting.", grammar)
    assert release, found
    said = {entry.meaning.description for _, entry in release.entries}
    assert "It is long- lasting." in said


@pytest.mark.parametrize(
    "text",
    [
        "It is over- and undervoltage.",
        "It is over- or undervoltage.",
        "It is over- and\nundervoltage.",
        "It takes 4- 5 days.",
        "A DC- Box hums.",
        "It is a half-open\nfree state.",
        "The car -\nstops.",
        "The car \N{EN DASH}  \nstops.",
        "The car --\nstops.",
        "The car\n-stops.",
        "The car stops -",
        "It stops at -5\ndegrees.",
    ],
)
def test_a_hyphen_that_breaks_no_word_is_a_part_of_the_text(text: str, grammar: Grammar) -> None:
    release, found = read(f"**OverCurrentFailure** {text}", grammar)
    assert release, found
    told = re.sub(r" *\n", " ", text)
    assert told in {entry.meaning.description for _, entry in release.entries}


@pytest.mark.parametrize("between", ["", "\n", "  \n", "\\\n"])
def test_a_soft_hyphen_is_refused_anywhere(between: str, grammar: Grammar) -> None:
    entry = TEXT.replace("protection", f"protec\N{SOFT HYPHEN}{between}tion")
    _, found = read(entry, grammar)
    assert found == [("character-invisible", "U+00AD SOFT HYPHEN", 0, 43)]


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("CTEK E-Mobility AB\n\nJ", "CTEK E-\nMobility AB\n\nJ", ["word-broken"]),
        ("CTEK E-Mobility AB\n\nJ", "CTEK E-Mobil-\nity AB\n\nJ", ["word-broken"]),
        ("r4.4.3-0-g33e0f28c", "r4.4.3-\n0-g33e0f28c", ["word-broken"]),
        ("January 16", "Janu-\nary 16", ["word-broken"]),
        ("1\tOCPP standard", "1\tOCPP stan-\ndard", ["contents-unreadable"] * 2),
        ("## 1 OCPP standard", "## 1 OCPP stan-\ndard", ["section-unknown", "entry-unmarked"]),
        ("**ConnectorLockFailure**", "**ConnectorLock-\nFailure**", ["entry-unmarked"]),
        ("**ConnectorLockFailure**", "**ConnectorLock-**\n**Failure**", ["inline-unknown"]),
        ("**ConnectorLockFailure**", "**ConnectorLock-**\nFailure", ["entry-separated"]),
    ],
)
def test_a_word_broken_elsewhere_is_refused(
    old: str, new: str, rules: list[str], grammar: Grammar
) -> None:
    release, found = read(new, grammar, old)
    assert release is None
    assert [one[0] for one in found] == rules
