"""The catalog that PostgreSQL's own regression files leave behind: a server's, against the one made in memory.

  python3 -m tests.oracles.regress_catalog                     a sample of the suite's files
  python3 -m tests.oracles.regress_catalog --full              all of them
  python3 -m tests.oracles.regress_catalog --file inherit -v   one of them, with every difference

Each file runs on its own: in a database that has had the suite's set-up, in one session, once as it is and once without
its DROPs, so that more is left to compare. Only what the server accepts is
then run in memory, and what the program says it does not simulate is left out on both sides, and counted. Objects are
compared as snapshots hold them: every field, and expressions by their printed text. What the set-up has made and the
file has left alone does not count. Without the recording nothing is measured, and the closing line says so. The exit
status is 0 when the share of equal objects is at least --minimum percent, and nothing of the sample is refused that the
server takes. (Of the whole suite, three statements are: they need the invalid index that a CREATE INDEX CONCURRENTLY leaves
behind when it fails over rows.)
"""
from __future__ import annotations

import argparse
import json
import queue
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.oracles import regression_files
from tests.oracles.program import BadReport, Program, find_program
from tests.oracles.regression_files import FILE, MAJOR, SETUP, Script, Suite
from tests.pg.options import end_on_termination

# What is not compared between databases either: the release of a collation's library, holes that dropped columns have left,
# and what only migrations say beforehand.
NOT_COMPARED = {("collation", "version"), ("column", "number"), ("constraint", "index"), ("table", "partition_key_parts"),
                ("materialized_view", "populated")}

Key = tuple[str, str]
Objects = dict[Key, dict[str, Any]]


@dataclass(frozen=True)
class Difference:
    """One object that is not the same on both sides; `fields` of one that only one side has are empty."""

    key: Key
    change: str
    fields: tuple[str, ...] = ()
    ours: dict[str, Any] = field(default_factory=dict)
    server: dict[str, Any] = field(default_factory=dict)

    def causes(self) -> list[str]:
        return [f"{self.change} {self.key[0]}.{name}" for name in self.fields] or [f"{self.change} {self.key[0]}"]


@dataclass
class Result:
    file: str
    total: int = 0
    differences: list[Difference] = field(default_factory=list)
    not_simulated: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    failure: str = ""

    @property
    def equal(self) -> int:
        return self.total - len(self.differences)

    @property
    def whole(self) -> bool:
        return not (self.differences or self.not_simulated or self.refused or self.failure)


def objects_of(program: Program, source: str, *options: str) -> Objects:
    """The objects of a snapshot, also where it was taken in doubt; members of extensions are left out."""
    outcome = program.run("snapshot", source, "--pg-version", str(MAJOR), *options)
    try:
        document = json.loads(outcome.stdout)
    except ValueError as error:
        raise BadReport(f"status {outcome.status}: {outcome.stderr.strip()[-500:]}") from error
    return {(entry["kind"], entry["identity"]): {name: value for name, value in entry["fields"].items()
                                                 if (entry["kind"], name) not in NOT_COMPARED}
            for entry in document["objects"] if "extension" not in entry}


class Memory:
    """Two scripts, the suite's set-up and one file's, run by the program."""

    def __init__(self, program: Program, folder: Path, setup: Script) -> None:
        self.program = program
        self.folder = folder
        (folder / SETUP).write_text(setup.text(), encoding="utf-8")

    def write(self, script: Script) -> None:
        (self.folder / FILE).write_text(script.text(), encoding="utf-8")

    def objects(self) -> Objects:
        return objects_of(self.program, str(self.folder), "--layout", "plain", "--on-error", "continue")


@dataclass(frozen=True)
class Sides:
    """One catalog, as made in memory and as a server has it."""

    ours: Objects
    server: Objects

    def of(self, key: Key) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        return self.ours.get(key), self.server.get(key)


def compare(sides: Sides, before: Sides, result: Result) -> None:
    """What neither side has changed since `before` does not count."""
    for key in sorted(sides.ours.keys() | sides.server.keys()):
        here, there = sides.of(key)
        if (here, there) == before.of(key):
            continue
        result.total += 1
        if here is None or there is None:
            result.differences.append(Difference(key, "missing" if here is None else "unexpected"))
        elif here != there:
            names = tuple(name for name in {**there, **here} if here.get(name) != there.get(name))
            result.differences.append(Difference(key, "altered", names, here, there))


