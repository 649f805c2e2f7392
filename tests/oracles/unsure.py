"""Being unsure: each way in which the program may not know is provoked, and `check` must never exit with 0.

  python3 -m tests.oracles.unsure                 every way, on a server of the newest major
  python3 -m tests.oracles.unsure --reasons       which of the reasons in the code no statement provokes

fixtures/unsure holds scripts, each with what it must make the program say, and at which line. The status must be 1, the
verdict undecided. Besides, every reason that the code can give (NotSimulated and its kin) is provoked here, or stands in
unsure_reasons.json with the sentence why no script can: a new one without either fails, and so does an excuse that a
script disproves.
"""
from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.oracles.program import ROOT, UNDECIDED, BadReport, Program, find_program, parse_report
from tests.oracles.unsure_live import LIVE, Live
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

CASES = ROOT / "fixtures" / "unsure"
EXCUSES = ROOT / "tests" / "oracles" / "unsure_reasons.json"
LITERAL = re.compile(r'(?:NotSimulated|[^_]not_simulated)\(\s*(?:fmt::format\(\s*)?(?:job_\.span,\s*)?(?:fmt::format\(\s*)?"((?:[^"\\]|\\.)+)"')
OLD_GRAMMAR = r"the grammar is PostgreSQL|does not exist"  # what a grammar says of what only later ones know


@dataclass(frozen=True)
class Reason:
    """One reason as the code spells it, up to what is filled in."""

    text: str
    place: str

    @property
    def stem(self) -> str:
        return re.split(r"\{|\\", self.text)[0].strip()


@dataclass(frozen=True)
class Case:
    """A script whose last line provokes the reason, on majors from `since` to `until`, with grammars from `grammar`."""

    file: str
    sql: str
    says: str
    since: int = 13
    until: int = 99
    grammar: int = 13

    @property
    def last_line(self) -> int:
        return self.sql.rstrip("\n").count("\n") + 1


@dataclass(frozen=True)
class Result:
    name: str
    wrong: str  # empty where nothing is
    said: str
    tried: bool = True  # the grammar reads the script; else only a refusal could be seen


def read_cases(path: Path) -> Iterator[Case]:
    """Each case starts with `-- says: REGEX`, and may go on with `-- since: MAJOR`, `-- until:` and `-- grammar:`."""
    for block in re.split(r"^(?=-- says: )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head = dict(re.findall(r"^-- (says|since|until|grammar): (.*)$", block, flags=re.MULTILINE))
        sql = re.sub(r"^-- (?:says|since|until|grammar): .*\n", "", block, flags=re.MULTILINE)
        yield Case(path.name, sql, head.pop("says"), **{key: int(value) for key, value in head.items()})


def reasons_in_the_code() -> list[Reason]:
    found = {}
    for folder in ("engine", "parser", "cli"):
        for path in sorted((ROOT / folder).rglob("*.[ch]*")):
            for literal in LITERAL.findall(path.read_text(encoding="utf-8")):
                reason = Reason(literal, str(path.relative_to(ROOT)))
                found.setdefault(reason.stem, reason)
    return [reason for stem, reason in sorted(found.items()) if stem]


def unsure(program: Program, name: str, arguments: tuple[str, ...], says: str, line: int = 0, stdin: bytes = b"") -> Result:
    outcome = program.run("check", *arguments, "--format", "json", stdin=stdin)
    try:
        report = parse_report(outcome)
    except BadReport as error:
        return Result(name, str(error), "")
    said = "\n".join(report.reasons())
    if outcome.status != 1 or report.verdict != UNDECIDED:
        return Result(name, f"status {outcome.status}, {report.verdict}", said)
    if not re.search(says, said):
        return Result(name, f"nothing like /{says}/ in {said[:300]}", said)
    lines = [note.get("line") for heading in ("not_simulated", "errors") for note in report.document.get(heading) or []]
    return Result(name, "" if not line or lines == [line] else f"lines {lines} where {line} was to be told: {said[:300]}", said)


def run_case(program: Program, home: Path, major: int, grammar: int, number: int, case: Case) -> Result:
    path = home / f"{number}.sql"
    path.write_text(case.sql, encoding="utf-8")
    known = grammar >= case.grammar
    result = unsure(program, f"{case.file}: {case.sql.splitlines()[-1]}",
                    (str(path), "empty:", "--pg-version", str(min(major, case.until))),
                    case.says if known else OLD_GRAMMAR, case.last_line if known else 0)
    # What this grammar can't read, another build's case provokes.
    return result if known else Result(result.name, result.wrong, case.says, tried=False)


def scripts(program: Program, home: Path, major: int) -> Iterator[Result]:
    """What is not simulated, of an expected side without any server."""
    told = re.search(r"grammar of PostgreSQL (\d+)", program.run("--version").stdout.decode())
    grammar = int(told.group(1)) if told else 0
    cases = [case for path in sorted(CASES.glob("*.sql")) for case in read_cases(path) if case.since <= major]
    with ThreadPoolExecutor(2) as workers:
        yield from workers.map(lambda item: run_case(program, home, major, grammar, *item), enumerate(cases))
    version = ("--pg-version", str(major))
    yield unsure(program, "an include in a text of no file", ("-", "empty:", *version),
                 "a text that comes from no file includes another", 1, b"\\i other.sql\n")
    yield unsure(program, "COPY without the end of its data", ("-", "empty:", *version, "--on-error", "continue"),
                 "the data that COPY reads from here never end", 0, b"CREATE TABLE t (a int);\nCOPY t FROM STDIN;\n1\n")


def live(program: Program, home: Path, server: Server) -> Iterator[Result]:
    for case in LIVE:
        if case.since <= server.major:
            with ExitStack() as stack:
                yield unsure(program, case.name, _prepare(case, home, server, stack), case.says)


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


def complaints_of_coverage(said: str, reasons: list[Reason], excuses: dict[str, str]) -> list[str]:
    """Reasons that no report gave and no excuse covers; excuses that are not true, or of reasons that are gone."""
    stems = {reason.stem for reason in reasons}
    found = [f"no case provokes \"{reason.text}\" of {reason.place}" for reason in reasons
             if reason.stem not in said and reason.stem not in excuses]
    found += [f"excused, and yet provoked: \"{stem}\"" for stem in excuses if stem in stems and stem in said]
    return found + [f"excused, and not in the code: \"{stem}\"" for stem in excuses if stem not in stems]


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.unsure", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[18])
    parser.add_argument("--reasons", action="store_true", help="only list the reasons that no script provokes")
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="pgplumb-unsure-") as scratch:
        results += scripts(program, Path(scratch), max(options.majors))
        if not options.reasons:
            with pool.servers(options.majors) as servers:
                for server in servers.values():
                    results += live(program, Path(scratch), server)
    failed = [result for result in results if result.wrong]
    for result in failed:
        print(f"FAILED {' '.join(result.name.split())[:100]}: {' '.join(result.wrong.split())[:300]}")
    excuses = json.loads(EXCUSES.read_text(encoding="utf-8"))
    reasons = reasons_in_the_code()
    complaints = complaints_of_coverage("\n".join(result.said for result in results), reasons, excuses)
    print("".join(f"{complaint}\n" for complaint in complaints), end="")
    untried = sum(not result.tried for result in results)
    print(f"unsure: {len(results) - len(failed)}/{len(results)} ways of being unsure are told, {untried} of them only as what the "
          f"linked grammar can't read; of {len(reasons)} reasons {len(excuses)} can't be provoked, {len(complaints)} complaints of coverage")
    return 0 if not failed and not complaints else 1


if __name__ == "__main__":
    sys.exit(main())
