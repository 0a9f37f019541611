"""What is known of how the vendor puts its documents: vendor.toml, read and checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, cast, get_args

from generator import settings
from generator.diagnostics import Diagnostic
from generator.model import FACTS, Fact, KnownSentence, SentIn, Vendor
from generator.reading.pattern import SENTENCE_END, Pattern, Sign, Vocabulary
from generator.settings import InvalidSettingError, check_keys

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from generator.model import Section
    from generator.reading.source import Source
    from generator.settings import Table

Form = Literal["titles", "releases", "publishers", "dates", "contents"]
FORMS: tuple[Form, ...] = get_args(Form)


class Rule(NamedTuple):
    """A known sentence of the vendor's.

    `states` is the name of the fact that it states, `signs` make a sentence suspect of being a
    variant of it, `finder` finds the sentence within an entry's text.
    """

    id: str
    states: str
    pattern: Pattern
    example: str
    signs: tuple[Sign, ...]
    finder: re.Pattern[str]

    def fact(self, match: re.Match[str]) -> Fact | None:
        """The fact that a match of `finder` states; None where it would be told otherwise."""
        values = self.pattern.values(match)
        return None if values is None else FACTS[self.states](**values)

    def tell(self, fact: Fact) -> str:
        """The sentence that states a fact of this rule's kind, full stop included."""
        return self.pattern.tell({name: getattr(fact, name) for name in self.pattern.holes})


class Grammar(NamedTuple):
    """All that is known of how a vendor puts its documents.

    `forms` are the patterns that each line of a document's head may follow; `sections` says in
    which field the codes under a heading are sent; `prose` are sentences that resemble a rule and
    state no fact, `plain_words` words that look like a configuration key and are none.
    `package_revisions` are, by release, how many packages of it there were before.
    """

    vendor: Vendor
    forms: Mapping[Form, tuple[Pattern, ...]]
    sections: Mapping[str, SentIn]
    rules: tuple[Rule, ...]
    prose: frozenset[str]
    plain_words: frozenset[str]
    package_revisions: Mapping[str, int]
    source: Source

    def rules_of(self, sections: Iterable[Section]) -> tuple[KnownSentence, ...]:
        """The rules that read a sentence of these sections."""
        used = {s.rule for one in sections for e in one.entries for s in e.meaning.sentences}
        return tuple(
            KnownSentence(rule.id, rule.states, rule.pattern.text)
            for rule in self.rules
            if rule.id in used
        )


def read_grammar(source: Source) -> tuple[Grammar | None, list[Diagnostic]]:
    """What a vendor.toml holds; None and a diagnostic where it is not valid."""
    try:
        grammar = _grammar(source, settings.parse(source.text))
    except InvalidSettingError as error:
        advice = "Correct it; its own head and CONTRIBUTING.md, 'Add a rule', say what it holds."
        return None, [settings.diagnose("vendor-invalid", source.path, source.text, error, advice)]
    return grammar, [_example_differs(source, rule) for rule in grammar.rules if not _holds(rule)]


def _grammar(source: Source, data: Table) -> Grammar:
    tables = {"vendor", "document", "sections", "words", "rules"}
    check_keys(data, "", tables, {"package_revisions"})
    vendor = check_keys(data["vendor"], "[vendor]", set(Vendor._fields))
    document = check_keys(data["document"], "[document]", set(FORMS))
    words = check_keys(data["words"], "[words]", {"products", "not_configuration_keys", "prose"})
    if not _PACKAGE.fullmatch(package := settings.text(vendor, "package")):
        raise InvalidSettingError("package", "words in lower case, joined by hyphens", package)
    vocabulary = Vocabulary(settings.texts(words, "products"))
    plain_words = frozenset(settings.texts(words, "not_configuration_keys"))
    rules = settings.tables(data, "rules", lambda rule: _rule(rule, vocabulary, plain_words))
    settings.refuse_repeated("[[rules]]", "id", [rule.id for rule in rules])
    sections = settings.tables(data, "sections", _section)
    settings.refuse_repeated("[[sections]]", "title", [title for title, _ in sections])
    return Grammar(
        vendor=Vendor(**{key: settings.text(vendor, key) for key in vendor}),
        forms={
            form: tuple(_pattern(text, vocabulary) for text in settings.texts(document, form))
            for form in FORMS
        },
        sections=dict(sections),
        # What takes any text comes last: it would swallow a sentence whose break was lost.
        rules=tuple(sorted(rules, key=lambda rule: rule.pattern.takes_any_text)),
        prose=frozenset(settings.texts(words, "prose")),
        plain_words=plain_words,
        package_revisions=_package_revisions(data.get("package_revisions", {})),
        source=source,
    )


_PACKAGE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*")


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


def _section(data: object) -> tuple[str, SentIn]:
    section = check_keys(data, "[[sections]]", {"title", "sent_in"})
    sent_in = settings.one_of(section, "sent_in", get_args(SentIn))
    return settings.text(section, "title"), cast("SentIn", sent_in)


def _rule(data: object, vocabulary: Vocabulary, plain_words: Container[str]) -> Rule:
    rule = check_keys(data, "[[rules]]", {"id", "states", "pattern", "example", "signs"})
    states = settings.one_of(rule, "states", tuple(FACTS))
    pattern = _pattern(settings.text(rule, "pattern"), vocabulary)
    wanted = set(FACTS[states]._fields) - {"states"}
    if set(pattern.holes) != wanted:
        holes = " and ".join(f"{{{name}}}" for name in sorted(wanted)) or "no hole"
        raise InvalidSettingError(pattern.text, f"a pattern with {holes}", pattern.text)
    for literal in vocabulary.named_in(pattern.fixed):
        if literal not in plain_words:
            raise InvalidSettingError(literal, f"a hole in place of '{literal}'", pattern.text)
    signs = tuple(_sign(text, vocabulary) for text in settings.texts(rule, "signs"))
    example = settings.text(rule, "example")
    return Rule(settings.text(rule, "id"), states, pattern, example, signs, _finder(pattern))


def _sign(text: str, vocabulary: Vocabulary) -> Sign:
    try:
        return vocabulary.sign(text)
    except ValueError as error:
        raise InvalidSettingError(text, "a sign with known holes", error) from None


def _pattern(text: str, vocabulary: Vocabulary) -> Pattern:
    try:
        return vocabulary.pattern(text)
    except ValueError as error:
        raise InvalidSettingError(text, "a pattern with known holes, each once", error) from None


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


def _example_differs(source: Source, rule: Rule) -> Diagnostic:
    return Diagnostic(
        "rule-example",
        settings.locate(source.path, source.text, f'id = "{rule.id}"'),
        f"the example of the rule '{rule.id}' does not match its pattern",
        help="Make the example a sentence of the vendor's that the pattern reads.",
        expected=rule.pattern.text,
        found=rule.example,
    )
