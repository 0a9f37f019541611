import { latestRelease, releases } from "./catalogue.js";
import { firmwareSpelling, mostFirmwareNumbers } from "./ocpp.js";
import type { FoundRelease, Release, ReleaseMatch } from "./records.js";
import { asWord } from "./texts.js";

/** What the spelling of a firmware says; the hash is empty where none was given. */
interface Firmware {
  readonly numbers: readonly number[];
  readonly commit: string;
}

/** The numbers, the commits past them, the hash. */
const spelling = new RegExp(`^(?:${firmwareSpelling})$`);

/** Numbers that a tag leaves out count as zeros, and the commits stand behind them. */
function read(text: string): Firmware | undefined {
  const [, tag, commits, commit] = spelling.exec(text) ?? [];
  if (tag === undefined) {
    return undefined;
  }
  const numbers = (tag.match(/[0-9]+/g) ?? []).map(Number);
  while (numbers.length < mostFirmwareNumbers) {
    numbers.push(0);
  }
  return { numbers: [...numbers, Number(commits ?? 0)], commit: (commit ?? "").toLowerCase() };
}

/** Less than, equal to or greater than 0, as the first is older than, level with or newer than the other. */
function compare(first: Firmware, other: Firmware): number {
  const differences = first.numbers.map((number, place) => number - (other.numbers[place] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

let byName: ReadonlyMap<string, Release> | undefined;

/** A text without white space around it. What `trim` takes for that is more. */
function withoutBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blanks.includes(text.charAt(start))) {
    start++;
  }
  while (start < end && blanks.includes(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(start, end);
}

const blanks = " \t\r\n\f\v";

let builds: readonly (readonly [Release, Firmware])[] | undefined;

function readBuilds(): readonly (readonly [Release, Firmware])[] {
  return releases.flatMap((release) => {
    const build = read(release.build ?? release.name);
    return build === undefined ? [] : [[release, build] as const];
  });
}

/**
 * Finds the release that answers for a firmware; there is always one.
 *
 * Takes the name of a release, in any upper and lower case, and for releases that have numbers the spellings that
 * stations and people use, such as `1.2.3` or `abc_R1.2.3.4`. Numbers are compared as numbers. It is the firmware's own
 * release, else the nearest before it, else the oldest; and the newest where none is given, or none that can be read.
 * `match` says which of these.
 *
 * @example
 * import { findRelease, latestRelease } from "example-codes";
 *
 * findRelease(latestRelease.name).match; // => "exact"
 * findRelease("abc_R99999.0").release === latestRelease; // => true
 * findRelease("unknown").match; // => "newest"
 */
export function findRelease(firmware: string | null | undefined): FoundRelease {
  // A station may report anything.
  const text = typeof firmware === "string" ? firmware : "";
  byName ??= new Map(releases.map((release) => [asWord(release.name), release]));
  const named = byName.get(asWord(withoutBlanks(text)));
  if (named !== undefined) {
    return found(named, "exact");
  }
  const asked = read(text);
  if (asked === undefined) {
    return found(latestRelease, "newest");
  }
  builds ??= readBuilds();
  let answer = found(releases[0] ?? latestRelease, "oldest");
  for (const [release, build] of builds) {
    const order = compare(build, asked);
    // The hash counts as far as both give it.
    if (order === 0 && (build.commit.startsWith(asked.commit) || asked.commit.startsWith(build.commit))) {
      answer = found(release, "exact");
    } else if (order <= 0 && !answer.isExact) {
      answer = found(release, "nearest_earlier");
    }
  }
  return answer;
}

function found(release: Release, match: ReleaseMatch): FoundRelease {
  return Object.freeze({ release, isExact: match === "exact", match });
}
