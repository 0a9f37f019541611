"""The builds of documents that do not name theirs, in builds.toml beside the documents."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from generator import settings
from generator.diagnostics import Diagnostic
from generator.runtime.firmware import read_build
from generator.settings import InvalidSettingError, check_keys, locate

if TYPE_CHECKING:
    from generator.runtime.firmware import Build
    from generator.spec.folder import Folder

BUILDS = "builds.toml"
_HEAD = """\
# The firmware builds of documents whose own line for it is missing or odd, as a person named them.
[builds]
"""


def read_builds(folder: Folder) -> tuple[dict[str, Build], list[Diagnostic]]:
    """Reads the builds that a person named, by document; there are none without the file.

    With errors, those in whose lines there are none.
    """
    if not folder.has(BUILDS):
        return {}, []
    source, diagnostics = folder.read_text(BUILDS)
    if source is None:
        return {}, diagnostics
    errors = settings.Errors()
    builds = errors.attempt(lambda: _builds(settings.parse(source.text), errors)) or {}
    advice = "Correct it; `add` with --build writes it."
    invalid = [
        settings.diagnose("build-invalid", source.path, source.text, error, advice)
        for error in errors
    ]
    present = {file.name for file in folder.documents()}
    return builds, invalid + [
        Diagnostic(
            "build-invalid",
            locate(source.path, source.text, name),
            "a build is named for a document that is not there",
            help="Bring the document back, or take the line out.",
            expected=f"a document {name}",
            found="no such file",
        )
        for name in builds
        if name not in present
    ]


def _builds(data: settings.Table, errors: settings.Errors) -> dict[str, Build]:
    """The builds in the valid lines; the errors of the others are collected."""
    table = check_keys(data, "", {"builds"})["builds"]
    if not isinstance(table, dict):
        raise InvalidSettingError("builds", "[builds] as a table", table)
    read = {name: errors.attempt(partial(_build, table, name)) for name in table}
    return {name: build for name, build in read.items() if build is not None}


def _build(table: settings.Table, name: str) -> Build:
    text = settings.text(table, name)
    if build := read_build(text):
        return build
    raise InvalidSettingError(name, "a build such as r1.2.3-0-g0123abc", text)


def with_build(folder: Folder, name: str, build: Build) -> bytes:
    """The content of builds.toml with a document's build added."""
    builds, _ = read_builds(folder)
    lines = (f'"{file}" = "{one}"\n' for file, one in sorted({**builds, name: build}.items()))
    return (_HEAD + "".join(lines)).encode()
