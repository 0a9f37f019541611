"""Objects and lists as a Python program prints them: `{'connectorId': 1, 'info': None}`.

What is read is what JSON has too: objects with texts as names, lists, texts, numbers, booleans and
null. Anything else (a tuple, bytes, an object's name) is refused, and nothing is evaluated.
"""

from __future__ import annotations

import math
import re
import sys
from json import JSONDecodeError
from typing import NoReturn

_DEEPEST = 50
"""Levels; deeper than any message, and no deeper than the reader itself may go."""


def read_literal(text: str, place: int) -> tuple[object, int]:
    """The value that begins at a place, and where it ends.

    Raises JSONDecodeError where none can be read without doubt. Its place is the furthest that was
    looked at, so that a caller knows what the attempt took.
    """
    return _value(text, place, 0)


def as_float(number: str) -> float:
    """A number; the greatest there is for one beyond it, since JSON has no infinity."""
    found = float(number)
    return math.copysign(sys.float_info.max, found) if math.isinf(found) else found


def as_int(number: str) -> float:
    """A whole number, or the nearest there is for one with very many digits."""
    return int(number) if len(number) < _MOST_DIGITS else as_float(number)


_MOST_DIGITS = 1000
"""Of more Python makes no whole number, and no field has them."""


def _value(text: str, place: int, depth: int) -> tuple[object, int]:
    place = _after_blanks(text, place)
    start = text[place : place + 1]
    if start in ("{", "[") and depth == _DEEPEST:
        _refuse(text, place)
    if start == "{":
        return _object(text, place + 1, depth + 1)
    if start == "[":
        return _list(text, place + 1, depth + 1)
    return _scalar(text, place)


def _object(text: str, place: int, depth: int) -> tuple[dict[str, object], int]:
    found: dict[str, object] = {}
    place = _after_blanks(text, place)
    if text[place : place + 1] == "}":
        return found, place + 1
    while True:
        name, place = _scalar(text, _after_blanks(text, place))
        if not isinstance(name, str):
            _refuse(text, place)
        place = _after_blanks(text, place)
        if text[place : place + 1] != ":":
            _refuse(text, place)
        found[name], place = _value(text, place + 1, depth)
        is_last, place = _is_last(text, place, "}")
        if is_last:
            return found, place


def _list(text: str, place: int, depth: int) -> tuple[list[object], int]:
    found: list[object] = []
    place = _after_blanks(text, place)
    if text[place : place + 1] == "]":
        return found, place + 1
    while True:
        item, place = _value(text, place, depth)
        found.append(item)
        is_last, place = _is_last(text, place, "]")
        if is_last:
            return found, place


def _is_last(text: str, place: int, end: str) -> tuple[bool, int]:
    """Whether the end follows, or a comma; and the place behind it."""
    place = _after_blanks(text, place)
    mark = text[place : place + 1]
    if mark not in (end, ",") or not mark:
        _refuse(text, place)
    return mark == end, place + 1


def _scalar(text: str, place: int) -> tuple[object, int]:
    match = _SCALAR.match(text, place)
    if match is None:
        # A text without its end was looked for up to the end of the line.
        _refuse(text, len(text) if text[place : place + 2].strip("u")[:1] in ("'", '"') else place)
    kind, found = match.lastgroup, match[0]
    if kind == "word":
        return _WORDS[found], match.end()
    if kind == "whole":
        return as_int(found), match.end()
    if kind == "number":
        return as_float(found), match.end()
    content = found.removeprefix("u")[1:-1]
    is_of_bytes = _OF_BYTES.search(content) and not found.startswith("u")
    if is_of_bytes or "\\" in _ESCAPE.sub("", content):
        _refuse(text, match.end())
    return _ESCAPE.sub(_unescaped, content), match.end()


_WORDS = {"True": True, "False": False, "None": None, "true": True, "false": False, "null": None}
"""Those of JavaScript too: its programs quote as Python does."""
_SCALAR = re.compile(
    r"""
      (?P<text> u?' [^'\\]* (?:\\.[^'\\]*)* ' | u?" [^"\\]* (?:\\.[^"\\]*)* " )
    | (?P<whole> -?(?:0|[1-9][0-9]*) (?![\w.]) )
    | (?P<number> -?(?:0|[1-9][0-9]*) (?:\.[0-9]+)? (?:[eE][+-]?[0-9]+)? (?![\w.]) )
    | (?P<word> (?:True|False|None|true|false|null) (?!\w) )
    """,
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"'}
_ESCAPE = re.compile(
    r"""\\(?:[nrt\\'"]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})"""
)
_OF_BYTES = re.compile(r"\\x[c-fC-F]|[\ud800-\udfff]")
"""What Python 3 prints for no text: it is of bytes, or another program has escaped it."""


def _unescaped(match: re.Match[str]) -> str:
    escape = match[0][1:]
    return _ESCAPES.get(escape) or chr(int(escape[1:], 16))


def _after_blanks(text: str, place: int) -> int:
    blanks = _BLANKS.match(text, place)
    return blanks.end() if blanks else place


_BLANKS = re.compile(r"[ \t\r\n]*")


def _refuse(text: str, place: int) -> NoReturn:
    raise JSONDecodeError("no value that JSON has", text, place)
