"""What the OCPP standard itself says of error codes, whoever the vendor is.

Source: OCPP 1.6 edition 2, sections 7.6 (ChargePointErrorCode) and 6.47 (StatusNotification.req).
"""

ERROR_CODES = frozenset(
    (
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
)
"""The values of `errorCode` in OCPP 1.6."""

LONGEST_CODE = 50
"""How many characters `vendorErrorCode` holds (CiString50Type)."""
