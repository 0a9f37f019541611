"""What a target's manifest can say: every key, what it says, and how its value is read.

docs/targets.md has a table of each of these.
"""

from __future__ import annotations

import re
from functools import partial
from operator import getitem
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import settings
from ..runtime import decoder
from ..settings import InvalidSettingError, check_keys
from ..shapes.names import RECORD_NAMES
from ..shapes.table import FORMS
from .identifiers import CASES, Identifiers
from .syntax import Comment, Fields, List, String
from .types import Types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..settings import Table

RUNTIME = Path(decoder.__file__).parent
"""Where the runtime modules stand that a package ships."""
RUNTIME_FILES = tuple(sorted(file.name for file in RUNTIME.glob("*.py")))


class Key(NamedTuple):
    """A key of a table: what it says, what reads its value, and whether the table must have it."""

    says: str
    read: Callable[[Table, str], Any]
    is_required: bool = False


def read_table(table: object, name: str, keys: Mapping[str, Key]) -> Table:
    """The values of a table by their keys, each as its key reads it."""
    required = {key for key, one in keys.items() if one.is_required}
    data = check_keys(table, name, required, keys.keys() - required)
    return {key: keys[key].read(data, key) for key in data}


# How values are read


def _choice(*choices: str) -> Callable[[Table, str], str]:
    return partial(settings.one_of, choices=choices)


def _string(table: Table, key: str) -> str:
    """A string, which may be empty."""
    value = table[key]
    if not isinstance(value, str):
        raise InvalidSettingError(key, f"a string as {key}", value)
    return value


def _escapes(table: Table, key: str) -> dict[str, str]:
    value = table[key]
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise InvalidSettingError(key, f"a table of strings as {key}", value)
    return value


def _escapes_of_characters(table: Table, key: str) -> dict[str, str]:
    value = _escapes(table, key)
    if long := [one for one in value if len(one) != 1]:
        raise InvalidSettingError(long[0], f"single characters as keys of {key}", long[0])
    return value


def _words(table: Table, key: str) -> tuple[str, ...]:
    return tuple(settings.texts(table, key))


def _set_of_words(table: Table, key: str) -> frozenset[str]:
    return frozenset(settings.texts(table, key))


def _part(make: Callable[..., Any], keys: Mapping[str, Key]) -> Callable[[Table, str], Any]:
    """What reads a table within a table."""
    return lambda table, key: make(**read_table(table[key], key, keys))


def _types(table: Table, key: str) -> Types:
    forms = _forms(table, key, [*TYPES, *_FORMS])
    return Types({name: _form("item", "type")(forms, name) for name in forms})


def _literals(table: Table, key: str) -> dict[str, str]:
    forms = _forms(table, key, _FORMS)
    return {name: _form("value", "identifier")(forms, name) for name in forms}


def _form(*names: str) -> Callable[[Table, str], str]:
    """What reads a form with placeholders of these names; that of "" is `{}`, or `{:04x}`.

    No placeholder reaches into a value: what it has of Python's has no place in an artefact.
    """

    def read(table: Table, key: str) -> str:
        form = _string(table, key)
        try:
            parsed = [part for part in Formatter().parse(form) if part[1] is not None]
        except ValueError:  # a brace alone
            parsed = [(form, None, None, None)]
        if any(
            name not in names or conversion or "{" in (spec or "")
            for _, name, spec, conversion in parsed
        ):
            known = " or ".join(f"{{{name}}}" for name in names) or "no placeholder"
            raise InvalidSettingError(key, f"a form with {known}; other braces twice", form)
        return form

    return read


_FORMS = [form.name for form in FORMS]


def _forms(table: Table, key: str, known: Iterable[str]) -> dict[str, str]:
    """Forms by the names of types. Those of a vendor's types begin with a capital."""
    data = table[key]
    if not isinstance(data, dict):
        raise InvalidSettingError(key, f"[{key}] as a table", data)
    vendors = {name for name in data if name[:1].isupper()}
    check_keys(data, f"[{key}]", set(), vendors.union(known))
    return {name: settings.text(data, name) for name in data}


