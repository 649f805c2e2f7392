"""PostgreSQL's own regression suite, as far as it makes objects: every text that it leaves in a database is analysed and
printed again, byte for byte.

  python3 -m tests.oracles.regress                  a sample of the suite on 15 and 18
  python3 -m tests.oracles.regress --majors all --whole
  python3 -m tests.oracles.regress --majors 17 --whole -v

The statements come from a recording that is no part of the project: it lies beside it, or where --recording says. Without
it nothing is measured, and the closing line says so. Statements that read or change rows are left out, and those that the
server refuses make nothing. What a file drops at its end stays, until another file wants the name. A view's text that the
server itself prints otherwise once it has read it has to be printed as it prints it then. What a server newer than the linked
grammar prints and that grammar can't read is counted apart. The exit status is 0 when at least --minimum percent of the others
are equal at once, and all after both were analysed.
"""
from __future__ import annotations

import argparse
import contextlib
import json
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from tests.oracles import regression_files
from tests.oracles.expressions import linked_grammar
from tests.oracles.program import find_program
from tests.pg.cluster import Cluster, running
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

DATABASE = "regression"
ROWS_ONLY = re.compile(
    r"\s*(?:(?:--[^\n]*\n|/\*.*?\*/)\s*)*"
    r"(select(?!.*\binto\b)|with|values|table|insert|update|delete|merge|explain|vacuum|analyze|copy|fetch|move|close|declare|"
    r"truncate|show|listen|notify|unlisten|prepare|execute|deallocate|checkpoint|cluster|discard|lock|load|reindex|refresh|"
    r"create\s+database|drop\s+database|alter\s+database|alter\s+system|\\)", re.IGNORECASE | re.DOTALL)
DROP = re.compile(r"\s*(?:(?:--[^\n]*\n|/\*.*?\*/)\s*)*(drop|reset|set)\s", re.IGNORECASE | re.DOTALL)
DUPLICATES = {"42P07", "42710", "42723", "42P06"}
NEWER_SYNTAX = re.compile("does not parse|newer than the grammar")
# What many others of the suite build on comes first; the sample goes on with what holds most queries and expressions.
BASE = ("test_setup", "create_table", "create_function_c", "create_type", "create_view", "create_index")
SAMPLE = (*BASE, "rules", "rowsecurity", "create_function_sql", "triggers", "updatable_views", "with", "window",
          "generated", "domain", "partition_join", "stats_ext", "xml", "groupingsets", "tablesample", "insert_conflict")


@dataclass
class Loaded:
    accepted: int = 0
    refused: int = 0
    passed_over: int = 0


@dataclass
class Result:
    major: int
    loaded: Loaded
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    misses: list[dict[str, Any]] = field(default_factory=list)

    @property
    def totals(self) -> Counter[str]:
        return sum(self.counts.values(), Counter())


def stem(file: str) -> str:
    return re.sub(r"^\d+_|\.sql$", "", file)


def _before_clean_up(statements: list[str]) -> int:
    """Where a file's closing DROP statements begin."""
    end = len(statements)
    while end and (DROP.match(statements[end - 1]) or ROWS_ONLY.match(statements[end - 1])):
        end -= 1
    return end


class Loader:
    """Runs files in one database, each in a session of its own."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.loaded = Loaded()
        self.postponed: list[str] = []  # DROP statements at the ends of files

    def run(self, statements: list[str]) -> None:
        end = _before_clean_up(statements)
        with contextlib.closing(self.server.connect(DATABASE)) as connection, connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '5s'; SET lock_timeout = '1s'; SET timezone = 'PST8PDT'")
            for sql in statements[:end]:
                if ROWS_ONLY.match(sql):
                    self.loaded.passed_over += 1
                elif self._accepted(cursor, sql):
                    self.loaded.accepted += 1
                else:
                    self.loaded.refused += 1
                if connection.closed:
                    break
        self.postponed += statements[end:]

    def _accepted(self, cursor: Any, sql: str) -> bool:
        try:
            cursor.execute(sql)
        except psycopg2.Error as error:
            if error.pgcode not in DUPLICATES or not self._make_room(cursor, str(error)):
                return False
            with contextlib.suppress(psycopg2.Error):
                cursor.execute(sql)
                return True
            return False
        except ValueError:  # a NUL byte
            return False
        return True

    def _make_room(self, cursor: Any, message: str) -> bool:
        """Drop what stayed of that name; whether there was anything."""
        name = re.search(r'"([^"]+)"', message)
        wanted = [sql for sql in self.postponed if name and re.search(rf"\b{re.escape(name[1])}\b", sql)]
        for sql in wanted:
            self.postponed.remove(sql)
            with contextlib.suppress(psycopg2.Error):
                cursor.execute(sql)
        return bool(wanted)


def load(server: Server, recording: Path, wanted: tuple[str, ...] | None) -> Loaded:
    server.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    loader = Loader(server)
    for file, statements in regression_files.files(recording).items():
        if wanted is None or stem(file) in wanted:
            loader.run(statements)
    return loader.loaded


def audit(server: Server, result: Result) -> None:
    program = find_program().with_name("pgplumb_audit")
    done = subprocess.run([str(program), server.url(DATABASE)], text=True, capture_output=True, check=False)
    lines = done.stdout.splitlines()
    if done.returncode not in (0, 1) or not lines:
        raise RuntimeError(f"{program.name}: status {done.returncode}: {done.stderr.strip()[:500]}")
    result.misses = [json.loads(line) for line in lines[:-1]]
    result.counts = {label: Counter(counts) for label, counts in json.loads(lines[-1]).items()}


def printed_again(server: Server, text: str) -> str:
    """The view's text as the server prints it once it has read it: what a dump and restore leaves."""
    with contextlib.closing(server.connect(DATABASE)) as connection, connection.cursor() as cursor:
        connection.autocommit = False
        cursor.execute("SET LOCAL search_path = pg_catalog")
        cursor.execute(f"CREATE TEMP VIEW printed_again AS {text.rstrip(';')}")
        cursor.execute("SELECT pg_get_viewdef('pg_temp.printed_again'::regclass)")
        return str(cursor.fetchone()[0])


