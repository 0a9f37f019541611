"""The head of a document: its title, and a line each for the release, the publisher, the date."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.diagnostics import Diagnostic
from generator.model import Build, Line

if TYPE_CHECKING:
    from generator.reading.blocks import Block
    from generator.reading.grammar import Form
    from generator.reading.pattern import Pattern
    from generator.reading.text import Text
    from generator.reading.walk import Walk


class Head(NamedTuple):
    """What the head says, the patterns that the lines of release and date follow, and its lines."""

    title: str
    build: Build
    publisher: str
    published: date
    release_form: str
    date_form: str
    lines: tuple[Line, ...]


def read_head(walk: Walk) -> Head | None:
    """The head, None with findings where a line of it is missing or not of a known form."""
    title = _read_line(walk, "titles", "title-unknown", level=1)
    release = _read_line(walk, "releases", "release-unreadable")
    publisher = _read_line(walk, "publishers", "publisher-unknown")
    day = _read_line(walk, "dates", "date-unreadable")
    build = release and _read_build(walk, release)
    published = day and _read_date(walk, day)
    if not (title and release and build and publisher and day and published):
        return None
    return Head(
        title=title.text.string,
        build=build,
        publisher=publisher.text.string,
        published=published,
        release_form=release.pattern.text,
        date_form=day.pattern.text,
        lines=tuple(line.text.line for line in (title, release, publisher, day)),
    )


class _Line(NamedTuple):
    """A line of the head: its text, the pattern it follows, and the values of the holes."""

    text: Text
    pattern: Pattern
    values: dict[str, Any]


def _read_line(walk: Walk, form: Form, rule: str, level: int = 0) -> _Line | None:
    """The next block as a line of the head, None with a finding if it is not one."""
    is_told = walk.skip_refused()
    _skip_moved(walk, form)
    is_told |= walk.skip_refused()
    block = walk.peek()
    line = _match(walk, block, form)
    if line is None:
        return None if is_told else _read_wrong_line(walk, form, rule, level)
    walk.take()
    if block and (block.level != level or block.is_item):
        walk.report(_unknown_line(walk, form, rule, block, level))
    return line


def _skip_moved(walk: Walk, form: Form) -> None:
    """Steps over a line that should have stood before, where its absence is told already."""
    earlier = list(_NAMES)[: list(_NAMES).index(form)]
    if walk.diagnostics and any(_match(walk, walk.peek(), name) for name in earlier):
        walk.take()


def _read_wrong_line(walk: Walk, form: Form, rule: str, level: int) -> _Line | None:
    """Tells that the next block is not the line that should stand here; the line if it follows."""
    block = walk.peek()
    if block is None:
        if not walk.diagnostics:  # that the document ends is worth telling once
            walk.report(_unknown_line(walk, form, rule, block, level))
        return None
    if walk.text(block) is not None:  # else that is a finding of its own
        walk.report(_unknown_line(walk, form, rule, block, level))
    # What stands here is this line in another wording, or one too many before it; unless it is a
    # line that comes later, or no line of the head at all.
    if bool(block.level) == bool(level) and not any(_match(walk, block, name) for name in _NAMES):
        walk.take()
        if line := _match(walk, walk.peek(), form):
            walk.take()
            return line
    return None


def _match(walk: Walk, block: Block | None, form: Form) -> _Line | None:
    text = walk.text(block) if block and block.level >= 0 else None
    for pattern in walk.grammar.forms[form] if text else ():
        if text and (values := pattern.read(text.string)) is not None:
            return _Line(text, pattern, values)
    return None


_NAMES: dict[Form, str] = {
    "titles": "document's title",
    "releases": "release",
    "publishers": "publisher",
    "dates": "date",
}


def _unknown_line(walk: Walk, form: Form, rule: str, block: Block | None, level: int) -> Diagnostic:
    place = walk.source.at_line(block.first_line) if block else walk.source.at_end
    expected = " or ".join(map(_described, walk.grammar.forms[form]))
    mend = f"If the vendor's form is new, add it to `{form}` in {walk.grammar.source.path}; else "
    mend += "compare with the vendor's original: the line may have been lost or moved."
    if _match(walk, block, form):
        mend = f"Write it as a {'heading with one #' if level else 'paragraph of its own'}."
    return Diagnostic(
        rule,
        place,
        f"the {_NAMES[form]} should stand here, in a form that is known",
        mend=mend,
        expected=f"# {expected}" if level else expected,
        found=(place.excerpt or "").strip() if block else "the end of the document",
    )


_EXAMPLES = {"build": "r1.2.3-0-g0123abc", "month": 1, "day": 2, "year": 2024}


def _described(pattern: Pattern) -> str:
    """A pattern and, where it has holes, what it looks like with them filled."""
    return f"{pattern.text}, such as {pattern.tell(_EXAMPLES)}" if pattern.holes else pattern.text


# The numbers have bounds because names of files and versions of packages are made from them.
_BUILD = re.compile(
    r"(?P<release>(?:[A-Za-z]{1,8}_)?[A-Za-z]?[0-9]{1,5}(?:\.[0-9]{1,5}){1,4})"
    r"-(?P<commits>[0-9]{1,6})-g(?P<commit>[0-9a-f]{4,40})"
)


def _read_build(walk: Walk, line: _Line) -> Build | None:
    build = line.values["build"]
    match = _BUILD.fullmatch(build)
    if match:
        return Build(match["release"], int(match["commits"]), match["commit"])
    walk.report(
        Diagnostic(
            "release-impossible",
            walk.source.at(line.text.offset(line.text.string.index(build)), len(build)),
            "this cannot be a firmware release",
            mend="Compare with the vendor's original; the release names a file and a package.",
            expected="a tag of numbers, the commits since it and the commit's hash, as in "
            "r1.2.3-0-g0123abc",
            found=build,
        )
    )
    return None


_FIRST_YEAR = 2000


def _read_date(walk: Walk, line: _Line) -> date | None:
    year, month, day = (line.values[name] for name in ("year", "month", "day"))
    try:
        if year >= _FIRST_YEAR:
            return date(year, month, day)
    except (ValueError, OverflowError):
        pass
    walk.report(
        Diagnostic(
            "date-impossible",
            walk.source.at(line.text.offset(0), len(line.text.string)),
            "there can be no such date",
            mend="Compare with the vendor's original.",
            expected=f"a day of the calendar, in the year {_FIRST_YEAR} or later",
            found=line.text.string,
        )
    )
    return None
