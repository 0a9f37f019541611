"""Compares the artefacts on disk with those in memory, and writes them."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic, Location
from .mark import is_marked
from .paths import STAGING
from .staging import (
    NEW,
    OLD,
    check_folder,
    clear,
    keep,
    locked,
    unreadable,
    unwritable,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from ..diagnostics import Outcome


@dataclass(frozen=True, slots=True)
class Artefacts:
    """All artefacts, by their paths below the output folder.

    `leftovers` are, by target, patterns of names that are ignored in its folder, as the language's
    own tools make them. An artefact is never ignored.
    """

    tree: Mapping[str, str]
    leftovers: Mapping[str, Sequence[str]]


class Comparison(NamedTuple):
    """How an output folder differs from the artefacts: paths below it, in order.

    `changed` has what is on disk for each path, `orphaned` files were generated and belong to no
    template any more, `foreign` ones were not generated at all.
    """

    missing: Sequence[str]
    changed: Mapping[str, bytes]
    orphaned: Sequence[str]
    foreign: Sequence[str]
    unchanged: Sequence[str]

    @property
    def is_whole(self) -> bool:
        """Whether the folder holds the artefacts and no generated file besides."""
        return not (self.missing or self.changed or self.orphaned)

    @property
    def is_same(self) -> bool:
        """Whether the folder holds the artefacts and nothing else."""
        return self.is_whole and not self.foreign


def compare(artefacts: Artefacts, output: Path) -> Outcome[Comparison]:
    """Artefacts in memory ↔ artefacts on disk; None where those cannot be read."""
    try:
        return compare_files(artefacts, output), []
    except OSError as error:
        return None, [unreadable(output, error)]


def compare_files(artefacts: Artefacts, output: Path) -> Comparison:
    """The comparison itself. Raises OSError where the folder cannot be read."""
    tree = artefacts.tree
    kept = {str(place) for path in tree for place in (path, *PurePosixPath(path).parents)}
    walk = _walk(output, "", artefacts.leftovers, kept) if output.exists() else ()
    present = set(walk)
    there = sorted(present & tree.keys())
    changed = {
        path: data or b"" for path in there if (data := _read(output / path)) != tree[path].encode()
    }
    others = sorted(present - tree.keys())
    orphaned = [path for path in others if _is_ours(output / path)]
    return Comparison(
        missing=sorted(tree.keys() - present),
        changed=changed,
        orphaned=orphaned,
        foreign=sorted(set(others) - set(orphaned)),
        unchanged=[path for path in there if path not in changed],
    )


def write(artefacts: Artefacts, output: Path) -> Outcome[Comparison]:
    """Artefacts in memory → artefacts on disk: writes missing and changed ones, removes orphans.

    Returns how the folder stood before; None where it failed, and then the old tree stands. All new
    files are complete on disk before the first one is moved into place, and if one cannot be
    moved, those before it are moved back. Unchanged and foreign files are not touched. A second
    run waits for the first.
    """
    staging = output / STAGING
    try:
        _make_folder(output)
        with locked(output):
            # What a killed run left; one that is alive has the lock.
            clear(staging)
            comparison = compare_files(artefacts, output)
            new = [*comparison.missing, *comparison.changed]
            try:
                for path in new:
                    _check_way(output, path)
                for path in new:
                    _stage(staging / NEW / path, artefacts.tree[path])
                _swap(output, staging, new, comparison.orphaned)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        return None, [unwritable(output, error)]
    return comparison, []


def _make_folder(output: Path) -> None:
    """Creates the output folder. A link to a folder is what the person named, and is followed."""
    if output.is_symlink() and not output.exists():
        raise OSError(errno.ENOENT, "a link that leads nowhere", str(output))
    output.mkdir(parents=True, exist_ok=True)


def _swap(output: Path, staging: Path, new: Sequence[str], orphaned: Sequence[str]) -> None:
    """Moves new files into place and removes orphans; whatever stops it, all is undone first."""
    done: list[str] = []
    try:
        for path in (*new, *orphaned):
            keep(output / path, staging / OLD / path)
            done.append(path)
            if path in orphaned:
                (output / path).unlink()
            else:
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                (staging / NEW / path).replace(output / path)
    except BaseException:  # Ctrl-C as well
        for path in reversed(done):
            # One that cannot be put back does not stop the others; `check` reports it.
            with suppress(OSError):
                _put_back(output, staging, path)
        raise
    for path in orphaned:
        _remove_empty_folders(output, path)


def _put_back(output: Path, staging: Path, path: str) -> None:
    """Restores what a path had before, or removes the new file if there was nothing."""
    old = staging / OLD / path
    if old.exists() or old.is_symlink():
        old.replace(output / path)
    else:
        (output / path).unlink(missing_ok=True)
        _remove_empty_folders(output, path)


def _walk(
    folder: Path, prefix: str, leftovers: Mapping[str, Sequence[str]], kept: Container[str]
) -> Iterator[str]:
    """Every file below a folder except leftovers. A link counts as a file and is not followed."""
    ignored = leftovers.get(prefix.partition("/")[0], ()) if prefix else (STAGING,)
    with os.scandir(folder) as found:
        for one in found:
            path = f"{prefix}{one.name}"
            is_folder = one.is_dir(follow_symlinks=False)
            is_ignored = any(fnmatch(one.name, pattern) for pattern in ignored)
            if path not in kept and is_ignored and (prefix or is_folder):
                continue
            if is_folder:
                yield from _walk(Path(one.path), f"{path}/", leftovers, kept)
            else:
                yield path


def _read(file: Path) -> bytes | None:
    """A file's bytes; None for a link, whose target is not ours, and for a pipe, which blocks."""
    return file.read_bytes() if _is_file(file) else None


