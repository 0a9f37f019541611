"""An entry's text cut into sentences, and the facts that the vendor's rules find in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic
from ..model import Sentence
from ..typography import plain_characters
from .suspects import ProseSentence, suspicions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..fields import Field, Fields
    from ..language import Language
    from ..model import Fact
    from .grammar import Grammar, Rule
    from .text import Text


def read_sentences(
    text: Text, grammar: Grammar, earlier: Sequence[Sentence] = ()
) -> tuple[tuple[Sentence, ...], list[Diagnostic]]:
    """The text's sentences in order, facts by the vendor's rules and prose for the rest.

    `earlier` are the sentences of the entry's texts before this one. Diagnostics for prose that
    resembles a rule or may deny a fact, and for facts that do not go together.
    """
    sentences = [*earlier]
    prose: list[ProseSentence] = []
    plain = plain_characters(text.string)
    done = 0
    for start, end, sentence in [*_facts(text, plain, grammar), (len(plain), 0, None)]:
        for first, last in _prose(text.string, done, start, grammar.language):
            one = Sentence(text.string[first:last], text.span(first, last))
            prose.append(ProseSentence(len(sentences), first, one))
            sentences.append(one)
        if sentence is not None:
            sentences.append(sentence)
            done = end
    unsure = suspicions(text, sentences, prose, grammar, len(earlier))
    own = sentences[len(earlier) :]
    return tuple(own), [*unsure, *_inconsistent(text, own, grammar)]


def _facts(text: Text, plain: str, grammar: Grammar) -> list[tuple[int, int, Sentence]]:
    """Each stretch of the text that a rule matches, in order; none overlaps another.

    `plain` are the text's plain characters, which rules are searched in.
    """
    found: list[tuple[int, int, Sentence]] = []
    # What one rule has matched is an end of the text for the others, so they have another look.
    for _ in range(_LOOKS):
        before = len(found)
        for rule in grammar.rules:
            if rule.pattern.anchor in plain:
                more = _matches(text, plain, rule, found)
                found = sorted([*found, *more], key=lambda one: one[0])
        if len(found) == before:
            break
    return found


_LOOKS = 32
"""More looks than an entry has facts without full stops; what is left then resembles its rule."""


def _matches(
    text: Text, plain: str, rule: Rule, found: list[tuple[int, int, Sentence]]
) -> Iterator[tuple[int, int, Sentence]]:
    """What a rule matches of what the others have left.

    A sentence is not one whose fact a clause behind it would narrow: the clause belongs to it.
    """
    clauses = {start for start, _, sentence in found if sentence.is_clause}
    for start, end in _gaps(found, len(plain)):
        for match in rule.finder.finditer(plain, start, end):
            first, last = match.span()
            is_narrowed = last in clauses and not match[0].startswith(",")
            if (fact := rule.fact(match, text.string)) is not None and not is_narrowed:
                yield first, last, Sentence(text.string[first:last], text.span(first, last), fact)


def _gaps(found: list[tuple[int, int, Sentence]], length: int) -> list[tuple[int, int]]:
    """What of a text no rule has matched yet."""
    starts = [0, *(end for _, end, _ in found)]
    ends = [*(start for start, _, _ in found), length]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _prose(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """Where each sentence between two places begins and ends."""
    for match in language.sentence.finditer(text, start, end):
        last = match.start() + len(match[0].rstrip(" "))
        yield match.start(), last


def _inconsistent(text: Text, sentences: list[Sentence], grammar: Grammar) -> list[Diagnostic]:
    """The facts that are stated twice, or without the one that they need."""
    wrong: list[Diagnostic] = []
    seen: dict[object, Sentence] = {}
    for sentence in sentences:
        for key, way in _identities(sentence.fact, grammar.fields).items():
            if key in seen:
                way = f"If the original is so, {way}, in {grammar.source.path}."  # noqa: PLW2901
                wrong.append(_repeated(text, sentence, seen[key], way))
            seen[key] = sentence
    return wrong + _incomplete(text, sentences, grammar)


def _identities(fact: Fact | None, fields: Fields) -> dict[object, str]:
    """What may be stated only once, and what in vendor.toml would have it stated again.

    It is a field or a part of it, one item of a list of records, or what holds one value alone.
    """
    stated = fact and fields.by_stated_name.get(fact.states)
    if not fact or not stated:
        return {}
    field = stated[0]
    again = f"take `once` out of [fields.{field.name}]"
    once = field.once
    first = (fact.states, fact.values[once]) if isinstance(once, str) else fact.states
    stating: dict[object, str] = {first: again} if once else {}
    named = (fields.by_stated_name.get(name) for name in (fact.states, *fact.values))
    single: dict[object, str] = {
        part.name: _as_list(whole, part) + (f", and {again}" if part.name in stating else "")
        for whole, part in filter(None, named)
        if part.type in _SINGLE and not part.verbatim
    }
    return {**stating, **single}


_SINGLE = ("text", "integer", "enum")


def _as_list(field: Field, part: Field) -> str:
    """What makes a field, or a part of its record, a list of what it is now one of."""
    where = f"[fields.{field.name}]"
    if part is not field:
        where = f"`{part.name}` in [records.{field.of}.members]"
    of = "integer" if part.type == "integer" else part.of or "text"
    if part.type == "enum":
        return f'give {where} the type "list", `of` a list in [words] that has its values'
    return f'give {where} the type "list", of = "{of}"'


def _incomplete(text: Text, sentences: list[Sentence], grammar: Grammar) -> list[Diagnostic]:
    """A diagnostic for each sentence whose fact needs another, which the entry does not state."""
    fields = grammar.fields
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
            way = f"take `requires` out of [fields.{field.name}]"
            if part is not field:
                rule = sentence.fact.rule if sentence.fact else ""
                way = f"let the rule '{rule}' state '{needed.name}', which the sentence then says"
            way = f"If the original is so, {way}, in {grammar.source.path}."
            wrong.append(_missing_fact(text, sentence, needed.name, way))
    return wrong


def _repeated(text: Text, sentence: Sentence, first: Sentence, way: str) -> Diagnostic:
    return Diagnostic(
        "fact-repeated",
        text.source.at_span(sentence.span),
        "this entry has stated such a fact already",
        help="Compare with the vendor's original; one of the two may belong to another entry. "
        f"{way}",
        expected=f"one sentence for the rule '{sentence.fact.rule if sentence.fact else ''}'",
        found=f"another one at {text.source.at_span(first.span)}",
    )


def _missing_fact(text: Text, sentence: Sentence, needed: str, way: str) -> Diagnostic:
    return Diagnostic(
        "fact-incomplete",
        text.source.at_span(sentence.span),
        f"this needs '{needed}' beside it, which nothing in the entry states",
        help=f"Compare with the vendor's original; a sentence may have been lost on the way. {way}",
        expected=f"a sentence that states '{needed}' in the same entry",
        found=sentence.text,
    )
