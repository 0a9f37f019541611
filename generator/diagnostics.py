"""Diagnostics: where something is wrong, what was expected, what was found, how to fix it."""

from __future__ import annotations

import shlex
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Style = Callable[[str, str], str]
    """Paints a text by its role: `error`, `warning`, `place` or `strong`."""

    T = TypeVar("T")
    Outcome: TypeAlias = tuple[T | None, list["Diagnostic"]]
    """What a pass returns: its result, None where a diagnostic is an error, and all diagnostics."""


class Severity(StrEnum):
    """Whether a diagnostic stops the run."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A place in a file.

    `line` and `column` count from 1, in code points; both are None where the whole file is meant.
    `width` is how many code points the caret underlines, `excerpt` the line as it stands.
    """

    path: str
    line: int | None = None
    column: int | None = None
    width: int = 1
    excerpt: str | None = None

    def __str__(self) -> str:
        """`path:line:column`, the form that editors and terminals can open."""
        parts = (self.path, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)


# Every diagnostic there is: id → (severity, what it says in general).
# docs/diagnostics.md shows an example of each; tests/cases/ holds the file that triggers it.
DIAGNOSTICS: dict[str, tuple[Severity, str]] = {
    # the folder of documents
    "file-unreadable": (Severity.ERROR, "A file that the catalogue is made from cannot be read."),
    "spec-unreadable": (Severity.ERROR, "The folder of documents is not valid."),
    "document-edited": (Severity.ERROR, "A document differs from the digest recorded for it."),
    "document-unrecorded": (Severity.ERROR, "A document has no digest recorded beside it."),
    "document-missing": (Severity.ERROR, "A digest is recorded for a document that is not there."),
    "document-misnamed": (Severity.ERROR, "A document's file is not named after its release."),
    "release-taken": (Severity.ERROR, "Two documents with different texts claim one release."),
    "release-unordered": (
        Severity.ERROR,
        "Which of two releases is the newer cannot be determined.",
    ),
    # what is known of the vendor
    "role-repeated": (Severity.ERROR, "Two fields have the same role."),
    "field-undeclared": (Severity.ERROR, "A rule states a field that is not declared."),
    "field-unfilled": (Severity.WARNING, "A field is declared, and no document states it."),
    "vendor-invalid": (Severity.ERROR, "vendor.toml is not valid."),
    "rule-example": (Severity.ERROR, "A rule's example does not match the rule's own pattern."),
    "rule-unused": (Severity.WARNING, "A rule, or a declared piece of prose, is in no document."),
    "intake-unfinished": (Severity.ERROR, "An `add` was stopped before all files were in place."),
    "build-invalid": (Severity.ERROR, "builds.toml is not valid."),
    "build-contradicted": (Severity.ERROR, "A document names another build than a person did."),
    # changes between releases
    "acceptance-invalid": (Severity.ERROR, "accepted.toml is not valid."),
    "acceptance-unmatched": (Severity.ERROR, "A change was accepted that no release brings."),
    # what is known from elsewhere
    "annotation-invalid": (Severity.ERROR, "annotations.toml is not valid."),
    "annotation-unmatched": (
        Severity.ERROR,
        "A code is annotated that no release has, or its counterpart is none of its list.",
    ),
    # the characters and the form of a document
    "document-encoding": (Severity.ERROR, "A document is not text in UTF-8."),
    "character-invisible": (Severity.ERROR, "A character cannot be seen and may disguise text."),
    "line-ends-mixed": (Severity.ERROR, "The lines of a document do not all end alike."),
    "paragraph-too-long": (Severity.ERROR, "A paragraph or heading is too long to be one."),
    "block-unknown": (Severity.ERROR, "A part of the document has a form that is not read."),
    "inline-unknown": (Severity.ERROR, "Markup within a paragraph has a form that is not read."),
    "word-broken": (Severity.ERROR, "A hyphen at a line's end may break a word or belong to it."),
    "round-trip-differs": (Severity.ERROR, "What was understood does not reproduce the document."),
    # the head of a document
    "title-unknown": (Severity.ERROR, "The document's title is missing or not a known one."),
    "release-unreadable": (Severity.ERROR, "The release line is missing or not of a known form."),
    "release-impossible": (Severity.ERROR, "The release is not one that can exist."),
    "publisher-unknown": (Severity.ERROR, "The publisher line is missing or not a known one."),
    "date-unreadable": (Severity.ERROR, "The date line is missing or not of a known form."),
    "date-impossible": (Severity.ERROR, "The date is not in the calendar."),
    # contents list and sections
    "contents-unreadable": (Severity.ERROR, "The contents list is not of the form that is read."),
    "contents-differ": (Severity.ERROR, "The contents list and the headings disagree."),
    "section-unknown": (Severity.ERROR, "A heading is not one whose meaning is known."),
    "section-repeated": (Severity.ERROR, "A section stands in the document twice."),
    "section-missing": (Severity.ERROR, "A section that every document has is not there."),
    "section-empty": (Severity.ERROR, "A section has no entries."),
    "section-number": (Severity.ERROR, "A heading's number is not its place in the document."),
    # entries
    "entry-unmarked": (Severity.ERROR, "A paragraph of a section does not open with a bold code."),
    "entry-separated": (Severity.ERROR, "A separator stands between a code and its text."),
    "entry-empty": (Severity.ERROR, "An entry says nothing of its code."),
    "entry-repeated": (Severity.ERROR, "The same entry stands in the document twice."),
    "entries-unsorted": (Severity.ERROR, "The entries of a section are not sorted by code."),
    "code-unprintable": (Severity.ERROR, "A code has a character outside printable ASCII."),
    "code-too-long": (Severity.ERROR, "A code is longer than an OCPP field can hold."),
    "code-not-in-ocpp": (Severity.ERROR, "A standard code is not one that OCPP 1.6 has."),
    "code-in-two-sections": (Severity.ERROR, "One code stands in two sections."),
    "code-case": (Severity.ERROR, "Two codes differ in upper and lower case alone."),
    # facts
    "fact-unrecognised": (Severity.ERROR, "A sentence resembles a rule without matching it."),
    "fact-repeated": (Severity.ERROR, "An entry states the same fact twice."),
    "fact-incomplete": (Severity.ERROR, "A fact stands without the one that it adds to."),
    # targets and templates
    "target-invalid": (Severity.ERROR, "A target's manifest is not valid."),
    "template-failed": (Severity.ERROR, "A template cannot be rendered."),
    "identifier-taken": (Severity.ERROR, "Two codes, or a code and a reserved word, share a name."),
    "artefact-unmarked": (Severity.ERROR, "A template leaves out the header of generated files."),
    "artefact-path": (Severity.ERROR, "An artefact's path leaves its folder or is used twice."),
    # the output folder
    "artefact-missing": (Severity.ERROR, "An artefact is not there."),
    "artefact-changed": (Severity.ERROR, "An artefact is not what the documents say."),
    "artefact-orphaned": (Severity.ERROR, "A generated file belongs to no template any more."),
    "file-foreign": (Severity.ERROR, "A file that was not generated lies among the artefacts."),
    "output-unwritable": (Severity.ERROR, "The output folder cannot be written."),
}


