"""Staging folders for atomic replacement, and the lock that serialises runs."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Location

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW, OLD, ABSENT = "new", "old", "absent"
"""Within a staging folder: new files, links to those that they replace, and the names of those that
replace none."""
READY, BACK = "ready", "back"
"""New files that are committed and may not all be in place; the same once they are rolled back."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock, which the system releases however the process ends.

    Windows has no such locks on folders: runs are not serialised there.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def clear(staging: Path) -> None:
    """Removes what a killed run left, and refuses a folder of the same name that is not ours.

    Nothing is lost by it: whatever lies in a staging folder is elsewhere too, or is generated.
    """
    check_folder(staging)
    if not staging.exists():
        return
    for one in staging.iterdir():
        if one.name not in (NEW, OLD, ABSENT, READY, BACK):
            raise OSError(errno.EEXIST, "a file of another's in the staging folder", str(one))
    shutil.rmtree(staging)


def check_folder(place: Path) -> None:
    """Refuses a link or a file in place of a folder."""
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        what = "a link" if place.is_symlink() else "a file"
        raise OSError(errno.ENOTDIR, f"{what} in place of a folder", str(place))


def keep(file: Path, copy: Path) -> None:
    """Links the file, if there is one, under a second name, so that it can be put back."""
    if not (file.exists() or file.is_symlink()):
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, copy, follow_symlinks=False)
    except OSError:  # a file system without links
        shutil.copy2(file, copy, follow_symlinks=False)


def unreadable(output: Path, error: OSError) -> Diagnostic:
    """Diagnostic for an output folder that cannot be read."""
    return _failed(output, error, "the output folder cannot be read")


def unwritable(output: Path, error: OSError) -> Diagnostic:
    """Diagnostic for a folder that cannot be written."""
    return _failed(output, error, "the files here cannot be written")


def _failed(output: Path, error: OSError, message: str) -> Diagnostic:
    where = error.filename2 or error.filename
    return Diagnostic(
        "output-unwritable",
        Location(str(where or output)),
        message,
        help="Check what stands there, the permissions, the space on the disk; then run it again.",
        expected="files and real folders that can be read and written",
        found=error.strerror or str(error),
    )
