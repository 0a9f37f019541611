"""The whole folder of documents: vendor.toml, each document, and the files beside them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from ..annotations import Annotations
from ..changes import ACCEPTED
from ..diagnostics import Diagnostic, Location, has_errors
from ..model import NOTHING_NAMED, Document
from ..reading.declarations import unfilled_fields
from ..reading.document import read_document
from ..reading.grammar import Grammar, read_grammar
from ..reading.source import read_bytes, read_text_file
from ..runtime.firmware import age, read_firmware
from ..settings import locate
from ..typography import fold_text
from .accepted import read_accepted
from .annotations import ANNOTATIONS, read_annotations, refuse_annotations
from .digests import DIGESTS, edited, missing_documents, read_digests
from .folder import Folder, stored_as
from .named import RELEASES, read_named
from .vendors import VENDOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ..diagnostics import Outcome
    from ..model import Named, Release

    Progress = Callable[[list[Path]], Iterable[Path]]
    """Iterates over the documents, showing a person how far it is."""


class Spec(NamedTuple):
    """What a folder of documents says; the releases are in no order.

    `annotations` are what other sources say.
    """

    grammar: Grammar
    releases: tuple[Release, ...]
    annotations: Annotations


def read_spec(folder: Folder, progress: Progress = list) -> Outcome[Spec]:
    """Reads the whole folder; None where anything in it is an error."""
    spec, diagnostics = read_spec_partly(folder, progress)
    return (None if has_errors(diagnostics) else spec), diagnostics


def read_spec_partly(folder: Folder, progress: Progress = list) -> Outcome[Spec]:
    """Reads the whole folder; with errors, what of it has none.

    None where no document can be read. What may only be the consequence of an error is left out.
    """
    grammar, diagnostics = read_grammar_of(folder.path)
    known, found = _read_records(folder, grammar)
    diagnostics += found
    files = folder.documents()
    if known.digests is not None:
        present = {file.name for file in files}
        diagnostics += missing_documents(folder.path, known.digests, present)
    releases: list[Release] = []
    for file in progress(files):
        release, found = _read_recorded(folder, file, grammar, known) if grammar else (None, [])
        diagnostics += found
        releases += [release] if release else []
    diagnostics += _unread_files(folder.path)
    if not files:
        diagnostics.append(_no_documents(folder.path))
    is_whole = not has_errors(diagnostics)
    annotations, found = read_annotations(folder, releases if is_whole else None)
    annotations = Annotations() if has_errors(found) else annotations
    diagnostics += found + _clashes_within(folder.path, releases)
    if grammar is None:
        return None, diagnostics
    if not grammar.vendor.sends_ocpp:
        diagnostics += refuse_annotations(folder)
    if is_whole:
        diagnostics += _unknown_packages(grammar, releases)
    return Spec(grammar, tuple(releases), annotations), diagnostics


class _Records(NamedTuple):
    """What is recorded beside the documents, by file name.

    The digests are None where they cannot be read; `has_all_named` says that nothing that a person
    named is in doubt.
    """

    digests: Mapping[str, str] | None
    named: Mapping[str, Named]
    has_all_named: bool


def _read_records(folder: Folder, grammar: Grammar | None) -> tuple[_Records, list[Diagnostic]]:
    """What is recorded; without a grammar, but for what a person named in the vendor's way."""
    digests, diagnostics = read_digests(folder)
    named, found = read_named(folder, grammar.vendor.scheme) if grammar else ({}, [])
    known = _Records(None if diagnostics else digests, named, not found)
    return known, diagnostics + found


def read_grammar_of(folder: Path) -> Outcome[Grammar]:
    """Reads a folder's vendor.toml, and what was accepted of its documents.

    With errors, what can still be used of it; None if nothing can.
    """
    if not (folder / VENDOR).exists():
        return None, [_no_vendor(folder)]
    source, diagnostics = read_text_file(folder / VENDOR)
    if source is None:
        return None, diagnostics
    grammar, diagnostics = read_grammar(source)
    accepted, found = read_accepted(Folder(folder), grammar and grammar.vendor.scheme)
    if grammar is not None:
        grammar = grammar._replace(accepted=accepted)
    return grammar, diagnostics + found


