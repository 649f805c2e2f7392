"""Conformance: PostgreSQL's own regression suite, statement by statement, against a recording of what a server answered.

The recording is not part of the project: it lies beside it, or where --recording says. Without it nothing is measured, and the
closing line says so. The exit status is 0 when the share of equal outcomes reaches --least (default 0: measured, not judged).
"""
from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.oracles.program import ROOT, find_program

RECORDING = ROOT.parent / "shared" / "oracle"
CLOSING = re.compile(r"^regression suite: (\d+)/(\d+) .*$", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.conformance", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recording", type=Path, default=RECORDING, help="directory with compare-regress")
    parser.add_argument("--least", type=float, default=0, metavar="PERCENT", help="fail below this share")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line a file of the suite")
    options = parser.parse_args()
    compare = options.recording / "compare-regress"
    if not compare.exists():
        print("conformance: skipped, since there is no recording of the regression suite beside the project")
        return 0
    simulate = (f"{shlex.quote(str(find_program()))} simulate {{DIR}} --layout plain --outcomes --on-error continue --pg-version 15")
    results = ROOT / "build"
    results.mkdir(exist_ok=True)  # the list of misses goes there
    command = [sys.executable, str(compare.resolve()), simulate, *(["-v"] if options.verbose else [])]
    done = subprocess.run(command, cwd=results, text=True, capture_output=True, check=False)
    found = CLOSING.search(done.stdout)
    if options.verbose:
        print(done.stdout.removesuffix(found[0] + "\n") if found else done.stdout)
    if not found:
        print(done.stderr.strip()[-2000:], file=sys.stderr)
        print("conformance: the comparison failed")
        return 1
    equal, total = int(found[1]), int(found[2])
    print(f"conformance: {found[0].removeprefix('regression suite: ')}")
    return 0 if 100 * equal >= options.least * total else 1


if __name__ == "__main__":
    sys.exit(main())
