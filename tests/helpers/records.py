"""Whether records of a Python package, and their data, are of the right types all the way down."""

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def not_of_their_types(record: object) -> Iterator[str]:
    """What in a record, and in those that it holds, is of another type than is declared."""
    hints = get_type_hints(type(record))
    for field in fields(record):  # type: ignore[arg-type]  # a record is a dataclass
        value = getattr(record, field.name)
        if not _is_of(value, hints[field.name]):
            yield f"{type(record).__name__}.{field.name}: {value!r} is no {field.type}"
        for one in value if isinstance(value, tuple) else (value,):
            if is_dataclass(one):
                yield from not_of_their_types(one)


def not_plain(data: object) -> Iterator[object]:
    """What in the data of a record is not of a type that a JSON parser gives."""
    if type(data) is dict:
        yield from not_plain([*data, *data.values()])
    elif type(data) is list:
        for one in data:
            yield from not_plain(one)
    elif type(data) not in (str, int, float, bool, types.NoneType):
        yield data


def _is_of(value: object, declared: Any) -> bool:  # noqa: ANN401
    origin, arguments = get_origin(declared), get_args(declared)
    if origin is Literal:
        return value in arguments and isinstance(value, str)
    if origin in (Union, types.UnionType):
        return any(_is_of(value, one) for one in arguments)
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        items = arguments[:1] * len(value) if arguments[-1] is ... else arguments
        return len(value) == len(items) and all(map(_is_of, value, items))
    # Of its class itself, so that True is no number.
    return declared is object or type(value) is (declared or types.NoneType)
