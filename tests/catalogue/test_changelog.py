"""What changed from firmware to firmware, as a person and a CI service ask for it."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.json_schemas import ajv, load, python_accepts, schema_file
from tests.helpers.project import ROOT, files_below, record_digests, run, run_here
from tests.helpers.release_series import SERIES, write_spec


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the whole series, generated; to read from alone."""
    project = tmp_path_factory.mktemp("series")
    write_spec(project / "spec", SERIES)
    shutil.copytree(ROOT / "templates", project / "templates")
    result = run("generate", folder=project)
    assert result.returncode == 0, result.stderr
    return project


# diff


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("r4.4.3", "r4.9.3", "r4.4.3 → r4.9.3: 1 breaking"),
        ("R4.4.3-0-g33e0f28c", "4.9.3", "r4.4.3 → r4.9.3: 1 breaking"),
        ("r3.11.18.1", "ccu_r3.12.6", "ccu_R3.11.18.1 → r3.12.6: "),
        ("previous", "latest", "r4.10.0 → r5.0.0: "),
        ("r4.9.3", "spec/r4.9.3.md", "r4.9.3 → r4.9.3: no change"),
        ("spec/r4.9.3.md", "r4.9.3", "r4.9.3 → r4.9.3: no change"),
        ("r4.4.3", "r4.4.3-12-gdeadbeef", "r4.4.3 → r4.4.3-12-gdeadbeef: no change"),
    ],
)
def test_releases_are_found_in_any_spelling_or_as_files(
    old: str, new: str, told: str, series: Path
) -> None:
    result = run_here("diff", old, new, folder=series)
    assert result.returncode == 0
    assert not result.stderr
    assert result.stdout.startswith(told)


def test_a_firmware_between_two_documents_stands_for_the_earlier_one(series: Path) -> None:
    result = run_here("diff", "r4.9.9", "r4.10.0", folder=series)
    assert result.stdout.startswith("r4.9.3 → r4.10.0: ")
    note = "note: r4.9.9 has no document of its own; r4.9.3 is the nearest before it\n"
    assert result.stderr == note


@pytest.mark.parametrize("asked", ["spring", ""])
def test_what_is_no_firmware_and_no_file_is_a_wrong_call(asked: str, series: Path) -> None:
    for call in ((asked, "latest"), ("latest", asked)):
        result = run_here("diff", *call, folder=series)
        assert (result.returncode, result.stdout) == (2, "")
        assert f"'{asked}' names no firmware." in result.stderr
        assert "r4.10.0" in result.stderr, "what is known is named"


@pytest.mark.parametrize("name", ["missing.md", "spec/missing", "./r4.4.3"])
def test_a_file_that_there_is_not_is_a_wrong_call(name: str, series: Path) -> None:
    for call in (("diff", name, "latest"), ("diff", "latest", name)):
        result = run_here(*call, folder=series)
        assert result.returncode == 2
        assert result.stderr.endswith(f"Error: There is no file '{name}'.\n")


