"""`explain`: what a code means."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from .. import pipeline
from ..console import painter, print_diagnostics, show, with_progress
from ..reports.explanation import (
    find_code,
    format_code,
    format_releases,
    nearest_codes,
)
from .options import release_asked
from .status import FINDINGS, exit_with_errors
from .vendors import asks_for_vendor, complete_release, completing

if TYPE_CHECKING:
    from .vendors import Asked


def _complete_code(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Completes codes that begin with what was typed; none if the documents have errors."""
    vendor = completing(ctx)
    loaded = pipeline.load(vendor.spec)[0] if vendor and vendor.spec.is_dir() else None
    return [
        CompletionItem(code.code, help=code.meanings[0].description)
        for code in (loaded.catalogue.codes if loaded else ())
        if code.code.lower().startswith(incomplete.lower())
    ]


@click.command()
@click.argument("code", shell_complete=_complete_code)
@click.option(
    "--release",
    metavar="FIRMWARE",
    shell_complete=complete_release,
    help="As of this firmware, in any spelling that is seen in the field; default: the newest.",
)
@asks_for_vendor
def explain(code: str, release: str | None, asked: Asked) -> None:
    """Explain what CODE means.

    Shows every meaning with its facts, the release and the place in the document. Upper and lower
    case do not matter. For an unknown code, the nearest ones are named. For a firmware without a
    document of its own the nearest before it answers, else the oldest; for what names no firmware
    the newest. A note says so.
    """
    vendor = asked.one()
    loaded, diagnostics = pipeline.load(vendor.spec, with_progress)
    print_diagnostics(vendor.own(diagnostics))
    if loaded is None:
        exit_with_errors(diagnostics)
    whole = catalogue = loaded.catalogue
    if release is not None:
        found = release_asked(whole, release)
        catalogue = whole if found.match == "newest" else pipeline.as_of(whole, found.release)
    known = find_code(catalogue, code)
    if known is None:
        is_whole = catalogue is whole
        which = "No release has the" if is_whole else f"{catalogue.latest.name} has no"
        show(f"{which} code '{code}'.", err=True)
        if elsewhere := find_code(whole, code):
            show(f"Others have it: {format_releases(whole, elsewhere)}.", err=True)
        if nearest := nearest_codes(catalogue, code):
            show(f"Nearest: {', '.join(nearest)}", err=True)
        sys.exit(FINDINGS)
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    width = min(max(columns, 40), 100)
    paint = painter(sys.stdout)
    show(format_code(catalogue, known, whole, width, lambda text: paint(text, "strong")))
