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


_EXPORTED = re.compile(r"(?m)^/\*\*\n((?: \*.*\n)+?) \*/\nexport function (\w+)")
_TOLD = """
console.log(JSON.stringify(pairs.map((pair) => pair.map((value) => value ?? String(value)))));
"""


def doc_examples(sources: Path) -> dict[str, str]:
    """The @example of each function of a package, as a program, by the function's name.

    The program prints a pair for each line `expression; // => value`: what both are.
    """
    found = {}
    for file in sorted(sources.glob("*.ts")):
        for comment, name in _EXPORTED.findall(file.read_text(encoding="utf-8")):
            _, is_there, example = re.sub(r"(?m)^ \* ?", "", comment).partition("@example\n")
            if is_there:
                lines = re.sub(r"(?m)^(.+); // => (.+)$", r"pairs.push([\1, \2]);", example)
                found[name] = f"const pairs: [unknown, unknown][] = [];\n{lines}{_TOLD}"
    assert all("pairs.push(" in program for program in found.values())
    return found


def history(details: Any) -> Any:  # noqa: ANN401
    """The details of a code as the JSON has them.

    What the package has beside that has to be what the last of the revisions says.
    """
    data = snake_case(details)
    meanings = data["revisions"][-1]["meanings"]
    assert data.pop("meanings") == meanings
    for part in ("text", "description"):
        texts = dict.fromkeys(meaning[part] for meaning in meanings)
        assert data.pop(part) == "\n".join(texts)
    return data


def run_module(source: str, folder: Path, stdin: str = "") -> Any:  # noqa: ANN401
    """The JSON that a module prints, run where the package is installed."""
    module = ("--input-type=module", "--eval", source)
    return json.loads(output_of(node_tool("node"), *module, folder=folder, stdin=stdin))
