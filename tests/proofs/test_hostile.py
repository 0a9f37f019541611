"""Hostile documents: each is answered rightly or refused with a message, and nothing is written.

How time and memory grow with the size is measured by `make bench-hostile`.
"""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.catalogue import fold_releases
from generator.diagnostic_kinds import DIAGNOSTICS
from generator.model import Document
from generator.reading.document import read_document
from generator.spec.documents import read_grammar_of
from tests.helpers.hostile_documents import (
    CODES,
    GROWING,
    NOT_AMONG_CODES,
    REFUSED,
    RIGHT,
    TEXTS,
    legal_document,
    told,
)
from tests.helpers.project import COMMAND, ROOT, files_below, record_digests, run
from tests.helpers.tools import node_tool, output_of, python_module

MADE_UP = ROOT / "tests/cases/_project/spec"
FIRST = "It hums."
"""What each of the codes says."""
SAID = {f"Text{number:02d}": told(text) for number, text in enumerate(TEXTS.values())}
SAID |= dict.fromkeys(CODES, FIRST)
"""What the legal document says of each code in its second section."""
PACKAGE = "made_up_codes"


def made_up_project(folder: Path, documents: dict[str, bytes]) -> Path:
    """A project of the made-up vendor that has generated once, and then these documents come."""
    shutil.copytree(MADE_UP, folder / "spec")
    shutil.copytree(ROOT / "templates", folder / "templates")
    record_digests(folder / "spec")
    result = run("generate", folder=folder)
    assert result.returncode == 0, result.stderr
    for name, data in documents.items():
        (folder / "spec" / name).write_bytes(data)
    record_digests(folder / "spec")
    return folder


# What is legal comes out as it went in


