"""The folder of documents: vendor.toml, the documents, and the digests recorded beside them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import Diagnostic, Location, has_errors
from generator.model import Document
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
    in_folder = file.resolve().parent == folder.resolve()
    data, diagnostics = read_bytes(file)
    if data is None:
        return None, diagnostics
    if in_folder:
        recorded, diagnostics = read_digests(folder)
        if diagnostics:
            return None, diagnostics
        return _read_recorded(file, grammar, recorded.get(file.name))
    document = Document(file.name, hashlib.sha256(data).hexdigest())
    release, diagnostics = read_document(str(file), data, document, grammar)
    taken = folder / f"{release.name}.md" if release else None
    if release is None or taken is None or not taken.is_file():
        return release, diagnostics
    stored, _ = read_document(str(taken), taken.read_bytes(), document, grammar)
    if stored is not None and stored.content != release.content:
        diagnostics.append(_taken(str(file), release, str(taken)))
    return (None if has_errors(diagnostics) else release), diagnostics


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
    document = Document(f"{file.resolve().parent.name}/{file.name}", digest)
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
        expected="at least one file such as r4.4.3.md",
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
    """Two documents of the folder with one build between them: the names differ, builds do not."""
    first: dict[str, Release] = {}
    taken: list[Diagnostic] = []
    for release in releases:
        other = first.setdefault(release.name.lower(), release)
        if other is not release:
            taken.append(_taken(str(folder / f"{release.name}.md"), release, f"{other.name}.md"))
    return taken


def _taken(path: str, release: Release, other: str) -> Diagnostic:
    return Diagnostic(
        "release-taken",
        Location(path),
        f"the release {release.name} is there already, with another text",
        mend="Compare the two. A release has one document; if the vendor corrected it, replace "
        f"{other} and its digest.",
        expected=f"what {other} says",
        found="another text for the same release",
    )


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
