"""The artefacts on disk: compared with those in memory, then written."""

from __future__ import annotations

import errno
import os
import shutil
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import Diagnostic, Location
from generator.writing.render import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

STAGING = ".ctek-codegen"
"""The folder within the output folder in which new files wait until all of them are complete."""


class Comparison(NamedTuple):
    """How an output folder stands to the tree of artefacts; paths below it, in order.

    `orphaned` files are generated and belong to no template any more, `foreign` ones are not
    generated at all.
    """

    missing: Sequence[str]
    changed: Sequence[str]
    orphaned: Sequence[str]
    foreign: Sequence[str]
    unchanged: Sequence[str]

    @property
    def is_same(self) -> bool:
        """Whether the folder holds the artefacts and nothing else."""
        return not (self.missing or self.changed or self.orphaned or self.foreign)


def compare(tree: Mapping[str, str], output: Path, leftovers: Iterable[str]) -> Comparison:
    """Holds the output folder against the tree; writes nothing.

    `leftovers` are patterns of names that are passed over, as the languages' own tools make them.
    Raises OSError where the folder cannot be read.
    """
    ignored = [STAGING, *leftovers]
    present = set(_walk(output, "", ignored)) if output.exists() else set()
    changed = [p for p in sorted(present & tree.keys()) if _read(output / p) != tree[p].encode()]
    others = sorted(present - tree.keys())
    orphaned = [path for path in others if _is_ours(output / path)]
    return Comparison(
        missing=sorted(tree.keys() - present),
        changed=changed,
        orphaned=orphaned,
        foreign=sorted(set(others) - set(orphaned)),
        unchanged=sorted((present & tree.keys()) - set(changed)),
    )


def write(tree: Mapping[str, str], output: Path, comparison: Comparison) -> list[Diagnostic]:
    """Brings the output folder to the tree: what is missing or changed written, orphans removed.

    All new files are complete on disk before the first takes its place, so a full disk or a fault
    leaves the old tree. Unchanged and foreign files are not touched.
    """
    staging = output / STAGING
    try:
        shutil.rmtree(staging, ignore_errors=True)
        new = [*comparison.missing, *comparison.changed]
        for path in new:
            _check_way(output, path)
        for path in new:
            _stage(staging / path, tree[path])
        for path in new:
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(output / path)
        for path in comparison.orphaned:
            (output / path).unlink()
            _remove_empty_folders(output, path)
    except OSError as error:
        return [_unwritable(output, error)]
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return []


def _walk(folder: Path, prefix: str, ignored: Sequence[str]) -> Iterator[str]:
    """Every file below a folder but the ignored; a link counts as a file and is not followed."""
    with os.scandir(folder) as found:
        for one in found:
            if any(fnmatch(one.name, pattern) for pattern in ignored):
                continue
            if one.is_dir(follow_symlinks=False):
                yield from _walk(Path(one.path), f"{prefix}{one.name}/", ignored)
            else:
                yield f"{prefix}{one.name}"


def _read(file: Path) -> bytes | None:
    """A file's bytes, None for a link: what it leads to is not ours."""
    return None if file.is_symlink() else file.read_bytes()


def _is_ours(file: Path) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as opened:
        return MARK.encode() in opened.read(_HEAD)


_HEAD = 4096
"""How many bytes of a file are searched for the mark."""


def _check_way(output: Path, path: str) -> None:
    """Refuses a path that leads through what is no real folder, or to what is one."""
    for folder in PurePosixPath(path).parents:
        place = output / folder
        if place.is_symlink() and str(folder) != ".":
            raise OSError(errno.ENOTDIR, "a link in place of a folder", str(place))
        if place.exists() and not place.is_dir():
            raise OSError(errno.ENOTDIR, "a file in place of a folder", str(place))
    place = output / path
    if place.is_dir() and not place.is_symlink():
        raise OSError(errno.EISDIR, "a folder in place of a file", str(place))


def _stage(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def _remove_empty_folders(output: Path, path: str) -> None:
    for folder in PurePosixPath(path).parents:
        if str(folder) == "." or any((output / folder).iterdir()):
            return
        (output / folder).rmdir()


def drift(comparison: Comparison, output: Path) -> list[Diagnostic]:
    """A finding for each file in which the output folder differs from the tree."""
    mend = "ctek-codegen generate"
    kinds = (
        (comparison.missing, "artefact-missing", "this artefact is not there", mend),
        (comparison.changed, "artefact-changed", "this is not what the documents say", mend),
        (comparison.orphaned, "artefact-orphaned", "no template makes this file any more", mend),
        (
            comparison.foreign,
            "file-foreign",
            "this file was not generated; it is left as it is",
            "Move it elsewhere: the folder holds what is generated and nothing else.",
        ),
    )
    found = [
        Diagnostic(rule, Location(str(output / path)), message, mend)
        for paths, rule, message, mend in kinds
        for path in paths
    ]
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)


def difference(path: str, tree: Mapping[str, str], output: Path) -> str:
    """A unified diff from the file on disk to the artefact in memory; either may be missing."""
    from difflib import unified_diff  # only a check that fails needs it

    file = output / path
    data = (_read(file) if file.exists() else None) or b""
    old = data.decode("utf-8", errors="replace").splitlines(keepends=True)
    new = tree.get(path, "").splitlines(keepends=True)
    lines = unified_diff(old, new, f"{file} (on disk)", f"{file} (as generated)")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def unreadable(output: Path, error: OSError) -> Diagnostic:
    """The finding that an output folder is which cannot be read."""
    return _failed(output, error, "the output folder cannot be read")


def _unwritable(output: Path, error: OSError) -> Diagnostic:
    return _failed(output, error, "the artefacts cannot be written")


def _failed(output: Path, error: OSError, message: str) -> Diagnostic:
    where = error.filename2 or error.filename
    return Diagnostic(
        "output-unwritable",
        Location(str(where or output)),
        message,
        mend="Check what stands there, the permissions, the space on the disk; then run it again.",
        expected="files and real folders that can be read and written",
        found=error.strerror or str(error),
    )