def _is_file(place: Path) -> bool:
    return place.is_file() and not place.is_symlink()


def _is_ours(file: Path) -> bool:
    if not _is_file(file):
        return False
    with file.open("rb") as opened:
        return is_marked(opened.read(_HEAD).decode("utf-8", errors="replace"))


_HEAD = 4096
"""More bytes than the lines have in which the mark stands."""


def _check_way(output: Path, path: str) -> None:
    """Refuses a path through anything but real folders, or to anything but a file."""
    for folder in PurePosixPath(path).parents[:-1]:
        check_folder(output / folder)
    place = output / path
    if place.exists() and not place.is_symlink() and not place.is_file():
        what = "a folder" if place.is_dir() else "a pipe or a device"
        raise OSError(errno.EEXIST, f"{what} in place of a file", str(place))


def _stage(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def _remove_empty_folders(output: Path, path: str) -> None:
    """Removes the folders that a removed file leaves empty. One that has to stay does no harm."""
    for folder in PurePosixPath(path).parents:
        if str(folder) == ".":
            return
        try:
            (output / folder).rmdir()
        except FileNotFoundError:
            continue
        except OSError:  # not empty, or not to be written
            return


_ANEW = ("generate",)


def drift(comparison: Comparison, output: Path) -> list[Diagnostic]:
    """A diagnostic for each file in which the output folder differs from the artefacts."""
    kinds: tuple[tuple[Iterable[str], str, str], ...] = (
        (comparison.missing, "artefact-missing", "this artefact is not there"),
        (comparison.changed, "artefact-changed", "this is not what the documents say"),
        (comparison.orphaned, "artefact-orphaned", "no template makes this file any more"),
    )
    found = [
        Diagnostic(rule, Location(str(output / path)), message, help="", command=_ANEW)
        for paths, rule, message in kinds
        for path in paths
    ]
    found += [
        Diagnostic(
            "file-foreign",
            Location(str(output / path)),
            "this file was not generated",
            help="Move it elsewhere: the folder holds what is generated and nothing else. Where a "
            "tool of the language leaves it, put its name into `leftovers` of the target.toml.",
        )
        for path in comparison.foreign
    ]
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)
