"""Grammar fuzz: random DDL scripts, valid and invalid statements mixed, on real servers and in memory.

  python3 -m tests.oracles.grammar_fuzz --seed 1 --scripts 100 --majors 15,18
  python3 -m tests.oracles.grammar_fuzz --seed 4711 --print

Each script runs statement by statement on a server, in a database of its own, and in memory. Every outcome must be the
same, with the same SQLSTATE, and so must be the catalogs that the accepted statements have made. The first disagreement
of each sort is shrunk to the shortest script that shows it.
"""
from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import psycopg2.extensions

from tests.oracles.grammar.script import generate
from tests.oracles.program import BadReport, Program, Report, find_program
from tests.oracles.shrink import shrink
from tests.pg import pool
from tests.pg.binaries import DEBIAN_MAJOR
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server, fresh_name, quote_identifier

ACCEPTED = "00000"
Answer = tuple[str, str]
"""An SQLSTATE (or, in memory, why there is none), and a message."""

CHECK_OPTIONS = ("--on-error", "continue", "--owners", "--grants", "--column-order", "--connections", "1")


@dataclass(frozen=True)
class Disagreement:
    """`sort` tells one bug from another, roughly; `detail` is for the reader."""

    sort: str
    detail: str


@dataclass
class Result:
    """What came of one script on one major."""

    seed: int
    major: int
    statements: list[str]
    refused: int = 0
    disagreement: Disagreement | None = None
    shortest: list[str] = field(default_factory=list)


