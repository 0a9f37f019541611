"""The names of the table: what each stands for, and which ones a vendor's file cannot use."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from .table import ENUMS, FORMS, RECORDS

if TYPE_CHECKING:
    from .kinds import Kind

SENT_IN, CONFIDENCES, BASES = (
    next(tuple(enum.values) for enum in ENUMS if enum.name == name)
    for name in ("SentIn", "Confidence", "Basis")
)
"""The fields of StatusNotification for codes, how sure a thing is, and how it is known."""

BASIC: tuple[Kind, ...] = ("text", "integer", "number", "flag", "any")
PLAIN = {"text": "nonempty", "integer": "count", "flag": "flag"}
"""What a plain value of a field is in the table."""
KINDS: dict[str, Kind] = {
    **dict(zip(BASIC, BASIC, strict=True)),
    **{form.name: form.kind for form in FORMS},
    **dict.fromkeys((enum.name for enum in ENUMS), "enum"),
    **dict.fromkeys(("StatedName", "ChangedField"), "enum"),
    **dict.fromkeys((name for name, _, _ in RECORDS), "record"),
    "Fact": "record",
    "FieldValue": "any",
}


def _members_of(*records: str) -> frozenset[str]:
    """The names of what the records of these names have in the table."""
    members = chain.from_iterable(members for name, _, members in RECORDS if name in records)
    return frozenset(member[0] for member in members if isinstance(member, tuple))


RECORD_NAMES = frozenset(name for name, _, _ in RECORDS)
"""The records of the table."""
NAMES_BESIDE_FIELDS = _members_of("Meaning", "Entry", "Side", "Fact", "CodeRow", "DecodedCode")
"""The names that fields cannot have, since other parts of the same records have them."""

NAMES_BESIDE_ANSWER = _members_of(
    "DecodedStatusNotification", "DecodedNotifyEvent", "DecodedEvent", "DecodedRow"
)
"""Those that the field which an answer repeats cannot have either."""

TAKEN_NAMES = frozenset(KINDS).union(
    (f"{enum.name}_{value}" for enum in ENUMS for value in enum.values),
    # of the packages
    ("CodeCatalogue", "CodeFilter", "Json"),
    ("AnyErrorCode", "Code", "Codes", "ErrorCode", "KnownCode", "LatestRelease", "Lookup"),
    ("LookupAsOf", "FindRelease", "Releases", "Vendor", "Version", "DecodeNotifyEvent"),
    ("DecodeStatusNotification", "Describe", "Filter", "FindCodes", "ParseErrorCode"),
    # of what they are made of
    ("Any", "Array", "Date", "Enum", "Literal", "Map", "Mapping", "Object", "Readonly", "Record"),
    ("False", "None", "True"),
)
"""The names that types of the vendor's fields cannot have, nor constants of theirs."""
