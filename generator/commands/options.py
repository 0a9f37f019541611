"""What several commands share: their arguments and options, and how a release is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from generator.console import show
from generator.nearest import nearest
from generator.pipeline import FoundRelease, find_release
from generator.runtime.firmware import read_build

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.model import Release
    from generator.runtime.firmware import Build


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
        if not folder.is_dir():
            option = param.opts[0] if param else ""
            self.fail(
                f"there is no folder '{folder}' here{_alike_beside(folder)}. Go to the "
                f"repository's root, or name the folder with {option}.",
                param,
                ctx,
            )
        return folder


def _alike_beside(folder: Path) -> str:
    """The folders beside it with names like its own, as the end of a sentence."""
    beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
    alike = nearest(folder.name, (one.name for one in beside if one.is_dir()))
    return f"; the nearest: {', '.join(str(folder.with_name(one)) for one in alike)}" * bool(alike)


def build_named(text: str) -> Build:
    """The build that a person gave in full."""
    build = read_build(text)
    if build is None:
        raise click.BadParameter(f"'{text}' is no build such as r1.2.3-0-g0123abc.")
    return build


spec_option = click.option(
    "--spec",
    type=SourceFolder(),
    default="spec",
    show_default=True,
    help="Folder of the documents.",
)


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
output_option = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="generated",
    show_default=True,
    help="Folder of the artefacts.",
)


document_type = click.Path(exists=True, dir_okay=False, path_type=Path)

F = TypeVar("F", bound="Callable[..., Any]")


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


def refuse_sources(output: Path, *sources: Path | None) -> None:
    """Refuses an output folder that contains, or lies in, what the artefacts are made from."""
    target = output.resolve()
    for source in filter(None, sources):
        place = source.resolve()
        if target in (place, *place.parents) or place in target.parents:
            raise click.BadParameter(
                f"'{output}' and '{source}' overlap. Name a folder for artefacts alone.",
                param_hint="'--output'",
            )


def complete_release(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Completes releases that begin with what was typed."""
    spec = Path(ctx.params.get("spec") or "spec")
    names = ["latest", "previous", *sorted(file.stem for file in spec.glob("*.md"))]
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_release_or_file(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Completes releases that begin with what was typed, and files."""
    files = CompletionItem(incomplete, type="file")
    return [*complete_release(ctx, param, incomplete), files]


def release_asked(releases: Sequence[Release], asked: str) -> FoundRelease:
    """The release that answers for a firmware that a person named; a note says why if it must."""
    found = find_release(releases, asked)
    if found.note:
        show(f"note: {found.note}", err=True)
    return found
