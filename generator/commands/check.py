"""`check`: whether the artefacts are what the documents say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.commands.options import (
    FINDINGS,
    format_option,
    output_option,
    refuse_sources,
    spec_option,
    stop,
    templates_option,
)
from generator.console import formatted, show, show_diff, summary, tell, tell_as, watched

if TYPE_CHECKING:
    from pathlib import Path

    from generator.pipeline import Built
    from generator.writing.tree import Comparison


@click.command()
@spec_option
@templates_option
@output_option
@format_option("text", "json", "github", "sarif")
def check(spec: Path, templates: Path, output: Path, form: str) -> None:
    """Tell whether the artefacts are what the documents say.

    Does all that `generate` does but the writing, and shows what is missing, changed, orphaned or
    not generated at all, with a diff. Exit status 1 if anything is: made for CI.
    """
    from generator.pipeline import build, compare
    from generator.writing.tree import drift

    refuse_sources(output, spec, templates)
    built, diagnostics = build(spec, templates, watched)
    comparison = None
    if built is not None:
        comparison, failed = compare(built, output)
        diagnostics += failed
    if built is None or comparison is None:
        tell_as(form, diagnostics)
        stop(diagnostics)
    if form == "text":
        tell(diagnostics)
        _show(comparison, built, output)
    else:
        tell_as(form, [*diagnostics, *drift(comparison, output)])
    if not comparison.is_same:
        sys.exit(FINDINGS)


def _show(comparison: Comparison, built: Built, output: Path) -> None:
    """Each file that differs, and how to fix it, as text."""
    from generator.writing.tree import difference, drift

    if comparison.is_same:
        show(summary(comparison, output))
        return
    for diagnostic in drift(comparison, output):
        show(formatted(diagnostic, sys.stdout))
    for path in comparison.changed:
        show_diff(difference(path, built.tree, output))
    if comparison.missing or comparison.changed or comparison.orphaned:
        show(f"\nTo fix this: {_generate_command()}")


def _generate_command() -> str:
    """The command that fixes what `check` found, with the options that it was given."""
    context = click.get_current_context()
    given = [
        f"{parameter.opts[0]} {context.params[parameter.name]}"
        for parameter in context.command.params
        if parameter.name in ("spec", "templates", "output")
        and context.get_parameter_source(parameter.name) is click.core.ParameterSource.COMMANDLINE
    ]
    return " ".join(["ctek-codegen generate", *given])
