"""A field of every type in the Python package: its types hold, and what is not known is None.

The made-up documents are those of tests/every_field; what they say of each code is written by hand.
"""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from tests.helpers.generated_decoders import (
    decoders,
    failed,
    generate,
    python_package,
    python_sources,
    vectors_of,
)
from tests.helpers.packages import PYTHON_VERSIONS, build, install
from tests.helpers.project import ROOT, record_digests
from tests.helpers.records import not_of_their_types, not_plain
from tests.helpers.tools import code_blocks, marked_lines, output_of
from tests.packages.test_python_package import (
    DOCTESTS,
    WITH_EXAMPLES,
    Refusal,
    assert_typed,
    refused_by_mypy,
    refused_by_pyright,
)

SPEC = ROOT / "tests/every_field/spec"
PACKAGE = "made_up_codes"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(SPEC, tmp_path_factory.mktemp("every_field") / "generated", "json", "python")


@pytest.fixture(scope="module")
def package(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with python_package(python_sources(generated), tmp_path_factory.mktemp("loaded")) as loaded:
        yield loaded


# Types

RIGHT = f"""\
import json
from typing import assert_type
from {PACKAGE} import ErrorCode, LampNote, Level, LockoutRule, Meaning, Retirement, Severity
from {PACKAGE} import CATALOGUE, decode_status_notification, lookup

meaning: Meaning = lookup(ErrorCode.CODE_ONE).meanings[0]
assert_type(meaning.goes_on, bool | None)
assert_type(meaning.needs_visit, bool)
assert_type(meaning.remedy, str | None)
assert_type(meaning.lamp_shown, str | None)
assert_type(meaning.retries, int | None)
assert_type(meaning.severity, Severity | None)
assert_type(meaning.outlets, tuple[int, ...] | None)
assert_type(meaning.spare_parts, tuple[str, ...])
assert_type(meaning.causes, tuple[str, ...])
assert_type(meaning.lamp_notes, tuple[LampNote, ...])
assert_type(meaning.retired, Retirement | None)
assert_type(meaning.lockout, LockoutRule | None)
assert_type(meaning.unlocked_by, str | None)
assert_type(decode_status_notification({{}}).codes[0].goes_on, bool | None)
assert_type(ErrorCode.CODE_ONE.needs_visit, bool | None)
assert_type(ErrorCode.CODE_ONE.severity, Severity | None)
assert_type(ErrorCode.CODE_ONE.lamp_notes, tuple[LampNote, ...] | None)
assert_type(ErrorCode.CODE_ONE.lockout, LockoutRule | None)
print(json.dumps([CATALOGUE.to_dict(), meaning.to_dict()]))

for note in meaning.lamp_notes:
    assert_type(note.blinks, int)
if meaning.retired is not None:
    assert_type(meaning.retired.words, str)
    assert_type(meaning.retired.see, tuple[str, ...])
    assert_type(meaning.retired.level, Level | None)
if meaning.lockout is not None:
    assert_type(meaning.lockout.minutes, int | None)
if meaning.retries is not None and meaning.outlets is not None:
    print(meaning.retries + sum(meaning.outlets))
worst: Severity = "critical"
print(meaning.severity == worst)
"""
WRONG = f"""\
from {PACKAGE} import Severity, lookup, ErrorCode

meaning = lookup(ErrorCode.CODE_ONE).meanings[0]
print(meaning.retries + 1)  # refused: operator reportOptionalOperand
print(len(meaning.outlets))  # refused: arg-type reportArgumentType
print(meaning.lockout.minutes)  # refused: union-attr reportOptionalMemberAccess
if meaning.severity == "harmless":  # refused: comparison-overlap reportUnnecessaryComparison
    pass
worst: Severity = "worst"  # refused: assignment reportAssignmentType
meaning.goes_on = True  # refused: misc reportAttributeAccessIssue
print(meaning.may_accompany)  # refused: attr-defined reportAttributeAccessIssue
"""


@pytest.fixture(scope="module")
def consumer(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Refusal]]:
    """What each checker refuses of a program that has the package installed."""
    folder = tmp_path_factory.mktemp("consumer")
    return refused_of(generated / "python", folder)


