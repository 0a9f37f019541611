"""`generate`: documents → artefacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator import pipeline
from generator.commands.options import (
    output_option,
    refuse_sources,
    spec_option,
    templates_option,
)
from generator.commands.status import exit_with_errors
from generator.console import format_summary, print_diagnostics, show, with_progress

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@spec_option
@templates_option
@output_option
def generate(spec: Path, templates: Path | None, output: Path) -> None:
    """Write the artefacts that the documents make.

    Reads every document, renders every target in memory, and only then writes: leaves up-to-date
    files alone, deletes generated files that no template produces any more, and reports and keeps
    all others. With an error anywhere, nothing is written.
    """
    refuse_sources(output, spec, templates)
    failed = pipeline.finish_intake(spec)
    print_diagnostics(failed)
    if failed:
        exit_with_errors(failed)
    built, diagnostics = pipeline.build(spec, templates, with_progress)
    print_diagnostics(diagnostics)
    if built is None:
        exit_with_errors(diagnostics)
    comparison, failed = pipeline.write(built, output)
    print_diagnostics(failed)
    if comparison is None:
        exit_with_errors(failed)
    for path in (*comparison.missing, *comparison.changed):
        show(f"wrote    {output / path}")
    for path in comparison.orphaned:
        show(f"removed  {output / path}")
    for path in comparison.foreign:
        show(f"left     {output / path}, which was not generated")
    show(format_summary(comparison, output))
