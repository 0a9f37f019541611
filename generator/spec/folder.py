"""The folder of documents, or an overlay of new files on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model import Document
from ..reading.source import read_bytes, read_source
from .vendors import name_from_root

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..diagnostics import Outcome
    from ..reading.source import Source


class Folder(NamedTuple):
    """A folder of documents, whose files are read by name.

    `overlay` has the content of files that are not there yet, or not with this content: a document
    can be tried with all the others before anything is written.
    """

    path: Path
    overlay: Mapping[str, bytes] = {}

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self.overlay or (self.path / name).exists()

    def documents(self) -> list[Path]:
        """The documents, sorted by name."""
        names = {file.name for file in self.path.glob("*.md")}
        names |= {name for name in self.overlay if name.endswith(".md")}
        return [self.path / name for name in sorted(names)]

    def read(self, name: str) -> Outcome[bytes]:
        """Reads a file's bytes; None with a diagnostic where that fails."""
        if name in self.overlay:
            return self.overlay[name], []
        return read_bytes(self.path / name)

    def read_text(self, name: str) -> Outcome[Source]:
        """Reads a file's text; None where that fails or it has characters that are not allowed."""
        data, diagnostics = self.read(name)
        if data is None:
            return None, diagnostics
        source, diagnostics = read_source(str(self.path / name), data)
        return (None if diagnostics else source), diagnostics


def stored_as(folder: Path, name: str, digest: str) -> Document:
    """The name of a file of the folder: its path from the repository's root, and its digest."""
    return Document(f"{name_from_root(folder)}/{name}", digest)
