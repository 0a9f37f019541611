"""The head of a document: its title, and a line each for the release, the publisher, the date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ..diagnostics import Diagnostic, Location
from ..model import NOTHING_NAMED
from ..settings import as_toml
from .blocks import SECTION
from .dates import DATES, date_forms, date_of, values_of
from .entries import may_be_note, opens_entry, read_note
from .grammar import HEAD_LINES
from .pattern import Pattern, head_placeholders
from .walk import opens_section, stray

if TYPE_CHECKING:
    from ..model import HeadLine, Line, Named, Vendor
    from ..releases import Build, Scheme
    from .blocks import Block
    from .grammar import Form, Grammar
    from .text import Text
    from .walk import Walk


class Head(NamedTuple):
    """What the head says, the patterns that the lines of release and date follow, and its lines.

    Title, publisher and day are None where the head does not say them. Where a person named the
    release, `release_form` is None, and `release_line` is what stands in place of that line, if
    anything. `notes` are the paragraphs behind the lines.
    """

    title: str | None
    build: Build
    publisher: str | None
    published: date | None
    release_form: str | None
    release_line: str | None
    date_form: str | None
    lines: dict[HeadLine, Line]
    notes: tuple[Line, ...]


def read_head(walk: Walk, named: Named = NOTHING_NAMED) -> Head | None:
    """The head, None with diagnostics where a line of it is missing or not of a known form.

    `named` is what a person named: with the release, its line may then be missing or odd.
    """
    lines, notes = _read_lines(walk, is_named=named.build is not None)
    line = lines.get("releases")
    build = _read_build(walk, line, named.build)
    published = _read_date(walk, lines.get("dates"), named.published)
    is_dated = published is not None or "dates" not in lines
    if build is None or not is_dated or not lines.keys() >= {*_order(walk)} - {"releases"}:
        return None
    return Head(
        title=_text(lines.get("titles")),
        build=build,
        publisher=_text(lines.get("publishers")),
        published=published,
        release_form=_form(line),
        release_line=None if _form(line) else _text(line),
        date_form=_form(lines.get("dates")),
        lines={HEAD_LINES[form]: lines[form].text.line for form in _order(walk) if form in lines},
        notes=notes,
    )


class _Kind(NamedTuple):
    """A line of the head: what it is called, and the diagnostic where it is not valid."""

    name: str
    rule: str
    level: int = 0


_KINDS = ("heading", "paragraph")

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


def _form(line: _Line | None) -> str | None:
    return line.pattern.text if line and line.pattern else None


def _text(line: _Line | None) -> str | None:
    return line.text.string if line else None


def _order(walk: Walk) -> list[Form]:
    """The lines that documents have, in the order in which they stand."""
    return [form for form, known in walk.grammar.forms.items() if known and form in _LINES]


def _read_lines(walk: Walk, *, is_named: bool) -> tuple[dict[Form, _Line], tuple[Line, ...]]:
    """Each line of the head that is there, and the notes behind them.

    Diagnostics for what is missing, moved or too much.
    A block that is no known line is taken for the first that is missing, in another wording. Where
    a person named the release (`is_named`) its line may be missing, or be any text.
    """
    order = _order(walk)
    scheme = walk.grammar.vendor.scheme
    lines: dict[Form, _Line] = {}
    places: dict[Form, Block] = {}
    strangers: list[Block] = []
    for block in _blocks_of_head(walk):
        form = next((f for f in order if f not in lines and _match(walk, block, f)), None)
        line = form and _match(walk, block, form)
        named = line.values[scheme.placeholder] if line and form == "releases" else None
        is_odd = named is not None and scheme.read(named) is None
        if form is None or line is None or (is_named and is_odd):
            strangers.append(block)
            continue
        if later := next((later for later in _behind(form, order) if later in lines), None):
            walk.report(_unknown_line(walk, form, places[later]))
        elif block.level != _LINES[form].level or block.kind not in _KINDS:
            walk.report(_unknown_line(walk, form, block, is_known=True))
        lines[form], places[form] = line, block
    is_missing = "releases" in order and "releases" not in lines
    if is_named and is_missing and strangers and (text := _odd(walk, strangers[0], order)):
        lines["releases"], places["releases"] = _Line(text, None, {}), strangers.pop(0)
    optional = {"releases"} if is_named else set()
    for form in (form for form in order if form not in lines and form not in optional):
        behind_it = (places[later] for later in _behind(form, order) if later in places)
        following = next(behind_it, walk.peek())
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


def _odd(walk: Walk, block: Block, order: list[Form]) -> Text | None:
    """The text of a line in place of the release's: a paragraph behind the lines before it."""
    place = order.index("releases")
    before = zip(order[:place], walk.blocks, strict=False)
    is_behind_them = all(one.level == _LINES[form].level for form, one in before)
    is_in_place = walk.blocks.index(block) == place and is_behind_them
    return walk.text(block) if block.kind == "paragraph" and is_in_place else None


