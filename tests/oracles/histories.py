"""Histories: what our fixtures leave, with owners and grants, in memory and on real servers; nothing may differ.

  python3 -m tests.oracles.histories --majors all
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.oracles.program import IN_SYNC, ROOT, BadReport, Program, find_program
from tests.pg import pool, psql
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server, quote_identifier

FIXTURES = sorted(path for folder in ("histories", "privileges") for path in (ROOT / "fixtures" / folder).glob("*.sql"))


def _roles(server: Server) -> set[str]:
    return {name for name, in server.query("SELECT rolname FROM pg_roles")}


def differences(program: Program, path: Path, server: Server) -> list[str]:
    """The file on a server against the file in memory; the roles that it makes are removed again."""
    before = _roles(server)
    try:
        with server.database("histories") as database:
            psql.apply_file(server, database, path)
            report = program.check(str(path), server.url(database), "--grants", "--owners")
    except (BadReport, psql.SqlFailed) as error:
        return [str(error)]
    finally:
        for role in _roles(server) - before:
            server.execute(f"DROP OWNED BY {quote_identifier(role)}; DROP ROLE {quote_identifier(role)}")
    if report.verdict == IN_SYNC:
        return []
    return [f"{change} {[(f.field, f.expected, f.actual) for f in change.fields]}" for change in report.changes] + report.reasons()


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.histories", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 18])
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    good = runs = 0
    with pool.servers(options.majors) as servers:
        for server in servers.values():
            for path in FIXTURES:
                found = differences(program, path, server)
                runs += 1
                good += not found
                for line in found:
                    print(f"{path.name} {server.major}: {line}")
    print(f"histories: {good}/{runs} fixtures in sync with their grants and owners")
    return 0 if good == runs else 1


if __name__ == "__main__":
    sys.exit(main())
