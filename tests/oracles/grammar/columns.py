"""Definitions of columns and constraints, as CREATE TABLE and ALTER TABLE both take them."""
from __future__ import annotations

from tests.oracles.grammar import expressions
from tests.oracles.grammar.world import Column, Relation, World

ACTIONS = ["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"]
COLLATIONS = ['"C"', '"POSIX"', '"default"', 'pg_catalog."C"']


def constraint_name(w: World, stem: str, relation: Relation) -> str:
    """CONSTRAINT and a name, or nothing: then PostgreSQL names it."""
    if not w.chance(0.35):
        return ""
    name = w.new_name(stem, list(relation.constraints))
    relation.constraints[name] = stem
    return f"CONSTRAINT {name} "


def deferral(w: World) -> str:
    return w.pick(["", "", "", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE", " INITIALLY DEFERRED",
                   " INITIALLY IMMEDIATE"])


def _actions(w: World) -> str:
    return "".join(w.maybe(f" ON {event} {w.pick(ACTIONS)}", 0.3) for event in ("DELETE", "UPDATE"))


def referenced(w: World, relation: Relation, columns: list[Column]) -> list[tuple[Relation, list[Column]]]:
    """Tables with a key, and columns of theirs that a foreign key of these types may refer to."""
    found = []
    for table in [*w.of_kinds("table"), relation]:
        keys = [c for c in table.columns if c.name in table.key]
        if len(keys) == len(columns) and all(a.category == b.category for a, b in zip(keys, columns)):
            found.append((table, keys))
    return found


def references(w: World, relation: Relation, columns: list[Column]) -> str:
    """REFERENCES …, to a key of these types where there is one."""
    candidates = referenced(w, relation, columns)
    if not candidates or w.err():
        other = w.pick([*w.of_kinds("table"), relation])
        return f"REFERENCES {other.path}" + w.maybe(f" ({w.column(other).name})", 0.6)
    other, keys = w.pick(candidates)
    listed = ", ".join(column.name for column in keys)
    match = w.pick(["", "", "", " MATCH FULL", " MATCH SIMPLE", " MATCH PARTIAL"] if w.chance(0.3) else [""])
    return f"REFERENCES {other.path}" + w.maybe(f" ({listed})", 0.8) + match + _actions(w) + deferral(w)


def _identity(w: World) -> str:
    kind = w.pick(["ALWAYS", "BY DEFAULT"])
    options = w.pick(["", "", " (START WITH 10)", " (INCREMENT BY 2 MINVALUE 0 CACHE 5)", " (CYCLE)", " (SEQUENCE NAME missing.s)",
                      " (MAXVALUE 100)"])
    return f"GENERATED {kind} AS IDENTITY{options}"


def _default(w: World, relation: Relation, column: Column) -> str:
    choice = w.random.random()
    if choice < 0.12 and column.category == "int" or choice < 0.005:
        column.identity = True
        return f" {_identity(w)}"
    if choice < 0.2 and relation.columns:
        column.generated = True
        source = w.pick(relation.columns)
        if source.category == column.category and not source.generated:
            return f" GENERATED ALWAYS AS ({source.name}) STORED"
        text = expressions.value(w, relation)
        column.type, column.category = (column.type, column.category) if w.chance(0.3) else ("text", "text")
        return f" GENERATED ALWAYS AS (({text})::{column.type}) STORED"
    if choice < 0.55:
        column.has_default = True
        return f" DEFAULT {expressions.constant(w, column.category)}"
    return ""


def _column_constraints(w: World, relation: Relation, column: Column) -> str:
    text = ""
    if w.chance(0.3):
        text += f" {constraint_name(w, 'nn', relation) if w.chance(0.15) else ''}{w.pick(['NOT NULL', 'NOT NULL', 'NOT NULL', 'NULL'])}"
    if w.chance(0.15):
        condition = expressions.condition(w, Relation("", "", "", [column]))
        text += f" {constraint_name(w, 'ck', relation)}CHECK ({condition}){w.maybe(' NO INHERIT', 0.1)}"
    if w.chance(0.1):
        has_key = "pk" in relation.constraints.values()
        word = "UNIQUE" if has_key and not w.err() or w.chance(0.5) else "PRIMARY KEY"
        text += f" {constraint_name(w, 'uq' if word == 'UNIQUE' else 'pk', relation)}{word}{deferral(w) if w.chance(0.2) else ''}"
        relation.constraints.setdefault(f"key {w.serial}", "uq" if word == "UNIQUE" else "pk")
        relation.key.append(column.name)
    if w.chance(0.08) and referenced(w, relation, [column]):
        text += f" {constraint_name(w, 'fk', relation)}{references(w, relation, [column])}"
    return text


