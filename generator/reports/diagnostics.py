"""Diagnostics and changes for machines: one shape for both, as JSON, annotations or SARIF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import quote

from ..diagnostic_kinds import DIAGNOSTICS, Severity
from ..diagnostics import Location
from ..fields import Impact
from .terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..changes import Difference, Side
    from ..diagnostics import Diagnostic

Level = Literal["error", "warning", "note"]


class Result(NamedTuple):
    """A diagnostic, or a change between two releases, to show at its place.

    `rule` is the id of a diagnostic, or `change-` and a change's class. `details` are further lines
    by their names. `accepted` is why nobody need act on it, None where nobody said so. `vendors`
    are the names of those that it is of.
    """

    rule: str
    level: Level
    location: Location
    message: str
    details: Mapping[str, str]
    accepted: str | None = None
    vendors: Sequence[str] = ()

    @property
    def text(self) -> str:
        """The message with its details, a line each."""
        whose = {"vendor": ", ".join(self.vendors)} if self.vendors else {}
        details = {**whose, **self.details}
        return "\n".join([self.message, *(f"{name}: {text}" for name, text in details.items())])


_OF_SEVERITY: dict[Severity, Level] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.ACCEPTED: "note",
}


def results_of_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Result]:
    """The diagnostics in the order of their places."""
    return [
        Result(
            one.rule,
            _OF_SEVERITY[one.severity],
            one.location,
            one.message,
            {
                name: text
                for name, text in (
                    ("expected", one.expected),
                    ("found", one.found),
                    ("help", one.advice),
                )
                if text is not None
            },
            one.accepted and one.accepted.reason,
            one.vendors,
        )
        for one in sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    ]


_CHANGE = "change-"
_LEVELS: dict[Impact, Level] = {
    Impact.BREAKING: "error",
    Impact.BEHAVIOUR: "warning",
    Impact.ADDITION: "note",
    Impact.WORDING: "note",
    Impact.TYPOGRAPHY: "note",
}


def results_of_difference(difference: Difference, paths: Mapping[str, str]) -> list[Result]:
    """The changes, each at its place in the newer document, or the older one where it went.

    `paths` are the files by the documents' paths as the releases name them.
    """
    return [
        Result(
            f"{_CHANGE}{change.impact}",
            _LEVELS[change.impact],
            _place(change.new or change.old, paths),
            f"{change.code}: {change.summary}",
            {"before": _entry(change.old, paths), "after": _entry(change.new, paths)},
            change.reason,
        )
        for change in difference.changes
    ]


def _place(side: Side | None, paths: Mapping[str, str]) -> Location:
    if side is None:  # a change is on one side at least
        return Location("")
    return Location(paths[side.source.document], side.source.first_line)


def _entry(side: Side | None, paths: Mapping[str, str]) -> str:
    return f"{side.meaning.text} ({_place(side, paths)})" if side else "no entry"


def format_json(results: Sequence[Result]) -> str:
    """The results as JSON."""
    return json.dumps(
        {
            "format_version": "1.0",
            "diagnostics": [
                {
                    "rule": result.rule,
                    "level": result.level,
                    "vendors": result.vendors,
                    "path": result.location.path,
                    "line": result.location.line,
                    "column": result.location.column,
                    "message": result.message,
                    **{name: result.details.get(name) for name in ("expected", "found", "help")},
                    "accepted": result.accepted,
                }
                for result in results
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def format_github(results: Iterable[Result]) -> str:
    """Workflow commands by which GitHub annotates the lines of a pull request."""
    return "\n".join(_github(result) for result in results if result.accepted is None)


_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


def _github(result: Result) -> str:
    place = result.location
    properties = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column and place.column + place.width,
        "title": result.rule,
    }
    properties_written = ",".join(
        f"{name}={_escaped(str(value), ':,')}"
        for name, value in properties.items()
        if value is not None
    )
    return f"::{_GITHUB[result.level]} {properties_written}::{_escaped(result.text)}"


def _escaped(text: str, further: str = "") -> str:
    """Escapes a text for a workflow command: nothing in it ends the line or the command."""
    for character in ("%", "\r", "\n", *further):
        text = text.replace(character, f"%{ord(character):02X}")
    return "".join(map(visible, text))


def format_sarif(results: Sequence[Result], version: str) -> str:
    """The results as SARIF 2.1.0; `version` is the program's."""
    used = {result.rule for result in results}
    rules = [
        {"id": rule, "shortDescription": {"text": text}}
        for rule, text in _rules().items()
        if rule in used
    ]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "ctek-codegen", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(result, index[result.rule]) for result in results],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2)


_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def _rules() -> dict[str, str]:
    """Every rule's general description."""
    return {rule: kind.meaning for rule, kind in DIAGNOSTICS.items()} | {
        f"{_CHANGE}{impact}": impact.meaning for impact in Impact
    }


def _sarif_result(result: Result, index: int) -> dict[str, Any]:
    place = result.location
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote(place.path.replace("\\", "/"))},
    }
    if place.line is not None:
        physical["region"] = {"startLine": place.line}
        if place.column is not None:
            end = place.column + place.width
            physical["region"] |= {"startColumn": place.column, "endColumn": end}
    written: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": index,
        "level": result.level,
        "message": {"text": result.text},
        "locations": [{"physicalLocation": physical}],
    }
    if result.accepted is not None:
        written["suppressions"] = [{"kind": "external", "justification": result.accepted}]
    return written
