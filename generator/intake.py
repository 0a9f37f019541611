"""A firmware document taken in: read, tried together with all the others, and only then stored."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from generator import pipeline
from generator.diagnostics import has_errors
from generator.diff import diff
from generator.reading.document import read_document
from generator.reading.source import read_bytes
from generator.spec.builds import BUILDS, with_build
from generator.spec.digests import DIGESTS, with_digest
from generator.spec.documents import read_grammar_of
from generator.spec.folder import Folder, stored_as

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.changes import Difference
    from generator.diagnostics import Diagnostic
    from generator.model import Release
    from generator.pipeline import Built
    from generator.reading.grammar import Grammar
    from generator.runtime.firmware import Build
    from generator.spec.documents import Progress
    from generator.writing.tree import Comparison


class Candidate(NamedTuple):
    """A document that reads well, and what stands in the folder under its release's name.

    `stored` is that text, None where there is none; `files` are the folder's files that would be
    new, by their names.
    """

    release: Release
    data: bytes
    stored: bytes | None
    files: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """The file that it is stored in."""
        return f"{self.release.name}.md"

    @property
    def is_there(self) -> bool:
        """Whether it is in the folder already, to the letter."""
        return self.stored == self.data

    @property
    def is_another_text(self) -> bool:
        """Whether the folder has another text for the release."""
        return self.stored not in (None, self.data)


def read_candidate(
    file: Path, spec: Path, build: Build | None
) -> tuple[Candidate | None, list[Diagnostic]]:
    """The document in a file, wherever it lies; None where it has errors.

    `build` is what a person named where the document's own line for it is missing or odd.
    """
    grammar, diagnostics = read_grammar_of(spec)
    data, found = read_bytes(file)
    diagnostics += found
    if grammar is None or data is None:
        return None, diagnostics
    digest = hashlib.sha256(data).hexdigest()
    read = partial(read_document, str(file), data, grammar=grammar, build=build)
    release, found = read(stored_as(spec, file.name, digest))
    diagnostics += found
    if release is None:
        return None, diagnostics
    name = f"{release.name}.md"
    # Once more: its entries name the file that they will be in.
    release, _ = read(stored_as(spec, name, digest))
    stored, found = read_bytes(spec / name) if (spec / name).exists() else (None, [])
    if found or release is None:
        return None, diagnostics + found
    files = {name: data, DIGESTS: with_digest(Folder(spec), name, digest)}
    if release.layout.release_form is None and build is not None:
        files[BUILDS] = with_build(Folder(spec), name, build)
    return Candidate(release, data, stored, files), diagnostics


class Intake(NamedTuple):
    """A candidate among all the others: the artefacts they make, and what it changes.

    `differences` are those to the release before and from it to the one behind; for a corrected
    document the one to the text that it replaces comes first.
    """

    built: Built
    differences: tuple[Difference, ...]


def try_out(
    candidate: Candidate, spec: Path, templates: Path, progress: Progress = list
) -> tuple[Intake | None, list[Diagnostic]]:
    """What the folder would make with the candidate in it; None where there are errors."""
    built, diagnostics = pipeline.build(spec, templates, progress, candidate.files)
    if built is None:
        return None, diagnostics
    name = candidate.release.name
    differences = [
        chapter.difference
        for chapter in built.changelog
        if chapter.difference and name in (chapter.difference.old.name, chapter.difference.new.name)
    ]
    grammar, _ = read_grammar_of(spec)
    replaced = grammar and _stored_release(candidate, spec, grammar)
    if grammar and replaced:
        differences.append(diff(replaced, candidate.release, grammar.fields))
    return Intake(built, tuple(reversed(differences))), diagnostics


def _stored_release(candidate: Candidate, spec: Path, grammar: Grammar) -> Release | None:
    """What the text says that the candidate replaces, None where it replaces none."""
    if candidate.stored is None:
        return None
    path = str(spec / candidate.name)
    document = stored_as(spec, candidate.name, hashlib.sha256(candidate.stored).hexdigest())
    build = candidate.release.build
    release, found = read_document(path, candidate.stored, document, grammar)
    if release is None:
        release, found = read_document(path, candidate.stored, document, grammar, build)
    return None if has_errors(found) else release


def store(
    candidate: Candidate, intake: Intake, spec: Path, output: Path
) -> tuple[Comparison | None, list[Diagnostic]]:
    """Puts the document into the folder and the artefacts beside it, both or neither.

    Answers with how the artefacts stood before, None where it failed.
    """
    from generator.writing.intake import store as store_files

    built = intake.built
    return store_files(candidate.files, spec, built.tree, output, built.leftovers)
