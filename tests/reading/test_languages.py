"""What differs between languages: where sentences end, months, lists, numbers, broken words.

All sentences are made up.
"""

from datetime import date

import pytest

from generator.fields import Field
from generator.language import ENGLISH, Language, NumberWord
from generator.model import Document
from generator.reading.dates import date_forms
from generator.reading.document import read_document
from generator.reading.grammar import Grammar
from generator.reading.pattern import Vocabulary, head_placeholders
from generator.reading.slots import SlotRule, cell
from generator.spec.documents import read_grammar_of
from tests.helpers.vendors import newest_document, spec_of


def words(text: str) -> list[str]:
    return text.split()


GERMAN = Language(
    words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "und",
    {"eins": 1, "einer": 1, "zwei": 2, "zweihundert": 200},
    ["z. B.", "ca.", "d. h.", "Nr.", "bzw."],
    ["oder", "bis"],
)
FRENCH = Language(
    words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "et",
    {"un": 1, "deux": 2, "vingt": 20, "vingt et un": 21},
    ["p. ex.", "env."],
    ["ou"],
)
DUTCH = Language(
    words(
        "januari februari maart april mei juni juli augustus september oktober november december"
    ),
    "en",
    {"één": 1, "twee": 2},
    ["bijv.", "d.w.z."],
    ["of"],
)
SPANISH = Language(
    words(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "y",
    {"dos": 2},
    ["p. ej.", "aprox."],
    ["o"],
)
SWEDISH = Language(
    words("januari februari mars april maj juni juli augusti september oktober november december"),
    "och",
    {"två": 2},
    ["t.ex.", "bl. a."],
    ["eller"],
)

# ruff: noqa: RUF001  (quotation marks of other languages)

SENTENCES = [
    (GERMAN, ["Die Dose ist offen.", "Über ihr liegt Spannung.", "Ändert sich das?", "Öl fehlt!"]),
    (GERMAN, ["Ca. 5 A, z. B. Eis, d. h. Wasser.", "Nr. A ist Rioca.", "Das ist alles."]),
    (GERMAN, ["Sie zählt ab dem 3. Januar 2024.", "Am 31. Mai endet es an Anschluss 3.", "Dann."]),
    (GERMAN, ["Es steht „Aus“ da.", "„An“ steht nie da.", "»So« auch nicht.", "‚Nie‘ erst recht."]),
    (
        GERMAN,
        ["Es sind 1,5 A bzw. 2.5 V.", "(Im Leerlauf.)", "Es steht da: „Aus.“", "Es ist so."],
    ),
    (
        FRENCH,
        ["La borne est ouverte.", "Éteignez-la.", "Ça dure env. 5 s, p. ex. en hiver.", "Où ?"],
    ),
    (
        FRENCH,
        ["Elle affiche « Prise ».", "« Prêt » vient après.", "« Fini. » dit-il.", "« Vu. »", "À."],
    ),
    (FRENCH, ["Env. A suffit depuis le 3 mai.", "Le code est 3.", "Mais ce n'est pas tout."]),
    (DUTCH, ["Dat is bijv. IJs, d.w.z. Water.", "Één keer is genoeg.", "’s Avonds niet."]),
    (SPANISH, ["El cable, p. ej. Tipo 2, falta.", "¿Está abierto?", "¡Ciérrelo!", "Ábralo."]),
    (
        SWEDISH,
        ["Locket, t.ex. Det yttre, är öppet.", "Åtgärd saknas.", "”Av” visas.", "Än en gång."],
    ),
    (ENGLISH, ["It is set on connector 3.", "May it hold.", "It takes 4.5 s, e.g. in rain."]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentences"), SENTENCES, ids=lambda one: str(one)[:20])
def test_a_text_is_cut_where_its_sentences_end(language: Language, sentences: list[str]) -> None:
    found = [match[0] for match in language.sentence.finditer(" ".join(sentences))]
    assert [one.rstrip() for one in found] == sentences


DATES = [
    (GERMAN, "16. Januar 2024", "{day}. {month} {year}", date(2024, 1, 16)),
    (GERMAN, "Stand: 03. März 2023", "Stand: {dd}. {month} {year}", date(2023, 3, 3)),
    (FRENCH, "1er août 2024", "{day}er {month} {year}", date(2024, 8, 1)),
    (DUTCH, "11 juni 2024", "{day} {month} {year}", date(2024, 6, 11)),
    (SPANISH, "3 de enero de 2024", "{day} de {month} de {year}", date(2024, 1, 3)),
    (SWEDISH, "den 5 maj 2024", "den {day} {month} {year}", date(2024, 5, 5)),
]


@pytest.mark.parametrize(("language", "line", "form", "day"), DATES)
def test_forms_of_dates_speak_the_language(
    language: Language, line: str, form: str, day: date
) -> None:
    assert date_forms(line, language) == [(form, day)]
    assert date_forms(line, ENGLISH) == []


@pytest.mark.parametrize("language", [GERMAN, FRENCH, DUTCH, SPANISH, SWEDISH, ENGLISH])
def test_each_month_is_read_and_written(language: Language) -> None:
    month = head_placeholders(language)["month"]
    assert [month.read(name) for name in language.months] == [*range(1, 13)]
    assert [month.format(number) for number in range(1, 13)] == [*language.months]


FIELDS = [
    Field("causes", "list", "", "", of="text"),
    Field("connectors", "list", "", "", of="integer"),
    Field("minutes", "integer", "", ""),
    Field("note", "text", "", ""),
]

READ = [
    (GERMAN, "Ursachen: {causes}.", "Ursachen: Eis, Schmutz und Öl.", ("Eis", "Schmutz", "Öl")),
    (GERMAN, "Ursachen: {causes}.", "Ursachen: mehr als 1,5 V und ca. 3 A.",
     ("mehr als 1,5 V", "ca. 3 A")),
    (GERMAN, "Ursachen: {causes}.", "Ursachen: this and that.", ("this and that",)),
    (FRENCH, "Causes : {causes}.", "Causes : gel, huile et l'été.", ("gel", "huile", "l'été")),
    (DUTCH, "Oorzaken: {causes}.", "Oorzaken: ijs en vuil.", ("ijs", "vuil")),
    (SPANISH, "Causas: {causes}.", "Causas: hielo y suciedad.", ("hielo", "suciedad")),
    (SWEDISH, "Orsaker: {causes}.", "Orsaker: is, olja och smuts.", ("is", "olja", "smuts")),
    (GERMAN, "Anschluss {connectors}.", "Anschluss 1, zwei und 3.", (1, 2, 3)),
    (FRENCH, "Prises {connectors}.", "Prises 4, vingt et un et deux.", (4, 21, 2)),
    (GERMAN, "Nach {minutes} Minuten.", "Nach zwei Minuten.", 2),
    (GERMAN, "Nach {minutes} Minuten.", "Nach zweihundert Minuten.", 200),
    (GERMAN, "{minutes} Minuten danach.", "Zwei Minuten danach.", 2),
    (GERMAN, "Nach {minutes} Minuten.", "Nach 2 Minuten.", 2),
    (DUTCH, "Na {minutes} minuut.", "Na één minuut.", 1),
    (GERMAN, "Hinweis: {note}.", "Hinweis: erst ab dem 3. Mai bzw. Nr. A", None),
    (GERMAN, "Hinweis: {note}.", "Hinweis: erst ab dem 3. Mai bzw. Nr. A.",
     "erst ab dem 3. Mai bzw. Nr. A"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "pattern", "sentence", "value"), READ)
def test_lists_and_numbers_are_read_as_the_language_has_them(
    language: Language, pattern: str, sentence: str, value: object
) -> None:
    made = Vocabulary({}, FIELDS, language).pattern(pattern)
    values = made.read(sentence)
    assert (values and next(iter(values.values()))) == value
    assert values is None or made.format(values) == sentence


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("Nach {minutes} Minuten.", "Nach zwo Minuten."),
        ("Nach je{minutes} Minuten.", "Nach jezwei Minuten."),
        ("Nach {minutes}-mal.", "Nach zwei-mal."),
        ("Nach {minutes} Minuten.", "Nach ZWEI Minuten."),
        ("Nach {minutes} Minuten.", "Nach 1,5 Minuten."),
        ("Ursachen: {causes}.", "Ursachen: Eis, Schmutz, und Öl."),
        ("Ursachen: {causes}.", "Ursachen: Eis. Und Öl."),
    ],
)
def test_what_is_put_in_another_way_is_not_read(pattern: str, sentence: str) -> None:
    assert Vocabulary({}, FIELDS, GERMAN).pattern(pattern).read(sentence) is None


def test_a_number_keeps_its_word() -> None:
    values = Vocabulary({}, FIELDS, GERMAN).pattern("{minutes} Minuten.").read("Zwei Minuten.")
    assert values
    assert isinstance(values["minutes"], NumberWord)
    assert values == {"minutes": 2}


def test_a_slot_takes_a_number_word_and_gives_it_back() -> None:
    minutes = Vocabulary({}, FIELDS, GERMAN).placeholders["minutes"]
    match = cell("Pause: {minutes} min", {"minutes": minutes}).regex.fullmatch("Pause: zwei min")
    assert match
    rule = SlotRule("slot-1.minutes", "minutes", "{minutes}", {"minutes": minutes})
    values = rule.read({"minutes": match["minutes"]})
    assert values == {"minutes": 2}
    assert rule.format(values) == "zwei"


@pytest.fixture
def grammar() -> Grammar:
    grammar, diagnostics = read_grammar_of(spec_of("musterlader"))
    assert grammar, diagnostics
    return grammar


READ_IN_DOCUMENT = [
    ("ca. 5 Minuten.", "ca. 5 Minuten. Es gibt auch keine Abhilfe: warten.", "fact-unrecognised"),
    ("ca. 5 Minuten.", "ca. 5 „Minuten.“", None),
    ("Über das Netz", "Ober- und Unterteil sind offen. Über das Netz", None),
    ("Über das Netz", "Be- oder Entladen geht. Über das Netz", None),
    ("Über das Netz", "Die Verrie- gelung klemmt. Über das Netz", "word-broken"),
    ("Über das Netz", "Die Schä- den sind groß. Über das Netz", "word-broken"),
    ("ca. 5 Minuten", "ca. 4,5 Minuten", None),
    ("1. Januar 2000", "1. January 2000", "fact-unrecognised"),
    ("Nach zehn Minuten", "Nach elf Minuten", "fact-unrecognised"),
    ("direkte Sonne und verschmutzter", "direkte Sonne and verschmutzter", None),
    ("16. Januar 2024", "16. January 2024", "date-unreadable"),
    ("16. Januar 2024", "Stand: 16. Januar 2024", "date-unreadable"),
]


@pytest.mark.parametrize(("old", "new", "refused"), READ_IN_DOCUMENT)
def test_a_german_document_is_read_in_german(
    old: str, new: str, refused: str | None, grammar: Grammar
) -> None:
    document = newest_document("musterlader").read_text(encoding="utf-8")
    assert document.count(old) == 1
    changed = document.replace(old, new).encode()
    _, diagnostics = read_document("it.md", changed, Document("it.md", "0" * 64), grammar)
    assert [one.rule for one in diagnostics] == ([refused] if refused else [])


def test_the_help_on_a_date_speaks_the_language(grammar: Grammar) -> None:
    document = newest_document("musterlader").read_text(encoding="utf-8")
    changed = document.replace("16. Januar 2024", "Stand: 16. Januar 2024").encode()
    _, [diagnostic] = read_document("it.md", changed, Document("it.md", "0" * 64), grammar)
    form = 'dates = ["{day}. {month} {year}", "Stand: {day}. {month} {year}"]'
    assert form in (diagnostic.help or "")
    assert "such as 2. Januar 2024" in (diagnostic.expected or "")
