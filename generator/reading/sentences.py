"""An entry's text cut into sentences, and the facts that the vendor's rules find in them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic
from generator.model import Sentence
from generator.reading.pattern import SENTENCE_END, words_of
from generator.settings import as_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.fields import Fields
    from generator.model import Fact
    from generator.reading.grammar import Grammar, Rule
    from generator.reading.text import Text


def read_sentences(text: Text, grammar: Grammar) -> tuple[tuple[Sentence, ...], list[Diagnostic]]:
    """The text's sentences in order, facts by the vendor's rules and prose for the rest.

    Diagnostics for prose that resembles a rule, and for facts that do not go together.
    """
    sentences: list[Sentence] = []
    unsure: list[Diagnostic] = []
    done = 0
    for start, end, sentence in [*_facts(text, grammar), (len(text.string), 0, None)]:
        for first, last in _prose(text.string, done, start):
            prose = Sentence(text.string[first:last], text.span(first, last))
            sentences.append(prose)
            if rule := _resembled(prose.text, grammar):
                unsure.append(_unrecognised(text, prose, rule, grammar))
        if sentence is not None:
            sentences.append(sentence)
            done = end
    return tuple(sentences), unsure + _inconsistent(text, sentences, grammar.fields)


def _facts(text: Text, grammar: Grammar) -> list[tuple[int, int, Sentence]]:
    """Each stretch of the text that a rule matches, in order; none overlaps another."""
    found: list[tuple[int, int, Sentence]] = []
    # What one rule has matched is an end of the text for the others, so they have another look.
    for _ in range(_LOOKS):
        before = len(found)
        for rule in grammar.rules:
            if rule.pattern.anchor in text.string:
                found += _matches(text, rule, _gaps(found, len(text.string)))
                found.sort(key=lambda one: one[0])
        if len(found) == before:
            break
    return found


_LOOKS = 32
"""More looks than an entry has facts without full stops; what is left then resembles its rule."""


def _matches(
    text: Text, rule: Rule, gaps: list[tuple[int, int]]
) -> Iterator[tuple[int, int, Sentence]]:
    """What a rule matches in the gaps."""
    for start, end in gaps:
        for match in rule.finder.finditer(text.string, start, end):
            if (fact := rule.fact(match)) is not None:
                span = text.span(match.start(), match.end())
                yield match.start(), match.end(), Sentence(match[0], span, fact)


def _gaps(found: list[tuple[int, int, Sentence]], length: int) -> list[tuple[int, int]]:
    """What of a text no rule has matched yet."""
    starts = [0, *(end for _, end, _ in found)]
    ends = [*(start for start, _, _ in found), length]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


_SENTENCE = re.compile(rf"[^ ].*?(?:[.!?]{SENTENCE_END}|$)")


def _prose(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each sentence between two places begins and ends."""
    for match in _SENTENCE.finditer(text, start, end):
        last = match.start() + len(match[0].rstrip(" "))
        yield match.start(), last


_ENOUGH = 0.6
"""The share of a rule's words that make a sentence resemble it."""
_FEWEST = 3
"""Rules with fewer fixed words are recognised by their cues alone."""


def _resembled(sentence: str, grammar: Grammar) -> Rule | None:
    """The rule that a sentence of prose comes nearest to, None where it comes near to none."""
    if sentence in grammar.prose:
        return None
    shown = sentence
    if grammar.plain_words:
        shown = " ".join(
            word for word in sentence.split(" ") if word.strip(".,;:") not in grammar.plain_words
        )
    words = words_of(shown)
    spaced = " ".join(words)
    shares = {rule.id: _share(set(words), rule) for rule in grammar.rules}
    suspects = [
        rule
        for rule in grammar.rules
        if shares[rule.id] >= _ENOUGH or any(cue.is_in(shown, spaced) for cue in rule.cues)
    ]
    return max(suspects, key=lambda rule: _likeness(sentence, rule), default=None)


def _likeness(sentence: str, rule: Rule) -> float:
    """How like a sentence is to a rule's pattern, its placeholders filled in; 1 is the same."""
    return SequenceMatcher(None, rule.pattern.text, _suggested(sentence, rule)).ratio()


def _share(words: set[str], rule: Rule) -> float:
    fixed = rule.pattern.words
    return len(words & fixed) / len(fixed) if len(fixed) >= _FEWEST else 0.0


