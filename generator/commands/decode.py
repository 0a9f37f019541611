"""`decode`: OCPP messages of a file or on standard input → what they mean."""

from __future__ import annotations

import gc
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from .. import pipeline
from ..console import painter, print_diagnostics, show, with_line_count, with_progress
from ..reports.decoded import Summary, format_head, format_line, format_rows
from ..reports.unknown import UnknownCodes
from .options import format_option, release_asked
from .status import FINDINGS, exit_with_errors
from .vendors import asks_for_vendor, complete_release

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..record import Record
    from ..runtime.decoder import Decoder
    from .vendors import Asked


@click.command()
@click.argument("file", required=False, type=click.File("rb"))
@click.option(
    "--release",
    metavar="FIRMWARE",
    shell_complete=complete_release,
    help="What the stations run, in any spelling that is seen in the field.",
)
@click.option(
    "--unknown",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the codes that no document has into this file, as CSV.",
)
@asks_for_vendor
@format_option("text", "json")
def decode(
    file: BinaryIO | None, release: str | None, unknown: Path | None, asked: Asked, form: str
) -> None:
    """Decode OCPP messages from FILE, or from standard input.

    They are read one line at a time:

    \b
      ctek-codegen decode central-system.log
      journalctl -f -u central-system | ctek-codegen decode --format json

    \b
    A line may be
      a payload      {"connectorId": 2, "errorCode": "OtherError", ...}
      a frame        [2, "id", "StatusNotification", {...}]
      a request      <statusNotificationRequest>...</statusNotificationRequest>
      a log line     that has these anywhere in it

    StatusNotification of OCPP 1.5 and 1.6 and NotifyEvent of 2.0.1 and 2.1 are decoded, other
    lines are skipped. A summary at the end counts the codes, and lists those that no document has.
    With --unknown these go into a table too, for the vendor; it has nothing of stations or people:

    \b
      ctek-codegen decode --unknown unknown.csv central-system.log

    For a --release without a document of its own the nearest before it answers, else the oldest;
    for what names no firmware the newest. A note says so.

    With --format json each message comes back as a line of JSON, in the form of
    generated/json/decoded.schema.json, and the summary goes to standard error. The exit status is
    1 if there are lines and none has a message; where there are no lines at all, it is 0.
    """  # noqa: D301 (click's mark for lines that stay as they are)
    vendor = asked.one()
    if unknown and (unwritable := pipeline.check_writable(unknown)):
        print_diagnostics(unwritable)
        exit_with_errors(unwritable)
    loaded = _load(vendor)
    decoder = pipeline.decoder_of(loaded.catalogue, loaded.annotations)
    firmware = None
    if release is not None:
        firmware = release_asked(loaded.catalogue, release).asked
    if file is None:
        file = _standard_input()
    is_json = form == "json"
    summary, codes = Summary(), UnknownCodes() if unknown else None
    try:
        try:
            _decode_all(file, decoder, firmware, summary, codes, is_json=is_json)
        except KeyboardInterrupt:  # the usual end of a stream that has none
            _print_summary(summary, is_json=is_json)
            raise
        _print_summary(summary, is_json=is_json)
    finally:  # also where nobody reads what is printed any more
        _write_codes(codes, unknown, firmware)
    if summary.lines and not summary.messages:
        show(_NO_MESSAGE, err=True)
        sys.exit(FINDINGS)


_NOT_SENT = (
    "{vendor} does not send its codes over OCPP, as no section or entry of its vendor.toml has "
    "`sent_in`: there are no messages to decode. `explain CODE` says what a code means."
)


def _load(folders: pipeline.VendorFolders) -> pipeline.Loaded:
    """What the documents say, if it is of codes that are sent in messages."""
    loaded, diagnostics = pipeline.load(folders.spec, with_progress)
    print_diagnostics(folders.own(diagnostics))
    if loaded is None:
        exit_with_errors(diagnostics)
    vendor = loaded.catalogue.vendor
    if not vendor.sends_ocpp:
        raise click.UsageError(_NOT_SENT.format(vendor=vendor.name))
    return loaded


_NO_MESSAGE = """\
No line has a StatusNotification or a NotifyEvent that can be read. Each has to stand on one line,
as JSON in UTF-8: `jq -c .` puts it there, `iconv` and `zcat` undo UTF-16 and gzip."""


def _print_summary(summary: Summary, *, is_json: bool) -> None:
    """Prints the summary; on standard error, if standard output has lines of JSON."""
    text = summary.format(painter(sys.stderr if is_json else sys.stdout))
    show(text if is_json else f"\n{text}", err=is_json)


def _write_codes(codes: UnknownCodes | None, file: Path | None, firmware: str | None) -> None:
    """Writes the unknown codes, if that was asked for, and says how many are not among them."""
    if codes is None or file is None:
        return
    if unwritable := pipeline.write_file(file, codes.format(firmware)):
        print_diagnostics(unwritable)
        exit_with_errors(unwritable)
    left_out = (
        (codes.withheld, "they may be personal, or look like no code"),
        (codes.uncounted, "there are too many"),
    )
    for count, why in left_out:
        if count:
            show(f"note: unknown codes that are not in {file}, since {why}: {count:,}", err=True)


def _standard_input() -> BinaryIO:
    """The stream of standard input; a person at a terminal is told that it is read."""
    if sys.stdin is None:
        raise click.UsageError("there is no standard input to read messages from.")
    if sys.stdin.isatty():
        show("Reading messages from the terminal; Ctrl-D ends them.", err=True)
    return sys.stdin.buffer


def _decode_all(
    stream: BinaryIO,
    decoder: Decoder[Record],
    firmware: str | None,
    summary: Summary,
    codes: UnknownCodes | None,
    *,
    is_json: bool,
) -> None:
    """Prints every line of a stream with what it means, and counts it."""
    # main has turned the collector off, since runs are short; a stream may never end.
    gc.freeze()
    gc.enable()
    paint = painter(sys.stdout)
    if not is_json:
        show(format_head(paint))
    for batch in with_line_count(pipeline.read_lines(stream)):
        lines: list[pipeline.DecodedLine] = []
        for line in batch:
            summary.lines += 1
            lines += pipeline.decode_line(summary.lines, line, decoder, firmware)
        summary.add(lines)
        if codes is not None:
            codes.add(lines)
        if is_json:
            printed: Iterable[str] = map(format_line, lines)
        else:
            printed = chain.from_iterable(format_rows(line, paint) for line in lines)
        # What came in together is answered before the next is waited for.
        sys.stdout.write("".join(f"{one}\n" for one in printed))
        sys.stdout.flush()
