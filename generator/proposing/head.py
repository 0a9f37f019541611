"""The head of a document, proposed: which of its lines says what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..language import ENGLISH
from ..reading.dates import DAY, date_forms
from ..releases import Scheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .survey import Part

_LONGEST = 60
"""How many characters a line of the head has at most, such as the publisher's."""
_RELEASE = re.compile(
    r"(?<!\w)[A-Za-z]?[0-9]+(?:[._-][0-9A-Za-z]+)*(?: (?:BETA|beta|RC[0-9]*|rc[0-9]*))?(?!\w)"
)


class Head(NamedTuple):
    """The forms of the head's lines, None where the document has no such line.

    `scheme` is how releases are named. `month` is a month's name that is not English. `is_plain`
    says that nothing else stands in the head.
    """

    title: str | None
    release: str | None
    scheme: Scheme | None
    publisher: str | None
    date: str | None
    month: str | None
    is_plain: bool


def read_head(parts: Sequence[Part]) -> Head:
    """What the lines before the first section or entry say."""
    lines = [part for part in parts if part.text]
    title = lines.pop(0).text if lines and lines[0].kind == "heading" else None
    texts = [part.text for part in lines if not set(part.text) & set("{}")]
    dated = next((one for one in texts if _date(one)), None)
    release = next((one for one in texts if one != dated and _release(one)), None)
    others = [one for one in texts if one not in (dated, release)]
    publisher = next((one for one in others if _is_name(one)), None)
    date, month = (dated and _date(dated)) or (None, None)
    form, scheme = (release and _release(release)) or (None, None)
    known = sum(one is not None for one in (dated, release, publisher))
    return Head(title, form, scheme, publisher, date, month, known == len(lines))


def _date(line: str) -> tuple[str, str | None] | None:
    """The form of a line that is a date, and the month's name where it is not English."""
    if len(line) > _LONGEST:
        return None
    if forms := date_forms(line, ENGLISH):
        return forms[0][0], None
    if match := DAY.search(line):
        spelt = match[0].replace(match["day"], "{day}", 1).replace(match["month"], "{month}")
        spelt = spelt.replace(match["year"], "{year}")
        return line.replace(match[0], spelt), match["month"]
    return None


def _release(line: str) -> tuple[str, Scheme] | None:
    """The form of a line that names a release, and the scheme of its name."""
    if len(line) > _LONGEST:
        return None
    if builds := Scheme("describe").named_in(line):
        return line.replace(builds[0], "{build}", 1), Scheme("describe")
    match = _RELEASE.search(line)
    if match is None or len(line.split()) > _FEW_WORDS:
        return None
    numbers = Scheme("numbers")
    scheme = numbers if numbers.read(match[0]) else Scheme("listed", (match[0],))
    return f"{line[: match.start()]}{{{scheme.placeholder}}}{line[match.end() :]}", scheme


_FEW_WORDS = 5


def _is_name(line: str) -> bool:
    """Whether a line may be the publisher's name: short, and no sentence."""
    return len(line) <= _LONGEST and not line.endswith((".", ":", "!", "?"))
