"""Scripts that need psql itself: variables, conditions, included files, \\gset, \\gexec. Each is run by psql on real servers, and in memory.

  python3 -m tests.oracles.psql_scripts                  every script of fixtures/psql on 13, 15 and 18
  python3 -m tests.oracles.psql_scripts --script results -v

`check` must find each database in sync. The exit status is 0 when every script is.
"""
from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.oracles.program import IN_SYNC, ROOT, BadReport, Program, find_program
from tests.pg import pool
from tests.pg.binaries import DEBIAN_MAJOR, bin_dir
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server

SCRIPTS = ROOT / "fixtures" / "psql"


def assignments(script: Path) -> list[str]:
    """The variables of its command line, from its file `options`: a line each."""
    options = script / "options"
    lines = options.read_text(encoding="utf-8").splitlines() if options.exists() else []
    return [line.removeprefix("-v ") for line in lines]


def run_by_psql(script: Path, url: str) -> None:
    variables = [word for assignment in assignments(script) for word in ("-v", assignment)]
    done = subprocess.run([str(bin_dir(DEBIAN_MAJOR) / "psql"), "-X", "-q", "-d", url, *variables, "-f", "main.sql"], cwd=script,
                          text=True, capture_output=True, check=False)
    if done.returncode != 0 or "ERROR" in done.stderr:
        raise RuntimeError(f"psql refuses {script.name}: {done.stderr.strip()[-1000:]}")


def examine(program: Program, script: Path, server: Server) -> list[str]:
    """What is wrong with one script on one major: nothing when the verdict is in sync."""
    variables = [word for assignment in assignments(script) for word in ("--variable", assignment)]
    try:
        with server.database("psql") as database:
            run_by_psql(script, server.url(database))
            report = program.check(str(script / "main.sql"), server.url(database), *variables)
    except (BadReport, RuntimeError) as error:
        return [str(error)]
    return [] if report.verdict == IN_SYNC else [report.verdict, *map(str, report.changes), *report.reasons()]


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.psql_scripts", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[13, 15, 18])
    parser.add_argument("--script", action="append", choices=sorted(path.name for path in SCRIPTS.iterdir()))
    options = parser.parse_args()
    end_on_termination()
    program = Program(find_program())
    scripts = [path for path in sorted(SCRIPTS.iterdir()) if not options.script or path.name in options.script]
    wrong = 0
    with pool.servers(options.majors) as servers:
        for script in scripts:
            for server in servers.values():
                found = examine(program, script, server)
                wrong += bool(found)
                print(f"{script.name:16} {server.major}  {'in sync' if not found else found[0]}", *found[1:], sep="\n    ", flush=True)
    runs = len(scripts) * len(options.majors)
    print(f"psql scripts: {runs - wrong}/{runs} in sync")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
