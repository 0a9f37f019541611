"""The forms that converters give one text, which are all one release."""

import re
from collections.abc import Callable

from tests.helpers.project import ROOT

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


def without_source(data: object) -> object:
    if isinstance(data, dict):
        return {key: without_source(value) for key, value in data.items() if key != "source"}
    if isinstance(data, list):
        return [without_source(item) for item in data]
    return data
