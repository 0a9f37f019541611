"""Findings for machines: diagnostics and changes in one shape, and the formats of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from generator.diagnostics import DIAGNOSTICS, Location, visible
from generator.fields import Impact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.changes import Difference, Side
    from generator.diagnostics import Diagnostic

Level = Literal["error", "warning", "note"]


class Finding(NamedTuple):
    """One thing to show at a place, whatever found it.

    `rule` is the id of a diagnostic, or `change-` and a change's class. `details` are further lines
    by their names. `accepted` is why nobody need act on it, None where nobody said so.
    """

    rule: str
    level: Level
    location: Location
    message: str
    details: Mapping[str, str]
    accepted: str | None = None

    @property
    def text(self) -> str:
        """The message with its details, a line each."""
        return "\n".join(
            [self.message, *(f"{name}: {text}" for name, text in self.details.items())]
        )


def of_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Finding]:
    """The diagnostics in the order of their places."""
    return [
        Finding(
            one.rule,
            "error" if one.severity == "error" else "warning",
            one.location,
            one.message,
            {
                name: text
                for name in ("expected", "found", "help")
                if (text := getattr(one, name)) is not None
            },
        )
        for one in sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    ]


_CHANGE = "change-"
_LEVELS: dict[Impact, Level] = {
    Impact.BREAKING: "error",
    Impact.BEHAVIOUR: "warning",
    Impact.ADDITION: "note",
    Impact.WORDING: "note",
}


def of_difference(difference: Difference, paths: Mapping[str, str]) -> list[Finding]:
    """The changes, each at its place in the newer document, or the older one where it went.

    `paths` are the files by the documents' paths as the releases name them.
    """
    return [
        Finding(
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


def to_json(findings: Sequence[Finding]) -> str:
    """The findings as JSON."""
    return json.dumps(
        {
            "format_version": "1.0",
            "findings": [
                {
                    "rule": finding.rule,
                    "level": finding.level,
                    "path": finding.location.path,
                    "line": finding.location.line,
                    "column": finding.location.column,
                    "message": finding.message,
                    **{name: finding.details.get(name) for name in ("expected", "found", "help")},
                }
                for finding in findings
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def to_github(findings: Iterable[Finding]) -> str:
    """Workflow commands by which GitHub annotates the lines of a pull request."""
    return "\n".join(_github(finding) for finding in findings if finding.accepted is None)


_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


def _github(finding: Finding) -> str:
    place = finding.location
    properties = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column and place.column + place.width,
        "title": finding.rule,
    }
    told = ",".join(
        f"{name}={_escaped(str(value), ':,')}"
        for name, value in properties.items()
        if value is not None
    )
    return f"::{_GITHUB[finding.level]} {told}::{_escaped(finding.text)}"


def _escaped(text: str, further: str = "") -> str:
    """A text as a workflow command can hold it: nothing in it ends the line or the command."""
    for character in ("%", "\r", "\n", *further):
        text = text.replace(character, f"%{ord(character):02X}")
    return "".join(map(visible, text))


def to_sarif(findings: Sequence[Finding], version: str) -> str:
    """The findings as SARIF 2.1.0; `version` is the program's."""
    used = {finding.rule for finding in findings}
    rules = [
        {"id": rule, "shortDescription": {"text": text}}
        for rule, text in _rules().items()
        if rule in used
    ]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "ctek-codegen", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.rule]) for finding in findings],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2)


_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def _rules() -> dict[str, str]:
    """Every rule's general description."""
    return {rule: text for rule, (_, text) in DIAGNOSTICS.items()} | {
        f"{_CHANGE}{impact}": impact.meaning for impact in Impact
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    from urllib.parse import quote

    place = finding.location
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote(place.path.replace("\\", "/"))},
    }
    if place.line is not None:
        physical["region"] = {"startLine": place.line}
        if place.column is not None:
            end = place.column + place.width
            physical["region"] |= {"startColumn": place.column, "endColumn": end}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.level,
        "message": {"text": finding.text},
        "locations": [{"physicalLocation": physical}],
    }
    if finding.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result
