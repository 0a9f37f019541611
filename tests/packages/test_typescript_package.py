"""The TypeScript package: it compiles strictly, packs, installs, answers, and bundles small."""

import json
import re
import tarfile
from pathlib import Path

import pytest

from tests.helpers.packages import npm_install, npm_pack
from tests.helpers.tools import (
    GENERATED,
    catalogue_json,
    code_blocks,
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

PACKAGE = "ctek-error-codes"
EXAMPLES = code_blocks(GENERATED / "typescript" / "README.md", "ts")
DOC_EXAMPLES = doc_examples(GENERATED / "typescript" / "src")
STRICT = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "verbatimModuleSyntax": True,
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with the package as it is committed."""
    packed = npm_pack(tmp_path_factory.mktemp("packed"))
    return npm_install(packed, tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="module")
def packed_of_r4_4_3(r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as of r4.4.3, of which is known to the letter what it says."""
    return npm_pack(tmp_path_factory.mktemp("packed"), r4_4_3 / "generated")


@pytest.fixture(scope="module")
def program_with_r4_4_3(packed_of_r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return npm_install(packed_of_r4_4_3, tmp_path_factory.mktemp("program"))


# Compiled


def test_sources_compile_strictly(tmp_path: Path) -> None:
    package = copy_of("typescript", tmp_path)
    options = json.loads((package / "tsconfig.json").read_text("utf-8"))["compilerOptions"]
    assert options.items() >= STRICT.items()
    assert refused_by_tsc(package) == set()
    assert (package / "dist" / "index.d.ts").is_file()


RIGHT = f"""\
import {{ type AnyErrorCode, type CodeDetails, ErrorCode, type Meaning }} from "{PACKAGE}";
import {{ catalogue, isErrorCode, latestRelease, lookup, releases }} from "{PACKAGE}";
import {{ findRelease, type FoundRelease }} from "{PACKAGE}";
import {{ type Condition, decodeNotifyEvent, decodeStatusNotification }} from "{PACKAGE}";
import {{ type CodeFilter, describe, findCodes, type Json, version }} from "{PACKAGE}";
import type {{ Payload }} from "{PACKAGE}";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

const known: ErrorCode = "CBC_LOOP";
const member: ErrorCode = ErrorCode.GroundFailure;
const literal: "GroundFailure" = ErrorCode.GroundFailure;
const open: AnyErrorCode[] = [known, member, "SomethingNewer", String(literal)];

const ofKnown = lookup(ErrorCode.CBC_LOOP);
const ofText = lookup(String(open[0]));
const ofOpen = lookup("SomethingNewer" as AnyErrorCode);
const ofNoRelease = lookup(ErrorCode.CBC_LOOP, undefined);
const ofFirmware = lookup(ErrorCode.CBC_LOOP, "r4.4.3");
const ofRelease = lookup("CBC_LOOP", latestRelease);
const ofPerhaps = lookup(ErrorCode.CBC_LOOP, releases[0]?.build);
const ofMany = ["CBC_LOOP"].map(lookup);
const found = findRelease(releases[0]?.build);
interface Sent {{ readonly connectorId: number; readonly status?: string }}
const sent: Sent = {{ connectorId: 1 }};
const payload: Payload = Math.random() > 1 ? sent : {{ ...sent, [String(open[0])]: null }};
const decoded = decodeStatusNotification(JSON.parse("7"), releases[0]?.build);
const events = decodeNotifyEvent(payload, null).events;
decodeStatusNotification(sent);
decodeStatusNotification({{}} as Record<string, unknown>);
const sentIn = "errorCode";
const filter: CodeFilter = {{ product: "Box", connector: 1, deprecated: false, sentIn }};
const every = [...findCodes(filter), ...findCodes({{ product: undefined }}), ...findCodes()];
const described = describe(open[0], latestRelease);
export const same: [
  Same<typeof ofKnown, CodeDetails>,
  Same<typeof ofText, CodeDetails | undefined>,
  Same<typeof ofOpen, CodeDetails | undefined>,
  Same<(typeof catalogue.codes)[number]["code"], ErrorCode>,
  Same<(typeof ofKnown.meanings)[number], Meaning>,
  Same<typeof ofNoRelease, CodeDetails>,
  Same<typeof ofFirmware, CodeDetails | undefined>,
  Same<typeof ofRelease, CodeDetails | undefined>,
  Same<typeof ofPerhaps, CodeDetails | undefined>,
  Same<typeof ofMany, (CodeDetails | undefined)[]>,
  Same<typeof found, FoundRelease>,
  Same<Parameters<typeof lookup>, [code: string | null | undefined]>,
  Same<typeof decoded.condition, Condition>,
  Same<(typeof decoded.codes)[number]["code"], AnyErrorCode | null>,
  Same<(typeof events)[number]["codes"], typeof decoded.codes>,
  Same<typeof decoded.payload, unknown>,
  Same<typeof every, CodeDetails[]>,
  Same<typeof described, string | undefined>,
  Same<ReturnType<typeof decoded.toJSON>, Json.DecodedStatusNotification>,
  Same<ReturnType<(typeof decoded.codes)[number]["toJSON"]>["meanings"], readonly Json.Meaning[]>,
  Same<Json.Meaning["product_notes"], readonly Json.ProductNote[]>,
  Same<Json.DecodedNotifyEvent["events"], readonly Json.DecodedEvent[]>,
  Same<Json.DecodedEvent["condition_from"], (typeof events)[number]["conditionFrom"]>,
] = [
  ...[true, true, true, true, true, true, true, true] as const,
  ...[true, true, true, true, true, true, true, true] as const,
  ...[true, true, true, true, true, true, true] as const,
];

export function closed(text: string): ErrorCode | undefined {{
  return isErrorCode(text) ? text : undefined;
}}
export const first: string | undefined = releases[0]?.name ?? latestRelease.name;
export const size: number = catalogue.has("cbc_loop") ? catalogue.size : version.length;
for (const details of catalogue) console.log(details.code satisfies ErrorCode);
"""
WRONG = f"""\
import {{ catalogue, type CodeDetails, ErrorCode, lookup, releases }} from "{PACKAGE}";
import {{ decodeNotifyEvent, decodeStatusNotification, findCodes, findRelease }} from "{PACKAGE}";

export const unknown: ErrorCode = "NoSuchCode"; // refused: TS2322
export const otherCase: ErrorCode = "cbc_loop"; // refused: TS2820
export const anyText: ErrorCode = String("CBC_LOOP"); // refused: TS2322
export const details: CodeDetails = lookup(String("CBC_LOOP")); // refused: TS2322
export const unguarded = lookup(String("CBC_LOOP")).code; // refused: TS2532
export const member = ErrorCode.NoSuchCode; // refused: TS2339
lookup(7); // refused: TS2769
lookup("CBC_LOOP", 4); // refused: TS2769
lookup(ErrorCode.CBC_LOOP, "r4.4.3").code; // refused: TS2532
findRelease("r4.4.3").match === "near"; // refused: TS2367
catalogue.codes[0].code; // refused: TS2532
catalogue.vendor = "x"; // refused: TS2540
releases.push(...releases); // refused: TS2339
decodeStatusNotification({{}}, 4.4); // refused: TS2345
export const isFault = decodeStatusNotification({{}}).condition === "faulted"; // refused: TS2367
decodeStatusNotification({{}}).codes.pop(); // refused: TS2339
findCodes({{ connector: "1" }}); // refused: TS2322
findCodes({{ prodct: "Box" }}); // refused: TS2561
findCodes({{}})[0].code; // refused: TS2532
ErrorCode.CBC_LOOP = "CBC_LOOP"; // refused: TS2540
decodeStatusNotification({{}}).toJSON().payload; // refused: TS2339
decodeStatusNotification({{}}).toJSON().errorCode; // refused: TS2551
decodeStatusNotification('{{"status": "Faulted"}}'); // refused: TS2345
decodeStatusNotification([{{ status: "Faulted" }}]); // refused: TS2345
decodeStatusNotification([2, "1", "StatusNotification", {{}}]); // refused: TS2345
decodeStatusNotification(new Uint8Array()); // refused: TS2345
decodeStatusNotification(null); // refused: TS2345
decodeStatusNotification(JSON.parse("{{}}") as unknown); // refused: TS2345
decodeNotifyEvent("{{}}"); // refused: TS2345
decodeNotifyEvent([]); // refused: TS2345
"""


@pytest.fixture(scope="module")
def compiled(program: Path) -> set[Refusal]:
    """What tsc refuses of the program: right lines, wrong lines and all examples."""
    (program / "right.ts").write_text(RIGHT, encoding="utf-8")
    (program / "wrong.ts").write_text(WRONG, encoding="utf-8")
    for number, example in enumerate(EXAMPLES):
        (program / f"readme{number}.ts").write_text(example, encoding="utf-8")
    for name, example in DOC_EXAMPLES.items():
        (program / f"example_{name}.ts").write_text(example, encoding="utf-8")
    options = {
        **STRICT,
        "noUnusedLocals": True,
        "module": "NodeNext",
        "target": "ES2022",
        "lib": ["ES2022", "DOM"],
        "types": [],
        "skipLibCheck": False,
        "outDir": "out",
        "rootDir": ".",
    }
    write_json(program / "tsconfig.json", {"compilerOptions": options, "include": ["*.ts"]})
    return refused_by_tsc(program)


def test_only_the_wrong_lines_are_refused(compiled: set[Refusal]) -> None:
    assert compiled == {Refusal("wrong.ts", *marked) for marked in marked_lines(WRONG).items()}


@pytest.mark.parametrize("name", DOC_EXAMPLES)
@pytest.mark.usefixtures("compiled")
def test_doc_example_is_true(name: str, program: Path) -> None:
    pairs = json.loads(output_of(node_tool("node"), f"out/example_{name}.js", folder=program))
    assert pairs
    assert [said for said, _ in pairs] == [expected for _, expected in pairs]


def test_every_function_has_an_example(program: Path) -> None:
    source = f"""
        import * as all from "{PACKAGE}";
        const names = Object.keys(all).filter((name) => all[name] instanceof Function);
        console.log(JSON.stringify(names));
    """
    assert set(run_module(source, program)) == set(DOC_EXAMPLES)


# Packed and installed


def test_tarball_holds_what_is_used_and_nothing_else(packed_of_r4_4_3: Path) -> None:
    assert packed_of_r4_4_3.name == f"{PACKAGE}-4.4.3.tgz"
    modules = [
        "catalogue",
        "codes",
        "collection",
        "decode",
        "filter",
        "freeze",
        "index",
        "json",
        "otherLists",
    ]
    modules += ["lookup", "ocpp", "payload", "records", "releases", "roles", "texts"]
    others = ("LICENSE", "README.md", "catalogue.json", "package.json")
    expected = {f"package/{name}" for name in others}
    expected |= {f"package/dist/{name}{end}" for name in modules for end in (".js", ".d.ts")}
    with tarfile.open(packed_of_r4_4_3) as archive:
        assert set(archive.getnames()) == expected


def test_package_needs_no_other(program: Path) -> None:
    installed = {file.name for file in (program / "node_modules").iterdir()}
    assert {name for name in installed if not name.startswith(".")} == {PACKAGE}


ASK = f"""
import * as everything from "{PACKAGE}";
import {{ text }} from "node:stream/consumers";

const names = Object.keys(everything);
function answer(question) {{
  try {{
    const said = new Function(...names, `"use strict"; return ${{question}}`)(
      ...names.map((name) => everything[name]),
    );
    return said === undefined ? "undefined" : said;
  }} catch (error) {{
    return error.name;
  }}
}}
const questions = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(questions.map(answer)));
"""
TOO_OFTEN = "The EV has been seen switching between state B and state C too often."
NON_ERROR = "This can also be sent together with a non-error status."
TRIPPED = "Ground fault circuit interrupter has been activated."
ANSWERS: dict[str, object] = {
    # lookup
    "lookup('CBC_LOOP').code": "CBC_LOOP",
    "lookup('cbc_loop') === lookup('CBC_LOOP')": True,
    "lookup('OCUERRORRELAYCOUNT').code": "OcuErrorRelayCount",
    "lookup(ErrorCode.OcuErrorRelayCount).code": "OcuErrorRelayCount",
    "lookup('OcuErrorTemperature3')": "undefined",
    "lookup('')": "undefined",
    "lookup('__proto__')": "undefined",
    "lookup('constructor')": "undefined",
    "lookup('toString')": "undefined",
    "Object.values(ErrorCode).filter((code) => lookup(code).code !== code)": [],
    "lookup('CBC_LOOP').text": f"{TOO_OFTEN} {NON_ERROR}",
    "lookup('CBC_LOOP').description": TOO_OFTEN,
    "lookup('GroundFailure').description": TRIPPED,
    # U+212A is no K, though k is its lower case
    "lookup('NgClientIncorrectPSk').code": "NgClientIncorrectPSK",
    "lookup('NgClientIncorrectPS\u212a')": "undefined",
    "catalogue.has('NgClientIncorrectPS\u212a')": False,
    # describe
    "describe('cbc_loop')": TOO_OFTEN,
    "describe('CBC_LOOP', 'ccu_R4.4.3.1')": TOO_OFTEN,
    "describe('CBC_LOOP', 'r4.4.2')": TOO_OFTEN,
    "describe('OcuErrorTemperature3')": "undefined",
    "describe(null)": "undefined",
    # For a release
    "lookup('CBC_LOOP', 'r4.4.3').meanings === lookup('CBC_LOOP').meanings": True,
    "lookup('cbc_loop', latestRelease).code": "CBC_LOOP",
    "lookup(ErrorCode.CBC_LOOP, 'ccu_R4.4.3.1').code": "CBC_LOOP",
    "lookup('CBC_LOOP', 'r4.4.2').code": "CBC_LOOP",
    "lookup('CBC_LOOP', 'garbage') === lookup('CBC_LOOP')": True,
    "lookup('CBC_LOOP', '') === lookup('CBC_LOOP')": True,
    "lookup('CBC_LOOP', null) === lookup('CBC_LOOP')": True,
    "lookup('OcuErrorTemperature3', 'r4.4.3')": "undefined",
    "lookup(undefined, 'r4.4.3')": "undefined",
    "['CBC_LOOP', 'nothing', 'GroundFailure'].map(lookup).map((details) => details?.code)": [
        "CBC_LOOP",
        None,
        "GroundFailure",
    ],
    "findRelease('r4.4.3-0-g33e0f28c').isExact": True,
    "findRelease('r4.4.3').release === latestRelease": True,
    "findRelease('r4.5').isExact": False,
    "findRelease('r4.5').release.name": "r4.4.3",
    "findRelease('r3.12.6').match": "oldest",
    "findRelease(null).match": "newest",
    "[4.4, true, [], {}].map((other) => findRelease(other).match)": ["newest"] * 4,
    "[4.4, true, [], {}].map((other) => lookup('CBC_LOOP', other).code)": ["CBC_LOOP"] * 4,
    "[7, [], {}].map((other) => lookup(other) ?? 'none')": ["none"] * 3,
    "[4.4, 440, [], {}].map((other) => decodeStatusNotification({}, other).releaseMatch)": (
        ["newest"] * 4
    ),
    # isErrorCode
    "isErrorCode('CBC_LOOP')": True,
    "isErrorCode('cbc_loop')": False,
    "isErrorCode('OcuErrorTemperature3')": False,
    "isErrorCode('constructor')": False,
    "isErrorCode(undefined)": False,
    # findCodes: ten codes are for Connected 2 alone, one is for connector 1, one is deprecated
    "findCodes().length": 35,
    "findCodes({product: null, connector: undefined}).length": 35,
    "findCodes({product: 'CHARGESTORM CONNECTED 2'}).length": 35,
    "findCodes({product: 'Chargestorm Connected 3'}).length": 25,
    "findCodes({connector: 1}).length": 35,
    "findCodes({connector: 2}).length": 34,
    "findCodes({product: 'Chargestorm Connected 3', connector: 2}).length": 24,
    "findCodes({deprecated: true}).map(({code}) => code)": ["OcuErrorRelayCount"],
    "findCodes({deprecated: false}).length": 34,
    "findCodes({sentIn: 'errorCode'}).map(({code}) => code)": [
        "ConnectorLockFailure",
        "GroundFailure",
        "HighTemperature",
        "OverCurrentFailure",
        "PowerSwitchFailure",
    ],
    "findCodes({sentIn: 'vendorErrorCode', connector: 2, deprecated: false}).length": 28,
    "findCodes().every((details) => details === lookup(details.code))": True,
    # ErrorCode
    "ErrorCode.EVOverCurrent": "EVOverCurrent",
    "Object.keys(ErrorCode).length": 35,
    "Object.entries(ErrorCode).filter(([name, code]) => name !== code)": [],
    # What the catalogue says
    "catalogue.size": 35,
    "[...catalogue].every((details, place) => details === catalogue.codes[place])": True,
    "[...catalogue].length": 35,
    "['cbc_loop', 'CBC_LOOP', 'OcuErrorTemperature3', ' CBC_LOOP', '', null].map(catalogue.has)": [
        *(True, True),
        *(False, False, False, False),
    ],
    "Object.keys(catalogue)": ["formatVersion", "vendor", "latestRelease", "releases", "codes"],
    "Object.keys(structuredClone(catalogue)).length": 5,
    "version": "4.4.3",
    "catalogue.vendor": "CTEK E-Mobility AB",
    "catalogue.codes.length": 35,
    "catalogue.codes.flatMap((details) => details.meanings).length": 36,
    "releases.map((release) => release.name)": ["r4.4.3"],
    "catalogue.releases === releases": True,
    "catalogue.latestRelease": "r4.4.3",
    "latestRelease === releases.at(-1)": True,
    "latestRelease.build": "r4.4.3-0-g33e0f28c",
    "latestRelease.published": "2024-01-16",
    "lookup('GroundFailure').meanings.map((meaning) => meaning.text)": [
        f"{TRIPPED} In Chargestorm Connected 2, indicates an AC fault.",
        TRIPPED,
    ],
    "lookup('GroundFailure').meanings[0].productNotes[0].note": "indicates an AC fault",
    # Nothing of it can be changed
    "ErrorCode.CBC_LOOP = 'x'": "TypeError",
    "ErrorCode.SomethingNewer = 'x'": "TypeError",
    "delete ErrorCode.CBC_LOOP": "TypeError",
    "catalogue.codes.pop()": "TypeError",
    "catalogue.has = () => true": "TypeError",
    "catalogue.size = 0": "TypeError",
    "releases.push({})": "TypeError",
    "latestRelease.document.path = 'x'": "TypeError",
    "lookup('CBC_LOOP').meanings[0].source.lines[0] = 7": "TypeError",
    "lookup('CBC_LOOP', 'r4.4.3').revisions.pop()": "TypeError",
    "lookup('CBC_LOOP', 'r4.4.3').sentIn = 'errorCode'": "TypeError",
    "findCodes({connector: 1})[0].text = 'x'": "TypeError",
    "findRelease('r4.4.3').isExact = false": "TypeError",
    "decodeStatusNotification({errorCode: 'CBC_LOOP'}).codes[0].meanings.pop()": "TypeError",
    # Messages
    "decodeStatusNotification({status: 'Faulted', vendorErrorCode: 'cbc_loop'}).condition": "fault",
    "decodeStatusNotification({}, 'ccu_R4.4.3.1').releaseMatch": "nearest_earlier",
    "decodeStatusNotification({}, 'ccu_R4.4.3.1').release": "r4.4.3",
    "decodeNotifyEvent({}).release": "r4.4.3",
    "decodeStatusNotification().problems": [{"field": None, "problem": "wrong-type"}],
    "decodeStatusNotification('{}').problems": [{"field": None, "problem": "json-text"}],
    "[Buffer.from('{}'), new ArrayBuffer(2), new DataView(new ArrayBuffer(2))]"
    ".map((bytes) => decodeStatusNotification(bytes).problems[0].problem)": ["json-text"] * 3,
    "decodeStatusNotification([2, '1', 'StatusNotification', {}]).problems": [
        {"field": None, "problem": "frame"}
    ],
    "decodeStatusNotification({error_code: 'x'}).problems.map(({ problem }) => problem)": [
        *("missing", "spelling", "missing")
    ],
    "decodeNotifyEvent({eventData: [7]}).events.map((event) => event.condition)": ["unknown"],
    "lookup('CBC_LOOP').meanings === lookup('CBC_LOOP').revisions.at(-1).meanings": True,
    "lookup('CBC_LOOP').meanings[0].mayAccompanyNonErrorStatus": True,
    "lookup('CBC_LOOP').meanings[0].deprecated": None,
    "lookup('OcuErrorRelayCount').meanings[0].deprecated.replacedBy": [
        "OutletFirstContactorCycleCount",
        "OutletSecondContactorCycleCount",
    ],
}


@pytest.fixture(scope="module")
def answers(program_with_r4_4_3: Path) -> dict[str, object]:
    """What the installed package answers to all questions, asked in one go."""
    said = run_module(ASK, program_with_r4_4_3, stdin=json.dumps(list(ANSWERS)))
    return dict(zip(ANSWERS, said, strict=True))


@pytest.mark.parametrize("question", ANSWERS)
def test_installed_package_answers(question: str, answers: dict[str, object]) -> None:
    assert answers[question] == ANSWERS[question]


def test_data_is_that_of_the_json(program: Path) -> None:
    source = f'import {{ catalogue }} from "{PACKAGE}"; console.log(JSON.stringify(catalogue));'
    data = snake_case(run_module(source, program))
    data["codes"] = [history(code) for code in data["codes"]]
    assert data.pop("format_version") == "1.0"
    assert data == catalogue_json()


DEEPLY_FROZEN = f"""
import {{ catalogue, ErrorCode, findCodes, findRelease, lookup, releases }} from "{PACKAGE}";

const changeable = [];
const seen = new Set();
function walk(value, path) {{
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (!Object.isFrozen(value)) changeable.push(path);
  for (const [name, part] of Object.entries(value)) walk(part, `${{path}}.${{name}}`);
}}
const asOf = catalogue.codes.map(({{ code }}) => lookup(code, releases[0]));
const all = {{ catalogue, ErrorCode, releases, asOf, found: findRelease(releases[0].build) }};
for (const [name, value] of Object.entries(all)) if (name !== "asOf") walk(value, name);
for (const details of [...asOf, ...findCodes()]) walk(details, "details");
console.log(JSON.stringify({{ seen: seen.size, changeable }}));
"""


def test_data_cannot_be_changed(program: Path) -> None:
    said = run_module(DEEPLY_FROZEN, program)
    assert said["changeable"] == []
    assert said["seen"] > 400


HIDDEN = f"""
import {{ decodeNotifyEvent, decodeStatusNotification }} from "{PACKAGE}";
import {{ deepStrictEqual, notDeepStrictEqual }} from "node:assert";

const message = {{ errorCode: "CBC_LOOP", status: "Charging", vendorErrorCode: "Odd" }};
const answer = decodeStatusNotification(message);
const events = decodeNotifyEvent({{ eventData: [{{ techCode: "CBC_LOOP", severity: 3 }}] }});
for (const one of [answer, answer.codes[0], events, events.events[0]]) {{
  deepStrictEqual(structuredClone(one), one);
  deepStrictEqual({{ ...one }}, one);
  deepStrictEqual(Object.keys(one).includes("toJSON"), false);
}}
deepStrictEqual(decodeStatusNotification(message), answer);
notDeepStrictEqual(decodeStatusNotification({{ ...message, status: "Faulted" }}), answer);
const {{ toJSON }} = events.events[0];
console.log(JSON.stringify([answer.codes, {{ codes: answer.codes }}, toJSON(), events]));
"""


def test_what_makes_json_of_an_answer_is_in_no_copy(program: Path) -> None:
    codes, beside, event, events = run_module(HIDDEN, program)
    assert beside == {"codes": codes}
    assert [code["beyond_document"] for code in codes] == [["field"], ["code"]]
    assert events["events"] == [event]
    assert (event["condition_from"], event["tech_code"]) == ("severity", "CBC_LOOP")


# What it exports

EXPORTS = f"""import {{ ErrorCode }} from "{PACKAGE}";
import {{ type AnyErrorCode, ErrorCode as Alone }} from "{PACKAGE}/codes";
import * as codes from "{PACKAGE}/codes";
import data from "{PACKAGE}/catalogue.json" with {{ type: "json" }};
import manifest from "{PACKAGE}/package.json" with {{ type: "json" }};

const known: Alone = ErrorCode.CBC_LOOP;
const sent: AnyErrorCode[] = [known, "SomethingNewer"];
const firstText: string | undefined = data.codes[0]?.revisions[0]?.meanings[0]?.text;
const version: string = manifest.version;
export const wrong: Alone = "NoSuchCode"; // refused: TS2322
console.log(JSON.stringify([Object.keys(codes), Alone === ErrorCode, sent, firstText, version]));
"""


@pytest.mark.parametrize("resolution", ["NodeNext", "Bundler"])
def test_each_export_has_its_types(resolution: str, program: Path) -> None:
    (program / "exports.ts").write_text(EXPORTS, encoding="utf-8")
    options = {
        **STRICT,
        "module": "NodeNext" if resolution == "NodeNext" else "ESNext",
        "moduleResolution": resolution,
        "target": "ES2022",
        "lib": ["ES2022", "DOM"],
        "types": [],
        "resolveJsonModule": True,
        "skipLibCheck": False,
        "outDir": resolution,
        "rootDir": ".",
    }
    write_json(program / "tsconfig.json", {"compilerOptions": options, "files": ["exports.ts"]})
    refused = {Refusal("exports.ts", *marked) for marked in marked_lines(EXPORTS).items()}
    assert refused_by_tsc(program) == refused
    said = output_of(node_tool("node"), f"{resolution}/exports.js", folder=program)
    names, is_same, sent, text, version = json.loads(said)
    assert (names, is_same, sent) == (["ErrorCode"], True, ["CBC_LOOP", "SomethingNewer"])
    assert text == catalogue_json()["codes"][0]["revisions"][0]["meanings"][0]["text"]
    assert version == json.loads((GENERATED / "typescript/package.json").read_text())["version"]


REQUIRE = f"""
const said = [require("{PACKAGE}/catalogue.json"), require("{PACKAGE}/package.json").version];
if (process.features.require_module) {{ // else an ES module cannot be required
  said.push(require("{PACKAGE}").version, require("{PACKAGE}/codes").ErrorCode.CBC_LOOP);
}}
try {{
  require("{PACKAGE}/dist/lookup.js");
}} catch (error) {{
  said.push(error.code);
}}
console.log(JSON.stringify(said));
"""


def test_each_export_can_be_required(program: Path) -> None:
    said = output_of(node_tool("node"), "--no-warnings", "--eval", REQUIRE, folder=program)
    data, version, *of_modules, refusal = json.loads(said)
    comment, _ = data.pop("$comment"), data.pop("format_version")
    assert comment.startswith("Code generated by")
    assert data == catalogue_json()
    assert of_modules in ([], [version, "CBC_LOOP"])
    assert refusal == "ERR_PACKAGE_PATH_NOT_EXPORTED"


def test_version_is_that_of_the_manifest(program: Path) -> None:
    source = f"""
        import {{ version }} from "{PACKAGE}";
        import manifest from "{PACKAGE}/package.json" with {{ type: "json" }};
        console.log(JSON.stringify([version, manifest.version]));
    """
    version, of_manifest = run_module(source, program)
    assert version == of_manifest


# Bundled


def bundle(source: str, program: Path, form: str, folder: Path) -> Path:
    """What esbuild makes for browsers of a module that imports the package."""
    file = folder / ("bundle.mjs" if form == "esm" else "bundle.cjs")
    flags = ("--bundle", "--minify", "--platform=browser", f"--format={form}", f"--outfile={file}")
    output_of(node_tool("esbuild"), *flags, folder=program, stdin=source)
    return file


@pytest.mark.parametrize(
    ("used", "printed", "left_out"),
    [
        ("ErrorCode.EVOverCurrent", "EVOverCurrent", {"meanings", "sha256"}),
        ("version", "4.4.3", {"meanings", "sha256", "EVOverCurrent"}),
        ("latestRelease.name", "r4.4.3", {"meanings", "EVOverCurrent"}),
        ("findRelease('4.4.3').release.name", "r4.4.3", {"meanings", "EVOverCurrent"}),
    ],
)
def test_bundle_leaves_out_what_is_not_used(
    used: str,
    printed: str,
    left_out: set[str],
    r4_4_3: Path,
    program_with_r4_4_3: Path,
    tmp_path: Path,
) -> None:
    [name] = re.findall(r"^\w+", used)
    source = f'import {{ {name} }} from "{PACKAGE}"; console.log({used});'
    file = bundle(source, program_with_r4_4_3, "esm", tmp_path)
    assert output_of(node_tool("node"), file, folder=tmp_path) == f"{printed}\n"
    codes = catalogue_json(r4_4_3 / "generated")["codes"]
    revisions = [revision for code in codes for revision in code["revisions"]]
    texts = {meaning["description"] for r in revisions for meaning in r["meanings"]}
    assert len(texts) > 30
    bundled = file.read_text(encoding="utf-8")
    assert {part for part in texts | left_out if part in bundled} == set()


def test_codes_alone_load_nothing_else(program: Path, tmp_path: Path) -> None:
    source = f'import {{ ErrorCode }} from "{PACKAGE}/codes"; console.log(ErrorCode.CBC_LOOP);'
    files = (f"--outfile={tmp_path / 'it.mjs'}", f"--metafile={tmp_path / 'meta.json'}")
    output_of(node_tool("esbuild"), "--bundle", *files, folder=program, stdin=source)
    inputs = json.loads((tmp_path / "meta.json").read_text(encoding="utf-8"))["inputs"]
    assert set(inputs) == {"<stdin>", f"node_modules/{PACKAGE}/dist/codes.js"}


@pytest.mark.parametrize("form", ["esm", "iife"])
def test_bundle_with_lookup_runs_on_its_own(
    program_with_r4_4_3: Path, form: str, tmp_path: Path
) -> None:
    source = f"""
        import {{ lookup }} from "{PACKAGE}";
        console.log(lookup("groundfailure").meanings.length, lookup("NoSuchCode"));
    """
    file = bundle(source, program_with_r4_4_3, form, tmp_path)
    assert output_of(node_tool("node"), file, folder=tmp_path) == "2 undefined\n"


LARGEST = {"packed": 32_000, "unpacked": 192_000, "bundled": 54_000, "bundled decoder": 48_000}
"""Bytes of the package of r4.4.3, with some room: what makes it larger is to be seen."""


def test_package_is_small(
    packed_of_r4_4_3: Path, program_with_r4_4_3: Path, tmp_path: Path
) -> None:
    everything = f'import * as all from "{PACKAGE}"; console.log(all);'
    decoder = f'import {{ decodeStatusNotification as d }} from "{PACKAGE}"; console.log(d({{}}));'
    with tarfile.open(packed_of_r4_4_3) as archive:
        unpacked = sum(member.size for member in archive.getmembers())
    sizes = {"packed": packed_of_r4_4_3.stat().st_size, "unpacked": unpacked}
    for name, source in (("bundled", everything), ("bundled decoder", decoder)):
        sizes[name] = bundle(source, program_with_r4_4_3, "esm", tmp_path).stat().st_size
    print(f"\nnpm package of r4.4.3, in bytes: {sizes}")
    assert {name: size for name, size in sizes.items() if size > LARGEST[name]} == {}
