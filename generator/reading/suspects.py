"""Prose that may state a fact all the same, or deny one: what makes it suspect, and the ways on."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import Diagnostic
from generator.meanings import field_values
from generator.model import Sentence, Span
from generator.reading.pattern import words_of
from generator.record import one_line
from generator.settings import as_toml, toml_table
from generator.typography import fold_text, plain_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.reading.grammar import Grammar, Rule
    from generator.reading.pattern import WordList
    from generator.reading.text import Text


class ProseSentence(NamedTuple):
    """A sentence of prose of an entry: its place among the sentences, and in the entry's text."""

    place: int
    start: int
    sentence: Sentence


def suspicions(
    text: Text, sentences: Sequence[Sentence], prose: Sequence[ProseSentence], grammar: Grammar
) -> Iterator[Diagnostic]:
    """A diagnostic for each sentence of prose in an entry that may be more than prose."""
    declared = grammar.prose.sentences
    for one in prose:
        whole = _with_clauses(one, sentences)
        if {fold_text(one.sentence.text), fold_text(whole.text)} & declared.keys():
            continue
        suspect = _nearest(one.sentence.text, grammar.rules, grammar)
        if unlisted := _unlisted(one.sentence.text, grammar, is_suspect=suspect is not None):
            yield from _unknown_words(text, one, unlisted, grammar)
        elif suspect is not None:
            yield _unrecognised(text, whole, suspect, sentences, grammar)
        elif found := _doubt(one, sentences, grammar):
            yield _limiting(text, one, found, sentences, grammar)
    for sentence in sentences:
        for within in _free_texts(sentence, grammar):
            others = [r for r in grammar.rules if sentence.fact and r.id != sentence.fact.rule]
            suspect = (
                _nearest(within, others, grammar) if fold_text(within) not in declared else None
            )
            if suspect is not None:
                part = sentence._replace(text=within)
                yield _unrecognised(text, part, suspect, sentences, grammar)


def _with_clauses(prose: ProseSentence, sentences: Sequence[Sentence]) -> Sentence:
    """A sentence with the clauses that became facts: the sentence that the document has."""
    whole = prose.sentence
    for clause in takewhile(lambda one: one.is_clause, sentences[prose.place + 1 :]):
        line, column, *_ = whole.span
        span = Span(line, column, clause.span.end_line, clause.span.end_column)
        whole = Sentence(whole.text + clause.text, span)
    return whole


def _free_texts(sentence: Sentence, grammar: Grammar) -> list[str]:
    """What stands in those placeholders of a fact's rule that take any text."""
    if sentence.fact is None:
        return []
    rule = next(rule for rule in grammar.rules if rule.id == sentence.fact.rule)
    free = [name for name, one in rule.pattern.placeholders.items() if one.takes_any_text]
    values = [sentence.fact.values[name] for name in free]
    return [text for value in values for text in ((value,) if isinstance(value, str) else value)]


class _Suspect(NamedTuple):
    """A rule that a sentence comes near to, and by what."""

    rule: Rule
    by: str


_ENOUGH = 0.6
"""The share of a rule's words that make a sentence resemble it."""
_FEWEST = 3
"""Rules with fewer fixed words are recognised by their cues alone."""


def _nearest(sentence: str, rules: Sequence[Rule], grammar: Grammar) -> _Suspect | None:
    """The one of some rules that a text comes nearest to, None where it comes near to none."""
    shown = plain_characters(sentence)
    if grammar.plain_words:
        shown = " ".join(
            word for word in shown.split(" ") if word.strip(".,;:") not in grammar.plain_words
        )
    words = words_of(shown)
    spaced = " ".join(words)
    found = [(rule, _by(rule, shown, words, spaced)) for rule in rules]
    suspects = [_Suspect(rule, by) for rule, by in found if by]
    return max(suspects, key=lambda one: _likeness(sentence, one.rule), default=None)


def _by(rule: Rule, sentence: str, words: Sequence[str], spaced: str) -> str | None:
    """What makes a sentence suspect of being a variant of a rule's: a cue, or the words of both."""
    cues = (cue.found_in(sentence, spaced) for cue in rule.cues)
    if cue := next(filter(None, cues), None):
        return f"'{cue}'"
    fixed = rule.pattern.words
    shared = [word for word in dict.fromkeys(words) if word in fixed]
    if len(fixed) < _FEWEST or len(shared) < _ENOUGH * len(fixed):
        return None
    return f"the words {', '.join(shared)}"


def _likeness(sentence: str, rule: Rule) -> float:
    """How like a sentence is to a rule's pattern, its placeholders filled in; 1 is the same."""
    return SequenceMatcher(None, rule.pattern.text, _filled(sentence, rule)[0]).ratio()


