"""What is known of how the vendor puts its documents: vendor.toml, read and checked."""

from __future__ import annotations

import re
from functools import partial
from keyword import kwlist
from typing import TYPE_CHECKING, Literal, NamedTuple, cast, get_args

from .. import settings
from ..changes import Accepted
from ..diagnostics import Diagnostic
from ..fields import ROLES, Fields
from ..language import BEHIND_STOP, ENGLISH
from ..model import Fact, KnownSentence, Vendor
from ..nearest import and_nearest
from ..releases import Scheme
from ..runtime.firmware import SchemeKind
from ..runtime.folding import fold
from ..settings import InvalidSettingError, check_keys
from ..typography import fold_text, plain_characters
from .dates import is_date_form
from .declarations import (
    read_fields,
    read_words,
    repeated_roles,
    vocabulary_of,
)
from .entry_form import USUAL_FORM, read_entry_form, read_section_form
from .language import read_language
from .names import placeholders_of
from .pattern import Cue, Pattern, Vocabulary, Words, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..fields import Field
    from ..language import Language
    from ..model import HeadLine, Section
    from ..settings import Errors, Table
    from .slots import EntryForm, SectionForm
    from .source import Source

Form = Literal["titles", "releases", "publishers", "dates", "contents"]
FORMS: tuple[Form, ...] = get_args(Form)
HEAD_LINES: Mapping[Form, HeadLine] = {
    "titles": "title",
    "releases": "release",
    "publishers": "publisher",
    "dates": "date",
}
"""What the lines of each key of [document] say, but for the contents list behind them."""


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

    def fact(self, match: re.Match[str], text: str) -> Fact | None:
        """The fact that a match of `finder` in the plain characters of a text states.

        None where it would be written otherwise.
        """
        values = self.pattern.values(match, text)
        return None if values is None else Fact(self.states, values, self.id)


class Prose(NamedTuple):
    """What is known of sentences that no rule reads.

    `sentences`, by their folded texts, look as if they stated or denied a fact; `fillers` are words
    without a meaning of their own; `cues` make a sentence suspect of denying or limiting the fact
    beside it, `later_cues` only one that does not open its entry.
    """

    sentences: Mapping[str, str] = {}
    fillers: frozenset[str] = frozenset()
    cues: tuple[Cue, ...] = ()
    later_cues: tuple[Cue, ...] = ()


class Grammar(NamedTuple):
    """All that is known of how a vendor puts its documents.

    `forms` are the patterns that each line of a document's head may follow, in the order of the
    lines, none for a line that documents do not have; `sections` are the headings, which say in
    which field of OCPP the codes under them are sent, `entry` is how entries are put; `prose` is
    what is known of sentences that no
    rule reads, `plain_words` are words that only look like one of a word list.
    `package_revisions` are, by release, how many packages of it there were before. `accepted` is
    what accepted.toml says; all else is from vendor.toml, `source`. Where `has_all_rules` is False,
    errors were found in what the rules are made of, and what they would read may stand as prose.
    """

    vendor: Vendor
    forms: Mapping[Form, tuple[Pattern, ...]]
    sections: tuple[SectionForm, ...]
    entry: EntryForm
    rules: tuple[Rule, ...]
    words: Mapping[str, Words]
    prose: Prose
    plain_words: frozenset[str]
    package_revisions: Mapping[str, int]
    source: Source
    has_all_rules: bool
    accepted: Accepted = Accepted()

    @property
    def rules_by_id(self) -> dict[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}

    @property
    def fields(self) -> Fields:
        """What the documents state."""
        return self.vendor.fields

    @property
    def language(self) -> Language:
        """What the documents are written in."""
        return self.vendor.language

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
    """What a vendor.toml holds, and everything that is wrong in it.

    None where no document can be read by it; with errors, what can still be used.
    """
    errors = settings.Errors()
    grammar = errors.attempt(lambda: _grammar(source, settings.parse(source.text), errors))
    advice = "Correct it; CONTRIBUTING.md says what it holds, under 'Describe a vendor'."
    found = [
        settings.diagnose("vendor-invalid", source.path, source.text, error, advice)
        for error in errors
    ]
    if grammar is None:
        return None, found
    rules = grammar.rules
    if grammar.fields.fields or not errors:
        stated = grammar.fields.by_stated_name
        found += [_undeclared(source, rule, grammar) for rule in rules if rule.states not in stated]
    found += repeated_roles(grammar.fields, source)
    if differing := [_example_differs(source, rule) for rule in rules if not _holds(rule)]:
        grammar = grammar._replace(has_all_rules=False)
    return grammar, found + differing


