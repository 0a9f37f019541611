"""A charge point with the package `ocpp`; sends the messages that it reads, and checks none.

python charge_point.py URL PROTOCOL < [[ACTION, PAYLOAD], …]
"""

import asyncio
import json
import sys
from contextlib import suppress
from importlib import import_module

from ocpp.charge_point import camel_to_snake_case
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

VERSIONS = {"ocpp1.6": "ocpp.v16", "ocpp2.0.1": "ocpp.v201", "ocpp2.1": "ocpp.v21"}
SECONDS = 20


async def session(url: str, protocol: str, messages: list[tuple[str, dict[str, object]]]) -> None:
    """Sends the messages, each when the one before it has been answered."""
    version = import_module(VERSIONS[protocol])
    async with connect(f"{url}/CP1", subprotocols=[Subprotocol(protocol)]) as connection:
        charge_point = version.ChargePoint("CP1", connection, response_timeout=SECONDS)
        listening = asyncio.create_task(charge_point.start())
        for action, payload in messages:
            message = getattr(version.call, action)(**camel_to_snake_case(payload))
            await charge_point.call(message, skip_schema_validation=True)
    with suppress(ConnectionClosed):
        await listening


if __name__ == "__main__":
    _, url, protocol = sys.argv
    asyncio.run(asyncio.wait_for(session(url, protocol, json.load(sys.stdin)), SECONDS))
