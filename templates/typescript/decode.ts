import { latestRelease, releases } from "./catalogue.js";
import { lookup } from "./lookup.js";
import {
  availabilityState,
  availabilityStates,
  errorCodes,
  faulted,
  leastSevere,
  leastSevereFault,
  leastSevereWarning,
  longestList,
  noError,
  otherError,
  statuses,
} from "./ocpp.js";
import { PayloadReader } from "./payload.js";
import type {
  CodeDetails,
  CodeField,
  Condition,
  ConditionFrom,
  DecodedCode,
  DecodedEvent,
  DecodedNotifyEvent,
  DecodedStatusNotification,
  Deviation,
  Meaning,
  Release,
  ReleaseMatch,
} from "./records.js";
import { findRelease, isFirmware } from "./releases.js";
import { connectorsOf, decodedCode, isDeprecated, nonErrorStatus } from "./roles.js";

const folded = (words: readonly string[]): readonly string[] => words.map((word) => word.toLowerCase());

const noErrorWord = noError.toLowerCase();
const otherErrorWord = otherError.toLowerCase();
const faultedWord = faulted.toLowerCase();
const nonErrorStatuses = folded(statuses.filter((status) => status !== faulted));
const nonErrorStates = folded(availabilityStates.filter((state) => state !== faultedWord));

/** What was sent for one code, and the same as texts are compared. */
interface Piece {
  readonly sent: string;
  readonly word: string;
  readonly field: CodeField;
}

const isError = ({ word }: Piece): boolean => word !== noErrorWord;
const isCode = ({ word }: Piece): boolean => word !== noErrorWord && word !== otherErrorWord;

/** What a code is decoded with; `goesOn` is that charging does, by what the message says. */
interface Asked {
  readonly release: Release;
  readonly match: ReleaseMatch;
  readonly connectorId: number | null;
  readonly goesOn: boolean;
}

/**
 * Decodes the payload of a StatusNotification of OCPP 1.6, by the rules of docs/decoding.md in the generator's
 * repository.
 *
 * Takes what `JSON.parse` gives, whatever it is, and throws nothing because of it: what is odd is answered as
 * `problems`. With the firmware of the station, in any spelling that `findRelease` takes, it answers as of that.
 */
export function decodeStatusNotification(
  payload: unknown,
  firmware?: string | null,
): DecodedStatusNotification {
  const [release, match] = answering(firmware);
  const reader = new PayloadReader(payload);
  if (!reader.isObject) {
    reader.note(null, "wrong-type");
  }
  const connectorId = reader.number("connectorId", true);
  const errorCode = reader.text("errorCode", true);
  const status = reader.text("status", true);
  const timestamp = reader.text("timestamp");
  const info = reader.text("info");
  const vendorId = reader.text("vendorId");
  const oddBefore = reader.problems.length;
  const vendorErrorCode = reader.text("vendorErrorCode");
  const vendorIsOdd = reader.problems.length > oddBefore;
  const standard = divide(errorCode, "errorCode");
  const vendor = divide(vendorErrorCode, "vendorErrorCode");
  const sent = [...standard, ...vendor];
  const words = standard.map(({ word }) => word);
  const state = asWord(status);
  const isNonError = nonErrorStatuses.includes(state);
  if (errorCode !== null && (words.length === 0 || words.some((word) => standardCode(word) === null))) {
    reader.note("errorCode", "not-in-ocpp");
  }
  if (status !== null && state !== faultedWord && !isNonError) {
    reader.note("status", "not-in-ocpp");
  }
  if (words.includes(noErrorWord) && (state === faultedWord || sent.some(isError))) {
    reader.note("errorCode", "contradicts");
  }
  if (words.includes(otherErrorWord) && vendor.length === 0 && !vendorIsOdd) {
    reader.note("vendorErrorCode", "missing");
  }
  const asked: Asked = { release, match, connectorId, goesOn: isNonError };
  const codes = sent.filter(isCode).map((piece) => decodeCode(piece, asked)[0]);
  return {
    condition: conditionOf(state, isNonError, sent),
    connectorId,
    status,
    errorCode,
    vendorErrorCode,
    vendorId,
    info,
    timestamp,
    release: release.name,
    releaseMatch: match,
    codes,
    goesBeyondDocument: codes.some(({ beyondDocument }) => beyondDocument.length > 0),
    problems: reader.problems,
    payload,
  };
}

function conditionOf(state: string, isNonError: boolean, sent: readonly Piece[]): Condition {
  if (state === faultedWord) {
    return "fault";
  }
  if (!isNonError || sent.length === 0) {
    return "unknown";
  }
  return sent.some(isError) ? "warning" : "none";
}

/**
 * Decodes the payload of a NotifyEvent of OCPP 2.0.1 or 2.1; the codes are those of `techCode`.
 *
 * Takes what `JSON.parse` gives, whatever it is, and throws nothing because of it.
 */
export function decodeNotifyEvent(payload: unknown, firmware?: string | null): DecodedNotifyEvent {
  const [release, match] = answering(firmware);
  const reader = new PayloadReader(payload);
  if (!reader.isObject) {
    reader.note(null, "wrong-type");
  }
  const events = reader.items("eventData").map((event) => decodeEvent(event, release, match));
  return { release: release.name, releaseMatch: match, events, problems: reader.problems, payload };
}

