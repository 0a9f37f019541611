"""What OCPP messages say of error codes: each decoded against the catalogue.

The reference: the vectors that the generated packages are held against are made with it. The rules
are in docs/decoding.md, each once, for those who write a decoder of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from generator import ocpp
from generator.contract import Record, meaning_data
from generator.decoding.payload import Fields
from generator.firmware import find, read_firmware

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Catalogue, ErrorCode, SentIn

Condition = Literal["fault", "warning", "none", "unknown"]
"""OCPP 1.6, section 4.9: a fault keeps from charging, with a warning charging is still possible."""

Field = Literal["errorCode", "vendorErrorCode", "techCode"]
"""Where a code was sent."""

Match = Literal["exact", "nearest_earlier", "oldest", "newest"]
"""How the release that answers stands to the firmware: its own document, the nearest one before it,
the oldest there is where the firmware is older still, the newest where no firmware is known."""

_STANDARD_CODES = {code.lower(): code for code in ocpp.ERROR_CODES}
_STATUSES = {status.lower() for status in ocpp.STATUSES}
_AVAILABILITY_STATES = {status.lower() for status in ocpp.AVAILABILITY_STATES}
_NO_ERROR = ocpp.NO_ERROR.lower()
_OTHER_ERROR = ocpp.OTHER_ERROR.lower()
_FAULTED = ocpp.FAULTED.lower()
_AVAILABILITY_STATE = ocpp.AVAILABILITY_STATE.lower()

_SEPARATOR = re.compile("[,;]")

LONGEST_LIST = 1000
"""Characters; a longer text is no list of codes, and is taken as it stands."""


class Decoder:
    """Decodes messages against one catalogue. Takes any data, and raises nothing because of it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._releases = catalogue.releases
        self._places = {one.name: place for place, one in enumerate(catalogue.releases)}
        self._newest = Answering(catalogue.latest.name, len(self._places) - 1, "newest")
        self._codes = {code.code.lower(): _known(code, self._places) for code in catalogue.codes}

    def status_notification(self, payload: object, firmware: str | None = None) -> Record:
        """Decodes the payload of a StatusNotification of OCPP 1.6, as a JSON parser gives it.

        The answer is a DecodedStatusNotification of templates/json/decoded.schema.json.j2.
        """
        asked = self.answering(firmware)
        fields = Fields(payload)
        connector = fields.number("connectorId", is_required=True)
        error_code = fields.text("errorCode", is_required=True)
        status = _status(fields.text("status", is_required=True))
        timestamp, info, vendor_id = map(fields.text, ("timestamp", "info", "vendorId"))
        vendor_code = fields.text("vendorErrorCode")
        sent = self._sent(error_code, "errorCode") + self._sent(vendor_code, "vendorErrorCode")
        if fields.is_object:
            _find_problems(fields, error_code, status, sent)
        goes_on = status.is_known and not status.is_faulted
        codes = [self._code(one, asked, connector, goes_on=goes_on) for one in _codes(sent)]
        return Record(
            "DecodedStatusNotification",
            condition=_condition(status, sent),
            connector_id=connector,
            status=status.text,
            error_code=error_code,
            vendor_error_code=vendor_code,
            vendor_id=vendor_id,
            info=info,
            timestamp=timestamp,
            release=asked.name,
            release_match=asked.match,
            codes=codes,
            goes_beyond_document=any(code["beyond_document"] for code in codes),
            problems=fields.problems,
        )

    def notify_event(self, payload: object, firmware: str | None = None) -> Record:
        """Decodes the payload of a NotifyEvent of OCPP 2.0.1 or 2.1, as a JSON parser gives it.

        The answer is a DecodedNotifyEvent of templates/json/decoded.schema.json.j2.
        """
        asked = self.answering(firmware)
        fields = Fields(payload)
        events = fields.list("eventData")
        return Record(
            "DecodedNotifyEvent",
            release=asked.name,
            release_match=asked.match,
            events=[self._event(event, asked) for event in events],
            problems=fields.problems,
        )

    def _event(self, event: object, asked: Answering) -> Record:
        fields = Fields(event)
        event_id = fields.number("eventId", is_required=True)
        timestamp = fields.text("timestamp", is_required=True)
        actual_value = fields.text("actualValue", is_required=True)
        component = fields.table("component", is_required=True)
        name = component.text("name", is_required=True)
        evse = component.table("evse")
        evse_id = evse.number("id", is_required=True)
        connector_id = evse.number("connectorId")
        variable = fields.table("variable", is_required=True).text("name", is_required=True)
        tech_code, tech_info = fields.text("techCode"), fields.text("techInfo")
        cleared = fields.truth("cleared")
        severity = fields.number("severity", greatest=ocpp.LEAST_SEVERE)
        sent = self._sent(tech_code, "techCode")
        told = _told_by_event(sent, cleared, severity, variable, actual_value)
        goes_on = told.source in ("severity", "status") and told.condition != "fault"
        codes = [self._code(one, asked, None, goes_on=goes_on) for one in _codes(sent)]
        if told.source is None and any(_is_fault_alone(code) for code in codes):
            told = _Told("fault", "document")
        return Record(
            "DecodedEvent",
            condition=told.condition,
            condition_from=told.source,
            event_id=event_id,
            evse_id=evse_id,
            connector_id=connector_id,
            component=name,
            variable=variable,
            actual_value=actual_value,
            tech_code=tech_code,
            tech_info=tech_info,
            cleared=cleared,
            severity=severity,
            timestamp=timestamp,
            codes=codes,
            goes_beyond_document=any(code["beyond_document"] for code in codes),
            problems=fields.problems,
        )

    def answering(self, firmware: str | None) -> Answering:
        """The release that answers for a firmware; there is always one."""
        asked = None if firmware is None else read_firmware(firmware)
        if asked is None:
            return self._newest
        found = find(self._releases, asked)
        if found is None:
            return Answering(self._releases[0].name, 0, "oldest")
        release, is_exact = found
        place = self._places[release.name]
        return Answering(release.name, place, "exact" if is_exact else "nearest_earlier")

    def _sent(self, text: str | None, field: Field) -> list[_Sent]:
        """The codes in the text of a field: it may hold several."""
        if text is None:
            return []
        if len(text) > LONGEST_LIST:
            return [_Sent(text, _fold(text), field)]
        whole = text.strip(" ")
        pieces = [whole] if _fold(whole) in self._codes else _SEPARATOR.split(whole)
        stripped = (piece.strip(" ") for piece in pieces)
        return [_Sent(piece, _fold(piece), field) for piece in stripped if piece]

    def _code(
        self, sent: _Sent, asked: Answering, connector: int | None, *, goes_on: bool
    ) -> Record:
        """One code that was sent: what it means, and how that goes beyond the document."""
        known = self._codes.get(sent.folded)
        if known is None:
            return _decoded_code(sent, _STANDARD_CODES.get(sent.folded), None, ["code"])
        held = known.latest if asked.match == "newest" else known.as_of(asked.place)
        revision = held or known.latest
        beyond = {
            "release": held is None,
            "field": sent.field not in (revision.sent_in, "techCode"),
            "status": goes_on and not revision.may_accompany_non_error_status,
            "connector": connector is not None
            and all(one and connector not in one for one in revision.connectors),
            "deprecated": revision.is_deprecated,
        }
        return _decoded_code(
            sent, known.code, revision, [way for way, is_so in beyond.items() if is_so]
        )