def read_file(file: Path, folder: Path, grammar: Grammar) -> Outcome[Release]:
    """Reads one document, wherever it is, and checks it against those of the folder."""
    if file.parent.resolve() == folder.resolve():
        known, diagnostics = _read_records(Folder(folder), grammar)
        release, found = _read_recorded(Folder(folder), file, grammar, known)
        diagnostics += found
    else:
        release, diagnostics = read_stranger(file, file.name, grammar)
    if release is None:
        return None, diagnostics
    for stored in sorted(folder.glob("*.md")):
        if stored.resolve() != file.resolve() and _may_clash(stored, release, grammar):
            diagnostics += _compare_stored(file, release, stored, grammar)
    return (None if has_errors(diagnostics) else release), diagnostics


def read_stranger(
    file: Path, name: str, grammar: Grammar, named: Named = NOTHING_NAMED
) -> Outcome[Release]:
    """Reads a document that is not in the folder, or not yet.

    `name` is what the release calls it, `named` what a person named of it.
    """
    data, diagnostics = read_bytes(file)
    if data is None:
        return None, diagnostics
    document = Document(name, hashlib.sha256(data).hexdigest())
    return read_document(str(file), data, document, grammar, named)


def _may_clash(stored: Path, release: Release, grammar: Grammar) -> bool:
    """Whether a document's name has the release's numbers; others cannot clash with it."""
    firmware = read_firmware(stored.stem, grammar.vendor.scheme.kind)
    is_named_alike = stored.stem.lower() == release.build.file_stem.lower()
    return is_named_alike or (firmware is not None and firmware.numbers == release.build.numbers)


def _compare_stored(
    file: Path, release: Release, stored: Path, grammar: Grammar
) -> list[Diagnostic]:
    """Diagnostics where a document of the folder clashes with this release."""
    data, diagnostics = read_bytes(stored)
    if data is None:
        return diagnostics
    known, _ = read_named(Folder(stored.parent), grammar.vendor.scheme)
    named = known.get(stored.name, NOTHING_NAMED)
    other, _ = read_document(str(stored), data, release.document, grammar, named)
    if other is None or other.content == release.content:
        return []
    return _clash(str(file), release, other, stored)


def _read_recorded(
    folder: Folder, file: Path, grammar: Grammar, known: _Records
) -> Outcome[Release]:
    """Reads a document of the folder, if its digest is the recorded one."""
    data, diagnostics = folder.read(file.name)
    if data is None:
        return None, diagnostics
    digest = hashlib.sha256(data).hexdigest()
    document = stored_as(folder.path, file.name, digest)
    named = known.named.get(file.name, NOTHING_NAMED)
    release, found = read_document(str(file), data, document, grammar, named)
    if known.digests is not None and known.digests.get(file.name) != digest:
        diagnostics = [edited(file, digest, known.digests.get(file.name))]
        if file.name in known.digests:
            # Whatever is wrong in it, the vendor's text is another; or it is another release's.
            is_other = release is not None and file.stem != release.build.file_stem
            return None, [misnamed(file, release)] if release and is_other else diagnostics
    if not known.has_all_named:
        found = [one for one in found if one.rule not in _OF_NAMED]
    diagnostics += found
    if release is not None and file.stem != release.build.file_stem:
        return None, [*diagnostics, misnamed(file, release)]
    return release, diagnostics


_OF_NAMED = frozenset(("release-unreadable", "release-unnamed"))
"""What may only be said because what a person named cannot be read."""


def _no_vendor(folder: Path) -> Diagnostic:
    return Diagnostic(
        "file-unreadable",
        Location(str(folder / VENDOR)),
        "this file is not there, and no document can be read without it",
        help="Check the name: --spec names the folder of documents. For another vendor write the "
        "file; CONTRIBUTING.md shows one, under 'Describe a vendor'. Where there are several, each "
        "in a folder of its own, list them in vendors.toml, as docs/vendors.md shows.",
        expected="what is known of the way the vendor writes",
        found="no such file",
    )


def _no_documents(folder: Path) -> Diagnostic:
    return Diagnostic(
        "spec-empty",
        Location(str(folder)),
        "there is no document in this folder",
        help="Take the vendor's document in:",
        expected="at least one document of the vendor's",
        found="no file whose name ends in .md",
        command=("add", "FILE"),
    )


def misnamed(file: Path, release: Release) -> Diagnostic:
    """Diagnostic for a document of the folder that is not named after its release."""
    name = f"{release.build.file_stem}.md"
    return Diagnostic(
        "document-misnamed",
        Location(str(file)),
        f"this document is for the release {release.name}",
        help=f"Rename it to {name}, here and in {DIGESTS}. If another release's text stood in this "
        "file, bring that back, and keep this one elsewhere.",
        expected=name,
        found=file.name,
    )


