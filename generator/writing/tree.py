"""The artefacts on disk: compared with those in memory, then written."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import Diagnostic, Location
from generator.writing.mark import is_marked
from generator.writing.paths import STAGING
from generator.writing.staging import NEW, OLD, check_folder, clear, keep, locked, unwritable

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence


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
    def is_whole(self) -> bool:
        """Whether the folder holds the artefacts, and no other ones."""
        return not (self.missing or self.changed or self.orphaned)

    @property
    def is_same(self) -> bool:
        """Whether the folder holds the artefacts and nothing else."""
        return self.is_whole and not self.foreign


def compare(
    tree: Mapping[str, str], output: Path, leftovers: Mapping[str, Sequence[str]]
) -> Comparison:
    """Holds the output folder against the tree; writes nothing.

    `leftovers` are, by target, patterns of names that are passed over in its folder, as the
    language's own tools make them; what is an artefact never is. Raises OSError where the folder
    cannot be read.
    """
    kept = {str(place) for path in tree for place in (path, *PurePosixPath(path).parents)}
    walk = _walk(output, "", leftovers, kept) if output.exists() else ()
    present = set(walk)
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


def write(
    tree: Mapping[str, str], output: Path, leftovers: Mapping[str, Sequence[str]]
) -> tuple[Comparison | None, list[Diagnostic]]:
    """Brings the output folder to the tree: what is missing or changed written, orphans removed.

    Answers with how the folder stood before. All new files are complete on disk before the first
    takes its place, and where one cannot take it those before it are taken back: after a finding
    the old tree stands. Unchanged and foreign files are not touched. A second run waits for the
    first.
    """
    staging = output / STAGING
    try:
        _make_folder(output)
        with locked(output):
            # What a run left that was killed; one that is alive has the lock.
            clear(staging)
            comparison = compare(tree, output, leftovers)
            new = [*comparison.missing, *comparison.changed]
            try:
                for path in new:
                    _check_way(output, path)
                for path in new:
                    _stage(staging / NEW / path, tree[path])
                _swap(output, staging, new, comparison.orphaned)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        return None, [unwritable(output, error)]
    return comparison, []


def _make_folder(output: Path) -> None:
    """The output folder; a link to one is what the person has named, and is followed."""
    if output.is_symlink() and not output.exists():
        raise OSError(errno.ENOENT, "a link that leads nowhere", str(output))
    output.mkdir(parents=True, exist_ok=True)


def _swap(output: Path, staging: Path, new: Sequence[str], orphaned: Sequence[str]) -> None:
    """Puts new files in place and orphans away; whatever stops it, all is put back first."""
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
            # One that cannot be put back does not keep the others from it; `check` tells of it.
            with suppress(OSError):
                _put_back(output, staging, path)
        raise
    for path in orphaned:
        _remove_empty_folders(output, path)


def _put_back(output: Path, staging: Path, path: str) -> None:
    """Gives a path what it had before; nothing, if there was nothing."""
    old = staging / OLD / path
    if old.exists() or old.is_symlink():
        old.replace(output / path)
    else:
        (output / path).unlink(missing_ok=True)
        _remove_empty_folders(output, path)


def _walk(
    folder: Path, prefix: str, leftovers: Mapping[str, Sequence[str]], kept: Container[str]
) -> Iterator[str]:
    """Every file below a folder but leftovers; a link counts as a file and is not followed."""
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
    """A file's bytes; None for a link, as what it leads to is not ours, or a pipe, which waits."""
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
    """Refuses a path that leads through what is no real folder, or to what is one."""
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
    """Removes the folders that a path leaves empty. One that has to stay harms nothing."""
    for folder in PurePosixPath(path).parents:
        if str(folder) == ".":
            return
        try:
            (output / folder).rmdir()
        except FileNotFoundError:
            continue
        except OSError:  # not empty, or not to be written
            return


def drift(comparison: Comparison, output: Path) -> list[Diagnostic]:
    """A finding for each file in which the output folder differs from the tree."""
    advice = "ctek-codegen generate"
    kinds = (
        (comparison.missing, "artefact-missing", "this artefact is not there", advice),
        (comparison.changed, "artefact-changed", "this is not what the documents say", advice),
        (comparison.orphaned, "artefact-orphaned", "no template makes this file any more", advice),
        (
            comparison.foreign,
            "file-foreign",
            "this file was not generated; it is left as it is",
            "Move it elsewhere: the folder holds what is generated and nothing else.",
        ),
    )
    found = [
        Diagnostic(rule, Location(str(output / path)), message, advice)
        for paths, rule, message, advice in kinds
        for path in paths
    ]
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)


def difference(path: str, tree: Mapping[str, str], output: Path) -> str:
    """A unified diff from the file on disk to the artefact in memory; either may be missing."""
    file = output / path
    data = (_read(file) if file.exists() else None) or b""
    return text_difference(
        (f"{file} (on disk)", data), (f"{file} (as generated)", tree.get(path, "").encode())
    )


def text_difference(old: tuple[str, bytes], new: tuple[str, bytes]) -> str:
    """A unified diff of two texts, each with its name."""
    from difflib import unified_diff  # only what fails needs it

    before, after = (data.decode("utf-8", errors="replace") for _, data in (old, new))
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(map(len, lines)) > _LONGEST_DIFF:
        told = (
            f"{name}: {len(one)} lines" for (name, _), one in zip((old, new), lines, strict=True)
        )
        return f"{', '.join(told)}, too many to compare\n"
    diff = unified_diff(*lines, old[0], new[0])
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in diff)


_LONGEST_DIFF = 20_000
"""Lines; the time that a diff takes grows faster than they do."""
