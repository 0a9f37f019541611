"""What a template is given: every variable, with its type and what it is.

docs/targets.md has a table of these.
"""

from __future__ import annotations

from typing import NamedTuple


class Variable(NamedTuple):
    """A variable of templates: its type, a class of the model or what JSON has, and what it is."""

    type: str
    says: str


VARIABLES = {
    "header": Variable("str", "What every artefact has to carry, as a comment of its language."),
    "header_line": Variable("str", "The same as one line of text, for `literal`."),
    "catalogue": Variable("Catalogue", "All releases, and all codes through them."),
    "vendor": Variable("Vendor", "Who publishes the documents."),
    "release": Variable("Release", 'The release, in a file with `each = "release"` alone.'),
    "package": Variable("str", "The name of the package in the case of the target."),
    "example": Variable("ErrorCode", "A code for examples, if possible one of the vendor's own."),
    "example_code": Variable(
        "str", "The same as a string; a stand-in unless it is of letters, digits and `_`."
    ),
    "fields": Variable("tuple[Field, ...]", "What the vendor's documents state, in order."),
    "roles": Variable(
        "Mapping[str, Field | None]", "By each role the field that has it, none where none has."
    ),
    "shapes": Variable("Shapes", "The records and enums of the JSON and of decoded answers."),
    "shape": Variable("Shape | None", "The record that the manifest names as `shape`."),
    "words": Variable(
        "Mapping[str, Any]",
        "The words and limits of OCPP, for a vendor that sends over it, and how firmware is spelt.",
    ),
    "data": Variable(
        "Record",
        "The catalogue in the shape of the JSON; in a file for a release, that of the release.",
    ),
    "code_rows": Variable("list[Record]", "The catalogue as rows of a table, of shape `CodeRow`."),
    "changelog": Variable("tuple[Chapter, ...]", "What each release changed, the newest first."),
    "changelog_data": Variable("Record", "The same in the shape of the JSON."),
    "vectors_data": Variable(
        "Record",
        "Messages with the answers that a decoder must give, in the shape of the JSON; given for a "
        "vendor that sends over OCPP.",
    ),
    "annotations_data": Variable(
        "Record", "What is known of the codes from elsewhere, in the shape of the JSON."
    ),
    "annotations_line": Variable("str", "The `header_line` of a file that is made of that."),
    "annotation_rows": Variable(
        "list[Record]", "The same as rows of a table, of shape `AnnotationRow`."
    ),
}
