"""Texts whose quotes are escaped, as logs and web servers write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_MOST_READINGS = 8
"""As it stands, with each kind of escape undone, and some twice; no further ones are tried."""


def readings(text: str) -> Iterator[str]:
    """The text as it stands, then with its escapes undone, once before twice."""
    found = [text]
    for one in found:  # which grows as it is read
        yield one
        for marks, undo in _ESCAPES:
            if len(found) < _MOST_READINGS and any(mark in one for mark in marks):
                undone = undo(one)
                if undone not in found:
                    found.append(undone)


def unescape_xml(text: str) -> str:
    """The text with the entities undone that XML and HTML use for marks and by number."""
    return _ENTITY.sub(_entity, text)


_ENTITY = re.compile(r"&(?:(quot|amp|apos|lt|gt)|#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
_NAMED = {"quot": '"', "amp": "&", "apos": "'", "lt": "<", "gt": ">"}


def _entity(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    number = int(match[2]) if match[2] else int(match[3], 16)
    return chr(number) if number <= _GREATEST_CHARACTER else match[0]


_GREATEST_CHARACTER = 0x10FFFF


def _unescape_json(text: str) -> str:
    """As within a text of JSON: a backslash that is escaped is one."""
    return _OF_JSON.sub(_of_json, text)


_OF_JSON = re.compile(r'(?:\\u[0-9a-fA-F]{4})+|\\["\\/bfnrt]')
_BY_LETTER = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _of_json(match: re.Match[str]) -> str:
    escape = match[0]
    if escape[1] != "u":
        return _BY_LETTER.get(escape[1], escape[1])
    return bytes.fromhex(escape.replace("\\u", "")).decode("utf-16-be", "surrogatepass")


def _unescape_bytes(prefix: str) -> Callable[[str], str]:
    """What undoes escapes of single bytes of UTF-8, each a prefix and two digits."""
    run = re.compile(f"(?:{re.escape(prefix)}[0-9a-fA-F]{{2}})+")

    def undone(match: re.Match[str]) -> str:
        return bytes.fromhex(match[0].replace(prefix, "")).decode("utf-8", "surrogateescape")

    return lambda text: run.sub(undone, text)


_unescape_percent = _unescape_bytes("%")


def _unescape_url(text: str) -> str:
    """A plus is a blank only where a colon is escaped too: else it may be one of a timestamp."""
    is_form = "%3A" in text or "%3a" in text
    return _unescape_percent(text.replace("+", " ") if is_form else text)


_ESCAPES: Sequence[tuple[Sequence[str], Callable[[str], str]]] = (
    (('\\"', "\\u0022", "\\u0027", "\\u003c", "\\u003C"), _unescape_json),
    (('\\"',), lambda text: text.replace('\\"', '"')),  # by a program that escapes quotes alone
    (("\\x",), _unescape_bytes("\\x")),
    (("&quot;", "&apos;", "&#", "&lt;", "&amp;"), unescape_xml),
    (("%22", "%27", "%3C", "%3c", "%25"), _unescape_url),
    (('""',), lambda text: text.replace('""', '"')),
)
"""The marks of each kind of escape, and what undoes it."""