_OPTIONAL = {"sections", "entry", "rules", "fields", "records", "words", "prose"}
_OPTIONAL |= {"package_revisions", "releases", "language"}


def _grammar(source: Source, data: Table, errors: Errors) -> Grammar | None:
    """What the tables hold; None where there is an error in those on the form of documents."""
    check_keys(data, "", {"vendor", "document"}, _OPTIONAL)
    vendor = errors.attempt(lambda: _vendor(data["vendor"]))
    revisions = errors.attempt(lambda: _package_revisions(data.get("package_revisions", {})))
    scheme = errors.attempt(lambda: _scheme(data.get("releases", {})))
    document = errors.attempt(lambda: check_keys(data["document"], "[document]", set(), set(FORMS)))
    before = len(errors)
    language = ENGLISH
    if "language" in data:
        language = errors.attempt(lambda: read_language(data["language"])) or ENGLISH
    words = errors.attempt(lambda: read_words(data.get("words", {})))
    fields, rules, prose = Fields(), list[Rule](), Prose()
    if words is not None:
        declared = errors.attempt(
            lambda: read_fields(data.get("fields", {}), data.get("records", {}), words)
        )
        fields = declared or fields
    vocabulary = vocabulary_of(words or {}, fields, language)
    if len(errors) == before:
        rules = errors.attempt(lambda: _rules(data, fields, vocabulary, errors)) or []
        prose = errors.attempt(lambda: _prose(data, rules, vocabulary)) or prose
    has_all_rules = len(errors) == before
    forms = None
    if document is not None and scheme is not None:
        forms = errors.attempt(lambda: _forms(document, vocabulary, scheme))
    entry = errors.attempt(lambda: _entry(data, fields, vocabulary))
    sections = errors.attempt(lambda: _sections(data, entry, fields, vocabulary)) if entry else None
    if entry is None or sections is None or forms is None or scheme is None:
        return None
    head = tuple(HEAD_LINES[form] for form, some in forms.items() if some and form in HEAD_LINES)
    sends_ocpp = bool(entry.sent_in) or any(section.sent_in for section in sections)
    if not sends_ocpp:
        errors.attempt(lambda: _check_roles(fields))
    vendor = (vendor or Vendor("", "", ""))._replace(
        fields=fields, head=head, scheme=scheme, language=language, sends_ocpp=sends_ocpp
    )
    return Grammar(
        vendor=vendor,
        forms=forms,
        sections=sections,
        entry=entry,
        # What takes any text comes last: it would swallow a sentence whose break was lost.
        rules=tuple(sorted(rules, key=lambda rule: rule.pattern.takes_any_text)),
        words=words or {},
        prose=prose,
        plain_words=frozenset().union(*(one.besides for one in (words or {}).values())),
        package_revisions=revisions or {},
        source=source,
        has_all_rules=has_all_rules,
    )


def _vendor(data: object) -> Vendor:
    vendor = check_keys(data, "[vendor]", {"name", "brand", "package"})
    package = settings.text(vendor, "package")
    if not _PACKAGE.fullmatch(package) or package in _TAKEN_PACKAGES:
        expected = "words in lower case, joined by hyphens, that are no word of a language"
        raise InvalidSettingError("package", expected, package)
    return Vendor(settings.text(vendor, "name"), settings.text(vendor, "brand"), package)


