"""Which vendor a command is for: by name, by a folder, or by the file that it is given."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import unquote

import click
from click.shell_completion import CompletionItem

from ..console import print_diagnostics_as
from ..nearest import nearest
from ..pipeline import VendorFolders, overlap, read_vendors
from .options import F, SourceFolder, existing
from .status import exit_with_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_UNLISTED = VendorFolders(None, Path("spec"), Path("generated"))
"""The vendor of a repository that has one alone, and no table."""


class Asked(NamedTuple):
    """The vendor and the folders that a person named, each None where they did not."""

    vendor: str | None
    spec: Path | None
    output: Path | None

    def all(self, form: str = "text") -> list[VendorFolders]:
        """The vendors that a command is for: all that are listed, or the one that was named.

        `form` is how the errors of vendors.toml are printed, which end the command.
        """
        chosen = self.among(_listed(form))
        if self.output and len(chosen) > 1:
            raise click.UsageError(f"--output is the folder of one vendor. {_which(chosen)}")
        return [self._in_named_folders(one) for one in chosen]

    def one(self, *files: Path) -> VendorFolders:
        """The vendor that a command is for: the named one, or the one in whose folder files lie."""
        return self._owner(self.among(_listed("text")), files)

    def each(self, files: Iterable[Path], form: str) -> list[VendorFolders]:
        """The vendor of each file."""
        chosen = self.among(_listed(form))
        return [self._owner(chosen, [file]) for file in files]

    def _owner(self, chosen: Sequence[VendorFolders], files: Sequence[Path]) -> VendorFolders:
        if len(chosen) > 1:
            folders = {folder for file in files for folder in file.resolve().parents}
            owners = [one for one in chosen if one.spec.resolve() in folders]
            if len(owners) != 1:
                raise click.UsageError(_which(chosen, *files))
            chosen = owners
        return self._in_named_folders(chosen[0])

    def among(self, listed: Sequence[VendorFolders]) -> Sequence[VendorFolders]:
        """Those of the listed vendors that may be meant."""
        if self.vendor is not None:
            return [_named(self.vendor, listed)]
        if self.spec is not None:
            spec = self.spec.resolve()
            return [one for one in listed if one.spec.resolve() == spec] or [_UNLISTED]
        return listed or [_UNLISTED]

    def _in_named_folders(self, vendor: VendorFolders) -> VendorFolders:
        spec, output = self.spec or vendor.spec, self.output or vendor.output
        return vendor._replace(spec=existing(spec, "--spec"), output=output)


def _listed(form: str) -> Sequence[VendorFolders]:
    """The vendors of the repository; errors in their table end the command."""
    listed, diagnostics = read_vendors(Path())
    if listed is None:
        print_diagnostics_as(form, diagnostics)
        exit_with_errors(diagnostics)
    return listed


def _named(name: str, listed: Sequence[VendorFolders]) -> VendorFolders:
    found = next((one for one in listed if one.name == name), None)
    if found is None:
        known = f"It lists {_names(listed, name)}" if listed else "There is no such file here"
        message = f"vendors.toml does not list '{name}'. {known}."
        raise click.BadParameter(message, param_hint="'--vendor'")
    return found


def _which(chosen: Sequence[VendorFolders], *files: Path) -> str:
    like = files[0].stem if files else ""
    return f"vendors.toml lists several vendors; name one with --vendor: {_names(chosen, like)}."


def _names(listed: Sequence[VendorFolders], like: str) -> str:
    """The names of vendors, those that are most like another one first."""
    names = [one.name for one in listed if one.name]
    return ", ".join(dict.fromkeys([*nearest(like, names), *names]))


def refuse_overlaps(vendors: Iterable[VendorFolders], templates: Path | None) -> None:
    """Refuses an output folder that overlaps with what artefacts are made from, or another's."""
    listed = read_vendors(Path())[0] or ()
    for vendor in vendors:
        others = (one for one in listed if one.name != vendor.name)
        sources = (vendor.spec, templates, *(folder for one in others for folder in one[1:]))
        for place in filter(None, sources):
            if overlap(vendor.output, place):
                raise click.BadParameter(
                    f"'{vendor.output}' and '{place}' overlap. Name a folder for artefacts alone.",
                    param_hint="'--output'",
                )


def completing(ctx: click.Context) -> VendorFolders | None:
    """The vendor for which a shell completes an argument; None where it cannot be known."""
    asked = Asked(ctx.params.get("vendor"), ctx.params.get("spec"), None)
    try:
        [vendor] = asked.among(read_vendors(Path())[0] or ())
    except (click.UsageError, ValueError):
        return None
    return vendor._replace(spec=asked.spec or vendor.spec)


def _complete_vendor(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Completes the names of the vendors that are listed."""
    names = [one.name or "" for one in read_vendors(Path())[0] or ()]
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


_vendor_option = click.option(
    "--vendor",
    metavar="NAME",
    shell_complete=_complete_vendor,
    help="The vendor, by its name in vendors.toml.",
)
_spec_option = click.option(
    "--spec",
    type=SourceFolder(),
    show_default="spec, or the vendor's",
    help="Folder of the documents.",
)
_output_option = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="generated, or the vendor's",
    help="Folder of the artefacts.",
)


def _asks(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Options of which a command is given, as `asked`, which vendor and folders are meant."""

    def decorate(command: F) -> F:
        @wraps(command)
        def called(
            *, vendor: str | None, spec: Path | None, output: Path | None = None, **others: object
        ) -> object:
            return command(asked=Asked(vendor, spec, output), **others)

        for option in reversed(options):
            called = option(called)
        return cast("F", called)

    return decorate


asks_for_vendor = _asks(_vendor_option, _spec_option)
asks_for_folders = _asks(_vendor_option, _spec_option, _output_option)


def complete_release(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Completes releases that begin with what was typed."""
    vendor = completing(ctx)
    documents = vendor.spec.glob("*.md") if vendor else ()
    names = ["latest", "previous", *sorted(unquote(file.stem) for file in documents)]
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_release_or_file(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Completes releases that begin with what was typed, and files."""
    files = CompletionItem(incomplete, type="file")
    return [*complete_release(ctx, param, incomplete), files]
