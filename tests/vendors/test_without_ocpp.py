"""A vendor that does not send over OCPP: there is nothing of OCPP in what is made for it."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.project import record_digests, run_warm
from tests.helpers.tools import code_blocks, output_of
from tests.helpers.vendors import spec_of

WORDS = {
    *("ocpp", "StatusNotification", "NotifyEvent", "vendorErrorCode", "techCode", "sent_?in"),
    *("charger", "charging", "connector", "payload", "decode", "evse"),
}
"""Words of OCPP, of chargers and of messages, in any upper and lower case."""
NAME = "errorCode"
"""A field of OCPP; in another case it is what packages call the type of a code."""


def words_in(folder: Path) -> set[str]:
    """Which of the words stand in the files of a folder, or in their names."""
    return {word for text in texts_in(folder) for word in WORDS if re.search(f"(?i){word}", text)}


def texts_in(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield f"{file.relative_to(folder)}\n{file.read_text(encoding='utf-8')}"


def generated(spec: Path, output: Path) -> Path:
    result = run_warm("generate", "--spec", spec, "--output", output)
    assert (result.returncode, result.stderr) == (0, "")
    return output


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents on inverters, which have connectors too, by another word for these."""
    spec = tmp_path_factory.mktemp("sunmill") / "spec"
    shutil.copytree(spec_of("sunmill"), spec)
    for document in spec.glob("*.md"):
        text = document.read_text(encoding="utf-8")
        assert "connector" in text
        document.write_text(text.replace("connector", "coupling"), encoding="utf-8")
    record_digests(spec)
    return spec


@pytest.fixture(scope="module")
def plain(spec: Path) -> Path:
    """What is made of them."""
    return generated(spec, spec.parent / "generated")


def test_no_artefact_has_a_word_of_ocpp(plain: Path) -> None:
    assert words_in(plain) == set()
    assert not any(re.search(rf"\b{NAME}\b", text) for text in texts_in(plain))


def test_the_words_stand_in_artefacts_of_a_charger(tmp_path: Path) -> None:
    made = generated(spec_of("kerblight"), tmp_path / "generated")
    assert words_in(made) == WORDS
    assert any(re.search(rf"\b{NAME}\b", text) for text in texts_in(made))


def test_there_is_all_else(plain: Path) -> None:
    made = {str(file.relative_to(plain)) for file in plain.rglob("*") if file.is_file()}
    assert {
        *(
            "CHANGELOG.md",
            "json/catalogue.json",
            "json/changelog.json",
            "json/releases/V1.17.9.json",
        ),
        *("json/catalogue.schema.json", "json/changes.schema.json", "json/additions.schema.json"),
        *("sql/tables.sql", "sql/seeds/sunmill_faults.csv", "mysql/tables.sql"),
        *("python/sunmill_faults/_lookup.py", "typescript/src/lookup.ts", "go/lookup.go"),
    } <= made


def test_a_code_of_digits_is_looked_up_as_of_a_firmware(plain: Path) -> None:
    program = """
from sunmill_faults import ErrorCode, describe, find_codes, lookup

assert ErrorCode.CODE_205 == ErrorCode("205") == "205"
old, new = lookup("205", "V1.9.12"), lookup(ErrorCode.CODE_205, "V1.17.9")
print(old.meanings[0].title, "|", new.meanings[0].title)
print(lookup("110", "V1.9.12"), describe("999"), len(find_codes(product="S10", deprecated=False)))
"""
    printed = output_of(sys.executable, "-c", program, folder=plain / "python")
    assert printed == "Leakage current | Residual current\nNone None 16\n"


def test_the_examples_of_the_readme_run(plain: Path) -> None:
    blocks = code_blocks(plain / "python/README.md", "python")
    assert len(blocks) >= 4
    for block in blocks:
        output_of(sys.executable, "-c", block, folder=plain / "python")


def test_decode_says_that_there_are_no_messages(spec: Path) -> None:
    result = run_warm("decode", "--spec", spec, stdin="{}\n")
    assert (result.returncode, result.stdout) == (2, "")
    assert "Sunmill does not send its codes over OCPP" in result.stderr


def test_explain_names_no_field(spec: Path) -> None:
    result = run_warm("explain", "205", "--spec", spec)
    assert result.stdout.startswith("205  since V1.9.12, still in V1.17.9\n")


def test_add_names_no_field(spec: Path, tmp_path: Path) -> None:
    rest = shutil.copytree(spec, tmp_path / "spec")
    (rest / "V1.17.9.md").unlink()
    record_digests(rest)
    arguments = ("--spec", rest, "--output", tmp_path / "generated", "--dry-run")
    result = run_warm("add", spec / "V1.17.9.md", *arguments)
    assert result.returncode == 0
    assert re.search(r"(?m)^  304  new, \S+V1\.17\.9\.md:\d+$", result.stdout)


# What can be no code of OCPP


def test_a_code_is_any_text(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    shutil.copytree(spec_of("sunmill"), spec)
    document = spec / "V1.17.9.md"
    codes = {"205": "Übertemperatur-1", "304": "L" * 60}
    for code, other in codes.items():
        text = document.read_text(encoding="utf-8")
        assert f"### {code}: " in text
        document.write_text(text.replace(f"### {code}: ", f"### {other}: "), encoding="utf-8")
    form = (spec / "vendor.toml").read_text(encoding="utf-8")
    form = form.replace("code = '[0-9]{3}'", r"code = '[\w-]+'").replace(
        "sorted = true", "sorted = false"
    )
    (spec / "vendor.toml").write_text(form, encoding="utf-8")
    record_digests(spec)
    made = generated(spec, tmp_path / "generated")
    names = "from sunmill_faults import lookup; print(*(lookup(c).code for c in {codes}))"
    program = names.format(codes=[*codes.values()])
    printed = output_of(sys.executable, "-c", program, folder=made / "python")
    assert printed == "Übertemperatur-1 " + "L" * 60 + "\n"