def _forms(
    document: Table, vocabulary: Vocabulary, scheme: Scheme
) -> dict[Form, tuple[Pattern, ...]]:
    """The patterns of each line, in the order of the keys; none of what documents do not have."""
    keys = [*document]
    in_order = sorted(FORMS, key=lambda form: keys.index(form) if form in keys else len(keys))
    return {
        form: tuple(
            _form(form, text, vocabulary, scheme) for text in settings.texts(document, form)
        )
        for form in in_order
    }


def _scheme(data: object) -> Scheme:
    """How the vendor names its releases."""
    header = "[releases]"
    table = check_keys(data, header, set(), {"scheme", "order"})
    kinds = get_args(SchemeKind)
    kind = cast("SchemeKind", settings.one_of({"scheme": kinds[0], **table}, "scheme", kinds))
    order = settings.texts(table, "order")
    if (kind == "listed") != bool(order):
        expected = 'the releases as `order`, where the scheme is "listed" and nowhere else'
        raise InvalidSettingError("order", expected, order or "none", header)
    for place, name in enumerate(order):
        if not name.isprintable() or name.strip() != name or len(name) > _LONGEST_RELEASE:
            expected = f"a name of up to {_LONGEST_RELEASE} characters without blanks around it"
            raise InvalidSettingError(name, expected, name, header)
        if fold(name) in {"latest", "previous", *map(fold, order[:place])}:
            expected = "names that differ by more than letter case, none of them latest or previous"
            raise InvalidSettingError(name, expected, name, header)
    return Scheme(kind, tuple(order))


_LONGEST_RELEASE = 50


def _rules(data: Table, fields: Fields, vocabulary: Vocabulary, errors: Errors) -> list[Rule]:
    if "rules" not in data:
        return []
    rules = settings.tables(data, "rules", lambda one: _rule(one, fields, vocabulary), errors)
    settings.refuse_repeated("[[rules]]", "id", [rule.id for rule in rules])
    return rules


def _prose(data: Table, rules: list[Rule], vocabulary: Vocabulary) -> Prose:
    header = "[prose]"
    table = check_keys(data.get("prose", {}), header, set(), {*Prose._fields})
    sentences = settings.texts(table, "sentences")
    for sentence in sentences:
        whole = f"{sentence.removesuffix('.')}."
        if any(rule.pattern.read(whole) is not None for rule in rules):
            raise InvalidSettingError(sentence, "prose that no rule reads", sentence, header)
    cues, later_cues = (
        tuple(_cue(text, vocabulary) for text in settings.texts(table, key))
        for key in ("cues", "later_cues")
    )
    fillers = settings.texts(table, "fillers")
    meaningful = {cue.words for cue in (*cues, *(cue for rule in rules for cue in rule.cues))}
    for filler in fillers:
        if words_of(filler) != [filler] or filler in meaningful:
            expected = "a filler that is one word in lower case, and no cue"
            raise InvalidSettingError(filler, expected, filler, header)
    return Prose({fold_text(one): one for one in sentences}, frozenset(fillers), cues, later_cues)


def _entry(data: Table, fields: Fields, vocabulary: Vocabulary) -> EntryForm:
    table = data.get("entry", USUAL_FORM)
    return settings.within("[entry]", partial(read_entry_form, table, fields, vocabulary))


def _sections(
    data: Table, entry: EntryForm, fields: Fields, vocabulary: Vocabulary
) -> tuple[SectionForm, ...]:
    """The forms of the sections' headings, none where the document has no sections."""
    if "sections" not in data:
        return ()
    if entry.sent_in:
        expected = "either [[sections]], or `sent_in` in [entry]"
        raise InvalidSettingError("sent_in", expected, "both", "[entry]")
    sections = settings.tables(
        data, "sections", lambda section: read_section_form(section, fields, vocabulary)
    )
    titles = [section.cell.pattern for section in sections]
    settings.refuse_repeated("[[sections]]", "title", titles)
    _check_sent_in(sections)
    return tuple(sections)


