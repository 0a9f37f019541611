"""What a template may write as it stands: what has one text, the same in every language.

All else has Python's own text at best, which no artefact may have: `True`, a list in brackets, the
address of a function. Jinja makes texts of values in many places; each of them asks `text_of`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from jinja2 import (
    TemplateAssertionError,
    TemplateRuntimeError,
    Undefined,
    nodes,
    pass_environment,
)
from jinja2.filters import FILTERS as JINJAS_FILTERS
from jinja2.filters import make_attrgetter

from ..releases import Build
from .shown import name_of_function, parts, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Environment

F = TypeVar("F", bound="Callable[..., object]")


def text_of(value: object) -> str:
    """The text of a string, a whole number, a date or a build; "" of an `if` without its `else`.

    Raises TemplateRuntimeError for any other value, with what to write instead.
    """
    if isinstance(value, str):
        return value
    if type(value) is int or isinstance(value, _WITH_TEXT):
        return str(value)  # a name that there is not raises here
    raise TemplateRuntimeError(f"{subject(value)} no text of its own; {_way_on(value)}")


_WITH_TEXT = (Build, date, Undefined)


def _way_on(value: object) -> str:
    """What to write in place of a value that has no text."""
    if value is None or isinstance(value, bool):
        return "put `| literal` behind it, or ask for it with `if`"
    if isinstance(value, float):
        return "make it a whole number: `| int`"
    if isinstance(value, Mapping) or hasattr(value, "_fields"):
        return f"name the part that is meant: {', '.join(parts(value))}"
    if name := name_of_function(value):
        return f"call it: {name}()"
    if hasattr(value, "__iter__"):
        return 'loop over it, or put `| join(", ")` or `| literal` behind it'
    return "name what of it is meant"


def with_texts(template: nodes.Template, name: str | None, file: str | None) -> nodes.Template:
    """A template in which what `~` joins goes through the filter `string`, which asks `text_of`.

    Raises TemplateAssertionError for one that has HTML's texts, which make texts of all else.
    """
    for escaped in template.find_all(nodes.ScopedEvalContextModifier):
        raise TemplateAssertionError("there is no `autoescape` here", escaped.lineno, name, file)
    for joined in template.find_all(nodes.Concat):
        joined.nodes = [
            nodes.Filter(one, "string", [], [], None, None, lineno=one.lineno)
            for one in joined.nodes
        ]
    return template


def percent(form: str, values: Any) -> str:  # noqa: ANN401 (whatever a template has)
    """What `%` makes of a form and one value, several, or some by their names."""
    if _PYTHONS.search(form.replace("%%", "")):
        raise TemplateRuntimeError("`%r` and `%a` write Python; put `| literal` before, and `%s`")
    if isinstance(values, Mapping):
        used = {name: one for name, one in values.items() if f"%({name})" in form}
        return form % {name: _number_or_text(one) for name, one in used.items()}
    if type(values) is tuple:
        return form % tuple(map(_number_or_text, values))
    return form % (_number_or_text(values),)


_PYTHONS = re.compile(r"%(\([^)]*\))?[-#0 +*.\dhlL]*[ra]")


def _number_or_text(value: object) -> int | str:
    return value if type(value) is int else text_of(value)


def no_format(*_: object, **__: object) -> str:
    """Stands in place of a text's methods `format` and `format_map`, which reach into values."""
    raise TemplateRuntimeError("a text has no `format` here; join texts with `~`, or use `%`")


def _format(form: object, *values: object, **named: object) -> str:
    return percent(text_of(form), named or values)


def _replace(value: object, old: object, new: object, count: int = -1) -> str:
    return text_of(value).replace(text_of(old), text_of(new), count)


@pass_environment
def _join(
    environment: Environment,
    values: Iterable[object],
    between: object = "",
    attribute: str | int | None = None,
) -> str:
    """The texts of values, or of an attribute of each."""
    of = make_attrgetter(environment, attribute) if attribute is not None else lambda one: one
    return text_of(between).join(text_of(of(one)) for one in values)


def of_text(filter_: F) -> F:
    """A filter that makes a text of what it is given, for what has one."""
    place = int(hasattr(filter_, "jinja_pass_arg"))

    @wraps(filter_)
    def checked(*arguments: object, **named: object) -> object:
        given = [*arguments]
        given[place] = text_of(given[place])
        return filter_(*given, **named)

    return cast("F", checked)


TEXT_FILTERS: Mapping[str, Callable[..., object]] = {
    "string": text_of,
    "format": _format,
    "replace": _replace,
    "join": _join,
    **{
        name: of_text(JINJAS_FILTERS[name])
        for name in (
            "capitalize", "center", "indent", "lower", "title", "trim", "truncate", "upper",
            "urlencode", "wordcount", "wordwrap",
        )
    },
}  # fmt: skip
"""Jinja's filters that make texts of values, for those that have one."""
NO_FILTERS = (
    "e", "escape", "forceescape", "safe", "striptags", "tojson", "urlize",
    "xmlattr",  # of HTML
    "pprint",  # of Python
)  # fmt: skip
"""Jinja's filters that are of another language than any that is generated."""
