"""What the documents say, typed and located. Knows neither Markdown nor any output language.

Named tuples all: immutable, and made in a tenth of the time that a dataclass takes to define, which
counts where a whole run takes as long as its imports.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from .fields import Fields, format_value, says
from .language import ENGLISH
from .releases import Scheme
from .runtime.firmware import age

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .language import Language
    from .releases import Build


class Span(NamedTuple):
    """A stretch of a document: from `line`:`column` up to, not including, `end_line`:`end_column`.

    Lines and columns count from 1, columns in code points; a byte order mark does not count.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Fact(NamedTuple):
    """A statement that a rule found in a sentence.

    `states` is what it states, by the name under which a field or a part of one is stated, `values`
    what stands in the placeholders of the rule's pattern, by their names.
    """

    states: str
    values: Mapping[str, Any]
    rule: str


class Surroundings(NamedTuple):
    """The words that the form of an entry has before and behind a text, with the spaces between."""

    before: str
    after: str


PLAIN = Surroundings(" ", "")
"""A text behind the one before it, as words are."""


class Sentence(NamedTuple):
    """A sentence, or a clause that a comma joins to the sentence before it.

    `text` is the document's, Markdown resolved and white space folded. `fact` is None for prose.
    `form` is what the form of an entry has around it.
    """

    text: str
    span: Span
    fact: Fact | None = None
    form: Surroundings = PLAIN

    @property
    def is_clause(self) -> bool:
        """Whether it continues the sentence before it."""
        return self.text.startswith(",")

    @property
    def has_full_stop(self) -> bool:
        """Whether it is closed; some sentences of a document are not."""
        return self.text.endswith(".")


class KnownSentence(NamedTuple):
    """A rule as far as its sentences need it: its pattern, and the name of what it states."""

    id: str
    states: str
    pattern: str


class Source(NamedTuple):
    """Where an entry stands: the document's path and its first and last line, from 1."""

    document: str
    first_line: int
    last_line: int


class Meaning(NamedTuple):
    """What one entry says of its code.

    `text` is the entry's whole text, one space between sentences; `description` the same without
    the sentences that became facts. `fields` are the values of the vendor's fields by their names,
    as the JSON has them.
    """

    text: str
    description: str
    fields: Mapping[str, Any]
    sentences: tuple[Sentence, ...]
    source: Source


class Entry(NamedTuple):
    """What a document says of a code in one place; a code can have several.

    `span` is the code's place, `form` what the form of an entry has around it.
    """

    code: str
    meaning: Meaning
    span: Span
    form: Surroundings = PLAIN

    @property
    def paragraph(self) -> str:
        """The whole of it as one line."""
        return f"{self.code} {self.meaning.text}".rstrip(" ")


class Section(NamedTuple):
    """A chapter of a document; `sent_in` is the field of OCPP in which a charger sends its codes.

    That is empty where the vendor does not send over OCPP, as it is of codes. `number` is what
    stands before the title, None where the document numbers no headings. Title and span are None
    where a document has no sections. `notes` are paragraphs between the heading and the first
    entry, `facts` what the title states of all entries.
    """

    title: str | None
    sent_in: str
    entries: tuple[Entry, ...]
    number: int | None
    span: Span | None
    notes: tuple[Line, ...] = ()
    facts: tuple[Sentence, ...] = ()


class ContentsLine(NamedTuple):
    """One line of the contents list: a section's number, its title and its page."""

    number: int
    title: str
    page: int
    span: Span


class Line(NamedTuple):
    """A line of the document's head, or a heading: its text and its place."""

    text: str
    span: Span


class Mark(NamedTuple):
    r"""A character of a text that the document writes in another way, such as `\_` for `_`.

    `text` counts the document's texts, `at` the text's characters, both from 0.
    """

    text: int
    at: int
    written: str


HeadLine = Literal["title", "release", "publisher", "date"]
"""A line at the head of a document, by what it says."""


class Layout(NamedTuple):
    """What a document's form adds to its content.

    `head` are the lines at its head, and `lines` says what each of them is; `release_form` and
    `date_form` are the patterns of vendor.toml that two of them follow. Where a person named the
    release, `release_form` is None, and `release_line` is what stands in place of the line, if
    anything; `date_form` is None where documents have no line for the date.
    `contents_title` and `contents` are the contents list, None and empty where there is none.
    `language` has the words for months and for the end of a list.
    `between` is what stands before the first text of the document, between each and the next, and
    behind the last; `marks` what is written in another way within them.
    """

    lines: tuple[HeadLine, ...]
    head: tuple[Line, ...]
    release_form: str | None
    release_line: str | None
    date_form: str | None
    contents_title: Line | None
    contents: tuple[ContentsLine, ...]
    byte_order_mark: bool
    line_end: str
    language: Language = ENGLISH
    between: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


