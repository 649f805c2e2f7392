"""A running PostgreSQL server: its URL, and what tests do with its databases."""
from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import psycopg2
import psycopg2.extensions

_serial = itertools.count(1)


def fresh_name(stem: str) -> str:
    """A database name that no other run on the same server uses."""
    return f"{stem}_{os.getpid()}_{next(_serial)}"


def quote_identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@dataclass
class Server:
    """Where a server of some major listens, and the superuser that the tests use."""

    major: int
    port: int
    host: str = "127.0.0.1"
    user: str = "postgres"
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_url(cls, major: int, url: str) -> Server:
        parts = urlsplit(url)
        password = unquote(parts.password) if parts.password else None
        return cls(major, parts.port or 5432, parts.hostname or "127.0.0.1", unquote(parts.username or "postgres"), password)

    def url(self, database: str = "postgres", **parameters: str) -> str:
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in parameters.items())
        base = f"postgres://{quote(self.user, safe='')}{secret}@{self.host}:{self.port}/{quote(database, safe='')}"
        return f"{base}?{query}" if query else base

    def connect(self, database: str = "postgres") -> psycopg2.extensions.connection:
        connection = psycopg2.connect(self.url(database, application_name="pgplumb-tests"))
        connection.autocommit = True
        return connection

    def execute(self, sql: str, database: str = "postgres") -> None:
        with contextlib.closing(self.connect(database)) as connection, connection.cursor() as cursor:
            cursor.execute(sql)

    def query(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        with contextlib.closing(self.connect(database)) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def ensure_role(self, name: str) -> None:
        if not self.query(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):
            self.execute(f"CREATE ROLE {quote_identifier(name)} NOLOGIN")

    def create_database(self, name: str, template: str = "template0") -> None:
        self.execute(f"CREATE DATABASE {quote_identifier(name)} TEMPLATE {quote_identifier(template)}")

    def drop_database(self, name: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {quote_identifier(name)} WITH (FORCE)")

    @contextlib.contextmanager
    def database(self, stem: str = "t", template: str = "template0") -> Iterator[str]:
        """A database of its own for the time of the `with` block; yields its name."""
        name = fresh_name(stem)
        self.create_database(name, template)
        try:
            yield name
        finally:
            self.drop_database(name)
