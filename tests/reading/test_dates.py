"""The forms of date lines: which there are for a line, and that they read and write it."""

from datetime import date, timedelta

import pytest

from generator.language import ENGLISH
from generator.reading.dates import date_forms, date_of, values_of
from generator.reading.pattern import Pattern, head_placeholders

JUNE_3, MARCH_6 = date(2024, 6, 3), date(2024, 3, 6)


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("2024-06-03", {"{year}-{mm}-{dd}": JUNE_3}),
        ("2024-10-12", {"{year}-{mm}-{dd}": date(2024, 10, 12)}),
        ("2024/6/14", {"{year}/{m}/{day}": date(2024, 6, 14)}),
        ("June 03, 2024", {"{month} {dd}, {year}": JUNE_3}),
        ("3 June 2024", {"{day} {month} {year}": JUNE_3}),
        ("June 3rd, 2024", {"{month} {day}rd, {year}": JUNE_3}),
        ("Published on 2024-06-03.", {"Published on {year}-{mm}-{dd}.": JUNE_3}),
        ("03.06.2024", {"{dd}.{mm}.{year}": JUNE_3, "{mm}.{dd}.{year}": MARCH_6}),
        ("3/6/2024", {"{day}/{m}/{year}": JUNE_3, "{m}/{day}/{year}": MARCH_6}),
        ("06/30/2024", {"{mm}/{dd}/{year}": date(2024, 6, 30)}),
    ],
)
def test_a_line_has_the_forms_that_read_it(line: str, forms: dict[str, date]) -> None:
    assert dict(date_forms(line, ENGLISH)) == forms


@pytest.mark.parametrize(
    "line",
    [
        "Jun 3, 2024",  # no English name in full
        "3. Juni 2024",
        "03.06.24",  # which of them is the year?
        "June 2024",
        "Q2 2024",
        "2024-02-30",
        "1999-06-03",
        "June 3, 2024 at 12",
        "{June} 3, 2024",
        "the third of June",
        "",
    ],
)
def test_for_some_lines_there_is_none(line: str) -> None:
    assert date_forms(line, ENGLISH) == []


FORMS = ["{year}-{mm}-{dd}", "{dd}.{mm}.{year}", "{day} {month} {year}", "{m}/{day}/{year}"]


@pytest.mark.parametrize("form", FORMS)
def test_each_day_is_written_as_it_is_read(form: str) -> None:
    pattern = Pattern(form, head_placeholders(ENGLISH))
    for number in range(366):
        day = date(2024, 1, 1) + timedelta(number)
        values = pattern.read(pattern.format(values_of(day)))
        assert values is not None
        assert date_of(values) == day
