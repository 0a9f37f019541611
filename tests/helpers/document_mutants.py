"""Mutants of a document: every small harm that may come to a text on its way, one at a time."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Mutant(NamedTuple):
    """A document with one thing changed: what kind of change, where, and the text that it makes.

    `survives` names the declared reason for which the catalogue may stay the same: the change is
    one of layout, which carries no meaning. Empty where it must be refused or change the catalogue.
    """

    kind: str
    place: int
    text: str
    survives: str = ""


LAYOUT = {
    "blank line": "an empty line more or less between blocks that Markdown keeps apart anyway",
    "escape": "a backslash before a character that is itself without it",
    "page": "the number of a page in the contents list",
    "bar": "the bar at the beginning or end of a table's row",
    "alignment": "how a table's column is aligned",
    "break": "a break within a cell, for a space",
    "indentation": "spaces before a bullet that leave it in its list",
    "language": "what a block of code is said to be written in",
}
"""Why a mutant may survive; each of these has to occur in one of the documents."""


def mutants(document: str) -> Iterator[Mutant]:
    """Every mutant of a document, kind after kind."""
    for make in (
        *(_words, _characters, _lines, _sentences, _marks, _digits, _insertions),
        *(_markup, _rows, _fences),
    ):
        yield from make(document)


def _changed(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


_WORD = re.compile(r"\S+")


def _words(document: str) -> Iterator[Mutant]:
    for match in _WORD.finditer(document):
        word = match[0]
        page = "page" if _is_page(document, match.start()) and word.isdigit() else ""
        bar = "bar" if _is_outer_bar(document, match) else ""
        yield Mutant("word dropped", match.start(), _changed(document, match, ""), bar)
        yield Mutant("word doubled", match.start(), _changed(document, match, f"{word} {word}"))
        yield Mutant("word replaced", match.start(), _changed(document, match, "Xylophone"))
        if page:
            yield Mutant("page replaced", match.start(), _changed(document, match, "77"), page)


def _is_outer_bar(document: str, match: re.Match[str]) -> bool:
    """Whether a word is a bar at either end of its line."""
    ends = (document[: match.start()][-1:], document[match.end() :][:1])
    return match[0] == "|" and "\n" in ends


_INTRUDERS = {
    "form feed": "\f",
    "line separator": "\N{LINE SEPARATOR}",
    "no-break space": "\N{NO-BREAK SPACE}",
    "zero-width space": "\N{ZERO WIDTH SPACE}",
    "right-to-left override": "\N{RIGHT-TO-LEFT OVERRIDE}",
    "look-alike": "\N{CYRILLIC SMALL LETTER A}",
}


def _characters(document: str) -> Iterator[Mutant]:
    for name, character in _INTRUDERS.items():
        for match in _WORD.finditer(document):
            middle = (match.start() + match.end()) // 2
            text = document[:middle] + character + document[middle:]
            reason = "language" if match[0].startswith("```") else ""
            yield Mutant(f"{name} put in", middle, text, reason)


def _lines(document: str) -> Iterator[Mutant]:
    lines = document.split("\n")
    for number, line in enumerate(lines):
        before, after = lines[:number], lines[number + 1 :]
        blank = "" if line else "blank line"
        yield Mutant("line dropped", number, "\n".join([*before, *after]), blank)
        yield Mutant("line doubled", number, "\n".join([*before, line, line, *after]), blank)
        if after and after[0] != line:
            swapped = "\n".join([*before, after[0], line, *after[1:]])
            reason = "blank line" if not (line and after[0]) else ""
            yield Mutant("line swapped with the next", number, swapped, reason)


_SENTENCE = re.compile(r"(?<=\*\* )[^\n]+|(?<=  \n)[^\n]+")
_ENTRY = re.compile(r"(?=^\*\*)", re.MULTILINE)


def _sentences(document: str) -> Iterator[Mutant]:
    """Sentences of entries dropped, reworded, and moved to the end of the next entry."""
    starts = [match.start() for match in _ENTRY.finditer(document)]
    for piece in _SENTENCE.finditer(document):
        for match in re.finditer(r"[^. ][^.]*(?:\.|(?=  $)|$)", piece[0]):
            start, end = piece.start() + match.start(), piece.start() + match.end()
            sentence = document[start:end]
            without = document[:start] + document[end:]
            yield Mutant("sentence dropped", start, without)
            words = sentence.split()
            reworded = " ".join([*words[1:], words[0]]) if len(words) > 1 else f"Not {sentence}"
            yield Mutant("sentence reworded", start, document[:start] + reworded + document[end:])
            following = next((s for s in starts if s > start), None)
            if following is not None:
                entry_end = document.find("\n\n", following)
                entry_end = entry_end if entry_end >= 0 else len(document)
                moved = f"{document[:entry_end]} {sentence.strip()}{document[entry_end:]}"
                yield Mutant("sentence moved to the next entry", start, moved[:start] + moved[end:])


def _marks(document: str) -> Iterator[Mutant]:
    kinds: tuple[tuple[str, str, str], ...] = (
        ("bold mark removed", r"\*\*", ""),
        ("escape removed", r"\\(?=_)", "escape"),
        ("break removed, words joined", r"  \n", ""),
        ("heading mark removed", r"^#+", ""),
        ("heading mark added", r"^(?=#)", ""),
    )
    for kind, pattern, reason in kinds:
        for match in re.finditer(pattern, document, re.MULTILINE):
            new = "#" if kind == "heading mark added" else ""
            yield Mutant(kind, match.start(), _changed(document, match, new), reason)
    for match in re.finditer(r"^(?:#.*|\d\t.*)$", document, re.MULTILINE):
        for kind, change in _LINE_CHANGES.items():
            new = change(match[0])
            if new != match[0]:
                yield Mutant(kind, match.start(), _changed(document, match, new))


_LINE_CHANGES: dict[str, Callable[[str], str]] = {
    "heading or contents line shortened": lambda line: line[: len(line) // 2],
    "heading or contents line in lower case": str.lower,
    "heading or contents line with a word more": lambda line: line.replace(" ", " more ", 1),
}


def _is_page(document: str, position: int) -> bool:
    """Whether a place is in the last column of the contents list."""
    start = document.rfind("\n", 0, position) + 1
    end = document.find("\n", position)
    line = document[start : end if end >= 0 else len(document)]
    return line.count("\t") > 1 and position - start > line.rindex("\t")


def _digits(document: str) -> Iterator[Mutant]:
    for match in re.finditer(r"\d", document):
        reason = "page" if _is_page(document, match.start()) else ""
        new = str((int(match[0]) + 1) % 10)
        yield Mutant("digit changed", match.start(), _changed(document, match, new), reason)


_BLOCKS = {
    "table": "| a | b |\n| --- | --- |\n| c | d |",
    "bullet": "- stray",
    "numbered list": "1. stray",
    "quote": "> stray",
    "HTML block": "<div>stray</div>",
    "comment": "<!-- stray -->",
    "stray paragraph": "Stray words here.",
    "link definition": "[stray]: https://example.invalid",
    "code": "```\nstray\n```",
    "line across": "* * *",
}


def _insertions(document: str) -> Iterator[Mutant]:
    lines = document.split("\n")
    for name, block in _BLOCKS.items():
        for number in range(len(lines) + 1):
            text = "\n".join([*lines[:number], "", block, "", *lines[number:]])
            yield Mutant(f"{name} put in", number, text)


def _markup(document: str) -> Iterator[Mutant]:
    """Marks of Markdown's taken away, put in, or put for one another."""
    kinds: tuple[tuple[str, str, str, str], ...] = (
        ("bullet removed", r"^- ", "", ""),
        ("bullet indented", r"^(?=- )", "  ", "indentation"),
        ("code mark removed", r"`", "", ""),
        ("link removed", r"\[([^\]\n]+)\]\([^)\n]+\)", r"\1", ""),
        ("break made a space", r"<br>", " ", "break"),
        ("break removed", r"<br>", "", ""),
        ("break put in", r"(?<=\w) (?=\w)", "<br>", ""),
        ("heading lowered", r"^(?=#)", "#", ""),
        ("emphasis put in", r"(?<= )([A-Za-z]{5,})(?= )", r"*\1*", ""),
    )
    for kind, pattern, new, reason in kinds:
        for match in re.finditer(pattern, document, re.MULTILINE):
            why = reason
            if kind == "break put in":
                why = "break" if document[document.rfind("\n", 0, match.start()) + 1] == "|" else ""
            yield Mutant(kind, match.start(), _changed(document, match, match.expand(new)), why)


_ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
_DELIMITERS = re.compile(r"[|:\- ]+")


def _rows(document: str) -> Iterator[Mutant]:
    """Cells of tables dropped, emptied, filled, doubled, swapped; columns aligned otherwise."""
    for row in _ROW.finditer(document):
        if _DELIMITERS.fullmatch(row[0]):
            yield Mutant(
                "column aligned",
                row.start(),
                _changed(document, row, row[0].replace("-|", ":|", 1)),
                "alignment",
            )
            continue
        cells = row[0].strip("|").split("|")
        for number, cell in enumerate(cells):
            before, after = cells[:number], cells[number + 1 :]
            changes = {
                "cell dropped": [*before, *after],
                "cell emptied": [*before, "  ", *after],
                "cell with a dash": [*before, " - ", *after],
                "cell doubled": [*before, cell, cell, *after],
                "cell swapped with the next": [*before, *after[:1], cell, *after[1:]],
            }
            for kind, made in changes.items():
                if made != cells:
                    new = f"|{'|'.join(made)}|"
                    yield Mutant(kind, row.start() + number, _changed(document, row, new))


def _fences(document: str) -> Iterator[Mutant]:
    """Blocks of code in another language, and with their fences made longer."""
    for fence in re.finditer(r"^```\w+$", document, re.MULTILINE):
        yield Mutant(
            "language changed", fence.start(), _changed(document, fence, "```text"), "language"
        )
        yield Mutant("fence longer", fence.start(), _changed(document, fence, f"`{fence[0]}"))
