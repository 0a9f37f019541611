"""Stores new files in the folder of documents together with the artefacts that they make.

The files are first staged, complete, in a folder beside the documents. One rename commits them;
another rolls them back. A run that is killed before the first rename has changed nothing. One that
is killed after it is finished by the next run, in the direction that it was going.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Location
from .paths import STAGING
from .staging import (
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
from .tree import compare_files, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..diagnostics import Outcome
    from .tree import Artefacts, Comparison


def is_unfinished(spec: Path) -> bool:
    """Whether a run was killed between the old state of the folder and the new."""
    return any((spec / STAGING / mark).is_dir() for mark in (READY, BACK))


def check_finished(spec: Path) -> list[Diagnostic]:
    """Diagnostic for a folder that a killed run left between two states; none for any other."""
    if not is_unfinished(spec):
        return []
    return [
        Diagnostic(
            "intake-unfinished",
            Location(str(spec)),
            "a document was being taken in here when the run was stopped",
            help="Finish it:",
            expected="a folder of documents with all of its files in place",
            found="staged files",
            command=("generate",),
        )
    ]


def finish_intake(spec: Path) -> list[Diagnostic]:
    """Finishes what a killed run began, if there was one; a diagnostic where that fails."""
    if not is_unfinished(spec):
        return []
    try:
        with locked(spec):
            if not is_unfinished(spec):
                return []  # it belonged to a live run, which has finished it
            if (spec / STAGING / BACK).is_dir():
                _put_back(spec)
            else:
                _put_in_place(spec)
            shutil.rmtree(spec / STAGING)
    except OSError as error:
        return [unwritable(spec, error)]
    return []


def store(
    files: Mapping[str, bytes], spec: Path, artefacts: Artefacts, output: Path
) -> Outcome[Comparison]:
    """New files of the folder of documents and the artefacts → disk, both or neither.

    Returns what `write` returns. The caller holds the folder's lock. Whatever stops it short
    of a kill is rolled back.
    """
    try:
        clear(spec / STAGING)
        try:
            _stage(files, spec)
            _put_in_place(spec)
            comparison, failed = write(artefacts, output)
        except BaseException:  # Ctrl-C as well, which may come when all is written
            if compare_files(artefacts, output).is_whole:
                shutil.rmtree(spec / STAGING, ignore_errors=True)
            else:
                _roll_back(spec)
            raise
        if comparison is None:
            _roll_back(spec)
        shutil.rmtree(spec / STAGING, ignore_errors=True)
    except OSError as error:
        return None, [unwritable(spec, error)]
    return comparison, failed


def _stage(files: Mapping[str, bytes], spec: Path) -> None:
    """Writes the files to the staging folder, beside links to those that they replace.

    The rename at the end commits them.
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


# Both ways by renames alone: they can be continued after a kill, and need no space.


def _put_in_place(spec: Path) -> None:
    for file in sorted((spec / STAGING / READY).iterdir()):
        file.replace(spec / file.name)


def _put_back(spec: Path) -> None:
    for file in sorted((spec / STAGING / ABSENT).iterdir()):
        (spec / file.name).unlink(missing_ok=True)
    for file in sorted((spec / STAGING / OLD).iterdir()):
        file.replace(spec / file.name)


def _roll_back(spec: Path) -> None:
    """Restores what the folder held before, if files were committed; else nothing has changed."""
    staging = spec / STAGING
    if is_unfinished(spec):
        (staging / READY).replace(staging / BACK)
        _put_back(spec)
    shutil.rmtree(staging, ignore_errors=True)
