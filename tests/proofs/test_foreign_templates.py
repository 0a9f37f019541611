"""Templates from elsewhere: they reach what they are given, and write what they are asked for."""

import marshal
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.project import ROOT, record_digests, run, run_faulty, run_warm
from tests.helpers.write_faults import everything

SECRET = "Nobody's business."  # noqa: S105 (none that opens anything)
MANIFEST = (ROOT / "tests/cases/_project/templates/text/target.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with secrets around the folder of templates, and an output folder to keep."""
    folder = tmp_path_factory.mktemp("laid_out")
    project = shutil.copytree(ROOT / "tests/cases/_project", folder / "project")
    record_digests(project / "spec")
    for place in (folder, project, project / "outside", project / "outside/text"):
        place.mkdir(exist_ok=True)
        (place / "secret").write_text(SECRET)
    for name in ("secret.j2", "text/secret.j2"):
        (project / "outside" / name).write_text(f"{{{{ header }}}}\n{SECRET}\n")
    (project / "outside/target.toml").write_text(f'{MANIFEST}\n"{SECRET}" = 1\n')
    assert run("generate", folder=project).returncode == 0
    return folder


@pytest.fixture
def project(laid_out: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return shutil.copytree(laid_out, tmp_path, dirs_exist_ok=True) / "project"


Run = Callable[..., subprocess.CompletedProcess[str]]
"""`run`, or `run_warm` where there are many to run."""


def check_refused(project: Path, run: Run = run_warm) -> str:
    """The command fails in its own words, tells no secret, and leaves everything as it was."""
    before = everything(project.parent)
    result = run("generate", folder=project)
    assert result.returncode == 1, result.stdout
    assert "Traceback" not in result.stderr
    assert "Internal error" not in result.stderr
    assert SECRET not in result.stdout + result.stderr
    assert everything(project.parent) == before
    return result.stderr


def put(project: Path, body: str, name: str = "codes.txt.j2") -> None:
    """Gives the made-up target a template."""
    (project / "templates/text" / name).write_text(f"{{{{ header }}}}\n{body}\n")


# What a template says

PYTHON = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ '' | attr('__class__') }}",
    "{{ ['a'] | map(attribute='__class__') | first }}",
    "{{ (['a'] | groupby('__class__') | first).grouper }}",
    "{{ ['a'] | sort(attribute='__class__.__name__') }}",
    "{{ '{0.__class__}'.format(vendor) }}",
    "{{ '{a.__class__}'.format_map({'a': vendor}) }}",
    "{{ ('{0.__class__}' | attr('format'))(vendor) }}",
    "{{ ['{0.__class__}'] | map('attr', 'format') | map('string') | list | first | attr('x') }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ range.__self__ }}",
    "{{ dict.__subclasses__() }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% for x in [1] %}{{ loop._iterable }}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{{ (i for i in [1]).gi_frame }}",
    "{{ ([1] | map('string')).gi_frame.f_globals }}",
    "{{ catalogue._replace(codes=()) }}",
    "{{ catalogue._asdict() }}",
    "{{ catalogue.codes[0].meanings[0]._all }}",
    "{{ vendor.__class__.__init__.__globals__ }}",
    "{{ catalogue.codes.__class__.__base__.__subclasses__() }}",
    "{{ data.__init__.__globals__ }}",
    "{{ namespace(x=vendor).x.__module__ }}",
    "{% import os %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{{ import('os') }}",
    "{{ open('secret').read() }}",
    "{{ eval('1') }}",
    "{{ syntax }}",
    "{{ identifiers }}",
    "{{ environment }}",
    "{{ catalogue.codes | random }}",
    "{{ lipsum() }}",
]
CHANGES = [
    "{{ data.clear() }}",
    "{{ data.update(x=1) }}",
    "{{ data.pop('codes') }}",
    "{{ data.setdefault('x', 1) }}",
    "{{ data.codes.append(1) }}",
    "{{ data.codes.sort() }}",
    "{{ data.codes[0].clear() }}",
    "{{ (data | attr('clear'))() }}",
    "{{ data.__setitem__('codes', 1) }}",
    "{{ [data] | map('attr', 'clear') | list | first }}",
    "{% do data.clear() %}",
    "{% set data.codes = [] %}",
    "{% set catalogue.codes = [] %}",
]
FILES = [
    "{% include '../../secret' %}",
    "{% include '../secret' ignore missing %}{{ 1 / 0 }}",
    "{% include 'text/../../secret' %}",
    "{% include '/etc/passwd' %}",
    "{% include '//etc/passwd' %}",
    "{% include '..\\\\..\\\\secret' %}",
    "{% include 'file:///etc/passwd' %}",
    "{% include ['../../secret', '../outside/secret'] %}",
    "{% include 'a\\0b' %}",
    "{% import '../../outside/secret.j2' as s %}",
    "{% extends '../../outside/secret.j2' %}",
    "{% include vendor.name %}",
]
TOO_LARGE = [
    "{{ 'a' * 10 ** 10 }}",
    "{{ 10 ** 9 * 'a' }}",
    "{{ [1] * 10 ** 9 }}",
    "{{ 10 ** (10 ** 10) }}",
    "{{ range(10 ** 9) | list }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'text/codes.txt.j2' %}",
]


