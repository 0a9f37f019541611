"""How values, comments and names are written in a language, by what its manifest says."""

import json
import subprocess
import tomllib

import pytest

from generator.fields import Field, FieldRecord, Fields
from generator.model import Vendor
from generator.record import Record
from generator.shapes.vendors import Shapes
from generator.writing.identifiers import Case, Identifiers, put_in_case
from generator.writing.literals import Literals
from generator.writing.syntax import Comment, Syntax
from generator.writing.target import Target, read_targets
from tests.helpers.project import ROOT

TARGETS: dict[str, Target] = {target.name: target for target in read_targets(ROOT / "templates")[0]}
NOTE = FieldRecord(
    "note",
    "A made-up record.",
    (
        Field("on_product", "text", "On", "The product."),
        Field("lines", "list", "Lines", "Where it stands.", of="integer"),
        Field("n", "integer", "N", "A number."),
    ),
)


def literals(target: str, file: str) -> Literals:
    """What writes values in a file of a target, with a made-up record among the shapes."""
    of = TARGETS[target]
    shapes = Shapes(Vendor("", "", "", Fields(records=(NOTE,))))
    return Literals(of.syntax(file), of.types, of.literals, shapes, of.members, str.upper)


PYTHON = literals("python", "x.py")
TYPESCRIPT = literals("typescript", "x.ts")
JSON = literals("json", "x.json")
TOML = literals("python", "x.toml")

