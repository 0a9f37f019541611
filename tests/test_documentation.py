"""Every example of every page can be pasted as it stands, from where the page says; links lead on.

A block is run, or parsed and validated, by its language. One of a language without a runner fails.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.writing.sandbox import Sandbox
from generator.writing.templates import Templates
from tests.helpers import diagnostics_page, targets_page
from tests.helpers.documentation import PAGES, Block, all_blocks, anchors_of, blocks_of, links_of
from tests.helpers.go_programs import run_program
from tests.helpers.packages import INTERPRETERS, npm_install, npm_pack
from tests.helpers.project import COMMAND, ROOT
from tests.helpers.sql_engines import STEVE, Tables, spark_environment
from tests.helpers.tools import LEFTOVERS, NODE_BIN, node_tool, output_of
from tests.helpers.typescript import refused_by_tsc, write_json

BLOCKS = all_blocks()
GENERATED_PAGES = (diagnostics_page.PAGE, targets_page.PAGE)
"""Made by `make docs`. Their blocks of text are what a command prints, held by other tests."""

NOT_RUN = {
    ("README.md", "make        # sets up, and generates; then: . .venv/bin/activate"): (
        "sets up a whole environment, and runs all of these tests; .ci/run does both"
    ),
    ("generated/sql/README.md", "sqlite3 -bail stations.sqlite < tables.sql"): (
        "the command lines of three engines, one of them with a server; tests/packages/test_sql.py "
        "runs the same files on the engines themselves"
    ),
}
"""Blocks that nothing runs, by file and first line, with the reason."""
RUN_ELSEWHERE = {
    ("docs/ci.md", "python3 -m venv .ctek-codegen"): "commands/test_ci.py",
    (
        "docs/own-repository.md",
        "python3 -m pip install --quiet WHEEL",
    ): "test_own_repository.py",
    (
        "docs/own-repository.md",
        "installed=$(python3 -c 'import error_catalogue; print(*error_catalogue.__path__)')",
    ): "test_own_repository.py",
    ("docs/ci.md", "git fetch --quiet --depth=1 origin main"): "commands/test_ci.py",
    ("generated/go/README.md", "mkdir -p ctekerrorcodes"): "helpers/go_programs.py",
    (
        "generated/mysql/README.md",
        "mariadb --default-character-set=utf8mb4 stevedb < tables.sql",
    ): "packages/test_mysql.py",
}
"""Blocks that want a server or a repository, or hold a placeholder such as URL: what runs them."""


# How a block is run


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the repository as somebody has it who has just cloned it and set it up."""
    ignored = shutil.ignore_patterns(".venv*", "node_modules", ".git", ".*_cache", ".hypothesis")
    folder = tmp_path / "clone"
    return shutil.copytree(ROOT, folder, ignore=lambda *at: {*ignored(*at), *LEFTOVERS(*at)})


