"""Queries over the catalogs, as scripts put them before they decide: answered in memory and by real servers.

  python3 -m tests.oracles.catalog_queries                     on 13, 15 and 18
  python3 -m tests.oracles.catalog_queries --majors 15 -v      shows what is not simulated, too

The same script is interpreted and run on a server; then each line of tests/differential/data/catalog_queries.txt is
asked of both. The answers are compared as sets of rows of texts, errors by SQLSTATE. The exit status is 0 when all
answers that were given are the server's, and at most --unsimulated percent of the queries were not answered.
"""
from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from tests.oracles.program import ROOT
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

DATA = ROOT / "tests" / "differential" / "data"
SETUP = DATA / "catalog_queries.sql"
QUERIES = DATA / "catalog_queries.txt"
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

Row = tuple[str | None, ...]


@dataclass
class Result:
    equal: int = 0
    different: list[str] = field(default_factory=list)
    not_simulated: list[str] = field(default_factory=list)


def find_queries_program() -> Path:
    """Beside the program under test, which PGPLUMB may name."""
    named = os.environ.get("PGPLUMB")
    folders = [Path(named).parent] if named else [ROOT / "build" / preset for preset in ("release", "dev", "debug")]
    for folder in folders:
        for program in (folder / "tests" / "pgplumb_queries", folder / "pgplumb_queries"):
            if program.exists():
                return program
    raise SystemExit("pgplumb_queries is not built")


def _cell(text: str) -> str | None:
    """One cell of COPY's text format."""
    if text == "\\N":
        return None
    out, characters = [], iter(text)
    for character in characters:
        if character == "\\":
            following = next(characters)
            out.append(ESCAPES.get(following, following))
        else:
            out.append(character)
    return "".join(out)


def server_answer(cursor: Any, query: str) -> dict[str, Any]:
    output = io.StringIO()
    try:
        cursor.copy_expert(f"COPY ({query}) TO STDOUT", output)
    except psycopg2.Error as error:
        return {"error": error.pgcode, "message": str(error).splitlines()[0]}
    lines = output.getvalue().split("\n")[:-1]
    return {"rows": [[_cell(cell) for cell in line.split("\t")] for line in lines]}


def rows_of(answer: dict[str, Any]) -> Counter[Row]:
    """A query without columns gives empty lines, which COPY writes as one empty cell."""
    return Counter(() if row == [""] else tuple(row) for row in answer["rows"])


def same(ours: dict[str, Any], server: dict[str, Any]) -> bool:
    if "error" in server or "error" in ours:
        return ours.get("error") == server.get("error")
    return "rows" in ours and rows_of(ours) == rows_of(server)


def explain(query: str, ours: dict[str, Any], server: dict[str, Any]) -> str:
    if "rows" in ours and "rows" in server:
        left, right = rows_of(ours), rows_of(server)
        return (f"{query}\n    only ours   {sorted((left - right).elements(), key=str)[:6]}\n"
                f"    only server {sorted((right - left).elements(), key=str)[:6]}")
    return f"{query}\n    ours   {str(ours)[:300]}\n    server {str(server)[:300]}"


def examine(program: Path, server: Server) -> Result:
    result = Result()
    queries = [line for line in QUERIES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    with server.database("catalog_queries") as database:
        run = subprocess.run([program, str(server.major), database, SETUP, QUERIES], capture_output=True, text=True, check=False)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        if len(answers) != len(queries) or run.stderr:
            result.different.append(f"{program.name}: {len(answers)} answers, status {run.returncode}: {run.stderr[:600]}")
        connection = server.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(SETUP.read_text(encoding="utf-8"))
                cursor.execute("RESET ALL; SET timezone = 'UTC'")
                for query, ours in zip(queries, answers):
                    compare(result, query, ours, server_answer(cursor, query))
        finally:
            connection.close()
    return result


def compare(result: Result, query: str, ours: dict[str, Any], server: dict[str, Any]) -> None:
    if "not_simulated" in ours:
        result.not_simulated.append(f"{query}\n    {ours['not_simulated']}")
    elif same(ours, server):
        result.equal += 1
    else:
        result.different.append(explain(query, ours, server))


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.catalog_queries", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 18])
    parser.add_argument("--unsimulated", type=float, default=5.0, help="percent of the queries that may go unanswered")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    end_on_termination()
    program = find_queries_program()
    equal = different = unanswered = 0
    with pool.servers(options.majors) as servers:
        for major, server in servers.items():
            result = examine(program, server)
            for line in result.different:
                print(f"DIFFERENT {major} {line}")
            for line in result.not_simulated if options.verbose else []:
                print(f"not simulated {major} {line}")
            print(f"{major}  {result.equal} equal, {len(result.different)} different, {len(result.not_simulated)} not simulated", flush=True)
            equal += result.equal
            different += len(result.different)
            unanswered += len(result.not_simulated)
    total = equal + different + unanswered
    print(f"catalog queries: {equal}/{total}; {different} different, {unanswered} not simulated")
    return 1 if different or not total or unanswered * 100 > options.unsimulated * total else 0


if __name__ == "__main__":
    sys.exit(main())
