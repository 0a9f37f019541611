"""What error codes look like, in any vendor's document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..runtime.ocpp import ERROR_CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*")
_TELLING = re.compile(r"[0-9_]|[a-z][A-Z]|^[A-Z]{3,}$")


def looks_like_code(text: str) -> bool:
    """Whether a text may be a code: one word with a digit, an underscore, or an inner capital."""
    is_code = _WORD.fullmatch(text) and (_TELLING.search(text) or text in ERROR_CODES)
    return bool(is_code)


def pattern_of(codes: Iterable[str]) -> str:
    """A regular expression of what codes look like: those given, and others of their kinds."""
    kinds: dict[str, list[list[str]]] = {}
    for code in codes:
        runs = _RUNS.findall(code)
        kind = "word" if _NAME.fullmatch(code) else "".join(map(_kind, runs))
        kinds.setdefault(kind, []).append(runs)
    return "|".join(
        _names(many)
        if kind == "word"
        else "".join(_run(list(run)) for run in zip(*many, strict=True))
        for kind, many in sorted(kinds.items())
    )


_NAME = re.compile(r"[A-Za-z]+[a-z][A-Za-z]*")
_RUNS = re.compile(r"[0-9]+|[A-Za-z]+|[^0-9A-Za-z]+")


def _names(names: list[list[str]]) -> str:
    """What names look like that are words written together."""
    is_upper = all(name[0][0].isupper() for name in names)
    return f"[{'A-Z' if is_upper else 'A-Za-z'}][A-Za-z]+"


def _kind(run: str) -> str:
    if run[0].isdigit():
        return "0"
    return "A" if run[0].isalpha() else run


def _run(runs: list[str]) -> str:
    """What takes one stretch of codes of a kind: the same letters, or as many as there are."""
    lengths = sorted(map(len, runs))
    bounds = f"{lengths[0]},{lengths[-1]}" if lengths[0] < lengths[-1] else str(lengths[0])
    count = f"{{{bounds}}}" if bounds != "1" else ""
    if runs[0][0].isdigit():
        return f"[0-9]{count}"
    if len(set(runs)) == 1:
        return re.escape(runs[0]).replace(r"\-", "-")
    if not runs[0][0].isalpha():
        return re.escape(runs[0])
    letters = ("A-Z" if "".join(runs).isupper() else "") or "A-Za-z"
    return f"[{letters}]{count}"
