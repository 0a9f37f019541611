import { findCode, releases } from "./catalogue.js";
import type { ErrorCode } from "./codes.js";
import { withMeanings } from "./collection.js";
import type { CodeDetails, Release, Revision } from "./records.js";
import { findRelease } from "./releases.js";

/**
 * Finds a code as a charger sent it; upper and lower case do not matter, as in OCPP.
 *
 * Returns undefined for a code that no document has, and where none was sent. A charger may run
 * newer firmware than the catalogue knows: keep the text that it sent.
 *
 * With a release, or the firmware of a station, it answers as of the release that `findRelease` finds for it: the
 * revisions end with the one that holds for that, and `meanings` and `sentIn` are that one's. Undefined if the code was
 * not in that release. A firmware that cannot be read is answered as if none were given.
 *
 * @example
 * import { lookup } from "example-codes";
 *
 * lookup("ExampleErrorCode".toLowerCase())?.code; // => "ExampleErrorCode"
 * lookup("SomethingNewer")?.code; // => undefined
 * lookup("ExampleErrorCode", "unknown")?.code; // => "ExampleErrorCode"
 */
export function lookup(code: ErrorCode, release?: null): CodeDetails;
export function lookup(
  code: string | null | undefined,
  release: Release | string | null | undefined,
): CodeDetails | undefined;
export function lookup(code: string | null | undefined): CodeDetails | undefined;
export function lookup(
  code: string | null | undefined,
  release?: Release | string | number | null,
): CodeDetails | undefined {
  const details = findCode(code);
  // A number is the place of an item: `texts.map(lookup)` hands it over, and means no release.
  if (details === undefined || release == null || typeof release === "number") {
    return details;
  }
  const found = findRelease(typeof release === "string" ? release : release.name);
  return found.match === "newest" ? details : asOf(found.release, details);
}

let places: ReadonlyMap<string, number> | undefined;

/** The place of a release among all, oldest first. */
function placeOf(release: string): number {
  places ??= new Map(releases.map(({ name }, place) => [name, place]));
  return places.get(release) ?? -1;
}

/** The details without what came later, undefined if the release does not list the code. */
function asOf(release: Release, details: CodeDetails): CodeDetails | undefined {
  const place = placeOf(release.name);
  const holds = details.revisions.findIndex(
    ({ since, until }) => placeOf(since) <= place && (until === null || place < placeOf(until)),
  );
  const revision = details.revisions[holds];
  return revision && (madeOf.get(revision) ?? make(details, revision, holds));
}

/** The details as of each revision that was asked for: making them takes longer than all the rest of decoding. */
const madeOf = new Map<Revision, CodeDetails>();

function make(details: CodeDetails, revision: Revision, place: number): CodeDetails {
  const { sentIn, meanings } = revision;
  const revisions = details.revisions.slice(0, place + 1);
  const made = withMeanings({ ...details, sentIn, removedIn: null, revisions }, meanings);
  madeOf.set(revision, made);
  return made;
}

/**
 * What a code means, in the words of the document: the `description` of its details.
 *
 * Takes what `lookup` takes, and returns undefined where that does.
 *
 * @example
 * import { describe, lookup } from "example-codes";
 *
 * describe("ExampleErrorCode") === lookup("ExampleErrorCode")?.description; // => true
 * describe("SomethingNewer") ?? "not known"; // => "not known"
 */
export function describe(
  code: string | null | undefined,
  release?: Release | string | null,
): string | undefined {
  return lookup(code, release)?.description;
}

/**
 * Whether a text is, to the letter, a code that the catalogue knows.
 *
 * @example
 * import { isErrorCode } from "example-codes";
 *
 * isErrorCode("ExampleErrorCode"); // => true
 * isErrorCode("SomethingNewer"); // => false
 */
export function isErrorCode(text: string): text is ErrorCode {
  return typeof text === "string" && lookup(text)?.code === text;
}
