"""How a command ends: every command, in every way in which a run can end."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.project import COMMAND, run, run_warm
from tests.helpers.release_series import SERIES

MESSAGE = '{"connectorId": 1, "errorCode": "GroundFailure", "status": "Faulted"}\n'
BEGUN = """\
# Plain Error Codes

For r1.2.0-0-g0123abc

Plain Chargers, made up

March 4, 2024

## Standard codes

**GroundFailure** A current flowed to earth.

**HighTemperature** It is too warm inside.

## Codes of our own

**PLA_FAN** The fan stands still.

**PLA_LOCK** The lock is stuck.
"""
GOOD = {
    "generate": "generate",
    "check": "check",
    "add": "add ../r4.9.3.md",
    "lint": "lint spec/r4.4.3.md",
    "diff": "diff r4.4.3 ../r4.9.3.md",
    "explain": "explain GroundFailure",
    "decode": "decode ../messages.log",
    "parse": "parse spec/r4.4.3.md",
    "init": "init ../begun.md --spec ../begun",
}
"""A call of each command that finds nothing wrong."""
BAD = {
    "generate": "generate --spec ../edited",
    "check": "check --output ../drifted",
    "add": "add ../wrong.md",
    "lint": "lint ../wrong.md",
    "diff": "diff r4.4.3 ../r4.9.3.md --fail-on breaking",
    "explain": "explain NoSuchCode",
    "decode": "decode ../other.log",
    "parse": "parse ../wrong.md",
    "init": "init ../wrong.md --spec ../begun",
}
"""A call that has findings."""
NOT_RUN = {
    "generate": "generate --output /dev/null/x",
    "check": "check --templates ../missing",
    "add": "add ../missing.md",
    "lint": "lint ../missing.md",
    "diff": "diff r4.4.3 ../missing.md",
    "explain": "explain GroundFailure --spec ../missing",
    "decode": "decode ../missing.log",
    "parse": "parse ../missing.md",
    "init": "init ../begun.md",
}
"""A call that cannot run."""
PRINTING = {
    **GOOD,
    **{call: call for call in ("--help", "--version", *(f"{name} --help" for name in GOOD))},
}
"""The same, and what is printed before any command runs."""

SILENT = {"lint"}
"""What prints nothing on standard output where all is well."""
FOUND_ON_STDOUT = {"check"}
"""Whose findings are results: nothing of them goes to standard error. What `diff` refuses does."""


@pytest.fixture(scope="module")
def laid_out(r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project, and beside it what the calls name."""
    folder = tmp_path_factory.mktemp("statuses")
    shutil.copytree(r4_4_3, folder / "project")
    shutil.copytree(r4_4_3 / "spec", folder / "edited")
    with (folder / "edited/r4.4.3.md").open("ab") as document:
        document.write(b"\n")
    shutil.copytree(r4_4_3 / "generated", folder / "drifted")
    (folder / "drifted/CHANGELOG.md").unlink()
    (folder / "r4.9.3.md").write_bytes(SERIES["r4.9.3"].encode())
    wrong = SERIES["r4.9.3"].replace("October 1", "October 32")
    (folder / "wrong.md").write_bytes(wrong.encode())
    (folder / "begun.md").write_text(BEGUN)
    (folder / "messages.log").write_text(MESSAGE * 1000)
    (folder / "other.log").write_text("nothing to see\n")
    return folder


@pytest.fixture
def project(laid_out: Path, tmp_path: Path) -> Path:
    """A copy, since some calls write."""
    return shutil.copytree(laid_out, tmp_path / "all") / "project"


@pytest.mark.parametrize("call", GOOD.values())
def test_all_well(call: str, project: Path) -> None:
    result = run_warm(*call.split(), folder=project)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("call", BAD.values())
def test_findings(call: str, project: Path) -> None:
    result = run_warm(*call.split(), folder=project)
    assert result.returncode == 1
    assert result.stdout + result.stderr


@pytest.mark.parametrize("call", [*NOT_RUN.values(), *(f"{name} --none" for name in GOOD), "none"])
def test_called_wrongly_or_not_to_be_run(call: str, project: Path) -> None:
    result = run_warm(*call.split(), folder=project)
    assert result.returncode == 2, result.stdout
    assert result.stderr
    assert "Internal error" not in result.stderr
    assert "Traceback" not in result.stderr


EMPTY = [
    *(f"{call} --spec ../empty" for name, call in GOOD.items() if name != "init"),  # that fills it
    *(f"{GOOD[name]} --templates ../empty" for name in ("generate", "check", "add")),
    *(f"{GOOD[name]} --spec ../unfilled" for name in ("generate", "check", "diff", "explain")),
]
"""Calls that name an empty folder, or one that has what is known of the vendor and no document."""


@pytest.mark.parametrize("call", EMPTY)
def test_an_empty_folder(call: str, project: Path) -> None:
    """Whichever it is: there is nothing to find anything wrong in."""
    (project.parent / "empty").mkdir()
    (project.parent / "unfilled").mkdir()
    shutil.copy(project / "spec/vendor.toml", project.parent / "unfilled")
    result = run_warm(*call.split(), folder=project)
    assert result.returncode == 2, result.stderr
    assert re.search(r"^  help: ", result.stderr, re.MULTILINE)


