"""The names that look most like a misspelt one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], most: int = 3, cutoff: float = 0.6) -> list[str]:
    """The known names most like this one, compared without case, the likeliest first.

    `cutoff` is how much of two names has to be the same, from 0 to 1.
    """
    by_folded = {one.lower(): one for one in known}
    alike = get_close_matches(name.lower(), by_folded, n=most, cutoff=cutoff)
    return [by_folded[one] for one in alike]


def and_nearest(name: str, known: Iterable[str]) -> str:
    """The same as the end of a sentence, empty where no name is like it."""
    alike = nearest(name, known)
    return f"; the nearest: {', '.join(alike)}" if alike else ""
