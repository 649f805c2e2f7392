"""A server that asks for a password (SCRAM) and offers TLS, for the tests of connection settings."""
from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.pg import process
from tests.pg.binaries import DEBIAN_MAJOR
from tests.pg.cluster import Cluster, running
from tests.pg.server import Server

HBA = """\
local all postgres trust
host all postgres 127.0.0.1/32 trust
{kind} all all 127.0.0.1/32 scram-sha-256
"""


@dataclass
class Guarded:
    """One server seen by two users: the superuser without a password, and a role that needs one."""

    superuser: Server
    role: Server
    certificate: Path | None


def _certificate(cluster: Cluster) -> Path:
    """A self-signed certificate for localhost, which a client may also name as its root."""
    path = cluster.home / "server.crt"
    process.run_as_server(["openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost",
                           "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                           "-out", str(path), "-keyout", str(cluster.home / "server.key")], cwd=cluster.home)
    return path


@contextlib.contextmanager
def guarded_server(tls: bool = True, tls_only: bool = False, major: int = DEBIAN_MAJOR) -> Iterator[Guarded]:
    """`tls_only` refuses the role's connections without TLS; `tls=False` makes a server that offers none."""
    cluster = Cluster(major)
    certificate = None
    if tls:
        certificate = _certificate(cluster)
        cluster.settings |= {"ssl": "on", "ssl_cert_file": str(certificate), "ssl_key_file": str(cluster.home / "server.key")}
    with running(cluster):
        password = secrets.token_urlsafe(18)
        server = cluster.server
        server.execute("SET password_encryption = 'scram-sha-256'")
        server.execute(f"CREATE ROLE guarded LOGIN PASSWORD '{password}'")
        hba = HBA.format(kind="hostssl" if tls_only else "host")
        (cluster.data / "pg_hba.conf").write_text(hba, encoding="utf-8")
        server.execute("SELECT pg_reload_conf()")
        yield Guarded(server, Server(major, server.port, user="guarded", password=password), certificate)
