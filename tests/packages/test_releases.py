"""The packages of a made-up series of releases: asked for each, typed, used by old programs."""

import itertools
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.runtime.firmware import SPELLINGS, Releases
from tests.helpers.firmwares import ANSWERING, HUGE_ANSWERING
from tests.helpers.generated_series import FIRST, LAST, Built, built, generate
from tests.helpers.project import record_digests
from tests.helpers.release_series import PAST_TAG, REAL, SERIES, write_spec
from tests.helpers.tools import catalogue_json, copy_of, node_tool, output_of, python_module, run
from tests.helpers.typescript import Refusal, history, refused_by_tsc, write_json

PYTHON_PACKAGE, NODE_PACKAGE = "ctek_error_codes", "ctek-error-codes"

# The packages asked for releases

Question = tuple[str | None, str | None]
"""A code and a release, as `lookup` takes them."""

EVERY = {**ANSWERING, **HUGE_ANSWERING}


class Answers(NamedTuple):
    """What `find_release` and `lookup` said; records as the JSON has them."""

    found: list[Any]
    details: list[Any]


Ask = Callable[[list[str | None], list[Question]], Answers]

ASK_PYTHON = f"""
import json, sys
from dataclasses import asdict
from {PYTHON_PACKAGE} import RELEASES, find_release, lookup
from {PYTHON_PACKAGE} import decode_notify_event, decode_status_notification

firmwares, questions = json.load(sys.stdin)
by_name = {{release.name: release for release in RELEASES}}
found = [find_release(firmware) for firmware in firmwares]
details = [lookup(code, release) for code, release in questions]
for (code, name), said in zip(questions, details):
    assert name not in by_name or lookup(code, release=by_name[name]) == said
for firmware, one in zip(firmwares, found):
    assert one.is_exact == (one.match == "exact")
    for decode in (decode_status_notification, decode_notify_event):
        decoded = decode({{}}, firmware)
        assert (decoded.release, decoded.release_match) == (one.release.name, one.match)
print(json.dumps([
    [[one.release.name, one.match] for one in found],
    [one and asdict(one) for one in details],
]))
"""
ASK_NODE = f"""
import {{ decodeNotifyEvent, decodeStatusNotification }} from "{NODE_PACKAGE}";
import {{ findRelease, lookup, releases }} from "{NODE_PACKAGE}";
import {{ deepStrictEqual }} from "node:assert";
import {{ text }} from "node:stream/consumers";

const [firmwares, questions] = JSON.parse(await text(process.stdin));
const byName = new Map(releases.map((release) => [release.name, release]));
const found = firmwares.map((firmware) => findRelease(firmware));
const details = questions.map(([code, release]) => lookup(code, release));
questions.forEach(([code, name], place) => {{
  if (byName.has(name)) deepStrictEqual(lookup(code, byName.get(name)), details[place]);
}});
found.forEach((one, place) => {{
  deepStrictEqual(one.isExact, one.match === "exact");
  for (const decode of [decodeStatusNotification, decodeNotifyEvent]) {{
    const {{ release, releaseMatch }} = decode({{}}, firmwares[place]);
    deepStrictEqual([release, releaseMatch], [one.release.name, one.match]);
  }}
}});
console.log(JSON.stringify([
  found.map((one) => [one.release.name, one.match]),
  details,
]));
"""


def ask_python(generated: Path) -> Ask:
    def ask(firmwares: list[str | None], questions: list[Question]) -> Answers:
        said = output_of(
            sys.executable,
            "-W",
            "error",
            "-c",
            ASK_PYTHON,
            folder=generated,
            stdin=json.dumps([firmwares, questions]),
            PYTHONPATH=str(generated / "python"),
            PYTHONDONTWRITEBYTECODE="1",
        )
        return Answers(*json.loads(said))

    return ask


