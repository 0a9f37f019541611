"""The payload of a message, which may be anything: its fields, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.contract import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

GREATEST_NUMBER = 2**31 - 1
"""A greater number is none that a charger gives a connector or an event."""


class Fields:
    """The fields of a JSON object, read one by one; what is wrong with them is collected."""

    def __init__(self, value: object, path: str = "", problems: list[Record] | None = None) -> None:
        self.problems: list[Record] = [] if problems is None else problems
        self.is_object = isinstance(value, dict)
        self._values = value if isinstance(value, dict) else {}
        self._path = path
        if not self.is_object and not path:
            self.add(None, "wrong-type")

    def add(self, name: str | None, problem: str) -> None:
        """Notes a problem of a field, or of the whole where there is no name."""
        field = None if name is None else self._path + name
        self.problems.append(Record("Problem", field=field, problem=problem))

    def text(self, name: str, *, is_required: bool = False) -> str | None:
        """The text of a field."""
        value = self._value(name, is_required=is_required)
        if value is None or isinstance(value, str):
            return value
        self.add(name, "wrong-type")
        return None

    def truth(self, name: str) -> bool | None:
        """The truth value of a field."""
        value = self._value(name, is_required=False)
        if value is None or isinstance(value, bool):
            return value
        self.add(name, "wrong-type")
        return None

    def number(
        self, name: str, *, is_required: bool = False, greatest: int = GREATEST_NUMBER
    ) -> int | None:
        """The whole number of a field, from 0 to the greatest that makes sense.

        2.0 is one, since not every JSON parser tells it from 2.
        """
        value = self._value(name, is_required=is_required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.add(name, "wrong-type")
            return None
        if not 0 <= value <= greatest or value != int(value):
            self.add(name, "not-in-ocpp")
            return None
        return int(value)

    def list(self, name: str) -> Sequence[object]:
        """The items of a field that is required."""
        value = self._value(name, is_required=True)
        if isinstance(value, list):
            return value
        if value is not None:
            self.add(name, "wrong-type")
        return []

    def table(self, name: str, *, is_required: bool = False) -> Fields:
        """The fields of an object within; where it is none, nothing in it is missed."""
        value = self._value(name, is_required=is_required)
        if value is not None and not isinstance(value, dict):
            self.add(name, "wrong-type")
        return Fields(value, f"{self._path}{name}.", self.problems)

    def _value(self, name: str, *, is_required: bool) -> object:
        """The value of a field; null says as little as no field at all."""
        value = self._values.get(name)
        if value is None and is_required and self.is_object:
            self.add(name, "missing")
        return value
