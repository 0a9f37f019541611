"""`generate`: documents → artefacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.commands.options import (
    output_option,
    refuse_sources,
    spec_option,
    stop,
    templates_option,
)
from generator.console import show, summary, tell, watched

if TYPE_CHECKING:
    from pathlib import Path

    from generator.writing.tree import Comparison


@click.command()
@spec_option
@templates_option
@output_option
def generate(spec: Path, templates: Path, output: Path) -> None:
    """Write the artefacts that the documents make.

    Reads every document, renders every target in memory, and only then writes: files that are
    as they should be are not touched, generated files that nothing makes any more are removed,
    files of others are reported and left. With an error anywhere, nothing is written.
    """
    from generator.pipeline import build, finish, write

    refuse_sources(output, spec, templates)
    failed = finish(spec)
    tell(failed)
    if failed:
        stop(failed)
    built, diagnostics = build(spec, templates, watched)
    tell(diagnostics)
    if built is None:
        stop(diagnostics)
    comparison, failed = write(built, output)
    tell(failed)
    if comparison is None:
        stop(failed)
    for path in (*comparison.missing, *comparison.changed):
        show(f"wrote    {output / path}")
    for path in comparison.orphaned:
        show(f"removed  {output / path}")
    _tell_foreign(comparison, output)
    show(summary(comparison, output))


def _tell_foreign(comparison: Comparison, output: Path) -> None:
    """The files that were not generated and are left."""
    from generator.writing.tree import drift

    tell([d for d in drift(comparison, output) if d.rule == "file-foreign"])
