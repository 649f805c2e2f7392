"""Text: every expression and query of a source, as the program prints it, against what a real server prints.

  python3 -m tests.oracles.text                                every source on 13, 15, 17 and 18
  python3 -m tests.oracles.text --majors 15 --source kea -v    shows the texts that differ

Compares the snapshot of the source's files with the snapshot of a database that the files were applied to, object by
object: what either side prints and the other lacks is a difference, too. Prints equal and all by kind and field, and by major. The exit status is 0 when the share that is equal is at
least --minimum percent (default 99.5).
"""
from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.oracles import cases
from tests.oracles.fields import TEXT_FIELDS, TEXT_MEMBERS
from tests.oracles.program import BadReport, Program, find_program
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

Place = tuple[str, str, str]  # kind, identity, field


@dataclass(frozen=True)
class Difference:
    place: Place
    ours: str | None
    server: str | None


@dataclass
class Result:
    """What came of one source on one major; counts are by kind and field."""

    case: cases.Case
    major: int
    total: Counter[str] = field(default_factory=Counter)
    equal: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    failure: str = ""


def _members(value: Any, member: str) -> Iterator[tuple[int, str]]:
    for number, item in enumerate(value if isinstance(value, list) else [], start=1):
        if isinstance(item, dict) and item.get(member):
            yield number, item[member]


def _of_field(kind: str, name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts in one field, each with a name that tells it from the others of the field."""
    member = TEXT_MEMBERS.get((kind, name))
    if member:
        for number, text in _members(value, member):
            yield f"{name}[{number}]", text
    elif (kind, name) in TEXT_FIELDS and isinstance(value, str):
        yield name, value
    elif (kind, name) in TEXT_FIELDS and isinstance(value, list):
        for number, text in enumerate(value, start=1):
            yield f"{name}[{number}]", text


def texts(snapshot: Path) -> tuple[dict[Place, str], set[tuple[str, str]]]:
    """All texts of a snapshot by place, and the objects that it holds."""
    found: dict[Place, str] = {}
    objects = set()
    for entry in json.loads(snapshot.read_text(encoding="utf-8"))["objects"]:
        kind, identity = entry["kind"], entry["identity"]
        objects.add((kind, identity))
        for name, value in entry["fields"].items():
            for place, text in _of_field(kind, name, value):
                found[kind, identity, place] = text
    return found, objects


def compare(result: Result, ours: Path, server: Path) -> None:
    """Compare the texts of the objects that both sides have: a missing object is the affair of the fidelity oracle."""
    printed, known = texts(ours)
    stored, existing = texts(server)
    for place in sorted(printed.keys() | stored.keys()):
        if place[:2] not in known & existing:
            continue
        label = f"{place[0]}.{place[2].split('[')[0]}"
        result.total[label] += 1
        if printed.get(place) == stored.get(place):
            result.equal[label] += 1
        else:
            result.differences.append(Difference(place, printed.get(place), stored.get(place)))


def examine(program: Program, case: cases.Case, server: Server) -> Result:
    result = Result(case, server.major)
    try:
        with server.database("texts") as database, tempfile.TemporaryDirectory() as folder:
            case.build(server, database)
            ours, live = Path(folder, "ours.json"), Path(folder, "live.json")
            program.snapshot(case.expected, ours, "--pg-version", str(server.major), *case.options)
            program.snapshot(server.url(database), live)
            compare(result, ours, live)
    except (BadReport, RuntimeError) as error:
        result.failure = str(error)
    return result


def describe(result: Result, verbose: bool) -> None:
    total, equal = sum(result.total.values()), sum(result.equal.values())
    print(f"{result.case.name:28} {result.major}  {equal}/{total}" + (f"  {result.failure}" if result.failure else ""), flush=True)
    for difference in result.differences if verbose else []:
        kind, identity, name = difference.place
        print(f"    {kind} {identity} {name}\n        ours   {difference.ours}\n        server {difference.server}")


def _table(heading: str, total: Counter[Any], equal: Counter[Any]) -> None:
    for label in sorted(total):
        print(f"{heading}{label!s:36} {equal[label]:6}/{total[label]}")


def share(results: list[Result]) -> float:
    total = sum(sum(result.total.values()) for result in results)
    return 100.0 * sum(sum(result.equal.values()) for result in results) / total if total else 0.0


def summary(results: list[Result]) -> str:
    by_label: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    by_major: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    for result in results:
        by_label[0].update(result.total)
        by_label[1].update(result.equal)
        by_major[0][result.major] += sum(result.total.values())
        by_major[1][result.major] += sum(result.equal.values())
    _table("", *by_label)
    _table("PostgreSQL ", *by_major)
    failed = sum(bool(result.failure) for result in results)
    return (f"text: {sum(by_label[1].values())}/{sum(by_label[0].values())} texts equal byte for byte "
            f"({share(results):.2f} %); {failed} of {len(results)} runs failed")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.text", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 17, 18])
    parser.add_argument("--jobs", type=int, default=2, help="sources at a time (default 2)")
    parser.add_argument("--minimum", type=float, default=99.5, help="percent that have to be equal")
    parser.add_argument("-v", "--verbose", action="store_true", help="show every difference")
    cases.add_options(parser)
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    results = []
    with pool.servers(options.majors) as servers, ThreadPoolExecutor(options.jobs) as workers:
        running = [workers.submit(examine, program, case, server)
                   for case in cases.select(options.source) for server in servers.values()]
        for future in running:
            results.append(future.result())
            describe(results[-1], options.verbose)
    print(summary(results))
    return 0 if share(results) >= options.minimum and not any(result.failure for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
