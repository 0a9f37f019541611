"""The standard's words and limits, held against another's reading of OCPP."""

import re
from enum import Enum

import pytest
from ocpp.v16 import enums as v16
from ocpp.v201 import enums as v201

from generator.model import Vendor
from generator.releases import Scheme
from generator.runtime import firmware, ocpp
from generator.words import words_for
from tests.helpers.project import ROOT


@pytest.mark.parametrize(
    ("words", "enum"),
    [
        (ocpp.ERROR_CODES, v16.ChargePointErrorCode),
        (ocpp.STATUSES, v16.ChargePointStatus),
        (ocpp.AVAILABILITY_STATES, v201.ConnectorStatusEnumType),
    ],
    ids=["error codes", "statuses", "availability states"],
)
def test_the_words_are_those_of_the_standard(words: tuple[str, ...], enum: type[Enum]) -> None:
    assert sorted(words) == sorted(str(member.value) for member in enum)


def test_single_words_are_among_them() -> None:
    assert {ocpp.NO_ERROR, ocpp.OTHER_ERROR} < set(ocpp.ERROR_CODES)
    assert ocpp.FAULTED in ocpp.STATUSES
    assert ocpp.FAULTED in ocpp.AVAILABILITY_STATES


def test_templates_are_given_every_word() -> None:
    public = {name.lower() for name in vars(ocpp) if name.isupper()}
    for kind, spelling in firmware.SPELLINGS.items():
        words = words_for(Vendor("", "", "", scheme=Scheme(kind)))
        assert public | {"firmware_spelling", "most_firmware_numbers"} == set(words)
        assert words["firmware_spelling"] == spelling


def test_no_template_has_a_list_of_its_own() -> None:
    """A word that stands in a template by itself would have to be kept the same by hand."""
    distinctive = ["EVCommunicationError", "PowerMeterFailure", "SuspendedEVSE", "Occupied"]
    distinctive.append(re.escape(firmware.TAG))
    for file in sorted((ROOT / "templates").rglob("*")):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            assert not re.search("|".join(distinctive), text), file
