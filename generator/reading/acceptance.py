"""What was accepted of a document: it is so as the vendor published it, and no error."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from ..changes import ACCEPTED
from ..diagnostic_kinds import DIAGNOSTICS, Severity
from ..diagnostics import Diagnostic
from ..nearest import nearest
from ..settings import toml_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..diagnostics import AsPublished
    from .grammar import Grammar


def with_acceptances(
    diagnostics: Iterable[Diagnostic], release: str, grammar: Grammar
) -> list[Diagnostic]:
    """The diagnostics of a release's document, with what accepts each.

    The help of those that can be accepted and are not has the lines that do it. Those of which it
    is not known whether they are accepted are left out.
    """
    accepted = {(one.rule, one.found): one for one in _of(release, grammar)}
    file = PurePath(grammar.source.path).with_name(ACCEPTED)
    marked: list[Diagnostic] = []
    for one in diagnostics:
        if one.found is None or not DIAGNOSTICS[one.rule].accept:
            marked.append(one)
        elif (one.rule, one.found) in accepted:
            marked.append(one._replace(accepted=accepted[one.rule, one.found]))
        elif not grammar.accepted.is_in_doubt(one.found):
            lines = _lines(one.rule, one.found, release)
            way = f"If the original is so, accept it in {file}:\n{lines}"
            marked.append(one._replace(help=f"{one.help}\n{way}"))
    return marked


def _of(release: str, grammar: Grammar) -> list[AsPublished]:
    return [one for one in grammar.accepted.as_published if one.release == release]


def unmatched(
    diagnostics: Sequence[Diagnostic], release: str, grammar: Grammar
) -> list[Diagnostic]:
    """A diagnostic for what was accepted of a release's document and is none of its diagnostics.

    There are none while another error may hide what was accepted.
    """
    used = {one.accepted for one in diagnostics}
    missing = [one for one in _of(release, grammar) if one not in used]
    open_ = [one for one in diagnostics if one.severity is Severity.ERROR]
    if not grammar.has_all_rules or not all(DIAGNOSTICS[one.rule].accept for one in open_):
        return []
    return [_unmatched(one, open_) for one in missing]


def _unmatched(accepted: AsPublished, others: Iterable[Diagnostic]) -> Diagnostic:
    """Diagnostic for what is not there; of the others each may be what was meant."""
    found = f"{accepted.rule}: {accepted.found}"
    known = dict.fromkeys(f"{one.rule}: {one.found}" for one in others)
    ordered = dict.fromkeys([*nearest(found, known), *known])
    return Diagnostic(
        "acceptance-unmatched",
        accepted.location,
        "the document does not have what is accepted here",
        help="Correct it, or take it out; it may stand here twice.",
        expected="\n".join(ordered)
        or f"'{accepted.rule}' in the document of {accepted.release}, with this as found",
        found=found if ordered else "no such diagnostic",
    )


def _lines(rule: str, found: str, release: str) -> str:
    values = {
        "release": release,
        "diagnostic": rule,
        "found": found,
        "reason": "The vendor's original is so.",
    }
    return "\n".join(f"  {line}" for line in toml_table("[[as_published]]", values))
