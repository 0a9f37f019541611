"""Whatever a document says comes back: from the model, its round trip, and what is generated.

The documents are drawn by `tests/helpers/document_strategies.py`, the same ones on each run.
`pytest tests/proofs/test_properties.py -s` prints how many; with PROPERTY_TIMES=10 in the
environment ten times as many are drawn, other ones each time.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import pipeline
from generator.contract import release_data
from generator.diagnostics import Diagnostic
from generator.model import Document, Release, Sentence
from generator.reading import sentences
from generator.reading.document import read_document
from generator.reading.grammar import Grammar, read_grammar
from generator.reading.round_trip import Reproduced, reproduce
from generator.reading.source import Source
from generator.reading.text import Text
from generator.record import Record, to_json
from generator.typography import fold_text
from generator.writing import render, tree
from generator.writing.syntax import String
from tests.helpers.document_forms import without_source
from tests.helpers.document_strategies import (
    HYPHENS,
    LAYOUTS,
    VENDOR,
    Layout,
    Made,
    code_lists,
    documents,
    escape,
    projects,
    prose_of,
    write,
)
from tests.helpers.drawn_examples import T, drawn, drawn_by, spec_of
from tests.helpers.project import ROOT, files_below
from tests.helpers.tools import node_tool, output_of
from tests.helpers.typescript import snake_case

Rebuild = Callable[[Release], bytes]


# What is counted


@pytest.fixture(scope="module")
def tally() -> Iterator[Callable[[str, Made], None]]:
    """Counts what was drawn for a property; printed when all properties have been tried."""
    counts: dict[str, Counter[str]] = {}

    def add(name: str, made: Made) -> None:
        meanings = [entry.meaning for _, entry in made.all_entries]
        counts.setdefault(name, Counter()).update(
            documents=1,
            entries=len(meanings),
            # Each code, and of each entry the whole, the description, and the parts.
            texts=len(made.expected_codes) + sum(2 + len(meaning.parts) for meaning in meanings),
        )

    yield add
    print()
    for name, counted in counts.items():
        print(f"{name}: " + ", ".join(f"{number} {what}" for what, number in counted.items()))


# Reading


def made_up_grammar() -> Grammar:
    grammar, diagnostics = read_grammar(Source("vendor.toml", VENDOR))
    assert grammar, diagnostics
    assert not diagnostics
    return grammar


GRAMMAR = made_up_grammar()


def grammar_of(made: Made) -> Grammar:
    """The vendor's grammar, with the free text of a document declared."""
    declared = {fold_text(text): text for text in prose_of([made])}
    return GRAMMAR._replace(prose=GRAMMAR.prose._replace(sentences=declared))


def read(document: bytes, made: Made) -> Release:
    grammar = grammar_of(made)
    release, diagnostics = read_document("made-up.md", document, Document("", ""), grammar)
    assert release, diagnostics
    assert not diagnostics
    return release


def plain(data: Record) -> Any:  # noqa: ANN401
    """The data as a reader of the JSON has them."""
    return json.loads(to_json(data))


def told_by(release: Release) -> object:
    """What a release says, without its sentences and without all that is form or place."""
    data: Any = without_source(plain(release_data(release)))
    for section in data["sections"]:
        for entry in section["entries"]:
            del entry["sentences"]
    return {key: data[key] for key in data.keys() - {"format_version", "rules"}}


def check_read(made: Made, layout: Layout) -> None:
    """The model has what was put in; the form in which it was put makes no difference to it."""
    release = read(write(made, layout), made)
    assert told_by(release) == made.expected
    data = [without_source(plain(release_data(one))) for one in (release, read(write(made), made))]
    assert data[0] == data[1]


def test_the_model_has_what_was_put_in(tally: Callable[[str, Made], None]) -> None:
    @drawn_by(50)
    @given(documents(), LAYOUTS)
    def holds(made: Made, layout: Layout) -> None:
        tally("read", made)
        check_read(made, layout)

    holds()


LETTERS = re.compile(rb"(?<=[A-Za-z])(?=[A-Za-z])")
GAPS = ("\n", "  \n", "\\\n", "\n  ", " \t\n")


def refusals(document: bytes, made: Made) -> list[tuple[str, int | None]]:
    """The rules and lines of what is wrong with a document that is refused."""
    grammar = grammar_of(made)
    release, diagnostics = read_document("made-up.md", document, Document("", ""), grammar)
    assert release is None
    return [(diagnostic.rule, diagnostic.location.line) for diagnostic in diagnostics]


