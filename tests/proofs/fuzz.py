"""A coverage-guided fuzzer over `parse` and `lint`, seeded with every document of the tests.

`make fuzz` lets it run for ten minutes. Whatever a document holds, the two commands have to agree,
print a release or findings with their places, and never raise. What breaks that is shown, and kept
in a temporary folder that is named.
"""

import argparse
import contextlib
import io
import json
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from unittest import mock

import atheris

from tests.helpers import txtar
from tests.helpers.made_up_documents import long_document
from tests.helpers.project import ROOT

with atheris.instrument_imports(include=["generator", "markdown_it"]):
    from generator import pipeline
    from generator.cli import cli
    from generator.spec.documents import read_grammar_of

VENDORS = {"made-up": ROOT / "tests/cases/_project/spec", "real": ROOT / "spec"}
LONGEST = 8_192
"""Bytes of a document; longer ones take time and reach nothing new."""


def main() -> None:
    """Fuzzes for a while; exit status 0 if nothing broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # The rules are the same for every document; reading them takes longer than all the rest.
    known = cache(read_grammar_of)
    copied = lambda folder: (known(folder)[0], [*known(folder)[1]])  # noqa: E731 (callers add to it)
    mock.patch.object(pipeline, "read_grammar_of", copied).start()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    for vendor, spec in VENDORS.items():
        (folder / vendor).mkdir()
        shutil.copy(spec / "vendor.toml", folder / vendor)
    for number, document in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(document)
    libfuzzer = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={options.seconds}",
        f"-seed={options.seed}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={folder}/",
        "-timeout=20",
    ]
    atheris.Setup(libfuzzer, Trial(folder), custom_mutator=mutated)
    atheris.Fuzz()


def seeds() -> list[bytes]:
    """The vendor's documents, and the made-up ones with all that is wrong with them."""
    documents = [file.read_bytes() for file in sorted((ROOT / "spec").glob("*.md"))]
    for case in sorted((ROOT / "tests/cases").glob("*.txtar")):
        files = txtar.read(case).files
        documents += [data for name, data in files.items() if name.endswith(".md")]
    return [*documents, long_document(8).encode()]


class Trial:
    """One document given to both commands; raises AssertionError where they answer wrongly."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "document.md"
        self.folder = folder
        self.fates: Counter[str] = Counter()

    def __call__(self, data: bytes) -> None:
        self.file.write_bytes(data)
        vendor = "made-up" if b"Made-Up" in data else "real"
        status, told, findings = self._run("parse", vendor)
        linted = self._run("lint", vendor)
        assert linted == (status, "", findings), (status, findings, linted)
        if status == 0:
            json.loads(told)
        else:
            assert status == 1
            assert not told
            assert re.search(
                rf"^{re.escape(str(self.file))}:\d+:\d+: error\[", findings, re.MULTILINE
            )
        self.fates["read" if status == 0 else "refused"] += 1
        if self.fates.total() % 200 == 0:
            print(f"documents so far: {dict(self.fates)}", file=sys.stderr)

    def _run(self, command: str, vendor: str) -> tuple[int | str | None, str, str]:
        """Exit status, standard output and standard error."""
        out, err = io.StringIO(), io.StringIO()
        status: int | str | None = 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                spec = str(self.folder / vendor)
                cli.main([command, str(self.file), "--spec", spec], standalone_mode=False)
            except SystemExit as stopped:
                status = stopped.code
        return status, out.getvalue(), err.getvalue()


PIECES = (
    b"**Made\\_Up0000009** ",
    b"## ",
    b"# ",
    b"- ",
    b"> ",
    b"  \n",
    b"\\\n",
    b"\r\n",
    b"\n\n",
    b"\\_",
    b"&amp;",
    b"<b>",
    b"[a]: b",
    b"| a | b |\n| - | - |",
    b"1\tStandard codes\t2",
    b"This may come with any status.",
    b", seen only on Box and Box 2.",
    "\N{RIGHT-TO-LEFT OVERRIDE}".encode(),
    "\N{BYTE ORDER MARK}".encode(),
    b"\xff",
)
"""What means something to the reader of documents."""


def mutated(data: bytes, longest: int, seed: int) -> bytes:
    """Half of the time whole lines are changed, so that the rest of a document stays readable."""
    chance = random.Random(seed)  # noqa: S311 (nothing here is secret)
    if chance.random() < 0.5:
        return bytes(atheris.Mutate(data, longest))
    lines = data.split(b"\n")
    here, there = (chance.randrange(len(lines)) for _ in range(2))
    kind = chance.randrange(5)
    if kind == 0:
        lines[here], lines[there] = lines[there], lines[here]
    elif kind == 1:
        lines.insert(here, lines[there])
    elif kind == 2:
        del lines[here]
    else:
        at = chance.randint(0, len(lines[here]))
        behind = at if kind == 3 else chance.randint(at, len(lines[here]))
        lines[here] = lines[here][:at] + chance.choice(PIECES) + lines[here][behind:]
    return b"\n".join(lines)[:longest]


if __name__ == "__main__":
    main()
