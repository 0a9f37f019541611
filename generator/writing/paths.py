"""Paths: which ones an artefact may have, and which lead out of a folder."""

from __future__ import annotations

import os.path
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePosixPath

STAGING = ".ctek-codegen"
"""The folder within the output folder in which new files are staged until all are complete."""


def path_fault(path: PurePosixPath, folder: str, others: Iterable[str]) -> str | None:
    """Why an artefact cannot have a path below the output folder; None where it can.

    `folder` is its target's, `others` are the paths that are taken. Paths that are the same on some
    system are the same on all, and a name that some system refuses is refused on all: every system
    makes the same tree.
    """
    if path.is_absolute() or ".." in path.parts or str(path) == folder:
        return "leaves the folder"
    if not all(part.isprintable() and _NAME.fullmatch(part) for part in path.parts):
        return "is no name on every system"
    if path.parts[0].casefold() == STAGING:
        return "is the folder in which new files are staged"
    if _is_taken(str(path), others):
        return "another file has"
    return None


# What every system takes: no mark that means something in a path, no end that is cut off.
_NAME = re.compile(r"""[^\\/:*?"<>|]*[^\\/:*?"<>|. ]""")


def _is_taken(path: str, others: Iterable[str]) -> bool:
    """Whether another artefact has the path, is a folder of it, or lies in it as in a folder."""
    path = path.casefold()
    return any(
        path == other or path.startswith(f"{other}/") or other.startswith(f"{path}/")
        for other in map(str.casefold, others)
    )


def leads_out(file: Path, folder: Path) -> bool:
    """Whether a file lies outside of a folder, once all links are followed."""
    inside = os.path.join(os.path.realpath(folder), "")  # noqa: PTH118 (pathlib is slower)
    return not os.path.realpath(file).startswith(inside)
