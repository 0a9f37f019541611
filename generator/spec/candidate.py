"""A document that may be taken into the folder: read first, stored only once all is well."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.changes import Additions
from generator.diagnostics import has_errors
from generator.diff import accept, diff, published
from generator.reading.document import read_document, read_partly
from generator.reading.source import read_bytes
from generator.spec.builds import BUILDS, read_builds, with_build
from generator.spec.digests import DIGESTS, edited, read_digests, with_digest
from generator.spec.documents import misnamed, read_grammar_of, taken
from generator.spec.folder import Folder, stored_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from generator.changes import Acceptance, Difference
    from generator.diagnostics import Diagnostic, Outcome
    from generator.fields import Fields
    from generator.model import Release
    from generator.reading.grammar import Grammar
    from generator.runtime.firmware import Build


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document, and what the folder has under its release's name.

    Where it has errors, it `is_partial`: the release has what could be read. `stored` is the text
    that is there, None where there is none, and `replaced` the release that it describes, as far as
    it can be read. `recorded` is the digest recorded for it, None where none is. `files` are the
    folder's files that would be new, by name; none with errors.
    """

    file: Path
    release: Release
    is_partial: bool
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

    @property
    def refused(self) -> Candidate:
        """The same with nothing that would be new in the folder."""
        return replace(self, files={})


def read_candidate(file: Path, folder: Path, build: Build | None) -> Outcome[Candidate]:
    """Reads the document in a file, wherever it lies; None where its release cannot be read.

    `build` is what a person named where the document's own line for it is missing or odd.
    """
    grammar, diagnostics = read_grammar_of(folder)
    data, found = read_bytes(file)
    diagnostics += found
    if grammar is None or data is None:
        return None, diagnostics
    diagnostics += read_builds(Folder(folder))[1]  # it may be written anew: no line is to be lost
    digest = hashlib.sha256(data).hexdigest()
    document = stored_as(folder, file.name, digest)
    release, found = read_partly(str(file), data, document, grammar, build)
    diagnostics += found
    if release is None:
        return None, diagnostics
    name = f"{release.name}.md"
    if file.parent.resolve() == folder.resolve() and file.name != name:
        return None, [*diagnostics, misnamed(file, release)]
    # Once more: its entries name the file that they will be in.
    document = stored_as(folder, name, digest)
    release, _ = read_partly(str(file), data, document, grammar, build)
    stored, found = read_bytes(folder / name) if (folder / name).exists() else (None, [])
    diagnostics += found
    if found or release is None:
        return None, diagnostics
    is_partial = has_errors(diagnostics)
    files: dict[str, bytes] = {}
    if not is_partial:
        files = {name: data, DIGESTS: with_digest(Folder(folder), name, digest)}
    if files and release.layout.release_form is None and build is not None:
        files[BUILDS] = with_build(Folder(folder), name, build)
    replaced = (
        None if stored in (None, data) else _read_stored(stored, folder / name, release, grammar)
    )
    recorded = read_digests(Folder(folder))[0].get(name)
    return Candidate(
        file, release, is_partial, data, stored, replaced, recorded, files
    ), diagnostics


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


def additions_of(
    candidate: Candidate,
    releases: Iterable[Release],
    accepted: Iterable[Acceptance],
    fields: Fields,
) -> Additions:
    """What the candidate adds to the releases of the folder, which may have it among them.

    The differences are first that to the text that it replaces, if there is one, then those to the
    release before it and from it to the one behind, with the reasons accepted. Of a candidate that
    could be read in part, nothing is said to have gone.
    """
    new = candidate.release
    others = sorted((r for r in releases if r.name != new.name), key=lambda release: release.age)
    before = next((one for one in reversed(others) if one.age < new.age), None)
    behind = next((one for one in others if one.age > new.age), None)
    pairs = [(candidate.replaced, new), (before, new), (new, behind)]
    made = [diff(old, other, fields) for old, other in pairs if old and other]
    made = [accept(one, accepted, [*others, new]) for one in made]
    if candidate.is_partial:
        made = [_without_losses(one, new) for one in made]
    known = [*others, *([candidate.replaced] if candidate.replaced else [])]
    return Additions(new, candidate.is_partial, tuple(made), tuple(published(new, known)))


def _without_losses(difference: Difference, partial: Release) -> Difference:
    """A difference without what may only seem to have gone from, or come behind, a partial one."""
    is_newer = difference.new is partial
    changes = (one for one in difference.changes if (one.new if is_newer else one.old) is not None)
    return difference._replace(changes=tuple(changes), possible_renames=())
