"""What a template asks for that there is not, in the words of those who write templates."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.utils import missing

from ..nearest import and_nearest
from .given import VARIABLES
from .shown import parts, subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from jinja2 import Environment


class MissingError(UndefinedError):
    """A template used a name, or a part of a value, that there is not."""

    def __init__(self, owner: object, name: object, message: str | None = None) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class Missing(StrictUndefined):
    """Such a name or part. It remembers what it was looked for in, and raises once it is used."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,  # noqa: ANN401
        name: str | None = None,
        exc: Any = UndefinedError,  # noqa: ANN401
    ) -> None:
        if exc is UndefinedError and hint is None:
            exc = partial(MissingError, obj, name)
        super().__init__(hint, obj, name, exc)


def describe_missing(error: MissingError, variables: Iterable[str]) -> str:
    """What there is not, what there is, and what of it is most like the name that was written."""
    if error.owner is missing and error.name in VARIABLES:
        return f"'{error.name}' is not given here. It is: {VARIABLES[str(error.name)].says}"
    if error.owner is missing:
        return _no_such("there is no variable", str(error.name), sorted(variables))
    has = subject(error.owner)
    if not isinstance(error.name, str):
        return f"{has} no item {error.name}"
    known = parts(error.owner)
    if type(error.owner).__module__ in _PYTHONS_OWN:
        return f"{has} no '{error.name}'{and_nearest(error.name, known)}"
    return _no_such(f"{has} no", error.name, known)


_PYTHONS_OWN = ("builtins", "datetime")


def describe_unknown(message: str, environment: Environment, own: Collection[str]) -> str:
    """Jinja's message, and what filters or tests there are; `own` are the project's filters."""
    match = _UNKNOWN.match(message)
    if match is None:
        return message
    kind, name = match["kind"], match["name"]
    if kind == "test":
        return _no_such(
            "there is no test", name, sorted(filter(str.isidentifier, environment.tests))
        )
    there_are = f"there are {', '.join(sorted(own))} and those of Jinja"
    return f"there is no filter '{name}'; {there_are}{and_nearest(name, environment.filters)}"


_UNKNOWN = re.compile(r"No (?P<kind>filter|test) named '(?P<name>[^']*)'")


def _no_such(beginning: str, name: str, known: Collection[str]) -> str:
    there_are = f"; there are {', '.join(known)}" if known else ""
    return f"{beginning} '{name}'{there_are}{and_nearest(name, known)}"