def refused_of(package: Path, folder: Path) -> dict[str, set[Refusal]]:
    folder.mkdir(exist_ok=True)
    [wheel] = build(package, folder / "dist").glob("*.whl")
    python = install(wheel, folder)
    sources = {"right": RIGHT, "wrong": WRONG}
    blocks = code_blocks(package / "README.md", "python")
    sources |= {f"readme_{number}": block for number, block in enumerate(blocks)}
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return {"mypy": refused_by_mypy(folder, python), "pyright": refused_by_pyright(folder, python)}


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_each_field_is_used_with_its_type_and_no_other(
    checker: str, consumer: dict[str, set[Refusal]]
) -> None:
    wrong = marked_lines(WRONG)
    assert {refusal[:2] for refusal in consumer[checker]} == {("wrong.py", line) for line in wrong}
    for line, rules in wrong.items():
        found = {one.rule for one in consumer[checker] if one.line == line}
        assert found & set(rules.split()), (line, found)


def test_every_field_is_tried(package: ModuleType) -> None:
    tried = set(re.findall(r"assert_type\(meaning\.(\w+),", RIGHT))
    own = {"text", "description", "source"}
    assert tried == {field.name for field in fields(package.Meaning)} - own


@pytest.mark.parametrize("version", PYTHON_VERSIONS)
def test_the_package_is_typed(version: str, generated: Path, tmp_path: Path) -> None:
    assert_typed(generated / "python" / PACKAGE, version, tmp_path)


# What it says


def test_the_package_passes_every_vector(package: ModuleType, generated: Path) -> None:
    vectors = vectors_of(generated)
    assert len(vectors["status_notifications"]) > 200
    assert list(failed(decoders(package), vectors)) == []
    for vector in vectors["status_notifications"]:
        answer = package.decode_status_notification(vector["message"], vector["firmware"])
        assert list(not_of_their_types(answer)) == []
        assert list(not_plain(answer.to_dict())) == []


def test_the_data_is_that_of_the_json(package: ModuleType, generated: Path) -> None:
    assert list(not_of_their_types(package.CATALOGUE)) == []
    data = package.CATALOGUE.to_dict()
    assert list(not_plain(data)) == []
    published = json.loads((generated / "json/catalogue.json").read_text(encoding="utf-8"))
    assert data == {key: value for key, value in published.items() if not key.startswith("$")}


def test_what_the_documents_say(package: ModuleType) -> None:
    [found] = package.lookup("oldcode").meanings
    note, other = found.lamp_notes
    assert (note, other.blinks) == (package.LampNote(lamp="blue lamp", blinks=2), 1)
    assert found.retired == package.Retirement(
        words="This code is retired. Look at AB-123 and CD-456 in its place. "
        "Its retirement is hard.",
        see=("AB-123", "CD-456"),
        level="hard",
    )
    [locked] = package.lookup("StationLocked").meanings
    assert (locked.lockout, locked.unlocked_by) == (package.LockoutRule(30), 'a "master" key')
    [one] = package.lookup("CODE_ONE").meanings
    assert (one.retries, one.outlets, one.causes) == (4, (1, 2), ("dust", "mice"))


def test_docstrings_run(generated: Path) -> None:
    doctests = (sys.executable, "-c", DOCTESTS, PACKAGE)
    assert set(output_of(*doctests, folder=generated / "python").split()) == WITH_EXAMPLES


def test_what_the_meanings_of_a_code_share(package: ModuleType) -> None:
    two, one = package.ErrorCode.GROUND_FAILURE, package.ErrorCode.CODE_ONE
    assert len(two.meanings) == 2
    assert two.description == "A fault of the ground.\nAn old fault of the ground."
    # Of one meaning it is not known, of the other it is; the last one neither has.
    assert (two.goes_on, two.severity, two.needs_visit, two.causes) == (None, None, None, ())
    assert (one.goes_on, one.needs_visit, one.retries, one.outlets) == (None, False, 4, (1, 2))
    assert package.ErrorCode.STATION_LOCKED.lockout == package.LockoutRule(30)


