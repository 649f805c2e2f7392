"""What the command lines of the test programs have in common."""
from __future__ import annotations

import argparse
import signal
from types import FrameType

from tests.pg.binaries import MAJORS


def parse_majors(text: str) -> list[int]:
    if text == "all":
        return list(MAJORS)
    try:
        majors = sorted({int(part) for part in text.split(",")})
    except ValueError:
        majors = []
    if not majors or not set(majors) <= set(MAJORS):
        raise argparse.ArgumentTypeError(f"'{text}': give majors out of {','.join(map(str, MAJORS))}, or 'all'")
    return majors


def end_on_termination() -> None:
    """Turn SIGTERM into an ordinary exit, so that the servers are stopped."""
    def leave(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(143)
    signal.signal(signal.SIGTERM, leave)
