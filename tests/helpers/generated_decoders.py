"""The decoders, run from their sources: what they answer, as plain data."""

import importlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from generator import pipeline
from tests.helpers.project import ROOT, choose_targets
from tests.helpers.tools import node_tool, output_of

VECTORS_PROGRAM = ROOT / "tests/node/vectors.mjs"
KINDS = ("status_notifications", "notify_events")
"""The kinds of vectors."""

Decode = Callable[[Any, str | None], Any]
Vectors = Mapping[str, Any]
"""What vectors.json holds."""


def plain(answer: Any) -> Any:  # noqa: ANN401
    """The answer as data: a generated Python package gives it, the decoder itself has no other."""
    return answer if isinstance(answer, dict) else answer.to_dict()


def canonical(answer: object) -> str:
    """What tells two answers apart: as JSON does, so that neither 2.0 is 2 nor true is 1."""
    return json.dumps(answer, sort_keys=True)


# Packages


def generate(spec: Path, output: Path, *targets: str) -> Path:
    """The artefacts of some targets alone, made of a folder of documents."""
    templates = output.with_name(f"{output.name}.templates")
    choose_targets(templates, *targets)
    built, diagnostics = pipeline.build(spec, templates)
    assert built, diagnostics
    written, diagnostics = pipeline.write(built, output)
    assert written, diagnostics
    return output


def vectors_of(generated: Path) -> Vectors:
    vectors: Vectors = json.loads((generated / "json/vectors.json").read_text(encoding="utf-8"))
    return vectors


def sources(folder: Path, pattern: str) -> dict[str, str]:
    """The sources of a package, by their paths in it."""
    files = sorted(folder.glob(pattern))
    return {one.relative_to(folder).as_posix(): one.read_text(encoding="utf-8") for one in files}


RUNTIME_SOURCES = sources(ROOT / "generator/runtime", "*.py")
"""The decoder that the program runs and the Python package ships."""


def python_sources(generated: Path) -> dict[str, str]:
    [package] = [file.parent for file in (generated / "python").glob("*/__init__.py")]
    return sources(package, "**/*.py")


def typescript_sources(generated: Path) -> dict[str, str]:
    return sources(generated / "typescript/src", "*.ts")


_numbers = count()


@contextmanager
def python_package(modules: Mapping[str, str], folder: Path) -> Iterator[ModuleType]:
    """The package that some sources make, in this process, under a name that no other has."""
    name = f"package_{next(_numbers)}"
    (folder / name).mkdir()
    for file, text in modules.items():
        (folder / name / file).parent.mkdir(exist_ok=True)
        (folder / name / file).write_text(text, encoding="utf-8")
    keeps_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = keeps_bytecode
        for module in [one for one in sys.modules if one.partition(".")[0] == name]:
            del sys.modules[module]


class Decoders(NamedTuple):
    """What decodes, by the kinds of vectors."""

    status_notifications: Decode
    notify_events: Decode


def decoders(package: ModuleType) -> Decoders:
    """Those of a Python package."""
    return Decoders(package.decode_status_notification, package.decode_notify_event)


def decoders_made_of(package: ModuleType, facade: str) -> Decoders:
    """Those of a Python package with another source in place of `_decode`.

    The rest is as it was loaded: the catalogue takes long to compile.
    """
    module = ModuleType(f"{package.__name__}._decode")
    module.__package__ = package.__name__
    exec(compile(facade, module.__name__, "exec"), module.__dict__)  # noqa: S102 (the tests' own)
    return decoders(module)


@contextmanager
def decoder_classes(modules: Mapping[str, str], folder: Path) -> Iterator[Mapping[str, type]]:
    """The classes that other sources in place of generator/runtime make, by their names."""
    with python_package(modules, folder) as package:
        decoder, firmware = (
            importlib.import_module(f"{package.__name__}.{name}")
            for name in ("decoder", "firmware")
        )
        yield {"Decoder": decoder.Decoder, "Releases": firmware.Releases}


def failed(decode: Decoders, vectors: Vectors) -> Iterator[str]:
    """The names of the vectors that a decoder does not pass, as far as one asks for them."""
    for kind, answer_to in decode._asdict().items():
        for vector in vectors[kind]:
            try:
                answer = canonical(plain(answer_to(vector["message"], vector["firmware"])))
            except Exception as error:  # noqa: BLE001 (a decoder that raises has failed)
                answer = repr(error)
            if answer != canonical(vector["expected"]):
                yield f"{kind}: {vector['name']}"


def compile_quickly(modules: Mapping[str, str], folder: Path) -> Path:
    """A TypeScript package made of some sources, by a compiler that looks at no types."""
    (folder / "src").mkdir(parents=True)
    for file, text in modules.items():
        (folder / "src" / file).write_text(text, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    files = [f"src/{file}" for file in modules]
    output_of(node_tool("esbuild"), *files, "--outdir=dist", "--log-level=error", folder=folder)
    return folder


def failed_in_typescript(package: Path, vectors: Path) -> tuple[int, list[str]]:
    """How many vectors a compiled package passes, and the names of those that it does not."""
    node = (node_tool("node"), VECTORS_PROGRAM, package, "vectors", vectors)
    said = json.loads(output_of(*node, folder=package))
    return said["passed"], said["failed"]
