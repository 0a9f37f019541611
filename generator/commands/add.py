"""`add`: takes a new firmware document in."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, NoReturn

import click

from generator.commands.options import (
    FINDINGS,
    document_type,
    output_option,
    refuse_sources,
    spec_option,
    stop,
    templates_option,
)
from generator.console import painter, show, show_diff, summary, tell, watched

if TYPE_CHECKING:
    from pathlib import Path

    from generator.intake import Candidate, Intake


@click.command()
@click.argument("file", type=document_type)
@spec_option
@templates_option
@output_option
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option("--replace", is_flag=True, help="Replace the release's document by another text.")
@click.option(
    "--build",
    metavar="BUILD",
    help="The build, such as r1.2.3-0-g0123abc, where the document's own line for it is missing "
    "or odd. It is recorded beside the document.",
)
def add(
    file: Path,
    spec: Path,
    templates: Path,
    output: Path,
    dry_run: bool,  # noqa: FBT001 (click gives arguments by name)
    replace: bool,  # noqa: FBT001
    build: str | None,
) -> None:
    """Take a new firmware document in.

    Reads FILE, shows what it changes against the releases before and behind it, stores it word for
    word under its release's name, records its digest, and writes the artefacts. With an error
    anywhere nothing changes at all.
    """
    from generator.intake import read_candidate, try_out
    from generator.pipeline import finish
    from generator.runtime.firmware import read_build
    from generator.writing.staging import locked

    refuse_sources(output, spec, templates)
    named = read_build(build) if build else None
    if build and named is None:
        raise click.BadParameter(f"'{build}' is no build such as r1.2.3-0-g0123abc.")
    failed = [] if dry_run else finish(spec)
    tell(failed)
    if failed:
        stop(failed)
    with nullcontext() if dry_run else locked(spec):
        candidate, diagnostics = read_candidate(file, spec, named)
        tell(diagnostics)
        if candidate is None:
            stop(diagnostics)
        if candidate.is_there:
            show(f"{spec / candidate.name} is there already, to the letter; nothing to do.")
            return
        if candidate.is_another_text and not replace:
            _refuse(candidate, file, spec)
        intake, diagnostics = try_out(candidate, spec, templates, watched)
        tell(diagnostics)
        if intake is None:
            stop(diagnostics)
        _show_changes(candidate, intake, spec, file)
        if dry_run:
            show(f"\n{spec / candidate.name} would be written, and {output} after it.")
            return
        _store(candidate, intake, spec, output)


def _refuse(candidate: Candidate, file: Path, spec: Path) -> NoReturn:
    """Ends where the folder has another text for the release, with a diff of the two."""
    from generator.spec.documents import taken
    from generator.writing.tree import text_difference

    stored = spec / candidate.name
    tell([taken(str(file), candidate.release, stored)])
    old = (str(stored), candidate.stored or b"")
    show_diff(text_difference(old, (str(file), candidate.data)))
    sys.exit(FINDINGS)


def _show_changes(candidate: Candidate, intake: Intake, spec: Path, file: Path) -> None:
    from generator.reports.differences import tell as told

    catalogue = intake.built.catalogue
    paths = {one.document.path: str(spec / f"{one.name}.md") for one in catalogue.releases}
    paint = painter(sys.stdout)
    release = candidate.release
    show(f"{file}: {release.build}, published {release.published}, {len(release.entries)} entries")
    if catalogue.latest.name != release.name:
        show(f"It is older than {catalogue.latest.name}, the newest release.")
    for difference in intake.differences:
        show("\n" + told(difference, paths, paint))


def _store(candidate: Candidate, intake: Intake, spec: Path, output: Path) -> None:
    from generator.intake import store

    comparison, failed = store(candidate, intake, spec, output)
    tell(failed)
    if comparison is None:
        stop(failed)
    show("")
    for name in candidate.files:
        show(f"wrote    {spec / name}")
    show(summary(comparison, output))
    show(f"\nCommit both: git add {spec} {output} && git commit -m 'Add {candidate.release.name}'")
