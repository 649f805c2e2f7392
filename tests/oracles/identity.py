"""Reading the identities of a report as paths of names, so that they can be compared with an inventory's."""
from __future__ import annotations

import re

from tests.oracles.inventory import Key
from tests.oracles.program import Change

# What a report calls an object of its own is, for the inventory, part of another.
SYNONYMS = {"column_default": "column", "operator_": "operator", "publication_table": "publication",
            "publication_schema": "publication"}

# Identities of these begin with the word of the kind that they hang on: `table public.orders (alice)`.
_AFTER_A_WORD = {"grant", "security_label"}

_NAME = re.compile(r'"((?:[^"]|"")*)"|([^."(]+)')


def parse_identity(text: str) -> tuple[str, ...]:
    """`public."Order".id` → ("public", "Order", "id"); what follows in brackets, as a routine's argument types, is left out."""
    names: list[str] = []
    position = 0
    while position < len(text) and text[position] != "(":
        found = _NAME.match(text, position)
        if not found:
            raise ValueError(f"identity '{text}' cannot be read at character {position}")
        quoted, plain = found.groups()
        names.append(quoted.replace('""', '"') if quoted is not None else plain.strip())
        position = found.end()
        while text[position: position + 1] == " ":
            position += 1
        if text[position: position + 1] == ".":
            position += 1
    return tuple(names)


def key_of(change: Change) -> Key:
    identity = change.identity.split(" ", 1)[1] if change.kind in _AFTER_A_WORD else change.identity
    return SYNONYMS.get(change.kind, change.kind), parse_identity(identity)
