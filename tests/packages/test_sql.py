"""The SQL tables and the query, on real engines: what they hold, and what they say of messages."""

import json
import os
import re
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest

from generator import pipeline
from generator.decoding.catalogue import decoder_of
from tests.helpers import hostile_documents
from tests.helpers.as_published import spec_as_published
from tests.helpers.made_up_documents import document
from tests.helpers.project import ROOT, choose_targets, record_digests
from tests.helpers.project import run as run_command
from tests.helpers.sql_engines import (
    MYSQL_SERVERS,
    STEVE,
    DuckDb,
    Engine,
    PostgreSql,
    Sqlite,
    Tables,
    missing,
    postgresql,
    spark,
)
from tests.helpers.sql_messages import (
    ANSWER,
    Message,
    Row,
    answer_rows,
    answers,
    made_up_messages,
    newest_revisions,
    vectors,
)
from tests.helpers.tools import GENERATED, catalogue_json, code_blocks, copy_of, output_of

TABLES = Tables(GENERATED / "sql")
SERVERS: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "postgresql": postgresql,
    **MYSQL_SERVERS,
}
OF_ONE_DIALECT = ("sqlite", "duckdb", pytest.param("postgresql", marks=pytest.mark.extended))
MYSQL = [pytest.param(name, marks=pytest.mark.extended) for name in MYSQL_SERVERS]
SPARK = pytest.param("spark", marks=pytest.mark.extended)
TARGETS = ("json", "mysql", "sql")
WITH_SCRIPT = (*OF_ONE_DIALECT, *MYSQL)
"""Those that tables.sql is for."""
WITH_SEEDS = (*OF_ONE_DIALECT, SPARK)
ENGINES = (*WITH_SCRIPT, SPARK)
COUNT, SEED = 100_000, 20260711
REAL = Message(1, 2, "Faulted", "OtherError", None, "com.ctek", "NoPPDetected")
"""The message that a real charger sent: github.com/lbbrhzn/ocpp, issue 1987."""


@pytest.fixture(scope="module")
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """An engine without any tables yet."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param in SERVERS:
        # Not below pytest's own folder, which is closed to the server's user; and a socket's path
        # has to be short.
        with TemporaryDirectory() as own, SERVERS[request.param](Path(own)) as server:
            yield server
    elif request.param == "spark":
        with spark(folder) as session:
            yield session
    else:
        with closing(Sqlite() if request.param == "sqlite" else DuckDb(folder)) as database:
            yield database


on_every_engine = pytest.mark.parametrize("engine", ENGINES, indirect=True)
on_those_with_seeds = pytest.mark.parametrize("engine", WITH_SEEDS, indirect=True)
on_those_with_a_script = pytest.mark.parametrize("engine", WITH_SCRIPT, indirect=True)


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return list(made_up_messages(COUNT, SEED))


@pytest.fixture(scope="module")
def expected(messages: list[Message]) -> list[Row]:
    return answers(messages)


def tables_of(engine: Engine) -> Tables:
    """The tables in the dialect of an engine, as they are committed."""
    return Tables(GENERATED / engine.target)


def load(engine: Engine, tables: Tables) -> None:
    """The tables in the way that the README names first for the engine."""
    try:
        engine.load(tables)
    except NotImplementedError:
        engine.load_csv(tables)


def drop(engine: Engine, tables: Tables) -> None:
    """Takes away tables of the same names that another vendor's have; Spark replaces its views."""
    with suppress(NotImplementedError):
        for table in tables.columns:
            engine.run(f"DROP TABLE IF EXISTS {table}")


def ask(engine: Engine, messages: list[Message], tables: Tables | None = None) -> list[Row]:
    engine.fill(messages)
    return engine.ask((tables or tables_of(engine)).query)


def difference(found: list[Row], expected: list[Row]) -> dict[str, list[Row]]:
    """A few of the rows that are too many, and of those that are missing; nothing if none is."""
    counted, wanted = Counter(found), Counter(expected)
    kinds = {"too many": counted - wanted, "missing": wanted - counted}
    return {kind: list(rows)[:3] for kind, rows in kinds.items() if rows}


# What the query says


@on_every_engine
def test_the_query_says_what_the_decoder_says(
    engine: Engine, messages: list[Message], expected: list[Row]
) -> None:
    load(engine, tables_of(engine))
    assert difference(ask(engine, messages), expected) == {}


