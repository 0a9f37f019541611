"""Changes of a class that is refused, and the lines by which a person accepts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..changes import ACCEPTED
from ..fields import Impact
from ..settings import toml_table
from .terminal import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..changes import Change


def format_refusal(refused: Sequence[tuple[Change, str | None]], spec: Path) -> str:
    """How many changes of which class are refused, and the tables that accept them.

    Each comes with the release that brings it, None where none does alone; `spec` is the folder of
    documents.
    """
    counts = [(sum(one.impact is impact for one, _ in refused), impact) for impact in Impact]
    classes = ", ".join(f"{count} {impact}" for count, impact in counts if count)
    file = spec / ACCEPTED
    head = f"refused: {classes}, which nobody has accepted. Put what is wanted into {file}, "
    tables = [_table(change, release) for change, release in refused]
    return "\n\n".join([f"{head}with the reason:", *tables])


def _table(change: Change, release: str | None) -> str:
    """The table that accepts a change; a comment where no table can."""
    name = visible(f"{change.code}, {change.field}")
    if release is None:
        return f"# {name}: no release brings this alone; compare each with the one before it"
    values = {
        "release": release,
        "code": change.code,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "reason": "",
    }
    stated = {key: value for key, value in values.items() if value is not None}
    try:
        return "\n".join(toml_table("[[accepted]]", stated))
    except ValueError:
        return f"# {name}: it has a value that is not known, which TOML has no word for"
