"""What a document adds to the catalogue: for a terminal, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..contract import additions_data
from ..fields import format_value
from ..record import to_json
from .differences import format_text as format_difference
from .terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..changes import Additions, Intake, Published
    from ..fields import Fields
    from ..model import Fact, Sentence
    from .differences import Paint


def format_json(additions: Additions, intake: Intake, errors: int) -> str:
    """What became of a document, and the additions, as JSON of a schema of the `json` target."""
    return to_json(additions_data(additions, intake, errors))


def format_text(
    additions: Additions, fields: Fields, paths: Mapping[str, str], paint: Paint
) -> str:
    """The changes, and each entry with something new in it: its facts by their rules, its prose.

    `paths` are the files by the documents' paths as the releases name them.
    """
    parts = [format_difference(one, paths, paint) for one in additions.differences]
    lines = [paint("published for the first time", "strong")]
    for one in additions.published:
        lines += _entry(one, fields, paths, paint)
    parts += ["\n".join(lines)] if additions.published else []
    if additions.is_partial:
        parts.append("This is partial: what has errors is left out, and nothing is shown as gone.")
    return "\n\n".join(parts)


def _entry(
    published: Published, fields: Fields, paths: Mapping[str, str], paint: Paint
) -> Iterator[str]:
    code, sent_in, meaning = published.side
    source = meaning.source
    new = "new, " if published.is_new else ""
    field = f"sent in {sent_in}, " if sent_in else ""
    place = f"{paths[source.document]}:{source.first_line}"
    yield f"  {paint(code, 'strong')}  {new}{field}{place}"
    yield f"      description  {visible(meaning.description)}"
    for sentence in meaning.sentences:
        is_new = sentence.text in published.new_texts
        if is_new or published.is_new:
            yield f"      {_sentence(sentence, fields, is_new=is_new)}"


def _sentence(sentence: Sentence, fields: Fields, *, is_new: bool) -> str:
    kind = f"{'new ' if is_new else ''}{'fact' if sentence.fact else 'prose'}"
    said = visible(sentence.text)
    if sentence.fact is not None:
        said = (
            f"{visible(_fact(sentence.fact, fields))}  by the rule '{sentence.fact.rule}': {said}"
        )
    return f"{kind:<11}  {said}"


def _fact(fact: Fact, fields: Fields) -> str:
    """What a fact states, by the label of its field."""
    stated = fields.by_stated_name.get(fact.states)
    label = stated[1].label if stated else fact.states
    return f"{label}: {', '.join(map(format_value, fact.values.values())) or 'yes'}"
