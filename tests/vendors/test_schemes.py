"""How a vendor names its releases: which one answers for a firmware, by every scheme."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.helpers.generated_decoders import (
    compile_quickly,
    decoders,
    failed,
    failed_in_typescript,
    generate,
    python_package,
    python_sources,
    typescript_sources,
    vectors_of,
)
from tests.helpers.project import ROOT, record_digests, run_warm
from tests.helpers.tools import go, node_tool, output_of
from tests.proofs.test_rebuild import rebuilt

VENDOR = (ROOT / "tests/cases/_project/spec/vendor.toml").read_text(encoding="utf-8")


class Series(NamedTuple):
    """A vendor's releases, the oldest first, and what answers for firmwares that are asked for."""

    scheme: str
    releases: tuple[str, ...]
    answering: Mapping[str | None, tuple[str, str]]
    version: str


SERIES = {
    "numbers": Series(
        'scheme = "numbers"',
        ("V1.9", "V1.17.9", "5", "2024-01-16"),
        {
            "V1.9": ("V1.9", "exact"),
            "v1.9": ("V1.9", "exact"),
            "1.09.0": ("V1.9", "exact"),
            "FW_1-17-9": ("V1.17.9", "exact"),
            "Rev. 5": ("5", "exact"),
            "\t5\r\n": ("5", "exact"),
            "2024.1.16": ("2024-01-16", "exact"),
            "1.10": ("V1.9", "nearest_earlier"),
            "1.17.9.1": ("V1.17.9", "nearest_earlier"),
            "V1.18": ("V1.17.9", "nearest_earlier"),
            "99999": ("2024-01-16", "nearest_earlier"),
            "1.8.99999": ("V1.9", "oldest"),
            "5 beta": ("2024-01-16", "newest"),
            "5.0-0-g0123abc": ("2024-01-16", "newest"),
            "\u00a05": ("2024-01-16", "newest"),
            "Release. .5": ("2024-01-16", "newest"),
            "1.2.3.4.5.6": ("2024-01-16", "newest"),
            "100000": ("2024-01-16", "newest"),
            "": ("2024-01-16", "newest"),
            None: ("2024-01-16", "newest"),
        },
        "2024.1.16",
    ),
    "listed": Series(
        'scheme = "listed"\norder = ["60.3", "60.4 BETA", "60.4/2", "Ümläut", "1.4.2-rc1", "99"]',
        ("60.3", "60.4 BETA", "60.4/2", "Ümläut", "1.4.2-rc1"),
        {
            "60.3": ("60.3", "exact"),
            "60.4 BETA": ("60.4 BETA", "exact"),
            "60.4 beta": ("60.4 BETA", "exact"),
            " \v60.4/2\f\n": ("60.4/2", "exact"),
            "Ümläut": ("Ümläut", "exact"),
            "1.4.2-RC1": ("1.4.2-rc1", "exact"),
            "60.4": ("1.4.2-rc1", "newest"),
            "v60.3": ("1.4.2-rc1", "newest"),
            "60.4  BETA": ("1.4.2-rc1", "newest"),
            "99": ("1.4.2-rc1", "newest"),
            "\u00a060.3": ("1.4.2-rc1", "newest"),
            "": ("1.4.2-rc1", "newest"),
            None: ("1.4.2-rc1", "newest"),
        },
        "5.0.0",
    ),
}
FILES = {
    "numbers": {"V1.9", "V1.17.9", "5", "2024-01-16"},
    "listed": {"60.3", "60.4%20BETA", "60.4%2F2", "%C3%9Cml%C3%A4ut", "1.4.2-rc1"},
}


class Made(NamedTuple):
    series: Series
    spec: Path
    generated: Path


def document(release: str, number: int) -> str:
    return (
        f"# Made-Up Error Codes\n\nFirmware {release}\n\nMade-Up Chargers AB\n\n"
        "January 2, 2024\n\n## Standard codes\n\n**GroundFailure** The ground is at fault.\n\n"
        f"## Made-Up codes\n\n**Hum** It hums {number} times, seen only on Box. This may come "
        "with any status.\n"
    )


def vendor_of(series: Series) -> str:
    text = VENDOR.replace('releases = ["For {build}"]', 'releases = ["Firmware {release}"]')
    return text.replace("[words]", f"[releases]\n{series.scheme}\n\n[words]")


