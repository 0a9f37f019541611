"""The expectations of tests/decoding, to hold any decoder against them."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from types import ModuleType
from typing import Any

from tests.decoding import (
    test_decoding,
    test_decoding_codes,
    test_decoding_events,
    test_decoding_lists,
    test_decoding_releases,
)
from tests.helpers.expected_answers import Decoder

Made = Mapping[str, Decoder]
"""A decoder for each of the folders of documents that the expectations are of."""

_FIXTURES: Mapping[ModuleType, Mapping[str, str]] = {
    test_decoding: {"decoder": "r4.4.3"},
    test_decoding_codes: {"decoder": "r4.4.3"},
    test_decoding_events: {"decoder": "r4.4.3"},
    test_decoding_lists: {"decoder": "lists"},
    test_decoding_releases: {
        "decoder": "series",
        "many_meanings": "many meanings",
        "separators": "separators",
    },
}
"""Of which documents the decoders are that a module's tests are given."""


def expectations() -> Iterator[Callable[[Made], object]]:
    """Each test of those modules that asks a decoder, with each set of its parameters."""
    for module, fixtures in _FIXTURES.items():
        tests = (value for name, value in vars(module).items() if name.startswith("test_"))
        for test in tests:
            for given in _sets_of_parameters(test):
                asked = inspect.signature(test).parameters.keys() - given
                if asked and asked <= fixtures.keys():
                    yield _expectation(test, given, {name: fixtures[name] for name in asked})


def _expectation(
    test: Callable[..., object], given: Mapping[str, object], asked: Mapping[str, str]
) -> Callable[[Made], object]:
    return lambda made: test(**given, **{name: made[spec] for name, spec in asked.items()})


def _sets_of_parameters(test: object) -> Iterator[dict[str, Any]]:
    marks = getattr(test, "pytestmark", ())
    tables = [_table(*mark.args) for mark in marks if mark.name == "parametrize"]
    for chosen in product(*tables):
        yield {name: value for one in chosen for name, value in one.items()}


def _table(names: str | tuple[str, ...], sets: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    if isinstance(names, str):
        return [{names: value} for value in sets]
    # What pytest.param makes has the values within.
    return [dict(zip(names, getattr(one, "values", one), strict=True)) for one in sets]


def is_met(expectation: Callable[[Made], object], made: Made) -> bool:
    try:
        expectation(made)
    except Exception:  # noqa: BLE001 (a decoder that raises has failed)
        return False
    return True
