"""What quicktype makes of the schemas for other languages, and two programs that use it."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.helpers.project import ROOT
from tests.helpers.tools import GENERATED, JACKSON, go, java_tool, node_tool, output_of, run

pytestmark = pytest.mark.extended

JSON = GENERATED / "json"
QUICKTYPE = ROOT / "tests/node/quicktype.mjs"
SCHEMAS = sorted(file.name.removesuffix(".schema.json") for file in JSON.glob("*.schema.json"))
Schema = dict[str, Any]

TYPES = {
    "go": r"^type (\w+) ",
    "java": r"^public (?:class|enum) (\w+) ",
    "rust": r"^pub (?:struct|enum) (\w+) ",
    "csharp": r"^    public (?:partial class|partial struct|enum) (\w+)\b",
    "kotlin": r"^(?:data |sealed |enum )?class (\w+)\b",
    "swift": r"^(?:class|struct|enum) (\w+):? ",
}
"""How each language declares a type at the top."""
OWN = {
    "java": {"Converter"},
    "swift": {"JSONNull", "JSONCodingKey", "JSONAny"},
}
"""Types that quicktype brings along for its own use."""
INVENTED = re.compile(
    r"\b(Purple|Fluffy|Tentacled|Sticky|Indigo|Indecent|Hilarious|Ambitious|Cunning|Magenta|Frisky"
    r"|Mischievous|Braggadocious|AnythingMap|\w*Class\d+|[A-Z]\w*(?:Element|Enum))\b"
)
"""Names that quicktype makes up where a schema gives none, or one twice."""


# What is to be expected


class Reader:
    """Reads from a schema which types it asks for."""

    def __init__(self, name: str) -> None:
        self.root: Schema = json.loads((JSON / f"{name}.schema.json").read_text("utf-8"))

    def subschemas(self) -> Iterator[Schema]:
        """The schema and all that it leads to, each once."""
        todo: list[Schema] = [self.root]
        seen: list[Schema] = []
        while todo:
            schema = self.resolved(todo.pop())
            if not any(schema is one for one in seen):
                seen.append(schema)
                yield schema
                todo += [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
                todo += [schema["items"]] if "items" in schema else []

    def resolved(self, schema: Schema) -> Schema:
        if "$ref" not in schema:
            return schema
        found: Schema = self.root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        return found

    def values(self, schema: Schema) -> set[str]:
        """The types of JSON that a value can have, null aside."""
        schema = self.resolved(schema)
        if "anyOf" in schema:
            return set().union(*(self.values(one) for one in schema["anyOf"]))
        types = schema.get("type", [])
        return {types, *()} - {"null"} if isinstance(types, str) else {*types} - {"null"}

    def types(self) -> list[str | None]:
        """The title of whatever a language needs a type for: objects, enumerations, unions."""
        return [
            schema.get("title")
            for schema in self.subschemas()
            if "properties" in schema or "enum" in schema or len(self.values(schema)) > 1
        ]


# What quicktype makes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the types of every schema in every language, and what quicktype warns of."""
    folder = tmp_path_factory.mktemp("quicktype")
    node = node_tool("node", package="quicktype")
    schemas = (JSON / f"{name}.schema.json" for name in SCHEMAS)
    result = run(node, QUICKTYPE, folder, ",".join(TYPES), *schemas, folder=ROOT)
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    return folder, result.stderr


def sources(folder: Path, language: str, schema: str) -> str:
    files = sorted((folder / language / schema).iterdir())
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("language", TYPES)
@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_definition_is_one_type_of_its_title(
    schema: str, language: str, made: tuple[Path, str]
) -> None:
    declared = re.findall(TYPES[language], sources(made[0], language, schema), re.MULTILINE)
    if language == "csharp":  # has classes in parts
        declared = list(dict.fromkeys(declared))
    declared = [name for name in declared if name not in OWN.get(language, ())]
    assert sorted(declared) == sorted(map(str, Reader(schema).types()))


