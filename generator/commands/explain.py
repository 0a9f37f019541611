"""`explain`: what a code means."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.commands.options import FINDINGS, complete_release, release_asked, spec_option, stop
from generator.console import painter, show, tell, watched

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem


def _complete_code(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes that begin with what was typed; nothing where the documents cannot be read."""
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from generator.pipeline import load

    spec = Path(ctx.params.get("spec") or "spec")
    loaded, _ = load(spec) if spec.is_dir() else (None, [])
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
    help="As of this firmware, in any spelling that is seen in the field; else the newest.",
)
@spec_option
def explain(code: str, release: str | None, spec: Path) -> None:
    """Tell what CODE means.

    Every meaning with its facts, the release and the place in the document. Upper and lower case
    do not matter. For a code that is not known, the nearest ones are named. A firmware without a
    document of its own stands for the nearest one before it.
    """
    import shutil

    from generator.catalogue import as_of
    from generator.pipeline import load
    from generator.reports.explanation import find, nearest
    from generator.reports.explanation import tell as explained

    loaded, diagnostics = load(spec, watched)
    tell(diagnostics)
    if loaded is None:
        stop(diagnostics)
    catalogue = loaded.catalogue
    if release is not None:
        catalogue = as_of(catalogue, release_asked(catalogue.releases, release))
    known = find(catalogue, code)
    if known is None:
        alike = nearest(catalogue, code)
        which = f"{catalogue.latest.name} has no" if release is not None else "No release has the"
        show(f"{which} code '{code}'.", err=True)
        if alike:
            show(f"Nearest: {', '.join(alike)}", err=True)
        sys.exit(FINDINGS)
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    width = min(max(columns, 40), 100)
    paint = painter(sys.stdout)
    show(explained(catalogue, known, width, lambda text: paint(text, "strong")))
