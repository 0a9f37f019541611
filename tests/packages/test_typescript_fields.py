"""The TypeScript package of a vendor with a field of every type, and of one without any role.

The vendor is made up; its documents are in tests/every_field.
"""

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.helpers.decoder_mutants import OPEN_TYPESCRIPT, Mutant
from tests.helpers.generated_decoders import (
    compile_quickly,
    failed_in_typescript,
    generate,
    typescript_sources,
    vectors_of,
)
from tests.helpers.project import ROOT, choose_targets, record_digests
from tests.helpers.tools import (
    GENERATED,
    catalogue_json,
    copy_of,
    marked_lines,
    node_tool,
    output_of,
)
from tests.helpers.typescript import (
    Refusal,
    doc_examples,
    history,
    refused_by_tsc,
    run_module,
    snake_case,
    write_json,
)

SPEC = ROOT / "tests/every_field/spec"
TEMPLATES = ROOT / "templates"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(SPEC, tmp_path_factory.mktemp("every-field") / "it", "json", "typescript")


# A program in TypeScript that names each field

CONSUMER = """\
import { catalogue, decodeStatusNotification } from "./typescript/src/index.js";
import type { DecodedCode, LampNote, Level, LockoutRule } from "./typescript/src/index.js";
import type { Meaning, Retirement, Severity, Source } from "./typescript/src/index.js";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

export const meaning: Same<
  Meaning,
  {
    readonly text: string;
    readonly description: string;
    readonly goesOn: boolean | null;
    readonly needsVisit: boolean;
    readonly remedy: string | null;
    readonly lampShown: string | null;
    readonly retries: number | null;
    readonly severity: Severity | null;
    readonly outlets: readonly number[] | null;
    readonly spareParts: readonly string[];
    readonly causes: readonly string[];
    readonly lampNotes: readonly LampNote[];
    readonly retired: Retirement | null;
    readonly lockout: LockoutRule | null;
    readonly unlockedBy: string | null;
    readonly source: Source;
  }
> = true;
export const severity: Same<Severity, "minor" | "major" | "critical"> = true;
export const level: Same<Level, "soft" | "hard"> = true;
export const answered: Same<DecodedCode["goesOn"], boolean | null> = true;

for (const { code, meanings } of catalogue.codes) {
  for (const one of meanings) {
    const flags: boolean[] = [one.goesOn ?? false, one.needsVisit];
    const texts: string[] = [one.remedy ?? "", one.lampShown ?? "", one.unlockedBy ?? ""];
    const numbers: number[] = [one.retries ?? 0, ...(one.outlets ?? []), one.lockout?.minutes ?? 0];
    const lists: string[] = [...one.spareParts, ...one.causes, ...(one.retired?.see ?? [])];
    const notes: [string, number][] = one.lampNotes.map((n) => [n.lamp, n.blinks]);
    const words: string | undefined = one.retired?.words;
    const enums: string[] = [one.severity ?? "", one.retired?.level ?? ""];
    console.log(code, flags, texts, numbers, lists, notes, words, enums);
  }
}
const [first] = decodeStatusNotification({ vendorErrorCode: "CODE_ONE" }).codes;
console.log(first?.goesOn ?? "not known");
"""
WRONG = """\
import { catalogue } from "./typescript/src/index.js";

const one = catalogue.codes[0]?.meanings[0];
export const goesOn: boolean | undefined = one?.goesOn; // refused: TS2322
export const needsVisit: string | undefined = one?.needsVisit; // refused: TS2322
export const remedy: string | undefined = one?.remedy; // refused: TS2322
export const isTiny = one?.severity === "tiny"; // refused: TS2367
export const outlets = one?.outlets.length; // refused: TS18047
one?.causes.push("x"); // refused: TS2339
export const blinks: string | null | undefined = one?.lampNotes[0]?.blinks; // refused: TS2322
export const see = one?.retired.see; // refused: TS18047
export const minutes: string | null | undefined = one?.lockout?.minutes; // refused: TS2322
export const unheardOf = one?.unheardOf; // refused: TS2339
"""


