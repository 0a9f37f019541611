"""The Go module: vet has nothing to say, the vectors are passed, and failed where it is broken."""

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.shapes.names import TAKEN_NAMES
from tests.helpers.as_published import spec_as_published
from tests.helpers.firmwares import ANSWERING
from tests.helpers.generated_decoders import generate
from tests.helpers.go_programs import program_using, run_program
from tests.helpers.hostile_documents import CODES, TEXTS, escaped, legal_document, told
from tests.helpers.project import ROOT, choose_targets, record_digests
from tests.helpers.release_series import write_spec
from tests.helpers.tools import GENERATED, catalogue_json, copy_of, go, gofmt

pytestmark = pytest.mark.extended

PACKAGE = "ctekerrorcodes"
TEMPLATES = ROOT / "templates"
EVERY_FIELD = ROOT / "tests/every_field/spec"


def passes(module: Path) -> str:
    """What `go test -v` prints of a module that must pass, as it must gofmt and vet."""
    assert gofmt("-s", "-l", ".", folder=module) == ""
    vetted = go("vet", "./...", folder=module)
    assert (vetted.returncode, vetted.stdout, vetted.stderr) == (0, "", "")
    tested = go("test", "-count=1", "-vet=off", "-v", "./...", folder=module)
    assert tested.returncode == 0, tested.stdout + tested.stderr
    return tested.stdout


def vectors_passed(printed: str) -> int:
    return len(re.findall(r"^    --- PASS: Test\w+Vectors/", printed, re.MULTILINE))


def vectors_in(generated: Path) -> int:
    vectors = json.loads((generated / "json/vectors.json").read_text("utf-8"))
    return len(vectors["status_notifications"]) + len(vectors["notify_events"])


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The module as it is committed; what Go leaves there is not left in the repository."""
    return copy_of("go", tmp_path_factory.mktemp("go"))


# The module's own tests


def test_every_vector_is_passed(module: Path) -> None:
    assert vectors_passed(passes(module)) == vectors_in(GENERATED) > 0


def test_vectors_are_those_of_the_json() -> None:
    ours, published = (
        json.loads((GENERATED / file).read_text("utf-8"))
        for file in ("go/testdata/vectors.json", "json/vectors.json")
    )
    del published["$schema"]
    assert ours == published


BROKEN = {
    "upper and lower case differ": ("lookup.go", "strings.ToLower(text)", "strings.Clone(text)"),
    "a sign for Kelvin is a K": ("lookup.go", "text[i] >= 0x80", "text[i] >= 0xff"),
    "bytes are counted": (
        "decode.go",
        "utf8.RuneCountInString(*text)",
        "len(*text)*utf8.RuneLen(0)",
    ),
    "; does not divide": ("decode.go", "r == ',' || r == ';'", "r == ','"),
    "OtherError needs nothing else": (
        "decode.go",
        "has(standard, fold(otherError)) &&",
        "false &&",
    ),
    "a list can be null": ("decode.go", "BeyondDocument: []Deviation{}, ", ""),
    "a meaning has other words": ("catalogue.go", "can't be read / found.\",", 'can be read.",'),
}
"""What is broken: in which file, which text, and what stands in its place."""


@pytest.fixture(scope="module")
def failures(module: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `go test` prints of each broken copy; all are packages of one module, built at once."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "go.mod").write_text("module broken\n\ngo 1.21\n", encoding="utf-8")
    names = {breaks: f"copy{number}" for number, breaks in enumerate(["nothing", *BROKEN])}
    for breaks, name in names.items():
        shutil.copytree(module, folder / name, ignore=shutil.ignore_patterns("go.mod"))
        test = folder / name / "decode_test.go"
        for file in (test, test.with_name("example_test.go")):
            text = file.read_text("utf-8")
            file.write_text(text.replace(f'"{PACKAGE}"', f'{PACKAGE} "broken/{name}"'), "utf-8")
        if breaks in BROKEN:
            source, old, new = BROKEN[breaks]
            text = (folder / name / source).read_text("utf-8")
            assert old in text, breaks
            (folder / name / source).write_text(text.replace(old, new), "utf-8")
    tested = go("test", "-count=1", "-vet=off", "-run=Vectors", "./...", folder=folder)
    assert tested.returncode == 1, tested.stdout + tested.stderr
    printed = re.findall(r"(?ms)^(ok|FAIL)\s+broken/(\w+)\s(.*?)$", tested.stdout)
    assert {name for _, name, _ in printed} == set(names.values()), tested.stdout
    results = {name: f"{result} {rest}" for result, name, rest in printed}
    return {breaks: results[name] for breaks, name in names.items()}


@pytest.mark.parametrize("breaks", BROKEN)
def test_broken_copy_fails(breaks: str, failures: dict[str, str]) -> None:
    assert failures[breaks].startswith("FAIL")
    assert "build failed" not in failures[breaks]


def test_copy_that_is_not_broken_passes(failures: dict[str, str]) -> None:
    assert failures["nothing"].startswith("ok")


# Other catalogues


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The artefacts of the made-up series of releases."""
    folder = tmp_path_factory.mktemp("series")
    return generate(write_spec(folder / "spec"), folder / "generated", "go", "json")


