"""A project in a temporary folder, and the command run in it as a person would."""

import atexit
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from generator.cli import cli

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).parent / "ctek-codegen"
"""The command as it is installed beside the Python that runs the tests."""


def run(
    *arguments: str | Path, folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs ctek-codegen in a folder; `environment` is added to the test's own."""
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


_SERVER = """
import gc, importlib, json, os, pkgutil, signal, sys, time
import generator

for found in pkgutil.walk_packages(generator.__path__, "generator."):
    if found.name != "generator.__main__":
        importlib.import_module(found.name)
main = importlib.import_module("generator.cli").main
gc.freeze()  # so that no fork looks through all that it shares with the others

for line in sys.stdin:
    call = json.loads(line)
    child = os.fork()
    if not child:
        signal.alarm(120)  # as long as `run` waits
        # Tests in a shell's background have it ignored; a person in front of a command has not.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(call["folder"])
        os.environ.update(call["environment"])
        for stream, file in enumerate(call["streams"]):
            os.dup2(os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC), stream)
        exec(call["before"])
        sys.argv = ["ctek-codegen", *call["arguments"]]
        main()
    if call["life"] is not None:
        time.sleep(call["life"])
        os.kill(child, call["signal"])
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@cache
def _warm() -> tuple[subprocess.Popen[str], Path]:
    """The process that has the program loaded, and where its forks' streams go."""
    folder = TemporaryDirectory()
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def end() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return process, Path(folder.name)


def run_warm(
    *arguments: str | Path,
    folder: Path = ROOT,
    before: str = "",
    life: float | None = None,
    signal: int = SIGKILL,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """The same in a fork of a process that has it loaded, for tests that run it hundreds of times.

    It is `main` with its streams, its exit status and what it leaves on disk; how the interpreter
    starts is for `run` to show. `before` is Python that the fork runs first, a fault for instance;
    after `life` seconds it is sent the signal.
    """
    process, temporary = _warm()
    streams = [temporary / name for name in ("stdout", "stderr")]
    for stream in streams:
        stream.write_bytes(b"")  # a fork that is killed at once says nothing
    call = {
        "arguments": [str(argument) for argument in arguments],
        "folder": str(folder),
        "environment": environment,
        "streams": [os.devnull, *map(str, streams)],
        "before": before,
        "life": life,
        "signal": signal,
    }
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(call) + "\n")
    process.stdin.flush()
    status = int(process.stdout.readline())
    said = (stream.read_bytes().decode() for stream in streams)
    return subprocess.CompletedProcess(arguments, status, *said)


def run_here(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """The same in this process, for tests that ask hundreds of things which change nothing."""
    with contextlib.chdir(folder):
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)


def run_faulty(
    fault: str, *arguments: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs ctek-codegen after a piece of Python has put a fault into it.

    For the tests that show that a proof can fail.
    """
    program = f"{fault}\nfrom generator.cli import main\nmain()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


LEFTOVERS = ("__pycache__", ".mypy_cache", "node_modules", "dist")
"""What the languages' own tools may have left among the artefacts of a person's checkout."""


def real_project(folder: Path) -> Path:
    """A copy of what the repository generates from and to."""
    for name in ("spec", "templates", "generated"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns(*LEFTOVERS), symlinks=True
        )
    return folder


def project_of_r4_4_3(folder: Path, targets: tuple[str, ...] = ()) -> Path:
    """A project in which r4.4.3 is the only release, whatever has been published since.

    What a person read in that document is asked of this one, so that it holds for good. It has all
    targets, or these alone.
    """
    spec, document = folder / "spec", "r4.4.3.md"
    spec.mkdir(parents=True)
    for name in ("vendor.toml", document):
        shutil.copyfile(ROOT / "spec" / name, spec / name)
    recorded = (ROOT / "spec/SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    digests = [line for line in recorded if line.split()[-1:] == [document]]
    (spec / "SHA256SUMS").write_text("".join(digests), encoding="utf-8")
    if targets:
        choose_targets(folder / "templates", *targets)
    else:
        shutil.copytree(ROOT / "templates", folder / "templates")
    result = run("generate", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder


def choose_targets(templates: Path, *names: str) -> None:
    """Has a project make these of the built-in targets alone, beside what is its own."""
    templates.mkdir(parents=True, exist_ok=True)
    (templates / "targets.toml").write_text(f"built_in = {json.dumps(names)}\n", encoding="utf-8")


def record_digests(spec: Path) -> None:
    """Writes SHA256SUMS for the documents that are in a folder."""
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(spec.glob("*.md"))
    ]
    (spec / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file's bytes by its path below a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not set(LEFTOVERS) & set(file.parts)
    }
