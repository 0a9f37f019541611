"""`add`: a firmware document taken in, with everything that goes with it or not at all."""

import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.followed_help import printed_commands, printed_lines
from tests.helpers.project import COMMAND, ROOT, files_below, run, run_warm
from tests.helpers.release_series import SERIES

REBUILD = ROOT / "tests/node/rebuild.mjs"


@pytest.fixture
def project(r4_4_3: Path, tmp_path: Path) -> Path:
    """A project with r4.4.3 alone, and the documents of the series beside it."""
    project = shutil.copytree(r4_4_3, tmp_path / "project")
    for name, text in SERIES.items():
        (tmp_path / f"{name}.md").write_bytes(text.encode())
    return project


def releases_of(project: Path) -> list[str]:
    catalogue = json.loads((project / "generated/json/catalogue.json").read_text("utf-8"))
    return [release["name"] for release in catalogue["releases"]]


def test_a_new_document_is_shown_stored_and_generated(project: Path) -> None:
    result = run("add", "../r4.9.3.md", folder=project)
    assert result.returncode == 0, result.stderr
    assert "r4.4.3 → r4.9.3: 1 breaking" in result.stdout
    assert "wrote    spec/r4.9.3.md\nwrote    spec/SHA256SUMS\n" in result.stdout
    assert "git add spec generated" in result.stdout
    assert (project / "spec/r4.9.3.md").read_bytes() == SERIES["r4.9.3"].encode()
    assert releases_of(project) == ["r4.4.3", "r4.9.3"]
    assert run("check", folder=project).returncode == 0
    checked = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=project / "spec", check=True
    )
    assert checked.returncode == 0


def test_a_dry_run_shows_all_and_changes_nothing(project: Path) -> None:
    before = files_below(project)
    dry = run_warm("add", "../r4.9.3.md", "--dry-run", folder=project)
    assert dry.returncode == 0
    assert files_below(project) == before
    shown = run_warm("add", "../r4.9.3.md", folder=project).stdout
    assert dry.stdout.partition("\nspec/")[0] == shown.partition("\nwrote ")[0]


def test_with_an_error_in_the_document_nothing_changes(project: Path) -> None:
    before = files_below(project)
    wrong = SERIES["r4.9.3"].replace("This can also be sent", "This may also be sent", 1)
    (project.parent / "wrong.md").write_text(wrong)
    result = run_warm("add", "../wrong.md", folder=project)
    assert result.returncode == 1
    assert "../wrong.md:" in result.stderr
    assert "error[fact-unrecognised]" in result.stderr
    assert files_below(project) == before


def test_with_an_error_among_the_others_nothing_changes(project: Path) -> None:
    (project / "spec/r4.4.3.md").write_bytes(b"edited")
    before = files_below(project)
    result = run_warm("add", "../r4.9.3.md", folder=project)
    assert result.returncode == 1
    assert "error[document-edited]" in result.stderr
    assert files_below(project) == before


def test_the_same_document_again_does_nothing(project: Path) -> None:
    before = {p: (project / p).stat().st_mtime_ns for p in files_below(project)}
    result = run("add", "spec/r4.4.3.md", folder=project)
    assert result.returncode == 0
    assert result.stdout == "spec/r4.4.3.md is there already, byte for byte; nothing to do.\n"
    assert {p: (project / p).stat().st_mtime_ns for p in files_below(project)} == before


def test_another_text_is_refused_and_shown_unless_it_replaces(project: Path) -> None:
    before = files_below(project)
    corrected = project.parent / "corrected.md"
    corrected.write_text(SERIES["r4.4.3"].replace("DC error", "AC error"))
    result = run_warm("add", corrected, folder=project)
    assert result.returncode == 1
    assert "\n-**OcuErrorRCMDC** DC error" in result.stdout
    assert "\n+**OcuErrorRCMDC** AC error" in result.stdout
    assert f"add --replace {corrected}\n" in result.stderr
    assert files_below(project) == before
    result = run_warm("add", "--replace", corrected, folder=project)
    assert result.returncode == 0, result.stderr
    assert "[-DC-] {+AC+} error" in result.stdout
    assert (project / "spec/r4.4.3.md").read_bytes() == corrected.read_bytes()
    assert run_warm("check", folder=project).returncode == 0


def test_an_older_release_takes_its_place(project: Path) -> None:
    run_warm("add", "../r5.0.0.md", folder=project)
    result = run_warm("add", "../r4.9.3.md", folder=project)
    assert result.returncode == 0, result.stderr
    assert "It is older than r5.0.0, the newest release." in result.stdout
    assert result.stdout.index("r4.4.3 → r4.9.3:") < result.stdout.index("r4.9.3 → r5.0.0:")
    assert releases_of(project) == ["r4.4.3", "r4.9.3", "r5.0.0"]


def test_the_catalogue_is_the_same_in_whatever_order_documents_come(tmp_path: Path) -> None:
    made: list[dict[str, bytes]] = []
    for seed in (None, 1):
        order = list(SERIES)
        if seed is not None:
            random.Random(seed).shuffle(order)  # noqa: S311 (an order, not a secret)
        project = tmp_path / f"project{seed}"
        (project / "spec").mkdir(parents=True)
        shutil.copy(ROOT / "spec/vendor.toml", project / "spec")
        shutil.copytree(ROOT / "templates", project / "templates")
        for name in order:
            (tmp_path / "new.md").write_bytes(SERIES[name].encode())
            result = run_warm("add", "../new.md", folder=project)
            assert result.returncode == 0, result.stderr
        made.append(files_below(project))
    assert made[0] == made[1]
    assert releases_of(tmp_path / "project1") == list(SERIES)


