"""Servers of several majors at once, started together, or taken from the environment where they run already."""
from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.pg.cluster import Cluster
from tests.pg.server import Server


def variable(major: int) -> str:
    """The environment variable that holds the URL of a superuser on a maintenance database of this major."""
    return f"PGPLUMB_TEST_PG{major}"


def environment(servers: dict[int, Server]) -> dict[str, str]:
    return {variable(major): server.url() for major, server in servers.items()}


@contextlib.contextmanager
def servers(majors: list[int]) -> Iterator[dict[int, Server]]:
    """One server a major. Those that the environment names are used as they are; the others are started here."""
    found = {m: Server.from_url(m, os.environ[variable(m)]) for m in majors if os.environ.get(variable(m))}
    clusters: list[Cluster] = []
    failed = True
    try:
        clusters.extend(Cluster(major) for major in majors if major not in found)
        with ThreadPoolExecutor() as workers:
            list(workers.map(Cluster.initdb, clusters))
        for cluster in clusters:
            cluster.launch()
        for cluster in clusters:
            cluster.wait_ready()
        started = {cluster.major: cluster.server for cluster in clusters}
        yield {major: found.get(major) or started[major] for major in majors}
        failed = False
    finally:
        for cluster in clusters:
            cluster.remove(keep_log=failed)