@pytest.fixture(scope="module", params=SERIES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The folder of a vendor's documents as `add` stores them, and what is made of it."""
    series = SERIES[request.param]
    folder = tmp_path_factory.mktemp(request.param)
    spec, output = folder / "spec", folder / "written"
    spec.mkdir()
    (spec / "vendor.toml").write_text(vendor_of(series), encoding="utf-8")
    for number, release in enumerate(series.releases):
        file = folder / "it.md"
        file.write_text(document(release, number), encoding="utf-8")
        added = run_warm("add", file, "--spec", spec, "--output", output)
        assert (added.returncode, added.stderr) == (0, "")
    assert {file.stem for file in spec.glob("*.md")} == FILES[request.param]
    targets = ("json", "python", "typescript", "go")
    return Made(series, spec, generate(spec, folder / "generated", *targets))


def test_the_packages_answer_by_the_scheme(made: Made, tmp_path: Path) -> None:
    asked = list(made.series.answering)
    expected = [list(one) for one in made.series.answering.values()]
    with python_package(python_sources(made.generated), tmp_path) as package:
        found = [package.find_release(one) for one in asked]
        assert [[one.release.name, one.match] for one in found] == expected
        for release in package.RELEASES:
            assert package.find_release(release.name).release == release
            number = made.series.releases.index(release.name)
            [meaning] = package.lookup("Hum", release).meanings
            assert meaning.description == f"It hums {number} times."
    compiled = compile_quickly(typescript_sources(made.generated), tmp_path / "typescript")
    program = """
        import { findRelease, lookup, releases } from "./dist/index.js";
        import { text } from "node:stream/consumers";
        const found = JSON.parse(await text(process.stdin)).map((one) => findRelease(one));
        const said = releases.map((release) => lookup("Hum", release).description);
        console.log(JSON.stringify([found.map((one) => [one.release.name, one.match]), said]));
    """
    node = (node_tool("node"), "--input-type=module", "--eval", program)
    answers, said = json.loads(output_of(*node, folder=compiled, stdin=json.dumps(asked)))
    assert answers == expected
    assert said == [f"It hums {number} times." for number in range(len(made.series.releases))]


def test_the_packages_pass_their_vectors(made: Made, tmp_path: Path) -> None:
    """The vectors ask in every spelling of the newest release."""
    vectors = vectors_of(made.generated)
    matches = {
        one["expected"]["release_match"]
        for one in vectors["status_notifications"]
        if one["name"].startswith("firmware: ")
    }
    assert matches >= {"exact", "newest"}
    with python_package(python_sources(made.generated), tmp_path) as package:
        assert list(failed(decoders(package), vectors)) == []
    compiled = compile_quickly(typescript_sources(made.generated), tmp_path / "typescript")
    assert failed_in_typescript(compiled, made.generated / "json/vectors.json")[1] == []


@pytest.mark.extended
def test_the_go_module_passes_its_own_tests(made: Made) -> None:
    vetted = go("vet", "./...", folder=made.generated / "go")
    assert (vetted.returncode, vetted.stdout, vetted.stderr) == (0, "", "")
    tested = go("test", "-count=1", "-vet=off", "./...", folder=made.generated / "go")
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_the_commands_answer_by_the_scheme(made: Made) -> None:
    for asked, (name, match) in made.series.answering.items():
        if asked is None:
            continue
        said = run_warm("explain", "Hum", "--release", asked, "--spec", made.spec)
        number = made.series.releases.index(name)
        assert f"It hums {number} times." in said.stdout
        assert (match == "exact") == (said.stderr == "")
    newest, oldest = made.series.releases[-1], made.series.releases[0]
    compared = run_warm("diff", newest.swapcase(), oldest, "--spec", made.spec, "--format", "json")
    changed = json.loads(compared.stdout)
    assert (changed["old"]["name"], changed["new"]["name"]) == (newest, oldest)
    assert run_warm("diff", "no firmware", oldest, "--spec", made.spec).returncode == 2


def test_the_releases_are_in_order_and_have_no_commit(made: Made) -> None:
    catalogue = json.loads((made.generated / "json/catalogue.json").read_text(encoding="utf-8"))
    releases = catalogue["releases"]
    assert tuple(one["name"] for one in releases) == made.series.releases
    assert {(one["build"], one["commit"]) for one in releases} == {(None, None)}


def test_the_packages_have_versions_in_the_order_of_the_releases(made: Made) -> None:
    for file, written in (
        ("python/pyproject.toml", f'version = "{made.series.version}"'),
        ("typescript/package.json", f'"version": "{made.series.version}"'),
        ("go/catalogue.go", f'Version = "{made.series.version}"'),
    ):
        assert written in (made.generated / file).read_text(encoding="utf-8")


def test_the_documents_come_back_from_files_of_their_names(made: Made) -> None:
    files = {file.stem: file for file in made.spec.glob("*.md")}
    releases = {file.stem: file for file in (made.generated / "json/releases").iterdir()}
    assert releases.keys() == files.keys()
    for name, file in releases.items():
        assert rebuilt(file) == files[name].read_bytes()


# The head of a document


HEADS = {
    "another order": (
        ("dates", "releases", "titles"),
        "2. March 2024\n\nFirmware 1.2\n\n# Made-Up Error Codes\n\n",
        ["date", "release", "title"],
    ),
    "no line but the title": (("titles",), "# Made-Up Error Codes\n\n", ["title"]),
    "nothing": ((), "", []),
}
FORMS = {
    "titles": '["Made-Up Error Codes"]',
    "releases": '["Firmware {release}"]',
    "dates": '["{day}. {month} {year}"]',
}


@pytest.mark.parametrize("head", HEADS)
def test_a_head_has_the_lines_of_the_vendors_file(head: str, tmp_path: Path) -> None:
    keys, written, lines = HEADS[head]
    spec = tmp_path / "spec"
    spec.mkdir()
    document_keys = "\n".join(f"{key} = {FORMS[key]}" for key in keys)
    vendor = re.sub(r"(?s)\[document\]\n.*?\n\n", f"[document]\n{document_keys}\n\n", VENDOR)
    vendor = vendor.replace("[words]", '[releases]\nscheme = "numbers"\n\n[words]')
    (spec / "vendor.toml").write_text(vendor, encoding="utf-8")
    body = document("", 0).partition("## Standard codes")
    text = written + "".join(body[1:])
    (tmp_path / "it.md").write_text(text, encoding="utf-8")
    named = [] if "releases" in keys else ["--release", "1.2"]
    output = ("--spec", spec, "--output", tmp_path / "generated")
    added = run_warm("add", tmp_path / "it.md", *named, *output)
    assert (added.returncode, added.stderr) == (0, "")
    file = tmp_path / "generated/json/releases/1.2.json"
    release = json.loads(file.read_text(encoding="utf-8"))
    assert release["source"]["lines"] == lines
    assert release["title"] == ("Made-Up Error Codes" if "titles" in keys else None)
    assert release["published"] == ("2024-03-02" if "dates" in keys else None)
    assert release["publisher"] is None
    assert rebuilt(file) == text.encode()
    assert ("on a day that is not known (--date names it)" in added.stdout) == ("dates" not in keys)


def test_a_date_that_becomes_known_is_added(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    spec.mkdir()
    vendor = re.sub(r"(?m)^(dates|releases) = .*\n", "", VENDOR)
    (spec / "vendor.toml").write_text(vendor, encoding="utf-8")
    text = re.sub(r"(Firmware 1|January 2, 2024)\n\n", "", document("1", 0))
    (spec / "r1.2.0.md").write_text(text, encoding="utf-8")
    record_digests(spec)
    output = ("--spec", spec, "--output", tmp_path / "generated")
    build = "r1.2.0-0-g0123abc"
    assert "release-unnamed" in run_warm("check", *output).stderr
    for given, expected in (
        (("--release", build), None),
        (("--date", "2024-06-07"), "2024-06-07"),
    ):
        added = run_warm("add", spec / "r1.2.0.md", *given, *output)
        assert (added.returncode, added.stderr) == (0, "")
        file = tmp_path / "generated/json/catalogue.json"
        [release] = json.loads(file.read_text(encoding="utf-8"))["releases"]
        assert (release["build"], release["published"]) == (build, expected)
    assert "nothing to do" in run_warm("add", spec / "r1.2.0.md", *output).stdout
