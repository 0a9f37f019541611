"""The generated packages, built and installed as a person would, without a network."""

import os
import shutil
import sys
from pathlib import Path

from tests.helpers.project import ROOT
from tests.helpers.tools import (
    GENERATED,
    NODE_BIN,
    copy_of,
    node_tool,
    output_of,
    python_module,
    run,
)

PYTHON_VERSIONS = ("3.10", "3.13")
"""The oldest Python that the package is for, and a new one; it is installed into those that run."""


def interpreters() -> dict[str, tuple[str, dict[str, str]]]:
    """This Python, and what runs of `PYTHON_VERSIONS`, with the variable that tells pyenv which."""
    found: dict[str, tuple[str, dict[str, str]]] = {"this": (sys.executable, {})}
    for version in PYTHON_VERSIONS:
        command, pyenv = f"python{version}", {"PYENV_VERSION": version}
        if shutil.which(command) and not run(command, "-V", folder=ROOT, **pyenv).returncode:
            found[version] = (command, pyenv)
    return found


INTERPRETERS = interpreters()


def build(package: Path, folder: Path) -> Path:
    """The folder with the sdist and the wheel, made if it is not there."""
    folder.mkdir(exist_ok=True)
    output_of(*python_module("build"), "--no-isolation", "--outdir", folder, package, folder=folder)
    return folder


def install(
    package: Path, folder: Path, interpreter: str = "this", build_backend: Path | None = None
) -> Path:
    """A new environment's Python, with nothing but the package beside it: a wheel, or an sdist.

    An sdist is built in the environment; `build_backend` is the folder with what it is built with.
    """
    command, pyenv = INTERPRETERS[interpreter]
    output_of(command, "-m", "venv", "--without-pip", folder / "venv", folder=folder, **pyenv)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [*python_module("pip"), "--python", python, "install", "--no-index"]
    if build_backend is None:
        output_of(*pip, "--only-binary=:all:", package, folder=folder)
    else:
        at_hand = {"PYTHONPATH": str(build_backend)}
        output_of(*pip, "--no-build-isolation", package, folder=folder, **at_hand)
    return python


def npm(*arguments: str | Path, folder: Path) -> None:
    """Runs npm without a network, with a cache of its own and tsc at hand."""
    node_tool("tsc")
    path = os.pathsep.join([str(NODE_BIN), os.environ["PATH"]])
    npm_config = {"npm_config_cache": str(folder / ".npm"), "npm_config_userconfig": os.devnull}
    output_of(node_tool("npm"), *arguments, "--offline", folder=folder, PATH=path, **npm_config)


def npm_pack(folder: Path, generated: Path = GENERATED) -> Path:
    """The only file that `npm pack` makes of the TypeScript package; it runs tsc on its own."""
    npm("pack", copy_of("typescript", folder, generated), folder=folder)
    [packed] = folder.glob("*.tgz")
    return packed


def npm_install(packed: Path, folder: Path) -> Path:
    """The folder of a program that has the package installed, and no other."""
    (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    npm("install", packed, folder=folder)
    return folder
