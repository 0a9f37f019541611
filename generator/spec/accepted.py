"""What was accepted on purpose, in accepted.toml beside the documents: changes, and diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import settings
from generator.changes import ACCEPTED, Acceptance, Accepted
from generator.diagnostic_kinds import DIAGNOSTICS
from generator.diagnostics import AsPublished, Diagnostic
from generator.diff import waiting
from generator.settings import InvalidSettingError, check_keys, locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.diagnostics import Location, Outcome
    from generator.model import Release
    from generator.reading.source import Source
    from generator.settings import Errors, Table
    from generator.spec.folder import Folder


def read_accepted(folder: Folder) -> Outcome[Accepted]:
    """Reads what was accepted in a folder of documents; there is nothing without the file."""
    if not folder.has(ACCEPTED):
        return Accepted(), []
    source, diagnostics = folder.read_text(ACCEPTED)
    if source is None:
        return None, diagnostics
    errors = settings.Errors()
    accepted = errors.attempt(lambda: _accepted(source, errors))
    if accepted is None or errors:
        advice = (
            "Correct it; CONTRIBUTING.md says what it holds, under 'Accept a change' and "
            "'Accept what a document has'."
        )
        return None, [
            settings.diagnose("acceptance-invalid", source.path, source.text, error, advice)
            for error in errors
        ]
    return accepted, []


def _accepted(source: Source, errors: Errors) -> Accepted:
    """What the file says; the errors of its tables are collected."""
    data = check_keys(settings.parse(source.text), "", set(), {"accepted", "as_published"})
    changes = _tables(source, data, "accepted", _check_change, errors)
    as_published = _tables(source, data, "as_published", _check_as_published, errors)
    return Accepted(
        tuple(_acceptance(*one) for one in changes),
        tuple(_as_published(*one) for one in as_published),
    )


def _tables(
    source: Source, data: Table, key: str, check: Callable[[object], Table], errors: Errors
) -> Iterator[tuple[Table, Location]]:
    """Each table under a key, if there are any, with the place of one of its own keys."""
    if key in data:
        for number, table in enumerate(settings.tables(data, key, check, errors), start=1):
            yield table, locate(source.path, source.text, _NEAR[key], f"[[{key}]]", number)


_NEAR = {"accepted": "code", "as_published": "found"}
"""The key of each table at which a diagnostic points."""


def _check_change(data: object) -> Table:
    table = check_keys(
        data, "[[accepted]]", {"release", "code", "field", "reason"}, {"before", "after"}
    )
    for key in ("release", "code", "field", "reason"):
        settings.text(table, key)
    if not table.keys() & {"before", "after"}:
        raise InvalidSettingError("field", "a value before, or after, or both", "neither")
    return table


def _acceptance(table: Table, location: Location) -> Acceptance:
    # TOML has no null: a missing value stands for it.
    return Acceptance(
        release=table["release"],
        code=table["code"],
        field=table["field"],
        before=table.get("before"),
        after=table.get("after"),
        reason=table["reason"],
        location=location,
    )


_ACCEPTABLE = tuple(rule for rule, kind in DIAGNOSTICS.items() if kind.accept)


def _check_as_published(data: object) -> Table:
    table = check_keys(data, "[[as_published]]", {"release", "diagnostic", "found", "reason"})
    for key in ("release", "found", "reason"):
        settings.text(table, key)
    settings.one_of(table, "diagnostic", _ACCEPTABLE)
    return table


def _as_published(table: Table, location: Location) -> AsPublished:
    return AsPublished(
        release=table["release"],
        rule=table["diagnostic"],
        found=table["found"],
        reason=table["reason"],
        location=location,
    )


def unused(
    accepted: Accepted, diagnostics: Iterable[Diagnostic], releases: Iterable[Release]
) -> list[Diagnostic]:
    """A diagnostic for what was accepted of documents and accepts none of these diagnostics."""
    used = {one.accepted for one in diagnostics}
    names = {release.name for release in releases}
    return [
        _matches_nothing(one) if one.release in names else waiting(one.release, one.location)
        for one in accepted.as_published
        if one not in used
    ]


def _matches_nothing(accepted: AsPublished) -> Diagnostic:
    return Diagnostic(
        "acceptance-unmatched",
        accepted.location,
        "the document does not have what is accepted here",
        help="Take it out, or correct it by what `lint` prints; it may stand here twice.",
        expected=f"'{accepted.rule}' in the document of {accepted.release}, with this as found",
        found="no such diagnostic",
    )
