"""The words of the standard and the limits by their names, as templates are given them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.runtime import ocpp
from generator.runtime.firmware import MOST_NUMBERS

if TYPE_CHECKING:
    from generator.releases import Scheme


def words_for(scheme: Scheme) -> dict[str, object]:
    """Such as `error_codes`, `no_error`, `longest_list`, and how a vendor's firmware is spelt."""
    return {
        **{name.lower(): value for name, value in vars(ocpp).items() if name.isupper()},
        "firmware_spelling": scheme.spelling,
        "most_firmware_numbers": MOST_NUMBERS,
    }
