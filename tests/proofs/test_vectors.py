"""The vectors: complete, right by their schema, passed by each package and by no broken one.

`pytest tests/proofs/test_vectors.py -s` prints how many there are, and how many faults they find.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from generator.runtime.ocpp import ERROR_CODES, STATUSES
from tests.helpers.decoder_mutants import PYTHON, TYPESCRIPT, Mutant
from tests.helpers.document_strategies import Made, code_lists, documents
from tests.helpers.drawn_examples import drawn, spec_of
from tests.helpers.generated_decoders import (
    KINDS,
    Vectors,
    compile_quickly,
    decoders,
    decoders_made_of,
    failed_in_python,
    failed_in_typescript,
    generate,
    python_package,
    python_sources,
    typescript_sources,
    vectors_of,
)
from tests.helpers.project import ROOT, record_digests
from tests.helpers.release_series import REAL, SERIES, write_spec
from tests.helpers.tools import GENERATED, copy_of, node_tool, output_of
from tests.helpers.typescript import refused_by_tsc

# Catalogues


def odd_spec(folder: Path) -> Path:
    """A made-up r4.4.3: codes with several meanings of which not all limit it, one like a list."""
    spec = write_spec(folder, [REAL])
    text = SERIES[REAL].replace("**NoPPDetected**", "**No,Hum;PPDetected**")
    more = {
        "NgErrorOfflineEMS": ["It hums. This is set only on connector 1."],
        "OcuErrorGeneric": [f"It hums. This is set only on connector {n}." for n in (1, 2)],
        "OcuErrorRelayCount": ["It counts."],
    }
    for code, texts in more.items():
        entries = "".join(f"**{code}** {one}\n\n" for one in texts)
        text = text.replace(f"**{code}** ", f"{entries}**{code}** ")
    (spec / f"{REAL}.md").write_bytes(text.encode())
    record_digests(spec)
    return spec


def drawn_spec(folder: Path) -> Path:
    """A document that Hypothesis drew, without NoError: no message has that as an error."""

    def is_fit(made: Made) -> bool:
        return all(entry.code.lower() != "noerror" for _, entry in made.all_entries)

    return spec_of(drawn(documents(code_lists(20, 30)).filter(is_fit), 3)[-1:], folder)


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """What is committed, and what is generated of made-up documents, by what they are."""
    folder = tmp_path_factory.mktemp("catalogues")
    specs = {
        "series": write_spec(folder / "series.spec"),
        "odd": odd_spec(folder / "odd.spec"),
        "drawn": drawn_spec(folder / "drawn.folder"),
    }
    targets = ("json", "python", "typescript")
    made = {name: generate(spec, folder / name, *targets) for name, spec in specs.items()}
    return {"committed": GENERATED, **made}


NAMES = ("committed", "series", "odd", "drawn")


@pytest.fixture(scope="module")
def vectors(catalogues: Mapping[str, Path]) -> Mapping[str, Vectors]:
    return {name: vectors_of(generated) for name, generated in catalogues.items()}


def all_of(vectors: Vectors) -> list[Any]:
    return [vector for kind in KINDS for vector in vectors[kind]]


# What they are


@pytest.mark.parametrize("name", NAMES)
def test_how_many_there_are(name: str, vectors: Mapping[str, Vectors]) -> None:
    counts = {kind: len(vectors[name][kind]) for kind in KINDS}
    print(f"\n{name}: {sum(counts.values())} vectors: {counts}")
    assert counts["status_notifications"] >= 250
    assert counts["notify_events"] >= 150


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_names_are_unique(name: str, kind: str, vectors: Mapping[str, Vectors]) -> None:
    names = [vector["name"] for vector in vectors[name][kind]]
    assert sorted(set(names)) == sorted(names)


def test_no_two_ask_the_same(vectors: Mapping[str, Vectors]) -> None:
    for kind in KINDS:
        asked = [json.dumps([v["message"], v["firmware"]]) for v in vectors["committed"][kind]]
        # Some fields of some codes make what another case has; few do.
        assert len(set(asked)) >= 0.9 * len(asked)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads((GENERATED / "json/vectors.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_they_are_right_by_their_schema(
    validator: Draft202012Validator, catalogues: Mapping[str, Path]
) -> None:
    """The slower of the two validators has the committed ones to do alone."""
    assert list(validator.iter_errors(vectors_of(GENERATED))) == []
    schema = catalogues["series"] / "json/vectors.schema.json"
    files = [folder / "json/vectors.json" for folder in catalogues.values()]
    output_of(node_tool("node"), ROOT / "tests/node/validate.mjs", schema, *files, folder=ROOT)


def test_the_schema_refuses_an_answer_that_there_is_not(validator: Draft202012Validator) -> None:
    wrong: dict[str, object] = {"condition": "odd", "release_match": None, "codes": [{}], "x": 1}
    for key, value in wrong.items():
        vectors = dict(vectors_of(GENERATED))
        vectors["status_notifications"] = vectors["status_notifications"][:1]
        vectors["notify_events"] = vectors["notify_events"][:1]
        assert validator.is_valid(vectors)
        vectors["status_notifications"][0]["expected"][key] = value
        assert not validator.is_valid(vectors), key


# What they cover


def codes_of(catalogue: Path) -> set[str]:
    data = json.loads((catalogue / "json/catalogue.json").read_text(encoding="utf-8"))
    return {code["code"] for code in data["codes"]}


@pytest.mark.parametrize("name", NAMES)
def test_every_code_has_its_vectors(
    name: str, vectors: Mapping[str, Vectors], catalogues: Mapping[str, Path]
) -> None:
    found: dict[str, set[str]] = {"Faulted": set(), "no error": set(), "event": set()}
    for vector in vectors[name]["status_notifications"]:
        status = (vector["message"] or {}).get("status") if is_object(vector) else None
        for code in vector["expected"]["codes"]:
            if status in STATUSES:
                found["Faulted" if status == "Faulted" else "no error"].add(code["code"])
    for vector in vectors[name]["notify_events"]:
        for event in vector["expected"]["events"]:
            found["event"] |= {code["code"] for code in event["codes"]}
    codes = codes_of(catalogues[name])
    assert codes
    for kind, covered in found.items():
        assert codes <= covered, (kind, codes - covered)


def is_object(vector: Any) -> bool:  # noqa: ANN401
    return isinstance(vector["message"], dict)


def answers(vectors: Vectors) -> Iterator[Any]:
    """Every expected answer: to a message, and to an event."""
    for vector in all_of(vectors):
        yield vector["expected"]
        yield from vector["expected"].get("events", [])


ENUMS: dict[str, Callable[[Any], list[str]]] = {
    "Condition": lambda answer: [answer.get("condition")],
    "ConditionFrom": lambda answer: [answer.get("condition_from")],
    "ReleaseMatch": lambda answer: [answer.get("release_match")],
    "CodeField": lambda answer: [code["field"] for code in answer.get("codes", [])],
    "BeyondDocument": lambda answer: [
        reason for code in answer.get("codes", []) for reason in code["beyond_document"]
    ],
    "ProblemKind": lambda answer: [problem["problem"] for problem in answer["problems"]],
}
"""Where the values of each enum stand in an answer."""
NEEDS_RELEASES = {"release"}
"""What no message can be answered with where there is one release alone."""


def test_every_value_of_every_enum_is_expected(vectors: Mapping[str, Vectors]) -> None:
    schema = json.loads((GENERATED / "json/decoded.schema.json").read_text(encoding="utf-8"))
    declared = {name: one["enum"] for name, one in schema["$defs"].items() if "enum" in one}
    del declared["SentIn"]  # of the catalogue's own
    assert set(declared) == set(ENUMS)
    for name, values in declared.items():
        for catalogue in ("committed", "series"):
            found = {value for one in answers(vectors[catalogue]) for value in ENUMS[name](one)}
            spared = NEEDS_RELEASES if catalogue == "committed" else set()
            assert set(values) - spared <= found, (catalogue, name)
            assert found - {None} <= set(values), (catalogue, name)


def pairs(**fields: str) -> set[tuple[str, str | None, str]]:
    """Fields with their problems, as docs/decoding.md allows them."""
    found = set()
    for kind_and_field, problems in fields.items():
        kind, _, field = kind_and_field.partition("__")
        name = field.replace("__", ".") or None
        found |= {(kind, name, problem) for problem in problems.split()}
    return found


PROBLEMS = pairs(
    status_notifications="wrong-type",
    status_notifications__connectorId="missing wrong-type not-in-ocpp",
    status_notifications__errorCode="missing wrong-type not-in-ocpp contradicts",
    status_notifications__status="missing wrong-type not-in-ocpp",
    status_notifications__timestamp="wrong-type",
    status_notifications__info="wrong-type",
    status_notifications__vendorId="wrong-type",
    status_notifications__vendorErrorCode="wrong-type missing",
    notify_events="wrong-type",
    notify_events__eventData="missing wrong-type",
    event="wrong-type",
    event__eventId="missing wrong-type not-in-ocpp",
    event__timestamp="missing wrong-type",
    event__actualValue="missing wrong-type",
    event__component="missing wrong-type",
    event__component__name="missing wrong-type",
    event__component__evse="wrong-type",
    event__component__evse__id="missing wrong-type not-in-ocpp",
    event__component__evse__connectorId="wrong-type not-in-ocpp",
    event__variable="missing wrong-type",
    event__variable__name="missing wrong-type",
    event__techCode="wrong-type",
    event__techInfo="wrong-type",
    event__cleared="wrong-type",
    event__severity="wrong-type not-in-ocpp",
)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_every_problem_that_it_can_have(
    name: str, vectors: Mapping[str, Vectors]
) -> None:
    found = set()
    for kind in KINDS:
        for vector in vectors[name][kind]:
            expected = vector["expected"]
            some = [(kind, expected), *(("event", event) for event in expected.get("events", []))]
            found |= {
                (of, problem["field"], problem["problem"])
                for of, answer in some
                for problem in answer["problems"]
            }
    assert found == PROBLEMS


def field(message: Mapping[str, Any], name: str) -> str:
    value = message.get(name)
    return value if isinstance(value, str) else ""


IRREGULAR: dict[str, Callable[[Mapping[str, Any], list[Any]], bool]] = {
    "no vendorId": lambda message, codes: "vendorId" not in message and bool(codes),
    "errorCode outside the sixteen": lambda message, _: field(message, "errorCode") == "Error",
    "Faulted with NoError": lambda message, codes: (
        (field(message, "status"), field(message, "errorCode")) == ("Faulted", "NoError")
        and not codes
    ),
    "NoError with a vendor's code": lambda message, codes: (
        field(message, "errorCode") == "NoError" and any(code["meanings"] for code in codes)
    ),
    "several codes joined by ,": lambda message, codes: (
        "," in field(message, "vendorErrorCode") and len(codes) > 1
    ),
    "several codes joined by ;": lambda message, codes: (
        ";" in field(message, "vendorErrorCode") and len(codes) > 1
    ),
    "a code in another case": lambda _, codes: any(
        code["meanings"] and code["sent"] != code["code"] for code in codes
    ),
    "a status in another case": lambda message, _: (
        field(message, "status") not in STATUSES
        and field(message, "status").lower() in [status.lower() for status in STATUSES]
    ),
    "surplus fields": lambda message, _: "custom" in message,
    "a code that the catalogue does not have": lambda _, codes: any(
        code["beyond_document"] == ["code"] for code in codes
    ),
    "one of OCPP's codes that the catalogue does not have": lambda message, codes: (
        field(message, "errorCode") in ERROR_CODES
        and any(code["beyond_document"] == ["code"] and code["code"] for code in codes)
    ),
}
"""What DOMAIN.md says that real chargers send: told by the message and the codes expected."""


@pytest.mark.parametrize("irregularity", IRREGULAR)
@pytest.mark.parametrize("name", NAMES)
def test_every_irregularity_has_a_vector(
    name: str, irregularity: str, vectors: Mapping[str, Vectors]
) -> None:
    holds = IRREGULAR[irregularity]
    some = filter(is_object, vectors[name]["status_notifications"])
    assert any(holds(vector["message"], vector["expected"]["codes"]) for vector in some)


# Who passes them


@pytest.mark.parametrize("name", NAMES)
def test_the_python_package_passes_all(
    name: str, catalogues: Mapping[str, Path], vectors: Mapping[str, Vectors], tmp_path: Path
) -> None:
    with python_package(python_sources(catalogues[name]), tmp_path) as package:
        assert list(failed_in_python(decoders(package), vectors[name])) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_typescript_package_passes_all(
    name: str, catalogues: Mapping[str, Path], vectors: Mapping[str, Vectors], tmp_path: Path
) -> None:
    """The committed one as tsc compiles it; the others more quickly."""
    generated = catalogues[name]
    if generated == GENERATED:
        package = copy_of("typescript", tmp_path)
        assert refused_by_tsc(package) == set()
    else:
        package = compile_quickly(typescript_sources(generated), tmp_path / "package")
    passed, failed = failed_in_typescript(package, generated / "json/vectors.json")
    assert failed == []
    assert passed == len(all_of(vectors[name]))


# Who does not


class Loaded(NamedTuple):
    """A Python package that is imported, its sources and its vectors."""

    package: ModuleType
    sources: Mapping[str, str]
    vectors: Vectors


SUSPECTS = ("committed", "series", "odd")
"""The catalogues whose vectors find every fault, in the order in which they are asked."""


@pytest.fixture(scope="module")
def loaded(
    catalogues: Mapping[str, Path],
    vectors: Mapping[str, Vectors],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[Loaded]]:
    folder, found = tmp_path_factory.mktemp("loaded"), []
    sources = [python_sources(catalogues[name]) for name in SUSPECTS]
    with (
        python_package(sources[0], folder) as committed,
        python_package(sources[1], folder) as series,
        python_package(sources[2], folder) as odd,
    ):
        packages = zip((committed, series, odd), sources, SUSPECTS, strict=True)
        found = [Loaded(package, texts, vectors[name]) for package, texts, name in packages]
        yield found


def test_the_way_in_which_faults_are_tried_has_none(loaded: list[Loaded]) -> None:
    for package, texts, some in loaded:
        assert list(failed_in_python(decoders_made_of(package, texts), some)) == []


@pytest.mark.parametrize("mutant", PYTHON, ids=lambda mutant: mutant.breaks)
def test_a_broken_python_package_fails(mutant: Mutant, loaded: list[Loaded]) -> None:
    """The rule is needed by some vector: of what is committed, or of the made-up documents."""
    failed = (
        next(
            failed_in_python(decoders_made_of(one.package, mutant.of(one.sources)), one.vectors), ""
        )
        for one in loaded
    )
    assert any(failed), f"no vector finds that {mutant.breaks}"


def test_there_are_many_faults() -> None:
    for mutants in (PYTHON, TYPESCRIPT):
        assert len({(one.file, one.old, one.new) for one in mutants}) == len(mutants)
        assert len({one.breaks for one in mutants}) == len(mutants)
    print(
        f"\nfaults found by the vectors: {len(PYTHON)} of Python, {len(TYPESCRIPT)} of TypeScript"
    )
    assert len(PYTHON) >= 100


@pytest.fixture(scope="module")
def compiled(
    catalogues: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """The TypeScript packages compiled, to put faults into copies of them."""
    folder = tmp_path_factory.mktemp("compiled")
    return {
        name: compile_quickly(typescript_sources(catalogues[name]), folder / name)
        for name in ("committed", "series")
    }


@pytest.mark.parametrize("mutant", TYPESCRIPT, ids=lambda mutant: mutant.breaks)
def test_a_broken_typescript_package_fails(
    mutant: Mutant, compiled: Mapping[str, Path], catalogues: Mapping[str, Path], tmp_path: Path
) -> None:
    def failed(name: str) -> list[str]:
        shutil.copytree(compiled[name], tmp_path / name)
        [script] = (tmp_path / name / "dist").glob(mutant.file.replace(".ts", ".js"))
        text = mutant.of(typescript_sources(catalogues[name]))[mutant.file]
        esbuild = (node_tool("esbuild"), "--loader=ts", "--log-level=error")
        script.write_text(output_of(*esbuild, folder=tmp_path, stdin=text), encoding="utf-8")
        return failed_in_typescript(tmp_path / name, catalogues[name] / "json/vectors.json")[1]

    assert any(map(failed, compiled)), f"no vector finds that {mutant.breaks}"
