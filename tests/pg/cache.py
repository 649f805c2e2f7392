"""Where downloaded servers and schema sources are kept between runs."""
from __future__ import annotations

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from pathlib import Path


def cache_dir() -> Path:
    """The cache directory, made when absent.

    Servers refuse to run as root, so root's cache lies where the user `postgres` may read too, not under root's home.
    """
    chosen = os.environ.get("PGPLUMB_CACHE")
    if chosen:
        path = Path(chosen).absolute()
    elif os.geteuid() == 0:
        path = Path("/var/cache/pgplumb")
    else:
        path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pgplumb"
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Keep two runs from filling the same part of the cache at once."""
    locks = cache_dir() / "locks"
    locks.mkdir(exist_ok=True)
    with open(locks / re.sub(r"[^\w.@-]+", "_", name), "w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
