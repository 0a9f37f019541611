"""The Go module: vet has nothing to say, the vectors are passed, and failed where it is broken."""

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.generated_decoders import generate
from tests.helpers.hostile_documents import CODES, TEXTS, legal_document, told
from tests.helpers.project import ROOT, record_digests
from tests.helpers.release_series import write_spec
from tests.helpers.tools import GENERATED, catalogue_json, code_blocks, copy_of, go, gofmt

pytestmark = pytest.mark.extended

PACKAGE = "ctekerrorcodes"


def passes(module: Path) -> str:
    """What `go test -v` prints of a module that has to pass, and has gofmt's form."""
    assert gofmt("-l", ".", folder=module) == ""
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


def test_vet_has_nothing_to_say(module: Path) -> None:
    vetted = go("vet", "./...", folder=module)
    assert (vetted.returncode, vetted.stdout, vetted.stderr) == (0, "", "")


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
    "OtherError needs nothing else": ("decode.go", "has(standard, otherError) &&", "false &&"),
    "a list can be null": ("decode.go", "BeyondDocument: []Beyond{}, ", ""),
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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("FanBlocked", "removed in r5.0.0."),
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


def test_names_of_the_package_are_reserved(module: Path) -> None:
    manifest = tomllib.loads((ROOT / "templates/go/target.toml").read_text("utf-8"))
    sources = {file.name: file.read_text("utf-8") for file in module.glob("*.go")}
    codes = re.findall(r"(?m)^\t(\w+) ErrorCode = ", sources["codes.go"])
    names = {
        name
        for file, text in sources.items()
        if not file.endswith("_test.go")
        for name in exported(text)
    }
    assert sorted(names - set(codes)) == manifest["identifiers"]["reserved"]


# Used by a program


def run_program(source: str, package: Path, name: str, folder: Path) -> str:
    """What a program prints in a module of its own that has the package as its README says."""
    program = folder / "program"
    program.mkdir()
    shutil.copytree(package, program / name)
    (program / "main.go").write_text(source, encoding="utf-8")
    for arguments in (
        ("mod", "init", "example.com/program"),
        ("mod", "edit", f"-require={name}@v0.0.0"),
        ("mod", "edit", f"-replace={name}=./{name}"),
    ):
        result = go(*arguments, folder=program)
        assert result.returncode == 0, result.stderr
    result = go("run", ".", folder=program)
    assert result.returncode == 0, result.stderr
    return result.stdout


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
    assert (said["known"], said["loop"], said["before"]) == (False, "CBC_LOOP", False)
    assert (said["later"]["Release"]["name"], said["later"]["IsExact"]) == ("r4.4.3", False)


def test_data_is_that_of_the_json(said: dict[str, Any], r4_4_3: Path) -> None:
    catalogue = catalogue_json(r4_4_3 / "generated")
    for code in said["codes"]:
        code.setdefault("removed_in", None)
        for revision in code["revisions"]:
            revision.setdefault("until", None)
    assert said["codes"] == catalogue["codes"]
    assert said["releases"] == catalogue["releases"]
    assert said["vendor"] == catalogue["vendor"]


@pytest.mark.parametrize("number", [0, 1])
def test_readme_runs(number: int, module: Path, tmp_path: Path) -> None:
    example = code_blocks(module / "README.md", "go")[number]
    printed = run_program(example, module, PACKAGE, tmp_path).splitlines()
    assert printed[0] == ("fault", "true vendorErrorCode r4.4.3")[number]
    assert len(printed) > 1


def test_readme_begins_with_how_to_take_it(module: Path) -> None:
    [block] = code_blocks(module / "README.md", "sh")
    assert block.splitlines() == [
        f"cp -r PATH/TO/generated/go {PACKAGE}",
        f"go mod edit -require={PACKAGE}@v0.0.0",
        f"go mod edit -replace={PACKAGE}=./{PACKAGE}",
    ]
