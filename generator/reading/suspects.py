"""Prose that may state a fact all the same, or deny one: what makes it suspect, and the ways on."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic
from ..meanings import field_values
from ..model import Fact, Sentence, Span
from ..record import one_line
from ..settings import as_toml, toml_table
from ..typography import fold_text, plain_characters
from .pattern import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .grammar import Grammar, Rule
    from .pattern import WordList
    from .text import Text


class ProseSentence(NamedTuple):
    """A sentence of prose of an entry: its place among the sentences, and in the entry's text."""

    place: int
    start: int
    sentence: Sentence


def suspicions(
    text: Text,
    sentences: Sequence[Sentence],
    prose: Sequence[ProseSentence],
    grammar: Grammar,
    earlier: int,
) -> Iterator[Diagnostic]:
    """A diagnostic for each sentence of prose in a text that may be more than prose.

    `sentences` are all of the entry so far; the first of them, `earlier` many, are of other texts.
    """
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
    for sentence in sentences[earlier:]:
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
    name, meaning = _stated(rule.states, grammar)
    as_fact = _as_fact(prose, rule, sentences, grammar)
    preview = f" Published is then\n    {as_fact}" if as_fact else ""
    return (
        f"It may be about `{name}` ({meaning}). "
        f"Decide what it says, and put that into {grammar.source.path}:\n"
        f"  - that very thing: write a [[rules]] that reads it (CONTRIBUTING.md, 'Add a rule')."
        f"{preview}\n"
        f"  - nothing of it: {_as_prose(prose, rule, sentences, grammar)}\n"
        f"  - another thing, such as the opposite: declare a field of its own "
        f"(CONTRIBUTING.md, 'Add a field').\n"
        f"If it is a slip, tell the vendor."
    )


def _stated(states: str, grammar: Grammar) -> tuple[str, str]:
    """The field that a rule states, as the JSON has it, and what that says."""
    field, part = grammar.fields.by_stated_name.get(states, (None, None))
    if field is None or part is None:
        return states, "not declared"
    name = field.name if part is field else f"{field.name}.{part.name}"
    return name, part.meaning


def _as_prose(prose: Sentence, rule: Rule, sentences: Sequence[Sentence], grammar: Grammar) -> str:
    """What to do with a sentence that states nothing of a rule's field, and what is published."""
    place = f"`{_stated(prose.fact.states, grammar)[0]}`" if prose.fact else "the description"
    return (
        f"add it to `sentences` of [prose]. Published are then the sentence in {place}, and\n"
        f"    {_published(rule, sentences, grammar)}"
    )


def _as_fact(prose: Sentence, rule: Rule, sentences: Sequence[Sentence], grammar: Grammar) -> str:
    """What is published once a rule reads a sentence in its own words; empty where that is open.

    It is open which of several values the rule would take, and what it would without any. A second
    statement of what is stated once, or one that lacks another that it needs, publishes nothing.
    """
    field, part = grammar.fields.by_stated_name.get(rule.states, (None, None))
    others = [one for one in sentences if one.span != prose.span]
    if field is None or part is None or prose.fact or len(others) == len(sentences):
        return ""
    pattern, values = _filled(prose.text, rule)
    rest = pattern
    for name, one in rule.pattern.placeholders.items():
        rest = rest.replace(f"{{{name}}}", " ")
        if f"{{{name}}}" not in pattern or re.search(one.regex, plain_characters(rest)):
            return ""
    names = {one.fact.states for one in others if one.fact}
    needed = {field.name if part is not field else field.requires} - {None}
    if not needed <= names or (rule.states in names and (field.once or part.type != "list")):
        return ""
    stating = prose._replace(fact=Fact(rule.states, values, rule.id))
    read = [stating if one.span == prose.span else one for one in sentences]
    return _published(rule, read, grammar)


def _published(rule: Rule, sentences: Sequence[Sentence], grammar: Grammar) -> str:
    """What the JSON has of a rule's field by an entry's sentences."""
    name, _ = _stated(rule.states, grammar)
    stated = grammar.fields.by_stated_name.get(rule.states)
    if stated is None:
        return f"{name}: nothing"
    field, part = stated
    value = field_values(grammar.fields, sentences)[field.name]
    return f"{name}: {one_line(value[part.name] if part is not field and value else value)}"


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
            words = one.unlisted(sentence[match.start(name) : match.end(name)], grammar.language)
            is_near = is_suspect or any(one.listed.shares_word(word) for _, word in words)
            if words and is_near and all(one.listed.may_have(word) for _, word in words):
                places = ((match.start(name) + at, word) for at, word in words)
                return _Unlisted(rule, one.listed, tuple(places))
    return None


