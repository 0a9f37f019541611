"""A target is a folder: one more language, made of a manifest and a template alone."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.generated_decoders import generate
from tests.helpers.project import ROOT, project_of_r4_4_3, record_digests, run

MANIFEST = r"""
# A C header: a made-up target, for the tests.
package_case = "UPPER_SNAKE"

[[files]]
template = "codes.h.j2"
path = "{package}.h"

[syntax.h]
comment = { start = "/*", line = " * ", end = " */", escapes = { "*/" = "* /" } }

[syntax.h.string]
quote = '"'
escapes = { '\' = '\\', '"' = '\"', "?" = '\?' }

[identifiers]
case = "UPPER_SNAKE"
prefix = "CODE_"
"""
NON_ERROR = "This can also be sent together with a non-error status."
TEMPLATE = """\
{{ header }}
{% for code in catalogue.codes %}
{{ code.meanings[0].text | comment }}
#define CTEK_{{ code.code | identifier }} {{ code.code | literal }}
#define CTEK_{{ code.code | identifier }}_TEXT {{ code.meanings[0].text | literal }}
{% endfor %}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = project_of_r4_4_3(tmp_path)
    folder = project / "templates/c"
    folder.mkdir()
    (folder / "target.toml").write_text(MANIFEST)
    (folder / "codes.h.j2").write_text(TEMPLATE)
    return project


def test_a_folder_alone_makes_a_target(project: Path) -> None:
    assert run("check", folder=project).returncode == 1
    result = run("generate", folder=project)
    assert result.returncode == 0, result.stderr
    assert "wrote    generated/c/CTEK_ERROR_CODES.h" in result.stdout
    assert run("check", folder=project).returncode == 0


@pytest.mark.extended
def test_the_target_compiles_and_says_what_the_document_says(project: Path) -> None:
    assert run("generate", folder=project).returncode == 0
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.fail("a C compiler (cc) is needed for this test")
    program = project / "main.c"
    program.write_text(
        '#include <stdio.h>\n#include "generated/c/CTEK_ERROR_CODES.h"\n'
        "int main(void) { puts(CTEK_NO_PP_DETECTED); puts(CTEK_NO_PP_DETECTED_TEXT); return 0; }\n"
    )
    subprocess.run(
        [compiler, "-std=c99", "-Wall", "-Wextra", "-Werror", program, "-o", project / "main"],
        check=True,
    )
    printed = subprocess.run(
        [project / "main"], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert printed == [
        "NoPPDetected",
        f"The PP resistor can't be read / found. {NON_ERROR}",
    ]


def test_a_target_that_is_gone_takes_its_artefacts_along(project: Path) -> None:
    run("generate", folder=project)
    shutil.rmtree(project / "templates/c")
    assert run("generate", folder=project).returncode == 0
    assert not (project / "generated/c").exists()


# Files that are copied as they stand

COPIED = """
[[files]]
copy = "example.h"
path = "example.h"
"""
EXAMPLE = "/* EXAMPLE_CODES has 'ExampleErrorCode'; not EXAMPLE_CODES1, ExampleErrorCodes */"


@pytest.mark.parametrize(
    ("escaped", "named"),
    [
        ("", "CODE_ONE"),
        # The first that no language has to escape; of the standard's where there is no other.
        (r"CODE\\_", "OldCode"),
        (r"CODE\\_|Old|Station", "GroundFailure"),
    ],
)
def test_a_copied_file_names_the_package_and_a_code(
    escaped: str, named: str, tmp_path: Path
) -> None:
    """Of the made-up vendor of tests/every_field, with a hyphen before some of its codes."""
    spec = shutil.copytree(ROOT / "tests/every_field/spec", tmp_path / "spec")
    if escaped:
        for document in spec.glob("*.md"):
            text = document.read_text(encoding="utf-8")
            document.write_text(re.sub(rf"\*\*({escaped})", r"**-\1", text), encoding="utf-8")
        record_digests(spec)
    target = tmp_path / "generated.templates/c"
    target.mkdir(parents=True)
    (target / "target.toml").write_text(MANIFEST.replace("\n[syntax.h]", f"{COPIED}\n[syntax.h]"))
    (target / "codes.h.j2").write_text(TEMPLATE)
    (target / "example.h").write_text(EXAMPLE)
    made = generate(spec, tmp_path / "generated") / "c/example.h"
    [*_, said] = made.read_text(encoding="utf-8").split("\n")
    assert said == f"/* MADE_UP_CODES has '{named}'; not EXAMPLE_CODES1, ExampleErrorCodes */"