def _unrecognised(text: Text, prose: Sentence, rule: Rule, grammar: Grammar) -> Diagnostic:
    toml = grammar.source.path
    pattern = _suggested(prose.text, rule)
    missing = [f"{{{name}}}" for name in rule.pattern.placeholders if f"{{{name}}}" not in pattern]
    comment = f"  # {' and '.join(missing)} has to stand in it" if missing else ""
    lists = " or ".join(f"`{name}`" for name in grammar.words)
    words = f"; if it names a new word, add that to {lists} of [words]" if lists else ""
    return Diagnostic(
        "fact-unrecognised",
        text.source.at_span(prose.span),
        f"this resembles the rule '{rule.id}' and does not match it",
        help=(
            f"If the vendor's wording is new, add it to {toml}:\n"
            f"  [[rules]]\n"
            f'  id = "a name for it"\n'
            f'  states = "{rule.states}"\n'
            f"  pattern = {as_toml(pattern)}{comment}\n"
            f"  example = {as_toml(prose.text)}\n"
            f"  cues = []\n"
            f"If it states no fact, add it to `sentences` of [prose] there{words}. If it is a "
            f"slip, tell the vendor."
        ),
        expected=rule.pattern.text,
        found=prose.text,
    )


def _suggested(sentence: str, rule: Rule) -> str:
    """A pattern of the rule's kind for a sentence: placeholders for what they would take."""
    for name, one in rule.pattern.placeholders.items():
        taken = () if one.takes_any_text else re.finditer(one.regex, sentence)
        # A word that the rule has as a fixed one is not what the placeholder is for.
        if match := next((m for m in taken if m[0].lower() not in rule.pattern.words), None):
            sentence = f"{sentence[: match.start()]}{{{name}}}{sentence[match.end() :]}"
    clause = sentence.rfind(",") if rule.pattern.text.startswith(",") else 0
    return sentence[max(0, clause) :]


def _inconsistent(text: Text, sentences: list[Sentence], fields: Fields) -> list[Diagnostic]:
    """The facts that are stated twice, or without the one that they need."""
    wrong: list[Diagnostic] = []
    seen: dict[object, Sentence] = {}
    for sentence in sentences:
        for key in _identities(sentence.fact, fields):
            if key in seen:
                wrong.append(_repeated(text, sentence, seen[key]))
            seen[key] = sentence
    return wrong + _incomplete(text, sentences, fields)


def _identities(fact: Fact | None, fields: Fields) -> set[object]:
    """What may be stated only once.

    It is a field or a part of it, one item of a list of records, or what holds one value alone.
    """
    stated = fact and fields.by_stated_name.get(fact.states)
    if not fact or not stated:
        return set()
    once = stated[0].once
    first = (fact.states, fact.values[once]) if isinstance(once, str) else fact.states
    named = (fields.by_stated_name.get(name) for name in (fact.states, *fact.values))
    single = {
        one.name for _, one in filter(None, named) if one.type in _SINGLE and not one.verbatim
    }
    return {*single, *([first] if once else [])}


_SINGLE = ("text", "integer", "enum")


def _incomplete(text: Text, sentences: list[Sentence], fields: Fields) -> list[Diagnostic]:
    """A diagnostic for each sentence whose fact needs another, which the entry does not state."""
    names = {sentence.fact.states for sentence in sentences if sentence.fact}
    wrong: list[Diagnostic] = []
    for sentence in sentences:
        stated = sentence.fact and fields.by_stated_name.get(sentence.fact.states)
        if not stated:
            continue
        field, part = stated
        # A part of a record is nothing without the record.
        needed = field if part is not field else fields.by_name.get(field.requires or "")
        if needed is not None and not names & {*needed.stated_as[:1]}:
            wrong.append(_missing_fact(text, sentence, needed.name))
    return wrong


def _repeated(text: Text, sentence: Sentence, first: Sentence) -> Diagnostic:
    return Diagnostic(
        "fact-repeated",
        text.source.at_span(sentence.span),
        "this entry has stated such a fact already",
        help="Compare with the vendor's original; one of the two may belong to another entry.",
        expected=f"one sentence for the rule '{sentence.fact.rule if sentence.fact else ''}'",
        found=f"another one at {text.source.at_span(first.span)}",
    )


def _missing_fact(text: Text, sentence: Sentence, needed: str) -> Diagnostic:
    return Diagnostic(
        "fact-incomplete",
        text.source.at_span(sentence.span),
        f"this needs '{needed}' beside it, which nothing in the entry states",
        help="Compare with the vendor's original; a sentence may have been lost on the way.",
        expected=f"a sentence that states '{needed}' in the same entry",
        found=sentence.text,
    )