def column(w: World, relation: Relation) -> str:
    """A column's definition; the column is added to the relation."""
    if column_serial(w):
        new = Column(w.new_name("c", [c.name for c in relation.columns]), w.pick(["serial", "bigserial", "smallserial"]), "int",
                     has_default=True)
        relation.columns.append(new)
        return f"{new.name} {new.type}" + _column_constraints(w, relation, new)
    type_name, category = expressions.any_type(w)
    new = Column(w.new_name("c", [c.name for c in relation.columns]), type_name, category)
    default = _default(w, relation, new)
    relation.columns.append(new)
    collation = w.maybe(f" COLLATE {w.pick(COLLATIONS)}", 0.15) if category == "text" else w.maybe(' COLLATE "C"', 0.01)
    return f"{new.name} {new.type}{collation if not new.generated else ''}{default}{_column_constraints(w, relation, new)}"


def column_serial(w: World) -> bool:
    return w.chance(0.08)


def check(w: World, relation: Relation) -> str:
    return f"{constraint_name(w, 'ck', relation)}CHECK ({expressions.condition(w, relation)}){w.maybe(' NO INHERIT', 0.1)}"


def key(w: World, relation: Relation) -> str:
    """PRIMARY KEY or UNIQUE over some columns; those of the partition key are among them, mostly."""
    has_key = "pk" in relation.constraints.values()
    kind = "uq" if has_key and not w.err() or w.chance(0.4) else "pk"
    name = constraint_name(w, kind, relation)
    relation.constraints.setdefault(f"key {w.serial}", kind)
    columns = [c.name for c in w.some(relation.columns, 3)] if relation.columns else ["missing"]
    if relation.strategy and not w.err():
        columns = list(dict.fromkeys([*relation.key, *columns]))
    if w.err():
        columns.append(columns[0])
    if not relation.key:
        relation.key = columns
    word = "PRIMARY KEY" if kind == "pk" else "UNIQUE" + w.maybe(" NULLS NOT DISTINCT", 0.08)
    include = w.maybe(f" INCLUDE ({w.column(relation).name})", 0.1)
    options = w.maybe(" WITH (fillfactor = 80)", 0.05)
    return f"{name}{word} ({', '.join(columns)}){include}{options}{deferral(w) if w.chance(0.3) else ''}"


def foreign_key(w: World, relation: Relation) -> str:
    columns = w.some(relation.columns, 2) if relation.columns else [w.column(relation)]
    single = [column for column in relation.columns if referenced(w, relation, [column])]
    if not referenced(w, relation, columns):
        if not single and not w.err():
            return check(w, relation)
        columns = [w.pick(single)] if single else columns
    name = constraint_name(w, "fk", relation)
    return f"{name}FOREIGN KEY ({', '.join(c.name for c in columns)}) {references(w, relation, columns)}"


def exclusion(w: World, relation: Relation) -> str:
    name = constraint_name(w, "ex", relation)
    ranges = [c for c in relation.columns if c.category == "range"]
    if ranges:
        element = f"{w.pick(ranges).name} WITH &&"
        return f"{name}EXCLUDE USING gist ({element}){w.maybe(f' WHERE ({expressions.condition(w, relation)})', 0.3)}{deferral(w)}"
    return f"{name}EXCLUDE USING btree ({w.column(relation).name} WITH =){w.maybe(f' WHERE ({expressions.condition(w, relation)})', 0.3)}"


def table_constraint(w: World, relation: Relation) -> str:
    choice = w.random.random()
    if choice < 0.4:
        return check(w, relation)
    if choice < 0.7:
        return key(w, relation)
    return foreign_key(w, relation) if choice < 0.93 else exclusion(w, relation)
