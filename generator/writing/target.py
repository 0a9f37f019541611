"""Targets: folders of templates, each with a manifest on how its language is written."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from .. import settings
from ..diagnostics import Diagnostic, Location
from ..nearest import and_nearest
from ..settings import InvalidSettingError
from .identifiers import Case, Identifiers
from .manifest import INHERITED, SYNTAX, TARGET, read_table
from .syntax import Syntax
from .templates import MANIFEST, Templates, built_in_folder
from .types import Types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ..model import Vendor
    from ..settings import Table

SHARED = "_shared"
_SHARED_SYNTAX = f"{SHARED}/syntax.toml"
_CHOICE = "targets.toml"
"""The file in a repository's own folder that says which built-in targets it has as well."""


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

    `templates` are all that its own can use. `syntaxes` are by the ending of a file's name;
    `leftovers` are names that the language's own tools leave beside the artefacts and that are
    none. `literals` are the forms of values whose types have others than their kind, by the types'
    names. `members` are the names of a record's parts, `identifiers` those of codes. `folder` is
    where its files go, below the output folder: that of its name, or `.` for that folder itself.
    """

    name: str
    templates: Templates
    files: tuple[File, ...]
    syntaxes: Mapping[str, Syntax]
    types: Types = Types()
    literals: Mapping[str, str] = MappingProxyType({})
    members: Identifiers = Identifiers()
    identifiers: Identifiers | None = None
    package_case: Case = "kebab"
    leftovers: tuple[str, ...] = ()
    folder: str = ""

    @property
    def home(self) -> Path:
        """The folder of its manifest and its own templates."""
        return self.templates.place_of(self.name)

    def syntax(self, path: str) -> Syntax:
        """The syntax of the file at a path; one that can write nothing where none is declared."""
        suffix = PurePosixPath(path).suffix.removeprefix(".")
        return self.syntaxes.get(suffix or PurePosixPath(path).name, Syntax())

    def types_in(self, path: str) -> Types:
        """How the file at a path writes types: as the target does, but for forms of its own."""
        return Types({**self.types.forms, **self.syntax(path).types.forms})


def read_targets(own: Path | None) -> tuple[list[Target], list[Diagnostic]]:
    """The targets of a repository in the order of their names: the built-in ones, and its own.

    One of its own stands in for the built-in one of the same name. `own` is the folder of these,
    which in the program's own repository is the built-in one.
    """
    diagnostics: list[Diagnostic] = []
    built_in = built_in_folder()
    if own is None or own.samefile(built_in):
        found = _found(Templates((own or built_in,), are_built_in=own is None))
    else:
        found = _found(Templates((built_in,), are_built_in=True))
        chosen = _chosen(own, found, diagnostics)
        own_ones = _found(Templates((own, built_in)))
        found = {**{name: found[name] for name in chosen}, **own_ones}
        if not found or not (own_ones or (own / _CHOICE).exists()):
            diagnostics.append(_no_targets(own))
    read = partial(_read, diagnostics)
    syntaxes = {one: read(one, _SHARED_SYNTAX, _syntaxes) for one in dict.fromkeys(found.values())}
    targets = [
        read(one, f"{name}/{MANIFEST}", partial(_target, name, one, syntaxes[one] or {}))
        for name, one in sorted(found.items())
    ]
    return [target for target in targets if target], diagnostics


def _found(templates: Templates) -> dict[str, Templates]:
    """By their names the targets of the first folder, each with where its templates are."""
    return {
        folder.name: templates
        for folder in templates.folders[0].iterdir()
        # What is no folder, or one without a manifest, is no target; one that cannot be opened is.
        if folder.is_dir() and folder.name != SHARED and _has_manifest(folder)
    }


def _chosen(own: Path, known: Iterable[str], diagnostics: list[Diagnostic]) -> Iterable[str]:
    """The built-in targets that a repository has beside its own: all unless it says which."""
    if not (own / _CHOICE).exists():
        return known
    make = partial(_names_of_built_in, sorted(known))
    return _read(diagnostics, Templates((own,)), _CHOICE, make) or ()


def _names_of_built_in(known: list[str], data: Table) -> list[str]:
    names = settings.texts(settings.check_keys(data, "", {"built_in"}), "built_in")
    for name in names:
        if name not in known:
            expected = f"only {', '.join(known)} in built_in"
            raise InvalidSettingError(name, expected, name + and_nearest(name, known))
    return names


def _has_manifest(folder: Path) -> bool:
    try:
        return any(one.name == MANIFEST for one in folder.iterdir())
    except OSError:
        return True


T = TypeVar("T")


def _read(
    diagnostics: list[Diagnostic], templates: Templates, name: str, make: Callable[[Table], T]
) -> T | None:
    """What is made of a manifest, None with a diagnostic where it cannot be."""
    content, file = "", templates.place_of(name)
    try:
        content = _content(templates, name)
        return make(settings.parse(content))
    except InvalidSettingError as invalid:
        error = invalid
    except (OSError, UnicodeDecodeError) as unreadable:
        error = InvalidSettingError("", "a manifest in UTF-8", unreadable)
    advice = "Correct it; docs/targets.md has every key of a manifest."
    diagnostics.append(settings.diagnose("target-invalid", str(file), content, error, advice))
    return None


def _content(templates: Templates, name: str) -> str:
    """The text of a manifest, of none from elsewhere and of no pipe, which a run would wait for."""
    file = templates.place_of(name)
    if templates.leads_out(name):
        found = "a link that leads out of it"
        raise InvalidSettingError("", "a manifest within the folder of templates", found)
    if file.exists() and not file.is_file():
        raise InvalidSettingError("", "a manifest in UTF-8", "no file, but something else")
    return file.read_text(encoding="utf-8")


def _syntaxes(data: object, shared: Mapping[str, Syntax] | None = None) -> dict[str, Syntax]:
    """Each syntax by its suffix; what it does not say itself it has from the shared one."""
    if not isinstance(data, dict):
        raise InvalidSettingError("syntax", "[syntax.…] as tables", data)
    return {
        suffix: _syntax(suffix, table, (shared or {}).get(suffix, Syntax()))
        for suffix, table in data.items()
    }


def _target(name: str, templates: Templates, shared: Mapping[str, Syntax], own: Table) -> Target:
    inherited = {}
    if "like" in own:
        inherited = _manifest_like(own, templates)
        shared = {**shared, **_syntaxes(inherited.get("syntax", {}), shared)}
        inherited = {key: inherited[key] for key in INHERITED if key in inherited}
    data = read_table({**inherited, **own}, "", TARGET)
    data.pop("like", None)
    if "folder" in data:
        settings.one_of(data, "folder", (name, "."))
    syntaxes = {**shared, **_syntaxes(data.pop("syntax", {}), shared)}
    files = tuple(File(**file) for file in data.pop("files"))
    place = {"name": name, "templates": templates}
    return Target(**{"folder": name, **data, **place}, files=files, syntaxes=syntaxes)


def _manifest_like(data: Table, templates: Templates) -> Table:
    """The manifest of the target that another is like; what is wrong with it is said of itself."""
    manifests = (one for folder in templates.folders for one in folder.glob(f"*/{MANIFEST}"))
    others = tuple(sorted({one.parent.name for one in manifests}))
    return settings.parse(
        _content(templates, f"{settings.one_of(data, 'like', others)}/{MANIFEST}")
    )


def _syntax(suffix: str, table: object, base: Syntax) -> Syntax:
    return base._replace(**read_table(table, f"[syntax.{suffix}]", SYNTAX))


def _no_targets(templates: Path) -> Diagnostic:
    help_ = (
        "Check the name: --templates names the folder of your own targets. docs/targets.md shows "
        "one, and the file that has the built-in ones alone."
    )
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
