"""The whole tree of artefacts, rendered in memory from the catalogue and the targets' templates."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

from ..contract import (
    annotation_rows,
    annotations_data,
    catalogue_data,
    changelog_data,
    code_rows,
    release_data,
)
from ..decoding.vectors import vectors_data
from ..diagnostics import Diagnostic, Location
from ..settings import locate
from ..shapes.kinds import Enum
from ..shapes.vendors import Shapes
from ..words import words_for
from .failure import template_failed
from .identifiers import put_in_case
from .literals import Literals
from .manifest import IN_PATH, RUNTIME
from .mark import MARK, is_marked
from .paths import path_fault
from .sandbox import Sandbox
from .templates import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ..annotations import Annotations
    from ..changes import Chapter
    from ..model import Catalogue, Document, ErrorCode
    from .identifiers import Identifiers
    from .target import File, Target


def render(
    catalogue: Catalogue,
    changelog: Sequence[Chapter],
    annotations: Annotations,
    targets: Sequence[Target],
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Every artefact by its path below the output folder, `/` between its parts."""
    tree: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    shapes = Shapes(catalogue.vendor)
    whole = _whole(catalogue, changelog, annotations, shapes)
    for target in targets:
        sandbox = Sandbox(target.templates)
        names, found = _names(catalogue, target, shapes, sandbox)
        for file, variables in _files(catalogue, whole, target):
            path = _path(target, file, variables)
            if fault := path_fault(path, target.folder, tree):
                found.append(_bad_path(target, file, fault))
                continue
            artefact = str(path)
            literals = Literals(
                target.syntax(artefact),
                target.types_in(artefact),
                target.literals,
                shapes,
                target.members,
                names.__getitem__,
            )
            own = sandbox.for_artefact(literals, names)
            origin = _origin_of(file, target)
            try:
                tree[artefact] = _made(own, file, origin, variables, target)
            except Exception as error:  # noqa: BLE001 (a template is someone's program)
                found.append(template_failed(origin, error, own, variables))
                continue
            if file.marked and not is_marked(tree[artefact]):
                found.append(_unmarked(target, file))
        diagnostics += map(_of_built_in, found) if target.templates.are_built_in else found
    return tree, diagnostics


def _of_built_in(diagnostic: Diagnostic) -> Diagnostic:
    """A diagnostic for a template that is not the repository's own to correct where it stands."""
    way = "This target is built in: copy its folder into templates/, and change it there."
    return diagnostic._replace(help=f"{diagnostic.help} {way}")


def _origin_of(file: File, target: Target) -> Path:
    """The file that an artefact is made of."""
    return (RUNTIME if file.runtime else target.home) / file.origin


def _made(
    sandbox: Sandbox, file: File, origin: Path, variables: dict[str, Any], target: Target
) -> str:
    """The text of an artefact."""
    header = variables["header"]
    if sandbox.syntax.comment is not None:
        header = sandbox.syntax.comment.write(header)
    if file.template is not None:
        template = sandbox.get_template(f"{target.name}/{file.template}")
        return template.render({**variables, "header": header})
    text = sandbox.read(f"{target.name}/{file.copy}") if file.copy else origin.read_text("utf-8")
    names = {
        put_in_case(PACKAGE_STAND_IN, target.package_case): str(variables["package"]),
        CODE_STAND_IN: variables["example_code"],
    }
    stand_ins = "|".join(names)
    named = re.sub(
        rf"(?<![A-Za-z0-9])(?:{stand_ins})(?![A-Za-z0-9])", lambda found: names[found[0]], text
    )
    return f"{header}\n\n{named}" if file.marked else named


PACKAGE_STAND_IN = "example-codes"
"""What files that are copied as they stand call the package, in the case of their target."""
CODE_STAND_IN = "ExampleErrorCode"
"""What they write where an example needs an error code."""


def _example(catalogue: Catalogue) -> ErrorCode:
    """The first code that examples can best be of: without escapes, and one of the vendor's own.

    One that was there from the beginning: a later release that adds a code changes no example.
    """
    first = catalogue.releases[0].name

    def fitness(code: ErrorCode) -> tuple[bool, bool, bool]:
        is_vendors, is_oldest = code.sent_in != "errorCode", code.first_release == first
        return _is_plain(code), is_vendors, is_oldest

    return max(catalogue.codes, key=fitness)


def _is_plain(code: ErrorCode) -> bool:
    """Whether a code is of letters, digits and `_`, so that no language has to escape it."""
    return re.fullmatch("[A-Za-z0-9_]+", code.code) is not None


def _whole(
    catalogue: Catalogue,
    changelog: Sequence[Chapter],
    annotations: Annotations,
    shapes: Shapes,
) -> dict[str, Any]:
    """The variables of templates for all releases."""
    elsewhere = _header(*(_origin(one) for one in [annotations.file] if one))
    known_elsewhere = annotations_data(catalogue.vendor, annotations)
    return {
        "data": catalogue_data(catalogue),
        "shapes": shapes,
        "words": words_for(catalogue.vendor),
        "code_rows": code_rows(catalogue),
        "annotation_rows": annotation_rows(known_elsewhere),
        "changelog": changelog,
        "changelog_data": changelog_data(catalogue.vendor, changelog),
        **_vectors(catalogue, annotations),
        "annotations_data": known_elsewhere,
        "annotations_line": elsewhere["header_line"],
        # Not which documents: what a release leaves as it is, it leaves byte for byte.
        **_header(_all_documents(catalogue)),
    }


