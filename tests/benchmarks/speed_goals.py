"""`make bench`: the speed goals, each pair measured in turn in one run, medians and ratios.

Machines are noisy and drift, so what counts is the ratio of two things measured side by side; the
milliseconds are there to give an idea.
"""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from markdown_it import MarkdownIt

from generator.model import Document
from generator.reading.document import read_document
from generator.spec.documents import read_grammar_of
from tests.helpers.made_up_documents import long_document
from tests.helpers.project import COMMAND, ROOT

PROCESS_ROUNDS = 41
PARSE_ROUNDS = 7


class Pair(NamedTuple):
    """Two things to time, and how many times as long as the second the first may take.

    `units` is what each figure is divided by: entries, where the cost of one is meant.
    """

    name: str
    measured: Callable[[], object]
    yardstick: Callable[[], object]
    goal: float | None
    rounds: int
    units: tuple[int, int] = (1, 1)


def main() -> None:
    """Prints the table; takes about a minute."""
    print(f"{'what':<62}{'median':>11}{'beside':>11}{'ratio':>8}{'goal':>8}")
    for pair in _pairs():
        first, second = _times(pair)
        ratio = median(a / b for a, b in zip(first, second, strict=True))
        goal = "none" if pair.goal is None else f"≤ {pair.goal}"
        verdict = "" if pair.goal is None or ratio <= pair.goal else "  missed"
        print(
            f"{pair.name:<62}{_milliseconds(median(first)):>11}{_milliseconds(median(second)):>11}"
            f"{ratio:>8.2f}{goal:>8}{verdict}",
            flush=True,
        )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.3g} ms"


def _pairs() -> list[Pair]:
    libraries = _process(sys.executable, "-c", "import click, jinja2, markdown_it")
    click = _process(sys.executable, "-c", "import click")
    short, long = long_document(1_000), long_document(10_000)
    markdown = MarkdownIt("commonmark")
    # `generate` and `check` met their goal with three targets and 22 artefacts of 0.2 MB. With six
    # and more than sixty of 2 MB, the vectors for decoders most of it, they do not yet.
    return [
        Pair(
            "generate, all targets / importing click, jinja2, markdown-it",
            _process(COMMAND, "generate"),
            libraries,
            1.5,
            PROCESS_ROUNDS,
        ),
        Pair(
            "the same, templates not yet compiled",
            _process(COMMAND, "generate", XDG_CACHE_HOME="/dev/null"),
            libraries,
            None,
            PROCESS_ROUNDS // 4,
        ),
        Pair(
            "check / importing click, jinja2, markdown-it",
            _process(COMMAND, "check"),
            libraries,
            1.5,
            PROCESS_ROUNDS,
        ),
        Pair(
            "--help / importing click",
            _process(COMMAND, "--help"),
            click,
            1.3,
            PROCESS_ROUNDS,
        ),
        Pair(
            "parse, 10,000 entries / markdown-it on the same text",
            _parse(long),
            lambda: markdown.parse(long),
            2.5,
            PARSE_ROUNDS,
        ),
        Pair(
            "parse, an entry of 10,000 / an entry of 1,000",
            _parse(long),
            _parse(short),
            1.2,
            PARSE_ROUNDS,
            (10_000, 1_000),
        ),
    ]


def _process(*command: str | Path, **variables: str) -> Callable[[], object]:
    # As on a person's machine: what Python compiles is kept.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= variables
    return lambda: subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True
    )


def _parse(text: str) -> Callable[[], object]:
    grammar, _ = read_grammar_of(ROOT / "tests/cases/_project/spec")
    if grammar is None:
        raise RuntimeError("the made-up vendor of the tests cannot be read")
    data, document = text.encode(), Document("made-up.md", "0" * 64)

    def parse() -> None:
        gc.disable()  # as the command line does
        release, diagnostics = read_document("made-up.md", data, document, grammar)
        gc.enable()
        if release is None:
            raise RuntimeError(f"the made-up document cannot be read: {diagnostics[0]}")

    return parse


def _times(pair: Pair) -> tuple[list[float], list[float]]:
    """Seconds per unit of the two, one round after the other; the first round does not count."""
    rounds = [(_time(pair.measured), _time(pair.yardstick)) for _ in range(pair.rounds + 1)][1:]
    many, few = pair.units
    return [first / many for first, _ in rounds], [second / few for _, second in rounds]


def _time(run: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
