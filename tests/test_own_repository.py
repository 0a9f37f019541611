"""The engine in a repository that is not this one: installed from its wheel, and nothing cloned."""

import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml

from tests.commands.test_ci import git, run_step, steps
from tests.helpers.packages import build
from tests.helpers.project import ROOT, files_below, run_warm
from tests.helpers.tools import code_blocks, output_of, python_module
from tests.helpers.tools import run as run_tool
from tests.helpers.vendors import releases_of, spec_of

pytestmark = pytest.mark.extended

PAGE = ROOT / "docs/own-repository.md"
VENDOR = "pagewell"
FIRST, SECOND, THIRD = releases_of(VENDOR)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist, and the wheel that is built from it."""
    return build(ROOT, tmp_path_factory.mktemp("built") / "packages")


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    [wheel] = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel, and nothing of this one."""
    folder = tmp_path_factory.mktemp("installed")
    output_of("python3", "-m", "venv", folder / "venv", folder=folder)
    programs = folder / "venv/bin"
    output_of(programs / "pip", "install", "--quiet", wheel, folder=folder)
    return programs


def shell(script: str, folder: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    """Runs a script with the environment's programs in front, as one who has activated it."""
    author = {
        f"GIT_{role}_{key}": "t@example.invalid"
        for role in ("AUTHOR", "COMMITTER")
        for key in ("NAME", "EMAIL")
    }
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return run_tool("bash", "-euc", script, folder=folder, **author, PATH=path, PYTHONPATH="")


@pytest.fixture(scope="module")
def stranger(installed: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that was made by the page: the vendor's file, and two of three documents."""
    folder = tmp_path_factory.mktemp("stranger") / "repository"
    (folder / "spec").mkdir(parents=True)
    shutil.copyfile(spec_of(VENDOR) / "vendor.toml", folder / "spec/vendor.toml")
    page = code_blocks(PAGE, "sh")[0].replace("WHEEL", str(wheel))
    for name, release in (("FIRST", FIRST), ("SECOND", SECOND)):
        page = page.replace(name, str(spec_of(VENDOR) / f"{release}.md"))
    made = shell(page, folder, installed)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.fixture
def repository(stranger: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return shutil.copytree(stranger, tmp_path / "repository")


# What is built


def test_the_wheel_is_the_same_however_often_and_from_wherever_it_is_built(
    built: Path, wheel: Path, tmp_path: Path
) -> None:
    """The first was built from the sdist, this one is from the repository."""
    again = (*python_module("build"), "--no-isolation", "--outdir")
    output_of(*again, tmp_path, "--wheel", "--sdist", ROOT, folder=tmp_path)
    made = files_below(tmp_path)
    assert made.keys() == {file.name for file in built.iterdir()}
    assert made == files_below(built)
    assert len(made) == 2
    assert wheel.name in made


def test_the_wheel_has_the_engine_and_the_templates_under_one_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        texts = {name: archive.read(name) for name in names}
    expected = {
        f"error_catalogue/{to}{path}": data
        for source, to in (("generator", ""), ("templates", "templates/"))
        for path, data in files_below(ROOT / source).items()
    }
    assert texts == expected


def test_the_sdist_has_what_the_wheel_is_built_from_alone(built: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/")[1] for name in archive.getnames()}
    assert names == {
        *("generator", "templates", "error_catalogue.py", "pyproject.toml"),
        *("README.md", "LICENSE", "PKG-INFO", ".gitignore"),
    }


def test_twine_passes_both(built: Path) -> None:
    files = sorted(built.iterdir())
    output_of(*python_module("twine"), "check", "--strict", *files, folder=built)


# What is installed


def package_in(installed: Path) -> Path:
    """Where the environment has the package."""
    ask = "import error_catalogue; print(*error_catalogue.__path__)"
    return Path(output_of(installed / "python", "-I", "-c", ask, folder=installed).strip())


def test_no_name_is_installed_that_another_package_may_have(installed: Path) -> None:
    names = ("generator", "templates", "tests")
    ask = f"from importlib.util import find_spec; print(*filter(find_spec, {names}))"
    assert output_of(installed / "python", "-I", "-c", ask, folder=installed) == "\n"
    assert package_in(installed).is_relative_to(installed.parent)


def test_the_command_is_a_module_too(installed: Path) -> None:
    module = output_of(
        installed / "python", "-I", "-m", "error_catalogue", "--help", folder=installed
    )
    command = output_of(installed / "ctek-codegen", "--help", folder=installed)
    assert module.partition("\n")[2] == command.partition("\n")[2]
    assert "explain" in command


def test_completion_works(stranger: Path, installed: Path) -> None:
    script = (
        'eval "$(_CTEK_CODEGEN_COMPLETE=bash_source ctek-codegen)"\n'
        "COMP_WORDS=(ctek-codegen explain F01) COMP_CWORD=2\n"
        "_ctek_codegen_completion ctek-codegen\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    completed = shell(script, stranger, installed).stdout.split()
    assert "F011" in completed
    assert all(code.startswith("F01") for code in completed)


# What it does in a stranger's repository


def test_the_page_makes_a_repository_as_this_one_would(stranger: Path, tmp_path: Path) -> None:
    assert output_of("git", "status", "--porcelain", folder=stranger) == ""
    shutil.copytree(stranger / "spec", tmp_path / "spec")
    result = run_warm("generate", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert files_below(stranger / "generated") == files_below(tmp_path / "generated")
    assert {one.name for one in (stranger / "generated").iterdir()} >= {"go", "json", "python"}


def test_documents_are_linted_checked_and_compared(repository: Path, installed: Path) -> None:
    lint = shell("ctek-codegen lint spec/*.md", repository, installed)
    assert lint.returncode == 0, lint.stderr
    compared = shell("ctek-codegen diff previous latest", repository, installed)
    assert f"{FIRST} → {SECOND}" in compared.stdout
    artefact = repository / "generated/json/catalogue.json"
    artefact.write_bytes(artefact.read_bytes() + b"\n")
    checked = shell("ctek-codegen check", repository, installed)
    assert checked.returncode == 1
    assert "error[artefact-changed]" in checked.stdout
    fixed = shell("ctek-codegen generate && ctek-codegen check", repository, installed)
    assert fixed.returncode == 0


def test_a_third_document_is_added(repository: Path, installed: Path) -> None:
    document = spec_of(VENDOR) / f"{THIRD}.md"
    added = shell(f"ctek-codegen add {document} && ctek-codegen check", repository, installed)
    assert added.returncode == 0, added.stderr
    assert f"{SECOND} → {THIRD}" in added.stdout
    assert (repository / f"spec/{THIRD}.md").read_bytes() == document.read_bytes()
    assert f'"latest_release": "{THIRD}"' in (
        repository / "generated/json/catalogue.json"
    ).read_text(encoding="utf-8")


def test_own_targets_stand_beside_and_in_place_of_built_in_ones(
    repository: Path, installed: Path
) -> None:
    """The one in place of another is made of a copy of it, by the page."""
    before = files_below(repository / "generated")
    copied = shell(code_blocks(PAGE, "sh")[1], repository, installed)
    assert copied.returncode == 0, copied.stderr
    templates = repository / "templates"
    changelog = templates / "changelog/CHANGELOG.md.j2"
    changelog.write_text(f"{changelog.read_text(encoding='utf-8')}\nOurs.\n", encoding="utf-8")
    shutil.copytree(ROOT / "tests/cases/_project/templates/text", templates / "text")
    made = shell("ctek-codegen generate && ctek-codegen check", repository, installed)
    assert made.returncode == 0, made.stderr
    after = files_below(repository / "generated")
    assert after.pop("CHANGELOG.md") == before.pop("CHANGELOG.md") + b"\nOurs.\n"
    assert after.pop("text/codes.txt")
    assert after == before
    [chosen] = (block for block in code_blocks(PAGE, "toml"))
    (templates / "targets.toml").write_text(chosen, encoding="utf-8")
    made = shell("ctek-codegen generate", repository, installed)
    assert made.returncode == 0, made.stderr
    assert {path.partition("/")[0] for path in files_below(repository / "generated")} == {
        *("CHANGELOG.md", "json", "python", "text"),
        "sql",  # its CSV files bear no mark, and are left
    }


def test_a_diagnostic_for_a_built_in_target_names_the_file_that_is_installed(
    repository: Path, installed: Path
) -> None:
    """By its path from here, where the environment is within the repository."""
    copied = repository / "env/error_catalogue"
    shutil.copytree(package_in(installed), copied)
    with (copied / "templates/changelog/CHANGELOG.md.j2").open("a", encoding="utf-8") as template:
        template.write("{{ nonsense }}\n")
    check = (installed / "python", "-m", "error_catalogue", "check")
    checked = run_tool(*check, folder=repository, PYTHONPATH=str(copied.parent))
    assert checked.returncode == 1
    assert checked.stderr.startswith("env/error_catalogue/templates/changelog/CHANGELOG.md.j2:")
    assert "This target is built in: copy its folder into templates/" in checked.stderr


def test_the_installed_files_may_be_links(
    repository: Path, installed: Path, tmp_path: Path
) -> None:
    """As some installers have it, which keep each file once for all environments."""
    shutil.copytree(
        package_in(installed), tmp_path / "env/error_catalogue", copy_function=os.symlink
    )
    check = (installed / "python", "-m", "error_catalogue", "check")
    checked = run_tool(*check, folder=repository, PYTHONPATH=str(tmp_path / "env"))
    assert checked.returncode == 0, checked.stderr


# The action and the hooks


@pytest.fixture(scope="module")
def served(wheel: Path, installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and all that it needs, to install from without a network."""
    folder = tmp_path_factory.mktemp("served")
    download = ("download", "--quiet", "--only-binary=:all:", "--dest", folder, wheel)
    output_of(installed / "pip", *download, folder=folder)
    return folder


@pytest.mark.parametrize("package", ["ctek-codegen", "wheel"])
def test_the_action_runs_with_the_wheel_alone(
    package: str, repository: Path, wheel: Path, served: Path, tmp_path: Path
) -> None:
    """Of this repository the runner has action.yml, whose steps these are, and nothing else."""
    set_up, check, told = steps()
    given = {
        "PACKAGE": str(wheel) if package == "wheel" else package,
        "GITHUB_ACTION_PATH": str(tmp_path / "nothing"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(served),
        "PYTHONPATH": "",
    }
    for step in (set_up, check):
        result = run_step(step, repository, tmp_path, **given)
        assert result.returncode == 0, result.stdout + result.stderr
    result = run_step(told, repository, tmp_path, FAIL_ON="breaking", **given)
    assert "::" in result.stdout
    assert f"{FIRST} → {SECOND}" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    (repository / "generated/json/catalogue.json").unlink()
    result = run_step(check, repository, tmp_path, **given)
    assert result.returncode == 1
    assert "::error file=generated/json/catalogue.json,title=artefact-missing::" in result.stdout


def test_the_hooks_run_with_the_wheel_alone(repository: Path, wheel: Path, tmp_path: Path) -> None:
    recipe = next(one for one in code_blocks(ROOT / "docs/ci.md", "yaml") if "repo: local" in one)
    (tmp_path / "config.yaml").write_text(recipe.replace("WHEEL", str(wheel)), encoding="utf-8")
    command = [*python_module("pre_commit"), "run", "--config", tmp_path / "config.yaml"]
    home = str(tmp_path / "home")
    command += ["--all-files", "--verbose"]
    result = run_tool(*command, folder=repository, PRE_COMMIT_HOME=home)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("Passed") == 2
    (repository / "generated/json/catalogue.json").unlink()
    git("add", "--all", folder=repository)
    result = run_tool(*command, folder=repository, PRE_COMMIT_HOME=home)
    assert result.returncode == 1
    assert "error[artefact-missing]" in result.stdout


def test_the_recipe_for_the_wheel_alone_has_the_hooks_of_the_repository() -> None:
    """But for what only a hook from a repository has no need of."""
    recipe = next(one for one in code_blocks(ROOT / "docs/ci.md", "yaml") if "repo: local" in one)
    [local] = yaml.safe_load(recipe)["repos"]
    known = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook, other in zip(local["hooks"], known, strict=True):
        assert hook.pop("additional_dependencies") == ["WHEEL"]
        assert hook == {key: value for key, value in other.items() if key != "description"}
