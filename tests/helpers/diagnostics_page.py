"""`make docs`: the page of diagnostics, each with the example of its case in tests/cases."""

import re
import sys

from generator.diagnostic_kinds import DIAGNOSTICS, Severity
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

What looks like a slip in a document may be the vendor's will, or a slip of the vendor's own. For
each error in a document it is said whether it [can be
accepted](../CONTRIBUTING.md#accept-what-a-document-has), and why.
"""


def page() -> str:
    """The page's text."""
    errors, warnings = (
        [rule for rule, kind in DIAGNOSTICS.items() if kind.severity is wanted]
        for wanted in (Severity.ERROR, Severity.WARNING)
    )
    acceptable = [rule for rule, kind in DIAGNOSTICS.items() if kind.accept]
    lists = {"Errors": errors, "Errors that can be accepted": acceptable, "Warnings": warnings}
    index = [
        f"{title}: {', '.join(f'[`{rule}`](#{rule})' for rule in rules)}."
        for title, rules in lists.items()
    ]
    return "\n\n".join([HEAD.rstrip(), *index, *map(_section, DIAGNOSTICS)]) + "\n"


def _section(rule: str) -> str:
    kind = DIAGNOSTICS[rule]
    case = txtar.read(CASES / f"{rule}.txtar")
    story = case.comment.partition("\n\n")[0].replace("\n", " ")
    call = re.search(r"^\$ .*$", case.comment, re.MULTILINE)
    said = b"".join(case.files.get(name, b"") for name in ("stdout", "stderr")).decode()
    example = f"{call[0] if call else ''}\n{_finding(rule, said)}"
    paragraphs = [
        f"{kind.meaning} ({kind.severity.capitalize()}.)",
        story,
        f"```text\n{example}\n```",
    ]
    if kind.accept:
        paragraphs.append(f"Can be accepted: {kind.accept}")
    elif kind.refuse:
        paragraphs.append(f"Cannot be accepted: {kind.refuse}")
    return "\n\n".join([f"## {rule}", *paragraphs])


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