def refused_of(generated: Path, folder: Path, **modules: str) -> set[Refusal]:
    """What tsc refuses of the package and of modules beside it, as strict as the package itself."""
    copy_of("typescript", folder, generated)
    for name, text in modules.items():
        (folder / f"{name}.ts").write_text(text, encoding="utf-8")
    options = {"rootDir": ".", "outDir": "out", "lib": ["ES2022", "DOM"]}
    project = {"extends": "./typescript/tsconfig.json", "include": ["*.ts", "typescript/src"]}
    write_json(folder / "tsconfig.json", {**project, "compilerOptions": options})
    write_json(folder / "package.json", {"private": True, "type": "module"})
    return refused_by_tsc(folder)


def test_each_field_has_its_type(generated: Path, tmp_path: Path) -> None:
    refused = refused_of(generated, tmp_path, consumer=CONSUMER, wrong=WRONG)
    assert refused == {Refusal("wrong.ts", *marked) for marked in marked_lines(WRONG).items()}


LOOP = "{% for member in record.members if not member.is_optional %}"


def test_a_field_that_is_left_out_is_found(tmp_path: Path) -> None:
    """With the loop of the records one field short, the program that names it does not compile."""
    templates = tmp_path / "templates"
    choose_targets(templates)
    shutil.copytree(TEMPLATES / "typescript", templates / "typescript")
    template = templates / "typescript/records.ts.j2"
    text = template.read_text(encoding="utf-8")
    assert LOOP in text
    short = LOOP.replace(" %}", " and member.name != 'retries' %}")
    template.write_text(text.replace(LOOP, short), encoding="utf-8")
    built, diagnostics = pipeline.build(SPEC, templates)
    assert built, diagnostics
    assert pipeline.write(built, tmp_path / "generated")[0]
    (tmp_path / "program").mkdir()
    refused = refused_of(tmp_path / "generated", tmp_path / "program", consumer=CONSUMER)
    lines = CONSUMER.split("\n")
    used = next(number for number, line in enumerate(lines, start=1) if "one.retries" in line)
    assert Refusal("consumer.ts", used, "TS2339") in refused


def test_each_field_is_documented(generated: Path) -> None:
    """By its comment in the records, and by a row of the README's table."""
    vendor = tomllib.loads((SPEC / "vendor.toml").read_text(encoding="utf-8"))
    records = (generated / "typescript/src/records.ts").read_text("utf-8")
    readme = (generated / "typescript/README.md").read_text("utf-8")
    comments = re.findall(r"  /\*\* (.*) \*/\n  readonly (\w+):", records)
    row = r"(?m)^\| `{}` \| .* \| {}"
    members = [one["members"] for one in vendor["records"].values()]
    for table in (vendor["fields"], *members):
        for name, field in table.items():
            camel = re.sub(r"_(.)", lambda match: match[1].upper(), name)
            documented = [name for doc, name in comments if doc.startswith(field["meaning"])]
            assert camel in documented
            assert re.search(row.format(camel, re.escape(field["meaning"])), readme)


def test_a_code_that_is_retired_is_marked(generated: Path) -> None:
    codes = (generated / "typescript/src/codes.ts").read_text("utf-8")
    assert re.findall(r"@deprecated (.*)\n   \*/\n  (\w+):", codes) == [
        (
            "This code is retired. Look at AB-123 and CD-456 in its place. Its retirement is hard.",
            "OldCode",
        )
    ]


def test_doc_examples_are_true(generated: Path, tmp_path: Path) -> None:
    """Whatever the codes are: they name one of this vendor's."""
    examples = doc_examples(generated / "typescript/src")
    programs = {
        name: text.replace('"made-up-codes"', '"./typescript/src/index.js"')
        for name, text in examples.items()
    }
    assert refused_of(generated, tmp_path, **programs) == set()
    assert '"CODE_ONE"' in programs["lookup"]
    for name in programs:
        printed = output_of(node_tool("node"), f"out/{name}.js", folder=tmp_path)
        pairs = json.loads(printed)
        assert pairs
        assert [said for said, _ in pairs] == [expected for _, expected in pairs], name


# What it answers, where the documents leave open what a decoder asks

RETIRED = "[fields.retired]"


def spec_of(folder: Path, vendor: str) -> Path:
    """The made-up documents with another vendor's file, and one more code that needs a visit."""
    shutil.copytree(SPEC, folder)
    (folder / "vendor.toml").write_text(vendor, encoding="utf-8")
    for document in folder.glob("*.md"):
        text = document.read_text(encoding="utf-8")
        assert "Nobody knows." in text
        more = text.replace("Nobody knows.", "Nobody knows. Somebody has to go there.")
        document.write_text(more, encoding="utf-8")
    record_digests(folder)
    return folder


