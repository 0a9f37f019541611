"""What is known of the vendor's codes from elsewhere: apart from the catalogue, with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Document


class CodeList(NamedTuple):
    """A list of codes that somebody else publishes.

    `vendor_id` is what chargers send with them as `vendorId`, `also_sent_as` what else means this
    list; `codes` are their names by code.
    """

    title: str
    source: str
    vendor_id: str
    also_sent_as: tuple[str, ...]
    codes: Mapping[str, str]


class MappedCode(NamedTuple):
    """One of the vendor's codes, and the code of another list that goes with it.

    `confidence` is one of `shapes.CONFIDENCES`, `basis` one of `shapes.BASES`.
    """

    code: str
    to: str
    confidence: str
    basis: str
    source: str


class CodeMapping(NamedTuple):
    """The vendor's codes in terms of another list; a code without a row has no counterpart."""

    id: str
    code_list: CodeList
    rows: tuple[MappedCode, ...]


class Observation(NamedTuple):
    """The value of a field of StatusNotification as it was seen; `note` says what that proves."""

    field: str
    value: str
    confidence: str
    source: str
    note: str


class Annotations(NamedTuple):
    """All that is known from elsewhere, and the file that says it, None where there is none."""

    mappings: tuple[CodeMapping, ...] = ()
    observations: tuple[Observation, ...] = ()
    file: Document | None = None
