"""The tools that the generated packages are tried with, each run as a person would run it."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.documentation import blocks_of
from tests.helpers.project import ROOT

GENERATED = ROOT / "generated"
NODE_BIN = ROOT / "tests" / "node" / "node_modules" / ".bin"
LEFTOVERS = shutil.ignore_patterns("node_modules", "dist", "build", "*.tgz", ".*", "__pycache__")
"""What a person who tries the packages leaves behind in generated/."""


def python_module(name: str) -> list[str | Path]:
    """The command that runs a module of the development tools."""
    if importlib.util.find_spec(name) is None:
        pytest.fail(f"the Python module {name} is missing: `make test` installs it")
    return [sys.executable, "-m", name]


def node_tool(name: str, package: str | None = None) -> Path:
    """Node.js, npm, or a command of tests/node/package.json; `package` is what it loads."""
    found = shutil.which(name, path=os.pathsep.join([str(NODE_BIN), os.environ["PATH"]]))
    if found is None:
        pytest.fail(f"{name} is missing: `make test` installs it, given Node.js 20 and npm")
    if package and not (NODE_BIN.parent / package).exists():
        pytest.fail(f"{package} is missing in tests/node: `make test` installs it")
    return Path(found)


GO_ALONE = {
    "GOENV": "off",
    "GOFLAGS": "",
    "GOPROXY": "off",
    "GOTELEMETRY": "off",
    "GOTOOLCHAIN": "local",
    "GOWORK": "off",
}
"""What keeps Go from the network and from the settings of the person; its cache is the person's."""


def go(*arguments: str | Path, folder: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the Go of the development tools, whatever it answers."""
    return run(go_command(), *arguments, folder=folder, stdin=stdin, **GO_ALONE)


def gofmt(*arguments: str | Path, folder: Path) -> str:
    """What gofmt prints, which stands beside Go."""
    root = Path(output_of(go_command(), "env", "GOROOT", folder=folder, **GO_ALONE).strip())
    return output_of(root / "bin" / "gofmt", *arguments, folder=folder)


def go_command() -> Path:
    """The Go of the development tools."""
    command = Path(sys.executable).parent / "go"
    if not command.exists():
        pytest.fail("Go is missing: `make test` installs it")
    return command


JACKSON = [
    Path(f"/usr/share/java/jackson-{part}.jar") for part in ("core", "databind", "annotations")
]


def java_tool(name: str) -> Path:
    """A command of a JDK, where there is Jackson too: neither comes from PyPI or npm."""
    found = shutil.which(name)
    if found is None or not all(jar.exists() for jar in JACKSON):
        missing = "a JDK 17 and Jackson are missing: .ci/run installs them on Debian and Ubuntu"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return Path(found)


def run(
    *command: str | Path, folder: Path, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command, whatever it answers."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=300,  # Go builds its whole library once, and other tests may run beside it
        check=False,
    )


def output_of(*command: str | Path, folder: Path, stdin: str = "", **environment: str) -> str:
    """What a command prints that has to succeed."""
    result = run(*command, folder=folder, stdin=stdin, **environment)
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def copy_of(target: str, folder: Path, generated: Path = GENERATED) -> Path:
    """A copy of a generated package, by default as it is committed."""
    return shutil.copytree(generated / target, folder / target, ignore=LEFTOVERS)


def catalogue_json(generated: Path = GENERATED) -> dict[str, Any]:
    """The catalogue as it is published, without what only a JSON file has."""
    text = (generated / "json" / "catalogue.json").read_text(encoding="utf-8")
    only_json = {"$schema", "$comment", "format_version"}
    return {key: value for key, value in json.loads(text).items() if key not in only_json}


def code_blocks(readme: Path, language: str) -> list[str]:
    """The examples of a README."""
    blocks = [block.text for block in blocks_of(readme) if block.language == language]
    assert blocks, f"{readme} shows no {language}"
    return blocks


def marked_lines(text: str) -> dict[int, str]:
    """The lines of a source that a checker has to refuse, and the comment `refused: …` on each."""
    lines = enumerate(text.split("\n"), start=1)
    return {number: line.split("refused: ")[1] for number, line in lines if "refused: " in line}
