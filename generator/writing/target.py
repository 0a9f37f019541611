"""Targets: the folders of `templates/`, each with a manifest on how its language is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar, cast

from generator import settings
from generator.diagnostics import Diagnostic, Location
from generator.runtime import decoder
from generator.settings import InvalidSettingError, check_keys
from generator.shapes.names import RECORD_NAMES
from generator.writing.identifiers import CASES, Case, Identifiers
from generator.writing.paths import leads_out
from generator.writing.syntax import Comment, Fields, List, String, Syntax
from generator.writing.types import Types

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.settings import Table

MANIFEST = "target.toml"
SHARED = "_shared"
SHARED_SYNTAX = "syntax.toml"


class File(NamedTuple):
    """One artefact, or one for each release: what makes it, and its path.

    It is made of a `template`, of a file that is copied as it stands (`copy`), or of one of the
    program's own runtime modules (`runtime`): two of the three are None. `shape` names the record
    that a template is given. `marked` is false for a format that has no place for the mark of
    generated files.
    """

    path: str
    template: str | None = None
    copy: str | None = None
    runtime: str | None = None
    each: Literal["release"] | None = None
    shape: str | None = None
    marked: bool = True

    @property
    def origin(self) -> str:
        """The file that it is made of, in the target's folder or among the runtime modules."""
        return self.template or self.copy or self.runtime or ""


class Target(NamedTuple):
    """One output: what a folder of templates makes.

    `syntaxes` are by the ending of a file's name; `leftovers` are names that the language's own
    tools leave beside the artefacts and that are none. `literals` are the forms of values whose
    types have others than their kind, by the types' names. `members` are the names of a record's
    parts, `identifiers` those of codes. `folder` is where its files go, below the output folder:
    that of its name, or `.` for the output folder itself.
    """

    name: str
    files: tuple[File, ...]
    syntaxes: Mapping[str, Syntax]
    types: Types = Types()
    literals: Mapping[str, str] = MappingProxyType({})
    members: Identifiers = Identifiers()
    identifiers: Identifiers | None = None
    package_case: Case = "kebab"
    leftovers: tuple[str, ...] = ()
    folder: str = ""

    def syntax(self, path: str) -> Syntax:
        """The syntax of the file at a path; one that can write nothing where none is declared."""
        suffix = PurePosixPath(path).suffix.removeprefix(".")
        return self.syntaxes.get(suffix or PurePosixPath(path).name, Syntax())

    def types_in(self, path: str) -> Types:
        """How the file at a path writes types: as the target does, but for forms of its own."""
        return Types({**self.types.forms, **self.syntax(path).types.forms})


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
            make = partial(_target, folder, syntaxes or {})
            target = read(folder / MANIFEST, make)
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
    """What is made of a manifest, None with a diagnostic where it cannot be."""
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


def _target(folder: Path, shared: Mapping[str, Syntax], data: Table) -> Target:
    optional = {"syntax", "types", "literals", "members", "identifiers", "package_case"}
    optional |= {"leftovers", "folder", "like"}
    check_keys(data, "", {"files"}, optional)
    if "like" in data:
        other = _manifest_like(data, folder.parent)
        shared = {**shared, **_syntaxes(other.get("syntax", {}), shared)}
        data = {**{key: other[key] for key in _INHERITED if key in other}, **data}
    case = settings.one_of({"package_case": "kebab"} | data, "package_case", CASES)
    name = folder.name
    return Target(
        name=name,
        files=tuple(settings.tables(data, "files", _file)),
        syntaxes={**shared, **_syntaxes(data.get("syntax", {}), shared)},
        types=_types(data.get("types", {})),
        literals=_forms(data.get("literals", {}), "literals"),
        members=_identifiers(data.get("members", {"case": "preserve"}), "[members]"),
        identifiers=_identifiers(data["identifiers"]) if "identifiers" in data else None,
        package_case=cast("Case", case),
        leftovers=tuple(settings.texts(data, "leftovers")),
        folder=settings.one_of({"folder": name} | data, "folder", (name, ".")),
    )


