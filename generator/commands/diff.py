"""`diff`: what changed between two releases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import pipeline
from ..console import painter, print_diagnostics, print_results, show, with_progress
from ..fields import Impact
from ..reports.diagnostics import results_of_difference
from ..reports.differences import format_json, format_markdown, format_text
from ..reports.refusal import format_refusal
from .options import format_option
from .status import FINDINGS, exit_with_errors
from .vendors import asks_for_vendor, complete_release_or_file

if TYPE_CHECKING:
    from .vendors import Asked


@click.command()
@click.argument("old", shell_complete=complete_release_or_file)
@click.argument("new", shell_complete=complete_release_or_file)
@asks_for_vendor
@format_option("text", "json", "markdown", "github", "sarif")
@click.option(
    "--fail-on",
    type=click.Choice([impact.value for impact in Impact]),
    help="Exit with 1 if there is a change of this class or a worse one that nobody has accepted.",
)
def diff(old: str, new: str, asked: Asked, form: str, fail_on: str | None) -> None:
    """Show what changed from OLD to NEW.

    Each is a release's name, in any spelling that is seen in the field, `latest`, `previous`, or a
    document's file. For a firmware without a document of its own the nearest before it answers,
    else the oldest; a note says so.

    \b
    Every change is of a class, by who is hurt, the worst first:
      breaking    a code was removed or moved, or is spelt in another way
      behaviour   a fact changed that programs rely on
      addition    a new code or meaning
      wording     the same in other words
      typography  the same in other apostrophes, quotation marks or dashes

    Reordering and layout are no change.
    """  # noqa: D301 (click's mark for lines that stay as they are)
    vendor = asked.one(*(file for file in (Path(old), Path(new)) if file.is_file()))
    try:
        compared, diagnostics = pipeline.diff(old, new, vendor.spec, with_progress)
    except pipeline.UnknownReleaseError as error:
        raise click.UsageError(str(error)) from None
    print_diagnostics(vendor.own(diagnostics))
    if compared is None:
        exit_with_errors(diagnostics)
    for note in compared.notes:
        show(f"note: {note}", err=True)
    _print(compared, form)
    refused = [
        change
        for change in compared.difference.changes
        if fail_on and change.reason is None and change.impact.is_at_least(Impact(fail_on))
    ]
    if refused:
        brought = [(change, compared.release_that_brings(change)) for change in refused]
        show(f"\n{format_refusal(brought, vendor.spec)}", err=True)
        sys.exit(FINDINGS)


def _print(compared: pipeline.Compared, form: str) -> None:
    difference, files = compared.difference, compared.files
    if form == "text":
        show(format_text(difference, files, painter(sys.stdout)))
    elif form == "markdown":
        show(format_markdown(difference, files))
    elif form == "json":
        show(format_json(difference))
    else:
        print_results(results_of_difference(difference, files), form)
