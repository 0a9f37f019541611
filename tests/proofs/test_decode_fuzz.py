"""Whatever JSON a message is, it is decoded, and alike by the program, in Python and TypeScript.

The Python package ships the program's decoder and makes records of its answers; TypeScript has a
decoder of its own.

The messages are JSON text (tests/helpers/message_strategies.py), which both languages parse with
what they have. `pytest tests/proofs/test_decode_fuzz.py -s` prints how many there were; with
PROPERTY_TIMES=10 in the environment ten times as many are drawn, other ones each time.
"""

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import given

from tests.helpers.decoder_mutants import FACADE, PYTHON, TYPESCRIPT
from tests.helpers.drawn_examples import drawn_by
from tests.helpers.expected_answers import decoder_of
from tests.helpers.generated_decoders import (
    KINDS,
    RUNTIME_SOURCES,
    VECTORS_PROGRAM,
    Decoders,
    canonical,
    compile_quickly,
    decoder_classes,
    decoders,
    decoders_made_of,
    generate,
    plain,
    python_package,
    python_sources,
    typescript_sources,
)
from tests.helpers.message_strategies import BATCHES, Asked
from tests.helpers.release_series import SERIES, write_spec
from tests.helpers.tools import node_tool

# A batch that fails is printed whole, however long it is.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

# Who answers

Answer = Callable[[Asked], str]
"""What one decoder answers, in the one form that an answer has as JSON."""


def by(functions: Decoders) -> Answer:
    def answer(asked: Asked) -> str:
        decode = getattr(functions, asked.kind)
        return canonical(plain(decode(json.loads(asked.text), asked.firmware)))

    return answer


def by_program(spec: Path) -> Answer:
    decoder = decoder_of(spec)
    return by(Decoders(decoder.status_notification, decoder.notify_event))


@contextmanager
def by_node(package: Path) -> Iterator[Answer]:
    """One program for all messages: starting it takes a while."""
    command = [str(node_tool("node")), str(VECTORS_PROGRAM), str(package), "answer"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as program:
        assert program.stdin
        assert program.stdout
        asked, answered = program.stdin, program.stdout

        def answer(one: Asked) -> str:
            asked.write(json.dumps(one._asdict()) + "\n")
            asked.flush()
            return canonical(json.loads(answered.readline()))

        yield answer
        asked.close()
    assert program.returncode == 0


class Decoding(NamedTuple):
    """The made-up series: its documents, who decodes by it, and the packages."""

    spec: Path
    program: Answer
    python: Answer
    typescript: Answer
    package: ModuleType
    generated: Path


@pytest.fixture(scope="module")
def decoding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decoding]:
    folder = tmp_path_factory.mktemp("series")
    spec = write_spec(folder / "spec", SERIES)
    generated = generate(spec, folder / "generated", "python", "typescript")
    compiled = compile_quickly(typescript_sources(generated), folder / "compiled")
    with (
        python_package(python_sources(generated), folder) as package,
        by_node(compiled) as typescript,
    ):
        python = by(decoders(package))
        yield Decoding(spec, by_program(spec), python, typescript, package, generated)


# What holds


def check(batch: list[Asked], *answers: Answer) -> list[Any]:
    """No decoder raises, and all say the same; what they say."""
    said = []
    for asked in batch:
        first, *others = [answer(asked) for answer in answers]
        for other in others:
            assert other == first, asked
        said.append(json.loads(first))
    return said


def test_whatever_comes_is_decoded_alike(decoding: Decoding) -> None:
    drawn: Counter[str] = Counter()
    seen: Counter[str] = Counter()

    @drawn_by(160)
    @given(BATCHES)
    def holds(batch: list[Asked]) -> None:
        said = check(batch, decoding.program, decoding.python, decoding.typescript)
        drawn.update(asked.kind for asked in batch)
        seen.update(word for answer in said for word in words_of(answer))

    holds()
    print(f"\ndecoded alike: {sum(drawn.values())} messages, {dict(drawn)}")
    print(", ".join(f"{word}: {number}" for word, number in sorted(seen.items())))
    assert set(drawn) == set(KINDS)
    assert seen.keys() >= EVERY_WORD, EVERY_WORD - seen.keys()


EVERY_WORD = {
    *("fault", "warning", "none", "unknown"),
    *("by cleared", "by severity", "by status", "by document"),
    *("exact", "nearest_earlier", "oldest", "newest"),
    *("code", "release", "field", "status", "connector", "deprecated"),
    *("missing", "wrong-type", "not-in-ocpp", "contradicts"),
}
"""What answers are made of; each of it has to be among what is drawn, or too little is tried."""


def words_of(answer: Any) -> Iterator[str]:  # noqa: ANN401
    yield answer["release_match"]
    for one in [answer, *answer.get("events", [])]:
        yield from (problem["problem"] for problem in one["problems"])
        yield from (reason for code in one.get("codes", []) for reason in code["beyond_document"])
        if "condition" in one:
            yield one["condition"]
        if one.get("condition_from"):
            yield f"by {one['condition_from']}"


# And what would be found

FOUND = (
    "a sign for Kelvin is a K",
    "a list may be one longer",
    "; does not divide",
    "what is of the wrong type is missing too",
    "severity 4 is no fault",
    "a truth value is a number",
    "what is within nothing is missing",
    "without a firmware the newest release alone tells",
)


def is_found(faulty: Answer, decoding: Decoding) -> bool:
    """Whether some message is decoded in another way; the first such ends it."""

    @drawn_by(1000)
    @given(BATCHES)
    def holds(batch: list[Asked]) -> None:
        check(batch, decoding.python, faulty)

    try:
        holds()
    except Exception:  # noqa: BLE001 (a decoder that raises has failed)
        return True
    return False


@pytest.mark.parametrize("fault", FOUND)
def test_a_fault_of_the_decoder_is_found(
    fault: str, decoding: Decoding, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    [mutant] = [mutant for mutant in PYTHON if mutant.breaks == fault]
    with decoder_classes(mutant.of(RUNTIME_SOURCES), tmp_path) as others:
        for name, other in others.items():
            monkeypatch.setattr(f"generator.decoding.catalogue.{name}", other)
        assert is_found(by_program(decoding.spec), decoding)


FOUND_IN_FACADE = ("codes stay plain", "the firmware of events is lost")


@pytest.mark.parametrize("fault", FOUND_IN_FACADE)
def test_a_fault_of_the_python_package_is_found(fault: str, decoding: Decoding) -> None:
    [mutant] = [mutant for mutant in FACADE if mutant.breaks == fault]
    sources = mutant.of(python_sources(decoding.generated))
    assert is_found(by(decoders_made_of(decoding.package, sources["_decode.py"])), decoding)


def test_a_fault_in_typescript_is_found(decoding: Decoding, tmp_path: Path) -> None:
    fault = "the length counts what lies beyond the basic plane twice"
    [mutant] = [mutant for mutant in TYPESCRIPT if mutant.breaks == fault]
    package = compile_quickly(mutant.of(typescript_sources(decoding.generated)), tmp_path / "it")
    with by_node(package) as faulty:
        assert is_found(faulty, decoding)
