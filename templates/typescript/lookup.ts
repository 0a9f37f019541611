import { catalogue, releases } from "./catalogue.js";
import type { ErrorCode } from "./codes.js";
import type { CodeDetails, Release } from "./records.js";
import { findRelease } from "./releases.js";

let byCode: ReadonlyMap<string, CodeDetails> | undefined;

/**
 * Finds a code as a charger sent it; upper and lower case do not matter, as in OCPP.
 *
 * Returns undefined for a code that no document has, and where none was sent. A charger may run
 * newer firmware than the catalogue knows: keep the text that it sent.
 *
 * With a release, or the firmware of a station in any spelling that `findRelease` takes, it answers as of that
 * release: the revisions end with the one that holds for it, and `meanings` and `sentIn` are that one's. Undefined if
 * the code was not in that release, or if `findRelease` finds none.
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
  byCode ??= new Map(catalogue.codes.map((details) => [details.code.toLowerCase(), details]));
  const details = typeof code === "string" ? byCode.get(code.toLowerCase()) : undefined;
  // A number is the place of an item: `texts.map(lookup)` hands it over, and means no release.
  if (details === undefined || release == null || typeof release === "number") {
    return details;
  }
  const found = findRelease(typeof release === "string" ? release : release.build);
  return found && asOf(found.release, details);
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
  return (
    revision && {
      ...details,
      sentIn: revision.sentIn,
      removedIn: null,
      revisions: details.revisions.slice(0, holds + 1),
      meanings: revision.meanings,
    }
  );
}

/** Whether a text is, to the letter, a code that the catalogue knows. */
export function isErrorCode(text: string): text is ErrorCode {
  return typeof text === "string" && lookup(text)?.code === text;
}
