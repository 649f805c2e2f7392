"""Running SQL files as a user would: with psql, each file in a session of its own, stopping at the first error."""
from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.pg.binaries import DEBIAN_MAJOR, bin_dir
from tests.pg.server import Server


class SqlFailed(RuntimeError):
    """A file that the server refused; the message is psql's, with file and line."""


def apply_file(server: Server, database: str, path: Path, single_transaction: bool = False) -> None:
    command = [str(bin_dir(DEBIAN_MAJOR) / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", server.url(database), "-f", str(path)]
    if single_transaction:
        command.insert(1, "-1")
    done = subprocess.run(command, text=True, capture_output=True, check=False, errors="replace")
    if done.returncode != 0:
        raise SqlFailed(f"PostgreSQL {server.major} refuses {path.name}: {done.stderr.strip()[-2000:]}")


def apply_files(server: Server, database: str, paths: Iterable[Path], single_transaction: bool = False) -> None:
    for path in paths:
        apply_file(server, database, path, single_transaction)


def count_tables(server: Server, database: str) -> int:
    (number,), = server.query("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                              "WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'",
                              database)
    return int(number)


ROLES_IN_USE = """
    SELECT DISTINCT r.rolname FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
    WHERE d.refclassid = 'pg_authid'::regclass AND r.rolname !~ '^pg_'
    AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def dump_and_restore(server: Server, origin: str, target: str, other: Server | None = None) -> None:
    """Copy a database's schema by pg_dump (Debian's, which reads servers up to its own major) into an empty one, of the same
    server or of another, which gets the roles that the database needs. (Other tests make and drop roles of their own.)"""
    for name, in server.query(ROLES_IN_USE, origin) if other else []:
        other.ensure_role(name)
    dump = subprocess.run([str(bin_dir(DEBIAN_MAJOR) / "pg_dump"), "-d", server.url(origin)], text=True,
                          capture_output=True, check=False)
    if dump.returncode != 0:
        raise SqlFailed(f"pg_dump of PostgreSQL {server.major}: {dump.stderr.strip()[-2000:]}")
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(dump.stdout)
        file.flush()
        apply_file(other or server, target, Path(file.name))
