"""Diagnostics: where something is wrong, what was expected, what was found, how to fix it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from .diagnostic_kinds import DIAGNOSTICS, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    T = TypeVar("T")
    Outcome: TypeAlias = tuple[T | None, list["Diagnostic"]]
    """What a pass returns: its result, None where a diagnostic is an error, and all diagnostics."""


class Location(NamedTuple):
    """A place in a file.

    `line` and `column` count from 1, in code points; both are None where the whole file is meant.
    `width` is how many code points the caret underlines, `excerpt` the line as it stands.
    """

    path: str
    line: int | None = None
    column: int | None = None
    width: int = 1
    excerpt: str | None = None

    def __str__(self) -> str:
        """`path:line:column`, the form that editors and terminals can open."""
        parts = (self.path, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)


class AsPublished(NamedTuple):
    """A diagnostic that was accepted: the document of `release` is so as the vendor published it.

    `rule` and `found` are the diagnostic's, whatever its line; `reason` is why nothing is wrong.
    """

    release: str
    rule: str
    found: str
    reason: str
    location: Location


class Diagnostic(NamedTuple):
    """One thing that is wrong, or looks wrong.

    `rule` is an id out of `DIAGNOSTICS`; `message` says what is wrong here, `help` what to do, and
    `command` has the words of the command of this program that does it, if one does.
    `expected` and `found` are None where the message leaves nothing to compare; `found` names no
    place where the diagnostic can be accepted. `accepted` is what accepts it, None if nothing does.
    `vendors` are those that it is of, by their names in vendors.toml; none without that table.
    """

    rule: str
    location: Location
    message: str
    help: str
    expected: str | None = None
    found: str | None = None
    accepted: AsPublished | None = None
    command: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """The help, and behind it the command, quoted for a shell."""
        return " ".join(filter(None, [self.help, format_command(*self.command)]))

    @property
    def severity(self) -> Severity:
        """Error or warning, by the rule's id, unless it is accepted."""
        return Severity.ACCEPTED if self.accepted else DIAGNOSTICS[self.rule].severity

    @property
    def content(self) -> tuple[object, ...]:
        """What is equal for two diagnostics that differ only in the place within one file."""
        return (
            self.location.path,
            self.rule,
            self.message,
            self.advice,
            self.expected,
            self.found,
            self.vendors,
        )

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Diagnostics are printed in the order of the files, top to bottom."""
        place = self.location
        return (place.path, place.line or 0, place.column or 0, self.rule)


def format_command(*words: str) -> str:
    """A command of this program as a person types it; "" without words."""
    return shlex.join(["ctek-codegen", *words]) if words else ""


def of_all_vendors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each diagnostic once, of all the vendors that have it: they share the templates."""
    vendors: dict[Diagnostic, list[str]] = {}
    for one in diagnostics:
        vendors.setdefault(one._replace(vendors=()), []).extend(one.vendors)
    return [one._replace(vendors=tuple(dict.fromkeys(names))) for one, names in vendors.items()]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of these stops the run."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
