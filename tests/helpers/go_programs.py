"""Programs in Go that use the generated package, as its README says."""

import os
from pathlib import Path

from tests.helpers.tools import GO_ALONE, code_blocks, go, go_command, output_of


def program_using(source: str, package: Path, name: str, folder: Path) -> Path:
    """A program in a module of its own that has taken the package by the lines of its README."""
    program = folder / "program"
    program.mkdir()
    (program / "main.go").write_text(source, encoding="utf-8")
    result = go("mod", "init", "example.com/program", folder=program)
    assert result.returncode == 0, result.stderr
    [lines] = code_blocks(package / "README.md", "sh")
    assert f"cp -r PATH/TO/generated/go/. {name} " in lines
    lines = lines.replace("PATH/TO/generated/go", str(package))
    path = os.pathsep.join([str(go_command().parent), os.environ["PATH"]])
    output_of("sh", "-euc", lines, folder=program, **{**GO_ALONE, "PATH": path})
    return program


def run_program(source: str, package: Path, name: str, folder: Path) -> str:
    """What such a program prints."""
    result = go("run", ".", folder=program_using(source, package, name, folder))
    assert result.returncode == 0, result.stderr
    return result.stdout
