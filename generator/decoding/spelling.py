"""Payloads whose names are spelt in another way than OCPP has it: `ErrorCode`, `error_code`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..runtime.ocpp import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator


class AnySpelling(Mapping[str, object]):
    """A JSON object whose members are found by their names in OCPP, however they are spelt.

    The name itself wins, unless its member is null. `spelt` collects the names that were found by
    another spelling, those of objects within it too, with the way to them. Objects in lists collect
    their own.
    """

    def __init__(
        self, value: dict[str, object], path: str = "", spelt: dict[str, None] | None = None
    ) -> None:
        self._value = value
        self._names = {fold_name(name): name for name in reversed(value) if value[name] is not None}
        self._path = path
        self._read: dict[str, object] = {}
        self.spelt: dict[str, None] = {} if spelt is None else spelt

    def __getitem__(self, name: str) -> object:
        """The member of a name; raises KeyError where there is none in any spelling."""
        if name not in self._read:
            self._read[name] = self._found(name)
        return self._read[name]

    def _found(self, name: str) -> object:
        found = self._value.get(name)
        if found is None:
            if fold_name(name) not in self._names:
                return self._value[name]
            found = self._value[self._names[fold_name(name)]]
            self.spelt[f"{self._path}{name}"] = None
        if isinstance(found, dict):
            return AnySpelling(found, f"{self._path}{name}.", self.spelt)
        if isinstance(found, list):
            return [AnySpelling(item) if isinstance(item, dict) else item for item in found]
        return found

    def __iter__(self) -> Iterator[str]:
        """The names as they were sent."""
        return iter(self._value)

    def __len__(self) -> int:
        """How many members there are."""
        return len(self._value)


def any_spelling(payload: object) -> AnySpelling | None:
    """The payload with its members found in any spelling, if it is an object with unusual names."""
    if not isinstance(payload, dict) or payload.keys() <= _USUAL:
        return None
    return AnySpelling(payload)


_USUAL = {
    *("connectorId", "errorCode", "status", "timestamp", "info", "vendorId", "vendorErrorCode"),
}
"""The fields of most messages: where there are no others, no other spelling need be looked for."""
