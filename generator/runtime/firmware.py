"""Firmware releases: how they are spelt, which comes before which, and which one is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from .folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


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
_NUMBERED = (
    rf"(?:[A-Za-z]{{1,8}}[ ._-]{{0,2}})?[0-9]{{1,5}}(?:[.-][0-9]{{1,5}}){{0,{MOST_NUMBERS - 1}}}"
)
_BLANKS = " \t\r\n\f\v"
_SPACE = r"[ \t\r\n\f\v]*"

SchemeKind = Literal["describe", "numbers", "listed"]
"""What names releases: `git describe --long`, plain numbers, or a list of names in their order."""
SPELLINGS: Mapping[SchemeKind, str] = {
    "describe": rf"{_SPACE}({TAG})(?:-([0-9]{{1,6}})-[gG]([0-9A-Fa-f]{{4,40}}))?{_SPACE}",
    "numbers": rf"{_SPACE}({_NUMBERED})()(){_SPACE}",
    "listed": r"[^\s\S]()()()",  # no text: names alone are known
}
"""A firmware as people and stations spell it: the numbers, the commits past them, the hash.

The generated packages have it to the letter. So it names its letters and white space: what 'any
case' and 'space' are differs from language to language. It takes time in proportion to the
text's length, whatever the text.
"""


def read_firmware(text: str, kind: SchemeKind) -> Firmware | None:
    """The firmware that a text names in one of the spellings seen in the field, else None.

    Such as `r4.4.3`, `4.4.3`, `ccu_R3.11.18.1` and `r4.4.3-0-g33e0f28c`; where releases are named
    by plain numbers, `5.32`, `V1.17.9`, `Rev. 5` and `2024-01-16`.
    """
    match = re.fullmatch(SPELLINGS[kind], text)
    if match is None:
        return None
    tag, commits, commit = match.groups()
    return Firmware(numbers_of(tag), int(commits or 0), commit)


def numbers_of(tag: str) -> tuple[int, ...]:
    """The numbers of a release's name as they are compared: 1, 2, 3 of r1.2.3."""
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


class Releases:
    """The releases of a catalogue, asked for the one that answers for a firmware."""

    def __init__(self, kind: SchemeKind, spelt: Mapping[str, str]) -> None:
        """`spelt` has each release in full by its name, the oldest first, and at least one."""
        self.names = tuple(spelt)
        self._kind: SchemeKind = kind
        self._by_folded = {fold(name): name for name in spelt}
        known = {name: read_firmware(text, kind) for name, text in spelt.items()}
        self._releases = {name: one for name, one in known.items() if one is not None}

    def answering(self, firmware: object) -> Answering:
        """The release that answers for a firmware, however it is spelt; there is always one.

        It is the one of that name, upper and lower case and white space around it aside; else the
        firmware's own by its numbers, else the nearest before it, else the oldest; and the newest
        where none is given, or none that can be read. docs/decoding.md has the rule.
        """
        text = firmware if isinstance(firmware, str) else ""
        if name := self._by_folded.get(fold(text.strip(_BLANKS))):
            return Answering(name, "exact")
        asked = read_firmware(text, self._kind)
        return Answering(self.names[-1], "newest") if asked is None else self._nearest(asked)

    def _nearest(self, asked: Firmware) -> Answering:
        earlier: str | None = None
        for name, release in reversed(self._releases.items()):
            if asked.is_one_with(release):
                return Answering(name, "exact")
            if earlier is None and age(release) <= age(asked):
                earlier = name
        if earlier is None:
            return Answering(self.names[0], "oldest")
        return Answering(earlier, "nearest_earlier")
