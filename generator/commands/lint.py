"""`lint`: what is wrong with documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import pipeline
from ..console import print_diagnostics_as, show, with_progress
from ..diagnostics import has_errors
from .options import document_type, format_option
from .status import exit_with_errors
from .vendors import asks_for_vendor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..diagnostics import Diagnostic
    from .vendors import Asked


@click.command()
@click.argument("files", metavar="FILE...", type=document_type, nargs=-1, required=True)
@asks_for_vendor
@format_option("text", "json", "github", "sarif")
def lint(files: Sequence[Path], asked: Asked, form: str) -> None:
    """Print what is wrong with each FILE, and nothing else.

    FILE need not be in the folder of documents yet: whatever `generate` would report once it is
    there is reported now. Text goes to standard error; the other formats, made for CI services, to
    standard output. What was accepted is counted, and listed in the other formats.
    """
    vendors = asked.each(files, form)
    diagnostics: list[Diagnostic] = []
    for file, vendor in zip(with_progress(list(files)), vendors, strict=True):
        _, found = pipeline.read_document(file, vendor.spec)
        diagnostics += vendor.own(found)
    diagnostics = list(dict.fromkeys(diagnostics))
    print_diagnostics_as(form, diagnostics)
    accepted = sum(diagnostic.accepted is not None for diagnostic in diagnostics)
    if accepted and form == "text":
        show(f"{accepted} accepted", err=True)
    if has_errors(diagnostics):
        exit_with_errors(diagnostics)
