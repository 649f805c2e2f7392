"""Being unsure: each way in which the program may not know is provoked, and `check` must never exit with 0.

  python3 -m tests.oracles.unsure                 every way, on a server of the newest major
  python3 -m tests.oracles.unsure --reasons       which of the reasons in the code no case provokes

The status must be 1, the verdict undecided, and the report must name the reason. Besides, every reason that the code can
give (NotSimulated and its kin) has a case here, or stands in unsure_reasons.json: a new one without either fails.
"""
from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.oracles.program import ROOT, UNDECIDED, BadReport, Program, find_program, parse_report
from tests.oracles.unsure_cases import LIVE, STATEMENTS, Live
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

KNOWN = ROOT / "tests" / "oracles" / "unsure_reasons.json"
LITERAL = re.compile(r'(?:NotSimulated|[^_]not_simulated)\(\s*(?:fmt::format\(\s*)?(?:job_\.span,\s*)?(?:fmt::format\(\s*)?"((?:[^"\\]|\\.)+)"')


@dataclass(frozen=True)
class Reason:
    """One reason as the code spells it, up to what is filled in."""

    text: str
    place: str

    @property
    def stem(self) -> str:
        return re.split(r"\{|\\", self.text)[0].strip()


def reasons_in_the_code() -> list[Reason]:
    found = {}
    for folder in ("engine", "parser", "cli"):
        for path in sorted((ROOT / folder).rglob("*.[ch]*")):
            for literal in LITERAL.findall(path.read_text(encoding="utf-8")):
                reason = Reason(literal, str(path.relative_to(ROOT)))
                found.setdefault(reason.stem, reason)
    return [reason for stem, reason in sorted(found.items()) if stem]


def unsure(program: Program, arguments: tuple[str, ...], says: str) -> tuple[str, str]:
    """What is wrong, empty where nothing is; and everything that the report gave as its reasons."""
    outcome = program.run("check", *arguments, "--format", "json")
    try:
        report = parse_report(outcome)
    except BadReport as error:
        return str(error), ""
    reasons = "\n".join(report.reasons())
    if outcome.status != 1 or report.verdict != UNDECIDED:
        return f"status {outcome.status}, {report.verdict}", reasons
    return ("" if re.search(says, reasons) else f"nothing like /{says}/ in {reasons[:300]}"), reasons


def statements(program: Program, home: Path, major: int) -> Iterator[tuple[str, str, str]]:
    """What is not simulated, of an expected side without any server."""
    for number, (sql, says) in enumerate(STATEMENTS):
        path = home / f"{number}.sql"
        path.write_text(sql, encoding="utf-8")
        yield (sql, *unsure(program, (str(path), "empty:", "--pg-version", str(major)), says))


def live(program: Program, home: Path, server: Server) -> Iterator[tuple[str, str, str]]:
    for case in LIVE:
        if case.since <= server.major:
            with ExitStack() as stack:
                yield (case.name, *unsure(program, _prepare(case, home, server, stack), case.says))


def _prepare(case: Live, home: Path, server: Server, stack: ExitStack) -> tuple[str, ...]:
    database = stack.enter_context(server.database("unsure"))
    for statement in case.setup:
        server.execute(statement, database)
    for statement in case.cleanup:
        stack.callback(server.execute, statement, database)
    folder = home / case.name.replace(" ", "-")
    for name, text in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    user = Server(server.major, server.port, server.host, case.role) if case.role else server
    return (str(folder / case.expected) if case.files else case.expected, user.url(database), *case.options)


def without_case(said: str) -> list[Reason]:
    """Reasons that no report gave and that the list does not excuse."""
    excused = json.loads(KNOWN.read_text(encoding="utf-8"))
    return [reason for reason in reasons_in_the_code() if reason.stem not in said and reason.stem not in excused]


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.unsure", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[18])
    parser.add_argument("--reasons", action="store_true", help="only list the reasons that no statement provokes")
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    good, all_said, failed = 0, [], 0
    with tempfile.TemporaryDirectory(prefix="pgplumb-unsure-") as scratch:
        home = Path(scratch)

        def take(results: Iterator[tuple[str, str, str]]) -> None:
            nonlocal good, failed
            for name, wrong, said in results:
                all_said.append(said)
                good += not wrong
                failed += bool(wrong)
                if wrong:
                    print(f"FAILED {' '.join(name.split())[:100]}: {' '.join(wrong.split())[:300]}", flush=True)

        take(statements(program, home, max(options.majors)))
        if not options.reasons:
            with pool.servers(options.majors) as servers:
                for server in servers.values():
                    take(live(program, home, server))
    missing = without_case("\n".join(all_said))
    for reason in missing:
        print(f"no case provokes \"{reason.text}\" of {reason.place}")
    print(f"unsure: {good}/{good + failed} ways of being unsure are told; {len(missing)} reasons without a case")
    return 0 if not failed and not missing else 1


if __name__ == "__main__":
    sys.exit(main())
