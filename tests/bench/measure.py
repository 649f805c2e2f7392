"""Timing commands against each other, and their memory."""
from __future__ import annotations

import ctypes
import ctypes.util
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.oracles.program import run

# Runs a command from a process that is itself small: a child's peak begins at the size of what it was forked from.
_SMALL_PARENT = ("import os, sys\npid = os.fork()\nif pid == 0:\n    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)\n"
                 "    os.execvp(sys.argv[1], sys.argv[1:])\n_, status, usage = os.wait4(pid, 0)\nprint(usage.ru_maxrss)\n")


class MeasurementFailed(RuntimeError):
    """A command that did not do its work; its time would mean nothing."""


@dataclass(frozen=True)
class Contender:
    """Something to time: `run` does it once and returns the seconds that it took."""

    name: str
    run: Callable[[], float]


def command(name: str, arguments: list[str], statuses: tuple[int, ...] = (0,)) -> Contender:
    def once() -> float:
        outcome = run(arguments)
        if outcome.status not in statuses:
            raise MeasurementFailed(f"{name}: status {outcome.status}: {outcome.stderr.strip()[:400]}")
        return outcome.seconds
    return Contender(name, once)


def medians(contenders: list[Contender], rounds: int) -> list[float]:
    """Seconds, one for each contender. They take turns, so that what else the machine does burdens all of them alike."""
    taken: list[list[float]] = [[] for _ in contenders]
    for _ in range(rounds):
        for times, contender in zip(taken, contenders):
            times.append(contender.run())
    return [statistics.median(times) for times in taken]


def peak_mib(arguments: list[str]) -> float:
    """The command's largest resident memory, in MiB."""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", _SMALL_PARENT, *arguments], text=True, capture_output=True, check=True)
    return int(done.stdout) / 1024


class _ParseResult(ctypes.Structure):
    """PgQueryParseResult of pg_query.h."""

    _fields_ = [("parse_tree", ctypes.c_char_p), ("stderr_buffer", ctypes.c_char_p), ("error", ctypes.c_void_p)]


def raw_parse(file: Path) -> Contender | None:
    """libpg_query's own parse of the same text, without any program around it; None where there is no shared library."""
    name = ctypes.util.find_library("pg_query")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    library.pg_query_parse.argtypes = [ctypes.c_char_p]
    library.pg_query_parse.restype = _ParseResult
    library.pg_query_free_parse_result.argtypes = [_ParseResult]
    text = file.read_bytes()

    def once() -> float:
        started = time.monotonic()
        result = library.pg_query_parse(text)
        failed = bool(result.error)
        library.pg_query_free_parse_result(result)
        seconds = time.monotonic() - started
        if failed:
            raise MeasurementFailed(f"libpg_query does not parse {file.name}")
        return seconds
    return Contender("pg_query_parse", once)
