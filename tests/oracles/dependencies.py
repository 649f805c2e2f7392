"""Dependencies: what hangs on what after a source was run in memory, against a real server's pg_depend.

  python3 -m tests.oracles.dependencies                          every source on 15, and a sample of the regression suite
  python3 -m tests.oracles.dependencies --majors all --full      on every major, and the whole suite
  python3 -m tests.oracles.dependencies --source kea -v          one source, with every difference

A dependency is the pair of objects, as pg_describe_object() names them, and its deptype. What is one object to the
program is one here too: a relation and its row type, a type and its array, a view and its _RETURN rule, a constraint and
its triggers, a range type with its multirange; the members of operator classes and families are no objects, nor is the cast
from a range to its multirange. Dependencies of built-in objects and of what extensions bring don't count. The exit status is 0 when the
share of equal ones is at least --minimum percent.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.oracles import regression_files
from tests.oracles.program import Program, find_program
from tests.pg import layouts, pool, psql, sources
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

Dependency = tuple[str, str, str]  # what hangs, on what, and how

# Rows of pg_depend as the program sees the objects; "whole" drops what hangs on itself then.
ROWS = """
WITH row_type AS (
    SELECT t.oid, t.typrelid AS relation FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid WHERE c.relkind <> 'c'),
simple(oid, type) AS (
    SELECT a.oid, e.oid FROM pg_type e JOIN pg_type a ON a.oid = e.typarray {multirange}),
plain(oid, type) AS (
    SELECT s.oid, coalesce(m.type, s.type) FROM simple s LEFT JOIN simple m ON m.oid = s.type),
sides AS (
    SELECT deptype, classid AS c1, objid AS o1, objsubid AS s1, refclassid AS c2, refobjid AS o2, refobjsubid AS s2 FROM pg_depend
    WHERE objid >= 16384 AND (refobjid >= 16384 OR (refclassid, refobjid) = ('pg_namespace'::regclass, 2200))
    AND classid NOT IN ('pg_amop'::regclass, 'pg_amproc'::regclass)
    AND NOT (classid = 'pg_cast'::regclass AND EXISTS (
        SELECT 1 FROM pg_depend i WHERE (i.classid, i.objid, i.deptype) = ('pg_cast'::regclass, pg_depend.objid, 'i')))),
seen AS (
    SELECT translate(deptype::text, 'S', 'P') AS deptype, one.*, other.*
    FROM sides CROSS JOIN LATERAL ({one}) one(c1, o1, s1) CROSS JOIN LATERAL ({other}) other(c2, o2, s2))
SELECT DISTINCT pg_describe_object(c1, o1, s1), pg_describe_object(c2, o2, s2), deptype FROM seen
WHERE NOT (c1 = c2 AND o1 = o2 AND (s1 = s2 OR s1 = 0 OR s2 = 0))
AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.deptype = 'e' AND (e.classid, e.objid) = (c1, o1) AND seen.deptype <> 'e')
AND NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE ((c1, o1) = ('pg_class'::regclass, c.oid) OR (c2, o2) = ('pg_class'::regclass, c.oid)) AND n.nspname ~ '^pg_')
"""
# The object that a row's side stands for.
SIDE = """
SELECT CASE WHEN t.relation IS NOT NULL OR r.oid IS NOT NULL THEN 'pg_class'::regclass WHEN k.oid IS NOT NULL THEN 'pg_constraint'::regclass
            WHEN own.oid IS NOT NULL THEN 'pg_trigger'::regclass
            WHEN ct.oid IS NOT NULL AND {s} = 0 THEN 'pg_type'::regclass ELSE {c}::regclass END::oid,
       coalesce(t.relation, r.ev_class, k.tgconstraint, own.oid, CASE WHEN {s} = 0 THEN ct.oid END, p.type, {o}), {s}
FROM (VALUES (0)) one(row)
LEFT JOIN plain p ON {c} = 'pg_type'::regclass AND p.oid = {o}
LEFT JOIN row_type t ON {c} = 'pg_type'::regclass AND t.oid = coalesce(p.type, {o})
LEFT JOIN pg_rewrite r ON {c} = 'pg_rewrite'::regclass AND r.oid = {o} AND r.rulename = '_RETURN'
LEFT JOIN pg_trigger k ON {c} = 'pg_trigger'::regclass AND k.oid = {o} AND k.tgisinternal AND k.tgconstraint <> 0
LEFT JOIN pg_trigger own ON {c} = 'pg_constraint'::regclass AND own.tgconstraint = {o} AND NOT own.tgisinternal
LEFT JOIN pg_type ct ON {c} = 'pg_class'::regclass AND ct.typrelid = {o} AND ct.typtype = 'c'
    AND EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = {o} AND c.relkind = 'c')
