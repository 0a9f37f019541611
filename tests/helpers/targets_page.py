"""`make docs`: the page for those who add a target, from what the generator declares."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import get_args

from generator import changes, fields, model
from generator.language import Language
from generator.releases import Build, Scheme
from generator.runtime.firmware import Firmware, SchemeKind
from generator.shapes import columns, kinds, vendors
from generator.words import words_for
from generator.writing.given import VARIABLES
from generator.writing.manifest import TABLES, TYPES, Key
from generator.writing.sandbox import FILTERS
from generator.writing.texts import NO_FILTERS
from tests.helpers import target_examples
from tests.helpers.project import ROOT
from tests.helpers.target_examples import Example

PAGE = ROOT / "docs/targets.md"
HEAD = f"""\
# Targets

<!-- Made from generator/ and tests/helpers/target_examples.py by `make docs`; edit there. -->

A folder in `templates/` with a `target.toml` is a target: one output, in one language. Nothing
else has to know of it. In [your own repository](own-repository.md) it stands beside the built-in
ones, or in place of the one of its name; a line `built_in = ["json", "python"]` in the file
`templates/targets.toml` says which of those there are, all of them without it. This page has all
that its author needs. What varies is a template, in [Jinja](https://jinja.palletsprojects.com/en/stable/templates/).
Program text that does not vary is a file of its language, so that editors, formatters and type
checkers read it where it stands.

## A target in two files

Put this into `templates/c/target.toml`:

```toml
{target_examples.MANIFEST}```

and this into `templates/c/codes.h.j2`:

```jinja
{target_examples.TEMPLATE}```

`ctek-codegen generate` then writes `generated/c/ctek_error_codes.h`. For a made-up vendor with two
codes it has, below its header:

```c
{target_examples.ARTEFACT}```

Four rules:

- The vendor's text is data. It reaches an artefact through `literal`, `comment`, `docstring` or
  `json`, never between quotes of the template's own.
- Every artefact carries `header`, by which `generate` knows what is its own.
- Templates reach the other templates of the folder and the built-in ones, by `{{% include %}}` and
  `{{% import %}}`, and what this page names. Links that lead out of the folder are refused, and so
  is chance (`random`). A file that is for import alone has a name that begins with `_`.
- A template that fails is reported with its line, the values of the names on that line, and those
  of the loops and macros around it. One that never ends is for the person to stop.

`templates/_shared/syntax.toml` has the syntaxes of JSON, TOML and Markdown, which every target has.
"""


_OF_TYPES = """\
A type of the shapes can have a form of its own by its name, such as `code`. Without one a record or
an enum is written by its name."""


_OF_TEXTS = f"""\
What `{{{{ … }}}}` writes, `~`, `%` and `join` put together, and filters make texts of has one text,
the same in every language: it is a string, a whole number, a date or a build. For all else there is
a filter: `literal` writes a boolean, none, a list or a record as the language does, `json` as JSON.
A text has no `format`, and these filters of Jinja's are not there, being of HTML or Python:
{", ".join(f"`{name}`" for name in sorted(NO_FILTERS))}."""


_ANYONE = model.Vendor("", "", "")


def page() -> str:
    """The page's text."""
    parts = [
        HEAD.rstrip(),
        "## What a template is given",
        _table(("name", "type", "is"), _variables()),
        f"`words` has {_listed(words_for(_ANYONE))}.",
        "## Filters",
        "Beside those of Jinja. The examples are of the target and the vendor above.",
        *(_filter(name) for name in FILTERS),
        "## What a template may write",
        _OF_TEXTS,
        "## What the types have",
        "What a template can ask a value for, by its type. It can change none of it.",
        *map(_section, _classes()),
        "## The manifest",
        "Every key of `target.toml`, table by table. Keys in **bold** have to be there.",
        *(_keys(name, keys) for name, keys in TABLES.items()),
        "### [types]",
        _OF_TYPES,
        _table(("key", "says"), [(f"`{key}`", says) for key, says in TYPES.items()]),
    ]
    return "\n\n".join(parts) + "\n"


def _variables() -> Iterator[tuple[str, ...]]:
    for name, variable in VARIABLES.items():
        yield f"`{name}`", _type(variable.type), variable.says


def _filter(name: str) -> str:
    examples = (_example(one) for one in target_examples.FILTERS[name])
    return "\n\n".join([f"### {name}", _doc(FILTERS[name]), *examples])


def _example(example: Example) -> str:
    return f"```jinja\n{example.template}\n```\n\n```text\n{example.artefact}\n```"


def _keys(name: str, keys: Mapping[str, Key]) -> str:
    rows = (
        (f"**`{key}`**" if one.is_required else f"`{key}`", one.says) for key, one in keys.items()
    )
    return f"### {name}\n\n{_table(('key', 'says'), rows)}"


# The types

_KNOWN: dict[str, type] = {
    name: one
    for module in (model, changes, fields, kinds, vendors, columns)
    for name, one in vars(module).items()
    if inspect.isclass(one) and one.__module__ == module.__name__
} | {"Build": Build, "Firmware": Firmware, "Scheme": Scheme, "Language": Language}


def _classes() -> list[type]:
    """The classes that a template can reach from its variables, in the order in which it does."""
    found: dict[str, type] = {}
    waiting = [variable.type for variable in VARIABLES.values()]
    while waiting:
        for name in re.findall(r"\w+", waiting.pop(0)):
            if name == "Declared":
                waiting.append(" ".join(one.__name__ for one in get_args(kinds.Declared)))
            if name in _KNOWN and name not in found:
                found[name] = _KNOWN[name]
                waiting += [annotation for _, annotation, _ in _parts(_KNOWN[name])]
    return list(found.values())


def _section(one: type) -> str:
    fields = [(f"`{name}`", _type(annotation)) for name, annotation, doc in _parts(one) if not doc]
    others = [(f"`{name}`", _type(annotation), doc) for name, annotation, doc in _parts(one) if doc]
    tables = [
        *([_table(("field", "type"), fields)] if fields else []),
        *([_table(("also", "type", "is"), others)] if others else []),
    ]
    return "\n\n".join([f"### {one.__name__}", _doc(one), *tables])


def _parts(one: type) -> Iterator[tuple[str, str, str]]:
    """What a class has: the name, the annotation, and the sentence, if it has one of its own."""
    annotations: Mapping[str, object] = getattr(one, "__annotations__", {})
    for name, annotation in annotations.items():
        if not name.startswith("_"):
            yield name, getattr(annotation, "__forward_arg__", str(annotation)), ""
    for name, member in vars(one).items():
        if name.startswith("_") or name in annotations:
            continue
        if isinstance(member, property | cached_property):
            function = member.fget if isinstance(member, property) else member.func
            yield name, str(inspect.signature(function).return_annotation), _doc(member)  # type: ignore[arg-type]
        elif isinstance(member, staticmethod) or inspect.isfunction(member):
            signature = inspect.signature(getattr(one, name))
            given = ", ".join(known for known in signature.parameters if known != "self")
            yield f"{name}({given})", str(signature.return_annotation), _doc(member)
        elif isinstance(member, Enum):
            yield name, "str", f"`{member.value}`"


_WORDS = {
    "str": "string",
    "int": "integer",
    "bool": "boolean",
    "float": "number",
    "Any": "any value",
    "object": "any value",
    "date": "date",
    "Record": "record of JSON",
    **{name: f"[{name}](#{name.lower()})" for name in _KNOWN},
    "Declared": " or ".join(
        f"[{one.__name__}](#{one.__name__.lower()})" for one in get_args(kinds.Declared)
    ),
    **{
        name: f"one of {', '.join(f'`{value}`' for value in get_args(alias))}"
        for name, alias in (
            ("FieldType", fields.FieldType),
            ("Silence", fields.Silence),
            ("Kind", kinds.Kind),
            ("HeadLine", model.HeadLine),
            ("SchemeKind", SchemeKind),
        )
    },
}


def _type(annotation: str) -> str:
    """A type in the words of those who write templates, with links to the types of the page."""
    return _type_of(ast.parse(annotation, mode="eval").body)


def _type_of(node: ast.expr) -> str:
    if isinstance(node, ast.BinOp):
        return f"{_type_of(node.left)} or {_type_of(node.right)}"
    if isinstance(node, ast.Constant):
        return "none"
    if isinstance(node, ast.Name):
        return _WORDS[node.id]
    assert isinstance(node, ast.Subscript)
    assert isinstance(node.value, ast.Name)
    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if node.value.id in ("Mapping", "dict"):
        return f"{_type_of(items[1])} by name"
    if node.value.id == "tuple" and ast.unparse(items[-1]) != "...":
        return f"pair of {' and '.join(map(_type_of, items))}"
    return f"list of {_type_of(items[0])}"


def _doc(one: object) -> str:
    text = inspect.getdoc(one) or ""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _listed(names: Mapping[str, object]) -> str:
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} and {last}"


def _table(head: tuple[str, ...], rows: object) -> str:
    lines = [head, ("---",) * len(head), *rows]  # type: ignore[misc]
    return "\n".join(f"| {' | '.join(' '.join(cell.split()) for cell in line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(page())
