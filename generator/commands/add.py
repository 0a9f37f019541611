"""`add`: takes a new firmware document in."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from generator import pipeline
from generator.commands.options import (
    build_named,
    document_type,
    format_option,
    output_option,
    refuse_sources,
    spec_option,
    templates_option,
)
from generator.commands.status import exit_with_errors
from generator.console import (
    format_summary,
    painter,
    print_diagnostics,
    show,
    show_diff,
    with_progress,
)
from generator.diagnostics import has_errors
from generator.reports.additions import format_json, format_text
from generator.reports.texts import Version, format_diff

if TYPE_CHECKING:
    from pathlib import Path

    from generator.runtime.firmware import Build


@click.command()
@click.argument("file", type=document_type)
@spec_option
@templates_option
@output_option
@format_option("text", "json")
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
def add(  # noqa: PLR0913, PLR0917 (click gives arguments by name)
    file: Path,
    spec: Path,
    templates: Path | None,
    output: Path,
    form: str,
    dry_run: bool,  # noqa: FBT001 (click gives arguments by name)
    replace: bool,  # noqa: FBT001
    named: Build | None,
) -> None:
    """Take a new firmware document in.

    Reads FILE, shows what it changes against the releases before and behind it, stores it word for
    word under its release's name, records its digest, and writes the artefacts. With an error
    anywhere nothing changes at all; what could be read is shown all the same, marked as partial.

    Each code and sentence that no other release has is shown as it is published: the description,
    the facts with the rules that found them, and what was taken for prose. Read that: a sentence in
    wholly new words is prose to the program. With --format json all of it is data.
    """
    refuse_sources(output, spec, templates)
    failed = [] if dry_run else pipeline.finish_intake(spec)
    print_diagnostics(failed)
    if failed:
        exit_with_errors(failed)
    with nullcontext() if dry_run else pipeline.locked(spec):
        candidate, diagnostics = pipeline.read_candidate(file, spec, named)
        conflict = candidate.conflict(spec) if candidate and not replace else None
        if candidate and not candidate.is_partial and candidate.is_there:
            print_diagnostics(diagnostics)
            there = f"{spec / candidate.name} is there already, byte for byte; nothing to do."
            _tell(there, form)
            return
        diagnostics += [conflict] if conflict else []
        tried = candidate.refused if candidate and conflict else candidate
        built, found = pipeline.build_with(tried, spec, templates, with_progress)
        diagnostics = list(dict.fromkeys([*diagnostics, *found]))
        print_diagnostics(diagnostics)
        if candidate and built and built.loaded.is_whole and not conflict:
            _show_additions(candidate, built, spec, form)
        if candidate and conflict:
            _show_conflict(candidate, spec, form)
        if candidate is None or built is None or has_errors(diagnostics):
            exit_with_errors(diagnostics)
        if dry_run:
            would = f"\n{spec / candidate.name} would be written, and {output} after it."
            _tell(would, form)
            return
        _store(candidate, built, spec, output, form)


def _tell(text: str, form: str) -> None:
    """Prints a line for a person, beside the JSON on standard error."""
    show(text, err=form != "text")


def _show_conflict(candidate: pipeline.Candidate, spec: Path, form: str) -> None:
    """Prints a diff from the stored text to the candidate's, if they differ."""
    if candidate.stored == candidate.data:
        return
    stored = Version(str(spec / candidate.name), candidate.stored or b"")
    if form == "text":
        show_diff(format_diff(stored, Version(str(candidate.file), candidate.data)))


def _show_additions(
    candidate: pipeline.Candidate, built: pipeline.Built, spec: Path, form: str
) -> None:
    """Prints what the candidate adds to the catalogue."""
    release, catalogue = candidate.release, built.loaded.catalogue
    fields = catalogue.vendor.fields
    accepted = built.loaded.accepted
    additions = pipeline.additions_of(candidate, catalogue.releases, accepted, fields)
    if form == "json":
        show(format_json(additions))
        return
    what = f"{release.build}, published {release.published}, {len(release.entries)} entries"
    show(f"{candidate.file}: {what}{' without errors' if candidate.is_partial else ''}")
    if catalogue.latest.age > release.age:
        show(f"It is older than {catalogue.latest.name}, the newest release.")
    releases = [*catalogue.releases, release]
    files = {one.document.path: str(spec / f"{one.name}.md") for one in releases}
    show("\n" + format_text(additions, fields, files, painter(sys.stdout)))


def _store(
    candidate: pipeline.Candidate, built: pipeline.Built, spec: Path, output: Path, form: str
) -> None:
    comparison, failed = pipeline.store(candidate.files, spec, built, output)
    print_diagnostics(failed)
    if comparison is None:
        exit_with_errors(failed)
    lines = [f"wrote    {spec / name}" for name in candidate.files]
    folders = shlex.join([str(spec), str(output)])
    commit = f"git add {folders} && git commit -m 'Add {candidate.release.name}'"
    _tell("\n".join(["", *lines, format_summary(comparison, output)]), form)
    _tell(f"\nCommit both: {commit}", form)
