"""One text in all the forms that converters give it is one release; any other form is refused."""

import json
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from tests.helpers.project import ROOT, run

DOCUMENT = (ROOT / "spec/r4.4.3.md").read_bytes().decode()
Form = Callable[[str], str]


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def byte_order_mark(text: str) -> str:
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + text


def underscores_plain(text: str) -> str:
    return text.replace("\\_", "_")


def breaks_as_backslashes(text: str) -> str:
    return text.replace("  \n", "\\\n")


def breaks_lost(text: str) -> str:
    """What was two lines is two lines still, but Markdown sees no break."""
    return text.replace("  \n", "\n")


def breaks_joined(text: str) -> str:
    return text.replace("  \n", " ")


def lines_wrapped(text: str) -> str:
    """Paragraphs wrapped at 60 columns; breaks are spaces, as a wrapping converter leaves them."""
    lines = breaks_joined(text).split("\n")
    return "\n".join(
        re.sub(r"(.{1,60}) ", r"\1\n", line) if line.startswith("**") else line for line in lines
    )


def headings_without_numbers(text: str) -> str:
    return re.sub(r"^(#+) \d+ ", r"\1 ", text, flags=re.MULTILINE)


def contents_list_absent(text: str) -> str:
    return re.sub(r"## Contents\n\n(?:\d.*\n)+\n", "", text)


def entries_as_list_items(text: str) -> str:
    return re.sub(r"^(\*\*.*\n?(?:[^\n#*].*)?)", r"- \1", text, flags=re.MULTILINE)


def entries_as_tight_list(text: str) -> str:
    return re.sub(r"\n\n(?=- )", "\n", entries_as_list_items(text))


def entries_with_stars_as_bullets(text: str) -> str:
    return re.sub(r"^- ", "* ", entries_as_list_items(text), flags=re.MULTILINE)


def items_with_indented_lines(text: str) -> str:
    return re.sub(r"^(- .*\n)(?=[A-Z])", r"\1  ", entries_as_list_items(text), flags=re.MULTILINE)


def bold_by_underscores(text: str) -> str:
    return re.sub(r"^\*\*(.+?)\*\*", r"__\1__", text, flags=re.MULTILINE)


def newline_at_the_end(text: str) -> str:
    return text + "\n"


FORMS: tuple[Form, ...] = (
    crlf,
    byte_order_mark,
    underscores_plain,
    breaks_as_backslashes,
    breaks_lost,
    breaks_joined,
    lines_wrapped,
    headings_without_numbers,
    contents_list_absent,
    entries_as_list_items,
    entries_as_tight_list,
    entries_with_stars_as_bullets,
    items_with_indented_lines,
    bold_by_underscores,
    newline_at_the_end,
)


def parse(text: str, folder: Path) -> object:
    """What `parse` prints for a document, the keys named `source` left out."""
    file = folder / "document.md"
    file.write_bytes(text.encode())
    result = run("parse", file)
    assert result.returncode == 0, result.stderr
    assert not result.stderr
    return without_source(json.loads(result.stdout))


def without_source(data: object) -> object:
    if isinstance(data, dict):
        return {key: without_source(value) for key, value in data.items() if key != "source"}
    if isinstance(data, list):
        return [without_source(item) for item in data]
    return data


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
