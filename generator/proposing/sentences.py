"""Rules, proposed: sentences that come back from entry to entry, but for a number or a word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any, NamedTuple

from ..language import ENGLISH
from .fields import Field, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..language import Language
    from .names import Names
    from .slots import Value

_NUMBER = re.compile(r"(?<![\w.,])[0-9]{1,9}(?![\w.,]*[0-9])\b")
_BRACES = frozenset("{}")
_AND = f" {ENGLISH.and_word} "
_LEAST = 2
"""In how many entries a sentence stands that is more than prose."""
_KEY = re.compile(r"[^\s:][^:]{1,29}: ")
_FIXED_WORDS = 3
"""How many words sentences share at least that differ in a word."""


class Rule(NamedTuple):
    """Sentences that say the same of several codes: the pattern, and the field that they state."""

    field: Field
    pattern: str
    example: str
    cues: tuple[str, ...]


class _Found(NamedTuple):
    """In which entries a sentence stands, or a clause, and a whole sentence that has it."""

    entries: set[int]
    example: str


class _Group(NamedTuple):
    """Sentences of one form: what stands before and behind what differs, and what that is."""

    before: str
    after: str
    taken: tuple[str, ...]
    sentences: tuple[str, ...]
    entries: int

    @property
    def rank(self) -> tuple[int, bool, int]:
        """How early it comes, the least first: by its entries, numbers before words.

        What differs stands late in it rather than early.
        """
        is_word = not all(map(_NUMBER.fullmatch, self.taken))
        return -self.entries, is_word, -len(self.before)


def find_rules(texts: Iterable[Value], names: Names, language: Language) -> list[Rule]:
    """A rule for each sentence that is in several entries, the commonest first."""
    sentences = _sentences(texts, language)
    counts = Counter(word for sentence in sentences for word in set(_words(sentence)))
    return [_rule(group, sentences, counts, names) for group in _groups(sentences)]


def _sentences(texts: Iterable[Value], language: Language) -> dict[str, _Found]:
    """The sentences, and the clauses that end several of them.

    The first sentence of an entry says what its code means, so it is none that states a fact.
    """
    begun: set[int] = set()
    stems: dict[str, set[str]] = defaultdict(set)
    found: list[tuple[int, str, str]] = []
    for value in texts:
        for match in language.sentence.finditer(value.text):
            sentence = match[0].rstrip()
            stem, comma, rest = sentence.rpartition(", ")
            if comma and len(rest.split()) >= _FIXED_WORDS:
                stems[f", {rest}"].add(stem)
                found.append((value.entry, f", {rest}", sentence))
            if value.entry in begun:
                found.append((value.entry, sentence, sentence))
            begun.add(value.entry)
    sentences: dict[str, _Found] = {}
    for entry, text, example in found:
        is_shared = text not in stems or len(stems[text]) > 1
        if is_shared and text.endswith(".") and not set(text) & _BRACES:
            sentences.setdefault(text, _Found(set(), example)).entries.add(entry)
    return sentences


def _groups(sentences: Mapping[str, _Found]) -> list[_Group]:
    """Sentences of one form each, every sentence in one of them."""
    forms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sentence in sentences:
        for form in dict.fromkeys(_forms(sentence)):
            forms[form].append(sentence)
    left = dict(sentences)
    waiting = [(group.rank, form) for form in forms if (group := _group(form, forms[form], left))]
    heapify(waiting)
    groups: list[_Group] = []
    while waiting:
        # A group only gets smaller by what others take: the first that has not is the best.
        rank, form = heappop(waiting)
        group = _group(form, forms[form], left)
        if group and group.rank > rank:
            heappush(waiting, (group.rank, form))
        elif group:
            groups.append(group)
            for sentence in group.sentences:
                del left[sentence]
    return groups


def _forms(sentence: str) -> Iterator[tuple[str, str]]:
    """What a sentence is before and behind something that may differ; first of all the whole."""
    yield sentence, ""
    for number in _NUMBER.finditer(sentence):
        yield sentence[: number.start()], sentence[number.end() :]
    if key := _KEY.match(sentence):
        yield key[0], "."
    yield from _without_words(sentence)


def _without_words(sentence: str) -> Iterator[tuple[str, str]]:
    """A sentence without one or two of its words, behind its first."""
    words = [*re.finditer(r"[^\s.,:;!?]+", sentence)]
    for first in range(_FIXED_WORDS - 1, len(words)):
        for last in words[first : first + 2]:
            if len(words) - (words.index(last) - first + 1) >= _FIXED_WORDS:
                yield sentence[: words[first].start()], sentence[last.end() :]


def _group(
    form: tuple[str, str], sentences: Sequence[str], left: Mapping[str, _Found]
) -> _Group | None:
    """The sentences of a form that no other group has; None where they are too few for a rule."""
    before, after = form
    some = [one for one in sentences if one in left]
    count = len(set().union(*(left[one].entries for one in some)))
    if count < _LEAST:
        return None
    if not after:
        return _Group(before, after, (), tuple(some), count)
    taken = tuple(one[len(before) : len(one) - len(after)] for one in some)
    is_text = not before.endswith(": ") and type_of(taken * 2)["type"] == "text"
    is_rule = len(taken) >= _LEAST and not is_text
    return _Group(before, after, taken, tuple(some), count) if is_rule else None


def _rule(
    group: _Group, sentences: Mapping[str, _Found], counts: Counter[str], names: Names
) -> Rule:
    fixed = f"{group.before} {group.after}"
    name = names.new(" ".join(_telling(fixed)), "statement")
    example = sentences[group.sentences[0]].example
    keys = {
        **_type(group),
        "label": name.replace("_", " ").capitalize(),
        "meaning": f"What the document says as in {example!r}",
        "silence": "empty" if group.taken else "false",
        "impact": "behaviour",
        "once": True,
    }
    gap = f"{{{name}}}" if group.taken else ""
    pattern = f"{group.before}{gap}{group.after}"
    # A word that no other sentence has.
    own = [word for word in _telling(fixed) if counts[word] == len(group.sentences)]
    return Rule(Field(name, keys), pattern, example, tuple(own[:1]))


def _type(group: _Group) -> dict[str, Any]:
    """The type of what differs: several things where what stands behind a key is a list."""
    if not group.taken:
        return {"type": "flag"}
    if group.before.endswith(": ") and any(_AND in one for one in group.taken):
        return {"type": "list", "of": "text"}
    return type_of(group.taken * 2)


_SHORT = 3


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def _telling(fixed: str) -> list[str]:
    """The words of a sentence that tell most of it: all but the short ones, where there are any."""
    words = _words(fixed)
    return [word for word in words if len(word) > _SHORT] or words
