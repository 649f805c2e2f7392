"""Benchmark: the program beside what else does such work, in one run, as ratios of medians.

  python3 -m tests.bench.bench                     schemas of 100, 1,000 and 10,000 tables
  python3 -m tests.bench.bench --tables 1000 --rounds 9
  python3 -m tests.bench.bench --tables 1000 --write schema.sql    only writes the schema

The database is one that has settled: vacuumed and analysed, as autovacuum leaves it. A shadow database is timed at its
cheapest: on a server that runs already, one that is made, given the schema, dumped, and dropped.
Also what the analysis of expressions and queries and the printing of their texts cost, to the parse of the whole, by the
program's own clock. What it does beyond the parse in all, tables and indexes too, is `simulate : its own parse only` less one.

A ratio below 1 means that the program is the faster. Timings decide no test; the exit status is 1 only when something could
not be measured, for example because the check was not in sync.
"""
from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import schema
from tests.bench.catalog_queries import LOG_SETTINGS, recorded, replayed
from tests.bench.measure import Contender, MeasurementFailed, command, medians, peak_mib, raw_parse
from tests.oracles.program import find_program, run
from tests.pg import psql
from tests.pg.binaries import DEBIAN_MAJOR, bin_dir
from tests.pg.cluster import Cluster, running
from tests.pg.options import end_on_termination


TIMINGS = re.compile(r"parse ([0-9.]+) ms, analysis ([0-9.]+) ms, printing ([0-9.]+) ms")


@dataclass
class Size:
    """One schema: its file, and the database that holds it."""

    tables: int
    file: Path
    database: str
    figures: list[str] = field(default_factory=list)
    failed: bool = False


def write_schema(tables: int, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(schema.statements(tables)) + "\n", encoding="utf-8")


def compare(size: Size, label: str, ours: Contender, other: Contender, rounds: int) -> None:
    """Time two contenders, and print a line."""
    try:
        mine, theirs = medians([ours, other], rounds)
    except MeasurementFailed as error:
        size.failed = True
        print(f"  {label:34} not measured: {' '.join(str(error).split())}", flush=True)
        return
    print(f"  {label:34} {mine * 1000:9.1f} ms   {theirs * 1000:9.1f} ms   ratio {mine / theirs:5.2f}", flush=True)
    size.figures.append(f"{label} {mine / theirs:.2f}")


def _offers_parse_only(program: str) -> bool:
    return b"--parse-only" in run([program, "simulate", "--help"]).stdout


def compare_parsing(program: str, size: Size, rounds: int) -> None:
    simulate = command("simulate", [program, "simulate", str(size.file)])
    if _offers_parse_only(program):
        compare(size, "simulate : its own parse only", simulate,
                command("parse only", [program, "simulate", "--parse-only", str(size.file)]), rounds)
    else:
        print("  simulate : its own parse only      skipped: the program has no --parse-only")
    bare = raw_parse(size.file)
    if bare is None:
        print("  simulate : pg_query_parse          skipped: no shared libpg_query here")
    else:
        compare(size, "simulate : pg_query_parse", simulate, bare, rounds)


def compare_analysis(program: str, size: Size, rounds: int) -> None:
    """What the analysis and the printing of expressions and queries take, to what the parse of the whole takes."""
    runs = []
    for _ in range(rounds):
        result = run([program, "simulate", "--timings", str(size.file)])
        found = TIMINGS.search(result.stdout.decode())
        if not found:
            size.failed = True
            print(f"  analysis : parse                   not measured: {' '.join(result.stderr.decode().split())[:200]}", flush=True)
            return
        runs.append([float(figure) for figure in found.groups()])
    parse, analysis, printing = (statistics.median(figures) for figures in zip(*runs))
    for name, figure in (("analysis", analysis), ("printing", printing)):
        print(f"  {name + ' : parse':34} {figure:9.1f} ms   {parse:9.1f} ms   ratio {figure / parse:5.2f}", flush=True)
        size.figures.append(f"{name} : parse {figure / parse:.2f}")


