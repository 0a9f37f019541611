"""`lint`: what is wrong with documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.commands.options import document_type, format_option, spec_option, stop
from generator.console import tell_as, watched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.diagnostics import Diagnostic


@click.command()
@click.argument("files", metavar="FILE...", type=document_type, nargs=-1, required=True)
@spec_option
@format_option("text", "json", "github", "sarif")
def lint(files: Sequence[Path], spec: Path, form: str) -> None:
    """Print what is wrong with each FILE, and nothing else.

    For a document that is not in the folder of documents yet, too: what `generate` would say of
    it is said here. Text goes to standard error; the other formats, made for CI services, to
    standard output.
    """
    from generator.diagnostics import has_errors
    from generator.pipeline import read_document

    found: list[Diagnostic] = []
    for file in watched(list(files)):
        _, diagnostics = read_document(file, spec)
        found += diagnostics
    found = list(dict.fromkeys(found))
    tell_as(form, found)
    if has_errors(found):
        stop(found)