def test_the_messages_are_of_all_kinds(messages: list[Message], expected: list[Row]) -> None:
    answered = [dict(zip(ANSWER, row[len(Message._fields) :], strict=True)) for row in expected]
    assert len({row[0] for row in expected}) == COUNT
    assert {row["condition"] for row in answered} == {"fault", "warning", "none", "unknown"}
    known = {code["code"] for code in catalogue_json()["codes"]}
    assert known < {row["code"] for row in answered}
    said = {row["beyond_document"] for row in answered}
    reasons = {reason for one in said if one for reason in one.split(",")}
    assert reasons == {"code", "field", "status", "connector", "deprecated", "list"}
    assert {row["other_code"] for row in answered} > {None, "CX002", "CX014", "GridPowerLoss"}
    assert {row["counterpart"] for row in answered} > {None, "GroundFailure", "CBC_LOOP"}
    assert {None, "", "field,status", "field,deprecated"} < said
    different = len({message[1:] for message in messages})
    print(f"\n{COUNT} messages, {different} of them different; {len(expected)} rows")


@on_every_engine
def test_the_query_says_what_the_vectors_say(engine: Engine) -> None:
    load(engine, tables_of(engine))
    check_vectors(engine, tables_of(engine), GENERATED)


def has_nul(message: Message) -> bool:
    """Whether a text holds U+0000, where SQLite ends it and PostgreSQL refuses it."""
    return any("\0" in value for value in message if isinstance(value, str))


def check_vectors(engine: Engine, tables: Tables, generated: Path) -> None:
    """Holds an engine with these tables against the vectors beside them."""
    fit, since = vectors(generated), newest_revisions(generated)
    if isinstance(engine, Sqlite | PostgreSql):
        fit = [one for one in fit if not has_nul(one[0])]
    assert len(fit) > 100
    wanted = [row for message, answer in fit for row in answer_rows(message, answer, since)]
    assert difference(ask(engine, [message for message, _ in fit], tables), wanted) == {}


@on_every_engine
def test_the_real_message(engine: Engine) -> None:
    load(engine, tables_of(engine))
    [row] = ask(engine, [REAL])
    answer = dict(zip(ANSWER, row[len(REAL) :], strict=True))
    assert row[: len(REAL)] == REAL
    assert answer["condition"] == "fault"
    assert answer["description"] == "The PP resistor can't be read / found."
    assert (answer["code"], answer["field"]) == ("NoPPDetected", "vendorErrorCode")
    assert answer["beyond_document"] == ""


@cache
def few_messages() -> list[Message]:
    """Enough to find a wrong query."""
    return [*made_up_messages(500, SEED), *(one for one, _ in vectors() if not has_nul(one))]


@cache
def answers_to_few() -> list[Row]:
    return answers(few_messages())


@pytest.fixture(scope="module")
def few() -> Iterator[Sqlite]:
    """An engine with few messages, which the right query answers rightly."""
    with closing(Sqlite()) as engine:
        engine.load(TABLES)
        assert difference(ask(engine, few_messages()), answers_to_few()) == {}
        yield engine


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("LENGTH(t) > 1000", "LENGTH(t) > 999"),
        ("LENGTH(t) > 1000", "LENGTH(t) > 1001"),
        ("IN (',', ';')", "IN (',')"),
        ("c <> ' '", "c NOT IN (' ', '\t')"),
        ("COALESCE(m.status, '') AS", "TRIM(COALESCE(m.status, '')) AS"),
        ("LEFT JOIN newest ON newest.code", "LEFT JOIN newest ON meaning = 1 AND newest.code"),
        ("OtherError', 'other field'", "OtherError', 'code'"),
        ("('WeakSignal', 'code'),", ""),
        ("field <> together.sent_in", "field = together.sent_in"),
        ("ocpp_status <> 'Faulted' AND", "ocpp_status = 'Faulted' AND"),
        ("connector_id < 0 OR", "connector_id < 1 OR"),
        ("is_deprecated = 1 THEN", "is_deprecated = 2 THEN"),
        ("has_error IS NULL THEN", "has_error IS NOT NULL THEN"),
        ("'no error' THEN 0", "'other field' THEN 0"),
        ("AND d.vendor_error_code = COALESCE(m.vendor_error_code, '')", ""),
        ("AND d.list = COALESCE(named.list, 0)", ""),
        ("= LENGTH(vendor_id) - LENGTH(id)", "<= LENGTH(vendor_id) - LENGTH(id)"),
        ("CASE WHEN list = 0 THEN known_code END", "known_code"),
        ("WHEN list > 0 THEN 'list'", ""),
        ("other_codes.number = list AND", ""),
        ("has_standard_error = 0", "has_standard_error = 1"),
        ("LIKE '0x_%'", "LIKE '0x%'"),
        ("WHEN connector_id < 0 THEN '-'", "WHEN connector_id < 1 THEN '-'"),
        ("COALESCE(together.other_code, together.code, sent)", "COALESCE(together.code, sent)"),
        ("AND field = 'vendorErrorCode' THEN list_id", "THEN list_id"),
    ],
)
def test_a_wrong_query_is_found(few: Sqlite, right: str, wrong: str) -> None:
    assert right in TABLES.query
    assert difference(few.ask(TABLES.query.replace(right, wrong)), answers_to_few())


