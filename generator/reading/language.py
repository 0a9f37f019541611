"""The language that a vendor.toml declares, read and checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .. import settings
from ..language import ENGLISH, Language
from ..settings import InvalidSettingError, check_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..settings import Table

_HEADER = "[language]"
_MONTHS = len(ENGLISH.months)
_MOST = 999_999_999
_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_MONTH = re.compile(r"[^\W\d_]+\.?")
_ABBREVIATION = re.compile(r"\w[^{}\n]*\.(?:[^{}\n]*[\w.])?")


def read_language(data: object) -> Language:
    """What [language] declares, English for each key that it leaves out."""
    return settings.within(_HEADER, lambda: _language(data))


def _language(data: object) -> Language:
    known = {"months", "and", "numbers", "abbreviations", "joiners"}
    table = check_keys(data, _HEADER, set(), known)
    and_word = settings.text({"and": ENGLISH.and_word, **table}, "and")
    expected = "words of letters"
    return Language(
        months=_months(table),
        and_word=_each([and_word], _WORDS, expected)[0],
        numbers=_numbers(table.get("numbers", {})),
        abbreviations=_each(
            settings.texts(table, "abbreviations"), _ABBREVIATION, "abbreviations with their stops"
        ),
        joiners=_each(
            settings.texts({"joiners": [*ENGLISH.joiners], **table}, "joiners"), _WORDS, expected
        ),
    )


def _each(texts: Sequence[str], form: re.Pattern[str], expected: str) -> Sequence[str]:
    """The texts, once each has a form."""
    for text in texts:
        if not form.fullmatch(text):
            raise InvalidSettingError(text, expected, text)
    return texts


def _months(table: Table) -> Sequence[str]:
    months = settings.texts({"months": [*ENGLISH.months], **table}, "months")
    if len(months) != _MONTHS:
        raise InvalidSettingError("months", f"the names of {_MONTHS} months", len(months))
    for month in months:
        if months.count(month) > 1:
            raise InvalidSettingError(month, "each month once", f"{month} twice")
    return _each(months, _MONTH, "the name of a month, in letters")


def _numbers(data: object) -> dict[str, int]:
    if not isinstance(data, dict):
        raise InvalidSettingError("numbers", "a number for each word as numbers", data)
    _each([*data], _WORDS, "words of letters")
    seen: set[str] = set()
    for word, number in data.items():
        if type(number) is not int or not 0 <= number <= _MOST:
            raise InvalidSettingError(word, f"a number from 0 to {_MOST} for each word", number)
        if word.lower() in seen:
            raise InvalidSettingError(
                word, "each word once, whatever its letter case", f"{word} twice"
            )
        seen.add(word.lower())
    return data
