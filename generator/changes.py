"""What changed from one release to another, as data. How it is found is in diff.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .fields import Impact, format_value

if TYPE_CHECKING:
    from .diagnostics import AsPublished, Location
    from .model import Meaning, Release, Source


class Side(NamedTuple):
    """An entry of one of two releases; the code is as that release spells it."""

    code: str
    sent_in: str
    meaning: Meaning

    @property
    def source(self) -> Source:
        """Where it stands."""
        return self.meaning.source


class Change(NamedTuple):
    """One thing that is other in the newer release.

    `field` is `code` (it came, went, or is spelt in another case), `sent_in`, `meaning` (one of
    several entries of the code came or went), or a fact or text of a meaning by its name in the
    contract. `before` and `after` are the field's values, None where there is none. `old` and `new`
    are the whole entry on either side, None where it is on one side alone. `label` names the field
    to people. `reason` is why the change was accepted on purpose, None where nobody did.
    """

    impact: Impact
    code: str
    field: str
    before: object
    after: object
    old: Side | None
    new: Side | None
    label: str = ""
    reason: str | None = None

    @property
    def summary(self) -> str:
        """What changed, in one line behind the code: `removed`, `only on: nothing said → Box 2`."""
        if self.field == "code" and self.before and self.after:
            return f"is now spelt so, was {self.before}"
        if self.field == "code":
            return f"added: {format_value(self.new.meaning.text)}" if self.new else "removed"
        if self.field == "meaning":
            if self.old is None:
                return f"a further meaning: {format_value(self.after)}"
            return f"no longer: {format_value(self.before)}"
        return f"{self.label}: {format_value(self.before)} → {format_value(self.after)}"


class Rename(NamedTuple):
    """A code that went and one that came with much the same text: perhaps one, never taken as one.

    `alike` is how much of the two texts is the same, from 0 to 1; `words` are those they share.
    """

    before: str
    after: str
    alike: float
    words: tuple[str, ...]
    old: Side
    new: Side

    @property
    def percent(self) -> int:
        """How much of the two texts is the same, in per cent."""
        return round(self.alike * 100)


class Difference(NamedTuple):
    """All that changed from one release to another, in the order of the newer one's codes.

    Codes that went come last, in the older one's order.
    """

    old: Release
    new: Release
    changes: tuple[Change, ...]
    possible_renames: tuple[Rename, ...]

    @property
    def by_impact(self) -> tuple[tuple[Impact, tuple[Change, ...]], ...]:
        """The changes of each class that there are any of, the worst first."""
        sorted_out = ((one, tuple(c for c in self.changes if c.impact is one)) for one in Impact)
        return tuple((impact, changes) for impact, changes in sorted_out if changes)


class Published(NamedTuple):
    """An entry of a release that says something which no other release says.

    `is_new` says that no other release has its code, `new_texts` are its sentences that no other
    release has.
    """

    side: Side
    is_new: bool
    new_texts: frozenset[str]


class Additions(NamedTuple):
    """What a document adds to the catalogue.

    `release` is None where it could not be read which one it is. `differences` are those to the
    releases beside it, `published` the entries that say something new. Where `is_partial`, both are
    of what could be read.
    """

    release: Release | None
    is_partial: bool
    differences: tuple[Difference, ...] = ()
    published: tuple[Published, ...] = ()


Intake = Literal["added", "would be added", "already there", "refused"]
"""What became of a document that was to be taken in."""


ACCEPTED = "accepted.toml"
"""The file beside the documents that says what was accepted."""


class Acceptance(NamedTuple):
    """A change that was accepted on purpose: what it is, the release that brought it, and why."""

    release: str
    code: str
    field: str
    before: object
    after: object
    reason: str
    location: Location


class Accepted(NamedTuple):
    """All that was accepted on purpose: changes between releases, and diagnostics of documents.

    `in_doubt` is what the tables with errors name as found: whether it is accepted is known once
    they are corrected. It is None where no table could be read.
    """

    changes: tuple[Acceptance, ...] = ()
    as_published: tuple[AsPublished, ...] = ()
    in_doubt: frozenset[str] | None = frozenset()

    def is_in_doubt(self, found: str) -> bool:
        """Whether a diagnostic of a document with this as `found` may be accepted."""
        return self.in_doubt is None or found in self.in_doubt


class Chapter(NamedTuple):
    """A release of the changelog; `difference` is None for the first one known."""

    release: Release
    difference: Difference | None
