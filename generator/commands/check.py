"""`check`: whether the artefacts are up to date with the documents."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from .. import pipeline
from ..console import (
    command_with_folders,
    format_summary,
    painter,
    print_diagnostics,
    print_diagnostics_as,
    show,
    show_diff,
    with_folders,
    with_progress,
)
from ..diagnostics import Diagnostic, of_all_vendors
from ..reports.terminal import format_diagnostic
from ..reports.texts import Version, format_diff
from .options import format_option, templates_option
from .status import FINDINGS, exit_with_errors
from .vendors import asks_for_folders, refuse_overlaps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .vendors import Asked


class _Compared(NamedTuple):
    """The artefacts of a vendor in memory, and how those on disk differ."""

    vendor: pipeline.VendorFolders
    built: pipeline.Built
    comparison: pipeline.Comparison

    @property
    def drift(self) -> list[Diagnostic]:
        """A diagnostic for each file that differs."""
        return self.vendor.own(pipeline.drift(self.comparison, self.vendor.output))


@click.command()
@asks_for_folders
@templates_option
@format_option("text", "json", "github", "sarif")
def check(asked: Asked, templates: Path | None, form: str) -> None:
    """Check that the artefacts are up to date with the documents.

    Does all that `generate` does except the writing, and shows what is missing, changed, orphaned
    or not generated at all, with a diff. Exit status 1 if anything is: made for CI. Where
    vendors.toml lists several vendors, all are checked, unless --vendor names one.
    """
    vendors = asked.all(form)
    refuse_overlaps(vendors, templates)
    compared: list[_Compared] = []
    diagnostics: list[Diagnostic] = []
    for vendor in vendors:
        built, found = pipeline.build(vendor.spec, templates, with_progress)
        if built is not None:
            comparison, failed = pipeline.compare(built, vendor.output)
            found += failed
            compared += [_Compared(vendor, built, comparison)] if comparison else []
        diagnostics += vendor.own(found)
    diagnostics = of_all_vendors(diagnostics)
    if form == "text":
        print_diagnostics(diagnostics)
        _show(compared)
    else:
        print_diagnostics_as(form, diagnostics + [one for each in compared for one in each.drift])
    if len(compared) < len(vendors):
        exit_with_errors(diagnostics)
    if not all(one.comparison.is_same for one in compared):
        sys.exit(FINDINGS)


def _show(compared: Sequence[_Compared]) -> None:
    """Prints each file that differs, with a diff, and the command that fixes it."""
    for one in compared:
        _show_drift(one)
    if not all(one.comparison.is_whole for one in compared):
        show(f"\nTo fix this: {command_with_folders('generate')}")


def _show_drift(compared: _Compared) -> None:
    comparison, output = compared.comparison, compared.vendor.output
    if comparison.is_same:
        show(format_summary(comparison, output))
    paint = painter(sys.stdout)
    for diagnostic in with_folders(compared.drift):
        show(format_diagnostic(diagnostic, paint))
    for path, data in comparison.changed.items():
        on_disk = Version(f"{output / path} (on disk)", data)
        generated = Version(f"{output / path} (as generated)", compared.built.tree[path].encode())
        show_diff(format_diff(on_disk, generated))
