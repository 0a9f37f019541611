"""What OCPP messages say of error codes, by the rules of docs/decoding.md."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from . import ocpp
from .folding import fold
from .payload import Answer, PayloadReader

if TYPE_CHECKING:
    from .firmware import Answering, Releases
    from .given import KnownCode, KnownRevision, OtherList, Roles

M = TypeVar("M")


class Decoder(Generic[M]):
    """Decodes messages against one catalogue. Takes any data, and raises nothing because of it.

    Answers are in the shape of decoded.schema.json; the meanings in them are those of the catalogue
    as they were given.
    """

    def __init__(
        self,
        releases: Releases,
        codes: Iterable[KnownCode[M]],
        roles: Roles,
        lists: Iterable[OtherList] = (),
    ) -> None:
        self._releases = releases
        self._places = {name: place for place, name in enumerate(releases.names)}
        self._codes = {code.code.lower(): code for code in codes}
        self._roles = roles
        self._lists = {
            fold(vendor_id): _Listed(one, {fold(code): code for code in one.names})
            for one in lists
            for vendor_id in (one.vendor_id, *one.also_sent_as)
        }
        self._documented: dict[tuple[str, int], _Documented] = {}

    def status_notification(self, payload: object, firmware: str | None = None) -> Answer:
        """Decodes the payload of a StatusNotification of OCPP 1.6, as a JSON parser gives it.

        Returns a DecodedStatusNotification.
        """
        asked = self._releases.answering(firmware)
        reader = PayloadReader(payload)
        connector = reader.number("connectorId", is_required=True)
        error_code = reader.text("errorCode", is_required=True)
        status = _status(reader.text("status", is_required=True))
        timestamp, info, vendor_id = map(reader.text, ("timestamp", "info", "vendorId"))
        vendor_code = reader.text("vendorErrorCode")
        listed = self._lists.get(fold(vendor_id.strip(" "))) if vendor_id else None
        standard = self._sent(error_code, "errorCode")
        vendors = self._sent(vendor_code, "vendorErrorCode")
        known: Container[str] = listed.spellings if listed else self._codes
        codes_sent = _without_zeros(standard, vendors, known) if vendors else vendors
        sent = standard + codes_sent
        if reader.is_object:
            _find_problems(reader, error_code, status, sent)
        if len(codes_sent) < len(vendors):
            reader.add("vendorErrorCode", "zeros")
        place = "-" if connector is None else str(connector)
        goes_on = status.is_known and not status.is_faulted
        codes = [
            self._code_of_list(one, listed, place)
            if listed
            else self._code(one, asked, place, connector, goes_on=goes_on)[0]
            for one in _codes(sent)
        ]
        return {
            "condition": "unknown" if _is_hidden(reader) else _condition(status, sent),
            "connector_id": connector,
            "status": status.text,
            "error_code": error_code,
            "vendor_error_code": vendor_code,
            "vendor_id": vendor_id,
            "info": info,
            "timestamp": timestamp,
            "release": asked.name,
            "release_match": asked.match,
            "codes": codes,
            "goes_beyond_document": any(code["beyond_document"] for code in codes),
            "problems": reader.problems,
        }

    def notify_event(self, payload: object, firmware: str | None = None) -> Answer:
        """Decodes the payload of a NotifyEvent of OCPP 2.0.1 or 2.1, as a JSON parser gives it.

        Returns a DecodedNotifyEvent.
        """
        asked = self._releases.answering(firmware)
        reader = PayloadReader(payload)
        events = reader.items("eventData")
        return {
            "release": asked.name,
            "release_match": asked.match,
            "events": [self._event(event, asked) for event in events],
            "problems": reader.problems,
        }

    def _event(self, event: object, asked: Answering) -> Answer:
        reader = PayloadReader(event)
        event_id = reader.number("eventId", is_required=True)
        timestamp = reader.text("timestamp", is_required=True)
        actual_value = reader.text("actualValue", is_required=True)
        component = reader.inner("component", is_required=True)
        name = component.text("name", is_required=True)
        evse = component.inner("evse")
        evse_id = evse.number("id", is_required=True)
        connector_id = evse.number("connectorId")
        variable = reader.inner("variable", is_required=True).text("name", is_required=True)
        tech_code, tech_info = reader.text("techCode"), reader.text("techInfo")
        cleared = reader.flag("cleared")
        severity = reader.number("severity", greatest=ocpp.LEAST_SEVERE)
        sent = self._sent(tech_code, "techCode")
        is_hidden = _is_hidden(reader)
        condition, source = _event_condition(sent, cleared, severity, variable, actual_value)
        if is_hidden:
            condition, source = "unknown", None
        goes_on = source in ("severity", "status") and condition != "fault"
        place = _place_of_event(evse_id, connector_id)
        decoded = [self._code(one, asked, place, None, goes_on=goes_on) for one in _codes(sent)]
        is_open = source is None and not is_hidden
        if is_open and any(may_go_on is False for _, may_go_on in decoded):
            condition, source = "fault", "document"
        codes = [code for code, _ in decoded]
        return {
            "condition": condition,
            "condition_from": source,
            "event_id": event_id,
            "evse_id": evse_id,
            "connector_id": connector_id,
            "component": name,
            "variable": variable,
            "actual_value": actual_value,
            "tech_code": tech_code,
            "tech_info": tech_info,
            "cleared": cleared,
            "severity": severity,
            "timestamp": timestamp,
            "codes": codes,
            "goes_beyond_document": any(code["beyond_document"] for code in codes),
            "problems": reader.problems,
        }

    def _sent(self, text: str | None, field: str) -> list[_Sent]:
        """The codes in the text of a field: it may hold several."""
        if text is None:
            return []
        if len(text) > ocpp.LONGEST_LIST:
            return [_Sent(text, fold(text), field)]
        whole = text.strip(" ")
        if (folded := fold(whole)) in self._codes:
            return [_Sent(whole, folded, field)]
        pieces = [piece.strip(" ") for piece in whole.replace(";", ",").split(",")]
        return [_Sent(piece, fold(piece), field) for piece in pieces if piece]

    def _code(
        self, sent: _Sent, asked: Answering, place: str, connector: int | None, *, goes_on: bool
    ) -> tuple[Answer, bool | None]:
        """One code that was sent, and whether it may come with a non-error status, if known.

        `place` is where it holds, as keys of groups have it.
        """
        known = self._codes.get(sent.folded)
        if known is None:
            code = _STANDARD_CODES.get(sent.folded)
            return self._decoded_code(sent, place, code, None, ["code"], ()), None
        held = -1 if asked.match == "newest" else _revision_at(known, asked.name, self._places)
        documented = self._documented_at(sent.folded, known, -1 if held is None else held)
        deviations = {
            "release": held is None,
            "field": sent.field not in (documented.sent_in, "techCode"),
            "status": goes_on and documented.may_go_on is False,
            "connector": connector is not None
            and all(one and connector not in one for one in documented.connectors),
            "deprecated": documented.is_deprecated,
        }
        beyond = [way for way, is_so in deviations.items() if is_so]
        may_go_on, meanings = documented.may_go_on, documented.meanings
        answer = self._decoded_code(sent, place, known.code, may_go_on, beyond, meanings)
        return answer, may_go_on

    def _code_of_list(self, sent: _Sent, listed: _Listed, place: str) -> Answer:
        """One code of a message that names another list: the document says nothing of it.

        `errorCode` has the words of the standard all the same.
        """
        if sent.field == "errorCode":
            code = _STANDARD_CODES.get(sent.folded)
            return self._decoded_code(sent, place, code, None, ["list"], ())
        other, spelt = listed.other_list, listed.spellings.get(sent.folded)
        answer = self._decoded_code(sent, place, None, None, ["list"], ())
        answer["other_list"] = {
            "title": other.title,
            "vendor_id": other.vendor_id,
            "source": other.source,
            "code": spelt,
            "name": None if spelt is None else other.names[spelt],
            "counterparts": [*other.counterparts.get(spelt or "", ())],
        }
        answer["group_key"] = f"{place}:{other.vendor_id}:{spelt or sent.text}"
        return answer

    def _decoded_code(
        self,
        sent: _Sent,
        place: str,
        code: str | None,
        may_go_on: bool | None,  # noqa: FBT001 (private, and three-valued)
        beyond: list[str],
        meanings: Sequence[Any],
    ) -> Answer:
        key = self._roles.key
        return {
            "sent": sent.text,
            "field": sent.field,
            "code": code,
            **({} if key is None else {key: may_go_on}),
            "beyond_document": beyond,
            "meanings": meanings,
            "other_list": None,
            "group_key": f"{place}:{code or sent.text}",
        }

    def _documented_at(self, folded: str, known: KnownCode[M], place: int) -> _Documented:
        """What a code means in one of its revisions, as far as a decoder asks; kept once asked."""
        if (folded, place) not in self._documented:
            revision = known.revisions[place]
            self._documented[folded, place] = _documented(revision, self._roles)
        return self._documented[folded, place]


class _Listed(NamedTuple):
    """Another list, and how it spells its codes, by what is compared."""

    other_list: OtherList
    spellings: Mapping[str, str]


class _Documented(NamedTuple):
    """What a code means in one revision. `connectors` are those of each meaning."""

    sent_in: str
    may_go_on: bool | None
    connectors: Sequence[Sequence[int] | None]
    is_deprecated: bool
    meanings: Sequence[Any]


def _documented(revision: KnownRevision[M], roles: Roles) -> _Documented:
    meanings = revision.meanings
    may_go_on = [roles.non_error_status(meaning) for meaning in meanings]
    return _Documented(
        sent_in=revision.sent_in,
        may_go_on=True if True in may_go_on else None if None in may_go_on else False,
        connectors=[roles.connectors(meaning) for meaning in meanings],
        is_deprecated=all(roles.deprecated(meaning) for meaning in meanings),
        meanings=meanings,
    )


def _revision_at(known: KnownCode[M], name: str, places: dict[str, int]) -> int | None:
    """Which revision of a code holds for a release, None where the release lacks the code."""
    release = places[name]
    for number, one in enumerate(known.revisions):
        if places[one.since] <= release and (one.until is None or release < places[one.until]):
            return number
    return None


class _Sent(NamedTuple):
    """A code as it was sent, or a word of the standard in its place; and the field."""

    text: str
    folded: str
    field: str


def _without_zeros(
    standard: Sequence[_Sent], vendors: list[_Sent], known: Container[str]
) -> list[_Sent]:
    """Without the codes of zeros beside NoError: what some stations send where there is none."""
    if not standard or any(one.folded != _NO_ERROR for one in standard):
        return vendors
    return [one for one in vendors if one.folded in known or not _is_zero(one.folded)]


def _is_zero(folded: str) -> bool:
    digits = folded.removeprefix("0x")
    return bool(digits) and not digits.strip("0")


class _Status(NamedTuple):
    """The `status` as it was sent, whether OCPP 1.6 has it, and whether it makes a fault."""

    text: str | None
    is_known: bool
    is_faulted: bool


def _status(text: str | None) -> _Status:
    folded = fold(text or "")
    return _Status(text, folded in _STATUSES, folded == _FAULTED)


def _find_problems(
    reader: PayloadReader, error_code: str | None, status: _Status, sent: Sequence[_Sent]
) -> None:
    """Collects what of a StatusNotification is at odds with OCPP 1.6, or with itself."""
    standard = [one.folded for one in sent if one.field == "errorCode"]
    is_standard = bool(standard) and all(one in _STANDARD_CODES for one in standard)
    if error_code is not None and not is_standard:
        reader.add("errorCode", "not-in-ocpp")
    if status.text is not None and not status.is_known:
        reader.add("status", "not-in-ocpp")
    if _NO_ERROR in standard and (status.is_faulted or _has_error(sent)):
        reader.add("errorCode", "contradicts")
    is_odd = any(problem["field"] == "vendorErrorCode" for problem in reader.problems)
    if _OTHER_ERROR in standard and len(standard) == len(sent) and not is_odd:
        reader.add("vendorErrorCode", "missing")


def _is_hidden(reader: PayloadReader) -> bool:
    """Whether a field that decides the condition was not read, since it is spelt in another way."""
    return any(
        one["problem"] == "spelling" and one["field"] in ocpp.DECIDING_FIELDS
        for one in reader.problems
    )


def _condition(status: _Status, sent: Sequence[_Sent]) -> str:
    """The condition by a status and the codes beside it."""
    if status.is_faulted:
        return "fault"
    if not status.is_known or not sent:
        return "unknown"
    return "warning" if _has_error(sent) else "none"


def _event_condition(
    sent: Sequence[_Sent],
    cleared: bool | None,  # noqa: FBT001 (as the field is)
    severity: int | None,
    variable: str | None,
    actual_value: str | None,
) -> tuple[str, str | None]:
    """The condition as far as the event itself says it, and which field says so."""
    if cleared:
        return "none", "cleared"
    if fold(variable or "") == _PROBLEM and fold(actual_value or "") == _PROBLEM_OVER:
        return "none", "problem"
    if severity is not None:
        return _severity_condition(severity), "severity"
    is_state = fold(variable or "") == _AVAILABILITY_STATE
    if is_state and (state := fold(actual_value or "")) in _AVAILABILITY_STATES:
        if state == _FAULTED:
            return "fault", "status"
        return ("warning" if _has_error(sent) else "none"), "status"
    return "unknown", None


def _place_of_event(evse: int | None, connector: int | None) -> str:
    """Where the codes of an event hold: its EVSE, behind a point the connector, if it has one."""
    place = "-" if evse is None else str(evse)
    return place if connector is None else f"{place}.{connector}"


def _severity_condition(severity: int) -> str:
    if severity <= ocpp.LEAST_SEVERE_FAULT:
        return "fault"
    return "warning" if severity <= ocpp.LEAST_SEVERE_WARNING else "none"


def _has_error(sent: Iterable[_Sent]) -> bool:
    return any(one.folded != _NO_ERROR for one in sent)


def _codes(sent: Iterable[_Sent]) -> list[_Sent]:
    """The codes among what was sent: not the standard's words for none and for another field."""
    return [one for one in sent if one.folded not in (_NO_ERROR, _OTHER_ERROR)]


_STANDARD_CODES = {code.lower(): code for code in ocpp.ERROR_CODES}
_STATUSES = {status.lower() for status in ocpp.STATUSES}
_AVAILABILITY_STATES = {status.lower() for status in ocpp.AVAILABILITY_STATES}
_NO_ERROR = ocpp.NO_ERROR.lower()
_OTHER_ERROR = ocpp.OTHER_ERROR.lower()
_FAULTED = ocpp.FAULTED.lower()
_PROBLEM = ocpp.PROBLEM.lower()
_PROBLEM_OVER = ocpp.PROBLEM_OVER.lower()
_AVAILABILITY_STATE = ocpp.AVAILABILITY_STATE.lower()
