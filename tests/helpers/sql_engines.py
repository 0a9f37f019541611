"""The engines that the tables and the query are for, each run as it is: none is imitated.

Each is given a folder as its target is generated to, takes its tables from the scripts or from the
CSV files, and answers queries with rows of plain values.
"""

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, Protocol

import duckdb
import pymysql
import pytest
from pymysql.constants import CLIENT

from tests.helpers.project import ROOT
from tests.helpers.sql_messages import Message, Row
from tests.helpers.tools import output_of

SPARK = ROOT / ".venv-spark"
"""Where `make test-extended` unpacks Spark to."""

MESSAGE_COLUMNS = {
    name: "bigint" if name in ("id", "connector_id") else "text" for name in Message._fields
}
Columns = Mapping[str, str]
"""The type of each column of a table, in their order."""


def missing(what: str, where: str) -> NoReturn:
    """A machine of a person's own may lack an engine; CI may not."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing: {where}")
    pytest.skip(f"{what} is missing: {where}")


SCRIPTS = ("tables.sql", "annotations.sql")


class Tables(NamedTuple):
    """A folder of tables as it is generated."""

    folder: Path
    package: str = "ctek_error_codes"

    @property
    def script(self) -> str:
        return "".join((self.folder / file).read_text("utf-8") for file in SCRIPTS)

    @property
    def query(self) -> str:
        return (self.folder / "decode.sql").read_text(encoding="utf-8")

    @property
    def columns(self) -> dict[str, Columns]:
        """The columns of each table, as the scripts declare them."""
        tables = re.findall(r"(?s)CREATE TABLE IF NOT EXISTS (\w+) \((.*?)\n\)[^;]*;", self.script)
        assert len(tables) == 2
        return {
            name: dict(re.findall(r"(?m)^  `?(\w+)`? (text|integer)", told))
            for name, told in tables
        }

    def seed(self, table: str) -> Path:
        return self.folder / "seeds" / f"{table}.csv"


STEVE = """
CREATE TABLE connector (connector_pk, charge_box_id, connector_id);
CREATE TABLE connector_status (
  connector_pk, status_timestamp, status, error_code, error_info, vendor_id, vendor_error_code
);
INSERT INTO connector VALUES (7, 'box', 2);
INSERT INTO connector_status
VALUES (7, '2026-07-11', 'Faulted', 'OtherError', NULL, 'com.ctek', 'NoPPDetected');
"""
"""SteVe's tables, as far as the view needs them."""


class Engine(Protocol):
    """What the tests ask of an engine. `target` is the folder that is generated for it."""

    target: str

    def load(self, tables: Tables) -> None:
        """Takes the tables from the scripts."""

    def load_csv(self, tables: Tables) -> None:
        """Takes the tables from the CSV files."""

    def fill(self, messages: Iterable[Message]) -> None:
        """Makes the relation status_notification."""

    def ask(self, query: str) -> list[Row]:
        """The rows that a query answers, in the order in which they come."""

    def run(self, statement: str) -> None:
        """Runs what answers nothing."""


class Sqlite:
    """SQLite as Python has it."""

    target = "sql"

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:")

    def load(self, tables: Tables) -> None:
        self._database.executescript(tables.script)

    def load_csv(self, tables: Tables) -> None:
        for table, columns in tables.columns.items():
            with tables.seed(table).open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file, strict=True)
            assert header == list(columns)
            self._make(table, columns, ([cell or None for cell in row] for row in rows))

    def fill(self, messages: Iterable[Message]) -> None:
        self._make("status_notification", MESSAGE_COLUMNS, messages)

    def _make(self, table: str, columns: Columns, rows: Iterable[Iterable[Any]]) -> None:
        self._database.execute(f"DROP TABLE IF EXISTS {table}")
        self._database.execute(f"CREATE TABLE {table} ({_declared(columns)})")
        holes = ", ".join("?" for _ in columns)
        self._database.executemany(f"INSERT INTO {table} VALUES ({holes})", map(tuple, rows))  # noqa: S608

    def ask(self, query: str) -> list[Row]:
        return self._database.execute(query).fetchall()

    def run(self, statement: str) -> None:
        self._database.execute(statement)

    def close(self) -> None:
        self._database.close()