class _Held(NamedTuple):
    """What a code means from one release to another, by their places among all.

    `connectors` are those of each meaning.
    """

    since: int
    until: int | None
    sent_in: SentIn
    may_accompany_non_error_status: bool
    connectors: Sequence[Sequence[int]]
    is_deprecated: bool
    meanings: Sequence[Record]


class _Known(NamedTuple):
    """A code of the catalogue."""

    code: str
    revisions: Sequence[_Held]

    @property
    def latest(self) -> _Held:
        """What it means in the newest release that has it."""
        return self.revisions[-1]

    def as_of(self, place: int) -> _Held | None:
        """What it means in a release, None where that has not the code."""
        for held in self.revisions:
            if held.since <= place and (held.until is None or place < held.until):
                return held
        return None


def _known(code: ErrorCode, places: Mapping[str, int]) -> _Known:
    return _Known(
        code.code,
        [
            _Held(
                since=places[one.since],
                until=None if one.until is None else places[one.until],
                sent_in=one.sent_in,
                may_accompany_non_error_status=any(
                    meaning.may_accompany_non_error_status for meaning in one.meanings
                ),
                connectors=[meaning.connectors for meaning in one.meanings],
                is_deprecated=all(meaning.deprecated for meaning in one.meanings),
                meanings=[meaning_data(meaning) for meaning in one.meanings],
            )
            for one in code.revisions
        ],
    )


