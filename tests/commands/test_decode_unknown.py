"""`decode --unknown`: the codes that no document has, as a table that may leave the house."""

import csv
import io
import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from generator.writing.single import write_file
from tests.commands.test_decode import REAL, decode
from tests.helpers.project import COMMAND, ROOT
from tests.helpers.write_faults import without_privileges

HEAD = ["code", "field", "seen", "faults", "warnings", "first_seen", "last_seen", "firmware"]


def message(code: str, **fields: object) -> str:
    """A StatusNotification with a code that is the vendor's own."""
    payload = {"connectorId": 1, "errorCode": "OtherError", "status": "Faulted"}
    return json.dumps({**payload, "vendorErrorCode": code, **fields})


def table(
    folder: Path, *lines: str, arguments: tuple[str, ...] = ()
) -> tuple[list[list[str]], str]:
    """The rows of the table below its head, and what is said on standard error."""
    file = folder / "unknown.csv"
    result = decode("\n".join(lines), "--unknown", str(file), *arguments)
    assert result.returncode in (0, 1), result.stderr
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
    assert head == HEAD
    assert names_in(folder) == ["unknown.csv"]
    return rows, result.stderr.decode()


def names_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def codes(folder: Path, *sent: str) -> tuple[list[str], str]:
    rows, told = table(folder, *(message(code) for code in sent))
    return [row[0] for row in rows], told


def test_unknown_codes_are_counted_the_most_frequent_first(tmp_path: Path) -> None:
    rows, told = table(
        tmp_path,
        message("Hum", status="Charging", timestamp="2026-07-11T08:12:09Z"),
        message("Buzz;hum", timestamp="2026-07-10T23:30:00.123-02:00"),
        message("Buzz", timestamp="yesterday"),
        message("Annoy", errorCode="InternalError"),
        message("HUM", status="Available", timestamp="2026-07-12T00:00:00+02:00"),
        REAL,
    )
    assert rows == [
        ["Hum", "vendorErrorCode", "3", "1", "2", *SPAN, ""],
        ["Buzz", "vendorErrorCode", "2", "2", "0", SPAN[0], SPAN[0], ""],
        ["Annoy", "vendorErrorCode", "1", "1", "0", "", "", ""],
        ["InternalError", "errorCode", "1", "1", "0", "", "", ""],
    ]
    assert told == ""


SPAN = ["2026-07-11T01:30:00Z", "2026-07-11T22:00:00Z"]


def test_codes_of_events_are_counted(tmp_path: Path) -> None:
    event = {"techCode": "Hum", "severity": 6, "timestamp": "2026-07-11T08:12Z"}
    rows, _ = table(tmp_path, json.dumps({"eventData": [event, event]}))
    assert rows == [["Hum", "techCode", "2", "0", "2", *["2026-07-11T08:12:00Z"] * 2, ""]]


def test_the_firmware_is_what_was_said(tmp_path: Path) -> None:
    for asked, firmware in (("ccu_R4.4.9", "ccu_R4.4.9"), ("latest", "r4.4.3-0-g33e0f28c")):
        rows, _ = table(tmp_path, message("Hum"), arguments=("--release", asked))
        assert rows[0][-1] == firmware


@pytest.mark.parametrize(
    "time",
    [
        *("2026-07-11 08:12:09Z", "2026-07-11T08:12:09", "2026-02-30T08:12:09Z", "2026-07-11"),
        *("0001-01-01T00:00:00+14:00", "2026-07-11T08:12:09Z, cp-7", "2026-07-11T25:00:00Z"),
        *(
            "2026-07-11T08:12:09+99:00",
            "\uff12026-07-11T08:12:09Z",
            "",
            "9999-12-31T23:59:59-01:00",
        ),
    ],
)
def test_a_time_that_is_none_is_left_out(time: str, tmp_path: Path) -> None:
    rows, _ = table(tmp_path, message("Hum", timestamp=time))
    assert rows == [["Hum", "vendorErrorCode", "1", "1", "0", "", "", ""]]


