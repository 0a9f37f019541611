"""What the OCPP standard itself says of error codes, whoever the vendor is.

Source: OCPP 1.6 edition 2, sections 4.9 (status notification), 6.47 (StatusNotification.req), 7.6
(ChargePointErrorCode) and 7.7 (ChargePointStatus); OCPP 2.0.1 edition 3, part 2, NotifyEventRequest
and ConnectorStatusEnumType; OCPP 2.1 for `severity`.
"""

from .folding import fold

ERROR_CODES = (
    "ConnectorLockFailure",
    "EVCommunicationError",
    "GroundFailure",
    "HighTemperature",
    "InternalError",
    "LocalListConflict",
    "NoError",
    "OtherError",
    "OverCurrentFailure",
    "OverVoltage",
    "PowerMeterFailure",
    "PowerSwitchFailure",
    "ReaderFailure",
    "ResetFailure",
    "UnderVoltage",
    "WeakSignal",
)
"""The values of `errorCode` in OCPP 1.6."""

NO_ERROR = "NoError"
"""The value of `errorCode` that says that there is none."""
OTHER_ERROR = "OtherError"
"""The value of `errorCode` that says: see `vendorErrorCode`."""

STATUSES = (
    "Available",
    "Preparing",
    "Charging",
    "SuspendedEVSE",
    "SuspendedEV",
    "Finishing",
    "Reserved",
    "Unavailable",
    "Faulted",
)
"""The values of `status` in OCPP 1.6. All but Faulted leave charging possible (section 4.9)."""

FAULTED = "Faulted"
"""The status that makes an error a fault; with any other one it is a warning (section 4.9)."""

AVAILABILITY_STATE = "AvailabilityState"
"""The variable whose `actualValue` is the status, in events of OCPP 2.0.1."""
AVAILABILITY_STATES = ("Available", "Occupied", "Reserved", "Unavailable", "Faulted")
"""The values that it has."""

PROBLEM = "Problem"
"""The variable that says whether there is a problem, in events of OCPP 2.0.1."""
PROBLEM_OVER = "false"
"""The value of it that says that there is none."""

LEAST_SEVERE_FAULT = 4
"""`severity` of an event in OCPP 2.1, up to which it is a fault: 0 danger … 4 error."""
LEAST_SEVERE_WARNING = 6
"""Up to which it is a warning: 5 alert, 6 warning."""
LEAST_SEVERE = 9
"""The last number that there is: 7 notice, 8 informational, 9 debug."""

DECIDING_FIELDS = (
    *("errorCode", "vendorErrorCode"),
    *("techCode", "cleared", "severity", "variable", "variable.name", "actualValue"),
)
"""What decides the condition of a message: of StatusNotification beside the status, without which
it is unknown anyway, and of an event."""

REQUEST = 2
"""The first item of an OCPP-J frame that is a request; behind it stand id, action and payload."""

LONGEST_CODE = 50
"""How many characters `vendorErrorCode` holds (CiString50Type)."""

LONGEST_LIST = 1000
"""How many characters a list of codes may have; a longer text is taken as one code."""

GREATEST_NUMBER = 2**31 - 1
"""A greater number is none that a charger gives a connector or an event."""


def fold_name(name: str) -> str:
    """What is equal for all spellings of a field's name: `errorCode`, `ErrorCode`, `error_code`."""
    return fold(name.replace("_", "").replace("-", ""))
