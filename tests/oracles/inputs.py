"""Bad input: each must give status 1, one clear line on stderr, no verdict on stdout, and no password anywhere.

  python3 -m tests.oracles.inputs
"""
from __future__ import annotations

import argparse
import os
import re
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.oracles.program import Outcome, Program, find_program, run
from tests.pg import process, secure
from tests.pg.options import end_on_termination

SECRET = "s3cret-Pa55word"


@dataclass(frozen=True)
class BadInput:
    """One case: the arguments of `check` (or of another command), and what the line on stderr must hold."""

    name: str
    arguments: tuple[str, ...]
    says: str  # a regular expression
    stdin: bytes = b""
    unprivileged: bool = False  # run as somebody whom the rights of files stop


def check(expected: str, live: str, *more: str) -> tuple[str, ...]:
    return ("check", expected, live, *more)


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def directories(home: Path) -> Iterator[BadInput]:
    (home / "empty").mkdir()
    _write(home / "prose" / "README.md", b"no migrations here\n")
    both = home / "both"
    _write(both / "migration_lock.toml", b'provider = "postgresql"\n')
    _write(both / "20240101000000_init" / "migration.sql", b"CREATE TABLE a (i int);\n")
    _write(both / "V1__init.sql", b"CREATE TABLE b (i int);\n")
    outside = _write(home / "outside.sql", b"CREATE TABLE c (i int);\n")
    linked = home / "linked"
    linked.mkdir()
    (linked / "0001_link.sql").symlink_to(outside)
    yield BadInput("a path that does not exist", check(str(home / "nowhere"), "empty:"), "nowhere.*(No such file|does not exist)")
    yield BadInput("an empty directory", check(str(home / "empty"), "empty:"), "empty")
    yield BadInput("a directory with no migrations", check(str(home / "prose"), "empty:"), "prose.*(no migrations|holds no)")
    yield BadInput("a directory with two layouts", check(str(both), "empty:"), "--layout")
    yield BadInput("a symbolic link out of the tree", check(str(linked), "empty:"), "0001_link.sql.*(link|outside)")
    flyway = home / "flyway"
    _write(flyway / "V1__a.sql", b"CREATE TABLE ${schema}.a (i int);\n")
    yield BadInput("a placeholder without a value", check(str(flyway), "empty:"), "V1__a.sql:1.*--placeholder schema=VALUE")
    yield BadInput("a placeholder that is none", check(str(flyway), "empty:", "--placeholder", "schema"), "NAME=VALUE.*schema")
    yield BadInput("an unknown layout", check(str(flyway), "empty:", "--layout", "rails"), "rails.*flyway")
    yield BadInput("a Git revision that does not exist", check(f"git:no-such-revision:{flyway}", "empty:"), "no-such-revision|Git")


