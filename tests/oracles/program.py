"""Running the program under test, and reading its reports."""
from __future__ import annotations

import json
import os
import select
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = ROOT / "docs" / "report.schema.json"
TIMEOUT_SECONDS = 300

IN_SYNC, PENDING, DRIFT, UNDECIDED = "in_sync", "pending", "drift", "undecided"
STATUS_OF_VERDICT = {IN_SYNC: 0, PENDING: 0, DRIFT: 2, UNDECIDED: 1}


class BadReport(RuntimeError):
    """Output that is no report, breaks the report's JSON Schema, or does not fit the exit status."""


@dataclass(frozen=True)
class FieldChange:
    field: str
    expected: Any
    actual: Any
    origin: dict[str, Any] | None


@dataclass(frozen=True)
class Change:
    """One difference of a report; `change` is missing, unexpected or altered."""

    kind: str
    identity: str
    change: str
    fields: tuple[FieldChange, ...] = ()

    def __str__(self) -> str:
        return f"{self.change} {self.kind} {self.identity}"


@dataclass(frozen=True)
class Report:
    verdict: str
    changes: tuple[Change, ...]
    document: dict[str, Any] = field(repr=False)

    def reasons(self) -> list[str]:
        """Why it may not have decided: what it did not run, refused, understand or see, a line each."""
        return [f"{heading.replace('_', ' ')}: {_place(note)}{note.get('message', note)}"
                for heading in ("not_simulated", "errors", "unresolved", "unseen") for note in self.document.get(heading) or []]


@dataclass(frozen=True)
class Outcome:
    """One run of the program. `peak_kib` is its resident memory at the highest, in KiB."""

    status: int
    stdout: bytes = field(repr=False)
    stderr: str
    seconds: float
    peak_kib: int


def _place(note: dict[str, Any]) -> str:
    return f"{Path(note['file']).name}:{note.get('line', 0)}: " if note.get("file") else ""


def find_program() -> Path:
    """$PGPLUMB, or the program of the release build, or of the development build."""
    chosen = os.environ.get("PGPLUMB")
    candidates = [Path(chosen)] if chosen else [ROOT / "build" / name / "pgplumb" for name in ("release", "dev", "debug")]
    for path in candidates:
        if os.access(path, os.X_OK):
            return path.resolve()
    raise SystemExit(f"no program at {' or '.join(map(str, candidates))}: build it, or set PGPLUMB")


def run(arguments: list[str], stdin: bytes = b"", cwd: Path | None = None) -> Outcome:
    """Run a command to its end, measuring time and memory of that process alone."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        source.write(stdin)
        source.seek(0)
        started = time.monotonic()
        process = subprocess.Popen(arguments, stdin=source, stdout=output, stderr=errors, cwd=cwd)
        _end_after(process, TIMEOUT_SECONDS)
        # subprocess would throw the resource usage away
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Outcome(process.returncode, output.read(), errors.read().decode("utf-8", "replace"), seconds, usage.ru_maxrss)


def _end_after(process: subprocess.Popen[bytes], timeout_seconds: float) -> None:
    """Wait for a child to end, without reaping it; kill it when it takes too long."""
    handle = os.pidfd_open(process.pid)
    try:
        ready, _, _ = select.select([handle], [], [], timeout_seconds)
        if not ready:
            process.kill()
    finally:
        os.close(handle)


def _change(entry: dict[str, Any]) -> Change:
    fields = tuple(FieldChange(f["field"], f.get("expected"), f.get("actual"), f.get("origin"))
                   for f in entry.get("fields") or [])
    return Change(entry["kind"], entry["identity"], entry["change"], fields)


_validator: Any = None


def _validate(document: dict[str, Any]) -> None:
    """Hold a report against the published schema."""
    global _validator
    if _validator is None:
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        _validator = jsonschema.validators.validator_for(schema)(schema)
    for error in _validator.iter_errors(document):
        place = "/".join(map(str, error.absolute_path))
        raise BadReport(f"the report breaks {SCHEMA.name} at {place or 'its top'}: {error.message[:300]}")


def parse_report(outcome: Outcome) -> Report:
    """The report in a run's output; a run that says nothing readable is an error of the program, never a verdict."""
    try:
        document = json.loads(outcome.stdout)
    except ValueError as error:
        said = outcome.stderr.strip() or outcome.stdout[:200].decode("utf-8", "replace")
        raise BadReport(f"status {outcome.status}, no report: {said[:500]}") from error
    _validate(document)
    verdict = document.get("verdict")
    if STATUS_OF_VERDICT.get(verdict) != outcome.status:
        raise BadReport(f"verdict '{verdict}' with status {outcome.status}: {outcome.stderr.strip()[:300]}")
    return Report(verdict, tuple(map(_change, document["changes"])), document)


@dataclass(frozen=True)
class Program:
    """The program under test."""

    path: Path

    def run(self, *arguments: str, stdin: bytes = b"") -> Outcome:
        return run([str(self.path), *arguments], stdin)

    def check(self, expected: str, live: str, *options: str) -> Report:
        return parse_report(self.run("check", expected, live, "--format", "json", *options))

    def diff(self, source: str, target: str, *options: str) -> Outcome:
        """The SQL that turns `source` into `target`, on standard output."""
        return self.run("diff", source, target, "--format", "sql", *options)

    def snapshot(self, source: str, into: Path, *options: str) -> None:
        outcome = self.run("snapshot", source, *options)
        if outcome.status != 0:
            raise BadReport(f"snapshot {source}: status {outcome.status}: {outcome.stderr.strip()[:500]}")
        into.write_bytes(outcome.stdout)
