"""One answer to a firmware, in every command that takes one; the packages have the same table."""

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.firmwares import ANSWERING
from tests.helpers.project import run, run_here
from tests.helpers.release_series import write_spec

LONGEST = 100
"""What a person types on a command line is shorter, and is text."""
FIRMWARES = {
    firmware: answer
    for firmware, answer in ANSWERING.items()
    if firmware is not None and len(firmware) < LONGEST and not firmware.startswith("\ud800")
}
OLDEST, NEWEST = "ccu_R3.11.18.1", "r5.0.0"


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project with the whole series."""
    folder = tmp_path_factory.mktemp("series")
    write_spec(folder / "spec")
    return folder


def note(firmware: str) -> str:
    """What a command says on standard error beside its answer."""
    name, match = FIRMWARES[firmware]
    return {
        "exact": "",
        "nearest_earlier": f"note: {firmware} has no document of its own; {name} is the nearest "
        "before it\n",
        "oldest": f"note: {firmware} has no document of its own; {name} is the oldest known, and "
        "newer than it\n",
        "newest": f"note: '{firmware}' names no firmware; {name} is the newest known\n",
    }[match]


@cache
def explained(folder: Path, code: str, firmware: str | None) -> subprocess.CompletedProcess[str]:
    options = () if firmware is None else ("--release", firmware)
    return run_here("explain", code, *options, folder=folder)


@pytest.mark.parametrize("firmware", FIRMWARES, ids=repr)
def test_explain_answers_as_of_that_release(firmware: str, series: Path) -> None:
    """The code is not in every release, and gone from the newest."""
    name, match = FIRMWARES[firmware]
    result = explained(series, "FanBlocked", firmware)
    as_of = explained(series, "FanBlocked", None if match == "newest" else name)
    assert (result.returncode, result.stdout) == (as_of.returncode, as_of.stdout)
    assert result.stderr == note(firmware) + as_of.stderr


@pytest.mark.parametrize("firmware", FIRMWARES, ids=repr)
def test_diff_answers_for_that_release_or_refuses_what_is_none(firmware: str, series: Path) -> None:
    name, match = FIRMWARES[firmware]
    result = run_here("diff", "--", NEWEST, firmware, folder=series)
    if match == "newest":
        assert (result.returncode, result.stdout) == (2, "")
        assert f"Error: '{firmware}' names no firmware. Known are {OLDEST}, " in result.stderr
    else:
        assert result.stdout.startswith(f"{NEWEST} → {name}: ")
        assert result.stderr == note(firmware)


MESSAGE = {"connectorId": 1, "errorCode": "NoError", "status": "Available"}


@pytest.mark.parametrize("firmware", ["1.0", "banana", "", "r4.4.3-dirty", "ccu_R4.4.9", "R4.4.3"])
def test_decode_answers_as_of_that_release(firmware: str, series: Path) -> None:
    """As a process: it reads standard input. The decoder itself is asked for the whole table."""
    (series / "messages.log").write_text(json.dumps(MESSAGE) + "\n")
    options = ("--format", "json", "--release", firmware)
    result = run("decode", "messages.log", *options, folder=series)
    answer = json.loads(result.stdout.splitlines()[0])["status_notification"]
    assert (answer["release"], answer["release_match"]) == FIRMWARES[firmware]
    assert result.stderr.startswith(note(firmware) or "1 line, ")


@pytest.mark.parametrize(("asked", "name"), [("latest", NEWEST), ("previous", "r4.10.0")])
def test_the_words_for_releases_are_exact(asked: str, name: str, series: Path) -> None:
    result, named = (explained(series, "CBC_LOOP", one) for one in (asked, name))
    assert (result.stdout, result.stderr) == (named.stdout, "")
