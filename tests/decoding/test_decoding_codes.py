"""What has to come of the codes of a StatusNotification, told by hand from docs/decoding.md."""

from pathlib import Path

import pytest

from tests.helpers.expected_answers import Code, Decoder, decoder_of, unknown
from tests.helpers.status_notifications import (
    GROUND,
    LOOP,
    MCU,
    ODD_CODE,
    ODD_STATUS,
    Case,
    check,
    fault,
    faulted,
    none,
    sent,
    unclear,
    warning,
    without,
)


@pytest.fixture(scope="module")
def decoder(r4_4_3: Path) -> Decoder:
    return decoder_of(r4_4_3 / "spec")


TEXTS = {
    "another case": Case(
        faulted(vendorErrorCode="nOPPdETECTED"), fault(Code("NoPPDetected", sent="nOPPdETECTED"))
    ),
    "blanks around": Case(faulted(vendorErrorCode="  CBC_LOOP "), fault(LOOP)),
    "a tab is no blank": Case(faulted(vendorErrorCode="CBC_LOOP\t"), fault(unknown("CBC_LOOP\t"))),
    "a no-break space is no blank": Case(
        faulted(vendorErrorCode="\N{NO-BREAK SPACE}CBC_LOOP"),
        fault(unknown("\N{NO-BREAK SPACE}CBC_LOOP")),
    ),
    "a comma": Case(faulted(vendorErrorCode="CBC_LOOP,MCU_NOT_RESPONDING"), fault(LOOP, MCU)),
    "a semicolon": Case(faulted(vendorErrorCode="CBC_LOOP;MCU_NOT_RESPONDING"), fault(LOOP, MCU)),
    "both, with blanks and nothing between": Case(
        faulted(vendorErrorCode=" ,CBC_LOOP ; ,; MCU_NOT_RESPONDING,"), fault(LOOP, MCU)
    ),
    "a blank does not divide": Case(
        faulted(vendorErrorCode="CBC_LOOP MCU_NOT_RESPONDING"),
        fault(unknown("CBC_LOOP MCU_NOT_RESPONDING")),
    ),
    "the same code twice": Case(
        faulted(vendorErrorCode="CBC_LOOP,cbc_loop"), fault(LOOP, Code("CBC_LOOP", sent="cbc_loop"))
    ),
    "the same code in both fields": Case(
        sent(errorCode="GroundFailure", vendorErrorCode="GroundFailure", status="Faulted"),
        fault(GROUND, Code("GroundFailure", beyond="field")),
    ),
    "several in each field, errorCode first": Case(
        sent(
            vendorErrorCode="MCU_NOT_RESPONDING;CBC_LOOP",
            errorCode="HighTemperature, GroundFailure",
            status="Faulted",
        ),
        fault(Code("HighTemperature", "errorCode"), GROUND, MCU, LOOP),
    ),
    "NoError and OtherError between codes": Case(
        faulted(vendorErrorCode="NoError,CBC_LOOP,OtherError"), fault(LOOP)
    ),
    "the sign for Kelvin is no K": Case(
        sent(errorCode="ConnectorLoc\N{KELVIN SIGN}Failure", status="Faulted"),
        fault(
            unknown("ConnectorLoc\N{KELVIN SIGN}Failure", "errorCode"),
            problems=ODD_CODE,
        ),
    ),
    "a long s is no s": Case(
        faulted(vendorErrorCode="Se\N{LATIN SMALL LETTER LONG S}sionEnergyReached"),
        fault(unknown("Se\N{LATIN SMALL LETTER LONG S}sionEnergyReached")),
    ),
    "an i without a dot is no i": Case(
        faulted(vendorErrorCode="OcuErrorGener\N{LATIN SMALL LETTER DOTLESS I}c"),
        fault(unknown("OcuErrorGener\N{LATIN SMALL LETTER DOTLESS I}c")),
    ),
    "a name of JavaScript's own": Case(
        faulted(vendorErrorCode="__proto__,constructor"),
        fault(unknown("__proto__"), unknown("constructor")),
    ),
    "as long as may be": Case(faulted(vendorErrorCode="CBC_LOOP" + " " * 992), fault(LOOP)),
    "longer than may be": Case(
        faulted(vendorErrorCode="CBC_LOOP" + " " * 993), fault(unknown("CBC_LOOP" + " " * 993))
    ),
    "a long list": Case(faulted(vendorErrorCode="CBC_LOOP," * 111 + ","), fault(*[LOOP] * 111)),
    "a list that is too long": Case(
        faulted(vendorErrorCode="CBC_LOOP," * 111 + ",,"),
        fault(unknown("CBC_LOOP," * 111 + ",,")),
    ),
    "too many blanks are a piece": Case(
        sent(errorCode=" " * 1001), warning(unknown(" " * 1001, "errorCode"), problems=ODD_CODE)
    ),
    "characters outside the first plane count once": Case(
        faulted(vendorErrorCode="\N{HIGH VOLTAGE SIGN}\U0001f50c" * 499 + ",a"),
        fault(unknown("\N{HIGH VOLTAGE SIGN}\U0001f50c" * 499), unknown("a")),
    ),
}

