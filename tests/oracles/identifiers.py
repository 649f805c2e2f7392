"""Hostile identifiers go through parse, catalog, live reading, report and emitted SQL unharmed.

  python3 -m tests.oracles.identifiers --seed 1 --rounds 12

Each round names one of every common kind of object with names that hold quotes, line feeds, comment markers, control
and terminal-escape characters, reserved words and 63 bytes of multibyte text; a real server must agree with the
program about all of it, before and after a round trip through the SQL that the program writes.
"""
from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.oracles.program import DRIFT, IN_SYNC, BadReport, Program, find_program
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.psql import apply_file
from tests.pg.server import Server

FRAGMENTS = ['"', "'", "''", '""', "\n", "\r\n", "\t", " ", "--", "/*", "*/", "$$", "$a$", ";", "\\", "\\n", "%s", "%0A", "::error::",
             "\x1b[31m", "\x07", "\x7f", "\x01", "é", "ß", "日本", "😀", "İ", "​", "select", "user", "table", "Order", "A", "a.b", ".",
             "(", ")", "[]", ",", "{", "}", "|", "<b>", "&amp;", "`", "#", "=", ":x", "NULL", "null", "public", "pg_", "0", "-1"]
RESERVED = ["select", "user", "table", "order", "group", "default", "all", "analyse", "current_user", "between", "json_table"]


def limited(name: str) -> str:
    """At most 63 bytes, cut at a character."""
    return name.encode()[:63].decode("utf-8", "ignore")


class Names:
    """Distinct hostile names, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.used: set[str] = set()

    def text(self) -> str:
        choice = self.random.random()
        if choice < 0.1:
            return self.random.choice(RESERVED)
        if choice < 0.2:
            return "日" * 21
        if choice < 0.3:
            return "é" * 31 + self.random.choice("abcdefgh")
        return limited("".join(self.random.choice(FRAGMENTS) for _ in range(self.random.randint(1, 6))))

    def new(self) -> str:
        while True:
            name = self.text()
            # PostgreSQL reserves schemas that begin with pg_; names with blanks alone are legal
            if name and name not in self.used and not name.startswith("pg_"):
                self.used.add(name)
                return name
            self.random.random()
            if len(self.used) > 30 and name in self.used:
                name = limited(f"{len(self.used)}{name}")
                if name not in self.used:
                    self.used.add(name)
                    return name


def ident(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    escaped = text.replace("'", "''")
    return "E'" + escaped.replace("\\", "\\\\") + "'" if "\\" in escaped else f"'{escaped}'"


def script(names: Names) -> tuple[str, str]:
    """A schema of hostile names, and a statement that plants one change in it."""
    n = {key: ident(names.new()) for key in
         ("schema", "table", "other", "id", "a", "b", "c", "pk", "check", "fk", "unique", "index", "sequence", "view", "enum",
          "domain", "domain_check", "composite", "attribute", "function", "argument", "trigger", "trigger_function", "policy", "matview", "rule")}
    labels = [literal(limited(names.text())) for _ in range(6)]
    labels = list(dict.fromkeys(labels))
    text = literal(names.text())
    q = f"{n['schema']}."
    sql = f"""
