"""What tsc says of a package, and what Node answers in the names that the JSON has."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from tests.helpers.tools import node_tool, output_of, run


def write_json(file: Path, data: object) -> None:
    file.write_text(json.dumps(data), encoding="utf-8")


class Refusal(NamedTuple):
    file: str
    line: int
    code: str


def refused_by_tsc(folder: Path, project: str = ".") -> set[Refusal]:
    """The lines that tsc does not compile, by the errors that it prints."""
    result = run(node_tool("tsc"), "--project", project, "--pretty", "false", folder=folder)
    found = re.findall(r"^(\S+?)\((\d+),\d+\): error (TS\d+): ", result.stdout, re.MULTILINE)
    assert bool(result.returncode) == bool(found), result.stdout + result.stderr
    return {Refusal(file, int(line), code) for file, line, code in found}


def snake_case(data: Any) -> Any:  # noqa: ANN401
    """Data as JSON has it: names in snake case."""
    if isinstance(data, list):
        return [snake_case(item) for item in data]
    if isinstance(data, dict):
        named = {re.sub(r"[A-Z]", lambda m: "_" + m[0].lower(), key): key for key in data}
        return {name: snake_case(data[key]) for name, key in named.items()}
    return data


def run_module(source: str, folder: Path, stdin: str = "") -> Any:  # noqa: ANN401
    """The JSON that a module prints, run where the package is installed."""
    module = ("--input-type=module", "--eval", source)
    return json.loads(output_of(node_tool("node"), *module, folder=folder, stdin=stdin))
