"""The model as plain data, in the shape of the public contract: what the JSON files hold.

The schemas of that shape are `templates/json/*.schema.json.j2`; a change to what is here changes
them too, and `FORMAT_VERSION` where it takes anything away.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.model import Deprecation, ProductNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.annotations import Annotations, CodeMapping
    from generator.changes import Change, Chapter, Difference, Side
    from generator.model import (
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


class Record(dict[str, Any]):
    """A table of the contract that knows the name of its type, as the schemas have it."""

    def __init__(self, type_name: str, /, **values: Any) -> None:  # noqa: ANN401
        super().__init__(values)
        self.type_name = type_name

    @cached_property
    def line(self) -> str:
        """The table as JSON on one line; kept, as several targets may have it."""
        return _json(self)


def to_json(
    data: Record | Sequence[object],
    schema: str | None = None,
    comment: str | None = None,
    depth: int = -1,
) -> str:
    """The data as JSON text, keys in their order, without a line end behind.

    What holds nothing that holds something stands on one line, and so does what is `depth` levels
    down. `schema` and `comment`, where given, come first in a record: the schema's relative path,
    and how the file came about.
    """
    first = {"$schema": schema, "$comment": comment}
    first = {key: value for key, value in first.items() if value is not None}
    return _write({**first, **data} if isinstance(data, dict) else data, "\n", depth)


def _write(value: object, line_end: str, depth: int) -> str:
    if depth == 0:
        return value.line if isinstance(value, Record) else _json(value)
    if not isinstance(value, _NESTED):
        return _json(value)
    items = value.values() if isinstance(value, dict) else value
    if not any(isinstance(item, _NESTED) and item for item in items):
        return _json(value)
    inner = f"{line_end}  "
    written = [_write(item, inner, depth - 1) for item in items]
    if isinstance(value, dict):
        fields = (f"{_json(key)}: {item}" for key, item in zip(value, written, strict=True))
        return f"{{{inner}{f',{inner}'.join(fields)}{line_end}}}"
    return f"[{inner}{f',{inner}'.join(written)}{line_end}]"


_NESTED = (dict, list, tuple)
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


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
    """What `releases/<name>.json` holds: one document as it tells its release.

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
        sections=[_section(section) for section in release.sections],
        rules=[Record("Rule", **rule._asdict()) for rule in release.rules],
        source=Record(
            "DocumentSource",
            document=_document(release.document),
            byte_order_mark=layout.byte_order_mark,
            line_end=layout.line_end,
            head=[_span(line.span) for line in layout.head],
            release_form=layout.release_form,
            release_line=layout.release_line,
            date_form=layout.date_form,
            contents_title=layout.contents_title and _line(layout.contents_title),
            contents=[
                Record("ContentsLine", **{**line._asdict(), "span": _span(line.span)})
                for line in layout.contents
            ],
            between=layout.between,
            marks=[Record("Mark", **mark._asdict()) for mark in layout.marks],
        ),
    )


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
        rows=[Record("MappedCode", **row._asdict()) for row in mapping.rows],
    )


def difference_data(difference: Difference) -> Record:
    """What `diff` prints as JSON: what changed from one release to another."""
    return Record("Changes", format_version=FORMAT_VERSION, **_difference(difference))


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
        before=value_data(change.before),
        after=value_data(change.after),
        old=_side(change.old),
        new=_side(change.new),
        accepted=change.reason,
    )


def _side(side: Side | None) -> Record | None:
    """The whole entry on one side of a change."""
    if side is None:
        return None
    return Record("Side", code=side.code, sent_in=side.sent_in, **meaning_data(side.meaning))


def value_data(value: object) -> Any:  # noqa: ANN401
    """The value of a field of a meaning as it stands in the JSON."""
    if isinstance(value, ProductNote):
        return Record("ProductNote", product=value.product, note=value.note)
    if isinstance(value, Deprecation):
        return Record("Deprecation", **value._asdict())
    if isinstance(value, tuple):
        return [value_data(item) for item in value]
    return value


def _line(line: Line) -> Record:
    return Record("Line", text=line.text, span=_span(line.span))


def _release_names(release: Release) -> dict[str, str]:
    return {
        "name": release.name,
        "build": str(release.build),
        "commit": release.build.commit,
        "published": release.published.isoformat(),
    }


def _document(document: Document) -> Record:
    return Record("Document", **document._asdict())


def _code(code: ErrorCode) -> Record:
    return Record(
        "CodeDetails",
        code=code.code,
        sent_in=code.sent_in,
        first_release=code.first_release,
        removed_in=code.removed_in,
        revisions=[
            Record(
                "Revision",
                since=revision.since,
                until=revision.until,
                sent_in=revision.sent_in,
                meanings=[meaning_data(meaning) for meaning in revision.meanings],
            )
            for revision in code.revisions
        ],
    )


def _section(section: Section) -> Record:
    return Record(
        "Section",
        title=section.title,
        sent_in=section.sent_in,
        entries=[_entry(entry) for entry in section.entries],
        source=Record("SectionSource", number=section.number, span=_span(section.span)),
    )


def _entry(entry: Entry) -> Record:
    meaning = meaning_data(entry.meaning)
    source = Record("EntrySource", **meaning.pop("source"), code=_span(entry.span))
    sentences = [_sentence(sentence) for sentence in entry.meaning.sentences]
    return Record("Entry", code=entry.code, **meaning, sentences=sentences, source=source)


def _sentence(sentence: Sentence) -> Record:
    fact = sentence.fact
    return Record(
        "Sentence",
        text=sentence.text,
        rule=sentence.rule,
        fact=None if fact is None else _fact(fact),
        source=Record(
            "SentenceSource", span=_span(sentence.span), full_stop=sentence.has_full_stop
        ),
    )


def _fact(fact: Fact) -> Record:
    return Record("Fact", **{"states": fact.states, **fact._asdict()})


def meaning_data(meaning: Meaning) -> Record:
    """One entry's meaning, as the catalogue and whatever quotes it have it."""
    fields = {name: value_data(getattr(meaning, name)) for name in MEANING_FIELDS}
    return Record("Meaning", **fields, source=_source(meaning.source))


MEANING_FIELDS = (
    "text",
    "description",
    "may_accompany_non_error_status",
    "products",
    "product_notes",
    "connectors",
    "deprecated",
    "configuration_keys",
)
"""What an entry says, in the order of the JSON."""


def _source(source: Source) -> Record:
    return Record("Source", document=source.document, lines=(source.first_line, source.last_line))


def _span(span: Span) -> Record:
    return Record("Span", **span._asdict())
