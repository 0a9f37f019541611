"""What is known of how the vendor puts its documents: vendor.toml, read and checked."""

from __future__ import annotations

import re
from functools import partial
from keyword import kwlist
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from generator import settings
from generator.diagnostics import Diagnostic
from generator.model import Fact, KnownSentence, Vendor
from generator.reading.declarations import (
    read_fields,
    read_words,
    repeated_roles,
    vocabulary_of,
)
from generator.reading.entry_form import USUAL_FORM, read_entry_form, read_section_form
from generator.reading.names import placeholders_of
from generator.reading.pattern import SENTENCE_END, Cue, Pattern, Vocabulary, Words
from generator.settings import InvalidSettingError, check_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.fields import Field, Fields
    from generator.model import Section
    from generator.reading.slots import EntryForm, SectionForm
    from generator.reading.source import Source
    from generator.settings import Table

Form = Literal["titles", "releases", "publishers", "dates", "contents"]
FORMS: tuple[Form, ...] = get_args(Form)


class Rule(NamedTuple):
    """A known sentence of the vendor's.

    `states` is the name of what it states, `cues` make a sentence suspect of being a variant of it,
    `finder` finds the sentence within an entry's text.
    """

    id: str
    states: str
    pattern: Pattern
    example: str
    cues: tuple[Cue, ...]
    finder: re.Pattern[str]

    def fact(self, match: re.Match[str]) -> Fact | None:
        """The fact that a match of `finder` states; None where it would be written otherwise."""
        values = self.pattern.values(match)
        return None if values is None else Fact(self.states, values, self.id)


class Grammar(NamedTuple):
    """All that is known of how a vendor puts its documents.

    `forms` are the patterns that each line of a document's head may follow; `sections`
    are the headings that say in which field the codes under them are sent, `entry` is how entries
    are put; `prose` are sentences that resemble a rule and
    state no fact, `plain_words` words that only look like one of a word list.
    `package_revisions` are, by release, how many packages of it there were before.
    """

    vendor: Vendor
    forms: Mapping[Form, tuple[Pattern, ...]]
    sections: tuple[SectionForm, ...]
    entry: EntryForm
    rules: tuple[Rule, ...]
    words: Mapping[str, Words]
    prose: frozenset[str]
    plain_words: frozenset[str]
    package_revisions: Mapping[str, int]
    source: Source

    @property
    def rules_by_id(self) -> dict[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}

    @property
    def fields(self) -> Fields:
        """What the documents state."""
        return self.vendor.fields

    def rules_of(self, sections: Sequence[Section]) -> tuple[KnownSentence, ...]:
        """The rules that read a sentence of these sections."""
        sentences = (s for one in sections for e in one.entries for s in e.meaning.sentences)
        facts = [*(s for one in sections for s in one.facts), *sentences]
        used = {sentence.fact.rule for sentence in facts if sentence.fact}
        known = [KnownSentence(rule.id, rule.states, rule.pattern.text) for rule in self.rules]
        known += [
            KnownSentence(rule.id, rule.states, rule.pattern)
            for rule in (
                *filter(None, map(self.entry.rule, sorted(used))),
                *(rule for section in self.sections for rule in section.rules),
            )
        ]
        return tuple(rule for rule in known if rule.id in used)


def read_grammar(source: Source) -> tuple[Grammar | None, list[Diagnostic]]:
    """What a vendor.toml holds; None and a diagnostic where it is not valid."""
    try:
        grammar = _grammar(source, settings.parse(source.text))
    except InvalidSettingError as error:
        advice = "Correct it; its own head and CONTRIBUTING.md, 'Add a rule', say what it holds."
        return None, [settings.diagnose("vendor-invalid", source.path, source.text, error, advice)]
    undeclared = [
        _undeclared(source, rule, grammar)
        for rule in grammar.rules
        if rule.states not in grammar.fields.by_stated_name
    ]
    differing = [_example_differs(source, rule) for rule in grammar.rules if not _holds(rule)]
    return grammar, [*repeated_roles(grammar.fields, source), *undeclared, *differing]


