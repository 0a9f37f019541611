"""The language that vendor.toml declares, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import settings
from generator.language import ENGLISH, Language
from generator.settings import InvalidSettingError

if TYPE_CHECKING:
    from generator.settings import Table

_HEADER = "[language]"
_KEYS = frozenset({"months", "and", "numbers", "abbreviations"})
_LARGEST_NUMBER = 999_999_999


def read_language(data: Table) -> Language:
    """The language of a vendor's file: what it declares, and English for the rest."""
    if "language" not in data:
        return ENGLISH
    return settings.within(_HEADER, lambda: _language(data))


def _language(data: Table) -> Language:
    table = settings.check_keys(data["language"], _HEADER, set(), _KEYS)
    months = tuple(settings.texts(table, "months")) if "months" in table else ENGLISH.months
    if len(months) != len(ENGLISH.months) or len(set(months)) < len(months):
        expected = "the twelve months, each by a name of its own"
        raise InvalidSettingError("months", expected, ", ".join(months))
    conjunction = settings.text(table, "and") if "and" in table else ENGLISH.conjunction
    if conjunction != conjunction.strip() or "," in conjunction:
        expected = "what stands before the last item of a list, without spaces and commas around it"
        raise InvalidSettingError("and", expected, repr(conjunction))
    abbreviations = tuple(settings.texts(table, "abbreviations"))
    for one in abbreviations:
        if not one.endswith("."):
            raise InvalidSettingError(one, "an abbreviation with its full stop", one)
    return Language(
        months, conjunction, _numbers(table), abbreviations, has_day_stop=_has_day_stop(data)
    )


def _numbers(table: Table) -> dict[str, int]:
    """By each word for a number, the number."""
    numbers = table.get("numbers", {})
    if not isinstance(numbers, dict):
        raise InvalidSettingError("numbers", "a table of words and their numbers", numbers)
    for word, number in numbers.items():
        if not word or not word.replace("-", "").isalpha():
            raise InvalidSettingError(word or "numbers", "one word of letters", repr(word))
        if type(number) is not int or not 0 <= number <= _LARGEST_NUMBER:
            raise InvalidSettingError(word, f"a number from 0 to {_LARGEST_NUMBER}", number)
    return numbers


def _has_day_stop(data: Table) -> bool:
    """Whether the dates of the documents have a stop behind the day, as "16. Januar" has."""
    document = data.get("document")
    dates = document.get("dates") if isinstance(document, dict) else None
    return isinstance(dates, list) and any("{day}. {month}" in str(form) for form in dates)
