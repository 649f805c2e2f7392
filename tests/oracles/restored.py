"""Dump and restore: every source is in sync with a database that went through pg_dump and a server that read the dump.

  python3 -m tests.oracles.restored                  some sources, within 15 and from 13 to 17 and 18
  python3 -m tests.oracles.restored --full           all of them, also within 13 and from 15 to 18

Also says how many comparisons of expressions took the second step, and which of the named equivalences they took: each must be
needed somewhere, at the latest in fixtures/equivalences. On databases that were not restored, less than one percent may take the
second step. The exit status is 0 when all is as it should be.
"""
from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.oracles import cases
from tests.oracles.program import IN_SYNC, ROOT, BadReport, Program, find_program
from tests.pg import pool
from tests.pg.options import end_on_termination
from tests.pg.server import Server

SAMPLE = ("flyway/ledger", "mediawiki")
ROUTES = ((15, 15), (13, 17), (13, 18))
MORE_ROUTES = ((13, 13), (15, 18))
MOST_BY_ANALYSIS = 1.0  # percent, on databases that were not restored


@dataclass
class Result:
    name: str
    restored: bool
    verdict: str
    reasons: list[str] = field(default_factory=list)
    expressions: int = 0
    by_analysis: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    fixpoint: int = 0
    not_fixpoint: int = 0


def examine(program: Program, case: cases.Case, server: Server) -> Result:
    result = Result(f"{case.name} in {server.major}", isinstance(case, cases.RestoredCase), "failed")
    try:
        with server.database("restored") as database:
            case.build(server, database)
            report = program.check(case.expected, server.url(database), "--audit", *case.options)
    except (BadReport, RuntimeError) as error:
        result.reasons.append(str(error))
        return result
    stats = report.document["stats"]
    result.verdict, result.reasons = report.verdict, [*map(str, report.changes[:5]), *report.reasons()[:3]]
    result.expressions, result.by_analysis = stats["expressions"], stats["by_analysis"]
    result.rules = Counter(stats["equivalences"])
    result.fixpoint, result.not_fixpoint = stats["fixpoint"], stats["not_fixpoint"]
    return result


def work(full: bool, servers: dict[int, Server]) -> Iterator[tuple[cases.Case, Server]]:
    """What to examine where: each source as it was made, and as it was restored."""
    for case in (cases.DirectoryCase(ROOT / "fixtures" / "equivalences"), *cases.select(None if full else list(SAMPLE))):
        for origin, target in (*ROUTES, *MORE_ROUTES) if full else ROUTES:
            yield cases.RestoredCase(case, servers[origin] if origin != target else None), servers[target]
        for major in (13, 15, 17, 18) if full else (15,):
            yield case, servers[major]


def listed_rules() -> set[str]:
    """The names in the program's own list, the clock, and names that the server chose."""
    text = (ROOT / "engine" / "equivalences.def").read_text(encoding="utf-8")
    return {"clock", "generated_name", *re.findall(r"^(?:NODE|QUERY)_RULE\((\w+),", text, re.MULTILINE)}


def describe(result: Result) -> None:
    used = ", ".join(f"{number} × {rule}" for rule, number in sorted(result.rules.items()))
    print(f"{result.name:40} {result.verdict}  {result.by_analysis}/{result.expressions} by analysis"
          + (f" ({used})" if used else "") + f", {result.fixpoint}/{result.fixpoint + result.not_fixpoint} fixpoints", flush=True)
    for reason in result.reasons if result.verdict != IN_SYNC else []:
        print(f"    {' '.join(reason.split())[:300]}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.restored", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    results = []
    with pool.servers([13, 15, 17, 18]) as servers, ThreadPoolExecutor(2) as workers:
        running = [workers.submit(examine, program, case, server) for case, server in work(options.full, servers)]
        for future in running:
            results.append(future.result())
            describe(results[-1])
    good = sum(result.verdict == IN_SYNC for result in results)
    plain = [result for result in results if not result.restored and not result.name.startswith("equivalences")]
    share = 100 * sum(r.by_analysis for r in plain) / max(1, sum(r.expressions for r in plain))
    fixpoint, rest = sum(r.fixpoint for r in results), sum(r.not_fixpoint for r in results)
    rules = sum((result.rules for result in results), Counter())
    print(f"restored: {good}/{len(results)} in sync; {share:.2f} % of comparisons took the second step where nothing was restored; "
          f"{fixpoint}/{fixpoint + rest} live texts are fixpoints; "
          + ", ".join(f"{rules[rule]} × {rule}" for rule in sorted(listed_rules())))
    needed = all(rules[rule] for rule in listed_rules())
    return 0 if good == len(results) and share < MOST_BY_ANALYSIS and rest == 0 and needed else 1


if __name__ == "__main__":
    sys.exit(main())