def _behind(form: Form, order: list[Form]) -> list[Form]:
    """The lines that stand behind one."""
    return order[order.index(form) + 1 :]


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
    scheme = walk.grammar.vendor.scheme
    expected = " or ".join(_described(one, scheme) for one in walk.grammar.forms[form])
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
        advice += " `add` with --release names the release of a document that is so."
    is_other = block is None or any(_match(walk, block, other) for other in _LINES)
    text = walk.text(block) if block and not is_other and block.kind != "refused" else None
    if text is None:
        return advice
    if new := _new_forms(form, text.string, walk.grammar.vendor):
        known = [pattern.text for pattern in walk.grammar.forms[form]]
        what = f"{'one of these' if len(new) > 1 else 'this'} into [document]"
        lines = "".join(f"\n  {form} = {as_toml([*known, one])}{note}" for one, note in new)
        return f"{advice} If the form is new, put {what} of {walk.grammar.source.path}:{lines}"
    if form == "dates":
        advice += " Else write its year with four digits, its month as a number or by its whole "
        advice += "name, as in `months` of [language] (English where there is none), and its day "
        advice += "as a number: no other date can be read."
    return advice


def _new_forms(form: Form, line: str, vendor: Vendor) -> list[tuple[str, str]]:
    """The forms that would read a line, each with a comment where there is a choice."""
    if form == "dates":
        forms = date_forms(line, vendor.language)
        return [(one, f"  # {stated}" if len(forms) > 1 else "") for one, stated in forms]
    if form == "releases":
        named = vendor.scheme.named_in(line)
        if len(named) != 1:
            return []
        line = line.replace(named[0], f"{{{vendor.scheme.placeholder}}}")
    try:
        Pattern(line, head_placeholders(vendor.language))
    except ValueError:
        return []
    return [(line, "")]


def _described(pattern: Pattern, scheme: Scheme) -> str:
    """A pattern and, where it has placeholders, what it looks like with them filled."""
    if not pattern.placeholders:
        return pattern.text
    examples = {scheme.placeholder: scheme.example, **values_of(date(2024, 1, 2))}
    return f"{pattern.text}, such as {pattern.format(examples)}"


def _read_build(walk: Walk, line: _Line | None, named: Build | None) -> Build | None:
    """The release that the line names; else the one that a person did."""
    grammar = walk.grammar
    if line is None or line.pattern is None:
        if named is None and not grammar.forms["releases"]:
            walk.report(_unnamed(walk))
        return named
    text = line.values[grammar.vendor.scheme.placeholder]
    build = grammar.vendor.scheme.read(text)
    if build is not None and named in (None, build):
        return build
    place = walk.source.at(line.text.offset(line.text.string.index(text)), len(text))
    if build is None:
        advice = " `add` with --release names the release of a document whose line is so."
        walk.report(impossible_release(grammar, text, place, advice))
    else:
        walk.report(_contradicted(place, "release", str(named), text))
    return None


def impossible_release(
    grammar: Grammar, text: str, place: Location, advice: str = ""
) -> Diagnostic:
    """Diagnostic for what cannot be a release's name, or is not in the list of the vendor's."""
    scheme = grammar.vendor.scheme
    if scheme.kind == "listed":
        order = as_toml([*scheme.order, text])
        return Diagnostic(
            "release-unlisted",
            place,
            "this release is not in the list, and its place among the others is not known",
            help="Compare with the vendor's original. If it is the newest, put this into "
            f"[releases] of {grammar.source.path}; else move it to its place, the oldest first:"
            f"\n  order = {order}",
            expected=scheme.expected,
            found=text,
        )
    return Diagnostic(
        "release-impossible",
        place,
        "this cannot be a firmware release",
        help="Compare with the vendor's original; the release names a file and a package." + advice,
        expected=scheme.expected,
        found=text,
    )


def _unnamed(walk: Walk) -> Diagnostic:
    scheme = walk.grammar.vendor.scheme
    is_dated = bool(walk.grammar.forms["dates"])
    dated = () if is_dated else ("--date", "YYYY-MM-DD")
    return Diagnostic(
        "release-unnamed",
        Location(walk.source.path),
        "nothing says which release this document is for",
        help="The vendor's documents have no line for it. "
        + ("Name it:" if is_dated else "Name it, and its date if that is known:"),
        expected=scheme.expected,
        found="no line for the release, and none named beside the document",
        command=("add", "--release", scheme.example, *dated, "FILE"),
    )


def _contradicted(place: Location, what: str, named: str, found: str) -> Diagnostic:
    return Diagnostic(
        "release-contradicted",
        place,
        f"the document names its {what} itself, and a person named another",
        help=f"Take the document's own: leave --{what} out, or its line in releases.toml.",
        expected=named,
        found=found,
    )


def _read_date(walk: Walk, line: _Line | None, named: date | None) -> date | None:
    """The day that the line names; without one, the day that a person did."""
    if line is None:
        return named
    place = walk.source.at(line.text.offset(0), len(line.text.string))
    published = date_of(line.values)
    if published is not None and named in (None, published):
        return published
    if published is not None:
        walk.report(_contradicted(place, "date", str(named), str(published)))
        return None
    walk.report(
        Diagnostic(
            "date-impossible",
            place,
            "there can be no such date",
            help="Compare with the vendor's original. If the original is so, ask the vendor which "
            "day is meant, and for a document that has it: this one cannot be taken in.",
            expected=DATES,
            found=line.text.string,
        )
    )
    return None
