"""The schemas that the oracles work on: public packages, and our own migration histories."""
from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.pg import layouts, psql, sources
from tests.pg.server import Server


class Case(Protocol):
    """Something that can be built on a real server, and named to the program."""

    @property
    def name(self) -> str: ...
    @property
    def expected(self) -> str: ...
    @property
    def options(self) -> tuple[str, ...]: ...
    def build(self, server: Server, database: str) -> None: ...


@dataclass(frozen=True)
class PackageCase:
    source: sources.Source

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def expected(self) -> str:
        return str(sources.prepared(self.source))

    @property
    def options(self) -> tuple[str, ...]:
        return ("--layout", "plain")

    def build(self, server: Server, database: str) -> None:
        sources.load(self.source, server, database)


@dataclass(frozen=True)
class HistoryCase:
    """A migration history; with `count`, the database stands at that migration while the directory holds all."""

    history: layouts.History
    count: int | None = None

    @property
    def name(self) -> str:
        stem = f"{self.history.layout.name}/{self.history.name}"
        return stem if self.count is None else f"{stem}@{self.count}"

    @property
    def expected(self) -> str:
        return str(self.history.directory)

    @property
    def options(self) -> tuple[str, ...]:
        return ()

    def build(self, server: Server, database: str) -> None:
        layouts.apply(self.history, server, database, self.count)


@dataclass(frozen=True)
class DirectoryCase:
    """A directory of plain SQL files."""

    directory: Path

    @property
    def name(self) -> str:
        return self.directory.name

    @property
    def expected(self) -> str:
        return str(self.directory)

    @property
    def options(self) -> tuple[str, ...]:
        return ("--layout", "plain")

    def build(self, server: Server, database: str) -> None:
        psql.apply_files(server, database, sorted(self.directory.glob("*.sql")))


@dataclass(frozen=True)
class RestoredCase:
    """A source whose database is a restored dump, as branches often are: what is printed was once read back. The dump is of
    the same server, or of an older one that the branch was upgraded from."""

    original: Case
    origin: Server | None = None

    @property
    def name(self) -> str:
        return f"{self.original.name} restored" + (f" from {self.origin.major}" if self.origin else "")

    @property
    def expected(self) -> str:
        return self.original.expected

    @property
    def options(self) -> tuple[str, ...]:
        return self.original.options

    def build(self, server: Server, database: str) -> None:
        source = self.origin or server
        with source.database("dumped") as origin:
            self.original.build(source, origin)
            psql.dump_and_restore(source, origin, database, server)


def all_cases() -> list[Case]:
    return [*(HistoryCase(h) for h in layouts.histories()), *(PackageCase(s) for s in sources.table())]


def select(names: list[str] | None) -> list[Case]:
    known = {case.name: case for case in all_cases()}
    unknown = sorted(set(names or []) - known.keys())
    if unknown:
        raise SystemExit(f"unknown source {', '.join(unknown)}: choose from {', '.join(known)}")
    return [known[name] for name in names] if names else list(known.values())


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", action="append", metavar="NAME", help="only this source; may be given several times")


