import { asAnswer, toDecodedEvent, toDecodedNotifyEvent, toDecodedStatusNotification } from "./json.js";
import { type OtherList, otherLists } from "./otherLists.js";
import { lookup } from "./lookup.js";
import {
  availabilityState,
  availabilityStates,
  decidingFields,
  errorCodes,
  faulted,
  leastSevere,
  leastSevereFault,
  leastSevereWarning,
  longestList,
  noError,
  otherError,
  problem,
  problemOver,
  statuses,
} from "./ocpp.js";
import { type Payload, PayloadReader } from "./payload.js";
import type {
  CodeField,
  Condition,
  ConditionFrom,
  DecodedCode,
  DecodedEvent,
  DecodedNotifyEvent,
  DecodedStatusNotification,
  Deviation,
  Meaning,
  OtherListCode,
  Release,
  ReleaseMatch,
} from "./records.js";
import { findRelease } from "./releases.js";
import { connectorsOf, decodedCode, isDeprecated, nonErrorStatus } from "./roles.js";
import { asWord } from "./texts.js";

const folded = (words: readonly string[]): readonly string[] => words.map((word) => word.toLowerCase());

const noErrorWord = noError.toLowerCase();
const otherErrorWord = otherError.toLowerCase();
const faultedWord = faulted.toLowerCase();
const nonErrorStatuses = folded(statuses.filter((status) => status !== faulted));
const nonErrorStates = folded(availabilityStates.filter((state) => state !== faulted));

/** What was sent for one code, and the same as texts are compared. */
interface Piece {
  readonly sent: string;
  readonly word: string;
  readonly field: CodeField;
}

const isError = ({ word }: Piece): boolean => word !== noErrorWord;
const isCode = ({ word }: Piece): boolean => word !== noErrorWord && word !== otherErrorWord;

/**
 * What a code is decoded with. `place` is where it holds, as keys of groups have it; `goesOn` is that charging does, by
 * what the message says.
 */
interface Asked {
  readonly release: Release;
  readonly match: ReleaseMatch;
  readonly place: string;
  readonly connectorId: number | null;
  readonly goesOn: boolean;
}

/**
 * Decodes the payload of a StatusNotification of OCPP 1.6, by the rules of docs/decoding.md in the generator's
 * repository.
 *
 * Takes what `JSON.parse` gives, and throws nothing because of it, whatever it is: what is odd is answered as
 * `problems`, and so is JSON text, a whole frame, or a field whose name is spelt in another way. With the firmware
 * of the station it answers as of the release that `findRelease` finds for it.
 *
 * @example
 * import { decodeStatusNotification } from "example-codes";
 *
 * const message = { connectorId: 1, errorCode: "OtherError", status: "Faulted", vendorErrorCode: "ExampleErrorCode" };
 * const decoded = decodeStatusNotification(message);
 * decoded.condition; // => "fault"
 * decoded.codes.map(({ code }) => code); // => ["ExampleErrorCode"]
 */
