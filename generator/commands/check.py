"""`check`: whether the artefacts are up to date with the documents."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator import pipeline
from generator.commands.options import (
    format_option,
    output_option,
    refuse_sources,
    spec_option,
    templates_option,
)
from generator.commands.status import FINDINGS, exit_with_errors
from generator.console import (
    format_summary,
    painter,
    print_diagnostics,
    print_diagnostics_as,
    show,
    show_diff,
    with_folders,
    with_progress,
)
from generator.diagnostics import command
from generator.reports.terminal import format_diagnostic
from generator.reports.texts import Version, format_diff

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@spec_option
@templates_option
@output_option
@format_option("text", "json", "github", "sarif")
def check(spec: Path, templates: Path | None, output: Path, form: str) -> None:
    """Check that the artefacts are up to date with the documents.

    Does all that `generate` does except the writing, and shows what is missing, changed, orphaned
    or not generated at all, with a diff. Exit status 1 if anything is: made for CI.
    """
    refuse_sources(output, spec, templates)
    built, diagnostics = pipeline.build(spec, templates, with_progress)
    comparison = None
    if built is not None:
        comparison, failed = pipeline.compare(built, output)
        diagnostics += failed
    if built is None or comparison is None:
        print_diagnostics_as(form, diagnostics)
        exit_with_errors(diagnostics)
    if form == "text":
        print_diagnostics(diagnostics)
        _show(comparison, built, output)
    else:
        print_diagnostics_as(form, [*diagnostics, *pipeline.drift(comparison, output)])
    if not comparison.is_same:
        sys.exit(FINDINGS)


def _show(comparison: pipeline.Comparison, built: pipeline.Built, output: Path) -> None:
    """Prints each file that differs, with a diff, and the command that fixes it."""
    if comparison.is_same:
        show(format_summary(comparison, output))
        return
    paint = painter(sys.stdout)
    for diagnostic in pipeline.drift(comparison, output):
        shown = diagnostic._replace(help=with_folders(diagnostic.help))
        show(format_diagnostic(shown, paint))
    for path, data in comparison.changed.items():
        on_disk = Version(f"{output / path} (on disk)", data)
        generated = Version(f"{output / path} (as generated)", built.tree[path].encode())
        show_diff(format_diff(on_disk, generated))
    if not comparison.is_whole:
        show(f"\nTo fix this: {with_folders(command('generate'))}")
