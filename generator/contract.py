"""The model as plain data, in the shape of the public contract: what the JSON files hold.

The shapes are declared in `generator.shapes`; a change that takes anything away raises
`FORMAT_VERSION`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .language import ENGLISH, NumberWord, written
from .record import Record
from .shapes.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .annotations import Annotations, CodeMapping, MappedCode
    from .changes import (
        Additions,
        Change,
        Chapter,
        Difference,
        Intake,
        Published,
        Side,
    )
    from .language import Language
    from .model import (
        Catalogue,
        Document,
        Entry,
        ErrorCode,
        Fact,
        Line,
        Meaning,
        Release,
        Section,
        Sentence,
        Source,
        Span,
        Vendor,
    )

FORMAT_VERSION = "1.0"


def catalogue_data(catalogue: Catalogue) -> Record:
    """What `catalogue.json` holds: the releases, and each code with its revisions."""
    return Record(
        "Catalogue",
        format_version=FORMAT_VERSION,
        vendor=catalogue.vendor.name,
        latest_release=catalogue.latest.name,
        releases=[
            Record(
                "Release",
                **_release_names(release),
                title=release.title,
                document=_document(release.document),
            )
            for release in catalogue.releases
        ],
        codes=[_code(code) for code in catalogue.codes],
    )


def release_data(release: Release) -> Record:
    """What `releases/<name>.json` holds: one release as its document has it.

    Everything that depends on where and in which form the document says it stands under a key
    `source`; with those left out, two forms of one text give the same data.
    """
    layout = release.layout
    return Record(
        "ReleaseDocument",
        format_version=FORMAT_VERSION,
        **_release_names(release),
        title=release.title,
        publisher=release.publisher,
        notes=[_line(note) for note in release.notes],
        sections=[_section(section) for section in release.sections],
        rules=[Record("Rule", **rule._asdict()) for rule in release.rules],
        source=Record(
            "DocumentSource",
            document=_document(release.document),
            byte_order_mark=layout.byte_order_mark,
            line_end=layout.line_end,
            lines=layout.lines,
            head=[_span(line.span) for line in layout.head],
            release_form=layout.release_form,
            release_line=layout.release_line,
            date_form=layout.date_form,
            contents_title=layout.contents_title and _line(layout.contents_title),
            contents=[
                Record("ContentsLine", **{**line._asdict(), "span": _span(line.span)})
                for line in layout.contents
            ],
            **_language(layout.language),
            between=layout.between,
            marks=[Record("Mark", **mark._asdict()) for mark in layout.marks],
        ),
    )


def _language(language: Language) -> dict[str, Record]:
    """The words that patterns leave open; none where they are the usual ones."""
    if language is ENGLISH:
        return {}
    return {"language": Record("Language", months=language.months, and_word=language.and_word)}


def changelog_data(vendor: Vendor, chapters: Iterable[Chapter]) -> Record:
    """What `changelog.json` holds: what each release changed, the newest first."""
    return Record(
        "Changelog",
        format_version=FORMAT_VERSION,
        vendor=vendor.name,
        chapters=[
            Record(
                "Chapter",
                release=_named(chapter.release),
                difference=None
                if chapter.difference is None
                else Record("Difference", **_difference(chapter.difference)),
            )
            for chapter in chapters
        ],
    )


def annotations_data(vendor: Vendor, annotations: Annotations) -> Record:
    """What `annotations.json` holds: what is known from elsewhere, each with its source."""
    return Record(
        "Annotations",
        format_version=FORMAT_VERSION,
        vendor=vendor.name,
        mappings=[_mapping(mapping) for mapping in annotations.mappings],
        observations=[Record("Observation", **one._asdict()) for one in annotations.observations],
    )


def _mapping(mapping: CodeMapping) -> Record:
    code_list = mapping.code_list
    codes = [Record("ListedCode", code=code, name=name) for code, name in code_list.codes.items()]
    return Record(
        "CodeMapping",
        id=mapping.id,
        code_list=Record("CodeList", **{**code_list._asdict(), "codes": codes}),
        rows=[mapped_code_data(row) for row in mapping.rows],
    )


def mapped_code_data(row: MappedCode) -> Record:
    """A code and its counterpart, as the annotations and whatever quotes them have it."""
    return Record("MappedCode", **row._asdict())


def difference_data(difference: Difference) -> Record:
    """What `diff` prints as JSON: what changed from one release to another."""
    return Record("Changes", format_version=FORMAT_VERSION, **_difference(difference))


def additions_data(additions: Additions, intake: Intake, errors: int) -> Record:
    """What `add` prints as JSON: what became of a document, and what it adds to the catalogue."""
    return Record(
        "Additions",
        format_version=FORMAT_VERSION,
        intake=intake,
        errors=errors,
        release=additions.release and _named(additions.release),
        is_partial=additions.is_partial,
        differences=[Record("Difference", **_difference(one)) for one in additions.differences],
        published=[_published(one) for one in additions.published],
    )


def _published(published: Published) -> Record:
    code, sent_in, meaning = published.side
    sentences = [
        Record(
            "PublishedSentence",
            text=sentence.text,
            is_new=sentence.text in published.new_texts,
            rule=sentence.fact and sentence.fact.rule,
            fact=_fact(sentence),
        )
        for sentence in meaning.sentences
    ]
    return Record(
        "PublishedEntry",
        code=code,
        **_sent_in(sent_in),
        is_new=published.is_new,
        **meaning_data(meaning),
        sentences=sentences,
    )


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "old": _named(difference.old),
        "new": _named(difference.new),
        "changes": [_change(change) for change in difference.changes],
        "possible_renames": [
            Record(
                "PossibleRename",
                before=rename.before,
                after=rename.after,
                alike=rename.alike,
                words=rename.words,
                old=_side(rename.old),
                new=_side(rename.new),
            )
            for rename in difference.possible_renames
        ],
    }


def _named(release: Release) -> Record:
    return Record("ReleaseReference", **_release_names(release))


def _change(change: Change) -> Record:
    return Record(
        "Change",
        **{"class": change.impact.value},
        code=change.code,
        field=change.field,
        summary=change.summary,
        before=change.before,
        after=change.after,
        old=_side(change.old),
        new=_side(change.new),
        accepted=change.reason,
    )


def _side(side: Side | None) -> Record | None:
    """The whole entry on one side of a change."""
    if side is None:
        return None
    meaning = meaning_data(side.meaning)
    return Record("Side", code=side.code, **_sent_in(side.sent_in), **meaning)


def _sent_in(field: str) -> dict[str, str]:
    """The field of OCPP in which a code is sent; no such key where that is none."""
    return {"sent_in": field} if field else {}


def _line(line: Line) -> Record:
    return Record("Line", text=line.text, span=_span(line.span))


def _release_names(release: Release) -> dict[str, str | None]:
    return {
        "name": release.name,
        "build": str(release.build) if release.build.commit else None,
        "commit": release.build.commit,
        "published": release.published.isoformat() if release.published else None,
    }


def _document(document: Document) -> Record:
    return Record("Document", **document._asdict())


def _code(code: ErrorCode) -> Record:
    return Record(
        "CodeDetails",
        code=code.code,
        **_sent_in(code.sent_in),
        first_release=code.first_release,
        removed_in=code.removed_in,
        revisions=[
            Record(
                "Revision",
                since=revision.since,
                until=revision.until,
                **_sent_in(revision.sent_in),
                meanings=[meaning_data(meaning) for meaning in revision.meanings],
            )
            for revision in code.revisions
        ],
    )


def _section(section: Section) -> Record:
    return Record(
        "Section",
        title=section.title,
        **_sent_in(section.sent_in),
        facts=[_sentence(sentence) for sentence in section.facts],
        notes=[_line(note) for note in section.notes],
        entries=[_entry(entry) for entry in section.entries],
        source=Record(
            "SectionSource", number=section.number, span=section.span and _span(section.span)
        ),
    )


def _entry(entry: Entry) -> Record:
    meaning = meaning_data(entry.meaning)
    source = Record("EntrySource", **meaning.pop("source"), code=_span(entry.span))
    sentences = [_sentence(sentence) for sentence in entry.meaning.sentences]
    return Record("Entry", code=entry.code, **meaning, sentences=sentences, source=source)


def _sentence(sentence: Sentence) -> Record:
    return Record(
        "Sentence",
        text=sentence.text,
        rule=sentence.fact and sentence.fact.rule,
        fact=_fact(sentence),
        source=Record(
            "SentenceSource",
            span=_span(sentence.span),
            full_stop=sentence.has_full_stop,
            **_number_words(sentence.fact),
        ),
    )


def _number_words(fact: Fact | None) -> dict[str, list[str]]:
    """How a fact's numbers are written, where one of them is a word."""
    values = fact.values.values() if fact else ()
    items = [item for one in values for item in (one if isinstance(one, tuple) else (one,))]
    numbers = [item for item in items if isinstance(item, int)]
    has_words = any(isinstance(number, NumberWord) for number in numbers)
    return {"numbers": [*map(written, numbers)]} if has_words else {}