_INHERITED = ("package_case", "types", "literals", "members")
"""What a target has from the one that it is like, where its own manifest does not say it."""


def _manifest_like(data: Table, templates: Path) -> Table:
    """The manifest of the target that another is like; what is wrong with it is said of itself."""
    others = tuple(sorted(one.parent.name for one in templates.glob(f"*/{MANIFEST}")))
    manifest = templates / settings.one_of(data, "like", others) / MANIFEST
    _check_place(manifest, templates)
    return settings.parse(manifest.read_text(encoding="utf-8"))


_ORIGINS = ("template", "copy", "runtime")


def _file(table: object) -> File:
    optional = {*_ORIGINS, "each", "shape", "marked"}
    data = check_keys(table, "[[files]]", {"path"}, optional)
    for key in data.keys() - {"marked"}:
        settings.text(data, key)
    if "each" in data:
        settings.one_of(data, "each", ("release",))
    if not isinstance(data.get("marked", True), bool):
        raise InvalidSettingError("marked", "true or false as marked", data["marked"])
    origins = [key for key in _ORIGINS if key in data]
    if len(origins) != 1:
        found = " and ".join(origins) or "none"
        raise InvalidSettingError("path", f"one of {', '.join(_ORIGINS)}", found)
    if "shape" in data:
        settings.one_of(data, "shape", tuple(sorted(RECORD_NAMES)))
    if "runtime" in data:
        settings.one_of(data, "runtime", RUNTIME_FILES)
    return File(**data)


RUNTIME = Path(decoder.__file__).parent
"""Where the runtime modules stand that a package ships."""
RUNTIME_FILES = tuple(sorted(file.name for file in RUNTIME.glob("*.py")))


def _types(table: object) -> Types:
    forms = _forms(table, "types")
    for key, form in forms.items():
        try:
            form.format(item="", type="")
        except (KeyError, IndexError, ValueError):
            raise InvalidSettingError(key, "a form with {item} or {type}", form) from None
    return Types(forms)


def _forms(table: object, name: str) -> dict[str, str]:
    if not isinstance(table, dict):
        raise InvalidSettingError(name, f"[{name}] as a table", table)
    return {key: settings.text(table, key) for key in table}


def _identifiers(table: object, name: str = "[identifiers]") -> Identifiers:
    optional = {"prefix", "reserved", "reserved_suffix", "initialisms", "beside_types"}
    optional |= {"declared_by"}
    data = check_keys(table, name, {"case"}, optional)
    settings.one_of(data, "case", CASES)
    for key in data.keys() & {"prefix", "reserved_suffix"}:
        settings.text(data, key)
    if not isinstance(data.get("beside_types", False), bool):
        raise InvalidSettingError("beside_types", "true or false", data["beside_types"])
    lists = {key: frozenset(settings.texts(data, key)) for key in ("reserved", "initialisms")}
    words = {"declared_by": tuple(settings.texts(data, "declared_by"))}
    return Identifiers(**{**data, **lists, **words})


def _syntax(suffix: str, table: object, base: Syntax) -> Syntax:
    name = f"[syntax.{suffix}]"
    data = check_keys(table, name, set(), set(Syntax._fields))
    parts = {part: _part(data[part], part) for part in _PARTS if part in data}
    for key in data.keys() - parts.keys() - {"types"}:
        settings.text(data, key)
    types = {"types": _types(data["types"])} if "types" in data else {}
    return base._replace(**{**data, **parts, **types})


_PARTS: dict[str, type[Comment | String | List | Fields]] = {
    "comment": Comment,
    "string": String,
    "docstring": String,
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
    return kind(**data)


def _no_targets(templates: Path) -> Diagnostic:
    return Diagnostic(
        "target-invalid",
        Location(str(templates)),
        "there is no target in this folder",
        help="Check the name: --templates names the folder of targets. CONTRIBUTING.md shows a "
        "target, under 'Add a target'.",
        expected=f"at least one folder with a {MANIFEST}",
        found="no folder that has one",
    )
