"""Tablespaces that the migrations did not make are taken to exist, and still have to be the live ones.

  python3 -m tests.oracles.tablespaces --majors 15,18

Who looks after the servers makes tablespaces, with directories of their machines. Migrations that only name them must be in sync with
a database that has them, and the same migrations with another tablespace must be drift of what lies in it. Servers from 15 on can make
tablespaces without a directory, so that these are asked. The exit status is 0 when all of that holds.
"""
from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.oracles.program import DRIFT, IN_SYNC, Program, Report, find_program
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server, fresh_name

MIGRATION = (
    "SET default_tablespace = {slow}",
    "CREATE TABLE a (id int, b text, PRIMARY KEY (id) USING INDEX TABLESPACE {fast}) TABLESPACE {fast}",
    "CREATE INDEX a_b ON a (b)",
    "CREATE INDEX a_lower ON a (lower(b))",
    "ALTER INDEX a_lower SET TABLESPACE {fast}",
    "CREATE MATERIALIZED VIEW m AS SELECT 1 AS x",
    "CREATE TABLE moved (x int)",
    "CREATE TABLE stray (x int)",
    "CREATE TEMPORARY TABLE passing (x int)",
    "ALTER TABLE moved SET TABLESPACE {fast}",
    "SET default_tablespace = ''",
    "CREATE TABLE p (id int) PARTITION BY RANGE (id) TABLESPACE {fast}",
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2)",
    "REINDEX (TABLESPACE {slow}) TABLE a",
    "ALTER INDEX ALL IN TABLESPACE {slow} OWNED BY CURRENT_USER SET TABLESPACE {fast}",
    "ALTER INDEX ALL IN TABLESPACE {fast} OWNED BY pg_monitor SET TABLESPACE {slow}",
    "ALTER MATERIALIZED VIEW ALL IN TABLESPACE {slow} SET TABLESPACE pg_default",
    "ALTER TABLE ALL IN TABLESPACE {slow} SET TABLESPACE pg_default",
    "CREATE INDEX moved_x ON moved (x)",
    "CREATE TABLE q (id int) PARTITION BY RANGE (id)",
    "ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE {slow}",
    "ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default",
)
# Where the migrations of the second run name another tablespace for {fast}.
INSTEAD = {"CREATE TABLE p (": {"p", "p1"}, "ALTER TABLE moved": {"moved"}, "CREATE TABLE a (": {"a"}}


@contextlib.contextmanager
def tablespaces(server: Server) -> Iterator[dict[str, str]]:
    """Two tablespaces for the time of the `with` block, by what MIGRATION calls them."""
    names = {key: fresh_name(key) for key in ("slow", "fast")}
    try:
        for name in names.values():
            with contextlib.closing(server.connect()) as session, session.cursor() as cursor:
                cursor.execute("SET allow_in_place_tablespaces = on")
                cursor.execute(f"CREATE TABLESPACE {name} LOCATION ''")
        yield names
    finally:
        for name in names.values():
            server.execute(f"DROP TABLESPACE IF EXISTS {name}")


def script(names: dict[str, str], instead: str | None = None) -> list[str]:
    other = {**names, "fast": "nosuch"}
    return [text.format(**(other if instead and text.startswith(instead) else names)) for text in MIGRATION]


def failures(program: Program, server: Server, folder: Path) -> list[str]:
    """What is not as it should be."""
    found = []

    def check(statements: list[str], database: str) -> Report:
        (folder / "0001.sql").write_text(";\n".join(statements) + ";\n")
        return program.check(str(folder), server.url(database), "--layout", "plain")

    with tablespaces(server) as names, server.database("tablespaces") as database:
        with contextlib.closing(server.connect(database)) as session, session.cursor() as cursor:
            for statement in script(names):
                cursor.execute(statement)
        report = check(script(names), database)
        if report.verdict != IN_SYNC:
            found += [f"{report.verdict} instead of in sync", *map(str, report.changes), *report.reasons()]
        for start, tables in INSTEAD.items():
            report = check(script(names, start), database)
            changed = {change.identity.removeprefix("public.") for change in report.changes}
            if report.verdict != DRIFT or changed != tables:
                found.append(f"{start}… elsewhere: {report.verdict} of {sorted(changed)} instead of {sorted(tables)}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.tablespaces", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[15, 18])
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    majors = [major for major in options.majors if major >= 15]
    good = 0
    with pool.servers(majors) as servers:
        for server in servers.values():
            with tempfile.TemporaryDirectory() as folder:
                found = failures(program, server, Path(folder))
            good += not found
            for line in found:
                print(f"PostgreSQL {server.major}: {' '.join(line.split())[:400]}", flush=True)
    print(f"tablespaces: {good}/{len(majors)} majors agree where things lie")
    return 0 if good == len(majors) else 1


if __name__ == "__main__":
    sys.exit(main())
