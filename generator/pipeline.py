"""The whole run, pass by pass. Each pass is pure but the first, which reads, and the last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.catalogue import fold
from generator.changes import Chapter
from generator.diagnostics import Diagnostic, Location, has_errors
from generator.firmware import find, order, read_firmware
from generator.spec.documents import read_file, read_grammar_of, read_spec, read_stranger
from generator.spec.folder import Folder
from generator.writing.intake import is_unfinished

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.annotations import Annotations
    from generator.changes import Difference
    from generator.model import Catalogue, Release
    from generator.spec.documents import Progress
    from generator.writing.tree import Comparison


class Loaded(NamedTuple):
    """All releases folded together, and what each of them changed, the newest first.

    `annotations` are what is known from elsewhere: no part of the catalogue.
    """

    catalogue: Catalogue
    changelog: Sequence[Chapter]
    annotations: Annotations


class Built(NamedTuple):
    """The artefacts in memory, by their paths below the output folder, and what they were made of.

    `leftovers` are, by target, patterns of names that are none of ours and yet belong there.
    """

    tree: Mapping[str, str]
    leftovers: Mapping[str, Sequence[str]]
    catalogue: Catalogue
    changelog: Sequence[Chapter]
    annotations: Annotations


def load(
    spec: Path, progress: Progress = list, laid_over: Mapping[str, bytes] | None = None
) -> tuple[Loaded | None, list[Diagnostic]]:
    """Documents → catalogue, changelog and annotations; None where there are errors.

    `progress` goes through the documents while a person watches; `laid_over` are files of the
    folder that are not there yet.
    """
    if is_unfinished(spec):
        return None, [_unfinished(spec)]
    known, diagnostics = read_spec(Folder(spec, laid_over or {}), progress)
    if known is None:
        return None, diagnostics
    grammar = known.grammar
    catalogue = fold(grammar.vendor, known.releases, grammar.package_revisions)
    changelog: Sequence[Chapter] = [Chapter(catalogue.latest, None)]
    if len(catalogue.releases) > 1 or known.accepted:
        # Here and not above: of one release there is nothing to compare.
        from generator.diff import chapters

        changelog, found = chapters(catalogue.releases, known.accepted)
        diagnostics += found
    loaded = Loaded(catalogue, changelog, known.annotations)
    return (None if has_errors(diagnostics) else loaded), diagnostics


def finish(spec: Path) -> list[Diagnostic]:
    """Ends what an `add` began that was killed; a finding where that cannot be."""
    from generator.writing.intake import finish as finish_intake

    return finish_intake(spec) if is_unfinished(spec) else []


def _unfinished(spec: Path) -> Diagnostic:
    return Diagnostic(
        "intake-unfinished",
        Location(str(spec)),
        "a document was being taken in here when the run was stopped",
        help="ctek-codegen generate, which ends it",
        expected="a folder of documents with all of its files in place",
        found="files that wait",
    )


def build(
    spec: Path,
    templates: Path,
    progress: Progress = list,
    laid_over: Mapping[str, bytes] | None = None,
) -> tuple[Built | None, list[Diagnostic]]:
    """Documents → catalogue → artefacts in memory; None where there are errors."""
    # Here and not above: a command that renders nothing need not wait for jinja2.
    from generator.writing.render import render
    from generator.writing.target import read_targets

    loaded, diagnostics = load(spec, progress, laid_over)
    targets, found = read_targets(templates)
    diagnostics += found
    if loaded is None or has_errors(diagnostics):
        return None, diagnostics
    tree, found = render(*loaded, targets, templates)
    diagnostics += found
    leftovers = {target.name: target.leftovers for target in targets}
    built = Built(tree, leftovers, *loaded)
    return (None if has_errors(diagnostics) else built), diagnostics


def compare(built: Built, output: Path) -> tuple[Comparison | None, list[Diagnostic]]:
    """Artefacts in memory ↔ artefacts on disk; None where those cannot be read."""
    from generator.writing.staging import unreadable
    from generator.writing.tree import compare as compare_tree

    try:
        return compare_tree(built.tree, output, built.leftovers), []
    except OSError as error:
        return None, [unreadable(output, error)]


def write(built: Built, output: Path) -> tuple[Comparison | None, list[Diagnostic]]:
    """Artefacts in memory → artefacts on disk; how those stood before, None where it failed."""
    from generator.writing.tree import write as write_tree

    return write_tree(built.tree, output, built.leftovers)


class Compared(NamedTuple):
    """What changed between two releases.

    `paths` are the files by the documents' paths as the releases name them; `notes` say which
    release stands for a firmware that has no document of its own.
    """

    difference: Difference
    paths: Mapping[str, str]
    notes: Sequence[str]


def diff(
    old: str, new: str, spec: Path, progress: Progress = list
) -> tuple[Compared | None, list[Diagnostic]]:
    """Two releases, each by a firmware's name or a file → what changed from the one to the other.

    None where there are errors. Raises UnknownReleaseError where nothing is known by a name.
    """
    from generator.diff import accept
    from generator.diff import diff as compare_releases

    if is_unfinished(spec):
        return None, [_unfinished(spec)]
    known, diagnostics = read_spec(Folder(spec), progress)
    if known is None:
        return None, diagnostics
    releases = sorted(known.releases, key=order)
    sides: list[Release] = []
    paths = {one.document.path: str(spec / Path(one.document.path).name) for one in releases}
    notes: list[str] = []
    for asked in (old, new):
        if Path(asked).is_file():
            release, found = read_stranger(Path(asked), asked, known.grammar)
            diagnostics += found
            paths[asked] = asked
        else:
            release, note = named_release(releases, asked)
            notes += [note] if note else []
        sides += [release] if release else []
    if has_errors(diagnostics):
        return None, diagnostics
    difference = accept(compare_releases(*sides), known.accepted, releases)
    return Compared(difference, paths, notes), diagnostics


class UnknownReleaseError(ValueError):
    """No document answers for a firmware; the message says what there is."""


def named_release(releases: Sequence[Release], asked: str) -> tuple[Release, str | None]:
    """The release for a firmware, with a note where it is the nearest earlier one.

    `latest` is the newest, `previous` the one before it, or the newest if there is no other.
    `releases` are in order. Raises UnknownReleaseError.
    """
    if asked in ("latest", "previous"):
        return releases[-1 if asked == "latest" else -min(2, len(releases))], None
    known = f"Known are {', '.join(release.name for release in releases)}, latest and previous."
    firmware = read_firmware(asked)
    if firmware is None:
        raise UnknownReleaseError(f"'{asked}' names no firmware. {known}")
    found = find(releases, firmware)
    if found is None:
        raise UnknownReleaseError(f"'{asked}' is older than every document. {known}")
    release, is_exact = found
    note = f"{asked} has no document of its own; {release.name} is the nearest before it"
    return release, None if is_exact else note


def read_document(file: Path, spec: Path) -> tuple[Release | None, list[Diagnostic]]:
    """One document → its release, by what the folder of documents knows of the vendor."""
    grammar, diagnostics = read_grammar_of(spec)
    if grammar is None:
        return None, diagnostics
    release, found = read_file(file, spec, grammar)
    return release, diagnostics + found
