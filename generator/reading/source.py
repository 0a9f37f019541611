"""A file's characters, and the place of each."""

from __future__ import annotations

import re
import stat
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Location
from ..model import Span

if TYPE_CHECKING:
    from pathlib import Path

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LINE_END = re.compile(r"\r\n?|\n")


class Source:
    r"""A text with its places; line ends are `\n` whatever the file has, a byte order mark is gone.

    `path` is the file's as diagnostics show it, `line_end` what its first line ends in, and
    `other_end` the first line that ends otherwise and what it ends in, None where all end alike.
    Offsets count from 0, lines and columns from 1.
    Only `\r\n`, `\r` and `\n` end a line: `str.splitlines` would count more than Markdown does.
    """

    def __init__(self, path: str, text: str) -> None:
        """`text` is the file's, decoded and otherwise as it is."""
        self.path = path
        self.byte_order_mark = text.startswith(BYTE_ORDER_MARK)
        text = text.removeprefix(BYTE_ORDER_MARK)
        first = _LINE_END.search(text)
        self.line_end = first[0] if first else "\n"
        ends = enumerate(_LINE_END.finditer(text) if "\r" in text else (), start=1)
        others = ((line, end[0]) for line, end in ends if end[0] != self.line_end)
        self.other_end = next(others, None)
        self.text = _LINE_END.sub("\n", text) if "\r" in text else text

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of each line's first character."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line_of(self, offset: int) -> int:
        """The line that holds an offset."""
        return bisect_right(self._starts, offset)

    def start_of(self, line: int) -> int:
        """The offset of a line's first character; the text's length behind the last line."""
        return self._starts[line - 1] if line <= len(self._starts) else len(self.text)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place."""
        return self.start_of(line) + column - 1

    @lru_cache(maxsize=8)  # noqa: B019 (many diagnostics on one long line share its text)
    def line(self, line: int) -> str:
        """A line's text without its end."""
        return self.text[self.start_of(line) : self.start_of(line + 1)].removesuffix("\n")

    def slice(self, first_line: int, last_line: int) -> str:
        """The text of these lines, the last one's end left off."""
        return self.text[self.start_of(first_line) : self.start_of(last_line + 1)].rstrip("\n")

    def paragraph(self, line: int) -> range:
        """The lines around one, up to an empty line on either side; of line 0 none."""
        first = last = line
        while first > 1 and self.line(first - 1).strip():
            first -= 1
        while last and self.line(last + 1).strip():
            last += 1
        return range(first, last + 1) if line else range(0)

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets."""
        line, end_line = self.line_of(start), self.line_of(end)
        return Span(
            line, start - self.start_of(line) + 1, end_line, end - self.start_of(end_line) + 1
        )

    def at(self, offset: int, width: int = 1) -> Location:
        """The place of an offset, `width` characters marked."""
        line = self.line_of(offset)
        return Location(
            self.path, line, offset - self.start_of(line) + 1, width, excerpt=self.line(line)
        )

    def at_line(self, line: int) -> Location:
        """The place of a whole line, from its first visible character on."""
        text = self.line(line)
        indent = len(text) - len(text.lstrip(" \t"))
        return Location(self.path, line, indent + 1, max(1, len(text) - indent), excerpt=text)

    def at_span(self, span: Span) -> Location:
        """The place of a span; the caret marks its first line."""
        text = self.line(span.line)
        end = span.end_column if span.end_line == span.line else len(text) + 1
        return Location(self.path, span.line, span.column, max(1, end - span.column), excerpt=text)

    @property
    def at_end(self) -> Location:
        """The place of the last line that holds anything."""
        return self.at_line(self.line_of(max(0, len(self.text.rstrip()) - 1)))


def read_source(path: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """The text of a document's bytes.

    None where they are not UTF-8; with diagnostics where a character could disguise the text.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(path, data, error)]
    source = Source(path, text)
    return source, _invisible(source)


def read_text_file(file: Path) -> tuple[Source | None, list[Diagnostic]]:
    """A file's text; None where it cannot be read or has characters that no text should have."""
    data, diagnostics = read_bytes(file)
    if data is None:
        return None, diagnostics
    source, diagnostics = read_source(str(file), data)
    return (None if diagnostics else source), diagnostics