class DuckDb:
    """DuckDB as it comes from PyPI."""

    target = "sql"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._database = duckdb.connect()

    def load(self, tables: Tables) -> None:
        self._database.execute(tables.script)

    def load_csv(self, tables: Tables) -> None:
        for table, columns in tables.columns.items():
            reads = f"{_text(tables.seed(table))}, header = true, columns = {_struct(columns)}"
            self._database.execute(f"CREATE OR REPLACE TABLE {table} AS FROM read_csv({reads})")

    def fill(self, messages: Iterable[Message]) -> None:
        file = _text(_json_lines(messages, self._folder))
        form = f"format = 'newline_delimited', columns = {_struct(MESSAGE_COLUMNS)}"
        self._database.execute(
            f"CREATE OR REPLACE TABLE status_notification AS FROM read_json({file}, {form})"
        )

    def ask(self, query: str) -> list[Row]:
        return self._database.execute(query).fetchall()

    def run(self, statement: str) -> None:
        self._database.execute(statement)

    def close(self) -> None:
        self._database.close()


class PostgreSql:
    """A server of its own, in a temporary folder; reached through a socket there, by psql alone."""

    target = "sql"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            "PGHOST": str(folder),
            "PGUSER": "postgres",
            "PGDATABASE": "postgres",
            "PGCLIENTENCODING": "UTF8",
        }

    def load(self, tables: Tables) -> None:
        for file in SCRIPTS:
            self._psql("--file", tables.folder / file)

    def load_csv(self, tables: Tables) -> None:
        for table, columns in tables.columns.items():
            self._copy(table, columns, tables.seed(table), "header")

    def fill(self, messages: Iterable[Message]) -> None:
        file = self._folder / "messages.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            for message in messages:
                opened.write(",".join(map(_csv_cell, message)) + "\n")
        self._copy("status_notification", MESSAGE_COLUMNS, file)

    def _copy(self, table: str, columns: Columns, file: Path, *options: str) -> None:
        told = ", ".join(("format csv", *options))
        self._psql(
            "--command",
            f"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} ({_declared(columns)})",
            "--command",
            rf"\copy {table} from {_text(file)} with ({told})",
        )

    def ask(self, query: str) -> list[Row]:
        # As JSON, which tells an empty text from none.
        file = self._folder / "query.sql"
        file.write_text(f"SELECT row_to_json(answer) FROM ({query}) answer", encoding="utf-8")  # noqa: S608
        printed = self._psql("--file", file)
        return [tuple(json.loads(line).values()) for line in printed.split("\n") if line]

    def run(self, statement: str) -> None:
        self._psql("--command", statement)

    def _psql(self, *arguments: str | Path) -> str:
        quiet = ("--quiet", "--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1")
        return output_of("psql", *quiet, *arguments, folder=self._folder, **self._environment)


@contextmanager
def postgresql(folder: Path) -> Iterator[PostgreSql]:
    """PostgreSQL, started and stopped. It refuses to run as root; then its own user runs it."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    server = shutil.which("postgres") or (str(programs[-1]) if programs else None)
    if server is None or shutil.which("psql") is None:
        missing("PostgreSQL", "apt-get install postgresql")
    data, is_root = folder / "data", os.geteuid() == 0
    user = ("runuser", "-u", "postgres", "--") if is_root else ()
    if is_root:
        shutil.chown(folder, "postgres")
    initdb = (Path(server).with_name("initdb"), "--pgdata", data, "--username=postgres")
    options = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    output_of(*user, *initdb, *options, folder=folder)
    settings = ("listen_addresses=", "fsync=off", "max_connections=5")
    told = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*user, server, "-D", data, "-k", folder, *told], cwd=folder, stdout=log, stderr=log
        )
        try:
            _wait_for(process, folder)
            yield PostgreSql(folder)
        finally:
            with suppress(OSError, ValueError):
                pid = int((data / "postmaster.pid").read_text().split("\n")[0])
                os.kill(pid, 2)  # SIGINT: at once, but in order
            process.wait(timeout=30)


def _wait_for(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Waits until the server answers."""
    for _ in range(300):
        asked = subprocess.run(
            ["psql", "-h", folder, "-U", "postgres", "-c", "SELECT 1"],
            capture_output=True,
            check=False,
        )
        if asked.returncode == 0:
            return
        if process.poll() is not None:
            break
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.1)
    pytest.fail((folder / "log").read_text(encoding="utf-8"))


