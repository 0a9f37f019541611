"""`add`: takes a new firmware document in."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn

import click

from .. import pipeline
from ..changes import Additions
from ..console import (
    format_summary,
    painter,
    print_diagnostics,
    show,
    show_diff,
    with_progress,
)
from ..diagnostics import has_errors
from ..reports.additions import format_json, format_text
from ..reports.texts import Version, format_diff
from .options import document_type, format_option, templates_option
from .status import exit_with_errors
from .vendors import asks_for_folders, refuse_overlaps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..changes import Intake
    from ..diagnostics import Diagnostic
    from .vendors import Asked


def _day(text: str) -> date:
    """The day that a person gave."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise click.BadParameter(f"'{text}' is no day such as 2024-03-04.") from None


@click.command()
@click.argument("file", type=document_type)
@asks_for_folders
@templates_option
@format_option("text", "json")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option("--replace", is_flag=True, help="Replace the release's document by another text.")
@click.option(
    "--release",
    metavar="RELEASE",
    help="The release, such as r1.2.3-0-g0123abc or 5.32, where the document has no line for it, "
    "or an odd one. It is recorded beside the document.",
)
@click.option(
    "--date",
    "published",
    metavar="DATE",
    type=_day,
    help="When it was published, such as 2024-03-04, where documents have no line for that. It is "
    "recorded beside the document.",
)
def add(  # noqa: PLR0913, PLR0917 (click gives arguments by name)
    file: Path,
    asked: Asked,
    templates: Path | None,
    form: str,
    dry_run: bool,  # noqa: FBT001 (click gives arguments by name)
    replace: bool,  # noqa: FBT001
    release: str | None,
    published: date | None,
) -> None:
    """Take a new firmware document in.

    Reads FILE, shows what it changes against the releases before and behind it, stores it word for
    word under its release's name, records its digest, and writes the artefacts. With an error
    anywhere nothing changes at all; what could be read is shown all the same, marked as partial.

    Each code and sentence that no other release has is shown as it is published: the description,
    the facts with the rules that found them, and what was taken for prose. Read that: a sentence in
    wholly new words is prose to the program. With --format json all of it is data,
    one JSON document in every end of a call that is right: it says whether the document was added.
    """
    vendor = asked.one(file)
    refuse_overlaps([vendor], templates)
    spec = vendor.spec
    failed = [] if dry_run else pipeline.finish_intake(spec)
    if failed:
        print_diagnostics(vendor.own(failed))
        _end("refused", Additions(None, is_partial=True), failed, form)
    with nullcontext() if dry_run else pipeline.locked(spec):
        candidate, diagnostics = pipeline.read_candidate(file, spec, release, published)
        conflict = candidate.conflict(spec) if candidate and not replace else None
        if candidate and not candidate.is_partial and candidate.is_there:
            print_diagnostics(vendor.own(diagnostics))
            there = f"{spec / candidate.name} is there already, byte for byte; nothing to do."
            _tell(there, form)
            _end("already there", Additions(candidate.release, is_partial=False), [], form)
        diagnostics += [conflict] if conflict else []
        tried = candidate.refused if candidate and conflict else candidate
        built, found = pipeline.build_with(tried, spec, templates, with_progress)
        diagnostics = list(dict.fromkeys([*diagnostics, *found]))
        print_diagnostics(vendor.own(diagnostics))
        additions = _additions(file, candidate, built, spec, is_refused=conflict is not None)
        if form == "text" and (additions.differences or additions.published):
            if candidate:
                _show_additions(candidate, additions, built, spec)
            elif built:
                _show_entries(file, additions, built)
        if candidate and conflict:
            _show_conflict(candidate, spec, form)
        if candidate is None or built is None or has_errors(diagnostics):
            _end("refused", additions, diagnostics, form)
        if dry_run:
            would = f"\n{spec / candidate.name} would be written, and {vendor.output} after it."
            _tell(would, form)
            _end("would be added", additions, [], form)
        failed = _store(candidate, built, vendor, form)
        _end("refused" if failed else "added", additions, failed, form)


def _end(
    intake: Intake, additions: Additions, diagnostics: Sequence[Diagnostic], form: str
) -> NoReturn:
    """Ends the command: with `--format json` by the one document that it prints."""
    errors = sum(one.severity == "error" for one in diagnostics)
    if form == "json":
        show(format_json(additions, intake, errors))
    if intake == "refused":
        exit_with_errors(diagnostics)
    sys.exit()


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


def _additions(
    file: Path,
    candidate: pipeline.Candidate | None,
    built: pipeline.Built | None,
    spec: Path,
    *,
    is_refused: bool,
) -> Additions:
    """What the candidate adds, as far as it can be compared with all that the folder has."""
    if candidate is None:
        if built is None or not built.loaded.is_whole:
            return Additions(None, is_partial=True)
        return pipeline.additions_without_release(file, spec, built.loaded.catalogue.releases)
    is_first = built is None and not pipeline.has_documents(spec)
    if is_refused or not (is_first or (built and built.loaded.is_whole)):
        return Additions(candidate.release, candidate.is_partial)
    releases, accepted = (
        (built.loaded.catalogue.releases, built.loaded.accepted) if built else ((), ())
    )
    return pipeline.additions_of(candidate, releases, accepted)


def _show_additions(
    candidate: pipeline.Candidate,
    additions: Additions,
    built: pipeline.Built | None,
    spec: Path,
) -> None:
    """Prints what the candidate adds to the catalogue."""
    release = candidate.release
    known = built.loaded.catalogue.releases if built else ()
    day = release.published or "on a day that is not known (--date names it)"
    what = f"{release.build}, published {day}, {len(release.entries)} entries"
    show(f"{candidate.file}: {what}{' without errors' if candidate.is_partial else ''}")
    if known and known[-1].age > release.age:
        show(f"It is older than {known[-1].name}, the newest release.")
    documents = [*known, release]
    files = {one.document.path: str(spec / f"{one.build.file_stem}.md") for one in documents}
    show("\n" + format_text(additions, candidate.fields, files, painter(sys.stdout)))


def _show_entries(file: Path, additions: Additions, built: pipeline.Built) -> None:
    """Prints what a document adds of which it is not known which release it is for."""
    show(f"{file}: which release this is cannot be read, so it is compared with none")
    files = {one.side.meaning.source.document: str(file) for one in additions.published}
    fields = built.loaded.catalogue.vendor.fields
    show("\n" + format_text(additions, fields, files, painter(sys.stdout)))


def _store(
    candidate: pipeline.Candidate,
    built: pipeline.Built,
    vendor: pipeline.VendorFolders,
    form: str,
) -> list[Diagnostic]:
    """Stores the candidate and writes the artefacts; the errors where that failed."""
    _, spec, output = vendor
    comparison, failed = pipeline.store(candidate.files, spec, built, output)
    print_diagnostics(vendor.own(failed))
    if comparison is None:
        return failed
    lines = [f"wrote    {spec / name}" for name in candidate.files]
    folders = shlex.join([str(spec), str(output)])
    commit = f"git add {folders} && git commit -m 'Add {candidate.release.name}'"
    _tell("\n".join(["", *lines, format_summary(comparison, output)]), form)
    _tell(f"\nCommit both: {commit}", form)
    return []
