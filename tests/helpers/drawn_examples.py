"""How examples are drawn, and documents that were drawn in a folder."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.helpers.document_strategies import Made, vendor_of, write
from tests.helpers.project import record_digests

T = TypeVar("T")

TIMES = int(os.environ.get("PROPERTY_TIMES", "1"))


def drawn_by(examples: int) -> settings:
    """How examples are drawn: the same ones on each run, unless more are asked for.

    Only then is one that fails made smaller, which takes minutes; its diagnostic has a place.
    """
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        phases=[Phase.generate] if TIMES == 1 else [Phase.generate, Phase.shrink],
        deadline=None,
        database=None,
        print_blob=True,
    )


def spec_of(some: Sequence[Made], folder: Path) -> Path:
    """A folder of documents that `generate` takes."""
    spec = folder / "spec"
    spec.mkdir(parents=True)
    (spec / "vendor.toml").write_text(vendor_of(some), encoding="utf-8")
    for made in some:
        (spec / f"{made.name}.md").write_bytes(write(made))
    record_digests(spec)
    return spec


def drawn(strategy: st.SearchStrategy[T], number: int) -> list[T]:
    """So many examples at once, for what takes long to start and little for each."""
    found: list[T] = []

    @drawn_by(number)
    @given(strategy)
    def keep(one: T) -> None:
        found.append(one)

    keep()
    return found
