"""What is MySQL's and MariaDB's own: collations, modes, long texts, and the lines of the README.

The query's answers as such are in test_sql.py, beside those of the other engines.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.helpers.sql_engines import MYSQL_SERVERS, MySql, Tables
from tests.helpers.sql_messages import Message, Row, answers, made_up_messages
from tests.helpers.tools import GENERATED, code_blocks, output_of

TABLES = Tables(GENERATED / "mysql")
SEED = 20260712


@pytest.fixture(scope="module", params=MYSQL_SERVERS)
def engine(request: pytest.FixtureRequest) -> Iterator[MySql]:
    """A server with the tables."""
    with TemporaryDirectory() as folder, MYSQL_SERVERS[request.param](Path(folder)) as server:
        server.load(TABLES)
        yield server


@cache
def messages() -> list[Message]:
    """Messages, among them long ones that differ at their ends alone."""
    long = (";" * 300 + end for end in ("CBC_LOOP", "NoPPDetected", "Nothing") * 20)
    return [
        *made_up_messages(3_000, SEED),
        *(Message(3_000 + n, n, "Faulted", None, None, None, text) for n, text in enumerate(long)),
    ]


def missing_or_wrong(engine: MySql, sent: list[Message], query: str = TABLES.query) -> set[Row]:
    """The rows by which the answers to messages differ from those of the decoder."""
    found, expected = Counter(engine.ask(query)), Counter(answers(sent))
    return {*(found - expected), *(expected - found)}


@pytest.mark.extended
@pytest.mark.parametrize(
    ("character_set", "collation", "encoding"),
    [
        ("latin1", "latin1_swedish_ci", "cp1252"),
        ("utf8mb3", "utf8mb3_unicode_ci", "utf-8"),  # SteVe's
        ("utf8mb4", "utf8mb4_general_ci", "utf-8"),
        ("utf8mb4", "utf8mb4_bin", "utf-8"),
        ("ucs2", "ucs2_general_ci", "utf-8"),
    ],
)
def test_columns_may_have_any_collation(
    engine: MySql, character_set: str, collation: str, encoding: str
) -> None:
    def fits(message: Message) -> bool:
        told = "".join(value for value in message if isinstance(value, str))
        is_kept = told.encode(encoding, "ignore").decode(encoding) == told
        return is_kept and (character_set in ("latin1", "utf8mb4") or max(told) <= "\uffff")

    sent = list(filter(fits, messages()))
    assert len(sent) > 1_000
    engine.fill(sent, f"CHARACTER SET {character_set} COLLATE {collation}")
    assert missing_or_wrong(engine, sent) == set()


@pytest.mark.extended
@pytest.mark.parametrize(
    "setting",
    [
        "NAMES utf8mb4 COLLATE utf8mb4_bin",
        "NAMES latin1",
        "sql_mode = 'ANSI'",
        "sql_mode = 'ANSI,ONLY_FULL_GROUP_BY,NO_BACKSLASH_ESCAPES'",
        "max_sort_length = 64",
    ],
)
def test_sessions_may_have_any_setting(engine: MySql, setting: str) -> None:
    engine.fill(messages())
    try:
        engine.run(f"SET {setting}")
        engine.run(f"CREATE VIEW decoded AS {TABLES.query}")
        engine.run("SET NAMES utf8mb4")
        assert missing_or_wrong(engine, messages(), "SELECT * FROM decoded") == set()
        engine.run(f"SET {setting}")
        engine.load(TABLES)
        assert missing_or_wrong(engine, messages(), "SELECT * FROM decoded") == set()
    finally:
        engine.run("DROP VIEW IF EXISTS decoded; SET NAMES utf8mb4")
        engine.run("SET sql_mode = DEFAULT, max_sort_length = DEFAULT")


@pytest.mark.extended
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("utf8mb4_0900_bin *//*M! utf8mb4_nopad_bin", "utf8mb4_bin *//*M! utf8mb4_bin"),
        ("0900_bin *//*M! utf8mb4_nopad_bin", "0900_ai_ci *//*M! utf8mb4_general_ci"),
        ("CHAR_LENGTH(", "LENGTH("),
        ("m.error_code, '') USING utf8mb4) COLLATE", "'') USING utf8mb4) COLLATE"),
    ],
)
def test_a_wrong_query_is_found(engine: MySql, right: str, wrong: str) -> None:
    engine.fill(messages())
    assert right in TABLES.query
    assert missing_or_wrong(engine, messages(), TABLES.query.replace(right, wrong))


STEVE = """
CREATE TABLE connector (connector_pk int, charge_box_id varchar(255), connector_id int);
CREATE TABLE connector_status (
  connector_pk int, status_timestamp timestamp(6) NULL, status varchar(255),
  error_code varchar(255), error_info varchar(255), vendor_id varchar(255),
  vendor_error_code varchar(255)
) CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_ci;
INSERT INTO connector VALUES (7, 'box', 2);
INSERT INTO connector_status
VALUES (7, '2026-07-11', 'Faulted', 'OtherError', NULL, 'com.ctek', 'CBC_LOOP');
"""
"""SteVe's tables, as far as the view needs them."""


@pytest.mark.extended
def test_the_lines_of_the_readme_run(engine: MySql) -> None:
    readme = TABLES.folder / "README.md"
    [lines], [view] = code_blocks(readme, "sh"), code_blocks(readme, "sql")
    engine.run("CREATE DATABASE stevedb")
    engine.run("USE stevedb")
    try:
        engine.run(STEVE + view)
        client = f"mariadb --no-defaults --user=root --socket={engine.socket}"
        here = lines.replace("mariadb ", f"{client} ")
        for _ in range(2):
            printed = output_of("sh", "-euc", here, folder=TABLES.folder)
            names, *rows = (line.split("\t") for line in printed.splitlines())
            [answer] = (dict(zip(names, row, strict=True)) for row in rows)
            assert (answer["charge_box_id"], answer["condition"]) == ("box", "fault")
            assert answer["code"] == "CBC_LOOP"
    finally:
        engine.run("USE stations; DROP DATABASE stevedb")


@pytest.mark.extended
def test_a_script_that_fails_leaves_the_table(engine: MySql) -> None:
    """A later edition may have more columns than the table."""
    before = engine.ask("SELECT * FROM ctek_error_codes")
    engine.run("ALTER TABLE ctek_error_codes ADD further integer")
    try:
        with pytest.raises(Exception, match="Column count"):
            engine.load(TABLES)
        engine.run("ROLLBACK")
        assert [row[:-1] for row in engine.ask("SELECT * FROM ctek_error_codes")] == before
    finally:
        engine.run("DROP TABLE ctek_error_codes")
        engine.load(TABLES)


def test_the_columns_are_called_as_in_the_other_dialect() -> None:
    assert TABLES.columns == Tables(GENERATED / "sql").columns
