"""Values anywhere in a text: of JSON, nearly of JSON, and as Python prints them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from .literals import as_float, as_int, read_literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Read = Callable[[str, int], tuple[object, int]]


class Value(NamedTuple):
    """An object or a list, whether it stands there as JSON, and from where to where."""

    value: object
    is_json: bool
    start: int
    end: int


def read_json(text: str) -> object:
    """The value that a whole text is; raises ValueError or RecursionError for any other text."""
    return _DECODER.decode(text)


def values_in(text: str, skip: Callable[[str, int], int]) -> Iterator[Value]:
    """The objects and lists in a text, tried at each bracket.

    `skip` says where to go on behind a bracket at which none begins. What is tried in vain may cost
    some times the text's length in all: a line that is made to take long does not.
    """
    text = _TextWithoutLines(text)
    place, budget = 0, 10 * len(text) + _RECURSION
    while budget > 0 and (start := _BRACKET.search(text, place)):
        place, end = start.start(), None
        read: Read | None = _read_strictly
        while read and end is None:
            try:
                value, end = read(text, place)
            except json.JSONDecodeError as error:
                budget -= (error.pos - place + 1) * (_SLOWER if read is read_literal else 1)
                read = _other_reader(error) if read is _read_strictly else None
            except (ValueError, RecursionError):
                budget -= _RECURSION
                read = None
            else:
                yield Value(value, read is _read_strictly, place, end)
        place = skip(text, place) if end is None else end


_BRACKET = re.compile(r"[\[{]")
_SLOWER = 10
"""Times; how much longer a character takes there than in JSON."""
_RECURSION = 10_000
"""Characters; about as long as it takes to find that a value is too deep."""


class _TextWithoutLines(str):
    """A text of one line, whose lines nobody counts.

    CPython's JSONDecodeError counts the lines before its place whenever one is made, by these two.
    """

    __slots__ = ()

    def count(self, *_: object) -> int:
        """None of what an error counts."""
        return 0

    def rfind(self, *_: object) -> int:
        """Nowhere."""
        return -1


def _other_reader(error: json.JSONDecodeError) -> Read | None:
    """What may read a value that is no JSON, by what stands where JSON ends; None where nothing."""
    if error.msg.startswith("Invalid control character"):
        return _read_with_control_characters
    return read_literal if _OF_PYTHON.match(error.doc, error.pos) else None


_OF_PYTHON = re.compile(r"""\s*(?:u?'|u"|(?:True|False|None)\b)""")


def _refuse(constant: str) -> object:
    raise ValueError(constant)


# Without NaN and the infinities, which JSON does not have.
_DECODER = json.JSONDecoder(parse_float=as_float, parse_int=as_int, parse_constant=_refuse)
_read_strictly = _DECODER.raw_decode
_read_with_control_characters = json.JSONDecoder(
    parse_float=as_float, parse_int=as_int, parse_constant=_refuse, strict=False
).raw_decode
