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

    from generator.decoding.decoder import Decoder
    from generator.model import Release
    from generator.reports.decoded import Line, Summary


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
      a log line     that has one of these anywhere in it, once

    StatusNotification of OCPP 1.6 and NotifyEvent of 2.0.1 and 2.1 are decoded, other lines are
    passed over. At the end stands what there was in all: the codes, how often, and those that no
    document has.

    With --format json each line comes back as one of JSON, in the form of
    generated/json/decoded.schema.json, and the summary goes to standard error.
    """  # noqa: D301 (click's mark for lines that stay as they are)
    from generator.decoding.decoder import Decoder
    from generator.pipeline import load

    loaded, diagnostics = load(spec, watched)
    tell(diagnostics)
    if loaded is None:
        stop(diagnostics)
    decoder = Decoder(loaded.catalogue)
    firmware = _firmware(decoder, loaded.catalogue.releases, release)
    if sys.stdin is None:
        raise click.UsageError("there is no standard input to read messages from.")
    if sys.stdin.isatty():
        show("Reading messages from the terminal; Ctrl-D ends them.", err=True)
    is_json = form == "json"
    paint = painter(sys.stderr if is_json else sys.stdout)
    summary = _decode_all(decoder, firmware, is_json=is_json)
    show(summary.tell(paint) if is_json else f"\n{summary.tell(paint)}", err=is_json)
    if summary.lines and not summary.messages:
        show("No line has a StatusNotification or a NotifyEvent.", err=True)
        sys.exit(FINDINGS)


def _decode_all(decoder: Decoder, firmware: str | None, *, is_json: bool) -> Summary:
    """Prints every line of standard input with what it means; what they were in all."""
    import gc
    from itertools import chain

    from generator.decoding.messages import read_lines
    from generator.reports.decoded import Summary, head, to_json, to_rows

    # A stream may never end, unlike the runs that main turns this off for; what is loaded stays.
    gc.freeze()
    gc.enable()
    summary, paint = Summary(), painter(sys.stdout)
    if not is_json:
        show(head(paint))
    for batch in counted(read_lines(sys.stdin.buffer)):
        first = summary.lines + 1
        lines = [_decode(line, decoder, firmware) for line in enumerate(batch, first)]
        summary.add(lines)
        if is_json:
            printed: Iterable[str] = map(to_json, lines)
        else:
            printed = chain.from_iterable(to_rows(line, paint) for line in lines)
        # What came at once is answered at once.
        sys.stdout.write("".join(f"{one}\n" for one in printed))
        sys.stdout.flush()
    return summary


def _firmware(decoder: Decoder, releases: Sequence[Release], asked: str | None) -> str | None:
    """The firmware that was asked for; says so where a release answers that is not its own."""
    from generator.firmware import read_firmware

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


def _decode(numbered: tuple[int, bytes | None], decoder: Decoder, firmware: str | None) -> Line:
    """A line with what it means."""
    from generator.decoding.messages import find_message
    from generator.reports.decoded import Line

    number, line = numbered
    if line is None:
        return Line(number, None, None, None)
    text = line.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    message = find_message(text)
    if message is None:
        return Line(number, text, None, None)
    is_event = message.action == "NotifyEvent"
    decode = decoder.notify_event if is_event else decoder.status_notification
    answer = decode(message.payload, firmware)
    return Line(number, None if message.is_whole else text, message, answer)