_OPTIONAL = {"sections", "entry", "rules", "fields", "records", "words", "prose"}
_OPTIONAL |= {"package_revisions"}


def _grammar(source: Source, data: Table) -> Grammar:
    check_keys(data, "", {"vendor", "document"}, _OPTIONAL)
    vendor = check_keys(data["vendor"], "[vendor]", {"name", "brand", "package"})
    document = check_keys(data["document"], "[document]", set(FORMS))
    package = settings.text(vendor, "package")
    if not _PACKAGE.fullmatch(package) or package in _TAKEN_PACKAGES:
        expected = "words in lower case, joined by hyphens, that are no word of a language"
        raise InvalidSettingError("package", expected, package)
    words = read_words(data.get("words", {}))
    fields = read_fields(data.get("fields", {}), data.get("records", {}), words)
    vocabulary = vocabulary_of(words, fields)
    prose = check_keys(data.get("prose", {}), "[prose]", set(), {"sentences"})
    rules = (
        settings.tables(data, "rules", lambda rule: _rule(rule, fields, vocabulary))
        if "rules" in data
        else []
    )
    settings.refuse_repeated("[[rules]]", "id", [rule.id for rule in rules])
    prose_sentences = settings.texts(prose, "sentences")
    for sentence in prose_sentences:
        if any(rule.pattern.read(sentence.removesuffix(".")) is not None for rule in rules):
            raise InvalidSettingError(sentence, "prose that no rule reads", sentence, "[prose]")
    entry = settings.within(
        "[entry]", partial(read_entry_form, data.get("entry", USUAL_FORM), fields, vocabulary)
    )
    sections = _sections(data, entry, fields, vocabulary)
    return Grammar(
        vendor=Vendor(**{key: settings.text(vendor, key) for key in vendor}, fields=fields),
        forms={
            form: tuple(_pattern(text, vocabulary) for text in settings.texts(document, form))
            for form in FORMS
        },
        sections=tuple(sections),
        entry=entry,
        # What takes any text comes last: it would swallow a sentence whose break was lost.
        rules=tuple(sorted(rules, key=lambda rule: rule.pattern.takes_any_text)),
        words=words,
        prose=frozenset(prose_sentences),
        plain_words=frozenset().union(*(one.besides for one in words.values())),
        package_revisions=_package_revisions(data.get("package_revisions", {})),
        source=source,
    )


def _sections(
    data: Table, entry: EntryForm, fields: Fields, vocabulary: Vocabulary
) -> list[SectionForm]:
    """The forms of the sections' headings, none where the document has no sections."""
    if ("sections" in data) == bool(entry.sent_in):
        expected = "either [[sections]], or `sent_in` in [entry]"
        raise InvalidSettingError("sent_in", expected, "both" if entry.sent_in else "neither")
    if "sections" not in data:
        return []
    sections = settings.tables(
        data, "sections", lambda section: read_section_form(section, fields, vocabulary)
    )
    titles = [section.cell.pattern for section in sections]
    settings.refuse_repeated("[[sections]]", "title", titles)
    return sections


_PACKAGE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*")
_TAKEN_PACKAGES = frozenset(kwlist).union(
    ("case", "chan", "const", "default", "defer", "fallthrough", "func", "go", "goto", "init"),
    ("interface", "json", "main", "map", "package", "range", "select", "struct", "switch"),
    ("table", "type", "var"),
)
"""Words of Python, Go and SQL, and packages that Go programs import or run."""


def _package_revisions(table: object) -> dict[str, int]:
    """By release, how many packages of it there were before."""
    name = "[package_revisions]"
    if not isinstance(table, dict):
        raise InvalidSettingError("package_revisions", f"{name} as a table", table)
    for release, number in table.items():
        if type(number) is not int or not 0 < number < _MOST_PACKAGES:
            expected = f"a number from 1 to {_MOST_PACKAGES - 1} in {name}"
            raise InvalidSettingError(release, expected, number)
    return table


_MOST_PACKAGES = 100