function decodeEvent(event: unknown, release: Release, match: ReleaseMatch): DecodedEvent {
  const reader = new PayloadReader(event);
  if (!reader.isObject) {
    reader.note(null, "wrong-type");
  }
  const eventId = reader.number("eventId", true);
  const timestamp = reader.text("timestamp", true);
  const actualValue = reader.text("actualValue", true);
  const component = reader.inner("component", true);
  const name = component.text("name", true);
  const evse = component.inner("evse");
  const evseId = evse.number("id", true);
  const connectorId = evse.number("connectorId");
  const variable = reader.inner("variable", true).text("name", true);
  const techCode = reader.text("techCode");
  const techInfo = reader.text("techInfo");
  const cleared = reader.flag("cleared");
  const severity = reader.number("severity", false, leastSevere);
  const sent = divide(techCode, "techCode");
  const state = asWord(variable) === availabilityState.toLowerCase() ? asWord(actualValue) : "";
  let [condition, conditionFrom] = conditionOfEvent(cleared, severity, state, sent);
  const goesOn = (conditionFrom === "severity" || conditionFrom === "status") && condition !== "fault";
  const asked: Asked = { release, match, connectorId: null, goesOn };
  const decoded = sent.filter(isCode).map((piece) => decodeCode(piece, asked));
  const codes = decoded.map(([code]) => code);
  if (conditionFrom === null && decoded.some(([, mayGoOn]) => mayGoOn === false)) {
    [condition, conditionFrom] = ["fault", "document"];
  }
  return {
    condition,
    conditionFrom,
    eventId,
    evseId,
    connectorId,
    component: name,
    variable,
    actualValue,
    techCode,
    techInfo,
    cleared,
    severity,
    timestamp,
    codes,
    goesBeyondDocument: codes.some(({ beyondDocument }) => beyondDocument.length > 0),
    problems: reader.problems,
    payload: event,
  };
}

/** As far as the event itself tells it. Severity: 0 danger … 4 error, 5 alert, 6 warning … 9 debug. */
function conditionOfEvent(
  cleared: boolean | null,
  severity: number | null,
  state: string,
  sent: readonly Piece[],
): [Condition, ConditionFrom | null] {
  if (cleared === true) {
    return ["none", "cleared"];
  }
  if (severity !== null) {
    const isFault = severity <= leastSevereFault;
    return [isFault ? "fault" : severity <= leastSevereWarning ? "warning" : "none", "severity"];
  }
  if (state === faultedWord) {
    return ["fault", "status"];
  }
  if (nonErrorStates.includes(state)) {
    return [sent.some(isError) ? "warning" : "none", "status"];
  }
  return ["unknown", null];
}

/** One code and how the message departs from its document; and whether it may come with a non-error status. */
function decodeCode({ sent, word, field }: Piece, asked: Asked): [DecodedCode, boolean | null] {
  const newest = find(word);
  if (newest === undefined) {
    const unknown = { sent, field, code: standardCode(word), beyondDocument: ["code"], meanings: [] } as const;
    return [decodedCode(unknown, null), null];
  }
  const held = asked.match === "newest" ? newest : lookup(newest.code, asked.release);
  const { meanings, sentIn } = held ?? newest;
  const mayGoOn = anyMayGoOn(meanings);
  const { connectorId } = asked;
  const isElsewhere = (connectors: readonly number[]): boolean =>
    connectorId !== null && connectors.length > 0 && !connectors.includes(connectorId);
  const deviations: readonly (readonly [Deviation, boolean])[] = [
    ["release", held === undefined],
    ["field", field !== sentIn && field !== "techCode"],
    ["status", asked.goesOn && mayGoOn === false],
    ["connector", meanings.every((meaning) => isElsewhere(connectorsOf(meaning) ?? []))],
    ["deprecated", meanings.every((meaning) => isDeprecated(meaning) === true)],
  ];
  const beyondDocument = deviations.flatMap(([deviation, holds]) => (holds ? [deviation] : []));
  return [decodedCode({ sent, field, code: newest.code, beyondDocument, meanings }, mayGoOn), mayGoOn];
}

/** Whether one of the meanings says so; null where none does and some are silent. */
function anyMayGoOn(meanings: readonly Meaning[]): boolean | null {
  const said = meanings.map(nonErrorStatus);
  return said.includes(true) ? true : said.includes(null) ? null : false;
}

/** The release that answers for a firmware; there always is one. */
function answering(firmware: string | null | undefined): [Release, ReleaseMatch] {
  const found = findRelease(firmware);
  if (found !== undefined) {
    return [found.release, found.isExact ? "exact" : "nearest_earlier"];
  }
  return isFirmware(firmware) ? [releases[0] ?? latestRelease, "oldest"] : [latestRelease, "newest"];
}

/** What stands in a field: one code, or several with `,` or `;` between them. */
function divide(text: string | null, field: CodeField): readonly Piece[] {
  if (text === null) {
    return [];
  }
  // A text's length counts what lies beyond the basic plane twice.
  if (text.length > longestList && [...text].length > longestList) {
    return [{ sent: text, word: asWord(text), field }];
  }
  const whole = strip(text);
  const parts = find(asWord(whole)) === undefined ? whole.split(/[,;]/) : [whole];
  return parts
    .map(strip)
    .filter((part) => part !== "")
    .map((sent) => ({ sent, word: asWord(sent), field }));
}

/** Without the blanks at both ends; `trim` takes other characters as well. */
function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === " ") {
    start++;
  }
  while (end > start && text[end - 1] === " ") {
    end--;
  }
  return text.slice(start, end);
}

/** A text as OCPP compares it, which has ASCII: without case. The lower case of U+212A is k, and is not meant. */
function asWord(text: string | null): string {
  return text === null ? "" : isAscii(text) ? text.toLowerCase() : text;
}

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}

function find(word: string): CodeDetails | undefined {
  return isAscii(word) ? lookup(word) : undefined;
}

function standardCode(word: string): string | null {
  return errorCodes.find((code) => code.toLowerCase() === word) ?? null;
}
