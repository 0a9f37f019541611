"""A vendor.toml, proposed by one document: what it shows, and what a person has to look at."""

from __future__ import annotations

from typing import NamedTuple

DOUBT = "# Unsure: "
"""How a comment begins that says what a person has to look at: the line below it."""


class Proposal(NamedTuple):
    """The text of a vendor.toml, and how many entries it was read from.

    Each line that a person has to look at stands below a comment that begins with `DOUBT`.
    """

    text: str
    entries: int

    @property
    def doubts(self) -> list[tuple[int, str]]:
        """What it is unsure of, each with its line, from 1."""
        lines = enumerate(self.text.split("\n"), start=1)
        return [
            (number, line.removeprefix(DOUBT)) for number, line in lines if line.startswith(DOUBT)
        ]
