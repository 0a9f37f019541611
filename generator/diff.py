"""What changed between two releases: a pure function from two models to typed changes.

Order, layout and places are no changes, and typography is one of a class of its own, whatever has
it. Entries are compared by their code without case, as OCPP and look-ups compare codes, and by
their facts; how a change is shown is for others.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .changes import Change, Chapter, Difference, Published, Rename, Side
from .fields import Impact
from .runtime.folding import fold
from .typography import fold_text, fold_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .changes import Acceptance
    from .fields import Fields
    from .model import Release, Section


def diff(old: Release, new: Release, fields: Fields) -> Difference:
    """The changes from one release to another; swapped, the same with before and after swapped.

    `fields` are the vendor's.
    """
    before, after = _codes(old), _codes(new)
    changes: list[Change] = []
    for code in dict.fromkeys([*after, *before]):
        changes += _code_changes(before.get(code), after.get(code), fields)
    removed = [before[code] for code in before if code not in after]
    added = [after[code] for code in after if code not in before]
    return Difference(old, new, tuple(changes), tuple(_renames(removed, added)))


class _Code(NamedTuple):
    """What a release says of one code: its entries, at least one."""

    sides: tuple[Side, ...]

    @property
    def first(self) -> Side:
        """The first entry; all spell the code alike and are sent in one field."""
        return self.sides[0]


def _codes(release: Release) -> dict[str, _Code]:
    """The codes of a release by their text in lower case, in its order."""
    codes: dict[str, _Code] = {}
    for section, entry in release.entries:
        known = codes.get(fold(entry.code), _Code(()))
        side = Side(entry.code, section.sent_in, entry.meaning)
        codes[fold(entry.code)] = _Code((*known.sides, side))
    return codes


def _code_changes(before: _Code | None, after: _Code | None, fields: Fields) -> Iterator[Change]:
    """What changed of one code, which is on one side at least."""
    if before is None or after is None:
        yield from _came_or_went(before, after)
        return
    old, new = before.first, after.first
    if old.code != new.code:
        yield Change(Impact.BREAKING, new.code, "code", old.code, new.code, old, new)
    if old.sent_in != new.sent_in:
        sent_in = (old.sent_in, new.sent_in)
        yield Change(Impact.BREAKING, new.code, "sent_in", *sent_in, old, new, "Sent in")
    for was, now in _pairs(before.sides, after.sides):
        if was is None or now is None:
            yield _entry_change(new.code, was, now)
        else:
            yield from _meaning_changes(new.code, was, now, fields)


def _came_or_went(before: _Code | None, after: _Code | None) -> Iterator[Change]:
    """A code on one side alone: the code with its first entry, then each further entry."""
    if after is not None:
        new, *others = after.sides
        yield Change(Impact.ADDITION, new.code, "code", None, new.code, None, new)
        for other in others:
            yield _entry_change(new.code, None, other)
    if before is not None:
        old, *others = before.sides
        yield Change(Impact.BREAKING, old.code, "code", old.code, None, old, None)
        for other in others:
            yield _entry_change(old.code, other, None)


def _entry_change(code: str, old: Side | None, new: Side | None) -> Change:
    """An entry that one of the two releases alone has, of a code with several."""
    impact = Impact.ADDITION if old is None else Impact.BEHAVIOUR
    before, after = old and old.meaning.text, new and new.meaning.text
    return Change(impact, code, "meaning", before, after, old, new)


def _meaning_changes(code: str, old: Side, new: Side, fields: Fields) -> Iterator[Change]:
    """What changed in an entry: fields by their classes, and the wording.

    The text is compared where neither a fact nor the description says anything else: then a
    sentence that states a fact may be put in other words.
    """
    was, now = old.meaning, new.meaning
    is_other = fold_text(was.description) != fold_text(now.description)
    for field in fields.fields:
        before, after = was.fields[field.name], now.fields[field.name]
        if before != after:
            impact = _impact(field.impact, before, after)
            is_other = is_other or impact is not Impact.TYPOGRAPHY
            yield Change(impact, code, field.name, before, after, old, new, field.label)
    name = "description" if is_other else "text"
    before, after = getattr(was, name), getattr(now, name)
    if before != after:
        impact = _impact(Impact.WORDING, before, after)
        yield Change(impact, code, name, before, after, old, new, name.capitalize())


def _impact(impact: Impact, before: object, after: object) -> Impact:
    """The class of a change, which is another one if its values differ by typography alone."""
    return Impact.TYPOGRAPHY if fold_value(before) == fold_value(after) else impact


def _pairs(old: Sequence[Side], new: Sequence[Side]) -> Iterator[tuple[Side | None, Side | None]]:
    """Which entry of a code became which: equal ones first, then the likest, then what is left.

    Entries of one code may be put in wholly other words: as many as there are become one another.
    In the order of the newer ones, what is left of the older ones behind.
    """
    left, right = list(old), list(new)
    for side in old:
        twin = next((one for one in right if one.meaning.text == side.meaning.text), None)
        if twin is not None:
            left.remove(side)
            right.remove(twin)
    newer = [*right]
    became: dict[int, Side] = {}
    while left and right:
        pairs = [(one, other) for one in left for other in right]
        one, other = max(pairs, key=lambda pair: _rank(pair, left, right))
        left.remove(one)
        right.remove(other)
        became[newer.index(other)] = one
    yield from ((became.get(place), other) for place, other in enumerate(newer))
    yield from ((one, None) for one in left)


def _rank(
    pair: tuple[Side, Side], left: Sequence[Side], right: Sequence[Side]
) -> tuple[bool, float, int, int]:
    """By likeness; where that is the same, by closeness in the order. The same both ways round.

    Those that differ by typography alone are the likest.
    """
    at, there = left.index(pair[0]), right.index(pair[1])
    is_same = fold_text(pair[0].meaning.text) == fold_text(pair[1].meaning.text)
    return (is_same, _alike(*pair), -abs(at - there), -min(at, there))


def _words(text: str) -> Counter[str]:
    return Counter(fold_text(text).lower().rstrip(".").split())


def _alike(one: Side, other: Side) -> float:
    """The share of the words of two texts that both have, from 0 to 1; the same both ways round."""
    words, others = _words(one.meaning.text), _words(other.meaning.text)
    return 2 * (words & others).total() / max(1, words.total() + others.total())


_RENAME = 0.6
"""From which likeness on a code that went and one that came are shown as perhaps the same."""


def _renames(removed: Iterable[_Code], added: Sequence[_Code]) -> Iterator[Rename]:
    """Each code that went beside each of those that came and says much the same."""
    for before in removed:
        for after in added:
            pairs = [(old, new) for old in before.sides for new in after.sides]
            old, new = max(pairs, key=lambda pair: _alike(*pair))
            if (alike := _alike(old, new)) >= _RENAME:
                words = _words(old.meaning.text) & _words(new.meaning.text)
                yield Rename(old.code, new.code, round(alike, 2), tuple(sorted(words)), old, new)


def published(sections: Iterable[Section], others: Iterable[Release]) -> Iterator[Published]:
    """The entries of a document with a code, or a sentence, that none of the releases has."""
    known = [entry for other in others for _, entry in other.entries]
    codes = {fold(entry.code) for entry in known}
    texts = {_bare(sentence.text) for entry in known for sentence in entry.meaning.sentences}
    entries = ((section, entry) for section in sections for entry in section.entries)
    for section, entry in entries:
        is_new = fold(entry.code) not in codes
        said = (sentence.text for sentence in entry.meaning.sentences)
        new_texts = frozenset(text for text in said if _bare(text) not in texts)
        if is_new or new_texts:
            side = Side(entry.code, section.sent_in, entry.meaning)
            yield Published(side, is_new, new_texts)


def _bare(text: str) -> str:
    """A sentence as it is compared: without the full stop that some lack, typography folded."""
    return fold_text(text.removesuffix("."))


def chapters(
    releases: Sequence[Release], accepted: Sequence[Acceptance], fields: Fields
) -> tuple[Chapter, ...]:
    """The changelog of at least one release, given in order: a chapter each, the newest first.

    Each change that was accepted has the reason.
    """
    found = [Chapter(releases[0], None)]
    for old, new in pairwise(releases):
        found.append(Chapter(new, accept(diff(old, new, fields), accepted, releases)))
    return tuple(reversed(found))


def accept(
    difference: Difference, accepted: Iterable[Acceptance], releases: Iterable[Release]
) -> Difference:
    """The same, with the reason at each change that one of the releases brought on purpose.

    Those are the releases behind the older one, up to and with the newer one.
    """
    first, last = difference.old.age, difference.new.age
    names = {release.name for release in releases if first < release.age <= last}
    names.add(difference.new.name)
    reasons = {identity(one): one.reason for one in accepted if one.release in names}
    changes = tuple(one._replace(reason=reasons.get(identity(one))) for one in difference.changes)
    return difference._replace(changes=changes)


def identity(change: Change | Acceptance) -> tuple[str, str, str]:
    """A change as far as an acceptance names it: equal for both where the one is the other."""
    before, after = (
        json.dumps(value, ensure_ascii=False, sort_keys=True)
        for value in (change.before, change.after)
    )
    return (fold(change.code), change.field, f"{before} → {after}")
