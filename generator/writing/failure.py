"""What went wrong in a template: the line of it, and the values that it was at."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateNotFound, Undefined

from ..diagnostics import Diagnostic, Location
from ..nearest import and_nearest
from .missing import MissingError, describe_missing, describe_unknown
from .sandbox import FILTERS
from .shown import shown

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from types import FrameType

    from .sandbox import Sandbox

_MOST_VALUES = 4


def template_failed(
    file: Path, error: Exception, sandbox: Sandbox, given: Mapping[str, object]
) -> Diagnostic:
    """Diagnostic for a template that failed.

    `file` is the template of the artefact, `given` its variables; what failed may be another
    template that it uses.
    """
    places = [
        (frame, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if "__jinja_exception__" in frame.f_globals  # how Jinja marks the frames of templates
    ]
    location, values = Location(str(file)), []
    variables = {*given}
    if places:
        frame, line = places[-1]
        location = _location(Path(frame.f_code.co_filename), line)
        frames = [frame for frame, _ in reversed(places)]
        variables |= frame.f_locals.keys() - sandbox.globals.keys()
        known = {*given, *sandbox.globals} - {"release"}  # which says which file it is
        values = _values(frames, location.excerpt or "", known, sandbox)
    advice = "Correct the template"
    if isinstance(error, TemplateNotFound):
        advice = "Put the template there, or correct its name where it is called"
    return Diagnostic(
        "template-failed",
        location,
        "this template cannot be rendered",
        help=f"{advice}; docs/targets.md says what it is given.",
        expected="a template that renders for every code of the catalogue",
        found="\n".join([_reason(error, variables, sandbox), *values]),
    )


def _reason(error: Exception, variables: Iterable[str], sandbox: Sandbox) -> str:
    if type(error) is TemplateNotFound:
        known = sandbox.list_templates()
        return f"no template {error.name}{and_nearest(str(error.name), known)}"
    if isinstance(error, MissingError):
        return describe_missing(error, variables)
    if type(error) is LookupError:  # of the shapes
        return str(error)
    if isinstance(error, TemplateError):
        return describe_unknown(str(error), sandbox, FILTERS)
    return f"{type(error).__name__}: {error}"


def _location(file: Path, line: int) -> Location:
    """The whole of a template's line. The template was loaded, so its file may be read."""
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    excerpt = lines[line - 1] if line <= len(lines) else ""
    column = len(excerpt) - len(excerpt.lstrip()) + 1
    return Location(str(file), line, column, len(excerpt.strip()) or 1, excerpt)


def _values(
    frames: Sequence[FrameType], line: str, given: Container[str], sandbox: Sandbox
) -> list[str]:
    """What the names on the line stood for, then the templates' own variables, innermost first.

    Those are the variables of loops and macros, so they say for which code or release it failed.
    """
    found: dict[str, object] = {}
    for path in _PATH.findall(_TEXT.sub("''", line)):
        found |= _followed(path.split("."), frames[0].f_locals, sandbox)
    for frame in frames:
        own = ((name, value) for name, value in frame.f_locals.items() if name not in given)
        for name, value in reversed([*own]):
            found.setdefault(name, value)
    values = [f"where {name} = {shown(value)}" for name, value in found.items() if _is_data(value)]
    return values[:_MOST_VALUES]


_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
_PATH = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


def _followed(
    path: Sequence[str], variables: Mapping[str, Any], sandbox: Sandbox
) -> dict[str, object]:
    """What a name like `code.meanings` leads to, as far as it leads."""
    steps = [*_steps(path, variables, sandbox)]
    return dict(steps[-1:])


def _steps(
    path: Sequence[str], variables: Mapping[str, Any], sandbox: Sandbox
) -> Iterator[tuple[str, object]]:
    value: object = variables.get(path[0], sandbox.undefined(name=path[0]))
    for number, following in enumerate([*path[1:], ""], start=1):
        if not _is_data(value):
            return
        yield ".".join(path[:number]), value
        value = sandbox.getattr(value, following)


def _is_data(value: object) -> bool:
    """Whether a person can be shown it: no macro, no method, no loop, no missing name."""
    return isinstance(value, _DATA) and not isinstance(value, Undefined)


_DATA = (str, int, float, list, tuple, dict, type(None))
