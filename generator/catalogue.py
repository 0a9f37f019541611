"""Releases folded together: each code, what it means, and the releases that this holds for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .model import Catalogue, ErrorCode, Meaning, Revision
from .runtime.firmware import Releases
from .runtime.folding import fold
from .typography import fold_text, fold_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .model import Entry, Release, Section, Vendor
    from .releases import Scheme
    from .runtime.firmware import ReleaseMatch


def fold_releases(
    vendor: Vendor, releases: Iterable[Release], package_revisions: Mapping[str, int] | None = None
) -> Catalogue:
    """The catalogue of at least one release, given in any order.

    `package_revisions` are, by release, how many packages of it there were before this one.

    Codes that differ in case alone are one, in the newest spelling: OCPP compares them without
    case, and so do look-ups. Codes keep the newest document's order; those that it no longer has
    come behind, the most recently removed first.
    """
    ordered = sorted(releases, key=lambda release: release.age)
    listed = [_listings(release) for release in ordered]
    codes = dict.fromkeys(folded for one in reversed(listed) for folded in one)
    return Catalogue(
        vendor=vendor,
        releases=tuple(ordered),
        codes=tuple(_error_code(code, ordered, listed) for code in codes),
        package_revision=(package_revisions or {}).get(ordered[-1].name, 0),
    )


class _Listing(NamedTuple):
    """What a release says of one code."""

    code: str
    sent_in: str
    meanings: tuple[Meaning, ...]

    @property
    def content(self) -> object:
        """What is equal in two releases that say the same, order and typography aside."""
        meanings = ((fold_text(one.text), fold_value(one.fields)) for one in self.meanings)
        return (self.sent_in, sorted(meanings, key=lambda meaning: meaning[0]))


def _listings(release: Release) -> dict[str, _Listing]:
    """What a release says of each of its codes, by the code in lower case."""
    entries: dict[str, list[tuple[Section, Entry]]] = {}
    for section, entry in release.entries:
        entries.setdefault(fold(entry.code), []).append((section, entry))
    listed: dict[str, _Listing] = {}
    for folded, of_code in entries.items():
        section, first = of_code[0]
        meanings = tuple(entry.meaning for _, entry in of_code)
        listed[folded] = _Listing(first.code, section.sent_in, meanings)
    return listed


def _error_code(
    code: str, releases: Sequence[Release], listed: Sequence[dict[str, _Listing]]
) -> ErrorCode:
    having = [index for index, one in enumerate(listed) if code in one]
    last = having[-1]
    spellings = dict.fromkeys(listed[index][code].code for index in reversed(having))
    return ErrorCode(
        code=listed[last][code].code,
        sent_in=listed[last][code].sent_in,
        first_release=releases[having[0]].name,
        removed_in=releases[last + 1].name if last + 1 < len(releases) else None,
        revisions=tuple(_revisions([one.get(code) for one in listed], releases)),
        former=tuple(name for name in spellings if name != listed[last][code].code),
    )


def _revisions(
    listed: Sequence[_Listing | None], releases: Sequence[Release]
) -> Iterable[Revision]:
    """A revision, in the words of the first, for each run of releases that say the same."""
    contents = [one and one.content for one in listed]
    starts = [
        0,
        *(i + 1 for i, (before, after) in enumerate(pairwise(contents)) if before != after),
    ]
    for start, end in pairwise([*starts, len(listed)]):
        if one := listed[start]:
            until = releases[end].name if end < len(releases) else None
            yield Revision(releases[start].name, until, one.sent_in, one.meanings)


def as_of(catalogue: Catalogue, release: Release) -> Catalogue:
    """The catalogue as it was when a release was the newest, with the codes of this one alone."""
    names = [one.name for one in catalogue.releases]
    place = names.index(release.name)
    numbers = {name: number for number, name in enumerate(names)}
    codes: list[ErrorCode] = []
    for code in catalogue.codes:
        known = [one for one in code.revisions if numbers[one.since] <= place]
        last = known[-1] if known else None
        if last and (last.until is None or numbers[last.until] > place):
            known[-1] = last._replace(until=None)
            codes.append(
                code._replace(sent_in=last.sent_in, removed_in=None, revisions=tuple(known))
            )
    return Catalogue(catalogue.vendor, catalogue.releases[: place + 1], tuple(codes))


class FoundRelease(NamedTuple):
    """The release that answers for a firmware that a person asked for.

    `asked` is the firmware, `match` how the release relates to it, as `answering` has it.
    """

    asked: str
    release: Release
    match: ReleaseMatch

    @property
    def note(self) -> str | None:
        """Which release answers and why; None for the firmware's own."""
        asked, name = self.asked, self.release.name
        notes: dict[ReleaseMatch, str] = {
            "nearest_earlier": f"{asked} has no document of its own; {name} is the nearest before "
            "it",
            "oldest": f"{asked} has no document of its own; {name} is the oldest known, and newer "
            "than it",
            "newest": f"'{asked}' names no firmware; {name} is the newest known",
        }
        return notes.get(self.match)


def find_release(releases: Sequence[Release], scheme: Scheme, asked: str) -> FoundRelease:
    """The release that answers for a firmware; there is always one.

    `latest` is the newest, `previous` the one before it, or the newest if there is no other.
    `releases` are in order, `scheme` is how the vendor names them.
    """
    if asked in ("latest", "previous"):
        release = releases[-1 if asked == "latest" else -min(2, len(releases))]
        return FoundRelease(str(release.build), release, "exact")
    by_name = {one.name: one for one in releases}
    spelt = {name: str(one.build) for name, one in by_name.items()}
    name, match = Releases(scheme.kind, spelt).answering(asked)
    return FoundRelease(asked, by_name[name], match)
