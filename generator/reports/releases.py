"""A release as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..contract import release_data
from ..record import to_json

if TYPE_CHECKING:
    from ..model import Release


def format_release(release: Release) -> str:
    """The release in the form of generated/json/releases/."""
    return to_json(release_data(release))
