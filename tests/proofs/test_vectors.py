"""The vectors: complete, right by their schema, passed by each package and by no broken one.

The Python package ships the decoder that makes them. So each fault in that has to fail besides an
expectation that a person wrote, and what the package adds of its own is held against its answers.

`pytest tests/proofs/test_vectors.py -s` prints how many there are, and how many faults they find.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.runtime.ocpp import ERROR_CODES, STATUSES
from tests.decoding.test_decoding_lists import spec_with_lists
from tests.decoding.test_decoding_releases import spec_of_many_meanings, spec_with_separators
from tests.helpers.as_published import spec_as_published
from tests.helpers.decoder_mutants import FACADE, PYTHON, TYPESCRIPT, Mutant
from tests.helpers.document_strategies import Made, code_lists, documents
from tests.helpers.drawn_examples import drawn, spec_of
from tests.helpers.expectations import expectations, is_met
from tests.helpers.expected_answers import decoder_of
from tests.helpers.generated_decoders import (
    KINDS,
    RUNTIME_SOURCES,
    Decoders,
    Vectors,
    compile_quickly,
    decoder_classes,
    decoders,
    decoders_made_of,
    failed,
    failed_in_typescript,
    generate,
    python_package,
    python_sources,
    typescript_sources,
    vectors_of,
)
from tests.helpers.json_schemas import ajv_accepts, load, schema_file
from tests.helpers.project import ROOT, record_digests
from tests.helpers.records import not_of_their_types, not_plain
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
def specs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The real documents and made-up ones, by what they are."""
    folder = tmp_path_factory.mktemp("specs")
    return {
        "committed": ROOT / "spec",
        "series": spec_with_lists(write_spec(folder / "of-series"), folder / "series"),
        "odd": odd_spec(folder / "odd"),
        "drawn": drawn_spec(folder / "drawn"),
        "accepted": spec_as_published(folder / "accepted"),
    }