def files(home: Path) -> Iterator[BadInput]:
    def file(name: str, content: bytes) -> str:
        return str(_write(home / "files" / name, content))
    yield BadInput("invalid UTF-8", check(file("latin1.sql", b"CREATE TABLE caf\xe9 (i int);\n"), "empty:"), "latin1.sql.*UTF-8")
    yield BadInput("a NUL byte", check(file("nul.sql", b"CREATE TABLE a (i int);\x00\n"), "empty:"), "nul.sql.*NUL")
    yield BadInput("a dump cut short in COPY data", check(file("cut.sql", b"CREATE TABLE a (i int);\nCOPY a FROM stdin;\n1\n2\n"), "empty:"),
                   "cut.sql.*(COPY|end)")
    dump = b"--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE a (i int);\n"
    yield BadInput("a dump without its end", check(file("dump.sql", dump), "empty:"), "dump.sql.*(end|cut|complete)")
    yield BadInput("a quote that never ends", check(file("quote.sql", b"CREATE TABLE a (t text DEFAULT 'x);\n"), "empty:"), "quote.sql")
    big = home / "files" / "big.sql"
    with open(big, "wb") as out:
        for _ in range(200):
            out.write(b"-- " + b"x" * (1024 * 1024 - 4) + b"\n")
    yield BadInput("a 200 MB file", check(str(big), "empty:"), "big.sql.*(large|big|MB|MiB|bytes)")
    yield BadInput("a JSON file that is no snapshot", check(file("other.json", b"{}"), "empty:"), "other.json.*snapshot")
    yield BadInput("a JSON file that is no JSON", check(file("broken.json", b"{"), "empty:"), "broken.json.*JSON")
    yield BadInput("no such format", check("empty:", "empty:", "--format", "yaml"), "yaml.*text")
    yield BadInput("a full disk under the output file", check("empty:", "empty:", "--output", "json=/dev/full"), "/dev/full.*space")
    yield BadInput("a full disk under a snapshot", ("snapshot", "empty:", "-o", "/dev/full"), "/dev/full.*space")
    yield BadInput("an output directory that does not exist", check("empty:", "empty:", "--output", f"json={home}/no/such"), "no/such")
    yield BadInput("an unknown option", check("empty:", "empty:", "--frobnicate"), "frobnicate.*--help")
    yield BadInput("an unknown command", ("frobnicate",), "--help")
    yield BadInput("no source", ("check",), "two sources")
    yield BadInput("a major that is not supported", check("empty:", "empty:", "--pg-version", "12"), "13")
    yield BadInput("an unknown name of a source", check("@nobody", "empty:"), "@nobody")


def unreadable(home: Path) -> Iterator[BadInput]:
    path = _write(home / "locked" / "0001_a.sql", b"CREATE TABLE a (i int);\n")
    path.chmod(0)
    closed = home / "closed"
    closed.mkdir()
    _write(closed / "0001_a.sql", b"CREATE TABLE a (i int);\n")
    closed.chmod(0)
    yield BadInput("an unreadable file", check(str(home / "locked"), "empty:"), "0001_a.sql.*[Pp]ermission", unprivileged=True)
    yield BadInput("an unreadable directory", check(str(closed), "empty:"), "closed.*[Pp]ermission", unprivileged=True)


def deep(home: Path) -> Iterator[BadInput]:
    nested = b"CREATE TABLE a (i int CHECK (" + b"(" * 10_000 + b"i > 0" + b")" * 10_000 + b"));\n"
    path = str(_write(home / "deep" / "0001.sql", nested))
    yield BadInput("10,000 nested parentheses", ("simulate", path), "(nest|deep|complex|stack)")
    yield BadInput("10,000 nested parentheses in a diff", ("diff", "empty:", path), "(nest|deep|complex|stack)")


