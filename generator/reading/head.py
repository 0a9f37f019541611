"""The head of a document: its title, and a line each for the release, the publisher, the date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.diagnostics import Diagnostic
from generator.reading.blocks import SECTION
from generator.reading.dates import DATES, date_forms, date_of, values_of
from generator.reading.entries import may_be_note, opens_entry, read_note
from generator.reading.pattern import HEAD_PLACEHOLDERS, Pattern
from generator.reading.walk import opens_section, stray
from generator.runtime.firmware import read_build
from generator.settings import as_toml

if TYPE_CHECKING:
    from generator.language import Language
    from generator.model import Line
    from generator.reading.blocks import Block
    from generator.reading.grammar import Form
    from generator.reading.text import Text
    from generator.reading.walk import Walk
    from generator.runtime.firmware import Build


class Head(NamedTuple):
    """What the head says, the patterns that the lines of release and date follow, and its lines.

    Where a person named the build, `release_form` is None, and `release_line` is what stands in
    place of that line, if anything. `notes` are the paragraphs behind the lines.
    """

    title: str
    build: Build
    publisher: str
    published: date
    release_form: str | None
    release_line: str | None
    date_form: str
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]


def read_head(walk: Walk, named: Build | None = None) -> Head | None:
    """The head, None with diagnostics where a line of it is missing or not of a known form.

    `named` is the build as a person named it: the line of the release may then be missing or odd.
    """
    lines, notes = _read_lines(walk, is_named=named is not None)
    line = lines.get("releases")
    build = _read_build(walk, line, named)
    published = _read_date(walk, lines["dates"]) if "dates" in lines else None
    if build is None or published is None or not lines.keys() >= _LINES.keys() - {"releases"}:
        return None
    return Head(
        title=lines["titles"].text.string,
        build=build,
        publisher=lines["publishers"].text.string,
        published=published,
        release_form=line.pattern.text if line and line.pattern else None,
        release_line=line.text.string if line and not line.pattern else None,
        date_form=_form(lines["dates"]),
        lines=tuple(lines[form].text.line for form in _LINES if form in lines),
        notes=notes,
    )


class _Kind(NamedTuple):
    """A line of the head: what it is called, and the diagnostic where it is not valid."""

    name: str
    rule: str
    level: int = 0


_KINDS = ("heading", "paragraph")

# In the order in which they stand.
_LINES: dict[Form, _Kind] = {
    "titles": _Kind("document's title", "title-unknown", level=1),
    "releases": _Kind("release", "release-unreadable"),
    "publishers": _Kind("publisher", "publisher-unknown"),
    "dates": _Kind("date", "date-unreadable"),
}


class _Line(NamedTuple):
    """A line of the head: its text, the pattern it follows, the values of the placeholders.

    The pattern is None for an odd line in place of the release's.
    """

    text: Text
    pattern: Pattern | None
    values: dict[str, Any]


def _form(line: _Line) -> str:
    return line.pattern.text if line.pattern else ""


def _read_lines(walk: Walk, *, is_named: bool) -> tuple[dict[Form, _Line], tuple[Line, ...]]:
    """Each line of the head that is there, and the notes behind them.

    Diagnostics for what is missing, moved or too much.
    A block that is no known line is taken for the first that is missing, in another wording. Where
    a person named the build (`is_named`) the line of the release may be missing, or be any text.
    """
    lines: dict[Form, _Line] = {}
    places: dict[Form, Block] = {}
    strangers: list[Block] = []
    for block in _blocks_of_head(walk):
        form = next((f for f in _LINES if f not in lines and _match(walk, block, f)), None)
        line = form and _match(walk, block, form)
        is_odd = form == "releases" and line and read_build(line.values["build"]) is None
        if form is None or line is None or (is_named and is_odd):
            strangers.append(block)
            continue
        if later := next((later for later in _behind(form) if later in lines), None):
            walk.report(_unknown_line(walk, form, places[later]))
        elif block.level != _LINES[form].level or block.kind not in _KINDS:
            walk.report(_unknown_line(walk, form, block, is_known=True))
        lines[form], places[form] = line, block
    if is_named and "releases" not in lines and strangers and (text := _odd(walk, strangers[0])):
        lines["releases"], places["releases"] = _Line(text, None, {}), strangers.pop(0)
    optional = {"releases"} if is_named else set()
    for form in (form for form in _LINES if form not in lines and form not in optional):
        following = next((places[later] for later in _behind(form) if later in places), walk.peek())
        stranger = strangers.pop(0) if strangers else None
        if stranger is None or (stranger.kind != "refused" and walk.text(stranger) is not None):
            walk.report(_unknown_line(walk, form, stranger or following))
        if not (places or following):
            break  # of an empty document the first missing line is enough
    last = max((block.last_line for block in places.values()), default=0)
    behind = [block for block in strangers if may_be_note(walk, block) and block.first_line > last]
    others = (block for block in strangers if block not in behind)
    walk.report(*(stray(walk, block) for block in others if block.kind != "refused"))
    return lines, tuple(note for block in behind for note in read_note(walk, block))


def _odd(walk: Walk, block: Block) -> Text | None:
    """The text of a line in place of the release's: a paragraph right behind the title."""
    is_behind_title = walk.blocks.index(block) == 1 and walk.blocks[0].level == 1
    if not is_behind_title or block.kind != "paragraph":
        return None
    return walk.text(block)


