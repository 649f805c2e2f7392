"""The recorded regression suite: where its statements lie in the files that are simulated, and what a server answered."""
from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DDL = re.compile(r"^\s*(?:--[^\n]*\n|/\*.*?\*/|\s)*(create|alter|drop|comment|grant|revoke|reassign|security\s+label|import)\b",
                 re.IGNORECASE | re.DOTALL)
BY_DATA = ("22", "23", "21", "25P", "40", "53", "54", "55", "57", "58", "XX", "P0")  # classes of SQLSTATE that data decide


@dataclass(frozen=True)
class Recorded:
    """One statement, and the lines of its file that are its own."""

    file: str
    first: int
    end: int
    sql: str
    state: str
    message: str

    @property
    def refused_ddl(self) -> bool:
        return bool(DDL.match(self.sql)) and self.state != "00000" and not self.state.startswith(BY_DATA)


def read(recording: Path) -> list[Recorded]:
    """The statements in their order, a file's behind one another as the comparison writes them down."""
    statements: list[Recorded] = []
    line, file = 1, ""
    with gzip.open(recording, "rt", encoding="utf-8") as lines:
        for one in map(json.loads, lines):
            line = line if one["file"] == file else 1
            file = one["file"]
            end = line + _written(one["sql"]).count("\n") + 1
            statements.append(Recorded(file, line, end, one["sql"], one["state"], one["message"]))
            line = end
    return statements


def _written(sql: str) -> str:
    sql = sql.rstrip()
    return sql if sql.endswith(";") else sql + ("\n;" if "--" in sql.splitlines()[-1] else ";")


def outcomes(output: Iterable[str]) -> dict[tuple[str, int], dict[str, Any]]:
    """What `simulate --outcomes` printed, by file and line; of a line's statements the first."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for one in map(json.loads, output):
        found.setdefault((Path(one["file"]).name, one["line"]), one)
    return found


@dataclass(frozen=True)
class Messages:
    """Statements that both sides refuse with one SQLSTATE: in how many words are the same, and those where they are not."""

    equal: int
    other: list[tuple[Recorded, str]]

    @property
    def total(self) -> int:
        return self.equal + len(self.other)


def compare_messages(recorded: Iterable[Recorded], output: Iterable[str]) -> Messages:
    pairs = list(_refused_alike(recorded, outcomes(output)))
    other = [(statement, said) for statement, said in pairs if said != statement.message]
    return Messages(len(pairs) - len(other), other)


def _refused_alike(recorded: Iterable[Recorded], found: dict[tuple[str, int], dict[str, Any]]) -> Iterator[tuple[Recorded, str]]:
    for statement in recorded:
        lines = (found.get((statement.file, line)) for line in range(statement.first, statement.end))
        outcome = next((one for one in lines if one), None)
        if statement.refused_ddl and outcome and outcome["outcome"] == "error" and outcome.get("sqlstate") == statement.state:
            yield statement, outcome.get("message", "")