# What the tables hold


RECORDS = {
    "deprecated": ("note", "replaced_by"),
    "retired": ("words", "see", "level"),
    "lockout": ("minutes",),
}
"""The fields that are records, with the members that have columns of their own."""


def cells(name: str, value: Any) -> list[Any]:  # noqa: ANN401 (JSON can be anything)
    """What stands in the columns of one field."""
    if name in RECORDS:
        # Of the lockout alone silence says nothing.
        is_there = None if name == "lockout" and value is None else int(value is not None)
        parts = (cells(part, (value or {}).get(part)) for part in RECORDS[name])
        return [is_there, *(cell for part in parts for cell in part)]
    if isinstance(value, list):
        return [json.dumps(value, ensure_ascii=False) if value else None]
    return [int(value) if isinstance(value, bool) else value]


def catalogue_rows(generated: Path) -> list[Row]:
    """The rows of the table of codes, made of the catalogue's JSON."""
    return [
        (
            code["code"],
            *([revision["sent_in"]] if "sent_in" in revision else []),
            code["first_release"],
            code["removed_in"],
            revision["since"],
            revision["until"],
            int(revision is code["revisions"][-1]),
            number,
            meaning["text"] or None,
            meaning["description"] or None,
            *(cell for name in [*meaning][2:-1] for cell in cells(name, meaning[name])),
            meaning["source"]["document"],
            *meaning["source"]["lines"],
        )
        for code in catalogue_json(generated)["codes"]
        for revision in code["revisions"]
        for number, meaning in enumerate(revision["meanings"], start=1)
    ]


def as_kept(tables: Tables, table: str, rows: list[Row]) -> list[Row]:
    """Rows with whole numbers where the column is one: SQLite's CSV has texts until then."""
    kinds = tables.columns[table].values()
    return [
        tuple(
            int(cell) if kind == "integer" and cell is not None else cell
            for kind, cell in zip(kinds, row, strict=True)
        )
        for row in rows
    ]


def check_tables(engine: Engine, tables: Tables, generated: Path) -> None:
    """Whether an engine holds what the catalogue and the annotations say, letter for letter."""
    package = tables.package
    kept = as_kept(tables, package, engine.ask(f"SELECT * FROM {package}"))  # noqa: S608
    assert difference(kept, catalogue_rows(generated)) == {}
    file = generated / "json" / "annotations.json"
    annotations = json.loads(file.read_text(encoding="utf-8"))
    count = sum(len(one["rows"]) for one in annotations["mappings"])
    beside = engine.ask(f"SELECT * FROM {package}_annotations")  # noqa: S608
    assert len(beside) == count + len(annotations["observations"])
    for row in beside:
        assert {"high", "medium", "low"} & set(row)
        assert all(row[list(tables.columns[f"{package}_annotations"]).index("source")] for _ in row)


@on_those_with_a_script
def test_the_script_holds_the_catalogue_run_twice(engine: Engine) -> None:
    for _ in range(2):
        engine.load(tables_of(engine))
        check_tables(engine, tables_of(engine), GENERATED)


@on_those_with_seeds
def test_the_seeds_hold_the_catalogue(engine: Engine) -> None:
    engine.load_csv(TABLES)
    check_tables(engine, TABLES, GENERATED)
    # These tables have no key; tables.sql is to make its own.
    with suppress(NotImplementedError):
        for table in TABLES.columns:
            engine.run(f"DROP TABLE {table}")


