"""What reading the catalogs costs by itself: the program's own queries, as the server logged them, run again by libpq alone."""
from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable

import psycopg2

from tests.bench.measure import Contender, MeasurementFailed
from tests.pg.cluster import Cluster
from tests.pg.server import quote_identifier

# A server that writes its log as JSON lines, so that statements of many lines can be read back.
LOG_SETTINGS = {"logging_collector": "on", "log_destination": "jsonlog", "log_directory": "log", "log_filename": "bench.log"}

_LOGGED = re.compile(r"(?:statement|execute [^:]*): (.*)", re.DOTALL)


def recorded(cluster: Cluster, database: str, action: Callable[[], object]) -> list[str]:
    """The SELECTs that `action` sends to the database."""
    log = cluster.data / "log" / "bench.json"
    start = log.stat().st_size if log.exists() else 0
    cluster.server.execute(f"ALTER DATABASE {quote_identifier(database)} SET log_statement = 'all'")
    try:
        action()
    finally:
        cluster.server.execute(f"ALTER DATABASE {quote_identifier(database)} RESET log_statement")
    queries = []
    with open(log, encoding="utf-8") as lines:
        lines.seek(start)
        for line in lines:
            entry = json.loads(line)
            found = _LOGGED.match(entry.get("message", ""))
            if found and entry.get("dbname") == database and found[1].lstrip().upper().startswith(("SELECT", "WITH")):
                queries.append(found[1].strip().rstrip(";"))
    return queries


def replayed(cluster: Cluster, database: str, queries: list[str]) -> Contender:
    """The same queries on one connection, their rows thrown away as they come."""
    with contextlib.closing(cluster.server.connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute("SET search_path = pg_catalog; SET jit = off")
        usable = [query for query in queries if _can_be_copied(cursor, query)]
    if not usable:
        raise MeasurementFailed("none of the program's queries can be run again")

    def once() -> float:
        started = time.monotonic()
        with contextlib.closing(cluster.server.connect(database)) as connection, connection.cursor() as cursor, \
                open(os.devnull, "w", encoding="utf-8") as nowhere:
            cursor.execute("SET search_path = pg_catalog; SET jit = off")
            for query in usable:
                cursor.copy_expert(f"COPY ({query}) TO STDOUT", nowhere)
        return time.monotonic() - started
    return Contender(f"the same {len(usable)} queries, bare", once)


def _can_be_copied(cursor: psycopg2.extensions.cursor, query: str) -> bool:
    """False for what has parameters, or is no query after all."""
    try:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            cursor.copy_expert(f"COPY ({query}) TO STDOUT", nowhere)
    except psycopg2.Error:
        return False
    return True
