"""What a person named of documents that do not say it, in releases.toml beside the documents."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from .. import settings
from ..diagnostics import Diagnostic
from ..model import Named
from ..settings import InvalidSettingError, as_toml, check_keys, locate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..releases import Scheme
    from .folder import Folder

RELEASES = "releases.toml"
_HEAD = """\
# Releases and days of publication that the documents do not say, as a person named them.
"""


def read_named(folder: Folder, scheme: Scheme) -> tuple[dict[str, Named], list[Diagnostic]]:
    """Reads what a person named, by document; nothing without the file.

    With errors, what the tables say in which there are none.
    """
    if not folder.has(RELEASES):
        return {}, []
    source, diagnostics = folder.read_text(RELEASES)
    if source is None:
        return {}, diagnostics
    errors = settings.Errors()
    data = errors.attempt(lambda: settings.parse(source.text)) or {}
    read = {name: errors.attempt(partial(_named, data[name], name, scheme)) for name in data}
    named = {name: one for name, one in read.items() if one is not None}
    advice = "Correct it; `add` with --release and --date writes it."
    invalid = [
        settings.diagnose("releases-invalid", source.path, source.text, error, advice)
        for error in errors
    ]
    present = {file.name for file in folder.documents()}
    return named, invalid + [
        Diagnostic(
            "releases-invalid",
            locate(source.path, source.text, name),
            "something is named of a document that is not there",
            help="Bring the document back, or take the table out.",
            expected=f"a document {name}",
            found="no such file",
        )
        for name in named
        if name not in present
    ]


def _named(data: object, name: str, scheme: Scheme) -> Named:
    table = check_keys(data, name, set(), {"release", "date"})
    header = f'["{name}"]'
    text = settings.text(table, "release") if "release" in table else None
    build = scheme.read(text) if text else None
    if text and build is None:
        raise InvalidSettingError("release", scheme.expected, text, header)
    published = table.get("date")
    if "date" in table and (not isinstance(published, date) or isinstance(published, datetime)):
        raise InvalidSettingError("date", "a day such as 2024-03-04", published, header)
    return Named(build, published)


def with_named(known: Mapping[str, Named], name: str, named: Named) -> bytes:
    """The content of releases.toml with what is named of a document put in."""
    parts = [_HEAD]
    for file, one in sorted({**known, name: named}.items()):
        lines = [f"[{as_toml(file)}]\n"]
        lines += [f"release = {as_toml(str(one.build))}\n"] if one.build else []
        lines += [f"date = {one.published.isoformat()}\n"] if one.published else []
        parts.append("".join(lines))
    return "\n".join(parts).encode()
