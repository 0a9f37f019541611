"""The date line of a document's head: which placeholders make a date, and the forms of a line."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from .pattern import Pattern, head_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..language import Language

_PARTS = {"year": "year", "month": "month", "m": "month", "mm": "month", "day": "day", "dd": "day"}
"""The part of a date that each placeholder holds."""
DAY = re.compile(r"(?P<day>[0-9]{1,2})\.? (?P<month>[^\W\d]{3,})\.? (?P<year>[0-9]{4})")
"""A date with a month's name in any language, which to Markdown may be a numbered list."""
_FIRST_YEAR = 2000
DATES = f"a day of the calendar, in the year {_FIRST_YEAR} or later"
"""The dates that a document can have."""


def is_date_form(pattern: Pattern) -> bool:
    """Whether a pattern has the year, the month and the day, each once."""
    parts = [_PARTS.get(name, name) for name in pattern.placeholders]
    return sorted(parts) == ["day", "month", "year"]


def date_of(values: Mapping[str, int]) -> date | None:
    """The date that the placeholders of a form hold; None where there can be no such date."""
    parts = {_PARTS[name]: value for name, value in values.items()}
    try:
        return date(**parts) if parts["year"] >= _FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None


def values_of(day: date) -> dict[str, int]:
    """What each placeholder of a form holds on a day."""
    return {name: getattr(day, part) for name, part in _PARTS.items()}


_YEAR_DIGITS = 4


def date_forms(line: str, language: Language) -> list[tuple[str, date]]:
    """The forms that read a line, each with the date that it then states.

    There are none where the line lacks a part or puts it in another way, and two where its numbers
    do not show which is the month.
    """
    months = "|".join(map(re.escape, sorted(language.months, key=len, reverse=True)))
    tokens = list(re.finditer(rf"(?<!\w)(?:{months})(?!\w)|(?<![0-9])[0-9]+(?![0-9])", line))
    texts = [token[0] for token in tokens]
    if len(tokens) != len({*_PARTS.values()}):
        return []
    forms = []
    for names in product(*(list(_names(text, texts)) for text in texts)):
        form = line
        for token, name in reversed(list(zip(tokens, names, strict=True))):
            form = f"{form[: token.start()]}{{{name}}}{form[token.end() :]}"
        if (stated := _stated(form, line, language)) and not _is_odd(names):
            forms.append((form, stated))
    return forms


def _names(text: str, texts: Iterable[str]) -> Iterator[str]:
    """The placeholders that a month's name or a number in a date can stand for."""
    if not text.isdecimal():
        yield "month"
    elif len(text) == _YEAR_DIGITS:
        yield "year"
    else:
        # 12 shows no zero, nor that there would be one; the number beside it may.
        numbers = [other for other in texts if len(other) < _YEAR_DIGITS and other.isdecimal()]
        is_padded = text[0] == "0" or (len(numbers) > 1 and min(map(len, numbers)) > 1)
        yield "dd" if is_padded else "day"
        yield "mm" if is_padded else "m"


def _is_odd(names: tuple[str, ...]) -> bool:
    """Whether the day stands between the year and the month, which nobody writes."""
    return [_PARTS[name] for name in names] == ["year", "day", "month"]


def _stated(form: str, line: str, language: Language) -> date | None:
    """The date that a form reads in a line, if it is a form of dates and reads it."""
    try:
        pattern = Pattern(form, head_placeholders(language))
    except (ValueError, KeyError):  # a brace in the line; a placeholder twice
        return None
    values = pattern.read(line) if is_date_form(pattern) else None
    return date_of(values) if values else None
