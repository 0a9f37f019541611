"""`init`: starts a vendor by one of its documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import pipeline
from ..console import painter, print_diagnostics, show
from ..diagnostics import format_command, has_errors
from .options import document_type
from .status import exit_with_errors

if TYPE_CHECKING:
    from ..pipeline import Proposal


@click.command()
@click.argument("file", type=document_type)
@click.option(
    "--spec",
    type=click.Path(file_okay=False, path_type=Path),
    default="spec",
    show_default=True,
    help="Folder of the documents; it need not be there yet.",
)
def init(file: Path, spec: Path) -> None:
    """Start a vendor: propose its vendor.toml by the document FILE.

    Writes how FILE puts its head, its sections and its entries, which fields its entries have, and
    which sentences come back from entry to entry, as the rules that read them. What one document
    cannot show is marked as unsure, in the file and in the list that is printed.

    FILE is then read by that vendor.toml; what cannot be read yet is printed, and the exit status
    is 1 where there is an error. Correct the file, look at it with `lint FILE`, and take the
    document in with `add FILE`.
    """
    target = spec / "vendor.toml"
    if target.exists():
        raise click.UsageError(
            f"{target} is there already, and stays as it is. Name another folder with --spec, or "
            "move it away first."
        )
    proposal, diagnostics = pipeline.propose(file)
    print_diagnostics(diagnostics)
    if proposal is None and not diagnostics:
        raise click.UsageError(
            f"nothing in {file} looks like error codes: no two headings, paragraphs, bullets or "
            "rows of a table have one in the same place. A vendor.toml for it is written by hand."
        )
    if proposal is None:
        exit_with_errors(diagnostics)
    if failed := pipeline.write_new_file(target, proposal.text):
        print_diagnostics(failed)
        exit_with_errors(failed)
    show(f"wrote    {target}, by {proposal.entries} entries of {file}")
    _show_doubts(proposal, target)
    _, diagnostics = pipeline.read_document(file, spec)
    print_diagnostics(diagnostics)
    show(f"\nCorrect {target}; then: {format_command('add', str(file), '--spec', str(spec))}")
    if has_errors(diagnostics):
        exit_with_errors(diagnostics)


def _show_doubts(proposal: Proposal, target: Path) -> None:
    paint = painter(sys.stdout)
    show(f"\nunsure of {len(proposal.doubts)}:")
    for line, doubt in proposal.doubts:
        show(f"  {paint(f'{target}:{line}', 'place')}  {doubt}")