def texts_in(document: bytes) -> list[tuple[int, int]]:
    """From where to where the texts of entries stand in a document of one line an entry."""
    return [match.span(1) for match in re.finditer(rb"(?m)^\*\*.+?\*\* (.+)$", document)]


def test_a_word_broken_at_a_line_end_is_refused(tally: Callable[[str, Made], None]) -> None:
    @drawn_by(50)
    @given(documents(), st.data())
    def holds(made: Made, data: st.DataObject) -> None:
        document = write(made)
        places = [
            at.start() for one in texts_in(document) for at in LETTERS.finditer(document, *one)
        ]
        assume(places)
        tally("broken", made)
        place = data.draw(st.sampled_from(places))
        broken = data.draw(st.sampled_from(HYPHENS)) + data.draw(st.sampled_from(GAPS))
        line = document.count(b"\n", 0, place) + 1
        told = document[:place] + broken.encode() + document[place:]
        assert refusals(told, made) == [("word-broken", line)]

    holds()


def test_a_separator_behind_a_code_is_refused(tally: Callable[[str, Made], None]) -> None:
    @drawn_by(50)
    @given(documents(), st.data())
    def holds(made: Made, data: st.DataObject) -> None:
        document = write(made)
        place, _ = data.draw(st.sampled_from(texts_in(document)))
        tally("separated", made)
        separator = data.draw(st.sampled_from(SEPARATORS))
        line = document.count(b"\n", 0, place) + 1
        told = document[:place] + f"{separator} ".encode() + document[place:]
        assert refusals(told, made) == [("entry-separated", line)]

    holds()


SEPARATORS = (
    ":",
    r"\:",
    "-",
    r"\-",
    "--",
    "\N{EN DASH}",
    "\N{EM DASH}",
    "=",
    "|",
    "\N{BULLET}",
    "->",
)

# Retelling


def retold(release: Release) -> bytes:
    """A document that tells the release again, in the plainest form."""
    layout = release.layout._replace(contents_title=None, contents=())
    told = reproduce(release._replace(layout=layout), GRAMMAR)
    texts = iter([one.form.before[-1:] + one.text for one in told])
    blocks = [f"#{next(texts)}", *(next(texts) for _ in range(3))]
    for section in release.sections:
        blocks.append(f"##{next(texts)}")
        for entry in section.entries:
            code = escape(next(texts)[1:], every=True)
            text = "".join(next(texts) for _ in entry.meaning.sentences)
            blocks.append(f"**{code}** {escape(text, every=True)}")
    assert next(texts, None) is None
    return "\n\n".join(blocks).encode()


def check_retold(made: Made, layout: Layout) -> None:
    """What was retold is read as what was told; nothing but form is lost on the way."""
    release = read(write(made, layout), made)
    again = read(retold(release), made)
    assert again.content == release.content
    assert without_source(plain(release_data(again))) == without_source(
        plain(release_data(release))
    )


def check_rebuilt(made: Made, layout: Layout, rebuild: Rebuild) -> None:
    """A program that knows the JSON alone makes the same bytes of it."""
    document = write(made, layout)
    assert rebuild(read(document, made)) == document


REBUILD = f"""
import {{ createInterface }} from "node:readline";
import {{ rebuild }} from "{(ROOT / "tests/node/rebuild.mjs").as_uri()}";

for await (const line of createInterface({{ input: process.stdin }})) {{
  console.log(JSON.stringify(rebuild(JSON.parse(line))));
}}
"""


