"""`make bench-hostile`: how time and memory grow with the size of a hostile document.

Each line is a kind of document at growing sizes, each size twice the one before: what the command
took for it, and that as a multiple of half the size. Linear is 2; what is far above it at the large
end is told. Names as arguments choose kinds:
`python -m tests.benchmarks.documents entries brackets`.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.helpers.hostile_documents import ENTRY_LENGTH, GROWING
from tests.helpers.project import COMMAND, ROOT

SPEC = ROOT / "tests/cases/_project/spec"
SIZES = (250_000, 500_000, 1_000_000)
"""Characters of most documents."""
LARGE_SIZES = {
    "entries": tuple(
        number * ENTRY_LENGTH for number in (62_500, 125_000, 250_000, 500_000, 10**6)
    ),
    **{
        name: (6_250_000, 12_500_000, 25_000_000, 50_000_000)
        for name in GROWING
        if name.startswith("one line")
    },
}
"""Characters of those that may be large: up to a million entries, and a line of 50 MB."""
LINEAR = 2.6
"""How many times as long twice the size may take; machines are noisy."""
NOTICEABLE = 1.0
"""Seconds below which a ratio says nothing."""


class Cost(NamedTuple):
    """What a run took: seconds on the processor, and megabytes at its peak."""

    seconds: float
    megabytes: float


def main() -> None:
    """Prints the table; all of it takes more than half an hour."""
    start = cost_of("entries", 0)
    print(f"to start and end takes {start.seconds:.2f} s, {start.megabytes:.0f} MB\n")
    print(f"{'what':<44}{'characters':>12}{'seconds':>10}{'MB':>8}{'ratio':>8}")
    for name in sys.argv[1:] or GROWING:
        before: Cost | None = None
        for size in LARGE_SIZES.get(name, SIZES):
            cost = cost_of(name, size)
            seconds = max(0.0, cost.seconds - start.seconds)
            ratio = seconds / before.seconds if before and before.seconds else None
            told = "" if ratio is None else f"{ratio:.2f}"
            verdict = (
                "  more than linear" if ratio and ratio > LINEAR and seconds > NOTICEABLE else ""
            )
            shown = name if before is None else ""
            print(
                f"{shown:<44}{size:>12,}{seconds:>10.2f}{cost.megabytes:>8.0f}{told:>8}{verdict}",
                flush=True,
            )
            before = Cost(seconds, cost.megabytes)


# In a process of its own: the system counts the memory of who starts a command as the command's.
WRITE = """
import sys
from pathlib import Path
from tests.helpers.hostile_documents import GROWING
name, size, file = sys.argv[1:]
Path(file).write_bytes(GROWING[name](int(size)).encode())
"""


def cost_of(name: str, size: int) -> Cost:
    """What `lint` costs for a document, measured by the system."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        file = Path(folder) / "document.md"
        subprocess.run([sys.executable, "-c", WRITE, name, str(size), file], cwd=ROOT, check=True)
        process = subprocess.Popen(
            [COMMAND, "lint", file, "--spec", SPEC], stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            said.seek(0)
            raise RuntimeError(said.read().decode())
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6)


if __name__ == "__main__":
    main()
