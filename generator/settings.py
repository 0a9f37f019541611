"""The project's own TOML files, vendor.toml and the targets' manifests: read, with places.

TOML's parser keeps no places of values, so a finding points at where the key or value first stands.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

Table = dict[str, Any]


class InvalidSettingError(Exception):
    """A key or value that cannot be used; `near` is a text that stands in the file close to it."""

    def __init__(self, near: str, expected: str, found: object) -> None:
        super().__init__(near)
        self.near = near
        self.expected = expected
        self.found = found


def check_keys(
    table: object, name: str, required: AbstractSet[str], optional: AbstractSet[str] = frozenset()
) -> Table:
    """The table, once it has all the required keys and no unknown one."""
    near = name.strip("[]").rpartition(".")[2]
    if not isinstance(table, dict):
        raise InvalidSettingError(near, f"{name or 'the file'} as a table", table)
    for key in table:
        if key not in required | optional:
            known = ", ".join(sorted(required | optional))
            raise InvalidSettingError(key, f"only {known} in {name or 'the file'}", key)
    for key in sorted(required - set(table)):
        raise InvalidSettingError(near, f"the key {key} in {name or 'the file'}", "no such key")
    return table


def text(table: Table, key: str) -> str:
    """The value of a key as a text that is not empty."""
    value = table[key]
    if not isinstance(value, str) or not value:
        raise InvalidSettingError(key, f"a text as {key}", value)
    return value


def texts(table: Table, key: str) -> list[str]:
    """The value of a key as a list of texts, empty where there is no such key."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise InvalidSettingError(key, f"a list of texts as {key}", value)
    return value


def tables(table: Table, key: str) -> list[object]:
    """The value of a key as a list of tables, of which there is at least one."""
    value = table[key]
    if not isinstance(value, list) or not value:
        raise InvalidSettingError(key, f"at least one [[{key}]]", value)
    return value


def one_of(table: Table, key: str, choices: tuple[str, ...]) -> str:
    """The value of a key as one of a few texts."""
    value = text(table, key)
    if value not in choices:
        raise InvalidSettingError(f'{key} = "{value}"', f"one of {', '.join(choices)}", value)
    return value


_TOML_PLACE = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)")


def parse(content: str) -> Table:
    """The tables of a TOML file. Raises InvalidSettingError where it is not TOML."""
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise InvalidSettingError(str(error), "a file in TOML", error) from None


def locate(path: str, content: str, near: str) -> Location:
    """Where a text first stands as a whole word, or where TOML's parser says that it stopped."""
    lines = content.split("\n")
    if place := _TOML_PLACE.fullmatch(near):
        stopped = int(place["line"])
        return Location(path, stopped, int(place["column"]), 1, lines[stopped - 1])
    wanted = re.compile(rf"(?<!\w){re.escape(near)}(?!\w)") if near else None
    for number, line in enumerate(lines, start=1):
        if wanted and (match := wanted.search(line)):
            return Location(path, number, match.start() + 1, len(near), line)
    return Location(path)


def diagnose(
    rule: str, path: str, content: str, error: InvalidSettingError, mend: str
) -> Diagnostic:
    """The finding that an invalid setting is."""
    return Diagnostic(
        rule,
        locate(path, content, error.near),
        "this file is not as it has to be",
        mend=mend,
        expected=error.expected,
        found=str(error.found),
    )
