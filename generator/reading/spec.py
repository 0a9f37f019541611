"""The folder of documents: vendor.toml, the documents, and the digests recorded beside them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import Diagnostic, Location, has_errors
from generator.model import Document, numbers_of
from generator.reading.digests import DIGESTS, edited, missing_documents, read_digests
from generator.reading.document import read_document
from generator.reading.grammar import Grammar, read_grammar
from generator.reading.source import read_bytes, read_text_file
from generator.settings import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from generator.model import Release

    Progress = Callable[[list[Path]], Iterable[Path]]
    """Goes through the documents while a person watches."""

VENDOR = "vendor.toml"


class Spec(NamedTuple):
    """All that a folder of documents says: the vendor's ways and the releases, in no order."""

    grammar: Grammar
    releases: tuple[Release, ...]


def read_spec(folder: Path, progress: Progress = list) -> tuple[Spec | None, list[Diagnostic]]:
    """The whole folder; None where anything in it is an error."""
    grammar, diagnostics = read_grammar_of(folder)
    if grammar is None:
        return None, diagnostics
    recorded, found = read_digests(folder)
    if found:
        return None, diagnostics + found
    files = sorted(folder.glob("*.md"))
    diagnostics += missing_documents(folder, recorded, {file.name for file in files})
    releases: list[Release] = []
    for file in progress(files):
        release, found = _read_recorded(file, grammar, recorded.get(file.name))
        diagnostics += found
        releases += [release] if release else []
    diagnostics += _strangers(folder)
    if not files:
        diagnostics.append(_no_documents(folder))
    if has_errors(diagnostics):
        return None, diagnostics
    diagnostics += _taken_within(folder, releases) or _unused(grammar, releases)
    spec = Spec(grammar, tuple(releases))
    return (None if has_errors(diagnostics) else spec), diagnostics


def read_grammar_of(folder: Path) -> tuple[Grammar | None, list[Diagnostic]]:
    """What a folder's vendor.toml says."""
    source, diagnostics = read_text_file(folder / VENDOR)
    if source is None:
        return None, diagnostics
    grammar, diagnostics = read_grammar(source)
    return (None if has_errors(diagnostics) else grammar), diagnostics


def read_file(
    file: Path, folder: Path, grammar: Grammar
) -> tuple[Release | None, list[Diagnostic]]:
    """One document, wherever it lies, with what the folder of documents has against it."""
    if file.parent.resolve() == folder.resolve():
        recorded, diagnostics = read_digests(folder)
        if diagnostics:
            return None, diagnostics
        release, diagnostics = _read_recorded(file, grammar, recorded.get(file.name))
    else:
        release, diagnostics = _read_stranger(file, grammar)
    if release is None:
        return None, diagnostics
    for taken in sorted(folder.glob("*.md")):
        if _is_named_after(taken, release) and taken.resolve() != file.resolve():
            diagnostics += _compare_stored(file, release, taken, grammar)
    return (None if has_errors(diagnostics) else release), diagnostics


def _read_stranger(file: Path, grammar: Grammar) -> tuple[Release | None, list[Diagnostic]]:
    """A document that is not in the folder, or not yet."""
    data, diagnostics = read_bytes(file)
    if data is None:
        return None, diagnostics
    document = Document(file.name, hashlib.sha256(data).hexdigest())
    return read_document(str(file), data, document, grammar)


def _is_named_after(file: Path, release: Release) -> bool:
    try:
        return numbers_of(file.stem) == release.build.numbers
    except ValueError:
        return False


def _compare_stored(
    file: Path, release: Release, taken: Path, grammar: Grammar
) -> list[Diagnostic]:
    """A finding where a release is in the folder already, and its document says something else."""
    data, diagnostics = read_bytes(taken)
    if data is None:
        return diagnostics
    stored, _ = read_document(str(taken), data, release.document, grammar)
    if stored is None or stored.content == release.content:
        return []
    return [_taken(str(file), release, taken)]


def _read_recorded(
    file: Path, grammar: Grammar, recorded: str | None
) -> tuple[Release | None, list[Diagnostic]]:
    """A document of the folder, once its bytes are what was recorded."""
    data, diagnostics = read_bytes(file)
    if data is None:
        return None, diagnostics
    digest = hashlib.sha256(data).hexdigest()
    if digest != recorded:
        return None, [edited(file, digest, recorded)]
    document = Document(f"{file.parent.resolve().name}/{file.name}", digest)
    release, diagnostics = read_document(str(file), data, document, grammar)
    if release is not None and file.stem != release.name:
        return None, [*diagnostics, _misnamed(file, release)]
    return release, diagnostics


def _no_documents(folder: Path) -> Diagnostic:
    return Diagnostic(
        "spec-unreadable",
        Location(str(folder)),
        "there is no document in this folder",
        mend="Put the vendor's document there, named after its release.",
        expected="at least one file such as r1.2.3.md",
        found="no file whose name ends in .md",
    )


def _misnamed(file: Path, release: Release) -> Diagnostic:
    return Diagnostic(
        "document-misnamed",
        Location(str(file)),
        f"this document is for the release {release.name}",
        mend=f"Rename it to {release.name}.md, here and in {DIGESTS}.",
        expected=f"{release.name}.md",
        found=file.name,
    )


def _taken_within(folder: Path, releases: list[Release]) -> list[Diagnostic]:
    """Two documents of the folder for one release: the names differ, their numbers do not."""
    first: dict[tuple[int, ...], Release] = {}
    taken: list[Diagnostic] = []
    for release in releases:
        other = first.setdefault(release.build.numbers, release)
        if other is not release:
            path = str(folder / f"{release.name}.md")
            taken.append(_taken(path, release, folder / f"{other.name}.md"))
    return taken


def _taken(path: str, release: Release, other: Path) -> Diagnostic:
    return Diagnostic(
        "release-taken",
        Location(path),
        f"the release {release.name} is there already, with another text",
        mend="Compare the two. A release has one document; if the vendor corrected it, replace "
        f"{other} and its digest.",
        expected=f"what {other} says",
        found="another text for the same release",
    )


_KNOWN = {VENDOR, DIGESTS}


def _strangers(folder: Path) -> list[Diagnostic]:
    """Files in the folder that nothing reads, as a document with another ending would be."""
    return [
        Diagnostic(
            "document-misnamed",
            Location(str(file)),
            "this file is not read: it has not the name of a document",
            mend="Rename it if it is a document, here and in the digests; else keep it elsewhere.",
            expected=f"a name such as r1.2.3.md, or {', '.join(sorted(_KNOWN))}",
            found=file.name,
        )
        for file in sorted(folder.iterdir())
        if file.suffix != ".md" and file.name not in _KNOWN and not file.name.startswith(".")
    ]


def _unused(grammar: Grammar, releases: list[Release]) -> list[Diagnostic]:
    """Rules and declared prose that no document uses."""
    sentences = [s for r in releases for _, e in r.entries for s in e.meaning.sentences]
    used = {sentence.rule for sentence in sentences}
    texts = {sentence.text for sentence in sentences}
    unused = [(f'id = "{r.id}"', f"the rule '{r.id}'") for r in grammar.rules if r.id not in used]
    unused += [(text, f"the prose '{text}'") for text in sorted(grammar.prose - texts)]
    return [
        Diagnostic(
            "rule-unused",
            locate(grammar.source.path, grammar.source.text, near),
            f"{what} is in no document",
            mend="Take it out, unless a document that needs it is about to come.",
        )
        for near, what in unused
    ]