@pytest.mark.parametrize("schema", SCHEMAS)
def test_whatever_becomes_a_type_has_a_title_of_its_own(schema: str) -> None:
    titles = Reader(schema).types()
    assert titles[0] == Reader(schema).root["title"]
    assert None not in titles
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("value", "is_valid"),
    [
        (["a", "b"], True),
        ([1, 2], True),
        ([], True),
        (None, True),
        (["a", 1], False),
        ([True], False),
        ([""], False),
    ],
)
@pytest.mark.parametrize("schema", ["changelog", "changes"])
def test_list_of_several_types_is_refused(schema: str, value: object, is_valid: bool) -> None:  # noqa: FBT001 (of a table)
    """Type generators get one type for the items of all lists; validators know more."""
    definitions = Reader(schema).root["$defs"]
    field_value = {"$defs": definitions, "$ref": "#/$defs/FieldValue"}
    assert Draft202012Validator(field_value).is_valid(value) == is_valid


@pytest.mark.parametrize("language", TYPES)
def test_no_name_is_invented(language: str, made: tuple[Path, str]) -> None:
    for schema in SCHEMAS:
        text = sources(made[0], language, schema)
        comments = re.compile(r"(?m)^\s*(?://|/?\*|#).*$")
        assert INVENTED.findall(comments.sub("", text)) == [], schema


def test_quicktype_warns_of_nothing_but_that_a_message_is_anything(made: tuple[Path, str]) -> None:
    lines = [line for line in made[1].splitlines() if line]
    warnings = lines[0::2]
    places = lines[1::2]
    assert all(re.match(r"Issue in line \d+: .* cannot infer this type", one) for one in warnings)
    assert all(re.match(r"\d+: .*\bmessage\b", one, re.IGNORECASE) for one in places), places


def test_unknown_codes_fit_the_type_of_a_code(made: tuple[Path, str]) -> None:
    text = sources(made[0], "rust", "error-codes")
    assert "pub error_code: String," in text
    assert "pub vendor_error_code: Option<String>," in text


# Go and Java use it

ASKED = ["cbc_loop", "GROUNDFAILURE", "SomethingNewer"]
"""What the programs look up; the last one no document has."""


@pytest.fixture(scope="module")
def answers() -> list[str]:
    """What they have to say of the catalogue: a line for each meaning, or that there is none."""
    catalogue = json.loads((JSON / "catalogue.json").read_text("utf-8"))
    known = {code["code"].lower(): code["revisions"][-1]["meanings"] for code in catalogue["codes"]}
    assert all(asked.lower() in known for asked in ASKED[:-1])
    told = {asked: known.get(asked.lower(), []) for asked in ASKED}
    return [
        f"{asked}: {text}"
        for asked, meanings in told.items()
        for text in [meaning["description"] for meaning in meanings] or ["unknown"]
    ]


GO = """\
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"example.com/consumer/catalogue"
	"example.com/consumer/release"
	"example.com/consumer/vectors"
)

func load(file string, into any) {
	text, err := os.Open(file)
	if err == nil {
		decoder := json.NewDecoder(text)
		decoder.DisallowUnknownFields()
		err = decoder.Decode(into)
	}
	if err != nil {
		panic(err)
	}
}

func main() {
	var all catalogue.Catalogue
	var one release.ReleaseDocument
	var messages vectors.Vectors
	load(os.Args[1], &all)
	load(os.Args[2], &one)
	load(os.Args[3], &messages)
	for _, asked := range os.Args[4:] {
		known := false
		for _, code := range all.Codes {
			if strings.EqualFold(code.Code, asked) {
				known = true
				for _, meaning := range code.Revisions[len(code.Revisions)-1].Meanings {
					fmt.Printf("%s: %s\\n", asked, meaning.Description)
				}
			}
		}
		if !known {
			fmt.Printf("%s: unknown\\n", asked)
		}
	}
	fmt.Println(all.LatestRelease, one.Name, one.Sections[1].SentIn == release.VendorErrorCode)
	first := messages.StatusNotifications[0]
	fmt.Println(len(messages.StatusNotifications), first.Expected.Condition == vectors.Fault)
}
"""


def vectors() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((JSON / "vectors.json").read_text("utf-8"))
    return data


