"""What changed between two releases: for a terminal, for a pull request, and as JSON."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..contract import difference_data
from ..record import to_json
from .terminal import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..changes import Change, Difference, Rename, Side

    Paint = Callable[[str, str], str]
    """Paints a text by its role: `+`, `-`, `strong` or `place`."""


def format_text(difference: Difference, paths: Mapping[str, str], paint: Paint) -> str:
    """The changes by their class, the worst first, each with both places.

    `paths` are the files by the documents' paths as the releases name them.
    """
    names = f"{difference.old.name} → {difference.new.name}"
    lines = [f"{paint(names, 'strong')}: {_format_counts(difference)}"]
    for impact, changes in difference.by_impact:
        lines += ["", paint(impact.value, "strong")]
        for change in changes:
            lines += _change(change, paths, paint)
    if difference.possible_renames:
        lines += ["", paint("perhaps renamed", "strong")]
    for rename in difference.possible_renames:
        lines += _rename(rename, paths)
    return "\n".join(lines)


def _format_counts(difference: Difference) -> str:
    """How many changes of each class there are."""
    counts = (f"{len(changes)} {impact}" for impact, changes in difference.by_impact)
    return ", ".join(counts) or "no change"


def _change(change: Change, paths: Mapping[str, str], paint: Paint) -> Iterator[str]:
    summary = visible(change.summary)
    if change.field in _TEXTS:
        words = _mark_words(visible(str(change.before)), visible(str(change.after)), paint)
        summary = f"{change.field}: {words}"
    yield f"  {paint(change.code, 'strong')}  {summary}"
    yield f"      {_places(change.old, change.new, paths)}"
    if change.reason is not None:
        yield f"      accepted: {visible(change.reason)}"


_TEXTS = ("description", "text")


def _rename(rename: Rename, paths: Mapping[str, str]) -> Iterator[str]:
    yield f"  {rename.before} → {rename.after}  {rename.percent} % of the words are the same"
    yield f"      {_places(rename.old, rename.new, paths)}"


def _places(old: Side | None, new: Side | None, paths: Mapping[str, str]) -> str:
    return " → ".join(
        f"{paths[one.source.document]}:{one.source.first_line}" for one in (old, new) if one
    )


def _mark_words(before: str, after: str, paint: Paint) -> str:
    """Both texts in one, with removed and added words marked as wdiff does."""
    old, new = before.split(), after.split()
    marked: list[str] = []
    for _, start, end, first, last in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if old[start:end] == new[first:last]:
            marked += old[start:end]
            continue
        if start < end:
            marked.append(paint(f"[-{' '.join(old[start:end])}-]", "-"))
        if first < last:
            marked.append(paint(f"{{+{' '.join(new[first:last])}+}}", "+"))
    return " ".join(marked)


def format_markdown(difference: Difference, paths: Mapping[str, str]) -> str:
    """The changes as Markdown for a pull request, by their class, the worst first."""
    names = f"{difference.old.name} → {difference.new.name}"
    lines = [f"## {_escaped(names)}", "", f"{_format_counts(difference).capitalize()}."]
    for impact, changes in difference.by_impact:
        lines += ["", f"### {impact.value.capitalize()}", ""]
        lines += [_item(change, paths) for change in changes]
    if difference.possible_renames:
        lines += ["", "### Perhaps renamed", ""]
    for rename in difference.possible_renames:
        places = _escaped(_places(rename.old, rename.new, paths))
        names = f"**{_escaped(rename.before)}** → **{_escaped(rename.after)}**"
        lines.append(f"- {names}: {rename.percent} % of the words are the same ({places})")
    return "\n".join(lines)


def format_json(difference: Difference) -> str:
    """The changes as JSON, in the form of a schema of the `json` target."""
    return to_json(difference_data(difference))


def _item(change: Change, paths: Mapping[str, str]) -> str:
    places = _places(change.old, change.new, paths)
    accepted = f" Accepted: {_escaped(change.reason)}" if change.reason is not None else ""
    summary = _escaped(change.summary)
    return f"- **{_escaped(change.code)}** {summary} ({_escaped(places)}){accepted}"


def _escaped(text: str) -> str:
    """Escapes a text of the vendor's, so that nothing in it is taken for Markdown or HTML."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{character}" if character in _MARKDOWN else character for character in text)


_MARKDOWN = frozenset("\\`*_[]>#|~$")
