import { greatestNumber, request } from "./ocpp.js";
import type { Problem, ProblemKind } from "./records.js";
import { asWord } from "./texts.js";

/**
 * A payload as `JSON.parse` gives it: an object, be it of an interface or written out, and neither its JSON text nor a
 * list, which have a length.
 */
export type Payload = { readonly length?: never } & (object | { readonly [name: string]: unknown });

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isBytes(value);
}

/** What is wrong with a payload that is no object. */
function formOf(value: unknown): ProblemKind {
  if (typeof value === "string" || isBytes(value)) {
    return "json-text";
  }
  return Array.isArray(value) && value[0] === request && typeof value[2] === "string" ? "frame" : "wrong-type";
}

function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}

/** A field's name as its spellings are compared: `errorCode`, `ErrorCode` and `error_code` are one. */
const asName = (name: string): string => asWord(name.replace(/[_-]/g, ""));

/** The fields of a JSON object, read one by one. What is wrong with them goes into `problems`. */
export class PayloadReader {
  readonly isObject: boolean;
  readonly problems: Problem[];
  private readonly values: Readonly<Record<string, unknown>>;
  private readonly path: string;

  constructor(value: unknown, path = "", problems: Problem[] = []) {
    this.isObject = isObject(value);
    this.values = isObject(value) ? value : {};
    this.path = path;
    this.problems = problems;
    if (!this.isObject && path === "") {
      this.note(null, formOf(value));
    }
  }

  /** Adds a problem; null is the whole object. Answers null, which the field then is. */
  note(name: string | null, problem: ProblemKind): null {
    this.problems.push({ field: name === null ? null : this.path + name, problem });
    return null;
  }

  /** A string, null where there is none. */
  text(name: string, required = false): string | null {
    const value = this.get(name, required);
    return value === null || typeof value === "string" ? value : this.note(name, "wrong-type");
  }

  /** A boolean, null where there is none. */
  flag(name: string): boolean | null {
    const value = this.get(name, false);
    return value === null || typeof value === "boolean" ? value : this.note(name, "wrong-type");
  }

  /** A whole number from 0 on, null where there is none. */
  number(name: string, required = false, greatest = greatestNumber): number | null {
    const value = this.get(name, required);
    if (value === null) {
      return null;
    }
    if (typeof value !== "number") {
      return this.note(name, "wrong-type");
    }
    // -0 is 0 in every other language.
    return Number.isInteger(value) && value >= 0 && value <= greatest
      ? value + 0
      : this.note(name, "not-in-ocpp");
  }

  /** The items of a list that is required. */
  items(name: string): readonly unknown[] {
    const value = this.get(name, true);
    if (Array.isArray(value)) {
      return value;
    }
    if (value !== null) {
      this.note(name, "wrong-type");
    }
    return [];
  }

  /** The fields of an object within this one; nothing is missed in one that is not there. */
  inner(name: string, required = false): PayloadReader {
    const value = this.get(name, required);
    if (value !== null && !isObject(value)) {
      this.note(name, "wrong-type");
    }
    return new PayloadReader(value, `${this.path}${name}.`, this.problems);
  }

  /** The value of a field; null is as good as no field, and so is what every object has. */
  private get(name: string, required: boolean): unknown {
    const value = this.own(name);
    if (value === null && this.isSpeltOtherwise(name)) {
      return this.note(name, "spelling");
    }
    if (value === null && required && this.isObject) {
      return this.note(name, "missing");
    }
    return value;
  }

  private own(name: string): unknown {
    return (Object.hasOwn(this.values, name) ? this.values[name] : null) ?? null;
  }

  /** Whether a field that is not there by its name stands there by another spelling of it. */
  private isSpeltOtherwise(name: string): boolean {
    const word = asName(name);
    return Object.keys(this.values).some((key) => asName(key) === word && this.own(key) !== null);
  }
}
