"""`make bench-releases`: what `generate` takes for ever more releases.

Each release has 200 codes and changes some of them. Twice the releases may take twice the time and
the memory, not four times; the fixed cost of a run keeps the ratios of small numbers below that.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.helpers.made_up_documents import TEXTS, document
from tests.helpers.project import COMMAND, ROOT, record_digests

CODES = 200
CHANGED = 10
"""Each release changes every so many-eth code, others than the release before."""
RELEASES = (12, 25, 50, 100)
ROUNDS = 3


class Cost(NamedTuple):
    """Of one run of `generate` that writes everything: its peak memory, and what it wrote."""

    seconds: float
    megabytes: float
    written: float


def main() -> None:
    """Prints the table; takes about a minute."""
    titles = ("releases", "seconds", "ratio", "peak MB", "ratio", "written MB", "ratio")
    print("".join(f"{title:>12}" for title in titles))
    before: Cost | None = None
    for count in RELEASES:
        cost = _cost(count)
        ratios = [f"{now / then:.2f}" for now, then in zip(cost, before or cost, strict=True)]
        figures = (f"{cost.seconds:.2f}", f"{cost.megabytes:.0f}", f"{cost.written:.1f}")
        cells = [cell for pair in zip(figures, ratios, strict=True) for cell in pair]
        print("".join(f"{cell:>12}" for cell in (str(count), *cells)), flush=True)
        before = cost


def _cost(releases: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        spec, output = Path(folder, "spec"), Path(folder, "generated")
        _write_series(spec, releases)
        costs = []
        for _ in range(ROUNDS):
            shutil.rmtree(output, ignore_errors=True)
            costs.append(_generate(spec, output))
        size = sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
    seconds, megabytes = (median(figures) for figures in zip(*costs, strict=True))
    return Cost(seconds, megabytes, size / 2**20)


def _write_series(spec: Path, releases: int) -> None:
    spec.mkdir()
    shutil.copyfile(ROOT / "tests/cases/_project/spec/vendor.toml", spec / "vendor.toml")
    for number in range(releases):
        build = f"r1.{number}.0-0-g{number:07x}"
        text = document(map(_entry, range(CODES), [number] * CODES), build)
        (spec / f"r1.{number}.0.md").write_text(text, encoding="utf-8")
    record_digests(spec)


def _entry(code: int, release: int) -> tuple[str, str]:
    """A code's text in a release: another one each time that it is the code's turn to change."""
    changes = (release + code % CHANGED) // CHANGED
    return f"Made\\_Up{code:04d}", TEXTS[(code + changes) % len(TEXTS)]


def _generate(spec: Path, output: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one run."""
    folders = ("--spec", spec, "--templates", ROOT / "templates", "--output", output)
    start = time.perf_counter()
    process = subprocess.Popen([COMMAND, "generate", *folders], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"generate ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * unit / 2**20


if __name__ == "__main__":
    main()