def _rule(data: object, fields: Fields, vocabulary: Vocabulary) -> Rule:
    rule = check_keys(data, "[[rules]]", {"id", "states", "pattern", "example", "cues"})
    states = settings.text(rule, "states")
    pattern = _pattern(settings.text(rule, "pattern"), vocabulary)
    if not pattern.text.endswith("."):
        raise InvalidSettingError(pattern.text, "a pattern with its full stop", pattern.text)
    if stated := fields.by_stated_name.get(states):
        _check_placeholders(pattern, *stated, fields, vocabulary)
    for literal in vocabulary.named_in(pattern.fixed):
        raise InvalidSettingError(literal, f"a placeholder in place of '{literal}'", pattern.text)
    cues = tuple(_cue(text, vocabulary) for text in settings.texts(rule, "cues"))
    example = settings.text(rule, "example")
    return Rule(settings.text(rule, "id"), states, pattern, example, cues, _finder(pattern))


def _check_placeholders(
    pattern: Pattern, field: Field, part: Field, fields: Fields, vocabulary: Vocabulary
) -> None:
    """Raises InvalidSettingError where a pattern does not hold what its rule states."""
    found = set(pattern.placeholders)
    members = {member.name for member in field.members if not member.verbatim}
    if part.holds_records:
        needed = {member.name for member in field.members if not member.is_optional} & members
        is_right, wanted = needed <= found <= members, sorted(needed)
    elif part.type == "record":
        is_right, wanted = found <= members, []
    elif part.is_plain and not part.verbatim:
        # One that takes the same kind of value will do: it may be named after another field, which
        # then has the value as well.
        own = vocabulary.placeholders[part.name].regex
        regexes = [one.regex for one in pattern.placeholders.values()]
        is_named = found <= {one.name for one in placeholders_of(fields)}
        is_right, wanted = is_named and regexes == [own], [part.name]
    else:
        is_right, wanted = not found, []
    if not is_right:
        names = " and ".join(f"{{{name}}}" for name in wanted) or "no placeholder"
        raise InvalidSettingError(pattern.text, f"a pattern with {names}", pattern.text)


def _cue(text: str, vocabulary: Vocabulary) -> Cue:
    try:
        return vocabulary.cue(text)
    except ValueError as error:
        raise InvalidSettingError(text, "a cue with known placeholders", error) from None


def _pattern(text: str, vocabulary: Vocabulary) -> Pattern:
    try:
        return vocabulary.pattern(text)
    except ValueError as error:
        raise InvalidSettingError(
            text, "a pattern with known placeholders, each once", error
        ) from None


def _finder(pattern: Pattern) -> re.Pattern[str]:
    """What finds the pattern as a sentence, or as the clause that ends one.

    Line breaks get lost on the way through converters, and with them the only border of a sentence
    that has no full stop. So a sentence may follow any word; its own full stop may be missing only
    at the end of the text that is searched.
    """
    is_clause = pattern.text.startswith(",")
    before = r"(?<=[^\W_]|[)\"'])" if is_clause else r"(?:^|(?<=[^,;:(-] ))"
    return re.compile(rf"{before}{pattern.regex}(?:\.{SENTENCE_END}|(?= ?$))")


def _holds(rule: Rule) -> bool:
    match = rule.finder.search(rule.example)
    return match is not None and rule.fact(match) is not None


def _undeclared(source: Source, rule: Rule, grammar: Grammar) -> Diagnostic:
    names = [name for field in grammar.fields.fields for name in field.stated_as]
    return Diagnostic(
        "field-undeclared",
        settings.locate(source.path, source.text, f'states = "{rule.states}"'),
        f"the rule '{rule.id}' states '{rule.states}', which is not declared",
        help=f"Correct the name, or declare [fields.{rule.states}]; CONTRIBUTING.md says how, "
        "under 'Add a field'.",
        expected=f"one of {', '.join(names)}" if names else "a field that is declared",
        found=rule.states,
    )


def _example_differs(source: Source, rule: Rule) -> Diagnostic:
    return Diagnostic(
        "rule-example",
        settings.locate(source.path, source.text, f'id = "{rule.id}"'),
        f"the example of the rule '{rule.id}' does not match its pattern",
        help="Make the example a sentence of the vendor's that the pattern reads.",
        expected=rule.pattern.text,
        found=rule.example,
    )
