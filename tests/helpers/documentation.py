"""The Markdown files of the repository that are there to be read: their fenced blocks and links."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.helpers.project import ROOT

PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "generated").glob("*.md"),
        *(ROOT / "generated").glob("*/*.md"),
        *(ROOT / "tests").glob("*/README.md"),
    ]
)
"""All but the vendor's documents, in spec/, and the made-up ones of the tests."""


class Block(NamedTuple):
    """A fenced block: its file, the line of its fence, the language, and the text."""

    file: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        """The file's path and the line, as editors and people name it."""
        return f"{self.file.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def key(self) -> tuple[str, str]:
        """The file and the block's first line, which stay when text above it is edited."""
        return self.file.relative_to(ROOT).as_posix(), self.text.split("\n", 1)[0]


_PARSER = MarkdownIt("commonmark").enable("table")


def _tokens(file: Path) -> list[Token]:
    return _PARSER.parse(file.read_text(encoding="utf-8"))


def blocks_of(file: Path) -> Iterator[Block]:
    """The fenced blocks of a file, in order."""
    for token in _tokens(file):
        if token.type == "fence" and token.map:
            yield Block(file, token.map[0] + 1, token.info.strip(), token.content)


def all_blocks() -> list[Block]:
    """Those of all pages."""
    return [block for page in PAGES for block in blocks_of(page)]


def links_of(file: Path) -> Iterator[str]:
    """Where the links and images of a page lead to."""
    for token in _tokens(file):
        for child in token.children or ():
            if to := child.attrs.get("href") or child.attrs.get("src"):
                yield str(to)


def anchors_of(file: Path) -> set[str]:
    """What a link can name in a page, as GitHub makes it of the headings."""
    times: Counter[str] = Counter()
    anchors = set()
    for opening, heading in pairwise(_tokens(file)):
        if opening.type == "heading_open":
            text = "".join(child.content for child in heading.children or ())
            plain = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            anchors.add(f"{plain}-{times[plain]}" if times[plain] else plain)
            times[plain] += 1
    return anchors