"""


def query(major: int) -> str:
    multirange = "UNION ALL SELECT rngmultitypid, rngtypid FROM pg_range" if major >= 14 else ""
    return ROWS.format(multirange=multirange, one=SIDE.format(c="c1", o="o1", s="s1"), other=SIDE.format(c="c2", o="o2", s="s2"))


def of_server(server: Server, database: str) -> set[Dependency]:
    return set(server.query("SET search_path = ''; " + query(server.major), database))


def of_program(major: int, files: list[Path]) -> set[Dependency]:
    program = find_program().with_name("pgplumb_dependencies")
    done = subprocess.run([str(program), str(major), *map(str, files)], text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program.name}: {done.stderr.strip()}")
    rows = {(entry["object"], entry["on"], entry["type"]) for entry in map(json.loads, done.stdout.splitlines())}
    members = {thing for thing, _, how in rows if how == "e"}  # of extensions: only that is compared of them, as in ROWS
    return {row for row in rows if row[2] == "e" or row[0] not in members}


@dataclass
class Result:
    name: str
    major: int
    ours: set[Dependency] = field(default_factory=set)
    server: set[Dependency] = field(default_factory=set)
    failure: str = ""

    @property
    def equal(self) -> int:
        return len(self.ours & self.server)

    @property
    def total(self) -> int:
        return len(self.ours | self.server)

    def describe(self, verbose: bool) -> None:
        print(f"{self.name:32} {self.major}  {self.equal}/{self.total}" + (f"  {self.failure}" if self.failure else ""), flush=True)
        for here, there, word in ((self.ours, self.server, "ours only"), (self.server, self.ours, "server only")):
            for one, other, how in sorted(here - there) if verbose else []:
                print(f"    {word:11} {how}  {one}  ->  {other}")


def _files(result: Result, server: Server, paths: list[Path]) -> Result:
    try:
        with server.database("dependencies") as database:
            psql.apply_files(server, database, paths)
            result.server = of_server(server, database)
        result.ours = of_program(server.major, paths)
    except (RuntimeError, psql.SqlFailed) as error:
        result.failure = str(error)
    return result


def of_sources(names: list[str] | None, servers: dict[int, Server]) -> Iterator[Result]:
    for major, server in servers.items():
        for history in layouts.histories() if not names else []:
            yield _files(Result(history.name, major), server, [migration.path for migration in history.migrations()])
        for source in sources.select(names):
            for role in source.roles:
                server.ensure_role(role)
            yield _files(Result(source.name, major), server, sorted(sources.prepared(source).glob("*.sql")))


def of_suite(files: list[str], recorded: dict[str, list[str]]) -> Iterator[Result]:
    """What the program does not simulate is left out on both sides."""
    program = Program(find_program())
    with regression_files.suite(recorded) as suite, tempfile.TemporaryDirectory() as scratch:
        setup, script = Path(scratch, regression_files.SETUP), Path(scratch, regression_files.FILE)
        setup.write_text(suite.setup.text(), encoding="utf-8")
        for file in files:
            statements = recorded[file]
            with suite.applied(statements) as (_, accepted):
                script.write_text(accepted.text(), encoding="utf-8")
            statements = accepted.without(set(regression_files.outcomes(program, Path(scratch), accepted, "not_simulated")))
            with suite.applied(statements) as (database, accepted):
                script.write_text(accepted.text(), encoding="utf-8")
                result = Result(file, regression_files.MAJOR, server=of_server(suite.server, database))
                result.ours = of_program(regression_files.MAJOR, [setup, script])
            yield result


def causes(results: list[Result]) -> None:
    number: Counter[str] = Counter()
    for result in results:
        for word, rows in (("ours only", result.ours - result.server), ("server only", result.server - result.ours)):
            number.update(f"{word}: {how}  {one.split()[0]} -> {other.split()[0]}" for one, other, how in rows)
    for cause, times in number.most_common(40):
        print(f"{times:5} × {cause}")


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.oracles.dependencies", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[15])
    parser.add_argument("--source", action="append", metavar="NAME", help="only this source; may be given several times")
    parser.add_argument("--file", action="append", help="only this file of the suite; repeatable")
    parser.add_argument("--full", action="store_true", help="every file of the suite")
    parser.add_argument("--minimum", type=float, default=100.0)
    parser.add_argument("-v", "--verbose", action="store_true")
    return parser.parse_args()


def run(options: argparse.Namespace) -> Iterator[Result]:
    if not options.file:
        with ExitStack() as stack:
            yield from of_sources(options.source, stack.enter_context(pool.servers(options.majors)))
    if regression_files.RECORDING.exists() and not options.source:
        recorded = regression_files.files()
        yield from of_suite(regression_files.choose(recorded, options.full, options.file), recorded)


def main() -> int:
    options = parse_options()
    end_on_termination()
    results = []
    for result in run(options):
        results.append(result)
        result.describe(options.verbose)
    causes(results)
    equal, total = sum(r.equal for r in results), sum(r.total for r in results)
    share = 100.0 * equal / total if total else 0.0
    failed = sum(bool(r.failure) for r in results)
    print(f"dependencies: {equal}/{total} equal ({share:.2f} %) over {len(results)} sources; {failed} failed")
    return 0 if share >= options.minimum and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
