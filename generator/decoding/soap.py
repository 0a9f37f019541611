"""StatusNotification over SOAP, as OCPP 1.5 and 1.6-S have it.

No XML library reads it: a stream's text may hold anything, and one message has a simple form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .escapes import unescape_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_FAILURES = 10
"""How many requests of a line are tried in vain: each may take the line's length."""


class Request(NamedTuple):
    """A payload as JSON would have it, and from where to where its request stands."""

    payload: dict[str, object]
    start: int
    end: int


def soap_requests(text: str) -> Iterator[Request]:
    """Each statusNotificationRequest in a text that is whole.

    A text is without the blanks around it, a connector's id a number, and what is nil null.
    """
    place, failures = 0, 0
    while failures < _MOST_FAILURES and (start := _REQUEST.search(text, place)):
        place = start.end()
        if start["is_empty"]:
            yield Request({}, start.start(), place)
            continue
        payload, end = _children(text, place)
        if closing := _END.match(text, end):
            place = closing.end()
            yield Request(payload, start.start(), place)
        else:
            failures += 1


_PREFIX = r"(?:[\w.-]{1,50}:)?"
_ATTRIBUTES = r"""(?:\s(?:[^<>"'/]|"[^"<]*"|'[^'<]*'|/(?!>))*)?"""
_REQUEST = re.compile(rf"<{_PREFIX}statusNotificationRequest{_ATTRIBUTES}(?P<is_empty>/)?>")
_END = re.compile(rf"\s*</{_PREFIX}statusNotificationRequest\s*>")
# Up to its first end and no further, so that a text has one way to be read.
_SECTION = r"<!\[CDATA\[[^\]]*(?:\](?!\]>)[^\]]*)*\]\]>"
_CHILD = re.compile(
    rf"\s*<{_PREFIX}(?P<name>[A-Za-z]\w{{0,50}})(?P<attributes>{_ATTRIBUTES})"
    rf"(?:/>|>(?P<text>[^<]*(?:{_SECTION}[^<]*)*)</{_PREFIX}(?P=name)\s*>)"
)
_NIL = re.compile(rf"""\s{_PREFIX}nil\s*=\s*["'](?:true|1)["']""")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_NUMBER = re.compile("[0-9]{1,10}")


def _children(text: str, place: int) -> tuple[dict[str, object], int]:
    """The elements from a place on, and where they end."""
    found: dict[str, object] = {}
    while child := _CHILD.match(text, place):
        place = child.end()
        name = child["name"]
        is_nil = _NIL.search(child["attributes"])
        found[name] = None if is_nil else _typed(name, _content(child["text"] or ""))
    return found, place


def _content(text: str) -> str:
    """What the text of an element says: entities are undone, but not within CDATA."""
    pieces = _CDATA.split(text)
    pieces[::2] = map(unescape_xml, pieces[::2])
    return "".join(pieces).strip(" \t\r\n")


def _typed(name: str, text: str) -> str | int:
    return int(text) if name == "connectorId" and _NUMBER.fullmatch(text) else text