def shell(script: str, folder: Path) -> str:
    """What a script prints, in a terminal of 80 columns that has the project's tools at hand."""
    path = os.pathsep.join([str(COMMAND.parent), str(NODE_BIN), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": "80"}
    result = subprocess.run(
        ["bash", "-euc", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


def folder_of(block: Block, clone: Path) -> Path:
    """Where a block is pasted: the folder of a generated README, else the repository's root."""
    if block.file.is_relative_to(ROOT / "generated"):
        return clone / block.file.parent.relative_to(ROOT)
    return clone


def run_console(block: Block, clone: Path) -> None:
    """Each command behind a `$`, and to the letter what it prints."""
    first, *calls = re.split(r"(?m)^\$ ", block.text)
    assert not first, "the block begins with a command"
    for call in calls:
        command, _, shown = call.partition("\n")
        assert shell(command, folder_of(block, clone)).rstrip("\n") == shown.rstrip("\n"), command


def run_shell(block: Block, clone: Path) -> None:
    shell(block.text, folder_of(block, clone))


def run_python(block: Block, clone: Path) -> None:
    """On each Python that the package is for; what needs Spark, on Spark's own."""
    folder = folder_of(block, clone)
    environment = {"PYTHONPATH": str(folder)}
    pythons = INTERPRETERS
    if "import duckdb" in block.text or "pyspark" in block.text:
        pythons = {"this": INTERPRETERS["this"]}
    if "pyspark" in block.text:
        environment = spark_environment()
    for command, pyenv in pythons.values():
        script = (command, "-W", "error", "-c", block.text)
        printed = output_of(*script, folder=folder, **environment, **pyenv)
        assert bool(printed) == ("print(" in block.text)


def run_session(block: Block, clone: Path) -> None:
    """A session of Python with the package at hand, each answer to the letter."""
    (clone / "session.txt").write_text(block.text, encoding="utf-8")
    package = {"PYTHONPATH": str(clone / "generated/python")}
    output_of(sys.executable, "-m", "doctest", "session.txt", folder=clone, **package)


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with the package installed that compiles all blocks of TypeScript, strictly."""
    folder = npm_install(
        npm_pack(tmp_path_factory.mktemp("packed")), tmp_path_factory.mktemp("program")
    )
    for block in BLOCKS:
        if block.language == "ts":
            (folder / f"line{block.line}.ts").write_text(block.text, encoding="utf-8")
    options = {"strict": True, "module": "NodeNext", "target": "ES2022", "outDir": "out"}
    options |= {"lib": ["ES2022", "DOM"], "types": []}
    write_json(folder / "tsconfig.json", {"compilerOptions": options, "include": ["*.ts"]})
    assert refused_by_tsc(folder) == set()
    return folder


def run_go(block: Block, clone: Path) -> None:
    package = folder_of(block, clone)
    printed = run_program(block.text, package, "ctekerrorcodes", clone)
    assert printed


def run_sql(block: Block, clone: Path) -> None:
    """On SQLite, with the catalogue and the tables of SteVe; then the query answers."""
    tables = Tables(clone / "generated/sql")
    with closing(sqlite3.connect(":memory:")) as database:
        for script in (tables.script, STEVE, block.text):
            database.executescript(script)
        assert database.execute(tables.query).fetchall()


def compile_c(block: Block) -> None:
    output_of("cc", "-xc", "-fsyntax-only", "-Wall", "-", folder=ROOT, stdin=block.text)


def parse_toml(block: Block) -> None:
    assert tomllib.loads(block.text)


def is_in_the_catalogue(block: Block) -> None:
    """Data of the catalogue, whole or a part of it."""
    wanted = json.loads(block.text)
    waiting = [json.loads((ROOT / "generated/json/catalogue.json").read_text(encoding="utf-8"))]
    while waiting:
        data = waiting.pop()
        if data == wanted:
            return
        waiting += (
            data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
        )
    pytest.fail("the catalogue has nothing like it")


def is_in_a_document(block: Block) -> None:
    documents = (file.read_text(encoding="utf-8") for file in (ROOT / "spec").glob("*.md"))
    assert any(block.text in text for text in documents)


def parse_yaml(block: Block) -> None:
    assert yaml.safe_load(block.text)


def compile_jinja(block: Block) -> None:
    Sandbox(Templates((ROOT / "templates",))).compile(block.text)


def is_shown_output(block: Block) -> None:
    assert block.file in GENERATED_PAGES, "text that is shown as printed is made or run"


RUNNERS: dict[str, Callable[[Block, Path], None]] = {
    "console": run_console,
    "sh": run_shell,
    "python": run_python,
    "pycon": run_session,
    "go": run_go,
    "sql": run_sql,
}
"""What runs a block in a copy of the repository; blocks of TypeScript are compiled all at once."""
PARSERS: dict[str, Callable[[Block], None]] = {
    "c": compile_c,
    "toml": parse_toml,
    "json": is_in_the_catalogue,
    "md": is_in_a_document,
    "yaml": parse_yaml,
    "jinja": compile_jinja,
    "text": is_shown_output,
}
"""What validates a block of a language that is not run by itself."""


def is_extended(block: Block) -> bool:
    return block.language in ("go", "c") or "pyspark" in block.text


def params(languages: Collection[str]) -> list[Any]:
    """The blocks of some languages that are tried here, each a parameter."""
    return [
        pytest.param(block, id=block.place, marks=[pytest.mark.extended] * is_extended(block))
        for block in BLOCKS
        if block.language in languages and block.key not in {*NOT_RUN, *RUN_ELSEWHERE}
    ]


def test_there_is_no_block_that_nothing_tries() -> None:
    known = {*RUNNERS, *PARSERS, "ts"}
    assert [block.place for block in BLOCKS if block.language not in known] == []


@pytest.mark.parametrize("block", params(RUNNERS))
def test_block_runs(block: Block, clone: Path) -> None:
    RUNNERS[block.language](block, clone)


@pytest.mark.parametrize("block", params(PARSERS))
def test_block_is_valid(block: Block) -> None:
    PARSERS[block.language](block)


@pytest.mark.parametrize("block", params(["ts"]))
def test_block_of_typescript(block: Block, typescript: Path) -> None:
    program = typescript / "out" / f"line{block.line}.js"
    printed = output_of(node_tool("node"), program, folder=typescript)
    assert bool(printed) == ("console.log(" in block.text)


def test_what_is_not_run_here_is_there_and_run_elsewhere() -> None:
    keys = {block.key for block in BLOCKS}
    assert NOT_RUN.keys() <= keys
    assert RUN_ELSEWHERE.keys() <= keys
    for (page, _), test in RUN_ELSEWHERE.items():
        source = (ROOT / "tests" / test).read_text(encoding="utf-8")
        assert "code_blocks(" in source, f"{test} takes the block from {page}"


# Links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for to in links_of(page):
        path, _, anchor = to.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{to} leads nowhere"
        assert target.is_relative_to(ROOT)
        assert not anchor or anchor in anchors_of(target), f"{to}: no such heading"


def test_pages_are_read_as_github_shows_them(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A heading, with `code`\n\n[a](b.md#c) `[d](e)`\n\n    [f](g)\n\n## Twice\n\n## Twice\n"
        "\n- ```toml\n  a = 1\n  ```\n\n| h |\n| --- |\n| ![i](j.png) |\n",
        encoding="utf-8",
    )
    assert anchors_of(page) == {"a-heading-with-code", "twice", "twice-1"}
    assert [*links_of(page)] == ["b.md#c", "j.png"]
    assert [block[2:] for block in blocks_of(page)] == [("toml", "a = 1\n")]
