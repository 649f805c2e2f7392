"""The recording of PostgreSQL's regression suite: its files, and what of a file a server accepts on its own.

The recording is not part of the project: it lies beside it, one JSON line a statement (file, n, sql, state, message).
"""
from __future__ import annotations

import contextlib
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, connection as Connection

from tests.oracles.program import ROOT, Program
from tests.pg.cluster import Cluster, running
from tests.pg.server import Server

RECORDING = ROOT.parent / "shared" / "oracle" / "pg15-regress.jsonl.gz"
MAJOR = 15
SETUP = "000_test_setup.sql"
FILE = "001_file.sql"  # beside SETUP, whichever file of the suite is run
# Every one of these makes objects of other kinds.
SAMPLE = ("domain", "create_type", "create_view", "create_procedure", "inherit", "identity", "generated", "stats_ext", "foreign_key",
          "alter_operator", "publication", "event_trigger", "rowsecurity")
TIMEOUT_MS = 20_000

# Statements that reach beyond the database, take data that the recording does not have, or write to the catalogs directly.
BEYOND = re.compile(r"^(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:copy|load|alter\s+system|(?:create|drop|alter)\s+database|vacuum|checkpoint"
                    r"|(?:insert\s+into|update|delete\s+from)\s+(?:pg_catalog\.)?pg_)", re.I | re.S)
DROPS = re.compile(r"^(?:\s|--[^\n]*\n|/\*.*?\*/)*drop\b", re.I | re.S)
ENDS_TRANSACTION = re.compile(r"\s*(?:commit|end)\b", re.I)


def files(recording: Path = RECORDING) -> dict[str, list[str]]:
    """The statements of each file, in the suite's order."""
    found: dict[str, list[str]] = {}
    with gzip.open(recording, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            found.setdefault(entry["file"], []).append(entry["sql"])
    return found


def choose(recorded: dict[str, list[str]], full: bool, names: Iterable[str] | None) -> list[str]:
    """All files, those named (without number and extension), or the sample."""
    wanted = set(names or SAMPLE)
    return [file for file in recorded if file != SETUP and (full or Path(file).stem.split("_", 1)[1] in wanted)]


def kept(statements: list[str]) -> list[str]:
    """Without DROP: of what the files make, far more is left at their ends."""
    return [sql for sql in statements if not DROPS.match(sql)]


def terminated(sql: str) -> str:
    """The statement as it stands in a script."""
    text = sql.rstrip()
    if text.endswith(";"):
        return text
    return text + ("\n;" if "--" in text.splitlines()[-1] else ";")


@dataclass(frozen=True)
class Script:
    """Statements of one session, each accepted by a server."""

    statements: list[str]

    def text(self) -> str:
        return "".join(terminated(sql) + "\n" for sql in self.statements)

    def first_lines(self) -> list[int]:
        """The line that each statement begins at."""
        lines, line = [], 1
        for sql in self.statements:
            lines.append(line)
            line += terminated(sql).count("\n") + 1
        return lines

    def without(self, left_out: set[int]) -> list[str]:
        return [sql for number, sql in enumerate(self.statements) if number not in left_out]


def outcomes(program: Program, folder: Path, script: Script, which: str) -> dict[int, str]:
    """The numbers of the statements in the folder's FILE with this outcome in memory, each with what is said of it."""
    done = program.run("simulate", str(folder), "--layout", "plain", "--pg-version", str(MAJOR), "--outcomes", "--on-error", "continue")
    lines = script.first_lines()
    found = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        entry = json.loads(line)
        if entry["outcome"] == which and entry["file"].endswith(FILE):
            number = sum(first <= entry["line"] for first in lines) - 1
            found[number] = f"{' '.join(script.statements[number].split())[:150]}: {entry.get('message', '')}"
    return found


def accepted(session: Connection, statements: list[str]) -> Script:
    """Execute them one by one; what comes back does in a script of its own what these did, without an error."""
    taken: list[str] = []
    with session.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {TIMEOUT_MS}")
        for sql in statements:
            if BEYOND.match(sql):
                continue
            idle = session.info.transaction_status == TRANSACTION_STATUS_IDLE
            try:
                cursor.execute(sql)
            except psycopg2.Error:
                if not idle and session.info.transaction_status == TRANSACTION_STATUS_IDLE:
                    taken.append("ROLLBACK")  # a COMMIT that failed
                continue
            rolled_back = cursor.statusmessage == "ROLLBACK" and ENDS_TRANSACTION.match(sql)
            taken.append(ENDS_TRANSACTION.sub("ROLLBACK", sql, count=1) if rolled_back else sql)
    return Script(taken)


class Suite:
    """A cluster of its own for the files, with a database that has had the suite's set-up."""

    def __init__(self, server: Server, recorded: dict[str, list[str]]) -> None:
        self.server = server
        self._roles = self._role_names()
        self.template = "suite_setup"
        server.create_database(self.template)
        self.setup = self._run(self.template, recorded.get(SETUP, []))
        self._made_by_setup = self._tablespaces()

    @contextlib.contextmanager
    def applied(self, statements: list[str]) -> Iterator[tuple[str, Script]]:
        """A database that has had the set-up, and then what it accepts of `statements` in one session, closed again."""
        try:
            with self.server.database("suite", self.template) as database:
                yield database, self._run(database, statements)
                self._drop_subscriptions(database)
        finally:
            self._clean()

    def _run(self, database: str, statements: list[str]) -> Script:
        with contextlib.closing(self.server.connect(database)) as session:
            return accepted(session, statements)

    def _drop_subscriptions(self, database: str) -> None:
        """A database that has one can't be dropped."""
        for name, in self.server.query("SELECT quote_ident(subname) FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid "
                                       "WHERE d.datname = current_database()", database):
            for action in (f"ALTER SUBSCRIPTION {name} DISABLE", f"ALTER SUBSCRIPTION {name} SET (slot_name = NONE)",
                           f"DROP SUBSCRIPTION {name}"):
                self.server.execute(action, database)

    def _role_names(self) -> set[str]:
        return {name for name, in self.server.query("SELECT quote_ident(rolname) FROM pg_roles")}

    def _tablespaces(self) -> set[str]:
        return {name for name, in self.server.query("SELECT quote_ident(spcname) FROM pg_tablespace")}

    def _clean(self) -> None:
        """Remove what the file left in the cluster."""
        for name in self._tablespaces() - self._made_by_setup:
            self.server.execute(f"DROP TABLESPACE {name}")
        leftover = self._role_names() - self._roles
        if leftover:
            self.server.execute("; ".join(f"DROP OWNED BY {name} CASCADE; DROP ROLE {name}" for name in leftover))
        self.server.execute("ALTER ROLE ALL RESET ALL")


@contextlib.contextmanager
def suite(recorded: dict[str, list[str]]) -> Iterator[Suite]:
    with running(Cluster(MAJOR)) as cluster:
        yield Suite(cluster.server, recorded)
