// A charge point with the package ocpp-rpc; sends the messages that it reads, and checks none.
//
//   node charge_point.mjs URL PROTOCOL < [[ACTION, PAYLOAD], …]
import { json } from "node:stream/consumers";
import { RPCClient } from "ocpp-rpc";

const milliseconds = 20_000;
const [, , endpoint, protocol] = process.argv;

const options = { reconnect: false, callTimeoutMs: milliseconds };
const client = new RPCClient({ endpoint, identity: "CP1", protocols: [protocol], ...options });
const messages = await json(process.stdin);
await client.connect();
for (const [action, payload] of messages) {
  // A message that is refused is no reason to send no other.
  await client.call(action, payload).catch((error) => console.error(action, error.message));
}
await client.close();
