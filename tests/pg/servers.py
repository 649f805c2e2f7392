"""Run a command with real PostgreSQL servers around it, or keep servers running until interrupted.

  python3 -m tests.pg.servers --majors 13,15,17,18 -- build/release/pgplumb_tests
  python3 -m tests.pg.servers --majors 15 --standby --pgbouncer --guarded --keep

The command finds a superuser's URL for each major in PGPLUMB_TEST_PG13 … PGPLUMB_TEST_PG18, and with the options
also PGPLUMB_TEST_STANDBY, PGPLUMB_TEST_PGBOUNCER (both of major 15) and PGPLUMB_TEST_GUARDED (a role with a password,
TLS offered; its certificate in PGPLUMB_TEST_GUARDED_CERTIFICATE). Tests make databases of their own.
"""
from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys

from tests.pg import pool
from tests.pg.binaries import DEBIAN_MAJOR, MAJORS
from tests.pg.cluster import Cluster, running
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.pgbouncer import pgbouncer_for
from tests.pg.secure import guarded_server
from tests.pg.standby import standby_of


def start(stack: contextlib.ExitStack, options: argparse.Namespace) -> dict[str, str]:
    """Start all that was asked for; return the variables that tell a command where it is."""
    variables = pool.environment(stack.enter_context(pool.servers(options.majors)))
    if options.standby:
        primary = stack.enter_context(running(Cluster(DEBIAN_MAJOR)))
        variables["PGPLUMB_TEST_STANDBY_PRIMARY"] = primary.server.url()
        variables["PGPLUMB_TEST_STANDBY"] = stack.enter_context(standby_of(primary)).server.url()
    if options.pgbouncer:
        behind = stack.enter_context(pool.servers([DEBIAN_MAJOR]))[DEBIAN_MAJOR]
        variables["PGPLUMB_TEST_PGBOUNCER_SERVER"] = behind.url()
        variables["PGPLUMB_TEST_PGBOUNCER"] = stack.enter_context(pgbouncer_for(behind)).url()
    if options.guarded:
        guarded = stack.enter_context(guarded_server())
        variables["PGPLUMB_TEST_GUARDED"] = guarded.role.url()
        variables["PGPLUMB_TEST_GUARDED_CERTIFICATE"] = str(guarded.certificate)
    return variables


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.pg.servers", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=list(MAJORS), help="for example 13,15,18; default: all")
    parser.add_argument("--standby", action="store_true", help="also a streaming standby, and its primary")
    parser.add_argument("--pgbouncer", action="store_true", help="also a pooler in transaction mode")
    parser.add_argument("--guarded", action="store_true", help="also a server with a password and TLS")
    parser.add_argument("--keep", action="store_true", help="print the variables and stay until interrupted")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command and not options.keep:
        parser.error("give a command after --, or --keep")
    end_on_termination()
    with contextlib.ExitStack() as stack:
        variables = start(stack, options)
        if command:
            return subprocess.run(command, env={**os.environ, **variables}, check=False).returncode
        for name, value in variables.items():
            if name != "PGPLUMB_TEST_GUARDED":  # it holds a password
                print(f"export {name}='{value}'", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())
