"""A template writes what has one text in every language, and nothing of Python's."""

import re
import shutil
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.pipeline import build_partly
from generator.writing.texts import NO_FILTERS
from tests.helpers.project import ROOT, record_digests

NONE = "none has no text of its own; put `| literal` behind it"
FLAG = "a boolean has no text of its own; put `| literal` behind it"
FRACTION = "a number has no text of its own; make it a whole number: `| int`"
LIST = "a list has no text of its own; loop over it, or put"
RECORD = "an error code has no text of its own; name the part that is meant: code, "
UPPER = "call it: upper()"
NO_FORMAT = "a text has no `format` here; join texts with `~`, or use `%`"
NOTHING = "there is no variable 'nothing'"

# Written before the code that refuses them: ways to an address or to Python's own text.
WAYS = {
    "{{ 'x'.upper }}": UPPER,
    "{{ example.code.upper }}": UPPER,
    "{{ range }}": "the function safe_range has no text of its own; call it: ",
    "{% macro m() %}{% endmacro %}{{ m }}": "call it: m()",
    "{{ namespace(a=1) }}": "a namespace has no text of its own",
    "{{ cycler('a') }}": "a cycler has no text of its own",
    "{% for one in [1] %}{{ loop }}{% endfor %}": "a loop context has no text of its own",
    "{{ self }}": "a template reference has no text of its own",
    "{{ [1] | map('string') }}": "a generator has no text of its own; loop over it",
    "{{ range(3) }}": "a range has no text of its own; loop over it",
    "{{ none }}": NONE,
    "{{ true }}": FLAG,
    "{{ 1 == 1 }}": FLAG,
    "{{ 1.5 }}": FRACTION,
    "{{ 4 / 2 }}": FRACTION,
    "{{ [] }}": LIST,
    "{{ [nothing] }}": LIST,
    "{{ (1, 2) }}": LIST,
    "{{ {'a': 1} }}": "a record has no text of its own; name the part that is meant: a",
    "{{ data }}": "name the part that is meant: ",
    "{{ example }}": RECORD,
    "{{ vendor }}": "a vendor has no text of its own; name the part",
    "{{ shapes }}": "",
    "{{ 'x'.encode() }}": "",
    "{{ 'a' ~ none }}": NONE,
    "{{ ('a' ~ true) | upper }}": FLAG,
    "{{ 'a' ~ example }}": RECORD,
    "{{ 'a' ~ 'x'.upper }}": UPPER,
    "{% set a = 'a' ~ [1] %}{{ a }}": LIST,
    "{{ [none, 'a'] | join(', ') }}": NONE,
    "{{ [['a'], ['b']] | join }}": LIST,
    "{{ ['a', 'b'] | join(none) }}": NONE,
    "{{ catalogue.codes | join(', ') }}": RECORD,
    "{{ catalogue.codes | join(', ', attribute='meanings') }}": LIST,
    "{{ [nothing] | join }}": NOTHING,
    "{{ ['a', nothing] | map('string') | join }}": NOTHING,
    "{{ none | string }}": NONE,
    "{{ example | string | literal }}": RECORD,
    "{{ [true] | map('string') | join }}": FLAG,
    "{{ 'x'.upper | upper }}": UPPER,
    "{{ none | lower }}": NONE,
    "{{ [1] | title }}": LIST,
    "{{ none | trim }}": NONE,
    "{{ [1] | center(20) }}": LIST,
    "{{ [1] | truncate(3) }}": LIST,
    "{{ {'a': none} | urlencode }}": "a record has no text of its own",
    "{{ 'a' | replace('a', none) }}": NONE,
    "{{ [1] | replace('1', '2') }}": LIST,
    "{{ '%s' % none }}": NONE,
    "{{ '%s' % 'x'.upper }}": UPPER,
    "{{ '%s %s' % ('a', [1]) }}": LIST,
    "{{ '%(a)s' % {'a': true} }}": FLAG,
    "{{ '%d' % true }}": FLAG,
    "{{ '%r' % 'a' }}": "`%r` and `%a` write Python",
    "{{ '%(a)-5a' % {'a': 'b'} }}": "`%r` and `%a` write Python",
    "{{ '%s' | format(none) }}": NONE,
    "{{ '%(a)s' | format(a=[1]) }}": LIST,
    "{{ '{}'.format(none) }}": NO_FORMAT,
    "{{ '{0.upper}'.format('a') }}": NO_FORMAT,
    "{{ '{!r}'.format('a') }}": NO_FORMAT,
    "{{ '{a}'.format_map({'a': none}) }}": NO_FORMAT,
    "{{ ('{}' | attr('format'))(none) }}": NO_FORMAT,
    "{{ example | pprint }}": "there is no filter 'pprint'",
    "{{ (',' | e).join([none]) }}": "there is no filter 'e'",
    "{{ [none] | safe }}": "there is no filter 'safe'",
    "{{ {'a': example} | xmlattr }}": "there is no filter 'xmlattr'",
    "{{ (none | tojson).join([none]) }}": "there is no filter 'tojson'",
    "{% autoescape true %}{% set m %},{% endset %}{{ m.join([none]) }}{% endautoescape %}": (
        "there is no `autoescape` here"
    ),
    "{% set block %}{{ none }}{% endset %}": NONE,
    "{% filter upper %}{{ [1] }}{% endfilter %}": LIST,
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(none) }}": NONE,
    "{% macro m() %}{{ caller }}{% endmacro %}{% call m() %}{% endcall %}": "call it: caller()",
    "{{ none | comment }}": NONE,
    "{{ [1] | comment }}": LIST,
    "{{ example | cell }}": RECORD,
    "{{ none | member }}": NONE,
    "{{ none | in_case('snake') }}": NONE,
    "{{ 'x'.upper | literal }}": "no literal form in this file",
    "{{ [nothing] | literal }}": NOTHING,
    "{{ example | literal }}": "no literal form in this file",
    "{{ 'x'.upper | json }}": "",
    "{{ 1.5 | literal }}": "no literal form in this file",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project, with a template to write."""
    folder = tmp_path_factory.mktemp("texts") / "project"
    shutil.copytree(ROOT / "tests/cases/_project", folder)
    record_digests(folder / "spec")
    return folder


def rendered(project: Path, body: str) -> tuple[str | None, list[Diagnostic]]:
    """What a template makes, and what is wrong with it."""
    template = project / "templates/text/codes.txt.j2"
    template.write_text(f"{{{{ header }}}}\n{body}\n")
    built, found = build_partly(project / "spec", project / "templates")
    assert built is not None
    return built.tree.get("text/codes.txt"), [one for one in found if one.rule == "template-failed"]


@pytest.mark.parametrize("body", WAYS)
def test_what_has_no_text_is_refused(project: Path, body: str) -> None:
    made, found = rendered(project, body)
    assert made is None
    assert [one.location.line for one in found] == [2]
    said = (found[0].found or "").partition("\n")[0]
    assert WAYS[body] in said
    assert not re.search(r"\b0x[0-9a-f]+\b", f"{found[0]}")


TEXTS = {
    "{{ 'a' ~ 1 ~ 'b' }}": "a1b",
    "[{{ 'a' if false }}]": "[]",
    "{{ '[' ~ ('a' if false) ~ ']' }}": "[]",
    "{{ [1, 'a'] | join('-') }}": "1-a",
    "{{ catalogue.codes[:1] | join(', ', attribute='sent_in') }}": "errorCode",
    "{{ '%02d %s' % (5, 'a') }}": "05 a",
    "{{ '%(a)s 100%%' % {'a': 'b', 'c': none} }}": "b 100%",
    "{{ '%3s|' | format(7) }}": "  7|",
    "{{ 'a.b' | replace('.', '-') }}": "a-b",
    "{{ 5 | string | length }}": "1",
    "{{ 'ab' | upper | center(6) }}|": "  AB  |",
    "{{ none | literal }} {{ true | literal }}": "null true",
    "{% for one in 'ab' %}{{ loop.index }}{{ one }}{% endfor %}": "1a2b",
    "{% macro m() %}a{{ caller() }}{% endmacro %}{% call m() %}b{% endcall %}": "ab",
    "{{ catalogue.releases[0].published }}": "2024-01-02",
}


@pytest.mark.parametrize("body", TEXTS)
def test_what_has_a_text_is_written(project: Path, body: str) -> None:
    made, found = rendered(project, body)
    assert found == []
    assert made is not None
    assert made.rstrip().rpartition("\n")[2] == TEXTS[body]


def test_no_filter_of_another_language_is_used() -> None:
    """What is taken out of Jinja is missed by no template."""
    names = "|".join(NO_FILTERS)
    for template in (ROOT / "templates").rglob("*.j2"):
        for tag in re.findall(r"\{[{%].*?[%}]\}", template.read_text("utf-8"), re.DOTALL):
            assert not re.search(rf"\| *(?:{names})\b", re.sub(r'"[^"]*"', "", tag)), template
