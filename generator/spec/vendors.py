"""vendors.toml: the table of a repository's vendors, with the folders of each."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import settings
from ..diagnostics import Diagnostic, Location
from ..nearest import and_nearest
from ..reading.source import read_text_file
from ..settings import Errors, InvalidSettingError, check_keys, locate, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ..diagnostics import Outcome

VENDORS = "vendors.toml"
VENDOR = "vendor.toml"


class VendorFolders(NamedTuple):
    """A vendor's folders, of the documents and of the artefacts, and its name in the table.

    The name is None where no table lists the vendor.
    """

    name: str | None
    spec: Path
    output: Path

    def own(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics, each with this vendor's name."""
        names = () if self.name is None else (self.name,)
        return [one._replace(vendors=names) for one in diagnostics]


def read_vendors(root: Path) -> Outcome[Sequence[VendorFolders]]:
    """The vendors that a repository lists, in the table's order; none where it has no table."""
    listed, diagnostics = _read_table(root)
    if listed is not None:
        diagnostics += _unlisted(listed) + _taken_packages(listed)
    return (None if diagnostics else listed), diagnostics


def name_from_root(folder: Path) -> str:
    """A folder of documents as artefacts name it: by its path from the repository's root.

    The root has the table that lists the folder. Where none does, the folder lies in the root.
    """
    place = folder.resolve()
    for root in place.parents:
        for vendor in _read_table(root)[0] or ():
            if vendor.spec.resolve() == place:
                return vendor.spec.relative_to(root).as_posix()
    return place.name


def overlap(one: Path, other: Path) -> bool:
    """Whether two folders are the same, or one of them lies in the other."""
    one, other = one.resolve(), other.resolve()
    return one == other or one in other.parents or other in one.parents


def _read_table(root: Path) -> Outcome[Sequence[VendorFolders]]:
    """What the table says, whatever is in the folders."""
    if not (root / VENDORS).exists():
        return (), []
    source, diagnostics = read_text_file(root / VENDORS)
    if source is None:
        return None, diagnostics
    errors = Errors()
    data = errors.attempt(lambda: check_keys(settings.parse(source.text), "", {"vendors"})) or {}
    tables = errors.attempt(partial(_tables, data)) or {}
    made = [
        errors.attempt(partial(within, _header(name), partial(_vendor, name, table, root)))
        for name, table in tables.items()
    ]
    vendors = [one for one in made if one]
    errors += _invalid_folders(vendors, root)
    advice = "Correct it; docs/vendors.md says what it holds."
    diagnostics = [
        settings.diagnose("vendor-table-invalid", source.path, source.text, error, advice)
        for error in errors
    ]
    return (None if diagnostics else vendors), diagnostics


def _tables(data: dict[str, Any]) -> dict[str, object]:
    tables = data.get("vendors", {})
    if data and not (isinstance(tables, dict) and tables):
        raise InvalidSettingError("vendors", "at least one [vendors.NAME]", tables)
    return dict(tables)


_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _vendor(name: str, table: object, root: Path) -> VendorFolders:
    if not _NAME.fullmatch(name):
        raise InvalidSettingError(name, "words in lower case, joined by hyphens, as a name", name)
    if not isinstance(table, dict):
        raise InvalidSettingError(name, f"{_header(name)} as a table", table)
    usual = {"spec": f"spec/{name}", "output": f"generated/{name}"}
    folders = usual | check_keys(table, _header(name), set(), usual.keys())
    return VendorFolders(name, root / _folder(folders, "spec"), root / _folder(folders, "output"))


def _header(name: str | None) -> str:
    return f"[vendors.{name}]"


def _folder(table: dict[str, Any], key: str) -> PurePosixPath:
    """A folder of a vendor, by its path from the root."""
    value = settings.text(table, key)
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in value:
        raise InvalidSettingError(key, f"a folder below the repository's root as {key}", value)
    return path


def _invalid_folders(vendors: Iterable[VendorFolders], root: Path) -> Iterator[InvalidSettingError]:
    """Errors for folders of documents that are not there, and for folders that overlap."""
    before: list[Path] = []
    for vendor in vendors:
        for key in ("spec", "output"):
            folder: Path = getattr(vendor, key)
            near = f'{key} = "{folder.relative_to(root).as_posix()}"'
            if key == "spec" and not folder.is_dir():
                found = f"{folder}{and_nearest(folder.name, _folders_in(folder.parent))}"
                yield InvalidSettingError(
                    near, "a folder that is there", found, _header(vendor.name)
                )
            for other in (one for one in before if overlap(one, folder)):
                expected = "folders that do not overlap"
                found = f"{folder} and {other}"
                yield InvalidSettingError(near, expected, found, _header(vendor.name))
            before.append(folder)


def _folders_in(parent: Path) -> list[str]:
    return sorted(one.name for one in parent.iterdir() if one.is_dir()) if parent.is_dir() else []


def _unlisted(listed: Sequence[VendorFolders]) -> list[Diagnostic]:
    """Diagnostics for vendors beside those that are listed, which nothing would be made of."""
    known = {vendor.spec.resolve() for vendor in listed}
    return [
        Diagnostic(
            "vendor-unlisted",
            Location(str(file)),
            f"{VENDORS} does not list the vendor of this folder",
            help="List it there, as docs/vendors.md shows, or keep it elsewhere.",
        )
        for parent in dict.fromkeys(vendor.spec.parent for vendor in listed)
        for file in sorted(parent.glob(f"*/{VENDOR}"))
        if file.parent.resolve() not in known
    ]


def _taken_packages(listed: Sequence[VendorFolders]) -> list[Diagnostic]:
    """Diagnostics for packages that two vendors call by one name."""
    taken: dict[str, VendorFolders] = {}
    diagnostics: list[Diagnostic] = []
    for vendor in listed:
        source, _ = read_text_file(vendor.spec / VENDOR)
        package = _package(source.text) if source else None
        if source is None or package is None:
            continue  # whoever reads the vendor's file says what is wrong with it
        if other := taken.get(package):
            place = locate(source.path, source.text, f'package = "{package}"', "[vendor]", 1)
            diagnostics += vendor.own([_taken(place, package, other)])
        taken.setdefault(package, vendor)
    return diagnostics


def _package(text: str) -> str | None:
    with suppress(InvalidSettingError, KeyError, TypeError):
        return settings.text(settings.parse(text)["vendor"], "package")
    return None


def _taken(place: Location, package: str, other: VendorFolders) -> Diagnostic:
    return Diagnostic(
        "package-taken",
        place,
        f"the packages of {other.name} have this name",
        help="Give the packages of one of the two another name.",
        expected="another name for the packages of each vendor",
        found=package,
    )
