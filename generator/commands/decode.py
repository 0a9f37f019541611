"""`decode`: OCPP messages on standard input → what they mean."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from generator.commands.options import (
    FINDINGS,
    complete_release,
    format_option,
    release_asked,
    spec_option,
    stop,
)
from generator.console import counted, painter, show, tell, watched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from generator.model import Release
    from generator.record import Record
    from generator.reports.decoded import Line, Summary
    from generator.runtime.decoder import Decoder


@click.command()
@click.option(
    "--release",
    metavar="FIRMWARE",
    shell_complete=complete_release,
    help="What the stations run, in any spelling that is seen in the field.",
)
@spec_option
@format_option("text", "json")
def decode(release: str | None, spec: Path, form: str) -> None:
    """Tell what OCPP messages mean.

    They are read from standard input, a message a line:

    \b
      ctek-codegen decode < central-system.log
      journalctl -f -u central-system | ctek-codegen decode --format json

    \b
    A line may be
      a payload      {"connectorId": 2, "errorCode": "OtherError", ...}
      a frame        [2, "id", "StatusNotification", {...}]
      a log line     that has these anywhere in it

    StatusNotification of OCPP 1.6 and NotifyEvent of 2.0.1 and 2.1 are decoded, other lines are
    passed over. At the end stands what there was in all: the codes, how often, and those that no
    document has.

    With --format json each message comes back as a line of JSON, in the form of
    generated/json/decoded.schema.json, and the summary goes to standard error. The exit status is
    1 if no line has a message.
    """  # noqa: D301 (click's mark for lines that stay as they are)
    from generator.decoding.catalogue import decoder_of
    from generator.pipeline import load
    from generator.reports.decoded import Summary

    loaded, diagnostics = load(spec, watched)
    tell(diagnostics)
    if loaded is None:
        stop(diagnostics)
    decoder = decoder_of(loaded.catalogue)
    firmware = _firmware(decoder, loaded.catalogue.releases, release)
    if sys.stdin is None:
        raise click.UsageError("there is no standard input to read messages from.")
    if sys.stdin.isatty():
        show("Reading messages from the terminal; Ctrl-D ends them.", err=True)
    is_json = form == "json"
    summary = Summary()
    try:
        _decode_all(decoder, firmware, summary, is_json=is_json)
    except KeyboardInterrupt:  # the usual end of a stream that has none
        _tell(summary, is_json=is_json)
        raise
    _tell(summary, is_json=is_json)
    if summary.lines and not summary.messages:
        show(_NO_MESSAGE, err=True)
        sys.exit(FINDINGS)


_NO_MESSAGE = """\
No line has a StatusNotification or a NotifyEvent that can be read. Each has to stand on one line,
as JSON in UTF-8: `jq -c .` puts it there, `iconv` and `zcat` undo UTF-16 and gzip."""


def _tell(summary: Summary, *, is_json: bool) -> None:
    """Prints what there was in all; beside lines of JSON, on standard error."""
    told = summary.tell(painter(sys.stderr if is_json else sys.stdout))
    show(told if is_json else f"\n{told}", err=is_json)


def _decode_all(
    decoder: Decoder[Record], firmware: str | None, summary: Summary, *, is_json: bool
) -> None:
    """Prints and counts every line of standard input with what it means."""
    import gc
    from itertools import chain

    from generator.decoding.messages import read_lines
    from generator.reports.decoded import head, to_json, to_rows

    # A stream may never end, unlike the runs that main turns this off for; what is loaded stays.
    gc.freeze()
    gc.enable()
    paint = painter(sys.stdout)
    if not is_json:
        show(head(paint))
    for batch in counted(read_lines(sys.stdin.buffer)):
        lines: list[Line] = []
        for line in batch:
            summary.lines += 1
            lines += _decode(line, summary, decoder, firmware)
        summary.add(lines)
        if is_json:
            printed: Iterable[str] = map(to_json, lines)
        else:
            printed = chain.from_iterable(to_rows(line, paint) for line in lines)
        # What came at once is answered at once.
        sys.stdout.write("".join(f"{one}\n" for one in printed))
        sys.stdout.flush()


def _firmware(
    decoder: Decoder[Record], releases: Sequence[Release], asked: str | None
) -> str | None:
    """The firmware that was asked for; says so where a release answers that is not its own."""
    from generator.runtime.firmware import read_firmware

    if asked is None:
        return None
    if asked in ("latest", "previous") or read_firmware(asked) is None:
        return str(release_asked(releases, asked).build)
    answering = decoder.answering(asked)
    nearest = {
        "nearest_earlier": "is the nearest before it",
        "oldest": "is the oldest known, and newer than it",
    }
    if note := nearest.get(answering.match):
        what = f"{asked} has no document of its own; {answering.name} {note}"
        show(f"note: {what}", err=True)
    return asked


def _decode(
    line: bytes | None, summary: Summary, decoder: Decoder[Record], firmware: str | None
) -> list[Line]:
    """The line, now counted, with each message in it and what that means."""
    from generator.decoding.messages import find_messages, resembles_message
    from generator.reports.decoded import Line

    number = summary.lines
    if line is None:
        return [Line(number, None)]
    text = line.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    lines: list[Line] = []
    for message in find_messages(text):
        is_event = message.action == "NotifyEvent"
        decode = decoder.notify_event if is_event else decoder.status_notification
        lines.append(Line(number, text, message, decode(message.payload, firmware)))
    if not lines and resembles_message(text):
        summary.add_unread(number)
    return lines or [Line(number, text)]
