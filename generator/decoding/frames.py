"""OCPP-J frames: lists of a kind, an id and what follows; whole, and cut off in a text."""

from __future__ import annotations

import re
from typing import Literal, get_args

from ..runtime.ocpp import REQUEST, fold_name

Action = Literal["StatusNotification", "NotifyEvent"]

_FRAMES = range(REQUEST, 7)
"""What the first item of an OCPP-J frame is: request, answer, error, and those of OCPP 2.1."""
ACTIONS: tuple[Action, ...] = get_args(Action)
"""Those that say something of errors."""
_FOLDED = {fold_name(action): action for action in ACTIONS}


def action_named(name: str) -> Action | None:
    """The one of ACTIONS that has a name, in any spelling, or as the type of its request."""
    return _FOLDED.get(fold_name(name).removesuffix("request").removesuffix(".req"))


def is_frame(value: list[object]) -> bool:
    """Whether it is an OCPP-J frame.

    An id may be a number, since some programs count their messages; that of an answer anything.
    """
    if len(value) < 2 or value[0] not in _FRAMES:  # noqa: PLR2004
        return False
    if value[0] != REQUEST:
        return True
    return isinstance(value[1], str) or (len(value) > 2 and isinstance(value[2], str))  # noqa: PLR2004


def after_bracket(text: str, place: int) -> int:
    """Where to go on behind a bracket at which no value begins.

    What is in a frame of another kind that is cut off is no message: the next frame is looked for.
    """
    head = FRAME_HEAD.match(text, place)
    if head is None or is_of_known_action(head):
        return place + 1
    following = FRAME_HEAD.search(text, place + 1)
    return following.start() if following else len(text)


def without_read(text: str, spans: list[tuple[int, int]]) -> str:
    """What may still be a message of a text of which spans were read as values.

    Without frames of other kinds that are cut off, and without the heads of those whose payload was
    read.
    """
    kept, place = [], 0
    for start, end in sorted(spans):
        kept.append(text[place:start])
        place = max(place, end)
    rest = _READ.join([*kept, text[place:]])
    return (_without_heads(rest) if "[" in rest else rest).replace(_READ, " ")


def _without_heads(text: str) -> str:
    kept, place = [], 0
    heads = [*FRAME_HEAD.finditer(text)]
    for number, head in enumerate(heads):
        kept.append(text[place : head.start()])
        if not is_of_known_action(head):
            place = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        else:
            place = head.end() if _WAS_READ.match(text, head.end()) else head.start()
    return "".join([*kept, text[place:]])


_READ = "\N{OBJECT REPLACEMENT CHARACTER}"
_WAS_READ = re.compile(rf"\s*{_READ}")
_TEXT = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_ANY_ID = rf"""(?:{_TEXT}|"[^{{}}\[\]]{{0,80}}"|-?[0-9][0-9.eE+-]*|null|None|[A-Z]\w*\([^()]*\))"""
FRAME_HEAD = re.compile(
    rf"\[\s*(?:2\s*,\s*(?:{_TEXT}|[0-9]+|null|None)\s*,\s*(?P<action>{_TEXT})"
    rf"|[3-6]\s*,\s*{_ANY_ID})\s*(?:,|$)"
)
"""How a frame begins, as JSON or as Python prints it."""


def is_of_known_action(head: re.Match[str]) -> bool:
    """Whether the frame that begins so is a request of one of ACTIONS."""
    return bool(head["action"]) and action_named(head["action"][1:-1]) is not None
