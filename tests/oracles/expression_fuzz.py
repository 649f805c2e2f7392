"""Random expressions, valid and invalid: the server's text and type, or its SQLSTATE. The same seed makes the same ones. How many
of the equal ones hold a literal that the program calls unsure is said: a regclass by a number, an array of a schema's own names.

  python3 -m tests.oracles.expression_fuzz --seed 1 --count 2000 --majors 15
"""
from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.oracles.expression_grammar import Expressions, catalog_of
from tests.oracles.expressions import Agreement, compare, figures
from tests.pg import pool
from tests.pg.options import end_on_termination, parse_majors
from tests.pg.server import Server


def fuzz(server: Server, seed: int, count: int, home: Path) -> Agreement:
    source = Expressions(catalog_of(server.query, server.major), seed)
    table = home / f"{server.major}.txt"
    table.write_text("".join(f"{source.next()}\n" for _ in range(count)), encoding="utf-8")
    return compare(server, table, "--once", "--unsure")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.oracles.expression_fuzz", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--majors", type=parse_majors, default=[15, 18])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000, help="expressions for each major")
    options = parser.parse_args()
    end_on_termination()
    with tempfile.TemporaryDirectory(prefix="pgplumb-expressions-") as home, pool.servers(options.majors) as servers:
        found = {major: fuzz(server, options.seed, options.count, Path(home)) for major, server in servers.items()}
    for major, agreement in found.items():
        print(f"== PostgreSQL {major}\n{agreement.output}")
    print(figures("expression fuzz", found))
    return 0 if all(agreement.equal == agreement.total for agreement in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