@pytest.mark.parametrize("body", [*PYTHON, *CHANGES, *FILES, *TOO_LARGE])
def test_a_template_that_reaches_for_more_is_refused(project: Path, body: str) -> None:
    put(project, body)
    said = check_refused(project)
    # Jinja has an assignment on the line before it.
    line = 1 if body.startswith("{% set") else 2
    assert re.match(rf"templates/text/codes\.txt\.j2:{line}:1: error\[template-failed\]", said)


@pytest.mark.parametrize("body", [PYTHON[0], CHANGES[0], FILES[0], *TOO_LARGE])
def test_so_it_is_in_a_process_of_its_own(project: Path, body: str) -> None:
    put(project, body)
    assert "error[template-failed]" in check_refused(project, run)


def test_the_tests_above_can_fail(project: Path) -> None:
    """Without the sandbox, Python is reached, data changed, and a file read through a link."""
    fault = (
        "import generator.writing.sandbox as s, generator.writing.templates as t\n"
        "s.Sandbox.is_safe_attribute = lambda *_: True\n"
        "s.Sandbox.is_safe_callable = lambda *_: True\n"
        "t.leads_out = lambda *_: False\n"
        "s._compiled_templates = lambda: None\n"
    )
    (project / "templates/text/link.j2").symlink_to(project / "secret")
    put(
        project,
        "{{ ''.__class__.__mro__ | length }} {{ data.clear() | literal }} {{ data | json }} "
        "{% include 'text/link.j2' %}",
    )
    result = run_faulty(fault, "generate", folder=project)
    assert result.returncode == 0, result.stderr
    made = (project / "generated/text/codes.txt").read_text()
    assert f"2 null {{}} {SECRET}" in made


COUNTER = """\
{% set counter = namespace(n=0) %}
{% set turn = cycler('first', 'second') %}
{% set data = 'mine' %}
"""
COUNTING = """\
{% import '_shared/counter.j2' as shared %}
{% set counter = shared.counter %}
{% set counter.n = counter.n + 1 %}
{% set vendor = 'changed' %}
{% set syntax = namespace(comment='changed') %}
{{ counter.n }} {{ shared.turn.next() }} {{ 'still' | comment }}
"""


def test_nothing_passes_from_one_artefact_to_the_next(project: Path) -> None:
    (project / "templates/_shared").mkdir()
    (project / "templates/_shared/counter.j2").write_text(COUNTER)
    put(project, "{{ vendor.name }}\n" + COUNTING)
    for name in ("a", "b"):
        shutil.copytree(project / "templates/text", project / "templates" / name)
    assert run("generate", folder=project).returncode == 0
    for name in ("text", "a", "b"):
        made = (project / "generated" / name / "codes.txt").read_text()
        assert made.endswith("\nMade-Up Chargers AB\n1 first # still\n\n"), made


# Links, and what else may lie in a folder of templates


def a_template_that_is_a_link(templates: Path) -> None:
    (templates / "text/codes.txt.j2").unlink()
    (templates / "text/codes.txt.j2").symlink_to("../../outside/secret.j2")


def a_link_that_is_included(templates: Path) -> None:
    (templates / "text/more.j2").symlink_to("../../outside/secret.j2")
    put(templates.parent, "{% include 'text/more.j2' ignore missing %}")


def a_folder_that_is_a_link(templates: Path) -> None:
    (templates / "more").symlink_to("../outside/text")
    put(templates.parent, "{% include 'more/secret.j2' %}")


def a_link_by_way_of_another(templates: Path) -> None:
    (templates / "way").symlink_to("../outside/text")
    (templates / "text/more.j2").symlink_to("../way/secret.j2")
    put(templates.parent, "{% import 'text/more.j2' as more %}")


