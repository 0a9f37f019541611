"""The project's own TOML files, vendor.toml and the targets' manifests: read, with places.

TOML's parser keeps no positions, so a diagnostic points at the first place of the key or value.
"""

from __future__ import annotations

import json
import re
import tomllib
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .diagnostics import Diagnostic, Location
from .nearest import and_nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

Table = dict[str, Any]
T = TypeVar("T")


class InvalidSettingError(Exception):
    """A key or value that cannot be used.

    `near` is a text that stands in the file close to it, behind the line `header`, of which it is
    the `count`-th in the file.
    """

    def __init__(
        self, near: str, expected: str, found: object, header: str = "", count: int = 0
    ) -> None:
        super().__init__(near)
        self.near = near
        self.expected = expected
        self.found = found
        self.header = header
        self.count = count or int(bool(header))


class Errors(list[InvalidSettingError]):
    """The errors of a file whose parts are looked at one by one, each whatever the others are."""

    def attempt(self, make: Callable[[], T]) -> T | None:
        """What is made of a part; None, the error kept, where it cannot be used."""
        try:
            return make()
        except InvalidSettingError as error:
            self.append(error)
            return None


def check_keys(
    table: object, name: str, required: AbstractSet[str], optional: AbstractSet[str] = frozenset()
) -> Table:
    """The table, once it has all the required keys and no unknown one."""
    near = name or "the file"
    if not isinstance(table, dict):
        raise InvalidSettingError(near, f"{near} as a table", table)
    for key in table:
        if key not in required | optional:
            known = sorted(required | optional)
            found = key + and_nearest(key, known)
            raise InvalidSettingError(key, f"only {', '.join(known)} in {near}", found)
    for key in sorted(required - set(table)):
        raise InvalidSettingError(near, f"the key '{key}' in {near}", "no such key")
    return table


def text(table: Table, key: str) -> str:
    """The value of a key as a string that is not empty."""
    value = table[key]
    if not isinstance(value, str) or not value:
        expected = f"a string as {key}, not empty"
        raise InvalidSettingError(key, expected, shown(value))
    return value


