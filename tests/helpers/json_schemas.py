"""The published JSON and its schemas, asked of two validators."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.helpers.project import ROOT
from tests.helpers.tools import GENERATED, node_tool, run

JSON = GENERATED / "json"


VALIDATE = ROOT / "tests" / "node" / "validate.mjs"


def load(file: Path) -> Any:  # noqa: ANN401 (JSON can be anything)
    return json.loads(file.read_text(encoding="utf-8"))


def schema_file(schema: str) -> Path:
    return JSON / f"{schema}.schema.json"


def python_accepts(schema: str, data: object) -> bool:
    return Draft202012Validator(load(schema_file(schema))).is_valid(data)


def ajv(schema: Path, *files: Path) -> dict[str, list[Any]]:
    """The errors that ajv finds, by file; its strict mode also looks for doubtful schemas."""
    result = run(node_tool("node", package="ajv"), VALIDATE, schema, *files, folder=ROOT)
    assert result.stdout, result.stderr
    errors: dict[str, list[Any]] = json.loads(result.stdout)
    assert result.returncode == any(errors.values())
    return errors


def ajv_accepts(schema: str, instances: dict[str, object], folder: Path) -> dict[str, bool]:
    """Whether ajv accepts each instance; one run for all of them."""
    files = {folder / f"{number}.json": name for number, name in enumerate(instances)}
    for file, name in files.items():
        file.write_text(json.dumps(instances[name]), encoding="utf-8")
    errors = ajv(schema_file(schema), *files)
    return {name: not errors[str(file)] for file, name in files.items()}