def without_roles(text: str) -> str:
    found = re.findall("(?m)^role = .*\n", text)
    assert len(found) == 3
    return re.sub("(?m)^role = .*\n", "", text)


def with_retired_unknown(text: str) -> str:
    before, behind = text.split(RETIRED)
    return before + RETIRED + behind.replace('silence = "empty"', 'silence = "unknown"', 1)


def with_visit_as_deprecation(text: str) -> str:
    """The role of a record given to a flag."""
    text = text.replace('role = "deprecated"\n', "")
    before, behind = text.split("[fields.needs_visit]\n")
    return f'{before}[fields.needs_visit]\nrole = "deprecated"\n{behind}'


VENDORS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "no roles": without_roles,
    "deprecation not known": with_retired_unknown,
    "deprecation as a flag": with_visit_as_deprecation,
}


@pytest.mark.parametrize("name", VENDORS)
def test_the_package_passes_all_vectors(name: str, tmp_path: Path) -> None:
    vendor = VENDORS[name]((SPEC / "vendor.toml").read_text(encoding="utf-8"))
    generated = generate(spec_of(tmp_path / "spec", vendor), tmp_path / "it", "json", "typescript")
    package = copy_of("typescript", tmp_path / "package", generated)
    assert refused_by_tsc(package) == set()
    vectors = vectors_of(generated)
    codes = [code for one in vectors["status_notifications"] for code in one["expected"]["codes"]]
    assert all(("goes_on" in code) == (name != "no roles") for code in codes)
    found = {deviation for code in codes for deviation in code["beyond_document"]}
    assert ("deprecated" in found) == (name != "no roles")
    passed, failed = failed_in_typescript(package, generated / "json/vectors.json")
    assert failed == []
    assert passed == len(vectors["status_notifications"]) + len(vectors["notify_events"]) > 100


# Codes by what is said of them


def with_causes_as_products(text: str) -> str:
    """The role of products given to a list of texts."""
    return text.replace("[fields.causes]\n", '[fields.causes]\nrole = "products"\n')


FIND = """
import { describe, findCodes } from "./dist/index.js";
const filters = JSON.parse(process.argv[1]);
console.log(JSON.stringify([
  filters.map((filter) => findCodes(filter).map(({ code }) => code)),
  [undefined, "r1.0.0", "1.1"].map((release) => describe("code_one", release)),
]));
"""
EVERY = ["GroundFailure", "CODE_ONE", "CODE_TWO", "OldCode", "StationLocked"]
UNLIMITED = [code for code in EVERY if code != "CODE_ONE"]
FOUND: list[tuple[dict[str, object], list[str]]] = [
    ({"product": "mice"}, EVERY),
    ({"product": "MICE", "connector": 1}, EVERY),
    ({"product": "Rain", "connector": 3}, EVERY),
    # Either is said of the code, but not both by one meaning
    ({"product": "mice", "connector": 3}, UNLIMITED),
    ({"product": "rain", "connector": 1}, UNLIMITED),
    ({"connector": 4}, UNLIMITED),
    ({"product": "snow"}, UNLIMITED),
    ({"product": ""}, UNLIMITED),
    # U+212A is no K, so that this is no product of the document's
    ({"product": "\u212aey"}, UNLIMITED),
    ({"product": "key"}, EVERY),
    ({"deprecated": True}, ["OldCode"]),
    ({"deprecated": False}, [code for code in EVERY if code != "OldCode"]),
    ({"sentIn": "errorCode"}, ["GroundFailure"]),
]
"""What filters find where CODE_ONE is for two products on two connectors, or for two on another."""


