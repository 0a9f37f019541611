"""`make docs`: the page of diagnostics, each with the example of its case in tests/cases."""

import re
import sys

from generator.diagnostics import DIAGNOSTICS, Severity
from tests.helpers import txtar
from tests.helpers.project import ROOT

CASES = ROOT / "tests/cases"
PAGE = ROOT / "docs/diagnostics.md"
HEAD = """\
# Diagnostics

<!-- Made from tests/cases by `make docs`; edit there. -->

Everything that `ctek-codegen` can find, by its id. An error stops the run, and nothing is written;
a warning does not. Each comes with its place and how to fix it, and each fix is tried by a test;
where the place is a line, with the line and a caret under it; where there
is something to compare, with what was expected and what was found. What is found in the same words
on several lines is reported once. The examples are of a made-up vendor.
"""


def page() -> str:
    """The page's text."""
    errors, warnings = (
        [rule for rule, (severity, _) in DIAGNOSTICS.items() if severity is wanted]
        for wanted in (Severity.ERROR, Severity.WARNING)
    )
    index = [
        f"{title}: {', '.join(f'[`{rule}`](#{rule})' for rule in rules)}."
        for title, rules in (("Errors", errors), ("Warnings", warnings))
    ]
    return "\n\n".join([HEAD.rstrip(), *index, *map(_section, DIAGNOSTICS)]) + "\n"


def _section(rule: str) -> str:
    severity, meaning = DIAGNOSTICS[rule]
    case = txtar.read(CASES / f"{rule}.txtar")
    story = case.comment.partition("\n\n")[0].replace("\n", " ")
    call = re.search(r"^\$ .*$", case.comment, re.MULTILINE)
    said = b"".join(case.files.get(name, b"") for name in ("stdout", "stderr")).decode()
    example = f"{call[0] if call else ''}\n{_finding(rule, said)}"
    return (
        f"## {rule}\n\n{meaning} ({severity.capitalize()}.)\n\n{story}\n\n```text\n{example}\n```"
    )


def _finding(rule: str, said: str) -> str:
    """The first finding of a rule in what a command printed."""
    lines = said.split("\n")
    start = next(i for i, line in enumerate(lines) if f"[{rule}]: " in line)
    end = start + 1
    while end < len(lines) and re.match(r" |\d+ \|", lines[end]):
        end += 1
    return "\n".join(lines[start:end])


if __name__ == "__main__":
    sys.stdout.write(page())
