"""A central system with the package `ocpp`; prints what the generated package says of each message.

    python central_system.py PROTOCOL strict|lenient CHARGE_POINT…

starts the charge point with its address and the protocol, and ends with it. The charge point reads
from the standard input.
"""

import asyncio
import dataclasses
import json
import sys
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module

from ctek_error_codes import decode_notify_event, decode_status_notification
from ocpp.charge_point import ChargePoint, snake_to_camel_case
from ocpp.routing import on
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

VERSIONS = {"ocpp1.6": "ocpp.v16", "ocpp2.0.1": "ocpp.v201", "ocpp2.1": "ocpp.v21"}
"""Imported as they are needed: each takes its time."""

SECONDS = 30


class Station(ChargePoint):
    """A charge point as the central system sees it."""

    firmware: str | None = None
    payload: object = None

    async def route_message(self, raw_msg: str) -> None:
        """Keeps the payload as it came, since the handlers are given keywords alone."""
        self.payload = json.loads(raw_msg)[-1]
        await super().route_message(raw_msg)

    @on("BootNotification")
    def booted(
        self,
        firmware_version: str | None = None,
        charging_station: dict[str, str] | None = None,
        **_: object,
    ) -> object:
        """Keeps the firmware, which 2.0.1 and 2.1 have in an object of its own."""
        self.firmware = (charging_station or {}).get("firmware_version", firmware_version)
        now = datetime.now(UTC).isoformat()
        return self._call_result.BootNotification(current_time=now, interval=300, status="Accepted")

    @on("StatusNotification")
    def status_notified(self, **message: object) -> object:
        tell(
            as_received=decode_status_notification(self.payload, self.firmware),
            from_keywords=decode_status_notification(snake_to_camel_case(message), self.firmware),
        )
        return self._call_result.StatusNotification()

    @on("NotifyEvent")
    def event_notified(self, **message: object) -> object:
        tell(
            as_received=decode_notify_event(self.payload, self.firmware),
            from_keywords=decode_notify_event(snake_to_camel_case(message), self.firmware),
        )
        return self._call_result.NotifyEvent()


class Lenient(Station):
    """Lets messages through that are not as OCPP has them."""

    @on("StatusNotification", skip_schema_validation=True)
    def status_notified(self, **message: object) -> object:
        return super().status_notified(**message)


def tell(**answers: object) -> None:
    """Prints the answers as JSON, on a line."""
    print(json.dumps(answers, default=plain))


def plain(value: object) -> object:
    """A record as an object."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)


async def session(protocol: str, strictness: str, charge_point: list[str]) -> int:
    """The exit status of the charge point."""
    kind = Lenient if strictness == "lenient" else Station
    version = import_module(VERSIONS[protocol]).ChargePoint
    station_class = type("StationOfVersion", (kind, version), {})

    async def attend(connection: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            await station_class("CP1", connection).start()

    protocols = [Subprotocol(protocol)]
    async with serve(attend, "127.0.0.1", 0, subprotocols=protocols) as server:
        [socket] = server.sockets
        url = f"ws://127.0.0.1:{socket.getsockname()[1]}"
        started = await asyncio.create_subprocess_exec(*charge_point, url, protocol)
        try:
            async with asyncio.timeout(SECONDS):
                return await started.wait()
        finally:
            if started.returncode is None:
                started.kill()


if __name__ == "__main__":
    _, protocol, strictness, *charge_point = sys.argv
    sys.exit(asyncio.run(session(protocol, strictness, charge_point)))
