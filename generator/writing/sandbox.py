"""Where templates run: they may come from elsewhere, so they reach what they are given, no more.

A template can read other templates, and nothing else; it can change nothing that another one sees.
What it cannot be kept from is taking for ever: that is for the person to stop.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jinja2
from jinja2 import (
    BaseLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    TemplateRuntimeError,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..nearest import and_nearest
from ..record import to_json
from .identifiers import put_in_case
from .missing import Missing
from .syntax import Syntax
from .texts import (
    NO_FILTERS,
    TEXT_FILTERS,
    no_format,
    of_text,
    percent,
    text_of,
    with_texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment, nodes
    from jinja2.bccache import Bucket
    from jinja2.runtime import Context

    from ..model import ErrorCode
    from ..shapes.kinds import Type
    from .literals import Literals
    from .templates import Templates


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with the project's filters, for one artefact.

    `literals`, `syntax` and `names` are what the filters go by. They are no variables, so that a
    template can neither see nor replace them.
    """

    intercepted_binops = frozenset({"*", "**", "%"})
    syntax = Syntax()
    literals: Literals
    names: Mapping[str, str] = {}

    def __init__(self, templates: Templates) -> None:
        self._loader = _Loader(templates)
        super().__init__(
            loader=self._loader,
            bytecode_cache=_compiled_templates(),
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # no HTML; texts go through `literal` and `comment`
            finalize=text_of,
        )
        # The same in, the same out: chance has no place in a template.
        del self.globals["lipsum"]
        for name in ("random", *NO_FILTERS):
            del self.filters[name]
        self.filters |= {**TEXT_FILTERS, **FILTERS}

    def for_artefact(self, literals: Literals, names: Mapping[str, str]) -> Sandbox:
        """The sandbox of one artefact.

        It loads its templates anew: an imported one is run once and kept, and what it keeps, a
        counter for instance, would pass from one artefact to the next.
        """
        sandbox = self.overlay()
        sandbox.literals, sandbox.syntax, sandbox.names = literals, literals.syntax, names
        return sandbox

    def read(self, name: str) -> str:
        """The text of a file beside the templates that is none."""
        source, _, _ = self._loader.get_source(self, name)
        return source

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Multiplies, but for what would fill the memory, and puts texts into a text."""
        if operator == "%" and isinstance(left, str):
            return percent(left, right)
        if _size(operator, left, right) > _LARGEST:
            raise SecurityError(f"what '{operator}' makes here is too large")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ANN401
        """Stands in for the methods of a text that reach into the values they are given."""
        return super().wrap_str_format(value) and no_format

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return with_texts(super()._parse(source, name, filename), name, filename)


def _size(operator: str, left: object, right: object) -> int:
    """How large a repeated text or list, or a power, would be: characters, items or bits."""
    if operator == "**" and isinstance(left, int) and isinstance(right, int):
        return left.bit_length() * right
    for repeated, times in ((left, right), (right, left)):
        if isinstance(repeated, str | list | tuple) and isinstance(times, int):
            return len(repeated) * times
    return 0


_LARGEST = 10_000_000
"""Far more than any artefact has."""


class _Loader(BaseLoader):
    """Loads templates, but none through a link that leads out of their folder."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._loaders = {folder: FileSystemLoader(folder) for folder in templates.folders}

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        name = "/".join(split_template_path(template))
        if self._templates.leads_out(name):
            raise SecurityError(f"{template} is a link that leads out of the folder of templates")
        return self._loaders[self._templates.folder_of(name)].get_source(environment, template)

    def list_templates(self) -> list[str]:
        return sorted({name for one in self._loaders.values() for name in one.list_templates()})


