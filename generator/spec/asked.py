"""The releases that a person asks for: by the name of a firmware, or by a document's file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue import find_release
from ..diff import identity
from .documents import read_stranger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..changes import Change, Difference
    from ..diagnostics import Outcome
    from ..model import Release
    from .documents import Spec


class UnknownReleaseError(ValueError):
    """Nothing is known by the name of a release or a file; the message names what is."""


class Asked(NamedTuple):
    """A release, its document's file, and a note where it is not the firmware's own."""

    release: Release
    file: str
    note: str | None = None


class Compared(NamedTuple):
    """What changed between two releases that were asked for.

    `steps` are the differences of all neighbours from the older one to the newer one, in order.
    """

    difference: Difference
    old: Asked
    new: Asked
    steps: Sequence[Difference]

    @property
    def files(self) -> Mapping[str, str]:
        """The two files, by the documents' paths as the releases name them."""
        return {one.release.document.path: one.file for one in (self.old, self.new)}

    def release_that_brings(self, change: Change) -> str | None:
        """The name of the release; None where none does alone, as on the way back."""
        what = identity(change)
        names = (one.new.name for one in self.steps if what in map(identity, one.changes))
        return next(names, None)

    @property
    def notes(self) -> list[str]:
        """Which release answers and why, where it is not the firmware's own."""
        return [one.note for one in (self.old, self.new) if one.note]


def read_asked(asked: str, folder: Path, spec: Spec) -> Outcome[Asked]:
    """The release that was asked for; None where it is a file with errors.

    Raises UnknownReleaseError where nothing is known by the name, and where there is no such file.
    """
    path = Path(asked)
    if path.is_file():
        release, diagnostics = read_stranger(path, asked, spec.grammar)
        return (Asked(release, asked) if release else None), diagnostics
    releases = sorted(spec.releases, key=lambda release: release.age)
    found = find_release(releases, spec.grammar.vendor.scheme, asked)
    if found.match != "exact" and (path.suffix == ".md" or path.name != asked):
        raise UnknownReleaseError(f"There is no file '{asked}'.")
    if found.match == "newest":
        known = ", ".join(release.name for release in releases)
        raise UnknownReleaseError(
            f"'{asked}' names no firmware. Known are {known}, latest and previous."
        )
    file = folder / Path(found.release.document.path).name
    return Asked(found.release, str(file), found.note), []
