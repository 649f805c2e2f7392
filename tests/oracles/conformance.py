"""Conformance: PostgreSQL's own regression suite, statement by statement, against a recording of what a server answered.

The recording is not part of the project: it lies beside it, or where --recording says. Without it nothing is measured, and the
closing line says so. The exit status is 0 when the share of equal outcomes reaches --least. The misses are in regress-misses.tsv, other messages in regress-messages.tsv.
"""
from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.oracles import recording
from tests.oracles.program import ROOT, find_program

RECORDING = ROOT.parent / "shared" / "oracle"
OUTCOMES = "regress-outcomes.jsonl"
LEAST = 98.6
CLOSING = re.compile(r"^regression suite: (\d+)/(\d+) .*$", re.MULTILINE)


def run_comparison(compare: Path, results: Path, verbose: bool) -> subprocess.CompletedProcess[str]:
    """What the comparison prints; the program's own outcomes are kept for the messages."""
    simulate = (f"{shlex.quote(str(find_program()))} simulate {{DIR}} --layout plain --outcomes --on-error continue --pg-version 15"
                f" | tee {shlex.quote(OUTCOMES)}")
    results.mkdir(exist_ok=True)
    command = [sys.executable, str(compare.resolve()), simulate, *(["-v"] if verbose else [])]
    return subprocess.run(command, cwd=results, text=True, capture_output=True, check=False)


def same_messages(directory: Path, results: Path) -> recording.Messages:
    data, = directory.glob("*.jsonl.gz")
    with open(results / OUTCOMES, encoding="utf-8", errors="surrogateescape") as output:
        messages = recording.compare_messages(recording.read(data), output)
    with open(results / "regress-messages.tsv", "w", encoding="utf-8", errors="surrogateescape") as out:
        for statement, said in messages.other:
            print(f"{statement.file}:{statement.first}\t{statement.message}\t{said}", file=out)
    return messages


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.conformance", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recording", type=Path, default=RECORDING, help="directory with compare-regress")
    parser.add_argument("--results", type=Path, default=ROOT / "build", help="directory for the lists of misses")
    parser.add_argument("--least", type=float, default=LEAST, metavar="PERCENT", help="fail below this share (%(default)s)")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line a file of the suite")
    options = parser.parse_args()
    compare = options.recording / "compare-regress"
    if not compare.exists():
        print("conformance: skipped, since there is no recording of the regression suite beside the project")
        return 0
    done = run_comparison(compare, options.results, options.verbose)
    found = CLOSING.search(done.stdout)
    if options.verbose:
        print(done.stdout.removesuffix(found[0] + "\n") if found else done.stdout)
    if not found:
        print(done.stderr.strip()[-2000:], file=sys.stderr)
        print("conformance: the comparison failed")
        return 1
    equal, total = int(found[1]), int(found[2])
    messages = same_messages(options.recording, options.results)
    print(f"conformance: {found[0].removeprefix('regression suite: ')}; {messages.equal} of {messages.total} statements that are "
          "refused alike have the same message")
    return 0 if 100 * equal >= options.least * total else 1


if __name__ == "__main__":
    sys.exit(main())
