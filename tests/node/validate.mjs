// node validate.mjs SCHEMA DATA…: prints {file: errors} as JSON, exit status 1 if any has errors.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const [schema, ...files] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(read(schema));
const errors = Object.fromEntries(
  files.map((file) => [file, validate(read(file)) ? [] : validate.errors]),
);
console.log(JSON.stringify(errors));
process.exitCode = Object.values(errors).some((found) => found.length) ? 1 : 0;
