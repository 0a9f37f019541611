"""The digests recorded beside the documents, in SHA256SUMS as `sha256sum` writes and checks it."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..reading.source import Source
    from .folder import Folder

DIGESTS = "SHA256SUMS"

_DIGEST = re.compile(r"(?P<digest>[0-9a-f]{64}) [ *](?P<name>\S.*)")


def read_digests(folder: Folder) -> tuple[dict[str, str], list[Diagnostic]]:
    """Reads the digests, by file name; a folder without documents needs none."""
    if not folder.has(DIGESTS):
        return {}, [_file_missing(folder.path)] if folder.documents() else []
    source, diagnostics = folder.read_text(DIGESTS)
    if source is None:
        return {}, diagnostics
    recorded: dict[str, str] = {}
    for number, line in enumerate(source.text.split("\n"), start=1):
        match = _DIGEST.fullmatch(line)
        if match and match["name"] not in recorded:
            recorded[match["name"]] = match["digest"]
        elif line:
            diagnostics.append(_line_invalid(source, number))
    return recorded, diagnostics


def with_digest(folder: Folder, name: str, digest: str) -> bytes:
    """The content of SHA256SUMS with a document's digest added, its lines sorted by name."""
    recorded, _ = read_digests(folder)
    digests = sorted({**recorded, name: digest}.items())
    return "".join(f"{one}  {file}\n" for file, one in digests).encode()


def edited(file: Path, digest: str, recorded: str | None) -> Diagnostic:
    """Diagnostic for a document whose digest differs from the recorded one, or is not recorded."""
    if recorded is None:
        return Diagnostic(
            "document-unrecorded",
            Location(str(file)),
            "no digest is recorded for this document",
            help="If it is the vendor's text, record it: "
            f"{_record(file.parent, shlex.quote(file.name))}",
            expected=f"a line for {file.name} in {file.parent / DIGESTS}",
            found="no such line",
        )
    return Diagnostic(
        "document-edited",
        Location(str(file)),
        "this document was edited since its digest was recorded",
        help="Bring the vendor's text back: documents are kept word for word. If the vendor "
        f"published another text, put its digest into {file.parent / DIGESTS}; or, where this is "
        "the only one:",
        expected=f"sha256 {recorded}",
        found=f"sha256 {digest}",
        command=("add", "--replace", str(file)),
    )


def _record(folder: Path, names: str) -> str:
    """The shell command that records the digests of documents."""
    return f"(cd {shlex.quote(str(folder))} && sha256sum {names} >> {DIGESTS})"


def _file_missing(folder: Path) -> Diagnostic:
    return Diagnostic(
        "spec-unreadable",
        Location(str(folder / DIGESTS)),
        "no digests are recorded for the documents",
        help=f"If each document is the vendor's text, record them: {_record(folder, '*.md')}",
        expected="a file with a line for each document",
        found="no such file",
    )


def _line_invalid(source: Source, line: int) -> Diagnostic:
    return Diagnostic(
        "spec-unreadable",
        source.at_line(line),
        "this line records no digest, or one for a document that has one already",
        help="Take the line out. Where the document is then without a digest, the next run says "
        "how to record it.",
        expected="64 hexadecimal digits, two spaces, a file's name that no other line has",
        found=source.line(line),
    )


def missing_documents(
    folder: Path, recorded: Mapping[str, str], present: set[str]
) -> list[Diagnostic]:
    """A diagnostic for each digest whose document is not there."""
    return [
        Diagnostic(
            "document-missing",
            Location(str(folder / name)),
            "a digest is recorded for this document, and it is not there",
            help=f"Bring the document back, or take its line out of {folder / DIGESTS}.",
            expected=f"a document with the sha256 {digest}",
            found="no such file",
        )
        for name, digest in recorded.items()
        if name not in present
    ]
