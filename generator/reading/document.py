"""One document: the passes that its text goes through until it is a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import has_errors
from generator.model import Layout, Release
from generator.reading.checks import check_release
from generator.reading.contents import read_contents
from generator.reading.head import read_head
from generator.reading.layout import write_down
from generator.reading.round_trip import check_round_trip, reproduce
from generator.reading.sections import read_sections
from generator.reading.source import mixed_line_ends, read_source
from generator.reading.walk import Walk

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.model import Document
    from generator.reading.grammar import Grammar
    from generator.reading.source import Source
    from generator.runtime.firmware import Build


def read_document(
    path: str, data: bytes, document: Document, grammar: Grammar, build: Build | None = None
) -> tuple[Release | None, list[Diagnostic]]:
    """The release that a document describes.

    `path` is the file as diagnostics name it, `data` its bytes, `document` what the release names
    as its source. `build` is what a person named where the document's own line for it is missing or
    odd, else None. The release is None wherever a diagnostic is an error: a part of a document is
    never taken for the whole.
    """
    source, diagnostics = read_source(path, data)
    diagnostics = diagnostics or (mixed_line_ends(source) if source else [])
    if source is None or diagnostics:
        return None, diagnostics
    return _read(source, document, grammar, build)


def _read(
    source: Source, document: Document, grammar: Grammar, build: Build | None
) -> tuple[Release | None, list[Diagnostic]]:
    walk = Walk(source, grammar)
    head = read_head(walk, build)
    contents = read_contents(walk)
    sections = read_sections(walk, document.path)
    if head is None or has_errors(walk.diagnostics):
        return None, walk.diagnostics
    release = Release(
        title=head.title,
        build=head.build,
        publisher=head.publisher,
        published=head.published,
        notes=head.notes,
        sections=sections,
        rules=grammar.rules_of(sections),
        layout=Layout(
            head=head.lines,
            release_form=head.release_form,
            release_line=head.release_line,
            date_form=head.date_form,
            contents_title=contents.title,
            contents=contents.lines,
            byte_order_mark=source.byte_order_mark,
            line_end=source.line_end,
        ),
        document=document,
    )
    texts = list(reproduce(release, grammar))
    diagnostics = check_release(source, release, grammar) or check_round_trip(
        source, texts, grammar.entry
    )
    if has_errors(diagnostics):
        return None, diagnostics
    return write_down(source, release, texts), diagnostics
