"""Targets: the folders of `templates/`, each with a manifest that tells its language's ways."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar, cast

from generator import settings
from generator.diagnostics import Diagnostic, Location
from generator.settings import InvalidSettingError, check_keys
from generator.writing.identifiers import CASES, Case, Identifiers
from generator.writing.paths import leads_out
from generator.writing.syntax import Comment, Fields, List, String, Syntax

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from generator.settings import Table

MANIFEST = "target.toml"
SHARED = "_shared"
SHARED_SYNTAX = "syntax.toml"


class File(NamedTuple):
    """One artefact, or one for each release: the template and the path it is rendered to.

    `marked` is false for a format that has no place for the mark of generated files.
    """

    template: str
    path: str
    each: Literal["release"] | None = None
    marked: bool = True


class Target(NamedTuple):
    """One output: what a folder of templates makes.

    `syntaxes` are by the ending of a file's name; `leftovers` are names that the language's own
    tools leave beside the artefacts and that are none. `folder` is where its files go, below the
    output folder: that of its name, or `.` for the output folder itself.
    """

    name: str
    files: tuple[File, ...]
    syntaxes: Mapping[str, Syntax]
    identifiers: Identifiers | None = None
    package_case: Case = "kebab"
    leftovers: tuple[str, ...] = ()
    folder: str = ""

    def syntax(self, path: str) -> Syntax:
        """The syntax of the file at a path; one that can write nothing where none is declared."""
        suffix = PurePosixPath(path).suffix.removeprefix(".")
        return self.syntaxes.get(suffix or PurePosixPath(path).name, Syntax())


def read_targets(templates: Path) -> tuple[list[Target], list[Diagnostic]]:
    """Every folder of templates that has a manifest, in the order of their names."""
    diagnostics: list[Diagnostic] = []
    shared = templates / SHARED / SHARED_SYNTAX
    read = partial(_read, templates, diagnostics)
    syntaxes = read(shared, _syntaxes) if shared.exists() else {}
    targets: list[Target] = []
    for folder in sorted(templates.iterdir()):
        # What is no folder, or one without a manifest, is no target; one that cannot be opened is.
        if folder.is_dir() and folder.name != SHARED and _has_manifest(folder):
            target = read(folder / MANIFEST, partial(_target, folder.name, syntaxes or {}))
            targets += [target] if target else []
    if not targets and not diagnostics:
        diagnostics.append(_no_targets(templates))
    return targets, diagnostics


def _has_manifest(folder: Path) -> bool:
    try:
        return any(one.name == MANIFEST for one in folder.iterdir())
    except OSError:
        return True


T = TypeVar("T")


def _read(
    templates: Path, diagnostics: list[Diagnostic], file: Path, make: Callable[[Table], T]
) -> T | None:
    """What is made of a manifest, None with a finding where it cannot be."""
    content = ""
    try:
        _check_place(file, templates)
        content = file.read_text(encoding="utf-8")
        return make(settings.parse(content))
    except InvalidSettingError as invalid:
        error = invalid
    except (OSError, UnicodeDecodeError) as unreadable:
        error = InvalidSettingError("", "a manifest in UTF-8", unreadable)
    advice = "Correct it; CONTRIBUTING.md says what a manifest holds, under 'Add a target'."
    diagnostics.append(settings.diagnose("target-invalid", str(file), content, error, advice))
    return None


def _check_place(file: Path, templates: Path) -> None:
    """Refuses what would have a file from elsewhere read, or a run wait for a pipe."""
    if leads_out(file, templates):
        found = "a link that leads out of it"
        raise InvalidSettingError("", "a manifest within the folder of templates", found)
    if file.exists() and not file.is_file():
        raise InvalidSettingError("", "a manifest in UTF-8", "no file, but something else")


def _syntaxes(data: object, shared: Mapping[str, Syntax] | None = None) -> dict[str, Syntax]:
    """Each syntax by its suffix; what it does not say itself it has from the shared one."""
    if not isinstance(data, dict):
        raise InvalidSettingError("syntax", "[syntax.…] as tables", data)
    return {
        suffix: _syntax(suffix, table, (shared or {}).get(suffix, Syntax()))
        for suffix, table in data.items()
    }


def _target(name: str, shared: Mapping[str, Syntax], data: Table) -> Target:
    optional = {"syntax", "identifiers", "package_case", "leftovers", "folder"}
    check_keys(data, "", {"files"}, optional)
    case = settings.one_of({"package_case": "kebab"} | data, "package_case", CASES)
    return Target(
        name=name,
        files=tuple(settings.tables(data, "files", _file)),
        syntaxes={**shared, **_syntaxes(data.get("syntax", {}), shared)},
        identifiers=_identifiers(data["identifiers"]) if "identifiers" in data else None,
        package_case=cast("Case", case),
        leftovers=tuple(settings.texts(data, "leftovers")),
        folder=settings.one_of({"folder": name} | data, "folder", (name, ".")),
    )


def _file(table: object) -> File:
    data = check_keys(table, "[[files]]", {"template", "path"}, {"each", "marked"})
    if "each" in data:
        settings.one_of(data, "each", ("release",))
    marked = data.get("marked", True)
    if not isinstance(marked, bool):
        raise InvalidSettingError("marked", "true or false as marked", marked)
    template, path = settings.text(data, "template"), settings.text(data, "path")
    return File(template, path, data.get("each"), marked)


def _identifiers(table: object) -> Identifiers:
    name = "[identifiers]"
    data = check_keys(table, name, {"case"}, {"prefix", "reserved", "reserved_suffix"})
    settings.one_of(data, "case", CASES)
    for key in data.keys() & {"prefix", "reserved_suffix"}:
        settings.text(data, key)
    return Identifiers(**{**data, "reserved": frozenset(settings.texts(data, "reserved"))})


def _syntax(suffix: str, table: object, base: Syntax) -> Syntax:
    name = f"[syntax.{suffix}]"
    data = check_keys(table, name, set(), set(Syntax._fields))
    parts = {part: _part(data[part], part) for part in _PARTS if part in data}
    for key in data.keys() - parts.keys():
        settings.text(data, key)
    return base._replace(**{**data, **parts})


_PARTS: dict[str, type[Comment | String | List | Fields]] = {
    "comment": Comment,
    "string": String,
    "list": List,
    "record": Fields,
}


def _part(table: object, name: str) -> Comment | String | List | Fields:
    kind = _PARTS[name]
    required = {"quote"} if kind is String else set()
    data = check_keys(table, name, required, set(kind._fields))
    for key, value in data.items():
        if key != "escapes" and not isinstance(value, str):
            raise InvalidSettingError(key, f"a text as {key}", value)
    escapes = data.get("escapes", {})
    if not isinstance(escapes, dict) or not all(isinstance(v, str) for v in escapes.values()):
        raise InvalidSettingError("escapes", "a table of texts as escapes", escapes)
    if kind is String and (long := [key for key in escapes if len(key) != 1]):
        raise InvalidSettingError(long[0], "single characters as keys of escapes", long[0])
    if "case" in data:
        settings.one_of(data, "case", CASES)
    return kind(**data)


def _no_targets(templates: Path) -> Diagnostic:
    return Diagnostic(
        "target-invalid",
        Location(str(templates)),
        "there is no target in this folder",
        help="Check the name; --templates names the folder of targets.",
        expected=f"at least one folder with a {MANIFEST}",
        found="no such folder",
    )
