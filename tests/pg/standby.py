"""A streaming standby: a real replica of a running cluster, made with pg_basebackup."""
from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from tests.pg import process
from tests.pg.cluster import Cluster, running


@contextlib.contextmanager
def standby_of(primary: Cluster) -> Iterator[Cluster]:
    """A hot standby that streams from `primary`. Only majors whose binaries bring pg_basebackup (Debian's) will do."""
    replica = Cluster(primary.major)
    try:
        process.run_as_server([str(replica.bin / "pg_basebackup"), "-D", str(replica.data), "-R", "-X", "stream",
                               "-c", "fast", "-d", primary.server.url()], cwd=replica.home)
    except RuntimeError:
        replica.remove()
        raise
    with running(replica, prepare=False):
        yield replica


def wait_for_replay(primary: Cluster, replica: Cluster, timeout_seconds: float = 30) -> None:
    """Return when the standby shows all that the primary has committed so far."""
    (target,), = primary.server.query("SELECT pg_current_wal_lsn()::text")
    deadline = time.monotonic() + timeout_seconds
    while True:
        (done,), = replica.server.query(f"SELECT pg_last_wal_replay_lsn() >= '{target}'::pg_lsn")
        if done:
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"the standby did not reach {target}\n{replica.log_tail()}")
        time.sleep(0.02)
