"""Every record, enum and form: the one table.

A member's type is written as `text`, `integer`, `number`, `flag` or `any`, or as the name of a
record, an enum, or a text or number with a form of its own; behind it `[]` for a list, `[1]` for a
list of at least one, `[=2]` for one of exactly two, and `?` for what may be null. What may be null
only where the head of a vendor's documents lacks a line has that line's name behind the `?`; and
`?commit` is null where the vendor's releases name no commit. Behind its meaning, `optional` and
`local` are those of `Member`; `ocpp` is a member that only vendors have which send over OCPP,
`plain` one that only others have, `language` one of vendors whose file has words of their language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ..fields import Impact
from ..runtime.firmware import ReleaseMatch
from ..runtime.ocpp import GREATEST_NUMBER, LEAST_SEVERE, LONGEST_CODE
from .kinds import Enum, Form

if TYPE_CHECKING:
    from collections.abc import Sequence

VENDORS_FIELDS = "the vendor's fields"
"""Where in a record the fields of the vendor's file stand."""
FIELDS_AS_COLUMNS = "the vendor's fields as columns"
"""Where in a row they stand, each as one column or several."""
FIELD_OF_ROLE = "the vendor's field of a role"
"""Where the field for non-error statuses stands, null where it is not known."""

# fmt: off
FORMS = (
    Form("nonempty", "A text that is not empty.", "text", shortest=1),
    Form("count", "A number from 0 on.", "integer", least=0),
    Form("position", "A line or column, from 1.", "integer", least=1),
    Form("format_version", "Of the format; a change that could break a reader raises its first number.", "text", pattern=r"^1\.[0-9]+$"),
    Form("release_name", "The name of a firmware release.", "text", pattern="^[A-Za-z0-9_.-]+$"),
    Form("commit", "The hash of a commit.", "text", pattern="^[0-9a-f]{4,40}$"),
    Form("date", "A day, YYYY-MM-DD.", "text", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    Form("digest", "A SHA-256 in hexadecimal digits.", "text", pattern="^[0-9a-f]{64}$"),
    Form("code", "As a charger sends it; compared without case.", "text", pattern=f"^[ -~]{{1,{LONGEST_CODE}}}$"),
    Form("any_code", "A code that the catalogue or OCPP has.", "text"),
    Form("line_end", "What ends each line: LF, CR or both.", "text", pattern=r"^(?:\r\n?|\n)(?![\s\S])"),
    Form("share", "A share, from 0 to 1.", "number", least=0, greatest=1),
    Form("sent_number", "A number as a charger sends it.", "integer", least=0, greatest=GREATEST_NUMBER),
    Form("severity_level", "From 0 danger to 9 debug, as OCPP 2.1 has it.", "integer", least=0, greatest=LEAST_SEVERE),
)

ENUMS = (
    Enum("HeadLine", "A line at the head of a document.", {
        "title": "The document's title.",
        "release": "What names the release.",
        "publisher": "Who publishes it.",
        "date": "When it was published.",
    }),
    Enum("SentIn", "The field of an OCPP 1.6 StatusNotification in which a charger sends a code.", {
        "errorCode": "The field for the codes of the standard.",
        "vendorErrorCode": "The field for the vendor's own codes.",
    }),
    Enum("Confidence", "How sure it is.", {
        "high": "Hardly to be doubted.",
        "medium": "Likely.",
        "low": "Possible.",
    }),
    Enum("Basis", "How it is known.", {
        "inferred": "Concluded from what both sides say, stated by neither.",
        "observed": "Seen in a real message or file, which proves that it happens and no more.",
        "documented": "Stated by the source.",
    }),
    Enum("ChangeClass", "Who is hurt by a change, the worst first.", {
        impact.value: impact.meaning for impact in Impact
    }),
    Enum("Intake", "What became of a document that was to be taken in.", {
        "added": "It is stored, and the artefacts are written.",
        "would be added": "It could be, and nothing was changed.",
        "already there": "It is there, byte for byte, and nothing was changed.",
        "refused": "There are errors, and nothing was changed.",
    }),
    Enum("Condition", "What a message says of charging, by OCPP 1.6, section 4.9.", {
        "fault": "No charging.",
        "warning": "An error, and a status other than Faulted: charging is still possible.",
        "none": "No error.",
        "unknown": "The message does not say.",
    }),
    Enum("ConditionFrom", "What decided the condition of an event.", {
        "cleared": "The field cleared.",
        "problem": "The variable Problem, which is false.",
        "severity": "The field severity.",
        "status": "The value of the variable AvailabilityState.",
        "document": "The document: the code does not come with a non-error status.",
    }),
    Enum("ReleaseMatch", "How the release that answers relates to the firmware.", dict(zip(get_args(ReleaseMatch), (
        "It is the firmware's own.",
        "It is the nearest before it.",
        "It is the oldest there is, and the firmware is older still.",
        "It is the newest, and the firmware is not known.",
    ), strict=True))),
    Enum("CodeField", "The field in which a code was sent.", {
        "errorCode": "Of StatusNotification, for the codes of the standard.",
        "vendorErrorCode": "Of StatusNotification, for the vendor's own codes.",
        "techCode": "Of an event of NotifyEvent.",
    }),
    Enum("Deviation", "One way in which a message departs from what the document says of a code.", {
        "code": "No document has the code.",
        "release": "The document of the release that answers does not have the code.",
        "field": "The document has it in the other field.",
        "status": "The document does not have it with a non-error status.",
        "connector": "The document has it on other connectors only.",
        "deprecated": "The document says that it is no longer used.",
        "list": "The message names another list of codes, of which the document says nothing.",
    }),
    Enum("ProblemKind", "What is wrong with a field.", {
        "missing": "It is required and was not sent.",
        "wrong-type": "Its value is of another type; the payload is no object.",
        "json-text": "The payload is a text. What a JSON parser makes of it is to be decoded.",
        "frame": "The payload is a frame of OCPP-J. Its fourth item is to be decoded.",
        "not-in-ocpp": "Its value is none that OCPP has.",
        "contradicts": "It contradicts another field.",
        "zeros": "It is a code of zeros beside NoError, and taken for none.",
        "spelling": "Its name is spelt in another way. It was not read; in lines it was.",
        "not-json": "The text is no JSON as it stands; found in lines alone.",
    }),
)

NOT_OF_OCPP = (
    Form("code", "As the documents spell it; compared without case.", "text", shortest=1),
    Enum("ChangeClass", "Who is hurt by a change, the worst first.", {
        impact.value: impact.meaning.replace(", or a code moved between the fields", "") for impact in Impact
    }),
)
"""What is declared in another way for vendors that do not send over OCPP."""

ANSWERS = ("DecodedStatusNotification", "DecodedNotifyEvent")
"""The records that decoders answer with."""

_ARTEFACT = (
    ("$schema", "text", "The schema of this file.", "optional"),
    ("$comment", "text", "How this file came about.", "optional"),
    ("format_version", "format_version", "Of this format."),
)
_RELEASE_NAMES = (
    ("name", "release_name", "What the release is called."),
    ("build", "text?commit", "As git describe --long prints it."),
    ("commit", "commit?commit", "The commit that it was built from."),
    ("published", "date?date", "The document's date."),
)
_MEANING = (
    ("text", "text", "The entry's whole text, Markdown resolved, one space between sentences."),
    ("description", "text", "The text without the sentences that became facts."),
    VENDORS_FIELDS,
)
_DIFFERENCE = (
    ("old", "ReleaseReference", "The older release."),
    ("new", "ReleaseReference", "The newer release."),
    ("changes", "Change[]", "In the order of the newer document's codes, codes that went last."),
    ("possible_renames", "PossibleRename[]", "Codes that went, each with one that came and reads much the same."),
)
_ANSWER = (
    ("codes", "DecodedCode[]", "Every code that was sent, in order; NoError and OtherError are none."),
    ("goes_beyond_document", "flag", "Whether one of the codes departs from the document."),
    ("problems", "Problem[]", "What of the message is not as OCPP has it."),
    ("payload", "any", "What was decoded, as it was given.", "local"),
)
_RELEASE_ANSWERING = (
    ("release", "release_name", "The firmware release that answers."),
    ("release_match", "ReleaseMatch", "How it relates to the firmware of the station."),
)

RECORDS: Sequence[tuple[str, str, Sequence[str | tuple[str, ...]]]] = (
    # the catalogue
    ("Catalogue", "Error codes through all firmware releases.", (
        *_ARTEFACT,
        ("vendor", "nonempty", "Who publishes the documents."),
        ("latest_release", "release_name", "The newest release."),
        ("releases", "Release[1]", "Every release that is known, oldest first."),
        ("codes", "CodeDetails[]", "In the order of the newest document, removed codes last."),
    )),
    ("Release", "A firmware release and the document that the vendor published for it.", (
        *_RELEASE_NAMES,
        ("title", "nonempty?title", "The document's title."),
        ("document", "Document", "The document."),
    )),
    ("Document", "A file of the vendor's.", (
        ("path", "nonempty", "Its path in the generator's repository."),
        ("sha256", "digest", "The SHA-256 of its bytes."),
    )),
    ("CodeDetails", "A code, and what it means in which releases.", (
        ("code", "code", "As the newest document spells it."),
        ("sent_in", "SentIn", "The field that it is sent in.", "ocpp"),
        ("first_release", "release_name", "The first release with the code."),
        ("removed_in", "release_name?", "The first release without the code, null while the newest has it. It can be away in between: see the revisions."),
        ("revisions", "Revision[1]", "What it means from release to release, oldest first. The last is what it means in the newest release that has it: now, unless removed_in says that it is gone."),
    )),
    ("Revision", "What a code means from one release on, up to but not including another.", (
        ("since", "release_name", "The first release that this holds for."),
        ("until", "release_name?", "The first release that it no longer holds for, null while it does."),
        ("sent_in", "SentIn", "The field that the code is sent in.", "ocpp"),
        ("meanings", "Meaning[1]", "One for each entry that the first release's document has for the code, in its words. The document of a later release that this holds for may differ in order, layout and typography."),
    )),
    ("Meaning", "What one entry of the document says of a code.", (
        *_MEANING,
        ("source", "Source", "Where the entry stands."),
    )),
    ("Source", "Where an entry stands.", (
        ("document", "nonempty", "The document's path."),
        ("lines", "position[=2]", "Its first and its last line."),
    )),
    # one document
    ("ReleaseDocument", "One firmware release as the vendor's document has it. What depends on the document's form alone stands under the keys named source.", (
        *_ARTEFACT,
        *_RELEASE_NAMES,
        ("title", "nonempty?title", "The document's title."),
        ("publisher", "nonempty?publisher", "Who publishes it, as the document says."),
        ("notes", "Line[]", "Paragraphs between its head and what follows."),
        ("sections", "Section[1]", "The chapters, in order."),
        ("rules", "Rule[]", "The known sentences that state facts in this document."),
        ("source", "DocumentSource", "The document and its form."),
    )),
    ("Section", "A chapter of the document.", (
        ("title", "nonempty?", "Its heading without the number, null where the document has no sections."),
        ("sent_in", "SentIn", "The field in which its codes are sent.", "ocpp"),
        ("facts", "Sentence[]", "What its title states of all its entries."),
        ("notes", "Line[]", "Paragraphs before the first entry."),
        ("entries", "Entry[]", "Its entries, in order."),
        ("source", "SectionSource", "Where its heading stands."),
    )),
    ("Entry", "What the document says of a code in one place.", (
        ("code", "code", "The code."),
        *_MEANING,
        ("sentences", "Sentence[]", "In the order of the text."),
        ("source", "EntrySource", "Where the entry stands."),
    )),
    ("Sentence", "A sentence of an entry, a clause that a comma joins to the sentence before it, or what the form of an entry has for a field.", (
        ("text", "nonempty", "The sentence, Markdown resolved."),
        ("rule", "nonempty?", "The rule of vendor.toml that reads it, null for prose."),
        ("fact", "Fact?", "The fact that it states, null for prose."),
        ("source", "SentenceSource", "Where the sentence stands."),
    )),
    ("Rule", "A known sentence: a pattern with placeholders in braces, which a fact's values fill. The items of a list are joined by a comma, the last one by and.", (
        ("id", "nonempty", "Its name in vendor.toml."),
        ("states", "StatedName", "What it states."),
        ("pattern", "nonempty", "The sentence."),
    )),
    ("DocumentSource", "The document, and what its form adds to its content: enough to make the file again, byte for byte.", (
        ("document", "Document", "The file."),
        ("byte_order_mark", "flag", "Whether the file begins with one."),
        ("line_end", "line_end", "What ends each line."),
        ("lines", "HeadLine[]", "The lines of the head, in order; that of the release can be missing."),
        ("head", "Span[]", "Where each of them stands."),
        ("release_form", "text?", "The pattern of the line that names the release, null where a person named it."),
        ("release_line", "text?", "What stands in place of that line where a person named the release, null where nothing does."),
        ("date_form", "text?date", "The pattern of the line with the date."),
        ("contents_title", "Line?", "The heading of the contents list, null where there is no such list."),
        ("contents", "ContentsLine[]", "The lines of the contents list."),
        ("language", "Language", "The words of the language that its patterns leave open.", "language"),
        ("between", "text[]", "What stands before the first text of the document, between each and the next, and after the last. Its texts are, in order: the lines of the head, the notes, the title and lines of the contents list, and for each section its heading, its notes, and each entry's code and sentences as they stand."),
        ("marks", "Mark[]", "Characters that are written in another way."),
    )),
    ("Language", "Words of the language that the document is written in.", (
        ("months", "nonempty[=12]", "The months' names."),
        ("and_word", "nonempty", "What stands before the last item of a list, in place of and."),
    )),
    ("Line", "A line of text and its place.", (
        ("text", "nonempty", "The text."),
        ("span", "Span", "Where it stands."),
    )),
    ("Mark", "A character that the document writes in another way; both numbers count from 0, characters in code points.", (
        ("text", "count", "The number of the text."),
        ("at", "count", "The place of the character in it."),
        ("written", "text", "What the document has there."),
    )),
    ("ContentsLine", "A line of the contents list.", (
        ("number", "count", "The section's number."),
        ("title", "nonempty", "Its title."),
        ("page", "count", "The page that it begins on."),
        ("span", "Span", "Where the line stands."),
    )),
    ("SectionSource", "Where a section's heading stands.", (
        ("number", "count?", "The number before the title, null where there is none."),
        ("span", "Span?", "The place of the heading, null where there is none."),
    )),
    ("EntrySource", "Where an entry stands, and its code in it.", (
        ("document", "nonempty", "The document's path."),
        ("lines", "position[=2]", "Its first and its last line."),
        ("code", "Span", "Where the code stands."),
    )),
    ("SentenceSource", "Where a sentence stands.", (
        ("span", "Span", "Its place."),
        ("full_stop", "flag", "Whether the sentence is closed."),
        ("numbers", "nonempty[1]", "How each number of its fact is written, in order, where one of them is a word; else it is missing.", "optional", "language"),
    )),
    ("Span", "From line and column up to, not including, end_line and end_column. Columns count code points.", (
        ("line", "position", "The first line."),
        ("column", "position", "The first column."),
        ("end_line", "position", "The last line."),
        ("end_column", "position", "The column behind the last."),
    )),
    # changes between releases
    ("Changelog", "What each firmware release changed in the error codes.", (
        *_ARTEFACT,
        ("vendor", "nonempty", "Who publishes the documents."),
        ("chapters", "Chapter[1]", "One for each release, the newest first."),
    )),
    ("Chapter", "A release, and what changed from the one before it.", (
        ("release", "ReleaseReference", "The release."),
        ("difference", "Difference?", "What changed, null for the first release that is known."),
    )),
    ("Difference", "What changed from one release to another.", _DIFFERENCE),
    ("Changes", "What changed from one firmware release to another, as diff prints it with --format json.", (
        ("format_version", "format_version", "Of this format."),
        *_DIFFERENCE,
    )),
    ("ReleaseReference", "A firmware release.", _RELEASE_NAMES),
    ("Change", "One thing that differs in the newer release.", (
        ("class", "ChangeClass", "Who is hurt."),
        ("code", "nonempty", "As the newer release spells it."),
        ("field", "ChangedField", "What changed."),
        ("summary", "nonempty", "The change in one line."),
        ("before", "FieldValue", "The value in the older release, null where there is none."),
        ("after", "FieldValue", "The value in the newer release, null where there is none."),
        ("old", "Side?", "The entry in the older document, null where it has none."),
        ("new", "Side?", "The entry in the newer document, null where it has none."),
        ("accepted", "nonempty?", "Why the change was accepted on purpose, null where nobody did."),
    )),
    ("Side", "The whole entry on one side of a change.", (
        ("code", "nonempty", "As that release spells it."),
        ("sent_in", "SentIn", "The field that it is sent in.", "ocpp"),
        *_MEANING,
        ("source", "Source", "Where the entry stands."),
    )),
    ("PossibleRename", "A code that went and one that came with much the same text: perhaps one, never taken as one.", (
        ("before", "nonempty", "The code that went."),
        ("after", "nonempty", "The code that came."),
        ("alike", "share", "How much of the two texts is the same."),
        ("words", "text[]", "The words that both have."),
        ("old", "Side", "The entry in the older document."),
        ("new", "Side", "The entry in the newer document."),
    )),
    # what a document adds
    ("Additions", "What a firmware document adds to the catalogue, as add prints it with --format json.", (
        ("format_version", "format_version", "Of this format."),
        ("intake", "Intake", "What became of the document."),
        ("errors", "count", "How many errors were found, in the document and beside it; each is on standard error."),
        ("release", "ReleaseReference?", "The document's release, null where it could not be read which one it is."),
        ("is_partial", "flag", "Whether the document has errors: then this is what could be read, and nothing is said to have gone."),
        ("differences", "Difference[]", "What changes beside the release before it and the one behind it, and the text that it replaces, as far as there are any that can be read."),
        ("published", "PublishedEntry[]", "Its entries that say something which no other release says, in order."),
    )),
    ("PublishedEntry", "An entry of the document, and what of it is new to the catalogue.", (
        ("code", "nonempty", "As the document spells it."),
        ("sent_in", "SentIn", "The field that it is sent in.", "ocpp"),
        ("is_new", "flag", "Whether no other release has the code."),
        *_MEANING,
        ("source", "Source", "Where the entry stands."),
        ("sentences", "PublishedSentence[1]", "In the order of the text."),
    )),
    ("PublishedSentence", "A sentence of the entry, or a clause, and how it was read.", (
        ("text", "nonempty", "The sentence, Markdown resolved."),
        ("is_new", "flag", "Whether no other release has it, in any entry."),
        ("rule", "nonempty?", "The rule of vendor.toml that reads it, null for prose."),
        ("fact", "Fact?", "The fact that it states, null for prose."),
    )),
    # what is known from elsewhere
    ("Annotations", "What is known from elsewhere of the vendor's error codes. None of it stands in the vendor's documents; each row names its source and how sure it is.", (
        *_ARTEFACT,
        ("vendor", "nonempty", "Whose codes these are; not who says what stands here."),
        ("mappings", "CodeMapping[]", "The vendor's codes in terms of other lists, one for each list."),
        ("observations", "Observation[]", "What was seen in real messages."),
    )),
    ("CodeMapping", "Which codes of another list correspond to which of the vendor's.", (
        ("id", "nonempty", "A short name of the mapping."),
        ("code_list", "CodeList", "The other list."),
        ("rows", "MappedCode[]", "One for each code with a counterpart. A code without a row has none that is known."),
    )),
    ("CodeList", "A list of error codes that somebody other than the vendor publishes.", (
        ("title", "nonempty", "What it is called."),
        ("source", "nonempty", "Where the list is published; the rows have sources of their own."),
        ("vendor_id", "nonempty", "The vendorId of a StatusNotification that carries a code of this list."),
        ("also_sent_as", "nonempty[]", "Other vendorIds that mean this list, such as those of drafts."),
        ("codes", "ListedCode[]", "The whole list, in its order; empty where it is not known."),
    )),
    ("ListedCode", "A code of another list.", (
        ("code", "nonempty", "The code."),
        ("name", "nonempty", "Its name there."),
    )),
    ("MappedCode", "One of the vendor's codes and its counterpart, with how that is known.", (
        ("code", "code", "The vendor's code, as the catalogue spells it."),
        ("to", "nonempty", "The code of the other list."),
        ("confidence", "Confidence", "How sure it is."),
        ("basis", "Basis", "How it is known."),
        ("source", "nonempty", "Who says so."),
    )),
    ("Observation", "The value of a field of StatusNotification as it was seen in a real message.", (
        ("field", "nonempty", "The field."),
        ("value", "nonempty", "The value."),
        ("confidence", "Confidence", "How sure it is."),
        ("source", "nonempty", "Where the message can be read."),
        ("note", "nonempty", "What was seen, and how far that goes."),
    )),
    # what a decoder answers
    ("Problem", "What of a message is not as OCPP has it.", (
        ("field", "text?", "The field, null for the whole payload or event."),
        ("problem", "ProblemKind", "What is wrong with it."),
    )),
    ("DecodedCode", "One code that was sent, and what it means.", (
        ("sent", "text", "As it was sent, blanks around it left off."),
        ("field", "CodeField", "The field in which it was sent."),
        ("code", "any_code?", "As the catalogue spells it, else as OCPP does; null where neither has it, and in vendorErrorCode where the message names another list."),
        FIELD_OF_ROLE,
        ("beyond_document", "Deviation[]", "How the message departs from the document; empty where it does not."),
        ("meanings", "Meaning[]", "Every meaning of the code; empty where no document has it, and where the message names another list."),
        ("other_list", "OtherListCode?", "What another list calls the code, null unless vendorId names one and this is of vendorErrorCode. None of it is the vendor's word."),
        ("group_key", "text", "The same for each notification of one code at one connector, such as 2:CODE, or 2:LIST:CODE for a code of another list. The station is not in it."),
    )),
    ("OtherListCode", "A code in the list that the message names, which is not the vendor's.", (
        ("title", "nonempty", "What the list is called."),
        ("vendor_id", "nonempty", "The vendorId that stands for it."),
        ("source", "nonempty", "Where it is published."),
        ("code", "nonempty?", "As the list spells it, null where the list does not have it."),
        ("name", "nonempty?", "What the list calls it, null where the list does not have it."),
        ("counterparts", "MappedCode[]", "The codes of the catalogue that may mean the same, each with how that is known and how sure it is."),
    )),
    ("DecodedStatusNotification", "What a StatusNotification of OCPP 1.6 says. Texts and numbers are null where none was sent.", (
        ("condition", "Condition", "Fault, warning or none, by the status and both fields together."),
        ("connector_id", "sent_number?", "The connector; 0 is the charge point itself."),
        ("status", "text?", "As it was sent."),
        ("error_code", "text?", "As it was sent."),
        ("vendor_error_code", "text?", "As it was sent."),
        ("vendor_id", "text?", "As it was sent."),
        ("info", "text?", "As it was sent."),
        ("timestamp", "text?", "As it was sent."),
        *_RELEASE_ANSWERING,
        *_ANSWER,
    )),
    ("DecodedEvent", "What one event of a NotifyEvent says. Texts and numbers are null where none was sent.", (
        ("condition", "Condition", "Fault, warning or none, as far as the event says it."),
        ("condition_from", "ConditionFrom?", "What decided the condition, null where nothing does."),
        ("event_id", "sent_number?", "As it was sent."),
        ("evse_id", "sent_number?", "Of the component's EVSE."),
        ("connector_id", "sent_number?", "Of the component's connector."),
        ("component", "text?", "The component's name."),
        ("variable", "text?", "The variable's name."),
        ("actual_value", "text?", "As it was sent."),
        ("tech_code", "text?", "As it was sent."),
        ("tech_info", "text?", "As it was sent."),
        ("cleared", "flag?", "As it was sent."),
        ("severity", "severity_level?", "As it was sent, in OCPP 2.1."),
        ("timestamp", "text?", "As it was sent."),
        *_ANSWER,
    )),
    ("DecodedNotifyEvent", "What a NotifyEvent of OCPP 2.0.1 or 2.1 says.", (
        *_RELEASE_ANSWERING,
        ("events", "DecodedEvent[]", "The events, in order."),
        ("problems", "Problem[]", "What of the message is not as OCPP has it."),
        ("payload", "any", "What was decoded, as it was given.", "local"),
    )),
    ("DecodedLine", "One line that the command decode prints: a message that it read, or a line without one, and what it means. A line of several messages comes as often.", (
        ("line", "position", "The line's number."),
        ("message", "any", "The message as it came, a payload or an OCPP-J frame; as JSON, if it came in another form. null where the line has none, or one that is nested too deep to be written."),
        ("text", "text?", "The line itself, where it is more than the message."),
        ("status_notification", "DecodedStatusNotification?", "What it means, if it is a StatusNotification."),
        ("notify_event", "DecodedNotifyEvent?", "What it means, if it is a NotifyEvent."),
    )),
    # test vectors
    ("Vectors", "Messages, each with the answer that a decoder must give.", (
        *_ARTEFACT,
        ("vendor", "nonempty", "Whose codes these are."),
        ("status_notifications", "StatusNotificationVector[]", "Payloads of StatusNotification, OCPP 1.6."),
        ("notify_events", "NotifyEventVector[]", "Payloads of NotifyEvent, OCPP 2.0.1 and 2.1."),
    )),
    *((f"{message}Vector", f"A payload of {message}, and its answer.", (
        ("name", "nonempty", "What it is about; no other vector here has it."),
        ("message", "any", "Any JSON at all."),
        ("firmware", "text?", "As the station reports it, null where it is not known."),
        ("expected", f"Decoded{message}", "The answer."),
    )) for message in ("StatusNotification", "NotifyEvent")),
    # only where a program holds the records themselves
    ("FoundRelease", "The release that answers for a firmware.", (
        ("release", "Release", "The release."),
        ("is_exact", "flag", "Whether it is the firmware's own."),
        ("match", "ReleaseMatch", "How it relates to the firmware."),
    )),
    # rows of tables
    ("CodeRow", "A code, what one document says of it, and the releases that this holds for.", (
        ("code", "text", "What a charger sends; spelt as the newest document has it. Compare it without case.", "ocpp"),
        ("code", "text", "Spelt as the newest document has it. Compare it without case.", "plain"),
        ("sent_in", "text", "The field that the document has it in: errorCode or vendorErrorCode.", "ocpp"),
        ("first_release", "text", "The first firmware release with the code."),
        ("removed_in", "text?", "The first release without it, or NULL while the newest has it."),
        ("since", "text", "The first release that this row holds for."),
        ("until", "text?", "The first release that it no longer holds for, or NULL while it does."),
        ("is_newest", "flag", "1 if this is what the newest release that has the code says of it."),
        ("meaning", "integer", "Counts what one document says of the code, from 1: a code can have several meanings."),
        ("text", "text?", "The document's whole text of this meaning; NULL if it has none."),
        ("description", "text?", "The same without the sentences that became the columns below; NULL if nothing is left."),
        FIELDS_AS_COLUMNS,
        ("document", "text", "The document that says so."),
        ("first_line", "integer", "The line of it where that begins."),
        ("last_line", "integer", "The line where it ends."),
    )),
    ("DecodedRow", "What the query of SQL answers for one code of a message and one meaning of it, beside the columns of the message.", (
        ("condition", "text", "What the message says of charging, by OCPP 1.6, section 4.9."),
        ("field", "text?", "Where the code was sent: errorCode or vendorErrorCode. NULL, with all that follows, where there is no code."),
        ("place", "integer?", "Counts the codes of that field, from 1."),
        ("sent", "text?", "The code as it was sent."),
        ("code", "text?", "As the document spells it, else as OCPP does; NULL if neither has it."),
        ("since", "text?", "With code and meaning, the row of the table of codes; NULL if no document has the code."),
        ("meaning", "integer?", "Which of its meanings that is."),
        ("text", "text?", "What the document says."),
        ("description", "text?", "The same without the sentences that became facts."),
        FIELD_OF_ROLE,
        ("beyond_document", "text?", "How the message departs from what the document says of the code, joined by commas; empty where it does not."),
        ("other_list", "text?", "The list that vendor_id names, if it is another one and the code is of vendor_error_code."),
        ("other_code", "text?", "The code as that list spells it; NULL if it does not have the code."),
        ("other_name", "text?", "What that list calls it."),
        ("counterpart", "text?", "A code of the catalogue that may mean the same."),
        ("counterpart_confidence", "text?", "How sure that is."),
        ("counterpart_basis", "text?", "How it is known."),
        ("counterpart_source", "text?", "Who says so."),
        ("group_key", "text?", "The same for each notification of one code at one connector; the station is not in it."),
    )),
    ("AnnotationRow", "What is known of a code, or of a field, from elsewhere.", (
        ("annotation", "integer", "Counts the rows, from 1; no name to keep."),
        ("kind", "text", "mapping: a code and its counterpart in another list; observation: what was seen in a field."),
        ("code", "text?", "Of a mapping: the code, spelt as in the table of codes."),
        ("counterpart", "text?", "Of a mapping: the code of the other list."),
        ("counterpart_name", "text?", "Of a mapping: what the other list calls it."),
        ("counterpart_list", "text?", "Of a mapping: the other list."),
        ("counterpart_vendor_id", "text?", "Of a mapping: the vendorId that is sent with codes of the other list."),
        ("field", "text?", "Of an observation: the field of StatusNotification."),
        ("seen", "text?", "Of an observation: the value that was seen in it."),
        ("confidence", "text", "How sure it is: high, medium or low."),
        ("basis", "text", "How it is known: inferred, observed or documented."),
        ("source", "text", "Where from."),
        ("note", "text?", "What it proves, and what not."),
    )),
)
# fmt: on