def outcome(server: Server, miss: dict[str, Any], grammar: int) -> str:
    """Some texts are not what the server prints a second time: of those, ours has to be the second."""
    if miss["outcome"] == "same_tree" and miss["kind"] == "view" and printed_again(server, miss["server"]) == miss["ours"]:
        return "restored"
    if miss["outcome"] == "not_simulated" and server.major > grammar and NEWER_SYNTAX.search(miss["reason"]):
        return "newer_syntax"
    return str(miss["outcome"])


def sort_out(server: Server, result: Result, grammar: int) -> None:
    for miss in result.misses:
        found = outcome(server, miss, grammar)
        if found != miss["outcome"]:
            result.counts[f"{miss['kind']}.{miss['field']}"].update({miss["outcome"]: -1, found: 1})
            miss["outcome"] = found


def examine(major: int, recording: Path, wanted: tuple[str, ...] | None) -> Result:
    with running(Cluster(major)) as cluster:
        result = Result(major, load(cluster.server, recording, wanted))
        audit(cluster.server, result)
        sort_out(cluster.server, result, linked_grammar())
    return result


def describe(result: Result, verbose: bool) -> None:
    totals = result.totals
    print(f"PostgreSQL {result.major}: {result.loaded.accepted} statements accepted, {result.loaded.refused} refused, "
          f"{result.loaded.passed_over} passed over; {totals['fixpoint']}/{totals.total()} texts equal, "
          f"{totals['restored']} as after a restore", flush=True)
    for label, counts in sorted(result.counts.items()):
        rest = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()) if word != "fixpoint" and number)
        print(f"    {label:36} {counts['fixpoint']:5}/{counts.total():5}" + (f"  {rest}" if rest else ""))
    for miss in result.misses if verbose else []:
        print(f"  {miss['outcome']} {miss['kind']} {miss['identity']} {miss['field']}: {miss['reason']}\n"
              f"    server {miss['server']}\n    ours   {miss['ours']}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.regress", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[15, 18])
    parser.add_argument("--recording", type=Path, default=regression_files.RECORDING)
    parser.add_argument("--whole", action="store_true", help="the whole suite, and not a sample of it")
    parser.add_argument("--minimum", type=float, default=99.5, help="percent that have to be equal at once")
    parser.add_argument("-v", "--verbose", action="store_true", help="show every text that is not equal")
    options = parser.parse_args()
    if not options.recording.exists():
        print("regress: skipped, since there is no recording of the regression suite beside the project")
        return 0
    end_on_termination()
    with ThreadPoolExecutor(2) as workers:
        running_on = [workers.submit(examine, major, options.recording, None if options.whole else SAMPLE)
                      for major in options.majors]
        results = [future.result() for future in running_on]
    for result in results:
        describe(result, options.verbose)
    totals = sum((result.totals for result in results), Counter())
    as_the_server = totals["fixpoint"] + totals["restored"]
    readable = totals.total() - totals["newer_syntax"]
    share = 100 * as_the_server / max(1, readable)
    after_both = as_the_server + totals["same_tree"]
    print(f"regress: {totals['fixpoint']}/{readable} texts equal byte for byte, {totals['restored']} more to what the server prints "
          f"after a dump and restore ({share:.2f} %); {after_both} after the second step; {totals['different']} different, "
          f"{totals['refused']} refused, {totals['not_simulated']} not simulated; {totals['newer_syntax']} apart, newer than grammar {linked_grammar()}")
    return 0 if share >= options.minimum and after_both == readable > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
