"""Trouble for `generate` at moments that are known, and what may be left after it."""

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.helpers.project import ROOT, record_digests, run_warm

MANIFEST = """\
[[files]]
template = "codes.txt.j2"
path = "codes.txt"

[[files]]
template = "codes.txt.j2"
path = "some/where/codes.txt"

[[files]]
template = "codes.txt.j2"
path = "some/words.txt"

[syntax.txt]
comment = { line = "# " }
string = { quote = "'", escapes = { "'" = "''" } }

[identifiers]
case = "snake"
"""
FOREIGN = {"gone/away/notes.txt": b"mine", "text/notes.txt": b"mine too"}
ORPHANS = ("gone/away/codes.txt", "gone/codes.txt")
MISSING = "text/some/where/codes.txt"


class Ground(NamedTuple):
    """A small made-up project whose output folder is out of date in every way there is.

    Artefacts are missing, changed and orphaned, and files of others lie between them. `old` and
    `new` are the output folder as it is, and as a run has to make it.
    """

    project: Path
    old: dict[str, str]
    new: dict[str, str]

    def copied_to(self, folder: Path) -> "Ground":
        """The same in another folder, to be spoilt there."""
        shutil.copytree(self.project.parent, folder, dirs_exist_ok=True)
        return self._replace(project=folder / "project")

    @property
    def output(self) -> Path:
        return self.project / "generated"

    def restore(self) -> None:
        """Makes the output folder what it was."""
        shutil.rmtree(self.output, ignore_errors=True)
        shutil.copytree(self.project.parent / "old", self.output, symlinks=True)

    def beside(self) -> dict[str, str]:
        """All that is in the project but the output folder."""
        return {p: w for p, w in everything(self.project).items() if not p.startswith("generated")}

    def mend(self) -> None:
        """The next run, once the trouble is over, makes the new tree and clears away."""
        result = run_warm("generate", folder=self.project)
        assert result.returncode == 0, result.stderr
        assert everything(self.output) == self.new


def prepare(folder: Path) -> Ground:
    """Lays the ground out in a folder, beside a copy of the old output folder."""
    project = folder / "project"
    shutil.copytree(ROOT / "tests/cases/_project", project)
    record_digests(project / "spec")
    (project / "templates/text/target.toml").write_text(MANIFEST)
    shutil.copytree(project / "templates/text", project / "templates/words")
    assert run_warm("generate", folder=project).returncode == 0
    output = project / "generated"
    _place(output, FOREIGN)
    new = everything(output)
    _place(output, dict.fromkeys(ORPHANS, (output / "text/codes.txt").read_bytes()))
    for file in sorted(output.rglob("codes.txt")):
        file.write_bytes(file.read_bytes() + b"old\n")
    (output / MISSING).unlink()
    (output / MISSING).parent.rmdir()
    shutil.copytree(output, folder / "old")
    return Ground(project, everything(output), new)