@pytest.fixture(scope="module")
def catalogues(
    specs: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """What is committed, and what is generated of made-up documents, by what they are."""
    folder = tmp_path_factory.mktemp("catalogues")
    targets = ("json", "python", "typescript")
    return {
        name: GENERATED if name == "committed" else generate(spec, folder / name, *targets)
        for name, spec in specs.items()
    }


NAMES = ("committed", "series", "odd", "drawn", "accepted")


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
    others = {name: folder for name, folder in catalogues.items() if name != "accepted"}
    for folders in (others, {"accepted": catalogues["accepted"]}):  # which has fields of its own
        schema = list(folders.values())[-1] / "json/vectors.schema.json"
        files = [folder / "json/vectors.json" for folder in folders.values()]
        output_of(node_tool("node"), ROOT / "tests/node/validate.mjs", schema, *files, folder=ROOT)


def test_what_the_package_answers_is_a_decoded_answer_to_both_validators(
    catalogues: Mapping[str, Path],
    vectors: Mapping[str, Vectors],
    tmp_path: Path,
) -> None:
    """As data, within the line that `decode` prints, against decoded.schema.json."""
    schema = load(schema_file("decoded"))
    Draft202012Validator.check_schema(schema)
    bare = {"line": 1, "text": None, "message": None}
    none: dict[str, object] = {kind.removesuffix("s"): None for kind in KINDS}
    lines: dict[str, object] = {"wrong": {**bare, **none, KINDS[0].removesuffix("s"): {}}}
    with python_package(python_sources(catalogues["committed"]), tmp_path) as package:
        for kind, answer_to in decoders(package)._asdict().items():
            for vector in vectors["committed"][kind]:
                answer = answer_to(vector["message"], vector["firmware"]).to_dict()
                line = {**bare, **none, kind.removesuffix("s"): answer}
                lines[f"{kind}: {vector['name']}"] = line
    validator = Draft202012Validator(schema)
    expected = {name: name != "wrong" for name in lines}
    assert {name: validator.is_valid(line) for name, line in lines.items()} == expected
    assert ajv_accepts("decoded", lines, tmp_path) == expected


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


def counterparts(answer: Any) -> list[Any]:  # noqa: ANN401
    others = [code["other_list"] for code in answer.get("codes", [])]
    return [row for other in others if other for row in other["counterparts"]]


ENUMS: dict[str, Callable[[Any], list[str]]] = {
    "Condition": lambda answer: [answer.get("condition")],
    "ConditionFrom": lambda answer: [answer.get("condition_from")],
    "ReleaseMatch": lambda answer: [answer.get("release_match")],
    "CodeField": lambda answer: [code["field"] for code in answer.get("codes", [])],
    "Deviation": lambda answer: [
        reason for code in answer.get("codes", []) for reason in code["beyond_document"]
    ],
    "ProblemKind": lambda answer: [problem["problem"] for problem in answer["problems"]],
    "Confidence": lambda answer: [row["confidence"] for row in counterparts(answer)],
    "Basis": lambda answer: [row["basis"] for row in counterparts(answer)],
}
"""Where the values of each enum stand in an answer."""
OF_LINES = {"not-json"}
SPARED = {
    "committed": {"release", "observed", "documented", *OF_LINES},
    "series": {"observed", "documented", *OF_LINES},
}
"""What no answer has: of one release alone, of rows that nobody has written, of lines."""


def test_every_value_of_every_enum_is_expected(vectors: Mapping[str, Vectors]) -> None:
    schema = json.loads((GENERATED / "json/decoded.schema.json").read_text(encoding="utf-8"))
    declared = {name: one["enum"] for name, one in schema["$defs"].items() if "enum" in one}
    assert set(declared) == set(ENUMS)
    for name, values in declared.items():
        for catalogue in ("committed", "series"):
            found = {value for one in answers(vectors[catalogue]) for value in ENUMS[name](one)}
            assert set(values) - SPARED[catalogue] <= found, (catalogue, name)
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
    status_notifications="wrong-type json-text frame",
    status_notifications__connectorId="missing wrong-type not-in-ocpp spelling",
    status_notifications__errorCode="missing wrong-type not-in-ocpp contradicts spelling",
    status_notifications__status="missing wrong-type not-in-ocpp spelling",
    status_notifications__timestamp="wrong-type spelling",
    status_notifications__info="wrong-type spelling",
    status_notifications__vendorId="wrong-type spelling",
    status_notifications__vendorErrorCode="wrong-type missing zeros spelling",
    notify_events="wrong-type json-text frame",
    notify_events__eventData="missing wrong-type spelling",
    event="wrong-type json-text frame",
    event__eventId="missing wrong-type not-in-ocpp spelling",
    event__timestamp="missing wrong-type spelling",
    event__actualValue="missing wrong-type spelling",
    event__component="missing wrong-type spelling",
    event__component__name="missing wrong-type spelling",
    event__component__evse="wrong-type spelling",
    event__component__evse__id="missing wrong-type not-in-ocpp spelling",
    event__component__evse__connectorId="wrong-type not-in-ocpp spelling",
    event__variable="missing wrong-type spelling",
    event__variable__name="missing wrong-type spelling",
    event__techCode="wrong-type spelling",
    event__techInfo="wrong-type spelling",
    event__cleared="wrong-type spelling",
    event__severity="wrong-type not-in-ocpp spelling",
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
        assert list(failed(decoders(package), vectors[name])) == []
        assert list(wrong_in_records(package, decoders(package), vectors[name])) == []


def wrong_in_records(
    package: ModuleType, decode: Decoders, vectors: Vectors
) -> Iterator[tuple[str, object]]:
    """What of the answers to the vectors is not of its declared type, or not of what was given."""
    for kind, answer_to in decode._asdict().items():
        for vector in vectors[kind]:
            message, name = vector["message"], vector["name"]
            answer = answer_to(message, vector["firmware"])
            yield from ((name, one) for one in not_of_their_types(answer))
            yield from ((name, one) for one in not_plain(answer.to_dict()))
            events = getattr(answer, "events", ())
            sent = [message, *(message["eventData"] if events else ())]
            for one, its in zip([answer, *events], sent, strict=True):
                if one.payload is not its:
                    yield name, one.payload
            for code in chain.from_iterable(getattr(one, "codes", ()) for one in [answer, *events]):
                if code.meanings and type(code.code) is not package.ErrorCode:
                    yield name, code.code


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


SUSPECTS = ("committed", "series", "odd")
"""The catalogues whose vectors find every fault, in the order in which they are asked."""


@pytest.fixture
def faulty(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Mutant]:
    """A fault of the decoder, which is in every one that is made meanwhile."""
    mutant: Mutant = request.param
    with decoder_classes(mutant.of(RUNTIME_SOURCES), tmp_path) as others:
        for name, other in others.items():
            monkeypatch.setattr(f"generator.decoding.catalogue.{name}", other)
        yield mutant


SHOWN_BY_HAND_ALONE = {
    "a number less is another release",
    "a release has six numbers",
    "zeros that are a code are none",
}
"""What no vector shows; the expectations do."""


def fails_a_vector(specs: Mapping[str, Path], vectors: Mapping[str, Vectors]) -> bool:
    return any(
        any(failed(Decoders(made.status_notification, made.notify_event), vectors[name]))
        for name in SUSPECTS
        for made in [decoder_of(specs[name])]
    )


def test_the_decoder_itself_passes_every_vector(
    specs: Mapping[str, Path], vectors: Mapping[str, Vectors]
) -> None:
    assert not fails_a_vector(specs, vectors)


@pytest.mark.parametrize("faulty", PYTHON, ids=lambda mutant: mutant.breaks, indirect=True)
def test_a_broken_decoder_fails_a_vector(
    faulty: Mutant, specs: Mapping[str, Path], vectors: Mapping[str, Vectors]
) -> None:
    """The rule is needed by some vector: of what is committed, or of the made-up documents."""
    is_shown = faulty.breaks not in SHOWN_BY_HAND_ALONE
    assert fails_a_vector(specs, vectors) == is_shown, f"what vectors find of: {faulty.breaks}"


EXPECTATIONS = list(expectations())


@pytest.fixture(scope="module")
def specs_of_expectations(
    r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("expectations")
    return {
        "r4.4.3": r4_4_3 / "spec",
        "lists": spec_with_lists(r4_4_3 / "spec", folder / "lists"),
        "series": write_spec(folder / "series"),
        "many meanings": spec_of_many_meanings(folder / "many"),
        "separators": spec_with_separators(folder / "separators"),
    }


def failed_expectations(specs: Mapping[str, Path]) -> int:
    made = {name: decoder_of(spec) for name, spec in specs.items()}
    return sum(not is_met(one, made) for one in EXPECTATIONS)


def test_the_decoder_itself_meets_every_expectation(
    specs_of_expectations: Mapping[str, Path],
) -> None:
    assert len(EXPECTATIONS) > 350
    assert failed_expectations(specs_of_expectations) == 0


@pytest.mark.parametrize("faulty", PYTHON, ids=lambda mutant: mutant.breaks, indirect=True)
def test_a_broken_decoder_fails_an_expectation(
    faulty: Mutant, specs_of_expectations: Mapping[str, Path]
) -> None:
    """One that was written by hand: the vectors are made by the decoder."""
    assert failed_expectations(specs_of_expectations), f"nothing finds that {faulty.breaks}"


# What the Python package adds of its own


@pytest.fixture(scope="module")
def series_package(
    catalogues: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ModuleType]:
    sources = python_sources(catalogues["series"])
    with python_package(sources, tmp_path_factory.mktemp("package")) as package:
        yield package


@pytest.mark.parametrize("mutant", FACADE, ids=lambda mutant: mutant.breaks)
def test_a_broken_facade_is_found(
    mutant: Mutant,
    series_package: ModuleType,
    catalogues: Mapping[str, Path],
    vectors: Mapping[str, Vectors],
) -> None:
    def is_found(sources: Mapping[str, str]) -> bool:
        decode = decoders_made_of(series_package, sources["_decode.py"])
        wrong = wrong_in_records(series_package, decode, vectors["series"])
        return any(failed(decode, vectors["series"])) or any(wrong)

    sources = python_sources(catalogues["series"])
    assert not is_found(sources)
    assert is_found(mutant.of(sources)), f"nothing finds that {mutant.breaks}"


def test_there_are_many_faults() -> None:
    for mutants in (PYTHON, FACADE, TYPESCRIPT):
        assert len({(one.file, one.old, one.new) for one in mutants}) == len(mutants)
        assert len({one.breaks for one in mutants}) == len(mutants)
    print(
        f"\nfaults found: {len(PYTHON)} of the decoder, by vectors and by hand, {len(FACADE)} of "
        f"the Python package, {len(TYPESCRIPT)} of TypeScript"
    )
    assert len(PYTHON) >= 150


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
