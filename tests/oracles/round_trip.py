"""Round trip: the SQL that the program writes for a source, loaded in a server, is in sync with the source.

  python3 -m tests.oracles.round_trip --majors 15,18

Our own inventory of the database so made must equal that of the source applied to a real server, too. The exit status is 0 when
all sources make it.
"""
from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.oracles import cases, inventory
from tests.oracles.program import IN_SYNC, BadReport, Program, find_program
from tests.pg import pool, psql
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

# The histories' bookkeeping is the tools' own, and no part of the schema that the program writes.
BOOKKEEPING = {"_prisma_migrations", "drizzle", "flyway_schema_history", "schema_migrations"}


def _written(program: Program, case: cases.Case, server: Server, scratch: Path) -> Path:
    outcome = program.run("snapshot", case.expected, *case.options, "--pg-version", str(server.major), "--format", "sql")
    if outcome.status != 0:
        raise BadReport(f"status {outcome.status}: {outcome.stderr.strip()}")
    path = scratch / "snapshot.sql"
    path.write_bytes(outcome.stdout)
    return path


def _differences(server: Server, one: str, other: str) -> list[str]:
    changed = inventory.take(server, one).changed_from(inventory.take(server, other))
    return [f"{kind} {'.'.join(path)}" for kind, path in sorted(changed) if not BOOKKEEPING & set(path[:2])
            and not any(path[-1].startswith(name) for name in BOOKKEEPING)]


def travel(program: Program, case: cases.Case, server: Server) -> tuple[str, str]:
    """How far a source gets, and what stopped it."""
    with server.database("real") as real, server.database("made") as made, tempfile.TemporaryDirectory() as scratch:
        case.build(server, real)
        try:
            file = _written(program, case, server, Path(scratch))
            psql.apply_file(server, made, file)
            report = program.check(case.expected, server.url(made), *case.options)
        except psql.SqlFailed as error:
            return "refused by the server", str(error)
        except BadReport as error:
            return "not written or not checked", str(error)
        if report.verdict != IN_SYNC:
            return f"then {report.verdict}", "; ".join(map(str, report.changes[:8])) or "; ".join(report.reasons()[:3])
        left = _differences(server, made, real)
        return ("in sync, but not equal", "; ".join(left[:8])) if left else ("in sync", "")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.round_trip", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[15, 18])
    cases.add_options(parser)
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    states: Counter[str] = Counter()
    with pool.servers(options.majors) as servers:
        for case in cases.select(options.source):
            for server in servers.values():
                state, detail = travel(program, case, server)
                states[state] += 1
                if state != "in sync":
                    print(f"{state}: {case.name} on {server.major}\n    {' '.join(detail.split())[:400]}", flush=True)
    rest = "; ".join(f"{number} {state}" for state, number in states.most_common() if state != "in sync")
    print(f"round trip: {states['in sync']}/{states.total()} sources in sync" + (f"; {rest}" if rest else ""))
    return 0 if states["in sync"] == states.total() > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
