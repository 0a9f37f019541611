"""Trouble for `generate` at moments that are known, and what may be left after it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, Self

import pytest

from tests.project import ROOT, record_digests, run

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
        result = run("generate", folder=self.project)
        assert result.returncode == 0, result.stderr
        assert everything(self.output) == self.new


def prepare(folder: Path) -> Ground:
    """Lays the ground out in a folder, beside a copy of the old output folder."""
    project = folder / "project"
    shutil.copytree(ROOT / "tests/cases/_project", project)
    record_digests(project / "spec")
    (project / "templates/text/target.toml").write_text(MANIFEST)
    shutil.copytree(project / "templates/text", project / "templates/words")
    assert run("generate", folder=project).returncode == 0
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
        assert left.get(path) in (old.get(path), new.get(path)), path


AT_CHANGE = """
import atexit, errno, os, signal, sys

CHANGES = {"os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "open"}
TAKES_SPACE = {"os.mkdir", "os.link", "open"}
seen = 0

def is_change(event, arguments):
    if event == "open":
        path, mode, _ = arguments
        return in_places(str(path)) and isinstance(mode, str) and mode != "r"
    # shutil.rmtree names no whole paths, but the folder by its handle
    return event in CHANGES and (in_places(repr(arguments)) or arguments[-1] != -1)

def in_places(text):
    return any(place in text for place in PLACES)

def hook(event, arguments):
    global seen
    if event not in CHANGES or not is_change(event, arguments):
        return
    seen += 1
    trouble(event, seen, MOMENT, arguments[0])

def count(event, seen, moment, path):
    pass

def killed(event, seen, moment, path):
    if seen == moment:
        os.kill(os.getpid(), signal.SIGKILL)

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
    os.write(2, b"changes: %d" % seen)

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


WARM = """
import json, os, signal, sys, time
import generator.pipeline, generator.writing.render, generator.writing.target
import generator.writing.tree
from generator.cli import main

for line in sys.stdin:
    arguments, before, life = json.loads(line)
    child = os.fork()
    if not child:
        said = os.open("../said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        exec(before)
        sys.argv = ["ctek-codegen", *arguments]
        main()
    if life is not None:
        time.sleep(life)
        os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Warm:
    """The command run in a fork of a process that has it loaded: hundreds of runs in a minute."""

    def __init__(self, project: Path, fault: str) -> None:
        self._said = project.parent / "said"
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [sys.executable, "-c", fault + WARM], cwd=project, stdin=pipe, stdout=pipe, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, command: str, before: str = "", life: float | None = None) -> tuple[int, str]:
        """The command's status and what it says; `before` is Python that its process runs first.

        The command is the words behind the program's name. After `life` seconds it is killed.
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([command.split(), before, life]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline()), self._said.read_text()


def at_change(trouble: str, moment: int, *places: str) -> str:
    """The Python that brings trouble at the so-many-th change in some folders, `generated` alone
    where none are named."""
    known = f"TROUBLE, MOMENT, PLACES = {trouble!r}, {moment}, {places or ('generated',)!r}"
    return f"{known}\n{AT_CHANGE}"


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
