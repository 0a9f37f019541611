"""The packages pass the gates of their registries, install from what is published, begin alike."""

import importlib.util
import io
import json
import re
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.packages import build, install, npm_pack
from tests.helpers.tools import (
    GENERATED,
    code_blocks,
    copy_of,
    node_tool,
    output_of,
    python_module,
    run,
)

# What PyPI takes: twine, and pip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel and the sdist of the package as it is committed."""
    folder = tmp_path_factory.mktemp("built")
    return list(build(copy_of("python", folder), folder / "dist").iterdir())


def twine(files: list[Path], folder: Path) -> tuple[int, str]:
    result = run(*python_module("twine"), "check", "--strict", *files, folder=folder, NO_COLOR="1")
    return result.returncode, result.stdout


def test_twine_passes_wheel_and_sdist(built: list[Path], tmp_path: Path) -> None:
    status, said = twine(built, tmp_path)
    assert (status, said.count("PASSED"), len(built)) == (0, 2, 2), said


@pytest.mark.parametrize(
    ("line", "broken", "message"),
    [
        ('readme = "README.md"\n', "", "`long_description` missing"),
        # Of Markdown twine says that its rendering cannot fail, and does not look at it.
        ("README.md", "README.rst", "`long_description` has syntax errors in markup"),
    ],
)
def test_twine_refuses_a_broken_description(
    line: str, broken: str, message: str, tmp_path: Path
) -> None:
    package = copy_of("python", tmp_path)
    (package / "README.rst").write_text("Title\n=\n\n.. nothing::\n", encoding="utf-8")
    manifest = package / "pyproject.toml"
    text = manifest.read_text(encoding="utf-8")
    assert text.count(line) == 1
    manifest.write_text(text.replace(line, broken), encoding="utf-8")
    status, said = twine(list(build(package, tmp_path / "dist").iterdir()), tmp_path)
    assert status == 1
    assert message in " ".join(said.split())


@pytest.fixture(scope="module")
def build_backend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with flit_core and nothing else."""
    python_module("flit_core")
    found = importlib.util.find_spec("flit_core")
    assert found is not None
    assert found.origin is not None
    folder = tmp_path_factory.mktemp("build_backend")
    (folder / "flit_core").symlink_to(Path(found.origin).parent)
    return folder


@pytest.mark.parametrize("ending", [".whl", ".tar.gz"])
def test_python_package_installs_without_a_network(
    ending: str, built: list[Path], build_backend: Path, tmp_path: Path
) -> None:
    """Into an empty environment; pip would refuse it there if it needed anything."""
    [package] = [file for file in built if file.name.endswith(ending)]
    python = install(
        package, tmp_path, build_backend=build_backend if ending == ".tar.gz" else None
    )
    [first, *_] = code_blocks(GENERATED / "python" / "README.md", "python")
    printed = output_of(python, "-I", "-W", "error", "-c", first, folder=tmp_path)
    assert printed.startswith("fault ")


# What npm takes: publint, and attw (Are The Types Wrong?)

ATTW = ("--no-definitely-typed", "--format", "json", "--profile", "strict")
ESM_ONLY = ("--ignore-rules", "cjs-resolves-to-esm")
"""All that attw has to pass over; its profile esm-only would pass over whole ways of resolution.

That `require` gets an ES module is meant: Node takes that from 20.19 and 22.12 on, and one form of
the code is enough. All else has to hold for every way of resolution, the old ones too.
"""


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tarball of the package as it is committed."""
    return npm_pack(tmp_path_factory.mktemp("packed"))


def publint(tarball: Path) -> tuple[int, str]:
    run_publint = (node_tool("publint"), "run", "--strict", tarball)
    # Some CI services make it colour what it says.
    result = run(*run_publint, folder=tarball.parent, NO_COLOR="1", FORCE_COLOR="0")
    return result.returncode, result.stdout