@pytest.fixture(scope="module")
def with_products(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of documents that say of one code in two entries which products send it."""
    folder = tmp_path_factory.mktemp("with-products")
    vendor = with_causes_as_products((SPEC / "vendor.toml").read_text(encoding="utf-8"))
    spec = spec_of(folder / "spec", vendor)
    for document in spec.glob("*.md"):
        text = document.read_text(encoding="utf-8")
        more = "**CODE\\_ONE** It is cold. Set on outlet 3 alone. Caused by rain and Key.\n\n"
        two = "**CODE\\_TWO**"
        assert text.count(two) == 1
        document.write_text(
            text.replace("and mice.", "and Mice.").replace(two, more + two), "utf-8"
        )
    record_digests(spec)
    generated = generate(spec, folder / "it", "typescript")
    return compile_quickly(typescript_sources(generated), folder / "package")


def find_and_describe(package: Path, filters: list[dict[str, object]]) -> tuple[Any, Any]:
    module = ("--input-type=module", "--eval", FIND, json.dumps(filters))
    found, described = json.loads(output_of(node_tool("node"), *module, folder=package))
    return found, described


def test_one_meaning_fits_product_and_connector(with_products: Path) -> None:
    found, _ = find_and_describe(with_products, [asked for asked, _ in FOUND])
    assert found == [codes for _, codes in FOUND]


def test_each_meaning_is_a_line_of_the_description(with_products: Path) -> None:
    """Both releases have the same description of the code; what differs is stated in facts."""
    _, described = find_and_describe(with_products, [])
    assert described == ["It is too warm.\nIt is cold."] * 3


def test_without_roles_nothing_restricts(tmp_path: Path) -> None:
    vendor = without_roles((SPEC / "vendor.toml").read_text(encoding="utf-8"))
    generated = generate(spec_of(tmp_path / "spec", vendor), tmp_path / "it", "typescript")
    package = compile_quickly(typescript_sources(generated), tmp_path / "package")
    found, _ = find_and_describe(package, [{"product": "x", "connector": 9}, {"deprecated": False}])
    assert found == [EVERY, EVERY]


def test_data_is_that_of_the_json(generated: Path, tmp_path: Path) -> None:
    package = compile_quickly(typescript_sources(generated), tmp_path / "package")
    source = "import { catalogue } from './dist/index.js'; console.log(JSON.stringify(catalogue));"
    data = snake_case(run_module(source, package))
    data["codes"] = [history(code) for code in data["codes"]]
    assert data.pop("format_version") == "1.0"
    assert data == catalogue_json(generated)


@pytest.mark.parametrize("mutant", OPEN_TYPESCRIPT, ids=lambda mutant: mutant.breaks)
def test_a_decoder_that_takes_not_known_for_an_answer_fails(
    mutant: Mutant, generated: Path, tmp_path: Path
) -> None:
    package = compile_quickly(mutant.of(typescript_sources(generated)), tmp_path / "package")
    _, failed = failed_in_typescript(package, generated / "json/vectors.json")
    assert failed, f"no vector finds that {mutant.breaks}"


# The plain files of the templates, where they stand

PROJECT = "tests/node/tsconfig.templates.json"


def refused_in_place(folder: Path) -> set[Refusal]:
    """What tsc refuses of the files of a repository's templates that are copied as they stand."""
    return refused_by_tsc(folder, PROJECT)


def test_plain_files_compile_where_they_stand() -> None:
    assert refused_in_place(ROOT) == set()


def test_what_is_wrong_in_a_plain_file_is_found_there(tmp_path: Path) -> None:
    copied = shutil.copytree(TEMPLATES / "typescript", tmp_path / "templates/typescript")
    copy_of("typescript", tmp_path / "generated")
    (tmp_path / PROJECT).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / PROJECT, tmp_path / PROJECT)
    text = (copied / "decode.ts").read_text(encoding="utf-8")
    right, wrong = "    release: release.name,\n", "    release,\n"
    assert text.count(right) == 1
    (copied / "decode.ts").write_text(text.replace(right, wrong), encoding="utf-8")
    line = text.split("\n").index(right.rstrip("\n")) + 1
    expected = Refusal("templates/typescript/decode.ts", line, "TS2322")
    assert refused_in_place(tmp_path) == {expected}


def test_every_plain_file_is_among_them() -> None:
    """What tsc reads there is what is copied, with the header put on, into the package."""
    options = ("--project", ROOT / PROJECT, "--listFilesOnly")
    listed = {Path(line) for line in output_of(node_tool("tsc"), *options, folder=ROOT).split()}
    plain = {file.resolve() for file in (TEMPLATES / "typescript").glob("*.ts")}
    names = ["decode", "freeze", "payload", "texts"]
    assert sorted(file.name for file in plain) == [f"{name}.ts" for name in names]
    assert plain <= listed
    for file in plain:
        copied = (GENERATED / "typescript/src" / file.name).read_text(encoding="utf-8")
        header, behind = copied.split(" */\n\n", 1)
        assert header.startswith("/**\n * Code generated by")
        text = file.read_text(encoding="utf-8").replace("example-codes", "ctek-error-codes")
        assert behind == text.replace("ExampleErrorCode", "CBC_LOOP")
