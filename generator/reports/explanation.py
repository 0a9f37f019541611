"""What a code means, for a person at a terminal."""

from __future__ import annotations

from itertools import pairwise
from textwrap import fill
from typing import TYPE_CHECKING

from ..fields import format_value
from ..nearest import nearest
from ..record import Record
from ..runtime.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..fields import Field, Fields
    from ..model import Catalogue, ErrorCode, Meaning, Release


def find_code(catalogue: Catalogue, code: str) -> ErrorCode | None:
    """The code as the catalogue has it; upper and lower case do not matter."""
    wanted = fold(code.strip())
    return next((known for known in catalogue.codes if fold(known.code) == wanted), None)


def nearest_codes(catalogue: Catalogue, code: str) -> list[str]:
    """Up to five codes that look or read like this one, the likeliest first."""
    codes = [known.code for known in catalogue.codes]
    wanted = code.strip().lower()
    holding = [code for code in codes if wanted and wanted in code.lower()]
    return [*dict.fromkeys([*holding, *nearest(wanted, codes, most=5, cutoff=0.5)])][:5]


def format_code(
    catalogue: Catalogue,
    code: ErrorCode,
    whole: Catalogue,
    width: int,
    strong: Callable[[str], str],
) -> str:
    """Every meaning of a code with its facts, releases and places, the newest first.

    `catalogue` may end with a release that was asked for; `whole` has all of them, so that what
    became of the code later is not hidden. `width` is the terminal's in columns, `strong` marks the
    code and its field's name.
    """
    releases_with_it = format_releases(whole, find_code(whole, code.code) or code)
    if catalogue.latest is not whole.latest:
        releases_with_it += f"; as of {catalogue.latest.name}"
    field = f"sent in {strong(code.sent_in)}, " if code.sent_in else ""
    lines = [f"{strong(code.code)}  {field}{releases_with_it}"]
    releases = {release.name: release for release in catalogue.releases}
    fields = catalogue.vendor.fields
    for revision in reversed(code.revisions):
        if len(code.revisions) > 1:
            until = f"until {revision.until}" if revision.until else "on"
            field = "" if revision.sent_in == code.sent_in else f", sent in {revision.sent_in}"
            lines += ["", f"  From {revision.since} {until}{field}"]
        for number, meaning in enumerate(revision.meanings, start=1):
            of = f"  Meaning {number} of {len(revision.meanings)}"
            lines += ["", of] if len(revision.meanings) > 1 else [""]
            lines += _meaning(meaning, releases[revision.since], fields, width)
    return "\n".join(lines)


def _meaning(meaning: Meaning, release: Release, fields: Fields, width: int) -> Iterator[str]:
    if meaning.description:
        yield fill(meaning.description, width, initial_indent="  ", subsequent_indent="  ")
        yield ""
    facts = [*_facts(meaning, release, fields)]
    labels = max(len(name) for name, _ in facts) + 1
    for name, value in facts:
        yield fill(
            f"{name + ':':<{labels}}  {value}",
            width,
            initial_indent="  ",
            subsequent_indent=" " * (labels + 4),
            break_long_words=False,
            break_on_hyphens=False,
        )


def format_releases(catalogue: Catalogue, code: ErrorCode) -> str:
    """Which releases have a code, in words."""
    if code.removed_in is not None:
        return f"from {code.first_release} until it was removed in {code.removed_in}"
    if any(before.until != after.since for before, after in pairwise(code.revisions)):
        return f"first in {code.first_release}, not in every release since"
    if len(catalogue.releases) == 1:
        return f"in {code.first_release}, the first release known"
    return f"since {code.first_release}, still in {catalogue.latest.name}"


def _facts(meaning: Meaning, release: Release, fields: Fields) -> Iterator[tuple[str, str]]:
    """Names and values of what is known besides the description."""
    for field in fields.fields:
        yield from _values(field, meaning.fields[field.name])
    place = meaning.source
    of = ", ".join(map(str, filter(None, (release.build, release.published))))
    yield "Source", f"{place.document}:{place.first_line} ({of})"


def _values(field: Field, value: object) -> Iterator[tuple[str, str]]:
    """A field's label with its value, the parts of a record apart; nothing where there is none."""
    if value is None or value == ():
        if field.silence == "unknown":
            yield field.label, "not known"
    elif isinstance(value, Record):
        words = [member for member in field.members if member.verbatim][:1]
        yield field.label, value[words[0].name] if words else "yes"
        for member in field.members:
            if member not in words:
                yield from _values(member, value[member.name])
    elif field.holds_records and isinstance(value, tuple):
        yield from ((field.label, format_value(one)) for one in value)
    else:
        yield field.label, format_value(value)