def texts(table: Table, key: str) -> list[str]:
    """The value of a key as a list of strings, empty where there is no such key."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        expected = f"a list of strings as {key}, none empty"
        raise InvalidSettingError(key, expected, shown(value))
    return value


def tables(
    table: Table,
    key: str,
    make: Callable[[object], T],
    errors: Errors | None = None,
    within: str = "",
) -> list[T]:
    """What is made of each table in the list under a key, of which there is at least one.

    The first error is raised; with `errors`, each is kept there, and its table left out. `within`
    is the name of the table that has the key, where that is not the file itself.
    """
    made: list[T] = []
    name = f"{within}.{key}" if within else key
    for count, item in enumerate(listed(table, key, name), start=1):
        try:
            made.append(make(item))
        except InvalidSettingError as error:
            error.header, error.count = f"[[{name}]]", count
            if errors is None:
                raise
            errors.append(error)
    return made


def listed(table: Table, key: str, name: str) -> list[object]:
    """The tables in the list under a key, of which there is at least one, as they stand.

    `name` is what they are called in the file.
    """
    value = table[key]
    if isinstance(value, dict):
        expected = f"[[{name}]] with two brackets, as there can be several"
        raise InvalidSettingError(f"[{name}]", expected, "one table")
    if not isinstance(value, list) or not value:
        raise InvalidSettingError(key, f"at least one [[{name}]]", shown(value))
    return value


def refuse_repeated(tables: str, key: str, values: list[str]) -> None:
    """Raises InvalidSettingError where two of the tables `[[…]]` have one value under a key."""
    for count, value in enumerate(values, start=1):
        if value in values[: count - 1]:
            near, found = f'{key} = "{value}"', f"{value} twice"
            raise InvalidSettingError(near, f"each {key} once", found, tables, count)


def one_of(table: Table, key: str, choices: tuple[str, ...]) -> str:
    """The value of a key as one of a few strings."""
    value = text(table, key)
    if value not in choices:
        found = value + and_nearest(value, choices)
        raise InvalidSettingError(f'{key} = "{value}"', f"one of {', '.join(choices)}", found)
    return value


_TOML_PLACE = re.compile(r".* \(at line (?P<line>\d+), column (?P<column>\d+)\)")
_TOML_END = "(at end of document)"


def parse(content: str) -> Table:
    """The tables of a TOML file. Raises InvalidSettingError where it is not TOML."""
    try:
        return tomllib.loads(content)
    except (ValueError, RecursionError) as error:  # TOML's own error is a ValueError
        raise InvalidSettingError(str(error), "a file in TOML", error) from None


def as_toml(value: object) -> str:
    """A value as TOML writes it on one line. Raises ValueError for None, which TOML lacks."""
    if value is None:
        raise ValueError("TOML has no null")
    if isinstance(value, Mapping):
        return (
            "{}"
            if not value
            else f"{{ {', '.join(f'{key} = {as_toml(one)}' for key, one in value.items())} }}"
        )
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


_MOST_SHOWN = 60


def shown(value: object) -> str:
    """A value that cannot be used, as TOML writes it, cut where it is long."""
    try:
        written = as_toml(value)
    except TypeError:  # a date, a time or another thing that JSON does not have
        written = str(value)
    return written if len(written) <= _MOST_SHOWN else f"{written[: _MOST_SHOWN - 1]}…"


def toml_table(header: str, values: Mapping[str, object]) -> list[str]:
    """The lines of a table: its header, and a line for each key. Raises ValueError as `as_toml`."""
    return [header, *(f"{key} = {as_toml(value)}" for key, value in values.items())]


def locate(path: str, content: str, near: str, header: str = "", count: int = 0) -> Location:
    """Where a text first stands as a whole word, or where TOML's parser says that it stopped.

    A key comes before a table's name, and that before other words. With a `header`, it is looked
    for from that line on, the `count`-th that is one; the header itself is the place where it is
    not found.
    """
    lines = content.split("\n")
    if place := _TOML_PLACE.fullmatch(near):
        stopped = int(place["line"])
        return Location(path, stopped, int(place["column"]), 1, lines[stopped - 1])
    if near.endswith(_TOML_END):
        last = len(content.rstrip().split("\n"))
        return Location(path, last, len(lines[last - 1]) + 1, 1, lines[last - 1])
    headers = [
        number for number, line in enumerate(lines) if line.partition("#")[0].strip() == header
    ]
    first = headers[count - 1] if 0 < count <= len(headers) else 0
    name = _spelt(near)
    wanted = [rf"(?<!\w){name}(?=\s*=)", rf"(?<=\[){name}(?=[].])", rf"(?<!\w){name}(?!\w)"]
    for regex in [*(wanted if near else []), *([re.escape(header)] if header else [])]:
        word = re.compile(regex)
        for number, line in enumerate(lines[first:], start=first + 1):
            if (match := word.search(line)) and not line.lstrip().startswith("#"):
                return Location(path, number, match.start() + 1, len(match[0]), line)
    return Location(path)


_KEY_AND_TEXT = re.compile(r'(?P<key>\w+) = "(?P<text>[^"]*)"')


def _spelt(near: str) -> str:
    """What finds a text; a key with its value is found in each way in which TOML writes it."""
    if match := _KEY_AND_TEXT.fullmatch(near):
        value = re.escape(match["text"])
        return rf"""{match["key"]}\s*=\s*(?:"{value}"|'{value}')"""
    return re.escape(near)


def flag(table: Table, key: str, *, default: bool = False) -> bool:
    """The value of a key as true or false, the default where there is no such key."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise InvalidSettingError(key, f"true or false as {key}", shown(value))
    return value


def regex(table: Table, key: str) -> str:
    """The value of a key as a regular expression that has no groups and takes no empty text."""
    like = text(table, key)
    try:
        with warnings.catch_warnings(action="error"):
            re.compile(like)
            pattern = re.compile(f"(?:{like})")  # as it will stand within others
    except (re.error, Warning) as error:
        raise InvalidSettingError(key, "a regular expression", f"{like}: {error}") from None
    if pattern.groups or any(not match[0] for match in pattern.finditer(" Aa-0")):
        expected = "a regular expression without groups that takes at least one character"
        raise InvalidSettingError(key, expected, like)
    return like


def within(header: str, make: Callable[[], T], count: int = 1) -> T:
    """What is made of the table under a header, the `count`-th that is one.

    Every error that has no place names that.
    """
    try:
        return make()
    except InvalidSettingError as error:
        if not error.header:
            error.header, error.count = header, count
        raise


def diagnose(
    rule: str, path: str, content: str, error: InvalidSettingError, advice: str
) -> Diagnostic:
    """Diagnostic for an invalid setting; `advice` is its help."""
    return Diagnostic(
        rule,
        locate(path, content, error.near, error.header, error.count),
        "this file is not valid",
        help=advice,
        expected=error.expected,
        found=str(error.found) if isinstance(error.found, str | Exception) else shown(error.found),
    )
