"""The model as plain data, in the shape of the public contract: what the JSON files hold.

The schemas of that shape are `templates/json/*.schema.json.j2`; a change to what is here changes
them too, and `FORMAT_VERSION` where it takes anything away.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import (
        Catalogue,
        Document,
        Entry,
        Fact,
        Meaning,
        Release,
        Section,
        Sentence,
        Span,
    )

FORMAT_VERSION = "1.0"

Data = dict[str, Any]


def to_json(data: object) -> str:
    """The data as JSON text, two spaces deep, keys in their order, without a line end behind."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def catalogue_data(catalogue: Catalogue, comment: str) -> Data:
    """`catalogue.json`: each code with its revisions; `comment` says how the file came about."""
    return {
        "$schema": "./catalogue.schema.json",
        "$comment": comment,
        "format_version": FORMAT_VERSION,
        "vendor": catalogue.vendor.name,
        "latest_release": catalogue.latest.name,
        "releases": [
            {
                **_release_names(release),
                "title": release.title,
                "document": _document(release.document),
            }
            for release in catalogue.releases
        ],
        "codes": [
            {
                "code": code.code,
                "sent_in": code.sent_in,
                "first_release": code.first_release,
                "removed_in": code.removed_in,
                "revisions": [
                    {
                        "since": revision.since,
                        "until": revision.until,
                        "meanings": [_meaning(meaning) for meaning in revision.meanings],
                    }
                    for revision in code.revisions
                ],
            }
            for code in catalogue.codes
        ],
    }


def release_data(release: Release, comment: str | None = None) -> Data:
    """`releases/<name>.json`: one document as it tells its release.

    Everything that depends on where and in which form the document says it stands under a key
    `source`; with those left out, two forms of one text give the same data.
    """
    return {
        "$schema": "../release.schema.json",
        **({"$comment": comment} if comment else {}),
        "format_version": FORMAT_VERSION,
        **_release_names(release),
        "title": release.title,
        "publisher": release.publisher,
        "sections": [_section(section) for section in release.sections],
        "source": {
            "document": _document(release.document),
            "release_form": release.layout.release_form,
            "date_form": release.layout.date_form,
            "contents_title": release.layout.contents_title,
            "contents": [
                {
                    "number": line.number,
                    "title": line.title,
                    "page": line.page,
                    "span": _span(line.span),
                }
                for line in release.layout.contents
            ],
        },
    }


def _release_names(release: Release) -> Data:
    return {
        "name": release.name,
        "build": str(release.build),
        "commit": release.build.commit,
        "published": release.published.isoformat(),
    }


def _document(document: Document) -> Data:
    return {"path": document.path, "sha256": document.sha256}


def _section(section: Section) -> Data:
    return {
        "title": section.title,
        "sent_in": section.sent_in,
        "entries": [_entry(entry) for entry in section.entries],
        "source": {"number": section.number, "span": _span(section.span)},
    }


def _entry(entry: Entry) -> Data:
    meaning = _meaning(entry.meaning)
    source = meaning.pop("source")
    return {
        "code": entry.code,
        **meaning,
        "sentences": [_sentence(sentence) for sentence in entry.meaning.sentences],
        "source": {**source, "code": _span(entry.span)},
    }


def _sentence(sentence: Sentence) -> Data:
    return {
        "text": sentence.text,
        "rule": sentence.rule,
        "fact": _fact(sentence.fact) if sentence.fact else None,
        "source": {"span": _span(sentence.span)},
    }


def _fact(fact: Fact) -> Data:
    values: Mapping[str, Any] = {field.name: getattr(fact, field.name) for field in fields(fact)}
    return {"states": fact.name, **values}


def _meaning(meaning: Meaning) -> Data:
    deprecated = meaning.deprecated
    return {
        "text": meaning.text,
        "description": meaning.description,
        "may_accompany_non_error_status": meaning.may_accompany_non_error_status,
        "products": list(meaning.products),
        "product_notes": [
            {"product": note.product, "note": note.note} for note in meaning.product_notes
        ],
        "connectors": list(meaning.connectors),
        "deprecated": deprecated
        and {"note": deprecated.note, "replaced_by": list(deprecated.replaced_by)},
        "configuration_keys": list(meaning.configuration_keys),
        "source": {
            "document": meaning.source.document,
            "lines": [meaning.source.first_line, meaning.source.last_line],
        },
    }


def _span(span: Span) -> Data:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