@pytest.mark.parametrize(
    ("old", "new"),
    [("For r4.9.3-0-g2c33ea73", "Spring release {build}"), ("For r4.9.3-0-g2c33ea73\n\n", "")],
    ids=["odd", "missing"],
)
def test_a_release_that_is_not_named_can_be_named(project: Path, old: str, new: str) -> None:
    """What a person says is recorded beside the document, which stays as it came."""
    text = SERIES["r4.9.3"].replace(old, new)
    assert text != SERIES["r4.9.3"]
    file = project.parent / "unnamed.md"
    file.write_bytes(text.encode())
    refused = run_warm("add", file, folder=project)
    assert refused.returncode == 1
    assert "--build" in refused.stderr
    result = run_warm("add", file, "--build", "r4.9.3-0-g0123abc", folder=project)
    assert result.returncode == 0, result.stderr
    assert (project / "spec/r4.9.3.md").read_bytes() == text.encode()
    assert '"r4.9.3.md" = "r4.9.3-0-g0123abc"' in (project / "spec/builds.toml").read_text()
    assert run_warm("check", folder=project).returncode == 0
    release = project / "generated/json/releases/r4.9.3.json"
    again = subprocess.run(["node", REBUILD, release], capture_output=True, check=True).stdout
    assert again == text.encode()


@pytest.mark.parametrize("line", ["2024-06-03", "03.06.2024", "3/6/2024", "3 June 2024"])
def test_a_date_in_another_form_is_taken_in_by_the_line_that_is_printed(
    project: Path, line: str
) -> None:
    """The document comes out of the JSON again as it was, zeros included."""
    text = re.sub(r"(?m)^[A-Z][a-z]+ \d+, \d{4}$", line, SERIES["r4.9.3"], count=1)
    file = project.parent / "dated.md"
    file.write_bytes(text.encode())
    refused = run_warm("add", file, folder=project)
    assert refused.returncode == 1
    vendor = project / "spec/vendor.toml"
    printed = printed_lines(refused.stderr)["dates"][0]
    vendor.write_text(re.sub(r"(?m)^dates = .*$", lambda _: printed, vendor.read_text()))
    result = run_warm("add", file, folder=project)
    assert result.returncode == 0, result.stderr
    release = project / "generated/json/releases/r4.9.3.json"
    assert json.loads(release.read_text())["published"] == "2024-06-03"
    again = subprocess.run(["node", REBUILD, release], capture_output=True, check=True).stdout
    assert again == text.encode()


def test_a_text_that_overwrote_the_stored_one_is_taken_in_where_the_vendor_published_it(
    project: Path,
) -> None:
    stored = project / "spec/r4.4.3.md"
    stored.write_text(stored.read_text().replace("DC error", "AC error"))
    before = files_below(project)
    refused = run_warm("add", "spec/r4.4.3.md", folder=project)
    assert refused.returncode == 1
    assert "error[document-edited]" in refused.stderr
    assert refused.stdout == ""
    assert files_below(project) == before
    [command] = printed_commands(refused.stderr)
    assert command == "ctek-codegen add --replace spec/r4.4.3.md"
    result = run_warm(*command.split()[1:], folder=project)
    assert result.returncode == 0, result.stderr
    assert "AC error" in stored.read_text()
    assert run_warm("check", folder=project).returncode == 0


def test_a_document_that_lies_there_without_a_digest_is_taken_in(project: Path) -> None:
    shutil.copy(project.parent / "r4.9.3.md", project / "spec")
    assert "error[document-unrecorded]" in run_warm("check", folder=project).stderr
    result = run_warm("add", "spec/r4.9.3.md", folder=project)
    assert result.returncode == 0, result.stderr
    assert releases_of(project) == ["r4.4.3", "r4.9.3"]
    assert run_warm("check", folder=project).returncode == 0


def test_a_wrong_build_is_a_wrong_call(project: Path) -> None:
    result = run("add", "../r4.9.3.md", "--build", "spring", folder=project)
    assert result.returncode == 2
    assert "'spring' is no build such as r1.2.3-0-g0123abc." in result.stderr


def test_a_build_past_its_tag_has_a_name_of_its_own(project: Path) -> None:
    result = run_warm("add", "../r4.4.3-12-gdeadbeef.md", folder=project)
    assert result.returncode == 0, result.stderr
    assert releases_of(project) == ["r4.4.3", "r4.4.3-12-gdeadbeef"]


def test_the_first_document_of_all(project: Path, tmp_path: Path) -> None:
    for file in ("r4.4.3.md", "SHA256SUMS"):
        (project / "spec" / file).rename(tmp_path / file)
    result = run_warm("add", tmp_path / "r4.4.3.md", folder=project)
    assert result.returncode == 0, result.stderr
    assert run_warm("check", folder=project).returncode == 0


def test_two_at_once_are_both_taken_in(project: Path) -> None:
    for _ in range(3):
        runs = [
            subprocess.Popen(
                [COMMAND, "add", f"../{name}.md"], cwd=project, stdout=subprocess.DEVNULL
            )
            for name in ("r4.9.3", "r5.0.0")
        ]
        assert [one.wait(timeout=60) for one in runs] == [0, 0]
        assert releases_of(project) == ["r4.4.3", "r4.9.3", "r5.0.0"]
        assert run_warm("check", folder=project).returncode == 0
        for name in ("r4.9.3", "r5.0.0"):
            (project / f"spec/{name}.md").unlink()
        sums = (project / "spec/SHA256SUMS").read_text().splitlines(keepends=True)
        (project / "spec/SHA256SUMS").write_text("".join(s for s in sums if "r4.4.3" in s))
        assert run_warm("generate", folder=project).returncode == 0
