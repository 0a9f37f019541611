"""Documents in other languages than English: made-up sentences, each read in its own."""

import re
from datetime import date

import pytest

from generator.fields import Field, FieldType
from generator.language import ENGLISH, Language
from generator.reading.dates import date_forms, date_of
from generator.reading.pattern import Pattern, Vocabulary, head_placeholders

GERMAN = Language(
    (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    "und",
    {"zwei": 2, "beide": 2, "fünf": 5},
    ("z. B.", "ca.", "Nr."),
    has_day_stop=True,
)
FRENCH = Language(
    (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "et",
    abbreviations=("p. ex.", "env."),
)
DUTCH = ENGLISH._replace(conjunction="en", abbreviations=("bijv.",))
SPANISH = ENGLISH._replace(conjunction="y", abbreviations=("p. ej.",))
SWEDISH = ENGLISH._replace(conjunction="och", abbreviations=("t.ex.", "ca."))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (GERMAN, ["Der Strom ist zu hoch.", "Über 70 °C wird gesperrt.", "„K1“ ist offen."]),
        (GERMAN, ["Das gilt z. B. Montags, seit dem 3. Januar 2024.", "Es sind ca. Hundert."]),
        (GERMAN, ["Die Station zählt bis 3.", "Danach ist Schluss.", "Siehe Nr. 4, ca. 2,5 A."]),
        (FRENCH, ["La prise est chaude.", "État inconnu.", "« Prise » s'affiche, p. ex. Ici."]),
        (DUTCH, ["De stekker zit los.", "Één fase mist, bijv. L1.", "Wacht 2,5 s."]),
        (SPANISH, ["El enchufe está caliente.", "¿Sigue igual?", "Última medida, p. ej. L1."]),
        (SWEDISH, ["Kontakten är varm.", "Åtgärd krävs, t.ex. Byte.", "Över 5 A, ca. Tio."]),
    ],
)
def test_sentences_end_where_the_language_ends_them(
    language: Language, sentences: list[str]
) -> None:
    text = " ".join(sentences)
    assert re.split(rf"(?<=[.!?]){language.sentence_end} ", text) == sentences


def test_english_has_no_stop_behind_a_day() -> None:
    end = rf"(?<=[.!?]){ENGLISH.sentence_end} "
    assert re.split(end, "It counts to 4. May it stop?") == ["It counts to 4.", "May it stop?"]


@pytest.mark.parametrize(
    ("language", "line", "form", "day"),
    [
        (GERMAN, "16. Januar 2024", "{day}. {month} {year}", date(2024, 1, 16)),
        (GERMAN, "Stand: 2. März 2023", "Stand: {day}. {month} {year}", date(2023, 3, 2)),
        (FRENCH, "le 5 août 2024", "le {day} {month} {year}", date(2024, 8, 5)),
        (ENGLISH, "March 4, 2024", "{month} {day}, {year}", date(2024, 3, 4)),
    ],
)
def test_dates_are_read_and_proposed(language: Language, line: str, form: str, day: date) -> None:
    values = Pattern(form, head_placeholders(language)).read(line)
    assert values is not None
    assert date_of(values) == day
    assert date_forms(line, language) == [(form, day)]


def test_a_month_of_another_language_is_none() -> None:
    assert date_forms("16. January 2024", GERMAN) == []


def field(type_: FieldType, of: str | None = None) -> Field:
    return Field("stated", type_, of=of, label="", meaning="")


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        (GERMAN, "Ursachen: Eis, Schmutz und Öl.", ("Eis", "Schmutz", "Öl")),
        (FRENCH, "Ursachen: gel et saleté.", ("gel", "saleté")),
        (DUTCH, "Ursachen: ijs, vuil en olie.", ("ijs", "vuil", "olie")),
        (SPANISH, "Ursachen: hielo y polvo.", ("hielo", "polvo")),
        (SWEDISH, "Ursachen: is, smuts och olja.", ("is", "smuts", "olja")),
    ],
)
def test_lists_are_joined_by_the_language(
    language: Language, text: str, values: tuple[str, ...]
) -> None:
    pattern = Vocabulary({}, [field("list", "text")], language).pattern("Ursachen: {stated}.")
    assert pattern.read(text) == {"stated": values}
    assert pattern.format({"stated": values}) == text


@pytest.mark.parametrize("word", ["2", "zwei", "beide"])
def test_a_number_keeps_its_word(word: str) -> None:
    pattern = Vocabulary({}, [field("integer")], GERMAN).pattern("Nach {stated} Minuten.")
    values = pattern.read(f"Nach {word} Minuten.")
    assert values == {"stated": 2}
    assert pattern.format(values) == f"Nach {word} Minuten."


def test_a_number_word_is_a_whole_word() -> None:
    pattern = Vocabulary({}, [field("integer")], GERMAN).pattern("Nach {stated} Minuten.")
    assert pattern.read("Nach zweihundert Minuten.") is None
