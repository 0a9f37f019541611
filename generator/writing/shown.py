"""Values in a few words, for a person who has to find the one that is meant."""

from __future__ import annotations

from jinja2.runtime import Macro

from ..record import Record
from .identifiers import put_in_case

_TELLING = ("code", "name", "text", "title")
"""What identifies a record among others of its kind, the first that it has."""
_LONGEST = 60
_FEW = 5


def shown(value: object) -> str:
    """The value in a few words, on one line: short ones whole, of a record what it goes by."""
    if isinstance(value, dict):
        key = next((key for key in (*_TELLING, *value) if key in value), None)
        return "{}" if key is None else f"{{{key!r}: {shown(value[key])}, …}}"
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        key = next(key for key in (*_TELLING, *value._fields) if hasattr(value, key))
        return f"{type(value).__name__}({key}={shown(getattr(value, key))}, …)"
    if isinstance(value, list | tuple):
        few = len(value) <= _FEW and all(isinstance(one, str | int) for one in value)
        return _short(repr(value)) if few else f"a list of {len(value)}"
    if name := name_of_function(value):  # Python's own text of it has an address
        return f"the function {name}"
    return _short(repr(value))


def name_of_function(value: object) -> str | None:
    """What a template calls a function or macro, None for any other value."""
    if isinstance(value, Macro):
        return value.name or "caller"  # as the macro that a `call` calls knows it
    return getattr(value, "__name__", None) if callable(value) else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def subject(value: object) -> str:
    """What a value is, and the verb behind it: `an error code has`."""
    if isinstance(value, Record):
        return f"a record {value.type_name} has"
    for types, words in _PLAIN:
        if isinstance(value, types) and not hasattr(value, "_fields"):
            return f"{words} has"
    if name := name_of_function(value):
        return f"the function {name} has"
    words = type_in_words(type(value))
    if words.endswith("s"):
        return f"{words} have"
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words} has"


_PLAIN: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "none"),
    (str, "a string"),
    (bool, "a boolean"),
    ((int, float), "a number"),
    ((tuple, list), "a list"),
    (dict, "a record"),
)


def type_in_words(type_: type) -> str:
    """What a type of the model is called: an ErrorCode is an error code."""
    return put_in_case(type_.__name__, "snake").replace("_", " ")


def parts(value: object) -> list[str]:
    """The names of what a template can ask a value for, its fields first."""
    if isinstance(value, dict) and value:
        return [*map(str, value)]
    fields = [*value._fields] if isinstance(value, tuple) and hasattr(value, "_fields") else []
    plain = {*dir(tuple), *fields} if fields else fields
    return [*fields, *(name for name in dir(value) if name[0] != "_" and name not in plain)]