def read_bytes(file: Path) -> tuple[bytes | None, list[Diagnostic]]:
    """A file's bytes, None with a diagnostic where it cannot be read.

    What is no regular file is not opened: a pipe would keep a person waiting, a device may never
    come to an end.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            is_folder = stat.S_ISDIR(status.st_mode)
            return None, [_unreadable(file, "a folder" if is_folder else "a pipe or a device")]
        if status.st_size > _LARGEST:
            expected = f"a file of at most {_LARGEST} bytes"
            return None, [_unreadable(file, f"{status.st_size} bytes", expected)]
        return file.read_bytes(), []
    except OSError as error:
        return None, [_unreadable(file, error.strerror or str(error))]


_LARGEST = 1 << 28
"""How many bytes a file may have: more than a million entries, and not a disk full."""


def _unreadable(file: Path, found: str, expected: str = "a file") -> Diagnostic:
    return Diagnostic(
        "file-unreadable",
        Location(str(file)),
        "this file cannot be read",
        help="Check the name and the permissions; --spec names the folder of documents.",
        expected=expected,
        found=found,
    )


def mixed_line_ends(source: Source) -> list[Diagnostic]:
    """A diagnostic where the lines of a document end in different ways.

    The release keeps one line end for all of them: the document could not be made again from it.
    """
    if source.other_end is None:
        return []
    line, found = source.other_end
    end = len(source.line(line)) + 1
    return [
        Diagnostic(
            "line-ends-mixed",
            source.at_line(line)._replace(column=end, width=1),
            "this line does not end as the lines before it",
            help="Get the vendor's original again; if it is so, give all lines one end, and record "
            "the digest anew.",
            expected=f"{_LINE_ENDS[source.line_end]}, as on the first line",
            found=_LINE_ENDS[found],
        )
    ]


_LINE_ENDS = {
    "\n": "a line feed",
    "\r\n": "a carriage return and a line feed",
    "\r": "a carriage return",
}


MOST_INVISIBLE = 20
"""How many diagnostics of one kind about characters are worth a person's time."""

# Printable by Unicode's account and without a picture all the same: the default-ignorable
# characters that are letters or marks (DerivedCoreProperties), and the blank braille pattern.
_BLANK = frozenset(
    chr(number)
    for start, end in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xE0100, 0xE01EF),
    )
    for number in range(start, end + 1)
)


def _invisible(source: Source) -> list[Diagnostic]:
    """Every character that shows nothing, or moves or reverses what is around it."""
    used = set(source.text) - {"\n", "\t"}
    hidden = {c for c in used if not c.isprintable()} | (used & _BLANK)
    if not hidden:
        return []
    places = re.finditer(f"[{re.escape(''.join(sorted(hidden)))}]", source.text)
    return [_invisible_at(source, place) for place in islice(places, MOST_INVISIBLE)]


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    before = data[: error.start].decode("utf-8")
    source = Source(path, before + data[error.start :].decode("utf-8", errors="replace"))
    place = source.at(len(_LINE_END.sub("\n", before).removeprefix(BYTE_ORDER_MARK)))
    return Diagnostic(
        "document-encoding",
        place,
        "this is not text in UTF-8",
        help="Convert the file to UTF-8, or get the vendor's original again.",
        expected="a document in UTF-8",
        found=f"the byte 0x{data[error.start]:02x}, {error.reason}",
    )


_HELPS = {
    "\N{SOFT HYPHEN}": "Compare with the vendor's original; remove the character, and put a word "
    "that a line's end breaks there on one line.",
}


def _invisible_at(source: Source, match: re.Match[str]) -> Diagnostic:
    character = match[0]
    name = unicodedata.name(character, "a character without a name")
    return Diagnostic(
        "character-invisible",
        source.at(match.start()),
        "a character here cannot be seen",
        help=_HELPS.get(
            character,
            "Compare with the vendor's original; remove the character or put a plain one.",
        ),
        expected="characters that show themselves, and the plain space",
        found=f"U+{ord(character):04X} {name}",
    )
