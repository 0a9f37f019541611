// Holds a decoder of the generated TypeScript against vectors, or answers messages, for the tests.
//
//   node vectors.mjs PACKAGE vectors FILE   prints {"passed": n, "failed": [name, …]}
//   node vectors.mjs PACKAGE answer         for each line of standard input, a message with its kind
//                                           and firmware, prints the answer as JSON;
//                                           with `text` in place of `message`, that of the JSON there
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";
import { pathToFileURL } from "node:url";

const [, , folder, what, file] = process.argv;
const { decodeNotifyEvent, decodeStatusNotification } = await import(pathToFileURL(`${folder}/dist/index.js`));
const decoders = { status_notifications: decodeStatusNotification, notify_events: decodeNotifyEvent };

if (what === "vectors") {
  const vectors = JSON.parse(readFileSync(file, "utf8"));
  const failed = [];
  let passed = 0;
  for (const [kind, decode] of Object.entries(decoders)) {
    for (const { name, message, firmware, expected } of vectors[kind]) {
      const answer = decode(message, firmware);
      // As text the answer is what it has to be to the letter; -0 shows in the values alone.
      const isAsText = JSON.stringify(answer) === JSON.stringify(expected);
      if (isAsText && isDeepStrictEqual(answer.toJSON(), expected)) {
        passed += 1;
      } else {
        failed.push(`${kind}: ${name}`);
      }
    }
  }
  console.log(JSON.stringify({ passed, failed }));
} else {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: 0 })) {
    const { kind, message, text, firmware } = JSON.parse(line);
    const payload = text === undefined ? message : JSON.parse(text);
    console.log(JSON.stringify(decoders[kind](payload, firmware)));
  }
}
