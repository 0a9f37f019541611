"""`make bench-decode`: how fast `decode` is, and what memory it takes, for ever more.

The messages are of all kinds, in payloads, frames and log lines. Ten times as many may take ten
times as long, and no more memory.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.helpers.project import COMMAND, ROOT
from tests.helpers.tools import catalogue_json

COUNTS = (10_000, 100_000, 1_000_000)
STATUSES = ("Available", "Preparing", "Charging", "SuspendedEV", "Faulted")


def main() -> None:
    """Prints the table; takes some minutes."""
    print(f"{'messages':>12}{'MB in':>10}{'seconds':>10}{'a second':>12}{'peak MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            file = Path(folder, f"{count}.log")
            write_messages(file, count)
            seconds, megabytes = decode(file)
            size = file.stat().st_size / 1e6
            print(f"{count:>12,}{size:>10.1f}{seconds:>10.1f}{count / seconds:>12,.0f}", end="")
            print(f"{megabytes:>10.1f}", flush=True)


def write_messages(file: Path, count: int) -> None:
    """Messages as chargers send them and logs keep them; the same on each run."""
    chance = random.Random(1)  # noqa: S311 (no secret)
    codes = [code["code"] for code in catalogue_json()["codes"]]
    with file.open("w", encoding="utf-8") as stream:
        for number in range(count):
            payload = {
                "connectorId": chance.randint(0, 2),
                "errorCode": "NoError",
                "status": chance.choice(STATUSES),
                "timestamp": f"2026-07-11T08:{number // 60 % 60:02}:{number % 60:02}Z",
                "vendorId": "com.example",
            }
            if chance.random() < 0.5:
                payload |= {"errorCode": "OtherError", "vendorErrorCode": chance.choice(codes)}
            frame = json.dumps([2, str(number), "StatusNotification", payload])
            log = f"2026-07-11 08:12:09 INFO cp-{number % 50} >> {frame}"
            stream.write(f"{chance.choice((json.dumps(payload), frame, log))}\n")


def decode(file: Path) -> tuple[float, float]:
    """Seconds and peak memory in megabytes of a run in a process of its own."""
    program = (
        "import resource, subprocess, sys\n"
        "with open(sys.argv[1], 'rb') as messages:\n"
        "    subprocess.run(sys.argv[2:], stdin=messages, check=True,\n"
        "        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [str(COMMAND), "decode", "--format", "json"]
    start = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", program, str(file), *command],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - start, int(told.stdout) / 1000


if __name__ == "__main__":
    main()
