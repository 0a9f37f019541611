"""A record with its values, and values as the text of JSON."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class Record(dict[str, Any]):
    """A record with its values, which knows the name of its shape."""

    def __init__(self, type_name: str, /, **values: Any) -> None:  # noqa: ANN401
        super().__init__(values)
        self.type_name = type_name

    @cached_property
    def line(self) -> str:
        """The record as JSON on one line; kept, as several targets may want it."""
        return one_line(self)


one_line = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
"""A value as JSON on one line."""


def to_json(
    data: Record | Sequence[object],
    schema: str | None = None,
    comment: str | None = None,
    depth: int = -1,
) -> str:
    """The data as JSON text, keys in their order, without a line end behind.

    What holds nothing that holds something stands on one line, and so does what is `depth` levels
    down. `schema` and `comment`, where given, come first in a record: the schema's relative path,
    and how the file came about.
    """
    first = {"$schema": schema, "$comment": comment}
    first = {key: value for key, value in first.items() if value is not None}
    return _write({**first, **data} if isinstance(data, dict) else data, "\n", depth)


def _write(value: object, line_end: str, depth: int) -> str:
    if depth == 0:
        return value.line if isinstance(value, Record) else one_line(value)
    if not isinstance(value, _NESTED):
        return one_line(value)
    items = value.values() if isinstance(value, dict) else value
    if not any(isinstance(item, _NESTED) and item for item in items):
        return one_line(value)
    inner = f"{line_end}  "
    written = [_write(item, inner, depth - 1) for item in items]
    if isinstance(value, dict):
        fields = (f"{one_line(key)}: {item}" for key, item in zip(value, written, strict=True))
        return f"{{{inner}{f',{inner}'.join(fields)}{line_end}}}"
    return f"[{inner}{f',{inner}'.join(written)}{line_end}]"


_NESTED = (dict, list, tuple)
