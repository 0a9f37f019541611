"""How a vendor names its firmware releases: by `git describe`, by plain numbers, or in a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from .runtime.firmware import (
    SPELLINGS,
    TAG,
    Firmware,
    SchemeKind,
    numbers_of,
    read_firmware,
)

_DESCRIBED = re.compile(rf"(?P<tag>{TAG})-(?P<commits>[0-9]{{1,6}})-g(?P<commit>[0-9a-f]{{4,40}})")


class Build(NamedTuple):
    """A firmware release, as its document or a person names it.

    `tag` is the release, or the one that a build comes after (`r1.2.3`), `numbers` what it is
    ordered by, `commits` how many commits it is past the tag, `commit` the abbreviated hash.
    Without `git describe` there are no commits, and `commit` is None.
    """

    tag: str
    numbers: tuple[int, ...]
    commits: int = 0
    commit: str | None = None

    def __str__(self) -> str:
        """In full: in the form of `git describe --long` where there is a commit."""
        return self.tag if self.commit is None else f"{self.tag}-{self.commits}-g{self.commit}"

    @property
    def name(self) -> str:
        """The tag; the whole build where it is past the tag, since the tag is another one's."""
        return str(self) if self.commits else self.tag

    @property
    def file_stem(self) -> str:
        """The name as that of a file on every system: `60.4%20BETA` for `60.4 BETA`.

        All but letters, digits, `_`, `-` and `.` is written as in URLs; so is a first dot.
        """
        return _UNSAFE.sub(
            lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), self.name
        )

    @property
    def semantic_version(self) -> str:
        """The numbers as the three of a semantic version: further ones are put into the third."""
        major, minor, patch, *further = self.numbers
        for number in further:
            patch = patch * 100_000 + number
        return f"{major}.{minor}.{patch}"

    @property
    def firmware(self) -> Firmware:
        """The same as what a station would call it."""
        return Firmware(self.numbers, self.commits, self.commit)


_UNSAFE = re.compile(r"\A\.|[^A-Za-z0-9._-]")


class Scheme(NamedTuple):
    """How a vendor names its releases, and in which order they come.

    `order` are the names of a list, the oldest first; else their numbers order them.
    """

    kind: SchemeKind = "describe"
    order: tuple[str, ...] = ()

    @property
    def has_commits(self) -> bool:
        """Whether a release's name says which commit it was built from."""
        return self.kind == "describe"

    @property
    def placeholder(self) -> str:
        """The placeholder that stands for a release in the head of a document."""
        return "build" if self.has_commits else "release"

    @property
    def example(self) -> str:
        """A release, in full."""
        examples = {"describe": "r1.2.3-0-g0123abc", "numbers": "1.2.3"}
        return self.order[-1] if self.order else examples[self.kind]

    @property
    def example_name(self) -> str:
        """A release by its name."""
        return "r1.2.3" if self.has_commits else self.example

    @property
    def expected(self) -> str:
        """What a release can be called."""
        if self.kind == "listed":
            return f"one of {', '.join(self.order)}"
        if self.kind == "numbers":
            return "one to five numbers with . or - between them, as in 5.32, V1.17.9 or 2024-01-16"
        return f"a tag of numbers, the commits since it and the commit's hash, as in {self.example}"

    @property
    def spelling(self) -> str:
        """How stations and people spell a firmware, as a regular expression."""
        return SPELLINGS[self.kind]

    def read(self, text: str) -> Build | None:
        """The release that a text names in full, else None."""
        if self.kind == "listed":
            # Places are the numbers: the first release of the list is 1.0.0.
            place = self.order.index(text) + 1 if text in self.order else 0
            return Build(text, (place, 0, 0)) if place else None
        if self.kind == "numbers":
            is_read = text.split() == [text] and re.fullmatch(self.spelling, text)
            return Build(text, numbers_of(text)) if is_read else None
        match = _DESCRIBED.fullmatch(text)
        if match is None:
            return None
        tag, commits, commit = match.groups()
        return Build(tag, numbers_of(tag), int(commits), commit)

    def may_name(self, text: str) -> bool:
        """Whether a text may be the name of a release, whether there is one or not."""
        return text in self.order or read_firmware(text, self.kind) is not None

    def named_in(self, line: str) -> list[str]:
        """The releases that a line names."""
        if self.kind == "listed":
            longest = max((name for name in self.order if name in line), key=len, default=None)
            return [longest] if longest else []
        return [word for word in line.split() if self.read(word)]
