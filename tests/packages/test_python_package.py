"""The Python package: its types hold, it builds, installs and answers on every Python it is for."""

import ast
import json
import shutil
import tarfile
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.helpers.packages import INTERPRETERS, PYTHON_VERSIONS, build, install
from tests.helpers.project import ROOT
from tests.helpers.tools import (
    GENERATED,
    code_blocks,
    copy_of,
    marked_lines,
    node_tool,
    output_of,
    python_module,
    run,
)

PACKAGE = "ctek_error_codes"
MODULES = {
    *(
        "__init__.py",
        "_catalogue.py",
        "_codes.py",
        "_decode.py",
        "_other_lists.py",
        "_lookup.py",
        "_records.py",
    ),
    *("_roles.py", "_runtime/__init__.py", "_runtime/decoder.py", "_runtime/firmware.py"),
    *("_runtime/folding.py", "_runtime/given.py", "_runtime/ocpp.py", "_runtime/payload.py"),
}
EXAMPLES = code_blocks(GENERATED / "python" / "README.md", "python")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is committed."""
    return copy_of("python", tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def built(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(package, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def built_of_r4_4_3(r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the package as of r4.4.3, of which is known to the letter what it says."""
    package = copy_of("python", tmp_path_factory.mktemp("package"), r4_4_3 / "generated")
    return build(package, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module", params=INTERPRETERS)
def python(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A Python with the package installed."""
    [wheel] = built.glob("*.whl")
    return install(wheel, tmp_path_factory.mktemp("installed"), request.param)


@pytest.fixture(scope="module", params=INTERPRETERS)
def python_with_r4_4_3(
    request: pytest.FixtureRequest, built_of_r4_4_3: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    [wheel] = built_of_r4_4_3.glob("*.whl")
    return install(wheel, tmp_path_factory.mktemp("installed"), request.param)


# Types


@pytest.mark.parametrize("version", PYTHON_VERSIONS)
def test_mypy_finds_nothing(package: Path, tmp_path: Path, version: str) -> None:
    mypy = [*python_module("mypy"), "--strict", "--config-file=", f"--cache-dir={tmp_path}"]
    said = output_of(*mypy, "--python-version", version, PACKAGE, folder=package)
    assert said == f"Success: no issues found in {len(MODULES)} source files\n"


@pytest.mark.parametrize("version", PYTHON_VERSIONS)
def test_pyright_finds_nothing(package: Path, tmp_path: Path, version: str) -> None:
    shutil.copytree(package / PACKAGE, tmp_path / PACKAGE)
    report = pyright(tmp_path, version)
    assert report["generalDiagnostics"] == []
    assert report["summary"]["filesAnalyzed"] == len(MODULES)


def pyright(folder: Path, version: str, *arguments: str | Path) -> dict[str, Any]:
    """What pyright says of a folder, in its strict mode, for a version of Python."""
    config = {"typeCheckingMode": "strict", "pythonVersion": version, "exclude": ["venv"]}
    (folder / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    result = run(node_tool("pyright"), "--outputjson", *arguments, folder=folder)
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def assert_typed(package: Path, version: str, folder: Path) -> None:
    """That mypy and pyright have nothing to say of a copy of a package, in their strict modes."""
    shutil.copytree(package, folder / package.name)
    mypy = [*python_module("mypy"), "--strict", "--config-file=", f"--cache-dir={folder}/cache"]
    output_of(*mypy, "--python-version", version, package.name, folder=folder)
    report = pyright(folder, version)
    assert report["generalDiagnostics"] == []
    assert report["summary"]["filesAnalyzed"] == len([*package.rglob("*.py")])


RIGHT = f"""\
import datetime
import json
from typing import assert_type
from {PACKAGE} import __version__
from {PACKAGE} import CATALOGUE, LATEST_RELEASE, CodeDetails, ErrorCode, FoundRelease, Meaning
from {PACKAGE} import Condition, DecodedCode, DecodedEvent, Deviation, Deprecation, SentIn
from {PACKAGE} import ProductNote, describe, find_codes, find_release, lookup
from {PACKAGE} import decode_notify_event, decode_status_notification

firmware: str | None = input() or None
assert_type(lookup(ErrorCode.CBC_LOOP), CodeDetails)
assert_type(lookup("CBC_LOOP"), CodeDetails | None)
assert_type(lookup(ErrorCode.CBC_LOOP).meanings, tuple[Meaning, ...])
assert_type(lookup(ErrorCode.CBC_LOOP, None), CodeDetails)
assert_type(lookup(ErrorCode.CBC_LOOP, "r4.4.3"), CodeDetails | None)
assert_type(lookup(ErrorCode.CBC_LOOP, release=LATEST_RELEASE), CodeDetails | None)
assert_type(lookup("CBC_LOOP", release=firmware), CodeDetails | None)
assert_type(list(map(lookup, ["CBC_LOOP"])), list[CodeDetails | None])
assert_type(find_release(firmware), FoundRelease)
assert_type(describe("CBC_LOOP", release=firmware), str | None)
assert_type(find_codes(product="x", connector=1, deprecated=False), tuple[CodeDetails, ...])
assert_type(find_codes(sent_in=CATALOGUE.codes[0].sent_in), tuple[CodeDetails, ...])
assert_type([details for details in CATALOGUE], list[CodeDetails])
assert_type("cbc_loop" in CATALOGUE, bool)
json.dumps([CATALOGUE.to_dict(), decode_status_notification({{}}).to_dict()])
assert_type(ErrorCode("cbc_loop"), ErrorCode)
assert_type(ErrorCode.CBC_LOOP.details, CodeDetails)
assert_type(ErrorCode.CBC_LOOP.meanings, tuple[Meaning, ...])
assert_type(ErrorCode.CBC_LOOP.text + ErrorCode.CBC_LOOP.description, str)
assert_type(ErrorCode.CBC_LOOP.may_accompany_non_error_status, bool | None)
assert_type(ErrorCode.CBC_LOOP.products, tuple[str, ...] | None)
assert_type(ErrorCode.CBC_LOOP.product_notes, tuple[ProductNote, ...] | None)
assert_type(ErrorCode.CBC_LOOP.deprecated, Deprecation | None)
assert_type(CATALOGUE.codes[0].description + CATALOGUE.codes[0].text + __version__, str)
assert_type(CATALOGUE.codes[0].code, ErrorCode)
assert_type(CATALOGUE.codes[0].sent_in, SentIn)
assert_type(LATEST_RELEASE.published, datetime.date)
assert_type(CATALOGUE.latest_release, str)
assert_type(CATALOGUE.codes[0].meanings[0].source.lines, tuple[int, int])
assert_type(CATALOGUE.codes[0].meanings[0].deprecated, Deprecation | None)
assert_type(decode_status_notification(json.loads(input()), firmware).condition, Condition)
assert_type(decode_status_notification({{}}).codes, tuple[DecodedCode, ...])
assert_type(decode_status_notification({{}}).codes[0].code, ErrorCode | str | None)
assert_type(decode_status_notification({{}}).codes[0].beyond_document, tuple[Deviation, ...])
assert_type(decode_status_notification({{}}).codes[0].may_accompany_non_error_status, bool | None)
assert_type(decode_status_notification({{}}).goes_beyond_document, bool)
assert_type(decode_status_notification({{}}).release, str)
assert_type(decode_status_notification({{"status": "Faulted"}}).payload, object)
assert_type(decode_notify_event({{}}, firmware=None).events, tuple[DecodedEvent, ...])
sent: dict[str, str] = {{"status": "Faulted"}}
decode_status_notification(sent)
decode_status_notification({{**sent, "connectorId": 1}})


def name(code: str) -> str:
    return code.lower()


name(ErrorCode.CBC_LOOP)
"""
WRONG = f"""\
from {PACKAGE} import CATALOGUE, ErrorCode, decode_notify_event, decode_status_notification
from {PACKAGE} import describe, find_codes, find_release, lookup

print(ErrorCode.NO_SUCH)  # refused: attr-defined reportAttributeAccessIssue
print(lookup("CBC_LOOP").code)  # refused: union-attr reportOptionalMemberAccess
CATALOGUE.vendor = "x"  # refused: misc reportAttributeAccessIssue
lookup(7)  # refused: call-overload reportArgumentType reportCallIssue
lookup("CBC_LOOP", 4)  # refused: call-overload reportArgumentType reportCallIssue
print(lookup(ErrorCode.CBC_LOOP, "r4.4.3").code)  # refused: union-attr reportOptionalMemberAccess
print(find_release("r4.4.3").near)  # refused: attr-defined reportAttributeAccessIssue
print(describe("CBC_LOOP").upper())  # refused: union-attr reportOptionalMemberAccess
print(ErrorCode.CBC_LOOP.products[0])  # refused: index reportOptionalSubscript
find_codes("Chargestorm Connected 2")  # refused: call-arg misc reportCallIssue
find_codes(sent_in="info")  # refused: arg-type reportArgumentType
if CATALOGUE.codes[0].sent_in == "info":  # refused: comparison-overlap reportUnnecessaryComparison
    pass
decoded = decode_status_notification({{}}, 4.4)  # refused: arg-type reportArgumentType
decoded.condition = "fault"  # refused: misc reportAttributeAccessIssue
decoded.release.name  # refused: attr-defined reportAttributeAccessIssue
if decoded.condition == "faulted":  # refused: comparison-overlap reportUnnecessaryComparison
    pass
text = '{{"status": "Faulted"}}'
decode_status_notification(text)  # refused: arg-type reportArgumentType
decode_status_notification(text.encode())  # refused: arg-type reportArgumentType
decode_status_notification([{{"status": "Faulted"}}])  # refused: arg-type reportArgumentType
decode_status_notification([2, "1", "Reset", {{}}])  # refused: arg-type reportArgumentType
decode_status_notification(None)  # refused: arg-type reportArgumentType
decode_notify_event(text)  # refused: arg-type reportArgumentType
decode_notify_event([2, "1", "NotifyEvent", {{}}])  # refused: arg-type reportArgumentType
"""


class Refusal(NamedTuple):
    file: str
    line: int
    rule: str


def refused_by_mypy(folder: Path, python: Path) -> set[Refusal]:
    mypy = [*python_module("mypy"), "--strict", "--config-file=", f"--cache-dir={folder / 'cache'}"]
    files = sorted(folder.glob("*.py"))
    said = run(*mypy, "--output=json", "--python-executable", python, *files, folder=folder)
    found = map(json.loads, said.stdout.splitlines())
    return {Refusal(Path(item["file"]).name, item["line"], item["code"]) for item in found}


def refused_by_pyright(folder: Path, python: Path) -> set[Refusal]:
    return {
        Refusal(Path(item["file"]).name, item["range"]["start"]["line"] + 1, item["rule"])
        for item in pyright(folder, "3.11", "--pythonpath", python)["generalDiagnostics"]
    }


@pytest.fixture(scope="module")
def consumer(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Refusal]]:
    """What each checker refuses of a program that has the package installed."""
    folder = tmp_path_factory.mktemp("consumer")
    [wheel] = built.glob("*.whl")
    python = install(wheel, folder)
    sources = {"right": RIGHT, "wrong": WRONG}
    sources |= {f"readme_{number}": block for number, block in enumerate(EXAMPLES)}
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return {"mypy": refused_by_mypy(folder, python), "pyright": refused_by_pyright(folder, python)}


CHECKERS = ("mypy", "pyright")


@pytest.mark.parametrize("checker", CHECKERS)
def test_only_the_wrong_lines_are_refused(checker: str, consumer: dict[str, set[Refusal]]) -> None:
    wrong = {("wrong.py", line) for line in marked_lines(WRONG)}
    assert {refusal[:2] for refusal in consumer[checker]} == wrong


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize(("line", "rules"), marked_lines(WRONG).items())
def test_wrong_line_is_refused_for_what_is_wrong_in_it(
    checker: str, line: int, rules: str, consumer: dict[str, set[Refusal]]
) -> None:
    found = {refusal.rule for refusal in consumer[checker] if refusal[:2] == ("wrong.py", line)}
    assert found & set(rules.split())


# Built and installed


def test_wheel_holds_the_package_and_its_licence(built_of_r4_4_3: Path) -> None:
    [wheel] = built_of_r4_4_3.glob("*.whl")
    assert wheel.name == f"{PACKAGE}-4.4.3-py3-none-any.whl"
    info = f"{PACKAGE}-4.4.3.dist-info"
    expected = {f"{PACKAGE}/{name}" for name in [*MODULES, "py.typed"]}
    expected |= {f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "licenses/LICENSE")}
    assert set(zipfile.ZipFile(wheel).namelist()) == expected


def test_sdist_holds_all_that_is_generated(built: Path, package: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    generated = {f.relative_to(package).as_posix() for f in package.rglob("*") if f.is_file()}
    assert generated | {"PKG-INFO"} == names


ASK = f"""
import json, pickle, sys
from importlib import metadata
from importlib.resources import files
from {PACKAGE} import *

def answer(question):
    try:
        return eval(question)
    except Exception as error:
        return type(error).__name__

print(json.dumps({{question: answer(question) for question in json.load(sys.stdin)}}, default=repr))
"""
LOOP = "decode_status_notification({'vendorErrorCode': 'cbc_loop'})"
TRIPPED = "Ground fault circuit interrupter has been activated."
ANSWERS: dict[str, object] = {
    # lookup
    "lookup('CBC_LOOP').code": "CBC_LOOP",
    "lookup('cbc_loop') is lookup('CBC_LOOP')": True,
    "lookup('OCUERRORRELAYCOUNT').code": "OcuErrorRelayCount",
    "lookup(ErrorCode.OCU_ERROR_RELAY_COUNT).code": "OcuErrorRelayCount",
    "lookup('OcuErrorTemperature3')": None,
    "lookup('')": None,
    "[code for code in ErrorCode if lookup(code).code is not code]": [],
    "lookup('ConnectorLoc\u212aFailure')": None,  # the sign for Kelvin, in lower case a k
    "lookup('GroundFailure').text": (
        f"{TRIPPED} In Chargestorm Connected 2, indicates an AC fault.\n{TRIPPED}"
    ),
    "lookup('GroundFailure').description": TRIPPED,
    "lookup('UNKNOWN_ERROR').description": "Unhandled custom error. Shouldn't be seen.",
    # describe and find_codes
    "describe('unknown_error')": "Unhandled custom error. Shouldn't be seen.",
    "describe(ErrorCode.UNKNOWN_ERROR, LATEST_RELEASE)": (
        "Unhandled custom error. Shouldn't be seen."
    ),
    "describe('UNKNOWN_ERROR', 'r4.4.2')": "Unhandled custom error. Shouldn't be seen.",
    "describe('OcuErrorTemperature3')": None,
    "describe(None)": None,
    "find_codes() == CATALOGUE.codes": True,
    "[d.code for d in find_codes(sent_in='errorCode')]": [
        "ConnectorLockFailure",
        "GroundFailure",
        "HighTemperature",
        "OverCurrentFailure",
        "PowerSwitchFailure",
    ],
    "[d.code for d in find_codes(deprecated=True)]": ["OcuErrorRelayCount"],
    "len(find_codes(deprecated=False))": 34,
    "len(find_codes(product='chargestorm CONNECTED 2'))": 35,
    "len(find_codes(product='Chargestorm'))": 25,  # ten are found only in another one
    "{d.code for d in CATALOGUE} - {d.code for d in find_codes(connector=2)}": (
        "{<ErrorCode.NG_ERROR_CLIENT_LOST_CONNECTION: 'NgErrorClientLostConnection'>}"
    ),
    "len(find_codes(connector=1))": 35,
    "len(find_codes(product='x', connector=0, sent_in='vendorErrorCode', deprecated=False))": 19,
    # For a release
    "lookup('CBC_LOOP', release='r4.4.3') == lookup('CBC_LOOP')": True,
    "lookup('cbc_loop', LATEST_RELEASE) == lookup('CBC_LOOP')": True,
    "lookup(ErrorCode.CBC_LOOP, 'ccu_R4.4.3.1').code": "CBC_LOOP",
    "lookup('CBC_LOOP', 'r4.4.2') == lookup('CBC_LOOP', 'r4.4.3')": True,
    "lookup('CBC_LOOP', 'garbage') is lookup('CBC_LOOP')": True,
    "lookup('CBC_LOOP', '') is lookup('CBC_LOOP')": True,
    "lookup('OcuErrorTemperature3', 'r4.4.3')": None,
    "lookup(None, 'r4.4.3')": None,
    "[lookup('CBC_LOOP', one).code for one in (440, 4.4, True, [], b'r4.4.3')]": ["CBC_LOOP"] * 5,
    "[find_release(other).match for other in (440, 4.4, True, [], b'r4.4.3')]": ["newest"] * 5,
    "[decode_status_notification({}, other).release_match for other in (440, [], b'r4.4.3')]": (
        ["newest"] * 3
    ),
    "find_release('r4.4.3-0-g33e0f28c') == FoundRelease(LATEST_RELEASE, True, 'exact')": True,
    "find_release('r4.4.3').release is LATEST_RELEASE": True,
    "find_release('r4.5').is_exact": False,
    "find_release('r4.5').match": "nearest_earlier",
    "find_release('r4.5').release.name": "r4.4.3",
    "find_release('r3.12.6').match": "oldest",
    "find_release(None).match": "newest",
    # ErrorCode
    "len(ErrorCode)": 35,
    "ErrorCode.CBC_LOOP == 'CBC_LOOP'": True,
    "ErrorCode.EV_OVER_CURRENT == 'EV_OVER_CURRENT'": False,
    "'GroundFailure' in {ErrorCode.GROUND_FAILURE}": True,
    "isinstance(ErrorCode.CBC_LOOP, str)": True,
    "ErrorCode('CBC_LOOP') is ErrorCode.CBC_LOOP": True,
    "ErrorCode('cbc_loop') is ErrorCode.CBC_LOOP": True,
    "ErrorCode('CBC')": "ValueError",
    "ErrorCode('ConnectorLoc\u212aFailure')": "ValueError",
    "ErrorCode(7)": "ValueError",
    "ErrorCode(None)": "ValueError",
    "ErrorCode.CBC_LOOP.details is lookup('CBC_LOOP')": True,
    "ErrorCode.CBC_LOOP.meanings is lookup('CBC_LOOP').meanings": True,
    "[code for code in ErrorCode if code.text != code.details.text]": [],
    "[code for code in ErrorCode if code.description != code.details.description]": [],
    "ErrorCode.CBC_LOOP.may_accompany_non_error_status": True,
    "ErrorCode.OCU_ERROR_GENERIC.products": ["Chargestorm Connected 2"],
    "ErrorCode.NG_ERROR_CLIENT_LOST_CONNECTION.connectors": [1],
    "ErrorCode.OCU_ERROR_RELAY_COUNT.deprecated.replaced_by": [
        "OutletFirstContactorCycleCount",
        "OutletSecondContactorCycleCount",
    ],
    "ErrorCode.CBC_LOOP.deprecated": None,
    "ErrorCode.GROUND_FAILURE.may_accompany_non_error_status": False,  # so say both meanings
    "ErrorCode.GROUND_FAILURE.products": [],
    "ErrorCode.GROUND_FAILURE.product_notes": None,  # one of them has a note
    "str(ErrorCode.EV_OVER_CURRENT)": "EVOverCurrent",
    "f'{ErrorCode.EV_OVER_CURRENT} {ErrorCode.CBC_LOOP:>10}'": "EVOverCurrent   CBC_LOOP",
    "repr(ErrorCode.CBC_LOOP)": "<ErrorCode.CBC_LOOP: 'CBC_LOOP'>",
    # What the catalogue says
    "CATALOGUE.vendor": "CTEK E-Mobility AB",
    "len(CATALOGUE.codes)": 35,
    "len(CATALOGUE)": 35,
    "tuple(CATALOGUE) == CATALOGUE.codes": True,
    "[code for code in ErrorCode if code not in CATALOGUE]": [],
    "[details for details in CATALOGUE if details not in CATALOGUE]": [],
    "'cbc_loop' in CATALOGUE": True,
    "[c in CATALOGUE for c in ('CBC', 'ConnectorLoc\u212aFailure', None, 7)]": [False] * 4,
    "sum(len(details.meanings) for details in CATALOGUE.codes)": 36,
    "[release.name for release in RELEASES]": ["r4.4.3"],
    "CATALOGUE.releases is RELEASES": True,
    "CATALOGUE.latest_release == LATEST_RELEASE.name": True,
    "LATEST_RELEASE is RELEASES[-1]": True,
    "LATEST_RELEASE.build": "r4.4.3-0-g33e0f28c",
    "LATEST_RELEASE.published.strftime('%d.%m.%Y')": "16.01.2024",
    "[m.text for m in lookup('GroundFailure').meanings]": [
        f"{TRIPPED} In Chargestorm Connected 2, indicates an AC fault.",
        TRIPPED,
    ],
    "[n.note for m in lookup('GroundFailure').meanings for n in m.product_notes]": [
        "indicates an AC fault"
    ],
    "lookup('CBC_LOOP').meanings is lookup('CBC_LOOP').revisions[-1].meanings": True,
    "lookup('CBC_LOOP').meanings[0].may_accompany_non_error_status": True,
    "lookup('CBC_LOOP').meanings[0].deprecated": None,
    "lookup('OcuErrorRelayCount').meanings[0].deprecated.replaced_by": [
        "OutletFirstContactorCycleCount",
        "OutletSecondContactorCycleCount",
    ],
    # Messages
    "decode_status_notification({'status': 'Faulted', 'vendorErrorCode': 'cbc_loop'}).condition": (
        "fault"
    ),
    "decode_status_notification({}, 'ccu_R4.4.3.1').release_match": "nearest_earlier",
    "decode_status_notification({}, 'ccu_R4.4.3.1').release": "r4.4.3",
    "decode_notify_event({}).release": "r4.4.3",
    f"{LOOP}.codes[0].code is ErrorCode.CBC_LOOP": True,
    f"{LOOP}.codes[0].meanings is lookup('CBC_LOOP').meanings": True,
    f"{LOOP}.codes[0].may_accompany_non_error_status": True,
    f"{LOOP}.codes[0].beyond_document": [],
    f"{LOOP}.goes_beyond_document": False,
    f"{LOOP}.payload == {{'vendorErrorCode': 'cbc_loop'}}": True,
    "decode_status_notification({'errorCode': 'sneeze,WEAKSIGNAL'}).goes_beyond_document": True,
    "[(c.code, type(c.code).__name__, c.may_accompany_non_error_status, c.beyond_document)"
    " for c in decode_status_notification({'errorCode': 'sneeze,WEAKSIGNAL'}).codes]": [
        [None, "NoneType", None, ["code"]],
        ["WeakSignal", "str", None, ["code"]],
    ],
    "[event.payload for event in decode_notify_event({'eventData': [7, {}]}).events]": [7, {}],
    "decode_notify_event({'eventData': {}}).payload": {"eventData": {}},
    "Problem(field=None, problem='missing')": "Problem(field=None, problem='missing')",
    f"hash({LOOP}.codes[0]) == hash({LOOP}.codes[0])": True,
    f"pickle.loads(pickle.dumps({LOOP})) == {LOOP}": True,
    "decode_status_notification(None).problems == (Problem(None, 'wrong-type'),)": True,
    "decode_status_notification(b'{}').problems == (Problem(None, 'json-text'),)": True,
    "decode_status_notification('{}').problems == (Problem(None, 'json-text'),)": True,
    "decode_status_notification([2, '1', 'Reset', {}]).problems": [
        "Problem(field=None, problem='frame')"
    ],
    "[p.problem for p in decode_status_notification({'error_code': 'x'}).problems]": [
        *("missing", "spelling", "missing")
    ],
    "[event.condition for event in decode_notify_event({'eventData': [7]}).events]": ["unknown"],
    "pickle.loads(pickle.dumps(decode_notify_event({}))) == decode_notify_event({})": True,
    # Nothing can be changed.
    "setattr(decode_status_notification({}), 'condition', 'none')": "FrozenInstanceError",
    f"setattr({LOOP}.codes[0], 'code', None)": "FrozenInstanceError",
    "setattr(lookup('CBC_LOOP'), 'sent_in', 'errorCode')": "FrozenInstanceError",
    "setattr(lookup('CBC_LOOP').meanings[0], 'text', '')": "FrozenInstanceError",
    "setattr(LATEST_RELEASE.document, 'sha256', '')": "FrozenInstanceError",
    "setattr(CATALOGUE, 'codes', ())": "FrozenInstanceError",
    "setattr(find_release('r4.4.3'), 'is_exact', False)": "FrozenInstanceError",
    "hash(CATALOGUE) == hash(CATALOGUE)": True,
    "pickle.loads(pickle.dumps(CATALOGUE)) == CATALOGUE": True,
    # Metadata
    "metadata.metadata('ctek-error-codes')['Name']": "ctek-error-codes",
    "metadata.version('ctek-error-codes')": "4.4.3",
    "__version__": "4.4.3",
    "metadata.requires('ctek-error-codes')": None,
    "metadata.metadata('ctek-error-codes')['Requires-Python']": ">=3.10",
    "metadata.metadata('ctek-error-codes')['License-Expression']": "MIT",
    "[distribution.name for distribution in metadata.distributions()]": ["ctek-error-codes"],
    f"files({PACKAGE!r}).joinpath('py.typed').is_file()": True,
}


@pytest.fixture(scope="module")
def answers(python_with_r4_4_3: Path) -> dict[str, object]:
    """What the installed package answers to all questions, asked in one go."""
    asked = output_of(
        python_with_r4_4_3,
        "-I",
        "-W",
        "error",
        "-c",
        ASK,
        folder=python_with_r4_4_3.parent,
        stdin=json.dumps(list(ANSWERS)),
    )
    said: dict[str, object] = json.loads(asked)
    return said


@pytest.mark.parametrize("question", ANSWERS)
def test_installed_package_answers(question: str, answers: dict[str, object]) -> None:
    assert answers[question] == ANSWERS[question]


def test_data_is_that_of_the_json(python: Path) -> None:
    script = (
        f"import json, {PACKAGE} as package\n"
        "codes = [details.to_dict() for details in package.CATALOGUE]\n"
        "assert package.CATALOGUE.to_dict()['codes'] == codes\n"
        "print(json.dumps(package.CATALOGUE.to_dict()))"
    )
    data = json.loads(output_of(python, "-I", "-c", script, folder=python.parent))
    published = json.loads((GENERATED / "json/catalogue.json").read_text(encoding="utf-8"))
    assert data == {key: value for key, value in published.items() if not key.startswith("$")}


DOCTESTS = """
import doctest, importlib, pkgutil, sys

package = importlib.import_module(sys.argv[1])
modules = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
failed = 0
for module in [importlib.import_module(one.name) for one in modules]:
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        failed += doctest.DocTestRunner().run(test).failed
        if test.examples:
            print(test.name.rpartition(".")[2])
sys.exit(bool(failed))
"""
"""Runs the examples in the docstrings of a package, and prints what has some."""
WITH_EXAMPLES = {
    *("ErrorCode", "decode_notify_event", "decode_status_notification", "describe", "find_codes"),
    *("find_release", "lookup"),
}


def test_docstrings_run(python: Path) -> None:
    doctests = (python, "-I", "-W", "error", "-c", DOCTESTS, PACKAGE)
    assert set(output_of(*doctests, folder=python.parent).split()) == WITH_EXAMPLES


# What editors show


def documented(source: str) -> dict[str, str]:
    """What stands below each name: a class's own docstring, and those of names and attributes."""
    found: dict[str, str] = {}

    def visit(body: list[ast.stmt], within: str) -> None:
        for one, below in zip(body, [*body[1:], None], strict=True):
            if isinstance(one, ast.ClassDef):
                found[one.name] = ast.get_docstring(one, clean=False) or ""
                visit(one.body, f"{one.name}.")
            elif isinstance(one, ast.AnnAssign | ast.Assign):
                [target] = [one.target] if isinstance(one, ast.AnnAssign) else one.targets
                shown = ast.literal_eval(below.value) if isinstance(below, ast.Expr) else ""
                found[f"{within}{ast.unparse(target)}"] = shown

    visit(ast.parse(source).body, "")
    return found


def test_every_record_and_every_member_says_what_it_is(package: Path) -> None:
    """In the words of the JSON Schemas; None is what a program has for null."""
    source = (package / PACKAGE / "_records.py").read_text(encoding="utf-8")
    shown = documented(source)
    assert "" not in shown.values()
    for schema in ("catalogue", "decoded"):
        text = (GENERATED / f"json/{schema}.schema.json").read_text(encoding="utf-8")
        schemas = json.loads(text)
        own = {schemas["title"]: schemas} if schema == "catalogue" else {}
        for name, one in (schemas["$defs"] | own).items():
            expected = {name: one["description"]}
            for member, its in one.get("properties", {}).items():
                if not member.startswith("$"):
                    expected[f"{name}.{member}"] = its["description"]
            for place, words in expected.items():
                assert shown[place] == words.replace("null ", "None ").replace("Null ", "None ")


# The files that are no templates, where they stand


STAND_INS = {"example_codes": PACKAGE, "ExampleErrorCode": "CBC_LOOP"}
"""What stands there for the package and for a code, and what is shipped in its place."""


def without_header(text: str) -> str:
    header, _, rest = text.partition("\n\n")
    assert all(line.startswith("# ") for line in header.split("\n")), header
    return rest


def test_plain_files_are_shipped_as_they_stand(package: Path) -> None:
    """So what ruff says of them where they stand, and mypy and pyright of the package beside what
    is generated, holds for both. ruff reads both folders as all of the repository."""
    plain = {f"_{one.name}": one for one in (ROOT / "templates/python").glob("*.py")}
    plain |= {f"_runtime/{one.name}": one for one in (ROOT / "generator/runtime").glob("*.py")}
    assert set(plain) == {name for name in MODULES if name in plain}
    assert {"_decode.py", "_runtime/decoder.py"} <= set(plain)
    for name, source in plain.items():
        shipped = (package / PACKAGE / name).read_text(encoding="utf-8")
        text = source.read_text(encoding="utf-8")
        for stand_in, named in STAND_INS.items():
            text = text.replace(stand_in, named)
        assert without_header(shipped) == text, name


def beside_what_is_generated(package: Path, folder: Path) -> Path:
    """The plain files where a checker can follow their imports: links beside generated files."""
    shutil.copytree(package / PACKAGE, folder / PACKAGE)
    for source in (ROOT / "templates/python").glob("*.py"):
        (folder / PACKAGE / f"_{source.name}").unlink()
        (folder / PACKAGE / f"_{source.name}").symlink_to(source)
    shutil.rmtree(folder / PACKAGE / "_runtime")
    (folder / PACKAGE / "_runtime").symlink_to(ROOT / "generator/runtime")
    return folder


def test_plain_files_are_typed(package: Path, tmp_path: Path) -> None:
    folder = beside_what_is_generated(package, tmp_path)
    mypy = [*python_module("mypy"), "--strict", "--config-file=", f"--cache-dir={tmp_path}/cache"]
    said = output_of(*mypy, "--python-version", PYTHON_VERSIONS[0], PACKAGE, folder=folder)
    assert said == f"Success: no issues found in {len(MODULES)} source files\n"
    assert pyright(folder, PYTHON_VERSIONS[0])["generalDiagnostics"] == []


@pytest.mark.parametrize("folder", ["templates/python", "generator/runtime"])
def test_ruff_reads_plain_files_where_they_stand(folder: str) -> None:
    ruff = [*python_module("ruff"), "check", "--show-files", folder]
    read = {Path(line).name for line in output_of(*ruff, folder=ROOT).splitlines()}
    assert read == {one.name for one in (ROOT / folder).glob("*.py")} != set()
    output_of(*python_module("ruff"), "check", folder, folder=ROOT)
    output_of(*python_module("ruff"), "format", "--check", folder, folder=ROOT)


@pytest.mark.parametrize("word", ["CTEK", "ctek", "Chargestorm", "Outlet"])
def test_what_the_program_runs_knows_no_vendor(word: str) -> None:
    for source in (ROOT / "generator/runtime").glob("*.py"):
        assert word not in source.read_text(encoding="utf-8"), source.name
