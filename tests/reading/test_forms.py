"""One text in all the forms that converters give it is one release; any other form is refused."""

import json
import re
from itertools import combinations
from pathlib import Path

import pytest

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
from tests.helpers.project import run


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