def _fact(sentence: Sentence) -> Record | None:
    fact = sentence.fact
    return fact and Record("Fact", **{"states": fact.states, **fact.values})


def meaning_data(meaning: Meaning) -> Record:
    """One entry's meaning, as the catalogue and whatever quotes it have it."""
    texts = {"text": meaning.text, "description": meaning.description}
    return Record("Meaning", **texts, **meaning.fields, source=_source(meaning.source))


def code_rows(catalogue: Catalogue) -> list[Record]:
    """The catalogue as rows of one table: one for each code, revision and meaning."""
    columns = [*columns_of(catalogue.vendor.fields)]
    return [
        Record(
            "CodeRow",
            code=code.code,
            **_sent_in(revision.sent_in),
            first_release=code.first_release,
            removed_in=code.removed_in,
            since=revision.since,
            until=revision.until,
            is_newest=revision is code.revisions[-1],
            meaning=number,
            text=meaning.text or None,
            description=meaning.description or None,
            **{column.member.name: column.cell(meaning.fields) for column in columns},
            document=meaning.source.document,
            first_line=meaning.source.first_line,
            last_line=meaning.source.last_line,
        )
        for code in catalogue.codes
        for revision in code.revisions
        for number, meaning in enumerate(revision.meanings, start=1)
    ]


