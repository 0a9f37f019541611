"""The exit statuses, and how a command ends that found errors."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..diagnostics import Diagnostic

FINDINGS = 1
"""There is drift, a document has errors, a change is of a refused class, nothing was found."""
WRONG_CALL = 2
"""The command was called wrongly or could not run."""
INTERRUPTED = 130
"""A person stopped it; the number is the shells' own."""
CLOSED_PIPE = 141
"""Nobody reads what it prints any more, as behind `| head`; the number is the shells' own."""

_COULD_NOT_RUN = {"file-unreadable", "spec-empty", "templates-empty", "output-unwritable"}


def exit_with_errors(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    """Ends the command by what its diagnostics are: errors found, or unable to run at all."""
    rules = {diagnostic.rule for diagnostic in diagnostics}
    sys.exit(WRONG_CALL if rules & _COULD_NOT_RUN else FINDINGS)
