"""How a document divides: its head, its sections, its entries, and what belongs to none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ..reading.walk import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .openers import Opener
    from .survey import Part


class Entry(NamedTuple):
    """An entry: its code, the block that it opens with, and what follows that."""

    code: str
    opening: Part
    rest: tuple[Part, ...]


class Section(NamedTuple):
    """A heading with the entries under it; the heading is None in a document without sections."""

    heading: Part | None
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """The heading without its number."""
        return numbered(self.heading.text)[1] if self.heading else ""


class Outline(NamedTuple):
    """What a document is made of.

    `head` is the title and what follows it, `contents` the heading of a contents list, and `notes`
    are paragraphs that stand outside of entries. `strangers` is what has no place.
    """

    head: tuple[Part, ...]
    contents: Part | None
    sections: tuple[Section, ...]
    notes: tuple[Part, ...]
    strangers: tuple[Part, ...]

    @property
    def entries(self) -> list[Entry]:
        """All entries in their order."""
        return [entry for section in self.sections for entry in section.entries]


def outline(parts: Sequence[Part], opener: Opener) -> Outline:
    """The parts of a document whose entries open as `opener` says."""
    codes = dict(zip(opener.places, opener.codes, strict=True))
    borders = _borders(parts, opener)
    head = [*parts[: min((*borders, *codes))]]
    groups: list[tuple[Part | None, list[Part], list[tuple[str, list[Part]]]]] = []
    for place, part in enumerate(parts[len(head) :], start=len(head)):
        if place in borders or not groups:
            groups.append((part if place in borders else None, [], []))
        if place in codes:
            groups[-1][2].append((codes[place], [part]))
        elif place not in borders:
            _, before, entries = groups[-1]
            (entries[-1][1] if entries else before).append(part)
    is_open = opener.kind == "heading" or _are_regular([e for g in groups for e in g[2]])
    sections = [
        Section(heading, tuple(Entry(code, one[0], tuple(one[1:] * is_open)) for code, one in many))
        for heading, _, many in groups
        if many
    ]
    outside = [part for _, before, many in groups if many for part in before]
    outside += [] if is_open else [p for _, _, many in groups for _, one in many for p in one[1:]]
    empty = [(heading, before) for heading, before, many in groups if not many]
    contents = next((h for h, below in empty if h and _is_contents(below, sections)), None)
    outside += [p for h, below in empty if h is not contents for p in ([h] if h else []) + below]
    return Outline(
        tuple(head),
        contents,
        tuple(sections),
        tuple(part for part in outside if part.kind == "paragraph"),
        tuple(part for part in outside if part.kind != "paragraph"),
    )


def _borders(parts: Sequence[Part], opener: Opener) -> set[int]:
    """Where the headings of sections stand: above those of entries, and all but the title."""
    headings = [
        place
        for place, part in enumerate(parts)
        if part.kind == "heading" and place not in opener.places
    ]
    if opener.kind == "heading":
        headings = [place for place in headings if parts[place].level <= opener.level]
    levels = Counter(parts[place].level for place in headings)
    title = headings[0] if headings and headings[0] < opener.places[0] else None
    has_own_level = title is not None and levels[parts[title].level] == 1
    is_title = has_own_level or (opener.kind == "heading" and len(headings) == 1)
    return {*headings} - ({title} if is_title and title is not None else set())


def _are_regular(entries: list[tuple[str, list[Part]]]) -> bool:
    """Whether what stands behind the openers belongs to them: it does behind a third of them."""
    following = sum(len(one) > 1 for _, one in entries)
    return following * 3 >= len(entries)


def _is_contents(below: Sequence[Part], sections: Sequence[Section]) -> bool:
    """Whether what stands under a heading names the sections."""
    text = " ".join(part.text for part in below)
    return bool(sections) and all(section.title in text for section in sections)