def test_every_vector_of_several_releases_is_passed(series: Path) -> None:
    assert vectors_passed(passes(series / "go")) == vectors_in(series) > 0


def test_every_vector_of_documents_with_what_was_accepted_is_passed(tmp_path: Path) -> None:
    spec = spec_as_published(tmp_path / "spec")
    generated = generate(spec, tmp_path / "generated", "go", "json")
    assert vectors_passed(passes(generated / "go")) == vectors_in(generated) > 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("FanBlocked", "Removed in r5.0.0."),
        ("EvOverCurrent", "earlier releases spelt the code in another case."),
        ("OcuErrorRelayCount", "Note: this error is deprecated"),
        ("EVOverCurrent", None),
        ("OcuErrorSelfTest", None),
    ],
)
def test_what_is_not_sent_any_more_is_deprecated(
    name: str, words: str | None, series: Path
) -> None:
    text = (series / "go/codes.go").read_text("utf-8")
    [doc] = re.findall(rf"((?:\t//.*\n)+)\t{name} ErrorCode = ", text)
    deprecated = re.findall(r"(?m)^\t//\n\t// Deprecated: (.*)$", doc)
    assert len(deprecated) == (words is not None)
    assert not words or deprecated[0].startswith(words)


PRINT_CODES = """\
package main

import (
	"encoding/json"
	"os"

	"madeupcodes"
)

func main() {
	texts := map[string]string{}
	for _, details := range madeupcodes.Codes() {
		found, _ := madeupcodes.Lookup(details.Code)
		texts[string(details.Code)] = found.Meanings()[0].Text
	}
	if err := json.NewEncoder(os.Stdout).Encode(texts); err != nil {
		panic(err)
	}
}
"""


def test_hostile_texts_are_texts(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/cases/_project/spec", tmp_path / "spec")
    (tmp_path / "spec/r2.0.0.md").write_text(legal_document(), encoding="utf-8")
    record_digests(tmp_path / "spec")
    generated = generate(tmp_path / "spec", tmp_path / "generated", "go", "json")
    assert vectors_passed(passes(generated / "go")) == vectors_in(generated)
    said = {f"Text{number:02d}": told(text) for number, text in enumerate(TEXTS.values())}
    said |= dict.fromkeys(CODES, "It hums.")
    texts = json.loads(run_program(PRINT_CODES, generated / "go", "madeupcodes", tmp_path))
    assert {code: texts[code] for code in said} == said


def exported(source: str) -> Iterator[str]:
    """The names that a source gives to other packages, its methods and fields aside."""
    yield from re.findall(r"(?m)^(?:func|type|const|var) ([A-Z]\w*)", source)
    for block in re.findall(r"(?ms)^(?:const|var) \((.*?)^\)", source):
        yield from re.findall(r"(?m)^\t([A-Z]\w*) ", block)


def exported_names(module: Path) -> set[str]:
    """What other packages see of a module, its codes aside."""
    sources = [file for file in module.glob("*.go") if not file.name.endswith("_test.go")]
    names = {name for file in sources for name in exported(file.read_text("utf-8"))}
    codes = re.findall(r"(?m)^\t(\w+) ErrorCode = ", (module / "codes.go").read_text("utf-8"))
    return names - set(codes)


def test_types_of_a_vendor_cannot_have_a_name_of_the_package(module: Path) -> None:
    by_shapes = set(exported((module / "records.go").read_text("utf-8")))
    own = exported_names(module) - by_shapes
    assert {"Filter", "FindCodes", "Version", "ErrorCode"} <= own
    assert own <= TAKEN_NAMES


def test_codes_can_have_every_name_of_the_package(every_field: Path, tmp_path: Path) -> None:
    """A vendor's own types among them."""
    names = exported_names(every_field / "go")
    assert {"Lookup", "Meaning", "FoundRelease", "DeviationCode", "Severity", "LampNote"} <= names
    assert {"Filter", "FindCodes", "Describe", "ParseErrorCode", "Vendor", "Version"} <= names
    names -= {"DeviationCode"}  # would be named as the code Deviation is
    spec = shutil.copytree(EVERY_FIELD, tmp_path / "spec")
    newest = spec / "r1.1.0.md"
    title = "## Codes of our own\n\n"
    before, entries = newest.read_text(encoding="utf-8").split(title)
    paragraphs = entries.strip().split("\n\n")
    paragraphs += [f"**{escaped(name)}** It hums." for name in names]
    paragraphs.sort(key=lambda paragraph: paragraph.split("**")[1].replace("\\", ""))
    newest.write_text(before + title + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    record_digests(spec)
    generated = generate(spec, tmp_path / "generated", "go", "json")
    assert vectors_passed(passes(generated / "go")) == vectors_in(generated) > 0
    codes = (generated / "go/codes.go").read_text("utf-8")
    named = re.findall(r"(?m)^\t(\w+) ErrorCode = \"(\w+)\"", codes)
    constants = {code: name for name, code in named if code in names}
    assert constants.keys() == names
    assert constants["Lookup"] == "LookupCode"
    assert constants["Deviation"] == "DeviationCodeCode"  # DeviationCode is a Deviation
    assert not names & set(constants.values())


def test_vendor_that_has_codes_of_the_standard_alone(tmp_path: Path) -> None:
    """The examples then show one of those."""
    spec = shutil.copytree(EVERY_FIELD, tmp_path / "spec")
    vendor = (spec / "vendor.toml").read_text(encoding="utf-8")
    section = '[[sections]]\ntitle = "Codes of our own"\nsent_in = "vendorErrorCode"\n'
    assert section in vendor
    (spec / "vendor.toml").write_text(vendor.replace(section, ""), encoding="utf-8")
    for file in spec.glob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: text.index("\n## Codes of our own")], encoding="utf-8")
    record_digests(spec)
    generated = generate(spec, tmp_path / "generated", "go", "json")
    assert vectors_passed(passes(generated / "go")) == vectors_in(generated) > 0
    assert "madeupcodes.GroundFailure" in (generated / "go/README.md").read_text(encoding="utf-8")


