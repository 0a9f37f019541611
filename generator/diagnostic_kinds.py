"""Every diagnostic there is, by its id: whether it stops the run, and what it says in general."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Whether a diagnostic stops the run."""

    ERROR = "error"
    WARNING = "warning"
    ACCEPTED = "accepted"


class Kind(NamedTuple):
    """What is known of all diagnostics with one id.

    `meaning` is what they say in general. What a vendor's document has may be no slip: `accept` is
    why it may be so on purpose and can be accepted in accepted.toml, `refuse` why it cannot be
    accepted even so. Both are None for what is no matter of the vendor's document.
    """

    severity: Severity
    meaning: str
    accept: str | None = None
    refuse: str | None = None


# Every diagnostic there is, by its id.
# docs/diagnostics.md shows an example of each; tests/cases/ holds the file that triggers it.
DIAGNOSTICS: dict[str, Kind] = {
    # the folder of documents
    "file-unreadable": Kind(
        Severity.ERROR, "A file that the catalogue is made from cannot be read."
    ),
    "spec-empty": Kind(Severity.ERROR, "The folder of documents has none."),
    "spec-unreadable": Kind(Severity.ERROR, "The folder of documents is not valid."),
    "document-edited": Kind(Severity.ERROR, "A document differs from the digest recorded for it."),
    "document-unrecorded": Kind(Severity.ERROR, "A document has no digest recorded beside it."),
    "document-missing": Kind(
        Severity.ERROR, "A digest is recorded for a document that is not there."
    ),
    "document-misnamed": Kind(Severity.ERROR, "A document's file is not named after its release."),
    "release-taken": Kind(Severity.ERROR, "Two documents with different texts claim one release."),
    "release-unordered": Kind(
        Severity.ERROR, "Which of two releases is the newer cannot be determined."
    ),
    # the vendors of a repository
    "vendor-table-invalid": Kind(Severity.ERROR, "vendors.toml is not valid."),
    "vendor-unlisted": Kind(Severity.ERROR, "vendors.toml does not list a vendor beside others."),
    "package-taken": Kind(Severity.ERROR, "The packages of two vendors have the same name."),
    # what is known of the vendor
    "role-repeated": Kind(Severity.ERROR, "Two fields have the same role."),
    "field-undeclared": Kind(Severity.ERROR, "A rule states a field that is not declared."),
    "field-unfilled": Kind(Severity.WARNING, "A field is declared, and no document states it."),
    "vendor-invalid": Kind(Severity.ERROR, "vendor.toml is not valid."),
    "rule-example": Kind(Severity.ERROR, "A rule's example does not match the rule's own pattern."),
    "rule-unused": Kind(
        Severity.WARNING, "A rule, or a declared piece of prose, is in no document."
    ),
    "intake-unfinished": Kind(
        Severity.ERROR, "An `add` was stopped before all files were in place."
    ),
    "releases-invalid": Kind(Severity.ERROR, "releases.toml is not valid."),
    "release-contradicted": Kind(
        Severity.ERROR, "A document names another release, or date, than a person did."
    ),
    # what was accepted
    "acceptance-invalid": Kind(Severity.ERROR, "accepted.toml is not valid."),
    "acceptance-unmatched": Kind(Severity.ERROR, "What was accepted is not there."),
    "acceptance-waiting": Kind(
        Severity.WARNING, "What was accepted is of a release without a document."
    ),
    # what is known from elsewhere
    "annotation-invalid": Kind(Severity.ERROR, "annotations.toml is not valid."),
    "annotation-unmatched": Kind(
        Severity.ERROR,
        "A code is annotated that no release has, or its counterpart is none of its list.",
    ),
    # the characters and the form of a document
    "document-encoding": Kind(
        Severity.ERROR,
        "A document is not text in UTF-8.",
        refuse="Which characters its bytes stand for would be a guess.",
    ),
    "character-invisible": Kind(
        Severity.ERROR,
        "A character cannot be seen and may disguise text.",
        refuse="It may disguise what the text says, from a person and from the rules.",
    ),
    "line-ends-mixed": Kind(
        Severity.ERROR,
        "The lines of a document do not all end alike.",
        refuse="A release keeps one line end, and the document is made again with it.",
    ),
    "paragraph-too-long": Kind(
        Severity.ERROR,
        "A paragraph or heading is too long to be one.",
        refuse="It is several paragraphs, of which one alone would be read.",
    ),
    "block-unknown": Kind(
        Severity.ERROR,
        "A part of the document has a form that is not read.",
        refuse="What is not read would be lost.",
    ),
    "inline-unknown": Kind(
        Severity.ERROR,
        "Markup within a paragraph has a form that is not read.",
        refuse="What the markup says would be lost.",
    ),
    "word-broken": Kind(
        Severity.ERROR,
        "A hyphen at a line's end may break a word or belong to it.",
        refuse="Which word is meant would be a guess.",
    ),
    "round-trip-differs": Kind(
        Severity.ERROR,
        "What was understood does not reproduce the document.",
        refuse="Something would be lost or made up.",
    ),
    # the head of a document
    "title-unknown": Kind(
        Severity.ERROR,
        "The document's title is missing or not a known one.",
        refuse="A new title is added to vendor.toml.",
    ),
    "release-unreadable": Kind(
        Severity.ERROR,
        "The release line is missing or not of a known form.",
        refuse="A new form is added to vendor.toml, and an odd line is answered with --release.",
    ),
    "release-impossible": Kind(
        Severity.ERROR,
        "The release is not one that can exist.",
        refuse="Releases are ordered by it; the true one is given with --release.",
    ),
    "release-unlisted": Kind(
        Severity.ERROR,
        "The release is not in the list of the vendor's releases.",
        refuse="Its place among the others is told by the list in vendor.toml.",
    ),
    "release-unnamed": Kind(
        Severity.ERROR,
        "Nothing says which release a document is for.",
        refuse="A person names it with --release.",
    ),
    "publisher-unknown": Kind(
        Severity.ERROR,
        "The publisher line is missing or not a known one.",
        refuse="A new publisher is added to vendor.toml.",
    ),
    "date-unreadable": Kind(
        Severity.ERROR,
        "The date line is missing or not of a known form.",
        refuse="A new form is added to vendor.toml.",
    ),
    "date-impossible": Kind(
        Severity.ERROR, "The date is not in the calendar.", refuse="No day could be published."
    ),
    # contents list and sections
    "contents-unreadable": Kind(
        Severity.ERROR,
        "The contents list is not of the form that is read.",
        refuse="What is not read would be lost.",
    ),
    "contents-differ": Kind(
        Severity.ERROR,
        "The contents list and the headings disagree.",
        accept="A contents list may not have been brought up to date.",
    ),
    "section-unknown": Kind(
        Severity.ERROR,
        "A heading is not one whose meaning is known.",
        refuse="A new heading is added to vendor.toml.",
    ),
    "section-repeated": Kind(
        Severity.ERROR,
        "A section stands in the document twice.",
        accept="A vendor may go on under the same heading again.",
    ),
    "section-missing": Kind(
        Severity.ERROR,
        "A section that every document has is not there.",
        accept="A vendor may list the codes of one field alone.",
    ),
    "section-empty": Kind(
        Severity.ERROR,
        "A section has no entries.",
        accept="A vendor may keep a heading whose last code went.",
    ),
    "section-number": Kind(
        Severity.ERROR,
        "A heading's number is not its place in the document.",
        accept="A vendor may have numbered its headings wrongly.",
    ),
    # entries
    "entry-unmarked": Kind(
        Severity.ERROR,
        "A block of a section neither opens an entry nor belongs to one.",
        refuse="Which code the paragraph belongs to would be a guess.",
    ),
    "entry-separated": Kind(
        Severity.ERROR,
        "A separator stands between a code and its text.",
        refuse="The separator would be published as part of the text.",
    ),
    "entry-empty": Kind(
        Severity.ERROR,
        "An entry says nothing of its code.",
        accept="A vendor may list a code without a word on it.",
    ),
    "entry-incomplete": Kind(
        Severity.ERROR,
        "An entry lacks a part that every entry has.",
        refuse="A part that may be missing is `optional` in vendor.toml.",
    ),
    "entry-repeated": Kind(
        Severity.ERROR,
        "The same entry stands in the document twice.",
        accept="A vendor may have the same entry twice.",
    ),
    "entries-unsorted": Kind(
        Severity.ERROR,
        "The entries of a section are not sorted by code.",
        accept="A vendor may put a new code at the end.",
    ),
    "code-unprintable": Kind(
        Severity.ERROR,
        "A code has a character outside printable ASCII.",
        refuse="OCPP cannot send it.",
    ),
    "code-too-long": Kind(
        Severity.ERROR,
        "A code is longer than an OCPP field can hold.",
        refuse="OCPP cannot send it whole, so that no message would be matched.",
    ),
    "code-not-in-ocpp": Kind(
        Severity.ERROR,
        "A standard code is not one that OCPP 1.6 has.",
        accept="A vendor may send a code of its own, or of another version of OCPP.",
    ),
    "code-in-two-sections": Kind(
        Severity.ERROR,
        "One code stands in two sections.",
        refuse="The catalogue has one field in which a code is sent.",
    ),
    "code-case": Kind(
        Severity.ERROR,
        "Two codes differ in upper and lower case alone.",
        accept="A vendor may spell one code in two ways. The catalogue has the first, and all that "
        "is said of both, as codes are compared without case.",
    ),
    # facts
    "fact-unrecognised": Kind(
        Severity.ERROR,
        "A sentence resembles a rule without matching it.",
        refuse="A new wording is a rule or prose in vendor.toml.",
    ),
    "word-unknown": Kind(
        Severity.ERROR,
        "A known sentence names a word that its list does not have.",
        refuse="A new word is added to its list in vendor.toml.",
    ),
    "fact-repeated": Kind(
        Severity.ERROR,
        "An entry states the same fact twice.",
        refuse="In vendor.toml a field can hold a list, and `once` can be taken out.",
    ),
    "fact-incomplete": Kind(
        Severity.ERROR,
        "A fact stands without the one that it adds to.",
        refuse="In vendor.toml `requires` can be taken out, and a rule can state the whole.",
    ),
    # targets and templates
    "templates-empty": Kind(Severity.ERROR, "The folder of targets has none."),
    "target-invalid": Kind(Severity.ERROR, "A target's manifest is not valid."),
    "template-failed": Kind(Severity.ERROR, "A template cannot be rendered."),
    "identifier-taken": Kind(
        Severity.ERROR, "Two codes, or a code and a reserved word, share a name."
    ),
    "artefact-unmarked": Kind(
        Severity.ERROR, "A template leaves out the header of generated files."
    ),
    "artefact-path": Kind(Severity.ERROR, "An artefact's path leaves its folder or is used twice."),
    # the output folder
    "artefact-missing": Kind(Severity.ERROR, "An artefact is not there."),
    "artefact-changed": Kind(Severity.ERROR, "An artefact is not what the documents say."),
    "artefact-orphaned": Kind(Severity.ERROR, "A generated file belongs to no template any more."),
    "file-foreign": Kind(Severity.ERROR, "A file that was not generated lies among the artefacts."),
    "output-unwritable": Kind(Severity.ERROR, "The output folder cannot be written."),
}
