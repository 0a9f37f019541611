"""One document: the passes that its text goes through until it is a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostic_kinds import Severity
from ..diagnostics import has_errors
from ..model import NOTHING_NAMED, Layout, Release
from .acceptance import unmatched, with_acceptances
from .checks import Body, check_body
from .contents import read_contents
from .head import read_head
from .layout import write_down
from .round_trip import check_round_trip, reproduce
from .sections import read_sections
from .source import MOST_INVISIBLE, mixed_line_ends, read_source
from .walk import Walk

if TYPE_CHECKING:
    from ..diagnostics import Diagnostic
    from ..model import Document, Named, Section
    from .grammar import Grammar
    from .source import Source


def read_document(
    path: str, data: bytes, document: Document, grammar: Grammar, named: Named = NOTHING_NAMED
) -> tuple[Release | None, list[Diagnostic]]:
    """The release that a document describes.

    `path` is the file as diagnostics name it, `data` its bytes, `document` what the release names
    as its source, `named` what a person named of it. The release is None wherever a diagnostic is
    an error: a part of a document is never taken for the whole.
    """
    release, diagnostics = read_partly(path, data, document, grammar, named)
    return (None if has_errors(diagnostics) else release), diagnostics


def read_partly(
    path: str, data: bytes, document: Document, grammar: Grammar, named: Named = NOTHING_NAMED
) -> tuple[Release | None, list[Diagnostic]]:
    """The same; with errors, the release has the entries in which there are none.

    It is None where it is not even known which release it is.
    """
    release, _, diagnostics = _read_all(path, data, document, grammar, named)
    return release, diagnostics


def read_entries(
    path: str, data: bytes, document: Document, grammar: Grammar
) -> tuple[Section, ...]:
    """The sections with the entries in which there are no errors, whatever the head says."""
    return _read_all(path, data, document, grammar, NOTHING_NAMED)[1]


def _read_all(
    path: str, data: bytes, document: Document, grammar: Grammar, named: Named
) -> tuple[Release | None, tuple[Section, ...], list[Diagnostic]]:
    source, found = read_source(path, data)
    if source is None or len(found) >= MOST_INVISIBLE:
        return None, (), found
    disguised = {line for one in found for line in source.paragraph(one.location.line or 0)}
    release, sections, read = _read(source, document, grammar, named, disguised)
    read = [one for one in read if one.location.line not in disguised]
    if not grammar.has_all_rules:
        read = [one for one in read if one.rule not in _OF_RULES]
    diagnostics = found + mixed_line_ends(source) + read
    if has_errors(diagnostics):
        sections = _of_whole_entries(sections, diagnostics)
        release = release and release._replace(sections=sections)
    if release is not None:
        diagnostics += unmatched(diagnostics, release.name, grammar)
    return release, sections, diagnostics


_OF_RULES = frozenset(
    ("fact-unrecognised", "word-unknown", "fact-repeated", "fact-incomplete", "entry-empty")
)
"""What may only be said because a rule of vendor.toml cannot be used."""


def _read(
    source: Source, document: Document, grammar: Grammar, named: Named, disguised: set[int]
) -> tuple[Release | None, tuple[Section, ...], list[Diagnostic]]:
    """The release, its sections, and what is wrong beside the characters on lines `disguised`."""
    walk = Walk(source, grammar)
    head = read_head(walk, named)
    contents = read_contents(walk)
    sections, has_all = read_sections(walk, document.path)
    diagnostics = walk.diagnostics
    if any("#" in source.line(line) for line in disguised):
        return None, (), diagnostics  # perhaps a heading: which section entries are of is not known
    unread = disguised.union(one.location.line or 0 for one in diagnostics)
    body = Body(sections, contents, has_all, frozenset(unread))
    diagnostics = diagnostics + check_body(source, body, grammar)
    if head is None:
        return None, sections, diagnostics
    diagnostics = with_acceptances(diagnostics, head.build.name, grammar)
    release = Release(
        title=head.title,
        build=head.build,
        publisher=head.publisher,
        published=head.published,
        notes=head.notes,
        sections=sections,
        rules=grammar.rules_of(sections),
        layout=Layout(
            lines=tuple(head.lines),
            head=tuple(head.lines.values()),
            release_form=head.release_form,
            release_line=head.release_line,
            date_form=head.date_form,
            contents_title=contents.title,
            contents=contents.lines,
            byte_order_mark=source.byte_order_mark,
            line_end=source.line_end,
            language=grammar.language,
        ),
        document=document,
    )
    if has_errors(diagnostics):
        return release, sections, diagnostics
    texts = list(reproduce(release, grammar))
    if different := check_round_trip(source, texts, grammar.entry):
        return release, sections, diagnostics + different
    return write_down(source, release, texts), sections, diagnostics


def _of_whole_entries(
    sections: tuple[Section, ...], diagnostics: list[Diagnostic]
) -> tuple[Section, ...]:
    """The sections without the entries on whose lines there are errors."""
    wrong = {one.location.line for one in diagnostics if one.severity is Severity.ERROR}
    return tuple(
        section._replace(
            entries=tuple(
                entry
                for entry in section.entries
                if wrong.isdisjoint(
                    range(entry.meaning.source.first_line, entry.meaning.source.last_line + 1)
                )
            )
        )
        for section in sections
    )