# Used by a program


REAL_MESSAGE = {
    "connectorId": 2,
    "errorCode": "OtherError",
    "status": "Faulted",
    "timestamp": "2026-07-11T08:12:09Z",
    "vendorErrorCode": "NoPPDetected",
    "vendorId": "com.ctek",
}
"""As a Chargestorm Connected sent it: github.com/lbbrhzn/ocpp, issue 1987."""

CONSUMER = """\
package main

import (
	"encoding/json"
	"os"

	"ctekerrorcodes"
)

func main() {
	var payload any
	if err := json.Unmarshal([]byte(`MESSAGE`), &payload); err != nil {
		panic(err)
	}
	decoded := ctekerrorcodes.DecodeStatusNotification(payload, "r4.4.3")
	_, known := ctekerrorcodes.Lookup("SomethingNewer")
	loop, _ := ctekerrorcodes.Lookup("cbc_loop")
	_, before := ctekerrorcodes.LookupAsOf(ctekerrorcodes.CBC_LOOP, "r4.4.2")
	later, _ := ctekerrorcodes.FindRelease("ccu_R4.5")
	if err := json.NewEncoder(os.Stdout).Encode(map[string]any{
		"condition": decoded.Condition,
		"text":      decoded.Codes[0].Meanings[0].Text,
		"isIt":      *decoded.Codes[0].Code == ctekerrorcodes.NoPPDetected,
		"known":     known,
		"loop":      loop.Code,
		"before":    before,
		"later":     later,
		"vendor":    ctekerrorcodes.Vendor,
		"codes":     ctekerrorcodes.Codes(),
		"releases":  ctekerrorcodes.Releases(),
	}); err != nil {
		panic(err)
	}
}
"""