def compare_views(program: str, views: int, scratch: Path, rounds: int) -> Size:
    size = Size(0, scratch / "views" / "0001_schema.sql", "")
    size.file.parent.mkdir(parents=True, exist_ok=True)
    size.file.write_text("\n".join(schema.view_statements(views)) + "\n", encoding="utf-8")
    print(f"{views} views, {size.file.stat().st_size / 1e6:.2f} MB of SQL, medians of {rounds}:", flush=True)
    compare_analysis(program, size, rounds)
    return size


def shadow_database(cluster: Cluster, size: Size, dump: Contender) -> Contender:
    """What a check by replay takes at least: a scratch database with the schema, and a dump of either side."""
    def once() -> float:
        started = time.monotonic()
        with cluster.server.database("shadow") as scratch:
            psql.apply_file(cluster.server, scratch, size.file)
            dump.run()
            dump.run()
        return time.monotonic() - started
    return Contender("shadow database", once)


def compare_introspection(program: str, size: Size, cluster: Cluster, rounds: int) -> None:
    url = cluster.server.url(size.database)
    snapshot = command("snapshot", [program, "snapshot", url])
    try:
        queries = recorded(cluster, size.database, snapshot.run)
        bare = replayed(cluster, size.database, queries)
    except MeasurementFailed as error:
        size.failed = True
        print(f"  snapshot : the same queries, bare  not measured: {' '.join(str(error).split())}")
        return
    compare(size, "snapshot : the same queries, bare", snapshot, bare, rounds)


def measure(program: str, size: Size, cluster: Cluster, rounds: int) -> None:
    url = cluster.server.url(size.database)
    check = [program, "check", str(size.file), url]
    dump = [str(bin_dir(DEBIAN_MAJOR) / "pg_dump"), "-s", "-d", url, "-f", "/dev/null"]
    print(f"{size.tables} tables, {size.file.stat().st_size / 1e6:.2f} MB of SQL, medians of {rounds}:", flush=True)
    ours, dumped = command("check", check), command("pg_dump", dump)
    compare(size, "check : pg_dump -s", ours, dumped, rounds)
    compare(size, "check : shadow database", ours, shadow_database(cluster, size, dumped), min(rounds, 3))
    compare_parsing(program, size, rounds)
    if _offers_parse_only(program):
        compare_analysis(program, size, rounds)
    compare_introspection(program, size, cluster, rounds)
    memory = peak_mib(check)
    print(f"  peak memory of check {memory:.0f} MiB, of pg_dump -s {peak_mib(dump):.0f} MiB")
    size.figures.append(f"peak {memory:.0f} MiB")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.bench.bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, action="append", help="size of a schema; may be given several times")
    parser.add_argument("--views", type=int, default=300, help="views of the schema that has them (default 300)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each (default 5; 3 from 5,000 tables on)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the schema to a file and leave")
    options = parser.parse_args()
    sizes = options.tables or [100, 1000, 10000]
    if options.write:
        write_schema(sizes[0], options.write)
        return 0
    end_on_termination()
    program = str(find_program())
    results = []
    with tempfile.TemporaryDirectory() as scratch, running(Cluster(DEBIAN_MAJOR, LOG_SETTINGS)) as cluster:
        for tables in sizes:
            size = Size(tables, Path(scratch) / str(tables) / "0001_schema.sql", f"bench{tables}")
            write_schema(tables, size.file)
            cluster.server.create_database(size.database)
            psql.apply_file(cluster.server, size.database, size.file)
            cluster.server.execute("VACUUM ANALYZE", size.database)
            measure(program, size, cluster, min(options.rounds, 3) if tables >= 5000 else options.rounds)
            cluster.server.drop_database(size.database)
            results.append(size)
        views = compare_views(program, options.views, Path(scratch), options.rounds)
    print("bench: " + "; ".join(f"{size.tables} tables: {', '.join(size.figures)}" for size in results)
          + f"; {options.views} views: {', '.join(views.figures)}")
    return 1 if views.failed or any(size.failed for size in results) else 0


if __name__ == "__main__":
    sys.exit(main())
