"""`add`: takes a new firmware document in."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, NoReturn

import click

from generator import pipeline
from generator.commands.options import (
    build_named,
    document_type,
    output_option,
    refuse_sources,
    spec_option,
    templates_option,
)
from generator.commands.status import FINDINGS, exit_with_errors
from generator.console import (
    format_summary,
    painter,
    print_diagnostics,
    show,
    show_diff,
    with_progress,
)
from generator.reports.differences import format_text
from generator.reports.texts import Version, format_diff

if TYPE_CHECKING:
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.runtime.firmware import Build


@click.command()
@click.argument("file", type=document_type)
@spec_option
@templates_option
@output_option
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option("--replace", is_flag=True, help="Replace the release's document by another text.")
@click.option(
    "--build",
    "named",
    metavar="BUILD",
    type=build_named,
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
    named: Build | None,
) -> None:
    """Take a new firmware document in.

    Reads FILE, shows what it changes against the releases before and behind it, stores it word for
    word under its release's name, records its digest, and writes the artefacts. With an error
    anywhere nothing changes at all.
    """
    refuse_sources(output, spec, templates)
    failed = [] if dry_run else pipeline.finish_intake(spec)
    print_diagnostics(failed)
    if failed:
        exit_with_errors(failed)
    with nullcontext() if dry_run else pipeline.locked(spec):
        candidate, diagnostics = pipeline.read_candidate(file, spec, named)
        print_diagnostics(diagnostics)
        if candidate is None:
            exit_with_errors(diagnostics)
        if candidate.is_there:
            show(f"{spec / candidate.name} is there already, byte for byte; nothing to do.")
            return
        conflict = candidate.conflict(spec)
        if conflict and not replace:
            _refuse(candidate, conflict, spec)
        built, diagnostics = pipeline.build(spec, templates, with_progress, candidate.files)
        print_diagnostics(diagnostics)
        if built is None:
            exit_with_errors(diagnostics)
        _show_changes(candidate, built, spec)
        if dry_run:
            show(f"\n{spec / candidate.name} would be written, and {output} after it.")
            return
        _store(candidate, built, spec, output)


def _refuse(candidate: pipeline.Candidate, conflict: Diagnostic, spec: Path) -> NoReturn:
    """Ends with the conflict, and a diff from the stored text to the candidate's if they differ."""
    print_diagnostics([conflict])
    if candidate.stored == candidate.data:
        sys.exit(FINDINGS)
    stored = Version(str(spec / candidate.name), candidate.stored or b"")
    show_diff(format_diff(stored, Version(str(candidate.file), candidate.data)))
    sys.exit(FINDINGS)


def _show_changes(candidate: pipeline.Candidate, built: pipeline.Built, spec: Path) -> None:
    release, catalogue = candidate.release, built.loaded.catalogue
    what = f"{release.build}, published {release.published}, {len(release.entries)} entries"
    show(f"{candidate.file}: {what}")
    if catalogue.latest.name != release.name:
        show(f"It is older than {catalogue.latest.name}, the newest release.")
    files = {one.document.path: str(spec / f"{one.name}.md") for one in catalogue.releases}
    changelog, fields = built.loaded.changelog, catalogue.vendor.fields
    for difference in pipeline.differences_made_by(candidate, changelog, fields):
        show("\n" + format_text(difference, files, painter(sys.stdout)))


def _store(candidate: pipeline.Candidate, built: pipeline.Built, spec: Path, output: Path) -> None:
    comparison, failed = pipeline.store(candidate.files, spec, built, output)
    print_diagnostics(failed)
    if comparison is None:
        exit_with_errors(failed)
    show("")
    for name in candidate.files:
        show(f"wrote    {spec / name}")
    show(format_summary(comparison, output))
    folders = shlex.join([str(spec), str(output)])
    show(f"\nCommit both: git add {folders} && git commit -m 'Add {candidate.release.name}'")
