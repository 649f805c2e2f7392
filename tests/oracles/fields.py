"""Which fields of a report hold printed expressions and queries.

A difference in these alone, with a text on both sides, is one of printing or analysing; all others are differences of
structure. The two are counted apart.
"""
from __future__ import annotations

from typing import Any

from tests.oracles.program import Change, FieldChange

TEXT_FIELDS = {
    ("column", "default"),
    ("column", "generated"),
    ("column_default", "expression"),
    ("constraint", "expression"),
    ("domain", "default"),
    ("foreign_table", "partition_bound"),
    ("index", "predicate"),
    ("materialized_view", "query"),
    ("policy", "check"),
    ("policy", "using"),
    ("publication_table", "row_filter"),
    ("function", "sql_body"),
    ("procedure", "sql_body"),
    ("rule", "definition"),
    ("statistics", "expressions"),
    ("table", "partition_bound"),
    ("table", "partition_key"),
    ("trigger", "when"),
    ("view", "query"),
}

# Lists of structs, of which only these members are printed expressions.
TEXT_MEMBERS = {
    ("index", "columns"): "expression",
    ("constraint", "columns"): "expression",
    ("function", "arguments"): "default",
    ("procedure", "arguments"): "default",
}


def _without(value: Any, member: str) -> Any:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return None
    return [{k: (v is not None) if k == member else v for k, v in item.items()} for item in value]


def _is_text(kind: str, change: FieldChange) -> bool:
    if (kind, change.field) in TEXT_FIELDS:
        return bool(change.expected) and bool(change.actual)
    member = TEXT_MEMBERS.get((kind, change.field))
    if member is None:
        return False
    expected, actual = _without(change.expected, member), _without(change.actual, member)
    return expected is not None and expected == actual


def is_text_only(change: Change) -> bool:
    """True for an altered object whose every differing field is a printed expression, present on both sides."""
    return change.change == "altered" and bool(change.fields) and all(_is_text(change.kind, f) for f in change.fields)
