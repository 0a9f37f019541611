// A central system with the package ocpp-rpc; prints what the generated package says of each message.
//
//   node central_system.mjs PROTOCOL strict|lenient CHARGE_POINT…
//
// starts the charge point with its address and the protocol, and ends with it. The charge point reads
// from the standard input.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { decodeNotifyEvent, decodeStatusNotification } from "ctek-error-codes";
import { RPCServer } from "ocpp-rpc";

const milliseconds = 30_000;
const [, , protocol, strictness, command, ...words] = process.argv;

const server = new RPCServer({ protocols: [protocol], strictMode: strictness === "strict" });
server.on("client", (client) => {
  let firmware;
  client.handle("BootNotification", ({ params }) => {
    // OCPP 2.0.1 and 2.1 have it in an object of its own.
    firmware = (params.chargingStation ?? params).firmwareVersion;
    return { currentTime: new Date().toISOString(), interval: 300, status: "Accepted" };
  });
  client.handle("StatusNotification", ({ params }) => tell(decodeStatusNotification(params, firmware)));
  client.handle("NotifyEvent", ({ params }) => tell(decodeNotifyEvent(params, firmware)));
});

/** Prints an answer as JSON, on a line; the message is answered with nothing. */
function tell(asReceived) {
  console.log(JSON.stringify({ as_received: asReceived }));
  return {};
}

const listening = await server.listen(0, "127.0.0.1");
const url = `ws://127.0.0.1:${listening.address().port}`;
const chargePoint = spawn(command, [...words, url, protocol], { stdio: "inherit", timeout: milliseconds });
[process.exitCode] = await once(chargePoint, "exit");
process.exitCode ??= 1; // killed
await server.close({ force: true });
