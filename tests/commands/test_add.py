"""`add`: a firmware document taken in, with everything that goes with it or not at all."""

import json
import random
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from generator.changes import Intake
from generator.shapes.table import ENUMS
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
    assert "--release" in refused.stderr
    result = run_warm("add", file, "--release", "r4.9.3-0-g0123abc", folder=project)
    assert result.returncode == 0, result.stderr
    assert (project / "spec/r4.9.3.md").read_bytes() == text.encode()
    recorded = tomllib.loads((project / "spec/releases.toml").read_text())
    assert recorded == {"r4.9.3.md": {"release": "r4.9.3-0-g0123abc"}}
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


def test_a_wrong_date_is_a_wrong_call(project: Path) -> None:
    result = run("add", "../r4.9.3.md", "--date", "spring", folder=project)
    assert result.returncode == 2
    assert "'spring' is no day such as 2024-03-04." in result.stderr


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


# What is published


ADDED = """\
**FanLoud** The fan is loud. This can also be sent together with a non-error status.

**FrequentPPChanges**"""


def with_entry(text: str, project: Path, old: str = "**FrequentPPChanges**") -> Path:
    """The document of r4.9.3 with other text in it, as a file beside the project."""
    document = SERIES["r4.9.3"]
    assert document.count(old) == 1
    file = project.parent / "edited.md"
    file.write_bytes(document.replace(old, text).encode())
    return file


def test_what_is_published_is_shown(project: Path) -> None:
    """Facts with their rules, and each sentence that is new to the catalogue."""
    result = run_warm("add", with_entry(ADDED, project), "--dry-run", folder=project)
    assert result.returncode == 0, result.stderr
    shown = result.stdout.partition("published for the first time\n")[2]
    entry = shown.partition("  FanLoud  new, sent in vendorErrorCode, spec/r4.9.3.md:")[2]
    lines = [line.split(maxsplit=1) for line in entry.split("\n")[1:5]]
    assert lines[0] == ["description", "The fan is loud."]
    assert lines[1] == ["new", "prose    The fan is loud."]
    assert lines[2][0] == "fact"
    assert "May accompany a non-error status: yes" in lines[2][1]
    assert "'non-error-status'" in lines[2][1]
    # Of an entry that no sentence is new in, nothing is shown.
    assert "CBC_LOOP" not in shown


def test_a_known_code_with_a_new_sentence_is_shown(project: Path) -> None:
    file = with_entry("DC error. Its cable is wet, found only", project, "DC error, found only")
    shown = run_warm("add", file, "--dry-run", folder=project).stdout
    published = shown.partition("published for the first time\n")[2]
    entry = published.partition("  OcuErrorRCMDC  sent in vendorErrorCode")[2].partition("\n  ")[0]
    assert "new prose    Its cable is wet" in published
    assert "new prose    DC error" not in entry


def test_all_of_the_first_document_is_shown(project: Path, tmp_path: Path) -> None:
    for file in ("r4.4.3.md", "SHA256SUMS"):
        (project / "spec" / file).rename(tmp_path / file)
    result = run_warm("add", tmp_path / "r4.4.3.md", "--dry-run", folder=project)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("new, sent in ") == SERIES["r4.4.3"].count("\n**")
    assert "new prose    Unhandled custom error." in result.stdout


