// Makes the vendor's document again from a release's JSON, byte for byte, with no help from the
// generator: facts are told by their rules, free text and layout are put back as they stood.
//
//     node rebuild.mjs generated/json/releases/r4.4.3.json > r4.4.3.md

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const ENGLISH = {
  months: [
    ["January", "February", "March", "April", "May", "June"],
    ["July", "August", "September", "October", "November", "December"],
  ].flat(),
  and_word: "and",
};

/** The document that a release's data describe. */
export function rebuild(release) {
  const { source } = release;
  const all = texts(release);
  if (all.length + 1 !== source.between.length) {
    throw new Error(`${all.length} texts and ${source.between.length} layouts between them`);
  }
  const written = all.map((text, i) => write(text, source.marks.filter((mark) => mark.text === i)));
  const body = source.between.map((layout, i) => layout + (written[i] ?? "")).join("");
  const document = body.replaceAll("\n", source.line_end);
  return (source.byte_order_mark ? "\ufeff" : "") + document;
}

/** Every text of the document in its order. */
export function texts(release) {
  const { source } = release;
  return [
    ...source.lines.map((line) => headLine(line, release)),
    ...release.notes.map((note) => note.text),
    ...(source.contents_title ? [source.contents_title.text] : []),
    ...source.contents.map((line) => `${line.number} ${line.title} ${line.page}`),
    ...release.sections.flatMap((section) => [
      ...heading(section),
      ...section.notes.map((note) => note.text),
      ...section.entries.flatMap((entry) => entryTexts(entry, release.rules, language(release))),
    ]),
  ];
}

function language({ source }) {
  return source.language ?? ENGLISH;
}

/** The heading of a section; a document without sections has none. */
function heading({ title, source: { number } }) {
  if (title === null) return [];
  return [number === null ? title : `${number} ${title}`];
}

/** The code and the sentences of an entry, as they stand. */
function entryTexts({ code, sentences, source }, rules, words) {
  const before = sentences.filter((sentence) => isBefore(sentence.source.span, source.code));
  const told = sentences.map((sentence) => tell(sentence, rules, words));
  return [...told.slice(0, before.length), code, ...told.slice(before.length)];
}

function isBefore(one, other) {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

/** A line of the head, by what it says. Where a person named the release, what stands in place of its line. */
function headLine(line, { name, title, build, publisher, published, source }) {
  const { months, and_word } = language({ source });
  if (line === "date") return fill(source.date_form, dateValues(published, months), and_word);
  if (line === "release" && source.release_form !== null) {
    return fill(source.release_form, { build, release: name }, and_word);
  }
  return { title, publisher, release: source.release_line }[line];
}

/** A sentence: a fact by its rule, in the typography that it had; prose as it stood. */
function tell(sentence, rules, { and_word }) {
  if (sentence.rule === null) return sentence.text;
  const { pattern } = rules.find((rule) => rule.id === sentence.rule);
  const filled = fill(pattern, sentence.fact, and_word, [...(sentence.source.numbers ?? [])]);
  const told = sentence.source.full_stop ? filled : filled.replace(/\.$/, "");
  return marksAside(told) === marksAside(sentence.text) ? sentence.text : told;
}

/** A text with one character in place of each that is no letter, digit or space. */
function marksAside(text) {
  return text.replace(/[^\p{L}\p{N} ]/gu, "'");
}

/** A pattern with values in its holes; `numbers` are the spellings of its numbers in their order. */
function fill(pattern, values, andWord, numbers = []) {
  const spell = (value) => (typeof value === "number" && numbers.shift()) || String(value);
  return pattern.replace(/\{([a-z_]+)\}/g, (_, name) => {
    const texts = [values[name]].flat().map(spell);
    const last = texts.pop();
    return texts.length === 0 ? last : `${texts.join(", ")} ${andWord} ${last}`;
  });
}

function dateValues(published, months) {
  const [year, month, day] = published.split("-").map(Number);
  const two = (number) => String(number).padStart(2, "0");
  return { year, month: months[month - 1], m: month, mm: two(month), day, dd: two(day) };
}

/** A text as the document writes it. Marks count in code points. */
function write(text, marks) {
  const characters = [...text];
  for (const { at, written } of marks) characters[at] = written;
  return characters.join("");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(rebuild(JSON.parse(readFileSync(process.argv[2], "utf8"))));
}
