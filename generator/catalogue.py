"""Releases folded together: each code, what it means, and the releases that this holds for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from generator.model import Catalogue, ErrorCode, Meaning, Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Release, SentIn, Vendor


def fold(vendor: Vendor, releases: Iterable[Release]) -> Catalogue:
    """The catalogue of at least one release, given in any order.

    Codes keep the newest document's order; those that it no longer has come behind, the most
    recently removed first.
    """
    ordered = sorted(releases, key=_order)
    newest_first = (entry.code for release in reversed(ordered) for _, entry in release.entries)
    codes = dict.fromkeys(newest_first)
    said = [_said(release) for release in ordered]
    return Catalogue(
        vendor, tuple(ordered), tuple(_error_code(code, ordered, said) for code in codes)
    )


def _order(release: Release) -> tuple[tuple[int, ...], int, str, str]:
    """By the release's numbers, then by commits since the tag, then by date."""
    build = release.build
    return (build.numbers, build.commits, release.published.isoformat(), release.name)


_Said = dict[str, tuple["SentIn", tuple[Meaning, ...]]]


def _said(release: Release) -> _Said:
    """What a release says of each of its codes."""
    said: _Said = {}
    for section, entry in release.entries:
        _, meanings = said.get(entry.code, (section.sent_in, ()))
        said[entry.code] = (section.sent_in, (*meanings, entry.meaning))
    return said


def _error_code(code: str, releases: Sequence[Release], said: Sequence[_Said]) -> ErrorCode:
    having = [index for index, one in enumerate(said) if code in one]
    last = having[-1]
    return ErrorCode(
        code=code,
        sent_in=said[last][code][0],
        first_release=releases[having[0]].name,
        removed_in=releases[last + 1].name if last + 1 < len(releases) else None,
        revisions=tuple(_revisions(code, releases, said)),
    )


def _revisions(code: str, releases: Sequence[Release], said: Sequence[_Said]) -> Iterable[Revision]:
    """A revision for each run of releases that say the same of the code."""
    texts = [sorted(m.text for m in one[code][1]) if code in one else None for one in said]
    starts = [0, *(i + 1 for i, (before, after) in enumerate(pairwise(texts)) if before != after)]
    for start, end in pairwise([*starts, len(said)]):
        if code in said[start]:
            meanings = said[start][code][1]
            until = releases[end].name if end < len(releases) else None
            yield Revision(releases[start].name, until, meanings)
