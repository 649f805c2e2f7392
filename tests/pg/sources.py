"""Real schemas from public packages, as directories of numbered SQL files that psql and pgplumb can both run.

The table of packages is tests/oracles/sources.json. Each source becomes a plain directory in the cache: 0000_prerequisites.sql
where the package expects something to exist, then its files in the order in which its own installer runs them.

  python3 -m tests.pg.sources --majors 13,18     loads every source on these majors and counts its tables
"""
from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.pg import pool, psql
from tests.pg.cache import cache_dir, exclusive
from tests.pg.options import parse_majors
from tests.pg.packages import PackageUnavailable, unpacked
from tests.pg.server import Server

TABLE = Path(__file__).resolve().parent.parent / "oracles" / "sources.json"


@dataclass(frozen=True)
class Source:
    """One line of the table; `files` are regular expressions that match whole paths below `root`."""

    name: str
    registry: str
    package: str
    root: str
    files: list[str]
    order: str = "listed"
    first: int | None = None
    prerequisites: str = ""
    roles: list[str] = field(default_factory=list)
    one_transaction_per_file: bool = False
    substitute: dict[str, str] = field(default_factory=dict)
    after_each: dict[str, str] = field(default_factory=dict)

    def fingerprint(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def table() -> list[Source]:
    return [Source(**entry) for entry in json.loads(TABLE.read_text(encoding="utf-8"))["sources"]]


def _natural(text: str) -> list[Any]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]


def _listed(source: Source, root: Path) -> list[Path]:
    """Pattern by pattern, and by natural order of the path within a pattern."""
    present = {str(path.relative_to(root)).removesuffix(".gz"): path for path in root.rglob("*") if path.is_file()}
    chosen: dict[str, Path] = {}
    for pattern in source.files:
        names = [name for name in present if re.fullmatch(pattern, name)]
        if not names:
            raise RuntimeError(f"{source.name}: no file matches {pattern} in {source.package}")
        for name in sorted(names, key=_natural):
            chosen.setdefault(name, present[name])
    return list(chosen.values())


def _init_order(source: Source, root: Path) -> list[Path]:
    """Logto's installer sorts its files by a number in their first line, then by name; those without one come last."""
    def rank(path: Path) -> tuple[float, str]:
        found = re.match(r"/\*\s*init_order\s*=\s*([\d.]+)\s*\*/", path.read_text(encoding="utf-8"))
        return (float(found.group(1)) if found else float("inf"), path.name)
    return sorted(_listed(source, root), key=rank)


def _sqitch(_source: Source, root: Path) -> list[Path]:
    """The changes of a Sqitch plan, in its order."""
    plan, = root.glob("*.plan")
    names = [line.split()[0] for line in plan.read_text(encoding="utf-8").splitlines()
             if line.strip() and not line.startswith(("%", "@", "#"))]
    return [root / "deploy" / f"{name}.sql" for name in names]


ORDERS: dict[str, Callable[[Source, Path], list[Path]]] = {"listed": _listed, "init_order": _init_order, "sqitch": _sqitch}


def _text(path: Path) -> str:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8")


def _ended(sql: str) -> str:
    """The last statement of a file may lack its semicolon, which matters when something is put behind it."""
    return sql.rstrip() + ("\n" if sql.rstrip().endswith(";") else "\n;\n")


def _with_after_each(source: Source, root: Path, path: Path, sql: str) -> str:
    """Logto runs a template (trigger, row security, policies) after each of its table files."""
    rule = source.after_each
    if not rule or rule["unless"] in sql:
        return sql
    return _ended(sql) + _text(root / rule["template"]).replace(rule["variable"], path.stem)


def _write(source: Source, directory: Path) -> None:
    root = unpacked(source.registry, source.package) / source.root
    if source.prerequisites:
        (directory / "0000_prerequisites.sql").write_text(source.prerequisites + "\n", encoding="utf-8")
    paths = ORDERS[source.order](source, root)[: source.first]
    for number, path in enumerate(paths, start=1):
        sql = _with_after_each(source, root, path, _text(path))
        for placeholder, value in source.substitute.items():
            sql = sql.replace(placeholder, value)
        if source.one_transaction_per_file:
            sql = f"BEGIN;\n{_ended(sql)}COMMIT;\n"
        stem = re.sub(r"[^\w.-]+", "_", path.name.removesuffix(".gz").removesuffix(".sql"))
        (directory / f"{number:04}_{stem}.sql").write_text(sql, encoding="utf-8")


def prepared(source: Source) -> Path:
    """The directory with the source's numbered files, made on first use."""
    home = cache_dir() / "sources" / f"{source.name}-{source.fingerprint()}"
    with exclusive(f"source-{source.name}"):
        if not home.exists():
            home.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
                _write(source, Path(scratch))
                Path(scratch).chmod(0o755)
                shutil.copytree(scratch, home)
    return home


def select(names: list[str] | None) -> list[Source]:
    """The sources named, or all; an unknown name is an error that lists the known ones."""
    known = {source.name: source for source in table()}
    unknown = sorted(set(names or []) - known.keys())
    if unknown:
        raise SystemExit(f"unknown source {', '.join(unknown)}: choose from {', '.join(known)}")
    return [known[name] for name in names] if names else list(known.values())


def load(source: Source, server: Server, database: str) -> int:
    """Apply a source to an empty database; return the number of its tables. The roles that it names are the cluster's."""
    for role in source.roles:
        server.ensure_role(role)
    psql.apply_files(server, database, sorted(prepared(source).glob("*.sql")))
    return psql.count_tables(server, database)


def _load_everywhere(sources: list[Source], servers: dict[int, Server]) -> int:
    """Load each source on each major; print a line a source; return the number of failures."""
    failures = 0
    for source in sources:
        counts = []
        for major, server in servers.items():
            try:
                with server.database("source") as database:
                    counts.append(f"{major}: {load(source, server, database)} tables")
            except (psql.SqlFailed, PackageUnavailable) as error:
                failures += 1
                counts.append(f"{major}: FAILED {error}")
        print(f"{source.name:22} {'  '.join(counts)}", flush=True)
    return failures


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.pg.sources", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 17, 18])
    parser.add_argument("--source", action="append", help="only this one; may be given several times")
    options = parser.parse_args()
    chosen = select(options.source)
    with pool.servers(options.majors) as servers:
        failures = _load_everywhere(chosen, servers)
    total = len(chosen) * len(options.majors)
    print(f"sources: {total - failures}/{total} loaded")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
