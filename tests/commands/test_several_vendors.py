"""Several vendors in one repository: the real one and two made-up ones, each in its folders."""

import json
import shutil
from pathlib import Path

import pytest

from tests.helpers.followed_help import printed_commands, shell
from tests.helpers.project import ROOT, files_below, record_digests, run_warm
from tests.helpers.vendors import newest_document, releases_of, spec_of
from tests.proofs.test_rebuild import provenance

TABLE = "[vendors.sunmill]\n\n[vendors.ctek]\n\n[vendors.kerblight]\n"
NAMES = ("sunmill", "ctek", "kerblight")
"""The order of the table, which is no order that a sort would make."""
SPECS = {"sunmill": spec_of("sunmill"), "ctek": ROOT / "spec", "kerblight": spec_of("kerblight")}
PACKAGES = {
    "sunmill": "sunmill-faults",
    "ctek": "ctek-error-codes",
    "kerblight": "kerblight-faults",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of three vendors, generated; to read from alone."""
    root = tmp_path_factory.mktemp("vendors")
    for name, spec in SPECS.items():
        shutil.copytree(spec, root / "spec" / name)
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "vendors.toml").write_text(TABLE)
    result = run_warm("generate", folder=root)
    assert (result.returncode, result.stderr) == (0, "")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy, to be spoilt."""
    return shutil.copytree(made, tmp_path / "root")


def generated(root: Path) -> dict[str, bytes]:
    return files_below(root / "generated")


def summed_up(printed: str) -> list[str]:
    """The folders of the summaries."""
    return [line.partition(":")[0] for line in printed.splitlines() if line.endswith(" artefacts")]


# What is made


@pytest.mark.parametrize("name", NAMES)
def test_each_has_its_packages_in_its_folder(name: str, made: Path) -> None:
    package = json.loads((made / f"generated/{name}/typescript/package.json").read_text())
    assert package["name"] == PACKAGES[name]
    assert (made / f"generated/{name}/python" / PACKAGES[name].replace("-", "_")).is_dir()


@pytest.mark.parametrize("name", NAMES)
def test_paths_in_artefacts_lead_from_the_root(name: str, made: Path) -> None:
    output = made / f"generated/{name}"
    catalogue = json.loads((output / "json/catalogue.json").read_text(encoding="utf-8"))
    for release in catalogue["releases"]:
        assert release["document"]["path"] == f"spec/{name}/{release['name']}.md"
    result = provenance(made, *sorted((output / "json").glob("catalogue.json")))
    assert result.returncode == 0, result.stdout
    header = f"From the documents in spec/{name}/; the releases of the catalogue"
    assert header in (output / "go/doc.go").read_text(encoding="utf-8")


def test_one_with_the_usual_folders_is_made_as_if_it_were_alone(made: Path, tmp_path: Path) -> None:
    """The paths that consumers have stay, whoever comes beside them."""
    for folder in ("spec", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(SPECS["sunmill"], tmp_path / "sunmill/spec")
    (tmp_path / "vendors.toml").write_text(
        '[vendors.ctek]\nspec = "spec"\noutput = "generated"\n\n'
        '[vendors.sunmill]\nspec = "sunmill/spec"\noutput = "sunmill/generated"\n'
    )
    assert run_warm("generate", folder=tmp_path).returncode == 0
    assert generated(tmp_path) == generated(ROOT)
    assert files_below(tmp_path / "sunmill/generated").keys() == {
        path.removeprefix("sunmill/") for path in generated(made) if path.startswith("sunmill/")
    }
    assert run_warm("check", folder=tmp_path).returncode == 0


def test_the_order_is_the_tables(root: Path) -> None:
    shutil.rmtree(root / "generated")
    made_anew = run_warm("generate", folder=root)
    wrote = [line.split("/")[1] for line in made_anew.stdout.splitlines() if line[:5] == "wrote"]
    assert list(dict.fromkeys(wrote)) == list(NAMES)
    checked = run_warm("check", folder=root)
    assert summed_up(checked.stdout) == [f"generated/{name}" for name in NAMES]
    (root / "vendors.toml").write_text(
        "".join(f"[vendors.{name}]\n" for name in sorted(NAMES)), encoding="utf-8"
    )
    sorted_anew = run_warm("check", folder=root)
    assert summed_up(sorted_anew.stdout) == [f"generated/{name}" for name in sorted(NAMES)]


def test_the_folder_in_which_a_command_is_run_changes_nothing(root: Path) -> None:
    below = root / "sub/folder"
    below.mkdir(parents=True)
    before = generated(root)
    shutil.rmtree(root / "generated")
    for name in NAMES:
        folders = ("spec", f"spec/{name}"), ("output", f"generated/{name}")
        options = [word for key, path in folders for word in (f"--{key}", f"../../{path}")]
        result = run_warm("generate", *options, "--templates", "../../templates", folder=below)
        assert result.returncode == 0, result.stderr
    assert generated(root) == before


def test_a_table_that_does_not_list_a_folder_says_nothing_of_it(made: Path, tmp_path: Path) -> None:
    (tmp_path / "vendors.toml").write_text(TABLE)
    for folder in ("spec", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / "inner" / folder)
    assert run_warm("generate", folder=tmp_path / "inner").returncode == 0
    assert generated(tmp_path / "inner") == generated(ROOT) != generated(made)


# All or nothing, and all in one report


def break_document(root: Path) -> str:
    """Puts a character that cannot be seen into a document of kerblight's; answers with its path.

    The digest is recorded.
    """
    document = root / "spec/kerblight" / newest_document("kerblight").name
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("85 ", "85\N{ZERO WIDTH SPACE} ", 1), encoding="utf-8")
    record_digests(document.parent)
    return document.relative_to(root).as_posix()


def test_an_error_of_one_vendor_keeps_all_from_being_written(root: Path) -> None:
    template = root / "templates/go/doc.go.j2"
    template.write_text(template.read_text(encoding="utf-8") + "// more\n", encoding="utf-8")
    before = generated(root)
    document = break_document(root)
    result = run_warm("generate", folder=root)
    assert result.returncode == 1
    assert f"{document}:" in result.stderr
    assert "error[character-invisible]" in result.stderr
    assert "\n  vendor:   kerblight\n" in result.stderr
    assert result.stdout == ""
    assert generated(root) == before


def test_one_vendor_is_written_beside_the_errors_of_another(root: Path) -> None:
    break_document(root)
    (root / "generated/sunmill/CHANGELOG.md").unlink()
    assert run_warm("generate", "--vendor", "sunmill", folder=root).returncode == 0
    assert (root / "generated/sunmill/CHANGELOG.md").exists()


@pytest.fixture
def wrong(root: Path) -> Path:
    """One vendor with an error in a document, one with drift, one without fault."""
    break_document(root)
    (root / "generated/ctek/CHANGELOG.md").unlink()
    return root


def test_errors_of_one_vendor_hide_no_drift_of_another(wrong: Path) -> None:
    result = run_warm("check", folder=wrong)
    assert result.returncode == 1
    assert "error[character-invisible]" in result.stderr
    assert "generated/ctek/CHANGELOG.md: error[artefact-missing]" in result.stdout
    assert summed_up(result.stdout) == ["generated/sunmill"]


def test_an_error_is_a_finding_though_nothing_drifts(root: Path) -> None:
    break_document(root)
    result = run_warm("check", folder=root)
    assert result.returncode == 1
    assert summed_up(result.stdout) == ["generated/sunmill", "generated/ctek"]


def test_reports_are_of_all_vendors_and_say_whose_each_is(wrong: Path) -> None:
    found = json.loads(run_warm("check", "--format", "json", folder=wrong).stdout)["diagnostics"]
    assert {(one["rule"], *one["vendors"]) for one in found} == {
        ("artefact-missing", "ctek"),
        ("character-invisible", "kerblight"),
    }
    [run] = json.loads(run_warm("check", "--format", "sarif", folder=wrong).stdout)["runs"]
    texts = sorted(one["message"]["text"].split("\n")[1] for one in run["results"])
    assert texts == ["vendor: ctek", "vendor: kerblight"]
    annotations = run_warm("check", "--format", "github", folder=wrong).stdout.splitlines()
    assert ["%0Avendor: ctek%0A" in one for one in annotations] == [True, False]
    assert ["%0Avendor: kerblight%0A" in one for one in annotations] == [False, True]


def test_an_error_that_all_vendors_have_is_reported_once(root: Path) -> None:
    (root / "templates/go/target.toml").write_text("flies = []\n")
    found = json.loads(run_warm("check", "--format", "json", folder=root).stdout)["diagnostics"]
    assert [(one["rule"], one["vendors"]) for one in found] == [("target-invalid", list(NAMES))]
    assert run_warm("generate", folder=root).stderr.count("error[target-invalid]") == 1


def test_the_command_of_a_help_is_of_its_vendor(wrong: Path) -> None:
    """And so it works, whatever is wrong with the others."""
    checked = run_warm("check", folder=wrong)
    [command] = printed_commands(checked.stdout)
    assert command == "ctek-codegen generate --vendor ctek"
    shell(command, wrong, run_warm)
    assert run_warm("check", "--vendor", "ctek", folder=wrong).returncode == 0


def test_a_file_of_another_vendor_is_no_artefact(root: Path) -> None:
    """It was generated, and nothing makes it here."""
    (root / "generated/sunmill/kerblight").mkdir()
    shutil.copy(root / "generated/kerblight/go/doc.go", root / "generated/sunmill/kerblight")
    result = run_warm("check", folder=root)
    assert "generated/sunmill/kerblight/doc.go: error[artefact-orphaned]" in result.stdout


# Which vendor is meant


FILE = "spec/sunmill/V1.17.9.md"


@pytest.mark.parametrize(
    "command",
    [f"lint {FILE}", f"parse {FILE}", f"add {FILE} --dry-run", f"diff {FILE} latest"],
)
def test_a_files_vendor_is_the_one_whose_folder_it_is_in(command: str, made: Path) -> None:
    result = run_warm(*command.split(), folder=made)
    assert (result.returncode, result.stderr) == (0, "")


def test_files_of_several_vendors_are_each_read_by_their_own(made: Path) -> None:
    files = [file for name in NAMES for file in (made / "spec" / name).glob("*.md")]
    result = run_warm("lint", *files, folder=made)
    assert (result.returncode, result.stderr) == (0, "")
    result = run_warm("lint", *files, "--vendor", "ctek", folder=made)
    assert result.returncode == 1


@pytest.mark.parametrize(
    "command",
    ["explain 201", "diff previous latest", "lint S.md", "add S.md"],
)
def test_a_vendor_that_cannot_be_known_has_to_be_named(command: str, root: Path) -> None:
    shutil.copy(newest_document("sunmill"), root / "S.md")
    result = run_warm(*command.split(), folder=root)
    assert (result.returncode, result.stdout) == (2, "")
    assert "name one with --vendor: sunmill, ctek, kerblight." in result.stderr
    named = run_warm(*command.split(), "--vendor", "sunmill", folder=root)
    assert (named.returncode, named.stderr) == (0, "")


def test_messages_are_decoded_for_the_vendor_that_is_named(root: Path) -> None:
    (root / "messages.log").write_text("")
    assert run_warm("decode", "messages.log", folder=root).returncode == 2
    named = run_warm("decode", "messages.log", "--vendor", "kerblight", folder=root)
    assert (named.returncode, named.stderr) == (0, "")


def test_the_vendor_that_is_most_like_the_name_comes_first(made: Path, tmp_path: Path) -> None:
    misspelt = run_warm("explain", "E105", "--vendor", "kerbligt", folder=made)
    assert misspelt.returncode == 2
    message = "vendors.toml does not list 'kerbligt'. It lists kerblight, sunmill, ctek."
    assert message in " ".join(misspelt.stderr.split())
    file = tmp_path / "kerblight-3.md"
    file.write_text("")
    assert "--vendor: kerblight, sunmill, ctek." in run_warm("lint", file, folder=made).stderr


def test_without_a_table_there_is_no_vendor_to_name() -> None:
    result = run_warm("explain", "CBC_LOOP", "--vendor", "ctek")
    assert result.returncode == 2
    assert "does not list 'ctek'. There is no such file here." in result.stderr


def test_the_only_vendor_of_a_table_need_not_be_named(root: Path) -> None:
    (root / "vendors.toml").write_text("[vendors.kerblight]\n")
    for name in ("ctek", "sunmill"):
        shutil.rmtree(root / "spec" / name)
    assert run_warm("explain", "E105", folder=root).returncode == 0
    assert run_warm("check", folder=root).returncode == 0


def test_each_vendor_answers_for_itself(made: Path) -> None:
    explained = run_warm("explain", "205", "--vendor", "sunmill", folder=made).stdout
    assert "Residual current" in explained
    assert "spec/sunmill/V1.17.9.md:" in explained
    assert run_warm("explain", "205", "--vendor", "ctek", folder=made).returncode == 1
    changes = run_warm("diff", *releases_of("sunmill")[-2:], "--vendor", "sunmill", folder=made)
    assert "spec/sunmill/V1.17.9.md" in changes.stdout
    message = '{"connectorId": 1, "errorCode": "OtherError", "vendorErrorCode": "E105"}\n'
    (made / "messages.log").write_text(message)
    decoded = run_warm("decode", "messages.log", "--vendor", "kerblight", folder=made)
    assert "A temperature sensor in the socket" in decoded.stdout


# Taking a document in


@pytest.fixture
def older(root: Path) -> Path:
    """The newest document of a vendor has not come yet; it lies in the root."""
    name = newest_document("sunmill").name
    (root / "spec/sunmill" / name).rename(root / name)
    record_digests(root / "spec/sunmill")
    assert run_warm("generate", folder=root).returncode == 0
    return root


def test_a_new_document_is_taken_in_for_its_vendor_alone(made: Path, older: Path) -> None:
    times = {
        file: file.stat().st_mtime_ns
        for name in ("ctek", "kerblight")
        for place in ("spec", "generated")
        for file in (older / place / name).rglob("*")
    }
    result = run_warm("add", FILE.rpartition("/")[2], "--vendor", "sunmill", folder=older)
    assert result.returncode == 0, result.stderr
    assert "git add spec/sunmill generated/sunmill &&" in result.stdout
    assert generated(older) == generated(made)
    assert {file: file.stat().st_mtime_ns for file in times} == times
    assert run_warm("check", folder=older).returncode == 0


def test_a_document_that_was_being_taken_in_is_finished_by_generate(
    made: Path, older: Path
) -> None:
    spec, name = older / "spec/sunmill", FILE.rpartition("/")[2]
    waiting = spec / ".ctek-codegen/ready"
    waiting.mkdir(parents=True)
    (older / name).rename(waiting / name)
    shutil.copy(made / "spec/sunmill/SHA256SUMS", waiting)
    checked = run_warm("check", folder=older)
    assert "spec/sunmill: error[intake-unfinished]" in checked.stderr
    [command] = printed_commands(checked.stderr)
    assert command == "ctek-codegen generate --vendor sunmill"
    shell("ctek-codegen generate", older, run_warm)
    assert generated(older) == generated(made)


def test_a_help_to_add_names_the_vendor(root: Path) -> None:
    changed = newest_document("sunmill").read_text(encoding="utf-8").replace("30 mA", "31 mA")
    (root / "changed.md").write_text(changed, encoding="utf-8")
    refused = run_warm("lint", "changed.md", "--vendor", "sunmill", folder=root)
    assert "error[release-taken]" in refused.stderr
    [command] = printed_commands(refused.stderr)
    shell(command, root, run_warm)
    assert "31 mA" in (root / FILE).read_text(encoding="utf-8")


# The folders that are named beside the table


def test_a_folder_that_is_named_stands_for_the_vendors_own(made: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = run_warm("generate", "--vendor", "sunmill", "--output", output, folder=made)
    assert result.returncode == 0, result.stderr
    assert files_below(output) == files_below(made / "generated/sunmill")
    by_folder = run_warm("check", "--spec", "spec/sunmill", folder=made)
    assert by_folder.stdout == run_warm("check", "--vendor", "sunmill", folder=made).stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--output elsewhere", "--output is the folder of one vendor. vendors.toml lists several"),
        ("--vendor sunmill --output generated/ctek", "'generated/ctek' and 'generated/ctek'"),
        ("--vendor sunmill --output spec/ctek/out", "'spec/ctek/out' and 'spec/ctek' overlap"),
        ("--vendor sunmill --output generated", "'generated' and 'generated/ctek' overlap"),
        ("--spec templates/json", "'generated' and 'generated/sunmill' overlap"),
    ],
)
@pytest.mark.parametrize("command", ["generate", "check"])
def test_the_folders_of_others_are_not_written(
    command: str, options: str, message: str, made: Path
) -> None:
    before = generated(made)
    result = run_warm(command, *options.split(), folder=made)
    assert result.returncode == 2
    assert message in " ".join(result.stderr.split())
    assert generated(made) == before


