"""What was accepted of a document: it is so as the vendor published it, and no error."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from generator.changes import ACCEPTED
from generator.diagnostic_kinds import DIAGNOSTICS
from generator.settings import toml_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic
    from generator.reading.grammar import Grammar


def with_acceptances(
    diagnostics: Iterable[Diagnostic], release: str, grammar: Grammar
) -> list[Diagnostic]:
    """The diagnostics of a release's document, with what accepts each.

    The help of those that can be accepted and are not has the lines that do it.
    """
    accepted = {
        (one.rule, one.found): one
        for one in grammar.accepted.as_published
        if one.release == release
    }
    file = PurePath(grammar.source.path).with_name(ACCEPTED)
    marked: list[Diagnostic] = []
    for one in diagnostics:
        if one.found is None or not DIAGNOSTICS[one.rule].accept:
            marked.append(one)
        elif (one.rule, one.found) in accepted:
            marked.append(one._replace(accepted=accepted[one.rule, one.found]))
        else:
            lines = _lines(one.rule, one.found, release)
            way = f"If the original is so, accept it in {file}:\n{lines}"
            marked.append(one._replace(help=f"{one.help}\n{way}"))
    return marked


def _lines(rule: str, found: str, release: str) -> str:
    values = {
        "release": release,
        "diagnostic": rule,
        "found": found,
        "reason": "The vendor's original is so.",
    }
    return "\n".join(f"  {line}" for line in toml_table("[[as_published]]", values))
