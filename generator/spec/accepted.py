"""Changes of the catalogue that were accepted on purpose, in accepted.toml beside the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import settings
from generator.changes import Acceptance
from generator.settings import InvalidSettingError, check_keys, locate

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic, Location
    from generator.settings import Errors, Table
    from generator.spec.folder import Folder

ACCEPTED = "accepted.toml"


def read_accepted(folder: Folder) -> tuple[list[Acceptance], list[Diagnostic]]:
    """Reads the accepted changes of a folder of documents; there are none without the file."""
    if not folder.has(ACCEPTED):
        return [], []
    source, diagnostics = folder.read_text(ACCEPTED)
    if source is None:
        return [], diagnostics
    errors = settings.Errors()
    tables = errors.attempt(lambda: _tables(settings.parse(source.text), errors)) or []
    if errors:
        advice = "Correct it; CONTRIBUTING.md says what it holds, under 'Accept a change'."
        return [], [
            settings.diagnose("acceptance-invalid", source.path, source.text, error, advice)
            for error in errors
        ]
    places = (
        locate(source.path, source.text, "code", "[[accepted]]", number)
        for number in range(1, len(tables) + 1)
    )
    return [_acceptance(*both) for both in zip(tables, places, strict=True)], []


def _tables(data: Table, errors: Errors) -> list[Table]:
    check_keys(data, "", {"accepted"})
    return settings.tables(data, "accepted", _checked, errors)


def _checked(data: object) -> Table:
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