def _behind(form: Form) -> list[Form]:
    """The lines that stand behind one."""
    forms = list(_LINES)
    return forms[forms.index(form) + 1 :]


def _blocks_of_head(walk: Walk) -> list[Block]:
    """What stands before the first section, the contents list or the first entry, stepped over."""
    blocks: list[Block] = []
    while (block := walk.peek()) and (_match(walk, block, "titles") or not _is_behind(walk, block)):
        walk.take()
        blocks.append(block)
    return blocks


def _is_behind(walk: Walk, block: Block) -> bool:
    """Whether a block is the first behind the head."""
    if not walk.grammar.sections:
        return opens_entry(walk, block)
    return block.level == SECTION or opens_section(walk, block)


def _match(walk: Walk, block: Block, form: Form) -> _Line | None:
    text = walk.plain_text(block) if block.kind != "refused" else None
    for pattern in walk.grammar.forms[form] if text else ():
        if text and (values := pattern.read(text.string)) is not None:
            # The line is written by the pattern again, so its typography is the pattern's.
            written = pattern.format(values)
            if text.string in (written, written.removesuffix(".")):
                return _Line(text, pattern, values)
    return None


def _unknown_line(
    walk: Walk, form: Form, block: Block | None, *, is_known: bool = False
) -> Diagnostic:
    """A line that is missing, moved or (`is_known`) of the wrong kind of block."""
    kind = _LINES[form]
    place = walk.source.at_line(block.first_line) if block else walk.source.at_end
    expected = " or ".join(map(_described, walk.grammar.forms[form]))
    if is_known:
        advice = f"Write it as a {'heading with one #' if kind.level else 'paragraph of its own'}."
    else:
        advice = _advice(walk, form, block)
    return Diagnostic(
        kind.rule,
        place,
        f"the {kind.name} should stand here, in a form that is known",
        help=advice,
        expected=f"# {expected}" if kind.level else expected,
        found=(place.excerpt or "").strip() if block else "the end of the document",
    )


def _advice(walk: Walk, form: Form, block: Block | None) -> str:
    """What to do about a line that is missing, or not of a known form."""
    advice = "Compare with the vendor's original: the line may have been lost or moved."
    if form == "releases":
        advice += " `add` with --build names the release of a document that is so."
    is_other = block is None or any(_match(walk, block, other) for other in _LINES)
    text = walk.text(block) if block and not is_other and block.kind != "refused" else None
    if text is None:
        return advice
    if new := _new_forms(form, text.string, walk.grammar.language):
        known = [pattern.text for pattern in walk.grammar.forms[form]]
        what = f"{'one of these' if len(new) > 1 else 'this'} into [document]"
        lines = "".join(f"\n  {form} = {as_toml([*known, one])}{note}" for one, note in new)
        return f"{advice} If the form is new, put {what} of {walk.grammar.source.path}:{lines}"
    if form == "dates":
        advice += " Else write its year with four digits, its month as a number or by its whole "
        advice += (
            f"name, such as {walk.grammar.language.months[0]}, and its day as a number: no other "
        )
        advice += "date can be read."
    return advice


def _new_forms(form: Form, line: str, language: Language) -> list[tuple[str, str]]:
    """The forms that would read a line, each with a comment where there is a choice."""
    if form == "dates":
        forms = date_forms(line, language)
        return [(one, f"  # {stated}" if len(forms) > 1 else "") for one, stated in forms]
    if form == "releases":
        builds = [word for word in line.split() if read_build(word)]
        if len(builds) != 1:
            return []
        line = line.replace(builds[0], "{build}")
    try:
        Pattern(line, HEAD_PLACEHOLDERS)
    except ValueError:
        return []
    return [(line, "")]


_EXAMPLES = {"build": "r1.2.3-0-g0123abc", **values_of(date(2024, 1, 2))}


def _described(pattern: Pattern) -> str:
    """A pattern and, where it has placeholders, what it looks like with them filled."""
    if not pattern.placeholders:
        return pattern.text
    return f"{pattern.text}, such as {pattern.format(_EXAMPLES)}"


def _read_build(walk: Walk, line: _Line | None, named: Build | None) -> Build | None:
    """The build that the line names; else the one that a person did."""
    if line is None or line.pattern is None:
        return named
    text = line.values["build"]
    build = read_build(text)
    if build is not None and named in (None, build):
        return build
    place = walk.source.at(line.text.offset(line.text.string.index(text)), len(text))
    if build is None:
        diagnostic = Diagnostic(
            "release-impossible",
            place,
            "this cannot be a firmware release",
            help="Compare with the vendor's original; the release names a file and a package. "
            "`add` with --build names the release of a document whose line is so.",
            expected="a tag of numbers, the commits since it and the commit's hash, as in "
            "r1.2.3-0-g0123abc",
            found=text,
        )
    else:
        diagnostic = Diagnostic(
            "build-contradicted",
            place,
            "the document names its build itself, and a person named another",
            help="Take the document's own: leave --build out, or its line in builds.toml.",
            expected=str(named),
            found=text,
        )
    walk.report(diagnostic)
    return None


def _read_date(walk: Walk, line: _Line) -> date | None:
    published = date_of(line.values)
    if published is not None:
        return published
    walk.report(
        Diagnostic(
            "date-impossible",
            walk.source.at(line.text.offset(0), len(line.text.string)),
            "there can be no such date",
            help="Compare with the vendor's original.",
            expected=DATES,
            found=line.text.string,
        )
    )
    return None
