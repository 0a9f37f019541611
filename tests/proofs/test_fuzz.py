"""A short run of the fuzzer, and the proof that it finds what breaks; `make fuzz` runs it long."""

import importlib.util
import os
import re
import subprocess
import sys

import pytest

from tests.helpers.project import ROOT

pytestmark = pytest.mark.extended

HAS_WHEELS = sys.platform == "linux" and sys.version_info < (3, 14)
"""Whether requirements/dev.in asks for the fuzzer on this machine."""


def fuzz(program: str, seconds: int) -> subprocess.CompletedProcess[str]:
    """Runs a program that starts the fuzzer."""
    if importlib.util.find_spec("atheris") is None:
        if not HAS_WHEELS and "CI" not in os.environ:
            pytest.skip("the fuzzer has no wheel for this machine")
        pytest.fail("the fuzzer atheris is missing: `make test` installs it")
    return subprocess.run(
        [sys.executable, "-c", program, "--seconds", str(seconds)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )


def test_a_short_run_breaks_nothing() -> None:
    result = fuzz("from tests.proofs.fuzz import main; main()", seconds=6)
    assert result.returncode == 0, result.stderr[-4_000:]
    done = re.search(r"^Done (\d+) runs", result.stderr, re.MULTILINE)
    assert done, result.stderr[-4_000:]
    assert int(done[1]) > 200
    fates = re.findall(r"^documents so far: (.*)$", result.stderr, re.MULTILINE)
    print(f"\n{done[1]} documents, at the last count {fates[-1]}")
    assert "refused" in fates[-1]
    assert "read" in fates[-1]


FAULTY = """
import generator.reading.blocks as blocks
from tests.proofs.fuzz import main
real = blocks._unknown
blocks._unknown = lambda *found: 1 / 0 if "a quote" in found else real(*found)
main()
"""


def test_a_fault_is_found() -> None:
    """A reader that fails on quotes is caught, with the document that shows it."""
    result = fuzz(FAULTY, seconds=60)
    assert result.returncode != 0
    assert "ZeroDivisionError" in result.stdout
    assert "crash-" in result.stderr