def additions_of(*arguments: str | Path, project: Path) -> tuple[int, Any]:
    """The exit status of `add` and its data, which is of the schema that is published."""
    result = run_warm("add", *arguments, "--format", "json", folder=project)
    data = json.loads(result.stdout)
    schema = json.loads((project / "generated/json/additions.schema.json").read_text("utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(data))
    return result.returncode, data


def test_additions_as_data(project: Path) -> None:
    status, data = additions_of(with_entry(ADDED, project), "--dry-run", project=project)
    assert status == 0
    assert data["release"]["name"] == "r4.9.3"
    assert data["is_partial"] is False
    assert [(one["old"]["name"], one["new"]["name"]) for one in data["differences"]] == [
        ("r4.4.3", "r4.9.3")
    ]
    entry = next(one for one in data["published"] if one["code"] == "FanLoud")
    assert entry["is_new"] is True
    assert entry["description"] == "The fan is loud."
    assert entry["may_accompany_non_error_status"] is True
    assert entry["sentences"] == [
        {"text": "The fan is loud.", "is_new": True, "rule": None, "fact": None},
        {
            "text": "This can also be sent together with a non-error status.",
            "is_new": False,
            "rule": "non-error-status",
            "fact": {"states": "may_accompany_non_error_status"},
        },
    ]


def test_data_alone_stands_on_standard_output(project: Path) -> None:
    status, data = additions_of("../r4.9.3.md", project=project)
    assert status == 0
    assert data["release"]["name"] == "r4.9.3"
    assert releases_of(project) == ["r4.4.3", "r4.9.3"]
    assert run_warm("check", folder=project).returncode == 0


WRONG_HEAD = SERIES["r4.9.3"].replace("\nOctober", "\n31 October", 1)
TAKEN = SERIES["r4.4.3"].replace("DC error", "DC fault", 1)


def test_every_end_is_one_document(project: Path, tmp_path: Path) -> None:
    """What became of the document, and the number of errors, in each way that `add` ends."""
    file = tmp_path / "new.md"

    def end(document: str, *options: str) -> tuple[int, str, int, str | None]:
        file.write_bytes(document.encode())
        status, data = additions_of(file, *options, project=project)
        said = run_warm("add", file, *options, "--dry-run", folder=project).stderr
        errors = re.search(r"^(\d+) errors?$", said, re.MULTILINE)
        assert data["errors"] == (int(errors[1]) if errors else 0)
        release = data["release"]
        return status, data["intake"], data["errors"], release and release["name"]

    before = files_below(project)
    assert end(SERIES["r4.4.3"]) == (0, "already there", 0, "r4.4.3")
    assert end(TAKEN) == (1, "refused", 1, "r4.4.3")
    assert end(WRONG_HEAD) == (1, "refused", 1, None)
    assert end("") == (1, "refused", 1, None)
    assert end(SERIES["r4.9.3"], "--dry-run") == (0, "would be added", 0, "r4.9.3")
    template = project / "templates/go/doc.go.j2"
    kept = template.read_bytes()
    template.unlink()
    status, intake, errors, name = end(SERIES["r4.9.3"])
    assert (status, intake, name) == (1, "refused", "r4.9.3")
    assert errors > 0
    template.write_bytes(kept)
    assert files_below(project) == before
    assert end(SERIES["r4.9.3"]) == (0, "added", 0, "r4.9.3")
    assert files_below(project) != before


def test_what_can_become_of_a_document_is_declared() -> None:
    [declared] = [one for one in ENUMS if one.name == "Intake"]
    assert tuple(declared.values) == get_args(Intake)


def test_a_first_document_with_errors_is_shown_in_part(project: Path, tmp_path: Path) -> None:
    for name in ("r4.4.3.md", "SHA256SUMS"):
        (project / "spec" / name).rename(tmp_path / name)
    file = tmp_path / "first.md"
    document = SERIES["r4.4.3"]
    assert document.count("only in Chargestorm Connected 2.") > 0
    wrong = document.replace("only in Chargestorm Connected 2.", "only in Nothing 7.", 1)
    file.write_bytes(wrong.encode())
    result = run_warm("add", file, folder=project)
    assert result.returncode == 1
    assert result.stdout.count("new, sent in ") == document.count("\n**") - 1
    assert "This is partial" in result.stdout
    status, data = additions_of(file, project=project)
    assert (status, data["intake"], data["is_partial"]) == (1, "refused", True)
    assert len(data["published"]) == document.count("\n**") - 1
    assert not (project / "spec/SHA256SUMS").exists()


def test_of_a_broken_head_the_entries_are_shown(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "headless.md"
    zoo = f"**Zoo** {OPPOSITE}\n\n**FrequentPPChanges**"
    added = ADDED.replace("**FrequentPPChanges**", zoo)
    assert WRONG_HEAD.count("**FrequentPPChanges**") == 1
    file.write_bytes(WRONG_HEAD.replace("**FrequentPPChanges**", added).encode())
    result = run_warm("add", file, folder=project)
    assert result.returncode == 1
    assert f"{file}: which release this is cannot be read" in result.stdout
    assert re.search(
        r"FanLoud  new, sent in vendorErrorCode, .*headless\.md:\d+$", result.stdout, re.MULTILINE
    )
    assert "Zoo" not in result.stdout
    assert "This is partial" in result.stdout
    status, data = additions_of(file, project=project)
    assert (status, data["intake"], data["release"]) == (1, "refused", None)
    assert (data["is_partial"], data["differences"]) == (True, [])
    codes = {one["code"] for one in data["published"]}
    assert "FanLoud" in codes
    assert "Zoo" not in codes


# Errors beside what could be read


def test_a_dry_run_with_an_error_shows_what_could_be_read(project: Path) -> None:
    slow = "**FanSlow** The fan is slow.\n\n**FrequentPPChanges**"
    wrong = ADDED.replace("can also be sent", "can never be sent")
    file = with_entry(wrong.replace("**FrequentPPChanges**", slow), project)
    before = files_below(project)
    result = run_warm("add", file, "--dry-run", folder=project)
    assert result.returncode == 1
    assert "error[fact-unrecognised]" in result.stderr
    assert "FanSlow  added: The fan is slow." in result.stdout
    assert "FanLoud" not in result.stdout
    assert "This is partial" in result.stdout
    # The document drops a code: of a part that is not to be told from what could not be read.
    assert "removed" not in result.stdout
    assert files_below(project) == before
    status, data = additions_of(file, "--dry-run", project=project)
    assert status == 1
    assert data["is_partial"] is True
    assert {"FanSlow"} < {one["code"] for one in data["published"]}
    assert "FanLoud" not in {one["code"] for one in data["published"]}


def test_errors_everywhere_are_found_in_one_run(project: Path) -> None:
    vendor = project / "spec/vendor.toml"
    vendor.write_text(vendor.read_text("utf-8").replace("[prose]", "[prose]\nnothing = 1"))
    (project / "spec/accepted.toml").write_text("[[accepted]]\nrelease = 1\n")
    (project / "spec/annotations.toml").write_text("[[observations]]\nfield = 1\n")
    template = project / "templates/go/doc.go.j2"
    template.write_text("{{ header }}\n{{ nothing }}\n")
    manifest = project / "templates/go/target.toml"
    manifest.write_text(
        f'{manifest.read_text("utf-8")}\n[[files]]\ntemplate = "doc.go.j2"\npath = "nothing.go"\n'
    )
    document = SERIES["r4.9.3"].replace("**Frequent", "**Zoo** Odd.\n\n**Frequent", 1)
    file = project.parent / "wrong.md"
    file.write_bytes(document.replace("\nOctober", "\n31 October").encode())
    result = run_warm("add", file, folder=project)
    assert result.returncode == 1
    assert set(re.findall(r"error\[([a-z-]+)\]", result.stderr)) == {
        "vendor-invalid",
        "acceptance-invalid",
        "annotation-invalid",
        "entries-unsorted",
        "date-unreadable",
        "template-failed",
    }


def test_an_unknown_product_is_added_and_all_is_well(project: Path) -> None:
    """The line that the message shows, put into vendor.toml, is all that is missing."""
    file = with_entry("DC error, found only in Chargestorm Connected 4.", project, DC_ERROR)
    refused = run_warm("add", file, folder=project)
    assert refused.returncode == 1
    assert re.findall(r"error\[([a-z-]+)\]", refused.stderr) == ["word-unknown"]
    line = re.search(r"^ +(product = \[.*\])$", refused.stderr, re.MULTILINE)
    assert line
    vendor = project / "spec/vendor.toml"
    written = vendor.read_text("utf-8")
    vendor.write_text(re.sub(r"^product = .*$", line[1], written, count=1, flags=re.MULTILINE))
    result = run_warm("add", file, folder=project)
    assert result.returncode == 0, result.stderr
    assert run_warm("check", folder=project).returncode == 0
    catalogue = json.loads((project / "generated/json/catalogue.json").read_text("utf-8"))
    code = next(one for one in catalogue["codes"] if one["code"] == "OcuErrorRCMDC")
    assert code["revisions"][-1]["meanings"][0]["products"] == ["Chargestorm Connected 4"]


DC_ERROR = "DC error, found only in Chargestorm Connected 2."


OPPOSITE = "This can never be sent together with a non-error status."
RULE = """
[[rules]]
id = "by hand"
states = "{states}"
pattern = "{pattern}"
example = "{pattern}"
cues = []
"""
FIELD = """
[fields.both]
type = "flag"
label = "Both"
meaning = "What both sentences say."
silence = "false"
impact = "behaviour"
"""


@pytest.mark.parametrize(
    ("said", "wanted", "published"),
    [
        (OPPOSITE, "prose", {"may_accompany_non_error_status": False}),
        (OPPOSITE, "may_accompany_non_error_status", {"may_accompany_non_error_status": True}),
        (OPPOSITE, "both", {"may_accompany_non_error_status": False, "both": True}),
        ("Unless it is hot.", "prose", {"may_accompany_non_error_status": True}),
        ("Unless it is hot.", "both", {"may_accompany_non_error_status": False, "both": True}),
    ],
)
def test_each_way_on_publishes_what_the_message_says(
    said: str, wanted: str, published: dict[str, bool], project: Path
) -> None:
    known = "This can also be sent together with a non-error status."
    text = said if said == OPPOSITE else f"{known} {said}"
    file = with_entry(ADDED.replace(known, text), project)
    refused = run_warm("add", file, folder=project)
    assert refused.returncode == 1
    assert re.findall(r"error\[([a-z-]+)\]", refused.stderr) == ["fact-unrecognised"]
    if wanted != "both":
        value = json.dumps(published["may_accompany_non_error_status"])
        assert f"    may_accompany_non_error_status: {value}\n" in refused.stderr
    vendor = project / "spec/vendor.toml"
    written = vendor.read_text("utf-8")
    if wanted == "prose":
        vendor.write_text(written.replace("sentences = []", f'sentences = ["{said}"]'))
    else:
        rule = RULE.format(states=wanted, pattern=text)
        first = written.replace("\n[[rules]]", f"{rule}\n[[rules]]", 1)
        vendor.write_text(first + FIELD if wanted == "both" else first)
    status, data = additions_of(file, project=project)
    assert status == 0
    assert run_warm("check", folder=project).returncode == 0
    entry = next(one for one in data["published"] if one["code"] == "FanLoud")
    assert {name: entry[name] for name in published} == published
    is_prose = wanted == "prose"
    assert entry["description"] == ("The fan is loud." + (f" {said}" if is_prose else ""))