def _clashes_within(folder: Path, releases: list[Release]) -> list[Diagnostic]:
    """Diagnostics for two documents for one release, or for two that cannot be ordered."""
    by_numbers: dict[tuple[int, ...], list[Release]] = {}
    clashes: list[Diagnostic] = []
    for release in releases:
        alike = by_numbers.setdefault(release.build.numbers, [])
        for other in alike:
            path, stored = (folder / f"{one.build.file_stem}.md" for one in (release, other))
            clashes += _clash(str(path), release, other, stored)
        alike.append(release)
    return clashes


def _clash(path: str, release: Release, other: Release, stored: Path) -> list[Diagnostic]:
    """Diagnostic for two documents that cannot coexist: one build, one name, or no order."""
    is_same = other.build.firmware.is_one_with(release.build.firmware)
    if is_same or other.name.lower() == release.name.lower():
        return [taken(path, release, stored)]
    is_dated = release.published is not None and other.published is not None
    if age(other.build.firmware) != age(release.build.firmware) or (
        is_dated and other.published != release.published
    ):
        return []
    return [
        Diagnostic(
            "release-unordered",
            _release_line(path, release),
            f"whether this release or {other.name} is the newer cannot be determined",
            help="Compare both with the vendor's originals: a release line or a date may be wrong.",
            expected=f"other numbers, commits past the tag, or another day than in {stored}",
            found=f"{release.build} beside {other.build}",
        )
    ]


def taken(path: str, release: Release, stored: Path) -> Diagnostic:
    """Diagnostic for a release of which the folder has another text."""
    return Diagnostic(
        "release-taken",
        _release_line(path, release),
        f"the release {release.name} is there already, with another text",
        help="Compare the two. A release has one document; if the vendor corrected it:",
        expected=f"what {stored} says",
        found="another text for the same release",
        command=("add", "--replace", path),
    )


def _release_line(path: str, release: Release) -> Location:
    """The line in which a document names its release, or the document if it has none."""
    if release.layout.release_form is None:
        return Location(path)
    span = release.layout.head[release.layout.lines.index("release")].span
    return Location(path, span.line, span.column, span.end_column - span.column)


_KNOWN = {VENDOR, DIGESTS, RELEASES, ACCEPTED, ANNOTATIONS}


def _unread_files(folder: Path) -> list[Diagnostic]:
    """Diagnostics for files that nothing reads, such as a document with another ending."""
    return [
        Diagnostic(
            "document-misnamed",
            Location(str(file)),
            "this file is not read: its name is not that of a document",
            help="Rename it if it is a document, here and in the digests; else keep it elsewhere.",
            expected=f"a name such as r1.2.3.md, or {', '.join(sorted(_KNOWN))}",
            found=file.name,
        )
        for file in sorted(folder.iterdir())
        if file.suffix != ".md" and file.name not in _KNOWN and not file.name.startswith(".")
    ]


def _unknown_packages(grammar: Grammar, releases: list[Release]) -> list[Diagnostic]:
    """Diagnostics for package revisions of releases that are not there."""
    names = {release.name for release in releases}
    return [
        Diagnostic(
            "vendor-invalid",
            locate(grammar.source.path, grammar.source.text, name),
            "there is no such release to have packages of",
            help="Correct the release's name, or take the line out.",
            expected=f"one of {', '.join(sorted(names))}",
            found=name,
        )
        for name in grammar.package_revisions
        if name not in names
    ]


def unused_rules(grammar: Grammar, releases: Iterable[Release]) -> list[Diagnostic]:
    """Diagnostics for the rules, fields and declared prose that none of the documents uses."""
    sentences = [s for r in releases for _, e in r.entries for s in e.meaning.sentences]
    titles = [s for r in releases for section in r.sections for s in section.facts]
    facts = [sentence.fact for sentence in (*titles, *sentences) if sentence.fact]
    used = {fact.rule for fact in facts}
    texts = [fold_text(entry.meaning.text) for release in releases for _, entry in release.entries]
    unused = [(f'id = "{r.id}"', f"the rule '{r.id}'") for r in grammar.rules if r.id not in used]
    unused += [
        (prose, f"the prose '{prose}'")
        for folded, prose in grammar.prose.sentences.items()
        if not any(folded in text for text in texts)
    ]
    unfilled = unfilled_fields(grammar.fields, (fact.states for fact in facts), grammar.source)
    return unfilled + [
        Diagnostic(
            "rule-unused",
            locate(grammar.source.path, grammar.source.text, near),
            f"{what} is in no document",
            help="Take it out, unless a document that needs it is about to come.",
        )
        for near, what in unused
    ]