def _unknown_words(
    text: Text, prose: ProseSentence, unlisted: _Unlisted, grammar: Grammar
) -> Iterator[Diagnostic]:
    listed = unlisted.listed
    new = [word for _, word in unlisted.words if not listed.known_as(word)]
    added = as_toml(list(dict.fromkeys([*listed.words, *new])))
    for at, word in unlisted.words:
        start = prose.start + at
        yield Diagnostic(
            "word-unknown",
            text.source.at_span(text.span(start, start + len(word))),
            f"'{word}' is no known `{listed.name}`, which the rule '{unlisted.rule.id}' has here",
            help=(
                f"{_which_word(listed, word, added, grammar)}"
                f"If it is none, write a rule that reads the sentence, or add it to `sentences` of "
                f"[prose] there (CONTRIBUTING.md, 'Add a rule'). If it is a slip, tell the vendor."
            ),
            expected=f"one of {', '.join(listed.words)}",
            found=word,
        )


def _which_word(listed: WordList, word: str, added: str, grammar: Grammar) -> str:
    """The advice on a word that is not listed: the listed one that it may be, or the line to add.

    A part of a listed word, or one with other blanks, is no new word.
    """
    if known := listed.known_as(word):
        return (
            f"It may stand for '{known}' of `{listed.key}` of {listed.table} in "
            f"{grammar.source.path}: compare with the vendor's original.\n"
        )
    return (
        f"If it is one of them and new, add it to `{listed.key}` of {listed.table} in "
        f"{grammar.source.path}:\n"
        f"  {listed.key} = {added}\n"
    )


class _Doubt(NamedTuple):
    """A fact that the prose beside it may deny or limit, and by what."""

    fact: Sentence
    by: str


def _doubt(prose: ProseSentence, sentences: Sequence[Sentence], grammar: Grammar) -> _Doubt | None:
    """The fact that a sentence may deny or limit, None where nothing in it does.

    A vendor describes a code first and states facts of it then. So the sentence that opens an
    entry is its description, unless it has one of the cues or breaks off before a fact; those
    between it and the first fact describe too, unless they may answer another sentence. What
    stands behind a fact may be about it, in whatever words.
    """
    behind = sentences[prose.place + 1 : prose.place + 2]
    before = [one for one in reversed(sentences[: prose.place]) if one.fact]
    facts = [one for one in (*behind, *before, *sentences[prose.place :]) if one.fact]
    if not facts:
        return None
    words = words_of(prose.sentence.text)
    is_open = not prose.sentence.text.endswith((".", "!", "?"))
    if cue := _cue(prose, words, grammar):
        return _Doubt(facts[0], f"'{cue}'")
    if is_open and facts[0] in behind and words and words[-1] in grammar.prose.fillers:
        return _Doubt(facts[0], f"'{words[-1]}' at its end")
    if before:
        return _Doubt(before[0], "its place")
    is_short = prose.place and len(words) < _FEWEST_OF_PROSE
    return _Doubt(facts[0], "its few words") if is_short else None


_FEWEST_OF_PROSE = 3
"""A sentence of fewer words, such as "As if.", describes nothing that another did not begin."""


def _cue(prose: ProseSentence, words: Sequence[str], grammar: Grammar) -> str | None:
    """What of a sentence is a cue for denying or limiting a fact, where it stands."""
    cues = (*grammar.prose.cues, *(grammar.prose.later_cues if prose.place else ()))
    plain, spaced = plain_characters(prose.sentence.text), " ".join(words)
    return next(filter(None, (cue.found_in(plain, spaced) for cue in cues)), None)


def _limiting(
    text: Text, prose: ProseSentence, doubt: _Doubt, sentences: Sequence[Sentence], grammar: Grammar
) -> Diagnostic:
    fact = doubt.fact.fact
    rule = next(rule for rule in grammar.rules if fact and rule.id == fact.rule)
    return Diagnostic(
        "fact-unrecognised",
        text.source.at_span(prose.sentence.span),
        f"by {doubt.by}, this may deny or limit the fact beside it",
        help=(
            f"Decide what it says, and put that into {grammar.source.path}:\n"
            f"  - nothing of that fact: {_as_prose(prose.sentence, rule, sentences, grammar)}\n"
            f"  - something of it: declare a field for what both say together, and write a "
            f"[[rules]] that reads both as one, before the rule '{rule.id}' "
            f"(CONTRIBUTING.md, 'Add a field').\n"
            f"If it is a slip, tell the vendor."
        ),
        expected="a sentence that leaves this fact as it is: " + doubt.fact.text.lstrip(", "),
        found=prose.sentence.text,
    )
