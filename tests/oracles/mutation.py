"""Mutation: plant one random change at a time on a copy of a synced database; the program must name exactly that object.

  python3 -m tests.oracles.mutation                        a sample: a dozen plants a source and major
  python3 -m tests.oracles.mutation --full                 every kind of change on every source
  python3 -m tests.oracles.mutation --source kea --kind 'index: order' -v

A report must say drift and name the planted object. Everything else that it names must really have changed, by an inventory
of pg_catalog taken before and after. The exit status is 0 when nothing was missed and nothing wrongly named.
"""
from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.oracles import cases
from tests.oracles.identity import key_of
from tests.oracles.inventory import Key, ancestors
from tests.oracles.mutations import MUTATIONS, OWNER, Mutation
from tests.oracles.planting import UNLISTED, Field, Planted
from tests.oracles.program import DRIFT, IN_SYNC, UNDECIDED, BadReport, Change, Program, Report, find_program
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

SAMPLE = ["prisma/bookshop", "drizzle/helpdesk", "flyway/ledger", "golang_migrate/sensors", "zabbix", "kea", "icingadb",
          "icingaweb2-director", "graphile-worker", "logto"]


@dataclass
class Finding:
    """What the program made of one plant."""

    where: str
    planted: Planted
    verdict: str = "failed"
    named: bool = False
    wrong: list[Change] = field(default_factory=list)
    unmentioned: list[Key] = field(default_factory=list)
    error: str = ""

    @property
    def found(self) -> bool:
        return self.verdict in (DRIFT, UNDECIDED if self.planted.target[0] in UNLISTED else DRIFT) and self.named


@dataclass
class Tally:
    """All findings of a run, and what could not be tried."""

    findings: list[Finding] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    per_kind: Counter[str] = field(default_factory=Counter)


def judge(report: Report, planted: Planted, where: str) -> Finding:
    """Hold a report against what really changed."""
    finding = Finding(where, planted, report.verdict)
    reported = {key_of(change): change for change in report.changes}
    owned = {path for kind, path in planted.changed if kind == "owner"}
    finding.wrong = [change for key, change in reported.items() if key not in planted.changed and key[1] not in owned]
    finding.named = _is_named(planted.target, reported) or _noticed_at_least(report, planted)
    whole = {key for key, change in reported.items() if change.change in ("missing", "unexpected")}
    for key in planted.changed:
        explains = ancestors(key, planted.changed)
        if not (_is_named(key, reported) or explains & whole or any(len(other[1]) >= len(key[1]) for other in explains & reported.keys())):
            finding.unmentioned.append(key)
    return finding


def _is_named(key: Key, reported: dict[Key, Change]) -> bool:
    """An owner is no object: it is the object owned that a report names."""
    if key[0] == "owner":
        return any(path == key[1] and kind != "grant" for kind, path in reported)
    return key in reported


def _noticed_at_least(report: Report, planted: Planted) -> bool:
    """Of kinds that the program may not model, it must say that there is one, by name, and not call the database in sync."""
    kind, path = planted.target
    return kind in UNLISTED and report.verdict == UNDECIDED and path[-1] in json.dumps(report.document)


def examine(program: Program, place: Field, expected: str, mutation: Mutation, where: str) -> Finding | None:
    """One plant and its check; None where this kind of change cannot be made here."""
    with place.planted(mutation) as planted:
        if planted is None:
            return None
        try:
            report = program.check(expected, place.server.url(planted.database), *mutation.options)
            return judge(report, planted, where)
        except (BadReport, ValueError) as error:
            return Finding(where, planted, error=str(error))


def expected_side(program: Program, case: cases.Case, server: Server, database: str, scratch: Path) -> tuple[str, str]:
    """A snapshot that the untouched database is in sync with: of the migrations, or else of the database itself.

    Returns its path, and a remark when it had to be the latter.
    """
    url = server.url(database)
    remark = ""
    for source, options in ((case.expected, (*case.options, "--pg-version", str(server.major))), (url, ())):
        path = scratch / f"{case.name.replace('/', '_')}-{server.major}-{'live' if source == url else 'files'}.json"
        try:
            program.snapshot(source, path, *options)
            report = program.check(str(path), url)
        except BadReport as error:
            remark = remark or str(error)
            continue
        if report.verdict == IN_SYNC:
            return str(path), remark
        remark = remark or f"verdict {report.verdict} before anything was planted"
    raise BadReport(f"no snapshot that the untouched database is in sync with: {remark}")


