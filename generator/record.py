"""A record with its values, and a value as JSON."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any


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