def _place(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def everything(folder: Path) -> dict[str, str]:
    """All that is below a folder but folders, as it is there: no link is followed."""
    found = {}
    for place in sorted(folder.rglob("*")):
        path = place.relative_to(folder).as_posix()
        if place.is_symlink():
            found[path] = f"a link to {place.readlink()}"
        elif place.is_file():
            found[path] = place.read_bytes().decode(errors="surrogateescape")
        elif not place.is_dir():
            found[path] = "neither file nor folder"
    return found


def check_whole_files(left: dict[str, str], old: dict[str, str], new: dict[str, str]) -> None:
    """Each file is wholly the old one or the new one, and none that belongs to both is gone."""
    for path in old.keys() | new.keys() | left.keys():
        is_whole = left.get(path) in (old.get(path), new.get(path))
        assert is_whole, f"{path} is neither the old file nor the new one"


AT_CHANGE = """
import atexit, errno, os, signal, sys, time

CHANGES = {"os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "open"}
TAKES_SPACE = {"os.mkdir", "os.link", "open"}
seen, began, start = 0, None, time.perf_counter()

def is_change(event, arguments):
    if event == "open":
        path, mode, _ = arguments
        return in_places(str(path)) and isinstance(mode, str) and mode != "r"
    # shutil.rmtree names no whole paths, but the folder by its handle
    return event in CHANGES and (in_places(repr(arguments)) or arguments[-1] != -1)

def in_places(text):
    return any(place in text for place in PLACES)

def hook(event, arguments):
    global seen, began
    if event not in CHANGES or not is_change(event, arguments):
        return
    seen += 1
    began = began or time.perf_counter()
    trouble(event, seen, MOMENT, arguments[0])

def count(event, seen, moment, path):
    pass

def killed(event, seen, moment, path):
    if seen == moment:
        os.kill(os.getpid(), signal.SIGKILL)

def killed_later(event, seen, moment, path):
    if seen == 1:  # its moment is in seconds; nothing handles this signal, so it kills
        signal.setitimer(signal.ITIMER_REAL, moment)

def stopped(event, seen, moment, path):
    if seen == moment:
        raise KeyboardInterrupt

def refused_once(event, seen, moment, path):
    if seen == moment:
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)

def refused_twice(event, seen, moment, path):
    if seen in (moment, moment + 2):
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)

def full(event, seen, moment, path):
    if seen >= moment and event in TAKES_SPACE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

def read_only(event, seen, moment, path):
    if seen >= moment:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)

def tell():
    end = time.perf_counter()
    os.write(2, b"changes: %d %f %f" % (seen, end - start, end - (began or end)))

if TROUBLE == "count":
    atexit.register(tell)
trouble = globals()[TROUBLE]
sys.addaudithook(hook)
"""
"""Counts the changes that a run makes in some folders, and brings trouble at one of them."""

IN_PLACE = """
import generator.writing.tree as tree

def in_place(output, staging, new, orphaned):
    for path in new:
        text = (staging / "new" / path).read_bytes()
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(text[:len(text) // 2])
        with (output / path).open("ab") as file:
            file.write(text[len(text) // 2:])
    for path in orphaned:
        (output / path).unlink()

tree._swap = in_place
"""
"""A fault: a writer that writes files in their places, piece by piece, one after the other."""


TROUBLES = ("stopped", "refused_once", "full", "killed", "read_only", "refused_twice")
MAY_LEAVE_BOTH = TROUBLES[3:]
"""After these nothing can be put back by the run itself."""


class Changes(NamedTuple):
    """How many changes a run makes in some folders, how many seconds it takes, and how many of
    those from the first change on."""

    number: int
    whole: float
    writing: float


def changes_of(command: str, folder: Path, *places: str, fault: str = "") -> Changes:
    """What a run does that nothing stops; the command is the words behind the program's name."""
    before = at_change("count", 0, *places, fault=fault)
    result = run_warm(*command.split(), folder=folder, before=before)
    assert result.returncode == 0, result.stderr
    number, whole, writing = result.stderr.rpartition("changes: ")[2].split()
    return Changes(int(number), float(whole), float(writing))


def killed_runs(
    times: int,
    command: str,
    folder: Path,
    restore: Callable[[], None],
    *places: str,
    fault: str = "",
) -> Iterator[None]:
    """Kills so many runs at random moments; it is the caller's turn after each.

    Most of a run is reading: half of the moments are counted from the first change on. How long it
    takes is asked again and again, as what else the machine does makes it slower and quicker.
    """
    moments = random.Random(times)  # noqa: S311 (moments, not secrets)
    for _ in range(0, times, 20):
        restore()
        timed = changes_of(command, folder, *places, fault=fault)
        for turn in range(20):
            restore()
            share = moments.uniform(0, 1.3)
            before, life = fault, None
            if turn % 2:
                life = timed.whole * share
            else:
                later = timed.writing * share
                before = at_change("killed_later", later, *places, fault=fault)
            run_warm(*command.split(), folder=folder, before=before, life=life)
            yield


def at_change(trouble: str, moment: float, *places: str, fault: str = "") -> str:
    """The Python that brings trouble at the so-many-th change in some folders, `generated` alone
    where none are named; a fault is put in before."""
    known = f"TROUBLE, MOMENT, PLACES = {trouble!r}, {moment}, {places or ('generated',)!r}"
    return f"{fault}\n{known}\n{AT_CHANGE}"


def without_privileges() -> list[str]:
    """What a command is begun with for permissions to hold, which they do not for root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.fail("setpriv (util-linux) is needed for this test where root runs it")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]


def may_mount(folder: Path) -> list[str]:
    """What a command is begun with that mounts a file system of its own."""
    if shutil.which("unshare") is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip  # macOS has none
        missing("unshare (util-linux) is needed for this test")
    ways = [["unshare", "-m"], ["unshare", "-rm"]]
    if os.environ.get("CI"):  # there, and nowhere else, files of root's are nobody's trouble
        ways.append(["sudo", "-n", "unshare", "-m"])
    for way in ways:
        trial = [*way, "mount", "-t", "tmpfs", "none", str(folder)]
        if (
            shutil.which(way[0])
            and subprocess.run(trial, capture_output=True, check=False).returncode == 0
        ):
            return way
    pytest.skip("this machine lets nobody mount a file system")