def _identifiers(table: Table, key: str) -> Identifiers:
    return Identifiers(**read_table(table[key], f"[{key}]", IDENTIFIERS))


def _files(table: Table, key: str) -> list[Table]:
    return settings.tables(table, key, _file)


def _file(table: object) -> Table:
    data = read_table(table, "[[files]]", FILE)
    origins = [key for key in ORIGINS if key in data]
    if len(origins) != 1:
        found = " and ".join(origins) or "none"
        raise InvalidSettingError("path", f"one of {', '.join(ORIGINS)}", found)
    for name in re.findall(r"\{(.*?)\}", data["path"]):
        if name not in IN_PATH:
            known = " and ".join(f"{{{one}}}" for one in IN_PATH)
            raise InvalidSettingError("path", f"no name in braces but {known}", f"{{{name}}}")
    return data


IN_PATH = ("package", "release")
"""What the path of an artefact can name in braces."""


# What there is

ORIGINS = ("template", "copy", "runtime")
FILE = {
    "path": Key(
        "Where the artefact goes, below the target's folder. `{package}` stands for the name of "
        "the package, `{release}` for that of the release.",
        settings.text,
        is_required=True,
    ),
    "template": Key("The template that makes it, a file of the target's folder.", settings.text),
    "copy": Key(
        "In place of `template`: a file that is copied as it stands, the header put on. In it "
        "`example_codes`, put in the target's case, becomes the package, and `ExampleErrorCode` "
        "a code of the catalogue.",
        settings.text,
    ),
    "runtime": Key(
        f"In place of `template`: a module of the generator itself that a Python package ships, "
        f"{', '.join(f'`{name}`' for name in RUNTIME_FILES)}.",
        _choice(*RUNTIME_FILES),
    ),
    "each": Key('`"release"` makes one file for each release.', _choice("release")),
    "when": Key(
        '`"ocpp"` makes the file only for a vendor that sends its codes over OCPP, `"not ocpp"` '
        "only for any other.",
        _choice("ocpp", "not ocpp"),
    ),
    "shape": Key(
        "A record of the shapes, which the template is given as `shape`.",
        _choice(*sorted(RECORD_NAMES)),
    ),
    "marked": Key(
        "`false` for a format that has no place for the header, such as CSV. Nothing deletes such "
        "a file once no template makes it any more; `check` reports it as foreign.",
        settings.flag,
    ),
}

TYPES = {
    "text": "A string.",
    "integer": "A whole number.",
    "number": "A number.",
    "flag": "A boolean.",
    "any": "Any value of JSON.",
    "list": "A list; `{item}` is the type of an item.",
    "pair": "A list of exactly two; `{item}` is the type of an item.",
    "nullable": "What may be null; `{type}` is its type.",
    "nullable_list": "A list that may be null, where that is written in another way.",
}
"""The keys of `[types]` beside the names of single types."""

COMMENT = {
    "line": Key("What stands before each line.", _string),
    "start": Key("A line above the comment.", _string),
    "end": Key("A line below it.", _string),
    "escapes": Key(
        "What is written in place of what would end the comment or mean something in it.", _escapes
    ),
}

STRING = {
    "quote": Key("What stands before and behind the string.", _string, is_required=True),
    "escapes": Key("What is written in place of single characters.", _escapes_of_characters),
    "unicode": Key(
        r"The form of other characters that are controls or not ASCII, such as `\u{:04x}`. "
        "Without it they stand as they are.",
        _form(""),
    ),
    "astral": Key(
        r"The form of characters beyond U+FFFF, such as `\U{:08x}`. Without it each is written as "
        "two surrogates.",
        _form(""),
    ),
}

LIST = {
    "open": Key("How a list begins; `{type}` is its type.", _string),
    "separator": Key("What stands between two items.", _string),
    "trailing": Key("What stands behind the last item.", _string),
    "trailing_line": Key("The same where each item has a line of its own.", _string),
    "close": Key("How a list ends.", _string),
    "empty": Key("A list without items; `{type}` is its type.", _string),
}