def attw(tarball: Path, *options: str) -> tuple[int, set[str]]:
    """The exit status, and the kinds of problems."""
    printed = tarball.with_suffix(".json")
    with printed.open("w", encoding="utf-8") as file:  # it does not wait until a pipe is read
        command: list[str | Path] = [node_tool("attw"), *ATTW, *options, "--", tarball]
        result = subprocess.run(command, stdout=file, timeout=300, check=False)
    analysis = json.loads(printed.read_text(encoding="utf-8"))["analysis"]
    assert analysis["types"], "no types at all"
    return result.returncode, {problem["kind"] for problem in analysis["problems"]}


def test_publint_has_nothing_to_say(packed: Path) -> None:
    status, said = publint(packed)
    assert status == 0, said
    assert said.endswith("All good!\n")


def test_attw_finds_nothing_but_what_is_meant(packed: Path) -> None:
    """What it passes over it tells all the same, so this also holds that it has to."""
    assert attw(packed, *ESM_ONLY) == (0, {"CJSResolvesToESM"})


def repacked(tarball: Path, folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The tarball with another manifest."""
    other = folder / tarball.name
    with tarfile.open(tarball) as before, tarfile.open(other, "w:gz") as after:
        for member in before.getmembers():
            content = before.extractfile(member)
            assert content is not None
            data = content.read()
            if member.name == "package/package.json":
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest).encode()
                member.size = len(data)
            after.addfile(member, io.BytesIO(data))
    return other


def lose_types(manifest: dict[str, Any]) -> None:
    manifest["types"] = manifest["exports"]["."]["types"] = "./dist/nowhere.d.ts"


def lose_code(manifest: dict[str, Any]) -> None:
    manifest["exports"]["."]["default"] = "./dist/nowhere.js"


def put_types_last(manifest: dict[str, Any]) -> None:
    conditions = manifest["exports"]["."]
    conditions["types"] = conditions.pop("types")


def lose_kind_of_module(manifest: dict[str, Any]) -> None:
    del manifest["type"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lose_types, 'exports["."].types is ./dist/nowhere.d.ts but the file does not exist'),
        (lose_code, 'exports["."].default is ./dist/nowhere.js but the file does not exist'),
        (put_types_last, 'exports["."].types should be the first in the object'),
        (lose_kind_of_module, "is written in ESM, but is interpreted as CJS"),
    ],
)
def test_publint_refuses_a_broken_package(
    change: Callable[[dict[str, Any]], object], message: str, packed: Path, tmp_path: Path
) -> None:
    status, said = publint(repacked(packed, tmp_path, change))
    assert status == 1
    assert message in said


@pytest.mark.parametrize(
    ("change", "kind"),
    [(lose_types, "NoResolution"), (lose_kind_of_module, "UnexpectedModuleSyntax")],
)
def test_attw_refuses_a_broken_package(
    change: Callable[[dict[str, Any]], object], kind: str, packed: Path, tmp_path: Path
) -> None:
    status, kinds = attw(repacked(packed, tmp_path, change), *ESM_ONLY)
    assert status == 1
    assert kind in kinds


# READMEs


@pytest.mark.parametrize(("target", "language"), [("python", "python"), ("typescript", "ts")])
def test_readme_starts_with_three_lines_to_copy(target: str, language: str) -> None:
    text = (GENERATED / target / "README.md").read_text(encoding="utf-8")
    start = rf"<!--\n[^>]*-->\n\n# [\w-]+\n\n```{language}\n((?:[^`\n]+\n)+)```\n"
    found = re.match(start, text)
    assert found, text[:500]
    assert len(found[1].splitlines()) == 3


@pytest.mark.parametrize("target", ["python", "typescript"])
def test_readme_has_no_link_that_a_registry_would_break(target: str) -> None:
    """A page of PyPI or npm is not in this repository, and what it may link to is not known."""
    text = (GENERATED / target / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((?!https://)[^)]*\)", text) == []
