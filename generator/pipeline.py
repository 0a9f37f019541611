"""The passes by their names, in their order. The one door by which commands reach them.

A pass returns its result with its diagnostics; the result is None where one of these is an error.
`progress` iterates over the documents while a person watches; `overlay` are files that the folder
of documents is to have as well. All but `read_vendors` are of one vendor.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .catalogue import FoundRelease, as_of, find_release, fold_releases
from .decoding.catalogue import decoder_of
from .decoding.lines import DecodedLine, decode_line
from .decoding.messages import read_lines
from .diagnostics import has_errors
from .diff import accept, chapters
from .diff import diff as diff_releases
from .proposing.proposal import Proposal
from .reading.source import read_bytes, read_source
from .spec.accepted import check_accepted
from .spec.asked import Compared, UnknownReleaseError, read_asked
from .spec.candidate import (
    Candidate,
    additions_of,
    additions_without_release,
    read_candidate,
)
from .spec.documents import (
    read_file,
    read_grammar_of,
    read_spec,
    read_spec_partly,
    unused_rules,
)
from .spec.folder import Folder
from .spec.vendors import VendorFolders, overlap, read_vendors
from .writing.intake import check_finished, finish_intake, store
from .writing.single import check_writable, write_file, write_new_file
from .writing.staging import locked
from .writing.target import read_targets
from .writing.tree import Artefacts, Comparison, compare, drift, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .annotations import Annotations
    from .changes import Acceptance, Chapter, Difference
    from .diagnostics import Outcome
    from .model import Catalogue, Release
    from .spec.documents import Progress, Spec

    Overlay = Mapping[str, bytes] | None

__all__ = [  # noqa: RUF022 (by what they are for)
    "VendorFolders", "read_vendors", "overlap",
    "read_document", "read_folder", "Loaded", "load", "as_of", "FoundRelease", "find_release",
    "Built", "build", "build_with", "Comparison", "compare", "drift", "write",
    "Candidate", "read_candidate", "additions_of", "additions_without_release",
    "has_documents", "store", "finish_intake", "locked",
    "Compared", "diff", "UnknownReleaseError", "Proposal", "propose",
    "decoder_of", "DecodedLine", "read_lines", "decode_line", "check_writable", "write_file",
    "write_new_file",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """All releases folded together, what each of them changed, and what is known from elsewhere.

    `is_whole` says that every document of the folder could be read.
    """

    is_whole: bool
    catalogue: Catalogue
    changelog: Sequence[Chapter]
    accepted: Sequence[Acceptance]
    annotations: Annotations


@dataclass(frozen=True, slots=True)
class Built(Artefacts):
    """The artefacts in memory, and what they were rendered from."""

    loaded: Loaded


def read_document(file: Path, folder: Path) -> Outcome[Release]:
    """One document → its release, by the rules of a folder of documents."""
    grammar, diagnostics = read_grammar_of(folder)
    if grammar is None:
        return None, diagnostics
    release, found = read_file(file, folder, grammar)
    diagnostics += found
    return (None if has_errors(diagnostics) else release), diagnostics


def read_folder(folder: Path, progress: Progress = list, overlay: Overlay = None) -> Outcome[Spec]:
    """The folder of documents → its releases and side files."""
    if unfinished := check_finished(folder):
        return None, unfinished
    return read_spec(Folder(folder, overlay or {}), progress)


def load(folder: Path, progress: Progress = list, overlay: Overlay = None) -> Outcome[Loaded]:
    """The folder of documents → catalogue, changelog and annotations."""
    loaded, diagnostics = load_partly(folder, progress, overlay)
    return (None if has_errors(diagnostics) else loaded), diagnostics


def load_partly(
    folder: Path, progress: Progress = list, overlay: Overlay = None
) -> Outcome[Loaded]:
    """The same; with errors, of what could be read.

    None where no release could be, or where it is not known what the packages are called.
    """
    if unfinished := check_finished(folder):
        return None, unfinished
    documents = Folder(folder, overlay or {})
    spec, diagnostics = read_spec_partly(documents, progress)
    if spec is None or not spec.releases or not spec.grammar.vendor.package:
        return None, diagnostics
    catalogue = fold_releases(spec.grammar.vendor, spec.releases, spec.grammar.package_revisions)
    accepted = spec.grammar.accepted
    changelog = chapters(catalogue.releases, accepted.changes, spec.grammar.fields)
    if not has_errors(diagnostics):  # else a release that brings the change may not be there
        diagnostics += check_accepted(accepted, changelog, catalogue.vendor.scheme)
        diagnostics += unused_rules(spec.grammar, spec.releases)
    is_whole = len(spec.releases) == len(documents.documents())
    return Loaded(is_whole, catalogue, changelog, accepted.changes, spec.annotations), diagnostics


def build(
    folder: Path, templates: Path | None, progress: Progress = list, overlay: Overlay = None
) -> Outcome[Built]:
    """The folder of documents → catalogue → artefacts in memory."""
    built, diagnostics = build_partly(folder, templates, progress, overlay)
    return (None if has_errors(diagnostics) else built), diagnostics


def build_partly(
    folder: Path, templates: Path | None, progress: Progress = list, overlay: Overlay = None
) -> Outcome[Built]:
    """The same; with errors, of what could be read, so that those of templates are found too."""
    from .writing.render import render  # noqa: PLC0415 (most commands need no jinja2)

    loaded, diagnostics = load_partly(folder, progress, overlay)
    targets, found = read_targets(templates)
    diagnostics += found
    if loaded is None:
        return None, diagnostics
    catalogue, changelog, annotations = loaded.catalogue, loaded.changelog, loaded.annotations
    tree, found = render(catalogue, changelog, annotations, targets)
    diagnostics += found
    return Built(tree, {target.name: target.leftovers for target in targets}, loaded), diagnostics


def build_with(
    candidate: Candidate | None, folder: Path, templates: Path | None, progress: Progress = list
) -> Outcome[Built]:
    """What a folder makes once it takes a candidate in, as far as both could be read.

    A candidate with errors is not among the documents. That there are none is then no error, as the
    folder waits for its first; nor is it said what waits for a document, which may be this one.
    """
    overlay = candidate.files if candidate else {}
    built, diagnostics = build_partly(folder, templates, progress, overlay)
    if not overlay:
        diagnostics = [one for one in diagnostics if one.rule not in _WAITING]
    return built, diagnostics


_WAITING = {"spec-empty", "acceptance-waiting"}
"""What is said of a folder that lacks a document."""


def propose(file: Path) -> Outcome[Proposal]:
    """A document of a vendor that is not known yet → the text of a vendor.toml to go on from.

    None without a diagnostic where nothing in it looks like codes.
    """
    from .proposing.vendor_file import propose_vendor  # noqa: PLC0415 (for `init` alone)

    data, diagnostics = read_bytes(file)
    if data is None:
        return None, diagnostics
    source, diagnostics = read_source(str(file), data)
    return (propose_vendor(source) if source else None), diagnostics


def has_documents(folder: Path) -> bool:
    """Whether the folder has a document, or waits for its first."""
    return bool(Folder(folder).documents())


def diff(old: str, new: str, folder: Path, progress: Progress = list) -> Outcome[Compared]:
    """Two releases, by a firmware's name or a file → what changed from the one to the other.

    Raises UnknownReleaseError where nothing is known by a name.
    """
    spec, diagnostics = read_folder(folder, progress)
    if spec is None:
        return None, diagnostics
    before, found = read_asked(old, folder, spec)
    diagnostics += found
    after, found = read_asked(new, folder, spec)
    diagnostics += found
    if before is None or after is None or has_errors(diagnostics):
        return None, diagnostics
    grammar = spec.grammar
    diagnostics += unused_rules(grammar, [*spec.releases, before.release, after.release])
    difference = diff_releases(before.release, after.release, grammar.fields)
    accepted = accept(difference, grammar.accepted.changes, spec.releases)
    return Compared(accepted, before, after, _steps(difference, spec)), diagnostics


def _steps(difference: Difference, spec: Spec) -> list[Difference]:
    """The differences of neighbours on the way that one makes; none where it leads back."""
    old, new = difference.old, difference.new
    inner = [one for one in spec.releases if old.age < one.age < new.age]
    way = [old, *sorted(inner, key=lambda release: release.age), new] if old.age < new.age else []
    return [diff_releases(*both, spec.grammar.fields) for both in pairwise(way)]
