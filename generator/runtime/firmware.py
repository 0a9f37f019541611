"""Firmware releases: how they are written, which comes before which, and which one is meant."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple


class Build(NamedTuple):
    """A firmware build in the form of `git describe --long`, such as `r1.2.3-0-g0123abc`.

    `tag` is the release that it is, or that it comes after (`r1.2.3`), `commits` how many commits
    it is past the tag, `commit` the abbreviated hash.
    """

    tag: str
    commits: int
    commit: str

    def __str__(self) -> str:
        """The form of `git describe --long`."""
        return f"{self.tag}-{self.commits}-g{self.commit}"

    @property
    def name(self) -> str:
        """The tag; the whole build where it is past the tag, since the tag is another one's."""
        return str(self) if self.commits else self.tag

    @property
    def semantic_version(self) -> str:
        """The numbers as the three of a semantic version: further ones are put into the third."""
        major, minor, patch, *further = self.numbers
        for number in further:
            patch = patch * 100_000 + number
        return f"{major}.{minor}.{patch}"

    @property
    def numbers(self) -> tuple[int, ...]:
        """The tag's numbers: 1, 2, 3 of r1.2.3."""
        return _numbers(self.tag)

    @property
    def firmware(self) -> Firmware:
        """The same as what a station would call it."""
        return Firmware(self.numbers, self.commits, self.commit)


class Firmware(NamedTuple):
    """A firmware as it was asked for: its numbers, commits past the tag, and the hash if given.

    There are at least three numbers, and trailing zeros beyond the third are left off: r1.2.0, R1.2
    and r1.2.0.0 are one.
    """

    numbers: tuple[int, ...]
    commits: int = 0
    commit: str | None = None

    def is_one_with(self, other: Firmware) -> bool:
        """Whether both can be the same build: the hash counts as far as both give it."""
        if age(self) != age(other):
            return False
        mine, others = (self.commit or "").lower(), (other.commit or "").lower()
        return mine.startswith(others) or others.startswith(mine)


MOST_NUMBERS = 5
"""How many numbers a tag has at most."""
# The numbers have bounds because names of files and versions of packages are made from them.
TAG = rf"(?:[A-Za-z]{{1,8}}_)?[A-Za-z]?[0-9]{{1,5}}(?:\.[0-9]{{1,5}}){{1,{MOST_NUMBERS - 1}}}"
_BUILD = rf"(?P<tag>{TAG})-(?P<commits>[0-9]{{1,6}})-g(?P<commit>[0-9a-f]{{4,40}})"
_SPACE = r"[ \t\r\n\f\v]*"
SPELLING = rf"{_SPACE}({TAG})(?:-([0-9]{{1,6}})-[gG]([0-9A-Fa-f]{{4,40}}))?{_SPACE}"
"""A firmware as people and stations spell it: the tag, the commits past it, the hash.

The generated packages have it to the letter. So it names its letters and white space: what 'any
case' and 'space' are differs from language to language. It takes time in proportion to the
text's length, whatever the text.
"""


def read_build(text: str) -> Build | None:
    """The build that a text names in full, else None."""
    match = re.fullmatch(_BUILD, text)
    return Build(match["tag"], int(match["commits"]), match["commit"]) if match else None


def read_firmware(text: str) -> Firmware | None:
    """The firmware that a text names in one of the spellings seen in the field, else None.

    Such as `r4.4.3`, `4.4.3`, `ccu_R3.11.18.1` and `r4.4.3-0-g33e0f28c`.
    """
    match = re.fullmatch(SPELLING, text)
    if match is None:
        return None
    tag, commits, commit = match.groups()
    return Firmware(_numbers(tag), int(commits or 0), commit)


def _numbers(tag: str) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall("[0-9]+", tag)]
    while len(numbers) > _SHORTEST and numbers[-1] == 0:
        numbers.pop()
    return (*numbers, *[0] * (_SHORTEST - len(numbers)))


_SHORTEST = 3
"""How many numbers a release has at least, zeros or not."""


def age(firmware: Firmware) -> tuple[tuple[int, ...], int]:
    """What firmware is ordered by: numbers (r1.10.0 is newer than r1.9.0), commits past the tag."""
    return (firmware.numbers, firmware.commits)


ReleaseMatch = Literal["exact", "nearest_earlier", "oldest", "newest"]
"""How the release that answers relates to the firmware."""


class Answering(NamedTuple):
    """The release that answers for a firmware, by its name, and how it relates to the firmware."""

    name: str
    match: ReleaseMatch


def answering(releases: dict[str, Firmware], firmware: object) -> Answering:
    """The release that answers for a firmware, however it is spelt; there is always one.

    `releases` are by their names, the oldest first, and there is at least one. It is the firmware's
    own, else the nearest before it, else the oldest; and the newest where none is given, or none
    that can be read. docs/decoding.md has the rule.
    """
    asked = read_firmware(firmware) if isinstance(firmware, str) else None
    if asked is None:
        return Answering(next(reversed(releases)), "newest")
    earlier: str | None = None
    for name, release in reversed(releases.items()):
        if asked.is_one_with(release):
            return Answering(name, "exact")
        if earlier is None and age(release) <= age(asked):
            earlier = name
    if earlier is None:
        return Answering(next(iter(releases)), "oldest")
    return Answering(earlier, "nearest_earlier")
