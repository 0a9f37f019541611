"""Where templates stand: the folder of a repository's own, and the one that is built in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from .paths import leads_out

MANIFEST = "target.toml"

_PACKAGE = Path(__file__).parents[1]
_BUILT_IN = next(
    folder
    # Within the package where it is installed, beside it in its own repository.
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates")
    if folder.is_dir()
)


def built_in_folder() -> Path:
    """The folder of the built-in targets, as the one who runs the command here would name it."""
    here = Path.cwd()
    return _BUILT_IN.relative_to(here) if _BUILT_IN.is_relative_to(here) else _BUILT_IN


class Templates(NamedTuple):
    """The folders in which templates are looked for, in this order.

    A target is whole in one of them; other files stand in for those of the same name behind them.
    `are_built_in` says that the first is not the repository's own.
    """

    folders: tuple[Path, ...]
    are_built_in: bool = False

    def folder_of(self, name: str) -> Path:
        """The folder that has a file, which is named from there; the last where none has it."""
        target = name.partition("/")[0]
        for folder in self.folders[:-1]:
            if _is_there(folder / target / MANIFEST) or _is_there(folder / name):
                return folder
        return self.folders[-1]

    def place_of(self, name: str) -> Path:
        """Where a file stands, or would stand."""
        return self.folder_of(name) / name

    def leads_out(self, name: str) -> bool:
        """Whether a file of the repository's own lies outside of its folder.

        The built-in ones may: some installers link every file to where they keep it.
        """
        folder = self.folder_of(name)
        is_own = folder == self.folders[0] and not self.are_built_in
        return is_own and leads_out(folder / name, folder)


def _is_there(file: Path) -> bool:
    """Whether there is a file; a link that leads nowhere is one, for its reader to refuse."""
    return os.path.lexists(file)
