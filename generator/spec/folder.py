"""The folder of documents as it is, or as it would be with other files laid over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.model import Document
from generator.reading.source import read_bytes, read_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.reading.source import Source


class Folder(NamedTuple):
    """A folder whose files are read by name.

    `laid_over` are files that are not there yet, or not in this text: a document can be tried with
    all the others before anything is written.
    """

    path: Path
    laid_over: Mapping[str, bytes] = {}

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self.laid_over or (self.path / name).exists()

    def documents(self) -> list[Path]:
        """The documents by their names, as the vendor's files are called."""
        names = {file.name for file in self.path.glob("*.md")}
        names |= {name for name in self.laid_over if name.endswith(".md")}
        return [self.path / name for name in sorted(names)]

    def read(self, name: str) -> tuple[bytes | None, list[Diagnostic]]:
        """A file's bytes, None with a finding where it cannot be read."""
        if name in self.laid_over:
            return self.laid_over[name], []
        return read_bytes(self.path / name)

    def read_text(self, name: str) -> tuple[Source | None, list[Diagnostic]]:
        """A file's text; None where it cannot be read or has characters that no text may have."""
        data, diagnostics = self.read(name)
        if data is None:
            return None, diagnostics
        source, diagnostics = read_source(str(self.path / name), data)
        return (None if diagnostics else source), diagnostics


def stored_as(folder: Path, name: str, digest: str) -> Document:
    """A file of the folder, by its path from the repository's root."""
    return Document(f"{folder.resolve().name}/{name}", digest)