def _vectors(catalogue: Catalogue, annotations: Annotations) -> dict[str, Any]:
    """The variable for messages with their answers, where messages are sent."""
    if not catalogue.vendor.sends_ocpp:
        return {}
    return {"vectors_data": vectors_data(catalogue, annotations)}


def _files(
    catalogue: Catalogue, whole: Mapping[str, Any], target: Target
) -> Iterator[tuple[File, dict[str, Any]]]:
    """Each file of a target with the variables of its template."""
    package = put_in_case(catalogue.vendor.package, target.package_case)
    vendor, example = catalogue.vendor, _example(catalogue)
    common = {
        "catalogue": catalogue,
        "vendor": vendor,
        "package": package,
        "fields": vendor.fields.fields,
        "roles": vendor.fields.roles,
        "example": example,
        "example_code": example.code if _is_plain(example) else CODE_STAND_IN,
    }
    for file in target.files:
        if not file.is_for(vendor):
            continue
        shape = whole["shapes"].record(file.shape) if file.shape else None
        given = {**common, **whole, "shape": shape}
        if file.each is None:
            yield file, given
            continue
        for release in catalogue.releases:
            header = _header(_origin(release.document))
            yield file, {**given, **header, "release": release, "data": release_data(release)}


def _all_documents(catalogue: Catalogue) -> str:
    folder = PurePosixPath(catalogue.latest.document.path).parent
    return f"From the documents in {folder}/; the releases of the catalogue have their digests."


def _origin(document: Document) -> str:
    return f"From {document.path}, sha256 {document.sha256}"


def _header(*origins: str) -> dict[str, str]:
    """What an artefact says of where it comes from, as lines and as one line."""
    lines = [MARK, *origins]
    return {"header": "\n".join(lines), "header_line": " ".join(lines)}


def _path(target: Target, file: File, variables: Mapping[str, Any]) -> PurePosixPath:
    """Where a file goes, below the output folder; not checked yet."""
    release = variables["release"].build.file_stem if "release" in variables else ""
    path = file.path
    for name, value in zip(IN_PATH, (variables["package"], release), strict=True):
        path = path.replace(f"{{{name}}}", value)
    return PurePosixPath(target.folder, path)


def _names(
    catalogue: Catalogue, target: Target, shapes: Shapes, sandbox: Sandbox
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The name of each code in a target's language, and a diagnostic for each that is taken.

    Former spellings have one as well where it is another.
    """
    if target.identifiers is None:
        return {}, []
    identifiers, reserved = target.identifiers, target.identifiers.reserved
    if identifiers.declared_by:
        reserved |= _names_declared(identifiers, target, sandbox)
    if identifiers.beside_types:
        reserved |= _names_of_types(shapes, target.members.initialisms)
    identifiers = identifiers._replace(reserved=reserved)
    names, clashes = identifiers.names(code.code for code in catalogue.codes)
    taken = set(names.values())
    for former in (former for code in catalogue.codes for former in code.former):
        # What a program written for an earlier release calls the code, unless that names another.
        if (name := identifiers.name(former)) not in taken:
            names[former] = name
            taken.add(name)
    return names, [
        Diagnostic(
            "identifier-taken",
            _manifest(target, "[identifiers]"),
            f"the code '{code}' would be named {name} here, which "
            + ("is a reserved word" if name in identifiers.reserved else f"'{other}' is already"),
            help="Give [identifiers] of the manifest another case or, for reserved words, a "
            "reserved_suffix.",
            expected="a name of its own for each code",
            found=name,
        )
        for name, code, other in clashes
    ]


def _names_declared(identifiers: Identifiers, target: Target, sandbox: Sandbox) -> frozenset[str]:
    """What the target's own files declare, templates as they stand."""
    names: set[str] = set()
    for file in target.files:
        # One that cannot be read is reported where the artefact is made.
        with suppress(OSError, ValueError, TemplateError):
            names.update(identifiers.declared_in(sandbox.read(f"{target.name}/{file.origin}")))
    return frozenset(names)


def _names_of_types(shapes: Shapes, initialisms: frozenset[str]) -> frozenset[str]:
    """The names of all types, and of the values of enums, their type in front."""
    names: set[str] = set()
    for one in shapes.used_by("Catalogue", "FoundRelease", *shapes.answers):
        names.add(one.name)
        if isinstance(one, Enum):
            names |= {one.name + put_in_case(v, "Pascal", initialisms) for v in one.values}
    return frozenset(names)


def _manifest(target: Target, near: str, header: str = "", count: int = 0) -> Location:
    """Where a text stands in a target's manifest, behind the `count`-th line `header`."""
    manifest = target.home / MANIFEST
    return locate(str(manifest), manifest.read_text(encoding="utf-8"), near, header, count)


def _bad_path(target: Target, file: File, fault: str) -> Diagnostic:
    return Diagnostic(
        "artefact-path",
        _manifest(target, "path", "[[files]]", target.files.index(file) + 1),
        f"what is made of {file.origin} cannot be written to this path",
        help="Correct the path"
        + ("; made for each release, it has to hold {release}." if file.each else "."),
        expected="a path within the target's folder, of its own",
        found=f"{file.path}, which {fault}",
    )


def _unmarked(target: Target, file: File) -> Diagnostic:
    return Diagnostic(
        "artefact-unmarked",
        Location(str(_origin_of(file, target))),
        "this template makes a file that does not say that it is generated",
        help="Put {{ header }} at its top; where the language has no comments, put "
        "{{ header_line | literal }} where nothing reads it, or marked = false into the manifest.",
        expected=MARK,
        found="an artefact without it",
    )
