"""Values in a few words, for a person who has to find the one that is meant."""

from __future__ import annotations

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
        return _short(repr(value)) if few else f"a {type(value).__name__} of {len(value)}"
    return _short(repr(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