def _filled(sentence: str, rule: Rule) -> tuple[str, dict[str, object]]:
    """A sentence with a rule's placeholders for what they would take, and what that is."""
    values: dict[str, object] = {}
    for name, one in rule.pattern.placeholders.items():
        plain = plain_characters(sentence)
        taken = () if one.takes_any_text else re.finditer(one.regex, plain)
        # A word that the rule has as a fixed one is not what the placeholder is for.
        if match := next((m for m in taken if m[0].lower() not in rule.pattern.words), None):
            first, last = match.span()
            values[name] = one.read(sentence[first:last])
            sentence = f"{sentence[:first]}{{{name}}}{sentence[last:]}"
    clause = sentence.rfind(",") if rule.pattern.text.startswith(",") else 0
    return sentence[max(0, clause) :], values


# Marks of punctuation are no parts; others are, and a sign before a number is one.
_PART = re.compile(r"\{[a-z0-9_]+\}|\w[\w'-]*|[^\w\s.,;:\"'()]")


def _parts(text: str, fillers: frozenset[str]) -> list[str]:
    return [part for part in _PART.findall(plain_characters(text.lower())) if part not in fillers]


def _unrecognised(
    text: Text, prose: Sentence, suspect: _Suspect, sentences: Sequence[Sentence], grammar: Grammar
) -> Diagnostic:
    rule = suspect.rule
    pattern = _reworded(prose, rule, grammar.prose.fillers)
    message = f"by {suspect.by}, this may state what the rule '{rule.id}' does, or the opposite"
    return Diagnostic(
        "fact-unrecognised",
        text.source.at_span(prose.span),
        f"this resembles the rule '{rule.id}' and does not match it" if pattern else message,
        help=_ready_made(pattern, prose, rule, grammar)
        if pattern
        else _choice(prose, rule, sentences, grammar),
        expected=rule.pattern.text if pattern else f"a sentence such as: {rule.pattern.text}",
        found=prose.text,
    )


def _reworded(prose: Sentence, rule: Rule, fillers: frozenset[str]) -> str | None:
    """The pattern for what is a rule's own sentence in other words, None for any other sentence.

    All words but fillers are the same, in the same order: "no longer used and deprecated" is not
    "used and no longer deprecated". What stands within a fact is no sentence of its own.
    """
    pattern = _filled(prose.text, rule)[0].removesuffix(".") + "."
    is_same = _parts(pattern, fillers) == _parts(rule.pattern.text, fillers)
    return pattern if is_same and pattern != rule.pattern.text and not prose.fact else None


def _ready_made(pattern: str, prose: Sentence, rule: Rule, grammar: Grammar) -> str:
    """The advice on a known sentence in other words: the rule to add."""
    values = {
        "id": "a name for it",
        "states": rule.states,
        "pattern": pattern,
        "example": prose.text,
        "cues": [],
    }
    lines = "".join(f"  {line}\n" for line in toml_table("[[rules]]", values))
    return (
        f"If the vendor's wording is new, add it to {grammar.source.path}:\n{lines}"
        f"If it states no fact, add it to `sentences` of [prose] there. If it is a slip, tell the "
        f"vendor."
    )


def _choice(prose: Sentence, rule: Rule, sentences: Sequence[Sentence], grammar: Grammar) -> str:
    """The advice on what a person has to understand: each way on, with what it publishes."""
    name, meaning = _stated(rule, grammar)
    return (
        f"It may be about `{name}` ({meaning}). "
        f"Decide what it says, and put that into {grammar.source.path}:\n"
        f"  - that very thing: write a [[rules]] that reads it (CONTRIBUTING.md, 'Add a rule'). "
        f"Published is then\n"
        f"    {name}: {_value_stated(prose, rule, grammar)}\n"
        f"  - nothing of it: add it to `sentences` of [prose]. Published are then the sentence in "
        f"the description, and\n"
        f"    {name}: {_value_unstated(rule, sentences, grammar)}\n"
        f"  - another thing, such as the opposite: declare a field of its own "
        f"(CONTRIBUTING.md, 'Add a field').\n"
        f"If it is a slip, tell the vendor."
    )


def _stated(rule: Rule, grammar: Grammar) -> tuple[str, str]:
    """The field that a rule states, as the JSON has it, and what that says."""
    field, part = grammar.fields.by_stated_name.get(rule.states, (None, None))
    if field is None or part is None:
        return rule.states, "not declared"
    name = field.name if part is field else f"{field.name}.{part.name}"
    return name, part.meaning


def _value_stated(prose: Sentence, rule: Rule, grammar: Grammar) -> str:
    """What a rule of this kind would publish of a sentence; … where that is not to be seen."""
    field, part = grammar.fields.by_stated_name.get(rule.states, (None, None))
    if part is not None and part.type == "flag":
        return "true"
    if part is not None and field is not None and not part.members and not part.verbatim:
        values = list(_filled(prose.text, rule)[1].values())
        if values:
            return one_line(values[0])
        return "[…]" if part.type == "list" else "…"
    return "[{…}]" if part is not None and part.holds_records else "{…}"