@pytest.fixture(scope="module")
def legal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The artefacts of a project with every legal text and code."""
    folder = tmp_path_factory.mktemp("legal")
    document = legal_document().encode()
    made_up_project(folder, {"r2.0.0.md": document})
    result = run("generate", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder / "generated"


ASK_PYTHON = f"""
import json, sys
sys.path.insert(0, ".")
from {PACKAGE} import CATALOGUE, ErrorCode, lookup
print(json.dumps({{
    "texts": {{d.code.value: d.meanings[-1].text for d in CATALOGUE.codes}},
    "found": [lookup(code).code for code in json.loads(sys.argv[1])],
    "unknown": [lookup(code) for code in json.loads(sys.argv[2])],
    "members": {{code.value: code.name for code in ErrorCode}},
}}))
"""


def test_python_says_what_the_document_says(legal: Path) -> None:
    codes, others = json.dumps(CODES), json.dumps(NOT_AMONG_CODES)
    command = (sys.executable, "-I", "-W", "error", "-c", ASK_PYTHON, codes, others)
    said = json.loads(output_of(*command, folder=legal / "python"))
    assert {code: said["texts"][code] for code in SAID} == SAID
    assert said["found"] == list(CODES)
    assert said["unknown"] == [None] * len(NOT_AMONG_CODES)
    assert set(SAID) <= set(said["members"])
    assert all(name.isidentifier() for name in said["members"].values())


def test_mypy_finds_nothing_in_it(legal: Path, tmp_path: Path) -> None:
    mypy = [*python_module("mypy"), "--strict", "--config-file=", f"--cache-dir={tmp_path}"]
    said = output_of(*mypy, PACKAGE, folder=legal / "python")
    assert said.startswith("Success: ")


STRICTEST = (
    "--noPropertyAccessFromIndexSignature",
    "--noUncheckedIndexedAccess",
    "--exactOptionalPropertyTypes",
    "--noImplicitReturns",
    "--noFallthroughCasesInSwitch",
    "--allowUnreachableCode",
    "false",
    "--allowUnusedLabels",
    "false",
)
ASK_TYPESCRIPT = """
import { catalogue, ErrorCode, isErrorCode, lookup } from "./dist/index.js";
const [codes, others] = process.argv.slice(1).map((list) => JSON.parse(list));
console.log(JSON.stringify({
  texts: catalogue.codes.map(({ code, meanings }) => [code, meanings.at(-1).text]),
  found: codes.map((code) => lookup(code)?.code ?? null),
  known: codes.map((code) => isErrorCode(code)),
  unknown: others.map((code) => lookup(code) ?? null),
  notKnown: others.map((code) => isErrorCode(code)),
  members: Object.values(ErrorCode),
  prototype: Object.getPrototypeOf(ErrorCode) === Object.prototype,
}));
"""


def test_typescript_says_what_the_document_says(legal: Path) -> None:
    package = legal / "typescript"
    output_of(node_tool("tsc"), "-p", ".", *STRICTEST, folder=package)
    module = ("--input-type=module", "--eval", ASK_TYPESCRIPT)
    asked = (json.dumps(CODES), json.dumps(NOT_AMONG_CODES))
    said = json.loads(output_of(node_tool("node"), *module, *asked, folder=package))
    texts = dict(said["texts"])
    assert {code: texts[code] for code in SAID} == SAID
    assert said["found"] == list(CODES)
    assert all(said["known"])
    assert said["unknown"] == [None] * len(NOT_AMONG_CODES)
    assert not any(said["notKnown"])
    assert set(SAID) <= set(said["members"])
    assert said["prototype"], "a code must not become what its table inherits from"


ASK_JSON = """
const { readFileSync } = require("node:fs");
const { codes } = JSON.parse(readFileSync(process.argv[1], "utf8"));
console.log(JSON.stringify(codes.map((one) => [one.code, one.revisions.at(-1).meanings[0].text])));
"""


def test_json_says_what_the_document_says(legal: Path) -> None:
    catalogue = legal / "json" / "catalogue.json"
    for texts in (
        [
            (c["code"], c["revisions"][-1]["meanings"][0]["text"])
            for c in read_json(catalogue)["codes"]
        ],
        json.loads(output_of(node_tool("node"), "-e", ASK_JSON, catalogue, folder=legal)),
    ):
        said = dict(texts)
        assert {code: said[code] for code in SAID} == SAID


def read_json(file: Path) -> Any:  # noqa: ANN401
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["catalogue", "releases/r2.0.0"])
def test_json_is_of_its_schema(name: str, legal: Path) -> None:
    schema = "catalogue" if name == "catalogue" else "release"
    validator = Draft202012Validator(read_json(legal / f"json/{schema}.schema.json"))
    assert [
        error.message for error in validator.iter_errors(read_json(legal / f"json/{name}.json"))
    ] == []


def test_every_code_is_one_that_the_schema_of_messages_knows(legal: Path) -> None:
    schema = (legal / "json" / "error-codes.schema.json").read_text(encoding="utf-8")
    for code in CODES:
        assert json.dumps(code) in schema
    json.loads(schema)


def rebuilt(release: Path) -> bytes:
    command = (node_tool("node"), ROOT / "tests/node/rebuild.mjs", release)
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_the_document_comes_back(legal: Path) -> None:
    assert rebuilt(legal / "json/releases/r2.0.0.json") == legal_document().encode()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_document_comes_back_whatever_its_lines_end_in(line_end: str, tmp_path: Path) -> None:
    file, release = tmp_path / "document.md", tmp_path / "release.json"
    document = f"{RIGHT}  \nIt wobbles.\n".replace("\n", line_end).encode()
    file.write_bytes(document)
    result = run("parse", file, "--spec", MADE_UP)
    assert result.returncode == 0, result.stderr
    release.write_text(result.stdout, encoding="utf-8")
    assert rebuilt(release) == document


# What is not legal is refused, and nothing is written


def is_refused(result: subprocess.CompletedProcess[str], *statuses: int) -> None:
    """That a command ended with one of these statuses, and told why as it tells everything."""
    assert result.returncode in statuses, result.stderr
    assert not result.stdout
    assert "Traceback" not in result.stderr
    assert "Internal error" not in result.stderr


def finding(file: str, rule: str, line: int, column: int) -> re.Pattern[str]:
    """What a finding looks like: its place, its id, an excerpt, what was expected and found."""
    place = re.escape(f"{file}:{line}:{column}: error[{rule}]: ")
    return re.compile(
        rf"^{place}.+\n +\|\n{line} \|.*\n +\| +\^+\n"
        rf"  expected: .+\n(?:   .*\n)*  found:   .*\n  help:     .+",
        re.MULTILINE,
    )


# One of each rule: `lint` and `generate` are asked for all of them, in one go.
@pytest.mark.parametrize("name", {one.rule: name for name, one in REFUSED.items()}.values())
def test_parse_refuses(name: str, tmp_path: Path) -> None:
    refused = REFUSED[name]
    (tmp_path / "bad.md").write_bytes(refused.data)
    result = run("parse", "bad.md", "--spec", MADE_UP, folder=tmp_path)
    is_refused(result, 1)
    assert finding("bad.md", *refused[1:]).match(result.stderr), result.stderr[:2_000]
    assert [file.name for file in tmp_path.iterdir()] == ["bad.md"]


Refusals = tuple[Path, dict[str, bytes], dict[str, subprocess.CompletedProcess[str]]]


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> Refusals:
    """What `lint` and `generate` say of all at once, and what was in the project before."""
    folder = tmp_path_factory.mktemp("refused")
    documents = {f"r9.0.{number}.md": one.data for number, one in enumerate(REFUSED.values())}
    made_up_project(folder, documents)
    before = files_below(folder)
    files = [f"spec/{name}" for name in documents]
    said = {"lint": run("lint", *files, folder=folder), "generate": run("generate", folder=folder)}
    return folder, before, said


@pytest.mark.parametrize("command", ["lint", "generate"])
@pytest.mark.parametrize("name", REFUSED)
def test_a_folder_with_it_is_refused(name: str, command: str, refusals: Refusals) -> None:
    _, _, said = refusals
    number = list(REFUSED).index(name)
    is_refused(said[command], 1)
    place = finding(f"spec/r9.0.{number}.md", *REFUSED[name][1:])
    assert place.search(said[command].stderr), "it is not told, or not as a finding"


def test_nothing_is_written(refusals: Refusals) -> None:
    folder, before, _ = refusals
    assert files_below(folder) == before
    assert any(path.startswith("generated/") for path in before)


def test_all_rules_of_refused_documents_are_errors() -> None:
    for name, refused in REFUSED.items():
        assert DIAGNOSTICS[refused.rule].severity == "error", name


def test_what_is_told_can_be_shown(refusals: Refusals) -> None:
    """No document moves the cursor, colours the screen, or reverses a line of the terminal."""
    _, _, said = refusals
    for result in said.values():
        assert all(c.isprintable() or c == "\n" for c in result.stderr)


# What is no file, or cannot be read


def pipe(place: Path) -> None:
    os.mkfifo(place)


def endless_device(place: Path) -> None:
    place.symlink_to("/dev/zero")


def loop_of_links(place: Path) -> None:
    place.symlink_to(place.name)


def link_to_nothing(place: Path) -> None:
    place.symlink_to("nothing.md")


def folder_of_that_name(place: Path) -> None:
    place.mkdir()


def file_without_permission(place: Path) -> None:
    place.write_text(RIGHT, encoding="utf-8")
    place.chmod(0)


def file_larger_than_memory(place: Path) -> None:
    """All of it is a hole: it takes no room on the disk."""
    with place.open("wb") as file:
        file.truncate(1 << 42)


UNREADABLE = (
    pipe,
    endless_device,
    loop_of_links,
    link_to_nothing,
    folder_of_that_name,
    file_without_permission,
    file_larger_than_memory,
)


def run_without_privileges(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command as a user has it for whom permissions hold, which they do not for root."""
    drop: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.fail("setpriv (util-linux) is needed for this test where root runs it")
        drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    return subprocess.run(
        [*drop, COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=20,
        check=False,
    )


@pytest.mark.parametrize("command", ["parse", "generate"])
@pytest.mark.parametrize("make", UNREADABLE, ids=lambda make: make.__name__)
def test_what_cannot_be_read_is_refused(
    make: Callable[[Path], None], command: str, legal: Path, tmp_path: Path
) -> None:
    shutil.copytree(MADE_UP, tmp_path / "spec")
    shutil.copytree(legal.parent / "templates", tmp_path / "templates")
    record_digests(tmp_path / "spec")
    make(tmp_path / "spec/r2.0.0.md")
    before = shape_of(tmp_path)
    arguments = [] if command == "generate" else ["spec/r2.0.0.md"]
    result = run_without_privileges(command, *arguments, folder=tmp_path)
    is_refused(result, 2)
    assert "spec/r2.0.0.md" in result.stderr
    assert shape_of(tmp_path) == before


def shape_of(folder: Path) -> dict[str, tuple[int, int]]:
    """What is in a folder by its kind and size: not all of it can be read."""
    found = {str(path.relative_to(folder)): path.lstat() for path in folder.rglob("*")}
    return {path: (stat.S_IFMT(one.st_mode), one.st_size) for path, one in found.items()}


@pytest.mark.parametrize("name", ["vendor.toml", "SHA256SUMS"])
@pytest.mark.parametrize("make", [pipe, endless_device], ids=lambda make: make.__name__)
def test_other_files_of_the_folder_have_to_be_files(
    make: Callable[[Path], None], name: str, tmp_path: Path
) -> None:
    shutil.copytree(MADE_UP, tmp_path / "spec")
    (tmp_path / "spec" / name).unlink(missing_ok=True)
    make(tmp_path / "spec" / name)
    result = run("lint", "spec/r1.0.0.md", folder=tmp_path)
    is_refused(result, 2)
    assert result.stderr.startswith(f"spec/{name}: error[file-unreadable]: ")


def test_a_name_that_would_colour_the_screen_is_shown_without(tmp_path: Path) -> None:
    file = tmp_path / "\x1b[31mred\u202e.md"
    file.write_bytes(b"")
    result = run("lint", file, "--spec", MADE_UP)
    is_refused(result, 1)
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr


# What is too much is answered in time

SMALL = 4_000
LARGE = 4_000_000
"""Characters. What takes a time that grows with the square of these does not come to an end."""
IN_TIME = 60
"""Seconds that no test of these comes near to on any machine."""


def test_all_that_grows_is_answered_or_refused(tmp_path: Path) -> None:
    for number, grown in enumerate(GROWING.values()):
        (tmp_path / f"{number}.md").write_bytes(grown(SMALL).encode())
    files = [f"{number}.md" for number in range(len(GROWING))]
    result = run("lint", *files, "--spec", MADE_UP, folder=tmp_path)
    is_refused(result, 1)


@pytest.mark.parametrize("name", [name for name in GROWING if name.startswith("one line")])
def test_a_very_long_line_is_answered_in_time(name: str, tmp_path: Path) -> None:
    file = tmp_path / "long.md"
    file.write_bytes(GROWING[name](LARGE).encode())
    result = subprocess.run(
        [COMMAND, "lint", file, "--spec", MADE_UP],
        capture_output=True,
        encoding="utf-8",
        timeout=IN_TIME,
        check=False,
    )
    if "spaces at the end" in name:
        assert result.returncode == 0, result.stderr
    else:
        is_refused(result, 1)
        assert "error[paragraph-too-long]" in result.stderr
        assert len(result.stderr) < 2_000, "the line is not shown whole"


def test_very_many_diagnostics_are_counted_and_the_first_are_shown(tmp_path: Path) -> None:
    many = 3_000
    paragraphs = "".join(f"It hums {number} times.\n\n" for number in range(many))
    (tmp_path / "many.md").write_text(f"{RIGHT}\n\n{paragraphs}", encoding="utf-8")
    result = run("lint", "many.md", "--spec", MADE_UP, folder=tmp_path)
    is_refused(result, 1)
    shown = result.stderr.count("error[entry-unmarked]")
    assert shown == 200
    assert f"\n{many - shown} more diagnostics, not shown\n\n{many} errors\n" in result.stderr


def test_a_finding_on_very_many_lines_is_told_once(tmp_path: Path) -> None:
    many = 3_000
    (tmp_path / "many.md").write_text(RIGHT + "\n\nIt hums." * many, encoding="utf-8")
    result = run("lint", "many.md", "--spec", MADE_UP, folder=tmp_path)
    is_refused(result, 1)
    assert result.stderr.count("error[entry-unmarked]") == 1
    assert f" and {many - 21} more\n\n{many} errors\n" in result.stderr


def test_facts_that_are_looked_for_no_longer_are_told_as_such(tmp_path: Path) -> None:
    """A clause without a full stop is found once the one behind it is: each takes a look more."""
    (tmp_path / "many.md").write_text(f"{RIGHT[:-1]}{', seen only on Box' * 40}", encoding="utf-8")
    result = run("lint", "many.md", "--spec", MADE_UP, folder=tmp_path)
    is_refused(result, 1)
    assert "error[fact-repeated]" in result.stderr
    assert "error[fact-unrecognised]" in result.stderr


def test_a_code_of_very_many_entries_is_folded_in_time() -> None:
    """In time that grows with their number, not with its square."""
    grammar, _ = read_grammar_of(MADE_UP)
    assert grammar
    release, found = read_document("a.md", RIGHT.encode(), Document("a.md", "0" * 64), grammar)
    assert release, found
    first, second = release.sections
    few, many, seconds = 10_000, 100_000, {}
    for number in (few, many):
        longer = release._replace(
            sections=(first, second._replace(entries=second.entries * number))
        )
        before = process_time()
        for _ in range(many // number):
            catalogue = fold_releases(grammar.vendor, [longer])
            assert len(catalogue.codes[1].meanings) == number
        seconds[number] = process_time() - before
    assert seconds[many] < seconds[few] * 4 + 1