class MySql:
    """A server of MySQL or MariaDB, in a temporary folder; reached through a socket there."""

    target = "mysql"

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self._database = pymysql.connect(
            unix_socket=str(socket),
            user="root",
            charset="utf8mb4",
            autocommit=True,
            client_flag=CLIENT.MULTI_STATEMENTS,
        )
        self.run("CREATE DATABASE IF NOT EXISTS stations")
        self.run("USE stations")

    def load(self, tables: Tables) -> None:
        self.run(tables.script)

    def load_csv(self, tables: Tables) -> None:
        """There is no CSV for it."""
        raise NotImplementedError

    def fill(self, messages: Iterable[Message], texts: str = "CHARACTER SET utf8mb4") -> None:
        """`texts` is the character set of the texts, and the collation."""
        columns = ", ".join(
            f"{name} {f'text {texts}' if kind == 'text' else kind}"
            for name, kind in MESSAGE_COLUMNS.items()
        )
        self.run("DROP TABLE IF EXISTS status_notification")
        self.run(f"CREATE TABLE status_notification ({columns})")
        places = ", ".join("%s" for _ in MESSAGE_COLUMNS)
        with self._database.cursor() as cursor:
            cursor.executemany(f"INSERT INTO status_notification VALUES ({places})", messages)  # noqa: S608

    def ask(self, query: str) -> list[Row]:
        with self._database.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    def run(self, statement: str) -> None:
        with self._database.cursor() as cursor:
            cursor.execute(statement)
            while cursor.nextset():  # an error of a later statement comes with its turn
                pass

    def close(self) -> None:
        self._database.close()


MYSQLD = os.environ.get("MYSQLD")
"""A server of MySQL, for who has one; what is called `mysqld` may be MariaDB."""


@contextmanager
def mysql(folder: Path) -> Iterator[MySql]:
    """MySQL, started and stopped."""
    assert MYSQLD
    told = output_of(MYSQLD, "--version", folder=folder)
    assert "MariaDB" not in told, told
    options = [f"--datadir={folder / 'data'}", *_as_nobody(folder)]
    output_of(MYSQLD, "--no-defaults", "--initialize-insecure", *options, folder=folder)
    with _served(folder, MYSQLD, *options, "--mysqlx=OFF", "--secure-file-priv=") as engine:
        yield engine


@contextmanager
def mariadb(folder: Path) -> Iterator[MySql]:
    """MariaDB, started and stopped; without settings its character set is latin1."""
    server = shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin")
    if server is None or shutil.which("mariadb") is None:
        missing("MariaDB", "apt-get install mariadb-server-core mariadb-client-core")
    options = [f"--datadir={folder / 'data'}", *_as_nobody(folder)]
    settings = ("--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db")
    output_of("mariadb-install-db", *settings, *options, folder=folder)
    with _served(folder, server, *options) as engine:
        yield engine


MYSQL_SERVERS = {"mariadb": mariadb, **({"mysql": mysql} if MYSQLD else {})}
"""Those of MySQL's dialect. MySQL is in no package index, and so only where there is one."""


def _as_nobody(folder: Path) -> tuple[str, ...]:
    """The servers refuse to run as root, but can change the user."""
    if os.geteuid() != 0:
        return ()
    shutil.chown(folder, "nobody")
    return ("--user=nobody",)