RECORD = {
    "open": Key("How a record begins; `{type}` is the name of its type.", _form("type")),
    "open_in_list": Key("How it begins as an item of a list, if in another way.", _form("type")),
    "field": Key("How a part is written, with its `{name}` and `{value}`.", _form("name", "value")),
    "separator": Key("What stands between two parts. With it all stand on one line.", _string),
    "close": Key("How a record ends.", _form()),
}

SYNTAX = {
    "comment": Key("How a comment is written, for the filter `comment`.", _part(Comment, COMMENT)),
    "string": Key("How a string is written, for the filter `literal`.", _part(String, STRING)),
    "docstring": Key(
        "How a string is written that documents what stands above it; keys as in `string`.",
        _part(String, STRING),
    ),
    "list": Key("How a list is written.", _part(List, LIST)),
    "record": Key("How a record is written.", _part(Fields, RECORD)),
    "indent": Key("One step to the right. Four blanks without it.", settings.text),
    "true": Key("The boolean true.", settings.text),
    "false": Key("The boolean false.", settings.text),
    "null": Key("The value null.", settings.text),
    "nullable": Key(
        "How a value is written whose type may be null, with its `{value}` and `{type}`.",
        _form("value", "type"),
    ),
    "types": Key("Types that such a file writes in another way; keys as in `[types]`.", _types),
}

IDENTIFIERS = {
    "case": Key(
        f"One of {', '.join(f'`{case}`' for case in CASES)}; `Preserve` is `preserve` with a "
        "capital first, `flat` joins in lower case.",
        _choice(*CASES),
        is_required=True,
    ),
    "prefix": Key(
        "What stands before a name that would not begin with a letter. `_` without it.",
        settings.text,
    ),
    "reserved": Key("Words that no name may be.", _set_of_words),
    "reserved_suffix": Key(
        "What is put behind such a word. Without it such a name is an error.", settings.text
    ),
    "initialisms": Key("Words that `Pascal` writes in capitals throughout.", _set_of_words),
    "beside_types": Key(
        "`true` reserves the names of types, and of an enum's values behind the enum's name.",
        settings.flag,
    ),
    "declared_by": Key(
        "Words that begin a declaration. What the target's own files declare with them at the "
        "beginning of a line is reserved.",
        _words,
    ),
}

INHERITED = ("package_case", "types", "literals", "members")
"""What a target has from the one that it is like; of its syntaxes each key by itself."""

TARGET = {
    "files": Key("The artefacts, a table `[[files]]` for each.", _files, is_required=True),
    "package_case": Key(
        "The case of `{package}`, one of those of `[identifiers]`. `kebab` without it.",
        _choice(*CASES),
    ),
    "folder": Key(
        '`"."` puts the files into `generated/` itself. Without it they go into a folder with the '
        "target's name.",
        settings.text,
    ),
    "leftovers": Key(
        "Names that the language's own tools leave beside the artefacts, such as `*.pyc`; they are "
        "ignored.",
        _words,
    ),
    "like": Key(
        f"Another target. Its {', '.join(f'`{key}`' for key in INHERITED)} and `syntax` hold here, "
        "where this manifest does not say its own.",
        settings.text,
    ),
    "types": Key("How the types of the shapes are written.", _types),
    "literals": Key(
        "How values of single types are written, by the name of the type, with the literal as "
        "`{value}` and the name of a code as `{identifier}`.",
        _literals,
    ),
    "members": Key("How the parts of records are named.", _identifiers),
    "identifiers": Key("How codes are named. Without it they have no names.", _identifiers),
    "syntax": Key("How each kind of file is written, by the ending of its name.", getitem),
}

TABLES: Mapping[str, Mapping[str, Key]] = {
    "the top of the file": TARGET,
    "[[files]]": FILE,
    "[identifiers] and [members]": IDENTIFIERS,
    "[syntax.…]": SYNTAX,
    "[syntax.….comment]": COMMENT,
    "[syntax.….string]": STRING,
    "[syntax.….list]": LIST,
    "[syntax.….record]": RECORD,
}
"""The tables of a manifest by their names, for people; `[types]` has the keys of `TYPES`."""
