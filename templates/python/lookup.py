"""The look-up in the catalogue, and which release answers for a firmware."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import overload

from ._catalogue import CATALOGUE, RELEASES
from ._codes import ErrorCode
from ._records import CodeDetails, FoundRelease, Release
from ._runtime.firmware import Firmware, find, read_firmware

_BY_CODE = {details.code.value.lower(): details for details in CATALOGUE.codes}
_PLACES = {release.name: place for place, release in enumerate(RELEASES)}


@overload
def lookup(code: ErrorCode, release: None = None) -> CodeDetails: ...


@overload
def lookup(code: str | None, release: str | Release | None = None) -> CodeDetails | None: ...


def lookup(code: str | None, release: str | Release | None = None) -> CodeDetails | None:
    """Find a code as a charger sent it; upper and lower case do not matter, as in OCPP.

    Returns None for a code that no document has, and where none was sent. A charger may run newer
    firmware than the catalogue knows: keep the text that it sent.

    With a release, or the firmware of a station in any spelling that `find_release` takes, it
    answers as of that release: the revisions end with the one that holds for it, and `meanings` and
    `sent_in` are that one's. None if the release does not list the code, or if `find_release` finds
    none.
    """
    details = None if code is None else _BY_CODE.get(str(code).lower())
    if details is None or release is None:
        return details
    found = find_release(release.build if isinstance(release, Release) else release)
    return None if found is None else _as_of(found.release, details)


def _as_of(release: Release, details: CodeDetails) -> CodeDetails | None:
    """The details without what came later, None if the release does not list the code."""
    place = _PLACES[release.name]
    for count, revision in enumerate(details.revisions, start=1):
        is_over = revision.until is not None and _PLACES[revision.until] <= place
        if _PLACES[revision.since] <= place and not is_over:
            kept = details.revisions[:count]
            return replace(details, sent_in=revision.sent_in, removed_in=None, revisions=kept)
    return None


def find_release(firmware: str | None) -> FoundRelease | None:
    """Find the release that a firmware is, else the nearest one before it.

    Takes the spellings that stations and people use: `r1.2.3`, `1.2.3`, `abc_R1.2.3.4`,
    `r1.2.3-0-g0123abc`. Numbers are compared as numbers. Returns None for a text that is no
    firmware, where there is none, and for a firmware that is older than every release.
    """
    # A station may report anything.
    asked = read_firmware(firmware) if isinstance(firmware, str) else None
    found = None if asked is None else find(firmwares(), asked)
    if found is None:
        return None
    name, is_exact = found
    return FoundRelease(RELEASES[_PLACES[name]], is_exact)


@cache
def firmwares() -> dict[str, Firmware]:
    """The firmware of each release by its name, the oldest first; read when it is first needed."""
    return {one.name: known for one in RELEASES if (known := read_firmware(one.build))}
