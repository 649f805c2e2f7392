"""Every oracle on its bounded sample, as many at a time as there are cores, on servers that are started once.

  python3 -m tests.oracles                 what ./test runs
  python3 -m tests.oracles --full          everything: all kinds of change, all sources, all majors
  python3 -m tests.oracles --only fidelity --only mutation

Output goes to build/oracles/<name>.log and, of an oracle that fails, its end to the terminal too. Ends with the figures of all.
"""
from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.oracles.program import ROOT
from tests.pg import pool
from tests.pg.binaries import MAJORS
from tests.pg.options import end_on_termination

LOGS = ROOT / "build" / "oracles"


@dataclass(frozen=True)
class Oracle:
    """One program, its arguments for everything, and those that bound it more than its own sample does."""

    name: str
    module: str
    full: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()


# The longest first, so that none is left over at the end.
ORACLES = [
    Oracle("mutation", "tests.oracles.mutation", ("--full", "--majors", "all")),
    Oracle("fidelity", "tests.oracles.fidelity", ("--majors", "all")),
    Oracle("proof", "tests.oracles.proof", ("--majors", "all", "--pairs", "10"), ("--pairs", "1")),
    Oracle("text", "tests.oracles.text", ("--majors", "all"), ("--majors", "18")),
    Oracle("dependencies", "tests.oracles.dependencies", ("--full", "--majors", "all")),
    Oracle("identifiers", "tests.oracles.identifiers", ("--majors", "all", "--rounds", "60"), ("--rounds", "6")),
    Oracle("round trip", "tests.oracles.round_trip", ("--majors", "all"), ("--majors", "15")),
    Oracle("grammar fuzz", "tests.oracles.grammar_fuzz", ("--scripts", "5000", "--shrink", "10")),
    Oracle("restored", "tests.oracles.restored", ("--full",)),
    Oracle("regress", "tests.oracles.regress", ("--majors", "all", "--whole"), ("--majors", "15")),
    Oracle("self-test", "unittest"),
    Oracle("regression catalogs", "tests.oracles.regress_catalog", ("--full",)),
    Oracle("builtin", "tests.oracles.builtin"),
    Oracle("psql scripts", "tests.oracles.psql_scripts", ("--majors", "all")),
    Oracle("inputs", "tests.oracles.inputs"),
    Oracle("unsure", "tests.oracles.unsure", ("--majors", "all")),
    Oracle("expressions", "tests.oracles.expressions", ("--majors", "all")),
    Oracle("expression fuzz", "tests.oracles.expression_fuzz", ("--majors", "all", "--count", "20000")),
    Oracle("catalog queries", "tests.oracles.catalog_queries", ("--majors", "all")),
    Oracle("do blocks", "tests.oracles.do_blocks", ("--majors", "all")),
    Oracle("extensions", "tests.oracles.extensions", ("--majors", "all")),
    Oracle("tablespaces", "tests.oracles.tablespaces", ("--majors", "all")),
    Oracle("conformance", "tests.oracles.conformance"),
    Oracle("histories", "tests.oracles.histories", ("--majors", "all")),
]


_running: set[subprocess.Popen[str]] = set()


@contextlib.contextmanager
def ended_with_us(workers: ThreadPoolExecutor) -> Iterator[None]:
    """Who interrupts the run ends the oracles, which wait for nobody then."""
    try:
        yield
    except BaseException:
        workers.shutdown(wait=False, cancel_futures=True)
        for process in list(_running):
            process.terminate()
        raise


def command(oracle: Oracle, full: bool) -> list[str]:
    more = ("tests.oracles.test_oracles",) if oracle.module == "unittest" else oracle.full if full else oracle.sample
    return [sys.executable, "-m", oracle.module, *more]


def run(oracle: Oracle, full: bool, environment: dict[str, str]) -> tuple[bool, str]:
    """Run one to its end; return whether it passed, and its closing line."""
    log = LOGS / f"{oracle.name.replace(' ', '-')}.log"
    started = time.monotonic()
    tail: deque[str] = deque(maxlen=40)
    with open(log, "w", encoding="utf-8") as output, \
            subprocess.Popen(command(oracle, full), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, errors="replace") as process:
        assert process.stdout
        _running.add(process)
        for line in process.stdout:
            output.write(line)
            output.flush()
            tail.append(line.rstrip("\n"))
    _running.discard(process)
    passed = process.returncode == 0
    closing = next((line for line in reversed(tail) if line.strip()), "(no output)")
    lines = [] if passed else [f"    {line}" for line in tail]
    lines.append(f"{'passed' if passed else 'FAILED'}  {oracle.name} in {time.monotonic() - started:.0f} s; "
                 f"all of it in {log.relative_to(ROOT)}")
    print("\n".join(lines), flush=True)
    return passed, closing if ":" in closing else f"{oracle.name}: {closing}"


def gaps() -> dict[str, str]:
    """Oracles that are known not to reach their figure yet, and why: counted and named, never hidden."""
    return dict(json.loads((ROOT / "tests" / "oracles" / "known_gaps.json").read_text(encoding="utf-8")))


def verdict(results: list[tuple[str, bool]], known: dict[str, str]) -> int:
    """0 when all passed but the known gaps; one that has closed is named, so that it is taken out of the list."""
    failed = [name for name, passed in results if not passed and name not in known]
    closed = [name for name, passed in results if passed and name in known]
    open_gaps = [name for name, passed in results if not passed and name in known]
    for name in open_gaps:
        print(f"known gap: {name}: {known[name]}")
    for name in closed:
        print(f"{name} passes now: take it out of tests/oracles/known_gaps.json")
    passed = len(results) - len(failed) - len(open_gaps)
    print(f"oracles: {passed} passed, {len(open_gaps)} known gaps, {len(failed)} failed")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", action="append", choices=[oracle.name for oracle in ORACLES])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="oracles at a time (default: the cores)")
    options = parser.parse_args()
    end_on_termination()
    LOGS.mkdir(parents=True, exist_ok=True)
    with pool.servers(list(MAJORS)) as servers:
        environment = {**os.environ, **pool.environment(servers)}
        wanted = [oracle for oracle in ORACLES if not options.only or oracle.name in options.only]
        with ThreadPoolExecutor(options.jobs) as workers, ended_with_us(workers):
            results = list(workers.map(lambda oracle: (oracle.name, *run(oracle, options.full, environment)), wanted))
    print("\n" + "\n".join(closing for _, _, closing in results))
    return verdict([(name, passed) for name, passed, _ in results], gaps())


if __name__ == "__main__":
    sys.exit(main())