def ask_node(program: Path) -> Ask:
    def ask(firmwares: list[str | None], questions: list[Question]) -> Answers:
        module = ("--input-type=module", "--eval", ASK_NODE)
        stdin = json.dumps([firmwares, questions])
        said = output_of(node_tool("node"), *module, folder=program, stdin=stdin)
        found, details = json.loads(said)
        return Answers(found, [one and history(one) for one in details])

    return ask


def program_with(generated: Path, folder: Path) -> Path:
    """The folder of a program in TypeScript that has the package, compiled by its own settings."""
    package = copy_of("typescript", folder, generated)
    assert refused_by_tsc(package) == set()
    modules = folder / "program" / "node_modules"
    modules.mkdir(parents=True)
    package.rename(modules / NODE_PACKAGE)
    write_json(folder / "program" / "package.json", {"private": True, "type": "module"})
    return folder / "program"


@pytest.fixture(scope="module")
def program(series: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return program_with(series.generated, tmp_path_factory.mktemp("program"))


LANGUAGES = ("python", "typescript")


@pytest.fixture(scope="module", params=LANGUAGES)
def ask(request: pytest.FixtureRequest, series: Built, program: Path) -> Ask:
    """One of the packages of the whole series."""
    return ask_node(program) if request.param == "typescript" else ask_python(series.generated)


def ask_generator(catalogue: dict[str, Any]) -> Ask:
    releases = Releases("describe", {one["name"]: one["build"] for one in catalogue["releases"]})

    def ask(firmwares: list[str | None], _: list[Question]) -> Answers:
        return Answers([[*releases.answering(one)] for one in firmwares], [])

    return ask


def test_every_firmware_has_one_answer(ask: Ask, series: Built) -> None:
    for asked in (ask_generator(series.catalogues[LAST]), ask):
        found = asked(list(EVERY), []).found
        said = {text and text[:40]: one for text, one in zip(EVERY, found, strict=True)}
        assert said == {text and text[:40]: [*one] for text, one in EVERY.items()}


@pytest.mark.parametrize("code", ["CBC_LOOP", "FanBlocked", "NoSuchCode"])
def test_a_lookup_answers_as_of_the_release_that_answers(code: str, ask: Ask) -> None:
    """As without a firmware for the newest, which stands in for what is not known."""
    stands_for = [None if match == "newest" else name for name, match in EVERY.values()]
    answers = ask([], [(code, firmware) for firmware in EVERY]).details
    names = list(dict.fromkeys(stands_for))
    expected = dict(zip(names, ask([], [(code, name) for name in names]).details, strict=True))
    for firmware, name, said in zip(EVERY, stands_for, answers, strict=True):
        assert said == expected[name], firmware and firmware[:40]


def test_the_hash_tells_two_releases_with_the_same_numbers_apart(tmp_path: Path) -> None:
    """As where two lines of products have firmware of their own; without a hash names tell."""
    spec = write_spec(tmp_path / "spec", [REAL])
    twin = SERIES[REAL].replace("r4.4.3-0-g33e0f28c", "ccu_R4.4.3-0-g0123abcd")
    (spec / "ccu_R4.4.3.md").write_bytes(twin.replace("2024", "2025").encode())
    record_digests(spec)
    generated = generate(tmp_path)
    expected: dict[str | None, list[str]] = {
        "r4.4.3-0-g33e0f28c": [REAL, "exact"],
        "r4.4.3-0-g0123": ["ccu_R4.4.3", "exact"],
        "r4.4.3-0-gdeadbeef": ["ccu_R4.4.3", "nearest_earlier"],
        "r4.4.3": [REAL, "exact"],
        "CCU_r4.4.3": ["ccu_R4.4.3", "exact"],
        "4.4.3": ["ccu_R4.4.3", "exact"],
        "r4.4.4": ["ccu_R4.4.3", "nearest_earlier"],
    }
    program = program_with(generated, tmp_path / "typescript")
    in_generator = ask_generator(catalogue_json(generated))
    for asked in (in_generator, ask_python(generated), ask_node(program)):
        found = asked(list(expected), []).found
        assert dict(zip(expected, found, strict=True)) == expected


def test_the_pattern_is_the_same_in_typescript(series: Built) -> None:
    typescript = (series.generated / "typescript/src/ocpp.ts").read_text("utf-8")
    assert json.dumps(SPELLINGS["describe"]) in typescript


class Held(NamedTuple):
    """What a code meant as of a release: since when, where it was sent, fields of each meaning."""

    since: str
    sent_in: str = "vendorErrorCode"
    meanings: tuple[dict[str, object], ...] = ({},)


TURNS = "The fan cannot turn."
MAY: dict[str, object] = {"may_accompany_non_error_status": True}
MAY_NOT: dict[str, object] = {"may_accompany_non_error_status": False}
SECOND, THIRD = "Chargestorm Connected 2", "Chargestorm Connected 3"

AS_OF: dict[Question, Held | None] = {
    ("ConnectorLockFailure", "r5.0.0"): Held(FIRST, "errorCode"),
    # There and not there
    ("FanBlocked", FIRST): Held(FIRST, meanings=({"description": TURNS},)),
    ("FanBlocked", "r3.12.6"): None,
    ("FanBlocked", "r4.4.3"): None,
    ("FanBlocked", "r4.9.2"): None,
    ("FanBlocked", "r4.9.3"): Held("r4.9.3", meanings=({"description": TURNS},)),
    ("fanblocked", "4.10.7"): Held("r4.9.3"),
    ("FanBlocked", "r5.0.0"): None,
    ("FanBlocked", "r6.0.0"): None,
    ("DoorOpened", "r4.4.3"): None,
    ("OcuErrorTemperature1", "ccu_R4.4.3"): Held(FIRST),
    ("OcuErrorTemperature1", "r4.9.3"): None,
    ("FrequentPilotChanges", FIRST): Held(FIRST),
    ("FrequentPPChanges", FIRST): None,
    # Spelt in another case
    ("EvOverCurrent", FIRST): Held(FIRST),
    ("EVOverCurrent", FIRST): Held(FIRST),
    ("UNKNOWN_ERROR", LAST): Held(FIRST),
    # Moved
    ("HighTemperature", FIRST): Held(FIRST),
    ("HighTemperature", "r3.12.6"): Held("r3.12.6", "errorCode"),
    ("PowerSwitchFailure", "r4.9.3"): Held(FIRST, "errorCode"),
    ("PowerSwitchFailure", "r4.10.0"): Held("r4.10.0"),
    # Facts
    ("CBC_LOOP", "r3.12.6"): Held(FIRST, meanings=(MAY_NOT,)),
    ("CBC_LOOP", "r4.4.3-0-g33e0f28c"): Held(REAL, meanings=(MAY,)),
    ("CBC_LOOP", PAST_TAG): Held(REAL, meanings=(MAY,)),
    ("CBC_LOOP", "r4.10.0"): Held("r4.10.0", meanings=(MAY_NOT,)),
    ("OcuErrorRCMDC", "r3.12.6"): Held(FIRST, meanings=({"products": []},)),
    ("OcuErrorRCMDC", REAL): Held(REAL, meanings=({"products": [SECOND]},)),
    ("OcuErrorGPIOExpander", LAST): Held("r4.10.0", meanings=({"products": [SECOND, THIRD]},)),
    ("DoorOpened", "r4.9.3"): Held("r4.9.3", meanings=({"connectors": [1]},)),
    ("DoorOpened", "r4.10.0"): Held("r4.10.0", meanings=({"connectors": [1, 2]},)),
    ("OcuErrorRelayCount", "r3.12.6"): Held(FIRST, meanings=({"deprecated": None},)),
    ("OcuErrorRelayCount", "r4.10.0"): Held(
        "r4.10.0", meanings=({"configuration_keys": ["MadeUpCycleCount"]},)
    ),
    ("NgClientIncorrectPSK", "r3.12.6"): Held(
        FIRST, meanings=({"configuration_keys": ["MadeUpPresharedKey"]},)
    ),
    ("CableLockSlow", "r4.9.3"): Held(
        "r4.9.3",
        meanings=({"product_notes": [{"product": SECOND, "note": "the motor is worn"}]},),
    ),
    # A second meaning
    ("GroundFailure", "r3.12.6"): Held(FIRST, "errorCode"),
    ("GroundFailure", REAL): Held(REAL, "errorCode", ({}, {"product_notes": []})),
    ("GroundFailure", LAST): Held("r4.10.0", "errorCode"),
    # Before all, and no firmware
    ("CBC_LOOP", "r3.0.0"): Held(FIRST, meanings=(MAY_NOT,)),
    ("FrequentPPChanges", "r3.0.0"): None,
    ("CBC_LOOP", "garbage"): Held("r4.10.0", meanings=(MAY_NOT,)),
    ("CBC_LOOP", ""): Held("r4.10.0", meanings=(MAY_NOT,)),
    # No such code
    ("NoSuchCode", REAL): None,
    (None, REAL): None,
}


def test_lookups_answer_for_the_release_that_is_asked_for(ask: Ask) -> None:
    answers = ask([], list(AS_OF)).details
    for (question, held), said in zip(AS_OF.items(), answers, strict=True):
        if held is None or said is None:
            assert said == held, question
            continue
        last = said["revisions"][-1]
        found = (last["since"], last["sent_in"], said["sent_in"], said["removed_in"])
        assert found == (held.since, held.sent_in, held.sent_in, None), question
        for meaning, fields in zip(last["meanings"], held.meanings, strict=True):
            assert {name: meaning[name] for name in fields} == fields, question


def test_a_lookup_for_a_release_says_what_its_own_package_said(ask: Ask, series: Built) -> None:
    """As if nothing had been published since; only the end of the last revision is known now."""
    everything = [code["code"] for code in series.catalogues[LAST]["codes"]]
    questions: list[Question] = list(itertools.product(everything, SERIES))
    answers = dict(zip(questions, ask([], questions).details, strict=True))
    for name in SERIES:
        then = {code["code"].lower(): code for code in series.catalogues[name]["codes"]}
        for code in everything:
            said, was = answers[code, name], then.get(code.lower())
            if was is None or was["removed_in"]:
                assert said is None, (code, name)
                continue
            said["revisions"][-1]["until"] = None
            assert said == {**was, "code": code}, (code, name)


def test_without_a_release_the_newest_answers(ask: Ask, series: Built) -> None:
    codes = series.catalogues[LAST]["codes"]
    assert ask([], [(code["code"], None) for code in codes]).details == codes


# Types, and programs that are older than the package


def refused_by_mypy(*files: Path, generated: Path, folder: Path) -> str:
    options = ["--strict", "--config-file=", f"--cache-dir={folder / 'cache'}"]
    path = str(generated / "python")
    result = run(*python_module("mypy"), *options, *files, folder=folder, MYPYPATH=path)
    assert not result.stderr
    return "" if result.stdout.startswith("Success: ") else result.stdout


def test_the_python_package_of_the_series_is_typed(series: Built, tmp_path: Path) -> None:
    package = series.generated / "python" / PYTHON_PACKAGE
    assert refused_by_mypy(package, generated=series.generated, folder=tmp_path) == ""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The artefacts of the first release, before there were others."""
    return built([FIRST], tmp_path_factory.mktemp("first")).generated


OLD_PYTHON = f"""\
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from {PYTHON_PACKAGE} import CATALOGUE, LATEST_RELEASE, RELEASES, Catalogue, CodeDetails
from {PYTHON_PACKAGE} import Deprecation, Document, ErrorCode, Meaning, ProductNote, Release
from {PYTHON_PACKAGE} import Revision, SentIn, Source, lookup

MEMBERS: dict[str, ErrorCode] = {{
    # MEMBERS
}}

find: Callable[[str], CodeDetails | None] = lookup
document = Document("made-up.md", "0" * 64)
release = Release("r1.0", "r1.0-0-g0000000", "0000000", date(2020, 1, 1), "Made up", document)
source = Source(document.path, (1, 1))
note = ProductNote("Box", note="hums")
meaning = Meaning("It hums.", "It hums.", False, (), (note,), (1,), None, (), source)
revision = Revision("r1.0", None, "errorCode", (meaning,))
own = CodeDetails(next(iter(MEMBERS.values())), "errorCode", "r1.0", None, (revision,))
catalogue = Catalogue(
    format_version="1.0",
    vendor="Made up",
    latest_release=release.name,
    releases=(release,),
    codes=(own,),
)
assert replace(own, removed_in="r2.0").meanings == (meaning,) == catalogue.codes[0].meanings


def texts(details: CodeDetails) -> list[str]:
    sent_in: SentIn = details.sent_in
    assert sent_in in ("errorCode", "vendorErrorCode"), details.first_release
    for revision in details.revisions:
        until: str | None = revision.until
        assert revision.sent_in in ("errorCode", "vendorErrorCode"), (revision.since, until)
    for meaning in details.meanings:
        deprecated: Deprecation | None = meaning.deprecated
        assert deprecated is None or (deprecated.note and deprecated.replaced_by is not None)
        products: tuple[str, ...] = meaning.products + meaning.configuration_keys
        connectors: tuple[int, ...] = meaning.connectors + meaning.source.lines
        status: bool = meaning.may_accompany_non_error_status
        assert isinstance(status, bool), (products, connectors, meaning.product_notes)
    return [meaning.text or meaning.description for meaning in details.meanings]


for text, member in MEMBERS.items():
    details = lookup(member)
    assert details is lookup(text) is find(text.upper()) is lookup(code=text), text
    assert details.code is member and member in ErrorCode and texts(details), text
    assert str(member).lower() == text.lower() == member.value.lower() == f"{{member}}".lower()
    if details.removed_in is not None:
        assert details.removed_in in [release.name for release in RELEASES]
assert lookup("NoSuchCode") is lookup(None) is None
assert [found and found.code for found in map(lookup, ["groundfailure"])] == ["GroundFailure"]
assert CATALOGUE.latest_release == LATEST_RELEASE.name and CATALOGUE.releases is RELEASES
assert {{details.code for details in CATALOGUE.codes}} == set(ErrorCode)
print(len(MEMBERS), "members", CATALOGUE.vendor, release.published.year)
"""


def test_python_written_for_the_first_release_runs_with_the_last(
    first: Path, series: Built, tmp_path: Path
) -> None:
    list_members = f"from {PYTHON_PACKAGE} import *\nfor m in ErrorCode: print(m.name, m.value)"
    path = str(first / "python")
    said = output_of(sys.executable, "-c", list_members, folder=tmp_path, PYTHONPATH=path)
    members = [line.split() for line in said.splitlines()]
    lines = "\n".join(f'    "{code}": ErrorCode.{name},' for name, code in members)
    program = tmp_path / "old.py"
    program.write_text(OLD_PYTHON.replace("    # MEMBERS", lines), encoding="utf-8")
    assert len(members) == len(catalogue_json(first)["codes"]) > 30
    for generated in (first, series.generated):
        cache = tmp_path / generated.parent.name
        assert refused_by_mypy(program, generated=generated, folder=cache.parent) == ""
        path = str(generated / "python")
        said = output_of(sys.executable, "-W", "error", program, folder=tmp_path, PYTHONPATH=path)
        assert said == f"{len(members)} members CTEK E-Mobility AB 2020\n"


RESPELT = {"EvOverCurrent", "UNKNOWN_ERROR"}
"""Codes of the first release that the last spells in another case."""

OLD_TYPESCRIPT = f"""\
import {{ type AnyErrorCode, catalogue, ErrorCode, isErrorCode }} from "{NODE_PACKAGE}";
import {{ latestRelease, lookup, releases }} from "{NODE_PACKAGE}";
import type {{ Catalogue, CodeDetails, Deprecation, Document, Meaning }} from "{NODE_PACKAGE}";
import type {{ ProductNote, Release, Revision, SentIn, Source }} from "{NODE_PACKAGE}";

const members = {{
  // MEMBERS
}} satisfies Record<string, ErrorCode>;

const document: Document = {{ path: "made-up.md", sha256: "0".repeat(64) }};
const release: Release = {{
  name: "r1.0",
  build: "r1.0-0-g0000000",
  commit: "0000000",
  published: "2020-01-01",
  title: "Made up",
  document,
}};
const source: Source = {{ document: document.path, lines: [1, 1] }};
const note: ProductNote = {{ product: "Box", note: "hums" }};
const deprecation: Deprecation = {{ note: "Gone.", replacedBy: [] }};
const meaning: Meaning = {{
  text: "It hums.",
  description: "It hums.",
  mayAccompanyNonErrorStatus: false,
  products: [],
  productNotes: [note],
  connectors: [1],
  deprecated: deprecation,
  configurationKeys: [],
  source,
}};
const sentIn: SentIn = "errorCode";
const revision: Revision = {{ since: "r1.0", until: null, sentIn, meanings: [meaning] }};
const own: CodeDetails = {{
  code: ErrorCode.GroundFailure,
  sentIn,
  firstRelease: "r1.0",
  removedIn: null,
  revisions: [revision],
  text: meaning.text,
  description: meaning.description,
  meanings: [meaning],
}};
const made: Catalogue = {{
  formatVersion: "1.0",
  vendor: "Made up",
  latestRelease: release.name,
  releases: [release],
  codes: [own],
}};

function check(holds: boolean, what: string): void {{
  if (!holds) throw new Error(what);
}}

const find: (code: string) => CodeDetails | undefined = lookup;
for (const [text, member] of Object.entries(members)) {{
  const details: CodeDetails = lookup(member);
  check(details === lookup(text) && details === find(text.toUpperCase()), text);
  check(details.code === member && isErrorCode(text), text);
  const names: (string | null)[] = [null, ...releases.map((one: Release) => one.name)];
  check(names.includes(details.removedIn), text);
  check(details.meanings.every((one) => one.text !== "" && one.description !== ""), text);
}}
const sent: AnyErrorCode[] = ["groundfailure", "SomethingNewer", ErrorCode.GroundFailure];
const found: (ErrorCode | undefined)[] = sent.map(lookup).map((details) => details?.code);
check(found.join() === "GroundFailure,,GroundFailure", found.join());
check(Array.from(sent, lookup).length === 3 && sent.filter(lookup).length === 2, "callbacks");
const sole: Parameters<typeof lookup> = ["NoSuchCode"];
const none: ReturnType<typeof lookup> = lookup(...sole);
check(none === undefined && lookup(null) === undefined, "unknown");
check(catalogue.latestRelease === latestRelease.name, "latest release");
check(catalogue.releases === releases, "releases");
check(catalogue.codes.length === new Set(Object.values(ErrorCode)).size, "codes");
console.log(Object.keys(members).length, "members", catalogue.vendor, made.codes.length);
"""


def old_typescript(codes: Iterable[str]) -> str:
    lines = "\n".join(f"  {code}: ErrorCode.{code}," for code in codes)
    return OLD_TYPESCRIPT.replace("  // MEMBERS", lines)


def refused_of(source: str, program: Path) -> set[Refusal]:
    """What tsc, as strict as the package itself, refuses of a module beside the package."""
    (program / "old.ts").write_text(source, encoding="utf-8")
    package = program / "node_modules" / NODE_PACKAGE / "tsconfig.json"
    options = json.loads(package.read_text(encoding="utf-8"))["compilerOptions"]
    options |= {"lib": ["ES2022", "DOM"], "rootDir": ".", "outDir": "out", "skipLibCheck": False}
    write_json(program / "tsconfig.json", {"compilerOptions": options, "include": ["old.ts"]})
    return refused_by_tsc(program)


def test_typescript_written_for_the_first_release_runs_with_the_last(
    first: Path, program: Path, tmp_path: Path
) -> None:
    codes = [code["code"] for code in catalogue_json(first)["codes"]]
    source = old_typescript(code for code in codes if code not in RESPELT)
    assert RESPELT.issubset(codes)
    for folder in (program_with(first, tmp_path), program):
        assert refused_of(source, folder) == set()
        said = output_of(node_tool("node"), "out/old.js", folder=folder)
        assert said == f"{len(codes) - len(RESPELT)} members CTEK E-Mobility AB 1\n"


def test_former_spellings_stay_as_names_of_the_code(series: Built, program: Path) -> None:
    """Programs that name a code as an earlier release spelt it still compile, and mean the code."""
    source = """
import { ErrorCode, lookup } from "%s";
const names: ErrorCode[] = [ErrorCode.EvOverCurrent, ErrorCode.UNKNOWN_ERROR];
console.log(names.join(), names.map((code) => lookup(code)?.code).join());
"""
    assert refused_of(source % NODE_PACKAGE, program) == set()
    said = output_of(node_tool("node"), "out/old.js", folder=program)
    assert said == "EVOverCurrent,Unknown_Error EVOverCurrent,Unknown_Error\n"
    codes = series.generated / "typescript/src/codes.ts"
    former = r"@deprecated Earlier releases spelt .*\n +(\w+): \"(\w+)\""
    assert dict(re.findall(former, codes.read_text("utf-8"))) == {
        "EvOverCurrent": "EVOverCurrent",
        "UNKNOWN_ERROR": "Unknown_Error",
    }


def test_a_removed_code_stays_and_is_marked(program: Path) -> None:
    """What editors show beside it; else only what the document calls deprecated is marked."""
    package = program / "node_modules" / NODE_PACKAGE
    expected = {
        "FanBlocked": "r5.0.0",
        "SessionEnergyReached": "r4.10.0",
        "OcuErrorTemperature1": "r4.9.3",
        "FrequentPilotChanges": "r3.12.6",
    }
    for file in (package / "src" / "codes.ts", package / "dist" / "codes.d.ts"):
        mark = r"@deprecated (.+)\n +\*/\n +(?:readonly )?(\w+):"
        marked = {code: why for why, code in re.findall(mark, file.read_text("utf-8"))}
        why = marked.pop("OcuErrorRelayCount")
        assert why.startswith("Note: this error is deprecated and no longer used. Use OCPP ")
        assert marked == {code: f"Removed in {release}." for code, release in expected.items()}


def test_a_code_that_should_not_be_used_says_so_in_python(series: Built) -> None:
    """What editors show beside it: that it was removed, or that it is deprecated."""
    codes = series.generated / "python" / PYTHON_PACKAGE / "_codes.py"
    shown = re.findall(r' = "(\w+)"\n +".*\\nDeprecated: (.+)"\n', codes.read_text("utf-8"))
    assert dict(shown) == {
        "FanBlocked": "Removed in r5.0.0.",
        "SessionEnergyReached": "Removed in r4.10.0.",
        "OcuErrorTemperature1": "Removed in r4.9.3.",
        "FrequentPilotChanges": "Removed in r3.12.6.",
        "OcuErrorRelayCount": "Note: this error is deprecated and no longer used. "
        "Use OCPP GetConfiguration MadeUpCycleCount to get the counters.",
    }
