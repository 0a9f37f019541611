"""The words of the standard and the limits by their names, as templates are given them."""

from __future__ import annotations

from generator.runtime import ocpp
from generator.runtime.firmware import MOST_NUMBERS, SPELLING

WORDS: dict[str, object] = {
    **{name.lower(): value for name, value in vars(ocpp).items() if name.isupper()},
    "firmware_spelling": SPELLING,
    "most_firmware_numbers": MOST_NUMBERS,
}
"""Such as `error_codes`, `no_error`, `longest_list`, and how firmware is spelt."""
