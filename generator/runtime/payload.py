"""The payload of a message, which may hold anything: its fields, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from .ocpp import GREATEST_NUMBER, REQUEST, fold_name

Answer = dict[str, Any]
"""A part of an answer, in the shape of decoded.schema.json."""


class PayloadReader:
    """Reads the fields of a JSON object one by one, and collects what is wrong with them."""

    def __init__(self, value: object, path: str = "", problems: list[Answer] | None = None) -> None:
        self.problems: list[Answer] = [] if problems is None else problems
        # Whether something is a dict is known at once; to ask for a Mapping takes long.
        self.is_object = isinstance(value, (dict, Mapping))
        self._values = cast("Mapping[object, object]", value if self.is_object else {})
        self._path = path
        self._folded: set[str] | None = None
        if not self.is_object and not path:
            self.add(None, _form_of(value))

    def add(self, name: str | None, problem: str) -> None:
        """Adds a problem of a field, or of the whole payload where there is no name."""
        field = None if name is None else self._path + name
        self.problems.append({"field": field, "problem": problem})

    def text(self, name: str, *, is_required: bool = False) -> str | None:
        """A string, None where there is none."""
        value = self._value(name, is_required=is_required)
        if value is None or isinstance(value, str):
            return value
        self.add(name, "wrong-type")
        return None

    def flag(self, name: str) -> bool | None:
        """A boolean, None where there is none."""
        value = self._value(name, is_required=False)
        if value is None or isinstance(value, bool):
            return value
        self.add(name, "wrong-type")
        return None

    def number(
        self, name: str, *, is_required: bool = False, greatest: int = GREATEST_NUMBER
    ) -> int | None:
        """A whole number from 0 to `greatest`, None where there is none.

        2.0 is 2, since not every JSON parser tells them apart.
        """
        value = self._value(name, is_required=is_required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.add(name, "wrong-type")
            return None
        if not 0 <= value <= greatest or value != int(value):
            self.add(name, "not-in-ocpp")
            return None
        return int(value)

    def items(self, name: str) -> list[object]:
        """The items of a required list."""
        value = self._value(name, is_required=True)
        if isinstance(value, list):
            return cast("list[object]", value)
        if value is not None:
            self.add(name, "wrong-type")
        return []

    def inner(self, name: str, *, is_required: bool = False) -> PayloadReader:
        """A reader of an object within; where there is none, nothing in it is missed."""
        value = self._value(name, is_required=is_required)
        inner = PayloadReader(value, f"{self._path}{name}.", self.problems)
        if value is not None and not inner.is_object:
            self.add(name, "wrong-type")
        return inner

    def _value(self, name: str, *, is_required: bool) -> object:
        """The value of a field; null says as little as no field at all."""
        value = self._values.get(name)
        if value is None and self._is_spelt_otherwise(name):
            self.add(name, "spelling")
        elif value is None and is_required and self.is_object:
            self.add(name, "missing")
        return value

    def _is_spelt_otherwise(self, name: str) -> bool:
        """Whether a field that is not there by its name stands there by another spelling of it."""
        if self._folded is None:
            self._folded = {
                fold_name(key)
                for key, value in self._values.items()
                if isinstance(key, str) and value is not None
            }
        return fold_name(name) in self._folded


def _form_of(value: object) -> str:
    """What is wrong with a payload that is no object."""
    if isinstance(value, (str, bytes, bytearray)):
        return "json-text"
    if isinstance(value, list) and _is_request(cast("list[object]", value)):
        return "frame"
    return "wrong-type"


def _is_request(items: list[object]) -> bool:
    return len(items) > 2 and items[0] == REQUEST and isinstance(items[2], str)  # noqa: PLR2004
