"""A document that may be taken into the folder: read first, stored only once all is well."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagnostics import has_errors
from generator.diff import diff
from generator.reading.document import read_document
from generator.reading.source import read_bytes
from generator.spec.builds import BUILDS, with_build
from generator.spec.digests import DIGESTS, edited, read_digests, with_digest
from generator.spec.documents import misnamed, read_grammar_of, taken
from generator.spec.folder import Folder, stored_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from generator.changes import Chapter, Difference
    from generator.diagnostics import Diagnostic, Outcome
    from generator.fields import Fields
    from generator.model import Release
    from generator.reading.grammar import Grammar
    from generator.runtime.firmware import Build


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that reads well, and what the folder has under its release's name.

    `stored` is the text that is there, None where there is none, and `replaced` the release that it
    describes, as far as it can be read. `recorded` is the digest recorded for it, None where none
    is. `files` are the folder's files that would be new, by name.
    """

    file: Path
    release: Release
    data: bytes
    stored: bytes | None
    replaced: Release | None
    recorded: str | None
    files: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """The name of the file that it is stored in."""
        return f"{self.release.name}.md"

    @property
    def is_there(self) -> bool:
        """Whether the folder has it already, byte for byte, and its digest."""
        return self.stored == self.data and self.recorded == self.release.document.sha256

    def conflict(self, folder: Path) -> Diagnostic | None:
        """Diagnostic for a release that the folder has, or had, with another text, else None."""
        if self.stored is None or self.is_there:
            return None
        if self.stored == self.data:  # it was put in place of the other by hand, or is new there
            digest = self.release.document.sha256
            return edited(folder / self.name, digest, self.recorded) if self.recorded else None
        return taken(str(self.file), self.release, folder / self.name)


def read_candidate(file: Path, folder: Path, build: Build | None) -> Outcome[Candidate]:
    """Reads the document in a file, wherever it lies; None where it has errors.

    `build` is what a person named where the document's own line for it is missing or odd.
    """
    grammar, diagnostics = read_grammar_of(folder)
    data, found = read_bytes(file)
    diagnostics += found
    if grammar is None or data is None:
        return None, diagnostics
    digest = hashlib.sha256(data).hexdigest()
    document = stored_as(folder, file.name, digest)
    release, found = read_document(str(file), data, document, grammar, build)
    diagnostics += found
    if release is None:
        return None, diagnostics
    name = f"{release.name}.md"
    if file.parent.resolve() == folder.resolve() and file.name != name:
        return None, [*diagnostics, misnamed(file, release)]
    # Once more: its entries name the file that they will be in.
    document = stored_as(folder, name, digest)
    release, _ = read_document(str(file), data, document, grammar, build)
    stored, found = read_bytes(folder / name) if (folder / name).exists() else (None, [])
    if found or release is None:
        return None, diagnostics + found
    files = {name: data, DIGESTS: with_digest(Folder(folder), name, digest)}
    if release.layout.release_form is None and build is not None:
        files[BUILDS] = with_build(Folder(folder), name, build)
    replaced = (
        None if stored in (None, data) else _read_stored(stored, folder / name, release, grammar)
    )
    recorded = read_digests(Folder(folder))[0].get(name)
    return Candidate(file, release, data, stored, replaced, recorded, files), diagnostics


def _read_stored(data: bytes, path: Path, candidate: Release, grammar: Grammar) -> Release | None:
    """The release that the stored text describes, None where that cannot be read any more.

    The build is its own if it names one, else the candidate's.
    """
    document = stored_as(path.parent, path.name, hashlib.sha256(data).hexdigest())
    for build in (None, candidate.build):
        release, found = read_document(str(path), data, document, grammar, build)
        if release is not None:
            return None if has_errors(found) else release
    return None


def differences_made_by(
    candidate: Candidate, changelog: Iterable[Chapter], fields: Fields
) -> list[Difference]:
    """What the candidate changes, by the changelog that has it in it.

    First the difference to the text that it replaces, if there is one, then those to the release
    before it and from it to the one behind.
    """
    name = candidate.release.name
    made = [
        chapter.difference
        for chapter in changelog
        if chapter.difference and name in (chapter.difference.old.name, chapter.difference.new.name)
    ]
    if candidate.replaced is not None:
        made.append(diff(candidate.replaced, candidate.release, fields))
    return made[::-1]