@pytest.fixture(scope="module")
def rebuild() -> Iterator[Rebuild]:
    """The document of a release, by one program for all of them: starting it takes a while."""
    command = [str(node_tool("node")), "--input-type=module", "--eval", REBUILD, "one-for-all"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as program:
        assert program.stdin
        assert program.stdout
        asked, answered = program.stdin, program.stdout

        def ask(release: Release) -> bytes:
            asked.write(json.dumps(release_data(release)) + "\n")
            asked.flush()
            text: str = json.loads(answered.readline())
            return text.encode()

        yield ask
        asked.close()
    assert program.returncode == 0


def test_what_was_retold_is_read_the_same(
    rebuild: Rebuild, tally: Callable[[str, Made], None]
) -> None:
    @drawn_by(40)
    @given(documents(), LAYOUTS)
    def holds(made: Made, layout: Layout) -> None:
        tally("retold", made)
        check_retold(made, layout)
        check_rebuilt(made, layout, rebuild)

    holds()


# Generating


def generate(spec: Path, output: Path) -> tree.Comparison:
    """What `ctek-codegen generate` does; how the output stood before."""
    built, diagnostics = pipeline.build(spec, ROOT / "templates")
    assert built, diagnostics
    comparison, diagnostics = pipeline.write(built, output)
    assert comparison, diagnostics
    return comparison


def check_twice(some: Sequence[Made]) -> None:
    """The second time nothing is written, and what is made is the same to the byte."""
    long_ago = 1_000_000_000
    with TemporaryDirectory() as name:
        spec, output = spec_of(some, Path(name)), Path(name, "generated")
        generate(spec, output)
        before = files_below(output)
        for path in before:
            os.utime(output / path, (long_ago, long_ago))
        comparison = generate(spec, output)
        assert files_below(output) == before
        assert comparison.is_same
        assert {(output / path).stat().st_mtime for path in before} == {long_ago}


def test_generating_twice_changes_nothing(tally: Callable[[str, Made], None]) -> None:
    @drawn_by(10)
    @given(projects())
    def holds(some: Sequence[Made]) -> None:
        for made in some:
            tally("generated twice", made)
        check_twice(some)

    holds()


# Executing

Answers = Sequence[Sequence[tuple[str, list[dict[str, object]]]]]
"""For each package the codes in its order, each with its meanings."""

IN_PYTHON = """
import importlib, json, sys
from dataclasses import asdict

def answers(folder):
    sys.path[:0] = [folder]
    package = importlib.import_module("made_up_codes")
    del sys.path[0]
    for name in [name for name in sys.modules if name.startswith("made_up_codes")]:
        del sys.modules[name]
    assert [code for code in package.ErrorCode] == [one.code for one in package.CATALOGUE.codes]
    found = {code.value: package.lookup(code.value.swapcase()) for code in package.ErrorCode}
    return [[code, [asdict(one) for one in details.meanings]] for code, details in found.items()]

print(json.dumps([answers(folder) for folder in json.load(sys.stdin)]))
"""
IN_TYPESCRIPT = """
import { text } from "node:stream/consumers";

function swapCase(text) {
  return [...text].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join("");
}
const said = [];
for (const url of JSON.parse(await text(process.stdin))) {
  const { ErrorCode, isErrorCode, lookup } = await import(url);
  const codes = Object.values(ErrorCode);
  if (!codes.every(isErrorCode)) throw new Error(`one of ${codes} is not known`);
  said.push(codes.map((code) => [code, lookup(swapCase(code)).meanings]));
}
console.log(JSON.stringify(said));
"""


def in_python(generated: Sequence[Path]) -> Answers:
    """What the Python packages say, imported by a Python that knows of nothing else."""
    folders = json.dumps([str(one / "python") for one in generated])
    python = ("-I", "-B", "-W", "error", "-c", IN_PYTHON)
    answers: Answers = json.loads(output_of(sys.executable, *python, folder=ROOT, stdin=folders))
    return answers


def in_typescript(generated: Sequence[Path]) -> Answers:
    """What the TypeScript packages say, compiled together in one go and run by Node."""
    folder = generated[0].parent
    project = {
        "extends": f"./{generated[0].name}/typescript/tsconfig.json",
        "compilerOptions": {"rootDir": ".", "outDir": "compiled"},
        "include": ["*/typescript/src"],
    }
    (folder / "tsconfig.json").write_text(json.dumps(project), encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    output_of(node_tool("tsc"), "--project", folder, "--pretty", "false", folder=folder)
    compiled = (folder / "compiled" / one.name / "typescript/src/index.js" for one in generated)
    urls = json.dumps([one.as_uri() for one in compiled])
    node = ("--input-type=module", "--eval", IN_TYPESCRIPT)
    said = json.loads(output_of(node_tool("node"), *node, folder=folder, stdin=urls))
    answers: Answers = snake_case(said)
    return answers


def in_json(generated: Sequence[Path]) -> Answers:
    """What the catalogues say, and the same codes in the schema of what a charger sends."""
    answers = []
    for one in generated:
        codes = json.loads((one / "json/catalogue.json").read_text(encoding="utf-8"))["codes"]
        schema = json.loads((one / "json/error-codes.schema.json").read_text(encoding="utf-8"))
        kinds = (
            schema["$defs"][kind]["oneOf"] for kind in ("KnownErrorCode", "KnownVendorErrorCode")
        )
        assert [code["code"] for code in codes] == [
            known["const"] for kind in kinds for known in kind
        ]
        answers.append([(code["code"], code["revisions"][-1]["meanings"]) for code in codes])
    return answers


EXECUTED: dict[str, Callable[[Sequence[Path]], Answers]] = {
    "Python": in_python,
    "TypeScript": in_typescript,
    "JSON": in_json,
}


def check_executed(some: Sequence[Made], *languages: str) -> None:
    """The packages made of documents, run for real, say of each code what was put in."""
    with TemporaryDirectory() as name:
        generated = [Path(name, f"package{number}") for number in range(len(some))]
        for made, output in zip(some, generated, strict=True):
            generate(spec_of([made], output.with_suffix(".spec")), output)
        for language in languages:
            answers = EXECUTED[language](generated)
            for made, said in zip(some, answers, strict=True):
                check_answers(language, made, said)


def check_answers(language: str, made: Made, said: Sequence[Sequence[Any]]) -> None:
    expected = made.expected_codes
    assert [code for code, _ in said] == list(expected), language
    for code, meanings in said:
        assert without_source(meanings) == expected[code], (language, code)


@pytest.fixture(scope="module")
def batch(tally: Callable[[str, Made], None]) -> list[Made]:
    some = drawn(documents(code_lists(30, 50)), 10)
    for made in some:
        tally("executed", made)
    return some


def test_what_is_executed_says_what_was_put_in(batch: list[Made]) -> None:
    check_executed(batch, *EXECUTED)


# Each property can fail


def violated(check: Callable[[T], None], strategy: st.SearchStrategy[T]) -> None:
    """That a property does not hold, with a fault patched in."""
    with pytest.raises(AssertionError):
        drawn_by(20)(given(strategy)(check))()


FORMED = st.tuples(documents(), LAYOUTS)


def test_a_sentence_that_is_not_read_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = sentences.read_sentences

    def lossy(
        text: Text, grammar: Grammar, earlier: Sequence[Sentence]
    ) -> tuple[tuple[Sentence, ...], list[Diagnostic]]:
        found, diagnostics = real(text, grammar, earlier)
        return found[:1], diagnostics

    monkeypatch.setattr("generator.reading.entries.read_sentences", lossy)
    monkeypatch.setattr("generator.reading.document.check_round_trip", lambda *_: [])
    monkeypatch.setattr("generator.reading.document.write_down", lambda _, release, __: release)
    violated(lambda formed: check_read(*formed), FORMED)


def test_a_word_that_is_not_retold_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reproduce

    def lossy(release: Release, grammar: Grammar) -> list[Reproduced]:
        *told, last = real(release, grammar)
        return [*told, last._replace(text=last.text.rpartition(" ")[0] or last.text)]

    monkeypatch.setitem(globals(), "reproduce", lossy)
    violated(lambda formed: check_retold(*formed), FORMED)


def test_a_mark_that_is_not_kept_is_missed(
    rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.reading.layout._marks", lambda *_: [])
    violated(lambda formed: check_rebuilt(formed[0], formed[1], rebuild), FORMED)


write_literal = String.write


def with_bare_backslashes(string: String, text: str) -> str:
    """A literal as it should be, but for a backslash, which then means something in it."""
    escapes = {old: new for old, new in string.escapes.items() if old != "\\"}
    return write_literal(string._replace(escapes=escapes), text)


def with_other_backslashes(value: object) -> str:
    return json.JSONEncoder(ensure_ascii=False).encode(value).replace("\\\\", "/")


@pytest.mark.parametrize(
    ("language", "patched", "fault"),
    [
        ("Python", "generator.writing.syntax.String.write", with_bare_backslashes),
        ("TypeScript", "generator.writing.syntax.String.write", with_bare_backslashes),
        ("JSON", "generator.record.one_line", with_other_backslashes),
    ],
    ids=EXECUTED,
)
def test_a_backslash_that_is_not_escaped_is_found(
    language: str, patched: str, fault: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patched, fault)
    violated(lambda made: check_executed([made], language), documents())


def test_what_changes_from_run_to_run_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers, real = count(), render.render

    def unsteady(*arguments: Any) -> tuple[dict[str, str], list[Diagnostic]]:  # noqa: ANN401
        made, diagnostics = real(*arguments)
        return {path: f"{text}{next(numbers)}" for path, text in made.items()}, diagnostics

    monkeypatch.setattr(render, "render", unsteady)
    violated(check_twice, projects())


def test_what_is_written_again_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.write

    def eager(
        built: pipeline.Built, output: Path
    ) -> tuple[tree.Comparison | None, list[Diagnostic]]:
        written = real(built, output)
        for path, text in built.tree.items():
            (output / path).write_text(text, encoding="utf-8", newline="")
        return written

    monkeypatch.setattr(pipeline, "write", eager)
    violated(check_twice, projects())
