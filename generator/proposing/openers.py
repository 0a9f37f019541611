"""What the entries of a document open with: the block with the code, and how it stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .codes import looks_like_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..reading.blocks import Kind
    from .survey import Part

# How a code may stand in a heading, and in a paragraph or bullet; the closest form comes first.
# A ~ is any of the dashes.
_HEADINGS = (
    "{title} ({code})",
    "{title} [{code}]",
    "{title} ~ {code}",
    "{title}: {code}",
    "{code}: {title}",
    "{code} ~ {title}",
    "`{code}`: {title}",
    "`{code}` {title}",
    "`{code}`",
    "{code} {title}",
    "{code}",
)
_PROSE = (
    "**{code} ~ {title}.** {text}",
    "**{code}: {title}.** {text}",
    "**{code} ~ {title}** {text}",
    "**{code}: {title}** {text}",
    "**{code}:** {text}",
    "**{code}**: {text}",
    "**{code}** ~ {text}",
    "**{code}** {text}",
    "`{code}`: {text}",
    "`{code}` ~ {text}",
    "`{code}` {text}",
    "{code}: {text}",
    "{code} ~ {text}",
)
_DASHES = ("-", "\N{EN DASH}", "\N{EM DASH}")


def _spelt(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns with each of the dashes."""
    spelt = (pattern.replace("~", dash) for pattern in patterns for dash in _DASHES)
    return tuple(dict.fromkeys(spelt))


_FORMS: dict[Kind, tuple[str, ...]] = {
    "heading": _spelt(_HEADINGS),
    "item": _spelt(_PROSE),
    "paragraph": _spelt(_PROSE),
}
_TAKES = {"code": r"[^\s*`]+", "title": r".+?", "text": r".+"}


class Opener(NamedTuple):
    """What entries open with: a kind of block, a heading of `level`, a row of `columns`.

    `patterns` is how the code stands in it: one, or one for each column, empty where it is not
    known what stands there. `places` are those of the
    blocks among the parts of the document, `codes` their codes.
    """

    kind: Kind
    level: int
    columns: tuple[str, ...]
    patterns: tuple[str, ...]
    places: tuple[int, ...]
    codes: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How much speaks for it. What stands under headings belongs to them."""
        return len(self.places) * (2 if self.kind == "heading" else 1)


def find_opener(parts: Sequence[Part]) -> Opener | None:
    """What most entries open with; None where nothing in the document looks like codes."""
    found = [*_in_texts(parts), *_in_rows(parts)]
    return max(found, key=lambda opener: opener.weight, default=None)


def _in_texts(parts: Sequence[Part]) -> Iterator[Opener]:
    of_kind: dict[tuple[Kind, int], list[int]] = {}
    for place, part in enumerate(parts):
        if part.kind in _FORMS:
            of_kind.setdefault((part.kind, part.level), []).append(place)
    for (kind, level), places in of_kind.items():
        for pattern in _FORMS[kind]:
            regex = reader(pattern)
            matches = [(place, regex.fullmatch(parts[place].text)) for place in places]
            codes = {place: match["code"] for place, match in matches if match and _is_code(match)}
            if _is_worth(list(codes.values())):
                yield Opener(kind, level, (), (pattern,), tuple(codes), tuple(codes.values()))


def _is_code(match: re.Match[str]) -> bool:
    return looks_like_code(match["code"])


def _is_worth(codes: list[str]) -> bool:
    """Whether there are as many as make a document, and not the same few again and again."""
    return len(codes) > 1 and len(set(codes)) * 2 > len(codes)


def _in_rows(parts: Sequence[Part]) -> Iterator[Opener]:
    of_columns: dict[tuple[str, ...], list[int]] = {}
    for place, part in enumerate(parts):
        if part.kind == "row":
            of_columns.setdefault(part.columns, []).append(place)
    for columns, places in of_columns.items():
        rows = [parts[place].texts for place in places]
        cells = [[bare(text) for text in column] for column in zip(*rows, strict=True)]
        fitting = [n for n, column in enumerate(cells) if _are_codes(column)]
        if fitting and len(columns) > 1:
            at = min(fitting, key=lambda n: (not _CODE_HEAD.search(columns[n]), n))
            patterns = _patterns_of_row(columns, rows, at)
            yield Opener("row", 0, columns, patterns, tuple(places), tuple(cells[at]))


_CODE_HEAD = re.compile(r"(?i)\b(?:code|fault|error|id|event|alarm)\b")


def _are_codes(column: list[str]) -> bool:
    return all(map(looks_like_code, column)) and _is_worth(column)


def _patterns_of_row(
    columns: tuple[str, ...], rows: list[tuple[str, ...]], at: int
) -> tuple[str, ...]:
    """The code in its column, the text in the longest, and nothing said of all others."""
    lengths = [sum(map(len, column)) for column in zip(*rows, strict=True)]
    longest = max((n for n in range(len(columns)) if n != at), key=lambda n: lengths[n])
    return tuple(
        "{code}" if n == at else "{text}" if n == longest else "" for n in range(len(columns))
    )


NOTHING = (*_DASHES, "", "n/a", "N/A")
"""What stands in a cell that says nothing."""


def bare(text: str) -> str:
    """A text without the code span that it stands in."""
    is_span = len(text) > 2 and text[0] == text[-1] == "`" and "`" not in text[1:-1]  # noqa: PLR2004
    return text[1:-1] if is_span else text


def reader(pattern: str) -> re.Pattern[str]:
    """What reads a pattern of `{code}`, `{title}` and `{text}`."""
    parts = re.split(r"\{(\w+)\}", pattern)
    return re.compile(
        "".join(
            f"(?P<{part}>{_TAKES[part]})" if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        )
    )
