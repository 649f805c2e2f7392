"""Proof: let the program write the SQL from one schema to another, run it on a real copy, and see that it arrives.

  python3 -m tests.oracles.proof                           half-way histories forward and back, and mutated databases
  python3 -m tests.oracles.proof --source zabbix --pairs 5 --changes 3 -v

A plan is proven when the program emits it (it has then run it in memory), the server accepts it, a check against the target
is in sync, and our own inventory of the result equals that of the target. The exit status is 0 when all are.
"""
from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.oracles import cases, inventory
from tests.oracles.mutation import SAMPLE
from tests.oracles.mutations import MUTATIONS, OWNER
from tests.oracles.planting import Field
from tests.oracles.program import IN_SYNC, BadReport, Program, find_program
from tests.pg import layouts, pool, psql
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

# Kinds whose plants write the catalogs directly or need more than schema SQL to undo.
NOT_PLANNABLE = {"index: left invalid", "enum: value order", "policy: command", "operator: add", "collation: add",
                 "foreign data wrapper: add", "text search configuration: add"}


@dataclass
class Pair:
    """A database to start from, and one that is how it should become; both live on the same server."""

    name: str
    server: Server
    start: str
    goal: str


@dataclass
class Proof:
    pair: Pair
    state: str  # "proven", or where it failed
    detail: str = ""
    sql: str = ""


def _differences(server: Server, result: str, goal: str) -> list[str]:
    changed = inventory.take(server, result).changed_from(inventory.take(server, goal))
    return [f"{kind} {'.'.join(path)}" for kind, path in sorted(changed)]


def prove(program: Program, pair: Pair, scratch: Path) -> Proof:
    server = pair.server
    target = scratch / f"{pair.goal}.json"
    try:
        program.snapshot(server.url(pair.goal), target)
    except BadReport as error:
        return Proof(pair, "no snapshot of the target", str(error))
    outcome = program.diff(server.url(pair.start), str(target), "--allow", "data_loss")
    sql = outcome.stdout.decode("utf-8", "replace")
    if outcome.status != 0:
        return Proof(pair, "not emitted", f"status {outcome.status}: {outcome.stderr.strip()}", sql)
    plan = scratch / f"{pair.start}.sql"
    plan.write_bytes(outcome.stdout)
    with server.database("proof", pair.start) as copy:
        try:
            psql.apply_file(server, copy, plan)
            report = program.check(str(target), server.url(copy))
        except (psql.SqlFailed, BadReport) as error:
            return Proof(pair, "refused by the server" if isinstance(error, psql.SqlFailed) else "not checked", str(error), sql)
        if report.verdict != IN_SYNC:
            return Proof(pair, f"then {report.verdict}", "; ".join(map(str, report.changes[:8])) or "; ".join(report.reasons()[:3]), sql)
        left = _differences(server, copy, pair.goal)
        return Proof(pair, "in sync, but not equal" if left else "proven", "; ".join(left[:8]), sql)


@contextlib.contextmanager
def history_pairs(server: Server, history: layouts.History) -> Iterator[list[Pair]]:
    """From the middle of a history to its end, and back."""
    middle = len(history.migrations()) // 2
    with server.database("goal") as full, server.database("start") as half:
        layouts.apply(history, server, full)
        layouts.apply(history, server, half, middle)
        yield [Pair(f"{history.layout.name} forward", server, half, full), Pair(f"{history.layout.name} back", server, full, half)]


def _plant_several(place: Field, database: str, choice: random.Random, changes: int) -> list[str]:
    """Several changes on one database, each of another kind; returns what was planted."""
    planted: list[str] = []
    kinds = [m for m in MUTATIONS if not m.options and m.name not in NOT_PLANNABLE]
    for mutation in choice.sample(kinds, len(kinds)):
        if len(planted) == changes:
            break
        if place.plant_on(mutation, database):
            planted.append(mutation.name)
    return planted


@contextlib.contextmanager
def mutated_pairs(server: Server, case: cases.Case, options: argparse.Namespace) -> Iterator[list[Pair]]:
    """From a database with several planted changes to the untouched one."""
    choice = random.Random(f"{options.seed} {case.name} {server.major}")
    with contextlib.ExitStack() as stack:
        server.ensure_role(OWNER)
        goal = stack.enter_context(server.database("goal"))
        case.build(server, goal)
        place = Field(server, goal, options.seed)
        pairs = []
        for _ in range(options.pairs):
            start = stack.enter_context(server.database("start", goal))
            planted = _plant_several(place, start, choice, options.changes)
            pairs.append(Pair(f"{case.name} with {', '.join(planted)}", server, start, goal))
        yield pairs


def describe(proof: Proof, verbose: bool) -> None:
    if proof.state == "proven" and not verbose:
        return
    print(f"{proof.state}: {proof.pair.name} on {proof.pair.server.major}", flush=True)
    if proof.detail:
        print(f"    {' '.join(proof.detail.split())[:400]}")
    if verbose and proof.state != "proven":
        print("\n".join(f"    | {line}" for line in proof.sql.splitlines()[:60]))


def run(program: Program, servers: dict[int, Server], options: argparse.Namespace) -> list[Proof]:
    chosen = cases.select(options.source or SAMPLE)
    proofs: list[Proof] = []
    with tempfile.TemporaryDirectory() as scratch:
        def all_of(pairs: list[Pair]) -> None:
            for pair in pairs:
                proofs.append(prove(program, pair, Path(scratch)))
                describe(proofs[-1], options.verbose)
        for server in servers.values():
            for case in chosen:
                if isinstance(case, cases.HistoryCase):
                    with history_pairs(server, case.history) as pairs:
                        all_of(pairs)
                with mutated_pairs(server, case, options) as pairs:
                    all_of(pairs)
    return proofs


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.proof", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[15, 18])
    parser.add_argument("--pairs", type=int, default=2, help="mutated databases for each source and major (default 2)")
    parser.add_argument("--changes", type=int, default=4, help="changes in each (default 4)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true", help="show every pair, and the plans that fail")
    cases.add_options(parser)
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    with pool.servers(options.majors) as servers:
        proofs = run(program, servers, options)
    states = Counter(proof.state for proof in proofs)
    rest = "; ".join(f"{number} {state}" for state, number in states.most_common() if state != "proven")
    print(f"proof: {states['proven']}/{len(proofs)} plans proven" + (f"; {rest}" if rest else ""))
    return 0 if states["proven"] == len(proofs) > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
