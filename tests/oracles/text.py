"""Text: every expression and query of a source, as the program prints it, against what a real server prints.

  python3 -m tests.oracles.text                                every source on 13, 15, 17 and 18
  python3 -m tests.oracles.text --majors 15 --source kea -v    shows the texts that differ

Compares the snapshot of the source's files with the snapshot of a database that the files were applied to, object by
object: what either side prints and the other lacks is a difference, too. A text that is not equal is equal after the second
step when `check` finds no change in its field; the rules by which it did are named. Prints equal, equal after the second step
and all by kind and field, and by major. The exit status is 0 when the share that is equal at once is at least --minimum percent
(default 99.5), and all are after the second step.
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
from tests.oracles.program import DRIFT, IN_SYNC, BadReport, Program, Report, find_program
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
    agreed: Counter[str] = field(default_factory=Counter)  # the equal ones, and those of the second step
    rules: Counter[str] = field(default_factory=Counter)
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


def label_of(place: Place) -> str:
    return f"{place[0]}.{place[2].split('[')[0]}"


def compare(result: Result, ours: Path, server: Path) -> None:
    """Compare the texts of the objects that both sides have: a missing object is the affair of the fidelity oracle."""
    printed, known = texts(ours)
    stored, existing = texts(server)
    for place in sorted(printed.keys() | stored.keys()):
        if place[:2] not in known & existing:
            continue
        result.total[label_of(place)] += 1
        if printed.get(place) == stored.get(place):
            result.equal[label_of(place)] += 1
        else:
            result.differences.append(Difference(place, printed.get(place), stored.get(place)))
    result.agreed.update(result.equal)


def take_second_step(result: Result, report: Report) -> None:
    """Count the differences that `check` takes for equal, and by what rules; a report that did not decide takes none."""
    if report.verdict not in (IN_SYNC, DRIFT):
        return
    changed = {(change.kind, change.identity, altered.field) for change in report.changes for altered in change.fields}
    for difference in result.differences:
        kind, identity, name = difference.place
        if (kind, identity, name.split("[")[0]) not in changed:
            result.agreed[label_of(difference.place)] += 1
    result.rules.update(report.document["stats"]["equivalences"])


def examine(program: Program, case: cases.Case, server: Server) -> Result:
    result = Result(case, server.major)
    try:
        with server.database("texts") as database, tempfile.TemporaryDirectory() as folder:
            case.build(server, database)
            ours, live = Path(folder, "ours.json"), Path(folder, "live.json")
            program.snapshot(case.expected, ours, "--pg-version", str(server.major), *case.options)
            program.snapshot(server.url(database), live)
            compare(result, ours, live)
            if result.differences:
                take_second_step(result, program.check(case.expected, server.url(database), *case.options))
    except (BadReport, RuntimeError) as error:
        result.failure = str(error)
    return result


def describe(result: Result, verbose: bool) -> None:
    total, equal = sum(result.total.values()), sum(result.equal.values())
    print(f"{result.case.name:28} {result.major}  {equal}/{total}" + (f"  {result.failure}" if result.failure else ""), flush=True)
    for difference in result.differences if verbose else []:
        kind, identity, name = difference.place
        print(f"    {kind} {identity} {name}\n        ours   {difference.ours}\n        server {difference.server}")


def _table(heading: str, total: Counter[Any], equal: Counter[Any], agreed: Counter[Any]) -> None:
    for label in sorted(total):
        print(f"{heading}{label!s:36} {equal[label]:6}/{total[label]}, {agreed[label]} after the second step")


def share(results: list[Result]) -> float:
    total = sum(sum(result.total.values()) for result in results)
    return 100.0 * sum(sum(result.equal.values()) for result in results) / total if total else 0.0


def complete(results: list[Result]) -> bool:
    return all(result.agreed == result.total for result in results)


def summary(results: list[Result]) -> str:
    by_label: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    by_major: tuple[Counter[int], ...] = (Counter(), Counter(), Counter())
    for result in results:
        for number, counts in enumerate((result.total, result.equal, result.agreed)):
            by_label[number].update(counts)
            by_major[number][result.major] += counts.total()
    _table("", *by_label)
    _table("PostgreSQL ", *by_major)
    failed = sum(bool(result.failure) for result in results)
    rules = sum((result.rules for result in results), Counter())
    named = ", ".join(f"{number} × {rule}" for rule, number in sorted(rules.items()))
    total, equal, agreed = (counts.total() for counts in by_label)
    return (f"text: {equal}/{total} texts equal byte for byte ({share(results):.2f} %); {agreed} after the second step"
            + (f" ({named})" if named else "") + f"; {failed} of {len(results)} runs failed")


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
    good = share(results) >= options.minimum and complete(results) and not any(result.failure for result in results)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