TEXTS = [
    "",
    "plain",
    'it\'s "quoted" and `ticked`',
    "ends in a backslash \\",
    "\\n is no line end, \n is",
    '"""',
    "'''",
    "{{ template }} {% syntax %} {# here #}",
    "${shell} %s %(x)s {x} $x #{x}",
    "</script><!-- -->*/ //",
    "\N{LATIN SMALL LETTER A WITH RING ABOVE} \N{EURO SIGN} \N{GRINNING FACE}",
    "\x00\x01\x1b\x7f\t\r",
    "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\N{RIGHT-TO-LEFT OVERRIDE}",
    "\ud800",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back_from_python(text: str) -> None:
    literal = PYTHON.write(text)
    assert literal.isascii()
    assert eval(literal) == text  # noqa: S307 (the literal is what is tested)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back_from_json(text: str) -> None:
    assert json.loads(JSON.write(text)) == text


@pytest.mark.parametrize("text", [text for text in TEXTS if text != "\ud800"])
def test_a_text_comes_back_from_toml(text: str) -> None:
    assert tomllib.loads(f"x = {TOML.write(text)}")["x"] == text


def test_texts_come_back_from_javascript() -> None:
    literals = [TYPESCRIPT.write(text) for text in TEXTS]
    program = f"process.stdout.write(JSON.stringify([{','.join(literals)}]))"
    printed = subprocess.run(
        ["node", "-e", program], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    assert json.loads(printed) == TEXTS


@pytest.mark.parametrize("text", ["*/ alert(1) /*", "**//", "@deprecated", "a\nb", "*\\/"])
def test_a_comment_stays_a_comment(text: str) -> None:
    comment = TYPESCRIPT.syntax.comment
    assert comment
    written = comment.write(text)
    assert written.startswith("/**\n * ")
    assert written.endswith("\n */")
    assert "*/" not in written[:-2]
    assert " @" not in written


def test_a_comment_keeps_to_its_column() -> None:
    block = Comment(start="/*", line=" * ", end=" */")
    assert "\t" + block.write("One.\n\nTwo.", "\t") == "\t/*\n\t * One.\n\t *\n\t * Two.\n\t */"
    assert Comment().write("One.\n\nTwo.", "\t") == "One.\n\n\tTwo.", "no blanks on an empty line"


def test_what_one_escape_writes_is_not_escaped_again() -> None:
    comment = Comment(line="; ", escapes={"a": "b", "b": "a", "ab": "!"})
    assert comment.write("a b ab") == "; b a !"


@pytest.mark.parametrize(
    ("value", "python", "typescript"),
    [
        (None, "None", "null"),
        (True, "True", "true"),
        (7, "7", "7"),
        ([], "()", "[]"),
        (("a",), '("a",)', '["a"]'),
        (("a", 1), '("a", 1,)', '["a", 1]'),
        (
            Record("Note", on_product="A", lines=(1, 2)),
            'Note(\n    on_product="A",\n    lines=(1, 2,),\n)',
            '{\n  onProduct: "A",\n  lines: [1, 2]\n}',
        ),
        (
            [Record("Note", n=1)],
            "(\n    Note(\n        n=1,\n    ),\n)",
            "[\n  {\n    n: 1\n  }\n]",
        ),
    ],
)
def test_literals(value: object, python: str, typescript: str) -> None:
    assert PYTHON.write(value) == python
    assert TYPESCRIPT.write(value) == typescript


def test_a_value_without_a_form_is_refused() -> None:
    with pytest.raises(TypeError, match="a number has no literal form"):
        PYTHON.write(1.5)
    with pytest.raises(TypeError, match="a string has no literal form"):
        PYTHON._replace(syntax=Syntax()).write("text")


@pytest.mark.parametrize(
    ("code", "case", "expected"),
    [
        ("EVOverCurrent", "UPPER_SNAKE", "EV_OVER_CURRENT"),
        ("MCU_NOT_RESPONDING", "UPPER_SNAKE", "MCU_NOT_RESPONDING"),
        ("OcuErrorTemperature1", "UPPER_SNAKE", "OCU_ERROR_TEMPERATURE1"),
        ("FWUpdateReboot", "snake", "fw_update_reboot"),
        ("OCPP16Error", "kebab", "ocpp16-error"),
        ("CBC_LOOP", "Pascal", "CbcLoop"),
        ("NoPPDetected", "camel", "noPpDetected"),
        ("may_accompany", "camel", "mayAccompany"),
        ("A-B c.d", "preserve", "A_B_c_d"),
        ("A-B c.d", "Preserve", "A_B_c_d"),
        ("CBC_LOOP", "Preserve", "CBC_LOOP"),
        ("evOverCurrent", "Preserve", "EvOverCurrent"),
        ("__proto__", "Preserve", "Proto__"),
        ("1e3", "Preserve", "1e3"),
        ("ctek-error-codes", "flat", "ctekerrorcodes"),
    ],
)
def test_cases(code: str, case: Case, expected: str) -> None:
    assert put_in_case(code, case) == expected


def test_a_name_is_one_whatever_the_code() -> None:
    rule = Identifiers("UPPER_SNAKE", "CODE_", frozenset({"NONE"}), "_")
    assert rule.name("7Up") == "CODE_7_UP"
    assert rule.name("none") == "NONE_"
    assert rule.name("!?") == "CODE_33_63"
    assert rule.name("?!") == "CODE_63_33"


def test_every_printable_code_has_a_name_in_every_target() -> None:
    codes = [chr(number) for number in range(0x20, 0x7F)]
    for target in ("python", "typescript"):
        rule = TARGETS[target].identifiers
        assert rule
        for code in codes:
            assert rule.name(code).isidentifier(), (target, code)


def test_every_printable_code_has_a_name_that_is_public_in_go() -> None:
    rule = TARGETS["go"].identifiers
    assert rule
    for number in range(0x20, 0x7F):
        name = rule.name(chr(number))
        assert name.isidentifier(), name
        assert name[0].isupper(), name


def test_names_that_clash_are_told() -> None:
    names, clashes = Identifiers("UPPER_SNAKE").names(["FooBar", "Baz", "FOO_BAR"])
    assert names["Baz"] == "BAZ"
    assert clashes == [("FOO_BAR", "FOO_BAR", "FooBar")]


def test_what_files_declare_is_found() -> None:
    source = "type A struct\nfunc  B()\n\tfunc Within()\nfunction C()\nfunc (a A) Method()\nvar d\n"
    rule = Identifiers("Preserve", declared_by=("type", "func"))
    assert [*rule.declared_in(source)] == ["A", "B"]
    assert not [*Identifiers("Preserve").declared_in(source)]


def test_a_reserved_word_without_a_suffix_clashes() -> None:
    _, clashes = Identifiers("snake", reserved=frozenset({"pass"})).names(["Pass"])
    assert clashes == [("pass", "Pass", "pass")]
    rule = Identifiers("snake", reserved=frozenset({"pass"}), reserved_suffix="_")
    assert rule.names(["Pass"]) == ({"Pass": "pass_"}, [])
    assert rule.names(["Pass", "PASS"])[1] == [("pass_", "PASS", "Pass")]