@contextmanager
def answering(reply: bytes) -> Iterator[int]:
    """Something on a port that is no PostgreSQL: answers every connection with `reply`."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.recv(1024)
                    connection.sendall(reply)
                except OSError:
                    pass

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def old_server(version: bytes) -> bytes:
    """What a server of that version sends a client that needs no password, as far as it has to go."""
    def message(kind: bytes, body: bytes) -> bytes:
        return kind + (len(body) + 4).to_bytes(4, "big") + body
    def parameter(name: bytes, value: bytes) -> bytes:
        return message(b"S", name + b"\0" + value + b"\0")
    return (message(b"R", (0).to_bytes(4, "big")) + parameter(b"server_version", version)
            + parameter(b"server_encoding", b"UTF8") + parameter(b"client_encoding", b"UTF8")
            + parameter(b"standard_conforming_strings", b"on")
            + message(b"K", bytes(8)) + message(b"Z", b"I"))


def live(guarded: secure.Guarded, no_connect: str, foreign: int, old: int) -> Iterator[BadInput]:
    role, port = guarded.role, guarded.role.port
    def url(database: str = "postgres", user: str = "guarded", password: str = SECRET, **parameters: str) -> str:
        query = "".join(f"{'&' if i else '?'}{k}={v}" for i, (k, v) in enumerate(parameters.items()))
        return f"postgres://{user}:{password}@127.0.0.1:{port}/{database}{query}"
    free = process.free_port()
    yield BadInput("an unreachable host", check("empty:", f"postgres://u:{SECRET}@127.0.0.1:{free}/db"), f"{free}.*(refused|reach|connect)")
    yield BadInput("a host name that does not exist", check("empty:", f"postgres://u:{SECRET}@no-such-host.invalid/db"), "no-such-host")
    yield BadInput("a wrong password", check("empty:", url()), "(?i)password")
    yield BadInput("a missing database", check("empty:", role.url("no_such_database")), "no_such_database")
    yield BadInput("TLS demanded and not offered", check("empty:", url(sslmode="require")), "(?i)(ssl|tls)")
    yield BadInput("a role without CONNECT", check("empty:", role.url(no_connect)), "(?i)(connect|permission)")
    yield BadInput("something that is no PostgreSQL", check("empty:", f"postgres://u:{SECRET}@127.0.0.1:{foreign}/db?sslmode=disable"), ".")
    yield BadInput("a server older than 13", check("empty:", f"postgres://u:{SECRET}@127.0.0.1:{old}/db?sslmode=disable"), "(12|13)")
    yield BadInput("a URL that libpq can't read", check("empty:", f"postgres://u:{SECRET}@[::1/db"), ".")
    yield BadInput("an unknown keyword", check("empty:", f"host=127.0.0.1 password={SECRET} frob=1"), "connection string")


def perform(program: Program, case: BadInput) -> Outcome:
    """Root reads everything: where rights matter, the program runs as nobody."""
    if case.unprivileged and os.geteuid() == 0:
        return run(["setpriv", "--reuid=nobody", "--clear-groups", str(program.path), *case.arguments], case.stdin)
    return program.run(*case.arguments, stdin=case.stdin)


def complaints(case: BadInput, outcome: Outcome, secrets: list[str]) -> list[str]:
    """What is wrong with the program's answer; empty where nothing is."""
    found = []
    lines = outcome.stderr.splitlines()
    if outcome.status != 1:
        found.append(f"status {outcome.status}")
    if any(word in outcome.stdout for word in (b"in sync", b"in_sync", b"drift", b"pending")):
        found.append(f"stdout: {outcome.stdout[:80]!r}")
    if len(lines) != 1:
        found.append(f"{len(lines)} lines on stderr")
    if not re.search(case.says, outcome.stderr, re.DOTALL):
        found.append(f"nothing like /{case.says}/")
    if any(secret.encode() in outcome.stdout or secret in outcome.stderr for secret in secrets):
        found.append("a password shows")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.inputs", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", "--verbose", action="store_true", help="show what the program says to each")
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="pgplumb-inputs-") as scratch, secure.guarded_server(tls=False) as guarded, \
            answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as foreign, answering(old_server(b"12.22")) as old:
        guarded.superuser.execute("CREATE DATABASE closed")
        guarded.superuser.execute("REVOKE CONNECT ON DATABASE closed FROM PUBLIC")
        Path(scratch).chmod(0o755)
        secrets = [SECRET, str(guarded.role.password)]
        groups: list[Callable[[Path], Iterator[BadInput]]] = [directories, files, unreadable, deep]
        cases = [case for group in groups for case in group(Path(scratch))]
        cases += live(guarded, "closed", foreign, old)
        for case in cases:
            outcome = perform(program, case)
            wrong = complaints(case, outcome, secrets)
            passed += not wrong
            failed += bool(wrong)
            if wrong or options.verbose:
                print(f"{'FAILED' if wrong else 'ok    '} {case.name}: {'; '.join(wrong)}\n       {outcome.stderr.strip()[:300]}")
    print(f"inputs: {passed}/{passed + failed} refused as they must be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