@on_those_with_a_script
def test_duplicates_survive_and_the_key_holds(engine: Engine) -> None:
    engine.load(tables_of(engine))
    where = "FROM ctek_error_codes WHERE code = 'GroundFailure'"
    [one, other] = engine.ask(f"SELECT meaning, text {where} ORDER BY meaning")
    assert (one[0], other[0]) == (1, 2)
    assert one[1] != other[1]
    again = "INSERT INTO ctek_error_codes SELECT * FROM ctek_error_codes"
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        engine.run(again)


# Hostile documents


@pytest.fixture(scope="module")
def hostile_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose codes and texts look like code, quotes, NULLs and lists."""
    project = tmp_path_factory.mktemp("hostile")
    shutil.copytree(ROOT / "tests/cases/_project/spec", project / "spec")
    choose_targets(project / "templates", *TARGETS)  # the others need a name for each code
    codes = (*hostile_documents.CODES, "a,b", "Fan; left", ",a", ";;b", "x , y", "\\N", "A%", "A_B")
    entries = dict.fromkeys(codes, "It hums.")
    entries |= {
        f"Text{number:02d}": text for number, text in enumerate(hostile_documents.TEXTS.values())
    }
    told = document((hostile_documents.escaped(code), entries[code]) for code in sorted(entries))
    (project / "spec" / "r2.0.0.md").write_text(told, encoding="utf-8")
    record_digests(project / "spec")
    result = run_command("generate", folder=project)
    assert result.returncode == 0, result.stderr
    return project / "generated"


@on_every_engine
def test_hostile_texts_come_back(engine: Engine, hostile_project: Path) -> None:
    [seed] = hostile_project.glob("sql/seeds/*_annotations.csv")
    tables = Tables(hostile_project / engine.target, seed.stem.removesuffix("_annotations"))
    for way in (engine.load_csv, engine.load):
        drop(engine, tables)
        try:
            way(tables)
        except NotImplementedError:
            continue
        check_tables(engine, tables, hostile_project)
    check_vectors(engine, tables, hostile_project)


@on_every_engine
def test_what_was_accepted_comes_back(engine: Engine, tmp_path: Path) -> None:
    """Entries without a word, and one that stands twice."""
    spec_as_published(tmp_path / "spec")
    choose_targets(tmp_path / "templates", *TARGETS)
    result = run_command("generate", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    generated = tmp_path / "generated"
    tables = Tables(generated / engine.target, MADE_UP)
    for way in (engine.load_csv, engine.load):
        drop(engine, tables)
        with suppress(NotImplementedError):
            way(tables)
            check_tables(engine, tables, generated)
    check_vectors(engine, tables, generated)


# A field of every type


VENDOR = ROOT / "tests/every_field/spec"
VARIANTS: dict[str, list[tuple[str, str]]] = {
    "as declared": [],
    "without roles": [(r"(?m)^role = .*\n", "")],
    "named as the query names its own": [
        (r"\bneeds_visit\b", "status"),
        (r"\bretries\b", "connector_id"),
        (r"\bcauses\b", "place"),
        (r"\bseverity\b", "may_go_on"),
        (r"\bremedy\b", "is_deprecated"),
    ],
}
"""What is replaced in the file of the vendor with a field of every type."""
MADE_UP = "made_up_codes"


class Generated(NamedTuple):
    """What is generated for such a vendor, and what it was generated from."""

    folder: Path
    loaded: pipeline.Loaded

    def tables(self, target: str = "sql") -> Tables:
        return Tables(self.folder / target, MADE_UP)


def generate(
    project: Path, replaced: Iterable[tuple[str, str]] = (), templates: Path = ROOT / "templates"
) -> Generated:
    """A project of its own, with the targets that are asked for here."""
    shutil.copytree(VENDOR, project / "spec")
    vendor = project / "spec" / "vendor.toml"
    text = vendor.read_text(encoding="utf-8")
    for pattern, new in replaced:
        text, count = re.subn(pattern, new, text)
        assert count, pattern
    vendor.write_text(text, encoding="utf-8")
    for target in ("_shared", *TARGETS):
        shutil.copytree(templates / target, project / "templates" / target)
    choose_targets(project / "templates")
    result = run_command("generate", folder=project)
    assert result.returncode == 0, result.stderr
    loaded, diagnostics = pipeline.load(project / "spec")
    assert loaded, diagnostics
    return Generated(project / "generated", loaded)


@pytest.fixture(scope="module", params=VARIANTS)
def variant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("variant"), VARIANTS[request.param])


@pytest.fixture(scope="module")
def every_field(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("every-field"))


def decoded_rows(generated: Generated, messages: Iterable[Message]) -> list[Row]:
    """What the reference decoder says of messages."""
    catalogue = generated.loaded.catalogue
    decoder = decoder_of(catalogue, generated.loaded.annotations)
    since = newest_revisions(generated.folder)
    field = catalogue.vendor.fields.of_role("non_error_status")
    return [
        row
        for message in messages
        for row in answer_rows(
            message,
            decoder.status_notification(message.payload),
            since,
            field.name if field else None,
        )
    ]


@on_every_engine
def test_fields_of_every_type_come_back(engine: Engine, variant: Generated) -> None:
    tables = variant.tables(engine.target)
    for way in (engine.load_csv, engine.load):
        drop(engine, tables)
        with suppress(NotImplementedError):
            way(tables)
            check_tables(engine, tables, variant.folder)


@on_every_engine
def test_the_query_says_what_the_decoder_says_of_every_field(
    engine: Engine, variant: Generated
) -> None:
    tables = variant.tables(engine.target)
    drop(engine, tables)
    load(engine, tables)
    codes = [code.code for code in variant.loaded.catalogue.codes]
    messages = list(made_up_messages(3_000, SEED, codes))
    # The vectors have a code with each irregularity, and what is on no connector of the document.
    fit = (message for message, _ in vectors(variant.folder) if not has_nul(message))
    messages += (message._replace(id=COUNT + message.id) for message in fit)
    expected = decoded_rows(variant, messages)
    assert difference(ask(engine, messages, tables), expected) == {}
    answered = [dict(zip(ANSWER[::-1], row[::-1], strict=False)) for row in expected]
    said = {reason for row in answered for reason in (row["beyond_document"] or "").split(",")}
    has_roles = any(variant.loaded.catalogue.vendor.fields.roles.values())
    # Silence is unknown to this vendor: there is no code of which a status is known to be odd.
    assert said - {""} == {"code", "field"} | ({"connector", "deprecated"} if has_roles else set())
    if has_roles:
        assert {row["may_accompany_non_error_status"] for row in answered} == {None, 1}


@pytest.mark.parametrize(
    ("stated", "answer", "deviation"),
    [
        ((None, 1), 1, ""),
        ((0, 1), 1, ""),
        ((None, None), None, ""),
        ((None, 0), None, ""),
        ((0, None), None, ""),
        ((0, 0), 0, "status"),
    ],
)
@on_those_with_a_script
def test_what_one_meaning_leaves_open_is_not_known(
    engine: Engine,
    stated: tuple[int | None, int | None],
    answer: int | None,
    deviation: str,
    every_field: Generated,
) -> None:
    """Of two meanings of one code; no document states all of these."""
    tables = every_field.tables(engine.target)
    drop(engine, tables)
    load(engine, tables)
    for meaning, value in enumerate(stated, start=1):
        value_sql = "NULL" if value is None else value
        where = f"code = 'GroundFailure' AND meaning = {meaning}"
        engine.run(f"UPDATE {MADE_UP} SET goes_on = {value_sql} WHERE {where}")  # noqa: S608
    message = Message(1, 1, "Charging", "GroundFailure", None, None, None)
    found = ask(engine, [message], tables)
    answered = [dict(zip(ANSWER, row[len(Message._fields) :], strict=True)) for row in found]
    names = ("may_accompany_non_error_status", "beyond_document")
    assert [tuple(row[name] for name in names) for row in answered] == [(answer, deviation)] * 2


COLUMNS = {
    "goes_on": (
        "integer",
        "Whether the station goes on charging. 1 if so, 0 if not, NULL where that is not known.",
    ),
    "needs_visit": (
        "integer NOT NULL",
        "Whether somebody has to go there. 1 if so, 0 if not.",
    ),
    "remedy": ("text", "What to do. NULL if there is none."),
    "lamp_shown": ("text", "The lamp that is lit. NULL where that is not known."),
    "retries": (
        "integer",
        "How often the station tries again by itself. NULL where that is not known.",
    ),
    "severity": (
        "text",
        (
            "How bad it is, as the vendor says. One of minor, major, critical; "
            "NULL where that is not known."
        ),
    ),
    "outlets": (
        "text",
        "The only outlets that the code is set on. A list in JSON; NULL where that is not known.",
    ),
    "spare_parts": (
        "text",
        "Every part that the entry names. A list in JSON; NULL if there is none.",
    ),
    "causes": ("text", "What may have caused it. A list in JSON; NULL if there is none."),
    "lamp_notes": (
        "text",
        "What a lamp adds. A list in JSON of objects {lamp, blinks}; NULL if there is none.",
    ),
    "is_retired": (
        "integer NOT NULL",
        "That the code is no longer sent. 1 where this is stated, else 0.",
    ),
    "retired_words": ("text", "The sentences that say so. NULL if there is none."),
    "see": ("text", "The parts to look at. A list in JSON; NULL if there is none."),
    "level": ("text", "How it was retired. One of soft, hard; NULL where that is not known."),
    "has_lockout": (
        "integer",
        "That the station locks itself. 1 where this is stated, NULL where that is not known.",
    ),
    "minutes": ("integer", "For how many minutes. NULL if there is none."),
    "unlocked_by": ("text", "Who can unlock it. NULL if there is none."),
}
"""The columns of the vendor's fields in their order: the type, and what the README says."""


