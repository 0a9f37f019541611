"""The command `decode`: what it finds in lines, what it prints, and that no stream is too much."""

import json
import os
import pty
import select
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.benchmarks import decoding
from tests.benchmarks.decoding import write_messages
from tests.helpers.project import COMMAND, ROOT
from tests.helpers.tools import GENERATED

REAL = (
    '{"connectorId": 2, "errorCode": "OtherError", "status": "Faulted", '
    '"timestamp": "2026-07-11T08:12:09Z", "vendorErrorCode": "NoPPDetected", '
    '"vendorId": "com.ctek"}'
)
"""A message that a real station sent, on one line."""
MEANS = "The PP resistor can't be read / found."
AVAILABLE = '{"connectorId": 1, "errorCode": "NoError", "status": "Available"}'
WARNING = '{"connectorId": 1, "errorCode": "GroundFailure", "status": "Charging"}'
EVENT = (
    '{"eventData": [{"eventId": 7, "timestamp": "2026-07-11T08:12:09Z", "actualValue": "true",'
    ' "component": {"name": "Connector", "evse": {"id": 3}}, "variable": {"name": "Problem"},'
    ' "techCode": "NoPPDetected;Hum", "severity": 6}, {"cleared": true}]}'
)


def decode(
    stdin: str | bytes, *arguments: str, folder: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """Runs the command as a person would."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run(
        [COMMAND, "decode", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        timeout=120,
        check=False,
    )


def answers(stdin: str | bytes, *arguments: str) -> list[dict[str, Any]]:
    """The lines that come back as JSON; each is as its schema has it."""
    result = decode(stdin, "--format", "json", *arguments)
    assert result.returncode in (0, 1), result.stderr
    lines = [json.loads(line) for line in result.stdout.decode().split("\n")[:-1]]
    schema = json.loads((GENERATED / "json/decoded.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    for line in lines:
        validator.validate(line)
    return lines


def test_a_real_message_is_a_fault_with_its_text() -> None:
    [line] = answers(REAL)
    answer = line["status_notification"]
    assert (answer["condition"], answer["connector_id"]) == ("fault", 2)
    assert [m["description"] for code in answer["codes"] for m in code["meanings"]] == [MEANS]
    assert (line["line"], line["text"], line["message"]) == (1, None, json.loads(REAL))

    result = decode(REAL)
    assert result.returncode == 0
    assert result.stderr == b""
    table = result.stdout.decode().split("\n")
    assert table[1].split() == ["1", "fault", "2", "NoPPDetected"]
    assert table[2].strip().startswith(MEANS)
    assert "1 line, 1 message, fault 1, warning 0, none 0, unknown 0" in table


FRAME = f'[2, "19223201", "StatusNotification", {REAL}]'
CARRIERS = {
    "a payload": REAL,
    "a frame": FRAME,
    "a log line": f"2026-07-11 08:12:09.123 INFO [ocpp] cp-7 >> {FRAME} (12 ms)",
    "a log line with a payload": f"cp-7: StatusNotification {REAL}",
    "a log line with brackets before it": f"[INFO] {{cp-7}} [x, {{}}, 1] {{'a': 1}} {FRAME}",
    "a log of JSON": json.dumps({"level": "info", "msg": f"received {FRAME}"}),
    "a log of JSON with the message as an object": json.dumps(
        {"ts": 1, "ocpp": {"frames": [json.loads(FRAME)]}}
    ),
    "a log of JSON within a log of JSON": json.dumps({"log": json.dumps({"message": FRAME})}),
    "a log line with quotes escaped": 'level=info msg="{}"'.format(FRAME.replace('"', '\\"')),
    "blanks around it": f"  {REAL}\t",
    "a carriage return": f"{REAL}\r",
    "a byte order mark": f"\ufeff{REAL}",
}


@pytest.mark.parametrize("line", CARRIERS.values(), ids=CARRIERS.keys())
def test_a_message_is_found_in(line: str) -> None:
    [found] = answers(f"{line}\n")
    assert found["status_notification"]["condition"] == "fault"
    assert found["status_notification"]["codes"][0]["meanings"][0]["description"] == MEANS
    expected = json.loads(FRAME if '"19223201' in line or "19223201" in line else REAL)
    assert found["message"] == expected
    is_whole = line.strip("\ufeff \t\r") in (REAL, FRAME)
    assert found["text"] == (None if is_whole else line)


NO_MESSAGES = {
    "nothing": "",
    "another request": '[2, "1", "Heartbeat", {}]',
    "a request that shares a field": '[2, "1", "ChangeAvailability", {"connectorId": 1}]',
    "a response": '[3, "1", {"status": "Accepted"}]',
    "an error": '[4, "1", "FormationViolation", "errorCode", {}]',
    "another object": '{"status": "Faulted"}',
    "of 2.0.1, without an error": (
        '[2, "1", "StatusNotification", {"timestamp": "…", "connectorStatus": "Faulted",'
        ' "evseId": 1, "connectorId": 1}]'
    ),
    "a text": "status: Faulted, errorCode: OtherError",
    "cut off": REAL[:-10],
    "not JSON": REAL.replace("2,", "NaN,"),
    "a number": "123",
    "deep": "[" * 100_000 + '"status"',
    "many brackets": "{[" * 100_000 + " status",
    "brackets that begin what is long": '{"status":{"a":' * 20_000,
    "an answer to another request": (
        '[3, "19", {"status": "Accepted", "connectorId": 1, "scheduleStart": "2026-07-11"}]'
    ),
    "an error that quotes a request": f'[4, "19", "PropertyConstraintViolation", "x", {AVAILABLE}]',
    "another program's error": '{"level": "error", "errorCode": "ECONNREFUSED", "msg": "db"}',
    "another program's status": '{"status": 500, "errorCode": "E17"}',
    "a number of many digits": '{"status": 1' + "0" * 10_000 + ', "connectorId": 1',
}


@pytest.mark.parametrize("line", NO_MESSAGES.values(), ids=NO_MESSAGES.keys())
def test_a_line_without_a_message_comes_back_as_it_is(line: str) -> None:
    first, second = answers(f"{line}\n{REAL}\n")
    assert (first["message"], first["status_notification"], first["notify_event"]) == (None,) * 3
    assert first["text"] == line
    assert second["status_notification"]["condition"] == "fault"


WRAPPERS = {
    "a record with fields of the same names": json.dumps(
        {"connectorId": 2, "status": "received", "message": FRAME}
    ),
    "a record with no error": json.dumps(
        {"level": "info", "errorCode": None, "payload": json.loads(REAL)}
    ),
    "a log line with an object before it": f'{{"connectorId": 1, "status": "online"}} recv {FRAME}',
    "a record of many fields": json.dumps({f"field{n}": n for n in range(500)} | {"at": FRAME}),
    "a line of many brackets": "[" * 20 + FRAME,
    "quotes doubled": '"2026-07-11","{}"'.format(FRAME.replace('"', '""')),
}


@pytest.mark.parametrize("line", WRAPPERS.values(), ids=WRAPPERS.keys())
def test_the_surest_message_is_taken(line: str) -> None:
    [found] = answers(line)
    assert found["status_notification"]["condition"] == "fault"
    assert found["text"] == line


@pytest.mark.parametrize("line", [f"{FRAME} {WARNING}", f"[{FRAME}, {WARNING}]"])
def test_every_message_of_a_line_is_answered(line: str) -> None:
    conditions = [found["status_notification"]["condition"] for found in answers(line)]
    assert conditions == ["fault", "warning"]
    assert "1 line, 2 messages, fault 1, warning 1" in decode(line).stdout.decode()


UNREADABLE = {
    "cut off": REAL[:-10],
    "an object of JavaScript": REAL.replace('"', "'").replace("'errorCode'", "errorCode"),
    "a comma too much": REAL.replace("}", ",}"),
    "one of several lines": '"errorCode": "GroundFailure",',
}


@pytest.mark.parametrize("line", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_told(line: str) -> None:
    told = decode(f"{REAL}\nhello\n{line}\n{line}").stdout.decode()
    what = "2 lines with what looks like a message and cannot be read, the first: 3"
    assert f"4 lines, 1 message, fault 1, warning 0, none 0, unknown 0, {what}\n" in told


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 5000])
def test_a_number_beyond_all_comes_back_as_one_that_json_has(number: str) -> None:
    [line] = answers(REAL.replace('"connectorId": 2', f'"connectorId": {number}'))
    answer = line["status_notification"]
    assert (answer["condition"], answer["connector_id"]) == ("fault", None)
    assert answer["problems"] == [{"field": "connectorId", "problem": "not-in-ocpp"}]


def test_nesting_of_any_depth_ends_no_stream() -> None:
    deep = (REAL.replace("}", f', "x": {"[" * n}{"]" * n}}}') for n in range(900, 1010, 5))
    lines = answers("\n".join([*deep, REAL]))
    assert len(lines) == 23
    assert lines[-1]["status_notification"]["condition"] == "fault"
    for line in lines:
        assert line["message"] is not None or line["text"] is not None


@pytest.mark.parametrize("data", ["7", "[]", "[4]"])
def test_events_that_are_none_have_a_row(data: str) -> None:
    payload = f'{{"generatedAt": "2026-07-11T08:12:09Z", "eventData": {data}}}'
    rows = decode(payload).stdout.decode().split("\n")[1:3]
    assert rows[0].split()[:3] == ["1", "unknown", "-"]
    problem = {"7": "[eventData of the wrong type]", "[4]": "[the event of the wrong type]"}
    assert rows[1].strip() == problem.get(data, "")


def test_a_person_sees_what_the_station_says_beside_its_codes() -> None:
    info = "Error NoPPDetected resolved"
    event = (
        '{"eventData": [{"techCode": "NoPPDetected", "techInfo": "at\\tlast"}, {"techInfo": " "}]}'
    )
    told = decode(
        f"{REAL.replace('}', f', {chr(34)}info{chr(34)}: {chr(34)}{info}{chr(34)}}}')}\n{event}"
    )
    rows = told.stdout.decode().split("\n")
    assert rows[3].strip() == f"info: {info}"
    assert [row.strip() for row in rows if "tech_info" in row] == ["tech_info: at last"]


def test_a_long_text_is_cut_off() -> None:
    line = REAL.replace("}", f', "info": "{"x" * 501}"}}')
    told = decode(line).stdout.decode()
    assert f"info: {'x' * 499}…\n" in told


def test_a_person_sees_what_of_a_line_is_odd() -> None:
    rows = decode(str({"ErrorCode": "GroundFailure", "status": "Charging", "connectorId": 1}))
    assert "[errorCode spelt in another way; the payload not JSON as it stands]\n" in (
        rows.stdout.decode()
    )


def test_events_are_decoded_one_by_one() -> None:
    [line] = answers(EVENT)
    assert [event["condition"] for event in line["notify_event"]["events"]] == ["warning", "none"]
    rows = decode(EVENT).stdout.decode().split("\n")
    assert rows[1].split() == ["1", "warning", "3", "NoPPDetected"]
    assert [row.strip() for row in rows[3:6]] == ["Hum", "(in no document)", rows[5].strip()]
    assert rows[5].split()[:4] == ["1", "none", "-", "-"]


def test_odd_bytes_come_back() -> None:
    [first, second] = answers(
        b"\xff\x00 \xe5\n" + REAL.encode().replace(b"com", b"\xc3\x28") + b"\n"
    )
    assert first["text"].encode("utf-8", "surrogateescape") == b"\xff\x00 \xe5"
    vendor_id = second["status_notification"]["vendor_id"]
    assert vendor_id.encode("utf-8", "surrogateescape") == b"\xc3\x28.ctek"


def test_a_line_too_long_is_told_and_passed_over() -> None:
    long = b'{"errorCode": "' + b"x" * 3_000_000 + b'"}'
    for stream in (long + b"\n" + REAL.encode(), long + b"\n" + REAL.encode() + b"\n" + long):
        lines = answers(stream)
        assert [line["status_notification"] is None for line in lines[:2]] == [True, False]
        assert all(line["text"] is None for line in lines)
        told = decode(stream).stdout.decode()
        assert f"{len(lines) - 1} line{'s' * (len(lines) > 2)} too long to be read" in told


def test_a_message_just_short_enough_is_read() -> None:
    [line] = answers(REAL.replace("com.ctek", "x" * 1_000_000))
    assert line["status_notification"]["condition"] == "fault"


STREAM = "\n".join([REAL, AVAILABLE, WARNING, "hello", WARNING, EVENT, REAL.replace("NoPP", "Who")])


def test_the_summary_counts() -> None:
    expected = """\
7 lines, 6 messages, fault 2, warning 3, none 2, unknown 0

code                                       seen       faults     warnings
GroundFailure                                 2            0            2  Ground fault circuit \
interrupter has been activated.
NoPPDetected                                  2            1            1  The PP resistor can't \
be read / found.

in no document                             seen       faults     warnings
Hum                                           1            0            1
WhoDetected                                   1            1            0
"""
    result = decode(STREAM)
    assert result.stdout.decode().endswith(f"\n\n{expected}")
    result = decode(STREAM, "--format", "json")
    assert result.stderr.decode() == expected


def test_unknown_codes_without_end_are_counted_together() -> None:
    lines = "\n".join(REAL.replace("NoPPDetected", f"Made-up {n}") for n in range(1003))
    summary = decode(lines, "--format", "json").stderr.decode()
    assert summary.endswith("\nand 3 times others\n")
    assert len(summary.split("\n")) == 1000 + 5


def test_a_code_cannot_colour_the_terminal() -> None:
    told = decode(REAL.replace("NoPPDetected", "\\u001b[31mNo\\u0007" + "x" * 100)).stdout.decode()
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "…" in told


def test_a_stream_without_messages_is_a_finding() -> None:
    result = decode("hello\nworld\n")
    assert result.returncode == 1
    assert result.stderr.decode().startswith("No line has a StatusNotification or a NotifyEvent")
    assert "jq -c" in result.stderr.decode()
    assert decode("").returncode == 0


RELEASES = {
    "r4.4.3": ("exact", ""),
    "latest": ("exact", ""),
    "ccu_R4.4.9": (
        "nearest_earlier",
        "note: ccu_R4.4.9 has no document of its own; r4.4.3 is the nearest before it\n",
    ),
    "3.1": (
        "oldest",
        "note: 3.1 has no document of its own; r4.4.3 is the oldest known, and newer than it\n",
    ),
    "banana": ("newest", "note: 'banana' names no firmware; r4.4.3 is the newest known\n"),
    "": ("newest", "note: '' names no firmware; r4.4.3 is the newest known\n"),
}


@pytest.mark.parametrize("release", RELEASES)
def test_the_firmware_decides_which_release_answers(release: str) -> None:
    match, note = RELEASES[release]
    [line] = answers(REAL, "--release", release)
    assert line["status_notification"]["release_match"] == match
    assert decode(REAL, "--release", release).stderr.decode() == note


def test_documents_with_errors_are_told(tmp_path: Path) -> None:
    result = decode(REAL, "--spec", str(tmp_path))
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"vendor.toml" in result.stderr


@pytest.mark.parametrize(
    ("closed", "told"),
    [("<&-", "Error: there is no standard input"), (">&-", "There is no standard output")],
)
def test_a_closed_stream_is_told(closed: str, told: str) -> None:
    result = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" decode {closed}', COMMAND],
        cwd=ROOT,
        input=REAL.encode() if closed == ">&-" else None,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 2
    assert told in result.stderr.decode()
    assert b"Internal error" not in result.stderr


@pytest.fixture
def running() -> Iterator[subprocess.Popen[bytes]]:
    """The command, waiting for messages; ended if a test has not."""
    with subprocess.Popen(
        [COMMAND, "decode", "--format", "json"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        yield process
        process.kill()


def first_answer(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The first line that comes back, while more may still follow."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(REAL.encode() + b"\n")
    process.stdin.flush()
    assert select.select([process.stdout], [], [], 60)[0], "no answer while the stream is open"
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def test_a_line_is_answered_before_the_next_comes(running: subprocess.Popen[bytes]) -> None:
    assert first_answer(running)["status_notification"]["condition"] == "fault"


def test_a_person_can_stop_it(running: subprocess.Popen[bytes]) -> None:
    first_answer(running)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert told.decode().startswith("1 line, 1 message, fault 1")
    assert told.decode().endswith("\nStopped.\n")


def test_a_reader_that_goes_ends_it_quietly(running: subprocess.Popen[bytes]) -> None:
    first_answer(running)
    assert running.stdout is not None
    assert running.stdin is not None
    running.stdout.close()
    with suppress(BrokenPipeError):  # it may have ended before it has read all
        running.stdin.write((REAL + "\n").encode() * 1000)
        running.stdin.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    assert running.wait(timeout=60) == 141


def on_a_terminal(stream: bytes, *, stdout: bool) -> str:
    """What a person sees whose standard error is a terminal, and standard output perhaps too."""
    main, side = pty.openpty()
    with subprocess.Popen(
        [COMMAND, "decode", *([] if stdout else ["--format", "json"])],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "TERM": "xterm"},
        stdin=subprocess.PIPE,
        stdout=side if stdout else subprocess.DEVNULL,
        stderr=side,
    ) as process:
        os.close(side)
        assert process.stdin is not None
        process.stdin.write(stream)
        process.stdin.close()
        seen = b""
        while chunk := _read(main):
            seen += chunk
    os.close(main)
    return seen.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux's way to say that the other side has closed
        return b""


def test_colours_are_for_terminals() -> None:
    red, yellow = "\x1b[31m\x1b[1mfault", "\x1b[33m\x1b[1mwarning"
    seen = on_a_terminal(f"{REAL}\n{WARNING}\n".encode(), stdout=True)
    assert red in seen
    assert yellow in seen
    assert b"\x1b" not in decode(f"{REAL}\n{WARNING}\n").stdout


def test_long_work_shows_how_far_it_is() -> None:
    seen = on_a_terminal(f"{AVAILABLE}\n".encode() * 25_000, stdout=False)
    assert "\r1" in seen
    assert "25,000 lines, 25,000 messages" in seen.replace("\x1b[1m", "")


def test_memory_does_not_grow_with_the_stream(tmp_path: Path) -> None:
    peaks: dict[int, float] = {}
    for count in (2_000, 20_000):
        write_messages(tmp_path / "messages.log", count)
        _, peaks[count] = decoding.decode(tmp_path / "messages.log")
    # A line takes some hundred bytes: kept, the many would take megabytes more.
    assert peaks[20_000] - peaks[2_000] < 2, peaks


def test_the_vectors_come_out_of_the_command_too() -> None:
    vectors = json.loads((GENERATED / "json/vectors.json").read_text("utf-8"))
    frames = [
        ([2, "1", action, vector["message"]], kind, vector)
        for action, kind, section in (
            ("StatusNotification", "status_notification", "status_notifications"),
            ("NotifyEvent", "notify_event", "notify_events"),
        )
        for vector in vectors[section]
        # What is spelt in another way the command reads, and the packages do not.
        if vector["firmware"] is None and '"spelling"' not in json.dumps(vector["expected"])
    ]
    lines = answers("\n".join(json.dumps(frame) for frame, _, _ in frames))
    assert len(lines) == len(frames) > 300
    for line, (_, kind, vector) in zip(lines, frames, strict=True):
        assert line[kind] == vector["expected"], vector["name"]


# Other lists of codes

OF_A_LIST = (
    '{"connectorId": 1, "errorCode": "OtherError", "status": "Faulted",'
    ' "vendorId": "https://chargex.inl.gov", "vendorErrorCode": "cx014"}'
)


def test_a_code_of_another_list_is_shown_in_the_words_of_that_list() -> None:
    """The counterparts and their confidence are those of DOMAIN.md."""
    shown = decode(OF_A_LIST).stdout.decode()
    rows = [line.strip() for line in shown.splitlines()[1:6]]
    assert rows[0].split() == ["1", "fault", "1", "CX014"]
    assert rows[1] == "ChargeX minimum required error codes (MREC): PilotFault"
    assert rows[2].startswith("perhaps the document's OcuErrorNegativeCP (confidence low, inferred")
    assert rows[3].startswith("perhaps the document's CBC_LOOP (confidence low, inferred: ")
    assert rows[4] == "(the message names another list of codes)"
    summary = shown.partition("\n\n")[2]
    assert summary.splitlines()[2].split() == [
        "of",
        "another",
        "list",
        "seen",
        "faults",
        "warnings",
    ]
    assert summary.splitlines()[3].split()[:4] == ["CX014", "1", "1", "0"]
    assert summary.splitlines()[3].endswith("  ChargeX minimum required error codes (MREC)")
    assert "in no document" not in summary


def test_a_code_that_another_list_does_not_have_is_not_told_as_unknown_to_the_vendor() -> None:
    shown = decode(OF_A_LIST.replace("cx014", "CX999")).stdout.decode()
    assert "(MREC): a code that it does not have" in shown
    assert "in no document" not in shown


def test_codes_of_different_lists_are_counted_apart() -> None:
    hot = OF_A_LIST.replace("cx014", "HighTemperature")
    stream = [hot, hot.replace("OtherError", "HighTemperature"), hot.replace("inl.gov", "example")]
    stream.append(hot.replace("https://chargex.inl.gov", "org.charin.uec.v1"))
    shown = decode("\n".join(stream)).stdout.decode()
    rows = [
        line.split()[:2] + line.split()[4:5]
        for line in shown.partition("of another list")[2].splitlines()
    ]
    assert sorted(rows[1:]) == [
        ["HighTemperature", "1", "CharIN"],
        ["HighTemperature", "1", "OCPP"],
        ["HighTemperature", "2", "ChargeX"],
    ]


# A file in place of standard input


def test_a_file_is_read_as_standard_input_is(tmp_path: Path) -> None:
    log = tmp_path / "stations.log"
    log.write_text(f"{STREAM}\n", encoding="utf-8")
    assert decode("", str(log)).stdout == decode(f"{STREAM}\n").stdout
    assert decode(STREAM, "-").stdout == decode(STREAM).stdout


@pytest.mark.parametrize("name", ["missing.log", "."])
def test_a_file_that_cannot_be_read_is_a_wrong_call(name: str, tmp_path: Path) -> None:
    result = decode(REAL, name, folder=tmp_path)
    assert result.returncode == 2
    assert f"'{name}': ".encode() in result.stderr
    assert result.stdout == b""
