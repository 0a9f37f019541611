"""The command line as a person meets it: help, wrong calls, colours, completion, explanations."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import COMMANDS, load_command
from tests.helpers.project import COMMAND, ROOT, record_digests, run, run_faulty


def on_a_terminal(
    *arguments: str, folder: Path = ROOT, environment: dict[str, str] | None = None
) -> str:
    """What the command prints, both streams, when they are a terminal."""
    main, side = pty.openpty()
    variables = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    variables |= {"TERM": "xterm", **(environment or {})}
    process = subprocess.Popen(
        [COMMAND, *arguments], cwd=folder, env=variables, stdin=side, stdout=side, stderr=side
    )
    os.close(side)
    read = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:  # Linux's way to say that the other side has closed
            break
        if not chunk:
            break
        read += chunk
    os.close(main)
    process.wait(timeout=60)
    return read.decode()


def test_help_teaches() -> None:
    result = run("--help")
    assert result.returncode == 0
    for command in COMMANDS:
        assert f"\n  {command} " in result.stdout
    told = " ".join(result.stdout.split())
    assert (
        "Exit status: 0 all well, 1 there are findings, 2 called wrongly or could not run," in told
    )
    assert "130 stopped, 141 nobody reads what is printed any more." in told
    assert "_CTEK_CODEGEN_COMPLETE" in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_listed_with_the_first_line_of_its_help(name: str) -> None:
    command = load_command(name)
    assert command.name == name
    assert (command.help or "").partition("\n")[0] == COMMANDS[name]


def imported(**environment: str) -> set[str]:
    """What is imported by the time that a call in the repository's root has ended."""
    program = (
        "import sys\n"
        "sys.argv = ['ctek-codegen', '--help']\n"
        "from generator.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    print('imported', *sys.modules)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(result.stdout.rpartition("imported ")[2].split())


def completing(words: str) -> dict[str, str]:
    return {
        "_CTEK_CODEGEN_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }


@pytest.mark.parametrize("environment", [{}, completing("ctek-codegen ")], ids=["help", "names"])
def test_commands_are_listed_without_being_imported(environment: dict[str, str]) -> None:
    own = {name for name in imported(**environment) if name.startswith("generator.")}
    assert own == {"generator.cli", "generator.commands", "generator.commands.status"}


def test_codes_are_completed_without_what_renders_them() -> None:
    modules = imported(**completing("ctek-codegen explain ocu"))
    assert "generator.reading.document" in modules
    assert "jinja2" not in modules


def test_an_internal_error_is_told_in_two_lines(r4_4_3: Path) -> None:
    fault = "import generator.pipeline as p\np.load = lambda *_: 1 / 0"
    result = run_faulty(fault, "explain", "CBC_LOOP", folder=r4_4_3)
    assert result.returncode == 2
    first, second = result.stderr.splitlines()
    assert first == "Internal error, please report it: ZeroDivisionError: division by zero"
    assert second == "(<string>:2)"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str) -> None:
    for option in ("--help", "-h"):
        result = run(command, option)
        assert result.returncode == 0
        assert result.stdout.startswith(f"Usage: ctek-codegen {command} ")
        assert "--spec" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["generate", "--nonsense"], "No such option"),
        (["parse"], "Missing argument 'FILE'"),
        (["parse", "no-such-file.md"], "'no-such-file.md' does not exist"),
        (["parse", "spec"], "'spec' is a directory"),
        (["lint"], "Missing argument 'FILE...'"),
        (["explain"], "Missing argument 'CODE'"),
        (["check", "--spec", "no-such-folder"], "there is no folder 'no-such-folder' here"),
        (["check", "--templates", "LICENSE"], "there is no folder 'LICENSE' here"),
        (["check", "--templates", "templates/pyhton"], "the nearest: templates/python. Go to"),
        (["generate", "--output", "LICENSE"], "'LICENSE' is a file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_told_in_a_line(arguments: list[str], expected: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert not result.stdout


@pytest.mark.parametrize("command", ["generate", "check", "explain X"])
def test_an_empty_folder_says_where_to_be(command: str, tmp_path: Path) -> None:
    result = run(*command.split(), folder=tmp_path)
    assert result.returncode == 2
    assert re.search(
        r"there is no folder '(spec|templates)' here\. Go to the repository's root, or name",
        result.stderr,
    )
    assert list(tmp_path.iterdir()) == []


def test_the_module_is_the_command() -> None:
    python = COMMAND.parent / "python"
    result = subprocess.run(
        [python, "-m", "generator", "explain", "CBC_LOOP"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0
    assert result.stdout == run("explain", "CBC_LOOP").stdout


def test_version() -> None:
    assert run("--version").stdout == "ctek-codegen 0.1.0\n"


def test_parse_prints_what_is_generated() -> None:
    printed = json.loads(run("parse", "spec/r4.4.3.md").stdout)
    stored = json.loads((ROOT / "generated/json/releases/r4.4.3.json").read_text())
    del stored["$schema"], stored["$comment"]
    assert printed == stored


def test_lint_is_silent_about_a_good_document() -> None:
    result = run("lint", "spec/r4.4.3.md")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_lint_reads_many_documents_and_names_each(tmp_path: Path) -> None:
    text = (ROOT / "spec/r4.4.3.md").read_text(encoding="utf-8")
    first, second = tmp_path / "first.md", tmp_path / "second.md"
    first.write_text(text.replace("r4.4.3-0-g33e0f28c", "r4.4.3"))
    second.write_text(text.replace("January 16", "February 30"))
    result = run("lint", "first.md", "second.md", "--spec", ROOT / "spec", folder=tmp_path)
    assert result.returncode == 1
    assert "first.md:5:5: error[release-impossible]" in result.stderr
    assert "second.md:9:1: error[date-impossible]" in result.stderr
    assert result.stderr.endswith("\n2 errors\n")


def test_the_same_release_with_another_text_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "spec/r4.4.3.md").read_text(encoding="utf-8")
    (tmp_path / "other.md").write_text(text.replace("DC error", "AC error"))
    result = run("parse", tmp_path / "other.md")
    assert result.returncode == 1
    assert "error[release-taken]" in result.stderr


def test_explain_tells_every_meaning_with_its_place(r4_4_3: Path) -> None:
    told = " ".join(run("explain", "groundfailure", folder=r4_4_3).stdout.split())
    assert told.startswith("GroundFailure sent in errorCode")
    assert "Meaning 1 of 2" in told
    assert "Meaning 2 of 2" in told
    assert "indicates an AC fault" in told
    assert "spec/r4.4.3.md:21" in told
    assert "spec/r4.4.3.md:23" in told


def test_explain_tells_the_facts(r4_4_3: Path) -> None:
    told = " ".join(run("explain", "OCUERRORRELAYCOUNT", folder=r4_4_3).stdout.split())
    assert "OcuErrorRelayCount sent in vendorErrorCode" in told
    assert "May accompany a non-error status: yes" in told
    assert "Chargestorm Connected 2" in told
    assert "OutletFirstContactorCycleCount, OutletSecondContactorCycleCount" in told
    assert "deprecated and no longer used" in told
    assert "r4.4.3-0-g33e0f28c, 2024-01-16" in told


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [("NoPPDetect", "NoPPDetected"), ("temperature", "HighTemperature"), ("MCU", "MCU_NOT_RESP")],
)
def test_explain_names_the_nearest_codes(asked: str, nearest: str, r4_4_3: Path) -> None:
    result = run("explain", asked, folder=r4_4_3)
    assert result.returncode == 1
    assert not result.stdout
    assert f"No release has the code '{asked}'." in result.stderr
    assert nearest in result.stderr


def test_explain_of_nonsense_names_nothing() -> None:
    result = run("explain", "???")
    assert result.returncode == 1
    assert result.stderr == "No release has the code '???'.\n"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A project whose document has a typo in a fact."""
    spec = tmp_path / "spec"
    spec.mkdir()
    for name in ("vendor.toml", "r4.4.3.md"):
        (spec / name).write_bytes((ROOT / "spec" / name).read_bytes())
    document = spec / "r4.4.3.md"
    document.write_text(document.read_text().replace("non-error status", "non-eror status", 1))
    record_digests(spec)
    return tmp_path


def test_colours_on_a_terminal_alone(bad: Path) -> None:
    assert "\x1b[" in on_a_terminal("explain", "CBC_LOOP")
    assert "\x1b[31m" in on_a_terminal("lint", "spec/r4.4.3.md", folder=bad)
    assert "\x1b[" not in run("lint", "spec/r4.4.3.md", folder=bad).stderr


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_where_they_are_not_wanted(bad: Path, environment: dict[str, str]) -> None:
    assert "\x1b[" not in on_a_terminal("explain", "CBC_LOOP", environment=environment)
    told = on_a_terminal("lint", "spec/r4.4.3.md", folder=bad, environment=environment)
    assert "error[fact-unrecognised]" in told
    assert "\x1b[" not in told


def test_the_text_of_a_document_cannot_drive_the_terminal(tmp_path: Path) -> None:
    text = (ROOT / "spec/r4.4.3.md").read_text(encoding="utf-8")
    (tmp_path / "bad.md").write_text(text.replace("DC error", "\x1b[2J\x1b]0;owned\x07"))
    result = run("lint", tmp_path / "bad.md")
    assert result.returncode == 1
    assert "error[character-invisible]" in result.stderr
    assert "\x1b" not in result.stderr
    assert "\x07" not in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str) -> None:
    result = run(_CTEK_CODEGEN_COMPLETE=f"{shell}_source")
    assert result.returncode == 0
    assert "ctek-codegen" in result.stdout


def test_completion_offers_codes(r4_4_3: Path) -> None:
    result = run(
        folder=r4_4_3,
        _CTEK_CODEGEN_COMPLETE="bash_complete",
        COMP_WORDS="ctek-codegen explain ocuerrort",
        COMP_CWORD="2",
    )
    offered = {line.partition(",")[2] for line in result.stdout.splitlines()}
    assert offered == {"OcuErrorTemperature1", "OcuErrorTemperature2"}


@pytest.mark.parametrize(
    ("words", "offers_files"),
    [("explain CBC_LOOP --release ", False), ("decode --release ", False), ("diff ", True)],
)
def test_completion_offers_releases(words: str, offers_files: bool, r4_4_3: Path) -> None:  # noqa: FBT001
    """And files, where a command takes a document in place of a firmware."""
    command = f"ctek-codegen {words}"
    result = run(
        folder=r4_4_3,
        _CTEK_CODEGEN_COMPLETE="bash_complete",
        COMP_WORDS=command,
        COMP_CWORD=str(len(command.split())),
    )
    offered = [line.partition(",") for line in result.stdout.splitlines()]
    assert {name for kind, _, name in offered if kind == "plain"} == {
        "latest",
        "previous",
        "r4.4.3",
    }
    assert any(kind == "file" for kind, _, _ in offered) == offers_files


def test_progress_is_shown_on_a_terminal_where_there_is_much_to_read(tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"{number}.md").write_bytes((ROOT / "spec/r4.4.3.md").read_bytes())
    files = [str(tmp_path / f"{number}.md") for number in range(8)]
    assert "reading documents" in on_a_terminal("lint", *files)
    assert run("lint", *files).stderr == ""