def check_columns(generated: Generated) -> None:
    """Whether each field is a column of its type, everywhere, and is described."""
    tables = generated.tables()
    names = list(tables.columns[MADE_UP])
    assert names[names.index("description") + 1 : names.index("document")] == list(COLUMNS)
    seed = tables.seed(MADE_UP).read_text(encoding="utf-8")
    assert seed.split("\n")[0].split(",") == names
    readme = (tables.folder / "README.md").read_text(encoding="utf-8")
    properties = (tables.folder / "seeds/properties.yml").read_text(encoding="utf-8")
    for name, (declared, meaning) in COLUMNS.items():
        kind, is_required = declared.split()[0], declared.endswith("NOT NULL")
        assert f"\n  {name} {declared},\n" in tables.script
        assert f"| `{name}` | {meaning} |\n" in readme
        assert f'"{name} {"string" if kind == "text" else "int"},"\n' in readme
        dbt_type = "\"{{ var('text_type', 'text') }}\"" if kind == "text" else kind
        assert f"\n        {name}: {dbt_type}\n" in properties
        tested = "        data_tests: [not_null]\n" if is_required else "      - name: "
        assert f'- name: {name}\n        description: "{meaning}"\n{tested}' in properties


def test_every_field_is_a_column_of_its_type_that_is_described(every_field: Generated) -> None:
    check_columns(every_field)


