"""The built-in catalogs' files against real servers of all majors: exports again, and compares byte for byte.

  python3 -m tests.oracles.builtin

Files whose extension no server here can create (its library needs one that the machine lacks) are skipped. A server of
another minor than the one exported from may differ: then the files of the other majors' rows are compared.
"""
from __future__ import annotations

import argparse
import contextlib
import difflib
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILTIN = ROOT / "catalog" / "builtin"
DATA = BUILTIN / "data"
sys.path.insert(0, str(BUILTIN))
sys.dont_write_bytecode = True

import export  # noqa: E402
import generate  # noqa: E402
from tests.pg import pool  # noqa: E402
from tests.pg.binaries import MAJORS  # noqa: E402
from tests.pg.options import end_on_termination  # noqa: E402

SHOWN_LINES = 12


def export_again(out: Path) -> dict[str, str]:
    """Export from scratch servers into `out`; return the extensions left out, with the reason."""
    with contextlib.ExitStack() as stack:
        servers = stack.enter_context(pool.servers(list(MAJORS)))
        databases = {major: stack.enter_context(server.database("builtin")) for major, server in servers.items()}
        return export.export([server.url(databases[major]) for major, server in servers.items()], str(out))


def files_of(directory: Path) -> set[str]:
    return {str(path.relative_to(directory)) for path in directory.rglob("*.tsv")}


def minors(directory: Path) -> dict[int, str]:
    lines = (directory / "servers.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {int(major): version for major, version in (line.split("\t") for line in lines)}


def differing_bytes(expected: Path, found: Path, name: str) -> list[str]:
    """The differences of one file, as lines of a diff."""
    def lines(directory: Path) -> list[str]:
        path = directory / name
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return list(difflib.unified_diff(lines(expected), lines(found), "checked in", "exported", n=0, lineterm=""))


def rows_of(directory: Path, majors: set[int]) -> dict[str, set[str]]:
    """What the files say of these majors, by file."""
    tables, found = generate.Tables(str(directory)), {}
    for name, rows in tables.builtin.items():
        found[f"{name}.tsv"] = {f"{major} {row}" for where, row in rows for major in where & majors}
    for extension in tables.extensions:
        rows = found.setdefault(f"extensions/{extension.name}.tsv", set())
        for number, where, defaults, *facts in extension.variants:
            rows |= {f"{major} {major in defaults} {facts}" for major in where & majors}
            rows |= {f"{major} {facts[0]} {catalog} {row}" for catalog, variants, row in extension.rows
                     if number in variants for major in where & majors}
    return found


def compare(expected: Path, found: Path, skipped: set[str]) -> dict[str, list[str]]:
    """Files that differ, each with the differing lines."""
    names = sorted((files_of(expected) | files_of(found)) - skipped)
    same_minor = {major for major, version in minors(found).items() if minors(expected).get(major) == version}
    if same_minor == set(MAJORS):
        return {name: lines for name in names if (lines := differing_bytes(expected, found, name))}
    print(f"another minor than exported from: {sorted(set(MAJORS) - same_minor)}; compared by rows of the others")
    left, right = rows_of(expected, same_minor), rows_of(found, same_minor)
    return {name: lines for name in names
            if (lines := sorted(left.get(name, set()) ^ right.get(name, set())))}


def notices_a_change(expected: Path, scratch: Path, name: str) -> bool:
    """Change the last row of one exported file: the comparison must name that file."""
    path = scratch / name
    before = path.read_text(encoding="utf-8")
    path.write_text(before.rstrip("\n") + "x\n", encoding="utf-8")
    noticed = bool(differing_bytes(expected, scratch, name))
    path.write_text(before, encoding="utf-8")
    return noticed


def main() -> int:
    argparse.ArgumentParser(prog="tests.oracles.builtin", description=__doc__,
                            formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    end_on_termination()
    with tempfile.TemporaryDirectory() as directory:
        again = Path(directory)
        left_out = export_again(again)
        skipped = {f"extensions/{name}.tsv" for name in left_out} & files_of(DATA)
        differing = compare(DATA, again, skipped)
        deaf = [name for name in files_of(DATA) & files_of(again) if not notices_a_change(DATA, again, name)]
    for name, lines in differing.items():
        print(f"{name} differs:", *lines[:SHOWN_LINES], sep="\n  ")
    for name in deaf:
        print(f"{name}: a change of its last row goes unnoticed")
    failed = len(set(differing) | set(deaf))
    print(f"builtin: {len(files_of(DATA)) - failed - len(skipped)} passed, {failed} failed, {len(skipped)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
