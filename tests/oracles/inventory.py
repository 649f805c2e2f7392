"""The objects of a database with all that counts of them, and what changed between two such inventories."""
from __future__ import annotations

import contextlib
from dataclasses import dataclass

from tests.oracles.inventory_privileges import PRIVILEGE_QUERIES
from tests.oracles.inventory_queries import QUERIES
from tests.pg.server import Server

Path = tuple[str, ...]
Key = tuple[str, Path]  # kind word and path


@dataclass(frozen=True)
class Entry:
    definition: str
    belongs_to: Key | None


@dataclass(frozen=True)
class Inventory:
    entries: dict[Key, Entry]

    def changed_from(self, before: Inventory) -> dict[Key, Entry]:
        """The entries that are new, gone, or defined otherwise; the newer entry where there is one."""
        differing = {key for key in before.entries.keys() | self.entries.keys()
                     if _definition(before.entries.get(key)) != _definition(self.entries.get(key))}
        return {key: self.entries.get(key) or before.entries[key] for key in differing}


def _definition(entry: Entry | None) -> str | None:
    return entry.definition if entry else None


def take(server: Server, database: str, privileges: bool = False) -> Inventory:
    """Read a database; with `privileges`, owners and grants as well, as entries of kinds `owner` and `grant`."""
    entries: dict[Key, Entry] = {}
    with contextlib.closing(server.connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute("SET search_path = pg_catalog")
        for query in (*QUERIES, *(PRIVILEGE_QUERIES if privileges else ())):
            cursor.execute(query(server.major))
            for kind, path, definition, owner_kind, owner_path in cursor.fetchall():
                owner = (owner_kind, tuple(owner_path)) if owner_kind else None
                entries[kind, tuple(path)] = Entry(definition, owner)
    return Inventory(entries)


def ancestors(key: Key, changed: dict[Key, Entry]) -> set[Key]:
    """All that explains a changed entry: what it belongs to, and what contains it, in turn."""
    found: set[Key] = set()
    waiting = [key]
    while waiting:
        kind, path = waiting.pop()
        entry = changed.get((kind, path))
        upward = [k for k in changed if len(k[1]) < len(path) and k[1] == path[: len(k[1])] and k[0] != "index"]
        for other in upward + ([entry.belongs_to] if entry and entry.belongs_to else []):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
