"""Cases in one file each, in the txtar format: a comment, then files after `-- name --` lines."""

import re
from pathlib import Path
from typing import NamedTuple

_MARK = re.compile(rb"^-- (\S+(?: \S+)*) --\n", re.MULTILINE)


class Archive(NamedTuple):
    """What a case holds: its comment, and its files by name, as bytes."""

    comment: str
    files: dict[str, bytes]


def read(file: Path) -> Archive:
    """Takes a case apart."""
    comment, *parts = _MARK.split(file.read_bytes())
    names = [name.decode() for name in parts[::2]]
    if len(set(names)) < len(names):
        raise ValueError(f"a file stands twice in {file}")
    return Archive(comment.decode(), dict(zip(names, parts[1::2], strict=True)))
