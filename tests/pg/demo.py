"""The live half of ./demo: a scratch PostgreSQL with the example's migrations and the changes made by hand."""
from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.pg.cluster import Cluster, running
from tests.pg.psql import apply_file, apply_files

EXAMPLE = Path("fixtures/demo")
DRIFT = 2


def shown(command: list[str]) -> int:
    print(f"\n\033[1m$ {' '.join(command)}\033[0m", flush=True)
    status = subprocess.run(command, check=False).returncode
    print(f"(exit status {status})", flush=True)
    return status


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="path of pgplumb")
    parser.add_argument("--snapshot", type=Path, help="write the drifted database's snapshot there, and do nothing else")
    options = parser.parse_args()
    migrations = EXAMPLE / "migrations"
    with running(Cluster(15)) as cluster:
        server = cluster.server
        server.create_database("shop")
        apply_files(server, "shop", sorted(migrations.glob("*.sql")))
        url = server.url("shop")
        if options.snapshot:
            apply_file(server, "shop", EXAMPLE / "planted.sql")
            return subprocess.run([options.program, "snapshot", url, "-o", str(options.snapshot)], check=False).returncode
        if shown([options.program, "check", str(migrations), url]) != 0:
            return 1
        print("\n… and after somebody has changed things by hand (fixtures/demo/planted.sql):")
        apply_file(server, "shop", EXAMPLE / "planted.sql")
        if shown([options.program, "check", str(migrations), url]) != DRIFT:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
