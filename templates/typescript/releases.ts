import { latestRelease, releases } from "./catalogue.js";
import { firmwareSpelling, mostFirmwareNumbers } from "./ocpp.js";
import type { FoundRelease, Release, ReleaseMatch } from "./records.js";

/** What the spelling of a firmware says; the hash is empty where none was given. */
interface Firmware {
  readonly numbers: readonly number[];
  readonly commit: string;
}

/** The tag, the commits past it, the hash. */
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

let builds: readonly (readonly [Release, Firmware])[] | undefined;

function readBuilds(): readonly (readonly [Release, Firmware])[] {
  return releases.flatMap((release) => {
    const build = read(release.build);
    return build === undefined ? [] : [[release, build] as const];
  });
}

/**
 * Finds the release that answers for a firmware; there is always one.
 *
 * Takes the spellings that stations and people use: `r1.2.3`, `1.2.3`, `abc_R1.2.3.4`, `r1.2.3-0-g0123abc`. Numbers are
 * compared as numbers. It is the firmware's own release, else the nearest before it, else the oldest; and the newest
 * where none is given, or none that can be read. `match` says which of these.
 *
 * @example
 * import { findRelease, latestRelease } from "example-codes";
 *
 * findRelease(latestRelease.build).match; // => "exact"
 * findRelease("abc_R99999.0").release === latestRelease; // => true
 * findRelease("unknown").match; // => "newest"
 */
export function findRelease(firmware: string | null | undefined): FoundRelease {
  // A station may report anything.
  const asked = typeof firmware === "string" ? read(firmware) : undefined;
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
