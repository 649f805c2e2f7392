"""Starting and ending server processes, as a user that PostgreSQL accepts."""
from __future__ import annotations

import ctypes
import os
import pwd
import random
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

SERVER_USER = "postgres"
_given_ports: set[int] = set()
_PR_SET_PDEATHSIG = 1


def identity() -> dict[str, Any]:
    """Arguments for subprocess that drop root's rights: PostgreSQL and pgbouncer refuse to run with them."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(SERVER_USER)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def give_to_server(path: Path) -> None:
    if os.geteuid() == 0:
        entry = pwd.getpwnam(SERVER_USER)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _die_with_parent() -> None:
    """A test run that is killed must not leave its servers behind."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def run_as_server(command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False, **identity())
    if done.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")


def spawn_as_server(command: list[str], cwd: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start a server in the foreground, its output going to `log`. Call from a thread that outlives the server."""
    with open(log, "ab") as output:
        return subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                preexec_fn=_die_with_parent, **identity())


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server: first a fast shutdown, then an immediate one."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            continue


def free_port() -> int:
    """A port that nothing listens on, out of PGPLUMB_TEST_PORTS (default 54000-54999); another one at each call."""
    first, last = (int(part) for part in os.environ.get("PGPLUMB_TEST_PORTS", "54000-54999").split("-"))
    candidates = list(range(first, last + 1))
    random.SystemRandom().shuffle(candidates)
    for port in candidates:
        if port in _given_ports:  # a server that was told to use it may not listen yet
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            _given_ports.add(port)
            return port
    raise RuntimeError(f"no free port between {first} and {last}")
