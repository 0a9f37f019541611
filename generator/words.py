"""How firmware is spelt, and the words and limits of OCPP, by the names that templates know."""

from __future__ import annotations

from generator.runtime import ocpp
from generator.runtime.firmware import MOST_NUMBERS, SPELLING

FIRMWARE_WORDS: dict[str, object] = {
    "firmware_spelling": SPELLING,
    "most_firmware_numbers": MOST_NUMBERS,
}
"""All that there are for a vendor that does not send over OCPP."""
WORDS: dict[str, object] = {
    **{name.lower(): value for name, value in vars(ocpp).items() if name.isupper()},
    **FIRMWARE_WORDS,
}
"""Such as `error_codes`, `no_error`, `longest_list`, and how firmware is spelt."""
