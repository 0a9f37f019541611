"""New files for the folder of documents, put there together with the artefacts that they make.

The files wait complete in a folder beside the documents until one rename makes them count; another
takes that back. A run killed before the first has changed nothing; one killed behind it is ended by
the next, in the direction that it was going.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from generator.writing.paths import STAGING
from generator.writing.staging import (
    ABSENT,
    BACK,
    NEW,
    OLD,
    READY,
    clear,
    keep,
    locked,
    unwritable,
)
from generator.writing.tree import compare, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.writing.tree import Comparison


def is_unfinished(spec: Path) -> bool:
    """Whether a run was killed between one state of the folder and the other."""
    return any((spec / STAGING / mark).is_dir() for mark in (READY, BACK))


def finish(spec: Path) -> list[Diagnostic]:
    """Ends what a run began that was killed, in the direction it was going.

    With a finding where that cannot be.
    """
    try:
        with locked(spec):
            if not is_unfinished(spec):
                return []  # it was a live run's, which has ended it
            if (spec / STAGING / BACK).is_dir():
                _put_back(spec)
            else:
                _put_in_place(spec)
            shutil.rmtree(spec / STAGING)
    except OSError as error:
        return [unwritable(spec, error)]
    return []


def store(
    files: Mapping[str, bytes],
    spec: Path,
    tree: Mapping[str, str],
    output: Path,
    leftovers: Mapping[str, Sequence[str]],
) -> tuple[Comparison | None, list[Diagnostic]]:
    """Writes files of the folder of documents and the tree of artefacts, both or neither.

    Answers as `write` does. The caller holds the folder's lock. Whatever stops it short of a kill
    is taken back.
    """
    try:
        clear(spec / STAGING)
        try:
            _stage(files, spec)
            _put_in_place(spec)
            comparison, failed = write(tree, output, leftovers)
        except BaseException:  # Ctrl-C as well, which may come when all is written
            if compare(tree, output, leftovers).is_whole:
                shutil.rmtree(spec / STAGING, ignore_errors=True)
            else:
                _take_back(spec)
            raise
        if comparison is None:
            _take_back(spec)
        shutil.rmtree(spec / STAGING, ignore_errors=True)
    except OSError as error:
        return None, [unwritable(spec, error)]
    return comparison, failed


def _stage(files: Mapping[str, bytes], spec: Path) -> None:
    """Writes the files where they wait, beside second names of those that they replace.

    The rename at the end makes them count.
    """
    staging = spec / STAGING
    for folder in (NEW, OLD, ABSENT):
        (staging / folder).mkdir(parents=True)
    for name, data in files.items():
        (staging / NEW / name).write_bytes(data)
        keep(spec / name, staging / OLD / name)
        if not (staging / OLD / name).exists():
            (staging / ABSENT / name).touch()
    (staging / NEW).replace(staging / READY)


# Both ways by renames alone: they can be gone on with after a kill, and need no space.


def _put_in_place(spec: Path) -> None:
    for file in sorted((spec / STAGING / READY).iterdir()):
        file.replace(spec / file.name)


def _put_back(spec: Path) -> None:
    for file in sorted((spec / STAGING / ABSENT).iterdir()):
        (spec / file.name).unlink(missing_ok=True)
    for file in sorted((spec / STAGING / OLD).iterdir()):
        file.replace(spec / file.name)


def _take_back(spec: Path) -> None:
    """Gives the folder what it held before, once files count; else nothing has changed."""
    staging = spec / STAGING
    if is_unfinished(spec):
        (staging / READY).replace(staging / BACK)
        _put_back(spec)
    shutil.rmtree(staging, ignore_errors=True)
