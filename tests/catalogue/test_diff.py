"""What changed between two releases: every kind of change, and what holds for all of them."""

import json
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from generator.contract import difference_data
from generator.diff import diff
from generator.model import Document, Release
from generator.reading.document import read_document
from generator.reading.grammar import Grammar, read_grammar
from generator.reading.source import Source
from generator.record import to_json
from tests.helpers import txtar
from tests.helpers.document_strategies import VENDOR
from tests.helpers.project import ROOT

CASES = sorted((ROOT / "tests/changes").glob("*.txtar"))


def grammar() -> Grammar:
    read, diagnostics = read_grammar(Source("vendor.toml", VENDOR))
    assert read, diagnostics
    return read


GRAMMAR = grammar()
MEANING_FIELDS = (
    "text",
    "description",
    "may_accompany_non_error_status",
    "products",
    "product_notes",
    "connectors",
    "deprecated",
    "configuration_keys",
)


def release(text: bytes, name: str) -> Release:
    read, diagnostics = read_document(name, text, Document(name, "0" * 64), GRAMMAR)
    assert read, diagnostics
    return read


def pair(file: Path) -> tuple[Release, Release]:
    case = txtar.read(file)
    return release(case.files["old.md"], "old.md"), release(case.files["new.md"], "new.md")


def told(old: Release, new: Release) -> dict[str, Any]:
    """The difference as a reader of its JSON has it."""
    data: dict[str, Any] = json.loads(to_json(difference_data(diff(old, new, GRAMMAR.fields))))
    return data


def lines(file: Path, name: str) -> list[Any]:
    text = txtar.read(file).files.get(name, b"").decode()
    return [json.loads(line) for line in text.splitlines()]


def shortened(change: dict[str, Any]) -> dict[str, Any]:
    """A change or a rename as a case has it: each side by its lines."""
    sides = {side: change[side] and change[side]["source"]["lines"] for side in ("old", "new")}
    kept = ("class", "code", "field", "before", "after", "alike")
    return {key: change[key] for key in kept if key in change} | sides


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_pair_changes_as_its_case_says(file: Path) -> None:
    data = told(*pair(file))
    assert [shortened(change) for change in data["changes"]] == lines(file, "changes")
    renames = [shortened(rename) for rename in data["possible_renames"]]
    assert renames == lines(file, "possible_renames")


def test_every_field_and_class_has_a_case() -> None:
    changes = [change for file in CASES for change in lines(file, "changes")]
    assert {change["field"] for change in changes} == {
        "code",
        "sent_in",
        "meaning",
        *MEANING_FIELDS,
    }
    assert {change["class"] for change in changes} == {
        "breaking",
        "behaviour",
        "addition",
        "wording",
        "typography",
    }


# What holds for every pair


RELEASES = [one for file in CASES for one in pair(file)]
PAIRS = list(product(range(len(RELEASES)), repeat=2))


@cache
def told_of(old: int, new: int) -> dict[str, Any]:
    """The difference of two of the releases, by their numbers."""
    return told(RELEASES[old], RELEASES[new])


Model = dict[str, tuple[str, str, list[dict[str, Any]]]]
"""For each code in lower case its text, the field that it is sent in, and its entries in a set
order: what a release says, order, layout and places aside."""


def model_of(release: Release) -> Model:
    model: Model = {}
    for section, entry in release.entries:
        meaning = entry.meaning
        fields = {"text": meaning.text, "description": meaning.description}
        fields |= {name: plain(value) for name, value in meaning.fields.items()}
        known = model.setdefault(entry.code.lower(), (entry.code, section.sent_in, []))
        known[2].append(fields)
    return {code: (*one[:2], in_order(one[2])) for code, one in model.items()}


def plain(value: object) -> Any:  # noqa: ANN401
    return json.loads(json.dumps(value))


def in_order(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))


def applied(old: Model, changes: list[dict[str, Any]]) -> Model:
    """The old model with the changes made to it, from nothing but their JSON."""
    new = {code: (*one[:2], list(one[2])) for code, one in old.items()}
    done = set()
    for change in changes:
        code, field = change["code"].lower(), change["field"]
        if field == "code" and change["after"] is None:
            new[code] = (*new[code][:2], [e for e in new[code][2] if e != said(change["old"])])
        elif field == "code" and change["before"] is None:
            new[code] = (change["after"], change["new"]["sent_in"], [said(change["new"])])
        elif field == "code":
            new[code] = (change["after"], *new[code][1:])
        elif field == "sent_in":
            new[code] = (new[code][0], change["after"], new[code][2])
        elif (code, json.dumps([change["old"], change["new"]])) not in done:
            # Several fields of one entry may have changed; the entry is replaced once.
            done.add((code, json.dumps([change["old"], change["new"]])))
            if change["old"]:
                new[code][2].remove(said(change["old"]))
            if change["new"]:
                new[code][2].append(said(change["new"]))
    return {code: (*one[:2], in_order(one[2])) for code, one in new.items() if one[2]}


def said(side: dict[str, Any]) -> dict[str, Any]:
    return {name: side[name] for name in MEANING_FIELDS}


def test_a_release_does_not_differ_from_itself() -> None:
    for one in RELEASES:
        assert diff(one, one, GRAMMAR.fields).changes == ()
        assert diff(one, one, GRAMMAR.fields).possible_renames == ()


def test_the_changes_make_the_new_release_of_the_old() -> None:
    models = list(map(model_of, RELEASES))
    for old, new in PAIRS:
        assert applied(models[old], told_of(old, new)["changes"]) == models[new]


def test_there_is_no_change_only_where_both_say_the_same() -> None:
    models = list(map(model_of, RELEASES))
    for old, new in PAIRS:
        assert (not told_of(old, new)["changes"]) == (models[old] == models[new])


def mirrored(change: dict[str, Any]) -> dict[str, Any]:
    """A change as it is told the other way round."""
    other = {"before": change["after"], "after": change["before"]}
    other |= {"old": change["new"], "new": change["old"], "code": change["code"].lower()}
    return {**change, **other, "summary": "", "class": ""}


def in_any_order(changes: list[dict[str, Any]]) -> Counter[str]:
    return Counter(json.dumps(change, sort_keys=True) for change in changes)


def test_both_ways_round_the_changes_mirror_one_another() -> None:
    for old, new in PAIRS:
        there, back = told_of(old, new)["changes"], told_of(new, old)["changes"]
        same_form = [mirrored(mirrored(change)) for change in there]
        assert in_any_order(same_form) == in_any_order([mirrored(change) for change in back])


def test_both_ways_round_the_classes_go_together() -> None:
    """What is an addition one way is the loss of it the other way; all else is of one class."""
    losses = {"code": "breaking", "meaning": "behaviour"}
    for file in CASES:
        old, new = pair(file)
        for change in told(old, new)["changes"]:
            back = [
                other["class"]
                for other in told(new, old)["changes"]
                if mirrored(other) == mirrored(mirrored(change))
            ]
            one_sided = change["field"] in losses and None in (change["before"], change["after"])
            if one_sided and change["class"] == "addition":
                assert back == [losses[change["field"]]]
            elif one_sided:
                assert back == ["addition"]
            else:
                assert back == [change["class"]]
