"""Planting one change on a copy of a database, and knowing exactly what it changed."""
from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg2
import psycopg2.extras

from tests.oracles import inventory
from tests.oracles.inventory import Entry, Inventory, Key
from tests.oracles.mutations import Mutation
from tests.pg.server import Server

# Kinds that the inventory does not hold; for them only the planted object itself is known.
UNLISTED = {"collation", "foreign_data_wrapper", "text_search_configuration"}
ATTEMPTS = 8


@dataclass(frozen=True)
class Planted:
    """A change that took: the database that has it, what was aimed at, and all that it changed."""

    mutation: Mutation
    sql: str
    database: str
    target: Key
    changed: dict[Key, Entry]


class Field:
    """One synced database, to be copied and changed over and over. The candidates of each kind are looked up once."""

    def __init__(self, server: Server, database: str, seed: int) -> None:
        self.server = server
        self.database = database
        self._before: dict[bool, Inventory] = {}
        self._random = random.Random(seed)
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def before(self, privileges: bool) -> Inventory:
        if privileges not in self._before:
            self._before[privileges] = inventory.take(self.server, self.database, privileges)
        return self._before[privileges]

    def candidates(self, mutation: Mutation) -> list[dict[str, Any]]:
        """Some rows to try, in random order. An empty list: this database has nothing for this kind."""
        query = f"SELECT * FROM ({mutation.rows}) candidate WHERE {mutation.where}"
        if query not in self._rows:
            with contextlib.closing(self.server.connect(self.database)) as connection, \
                    connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
                # names then print with their schema, whatever the plant's session has
                cursor.execute("SET search_path = pg_catalog")
                cursor.execute(query)
                self._rows[query] = sorted(cursor.fetchall(), key=lambda row: list(row["path"]))
        rows = self._rows[query]
        return self._random.sample(rows, min(len(rows), ATTEMPTS))

    def _attempts(self, mutation: Mutation) -> list[tuple[dict[str, Any], str]]:
        """Rows to try with the SQL for each; none where the server is too old for this kind."""
        rows = self.candidates(mutation) if self.server.major >= mutation.since else []
        return [(row, sql.format(**row)) for row in rows for sql in self._random.sample(mutation.sql, len(mutation.sql))]

    @contextlib.contextmanager
    def planted(self, mutation: Mutation) -> Iterator[Planted | None]:
        """A copy with one change of this kind, or None where none can be made here."""
        attempts = self._attempts(mutation)
        if not attempts:
            yield None
            return
        with self.server.database("plant", self.database) as copy:
            yield self._first_that_takes(mutation, copy, attempts)

    def plant_on(self, mutation: Mutation, database: str) -> bool:
        """Add one change of this kind to a database that may have others already; False where none can be made."""
        return any(_execute(self.server, database, sql) for _, sql in self._attempts(mutation))

    def _first_that_takes(self, mutation: Mutation, copy: str, attempts: list[tuple[dict[str, Any], str]]) -> Planted | None:
        privileges = bool(mutation.options)
        for row, sql in attempts:
            if not _execute(self.server, copy, sql):
                continue
            target = mutation.target(row)
            changed = inventory.take(self.server, copy, privileges).changed_from(self.before(privileges))
            if target[0] in UNLISTED:
                changed = {target: Entry("", None)}
            if not changed:  # the object was like that already
                continue
            if target not in changed:
                raise RuntimeError(f"the plant '{mutation.name}' did not change its target {target}: {sql}")
            return Planted(mutation, sql, copy, target, changed)
        return None


def _execute(server: Server, database: str, sql: str) -> bool:
    """Run a plant as one transaction; False where the server refuses it, for example because other objects depend on it."""
    with contextlib.closing(server.connect(database)) as connection, connection.cursor() as cursor:
        connection.autocommit = False
        try:
            cursor.execute(sql)
            connection.commit()
        except psycopg2.Error:
            return False
    return True
