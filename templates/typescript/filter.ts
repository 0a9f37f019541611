import { catalogue } from "./catalogue.js";
import type { CodeDetails, Meaning, SentIn } from "./records.js";
import { connectorsOf, isDeprecated, productsOf } from "./roles.js";
import { asWord } from "./texts.js";

/** Which codes `findCodes` finds. What is left out, undefined or null restricts nothing. */
export interface CodeFilter {
  /** The codes that this product can send: those said of it, in any upper and lower case, or of no product. */
  readonly product?: string | null | undefined;
  /** The codes that can be set on this connector: those said of it, or of no connector. */
  readonly connector?: number | null | undefined;
  /** The codes of which every meaning says that they are no longer used, or the others. */
  readonly deprecated?: boolean | null | undefined;
  /** The codes that are sent in this field. */
  readonly sentIn?: SentIn | null | undefined;
}

/**
 * Finds codes by what they mean in the newest release that has them, in the order of the catalogue.
 *
 * One of the meanings of a code has to fit product and connector alike.
 *
 * @example
 * import { catalogue, findCodes } from "example-codes";
 *
 * const found = findCodes({ product: "Some Product", connector: 1, deprecated: false });
 * found.every(({ code }) => catalogue.has(code)); // => true
 * findCodes().length === catalogue.size; // => true
 */
export function findCodes(filter: CodeFilter = {}): readonly CodeDetails[] {
  return catalogue.codes.filter(
    ({ sentIn, meanings }) =>
      isWanted(filter.sentIn, sentIn) &&
      isWanted(filter.deprecated, meanings.every((meaning) => isDeprecated(meaning) === true)) &&
      meanings.some((meaning) => fits(meaning, filter)),
  );
}

function isWanted<Value>(wanted: Value | null | undefined, value: Value): boolean {
  return wanted == null || wanted === value;
}

function fits(meaning: Meaning, { product, connector }: CodeFilter): boolean {
  const products = productsOf(meaning) ?? [];
  const connectors = connectorsOf(meaning) ?? [];
  return (
    (product == null || products.length === 0 || products.map(asWord).includes(asWord(product))) &&
    (connector == null || connectors.length === 0 || connectors.includes(connector))
  );
}
