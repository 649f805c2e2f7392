"""Fidelity: apply a source to a real server, let the program compare it with the same files, and expect silence.

  python3 -m tests.oracles.fidelity                            every source on 13, 15, 17 and 18
  python3 -m tests.oracles.fidelity --majors 15 --source kea -v

Each false difference is counted as structural or, where only the print of an expression or query differs, as text only.
The exit status is 0 when every source is in sync.
"""
from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.oracles import cases
from tests.oracles.fields import is_text_only
from tests.oracles.program import DRIFT, IN_SYNC, PENDING, UNDECIDED, BadReport, Change, Program, find_program
from tests.pg import layouts, pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server


@dataclass
class Result:
    """What came of one source on one major."""

    case: cases.Case
    major: int
    verdict: str
    wanted: str
    changes: list[Change] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return self.verdict == self.wanted

    @property
    def text_only(self) -> list[Change]:
        return [change for change in self.changes if is_text_only(change)]

    @property
    def structural(self) -> list[Change]:
        return [change for change in self.changes if not is_text_only(change)]


def examine(program: Program, case: cases.Case, server: Server, wanted: str) -> Result:
    result = Result(case, server.major, "failed", wanted)
    try:
        with server.database("fidelity") as database:
            case.build(server, database)
            report = program.check(case.expected, server.url(database), *case.options)
    except (BadReport, RuntimeError) as error:
        result.reasons.append(str(error))
        return result
    result.verdict = report.verdict
    result.changes = list(report.changes)
    if report.verdict == UNDECIDED:
        result.reasons = report.reasons() or ["no reason given"]
    return result


def _shown(text: object) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= 200 else line[:200] + "…"


def describe(result: Result, verbose: bool) -> None:
    counts = Counter(f"{'text' if is_text_only(c) else 'structure'}: {c.change} {c.kind}"
                     + "".join(f".{f.field}" for f in c.fields[:3]) for c in result.changes)
    print(f"{result.case.name:28} {result.major}  {result.verdict}"
          + (f"  {len(result.structural)} structural, {len(result.text_only)} text" if result.changes else ""), flush=True)
    if result.good:
        return
    for reason in result.reasons if verbose else result.reasons[:3]:
        print(f"    {_shown(reason)}")
    if len(result.reasons) > 3 and not verbose:
        print(f"    … and {len(result.reasons) - 3} more reasons (-v shows all)")
    if not verbose:
        for label, number in counts.most_common(12):
            print(f"    {number:4} × {label}")
        return
    for change in result.changes:
        print(f"    {change}")
        for entry in change.fields:
            print(f"        {entry.field}: expected {_shown(entry.expected)}\n        {' ' * len(entry.field)}  actual   {_shown(entry.actual)}")


def pending_cases() -> list[cases.Case]:
    """Databases that stand half way: their tools' bookkeeping says so, and the program must agree."""
    return [cases.HistoryCase(h, count=len(h.migrations()) // 2) for h in layouts.histories()]


def closing_line(results: list[Result]) -> str:
    synced = sum(result.good for result in results)
    structural = sum(len(r.structural) for r in results if not r.good)
    text = sum(len(r.text_only) for r in results if not r.good)
    undecided = sum(r.verdict == UNDECIDED for r in results if not r.good)
    failed = sum(r.verdict == "failed" for r in results)
    drifted = sum(r.verdict == DRIFT for r in results)
    return (f"fidelity: {synced}/{len(results)} sources in sync; {structural + text} false differences "
            f"({structural} structural, {text} text only); {drifted} called drift, {undecided} undecided, {failed} failed")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.fidelity", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 17, 18])
    parser.add_argument("--pending", action="store_true", help="also databases that stand at half of a history, wanting 'pending'")
    parser.add_argument("--jobs", type=int, default=2, help="sources at a time (default 2)")
    parser.add_argument("-v", "--verbose", action="store_true", help="show every difference")
    cases.add_options(parser)
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    wanted = [(case, IN_SYNC) for case in cases.select(options.source)]
    if options.pending:
        wanted += [(case, PENDING) for case in pending_cases()]
    results = []
    with pool.servers(options.majors) as servers, ThreadPoolExecutor(options.jobs) as workers:
        work = [workers.submit(examine, program, case, server, want) for case, want in wanted for server in servers.values()]
        for future in work:
            results.append(future.result())
            describe(results[-1], options.verbose)
    print(closing_line(results))
    return 0 if all(result.good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