@contextmanager
def _served(folder: Path, server: str, *options: str) -> Iterator[MySql]:
    socket = folder / "socket"
    # Servers that run at once may call their temporary tables the same.
    own = (f"--socket={socket}", f"--pid-file={folder / 'pid'}", f"--tmpdir={folder}")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [server, "--no-defaults", "--skip-networking", *options, *own],
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            with closing(_connected(process, socket)) as engine:
                yield engine
        finally:
            process.terminate()
            process.wait(timeout=60)


def _connected(process: "subprocess.Popen[bytes]", socket: Path) -> MySql:
    """The engine, once the server answers."""
    for _ in range(600):
        if socket.exists():
            return MySql(socket)
        if process.poll() is not None:
            break
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.1)
    pytest.fail((socket.parent / "log").read_text(encoding="utf-8"))


class Spark:
    """Spark SQL in local mode, in a process of its own: tests/helpers/spark_program.py."""

    target = "sql"

    def __init__(self, folder: Path, process: "subprocess.Popen[str]") -> None:
        self._folder = folder
        self._process = process
        self._count = 0

    def load(self, tables: Tables) -> None:
        """Spark has no tables.sql."""
        raise NotImplementedError

    def load_csv(self, tables: Tables) -> None:
        for table, columns in tables.columns.items():
            options = {"header": "true", "escape": '"'}
            self._view(table, columns, "csv", tables.seed(table), options)

    def fill(self, messages: Iterable[Message]) -> None:
        self._count += 1
        folder = self._folder / f"messages-{self._count}"
        folder.mkdir()
        self._view(
            "status_notification", MESSAGE_COLUMNS, "json", _json_lines(messages, folder), {}
        )

    def _view(
        self, view: str, columns: Columns, form: str, file: Path, options: Mapping[str, str]
    ) -> None:
        schema = ", ".join(
            f"{name} {'string' if kind == 'text' else kind}" for name, kind in columns.items()
        )
        self._request(view=view, schema=schema, format=form, file=str(file), options=options)

    def ask(self, query: str) -> list[Row]:
        self._count += 1
        folder = self._folder / f"answer-{self._count}"
        columns = self._request(query=query, folder=str(folder))
        written = (file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.json")))
        told = (json.loads(line) for text in written for line in text.split("\n") if line)
        return [tuple(map(one.get, columns)) for one in told]

    def run(self, statement: str) -> None:
        """Spark has views alone here."""
        raise NotImplementedError

    def _request(self, **request: object) -> Any:  # noqa: ANN401 (JSON)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "Spark has ended"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["answer"]


def spark_environment() -> dict[str, str]:
    """The variables by which this Python finds Spark."""
    homes = sorted(SPARK.glob("pyspark-*"))
    if not homes or shutil.which("java") is None:
        missing("Spark", "`make test-extended` unpacks it, given Java 17")
    return {
        "PYTHONPATH": str(homes[-1]),
        "SPARK_HOME": str(homes[-1] / "deps"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }


@contextmanager
def spark(folder: Path) -> Iterator[Spark]:
    """One session for all who ask, since it takes seconds to start."""
    environment = {**os.environ, **spark_environment()}
    program = Path(__file__).with_name("spark_program.py")
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, program, folder],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
        ) as process,
    ):
        assert process.stdout
        if not process.stdout.readline():
            pytest.fail((folder / "log").read_text(encoding="utf-8"))
        yield Spark(folder, process)  # its input is closed behind this, which ends it


def _declared(columns: Columns) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


def _struct(columns: Columns) -> str:
    """The columns as DuckDB's readers take them."""
    return f"{{{', '.join(f'{name}: {_text(kind)}' for name, kind in columns.items())}}}"


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _csv_cell(value: object) -> str:
    """A cell in which an empty text is quoted, and none is not."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else '"' + str(value).replace('"', '""') + '"'


def _json_lines(messages: Iterable[Message], folder: Path) -> Path:
    file = folder / "messages.jsonl"
    with file.open("w", encoding="utf-8") as opened:
        opened.writelines(json.dumps(message._asdict()) + "\n" for message in messages)
    return file
