"""The house rules of the code, held by a test."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from generator.runtime.ocpp import ERROR_CODES
from tests.helpers.project import ROOT

MODULES = sorted((ROOT / "generator").rglob("*.py"))

# Each floor may import from itself and from those before it; one name is a file or a wing. The
# wings of one floor do not know each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("runtime", "diagnostic_kinds", "diagnostics", "record", "typography", "nearest"),
    ("settings", "fields", "releases", "language"),
    ("shapes", "model", "annotations"),
    ("meanings", "changes", "contract", "words"),
    ("decoding",),
    ("reading", "catalogue", "diff", "writing", "reports"),
    ("proposing", "spec"),
    ("pipeline",),
    ("console",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
WINGS = next(floor for floor in FLOORS if "reading" in floor)
FLOOR = {name: number for number, floor in enumerate(FLOORS) for name in floor}


def imports(module: Path) -> set[str]:
    """The modules that a file imports anywhere in it, type-checking included, by whole names."""
    found: set[str] = set()
    package = module.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join([*above, *([node.module] if node.module else [])])
            names = {f"{name}.{alias.name}" for alias in node.names}
            found |= {name} | (names if name == "generator" else set())
    return found


def room(module: Path) -> str:
    return module.relative_to(ROOT / "generator").parts[0].removesuffix(".py")


def rooms_imported(module: Path) -> set[str]:
    own = (name.split(".") for name in imports(module) if name.startswith("generator."))
    return {parts[1] for parts in own}


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(ROOT)))
def test_imports_run_one_way(module: Path) -> None:
    if module == ROOT / "generator/__init__.py":
        assert not imports(module)
        return
    here = room(module)
    for there in rooms_imported(module) - {here}:
        assert FLOOR[there] <= FLOOR[here], f"{here} imports {there}, which is above it"
        assert not (here in WINGS and there in WINGS), f"the wing {here} imports the wing {there}"


def test_the_engine_imports_itself_by_relative_names_alone() -> None:
    """It is installed under another name than that of its folder."""
    absolute = re.compile(r"^\s*(?:from|import)\s+(?:generator|error_catalogue)\b", re.MULTILINE)
    for module in MODULES:
        assert not absolute.search(module.read_text(encoding="utf-8")), module


def test_the_floors_are_all_there_is() -> None:
    rooms = {room(module) for module in MODULES} - {"__init__"}
    assert rooms == set(FLOOR)


@pytest.mark.parametrize(
    "module", sorted((ROOT / "generator/commands").glob("*.py")), ids=lambda module: module.name
)
def test_commands_reach_the_passes_through_the_pipeline(module: Path) -> None:
    """What the model's words are they may know, and how a report is printed."""
    words = {"diagnostics", "runtime", "record", "nearest", "fields", "model", "changes"}
    assert rooms_imported(module) <= {"pipeline", "console", "reports", "commands"} | words


@pytest.mark.parametrize(
    ("library", "importers"),
    [
        ("markdown_it", {"reading"}),
        ("jinja2", {"writing"}),
        ("click", {"cli", "commands", "console"}),
    ],
)
def test_a_library_is_imported_in_one_place(library: str, importers: set[str]) -> None:
    found = {
        room(module)
        for module in MODULES
        if any(name.split(".")[0] == library for name in imports(module))
    }
    assert found == importers


def test_only_writing_writes() -> None:
    writes = re.compile(r"\.(write_text|write_bytes|mkdir|unlink|rmdir|replace\(output|touch)\b")
    found = {room(module) for module in MODULES if writes.search(module.read_text("utf-8"))}
    assert found == {"writing"}


def test_the_generator_knows_no_vendor() -> None:
    document = (ROOT / "spec/r4.4.3.md").read_text(encoding="utf-8")
    codes = re.findall(r"^\*\*(.+?)\*\*", document.replace("\\_", "_"), re.MULTILINE)
    standard = {"GroundFailure", *ERROR_CODES}
    own = "|".join(sorted(set(codes) - standard))
    # The name of the command aside.
    words = re.compile(rf"(?i:ctek(?!-codegen|_codegen)|chargestorm|nanogrid)|{own}")
    for module in MODULES:
        assert not words.findall(module.read_text(encoding="utf-8")), module


def test_the_templates_know_no_vendor() -> None:
    words = re.compile(r"ctek(?!-codegen)|chargestorm|nanogrid", re.IGNORECASE)
    for template in sorted((ROOT / "templates").rglob("*")):
        if template.is_file():
            assert not words.findall(template.read_text(encoding="utf-8")), template


def test_the_vendors_own_words_stand_in_spec_alone() -> None:
    """Sentences of the real document are quoted in spec/ and what is made from it."""
    document = (ROOT / "spec/r4.4.3.md").read_text(encoding="utf-8")
    sentences = [line for line in document.split("\n") if line.startswith("This can also")]
    assert sentences
    for module in MODULES:
        assert sentences[0].strip() not in module.read_text(encoding="utf-8")


def test_functions_fit_on_a_screen() -> None:
    longest = 60
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                assert lines <= longest, f"{module}: {node.name} has {lines} lines"


def test_the_locks_name_no_registry() -> None:
    for file in (ROOT / "requirements").iterdir():
        assert "://" not in file.read_text(encoding="utf-8"), file
    lock = (ROOT / "tests/node/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_every_locked_dependency_has_a_hash() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        text = re.sub(r"^\s*#.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        lines = text.splitlines()
        for line, following in pairwise([*lines, ""]):
            if re.match(r"\S+==", line):
                assert "--hash=sha256:" in following, line
