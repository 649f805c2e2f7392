"""Migration histories of our own in the layouts of four tools, applied as each tool would, bookkeeping included.

This is written apart from the program's own readers on purpose: the order of the files, what one transaction holds, and the
history tables come from the tools' documentation, so that a mistake in the program is not repeated here.
"""
from __future__ import annotations

import contextlib
import hashlib
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.pg.server import Server

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures" / "layouts"


@dataclass(frozen=True)
class Migration:
    """One file: its name in the tool's bookkeeping, and the pieces that the tool sends to the server one by one."""

    name: str
    path: Path
    pieces: tuple[str, ...]
    in_transaction: bool


@dataclass(frozen=True)
class Layout:
    """How a tool finds its migrations and what it writes down about those it has run."""

    name: str
    folder: str
    read: Callable[[Path], list[Migration]]
    history: str
    record: Callable[[Migration, int], str]


@dataclass(frozen=True)
class History:
    """One fixture: `directory` is what a user would name to the tool, and to the program."""

    layout: Layout
    name: str
    directory: Path

    def migrations(self) -> list[Migration]:
        return self.layout.read(self.directory)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _read_prisma(directory: Path) -> list[Migration]:
    """A file is sent as one query string, which is one transaction unless the file has its own."""
    files = sorted(directory.glob("*/migration.sql"))
    return [Migration(f.parent.name, f, (f.read_text(encoding="utf-8"),), False) for f in files]


def _record_prisma(migration: Migration, number: int) -> str:
    digest = hashlib.sha256(migration.path.read_bytes()).hexdigest()
    return ("INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES "
            f"('{number:08}-0000-4000-8000-000000000000', '{digest}', now(), {_literal(migration.name)}, 1)")


def _read_drizzle(directory: Path) -> list[Migration]:
    """The journal gives the order; a marker in the file separates what is sent. One deployment a migration."""
    journal = json.loads((directory / "meta" / "_journal.json").read_text(encoding="utf-8"))
    migrations = []
    for entry in sorted(journal["entries"], key=lambda e: int(e["idx"])):
        path = directory / f"{entry['tag']}.sql"
        pieces = tuple(path.read_text(encoding="utf-8").split("--> statement-breakpoint"))
        migrations.append(Migration(str(entry["when"]), path, pieces, True))
    return migrations


def _record_drizzle(migration: Migration, _number: int) -> str:
    digest = hashlib.sha256(migration.path.read_bytes()).hexdigest()
    return f"INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('{digest}', {migration.name})"


_FLYWAY = re.compile(r"(?P<kind>[VR])(?P<version>[\d._]*)__(?P<description>.+)\.sql")


def _flyway_rank(path: Path) -> tuple[bool, list[int], str]:
    """Versions by their numbers; repeatable migrations after all of them, by description."""
    found = _FLYWAY.fullmatch(path.name)
    if not found:
        raise RuntimeError(f"{path.name} is no name that Flyway knows")
    numbers = [int(part) for part in re.split(r"[._]", found["version"]) if part]
    return found["kind"] == "R", numbers, found["description"]


def _read_flyway(directory: Path) -> list[Migration]:
    files = sorted(directory.glob("*.sql"), key=_flyway_rank)
    return [Migration(f.name, f, (f.read_text(encoding="utf-8"),), True) for f in files]


def _flyway_checksum(path: Path) -> int:
    """CRC-32 over the lines without their ends, as a signed number."""
    value = 0
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        value = zlib.crc32(line.encode(), value)
    return value - (1 << 32) if value >= 1 << 31 else value


def _record_flyway(migration: Migration, number: int) -> str:
    found = _FLYWAY.fullmatch(migration.name)
    assert found
    version = _literal(found["version"].replace("_", ".")) if found["kind"] == "V" else "NULL"
    return ("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, "
            f"execution_time, success) VALUES ({number}, {version}, {_literal(found['description'].replace('_', ' '))}, 'SQL', "
            f"{_literal(migration.name)}, {_flyway_checksum(migration.path)}, current_user, 1, true)")


def _read_golang_migrate(directory: Path) -> list[Migration]:
    """`up` files by number; a file is sent as one query string."""
    files = sorted(directory.glob("*.up.sql"), key=lambda f: int(f.name.split("_")[0]))
    return [Migration(f.name.split("_")[0], f, (f.read_text(encoding="utf-8"),), False) for f in files]


def _record_golang_migrate(migration: Migration, _number: int) -> str:
    return ("TRUNCATE schema_migrations; "
            f"INSERT INTO schema_migrations (version, dirty) VALUES ({int(migration.name)}, false)")


LAYOUTS = {layout.name: layout for layout in [
    Layout("prisma", "migrations", _read_prisma, """
        CREATE TABLE _prisma_migrations (
            id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
            migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
            started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)""", _record_prisma),
    Layout("drizzle", "drizzle", _read_drizzle, """
        CREATE SCHEMA drizzle;
        CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)""",
           _record_drizzle),
    Layout("flyway", "sql", _read_flyway, """
        CREATE TABLE flyway_schema_history (
            installed_rank integer NOT NULL CONSTRAINT flyway_schema_history_pk PRIMARY KEY, version varchar(50),
            description varchar(200) NOT NULL, type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer,
            installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
            execution_time integer NOT NULL, success boolean NOT NULL);
        CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success)""", _record_flyway),
    Layout("golang_migrate", "migrations", _read_golang_migrate,
           "CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)",
           _record_golang_migrate),
]}


def histories() -> list[History]:
    """Every fixture: fixtures/layouts/<tool>/<product>."""
    return [History(layout, home.name, home / layout.folder)
            for layout in LAYOUTS.values() for home in sorted((FIXTURES / layout.name).glob("*"))]


def _run(server: Server, database: str, migration: Migration) -> None:
    """Pieces go as simple queries: several statements in one piece are one implicit transaction, as with the tools."""
    with contextlib.closing(server.connect(database)) as connection, connection.cursor() as cursor:
        connection.autocommit = not migration.in_transaction
        for piece in migration.pieces:
            cursor.execute(piece)
        if migration.in_transaction:
            connection.commit()


def apply(history: History, server: Server, database: str, count: int | None = None) -> None:
    """Bring an empty database to where the tool would have it after its first `count` migrations (default: all)."""
    server.execute(history.layout.history, database)
    for number, migration in enumerate(history.migrations()[:count], start=1):
        try:
            _run(server, database, migration)
        except Exception as error:
            raise RuntimeError(f"PostgreSQL {server.major} refuses {migration.path}: {error}") from error
        server.execute(history.layout.record(migration, number), database)
