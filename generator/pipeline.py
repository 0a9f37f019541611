"""The whole run, pass by pass. Each pass is pure but the first, which reads, and the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.catalogue import fold
from generator.diagnostics import Diagnostic, has_errors
from generator.reading.spec import read_file, read_grammar_of, read_spec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from generator.model import Catalogue, Release
    from generator.reading.spec import Progress
    from generator.writing.tree import Comparison


class Built(NamedTuple):
    """The artefacts in memory, by their paths below the output folder.

    `leftovers` are, by target, patterns of names that are none of ours and yet belong there.
    """

    tree: Mapping[str, str]
    leftovers: Mapping[str, Sequence[str]]


def load(spec: Path, progress: Progress = list) -> tuple[Catalogue | None, list[Diagnostic]]:
    """Documents → catalogue; None where there are errors."""
    known, diagnostics = read_spec(spec, progress)
    if known is None:
        return None, diagnostics
    return fold(known.grammar.vendor, known.releases), diagnostics


def build(
    spec: Path, templates: Path, progress: Progress = list
) -> tuple[Built | None, list[Diagnostic]]:
    """Documents → catalogue → artefacts in memory; None where there are errors.

    `progress` goes through the documents while a person watches.
    """
    # Here and not above: a command that renders nothing need not wait for jinja2.
    from generator.writing.render import render
    from generator.writing.target import read_targets

    catalogue, diagnostics = load(spec, progress)
    targets, found = read_targets(templates)
    diagnostics += found
    if catalogue is None or has_errors(diagnostics):
        return None, diagnostics
    tree, found = render(catalogue, targets, templates)
    diagnostics += found
    built = Built(tree, {target.name: target.leftovers for target in targets})
    return (None if has_errors(diagnostics) else built), diagnostics


def compare(built: Built, output: Path) -> tuple[Comparison | None, list[Diagnostic]]:
    """Artefacts in memory ↔ artefacts on disk; None where those cannot be read."""
    from generator.writing.tree import compare as compare_tree
    from generator.writing.tree import unreadable

    try:
        return compare_tree(built.tree, output, built.leftovers), []
    except OSError as error:
        return None, [unreadable(output, error)]


def write(built: Built, output: Path) -> tuple[Comparison | None, list[Diagnostic]]:
    """Artefacts in memory → artefacts on disk; how those stood before, None where it failed."""
    from generator.writing.tree import write as write_tree

    return write_tree(built.tree, output, built.leftovers)


def read_document(file: Path, spec: Path) -> tuple[Release | None, list[Diagnostic]]:
    """One document → its release, by what the folder of documents knows of the vendor."""
    grammar, diagnostics = read_grammar_of(spec)
    if grammar is None:
        return None, diagnostics
    release, found = read_file(file, spec, grammar)
    return release, diagnostics + found