CLOSED = "reader, file = os.pipe(); os.close(reader)"
"""What is printed has nobody who reads it."""
FULL = "file = os.open('/dev/full', os.O_WRONLY)"
"""What is printed finds no space on its disk."""
STDOUT, STDERR = "stdout", "stderr"


def ended(call: str, project: Path, fault: str, *streams: str) -> subprocess.CompletedProcess[str]:
    """Runs a call whose streams have a fault."""
    number = {STDOUT: 1, STDERR: 2}
    lines = ["import os, sys"]
    for stream in streams:
        lines += [fault, f"os.dup2(file, {number[stream]})"]
        lines += [f"sys.{stream} = open({number[stream]}, 'w', buffering=1)"]
    return run_warm(*call.split(), folder=project, before="\n".join(lines))


@pytest.mark.parametrize("name", PRINTING)
def test_nobody_reads_standard_output(name: str, project: Path) -> None:
    result = ended(PRINTING[name], project, CLOSED, STDOUT)
    assert (result.returncode, result.stderr) == (0 if name in SILENT else 141, "")


@pytest.mark.parametrize("name", BAD)
def test_nobody_reads_standard_error(name: str, project: Path) -> None:
    expected = 1 if name in FOUND_ON_STDOUT else 141
    assert ended(BAD[name], project, CLOSED, STDERR).returncode == expected


@pytest.mark.parametrize("calls", [GOOD, BAD])
@pytest.mark.parametrize("name", GOOD)
def test_nobody_reads_anything(name: str, calls: dict[str, str], project: Path) -> None:
    is_silent = calls is GOOD and name in SILENT
    expected = 0 if is_silent else 141
    assert ended(calls[name], project, CLOSED, STDOUT, STDERR).returncode == expected


def test_nobody_reads_why_a_call_is_wrong(project: Path) -> None:
    assert ended("explain --none", project, CLOSED, STDERR).returncode == 141


@pytest.mark.parametrize("name", PRINTING)
def test_the_disk_of_standard_output_is_full(name: str, project: Path) -> None:
    result = ended(PRINTING[name], project, FULL, STDOUT)
    full = (2, "The output cannot be written: No space left on device\n")
    assert (result.returncode, result.stderr) == ((0, "") if name in SILENT else full)


@pytest.mark.parametrize("name", BAD)
def test_the_disk_of_both_is_full(name: str, project: Path) -> None:
    assert ended(BAD[name], project, FULL, STDOUT, STDERR).returncode == 2


@pytest.mark.parametrize("call", GOOD.values())
def test_without_standard_error_all_is_well(call: str, project: Path) -> None:
    gone = "import os, sys; sys.stderr = None; os.close(2)"
    assert run_warm(*call.split(), folder=project, before=gone).returncode == 0


@pytest.mark.parametrize("call", GOOD.values())
def test_stopped_by_a_person(call: str, project: Path) -> None:
    """Once it begins to read the documents."""
    stop = (
        "import pathlib, os, signal\n"
        "pathlib.Path.read_bytes = lambda file: os.kill(os.getpid(), signal.SIGINT)"
    )
    result = run_warm(*call.split(), folder=project, before=stop)
    assert (result.returncode, result.stderr) == (130, "\nStopped.\n")


LINES = {
    "no line at all": ("", 0),
    "an empty line": ("\n", 1),
    "lines of something else": ("nothing\nto see\n", 1),
    "a message that is cut off": (MESSAGE[:40], 1),
    "a message": (MESSAGE, 0),
    "a message among other lines": (f"nothing\n{MESSAGE}to see\n", 0),
}


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(("text", "status"), LINES.values(), ids=LINES.keys())
def test_lines_without_a_message(text: str, status: int, form: str, tmp_path: Path) -> None:
    (tmp_path / "lines.log").write_text(text)
    result = run("decode", "--format", form, tmp_path / "lines.log")
    assert result.returncode == status
    assert ("No line has a StatusNotification" in result.stderr) == bool(status)


@pytest.mark.parametrize("name", ["add", "generate"])
def test_what_writes_has_written_all_or_nothing_where_nobody_reads(
    name: str, project: Path
) -> None:
    ended(GOOD[name], project, CLOSED, STDOUT)
    assert run_warm("check", folder=project).returncode == 0
    names = {release["name"] for release in catalogue(project)["releases"]}
    assert names == {file.stem for file in (project / "spec").glob("*.md")}


def catalogue(project: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads(
        (project / "generated/json/catalogue.json").read_text("utf-8")
    )
    return found


@pytest.mark.parametrize("name", ["explain", "parse", "diff", "check", "decode"])
def test_in_a_shell(name: str, project: Path) -> None:
    """As people do it: a reader that ends before the command does."""
    call = BAD[name] if name == "check" else GOOD[name]
    (project.parent / "messages.log").write_text(MESSAGE * 20_000)
    reader = (
        "head -1" if name == "decode" else "true"
    )  # only that one prints more than a pipe holds
    script = f"{COMMAND} {call} | {reader}; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", script], cwd=project, capture_output=True, text=True, check=True
    )
    assert (result.stdout.splitlines()[-1], result.stderr) == ("141", "")