def plant_on(program: Program, case: cases.Case, server: Server, options: argparse.Namespace, tally: Tally,
             workers: ThreadPoolExecutor) -> None:
    """All plants of one source on one major."""
    where = f"{case.name} on {server.major}"
    with server.database("mutation") as database, tempfile.TemporaryDirectory() as scratch:
        server.ensure_role(OWNER)
        case.build(server, database)
        try:
            expected, remark = expected_side(program, case, server, database, Path(scratch))
        except BadReport as error:
            tally.broken.append(f"{where}: {error}")
            print(f"{where}: {error}", flush=True)
            return
        if remark:
            print(f"{where}: expected side is a snapshot of the database, since with the files: {' '.join(remark.split())[:200]}")
        place = Field(server, database, options.seed)
        results = _run_until(program, place, expected, _order(options, tally), where, options, workers)
    for finding in results:
        tally.findings.append(finding)
        tally.per_kind[finding.planted.mutation.name] += 1
        describe(finding, options.verbose)
    print(f"{where}: {sum(f.found for f in results)}/{len(results)} found", flush=True)


def _order(options: argparse.Namespace, tally: Tally) -> list[Mutation]:
    """Kinds that were planted least come first, so that a sample covers as many as it can."""
    chosen = [m for m in MUTATIONS if not options.kind or m.name in options.kind]
    shuffled = random.Random(f"{options.seed} {len(tally.findings)}").sample(chosen, len(chosen))
    return sorted(shuffled, key=lambda mutation: tally.per_kind[mutation.name])


def _run_until(program: Program, place: Field, expected: str, mutations: list[Mutation], where: str,
               options: argparse.Namespace, workers: ThreadPoolExecutor) -> list[Finding]:
    """Plant kind after kind, several at a time, until there are as many findings as wanted."""
    wanted = len(mutations) if options.full else options.plants
    findings: list[Finding] = []
    waiting = list(mutations)
    while waiting and len(findings) < wanted:
        batch = [waiting.pop(0) for _ in range(min(len(waiting), wanted - len(findings)))]
        done = workers.map(lambda mutation: examine(program, place, expected, mutation, where), batch)
        findings += [finding for finding in done if finding is not None]
    return findings


def describe(finding: Finding, verbose: bool) -> None:
    if finding.found and not finding.wrong and not (verbose and finding.unmentioned):
        return
    kind, path = finding.planted.target
    state = "found" if finding.found else "MISSED" if finding.verdict == IN_SYNC else f"NOT NAMED, {finding.verdict}"
    print(f"  {state}: {finding.planted.mutation.name} at {kind} {'.'.join(path)} ({finding.where})")
    print(f"      {' '.join(finding.planted.sql.split())[:240]}")
    if finding.error:
        print(f"      {finding.error[:300]}")
    for change in finding.wrong:
        fields = "; ".join(f"{f.field}: {f.expected!r} → {f.actual!r}" for f in change.fields)
        print(f"      wrongly named: {change} {fields[:300]}")
    for key in finding.unmentioned if verbose else ():
        print(f"      changed too, not mentioned: {key[0]} {'.'.join(key[1])}")


def closing_line(tally: Tally) -> str:
    found = sum(finding.found for finding in tally.findings)
    wrong = sum(len(finding.wrong) for finding in tally.findings)
    broken = f"; {len(tally.broken)} sources could not be tried" if tally.broken else ""
    return (f"mutation: {found}/{len(tally.findings)} planted changes found over {len(tally.per_kind)} kinds; "
            f"{wrong} wrong objects named{broken}")


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.oracles.mutation", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 18])
    parser.add_argument("--plants", type=int, default=12, help="changes for each source and major (default 12)")
    parser.add_argument("--full", action="store_true", help="every kind on every source")
    parser.add_argument("--kind", action="append", help="only this kind of change; may be given several times")
    parser.add_argument("--list-kinds", action="store_true", help="print the kinds of change and leave")
    parser.add_argument("--seed", type=int, default=1, help="another seed plants elsewhere")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("-v", "--verbose", action="store_true")
    cases.add_options(parser)
    options = parser.parse_args()
    if options.list_kinds:
        print("\n".join(mutation.name for mutation in MUTATIONS))
        raise SystemExit(0)
    return options


def main() -> int:
    options = parse_options()
    end_on_termination()
    program = Program(find_program())
    chosen = cases.select(options.source or (None if options.full else SAMPLE))
    tally = Tally()
    with pool.servers(options.majors) as servers, ThreadPoolExecutor(options.jobs) as workers:
        for case in chosen:
            for server in servers.values():
                plant_on(program, case, server, options, tally, workers)
    never = [m.name for m in MUTATIONS if not tally.per_kind[m.name]] if options.full else []
    if never:
        print(f"no source here has anything for: {', '.join(never)}")
    print(closing_line(tally))
    good = tally.findings and not tally.broken and all(f.found and not f.wrong for f in tally.findings)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
