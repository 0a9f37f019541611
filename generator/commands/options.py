"""What several commands share: their arguments and options, and how a release is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..console import show
from ..nearest import nearest
from ..pipeline import FoundRelease, find_release

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model import Catalogue


class SourceFolder(click.Path):
    """A folder that must exist."""

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """The folder that was given."""
        folder = Path(str(super().convert(value, param, ctx)))
        return existing(folder, param.opts[0] if param else "")


def existing(folder: Path, option: str) -> Path:
    """The folder, which an option names. Raises BadParameter where it is not there."""
    if not folder.is_dir():
        raise click.BadParameter(
            f"there is no folder '{folder}' here{_alike_beside(folder)}. Go to the "
            f"repository's root, or name the folder with {option}.",
            param_hint=f"'{option}'",
        )
    return folder


def _alike_beside(folder: Path) -> str:
    """The folders beside it with names like its own, as the end of a sentence."""
    beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
    alike = nearest(folder.name, (one.name for one in beside if one.is_dir()))
    return f"; the nearest: {', '.join(str(folder.with_name(one)) for one in alike)}" * bool(alike)


def _own_templates(_ctx: click.Context, _param: click.Parameter, named: Path | None) -> Path | None:
    """The folder that was named, or the one of that name; none where there is none."""
    return named or (_TEMPLATES if _TEMPLATES.is_dir() else None)


_TEMPLATES = Path("templates")
templates_option = click.option(
    "--templates",
    type=SourceFolder(),
    callback=_own_templates,
    show_default=str(_TEMPLATES),
    help="Folder of your own targets, beside the built-in ones; may be missing.",
)

document_type = click.Path(exists=True, dir_okay=False, path_type=Path)

F = TypeVar("F", bound="Callable[..., Any]")
"""A command, or what becomes one."""


def format_option(*formats: str) -> Callable[[F], F]:
    """The option --format; the first of the formats is its default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="What to print.",
    )


def release_asked(catalogue: Catalogue, asked: str) -> FoundRelease:
    """The release that answers for a firmware that a person named; a note says why if it must."""
    found = find_release(catalogue.releases, catalogue.vendor.scheme, asked)
    if found.note:
        show(f"note: {found.note}", err=True)
    return found