class Diagnostic(NamedTuple):
    """One thing that is wrong, or looks wrong.

    `rule` is an id out of `DIAGNOSTICS`; `message` says what is wrong here, `help` what to do.
    `expected` and `found` are None where the message leaves nothing to compare.
    """

    rule: str
    location: Location
    message: str
    help: str
    expected: str | None = None
    found: str | None = None

    @property
    def severity(self) -> Severity:
        """Error or warning, by the rule's id."""
        return DIAGNOSTICS[self.rule][0]

    @property
    def content(self) -> tuple[str | None, ...]:
        """What is equal for two diagnostics that differ only in the place within one file."""
        return (
            self.location.path,
            self.rule,
            self.message,
            self.help,
            self.expected,
            self.found,
        )

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Diagnostics are printed in the order of the files, top to bottom."""
        place = self.location
        return (place.path, place.line or 0, place.column or 0, self.rule)


def command(*words: str) -> str:
    """A command of this program for a help, quoted for a shell.

    What prints the help adds the folders that the person named.
    """
    return shlex.join(["ctek-codegen", *words])


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of these stops the run."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def _plain(text: str, _role: str) -> str:
    return text


def format_diagnostic(diagnostic: Diagnostic, style: Style = _plain) -> str:
    """The diagnostic as lines for a terminal, without a line break at the end.

    `style` paints a text by its role; the default leaves it plain.
    """
    location = diagnostic.location
    label = f"{diagnostic.severity}[{diagnostic.rule}]"
    place = style(visible(str(location)), "place")
    label = style(label, diagnostic.severity.value)
    lines = [f"{place}: {label}: {style(visible(diagnostic.message), 'strong')}"]
    if location.line is not None and location.excerpt is not None:
        lines += _excerpt(location, lambda mark: style(mark, diagnostic.severity.value))
    for name, value in (("expected", diagnostic.expected), ("found", diagnostic.found)):
        if value is not None:
            lines.append(_labelled(name, value))
    lines.append(_labelled("help", diagnostic.help))
    return "\n".join(lines)


_EXCERPT_WIDTH = 120


def _excerpt(location: Location, paint: Callable[[str], str]) -> list[str]:
    """The line with a caret under the place; of a very long line only what is around it."""
    line = location.excerpt or ""
    start = (location.column or 1) - 1
    first = max(0, start - _EXCERPT_WIDTH // 2) if len(line) > _EXCERPT_WIDTH else 0
    shown = visible(line[first : first + _EXCERPT_WIDTH])
    caret = "^" * max(1, min(location.width, len(shown) - (start - first)))
    gutter = " " * len(str(location.line))
    return [
        f"{gutter} |",
        f"{location.line} | {shown}".rstrip(),
        f"{gutter} | {' ' * (start - first)}{paint(caret)}",
    ]


def visible(text: str) -> str:
    """The text with every character that a terminal would not print replaced by one that it does.

    One character stands for one, so that carets stay below what they point at; a document cannot
    move the cursor or colour the screen of the person who reads about it.
    """
    if text.isprintable():
        return text
    shown = {"\t": " "}
    return "".join(
        c if c.isprintable() else shown.get(c, "\N{REPLACEMENT CHARACTER}") for c in text
    )


def _labelled(name: str, value: str) -> str:
    label = f"  {name + ':':<10}"
    return label + ("\n" + " " * len(label)).join(map(visible, value.split("\n")))
