"""`parse`: one document → its release as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import pipeline
from ..console import print_diagnostics, show
from ..reports.releases import format_release
from .options import document_type
from .status import exit_with_errors
from .vendors import asks_for_vendor

if TYPE_CHECKING:
    from pathlib import Path

    from .vendors import Asked


@click.command()
@click.argument("file", type=document_type)
@asks_for_vendor
def parse(file: Path, asked: Asked) -> None:
    """Print the release that FILE describes, as JSON.

    The form is that of generated/json/releases/: sections, entries, and each sentence with its
    place and the fact that it states.
    """
    vendor = asked.one(file)
    release, diagnostics = pipeline.read_document(file, vendor.spec)
    print_diagnostics(vendor.own(diagnostics))
    if release is None:
        exit_with_errors(diagnostics)
    show(format_release(release))
