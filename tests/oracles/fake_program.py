#!/usr/bin/python3
"""Stands in for the program in the oracles' own tests, to see that they pass what is right and fail what is wrong.

FAKE_MODE chooses its character:
  honest   compares inventories of live databases faithfully (it cannot run migrations: directories are always in sync)
  (all)    writes empty plans: it cannot turn one schema into another
  blind    always in sync
  gossip   honest, but adds an object that does not exist to whatever it finds
  loud     always drift, of an object that does not exist
  shy      always undecided
  liar     says in sync with the exit status of drift
"""
from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.oracles import inventory  # noqa: E402
from tests.oracles.program import SCHEMA  # noqa: E402
from tests.pg.server import Server  # noqa: E402

STATUS = {"in_sync": 0, "drift": 2, "undecided": 1}


def take(url: str) -> dict[str, str]:
    server = Server.from_url(0, url)
    (version,), = server.query("SHOW server_version_num")
    server.major = int(version) // 10000
    entries = inventory.take(server, urlsplit(url).path.lstrip("/"), privileges=True).entries
    return {json.dumps(key): entry.definition for key, entry in entries.items()}


def identity(path: list[str]) -> str:
    return ".".join(part if part.isidentifier() and part.islower() else '"' + part.replace('"', '""') + '"' for part in path)


def compare(expected: dict[str, Any], actual: dict[str, Any], options: list[str]) -> list[dict[str, Any]]:
    changes = []
    for key in sorted(expected.keys() | actual.keys()):
        kind, path = json.loads(key)
        in_scope = {"owner": "--owners" in options, "grant": "--grants" in options}.get(kind, True)
        if in_scope and expected.get(key) != actual.get(key):
            change = "missing" if key not in actual else "unexpected" if key not in expected else "altered"
            fields = [{"field": "definition", "expected": expected.get(key), "actual": actual.get(key)}]
            name = ("table " if kind == "grant" else "") + identity(path)
            changes.append({"kind": kind, "identity": name, "change": change, "fields": fields})
    return changes


def _least(rule: dict[str, Any], definitions: dict[str, Any]) -> Any:
    """The smallest value that a JSON Schema rule of our reports allows."""
    rule = definitions[rule["$ref"].rsplit("/", 1)[1]] if "$ref" in rule else rule
    if "const" in rule:
        return rule["const"]
    if "pattern" in rule:  # only hashes have one
        return "0" * 32
    if rule["type"] == "object":
        return {name: _least(rule["properties"][name], definitions) for name in rule.get("required", ())}
    return {"string": "", "array": [], "integer": rule.get("minimum", 0), "boolean": False}[rule["type"]]


def report(verdict: str, changes: list[dict[str, Any]]) -> dict[str, Any]:
    """A report with nothing in it but the verdict, the changes, and what the JSON Schema demands."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    rules = {**schema, "required": [name for name in schema["required"] if name not in ("verdict", "changes")]}
    return {**_least(rules, schema["$defs"]), "verdict": verdict, "changes": changes}


def check(expected: str, live: str, options: list[str], mode: str) -> int:
    changes: list[dict[str, Any]] = []
    if mode in ("honest", "gossip") and expected.endswith(".json"):
        changes = compare(json.loads(Path(expected).read_text(encoding="utf-8")), take(live), options)
    if mode == "loud" or (mode == "gossip" and changes):
        changes += [{"kind": "table", "identity": "nowhere.nothing", "change": "missing", "fields": []}]
    verdict = "undecided" if mode == "shy" else "drift" if changes else "in_sync"
    print(json.dumps(report(verdict, changes)))
    return 2 if mode == "liar" else STATUS[verdict]


def main() -> int:
    mode = os.environ.get("FAKE_MODE", "honest")
    command, *arguments = sys.argv[1:]
    if command == "check":
        return check(arguments[0], arguments[1], arguments[2:], mode)
    if command == "snapshot" and "://" in arguments[0]:
        json.dump(take(arguments[0]), sys.stdout)
        return 0
    if command == "diff":
        return 0
    print(f"the stand-in knows no '{command} {' '.join(arguments)}'", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