def a_link_to_the_whole_system(templates: Path) -> None:
    (templates / "root").symlink_to("/")
    put(templates.parent, "{% include 'root/etc/passwd' %}")


def a_manifest_that_is_a_link(templates: Path) -> None:
    (templates / "text/target.toml").unlink()
    (templates / "text/target.toml").symlink_to("../../outside/target.toml")


def a_target_that_is_a_link(templates: Path) -> None:
    (templates / "more").symlink_to("../outside")


def a_shared_manifest_that_is_a_link(templates: Path) -> None:
    (templates / "_shared").mkdir()
    (templates / "_shared/syntax.toml").symlink_to("../../outside/target.toml")


def a_manifest_that_is_a_pipe(templates: Path) -> None:
    (templates / "text/target.toml").unlink()
    os.mkfifo(templates / "text/target.toml")


def a_template_that_is_a_pipe(templates: Path) -> None:
    (templates / "text/codes.txt.j2").unlink()
    os.mkfifo(templates / "text/codes.txt.j2")


def a_template_that_is_a_folder(templates: Path) -> None:
    (templates / "text/codes.txt.j2").unlink()
    (templates / "text/codes.txt.j2").mkdir()


def a_template_that_is_no_text(templates: Path) -> None:
    (templates / "text/codes.txt.j2").write_bytes(b"\xff\xfe{{")


LAID_OUT = [
    (a_template_that_is_a_link, "a link that leads out of the folder of templates"),
    (a_link_that_is_included, "a link that leads out of the folder of templates"),
    (a_folder_that_is_a_link, "a link that leads out of the folder of templates"),
    (a_link_by_way_of_another, "a link that leads out of the folder of templates"),
    (a_link_to_the_whole_system, "a link that leads out of the folder of templates"),
    (a_manifest_that_is_a_link, "a link that leads out of it"),
    (a_target_that_is_a_link, "a link that leads out of it"),
    (a_shared_manifest_that_is_a_link, "a link that leads out of it"),
    (a_manifest_that_is_a_pipe, "no file, but something else"),
    (a_template_that_is_a_pipe, "no template text/codes.txt.j2"),
    (a_template_that_is_a_folder, "no template text/codes.txt.j2"),
    (a_template_that_is_no_text, "UnicodeDecodeError"),
]


@pytest.mark.parametrize(("lay_out", "found"), LAID_OUT)
def test_a_folder_of_templates_that_leads_elsewhere_is_refused(
    project: Path, lay_out: Callable[[Path], None], found: str
) -> None:
    lay_out(project / "templates")
    assert found in check_refused(project)


def test_links_within_the_folder_of_templates_are_followed(project: Path) -> None:
    """So is one that is that folder: the person has named it."""
    templates = project / "templates"
    templates.rename(project / "elsewhere")
    templates.symlink_to("elsewhere")
    (templates / "text/codes.txt.j2").rename(templates / "text/real.j2")
    (templates / "text/codes.txt.j2").symlink_to("real.j2")
    assert run("check", folder=project).returncode == 0


# What a manifest says

PATHS = {
    "../x": "leaves the folder",
    "a/../../b": "leaves the folder",
    "a/../b": "leaves the folder",
    "..": "leaves the folder",
    ".": "leaves the folder",
    "/x": "leaves the folder",
    "//x": "leaves the folder",
    "C:\\\\x": "is no name on every system",
    "C:/x": "is no name on every system",
    "a\\\\b": "is no name on every system",
    "a\\nb": "is no name on every system",
    "a\\u0000b": "is no name on every system",
    "a\\u202Eb": "is no name on every system",
    "a\\u001b[31mb": "is no name on every system",
    "a./b": "is no name on every system",
    "a /b": "is no name on every system",
    "a?": "is no name on every system",
}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leaves_its_folder_is_refused(project: Path, path: str) -> None:
    manifest = project / "templates/text/target.toml"
    manifest.write_text(MANIFEST.replace('path = "codes.txt"', f'path = "{path}"'))
    said = check_refused(project)
    assert "templates/text/target.toml:5:1: error[artefact-path]" in said
    assert f"which {PATHS[path]}\n" in said


@pytest.mark.parametrize(
    "template",
    ["../../secret", "/etc/passwd", "../text/codes.txt.j2", "a\\u0000b", "\\u001b[31m", ".", "a/"],
)
def test_a_template_that_lies_elsewhere_is_refused(project: Path, template: str) -> None:
    manifest = project / "templates/text/target.toml"
    manifest.write_text(MANIFEST.replace('"codes.txt.j2"', f'"{template}"'))
    said = check_refused(project)
    assert "error[template-failed]" in said