class _Cache(FileSystemBytecodeCache):
    """A cache that a run does without where it cannot be written, or others can write it."""

    def load_bytecode(self, bucket: Bucket) -> None:
        # What is loaded is run. Opened first, then asked: nobody can exchange it in between.
        with suppress(OSError), Path(self._get_cache_filename(bucket)).open("rb") as file:
            if _is_own(os.fstat(file.fileno())):
                bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """Templates once compiled, in the person's own cache folder; None where there can be none.

    Compiling takes longer than all the rest of a run. The folder is named after the text of what
    compiles and the library's version, as what is compiled depends on both.
    """
    files = [Path(__file__), Path(__file__).with_name("texts.py")]
    made_by = b"".join(file.read_bytes() for file in files) + jinja2.__version__.encode()
    version = hashlib.sha256(made_by).hexdigest()[:16]
    try:
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(cache, "ctek-codegen", version)
        folder.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for own in (folder.parent, folder):
            own.mkdir(mode=0o700, exist_ok=True)
            if not _is_own(own.lstat()):
                return None
    except (OSError, RuntimeError):
        return None
    return _Cache(str(folder), "%s")


def _is_own(status: os.stat_result) -> bool:
    """Whether a file or folder is this user's, and no link, and nobody else can write it."""
    if not hasattr(os, "geteuid"):  # Windows, where the profile keeps others out
        return True
    is_real = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return is_real and status.st_uid == os.geteuid() and not others_write


@pass_context
def _literal(
    context: Context,
    value: object,
    depth: int = 0,
    type: Type | None = None,  # noqa: A002
) -> str:
    """A value as the language of the file writes it, on lines `depth` steps to the right.

    `type` is its type, for languages that have to know it.
    """
    return _sandbox(context).literals.write(value, depth, type)


@pass_context
def _type(context: Context, type_: Type) -> str:
    """A type of the shapes as the language writes it."""
    try:
        return _sandbox(context).literals.types.write(type_)
    except KeyError as error:
        raise TemplateRuntimeError(f"[types] of the manifest has no {error}") from None


@of_text
@pass_context
def _member(context: Context, name: str) -> str:
    """The name of a record's part in the language of the target."""
    return _sandbox(context).literals.members.name(name)


@of_text
@pass_context
def _comment(context: Context, text: str, depth: int = 0) -> str:
    """A text as a comment of the language of the file, on lines `depth` steps to the right."""
    syntax = _sandbox(context).syntax
    if syntax.comment is None:
        raise TemplateRuntimeError("the manifest has no comment for this kind of file")
    return syntax.comment.write(text, syntax.indent * depth)


@of_text
def _cell(text: str) -> str:
    """A text as a cell of a table in Markdown."""
    return text.replace("|", "\\|").replace("<", "&lt;")


@of_text
@pass_context
def _docstring(context: Context, text: str) -> str:
    """A text as a string that documents what stands above it."""
    form = _sandbox(context).syntax.docstring
    if form is None:
        raise TemplateRuntimeError("the manifest has no docstring for this kind of file")
    return form.write(text)


@pass_context
def _identifier(context: Context, code: str) -> str:
    """The name of a code in the language of the target."""
    names = _sandbox(context).names
    if code not in names:
        why = "no release has this code" if names else "the manifest has no [identifiers]"
        raise TemplateRuntimeError(f"{code!r} has no name: {why}{and_nearest(code, names)}")
    return names[code]


@pass_context
def _former_names(context: Context, code: ErrorCode) -> list[str]:
    """What a code was called in the language when releases spelt it in another case."""
    names = _sandbox(context).names
    return [names[former] for former in code.former if former in names]


FILTERS: Mapping[str, Callable[..., object]] = {
    "literal": _literal,
    "comment": _comment,
    "docstring": _docstring,
    "json": to_json,
    "cell": _cell,
    "type": _type,
    "member": _member,
    "identifier": _identifier,
    "former_names": _former_names,
    "in_case": of_text(put_in_case),
}
"""The project's own filters, beside those of Jinja."""


def _sandbox(context: Context) -> Sandbox:
    return cast("Sandbox", context.environment)
