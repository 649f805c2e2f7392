"""Extensions that nobody knows: their members are read from the live side, and serve the migrations.

  python3 -m tests.oracles.extensions --majors 13,15,18

The extension is made up: a row of pg_extension, to which objects are added. Migrations that use all of them must be in sync, a
changed object of theirs must be drift, and without a live database what the extension brings is not known. The exit status is 0
when all of that holds.
"""
from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.oracles.program import DRIFT, IN_SYNC, Program, find_program
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

EXTENSION = """
CREATE SCHEMA fancy;
INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
  VALUES (90001, 'fancy', 10, 'fancy'::regnamespace, false, '1.0');
CREATE DOMAIN fancy.code AS text CHECK (VALUE ~ '^[a-z]+$');
CREATE TYPE fancy.level AS ENUM ('low', 'high');
CREATE TYPE fancy.spot AS (x integer, y integer);
CREATE TYPE fancy.span AS RANGE (subtype = integer);
CREATE FUNCTION fancy.shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1)';
CREATE FUNCTION fancy.shout(a text, times integer) RETURNS SETOF text LANGUAGE sql AS 'SELECT upper($1)';
CREATE FUNCTION fancy.near(fancy.spot, fancy.spot) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR fancy.~~~ (LEFTARG = fancy.spot, RIGHTARG = fancy.spot, FUNCTION = fancy.near);
CREATE TABLE fancy.settings (name text PRIMARY KEY, value fancy.level);
CREATE VIEW fancy.high AS SELECT name FROM fancy.settings WHERE value = 'high';
ALTER EXTENSION fancy ADD DOMAIN fancy.code;
ALTER EXTENSION fancy ADD TYPE fancy.level;
ALTER EXTENSION fancy ADD TYPE fancy.spot;
ALTER EXTENSION fancy ADD TYPE fancy.span;
ALTER EXTENSION fancy ADD FUNCTION fancy.shout(text);
ALTER EXTENSION fancy ADD FUNCTION fancy.shout(text, integer);
ALTER EXTENSION fancy ADD FUNCTION fancy.near(fancy.spot, fancy.spot);
ALTER EXTENSION fancy ADD OPERATOR fancy.~~~ (fancy.spot, fancy.spot);
ALTER EXTENSION fancy ADD TABLE fancy.settings;
ALTER EXTENSION fancy ADD VIEW fancy.high;
"""

USERS = """
CREATE TABLE public.things (
  id integer PRIMARY KEY,
  code fancy.code DEFAULT 'abc',
  level fancy.level NOT NULL DEFAULT 'low',
  spots fancy.spot[],
  span fancy.span,
  name text CHECK (fancy.shout(name) <> 'NO' AND level > 'low'),
  setting text REFERENCES fancy.settings
);
CREATE INDEX things_shout ON public.things (fancy.shout(name));
CREATE VIEW public.loud AS
  SELECT t.id, fancy.shout(t.name) AS name, t.level, (t.spots[1]).x, h.name AS setting
  FROM public.things t LEFT JOIN fancy.high h ON h.name = t.setting, fancy.shout(t.name, 3) AS s
  WHERE t.spots[1] OPERATOR(fancy.~~~) t.spots[2];
"""


def failures(program: Program, server: Server, folder: Path) -> list[str]:
    """What is not as it should be."""
    (folder / "0001.sql").write_text("CREATE SCHEMA fancy;\nCREATE EXTENSION fancy SCHEMA fancy VERSION '1.0';\n" + USERS)
    options = ("--layout", "plain")
    found = []
    with server.database("extensions") as database:
        server.execute(EXTENSION + USERS, database)
        report = program.check(str(folder), server.url(database), *options)
        if report.verdict != IN_SYNC:
            found += [f"{report.verdict} instead of in sync", *map(str, report.changes), *report.reasons()]
        server.execute("ALTER TABLE public.things ALTER level SET DEFAULT 'high'", database)
        if program.check(str(folder), server.url(database), *options).verdict != DRIFT:
            found.append("a changed default is not seen")
    if program.run("simulate", str(folder), *options, "--pg-version", str(server.major)).status == 0:
        found.append("without a live database, what the extension brings is taken for known")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.extensions", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 18])
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    good = 0
    with pool.servers(options.majors) as servers:
        for server in servers.values():
            with tempfile.TemporaryDirectory() as folder:
                found = failures(program, server, Path(folder))
            good += not found
            for line in found:
                print(f"PostgreSQL {server.major}: {' '.join(line.split())[:400]}", flush=True)
    print(f"extensions: {good}/{len(options.majors)} majors serve the members of an unknown extension")
    return 0 if good == len(options.majors) else 1


if __name__ == "__main__":
    sys.exit(main())
