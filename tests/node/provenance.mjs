// Reads every place that the JSON names, and finds exactly that text there in the document.
//
//     node provenance.mjs FOLDER generated/json/catalogue.json generated/json/releases/r4.4.3.json
//
// FOLDER is what the documents' paths are below. Prints how many places were compared, and each
// that is wrong; exit status 1 if any is.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { texts } from "./rebuild.mjs";

/** What separates the cells of a table's row. */
const BAR = /[ \t]*(?<!\\)\|[ \t]*/g;

const [folder, ...files] = process.argv.slice(2);
const wrong = [];
let compared = 0;

for (const file of files) {
  const data = JSON.parse(readFileSync(file, "utf8"));
  if (data.sections) checkRelease(data);
  else checkCatalogue(data);
}
console.log(`${compared} places compared, ${wrong.length} wrong`);
for (const one of wrong) console.log(one);
process.exitCode = wrong.length === 0 ? 0 : 1;

function checkRelease(release) {
  const document = read(release.source.document);
  const all = texts(release);
  const spans = [
    ...release.source.head,
    ...release.notes.map((note) => note.span),
    ...(release.source.contents_title ? [release.source.contents_title.span] : []),
    ...release.source.contents.map((line) => line.span),
    ...release.sections.flatMap((section) => [
      ...(section.source.span ? [section.source.span] : []),
      ...section.notes.map((note) => note.span),
      ...section.entries.flatMap((entry) =>
        [entry.source.code, ...entry.sentences.map((one) => one.source.span)].sort(byPlace),
      ),
    ]),
  ];
  compare("texts", all.length, spans.length);
  for (const [i, span] of spans.entries()) compareText(document, span, all[i]);
  for (const { entries } of release.sections) {
    for (const entry of entries) {
      checkLines(document, entry.source.lines, entry.code, entry.text);
      for (const sentence of entry.sentences) {
        compareText(document, sentence.source.span, sentence.text);
      }
    }
  }
}

function checkCatalogue(catalogue) {
  const documents = new Map(
    catalogue.releases.map((release) => [release.document.path, read(release.document)]),
  );
  for (const { code, revisions } of catalogue.codes) {
    for (const meaning of revisions.flatMap((revision) => revision.meanings)) {
      checkLines(documents.get(meaning.source.document), meaning.source.lines, code, meaning.text);
    }
  }
}

/**
 * An entry's lines hold its code in bold and its whole text, and nothing else. In another form there
 * are words of the form between them, and the code may stand elsewhere.
 */
function checkLines(document, [first, last], code, text) {
  const lines = document.slice(first - 1, last);
  const isTight = [lines.at(0), lines.at(-1)].every((line) => line?.trim());
  compare(`lines ${first} to ${last} begin and end with text`, isTight, true);
  const stands = resolve(lines.join("\n"));
  const marked = /^(?:[-*+] )?(\*\*|__)(.+?)\1(?= |$)/;
  const spelt = marked.exec(stands)?.[2]; // a document may spell one code in two ways
  if (spelt?.toLowerCase() === code.toLowerCase()) {
    compare(`lines ${first} to ${last}`, stands.replace(marked, "$2"), `${spelt} ${text}`.trim());
    return;
  }
  compare(`lines ${first} to ${last} have the code`, lines[0].includes(code), true);
  const rest = words(text);
  for (const word of words(lines.join("\n"))) if (word === rest[0]) rest.shift();
  compare(`lines ${first} to ${last} lack of the text`, rest.join(" "), "");
}

/** The words of a text, whatever marks them. */
function words(text) {
  return resolve(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function byPlace(one, other) {
  return one.line - other.line || one.column - other.column;
}

/** The document's lines, once its bytes are those that the JSON was made from. */
function read({ path, sha256 }) {
  const bytes = readFileSync(join(folder, path));
  compare(path, createHash("sha256").update(bytes).digest("hex"), sha256);
  return bytes.toString("utf8").replace(/^\ufeff/, "").split(/\r\n?|\n/);
}

/** What stands in a span; columns count from 1, in code points, the end left out. */
function cut(lines, { line, column, end_line, end_column }) {
  const inside = lines.slice(line - 1, end_line).map((text) => [...text]);
  inside[inside.length - 1] = inside.at(-1).slice(0, end_column - 1);
  inside[0] = inside[0].slice(column - 1);
  return inside.map((characters) => characters.join("")).join("\n");
}

/** A text stands in a span as it is, or as Markdown writes it. */
function compareText(document, span, text) {
  const stands = cut(document, span);
  const ways = [stands, resolve(stands), resolve(stands.replace(BAR, " | "))];
  compare(where(span), ways.includes(text) ? text : ways[1], text);
}

/** Markdown's escapes and line breaks resolved beside code, white space folded. */
function resolve(text) {
  return text
    .replace(/\\?[ \t]*\n[ \t]*/g, " ")
    .replace(/(?<![`\\])(`+)[^`]+\1(?!`)|\\([!-/:-@[-`{-~])|<br ?\/?>/g, (all, ticks, escaped) =>
      ticks ? all : (escaped ?? " "),
    )
    .replace(/[ \t]+/g, " ")
    .trim();
}

function where({ line, column }) {
  return `line ${line}, column ${column}`;
}

function compare(place, found, expected) {
  compared += 1;
  if (found !== expected) {
    wrong.push(`${place}: ${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
  }
}
