"""What was accepted on purpose, in accepted.toml beside the documents: changes, and diagnostics."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from .. import settings
from ..changes import ACCEPTED, Acceptance, Accepted
from ..diagnostic_kinds import DIAGNOSTICS
from ..diagnostics import AsPublished, Diagnostic
from ..diff import identity
from ..nearest import and_nearest
from ..runtime.firmware import read_firmware
from ..runtime.folding import fold
from ..settings import InvalidSettingError, check_keys, locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..changes import Change, Chapter
    from ..diagnostics import Location
    from ..model import Release
    from ..reading.source import Source
    from ..releases import Scheme
    from ..settings import Errors, Table
    from .folder import Folder

    T = TypeVar("T")

_ADVICE = (
    "Correct it; CONTRIBUTING.md says what it holds, under 'Accept a change' and "
    "'Accept what a document has'."
)


def read_accepted(folder: Folder, scheme: Scheme | None) -> tuple[Accepted, list[Diagnostic]]:
    """Reads what was accepted in a folder of documents; there is nothing without the file.

    With errors, what the tables say in which there are none. `scheme` is how the vendor names its
    releases, None where that is not known.
    """
    if not folder.has(ACCEPTED):
        return Accepted(), []
    source, diagnostics = folder.read_text(ACCEPTED)
    if source is None:
        return Accepted(in_doubt=None), diagnostics
    errors = settings.Errors()
    accepted = _accepted(source, scheme, errors)
    return accepted, [
        settings.diagnose("acceptance-invalid", source.path, source.text, error, _ADVICE)
        for error in errors
    ]


_KEYS = {"accepted", "as_published"}


def _accepted(source: Source, scheme: Scheme | None, errors: Errors) -> Accepted:
    """What the valid tables of the file say; the errors of the others are collected."""
    data = errors.attempt(lambda: settings.parse(source.text))
    if data is None:
        return Accepted(in_doubt=None)
    errors.attempt(lambda: check_keys(data, "", set(), _KEYS))
    changes = _each(source, data, "accepted", partial(_acceptance, scheme), errors)
    as_published = _each(source, data, "as_published", partial(_as_published, scheme), errors)
    return Accepted(changes, as_published, _in_doubt(data) if errors else frozenset())


def _in_doubt(data: Table) -> frozenset[str] | None:
    """What the tables on documents name as found; None where it is not known which these are."""
    listed = data.get("as_published", [])
    if data.keys() - _KEYS or not isinstance(listed, list):
        return None
    return frozenset(str(one.get("found")) for one in listed if isinstance(one, dict))


_NEAR = {"accepted": "code", "as_published": "found"}
"""The key of each table at which a diagnostic points."""


def _each(
    source: Source,
    data: Table,
    key: str,
    make: Callable[[Location, object], T],
    errors: Errors,
) -> tuple[T, ...]:
    """What is made of each valid table under a key, if there are any, and of its place."""
    if key not in data:
        return ()
    header = f"[[{key}]]"
    made: list[T] = []
    for number, table in enumerate(
        errors.attempt(lambda: settings.listed(data, key, key)) or (), 1
    ):
        place = locate(source.path, source.text, _NEAR[key], header, number)
        one = errors.attempt(partial(settings.within, header, partial(make, place, table), number))
        made += [one] if one is not None else []
    return tuple(made)


def _acceptance(scheme: Scheme | None, location: Location, data: object) -> Acceptance:
    required = {"release", "code", "field", "reason"}
    table = check_keys(data, "[[accepted]]", required, {"before", "after"})
    if not table.keys() & {"before", "after"}:
        raise InvalidSettingError("field", "a value before, or after, or both", "neither")
    return Acceptance(
        release=_release(table, scheme),
        code=settings.text(table, "code"),
        field=settings.text(table, "field"),
        # TOML has no null: a missing value stands for it.
        before=table.get("before"),
        after=table.get("after"),
        reason=settings.text(table, "reason"),
        location=location,
    )


_ACCEPTABLE = tuple(rule for rule, kind in DIAGNOSTICS.items() if kind.accept)


def _as_published(scheme: Scheme | None, location: Location, data: object) -> AsPublished:
    table = check_keys(data, "[[as_published]]", {"release", "diagnostic", "found", "reason"})
    return AsPublished(
        release=_release(table, scheme),
        rule=settings.one_of(table, "diagnostic", _ACCEPTABLE),
        found=settings.text(table, "found"),
        reason=settings.text(table, "reason"),
        location=location,
    )


def _release(table: Table, scheme: Scheme | None) -> str:
    """The name of a release, which may not be there yet."""
    name = settings.text(table, "release")
    if scheme and not scheme.may_name(name):
        expected = f"the name of a release, such as {scheme.example_name}, as release"
        raise InvalidSettingError("release", expected, name)
    return name


def check_accepted(
    accepted: Accepted, changelog: Sequence[Chapter], scheme: Scheme
) -> list[Diagnostic]:
    """A diagnostic for each change that no release brings, and for what waits for a document.

    What was accepted of a document that is there is checked where that is read.
    """
    releases = [chapter.release for chapter in changelog]
    changes = {
        chapter.release.name: chapter.difference.changes if chapter.difference else ()
        for chapter in changelog
    }
    every: list[Acceptance | AsPublished] = [*accepted.changes, *accepted.as_published]
    waiting = [_waiting(one, releases, scheme) for one in every if one.release not in changes]
    return waiting + [
        _not_brought(one, changes[one.release])
        for one in accepted.changes
        if one.release in changes and not _is_brought(one, changes[one.release])
    ]


def _is_brought(acceptance: Acceptance, changes: Iterable[Change]) -> bool:
    return any(identity(change) == identity(acceptance) for change in changes)


def _waiting(
    accepted: Acceptance | AsPublished, releases: Iterable[Release], scheme: Scheme
) -> Diagnostic:
    """Diagnostic for what was accepted of a release that is not there, or not by this name."""
    firmware = read_firmware(accepted.release, scheme.kind)
    for release in releases:
        if firmware is not None and release.build.firmware.is_one_with(firmware):
            return Diagnostic(
                "acceptance-unmatched",
                accepted.location,
                "the release whose document has what is accepted here has another name",
                help="Write it as its document's file is named.",
                expected=release.name,
                found=accepted.release,
            )
    known = and_nearest(accepted.release, [release.name for release in releases])
    return Diagnostic(
        "acceptance-waiting",
        accepted.location,
        f"there is no document of {accepted.release} yet",
        help=f"Add the document, or correct the release{known}.",
    )


def _not_brought(acceptance: Acceptance, changes: Iterable[Change]) -> Diagnostic:
    code = fold(acceptance.code)
    alike = [
        f"{field}: {values}" for changed, field, values in map(identity, changes) if changed == code
    ]
    near = and_nearest(acceptance.code, [change.code for change in changes])
    return Diagnostic(
        "acceptance-unmatched",
        acceptance.location,
        "no release brings the change that is accepted here",
        help="Take it out, or correct it by what `diff` prints with --format json.",
        expected=f"a change of {acceptance.code} that {acceptance.release} brings, word for word",
        found="\n".join(alike) or f"no change of {acceptance.code} in {acceptance.release}{near}",
    )