def test_a_file_with_errors_is_no_release(series: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.md"
    wrong.write_text("# Nothing\n")
    result = run_here("diff", "latest", wrong, folder=series)
    assert result.returncode == 1
    assert f"{wrong}:1:1: error[title-unknown]" in result.stderr
    assert not result.stdout


@pytest.mark.parametrize(
    ("old", "new", "worst"),
    [
        ("r4.4.3", "r4.9.3", "breaking"),
        ("r4.4.3", "r4.4.3-12-gdeadbeef", None),
    ],
)
def test_the_exit_status_is_by_class(old: str, new: str, worst: str | None, series: Path) -> None:
    classes = ["breaking", "behaviour", "addition", "wording", "typography"]
    for refused in classes:
        fails = worst is not None and classes.index(worst) <= classes.index(refused)
        for form in ("text", "json", "markdown", "github", "sarif"):
            result = run_here(
                "diff", old, new, "--fail-on", refused, "--format", form, folder=series
            )
            assert result.returncode == fails, (refused, form)


@pytest.mark.parametrize(
    ("new", "refused"),
    [
        (("DC error", "A DC error"), {"wording", "typography"}),
        (("can't be read", "can\u2019t be read"), {"typography"}),
    ],
)
def test_only_what_is_as_bad_is_refused(
    new: tuple[str, str], refused: set[str], tmp_path: Path
) -> None:
    """A release that only puts things in other words, or in other apostrophes, passes the rest."""
    project = tmp_path / "project"
    write_spec(project / "spec", {"r4.4.3": SERIES["r4.4.3"]})
    changed = SERIES["r4.4.3"].replace(*new)
    assert changed != SERIES["r4.4.3"]
    (tmp_path / "new.md").write_text(changed)
    for impact in ("breaking", "behaviour", "addition", "wording", "typography"):
        result = run_here("diff", "latest", "../new.md", "--fail-on", impact, folder=project)
        assert result.returncode == (impact in refused), impact


def test_explain_tells_what_held_for_a_firmware(series: Path) -> None:
    """The loop's code was said to come with any status from r4.4.3 up to r4.10.0."""
    told = {}
    for release in SERIES:
        if "-" not in release:
            text = run_here("explain", "cbc_loop", "--release", release, folder=series).stdout
            newest_first = re.findall(r"May accompany a non-error status: +(.*)", text)
            told[release] = {"yes": True, "no": False}[newest_first[0]]
    assert told == {
        "ccu_R3.11.18.1": False,
        "r3.12.6": False,
        "r4.4.3": True,
        "r4.9.3": True,
        "r4.10.0": False,
        "r5.0.0": False,
    }
    gone = run_here("explain", "SessionEnergyReached", "--release", "r5.0.0", folder=series)
    assert gone.returncode == 1
    assert "r5.0.0 has no code 'SessionEnergyReached'" in gone.stderr
    assert "Others have it: from " in gone.stderr
    assert "until it was removed in r4.10.0.\n" in gone.stderr
    assert run_here("explain", "SessionEnergyReached", folder=series).returncode == 0


def test_explain_hides_nothing_of_later_releases(series: Path) -> None:
    asked = ("explain", "SessionEnergyReached", "--release", "r4.4.3")
    [first, *_] = run_here(*asked, folder=series).stdout.splitlines()
    assert first.endswith(" until it was removed in r4.10.0; as of r4.4.3")
    oldest = next(iter(SERIES))
    [first, *_] = run_here(
        "explain", "CBC_LOOP", "--release", oldest, folder=series
    ).stdout.splitlines()
    assert first.endswith(f"since {oldest}, still in r5.0.0; as of {oldest}")
    assert "the first release known" not in first


# The changelog


def test_the_changelog_has_a_chapter_for_each_release(series: Path) -> None:
    data = load(series / "generated/json/changelog.json")
    names = [chapter["release"]["name"] for chapter in data["chapters"]]
    assert names == list(reversed(SERIES))
    assert [chapter["difference"] is None for chapter in data["chapters"]] == [False] * 6 + [True]
    text = (series / "generated/CHANGELOG.md").read_text(encoding="utf-8")
    headings = [line.replace("\\", "") for line in re.findall(r"^## (\S+) \(", text, re.MULTILINE)]
    assert headings == names
    for chapter in data["chapters"][:-1]:
        for change in chapter["difference"]["changes"]:
            assert f"- **{change['code']}** " in text.replace("\\", "")


def test_the_changelog_says_what_diff_says(series: Path) -> None:
    data = load(series / "generated/json/changelog.json")
    newest = data["chapters"][0]["difference"]
    told = json.loads(
        run_here("diff", "previous", "latest", "--format", "json", folder=series).stdout
    )
    assert {key: told[key] for key in newest} == newest


def test_what_is_printed_is_valid_by_its_schema(series: Path, tmp_path: Path) -> None:
    assert python_accepts("changelog", load(series / "generated/json/changelog.json"))
    names = list(SERIES)
    files = []
    for number, (old, new) in enumerate([(a, b) for a in names[::2] for b in names]):
        printed = run_here("diff", old, new, "--format", "json", folder=series).stdout
        assert python_accepts("changes", json.loads(printed))
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(printed)
    assert not any(ajv(schema_file("changes"), *files).values())


def test_a_wrong_difference_is_refused_by_its_schema(series: Path) -> None:
    right = json.loads(
        run_here("diff", "r4.4.3", "r5.0.0", "--format", "json", folder=series).stdout
    )
    assert python_accepts("changes", right)
    for key, wrong in (
        ("class", "bad"),
        ("field", "colour"),
        ("code", ""),
        ("old", {}),
        ("before", 1),
    ):
        data = {**right, "changes": [{**right["changes"][0], key: wrong}]}
        assert not python_accepts("changes", data), key


# Accepted changes


def accepting(project: Path, *entries: dict[str, Any]) -> None:
    """Writes accepted.toml; JSON's texts and lists are TOML's, too."""
    tables = []
    for entry in entries:
        lines = [
            f"{key} = {json.dumps(value)}" for key, value in entry.items() if value is not None
        ]
        tables.append("\n".join(["[[accepted]]", *lines]))
    (project / "spec/accepted.toml").write_text("\n\n".join(tables) + "\n")


REASON = "The vendor says that no station sent it."


@pytest.fixture
def project(series: Path, tmp_path: Path) -> Path:
    return shutil.copytree(series, tmp_path / "project")


def test_every_change_of_a_release_can_be_accepted(project: Path) -> None:
    printed = run_here("diff", "r4.9.3", "r4.10.0", "--format", "json", folder=project).stdout
    changes = json.loads(printed)["changes"]
    assert {change["class"] for change in changes} >= {"breaking", "behaviour"}
    refused = ("diff", "r4.9.3", "r4.10.0", "--fail-on", "wording")
    assert run_here(*refused, folder=project).returncode == 1
    said = run_here(*refused, folder=project).stderr
    assert said.startswith(f"\nrefused: {counted(changes)}, which nobody has accepted.")
    tables = said[said.index("[[accepted]]") :]
    assert tables.count("[[accepted]]") == len(changes)
    (project / "spec/accepted.toml").write_text(tables)
    assert "error[acceptance-invalid]" in run_here("check", folder=project).stderr, "no reason yet"
    (project / "spec/accepted.toml").write_text(
        tables.replace('reason = ""', f'reason = "{REASON}"')
    )
    result = run_here(*refused, folder=project)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count(f"accepted: {REASON}") == len(changes)
    assert "::" not in run_here(*refused, "--format", "github", folder=project).stdout
    sarif = json.loads(run_here(*refused, "--format", "sarif", folder=project).stdout)
    assert all(one["suppressions"] for one in sarif["runs"][0]["results"])


def counted(changes: list[dict[str, Any]]) -> str:
    """How many changes there are of each class, the worst class first."""
    counts = Counter(change["class"] for change in changes)
    classes = ("breaking", "behaviour", "addition", "wording")
    return ", ".join(f"{counts[one]} {one}" for one in classes if counts[one])


def test_a_refused_change_is_accepted_where_its_release_brings_it(project: Path) -> None:
    """Each table names the release that brings the change; on the way back there is none."""
    refused = ("diff", "r4.4.3", "r5.0.0", "--fail-on", "breaking")
    said = run_here(*refused, folder=project).stderr
    tables = said[said.index("[[accepted]]") :].replace('reason = ""', f'reason = "{REASON}"')
    assert 'release = "r4.10.0"\ncode = "SessionEnergyReached"\nfield = "code"\n' in tables
    (project / "spec/accepted.toml").write_text(tables)
    assert run_here(*refused, folder=project).returncode == 0
    back = run_here("diff", "r5.0.0", "r4.4.3", "--fail-on", "breaking", folder=project)
    assert back.returncode == 1
    assert "[[accepted]]" not in back.stderr
    assert "no release brings this alone" in back.stderr


def test_the_reason_stands_in_the_changelog(project: Path) -> None:
    gone = {"release": "r4.10.0", "code": "SessionEnergyReached", "field": "code"}
    accepting(project, {**gone, "before": "SessionEnergyReached", "reason": REASON})
    result = run("generate", folder=project)
    assert result.returncode == 0, result.stderr
    assert f"removed (accepted: {REASON})" in (project / "generated/CHANGELOG.md").read_text()
    # Over several releases it is the same change; before and after them it is none.
    assert "accepted: " in run_here("diff", "r4.4.3", "r5.0.0", folder=project).stdout
    assert "accepted: " not in run_here("diff", "r5.0.0", "r4.4.3", folder=project).stdout


@pytest.mark.parametrize(
    "wrong",
    [
        {"release": "r4.9.3"},
        {"code": "Hum"},
        {"field": "sent_in"},
        {"before": "SessionEnergyreached"},
        {"after": "Something"},
    ],
    ids=str,
)
def test_what_matches_nothing_is_an_error(project: Path, wrong: dict[str, str]) -> None:
    gone = {"release": "r4.10.0", "code": "SessionEnergyReached", "field": "code"}
    before = files_below(project / "generated")
    accepting(project, {**gone, "before": "SessionEnergyReached", "reason": REASON, **wrong})
    result = run("generate", folder=project)
    assert result.returncode == 1
    assert "spec/accepted.toml:3:1: error[acceptance-unmatched]" in result.stderr
    assert files_below(project / "generated") == before


def test_a_wording_with_marks_of_markdown_is_text_in_the_changelog(tmp_path: Path) -> None:
    """What the vendor writes is never a link, a mark or HTML of the changelog's."""
    project = tmp_path / "project"
    awkward = r"a \*star\*, \[link\](x), \<b>, \`code\`, a|b and {{ x }} (y)"
    text = SERIES["r4.4.3"].replace("DC error", awkward)
    new = text.replace("r4.4.3-0-g33e0f28c", "r4.5.0-0-g0123abc")
    write_spec(project / "spec", {"r4.4.3": SERIES["r4.4.3"]})
    (project / "spec/r4.5.0.md").write_text(new)
    record_digests(project / "spec")
    shutil.copytree(ROOT / "templates", project / "templates")
    assert run("generate", folder=project).returncode == 0
    changelog = (project / "generated/CHANGELOG.md").read_text()
    assert r"a \*star\*, \[link\](x), &lt;b&gt;, \`code\`, a\|b and {{ x }} (y)" in changelog