export function decodeStatusNotification(
  payload: Payload,
  firmware?: string | null,
): DecodedStatusNotification {
  const { release, match } = findRelease(firmware);
  const reader = new PayloadReader(payload);
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
  const list = listOf(vendorId);
  const words = standard.map(({ word }) => word);
  const withZeros = divide(vendorErrorCode, "vendorErrorCode");
  const vendor = withoutZeros(standard, withZeros, list);
  const sent = [...standard, ...vendor];
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
  if (vendor.length < withZeros.length) {
    reader.note("vendorErrorCode", "zeros");
  }
  const place = connectorId === null ? "-" : `${connectorId}`;
  const asked: Asked = { release, match, place, connectorId, goesOn: isNonError };
  const codes = sent
    .filter(isCode)
    .map((piece) => (list ? decodeOfList(piece, list, place) : decodeCode(piece, asked)[0]));
  const answer: Omit<DecodedStatusNotification, "toJSON"> = {
    condition: isHidden(reader) ? "unknown" : conditionOf(state, isNonError, sent),
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
  return asAnswer(answer, toDecodedStatusNotification);
}

/** Whether a field that decides the condition was not read, since its name is spelt in another way. */
function isHidden({ problems }: PayloadReader): boolean {
  return problems.some(({ field, problem }) => problem === "spelling" && field !== null && decidingFields.includes(field));
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
 * Takes what `JSON.parse` gives, and throws nothing because of it, whatever it is.
 *
 * @example
 * import { decodeNotifyEvent } from "example-codes";
 *
 * const decoded = decodeNotifyEvent({ eventData: [{ severity: 6, techCode: "ExampleErrorCode" }] });
 * decoded.events[0]?.condition; // => "warning"
 * decoded.events[0]?.codes[0]?.code; // => "ExampleErrorCode"
 */
export function decodeNotifyEvent(payload: Payload, firmware?: string | null): DecodedNotifyEvent {
  const { release, match } = findRelease(firmware);
  const reader = new PayloadReader(payload);
  const events = reader.items("eventData").map((event) => decodeEvent(event, release, match));
  const answer = { release: release.name, releaseMatch: match, events, problems: reader.problems, payload };
  return asAnswer(answer, toDecodedNotifyEvent);
}

function decodeEvent(event: unknown, release: Release, match: ReleaseMatch): DecodedEvent {
  const reader = new PayloadReader(event);
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
  const isOver = asWord(variable) === problem.toLowerCase() && asWord(actualValue) === problemOver;
  const hidden = isHidden(reader);
  let [condition, conditionFrom]: [Condition, ConditionFrom | null] = hidden
    ? ["unknown", null]
    : conditionOfEvent(cleared, isOver, severity, state, sent);
  const goesOn = (conditionFrom === "severity" || conditionFrom === "status") && condition !== "fault";
  const place = `${evseId ?? "-"}${connectorId === null ? "" : `.${connectorId}`}`;
  const asked: Asked = { release, match, place, connectorId: null, goesOn };
  const decoded = sent.filter(isCode).map((piece) => decodeCode(piece, asked));
  const codes = decoded.map(([code]) => code);
  if (conditionFrom === null && !hidden && decoded.some(([, mayGoOn]) => mayGoOn === false)) {
    [condition, conditionFrom] = ["fault", "document"];
  }
  const answer: Omit<DecodedEvent, "toJSON"> = {
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
  return asAnswer(answer, toDecodedEvent);
}

/** As far as the event itself tells it. Severity: 0 danger … 4 error, 5 alert, 6 warning … 9 debug. */
function conditionOfEvent(
  cleared: boolean | null,
  isOver: boolean,
  severity: number | null,
  state: string,
  sent: readonly Piece[],
): [Condition, ConditionFrom | null] {
  if (cleared === true) {
    return ["none", "cleared"];
  }
  if (isOver) {
    return ["none", "problem"];
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
  const newest = lookup(word);
  if (newest === undefined) {
    return [undocumented({ sent, word, field }, "code", asked.place), null];
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
  const { code } = newest;
  const groupKey = `${asked.place}:${code}`;
  const known = { sent, field, code, beyondDocument, meanings, otherList: null, groupKey };
  return [decodedCode(known, mayGoOn), mayGoOn];
}

/** A code of which the document says nothing; OCPP may have it. */
function undocumented({ sent, word, field }: Piece, deviation: Deviation, place: string): DecodedCode {
  const code = standardCode(word);
  const groupKey = `${place}:${code ?? sent}`;
  return decodedCode(
    { sent, field, code, beyondDocument: [deviation], meanings: [], otherList: null, groupKey },
    null,
  );
}

/** A code of a message that names another list. `errorCode` has the words of the standard all the same. */
function decodeOfList(piece: Piece, list: OtherList, place: string): DecodedCode {
  const { sent, word, field } = piece;
  if (field === "errorCode") {
    return undocumented(piece, "list", place);
  }
  const { title, vendorId, source, names, counterparts } = list;
  const code = spelling(list, word) ?? null;
  const name = code === null ? null : (names.get(code) ?? null);
  const found = code === null ? [] : (counterparts.get(code) ?? []);
  const otherList: OtherListCode = { title, vendorId, source, code, name, counterparts: found };
  const groupKey = `${place}:${vendorId}:${code ?? sent}`;
  return decodedCode(
    { sent, field, code: null, beyondDocument: ["list"], meanings: [], otherList, groupKey },
    null,
  );
}

/** Without the codes of zeros beside NoError: what some stations send where there is none. */
function withoutZeros(
  standard: readonly Piece[],
  vendor: readonly Piece[],
  list: OtherList | undefined,
): readonly Piece[] {
  if (standard.length === 0 || standard.some(isError)) {
    return vendor;
  }
  const isKnown = (word: string): boolean => (list ? spelling(list, word) : lookup(word)) !== undefined;
  return vendor.filter(({ word }) => !/^(?:0x)?0+$/.test(word) || isKnown(word));
}

let listsById: ReadonlyMap<string, OtherList> | undefined;

/** The list that a vendorId stands for, undefined where it is none of another list. */
function listOf(vendorId: string | null): OtherList | undefined {
  listsById ??= new Map(
    otherLists().flatMap((list) => [list.vendorId, ...list.alsoSentAs].map((id) => [asWord(id), list])),
  );
  return listsById.get(asWord(strip(vendorId ?? "")));
}

/** A code as a list spells it, undefined where the list does not have it. */
function spelling({ names }: OtherList, word: string): string | undefined {
  return [...names.keys()].find((code) => asWord(code) === word);
}

/** Whether one of the meanings says so; null where none does and some are silent. */
function anyMayGoOn(meanings: readonly Meaning[]): boolean | null {
  const said = meanings.map(nonErrorStatus);
  return said.includes(true) ? true : said.includes(null) ? null : false;
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
  const parts = lookup(whole) === undefined ? whole.split(/[,;]/) : [whole];
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

function standardCode(word: string): string | null {
  return errorCodes.find((code) => code.toLowerCase() === word) ?? null;
}