def annotation_rows(annotations: Record) -> list[Record]:
    """What `annotations.json` holds, as rows of one table."""
    empty = dict.fromkeys(("code", "counterpart", "counterpart_name", "counterpart_list"))
    empty |= dict.fromkeys(("counterpart_vendor_id", "field", "seen"))
    rows = [
        {
            "kind": "mapping",
            **empty,
            "code": row["code"],
            "counterpart": row["to"],
            "counterpart_name": names[row["to"]],
            "counterpart_list": mapping["code_list"]["title"],
            "counterpart_vendor_id": mapping["code_list"]["vendor_id"],
            **{key: row[key] for key in ("confidence", "basis", "source")},
            "note": None,
        }
        for mapping in annotations["mappings"]
        for names in [{one["code"]: one["name"] for one in mapping["code_list"]["codes"]}]
        for row in mapping["rows"]
    ]
    rows += [
        {
            "kind": "observation",
            **empty,
            "field": one["field"],
            "seen": one["value"],
            "confidence": one["confidence"],
            "basis": "observed",
            "source": one["source"],
            "note": one["note"],
        }
        for one in annotations["observations"]
    ]
    return [
        Record("AnnotationRow", annotation=number, **row)
        for number, row in enumerate(rows, start=1)
    ]


def _source(source: Source) -> Record:
    return Record("Source", document=source.document, lines=(source.first_line, source.last_line))


def _span(span: Span) -> Record:
    return Record("Span", **span._asdict())
