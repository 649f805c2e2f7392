"""DO blocks and PL/pgSQL: scripts of our own run on real servers and in memory, and must end alike, statement by statement.

  python3 -m tests.oracles.do_blocks                                   all scripts on 13, 15 and 18
  python3 -m tests.oracles.do_blocks --majors 15 --script labels -v    one of them

Each statement's outcome must be the same (success, or the same SQLSTATE and message), and in the end `check` must find the server's
catalog and that of the statements that the server took in sync. The scripts of border.sql depend on rows: they must not be simulated.
The exit status is 0 when all is so.
"""
from __future__ import annotations

import argparse
import contextlib
import json
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.oracles.program import IN_SYNC, ROOT, Program, find_program, run
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server, quote_identifier

FIXTURES = ROOT / "fixtures" / "do_blocks"
BORDER = "border.sql"
_TITLE = re.compile(r"^-- script: (\w+)(?: \(since (\d+)\))?$", re.MULTILINE)


@dataclass(frozen=True)
class Script:
    """Statements that belong together; they see a schema of the script's name first. Majors before `since` have no such syntax."""

    file: str
    name: str
    statements: tuple[str, ...]
    since: int = 13

    def all_statements(self) -> list[str]:
        schema = quote_identifier(self.name)
        return [f"CREATE SCHEMA {schema}", f"SET search_path = {schema}, public", *self.statements, "RESET ALL"]


@dataclass(frozen=True)
class Ending:
    """How a statement ended: its SQLSTATE (00000 for success) and message."""

    sqlstate: str
    message: str = ""

    def __str__(self) -> str:
        return f"{self.sqlstate} {self.message}".strip()


SUCCESS = Ending("00000")


def read_scripts(path: Path) -> list[Script]:
    _, *parts = _TITLE.split(path.read_text(encoding="utf-8"))
    return [Script(path.name, name, tuple(s.strip() for s in re.split(r"\n\s*\n", body) if s.strip()), int(since or 13))
            for name, since, body in zip(parts[::3], parts[1::3], parts[2::3])]


def all_scripts() -> list[Script]:
    return [script for path in sorted(FIXTURES.glob("*.sql")) for script in read_scripts(path)]


def as_text(statements: list[str]) -> str:
    return ";\n\n".join(statements) + ";\n"


def on_server(server: Server, database: str, scripts: list[Script]) -> list[list[Ending]]:
    """How each statement of each script ends, all of them in one session."""
    with contextlib.closing(server.connect(database)) as connection:
        return [[_execute(connection, statement) for statement in script.all_statements()] for script in scripts]


def _execute(connection: psycopg2.extensions.connection, statement: str) -> Ending:
    with connection.cursor() as cursor:
        try:
            cursor.execute(statement)
        except psycopg2.Error as error:
            return Ending(error.pgcode or "?????", error.diag.message_primary or "")
    return SUCCESS


def in_memory(program: Path, major: int, directory: Path, scripts: list[Script]) -> list[list[Ending]]:
    """The same in memory; what is not simulated ends with the SQLSTATE "unsure"."""
    (directory / "all.sql").write_text(as_text([s for script in scripts for s in script.all_statements()]), encoding="utf-8")
    done = run([str(program), "simulate", str(directory), "--layout", "plain", "--outcomes", "--on-error", "continue",
                "--pg-version", str(major)])
    endings = [_ending(json.loads(line)) for line in done.stdout.decode().splitlines()]
    if len(endings) != sum(len(script.all_statements()) for script in scripts):
        raise RuntimeError(f"{len(endings)} outcomes of {sum(len(s.all_statements()) for s in scripts)} statements: {done.stderr[-500:]}")
    rest = iter(endings)
    return [[next(rest) for _ in script.all_statements()] for script in scripts]


def _ending(outcome: dict[str, str]) -> Ending:
    if outcome["outcome"] == "not_simulated":
        return Ending("unsure", outcome.get("message", ""))
    return Ending(outcome["sqlstate"], outcome.get("message", "")) if outcome["outcome"] == "error" else SUCCESS


def accepted(script: Script, endings: list[Ending]) -> list[str]:
    return [statement for statement, ending in zip(script.all_statements(), endings) if ending == SUCCESS]


def sync(program: Path, server: Server, database: str, statements: list[str]) -> list[str]:
    """Why the server's catalog and that of the statements differ; nothing where they do not."""
    with tempfile.TemporaryDirectory() as directory:
        (Path(directory) / "all.sql").write_text(as_text(statements), encoding="utf-8")
        report = Program(program).check(directory, server.url(database), "--layout", "plain")
    if report.verdict == IN_SYNC:
        return []
    return [f"verdict {report.verdict}", *map(str, report.changes), *report.reasons()]


@dataclass
class Tally:
    """What has been compared, and what was not alike."""

    scripts: int = 0
    statements: int = 0
    unequal: int = 0
    unsynced: int = 0
    border: int = 0
    border_missed: int = 0

    def good(self) -> bool:
        return self.unequal + self.unsynced + self.border_missed == 0


def compare(script: Script, real: list[Ending], simulated: list[Ending], major: int, tally: Tally) -> None:
    tally.scripts += 1
    for statement, expected, found in zip(script.all_statements(), real, simulated):
        tally.statements += 1
        if expected == found:
            continue
        tally.unequal += 1
        print(f"{major} {script.file} {script.name}: {' '.join(statement.split())[:110]}\n    server: {expected}\n    memory: {found}", flush=True)


def try_scripts(program: Path, server: Server, scripts: list[Script], tally: Tally) -> None:
    scripts = [script for script in scripts if script.since <= server.major]
    with server.database("do_blocks") as database, tempfile.TemporaryDirectory() as directory:
        real = on_server(server, database, scripts)
        simulated = in_memory(program, server.major, Path(directory), scripts)
        for script, expected, found in zip(scripts, real, simulated):
            compare(script, expected, found, server.major, tally)
        differences = sync(program, server, database, [s for script, ends in zip(scripts, real) for s in accepted(script, ends)])
    tally.unsynced += bool(differences)
    for line in differences[:20]:
        print(f"{server.major} {line}")


def try_border(program: Path, major: int, scripts: list[Script], tally: Tally) -> None:
    """Each by itself: what is not simulated leaves the catalog as it was."""
    for script in scripts:
        with tempfile.TemporaryDirectory() as directory:
            *before, last, _ = in_memory(program, major, Path(directory), [script])[0]
        tally.border += 1
        if last.sqlstate == "unsure" and all(ending == SUCCESS for ending in before):
            continue
        tally.border_missed += 1
        print(f"{major} {script.file} {script.name}: wanted 'not simulated' at its end, got {', '.join(map(str, [*before, last]))}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.do_blocks", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 18])
    parser.add_argument("--script", action="append", metavar="NAME", help="only this script; may be given several times")
    options = parser.parse_args()
    end_on_termination()
    program = find_program()
    chosen = [script for script in all_scripts() if not options.script or script.name in options.script]
    tally = Tally()
    with pool.servers(options.majors) as servers:
        for major, server in servers.items():
            plain = [script for script in chosen if script.file != BORDER]
            if plain:
                try_scripts(program, server, plain, tally)
            try_border(program, major, [script for script in chosen if script.file == BORDER], tally)
    print(f"do blocks: {tally.statements - tally.unequal}/{tally.statements} statements of {tally.scripts} scripts end alike; "
          f"{tally.unsynced} of {len(options.majors)} catalogs differ; {tally.border - tally.border_missed}/{tally.border} that depend on rows undecided")
    return 0 if tally.good() and tally.scripts + tally.border > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
