"""Expressions and queries: analysed and printed as servers do, byte for byte, with the types of their columns, or refused alike.

  python3 -m tests.oracles.expressions --majors 13,15,18

The tables are among tests/differential/data; what is right always comes from the server. Syntax of
the server that the linked grammar can't read is counted apart, and tables that are full of it are left out.
"""
from __future__ import annotations

import argparse
import functools
import operator
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.oracles.program import ROOT, Program, find_program
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

DATA = ROOT / "tests" / "differential" / "data"
TABLES = {"expressions.txt": 13, "queries.txt": 13, "json16.txt": 16, "json17.txt": 17}  # each with the first grammar that reads it
CLOSING = re.compile(r"^(\d+)/(\d+) agree, .* (\d+) beyond the linked grammar$", re.MULTILINE)
UNSURE = re.compile(r"(\d+) of them unsure")


@dataclass(frozen=True)
class Agreement:
    """How many expressions agreed of how many; the rest is shown in `output`. `unsure` is among `equal`."""

    equal: int
    total: int
    beyond_grammar: int
    output: str
    unsure: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.equal + other.equal, self.total + other.total, self.beyond_grammar + other.beyond_grammar,
                         self.output + other.output, self.unsure + other.unsure)

    def __str__(self) -> str:
        unsure = f" ({self.unsure} of them unsure)" if self.unsure else ""
        return f"{self.equal}/{self.total}{unsure}" + (f" (and {self.beyond_grammar} beyond the grammar)" if self.beyond_grammar else "")


def comparer() -> Path:
    """The program that compares, from the build of the program under test, or $PGPLUMB_EXPRESSIONS."""
    chosen = os.environ.get("PGPLUMB_EXPRESSIONS")
    path = Path(chosen) if chosen else find_program().parent / "pgplumb_expressions"
    if not os.access(path, os.X_OK):
        raise SystemExit(f"no program at {path}: build it, or set PGPLUMB_EXPRESSIONS")
    return path


def linked_grammar() -> int:
    found = re.search(r"grammar of PostgreSQL (\d+)", Program(find_program()).run("version").stdout.decode())
    if not found:
        raise SystemExit("the program does not say what grammar it was linked with")
    return int(found[1])


def setup_file(major: int) -> Path:
    return DATA / ("setup13.sql" if major == 13 else "setup.sql")


def compare(server: Server, table: Path, *options: str) -> Agreement:
    """Compare one table in a database of its own."""
    with server.database("expressions") as database:
        done = subprocess.run([comparer(), server.url(database), setup_file(server.major), table, *options], capture_output=True,
                              text=True, errors="replace", check=False)
    closing = CLOSING.search(done.stdout)
    if not closing:
        raise RuntimeError(f"PostgreSQL {server.major}: {done.stderr.strip()[-500:] or done.stdout[-500:]}")
    unsure = UNSURE.search(done.stdout)
    return Agreement(*map(int, closing.groups()), done.stdout, int(unsure[1]) if unsure else 0)


def figures(name: str, found: dict[int, Agreement]) -> str:
    return f"{name}: " + ", ".join(f"{major}: {agreement}" for major, agreement in sorted(found.items()))


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.expressions", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 18])
    options = parser.parse_args()
    end_on_termination()
    grammar = linked_grammar()
    with pool.servers(options.majors) as servers, ThreadPoolExecutor(2) as workers:
        def all_tables(server: Server) -> Agreement:
            tables = [table for table, since in TABLES.items() if since <= min(server.major, grammar)]
            return functools.reduce(operator.add, [compare(server, DATA / table) for table in tables])
        found = dict(zip(servers, workers.map(all_tables, servers.values())))
    for major, agreement in found.items():
        print(f"== PostgreSQL {major}\n{agreement.output}")
    print(figures("expressions", found))
    return 0 if all(agreement.equal == agreement.total for agreement in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