def test_a_name_cannot_colour_the_terminal(project: Path) -> None:
    """Every way in which a folder of templates can have its own text said."""
    shutil.copytree(project / "templates/text", project / "templates/\x1b[31mred")
    put(project, "{% include '\\x1b[31m' %}")
    program = "import click.utils; click.utils.should_strip_ansi = lambda *_: False"
    result = run_faulty(program, "generate", folder=project)
    assert result.returncode == 1
    assert "\x1b" not in result.stderr
    assert "templates/\N{REPLACEMENT CHARACTER}[31mred" in result.stderr
    assert "no template \N{REPLACEMENT CHARACTER}[31m" in result.stderr


NAMES = {
    ".ctek-codegen": "is the folder in which new files are staged",
    ".CTEK-codegen": "is the folder in which new files are staged",
    "back\\slash": "is no name on every system",
    "two\nlines": "is no name on every system",
    "\x1b[31mred": "is no name on every system",
    "dot.": "is no name on every system",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_target_whose_name_no_folder_can_have_is_refused(project: Path, name: str) -> None:
    shutil.copytree(project / "templates/text", project / "templates" / name)
    said = check_refused(project)
    assert "error[artefact-path]" in said
    assert f"which {NAMES[name]}\n" in said


@pytest.mark.parametrize("name", ["two words", ".hidden", "_x", "-x", "~", "$HOME", "\N{SNOWMAN}"])
def test_a_target_may_be_named_oddly(project: Path, name: str) -> None:
    shutil.copytree(project / "templates/text", project / "templates" / name)
    assert run_warm("generate", folder=project).returncode == 0
    assert (project / "generated" / name / "codes.txt").is_file()
    assert run_warm("check", folder=project).returncode == 0


# Templates once compiled: what is loaded is run

HOSTILE = "import pathlib; pathlib.Path('ran').touch()"


@pytest.fixture
def cache(project: Path) -> Path:
    """A person's own cache, in which the compiled template has been exchanged."""
    cache = project.parent / "cache"
    assert run_warm("generate", folder=project, XDG_CACHE_HOME=str(cache)).returncode == 0
    (file,) = (file for file in cache.rglob("*") if file.is_file())
    compiled = file.read_bytes()
    head = compiled[: compiled.index(b"\xe3")]  # which says what the code behind it was made of
    file.write_bytes(head + marshal.dumps(compile(HOSTILE, "hostile", "exec")))
    return cache


def ran(project: Path, cache: Path, run: Run = run_warm) -> bool:
    """Whether a run does what the cache says."""
    result = run("generate", folder=project, XDG_CACHE_HOME=str(cache))
    assert "Internal error" not in result.stderr
    return (project / "ran").exists()


@pytest.mark.parametrize("way", [run, run_warm])
def test_what_lies_in_ones_own_cache_is_run(project: Path, cache: Path, way: Run) -> None:
    """So that the tests below can fail."""
    assert ran(project, cache, way)


@pytest.mark.parametrize("others", [0o020, 0o002])
@pytest.mark.parametrize("which", ["ctek-codegen", "ctek-codegen/*", "ctek-codegen/*/*"])
def test_what_others_can_write_is_not_run(
    project: Path, cache: Path, which: str, others: int
) -> None:
    (place,) = cache.glob(which)
    place.chmod(place.stat().st_mode | others)
    assert not ran(project, cache)


@pytest.mark.parametrize("which", ["ctek-codegen", "ctek-codegen/*", "ctek-codegen/*/*"])
def test_what_belongs_to_someone_else_is_not_run(project: Path, cache: Path, which: str) -> None:
    """As another user cannot be had everywhere, the run is told that it is another's."""
    (place,) = cache.glob(which)
    if os.geteuid() == 0:
        os.chown(place, 65534, 65534)
        assert not ran(project, cache)
    else:
        fault = "import os; os.geteuid = lambda: 65534"
        run_faulty(fault, "generate", folder=project, XDG_CACHE_HOME=str(cache))
        assert not (project / "ran").exists()


@pytest.mark.parametrize("which", ["ctek-codegen", "ctek-codegen/*"])
def test_a_cache_that_is_a_link_is_not_run(project: Path, cache: Path, which: str) -> None:
    (place,) = cache.glob(which)
    place.rename(cache / "elsewhere")
    place.symlink_to(cache / "elsewhere")
    assert not ran(project, cache)