@pytest.mark.parametrize(
    ("template", "whole", "places"),
    [
        ("_tables.j2", "in shape.members %}", 1),
        ("README.md.j2", "in shape.members %}", 1),
        ("README.md.j2", 'in shapes.record("CodeRow").members %}', 1),
        ("properties.yml.j2", "in shape.members %}", 2),
    ],
)
@pytest.mark.parametrize("left_out", ["remedy", "goes_on", "minutes"])
def test_a_loop_that_leaves_a_field_out_is_found(
    template: str, whole: str, places: int, left_out: str, tmp_path: Path
) -> None:
    templates = shutil.copytree(ROOT / "templates", tmp_path / "wrong")
    file = templates / "sql" / template
    text = file.read_text(encoding="utf-8")
    assert text.count(whole) == places
    some = whole.replace(" %}", f' if column.name != "{left_out}" %}}')
    file.write_text(text.replace(whole, some), encoding="utf-8")
    generated = generate(tmp_path / "project", templates=templates)
    with pytest.raises(AssertionError):
        check_columns(generated)


@pytest.mark.parametrize("left_out", ["remedy", "goes_on", "minutes"])
def test_tables_that_lack_a_field_throughout_are_found(left_out: str, tmp_path: Path) -> None:
    """Column and values left out alike: such tables load, and hold less than the catalogue."""
    templates = shutil.copytree(ROOT / "templates", tmp_path / "wrong")
    file = templates / "sql" / "_tables.j2"
    text = file.read_text(encoding="utf-8")
    is_other = f'if column.name != "{left_out}" %}}'
    text = text.replace("in shape.members %}", f"in shape.members {is_other}")
    without = f'rejectattr(0, "equalto", "{left_out}") | map(attribute=1)'
    assert text.count("in row.values()") == 2
    text = text.replace("in row.values()", f"in row.items() | {without}")
    file.write_text(text, encoding="utf-8")
    generated = generate(tmp_path / "project", templates=templates)
    with closing(Sqlite()) as engine:
        engine.load(generated.tables())
        with pytest.raises(AssertionError):
            check_tables(engine, generated.tables(), generated.folder)


