"""A project in a temporary folder, and the command run in it as a person would."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from generator.cli import cli

ROOT = Path(__file__).parent.parent
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


def project_of_r4_4_3(folder: Path) -> Path:
    """A project in which r4.4.3 is the only release, whatever has been published since.

    What a person read in that document is asked of this one, so that it holds for good.
    """
    spec, document = folder / "spec", "r4.4.3.md"
    spec.mkdir(parents=True)
    for name in ("vendor.toml", document):
        shutil.copyfile(ROOT / "spec" / name, spec / name)
    recorded = (ROOT / "spec/SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    digests = [line for line in recorded if line.split()[-1:] == [document]]
    (spec / "SHA256SUMS").write_text("".join(digests), encoding="utf-8")
    shutil.copytree(ROOT / "templates", folder / "templates")
    result = run("generate", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder


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
