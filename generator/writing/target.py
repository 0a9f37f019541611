"""Targets: the folders of `templates/`, each with a manifest on how its language is written."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from generator import settings
from generator.diagnostics import Diagnostic, Location
from generator.settings import InvalidSettingError
from generator.writing.identifiers import Case, Identifiers
from generator.writing.manifest import INHERITED, SYNTAX, TARGET, read_table
from generator.writing.paths import leads_out
from generator.writing.syntax import Syntax
from generator.writing.types import Types

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from generator.model import Vendor
    from generator.settings import Table

MANIFEST = "target.toml"
SHARED = "_shared"
SHARED_SYNTAX = "syntax.toml"


class File(NamedTuple):
    """One artefact, or one for each release: what makes it, and its path.

    It is made of a `template`, of a file that is copied as it stands (`copy`), or of one of the
    program's own runtime modules (`runtime`): two of the three are None. `when` says for which
    vendors alone it is made, those that send over OCPP or the others. `shape` names the record that
    a template is given. `marked` is false for a format that has no place for the mark of generated
    files.
    """

    path: str
    template: str | None = None
    copy: str | None = None
    runtime: str | None = None
    each: Literal["release"] | None = None
    when: Literal["ocpp", "not ocpp"] | None = None
    shape: str | None = None
    marked: bool = True

    def is_for(self, vendor: Vendor) -> bool:
        """Whether it is made for a vendor."""
        return self.when in (None, "ocpp" if vendor.sends_ocpp else "not ocpp")

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
    advice = "Correct it; docs/targets.md has every key of a manifest."
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


def _target(folder: Path, shared: Mapping[str, Syntax], own: Table) -> Target:
    name, inherited = folder.name, {}
    if "like" in own:
        inherited = _manifest_like(own, folder.parent)
        shared = {**shared, **_syntaxes(inherited.get("syntax", {}), shared)}
        inherited = {key: inherited[key] for key in INHERITED if key in inherited}
    data = read_table({**inherited, **own}, "", TARGET)
    data.pop("like", None)
    if "folder" in data:
        settings.one_of(data, "folder", (name, "."))
    syntaxes = {**shared, **_syntaxes(data.pop("syntax", {}), shared)}
    files = tuple(File(**file) for file in data.pop("files"))
    return Target(**{"folder": name, **data}, name=name, files=files, syntaxes=syntaxes)


def _manifest_like(data: Table, templates: Path) -> Table:
    """The manifest of the target that another is like; what is wrong with it is said of itself."""
    others = tuple(sorted(one.parent.name for one in templates.glob(f"*/{MANIFEST}")))
    manifest = templates / settings.one_of(data, "like", others) / MANIFEST
    _check_place(manifest, templates)
    return settings.parse(manifest.read_text(encoding="utf-8"))


def _syntax(suffix: str, table: object, base: Syntax) -> Syntax:
    return base._replace(**read_table(table, f"[syntax.{suffix}]", SYNTAX))


def _no_targets(templates: Path) -> Diagnostic:
    help_ = "Check the name: --templates names the folder of targets. docs/targets.md shows one."
    if _has_manifest(templates):
        help_ = f"It is itself a target; --templates {templates.parent} has it among others."
    return Diagnostic(
        "templates-empty",
        Location(str(templates)),
        "there is no target in this folder",
        help=help_,
        expected=f"at least one folder with a {MANIFEST}",
        found="no folder that has one",
    )