@pytest.fixture(scope="module")
def said(r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a program says that uses the module as of r4.4.3."""
    source = CONSUMER.replace("MESSAGE", json.dumps(REAL_MESSAGE))
    package = r4_4_3 / "generated/go"
    folder = tmp_path_factory.mktemp("consumer")
    data: dict[str, Any] = json.loads(run_program(source, package, PACKAGE, folder))
    return data


def test_the_real_message_is_a_fault(said: dict[str, Any]) -> None:
    assert said["condition"] == "fault"
    assert said["isIt"]
    assert said["text"] == (
        "The PP resistor can't be read / found. "
        "This can also be sent together with a non-error status."
    )


def test_codes_are_looked_up(said: dict[str, Any]) -> None:
    assert (said["known"], said["loop"], said["before"]) == (False, "CBC_LOOP", True)
    later = said["later"]
    found = (later["release"]["name"], later["is_exact"], later["match"])
    assert found == ("r4.4.3", False, "nearest_earlier")


FIRMWARES = """\
package main

import (
	"encoding/json"
	"os"
	"reflect"

	"ctekerrorcodes"
)

func main() {
	var firmwares []string
	if err := json.Unmarshal([]byte(`TABLE`), &firmwares); err != nil {
		panic(err)
	}
	answers := [][]any{}
	for _, firmware := range firmwares {
		found, isFound := ctekerrorcodes.FindRelease(firmware)
		status := ctekerrorcodes.DecodeStatusNotification(nil, firmware)
		events := ctekerrorcodes.DecodeNotifyEvent(nil, firmware)
		details, known := ctekerrorcodes.LookupAsOf("FanBlocked", firmware)
		asOf, isThere := ctekerrorcodes.LookupAsOf("FanBlocked", found.Release.Name)
		if found.Match == ctekerrorcodes.ReleaseMatchNewest {
			asOf, isThere = ctekerrorcodes.Lookup("FanBlocked")
		}
		answers = append(answers, []any{
			[]any{found.Release.Name, found.Match},
			[]any{status.Release, status.ReleaseMatch},
			[]any{events.Release, events.ReleaseMatch},
			isFound,
			found.IsExact,
			known == isThere && reflect.DeepEqual(details, asOf),
		})
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
"""


def test_every_firmware_has_one_answer(series: Path, tmp_path: Path) -> None:
    """As the other packages and the commands answer the same table."""
    table = {text: one for text, one in ANSWERING.items() if len(text or "") < 100}
    source = FIRMWARES.replace("TABLE", json.dumps([text or "" for text in table]))
    answers = json.loads(run_program(source, series / "go", PACKAGE, tmp_path))
    for (text, (name, match)), said in zip(table.items(), answers, strict=True):
        is_found = match in ("exact", "nearest_earlier")
        expected = [[name, match]] * 3 + [is_found, match == "exact", True]
        assert said == expected, text


def test_data_is_that_of_the_json(said: dict[str, Any], r4_4_3: Path) -> None:
    catalogue = catalogue_json(r4_4_3 / "generated")
    assert said["codes"] == catalogue["codes"]
    assert said["releases"] == catalogue["releases"]
    assert said["vendor"] == catalogue["vendor"]


def test_every_function_has_an_example(module: Path) -> None:
    """Which `go test` runs; the texts of a code are methods of ErrorCode."""
    sources = [file for file in module.glob("*.go") if not file.name.endswith("_test.go")]
    functions = {
        name for file in sources for name in re.findall(r"(?m)^func ([A-Z]\w*)", file.read_text())
    }
    assert {"DecodeNotifyEvent", "FindCodes"} <= functions
    examples = (module / "example_test.go").read_text(encoding="utf-8")
    shown = re.findall(r"(?ms)^func Example(\w+)\(\) \{$.*?^\t// Output:$", examples)
    assert set(shown) == functions | {"ErrorCode"}


# Codes by a filter

FIND_CODES = """\
package main

import (
	"encoding/json"
	"os"

	"PACKAGE"
)

func main() {
	var filters []PACKAGE.Filter
	if err := json.NewDecoder(os.Stdin).Decode(&filters); err != nil {
		panic(err)
	}
	all := [][]PACKAGE.ErrorCode{}
	for _, filter := range filters {
		codes := []PACKAGE.ErrorCode{}
		for _, details := range PACKAGE.FindCodes(filter) {
			codes = append(codes, details.Code)
		}
		all = append(all, codes)
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		panic(err)
	}
}
"""


def found_codes(module: Path, name: str, folder: Path, *filters: dict[str, Any]) -> list[set[str]]:
    """The codes that fit each filter."""
    program = program_using(FIND_CODES.replace("PACKAGE", name), module, name, folder)
    result = go("run", ".", folder=program, stdin=json.dumps(filters))
    assert result.returncode == 0, result.stderr
    found: list[list[str]] = json.loads(result.stdout)
    return [set(codes) for codes in found]


def test_codes_of_the_real_document_are_found(r4_4_3: Path, tmp_path: Path) -> None:
    """What is left out by each filter, as the document has it."""
    text = (r4_4_3 / "spec/r4.4.3.md").read_text(encoding="utf-8").replace("\\_", "_")
    entries = re.findall(r"(?ms)^\*\*(\w+)\*\* (.+?)(?=\n\n|\Z)", text)
    standard, vendors = re.split(r"(?m)^## 2 .*$", text)
    all_codes = {code for code, _ in entries}
    on_second = {code for code, said in entries if "found only in" in said}
    on_first = {code for code, said in entries if "only on connector 1" in said}
    not_used = {code for code, said in entries if "no longer used" in said}
    assert [len(one) for one in (all_codes, on_second, on_first, not_used)] == [35, 10, 1, 1]
    found = found_codes(
        r4_4_3 / "generated/go",
        PACKAGE,
        tmp_path,
        {},
        {"Product": "Chargestorm Connected"},
        {"Product": "CHARGESTORM connected 2"},
        {"Connector": 1},
        {"Connector": 2},
        {"Deprecated": True},
        {"Deprecated": False},
        {"SentIn": "errorCode"},
        {"SentIn": "vendorErrorCode"},
        {"Product": "Chargestorm Connected 3", "Connector": 0, "Deprecated": False},
        {"Product": "Chargestorm Connected 3", "Deprecated": True},
    )
    assert found == [
        all_codes,
        all_codes - on_second,
        all_codes,
        all_codes,
        all_codes - on_first,
        not_used,
        all_codes - not_used,
        {code for code in all_codes if f"**{code}**" in standard},
        {code for code in all_codes if f"**{code}**" in vendors},
        all_codes - on_second - on_first - not_used,
        set(),
    ]


OTHERS = {"CODE_TWO", "OldCode", "StationLocked"}
"""What no outlet and no cause is said of."""


@pytest.mark.parametrize(
    ("code_filter", "codes"),
    [
        ({"Product": "dust", "Connector": 1}, {"GroundFailure", "CODE_ONE"}),
        ({"Product": "dust", "Connector": 2}, {"CODE_ONE"}),
        ({"Product": "Kelp", "Connector": 2}, {"GroundFailure"}),
        ({"Product": "kELP"}, {"GroundFailure"}),
        ({"Product": "\N{KELVIN SIGN}elp"}, set()),
        ({"Connector": 2}, {"GroundFailure", "CODE_ONE"}),
        ({"Connector": 3}, set()),
        ({"Product": "", "Connector": None, "SentIn": ""}, {"GroundFailure", "CODE_ONE"}),
    ],
)
def test_one_meaning_fits_product_and_connector(
    code_filter: dict[str, Any], codes: set[str], kelp: Path, tmp_path: Path
) -> None:
    [found] = found_codes(kelp, "madeupcodes", tmp_path, code_filter)
    assert found == codes | OTHERS


@pytest.fixture(scope="module")
def kelp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The module of a vendor that names products and outlets in two meanings of one code."""
    folder = tmp_path_factory.mktemp("kelp")
    spec = shutil.copytree(EVERY_FIELD, folder / "spec")
    causes = "[fields.causes]\n"
    vendor = (spec / "vendor.toml").read_text(encoding="utf-8")
    named = vendor.replace(causes, f'{causes}role = "products"\n')
    (spec / "vendor.toml").write_text(named, encoding="utf-8")
    for file in spec.glob("*.md"):
        text = file.read_text(encoding="utf-8")
        first, second = "A fault of the ground.", "An old fault of the ground."
        assert first in text
        assert second in text
        text = text.replace(first, f"{first} Set on outlet 1 alone. Caused by dust.")
        text = text.replace(second, f"{second} Set on outlet 2 alone. Caused by kelp.")
        file.write_text(text, encoding="utf-8")
    record_digests(spec)
    return generate(spec, folder / "generated", "go") / "go"


def test_vendor_without_roles_rules_no_code_out(tmp_path: Path) -> None:
    spec = shutil.copytree(EVERY_FIELD, tmp_path / "spec")
    vendor = (spec / "vendor.toml").read_text(encoding="utf-8")
    (spec / "vendor.toml").write_text(without_roles(vendor), encoding="utf-8")
    module = generate(spec, tmp_path / "generated", "go") / "go"
    found = found_codes(
        module,
        "madeupcodes",
        tmp_path,
        {"Product": "dust", "Connector": 9, "Deprecated": False},
        {"Deprecated": True},
    )
    assert found == [{"GroundFailure", "CODE_ONE"} | OTHERS, set()]


# A vendor with a field of every type


@pytest.fixture(scope="module")
def every_field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The artefacts of the made-up vendor."""
    return generate(EVERY_FIELD, tmp_path_factory.mktemp("every-field") / "it", "go", "json")


EVERY_FIELD_CONSUMER = """\
package main

import (
	"encoding/json"
	"os"

	"madeupcodes"
)

// Such conversions compile only if each field has the same name and type, in the same order.
var (
	_ = struct {
		Text        string
		Description string
		GoesOn      *bool
		NeedsVisit  bool
		Remedy      *string
		LampShown   *string
		Retries     *int
		Severity    *madeupcodes.Severity
		Outlets     []int
		SpareParts  []string
		Causes      []string
		LampNotes   []madeupcodes.LampNote
		Retired     *madeupcodes.Retirement
		Lockout     *madeupcodes.LockoutRule
		UnlockedBy  *string
		Source      madeupcodes.Source
	}(madeupcodes.Meaning{})
	_ = struct {
		Lamp   string
		Blinks int
	}(madeupcodes.LampNote{})
	_ = struct {
		Words string
		See   []string
		Level *madeupcodes.Level
	}(madeupcodes.Retirement{})
	_ = struct {
		Minutes *int
	}(madeupcodes.LockoutRule{})
	_ = struct {
		Sent           string
		Field          madeupcodes.CodeField
		Code           *madeupcodes.ErrorCode
		GoesOn         *bool
		BeyondDocument []madeupcodes.Deviation
		Meanings       []madeupcodes.Meaning
		OtherList      *madeupcodes.OtherListCode
		GroupKey       string
	}(madeupcodes.DecodedCode{})
)

const (
	minor    = madeupcodes.SeverityMinor
	major    = madeupcodes.SeverityMajor
	critical = madeupcodes.SeverityCritical
	soft     = madeupcodes.LevelSoft
	hard     = madeupcodes.LevelHard
)

func newest(code madeupcodes.ErrorCode) []madeupcodes.Meaning {
	details, known := madeupcodes.Lookup(code)
	if !known {
		panic(code)
	}
	return details.Meanings()
}

func main() {
	ground := newest(madeupcodes.GroundFailure)
	one := newest(madeupcodes.CODE_ONE)[0]
	two := newest(madeupcodes.CODE_TWO)[0]
	old := newest(madeupcodes.OldCode)[0]
	locked := newest(madeupcodes.StationLocked)[0]
	note, other := old.LampNotes[0], old.LampNotes[1]
	message := map[string]any{"vendorErrorCode": "code_two"}
	numbers := []int{*one.Retries, note.Blinks, *locked.Lockout.Minutes}
	words := []string{*ground[0].Remedy, *ground[0].LampShown, *locked.UnlockedBy, other.Lamp}
	lists := append(append(one.Causes, two.SpareParts...), old.Retired.See...)
	if err := json.NewEncoder(os.Stdout).Encode(map[string]any{
		"flags":   []bool{ground[0].NeedsVisit, ground[1].NeedsVisit, *ground[1].GoesOn},
		"enums":   []bool{*ground[0].Severity == major, *old.Retired.Level == hard},
		"values":  []any{minor, major, critical, soft, hard},
		"numbers": append(numbers, one.Outlets...),
		"texts":   append(append(words, old.Retired.Words), lists...),
		"unknown": []bool{two.GoesOn == nil, two.Retries == nil, two.Severity == nil},
		"missing": []bool{two.Outlets == nil, two.Lockout == nil, two.Remedy == nil},
		"empty":   []bool{two.Causes != nil, two.LampNotes != nil, one.SpareParts != nil},
		"decoded": madeupcodes.DecodeStatusNotification(message, "").Codes,
		"codes":   madeupcodes.Codes(),
	}); err != nil {
		panic(err)
	}
}
"""


def test_every_vector_of_a_field_of_every_type_is_passed(every_field: Path) -> None:
    assert vectors_passed(passes(every_field / "go")) == vectors_in(every_field) > 0


def test_each_field_has_its_type(every_field: Path, tmp_path: Path) -> None:
    printed = run_program(EVERY_FIELD_CONSUMER, every_field / "go", "madeupcodes", tmp_path)
    used = json.loads(printed)
    assert used["flags"] == [True, False, True]
    assert used["enums"] == [True, True]
    assert used["values"] == ["minor", "major", "critical", "soft", "hard"]
    assert used["numbers"] == [4, 2, 30, 1, 2]
    assert used["texts"] == [
        'press "RESET", twice, and look for a \\ sign or {{ braces }}',
        "red lamp",
        'a "master" key',
        "red lamp",
        "This code is retired. Look at AB-123 and CD-456 in its place. Its retirement is hard.",
        "dust",
        "mice",
        "AB-123",
        "AB-123",
        "CD-456",
    ]
    for nil in ("unknown", "missing", "empty"):
        assert used[nil] == [True] * 3
    [decoded] = used["decoded"]
    assert [*decoded][:4] == ["sent", "field", "code", "goes_on"]
    assert [*decoded][4:] == ["beyond_document", "meanings", "other_list", "group_key"]
    assert decoded["goes_on"] is None
    assert used["codes"] == catalogue_json(every_field)["codes"]


def test_each_field_is_documented(every_field: Path) -> None:
    """By its comment in the records, and by a row of the README's tables."""
    vendor = tomllib.loads((EVERY_FIELD / "vendor.toml").read_text(encoding="utf-8"))
    records = (every_field / "go/records.go").read_text("utf-8")
    readme = (every_field / "go/README.md").read_text("utf-8")
    comments = re.findall(r'\t// (.*)\n\t\w+ .* `json:"(\w+)"`', records)
    members = [one["members"] for one in vendor["records"].values()]
    for table in (vendor["fields"], *members):
        for name, field in table.items():
            documented = [name for doc, name in comments if doc.startswith(field["meaning"])]
            assert name in documented
            pascal = "".join(word.capitalize() for word in name.split("_"))
            assert re.search(rf"(?m)^\| `{pascal}` \| .* \| {re.escape(field['meaning'])}", readme)
    for name, record in vendor["records"].items():
        pascal = "".join(word.capitalize() for word in name.split("_"))
        assert f"// {pascal}: {record['meaning']}\ntype {pascal} struct {{" in records
        assert f"`{pascal}`: {record['meaning']}\n" in readme


# The proofs can fail


def made_of_template(name: str, old: str, new: str, folder: Path, spec: Path = EVERY_FIELD) -> Path:
    """The Go module that a copy of the templates makes, with one text of one file changed."""
    templates = folder / "templates"
    choose_targets(templates)
    shutil.copytree(TEMPLATES / "go", templates / "go")
    text = (templates / "go" / name).read_text(encoding="utf-8")
    assert old in text
    (templates / "go" / name).write_text(text.replace(old, new), encoding="utf-8")
    built, diagnostics = pipeline.build(spec, templates)
    assert built, diagnostics
    written, diagnostics = pipeline.write(built, folder / "generated")
    assert written, diagnostics
    return folder / "generated/go"


LOOP = "{% for member in record.members if not member.is_optional %}"


@pytest.mark.parametrize("left_out", ["retries", "causes", "lamp_notes", "unlocked_by"])
def test_field_that_the_records_leave_out_is_found(left_out: str, tmp_path: Path) -> None:
    """The data is typed, so it does not compile without the field; nor does what uses it."""
    short = LOOP.replace(" %}", f" and member.name != '{left_out}' %}}")
    module = made_of_template("records.go.j2", LOOP, short, tmp_path)
    field = "".join(word.capitalize() for word in left_out.split("_"))
    built = go("build", "./...", folder=module)
    assert built.returncode != 0
    assert f"unknown field {field} in struct literal" in built.stderr
    # As if the data left it out too.
    catalogue, codes = module / "catalogue.go", "var codes = "
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text[: text.index(codes)] + "var codes []CodeDetails\n", encoding="utf-8")
    records = module / "records.go"
    text = records.read_text(encoding="utf-8")
    records.write_text(re.sub(rf"(?m)^\tr\.{field} = .*\n", "", text), encoding="utf-8")
    assert go("build", "./...", folder=module).returncode == 0
    program = program_using(EVERY_FIELD_CONSUMER, module, "madeupcodes", tmp_path)
    built = go("build", "-gcflags=-e", "-o", tmp_path / "out", ".", folder=program)
    assert "cannot convert madeupcodes.Meaning{}" in built.stderr
    assert re.search(rf"\.{field} undefined", built.stderr)


def test_field_that_the_data_leaves_out_is_found(tmp_path: Path) -> None:
    """By the vectors: the field of the answer is then that of silence."""
    data = '{{ data.codes | literal(0, catalogue_record.member("codes").type) }}'
    name = 'literal(0, catalogue_record.member("codes").type)'
    short = data.replace(name, name + " | replace('Retries: ptr[int](4), ', '')")
    module = made_of_template("catalogue.go.j2", data, short, tmp_path)
    assert "Retries: ptr[int](3)" in (module / "catalogue.go").read_text(encoding="utf-8")
    tested = run_tests(module, "Vectors")
    assert tested.returncode == 1, tested.stdout + tested.stderr
    assert "build failed" not in tested.stdout


def run_tests(module: Path, name: str) -> subprocess.CompletedProcess[str]:
    return go("test", "-count=1", "-vet=off", f"-run={name}", ".", folder=module)


SHARED = {
    "lists": ("{{ name }} = cloneList({{ name }})", "{{ name }} = {{ name }}"),
    "lists of records": ("{{ name }} = cloneEach({{ name }})", "{{ name }} = {{ name }}"),
    "what may be nil": ("{{ name }} = copied({{ name }})", "{{ name }} = {{ name }}"),
    "records that may be nil": ("{{ name }} = ptr({{ name }}.clone())", "{{ name }} = {{ name }}"),
}
"""What an answer shares with the catalogue, with one text of the template changed."""


@pytest.mark.parametrize("what", SHARED)
def test_answer_that_shares_memory_with_the_catalogue_is_found(what: str, tmp_path: Path) -> None:
    module = made_of_template("records.go.j2", *SHARED[what], tmp_path)
    tested = run_tests(module, "TestAnswersAreTheCallersOwn")
    assert tested.returncode == 1, tested.stdout + tested.stderr
    assert "the catalogue has changed" in tested.stdout


# What it answers where the documents leave open what a decoder asks for

VISIT, RETIRED = "[fields.needs_visit]\n", "[fields.retired]\n"


def without_roles(vendor: str) -> str:
    text, count = re.subn("(?m)^role = .*\n", "", vendor)
    assert count == 3
    return text


def with_deprecation_unknown(vendor: str) -> str:
    before, behind = vendor.split(RETIRED)
    return before + RETIRED + behind.replace('silence = "empty"', 'silence = "unknown"', 1)


def with_deprecation_as_flag(vendor: str) -> str:
    """The role of a record given to a flag, which a code of the documents has."""
    return vendor.replace('role = "deprecated"\n', "").replace(
        VISIT, f'{VISIT}role = "deprecated"\n'
    )


def with_flag_that_is_known(vendor: str) -> str:
    before, behind = vendor.split("[fields.goes_on]\n")
    known = behind.replace('silence = "unknown"', 'silence = "false"', 1)
    return f"{before}[fields.goes_on]\n{known}"


VENDORS: dict[str, Callable[[str], str]] = {
    "no roles": without_roles,
    "deprecation not known": with_deprecation_unknown,
    "deprecation as a flag": with_deprecation_as_flag,
    "flag that is known": with_flag_that_is_known,
}


@pytest.mark.parametrize("name", VENDORS)
def test_every_vector_of_other_roles_is_passed(name: str, tmp_path: Path) -> None:
    spec = shutil.copytree(EVERY_FIELD, tmp_path / "spec")
    vendor = (EVERY_FIELD / "vendor.toml").read_text(encoding="utf-8")
    assert VENDORS[name](vendor) != vendor
    (spec / "vendor.toml").write_text(VENDORS[name](vendor), encoding="utf-8")
    for file in spec.glob("*.md"):
        text = file.read_text(encoding="utf-8")
        assert "Nobody knows." in text
        more = text.replace("Nobody knows.", "Nobody knows. Somebody has to go there.")
        file.write_text(more, encoding="utf-8")
    record_digests(spec)
    generated = generate(spec, tmp_path / "generated", "go", "json")
    assert vectors_passed(passes(generated / "go")) == vectors_in(generated) > 0
    decoded = (generated / "go/records.go").read_text(encoding="utf-8")
    decoded = decoded[decoded.index("type DecodedCode struct") :]
    decoded = decoded[: decoded.index("\n}\n")]
    assert ("GoesOn *bool" in decoded) == (name != "no roles")


OPEN = {
    "what is not known is a no": (
        "decode.go",
        "if said == nil {\n\t\t\tanswer = nil",
        "if said == nil {\n\t\t\tanswer = ptr(false)",
    ),
    "a meaning that is silent hides another": (
        "decode.go",
        "if said == nil {\n\t\t\tanswer = nil",
        "if said == nil {\n\t\t\treturn nil",
    ),
    "what is not known departs from the document": (
        "decode.go",
        "a.goesOn && mayGoOn != nil && !*mayGoOn",
        "a.goesOn && (mayGoOn == nil || !*mayGoOn)",
    ),
    "what is not known is a fault": (
        "decode.go",
        "isFault || mayGoOn != nil && !*mayGoOn",
        "isFault || mayGoOn == nil || !*mayGoOn",
    ),
    "no connectors are none": (
        "decode.go",
        "len(connectors) == 0 || slices",
        "connectors != nil && len(connectors) == 0 || slices",
    ),
}
"""What is broken where silence says nothing: in which file, which text, and what in its place."""


@pytest.mark.parametrize("breaks", OPEN)
def test_decoder_that_takes_silence_for_an_answer_fails(breaks: str, tmp_path: Path) -> None:
    tested = run_tests(made_of_template(*OPEN[breaks], tmp_path), "Vectors")
    assert tested.returncode == 1, tested.stdout + tested.stderr
    assert "build failed" not in tested.stdout


# The plain files of the templates, where they stand

PLAIN = {"decode.go", "decode_test.go", "other_lists.go", "payload.go"}


def vetted_in_place(templates: Path, folder: Path) -> str:
    """What vet says of the plain files in a folder, the generated ones overlaid and not written."""
    overlay = {}
    for file in [*(GENERATED / "go").glob("*.go"), GENERATED / "go/go.mod"]:
        if file.name not in PLAIN | {"example_test.go"}:
            text = file.read_text(encoding="utf-8").replace(PACKAGE, "examplecodes")
            (folder / file.name).write_text(text, encoding="utf-8")
            overlay[str(templates / file.name)] = str(folder / file.name)
    (folder / "overlay.json").write_text(json.dumps({"Replace": overlay}), encoding="utf-8")
    vetted = go("vet", f"-overlay={folder / 'overlay.json'}", ".", folder=templates)
    assert (vetted.returncode == 0) == (vetted.stderr == "")
    return vetted.stdout + vetted.stderr


def test_plain_files_have_the_form_of_gofmt_where_they_stand() -> None:
    files = sorted((TEMPLATES / "go").glob("*.go"))
    assert {file.name for file in files} == PLAIN
    assert gofmt("-s", "-l", *files, folder=ROOT) == ""


def test_vet_has_nothing_to_say_of_plain_files_where_they_stand(tmp_path: Path) -> None:
    before = sorted((TEMPLATES / "go").iterdir())
    assert vetted_in_place(TEMPLATES / "go", tmp_path) == ""
    assert sorted((TEMPLATES / "go").iterdir()) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Release:      releases[asked.place].Name,", "Release: 1,", "cannot use 1"),
        ("condition, from = ConditionFault,", "condition, from = from,", "cannot use from"),
    ],
)
def test_what_is_wrong_in_a_plain_file_is_found_there(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    copied = shutil.copytree(TEMPLATES / "go", tmp_path / "go")
    text = (copied / "decode.go").read_text(encoding="utf-8")
    assert old in text
    (copied / "decode.go").write_text(text.replace(old, new), encoding="utf-8")
    (tmp_path / "overlaid").mkdir()
    line = text[: text.index(old)].count("\n") + 1
    assert re.search(
        rf"\./decode\.go:{line}:\d+: {said}", vetted_in_place(copied, tmp_path / "overlaid")
    )


def test_plain_file_of_another_form_is_found(tmp_path: Path) -> None:
    text = (TEMPLATES / "go/decode.go").read_text(encoding="utf-8")
    assert "\treturn " in text
    (tmp_path / "releases.go").write_text(text.replace("\treturn ", "\treturn  "), encoding="utf-8")
    assert gofmt("-s", "-l", ".", folder=tmp_path) == "releases.go\n"


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_plain_file_is_copied_as_it_stands(name: str) -> None:
    header, behind = (GENERATED / "go" / name).read_text(encoding="utf-8").split("\n\n", 1)
    assert header.startswith("// Code generated by")
    plain = (TEMPLATES / "go" / name).read_text(encoding="utf-8")
    assert behind == plain.replace("examplecodes", PACKAGE)
