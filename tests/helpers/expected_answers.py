"""A notation for what has to come of a message, as a person tells it by docs/decoding.md.

What a code means is looked up in the document itself, with nothing of the generator's between.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from generator import pipeline
from generator.model import Catalogue
from generator.record import Record
from generator.runtime import decoder
from generator.runtime.payload import Answer
from tests.helpers.release_series import REAL, SERIES

Message = dict[str, Any]
"""The payload of a message, as a JSON parser gives it."""


Decoder = decoder.Decoder[Record]
"""The decoder that the Python package ships, with meanings as the JSON has them."""


def decoder_of(spec: Path) -> Decoder:
    """The decoder for a folder of documents."""
    loaded = _loaded(spec)
    return pipeline.decoder_of(loaded.catalogue, loaded.annotations)


def catalogue_of(spec: Path) -> Catalogue:
    return _loaded(spec).catalogue


@cache
def _loaded(spec: Path) -> pipeline.Loaded:
    loaded, diagnostics = pipeline.load(spec)
    assert loaded, diagnostics
    return loaded


# What the documents say

_ENTRY = re.compile(
    r"^\*\*(?P<code>.+?)\*\* (?P<text>.+?)(?=\r?\n\r?\n|\Z)", re.MULTILINE | re.DOTALL
)


@cache
def texts_of(code: str, release: str) -> list[str]:
    """The texts that the document of a release has for a code, one space between sentences."""
    return [
        " ".join(match["text"].split())
        for match in _ENTRY.finditer(SERIES[release])
        if match["code"].replace("\\", "") == code
    ]


class Code(NamedTuple):
    """A code that has to be among the answers.

    `sent` only where it is spelt in another way, `beyond` the reasons with a blank between,
    `said_by` the release whose document has the meanings (None: no document has the code),
    `spelt` how that release spells the code, where it is not how the catalogue does, `other` what
    another list has for it.
    """

    code: str | None
    field: str = "vendorErrorCode"
    sent: str | None = None
    beyond: str = ""
    said_by: str | None = REAL
    spelt: str | None = None
    other: Message | None = None

    def expected(self, place: str = "-") -> Message:
        """The code in an answer; `place` is the connector in its key."""
        said_by, spelt = self.said_by, self.spelt or self.code or ""
        texts = texts_of(spelt, said_by) if said_by else []
        assert bool(texts) == bool(said_by), f"{said_by} has no {spelt}"
        may = any("non-error status" in text for text in texts)
        sent = self.code if self.sent is None else self.sent
        known = self.other["code"] if self.other else self.code
        key = [place, *([self.other["vendor_id"]] if self.other else []), known or sent]
        return {
            "sent": sent,
            "field": self.field,
            "code": self.code,
            "may_accompany_non_error_status": may if texts else None,
            "beyond_document": self.beyond.split(),
            "meanings": texts,
            "other_list": self.other,
            "group_key": ":".join(map(str, key)),
        }


def unknown(sent: str, field: str = "vendorErrorCode", code: str | None = None) -> Code:
    """A code that no document has; `code` as OCPP spells it, if it is one of OCPP's."""
    return Code(code, field, sent, "code", None)


class Expected(NamedTuple):
    """What a person reads in docs/decoding.md that has to come of one message, or of one event.

    `problems` are fields with their problems; a field without a name is the whole.
    """

    condition: str
    codes: tuple[Code, ...] = ()
    problems: tuple[str, ...] = ()
    condition_from: str | None = None

    def answer(self, of_the_message: Message) -> Message:
        """The whole answer, with what it repeats of the message."""
        numbers = [of_the_message[name] for name in _PLACES if name in of_the_message]
        place = ".".join("-" if one is None else str(int(one)) for one in numbers)
        if len(numbers) > 1 and numbers[-1] is None:
            place = place.removesuffix(".-")
        return {
            "condition": self.condition,
            "codes": [code.expected(place) for code in self.codes],
            "problems": [problem_of(told) for told in self.problems],
            "goes_beyond_document": any(code.beyond for code in self.codes),
            **of_the_message,
        }


_PLACES = ("evse_id", "connector_id")


def problem_of(told: str) -> Message:
    field, _, problem = told.rpartition(" ")
    return {"field": field or None, "problem": problem}


def as_json(answer: Answer) -> Any:  # noqa: ANN401
    """An answer of the decoder as a reader of the JSON has it."""
    return json.loads(json.dumps(answer))


def with_texts_alone(answer: Any) -> Any:  # noqa: ANN401
    """An answer in which each meaning is its text: the rest of it is the catalogue's matter."""
    if isinstance(answer, list):
        return [with_texts_alone(item) for item in answer]
    if isinstance(answer, dict):
        return {
            key: [one["text"] for one in item] if key == "meanings" else with_texts_alone(item)
            for key, item in answer.items()
        }
    return answer
