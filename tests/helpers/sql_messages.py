"""Messages for the SQL query, and the rows that it has to answer: what the Python decoder says.

The decoder is that of the generated package, so that SQL is held against what people install.
"""

import importlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, NamedTuple

from generator.runtime.ocpp import ERROR_CODES, STATUSES
from tests.helpers.tools import GENERATED, catalogue_json

PACKAGE = "ctek_error_codes"


class Message(NamedTuple):
    """A row of the relation `status_notification`."""

    id: int
    connector_id: int | None
    status: str | None
    error_code: str | None
    error_info: str | None
    vendor_id: str | None
    vendor_error_code: str | None

    @property
    def payload(self) -> dict[str, Any]:
        """The message as the charger sent it; what is NULL was not sent."""
        sent = {
            "connectorId": self.connector_id,
            "status": self.status,
            "errorCode": self.error_code,
            "info": self.error_info,
            "vendorId": self.vendor_id,
            "vendorErrorCode": self.vendor_error_code,
        }
        return {field: value for field, value in sent.items() if value is not None}


ANSWER = (
    "condition",
    "field",
    "place",
    "sent",
    "code",
    "since",
    "meaning",
    "text",
    "description",
    "may_accompany_non_error_status",
    "beyond_document",
    "other_list",
    "other_code",
    "other_name",
    "counterpart",
    "counterpart_confidence",
    "counterpart_basis",
    "counterpart_source",
    "group_key",
)
"""What the query adds to the columns of a message."""

Row = tuple[Any, ...]


# Made-up messages

_CODES: tuple[str, ...] = tuple(code["code"] for code in catalogue_json()["codes"])
_LOOK_ALIKE = str.maketrans("kKsSiI", "\u212a\u212a\u017f\u017f\u0131\u0130")
_OTHERS = (
    "Error",
    "NoDocumentHasThisCode",
    "CBCXLOOP",  # what a pattern would take for CBC_LOOP
    "CBC%",
    "%",
    "_",
    "'",
    '"',
    "' OR 1=1 --",
    "\\",
    "\\N",
    "null",
    "NULL",
    "0",
    "0x00",
    "CX002",
    "cx014",
    "GridPowerLoss",
    "\N{ELECTRIC PLUG}",
    "\N{ELECTRIC PLUG}\ufe0f\u200d\N{AUTOMOBILE}",
    "e\u0301",
    "stra\u00dfe",
    "\ufb01x",
    "\u03a3\u03c3\u03c2",
    "{{ 7 * 7 }}",
    "a\nb",
    "a\r\nb",
    "\u2028",
)
_LISTS = ("https://chargex.inl.gov", " ORG.charin.uec.v1 ", "urn:uec:0.1.0", "urn:uec:0.1.0\t")
_AROUND = ("", "", "", " ", "  ", "\t", "\u00a0", "\u3000", "\n")
_BETWEEN = (",", ";", ", ", " ; ", ",,", ";,;", " ,", "|", " ")


def made_up_messages(count: int, seed: int, codes: Sequence[str] = _CODES) -> Iterator[Message]:
    """Messages of all kinds, the same ones for the same seed; every code and status is in them."""
    random = Random(seed)  # noqa: S311 (chance that comes back)
    texts = [None, "", *codes, *ERROR_CODES, *(_text(random, codes) for _ in range(5_000))]
    made: list[Message] = []
    for number in range(count):
        if made and random.random() < 0.75:  # chargers say the same again and again
            yield random.choice(made)._replace(id=number)
            continue
        message = Message(
            id=number,
            connector_id=random.choice((None, 0, 1, 1, 2, 2, 3, -1, 2**31 - 1)),
            status=_status(random),
            error_code=random.choice((random.choice(texts), "NoError", "OtherError")),
            error_info=random.choice((None, "", "Relay 2", "it's; \\ 100 %")),
            vendor_id=random.choice((None, "com.ctek", "com.example", *_LISTS)),
            vendor_error_code=random.choice(texts),
        )
        made.append(message)
        yield message


def _status(random: Random) -> str | None:
    if random.random() < 0.8:
        return random.choice(STATUSES)
    odd = (None, "", "Broken", " Faulted", "Faulted ", "faulted", "SUSPENDEDEV", "Fault\u00e9d")
    return random.choice((*odd, "Unava\u0131lable", "Re\u017ferved"))


def _text(random: Random, codes: Sequence[str]) -> str:
    """The text of a field: one code, several, or whatever a charger may put there."""
    kind = random.random()
    if kind < 0.5:
        return _piece(random, codes)
    if kind < 0.995:
        pieces = [_piece(random, codes) for _ in range(random.choice((1, 2, 2, 3, 5)))]
        return _surrounded(random, "".join(one + random.choice(_BETWEEN) for one in pieces))
    filled = f"{_piece(random, codes)}{random.choice(_BETWEEN)}"
    filler = random.choice((";", " ", ", ;", "\N{ELECTRIC PLUG}", "CBC_LOOP,"))
    return (filled + filler * 1001)[: random.choice((999, 1000, 1001, 1200))]