CREATE SCHEMA {n['schema']};
CREATE TYPE {q}{n['enum']} AS ENUM ({', '.join(labels)});
CREATE DOMAIN {q}{n['domain']} AS text CONSTRAINT {n['domain_check']} CHECK (VALUE <> {text});
CREATE TYPE {q}{n['composite']} AS ({n['attribute']} integer);
CREATE SEQUENCE {q}{n['sequence']};
CREATE TABLE {q}{n['table']} (
  {n['id']} integer DEFAULT nextval({literal(n['schema'] + '.' + n['sequence'])}::regclass) CONSTRAINT {n['pk']} PRIMARY KEY,
  {n['a']} text NOT NULL DEFAULT {text},
  {n['b']} {q}{n['enum']} DEFAULT {labels[0]},
  {n['c']} {q}{n['domain']},
  CONSTRAINT {n['check']} CHECK ({n['a']} <> {text} OR {n['id']} > 0),
  CONSTRAINT {n['unique']} UNIQUE ({n['a']}, {n['b']})
);
CREATE TABLE {q}{n['other']} ({n['a']} integer CONSTRAINT {n['fk']} REFERENCES {q}{n['table']} ({n['id']}), {n['b']} {q}{n['composite']});
CREATE INDEX {n['index']} ON {q}{n['table']} (lower({n['a']})) WHERE {n['a']} <> {text};
CREATE VIEW {q}{n['view']} AS SELECT {n['a']} AS {n['b']}, {text}::text AS {n['c']} FROM {q}{n['table']};
CREATE MATERIALIZED VIEW {q}{n['matview']} AS SELECT t.{n['id']} FROM {q}{n['table']} AS t;
CREATE FUNCTION {q}{n['function']}({n['argument']} text DEFAULT {text}) RETURNS text LANGUAGE sql AS {literal('SELECT ' + text + '::text')};
CREATE FUNCTION {q}{n['trigger_function']}() RETURNS trigger LANGUAGE plpgsql AS $body$BEGIN RETURN NEW; END$body$;
CREATE TRIGGER {n['trigger']} BEFORE UPDATE OF {n['a']} ON {q}{n['table']} FOR EACH ROW WHEN (NEW.{n['a']} IS DISTINCT FROM OLD.{n['a']})
  EXECUTE FUNCTION {q}{n['trigger_function']}({text});
ALTER TABLE {q}{n['table']} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {n['policy']} ON {q}{n['table']} USING ({n['a']} = {text});
CREATE RULE {n['rule']} AS ON DELETE TO {q}{n['other']} DO INSTEAD NOTHING;
COMMENT ON TABLE {q}{n['table']} IS {text};
COMMENT ON COLUMN {q}{n['table']}.{n['a']} IS {literal(names.text() or 'x')};
"""
    return sql, f"ALTER TABLE {q}{n['table']} ALTER COLUMN {n['a']} DROP NOT NULL"


def has_controls(output: bytes) -> bool:
    return any(byte < 32 and byte != 10 or byte == 127 for byte in output)


def examine(program: Program, server: Server, seed: int, home: Path) -> list[str]:
    """What went wrong in one round; empty where nothing did."""
    sql, planted = script(Names(seed))
    source = home / f"{seed}.sql"
    source.write_text(sql, encoding="utf-8")
    wrong = []
    with server.database("identifiers") as database, server.database("again") as again:
        apply_file(server, database, source)
        report = program.check(str(source), server.url(database))
        if report.verdict != IN_SYNC:
            wrong.append(f"{report.verdict}: {[str(c) for c in report.changes]} {report.reasons()}")
        written = program.run("snapshot", server.url(database), "--format", "sql")
        emitted = home / f"{seed}.emitted.sql"
        emitted.write_bytes(written.stdout)
        if written.status != 0:
            wrong.append(f"no SQL: {written.stderr.strip()[:300]}")
        else:
            apply_file(server, again, emitted)
            back = program.check(server.url(database), server.url(again))
            if back.verdict != IN_SYNC:
                wrong.append(f"emitted SQL: {[str(c) for c in back.changes]}")
        server.execute(planted, database)
        if program.check(str(source), server.url(database)).verdict != DRIFT:
            wrong.append("a planted change went unseen")
        for form in ("text", "github", "markdown"):
            shown = program.run("check", str(source), server.url(database), "--format", form)
            if shown.status != 2 or has_controls(shown.stdout):
                wrong.append(f"{form}: status {shown.status} or control characters")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.identifiers", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[15, 18])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    good = total = 0
    with tempfile.TemporaryDirectory(prefix="pgplumb-identifiers-") as home, pool.servers(options.majors) as servers:
        for seed in range(options.seed, options.seed + options.rounds):
            for server in servers.values():
                try:
                    wrong = examine(program, server, seed, Path(home))
                except (BadReport, RuntimeError) as error:
                    wrong = [str(error)]
                total += 1
                good += not wrong
                for line in wrong:
                    print(f"seed {seed} on {server.major}: {line[:600]!r}")
    print(f"identifiers: {good}/{total} rounds unharmed")
    return 0 if good == total else 1


if __name__ == "__main__":
    sys.exit(main())
