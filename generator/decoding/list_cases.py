"""Cases of StatusNotification that name another list of codes by their vendorId."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..runtime import ocpp
from .cases import UNKNOWN, Case, Message, sample_codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..annotations import Annotations, CodeList, CodeMapping
    from ..model import Catalogue


def messages_of_lists(catalogue: Catalogue, annotations: Annotations) -> Iterator[Case]:
    """Cases of each list that is known from elsewhere; none where none is."""
    for mapping in annotations.mappings:
        yield from _each_code(mapping)
        yield from _spelt(mapping.code_list)
        yield from _beside(catalogue, mapping.code_list)
        yield from _of_none(catalogue, mapping.code_list)


def _message(of: CodeList, code: str | None, **fields: object) -> Message:
    """A message as a station sends it for a code of another list."""
    return {
        "connectorId": 1,
        "errorCode": ocpp.OTHER_ERROR,
        "status": ocpp.FAULTED,
        "timestamp": "2026-09-06T14:32:10Z",
        "vendorId": of.vendor_id,
        **({} if code is None else {"vendorErrorCode": code}),
        **fields,
    }


def _each_code(mapping: CodeMapping) -> Iterator[Case]:
    """Every code of a list, and every code that it has in common with the catalogue."""
    of = mapping.code_list
    for code in of.codes:
        yield Case(f"{mapping.id}: {code}", _message(of, code))
    for code in dict.fromkeys(row.code for row in mapping.rows):
        yield Case(f"{mapping.id}: the catalogue's {code}", _message(of, code, status="Charging"))


def _spelt(of: CodeList) -> Iterator[Case]:
    """The list's vendorIds and codes as they may be spelt, and what only looks like them."""
    code = next(iter(of.codes), UNKNOWN)
    for vendor_id in (of.vendor_id, *of.also_sent_as):
        for what, text in {
            "in upper case": vendor_id.upper(),
            "with blanks around it": f" {vendor_id}  ",
            "with a tab behind it": f"{vendor_id}\t",
            "with a no-break space behind it": f"{vendor_id}\u00a0",
            "with more behind it": f"{vendor_id}.x",
            "twice": f"{vendor_id} {vendor_id}",
            "without its last character": vendor_id[:-1],
            "with a long s": vendor_id.replace("s", "\u017f"),
        }.items():
            yield Case(f"vendorId {vendor_id} {what}", _message(of, code, vendorId=text))
    for value in (None, 7, [of.vendor_id]):
        yield Case(f"vendorId {value} for {of.vendor_id}", _message(of, code, vendorId=value))
    for text in (code.lower(), code.upper(), f" {code} ", f"{code}\u017f", UNKNOWN):
        yield Case(f"{of.vendor_id}: {text!a} for {code}", _message(of, text))


def _beside(catalogue: Catalogue, of: CodeList) -> Iterator[Case]:
    """What stands beside a code of the list: a release, other codes, a standard errorCode."""
    codes = [*of.codes, UNKNOWN]
    every = ",".join(codes[:20])
    yield Case(f"{of.vendor_id}: several codes", _message(of, f"{every};{ocpp.NO_ERROR}"))
    yield Case(f"{of.vendor_id}: no vendorErrorCode", _message(of, None))
    yield Case(f"{of.vendor_id}: OtherError twice", _message(of, ocpp.OTHER_ERROR))
    for text in ("0", f"0x0;{codes[0]}"):
        message = _message(of, text, errorCode=ocpp.NO_ERROR, status="Available")
        yield Case(f"{of.vendor_id}: {text} beside NoError", message)
    words = [*(one.code for one in sample_codes(catalogue)), *ocpp.ERROR_CODES[:4], "Error"]
    for word in dict.fromkeys(words):
        message = _message(of, codes[0], errorCode=word)
        yield Case(f"{of.vendor_id}: {codes[0]} beside {word}", message)
    release = catalogue.releases[0].name
    yield Case(f"{of.vendor_id}: {codes[0]} in {release}", _message(of, codes[0]), release)
    for connector in (None, 0, -1):
        message = _message(of, codes[0], connectorId=connector)
        yield Case(f"{of.vendor_id}: {codes[0]} on connector {connector}", message)


def _of_none(catalogue: Catalogue, of: CodeList) -> Iterator[Case]:
    """Codes of the list without its vendorId, and codes of the catalogue with it."""
    for code in list(of.codes)[:2]:
        message = _message(of, code, vendorId="com.example")
        yield Case(f"{code} of {of.title}, and another vendorId", message)
        del message["vendorId"]
        yield Case(f"{code} of {of.title}, and no vendorId", message)
    for one in sample_codes(catalogue):
        message = _message(of, None, **{one.sent_in: one.code})
        yield Case(f"{of.vendor_id}: {one.code} of the catalogue", message)
