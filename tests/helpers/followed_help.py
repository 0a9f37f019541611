"""What a person does who follows the help of a diagnostic, as the case has it, to a clean run."""

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.helpers.project import COMMAND

Run = Callable[..., subprocess.CompletedProcess[str]]
_LABEL = " " * len("  help:     ")
_COMMAND = re.compile(r"(?:^|: )((?:ctek-codegen |\(cd ).*)$")
_DIAGNOSTIC = re.compile(r''': (?:error|warning)\[[a-z-]+\]: |"level": "(?:error|warning)"''')
_OR = re.compile(r"^Or:$", re.MULTILINE)
_TO_FIX = re.compile(r"^To fix this: (.*)$", re.MULTILINE)


def helps(said: str) -> list[list[str]]:
    """The lines of each help that was printed, without their label and its indentation."""
    found: list[list[str]] = []
    is_help = False
    for line in said.split("\n"):
        is_help = line.startswith("  help:  ") or (is_help and line.startswith(_LABEL))
        if line.startswith("  help:  "):
            found.append([])
        if is_help:
            found[-1].append(line.removeprefix(line[: len(_LABEL)]))
    return found


def said_of(rule: str, said: str) -> str:
    """The part of what was printed that is the diagnostics of one id."""
    parts = re.split(r"(?m)^(?=\S.*: (?:error|warning)\[)", said)
    return "".join(part for part in parts if f"[{rule}]: " in part.partition("\n")[0])


def printed_commands(said: str) -> list[str]:
    """The commands in the helps: each ends its line."""
    matches = (_COMMAND.search(line) for lines in helps(said) for line in lines)
    return [match[1] for match in matches if match and "FILE" not in match[1]]


def printed_lines(said: str) -> dict[str, list[str]]:
    """What the helps give to paste, by its first word: lines that are indented once more.

    A list of ways on is indented, too; it has dashes.
    """
    groups: dict[str, list[str]] = {}
    for lines in helps(said):
        group: list[str] = []
        for line in lines:
            if not re.match(r"  [^\s-]", line):
                group = []
                continue
            if not group:
                groups.setdefault(line.split()[0], group)
            group.append(line.strip())
    return groups


def shell(command: str, folder: Path, run: Run) -> str:
    """What a command prints that has to go well; `run` runs those of the program itself."""
    words = shlex.split(command)
    if words[0] == COMMAND.name:
        result = run(*words[1:], folder=folder)
    else:
        path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
        result = subprocess.run(
            ["bash", "-euc", command],
            cwd=folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    return result.stdout + result.stderr


def ways(steps: str) -> list[str]:
    """The steps of each way in which a case has its help followed."""
    return _OR.split(steps)


def follow(steps: str, said: str, folder: Path, run: Run) -> None:
    """Does what the steps say, one after the other; `said` is what the help is taken from."""
    for step in re.split(r"\n(?=\S)(?![-+])", steps.strip()):
        head, _, body = step.partition("\n")
        if head.startswith("$ "):
            said = shell(head[2:], folder, run)
        elif head == "Run it.":
            said = shell(printed_commands(said)[0], folder, run)
        elif match := re.fullmatch(r"Paste (\S+) into (.+)\.", head):
            _paste(printed_lines(said)[match[1]], folder / match[2])
        elif match := re.fullmatch(r"In (.+):", head):
            _edit(body, folder / match[1])
        else:
            raise ValueError(f"no step: {step}")


def _paste(lines: list[str], file: Path) -> None:
    """A table goes to the end of the file, a key into the place of the one that is there."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if lines[0].startswith("["):
        text += "\n" + "\n".join(lines) + "\n"
    else:
        key = lines[0].split()[0]
        text, count = re.subn(rf"(?m)^{key} = .*$", lambda _: lines[0], text)
        assert count == 1, f"one {key} in {file}"
    file.write_text(text, encoding="utf-8")


def _edit(body: str, file: Path) -> None:
    """Puts the lines with + in front into the place of those before them with - in front."""
    text = file.read_bytes().decode()
    for match in re.finditer(r"((?:^-.*\n)+)((?:^\+.*\n)*)", body.strip() + "\n", re.MULTILINE):
        old, new = (re.sub(r"(?m)^[-+] ?", "", lines) for lines in match.groups())
        assert text.count(old) == 1, f"once in {file}: {old}"
        text = text.replace(old, new)
    file.write_bytes(text.encode())


def assert_clean(call: str, folder: Path, run: Run) -> None:
    """Runs a command that has to go well and to print no diagnostic.

    Where it says at its end how to fix what is left, as `check` does, that is done first.
    """
    said = shell(call, folder, run)
    if match := _TO_FIX.search(said):
        shell(match[1], folder, run)
    result = run(*shlex.split(call)[1:], folder=folder)
    said = result.stdout + result.stderr
    assert is_clean(result), said


def is_clean(result: subprocess.CompletedProcess[str]) -> bool:
    """Whether a run went well and printed no diagnostic; one that was accepted is none."""
    return not result.returncode and not _DIAGNOSTIC.search(result.stdout + result.stderr)
