// node quicktype.mjs OUTPUT LANGUAGES SCHEMA…: quicktype for each language (comma between) and each schema, in one
// process. Types go to OUTPUT/LANGUAGE/NAME/TITLE.LANGUAGE; what quicktype warns of goes to standard error.
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { main } from "quicktype";

const [output, languages, ...schemas] = process.argv.slice(2);
for (const language of languages.split(",")) {
  for (const schema of schemas) {
    const name = basename(schema, ".schema.json");
    const folder = join(output, language, name);
    const { title } = JSON.parse(readFileSync(schema, "utf8"));
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${title}.${language}`);
    const place = name.replaceAll("-", "");
    const own = { go: ["--package", place], java: ["--package", `org.example.${place}`] }[language] ?? [];
    const from = ["--src-lang", "schema", schema, "--top-level", title];
    await main([...from, "--lang", language, ...own, "--out", file]);
  }
}
