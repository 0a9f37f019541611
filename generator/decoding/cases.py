"""What vectors are made of: cases, each a message that a decoder has to answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..fields import connectors_in, says

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model import Catalogue, ErrorCode

Message = dict[str, Any]


class Case(NamedTuple):
    """What a vector is about, its message, and the firmware if it is known."""

    name: str
    message: object
    firmware: str | None = None


UNKNOWN = "NoDocumentHasThisCode"
"""A code that no document has."""
NO_OBJECTS: tuple[object, ...] = (
    *(None, True, 0, "", "Faulted", '{"status": "Faulted"}', [], [{"status": "Faulted"}]),
    *([2, "1", "StatusNotification", {}], [2.0, "1", "Heartbeat"], [2, "1"], [2, "1", 2, {}]),
    *(["2", "1", "StatusNotification", {}], [3, "1", "StatusNotification"], [True, "1", "Reset"]),
)
"""Values that are no payload, some of them because it is within."""


def sample_codes(catalogue: Catalogue) -> list[ErrorCode]:
    """The first code that looks like a list, if there is one, and the first of each field."""
    like_lists = [code for code in catalogue.codes if "," in code.code or ";" in code.code]
    by_field = {code.sent_in: code for code in reversed(catalogue.codes)}
    samples = [*like_lists[:1], *(by_field[field] for field in sorted(by_field))]
    return list({(code.code, code.sent_in): code for code in samples}.values())


def connectors_of(catalogue: Catalogue, code: ErrorCode) -> list[int]:
    """The connectors that some meaning of a code names."""
    fields = catalogue.vendor.fields
    return [one for meaning in code.meanings for one in connectors_in(fields, meaning.fields)]


def may_go_on(catalogue: Catalogue, code: ErrorCode) -> bool | None:
    """Whether some meaning of a code lets it come with a non-error status; None if not known."""
    field = catalogue.vendor.fields.of_role("non_error_status")
    said = [says(field, meaning.fields) for meaning in code.meanings]
    return True if True in said else None if None in said else False


def all_wrong(right: Message) -> Iterator[tuple[str, Message]]:
    """Every field odd at once, so that the order of the problems is held."""
    names = list(right)
    yield "of the wrong type", {name: [] for name in reversed(names)}
    kinds: tuple[object, ...] = (-1, None, [])
    for start in range(len(kinds)):
        odd = {name: kinds[(start + place) % len(kinds)] for place, name in enumerate(names)}
        yield f"odd in its own way, {start + 1}", odd


def spelt_otherwise(message: Message) -> Iterator[tuple[str, Message]]:
    """A message with every name in it in another spelling, as far as it has another."""
    yield "in snake_case", _renamed(message, lambda name: _JOINT.sub("_", name).lower())
    yield "in kebab-case", _renamed(message, lambda name: _JOINT.sub("-", name).lower())
    yield "in capitals", _renamed(message, str.upper)


_JOINT = re.compile("(?=[A-Z])")


def _renamed(value: Any, rename: Callable[[str], str]) -> Any:  # noqa: ANN401 (any JSON)
    if not isinstance(value, dict):
        return value
    return {rename(name): _renamed(item, rename) for name, item in value.items()}
