"""`parse`: one document → its release as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.commands.options import document_type, spec_option, stop
from generator.console import show, tell

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("file", type=document_type)
@spec_option
def parse(file: Path, spec: Path) -> None:
    """Print the release that FILE tells, as JSON.

    The form is that of generated/json/releases/: sections, entries, and each sentence with its
    place and the fact that it states.
    """
    from generator.contract import release_data, to_json
    from generator.pipeline import read_document

    release, diagnostics = read_document(file, spec)
    tell(diagnostics)
    if release is None:
        stop(diagnostics)
    show(to_json(release_data(release)))
