"""Fidelity: apply a source to a real server, let the program compare it with the same files, and expect silence.

  python3 -m tests.oracles.fidelity                            every source on 13, 15, 17 and 18
  python3 -m tests.oracles.fidelity --majors 15 --source kea -v
  python3 -m tests.oracles.fidelity --majors 13,15 --restored  the databases are restored dumps
  python3 -m tests.oracles.fidelity --majors 13 --restored-to 17   they were dumped from the one, and restored in the other

Of our own migration histories, databases that stand half way are tried too: there the verdict must be "pending". Each false difference is counted as structural or, where only the print of an expression or query differs, as text only.
The exit status is 0 when every source is as it should be.
"""
from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.oracles import cases
from tests.oracles.fields import is_text_only
from tests.oracles.program import DRIFT, IN_SYNC, PENDING, UNDECIDED, BadReport, Change, Program, find_program
from tests.pg import pool
from tests.pg.binaries import DEBIAN_MAJOR, MAJORS
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


def closing_line(results: list[Result]) -> str:
    whole = [result for result in results if result.wanted == IN_SYNC]
    half = [result for result in results if result.wanted == PENDING]
    bad = [result for result in results if not result.good]
    structural = sum(len(result.structural) for result in bad)
    text = sum(len(result.text_only) for result in bad)
    verdicts = Counter(result.verdict for result in bad)
    return (f"fidelity: {sum(r.good for r in whole)}/{len(whole)} sources in sync; {structural + text} false differences "
            f"({structural} structural, {text} text only); {verdicts[DRIFT]} called drift, {verdicts[UNDECIDED]} undecided, "
            f"{verdicts['failed']} failed; {sum(r.good for r in half)}/{len(half)} half-way databases pending")


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.oracles.fidelity", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 17, 18])
    parser.add_argument("--restored", action="store_true", help="check restored dumps instead; only for majors up to Debian's")
    parser.add_argument("--restored-to", type=int, choices=MAJORS, metavar="MAJOR", help="restore the dumps in this major")
    parser.add_argument("--jobs", type=int, default=2, help="sources at a time (default 2)")
    parser.add_argument("-v", "--verbose", action="store_true", help="show every difference")
    cases.add_options(parser)
    options = parser.parse_args()
    if (options.restored or options.restored_to) and max(options.majors) > DEBIAN_MAJOR:
        parser.error(f"dumps need pg_dump: choose --majors up to {DEBIAN_MAJOR}")
    return options


@dataclass(frozen=True)
class Task:
    case: cases.Case
    server: Server
    wanted: str


def work(options: argparse.Namespace, servers: dict[int, Server]) -> Iterator[Task]:
    """What to examine where, with the verdict wanted of each."""
    for case in cases.select(options.source):
        for major in options.majors:
            server = servers[major]
            if options.restored_to:
                yield Task(cases.RestoredCase(case, server), servers[options.restored_to], IN_SYNC)
            elif options.restored:
                yield Task(cases.RestoredCase(case), server, IN_SYNC)
            else:
                yield Task(case, server, IN_SYNC)
                if isinstance(case, cases.HistoryCase):
                    yield Task(cases.HistoryCase(case.history, len(case.history.migrations()) // 2), server, PENDING)


def main() -> int:
    options = parse_options()
    end_on_termination()
    program = Program(find_program())
    results = []
    majors = sorted({*options.majors, options.restored_to} - {None})
    with pool.servers(majors) as servers, ThreadPoolExecutor(options.jobs) as workers:
        running = [workers.submit(examine, program, task.case, task.server, task.wanted) for task in work(options, servers)]
        for future in running:
            results.append(future.result())
            describe(results[-1], options.verbose)
    print(closing_line(results))
    return 0 if all(result.good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