def files(release: str) -> list[Path]:
    return [JSON / "catalogue.json", JSON / f"releases/{release}.json", JSON / "vectors.json"]


def test_go_uses_the_catalogue(made: tuple[Path, str], answers: list[str], tmp_path: Path) -> None:
    for schema in SCHEMAS:
        shutil.copytree(made[0] / "go" / schema, tmp_path / schema)
    (tmp_path / "main.go").write_text(GO, encoding="utf-8")
    (tmp_path / "go.mod").write_text("module example.com/consumer\n\ngo 1.21\n", encoding="utf-8")
    vetted = go("vet", "./...", folder=tmp_path)
    assert (vetted.returncode, vetted.stdout, vetted.stderr) == (0, "", "")
    result = go("run", ".", *files("r4.4.3"), *ASKED, folder=tmp_path)
    assert result.returncode == 0, result.stderr
    messages = vectors()["status_notifications"]
    latest = json.loads((JSON / "catalogue.json").read_text("utf-8"))["latest_release"]
    assert result.stdout.splitlines() == [
        *answers,
        f"{latest} r4.4.3 true",
        f"{len(messages)} {str(messages[0]['expected']['condition'] == 'fault').lower()}",
    ]


JAVA = """\
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.example.catalogue.Catalogue;
import org.example.catalogue.CodeDetails;
import org.example.catalogue.Meaning;
import org.example.release.ReleaseDocument;
import org.example.release.SentIn;
import org.example.vectors.Condition;
import org.example.vectors.Vectors;

final class Main {
    public static void main(String[] arguments) throws IOException {
        // Jackson refuses properties that a type does not have, unless it is told otherwise.
        ObjectMapper mapper = new ObjectMapper();
        Catalogue all = mapper.readValue(new File(arguments[0]), Catalogue.class);
        ReleaseDocument one = mapper.readValue(new File(arguments[1]), ReleaseDocument.class);
        Vectors messages = mapper.readValue(new File(arguments[2]), Vectors.class);
        for (String asked : Arrays.asList(arguments).subList(3, arguments.length)) {
            boolean known = false;
            for (CodeDetails code : all.getCodes()) {
                if (code.getCode().equalsIgnoreCase(asked)) {
                    known = true;
                    var revisions = code.getRevisions();
                    List<Meaning> meanings = revisions.get(revisions.size() - 1).getMeanings();
                    for (Meaning meaning : meanings) {
                        System.out.println(asked + ": " + meaning.getDescription());
                    }
                }
            }
            if (!known) {
                System.out.println(asked + ": unknown");
            }
        }
        boolean isVendors = one.getSections().get(1).getSentIn() == SentIn.VENDOR_ERROR_CODE;
        System.out.println(all.getLatestRelease() + " " + one.getName() + " " + isVendors);
        var first = messages.getStatusNotifications().get(0);
        boolean isFault = first.getExpected().getCondition() == Condition.FAULT;
        System.out.println(messages.getStatusNotifications().size() + " " + isFault);
    }
}
"""


def test_java_uses_the_catalogue(
    made: tuple[Path, str], answers: list[str], tmp_path: Path
) -> None:
    javac, java = java_tool("javac"), java_tool("java")
    # quicktype's Converter is left out: it lets unknown properties through.
    typed = [file for file in (made[0] / "java").glob("*/*.java") if file.name != "Converter.java"]
    (tmp_path / "Main.java").write_text(JAVA, encoding="utf-8")
    paths = ":".join(map(str, [tmp_path, *JACKSON]))
    strict = ("--release", "17", "-encoding", "utf-8", "-Xlint:all", "-Werror")
    output_of(javac, *strict, "-cp", paths, "-d", tmp_path, *typed, "Main.java", folder=tmp_path)
    printed = output_of(java, "-cp", paths, "Main", *files("r4.4.3"), *ASKED, folder=tmp_path)
    assert printed.splitlines()[: len(answers)] == answers
    assert printed.splitlines()[len(answers) :] == [
        f"{json.loads((JSON / 'catalogue.json').read_text('utf-8'))['latest_release']} r4.4.3 true",
        f"{len(vectors()['status_notifications'])} true",
    ]