def test_codes_are_found_where_one_meaning_allows_all(tmp_path: Path) -> None:
    """CODE_ONE with a second meaning, and the causes taken for products."""
    old = "Caused by dust and mice."
    more = f"{old}\n\n**CODE\\_ONE** It is too cold. Set on outlet 3 alone. Caused by rain."
    spec = spec_with(r'^label = "Causes"', r'\g<0>\nrole = "products"', tmp_path)
    document = spec / "r1.1.0.md"
    text = document.read_text(encoding="utf-8")
    assert text.count(old) == 1
    document.write_text(text.replace(old, more), encoding="utf-8")
    record_digests(spec)
    made = generate(spec, tmp_path / "generated", "python")
    with python_package(python_sources(made), tmp_path) as package:

        def is_found(**asked: object) -> bool:
            return package.ErrorCode.CODE_ONE in [one.code for one in package.find_codes(**asked)]

        assert len(package.ErrorCode.CODE_ONE.meanings) == 2
        assert is_found(product="MICE", connector=2)
        assert is_found(product="rain", connector=3)
        assert not is_found(product="dust", connector=3)
        assert not is_found(product="rain", connector=1)
        assert not is_found(product="fog")
        assert not is_found(connector=4)
        # The other codes name no causes, and say of no outlet that they are not set on it.
        assert len(package.find_codes(product="fog", connector=4)) == len(package.CATALOGUE) - 1


SILENT = {
    **dict.fromkeys(("goes_on", "lamp_shown", "retries", "severity", "outlets", "lockout")),
    **dict.fromkeys(("remedy", "retired", "unlocked_by")),
    "needs_visit": False,
    "causes": (),
    "lamp_notes": (),
    "spare_parts": ("AB-123",),
}


def test_what_a_document_does_not_say(package: ModuleType) -> None:
    """Of CODE_TWO it names a part and nothing else."""
    [two] = package.lookup("CODE_TWO").meanings
    assert {name: getattr(two, name) for name in SILENT} == SILENT


@pytest.mark.parametrize(
    ("code", "outlet", "status", "goes_on", "beyond"),
    [
        # Two meanings: one says that charging goes on, the other nothing.
        ("GroundFailure", 1, "Charging", True, ()),
        # That it may not come with a non-error status is not said.
        ("CODE_ONE", 1, "Charging", None, ()),
        ("CODE_ONE", 3, "Charging", None, ("connector",)),
        ("CODE_TWO", 3, "Charging", None, ()),
        ("OldCode", 1, "Charging", None, ("deprecated",)),
    ],
)
def test_a_silent_document_is_no_reason(
    code: str,
    outlet: int,
    status: str,
    goes_on: bool | None,  # noqa: FBT001 (of a table)
    beyond: tuple[str, ...],
    package: ModuleType,
) -> None:
    field = "errorCode" if code == "GroundFailure" else "vendorErrorCode"
    message = {"connectorId": outlet, "errorCode": "OtherError", "status": status, field: code}
    [answer] = package.decode_status_notification(message).codes
    assert answer.goes_on is goes_on
    assert answer.beyond_document == beyond
    [event] = package.decode_notify_event({"eventData": [{"techCode": "CODE_TWO"}]}).events
    assert (event.condition, event.condition_from) == ("unknown", None)


# Other vendors