@dataclass
class Worker:
    """One cluster with what its files are compared against."""

    suite: Suite
    program: Program
    before: Sides

    def examine(self, file: str, statements: list[str]) -> Result:
        result = Result(file)
        try:
            with tempfile.TemporaryDirectory() as scratch:
                self._examine(Memory(self.program, Path(scratch), self.suite.setup), statements, result)
        except (BadReport, RuntimeError) as error:
            result.failure = str(error)
        return result

    def _examine(self, memory: Memory, statements: list[str], result: Result) -> None:
        for again in (True, False):
            with self.suite.applied(statements) as (database, script):
                memory.write(script)
                unknown = regression_files.outcomes(self.program, memory.folder, script, "not_simulated") if again else {}
                if unknown:
                    result.not_simulated = list(unknown.values())
                    statements = script.without(set(unknown))
                    continue
                result.refused = list(regression_files.outcomes(self.program, memory.folder, script, "error").values())
                compare(Sides(memory.objects(), objects_of(self.program, self.suite.server.url(database))), self.before, result)
                return


def make_worker(program: Program, stack: ExitStack, recorded: dict[str, list[str]]) -> Worker:
    suite = stack.enter_context(regression_files.suite(recorded))
    memory = Memory(program, Path(stack.enter_context(tempfile.TemporaryDirectory())), suite.setup)
    return Worker(suite, program, Sides(memory.objects(), objects_of(program, suite.server.url(suite.template))))


def examine_setup(worker: Worker) -> Result:
    result = Result(SETUP)
    compare(worker.before, Sides({}, {}), result)
    return result


def _shown(value: object) -> str:
    line = " ".join(str(value).split())
    return line if len(line) <= 600 else line[:600] + "…"


def describe(result: Result, verbose: bool) -> None:
    print(f"{result.file:32} {result.equal}/{result.total}"
          + (f"  {len(result.not_simulated)} not simulated" if result.not_simulated else "")
          + (f"  {len(result.refused)} refused" if result.refused else "")
          + (f"  {result.failure}" if result.failure else ""), flush=True)
    if not verbose:
        return
    for text in result.not_simulated:
        print(f"    not simulated: {text}")
    for text in result.refused:
        print(f"    refused: {text}")
    for difference in result.differences:
        print(f"    {difference.change} {' '.join(difference.key)}")
        for name in difference.fields:
            print(f"        {name}: ours   {_shown(difference.ours.get(name))}\n"
                  f"        {' ' * len(name)}  server {_shown(difference.server.get(name))}")


def runs(recorded: dict[str, list[str]], files: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each file as it is, and without its DROPs."""
    for file in files:
        yield file, recorded[file]
        kept = regression_files.kept(recorded[file])
        if len(kept) < len(recorded[file]):
            yield f"{file} kept", kept


def causes(results: list[Result]) -> None:
    number = Counter(cause for result in results for difference in result.differences for cause in difference.causes())
    for cause, times in number.most_common(40):
        print(f"{times:5} × {cause}")


def share(results: list[Result]) -> float:
    total = sum(result.total for result in results)
    return 100.0 * sum(result.equal for result in results) / total if total else 0.0


def closing_line(results: list[Result]) -> str:
    return (f"regression catalogs: {sum(r.equal for r in results)}/{sum(r.total for r in results)} ({share(results):.2f} %) "
            f"over {len(results)} runs of {len({r.file.split()[0] for r in results})} files; {sum(r.whole for r in results)} runs whole; "
            f"{sum(len(r.not_simulated) for r in results)} not simulated, {sum(len(r.refused) for r in results)} refused"
            + (f"; {sum(bool(r.failure) for r in results)} failed" if any(r.failure for r in results) else ""))


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.oracles.regress_catalog", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recording", type=Path, default=regression_files.RECORDING)
    parser.add_argument("--full", action="store_true", help="every file of the suite")
    parser.add_argument("--file", action="append", help="only this file, without number and extension; repeatable")
    parser.add_argument("--minimum", type=float, default=97.0, help="percent that have to be equal")
    parser.add_argument("--jobs", type=int, default=2, help="files at a time (default 2), each with a server of its own")
    parser.add_argument("-v", "--verbose", action="store_true", help="show every difference")
    return parser.parse_args()


def main() -> int:
    options = parse_options()
    end_on_termination()
    if not options.recording.exists():
        print("regression catalogs: skipped, since there is no recording of the regression suite beside the project")
        return 0
    program = Program(find_program())
    recorded = regression_files.files(options.recording)
    with ExitStack() as stack, ThreadPoolExecutor(options.jobs) as threads:
        idle: queue.Queue[Worker] = queue.Queue()
        workers = [make_worker(program, stack, recorded) for _ in range(options.jobs)]
        for worker in workers:
            idle.put(worker)
        results = [examine_setup(workers[0])]

        def examine(work: tuple[str, list[str]]) -> Result:
            worker = idle.get()
            try:
                return worker.examine(*work)
            finally:
                idle.put(worker)

        for result in threads.map(examine, runs(recorded, regression_files.choose(recorded, options.full, options.file))):
            results.append(result)
            describe(result, options.verbose)
    causes(results)
    print(closing_line(results))
    failed = any(result.failure or (result.refused and not options.full) for result in results)
    return 0 if share(results) >= options.minimum and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
