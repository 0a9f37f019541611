"""`generate`: documents → artefacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import pipeline
from ..console import format_summary, print_diagnostics, show, with_progress
from ..diagnostics import has_errors, of_all_vendors
from .options import templates_option
from .status import exit_with_errors
from .vendors import asks_for_folders, refuse_overlaps

if TYPE_CHECKING:
    from pathlib import Path

    from ..diagnostics import Diagnostic
    from .vendors import Asked


@click.command()
@asks_for_folders
@templates_option
def generate(asked: Asked, templates: Path | None) -> None:
    """Write the artefacts that the documents make.

    Reads every document, renders every target in memory, and only then writes: leaves up-to-date
    files alone, deletes generated files that no template produces any more, and reports and keeps
    all others. With an error anywhere, nothing is written. Where vendors.toml lists several
    vendors, this is done for all of them, unless --vendor names one.
    """
    vendors = asked.all()
    refuse_overlaps(vendors, templates)
    _exit_if_failed(
        [one for vendor in vendors for one in vendor.own(pipeline.finish_intake(vendor.spec))]
    )
    made: list[tuple[pipeline.VendorFolders, pipeline.Built]] = []
    diagnostics: list[Diagnostic] = []
    for vendor in vendors:
        built, found = pipeline.build(vendor.spec, templates, with_progress)
        diagnostics += vendor.own(found)
        made += [(vendor, built)] if built else []
    _exit_if_failed(of_all_vendors(diagnostics))
    for vendor, built in made:
        _write(vendor, built)


def _exit_if_failed(diagnostics: list[Diagnostic]) -> None:
    """Prints diagnostics; errors among them end the command."""
    print_diagnostics(diagnostics)
    if has_errors(diagnostics):
        exit_with_errors(diagnostics)


def _write(vendor: pipeline.VendorFolders, built: pipeline.Built) -> None:
    output = vendor.output
    comparison, failed = pipeline.write(built, output)
    print_diagnostics(vendor.own(failed))
    if comparison is None:
        exit_with_errors(failed)
    for path in (*comparison.missing, *comparison.changed):
        show(f"wrote    {output / path}")
    for path in comparison.orphaned:
        show(f"removed  {output / path}")
    for path in comparison.foreign:
        show(f"left     {output / path}, which was not generated")
    show(format_summary(comparison, output))
