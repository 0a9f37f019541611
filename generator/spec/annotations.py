"""What other sources say of the vendor's codes: annotations.toml, beside the documents."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from .. import settings
from ..annotations import (
    Annotations,
    CodeList,
    CodeMapping,
    MappedCode,
    Observation,
)
from ..diagnostics import Diagnostic, Location
from ..nearest import and_nearest
from ..reading.source import read_source
from ..runtime.folding import fold
from ..runtime.ocpp import LONGEST_CODE, NO_ERROR, OTHER_ERROR
from ..settings import InvalidSettingError, check_keys, one_of, text
from ..shapes.names import BASES, CONFIDENCES
from .folder import stored_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..model import Release
    from ..reading.source import Source
    from ..settings import Errors, Table
    from .folder import Folder

ANNOTATIONS = "annotations.toml"


def read_annotations(
    folder: Folder, releases: Iterable[Release] | None
) -> tuple[Annotations, list[Diagnostic]]:
    """Reads the annotations of a folder of documents; there are none without the file.

    `releases` are the folder's. A code may be spelt as in any of them, and is returned as in the
    newest. A code that none of them has is an error. They are None where not all of them could be
    read: then there are no annotations, and only what is wrong in the file itself is an error.
    """
    data, diagnostics = folder.read(ANNOTATIONS) if folder.has(ANNOTATIONS) else (None, [])
    if data is None:
        return Annotations(), diagnostics
    source, diagnostics = read_source(str(folder.path / ANNOTATIONS), data)
    if source is None or diagnostics:
        return Annotations(), diagnostics
    errors = settings.Errors()
    read = errors.attempt(lambda: _tables(settings.parse(source.text), errors))
    if errors or read is None:
        advice = "Correct it; CONTRIBUTING.md says what it holds, under 'Annotate a code'."
        return Annotations(), [
            settings.diagnose("annotation-invalid", source.path, source.text, error, advice)
            for error in errors
        ]
    mappings, observations = read
    if releases is None:
        return Annotations(), []
    codes = _Codes(releases)
    file = stored_as(folder.path, ANNOTATIONS, hashlib.sha256(data).hexdigest())
    respelt = (one._replace(rows=tuple(map(codes.respell, one.rows))) for one in mappings)
    return Annotations(tuple(respelt), tuple(observations), file), [
        *_check_rows(source, mappings, codes)
    ]


def refuse_annotations(folder: Folder) -> list[Diagnostic]:
    """A diagnostic where a folder has annotations though its codes are not sent over OCPP.

    What is annotated is what messages have, and other lists that they name.
    """
    if not folder.has(ANNOTATIONS):
        return []
    return [
        Diagnostic(
            "annotation-invalid",
            Location(str(folder.path / ANNOTATIONS)),
            "annotations are of what is sent over OCPP, and this vendor's codes are not",
            help="Remove this file, or put `sent_in` into vendor.toml if its codes are sent so.",
            expected="no such file, as no section or entry of vendor.toml has `sent_in`",
            found=ANNOTATIONS,
        )
    ]


def _tables(data: Table, errors: Errors) -> tuple[list[CodeMapping], list[Observation]]:
    table = check_keys(data, "", set(), {"mappings", "observations"})
    mappings: list[CodeMapping] = []
    observations: list[Observation] = []
    if "mappings" in table:
        mappings = settings.tables(table, "mappings", _mapping, errors)
    if "observations" in table:
        observations = settings.tables(table, "observations", _observation, errors)
    settings.refuse_repeated("[[mappings]]", "id", [mapping.id for mapping in mappings])
    _check_vendor_ids(mappings, observations)
    return mappings, observations


def _mapping(data: object) -> CodeMapping:
    table = check_keys(data, "[[mappings]]", {"id", "source", "rows", "code_list"})
    source = _text(table, "source")
    rows = settings.tables(table, "rows", _row) if table["rows"] != [] else []
    return CodeMapping(
        id=_text(table, "id"),
        code_list=_code_list(table["code_list"]),
        rows=tuple(MappedCode(**{"source": source, **row}) for row in rows),
    )


def _row(data: object) -> Table:
    try:
        table = check_keys(data, "rows", {"code", "to", "confidence", "basis"}, {"source"})
        for key in table:
            _text(table, key)
        one_of(table, "confidence", CONFIDENCES)
        one_of(table, "basis", BASES)
    except InvalidSettingError as error:
        if isinstance(data, dict) and " = " not in error.near:
            # All rows have the same keys, so point at the one with this code.
            code = data.get("code")
            error.near = f'code = "{code}"' if isinstance(code, str) and code else "rows"
        raise
    return table


def _code_list(data: object) -> CodeList:
    required = {"title", "source", "vendor_id", "codes"}
    table = check_keys(data, "code_list", required, {"also_sent_as"})
    for vendor_id in (_text(table, "vendor_id"), *settings.texts(table, "also_sent_as")):
        _check_sent(vendor_id, "a vendorId")
    return CodeList(
        title=_line(table, "title"),
        source=_line(table, "source"),
        vendor_id=_text(table, "vendor_id"),
        also_sent_as=tuple(settings.texts(table, "also_sent_as")),
        codes=_listed_codes(table["codes"]),
    )


def _listed_codes(codes: object) -> dict[str, str]:
    """The names of a list's codes by the codes; each of them can be sent and found as one."""
    if not isinstance(codes, dict):
        raise InvalidSettingError("codes", "codes as a table, with their names", codes)
    spellings: dict[str, str] = {}
    for code in codes:
        other = spellings.setdefault(fold(code), code)
        if other != code:
            raise InvalidSettingError(code, "codes that differ by more than their case", other)
        _check_sent(code, "a code")
        if {",", ";"} & set(code) or len(code) > LONGEST_CODE:
            what = f"codes of at most {LONGEST_CODE} characters without commas and semicolons"
            raise InvalidSettingError(code, what, code)
        if fold(code) in map(fold, (NO_ERROR, OTHER_ERROR)):
            raise InvalidSettingError(code, "codes that are no words of OCPP's for none", code)
    return {code: _line(codes, code) for code in codes}


