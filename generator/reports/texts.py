"""Two versions of a text, compared line by line."""

from __future__ import annotations

from difflib import unified_diff
from typing import NamedTuple


class Version(NamedTuple):
    """A version of a text, with the name that it has in the diff."""

    name: str
    data: bytes


def format_diff(old: Version, new: Version) -> str:
    """A unified diff from one version to the other."""
    before, after = (
        version.data.decode("utf-8", errors="replace").splitlines(keepends=True)
        for version in (old, new)
    )
    if max(len(before), len(after)) > _MOST_LINES:
        sizes = f"{old.name}: {len(before)} lines, {new.name}: {len(after)} lines"
        return f"{sizes}, too many to compare\n"
    diff = unified_diff(before, after, old.name, new.name)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in diff)


_MOST_LINES = 20_000
"""The time that a diff takes grows faster than the number of lines."""
