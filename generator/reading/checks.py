"""What has to hold within one document, beyond its form. One function a check, in a table."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic
from generator.runtime.ocpp import ERROR_CODES, LONGEST_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Entry, Release
    from generator.reading.grammar import Grammar
    from generator.reading.source import Source

_ORIGINAL = "Compare with the vendor's original."


def check_release(source: Source, release: Release, grammar: Grammar) -> list[Diagnostic]:
    """Everything that does not go together in a release whose document was read whole."""
    found = [diagnostic for check in _CHECKS for diagnostic in check(source, release)]
    found += _missing_sections(source, release, grammar)
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)


def _contents(source: Source, release: Release) -> Iterator[Diagnostic]:
    """The contents list names the sections, numbered, in their order, with rising pages.

    Where it is longer or shorter than it should be, only the first difference is reported.
    """
    lines = release.layout.contents
    if release.layout.contents_title is None:
        return
    page = 1
    for number, (line, section) in enumerate(zip_longest(lines, release.sections), start=1):
        expected = f"{number} {section.title}" if section else "no further line"
        found = f"{line.number} {line.title}" if line else "no such line"
        place = line.span if line else lines[-1].span
        if line and expected == found and line.page < page:
            expected, found = f"page {page} or later", f"page {line.page}"
        if expected != found:
            yield Diagnostic(
                "contents-differ",
                source.at_span(place),
                "the contents list and the headings disagree",
                help="Compare with the vendor's original: is a section missing, or a title, number "
                "or page wrong? Where a converter joined lines of the list, give each section its "
                "own again, or leave the whole list out, with its heading.",
                expected=expected,
                found=found,
            )
            if len(lines) != len(release.sections):
                return
        page = line.page if line else page


def _section_numbers(source: Source, release: Release) -> Iterator[Diagnostic]:
    """Either every heading has its place as number, or none has one."""
    is_numbered = any(section.number is not None for section in release.sections)
    for place, section in enumerate(release.sections, start=1):
        expected = place if is_numbered else None
        if section.number != expected:
            yield Diagnostic(
                "section-number",
                source.at_span(section.span),
                "this heading's number is not its place among the headings",
                help="Compare with the vendor's original: is a section missing, or moved?",
                expected=f"{place} {section.title}",
                found=f"{section.number or ''} {section.title}".strip(),
            )


def _sections(source: Source, release: Release) -> Iterator[Diagnostic]:
    """Each section stands once and has entries."""
    seen: set[str] = set()
    for section in release.sections:
        if section.sent_in in seen:
            yield Diagnostic(
                "section-repeated",
                source.at_span(section.span),
                f"a section for `{section.sent_in}` stands in this document already",
                help=_ORIGINAL,
                expected=f"one section for `{section.sent_in}`",
                found=section.title,
            )
        seen.add(section.sent_in)
        if not section.entries:
            yield Diagnostic(
                "section-empty",
                source.at_span(section.span),
                "no entry stands under this heading",
                help="Compare with the vendor's original; the entries may have been lost.",
                expected="at least one paragraph that opens with a bold code",
                found="no entry",
            )


def _missing_sections(source: Source, release: Release, grammar: Grammar) -> Iterator[Diagnostic]:
    """There is a section for each field that codes are sent in."""
    present = {section.sent_in for section in release.sections}
    for field in dict.fromkeys(grammar.sections.values()):
        titles = [f"## {title}" for title, sent_in in grammar.sections.items() if sent_in == field]
        if field not in present:
            yield Diagnostic(
                "section-missing",
                source.at_end,
                f"this document has no section for the codes sent in `{field}`",
                help="Compare with the vendor's original; a part of it may have been lost.",
                expected=" or ".join(titles),
                found="the end of the document",
            )


def _codes(source: Source, release: Release) -> Iterator[Diagnostic]:
    """A code is one that the OCPP field of its section can hold."""
    for section, entry in release.entries:
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


def _sorted(source: Source, release: Release) -> Iterator[Diagnostic]:
    """The entries of a section are sorted by code point."""
    for section in release.sections:
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


def _repeated(source: Source, release: Release) -> Iterator[Diagnostic]:
    """A code stands in one section and one spelling, and no entry stands twice."""
    by_folded: dict[str, tuple[str, str, Entry]] = {}
    texts: dict[tuple[str, str], Entry] = {}
    for section, entry in release.entries:
        sent_in, code, other = by_folded.setdefault(
            entry.code.lower(), (section.sent_in, entry.code, entry)
        )
        twin = texts.setdefault((entry.code, entry.meaning.text), entry)
        if sent_in != section.sent_in:
            rule, message = "code-in-two-sections", f"'{code}' stands in another section too"
            expected = f"'{code}' in one section, as it is sent in one field"
        elif code != entry.code:
            rule, message = "code-case", f"'{entry.code}' and '{code}' differ in case alone"
            expected = "codes that differ in more, as OCPP compares them without case"
        elif twin is not entry:
            rule, message, other = (
                "entry-repeated",
                f"this entry of '{code}' stands in this document already",
                twin,
            )
            expected = "each text of a code once"
        else:
            continue
        yield Diagnostic(
            rule,
            source.at_span(entry.span),
            message,
            help="Compare with the vendor's original; an entry may have been copied or moved.",
            expected=expected,
            found=f"'{entry.code}' here, '{other.code}' at {source.at_span(other.span)}",
        )


_CHECKS = (_contents, _section_numbers, _sections, _codes, _sorted, _repeated)