BEYOND = {
    "as documented": Case(faulted(vendorErrorCode="MCU_NOT_RESPONDING"), fault(MCU)),
    "GroundFailure has two meanings": Case(
        sent(errorCode="GroundFailure", status="Faulted"), fault(GROUND)
    ),
    "no document has the code": Case(faulted(vendorErrorCode="Sneeze"), fault(unknown("Sneeze"))),
    "no other reason then": Case(
        sent(errorCode="Sneeze", status="Charging"),
        warning(unknown("Sneeze", "errorCode"), problems=ODD_CODE),
    ),
    "a standard code in the vendor's field": Case(
        faulted(vendorErrorCode="GroundFailure"), fault(Code("GroundFailure", beyond="field"))
    ),
    "not with a non-error status": Case(
        sent(errorCode="GroundFailure", status="Charging"),
        warning(Code("GroundFailure", "errorCode", beyond="status")),
    ),
    "with one that is spelt in another case": Case(
        sent(errorCode="GroundFailure", status="charging"),
        warning(Code("GroundFailure", "errorCode", beyond="status")),
    ),
    "with a status that is none": Case(
        sent(errorCode="GroundFailure", status="Error"), unclear(GROUND, problems=ODD_STATUS)
    ),
    "without a status": Case(
        without(sent(errorCode="GroundFailure"), "status"),
        unclear(GROUND, problems=("status missing",)),
    ),
    "on its connector": Case(
        faulted(connectorId=1, vendorErrorCode="NgErrorClientLostConnection"),
        fault(Code("NgErrorClientLostConnection")),
    ),
    "on another connector": Case(
        faulted(connectorId=2, vendorErrorCode="NgErrorClientLostConnection"),
        fault(Code("NgErrorClientLostConnection", beyond="connector")),
    ),
    "on the charge point itself": Case(
        faulted(connectorId=0, vendorErrorCode="NgErrorClientLostConnection"),
        fault(Code("NgErrorClientLostConnection", beyond="connector")),
    ),
    "on no connector": Case(
        without(faulted(vendorErrorCode="NgErrorClientLostConnection"), "connectorId"),
        fault(Code("NgErrorClientLostConnection"), problems=("connectorId missing",)),
    ),
    "no longer used": Case(
        faulted(vendorErrorCode="OcuErrorRelayCount"),
        fault(Code("OcuErrorRelayCount", beyond="deprecated")),
    ),
    "several reasons": Case(
        sent(errorCode="MCU_NOT_RESPONDING", status="Charging"),
        warning(Code("MCU_NOT_RESPONDING", "errorCode", beyond="field status"), problems=ODD_CODE),
    ),
    "the field and the connector": Case(
        sent(errorCode="NgErrorClientLostConnection", status="Charging"),
        warning(
            Code("NgErrorClientLostConnection", "errorCode", beyond="field connector"),
            problems=ODD_CODE,
        ),
    ),
    "the field, and no longer used": Case(
        sent(errorCode="OcuErrorRelayCount", status="Charging"),
        warning(
            Code("OcuErrorRelayCount", "errorCode", beyond="field deprecated"), problems=ODD_CODE
        ),
    ),
    "of one code among others": Case(
        faulted(vendorErrorCode="CBC_LOOP,OcuErrorRelayCount,Sneeze"),
        fault(LOOP, Code("OcuErrorRelayCount", beyond="deprecated"), unknown("Sneeze")),
    ),
}

IRREGULAR = {
    "no vendorId": Case(faulted(vendorErrorCode="NoPPDetected"), fault(Code("NoPPDetected"))),
    "surplus fields": Case(
        faulted(vendorErrorCode="CBC_LOOP", severity=17, techCode="MCU_NOT_RESPONDING", cleared=1),
        fault(LOOP),
    ),
    "another make's vendorId": Case(
        faulted(vendorErrorCode="CBC_LOOP", vendorId="org.example"), fault(LOOP)
    ),
    "connector 0 with a status that it does not have": Case(
        sent(connectorId=0, errorCode="HighTemperature", status="Charging"),
        warning(Code("HighTemperature", "errorCode")),
    ),
    "texts that are longer than OCPP allows": Case(
        sent(info="i" * 51, vendorId="v" * 256, timestamp="yesterday"), none()
    ),
}
"""The irregular messages of DOMAIN.md that have no place in another table."""

ALL = TEXTS | BEYOND | IRREGULAR


@pytest.mark.parametrize("name", ALL)
def test_what_comes_of_codes(name: str, decoder: Decoder) -> None:
    check(decoder, *ALL[name])


def test_no_case_hides_another() -> None:
    assert len(ALL) == len(TEXTS) + len(BEYOND) + len(IRREGULAR)
