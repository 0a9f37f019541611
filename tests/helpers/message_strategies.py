"""Made-up messages as JSON text: right ones, nearly right ones, and any JSON whatever.

Hypothesis draws the odd values and a seed; the messages are put together of them and of what real
ones have, since drawing each whole would take most of the time.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from generator.runtime import ocpp
from tests.helpers.release_series import PAST_TAG


class Asked(NamedTuple):
    """A message as JSON text, its kind, and the firmware."""

    kind: str
    text: str
    firmware: str | None


CODES = (
    *("CBC_LOOP", "GroundFailure", "FanBlocked", "DoorOpened", "HighTemperature", "EvOverCurrent"),
    *("OcuErrorRelayCount", "OcuErrorSelfTest", "NgErrorClientLostConnection", "Sneeze"),
    *("PowerSwitchFailure", "MCU_NOT_RESPONDING", "OcuErrorTemperature1", "Unknown_Error"),
)
WORDS = ("NoError", "OtherError", "noERROR", "OtherError", "WeakSignal", "Error")
LOOK_ALIKES = (
    "ConnectorLoc\u212aFailure",
    "Se\u017f\u017fionEnergyReached",
    "Reader\uff26ailure",
    "OcuErrorGener\u0131c",
)
STRANGE = (
    *("", " ", "\t", "\u00a0", "\u2028", "\u2029", "\u0085", "\x00", "\r", "\n", "\x7f", "\ufeff"),
    *("\ud800", "\udfffx", "\U0001f50c", "e\u0301", '"', "\\", "\\u0041", "null", "true", "7"),
    *("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "length"),
)
SEPARATORS = (",", ",", ";", " , ", ";;", " ", "|", ",\u00a0")
FILLINGS = (" ", ",", ";", "\U0001f50c", "CBC_LOOP,", "a")
NUMBERS = (
    *("-0", "-0.0", "-1", "1.0", "2.5", "1e0", "20e-1", "1E+1", "5e-324", "0.1e1", "1" + "0" * 400),
    *("2147483647", "2147483648", "2147483647.0", "2147483647.5", "4294967297"),
    *("9007199254740993", "1e400", "-1e400", "10", "11"),
)
NESTED = ("[" * 300 + "]" * 300, '{"a":' * 300 + "0" + "}" * 300, "[[]]", '{"":{}}')
SIMPLE = ("null", "null", "true", "false", "[]", "{}", '[""]', '"2"', "7")

FIRMWARES = (
    *(None, None, "", "firmware", "0.0", "r3.12.6", "ccu_R4.4.3", " r4.9.3\n", "r4.9.4", PAST_TAG),
    *("r4.10", "5.0.0", "99999.0", "r\u0664.4.3", "\u00a0r4.4.3", "r4.4.3\x00", "-1.0"),
)

# Any JSON


def written(value: object, *, is_escaped: bool = True) -> str:
    """A value as JSON; a lone surrogate can only be escaped."""
    bare = json.dumps(value, ensure_ascii=False)
    has_surrogates = any("\ud800" <= character <= "\udfff" for character in bare)
    return json.dumps(value) if is_escaped or has_surrogates else bare


_KEYS = st.sampled_from(["status", "errorCode", "eventData", "name", *STRANGE]) | st.text(
    max_size=4
)
_TEXTS = st.sampled_from([*STRANGE, *CODES]) | st.text(max_size=8)
_LEAVES = (
    st.sampled_from([*SIMPLE, *NUMBERS])
    | st.builds(written, _TEXTS, is_escaped=st.booleans())
    | st.integers().map(str)
    | st.floats(allow_nan=False, allow_infinity=False).map(repr)
)


def _object(pairs: Sequence[tuple[str, str]]) -> str:
    """An object of keys and values as JSON; a key may come twice."""
    return "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in pairs) + "}"


ANYTHING = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{','.join(items)}]")
        | st.lists(st.tuples(_KEYS, inner), max_size=3).map(_object)
    ),
    max_leaves=6,
)

# Messages

Make = Callable[[], str]


_CHANGES: tuple[Callable[[str], str], ...] = (
    str,
    str,
    str.upper,
    str.lower,
    str.swapcase,
    " {} ".format,
)


class Maker:
    """Makes messages of what real ones have and of some odd values, by a seed."""

    def __init__(self, seed: int, odd: Sequence[str]) -> None:
        self._random = Random(seed)  # noqa: S311 (no secret)
        self._odd = (*odd, *SIMPLE, *SIMPLE, *NUMBERS, *NESTED)

    def asked(self) -> Asked:
        kind = self._of("status_notifications", "notify_events")
        make = self._status_notification if kind == "status_notifications" else self._notify_event
        text = self._of(*self._odd) if self._rarely(20) else make()
        return Asked(kind, text, self._of(*FIRMWARES))

    def _of(self, *some: str | None) -> str:
        chosen: str = self._random.choice(some)  # type: ignore[assignment]
        return chosen

    def _rarely(self, times: int) -> bool:
        return self._random.randrange(times) == 0

    def _text(self, *some: str) -> Make:
        return lambda: written(self._of(*some), is_escaped=self._rarely(2))

    def _raw(self, *some: str) -> Make:
        return lambda: self._of(*some)

    def _codes(self) -> str:
        """Codes as a field has them: one, several, or so many that it is near the limit."""
        pools = (CODES, CODES, CODES, WORDS, WORDS, LOOK_ALIKES, STRANGE)
        number = self._random.choice([1, 1, 1, 2, 3])
        pieces = [self._of(*self._random.choice(pools)) for _ in range(number)]
        text = self._of(*SEPARATORS).join(pieces)
        if self._rarely(10):
            size = self._random.choice([999, 1000, 1000, 1001, 1002])
            text = (text + self._of(*FILLINGS) * 1000)[:size]
        change = self._random.choice(_CHANGES)
        return written(change(text), is_escaped=self._rarely(2))

    def _fields(self, right: Mapping[str, Make]) -> str:
        """An object with most of these fields, most of them right; surplus ones, some twice."""
        names = [name for name in right if not self._rarely(8)]
        names += [self._of(*right, "custom", "__proto__") for _ in range(2) if self._rarely(6)]
        if self._rarely(4):
            self._random.shuffle(names)
        return _object([(name, self._value(right.get(name))) for name in names])

    def _value(self, make: Make | None) -> str:
        return self._of(*self._odd) if make is None or self._rarely(10) else make()

    def _status_notification(self) -> str:
        return self._fields(
            {
                "connectorId": self._raw("0", "1", "2", "3.0"),
                "errorCode": self._codes,
                "status": self._text(*ocpp.STATUSES, "Faulted", "FAULTED", "\u017fuspendedEV", ""),
                "vendorErrorCode": self._codes,
                "vendorId": self._text("com.example", ""),
                "info": self._text("Relay 2", "\u2028"),
                "timestamp": self._text("2026-07-11T08:12:09Z"),
            }
        )

    def _notify_event(self) -> str:
        events = [self._value(self._event) for _ in range(self._random.randrange(3))]
        data = self._value(lambda: f"[{' , '.join(events)}]")
        return _object([("seqNo", "0"), ("eventData", data)][self._rarely(20) :])

    def _event(self) -> str:
        number = self._raw("0", "1", "2", "3.0")
        state = ("AvailabilityState", "availabilitySTATE", "Availability\u017ftate", "Problem")
        evse: dict[str, Make] = {"id": number, "connectorId": number}
        component = {"name": self._text("EVSE"), "evse": lambda: self._fields(evse)}
        states = (*ocpp.AVAILABILITY_STATES, "faulted", "Re\u017ferved", "true")
        return self._fields(
            {
                "eventId": number,
                "timestamp": self._text("2026-07-11T08:12:09Z"),
                "actualValue": self._text(*states),
                "component": lambda: self._fields(component),
                "variable": lambda: self._fields({"name": self._text(*state)}),
                "techCode": self._codes,
                "techInfo": self._text("Relay 2"),
                "cleared": self._raw("true", "false", "null", "null"),
                "severity": self._raw(*["null"] * 10, *map(str, range(11))),
            }
        )


BATCH = 25


def _batch(seed: int, odd: Sequence[str]) -> list[Asked]:
    maker = Maker(seed, odd)
    return [
        *(Asked("notify_events", one, None) for one in odd),
        *(maker.asked() for _ in range(BATCH)),
    ]


BATCHES = st.builds(_batch, st.integers(0, 2**32), st.lists(ANYTHING, min_size=3, max_size=3))
"""Messages, and the odd values that some of them have as messages of their own."""