class Databases:
    """Makes and drops the databases of one server, each thread through one connection: connecting costs more than either."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._of_thread = threading.local()

    def _execute(self, sql: str) -> None:
        if not hasattr(self._of_thread, "connection"):
            self._of_thread.connection = self.server.connect()
        with self._of_thread.connection.cursor() as cursor:
            cursor.execute(sql)

    @contextlib.contextmanager
    def empty(self, roles: list[str]) -> Iterator[str]:
        """An empty database; roles belong to the whole cluster, so those of the script go with it."""
        name = fresh_name("grammar")
        self._execute(f"CREATE DATABASE {quote_identifier(name)} TEMPLATE template0")
        try:
            yield name
        finally:
            self._execute(f"DROP DATABASE {quote_identifier(name)} WITH (FORCE)")
            for role in roles:
                self._execute(f"DROP ROLE IF EXISTS {quote_identifier(role)}")


def roles_of(seed: int) -> list[str]:
    return [f"fuzz_{seed}_a", f"fuzz_{seed}_b"]


def answer(cursor: psycopg2.extensions.cursor, statement: str) -> Answer:
    try:
        cursor.execute(statement)
        return ACCEPTED, ""
    except psycopg2.Error as error:
        return error.pgcode or "lost", (error.diag.message_primary or str(error))


def run_live(server: Server, database: str, statements: list[str]) -> list[Answer]:
    """What a server says to each statement, one after the other in one session."""
    with contextlib.closing(server.connect(database)) as connection, connection.cursor() as cursor:
        return [answer(cursor, statement) for statement in statements]


def generate_live(seed: int, length: int, server: Server, database: str) -> tuple[list[str], list[Answer]]:
    """A script, made while a server runs it, so that its statements follow from what was accepted before; and its answers."""
    answers: list[Answer] = []
    with contextlib.closing(server.connect(database)) as connection, connection.cursor() as cursor:
        def accepted(statement: str) -> bool:
            answers.append(answer(cursor, statement))
            return answers[-1][0] == ACCEPTED
        return generate(seed, length, accepted), answers


def run_in_memory(program: Program, script: Path, major: int) -> list[Answer]:
    """What the program says to each statement."""
    run = program.run("simulate", str(script), "--outcomes", "--on-error", "continue", "--pg-version", str(major))
    states = []
    for line in run.stdout.decode().splitlines():
        entry = json.loads(line)
        state = {"ok": ACCEPTED, "skipped": ACCEPTED, "error": entry.get("sqlstate", "")}.get(entry["outcome"], entry["outcome"])
        states.append((state, entry.get("message", "")))
    if run.status not in (0, 1):
        raise BadReport(f"status {run.status}: {run.stderr.strip()[-300:]}")
    return states


def _words(statement: str) -> str:
    return " ".join(statement.split()[:2])


def refused(answers: list[Answer]) -> int:
    return sum(state != ACCEPTED for state, _ in answers)


def compare_outcomes(statements: list[str], live: list[Answer], ours: list[Answer]) -> Disagreement | None:
    if len(live) != len(ours):
        return Disagreement("split", f"{len(live)} statements, {len(ours)} in memory")
    for statement, (real, said), (state, message) in zip(statements, live, ours):
        if real != state:
            return Disagreement(f"{_words(statement)}: {real} live, {state} in memory",
                                f"{statement}\n        live:      {real} {said}\n        in memory: {state} {message}")
    return None


def compare_catalogs(report: Report) -> Disagreement | None:
    """The refused statements are listed as errors, which is no disagreement; anything else is."""
    for change in report.changes:
        fields = ", ".join(entry.field for entry in change.fields)
        shown = "".join(f"\n        {entry.field}: in memory {entry.expected}, live {entry.actual}" for entry in change.fields)
        return Disagreement(f"{change.change} {change.kind} {fields}".rstrip(), f"{change}{shown}")
    for reason in report.reasons():
        if not reason.startswith("errors: "):
            return Disagreement(reason.split(":")[0], reason)
    return None


class Examiner:
    """Runs scripts on one major, in both places."""

    def __init__(self, program: Program, server: Server, home: Path) -> None:
        self.program = program
        self.server = server
        self.databases = Databases(server)
        self.home = home

    def generate(self, seed: int, length: int) -> list[str]:
        with self.databases.empty(roles_of(seed)) as database:
            return generate_live(seed, length, self.server, database)[0]

    def generate_and_examine(self, seed: int, length: int) -> Result:
        """The run that makes the script is its run on this major, too."""
        with self.databases.empty(roles_of(seed)) as database:
            statements, live = generate_live(seed, length, self.server, database)
            return Result(seed, self.server.major, statements, refused(live), self._compare(seed, statements, live, database))

    def examine(self, seed: int, statements: list[str]) -> Result:
        with self.databases.empty(roles_of(seed)) as database:
            live = run_live(self.server, database, statements)
            return Result(seed, self.server.major, statements, refused(live), self._compare(seed, statements, live, database))

    def _compare(self, seed: int, statements: list[str], live: list[Answer], database: str) -> Disagreement | None:
        """The first disagreement about a script that ran in this database."""
        script = self.home / f"{seed}-{self.server.major}.sql"
        script.write_text("".join(f"{statement};\n" for statement in statements), encoding="utf-8")
        try:
            found = compare_outcomes(statements, live, run_in_memory(self.program, script, self.server.major))
            return found or compare_catalogs(self.program.check(str(script), self.server.url(database), *CHECK_OPTIONS))
        except BadReport as error:
            return Disagreement("the program failed", str(error))

    def shorten(self, result: Result) -> None:
        """Find the shortest script with a disagreement of the same sort, and describe that one."""
        wanted = result.disagreement
        assert wanted

        def shows(statements: list[str]) -> bool:
            found = self.examine(result.seed, statements).disagreement
            if found and found.sort == wanted.sort:
                result.disagreement = found
                return True
            return False

        result.shortest = shrink(result.statements, shows)


def describe(result: Result, known: bool) -> None:
    if not result.disagreement:
        return
    print(f"seed {result.seed} on {result.major}: {result.disagreement.sort}{' (again)' if known else ''}", flush=True)
    if known:
        return
    print("".join(f"    {statement};\n" for statement in result.shortest) + f"    -- {result.disagreement.detail}", flush=True)


def closing_line(results: list[Result], majors: list[int]) -> str:
    seeds = {result.seed for result in results}
    bad = {result.seed for result in results if result.disagreement}
    total = sum(len(result.statements) for result in results)
    refused = sum(result.refused for result in results)
    per_major = Counter(result.major for result in results if not result.disagreement)
    return (f"grammar fuzz: {len(seeds - bad)}/{len(seeds)} scripts agree on all majors ({total} statements run, "
            f"{100 * refused // max(1, total)} % refused); " + ", ".join(f"{per_major[major]} on {major}" for major in majors))


def summary(results: list[Result]) -> None:
    """How often each sort of disagreement came, with one seed of it."""
    sorts = Counter(result.disagreement.sort for result in results if result.disagreement)
    example = {result.disagreement.sort: f"seed {result.seed} on {result.major}" for result in reversed(results) if result.disagreement}
    for sort, number in sorts.most_common():
        print(f"{number:5} × {sort}  ({example[sort]})")


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.oracles.grammar_fuzz", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 17, 18])
    parser.add_argument("--seed", type=int, default=1, help="of the first script; the others follow")
    parser.add_argument("--scripts", type=int, default=12)
    parser.add_argument("--length", type=int, default=40, help="statements a script, about")
    parser.add_argument("--shrink", type=int, default=2, metavar="N", help="shrink at most N disagreements (default 2)")
    parser.add_argument("--jobs", type=int, default=2, help="scripts at a time (default 2)")
    parser.add_argument("--print", action="store_true", help="only print the first script")
    return parser.parse_args()


def examine_seed(seed: int, length: int, guide: Examiner, examiners: list[Examiner]) -> list[Result]:
    """One script, on every major; the guide's answers make it."""
    if guide not in examiners:
        statements = guide.generate(seed, length)
        return [examiner.examine(seed, statements) for examiner in examiners]
    first = guide.generate_and_examine(seed, length)
    return [first if examiner is guide else examiner.examine(seed, first.statements) for examiner in examiners]


def run_all(options: argparse.Namespace, guide: Examiner, examiners: list[Examiner]) -> list[Result]:
    results: list[Result] = []
    known: set[str] = set()
    with ThreadPoolExecutor(options.jobs) as workers:
        running = [workers.submit(examine_seed, seed, options.length, guide, examiners)
                   for seed in range(options.seed, options.seed + options.scripts)]
        for examiner, result in ((e, r) for future in running for e, r in zip(examiners, future.result())):
            results.append(result)
            if result.disagreement:
                again = result.disagreement.sort in known
                if not again and len(known) < options.shrink:
                    examiner.shorten(result)
                known.add(result.disagreement.sort)
                describe(result, again)
    return results


def main() -> int:
    options = parse_options()
    end_on_termination()
    program = Program(find_program())
    majors = sorted({*options.majors, DEBIAN_MAJOR})
    with tempfile.TemporaryDirectory(prefix="pgplumb-grammar-") as home, pool.servers(majors) as servers:
        examiners = {major: Examiner(program, servers[major], Path(home)) for major in majors}
        guide = examiners[DEBIAN_MAJOR]
        if options.print:
            print(";\n".join(guide.generate(options.seed, options.length)) + ";")
            return 0
        results = run_all(options, guide, [examiners[major] for major in options.majors])
    summary(results)
    print(closing_line(results, options.majors))
    return 1 if any(result.disagreement for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
