"""A scratch cluster: made by initdb in a directory of its own, started, and removed afterwards."""
from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from tests.pg import process
from tests.pg.binaries import bin_dir
from tests.pg.server import Server

START_TIMEOUT_SECONDS = 60

# Nothing in a scratch cluster has to outlive a crash, and background work would only disturb the measurements.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "100",
    "max_locks_per_transaction": "512",
    "timezone": "UTC",
    "lc_messages": "C",
}


MEMORY = Path("/dev/shm")  # databases are made and dropped by the hundred: files in memory spare half of the time
ENOUGH_BYTES = 4 << 30


def _in_memory() -> str | None:
    """Where clusters go that need no disk; None where there is no such place with room for them."""
    return str(MEMORY) if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH_BYTES else None


class ClusterFailed(RuntimeError):
    """A server that did not start; the message ends with its log."""


class Cluster:
    """One server process and its directory. Use `running`, or start and stop by hand."""

    def __init__(self, major: int, settings: dict[str, str] | None = None) -> None:
        self.major = major
        self.bin = bin_dir(major)
        self.home = Path(tempfile.mkdtemp(prefix=f"pgplumb-pg{major}-", dir=_in_memory()))
        process.give_to_server(self.home)
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.settings = {**SETTINGS, "unix_socket_directories": str(self.home), **(settings or {})}
        self.server = Server(major, port=0)
        self._process: subprocess.Popen[bytes] | None = None

    def initdb(self) -> None:
        process.run_as_server([str(self.bin / "initdb"), "-D", str(self.data), "-U", self.server.user, "-A", "trust",
                               "--locale=C", "-E", "UTF8", "-N"], cwd=self.home)

    def launch(self) -> None:
        """Start the server process without waiting for it."""
        self.server.port = process.free_port()
        command = [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.server.port)]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        self._process = process.spawn_as_server(command, self.home, self.log)

    def wait_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while True:
            try:
                self.server.connect().close()
                return
            except psycopg2.OperationalError as error:
                if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                    raise ClusterFailed(f"PostgreSQL {self.major} did not start: {error}\n{self.log_tail()}") from error
            time.sleep(0.05)

    def log_tail(self, lines: int = 30) -> str:
        if not self.log.exists():
            return "(no log)"
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def stop(self) -> None:
        if self._process is not None:
            process.stop(self._process)
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.launch()
        self.wait_ready()

    def remove(self, keep_log: bool = False) -> None:
        """Stop, and remove the directory; the log of a failed run stays, and its place is named."""
        self.stop()
        if keep_log and self.log.exists():
            kept = Path(tempfile.gettempdir()) / f"{self.home.name}.log"
            shutil.copyfile(self.log, kept)
            print(f"the log of PostgreSQL {self.major} is kept in {kept}", file=sys.stderr)
        shutil.rmtree(self.home, ignore_errors=True)


@contextlib.contextmanager
def running(cluster: Cluster, prepare: bool = True) -> Iterator[Cluster]:
    """Run a cluster for the time of the `with` block; `prepare` says whether it still needs its initdb."""
    failed = True
    try:
        if prepare:
            cluster.initdb()
        cluster.launch()
        cluster.wait_ready()
        yield cluster
        failed = False
    finally:
        cluster.remove(keep_log=failed)