@pytest.mark.parametrize("time", ["0999-01-01T00:00:00z", "0999-01-01t02:30+0230"])
def test_a_time_has_four_digits_for_the_year(time: str, tmp_path: Path) -> None:
    rows, _ = table(tmp_path, message("Hum", timestamp=time))
    assert rows[0][5] == "0999-01-01T00:00:00Z"


LIKE_CODES = ["E17", "0x1F", "a_b-c-d", "x" * 50, "12345", "Feedbacked", "E1.2", "Fan2.Slow"]
PERSONAL = {
    "a sentence": "Door is open",
    "an address": "anna@example.com",
    "a number of six digits": "card123456",
    "a number in groups": "070-12-34",
    "a person's number": "800101-1234",
    "a place": "lat59.3293-18",
    "a car": "YV1RS61T442",
    "a name": "jane.doe",
    "a card": "04:A1:B2:C3",
    "a link": "https://x.y/u/jane",
    "bytes": "AABBCCDDEEFF",
    "bytes with marks": "aabb.ccdd.eeff",
    "bytes in lower case": "deadbeefcafe",
    "a number in hexadecimal": "x04a1b2cd",
    "one with the digit far behind": "abcdefabcdef0",
    "a hardware address": "04:A1:B2:CC:DD:EE",
    "an address of the internet": "192.168.1.10",
    "what begins with a mark": "=cmd",
    "other letters": "Störung",
    "a letter that only looks like one": "\u212aelvin",
    "too long": "x" * 51,
    "a line end": "E17\nE18",
}


def test_what_looks_like_a_code_is_written(tmp_path: Path) -> None:
    found, told = codes(tmp_path, *LIKE_CODES)
    assert (sorted(found), told) == (sorted(LIKE_CODES), "")


@pytest.mark.parametrize("text", PERSONAL.values(), ids=PERSONAL.keys())
def test_what_may_be_personal_is_withheld(text: str, tmp_path: Path) -> None:
    found, told = codes(tmp_path, text, "Hum", text)
    assert found == ["Hum"]
    assert told.startswith("note: unknown codes that are not in ")
    assert told.endswith(", since they may be personal, or look like no code: 2\n")


def test_nothing_else_of_a_message_is_written(tmp_path: Path) -> None:
    name = "Anna-7"
    fields = {"info": name, "vendorId": name, "timestamp": name, name: name}
    table(tmp_path, f"{name} {message('Hum', connectorId=4711, **fields)} {name}")
    text = (tmp_path / "unknown.csv").read_text(encoding="utf-8")
    assert text == f"{','.join(HEAD)}\nHum,vendorErrorCode,1,1,0,,,\n"


def test_a_stream_without_unknown_codes_leaves_the_head(tmp_path: Path) -> None:
    assert table(tmp_path, REAL) == ([], "")
    rows, told = table(tmp_path, "hello")
    assert rows == []
    assert told.startswith("No line has")


def test_memory_is_bounded(tmp_path: Path) -> None:
    lines = [message(";".join(f"E{n}-{m}" for m in range(100))) for n in range(103)]
    rows, told = table(tmp_path, *lines, message("E0-0"))
    assert len(rows) == 10_000
    assert rows[0][:3] == ["E0-0", "vendorErrorCode", "2"]
    assert told.endswith(", since there are too many: 300\n")


def test_it_takes_the_place_of_the_file_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "unknown.csv"
    file.write_text("old" * 1000, encoding="utf-8")
    file.chmod(0o600)
    table(tmp_path, message("Hum"))
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_link_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    (tmp_path / "there").mkdir()
    link.symlink_to("there/unknown.csv")
    assert decode(message("Hum"), "--unknown", str(link)).returncode == 0
    assert link.is_symlink()
    assert names_in(tmp_path / "there") == ["unknown.csv"]