class Document(NamedTuple):
    """One vendor file: its path from the repository's root, and the SHA-256 of its bytes."""

    path: str
    sha256: str


class Named(NamedTuple):
    """What a person named of a document that does not say it: its release, when it was published.

    Each is None where nobody did.
    """

    build: Build | None = None
    published: date | None = None

    def over(self, other: Named) -> Named:
        """The same, with what another has where nothing is named."""
        return Named(self.build or other.build, self.published or other.published)


NOTHING_NAMED = Named()


class Release(NamedTuple):
    """One firmware release as its document has it, in the document's order.

    Title, publisher and the day on which it was published are None where nobody says them; `build`
    and `published` may have been named by a person. `notes` are paragraphs between its head and
    what follows, `rules` those that read a sentence of it.
    """

    title: str | None
    build: Build
    publisher: str | None
    published: date | None
    notes: tuple[Line, ...]
    sections: tuple[Section, ...]
    rules: tuple[KnownSentence, ...]
    layout: Layout
    document: Document

    @property
    def name(self) -> str:
        """The release's name, such as `r1.2.3`."""
        return self.build.name

    @property
    def age(self) -> tuple[object, ...]:
        """What releases are ordered by: numbers, then commits past the tag, then the day."""
        return (*age(self.build.firmware), self.published or date.min)

    @property
    def codes(self) -> tuple[str, ...]:
        """Its codes in their order, each once."""
        return tuple(dict.fromkeys(entry.code for _, entry in self.entries))

    @property
    def content(self) -> object:
        """What is equal where two documents say the same, wherever it stands and in what form."""
        entries = [(s.title, s.sent_in, e.code, e.meaning.text) for s, e in self.entries]
        noted = (self.notes, *(section.notes for section in self.sections))
        notes = [[note.text for note in some] for some in noted]
        return (self.title, self.build, self.publisher, self.published, notes, entries)

    @property
    def entries(self) -> tuple[tuple[Section, Entry], ...]:
        """Every entry with its section."""
        return tuple((section, entry) for section in self.sections for entry in section.entries)


class Vendor(NamedTuple):
    """Who publishes the documents: its full name, its brand, what packages of it are called.

    `package` is words joined by hyphens; each target puts them as its language has them. `fields`
    are what its documents state, `head` are the lines at their head, in order, `scheme` is how its
    releases are named, and `language` what it writes in. `sends_ocpp` is False for a maker of other
    things than chargers, whose codes are sent in no field of OCPP: nothing of OCPP is then in what
    is made.
    """

    name: str
    brand: str
    package: str
    fields: Fields = Fields()
    head: tuple[HeadLine, ...] = get_args(HeadLine)
    scheme: Scheme = Scheme()
    sends_ocpp: bool = True
    language: Language = ENGLISH


class Revision(NamedTuple):
    """What a code means from release `since` on, up to but not including `until` (None: still)."""

    since: str
    until: str | None
    sent_in: str
    meanings: tuple[Meaning, ...]


class ErrorCode(NamedTuple):
    """One code through all releases.

    `sent_in` is the field in which the newest release that has it sends it. `removed_in` is the
    first release that no longer has it, None where the newest still does. `former` are spellings
    of earlier releases that differ from `code` in case, the newest first.
    """

    code: str
    sent_in: str
    first_release: str
    removed_in: str | None
    revisions: tuple[Revision, ...]
    former: tuple[str, ...] = ()

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """What it means in the newest release that has it."""
        return self.revisions[-1].meanings

    @property
    def text(self) -> str:
        """The texts of those meanings, a line for each that differs from the others."""
        return "\n".join(dict.fromkeys(meaning.text for meaning in self.meanings))


class Catalogue(NamedTuple):
    """All releases, oldest first, folded together: each code, and what holds for which release.

    `package_revision` counts the packages of the newest release that there were before this one.
    """

    vendor: Vendor
    releases: tuple[Release, ...]
    codes: tuple[ErrorCode, ...]
    package_revision: int = 0

    @property
    def latest(self) -> Release:
        """The newest release."""
        return self.releases[-1]

    def way_out(self, code: ErrorCode) -> str | None:
        """Why programs should no longer use a code: it was removed, or every meaning is deprecated.

        In the vendor's words where there are any; None where neither is so.
        """
        if code.removed_in:
            return f"Removed in {code.removed_in}."
        field = self.vendor.fields.of_role("deprecated")
        if field is None or not all(says(field, one.fields) for one in code.meanings):
            return None
        value = code.meanings[0].fields[field.name]
        return format_value(value[field.members[0].name]) if field.members else field.meaning

    @property
    def packages_before(self) -> int:
        """How many packages may have had the newest release's numbers as their version.

        A build past its tag has the numbers of the tag, and leaves room for a hundred packages of
        each build before it.
        """
        return self.latest.build.commits * 100 + self.package_revision