def spec_with(old: str, new: str, folder: Path) -> Path:
    """The same documents with another vendor.toml."""
    shutil.copytree(SPEC, folder / "spec")
    file = folder / "spec/vendor.toml"
    text, count = re.subn(old, new, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count
    file.write_text(text, encoding="utf-8")
    record_digests(folder / "spec")
    return folder / "spec"


def vendor_with(old: str, new: str, folder: Path) -> Path:
    """What is generated of that."""
    return generate(spec_with(old, new, folder), folder / "generated", "json", "python")


def test_a_vendor_without_roles(tmp_path: Path) -> None:
    """Nothing is known then, and no reason given; the key of an answer is not there."""
    made = vendor_with(r"^role = .*\n", "", tmp_path)
    with python_package(python_sources(made), tmp_path) as package:
        assert list(failed(decoders(package), vectors_of(made))) == []
        names = {field.name for field in fields(package.DecodedCode)}
        others = {"other_list", "group_key"}
        assert names == {"sent", "field", "code", "beyond_document", "meanings", *others}
        message = {"connectorId": 9, "status": "Charging", "vendorErrorCode": "OldCode"}
        [code] = package.decode_status_notification(message).codes
        assert (code.code, code.beyond_document) == ("OldCode", ())
        everything = package.find_codes(product="x", connector=9, deprecated=False)
        assert everything == package.CATALOGUE.codes
        assert package.find_codes(deprecated=True) == ()
    test_the_package_is_typed(PYTHON_VERSIONS[0], made, tmp_path / "typed")


@pytest.mark.parametrize("name", ["class", "tuple", "dict", "to_dict"])
def test_a_field_that_is_named_like_a_word_of_python(name: str, tmp_path: Path) -> None:
    made = vendor_with("goes_on", name, tmp_path)
    with python_package(python_sources(made), tmp_path) as package:
        [code] = package.decode_status_notification({"errorCode": "GroundFailure"}).codes
        assert getattr(code, f"{name}_") is True
        assert [getattr(meaning, f"{name}_") for meaning in code.meanings] == [None, True]
        assert [meaning[name] for meaning in code.to_dict()["meanings"]] == [None, True]
    test_the_package_is_typed(PYTHON_VERSIONS[0], made, tmp_path / "typed")


def test_fields_that_are_named_like_what_every_error_code_has(tmp_path: Path) -> None:
    """All that `str` and Enum have, and what the class defines itself."""
    has = {name for name in dir(str) if not name.startswith("_")}
    has |= {"name", "value", "details", "classmethod", "property"}
    has |= {name for name in dir(type) if not name.startswith("_")}  # as every class has
    field = '[fields.{}]\ntype = "flag"\nlabel = "x"\nmeaning = "Whether."\nsilence = "unknown"\n'
    more = "impact = 'addition'\n\n"
    declared = "".join(field.format(name) + more for name in sorted(has))
    made = vendor_with(r"^\[fields.goes_on\]", declared + "[fields.goes_on]", tmp_path)
    with python_package(python_sources(made), tmp_path) as package:
        code = package.ErrorCode.CODE_ONE
        assert len(has) > len(dir(str)) / 2
        assert [getattr(code, f"{name}_") for name in has] == [None] * len(has)
        assert (code.name, code.value, code.title()) == ("CODE_ONE", "CODE_ONE", "Code_One")
        assert [getattr(package.ErrorCode, name) for name in has & set(dir(str))] == [
            getattr(str, name) for name in has & set(dir(str))
        ]
        assert code.details.meanings is code.meanings
    test_the_package_is_typed(PYTHON_VERSIONS[0], made, tmp_path / "typed")


# The proof can fail


def test_a_package_that_leaves_a_field_out_is_found(tmp_path: Path) -> None:
    """With the loop of the records one field short, the types refuse it, and it does not load."""
    own = shutil.copytree(ROOT / "templates/python", tmp_path / "generated.templates/python")
    template = own / "records.py.j2"
    text = template.read_text(encoding="utf-8")
    loop = "for member in record.members if not member.is_optional"
    assert text.count(loop) == 1
    short = text.replace(loop, f"{loop} and member.name != 'retries'")
    template.write_text(short, encoding="utf-8")
    made = generate(SPEC, tmp_path / "generated")
    refused = refused_of(made / "python", tmp_path / "consumer")
    [line] = [n for n, one in enumerate(RIGHT.split("\n"), 1) if "meaning.retries, int" in one]
    for checker in ("mypy", "pyright"):
        assert ("right.py", line) in {refusal[:2] for refusal in refused[checker]}
    with (
        pytest.raises(TypeError, match="unexpected keyword argument 'retries'"),
        python_package(python_sources(made), tmp_path),
    ):
        pass
