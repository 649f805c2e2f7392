"""pgbouncer in transaction mode in front of a server: sessions lose their state between transactions."""
from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from tests.pg import process
from tests.pg.server import Server

CONFIGURATION = """\
[databases]
* = host={host} port={target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
auth_file = {home}/users.txt
pool_mode = transaction
default_pool_size = 8
logfile = {home}/pgbouncer.log
pidfile = {home}/pgbouncer.pid
"""


def _binary() -> str:
    found = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/sbin:/bin")
    if not found:
        raise RuntimeError("pgbouncer is not installed: run scripts/setup")
    return found


@contextlib.contextmanager
def pgbouncer_for(server: Server) -> Iterator[Server]:
    """Yields the pooler's address, in the shape of a server: the same user, the same database names."""
    home = Path(tempfile.mkdtemp(prefix="pgplumb-bouncer-"))
    process.give_to_server(home)
    pooler = Server(server.major, process.free_port(), user=server.user)
    configuration = home / "pgbouncer.ini"
    configuration.write_text(
        # "any" logs in as the user of the entry, so that no password file is needed
        CONFIGURATION.format(host=server.host, target=f"{server.port} user={server.user}", port=pooler.port, home=home),
        encoding="utf-8")
    (home / "users.txt").write_text(f'"{server.user}" ""\n', encoding="utf-8")
    running = process.spawn_as_server([_binary(), str(configuration)], home, home / "output.log")
    try:
        _wait_ready(pooler, running, home)
        yield pooler
    finally:
        process.stop(running)
        shutil.rmtree(home, ignore_errors=True)


def _wait_ready(pooler: Server, running: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            pooler.connect().close()
            return
        except psycopg2.OperationalError as error:
            if running.poll() is not None or time.monotonic() > deadline:
                log = (home / "pgbouncer.log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"pgbouncer did not start: {error}\n{log}") from error
        time.sleep(0.05)