class Answering(NamedTuple):
    """The release that answers, its place among all, and how it stands to the firmware given."""

    name: str
    place: int
    match: Match


class _Sent(NamedTuple):
    """A code as it was sent, or a word of the standard's in its place; and the field."""

    text: str
    folded: str
    field: Field


class _Status(NamedTuple):
    """The `status` as it was sent, whether OCPP 1.6 has it, and whether it makes a fault."""

    text: str | None
    is_known: bool
    is_faulted: bool


def _status(text: str | None) -> _Status:
    folded = _fold(text or "")
    return _Status(text, folded in _STATUSES, folded == _FAULTED)


class _Told(NamedTuple):
    """The condition that an event is of, and what tells."""

    condition: Condition
    source: Literal["cleared", "severity", "status", "document"] | None


def _find_problems(
    fields: Fields, error_code: str | None, status: _Status, sent: Sequence[_Sent]
) -> None:
    """What of a StatusNotification is at odds with OCPP 1.6, or with itself."""
    standard = [one.folded for one in sent if one.field == "errorCode"]
    is_standard = standard and all(one in _STANDARD_CODES for one in standard)
    if error_code is not None and not is_standard:
        fields.add("errorCode", "not-in-ocpp")
    if status.text is not None and not status.is_known:
        fields.add("status", "not-in-ocpp")
    if _NO_ERROR in standard and (status.is_faulted or _has_error(sent)):
        fields.add("errorCode", "contradicts")
    is_odd = any(problem["field"] == "vendorErrorCode" for problem in fields.problems)
    if _OTHER_ERROR in standard and len(standard) == len(sent) and not is_odd:
        fields.add("vendorErrorCode", "missing")


def _condition(status: _Status, sent: Sequence[_Sent]) -> Condition:
    """The condition that a status and the codes beside it tell."""
    if status.is_faulted:
        return "fault"
    if not status.is_known or not sent:
        return "unknown"
    return "warning" if _has_error(sent) else "none"


def _told_by_event(
    sent: Sequence[_Sent],
    cleared: bool | None,  # noqa: FBT001 (as the field is)
    severity: int | None,
    variable: str | None,
    actual_value: str | None,
) -> _Told:
    """The condition as far as an event itself tells it."""
    if cleared:
        return _Told("none", "cleared")
    if severity is not None:
        if severity <= ocpp.LEAST_SEVERE_FAULT:
            return _Told("fault", "severity")
        return _Told("warning" if severity <= ocpp.LEAST_SEVERE_WARNING else "none", "severity")
    state = _fold(actual_value or "")
    if _fold(variable or "") == _AVAILABILITY_STATE and state in _AVAILABILITY_STATES:
        if state == _FAULTED:
            return _Told("fault", "status")
        return _Told("warning" if _has_error(sent) else "none", "status")
    return _Told("unknown", None)


def _is_fault_alone(code: Record) -> bool:
    """Whether the document has the code, and not with a non-error status."""
    return code["may_accompany_non_error_status"] is False


def _has_error(sent: Iterable[_Sent]) -> bool:
    return any(one.folded != _NO_ERROR for one in sent)


def _codes(sent: Iterable[_Sent]) -> list[_Sent]:
    """The codes among what was sent: not the standard's words for none and for another field."""
    return [one for one in sent if one.folded not in (_NO_ERROR, _OTHER_ERROR)]


def _decoded_code(
    sent: _Sent, code: str | None, held: _Held | None, beyond: Sequence[str]
) -> Record:
    return Record(
        "DecodedCode",
        sent=sent.text,
        field=sent.field,
        code=code,
        may_accompany_non_error_status=held and held.may_accompany_non_error_status,
        beyond_document=beyond,
        meanings=held.meanings if held else (),
    )


def _fold(text: str) -> str:
    """What is equal for texts that OCPP takes as one: it has ASCII, and compares without case.

    Other letters stay as they are; the lower case of some of them is ASCII's (U+212A).
    """
    return text.lower() if text.isascii() else text
