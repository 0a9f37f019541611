"""A single file that a person names, written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from .paths import STAGING
from .staging import unwritable

if TYPE_CHECKING:
    from ..diagnostics import Diagnostic


def check_writable(file: Path) -> list[Diagnostic]:
    """Diagnostic for a file that `write_file` could not write; changes nothing."""
    try:
        target, staged = _places(file)
        with suppress(FileNotFoundError):
            _check_replaceable(target)
        with staged.open("xb"):
            pass
        staged.unlink()
    except OSError as error:
        return [_unwritable(file, error)]
    return []


def write_file(file: Path, text: str) -> list[Diagnostic]:
    """Text → a file, in place of what it held; whatever stops it, Ctrl-C as well, it keeps that."""
    try:
        target, staged = _places(file)
        try:
            with staged.open("xb") as opened:
                opened.write(text.encode())
            with suppress(FileNotFoundError):
                shutil.copymode(target, staged)
            staged.replace(target)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        return [_unwritable(file, error)]
    return []


def write_new_file(file: Path, text: str) -> list[Diagnostic]:
    """Text → a file in a folder that need not be there yet."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return [_unwritable(file, error)]
    return write_file(file, text)


def _check_replaceable(target: Path) -> None:
    mode = target.stat().st_mode
    if not S_ISREG(mode):
        what = "a folder" if S_ISDIR(mode) else "a pipe or a device"
        raise OSError(errno.EEXIST, f"{what} in place of a file")
    if not os.access(target, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def _places(file: Path) -> tuple[Path, Path]:
    """The file itself, where a link leads to it, and where it is staged: on the same disk."""
    target = Path(os.path.realpath(file))
    return target, target.with_name(f"{STAGING}-{os.getpid()}")


def _unwritable(file: Path, error: OSError) -> Diagnostic:
    """The diagnostic names the file that the person named, not one that is staged for it."""
    return unwritable(file, OSError(error.errno, error.strerror, str(file)))