def test_a_file_that_cannot_be_written_is_told_before_a_line_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for file in (tmp_path, tmp_path / "no/unknown.csv", pipe, tmp_path / ("x" * 300), Path()):
        # Standard input stays open: who reads it first would wait.
        with subprocess.Popen(
            [COMMAND, "decode", "--unknown", str(file)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.wait(timeout=60) == 2, file
            assert process.stdout
            assert process.stderr
            assert process.stdout.read() == b""
            told = process.stderr.read().decode()
        assert "directory" in told or "output-unwritable" in told
        assert "Internal error" not in told
    assert names_in(tmp_path) == ["pipe"]


def run_as_anyone(file: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*without_privileges(), COMMAND, "decode", "--unknown", str(file)],
        cwd=ROOT,
        input=message("Hum").encode(),
        capture_output=True,
        check=False,
    )


def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    file, folder = tmp_path / "unknown.csv", tmp_path / "folder"
    file.touch(0o444)
    folder.mkdir()
    folder.chmod(0o555)
    for refused in (file, folder / "unknown.csv"):
        result = run_as_anyone(refused)
        assert (result.returncode, result.stdout) == (2, b"")
        assert b"Permission denied" in result.stderr
    file.chmod(0o644)
    assert run_as_anyone(file).returncode == 0


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """The check before the stream writes nothing: what a disk lacks is told at the end."""
    file = tmp_path / "unknown.csv"
    file.write_text("old", encoding="utf-8")
    shell = 'trap "" XFSZ; ulimit -f 0; exec "$0" decode --unknown "$1" > /dev/null'
    result = subprocess.run(
        ["/bin/sh", "-c", shell, COMMAND, str(file)],
        cwd=ROOT,
        input=message("Hum").encode(),
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert result.returncode == 2
    assert b"output-unwritable" in result.stderr
    assert file.read_text(encoding="utf-8") == "old"
    assert names_in(tmp_path) == ["unknown.csv"]


@pytest.mark.parametrize("moment", ["open", "replace"])
def test_ctrl_c_while_it_is_written_leaves_the_old_file(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "unknown.csv"
    file.write_text("old", encoding="utf-8")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, moment, stopped)
    with pytest.raises(KeyboardInterrupt):
        write_file(file, "new")
    monkeypatch.undo()
    assert file.read_text(encoding="utf-8") == "old"
    assert names_in(tmp_path) == ["unknown.csv"]


def test_a_person_who_stops_it_has_the_table(tmp_path: Path) -> None:
    file = tmp_path / "unknown.csv"
    with subprocess.Popen(
        [COMMAND, "decode", "--format", "json", "--unknown", str(file)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{message('Hum')}\n".encode())
        process.stdin.flush()
        process.stdout.readline()
        assert not file.exists()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.endswith(b"\nStopped.\n")
    assert file.read_text(encoding="utf-8").endswith("\nHum,vendorErrorCode,1,1,0,,,\n")
    assert names_in(tmp_path) == ["unknown.csv"]


def test_a_reader_that_goes_away_leaves_the_table(tmp_path: Path) -> None:
    """As `| head` does."""
    file, log = tmp_path / "unknown.csv", tmp_path / "stations.log"
    log.write_text(f"{message('Hum')}\n" * 100_000, encoding="utf-8")
    with (
        log.open("rb") as lines,
        subprocess.Popen(
            [COMMAND, "decode", "--unknown", str(file)],
            cwd=ROOT,
            stdin=lines,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
    ):
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        process.wait(timeout=60)
    assert b"Traceback" not in told
    [head, row] = file.read_text(encoding="utf-8").splitlines()
    assert head == ",".join(HEAD)
    assert row.startswith("Hum,vendorErrorCode,")


def test_documents_with_errors_leave_the_file(tmp_path: Path) -> None:
    file = tmp_path / "unknown.csv"
    file.write_text("old", encoding="utf-8")
    (tmp_path / "spec").mkdir()
    result = decode(REAL, "--unknown", str(file), "--spec", str(tmp_path / "spec"))
    assert (result.returncode, file.read_text(encoding="utf-8")) == (2, "old")


def test_help_has_an_example() -> None:
    told = decode("", "--help").stdout.decode()
    assert "ctek-codegen decode --unknown unknown.csv central-system.log" in told