def _check_sent_in(sections: Sequence[SectionForm]) -> None:
    """Raises InvalidSettingError where some sections say in which field of OCPP they are sent."""
    silent = [number for number, one in enumerate(sections, start=1) if not one.sent_in]
    if silent and len(silent) < len(sections):
        raise InvalidSettingError(
            "title",
            "`sent_in` in each of [[sections]]; or in none, for codes that are not sent over OCPP",
            f"no `sent_in` under '{sections[silent[0] - 1]}'",
            "[[sections]]",
            silent[0],
        )


def _check_roles(fields: Fields) -> None:
    """Raises InvalidSettingError where a field is for messages of OCPP, and none are sent."""
    for field in fields.fields:
        if field.role and ROLES[field.role].is_of_ocpp:
            raise InvalidSettingError(
                "role",
                "a role that is not of OCPP, as no section or entry has `sent_in`",
                field.role,
                f"[fields.{field.name}]",
            )


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
            raise InvalidSettingError(release, expected, settings.shown(number))
    return table


_MOST_PACKAGES = 100


def _form(form: Form, text: str, vocabulary: Vocabulary, scheme: Scheme) -> Pattern:
    """The pattern of a line of the head, with the placeholders from which the line is read."""
    pattern = _pattern(text, vocabulary)
    if form == "dates" and not is_date_form(pattern):
        raise InvalidSettingError(text, "a year, a month and a day, each once", text, "[document]")
    if form == "releases" and [*pattern.placeholders] != [scheme.placeholder]:
        expected = f"a line with {{{scheme.placeholder}}}"
        raise InvalidSettingError(text, expected, text, "[document]")
    return pattern


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
    finder = _finder(pattern, vocabulary.language)
    return Rule(settings.text(rule, "id"), states, pattern, example, cues, finder)


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


def _finder(pattern: Pattern, language: Language) -> re.Pattern[str]:
    """What finds the pattern as a sentence, or as the clause that ends one.

    Its own full stop may be missing only at the end of the text that is searched.
    """
    before = language.sentence_start
    if pattern.text.startswith(","):
        before = r"(?<=[^\W_]|[)\"'])"
    elif pattern.text[0].islower():
        before = BEHIND_STOP
    return re.compile(rf"{before}{pattern.regex}(?:\.{language.sentence_end}|(?= ?$))")


def _holds(rule: Rule) -> bool:
    match = rule.finder.search(plain_characters(rule.example))
    return match is not None and rule.fact(match, rule.example) is not None


def _undeclared(source: Source, rule: Rule, grammar: Grammar) -> Diagnostic:
    names = [name for field in grammar.fields.fields for name in field.stated_as]
    return Diagnostic(
        "field-undeclared",
        settings.locate(source.path, source.text, f'states = "{rule.states}"'),
        f"the rule '{rule.id}' states '{rule.states}', which is not declared",
        help=f"Correct the name, or declare [fields.{rule.states}]; CONTRIBUTING.md says how, "
        "under 'Add a field'.",
        expected=f"one of {', '.join(names)}" if names else "a field that is declared",
        found=rule.states + and_nearest(rule.states, names),
    )


def _example_differs(source: Source, rule: Rule) -> Diagnostic:
    return Diagnostic(
        "rule-example",
        settings.locate(source.path, source.text, f'id = "{rule.id}"'),
        f"the example of the rule '{rule.id}' does not match its pattern",
        help="Correct one of the two: the example is a sentence of the vendor's that the pattern "
        "reads.",
        expected=rule.pattern.text,
        found=rule.example,
    )