# dbt


def dbt(*arguments: str, folder: Path) -> str:
    python = ROOT / ".venv-dbt" / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        missing("dbt", "`make test-extended` installs it")
    told = ("--project-dir", folder, "--profiles-dir", folder, "--no-version-check")
    program = "import sys; from dbt.cli.main import cli; cli()"
    return output_of(
        python, "-W", "ignore", "-c", program, *arguments, *told, folder=folder, DO_NOT_TRACK="1"
    )


@pytest.mark.extended
def test_dbt_takes_the_seeds(tmp_path: Path) -> None:
    copy_of("sql", tmp_path)
    shutil.move(tmp_path / "sql" / "seeds", tmp_path / "seeds")
    (tmp_path / "models").mkdir()
    query = TABLES.query.replace("FROM ctek_error_codes ", "FROM {{ ref('ctek_error_codes') }} ")
    (tmp_path / "models" / "decoded.sql").write_text(
        query.replace("FROM status_notification", "FROM {{ ref('status_notification') }}"), "utf-8"
    )
    (tmp_path / "models" / "status_notification.sql").write_text(
        "SELECT 2 AS connector_id, 'Faulted' AS status, 'OtherError' AS error_code,"
        " NULL AS vendor_id, 'NoPPDetected' AS vendor_error_code"
    )
    (tmp_path / "dbt_project.yml").write_text(
        "name: stations\nversion: '1.0'\nprofile: stations\n"
        "flags: {send_anonymous_usage_stats: false}\n"
    )
    (tmp_path / "profiles.yml").write_text(
        "stations: {target: here, outputs: {here: {type: duckdb, path: stations.duckdb}}}\n"
    )
    told = dbt("build", "--vars", "{text_type: varchar}", folder=tmp_path)
    assert "ERROR=0" in told, told
    assert "WARN=0" in told, told
    program = (
        "import duckdb, json; db = duckdb.connect('stations.duckdb');"
        "rows = db.execute('SELECT * FROM ctek_error_codes').fetchall();"
        "answer = db.execute('SELECT condition, description FROM decoded').fetchall();"
        "print(json.dumps([rows, answer]))"
    )
    rows, answer = json.loads(output_of(sys.executable, "-c", program, folder=tmp_path))
    assert difference([tuple(row) for row in rows], catalogue_rows(GENERATED)) == {}
    assert answer == [["fault", "The PP resistor can't be read / found."]]


# The README


def test_the_first_lines_of_the_readme_run(tmp_path: Path) -> None:
    folder = copy_of("sql", tmp_path)
    first = code_blocks(folder / "README.md", "python")[0]
    assert first.count("\n") == 3
    printed = output_of(sys.executable, "-W", "error", "-c", first, folder=folder)
    assert "CBC_LOOP" in printed
    assert "fault" in printed


def test_the_readme_names_the_columns_for_spark() -> None:
    block = code_blocks(TABLES.folder / "README.md", "python")[1]
    namespace: dict[str, Any] = {}
    exec(block[block.index("columns = (") : block.index("codes = ")], namespace)  # noqa: S102
    told = dict(one.split(" ") for one in namespace["columns"].split(","))
    kinds = {"text": "string", "integer": "int"}
    columns = TABLES.columns[TABLES.package]
    assert told == {name: kinds[kind] for name, kind in columns.items()}


def test_the_view_of_steve_is_what_the_query_reads() -> None:
    [view] = code_blocks(TABLES.folder / "README.md", "sql")
    with closing(sqlite3.connect(":memory:")) as database:
        for script in (TABLES.script, STEVE, view):
            database.executescript(script)
        found = database.execute(TABLES.query)
        [row] = found.fetchall()
        answer = dict(zip([column[0] for column in found.description], row, strict=True))
    assert len(answer) == len(row)  # no name twice, so that it can be a view itself
    assert (answer["charge_box_id"], answer["condition"]) == ("box", "fault")
    assert answer["description"] == "The PP resistor can't be read / found."
