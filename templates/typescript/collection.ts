import { deepFreeze } from "./freeze.js";
import type { Catalogue, CodeDetails, Meaning } from "./records.js";
import { asWord } from "./texts.js";

/** The catalogue as a collection of its codes. What makes it one is not enumerable: copies are of the data. */
export interface CodeCatalogue extends Catalogue, Iterable<CodeDetails> {
  /** How many codes there are. */
  readonly size: number;
  /** Whether some document has the code, by the text that a charger sent. */
  has(code: string | null | undefined): boolean;
}

/** The details of a code without what they say of the meanings in one release. */
type CodeHistory = Omit<CodeDetails, "text" | "description" | "meanings">;

/** Finds the details of a code by the text that was sent, whatever that is. */
type Find = (code: unknown) => CodeDetails | undefined;

/** The details of a code, with its meanings in one release. */
export function withMeanings(code: CodeHistory, meanings: readonly Meaning[]): CodeDetails {
  return deepFreeze({
    ...code,
    text: onLines(meanings.map(({ text }) => text)),
    description: onLines(meanings.map(({ description }) => description)),
    meanings,
  });
}

/** Texts on lines of their own, each once. */
function onLines(texts: readonly string[]): string {
  return [...new Set(texts)].join("\n");
}

/** The details of codes, with their meanings in the newest release that has them. */
export function withNewestMeanings(codes: readonly CodeHistory[]): readonly CodeDetails[] {
  return codes.map((code) => withMeanings(code, code.revisions.at(-1)?.meanings ?? []));
}

/** Finds codes as OCPP compares them. */
export function finder(codes: readonly CodeDetails[]): Find {
  let byWord: ReadonlyMap<string, CodeDetails> | undefined;
  return (code) => {
    byWord ??= new Map(codes.map((details) => [asWord(details.code), details]));
    return typeof code === "string" ? byWord.get(asWord(code)) : undefined;
  };
}

/** The catalogue with what makes it a collection. */
export function asCollection(catalogue: Catalogue, find: Find): CodeCatalogue {
  const collection = Object.defineProperties(catalogue, {
    size: { value: catalogue.codes.length },
    has: { value: (code: unknown) => find(code) !== undefined },
    [Symbol.iterator]: { value: () => catalogue.codes.values() },
  });
  return deepFreeze(collection as CodeCatalogue);
}
