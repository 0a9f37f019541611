"""`diff`: what changed between two releases."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.commands.options import FINDINGS, complete_release, format_option, spec_option, stop
from generator.console import painter, print_findings, show, tell, watched

if TYPE_CHECKING:
    from pathlib import Path


_CLASSES = ("breaking", "behaviour", "addition", "wording")


@click.command()
@click.argument("old", shell_complete=complete_release)
@click.argument("new", shell_complete=complete_release)
@spec_option
@format_option("text", "json", "markdown", "github", "sarif")
@click.option(
    "--fail-on",
    type=click.Choice(_CLASSES),
    help="Exit with 1 if there is a change of this class or of one before it, and nobody has "
    "accepted it.",
)
def diff(old: str, new: str, spec: Path, form: str, fail_on: str | None) -> None:
    """Tell what changed from OLD to NEW.

    Each is a release's name, in any spelling that is seen in the field, `latest`, `previous`, or a
    document's file. A firmware without a document of its own stands for the nearest before it.

    \b
    Every change is of a class, by who is hurt, the worst first:
      breaking   a code went, moved, or is spelt in another way
      behaviour  a fact changed: status, products, connectors, deprecation
      addition   a new code or meaning
      wording    the same in other words

    Reordering and layout are no change.
    """  # noqa: D301 (click's mark for lines that stay as they are)
    from generator import pipeline
    from generator.fields import Impact
    from generator.reports import differences

    try:
        compared, diagnostics = pipeline.diff(old, new, spec, watched)
    except pipeline.UnknownReleaseError as error:
        raise click.UsageError(str(error)) from None
    tell(diagnostics)
    if compared is None:
        stop(diagnostics)
    for note in compared.notes:
        show(f"note: {note}", err=True)
    difference, paths, _ = compared
    if form == "text":
        show(differences.tell(difference, paths, painter(sys.stdout)))
    elif form == "markdown":
        show(differences.to_markdown(difference, paths))
    elif form == "json":
        from generator.contract import difference_data, to_json

        show(to_json(difference_data(difference)))
    else:
        from generator.reports.findings import of_difference

        print_findings(of_difference(difference, paths), form)
    refused = Impact(fail_on) if fail_on else None
    if refused and any(
        change.impact.is_at_least(refused) and change.reason is None
        for change in difference.changes
    ):
        sys.exit(FINDINGS)