def test_a_missing_folder_of_documents_is_named_where_it_stands(root: Path) -> None:
    (root / "spec/kerblight").rename(root / "spec/kerb-light")
    result = run_warm("explain", "205", "--vendor", "sunmill", folder=root)
    assert result.returncode == 1
    assert "vendors.toml:5:1: error[vendor-table-invalid]" in result.stderr
    assert "spec/kerblight; the nearest: kerb-light" in result.stderr


# Completion


def offered(words: str, folder: Path) -> set[str]:
    result = run_warm(
        folder=folder,
        _CTEK_CODEGEN_COMPLETE="bash_complete",
        COMP_WORDS=f"ctek-codegen {words}",
        COMP_CWORD=str(len(f"ctek-codegen {words}".split(" ")) - 1),
    )
    assert result.stderr == ""
    return {line.partition(",")[2] for line in result.stdout.split("\n") if line}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("check --vendor ", set(NAMES)),
        ("explain --vendor k", {"kerblight"}),
        ("explain --vendor kerblight e20", {f"E20{n}" for n in range(1, 8)}),
        ("explain --spec spec/kerblight e106", {"E106"}),
        ("explain e10", set()),
        ("decode --vendor kerblight --release 3", {"3.8.2", "3.9.0", "3.10.0"}),
        ("explain --vendor nobody e10", set()),
    ],
)
def test_completion_is_of_the_vendor_that_is_named(
    words: str, expected: set[str], made: Path
) -> None:
    assert offered(words, made) == expected


def test_completion_is_silent_where_the_table_is_not_valid(root: Path) -> None:
    (root / "vendors.toml").write_text("[vendors\n")
    assert offered("check --vendor ", root) == set()
    assert offered("explain E1", root) == set()
