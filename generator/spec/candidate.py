"""A document that may be taken into the folder: read first, stored only once all is well."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..changes import Additions
from ..diagnostics import Location, has_errors
from ..diff import accept, diff, published
from ..model import NOTHING_NAMED, Named
from ..reading.document import read_document, read_entries, read_partly
from ..reading.head import impossible_release
from ..reading.source import read_bytes
from .digests import DIGESTS, edited, read_digests, with_digest
from .documents import misnamed, read_grammar_of, taken
from .folder import Folder, stored_as
from .named import RELEASES, read_named, with_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from ..changes import Acceptance, Difference
    from ..diagnostics import Diagnostic, Outcome
    from ..fields import Fields
    from ..model import Release
    from ..reading.grammar import Grammar


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document, and what the folder has under its release's name.

    Where it has errors, it `is_partial`: the release has what could be read. `stored` is the text
    that is there, None where there is none, and `replaced` the release that it describes, as far as
    it can be read. `recorded` is the digest recorded for it, None where none is. `files` are the
    folder's files that would be new, by name; none with errors. `names_more` says whether a person
    named what is not recorded of it yet, `fields` are the vendor's.
    """

    file: Path
    release: Release
    is_partial: bool
    data: bytes
    stored: bytes | None
    replaced: Release | None
    recorded: str | None
    files: Mapping[str, bytes]
    names_more: bool
    fields: Fields

    @property
    def name(self) -> str:
        """The name of the file that it is stored in."""
        return f"{self.release.build.file_stem}.md"

    @property
    def is_there(self) -> bool:
        """Whether the folder has it already, byte for byte, its digest, and what is named of it."""
        is_recorded = self.recorded == self.release.document.sha256
        return self.stored == self.data and is_recorded and not self.names_more

    def conflict(self, folder: Path) -> Diagnostic | None:
        """Diagnostic for a release that the folder has, or had, with another text, else None."""
        if self.stored is None or self.is_there:
            return None
        if self.stored == self.data:  # it was put in place of the other by hand, or is new there
            digest = self.release.document.sha256
            is_edited = self.recorded not in {None, digest}
            return edited(folder / self.name, digest, self.recorded) if is_edited else None
        return taken(str(self.file), self.release, folder / self.name)

    @property
    def refused(self) -> Candidate:
        """The same with nothing that would be new in the folder."""
        return replace(self, files={})


def read_candidate(
    file: Path, folder: Path, release_named: str | None, published: date | None
) -> Outcome[Candidate]:
    """Reads the document in a file, wherever it lies; None where its release cannot be read.

    `release_named` and `published` are what a person named of it.
    """
    grammar, diagnostics = read_grammar_of(folder)
    data, found = read_bytes(file)
    diagnostics += found
    if grammar is None or data is None:
        return None, diagnostics
    build = grammar.vendor.scheme.read(release_named) if release_named else None
    if release_named is not None and build is None:
        return None, [*diagnostics, impossible_release(grammar, release_named, Location(str(file)))]
    known, found = read_named(Folder(folder), grammar.vendor.scheme)
    diagnostics += found  # it may be written anew: nothing of it is to be lost
    is_inside = file.parent.resolve() == folder.resolve()
    named = Named(build, published)
    if is_inside:
        named = named.over(known.get(file.name, NOTHING_NAMED))
    digest = hashlib.sha256(data).hexdigest()
    document = stored_as(folder, file.name, digest)
    release, found = read_partly(str(file), data, document, grammar, named)
    diagnostics += found
    if release is None:
        return None, diagnostics
    name = f"{release.build.file_stem}.md"
    if is_inside and file.name != name:
        return None, [*diagnostics, misnamed(file, release)]
    # Once more: its entries name the file that they will be in.
    document = stored_as(folder, name, digest)
    recorded_named = known.get(name, NOTHING_NAMED)
    named = named.over(recorded_named)
    release, _ = read_partly(str(file), data, document, grammar, named)
    stored, found = read_bytes(folder / name) if (folder / name).exists() else (None, [])
    diagnostics += found
    if found or release is None:
        return None, diagnostics
    is_partial = has_errors(diagnostics)
    named = _unsaid(release, named)
    names_more = named != recorded_named
    files: dict[str, bytes] = {}
    if not is_partial:
        files = {name: data, DIGESTS: with_digest(Folder(folder), name, digest)}
        files |= {RELEASES: with_named(known, name, named)} if names_more else {}
    replaced = (
        None
        if stored in (None, data)
        else _read_stored(stored, folder / name, Named(release.build, release.published), grammar)
    )
    recorded = read_digests(Folder(folder))[0].get(name)
    shown = (file, release, is_partial, data, stored, replaced, recorded)
    return Candidate(*shown, files, names_more, grammar.fields), diagnostics


def _unsaid(release: Release, named: Named) -> Named:
    """What is named of a document that has no line for it."""
    return Named(
        named.build if release.layout.release_form is None else None,
        named.published if release.layout.date_form is None else None,
    )


def _read_stored(data: bytes, path: Path, candidate: Named, grammar: Grammar) -> Release | None:
    """The release that the stored text describes, None where that cannot be read any more.

    Release and date are its own if it says them, else the candidate's.
    """
    document = stored_as(path.parent, path.name, hashlib.sha256(data).hexdigest())
    undated = candidate._replace(published=None)
    for named in (NOTHING_NAMED, undated, candidate):
        release, found = read_document(str(path), data, document, grammar, named)
        if release is not None:
            return None if has_errors(found) else release
    return None


def additions_of(
    candidate: Candidate, releases: Iterable[Release], accepted: Iterable[Acceptance]
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
    made = [diff(old, other, candidate.fields) for old, other in pairs if old and other]
    made = [accept(one, accepted, [*others, new]) for one in made]
    if candidate.is_partial:
        made = [_without_losses(one, new) for one in made]
    known = [*others, *([candidate.replaced] if candidate.replaced else [])]
    return Additions(new, candidate.is_partial, tuple(made), tuple(published(new.sections, known)))


def additions_without_release(file: Path, folder: Path, releases: Iterable[Release]) -> Additions:
    """What a document adds whose own release cannot be read: entries, and nothing to compare."""
    grammar, _ = read_grammar_of(folder)
    data, _ = read_bytes(file)
    if grammar is None or data is None:
        return Additions(None, is_partial=True)
    document = stored_as(folder, file.name, hashlib.sha256(data).hexdigest())
    sections = read_entries(str(file), data, document, grammar)
    return Additions(None, is_partial=True, published=tuple(published(sections, releases)))


def _without_losses(difference: Difference, partial: Release) -> Difference:
    """A difference without what may only seem to have gone from, or come behind, a partial one."""
    is_newer = difference.new is partial
    changes = (one for one in difference.changes if (one.new if is_newer else one.old) is not None)
    return difference._replace(changes=tuple(changes), possible_renames=())