def _piece(random: Random, codes: Sequence[str]) -> str:
    kind = random.random()
    if kind < 0.25:
        return random.choice(random.choice((ERROR_CODES, _OTHERS)))
    code: str = random.choice(codes)
    if kind < 0.6:
        return code
    if kind < 0.75:
        return random.choice([code.lower(), code.upper(), code.swapcase()])
    if kind < 0.9:
        return random.choice([code.translate(_LOOK_ALIKE), code[:-1] + "\u00e9", f"{code}x"])
    return _surrounded(random, code)


def _surrounded(random: Random, text: str) -> str:
    return random.choice(_AROUND) + text + random.choice(_AROUND)


# The messages of the vectors


def vectors(generated: Path = GENERATED) -> list[tuple[Message, Mapping[str, Any]]]:
    """The vectors that a table can hold, each with the answer that is expected.

    A table has texts, whole numbers and NULL, and columns of one name each; the query knows no
    firmware.
    """
    text = (generated / "json" / "vectors.json").read_text(encoding="utf-8")
    return [
        (message, vector["expected"])
        for number, vector in enumerate(json.loads(text)["status_notifications"])
        if vector["firmware"] is None
        and all(problem["problem"] != "spelling" for problem in vector["expected"]["problems"])
        and (message := _as_row(number, vector["message"]))
    ]


_COLUMNS = {
    "connectorId": "connector_id",
    "status": "status",
    "errorCode": "error_code",
    "info": "error_info",
    "vendorId": "vendor_id",
    "vendorErrorCode": "vendor_error_code",
}


def _as_row(number: int, payload: object) -> Message | None:
    if not isinstance(payload, dict):
        return None
    values = {column: payload.get(field) for field, column in _COLUMNS.items()}
    for column, value in values.items():
        fits = int if column == "connector_id" else str
        if isinstance(value, bool) or not isinstance(value, fits | None):
            return None
    return Message(number, **values)


# Answers


def answers(messages: Iterable[Message]) -> list[Row]:
    """What the query has to answer: each message's columns, and what the decoder says of it."""
    decode, since = _package().decode_status_notification, newest_revisions()
    return [
        row
        for message in messages
        for row in answer_rows(message, decode(message.payload).to_dict(), since)
    ]


def answer_rows(
    message: Message,
    answer: Mapping[str, Any],
    since: Mapping[str, str],
    status_field: str | None = "may_accompany_non_error_status",
) -> list[Row]:
    """The rows for an answer in the shape of the JSON; one with NULL where there is no code.

    `status_field` is what the vendor calls its field for non-error statuses, None without one.
    """
    rows: list[Row] = []
    places: dict[str, int] = {}
    for code in answer["codes"]:
        field = code["field"]
        place = places[field] = places.get(field, 0) + 1
        may = () if status_field is None else (code[status_field],)
        rows += (
            (
                *message,
                answer["condition"],
                field,
                place,
                code["sent"],
                code["code"],
                *meaning,
                *(None if one is None else int(one) for one in may),
                ",".join(code["beyond_document"]),
                *other,
                code["group_key"],
            )
            for meaning in _meanings(code, since)
            for other in _others(code["other_list"])
        )
    width = len(ANSWER) - 1 - (status_field is None)
    return rows or [(*message, answer["condition"], *[None] * width)]


def _meanings(code: Mapping[str, Any], since: Mapping[str, str]) -> Iterable[Row]:
    """Since when, which meaning, text and description; once without where there is none."""
    if not code["meanings"]:
        return [(None, None, None, None)]
    return [
        (since[code["code"]], number, meaning["text"] or None, meaning["description"] or None)
        for number, meaning in enumerate(code["meanings"], start=1)
    ]


def _others(other: Mapping[str, Any] | None) -> Iterable[Row]:
    """What another list has for the code, once for each counterpart in the catalogue."""
    if other is None:
        return [(None,) * 7]
    head = (other["title"], other["code"], other["name"])
    names = ("code", "confidence", "basis", "source")
    return [(*head, *(row[name] for name in names)) for row in other["counterparts"]] or [
        (*head, None, None, None, None)
    ]


def newest_revisions(generated: Path = GENERATED) -> dict[str, str]:
    """The release from which on what the newest release says of a code holds, by the code."""
    codes = catalogue_json(generated)["codes"]
    return {code["code"]: code["revisions"][-1]["since"] for code in codes}


@cache
def _package() -> ModuleType:
    """The generated Python package, from where it is generated to."""
    sys.path.insert(0, str(GENERATED / "python"))
    try:
        return importlib.import_module(PACKAGE)
    finally:
        sys.path.remove(str(GENERATED / "python"))
