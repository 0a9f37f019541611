"""What the templates know of the standard and of firmware: each word of it is declared once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .runtime import ocpp
from .runtime.firmware import MOST_NUMBERS

if TYPE_CHECKING:
    from .model import Vendor


def words_for(vendor: Vendor) -> dict[str, object]:
    """Such as `error_codes`, `no_error`, `longest_list`, and how a vendor's firmware is spelt.

    Of a vendor that does not send over OCPP there are none of OCPP's.
    """
    standard = {name.lower(): value for name, value in vars(ocpp).items() if name.isupper()}
    return {
        **(standard if vendor.sends_ocpp else {}),
        "firmware_spelling": vendor.scheme.spelling,
        "most_firmware_numbers": MOST_NUMBERS,
    }
