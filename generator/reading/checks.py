"""What has to hold within one document, beyond its form. One function a check, in a table."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic
from ..runtime.folding import fold
from ..runtime.ocpp import ERROR_CODES, LONGEST_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import ContentsLine, Entry, Line, Section
    from .contents import Contents
    from .grammar import Grammar
    from .source import Source

_ORIGINAL = "Compare with the vendor's original."


class Body(NamedTuple):
    """What a document has below its head, as far as it could be read.

    `has_all_sections` says that the meaning of each heading is known, `unread` are the lines in
    which there are errors.
    """

    sections: tuple[Section, ...]
    contents: Contents
    has_all_sections: bool
    unread: frozenset[int]

    @property
    def entries(self) -> Iterator[tuple[Section, Entry]]:
        """Every entry with its section, in order."""
        return ((section, entry) for section in self.sections for entry in section.entries)


def check_body(source: Source, body: Body, grammar: Grammar) -> list[Diagnostic]:
    """Everything that does not go together in a document.

    What may only be the consequence of something that could not be read is left out.
    """
    checks = [*_CHECKS, *([_sorted] if grammar.entry.is_sorted else [])]
    checks += [_sent_codes] if grammar.vendor.sends_ocpp else []
    found = [diagnostic for check in checks for diagnostic in check(source, body)]
    if body.has_all_sections:
        found += [diagnostic for check in _OF_ALL for diagnostic in check(source, body)]
        found += _missing_sections(source, body, grammar)
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)


def _contents(source: Source, body: Body) -> Iterator[Diagnostic]:
    """The contents list names the sections, numbered, in their order, with rising pages.

    Where it is longer or shorter than it should be, all from the first difference on is one.
    """
    heading, lines = body.contents
    if heading is None or not lines or not body.unread.isdisjoint(_lines_of(heading, lines)):
        return
    named = [f"{line.number} {line.title}" for line in lines]
    titles = [f"{place} {one.title}" for place, one in enumerate(body.sections, start=1)]
    if len(named) != len(titles):
        pairs = enumerate(zip_longest(named, titles))
        at = next(at for at, (name, title) in pairs if name != title)
        rest = (", ".join(one[at:]) or "no further line" for one in (titles, named))
        yield _contents_differ(source, lines[min(at, len(lines) - 1)], *rest)
        return
    page = 1
    for line, name, title in zip(lines, named, titles, strict=True):
        if name != title:
            yield _contents_differ(source, line, title, name)
        elif line.page < page:
            yield _contents_differ(source, line, f"page {page} or later", f"{name} {line.page}")
        page = line.page


def _contents_differ(source: Source, line: ContentsLine, expected: str, found: str) -> Diagnostic:
    return Diagnostic(
        "contents-differ",
        source.at_span(line.span),
        "the contents list and the headings disagree",
        help="Compare with the vendor's original: is a section missing, or a title, number or page "
        "wrong? Where a converter joined lines of the list, give each section its own again, or "
        "leave the whole list out, with its heading.",
        expected=expected,
        found=found,
    )


def _lines_of(title: Line, lines: tuple[ContentsLine, ...]) -> range:
    """The lines of the document from the title of the contents list to its end."""
    return range(title.span.line, lines[-1].span.line + 2)


def _section_numbers(source: Source, body: Body) -> Iterator[Diagnostic]:
    """Either every heading has its place as number, or none has one."""
    is_numbered = any(section.number is not None for section in body.sections)
    for place, section in enumerate(body.sections, start=1):
        expected = place if is_numbered else None
        if section.span is not None and section.number != expected:
            yield Diagnostic(
                "section-number",
                source.at_span(section.span),
                "this heading's number is not its place among the headings",
                help="Compare with the vendor's original: is a section missing, or moved?",
                expected=f"{place} {section.title}",
                found=f"{section.number or ''} {section.title}".strip(),
            )


def _sections(source: Source, body: Body) -> Iterator[Diagnostic]:
    """Each section stands once and has entries."""
    seen: set[str | None] = set()
    lines_of = [section.span.line if section.span else 0 for section in body.sections]
    for section, start, end in zip_longest(body.sections, lines_of, lines_of[1:]):
        place = source.at_span(section.span) if section.span else source.at_end
        if section.title in seen:
            yield Diagnostic(
                "section-repeated",
                place,
                "a section of this title stands in this document already",
                help=_ORIGINAL,
                expected="each section once",
                found=section.title,
            )
        seen.add(section.title)
        lines = (line for line in body.unread if line > start)
        if not section.entries and not any(end is None or line < end for line in lines):
            yield Diagnostic(
                "section-empty",
                place,
                "no entry stands under this heading",
                help="Compare with the vendor's original; the entries may have been lost.",
                expected="at least one paragraph that opens with a bold code",
                found=f"the heading '{section.title}' alone",
            )


def _missing_sections(source: Source, body: Body, grammar: Grammar) -> Iterator[Diagnostic]:
    """There is a section for each field that codes are sent in; or any, if they are in none."""
    if not body.sections and body.unread:
        return  # an error that explains it is there: the document is empty, or breaks off
    present = {section.sent_in for section in body.sections}
    for field in dict.fromkeys(section.sent_in for section in grammar.sections):
        titles = [str(section) for section in grammar.sections if section.sent_in == field]
        if field not in present:
            yield Diagnostic(
                "section-missing",
                source.at_end,
                f"this document has no section for the codes sent in `{field}`"
                if field
                else "this document has no section",
                help="Compare with the vendor's original; a part of it may have been lost.",
                expected=" or ".join(titles),
                found=f"no section for `{field}`" if field else "no such heading",
            )


def _sent_codes(source: Source, body: Body) -> Iterator[Diagnostic]:
    """A code is one that the OCPP field of its section can hold."""
    for section, entry in body.entries:
        code = entry.code
        place = source.at_span(entry.span)
        if not (code.isascii() and code.isprintable()):
            yield Diagnostic(
                "code-unprintable",
                place,
                f"the code '{code}' cannot be sent: OCPP's strings hold printable ASCII alone",
                help="Compare with the vendor's original; a letter may only look like a Latin one.",
                expected="characters from U+0020 to U+007E",
                found=", ".join(f"U+{ord(c):04X} '{c}'" for c in code if not c.isascii()),
            )
        elif len(code) > LONGEST_CODE:
            yield Diagnostic(
                "code-too-long",
                place,
                "this code cannot be sent: OCPP's field is shorter",
                help="Compare with the vendor's original; a space may be missing.",
                expected=f"at most {LONGEST_CODE} characters",
                found=f"{len(code)} characters",
            )
        elif section.sent_in == "errorCode" and code not in ERROR_CODES:
            yield Diagnostic(
                "code-not-in-ocpp",
                place,
                f"OCPP 1.6 has no error code '{code}'",
                help="Compare with the vendor's original; the entry may belong to another section.",
                expected=f"one of {', '.join(sorted(ERROR_CODES))}",
                found=code,
            )


def _sorted(source: Source, body: Body) -> Iterator[Diagnostic]:
    """The entries of a section are sorted by code point."""
    for section in body.sections:
        for before, entry in pairwise(section.entries):
            if entry.code < before.code:
                yield Diagnostic(
                    "entries-unsorted",
                    source.at_span(entry.span),
                    f"'{entry.code}' stands behind '{before.code}'",
                    help="Compare with the vendor's original; an entry may have been moved.",
                    expected="entries sorted by the code points of their codes",
                    found=f"{before.code}, {entry.code}",
                )


def _repeated(source: Source, body: Body) -> Iterator[Diagnostic]:
    """A code stands in one section and one spelling, and no entry stands twice."""
    by_folded: dict[str, tuple[str, str, Entry]] = {}
    texts: dict[str, Entry] = {}
    for section, entry in body.entries:
        sent_in, code, other = by_folded.setdefault(
            fold(entry.code), (section.sent_in, entry.code, entry)
        )
        twin = texts.setdefault(entry.paragraph, entry)
        found = f"'{entry.code}' here, '{other.code}' at {source.at_span(other.span)}"
        way = ""
        if sent_in != section.sent_in:
            rule, message = "code-in-two-sections", f"'{code}' stands in another section too"
            expected = f"'{code}' in one section, as it is sent in one field"
            way = (
                " If the original is so, ask the vendor in which field the code is sent, and for a "
            )
            way += "document that says so: this one cannot be taken in."
        elif code != entry.code:
            rule, message = "code-case", f"'{entry.code}' and '{code}' differ in case alone"
            expected = "one spelling, as codes are compared without case"
            found = f"{code}, {entry.code}"
            message += f", at {source.at_span(other.span)}"
        elif twin is not entry:
            rule, found = "entry-repeated", entry.paragraph
            message = f"this entry stands in this document already, at {source.at_span(twin.span)}"
            expected = "each text of a code once"
        else:
            continue
        yield Diagnostic(
            rule,
            source.at_span(entry.span),
            message,
            help="Compare with the vendor's original; an entry may have been copied or moved."
            f"{way}",
            expected=expected,
            found=found,
        )


_CHECKS = (_sections, _repeated)
_OF_ALL = (_contents, _section_numbers)
