"""The rough model of what a script has made so far, and the choices that its statements are built of.

It need not be exact: whatever a statement does on a server, the program must do too. It only has to be near enough that
about three statements in four are accepted. Names are kept as they are written, quotes included. No statement names a role
that does not exist: which roles a cluster has is not said by a script, so the program does not judge it.
"""
from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

SYSTEM_COLUMNS = ["ctid", "tableoid"]
LONG = "a_name_that_is_so_long_that_nothing_can_be_appended_to_it"


@dataclass
class Column:
    name: str
    type: str
    category: str
    generated: bool = False
    identity: bool = False
    has_default: bool = False


@dataclass
class Relation:
    """A table, view, materialized view or sequence, with what hangs on it by name."""

    schema: str
    name: str
    kind: str
    columns: list[Column] = field(default_factory=list)
    constraints: dict[str, str] = field(default_factory=dict)
    triggers: list[str] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    strategy: str = ""
    key: list[str] = field(default_factory=list)
    bounds: int = 0
    has_default_partition: bool = False
    parents: list[str] = field(default_factory=list)
    partition_of: str = ""

    @property
    def path(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass
class Type:
    """A user's type: an enum with labels, a domain over `category`, a composite type with attributes, or a range type."""

    schema: str
    name: str
    kind: str
    category: str = ""
    base: str = ""
    bounds: str = ""
    labels: list[str] = field(default_factory=list)
    constraints: list[str] = field(default_factory=list)
    attributes: list[Column] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass
class Routine:
    schema: str
    name: str
    arguments: list[str]
    returns: str
    kind: str = "FUNCTION"

    @property
    def path(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def signature(self) -> str:
        return f"{self.path}({', '.join(self.arguments)})"


@dataclass
class State:
    schemas: list[str] = field(default_factory=lambda: ["public"])
    relations: list[Relation] = field(default_factory=list)
    types: list[Type] = field(default_factory=list)
    routines: list[Routine] = field(default_factory=list)
    statistics: list[str] = field(default_factory=list)


class World:
    """The state, the random numbers, and how often a statement is made wrong on purpose."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.state = State()
        self.roles = [f"fuzz_{seed}_a", f"fuzz_{seed}_b"]
        self.serial = 0
        self.error_rate = 0.025

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, items: Sequence[T]) -> T:
        return items[self.random.randrange(len(items))]

    def some(self, items: Sequence[T], most: int) -> list[T]:
        """Between one and `most` of them, in any order."""
        return self.random.sample(list(items), self.random.randint(1, max(1, min(most, len(items)))))

    def maybe(self, text: str, probability: float = 0.3) -> str:
        return text if self.chance(probability) else ""

    def err(self) -> bool:
        """Whether to go wrong here, on purpose."""
        return self.chance(self.error_rate)

    def new_name(self, stem: str, taken: Sequence[str] = ()) -> str:
        """A name that is free, unless it is meant to be wrong; now and then one that needs quotes or is very long."""
        if taken and self.err():
            return self.pick(taken)
        self.serial += 1
        choice = self.random.random()
        if choice < 0.06:
            return f'"{stem.upper()} {self.serial}"'
        if choice < 0.12:
            return f"{stem}{self.serial}_{LONG}"[:self.random.randint(50, 66)]
        return f"{stem}{self.serial}"

    def schema(self) -> str:
        return "nowhere" if self.err() else self.pick(self.state.schemas)

    def role(self) -> str:
        return self.pick([*self.roles, *self.roles, *self.roles, "CURRENT_USER", "postgres"])

    def of_kinds(self, *kinds: str) -> list[Relation]:
        return [relation for relation in self.state.relations if relation.kind in kinds]

    def relation(self, *kinds: str) -> Relation | None:
        """One of these kinds; seldom one of another kind, or one that does not exist."""
        if self.err():
            others = [relation for relation in self.state.relations if relation.kind not in kinds]
            return self.pick(others) if others and self.chance(0.7) else Relation("public", "missing", "table")
        found = self.of_kinds(*kinds)
        return self.pick(found[-12:]) if found else None

    def table(self) -> Relation | None:
        return self.relation("table")

    def column(self, relation: Relation) -> Column:
        if not relation.columns or self.chance(0.02):
            return Column(self.pick(["missing", *SYSTEM_COLUMNS]), "integer", "int")
        return self.pick(relation.columns)

    def find(self, path: str) -> Relation | None:
        return next((relation for relation in self.state.relations if relation.path == path), None)

    def add(self, relation: Relation) -> None:
        self.state.relations.append(relation)

    def drop(self, relation: Relation) -> None:
        self.state.relations = [other for other in self.state.relations if other.path != relation.path]

    def relation_names(self) -> list[str]:
        return [relation.name for relation in self.state.relations]