def _check_sent(text: str, what: str) -> None:
    """Raises InvalidSettingError for what no station sends so: blanks around it are left off."""
    if not text or text != text.strip(" ") or not (text.isascii() and text.isprintable()):
        expected = f"{what} in printable ASCII, without blanks around it"
        raise InvalidSettingError(text, expected, ascii(text))


def _check_vendor_ids(mappings: Sequence[CodeMapping], observations: Sequence[Observation]) -> None:
    """Raises InvalidSettingError for a vendorId that two lists have, or that the vendor sends."""
    seen = {fold(one.value) for one in observations if one.field == "vendorId"}
    for number, mapping in enumerate(mappings, start=1):
        of = mapping.code_list
        places = {of.vendor_id: f'vendor_id = "{of.vendor_id}"'}
        for vendor_id in (of.vendor_id, *of.also_sent_as):
            if fold(vendor_id) in seen:
                near = places.pop(vendor_id, vendor_id)
                what = "each vendorId once, and none that the vendor was seen to send"
                raise InvalidSettingError(near, what, vendor_id, "[[mappings]]", number)
            seen.add(fold(vendor_id))


def _observation(data: object) -> Observation:
    keys = {"field", "value", "confidence", "source", "note"}
    table = check_keys(data, "[[observations]]", keys)
    for key in table:
        _text(table, key)
    one_of(table, "confidence", CONFIDENCES)
    return Observation(**table)


class _Codes:
    """The codes of all releases, in every spelling."""

    def __init__(self, releases: Iterable[Release]) -> None:
        ordered = [
            code
            for release in sorted(releases, key=lambda release: release.age)
            for code in release.codes
        ]
        self.spellings = frozenset(ordered)
        self.newest_of = {fold(code): code for code in ordered}

    def respell(self, row: MappedCode) -> MappedCode:
        """The row with its code as in the newest release that has it."""
        return row._replace(code=self.newest_of.get(fold(row.code), row.code))


def _check_rows(
    source: Source, mappings: Sequence[CodeMapping], codes: _Codes
) -> Iterator[Diagnostic]:
    """Checks the rows against the releases, their code lists and each other."""
    for number, mapping in enumerate(mappings, start=1):
        targets: dict[str, list[str]] = {}
        for row in mapping.rows:
            before = targets.setdefault(fold(row.code), [])
            place = partial(_place, source, number, row.code, len(before))
            if row.code not in codes.spellings:
                yield _unknown(place(), row.code, codes)
            if row.to not in mapping.code_list.codes:
                yield _unlisted(place(), row.to, mapping.code_list)
            if row.to in before:
                yield _repeated(place(), row)
            before.append(row.to)


def _place(source: Source, number: int, code: str, nth: int) -> Location:
    """The place of a code in the `number`-th mapping, in any case, after `nth` earlier ones."""
    header = settings.locate(source.path, source.text, "", "[[mappings]]", number)
    row = re.compile(rf"""(?<!\w)code\s*=\s*(["'])(?i:{re.escape(code)})\1""")
    places = (
        source.at(match.start(), len(match[0]))
        for match in row.finditer(source.text, source.start_of(header.line or 1))
        if not source.line(source.line_of(match.start())).lstrip().startswith("#")
    )
    return next(islice(places, nth, None), header)


def _unknown(place: Location, code: str, codes: _Codes) -> Diagnostic:
    spelt = codes.newest_of.get(fold(code))
    return Diagnostic(
        "annotation-unmatched",
        place,
        "no release has the code that is annotated here"
        if spelt is None
        else "the documents spell the code that is annotated here in another way",
        help="Correct the code, or take the row out."
        if spelt is None
        else "Write it as the documents do.",
        expected=spelt or f"a code of the documents{and_nearest(code, codes.newest_of.values())}",
        found=code,
    )


def _unlisted(place: Location, code: str, code_list: CodeList) -> Diagnostic:
    return Diagnostic(
        "annotation-unmatched",
        place,
        "this row leads to a code that its list does not have",
        help="Correct the code; if the list has it, put it into [mappings.code_list.codes].",
        expected=f"a code of {code_list.title}{and_nearest(code, code_list.codes)}",
        found=code,
    )


def _repeated(place: Location, row: MappedCode) -> Diagnostic:
    return Diagnostic(
        "annotation-invalid",
        place,
        "this row stands in its mapping already",
        help="Take one of the two out.",
        expected=f"one row from {row.code} to {row.to}",
        found="another one",
    )


def _line(table: Table, key: str) -> str:
    """The value of a key as a string on one line: tables of READMEs have it in a cell."""
    value = _text(table, key)
    if "\n" in value:
        raise InvalidSettingError(key, f"one line as {key}", ascii(value))
    return value


def _text(table: Table, key: str) -> str:
    """The value of a key as a string without invisible characters."""
    value = text(table, key)
    if not value.replace("\n", " ").isprintable() or not value.strip():
        raise InvalidSettingError(key, f"a string as {key}, of visible characters", ascii(value))
    return value