def _value_unstated(rule: Rule, sentences: Sequence[Sentence], grammar: Grammar) -> str:
    """What is published of the field by the entry's other sentences."""
    stated = grammar.fields.by_stated_name.get(rule.states)
    if stated is None:
        return "nothing"
    field, part = stated
    value = field_values(grammar.fields, sentences)[field.name]
    return one_line(value[part.name] if part is not field and value else value)


class _Unlisted(NamedTuple):
    """What stands in the place of a listed word in an otherwise known sentence."""

    rule: Rule
    listed: WordList
    words: tuple[tuple[int, str], ...]


def _unlisted(sentence: str, grammar: Grammar, *, is_suspect: bool) -> _Unlisted | None:
    """The names in a sentence that a rule would read if they were in its word list.

    A sentence with no cue at all has to name what shares a word with a listed name: many things
    stand where a name could.
    """
    plain = plain_characters(sentence)
    for rule in grammar.rules:
        if rule.pattern.loose is None or rule.pattern.anchor not in plain:
            continue
        start = "" if rule.pattern.text.startswith(",") else "^"
        match = re.search(rf"{start}{rule.pattern.loose}\.?$", plain)
        for name, one in rule.pattern.placeholders.items() if match else ():
            if match is None or one.listed is None:
                continue
            words = one.unlisted(sentence[match.start(name) : match.end(name)])
            is_near = is_suspect or any(one.listed.shares_word(word) for _, word in words)
            if words and is_near and all(one.listed.may_have(word) for _, word in words):
                places = ((match.start(name) + at, word) for at, word in words)
                return _Unlisted(rule, one.listed, tuple(places))
    return None


def _unknown_words(
    text: Text, prose: ProseSentence, unlisted: _Unlisted, grammar: Grammar
) -> Iterator[Diagnostic]:
    listed = unlisted.listed
    added = as_toml(list(dict.fromkeys([*listed.words, *(w for _, w in unlisted.words)])))
    for at, word in unlisted.words:
        start = prose.start + at
        yield Diagnostic(
            "word-unknown",
            text.source.at_span(text.span(start, start + len(word))),
            f"'{word}' is no known `{listed.name}`, which the rule '{unlisted.rule.id}' has here",
            help=(
                f"If it is one of them and new, add it to `{listed.key}` of {listed.table} in "
                f"{grammar.source.path}:\n"
                f"  {listed.key} = {added}\n"
                f"If it is none, write a rule that reads the sentence, or add it to `sentences` of "
                f"[prose] there (CONTRIBUTING.md, 'Add a rule'). If it is a slip, tell the vendor."
            ),
            expected=f"one of {', '.join(listed.words)}",
            found=word,
        )


class _Doubt(NamedTuple):
    """A fact that the prose beside it may deny, and by what."""

    fact: Sentence
    by: str


def _doubt(prose: ProseSentence, sentences: Sequence[Sentence], grammar: Grammar) -> _Doubt | None:
    """The fact that a sentence may deny or limit, None where nothing in it does.

    It has one of the cues for that; or it breaks off before the fact, as "It is not true that"
    does, whose last word is a filler: then the two are one sentence.
    """
    behind = sentences[prose.place + 1 : prose.place + 2]
    before = reversed(sentences[: prose.place])
    facts = [one for one in (*behind, *before, *sentences[prose.place :]) if one.fact]
    if not facts:
        return None
    plain = plain_characters(prose.sentence.text)
    words = words_of(plain)
    found = (cue.found_in(plain, " ".join(words)) for cue in grammar.prose.cues)
    if cue := next(filter(None, found), None):
        return _Doubt(facts[0], f"'{cue}'")
    is_open = not prose.sentence.text.endswith((".", "!", "?"))
    if is_open and facts[0] in behind and words and words[-1] in grammar.prose.fillers:
        return _Doubt(facts[0], f"'{words[-1]}' at its end")
    return None


def _limiting(
    text: Text, prose: ProseSentence, doubt: _Doubt, sentences: Sequence[Sentence], grammar: Grammar
) -> Diagnostic:
    fact = doubt.fact.fact
    rule = next(rule for rule in grammar.rules if fact and rule.id == fact.rule)
    name, _ = _stated(rule, grammar)
    return Diagnostic(
        "fact-unrecognised",
        text.source.at_span(prose.sentence.span),
        f"by {doubt.by}, this may deny or limit the fact beside it",
        help=(
            f"Decide what it says, and put that into {grammar.source.path}:\n"
            f"  - nothing of that fact: add it to `sentences` of [prose]. Published are then the "
            f"sentence in the description, and\n"
            f"    {name}: {_value_unstated(rule, sentences, grammar)}\n"
            f"  - something of it: declare a field for what both say together, and write a "
            f"[[rules]] that reads both as one, before the rule '{rule.id}' "
            f"(CONTRIBUTING.md, 'Add a field').\n"
            f"If it is a slip, tell the vendor."
        ),
        expected="a sentence that leaves this fact as it is: " + doubt.fact.text.lstrip(", "),
        found=prose.sentence.text,
    )
