"""Schemas, enums, domains and composite types."""
from __future__ import annotations

from tests.oracles.grammar import expressions
from tests.oracles.grammar.world import Column, Relation, Type, World


def create_schema(w: World) -> str:
    name = w.new_name("n", w.state.schemas)
    w.state.schemas.append(name)
    if w.chance(0.2):
        table, view = w.new_name("t"), w.new_name("v")
        w.add(Relation(name, table, "table", [Column("a", "integer", "int"), Column("b", "text", "text")]))
        w.add(Relation(name, view, "view", [Column("b", "text", "text")]))
        parts = [f"CREATE VIEW {view} AS SELECT b FROM {table}", f"CREATE TABLE {table} (a int PRIMARY KEY, b text)"]
        return " ".join([f"CREATE SCHEMA {name}", *w.random.sample(parts, 2)])
    return f"CREATE SCHEMA {w.maybe('IF NOT EXISTS ', 0.2)}{name}{w.maybe(f' AUTHORIZATION {w.role()}', 0.2)}"


def _type_names(w: World) -> list[str]:
    return [t.name for t in w.state.types]


def create_enum(w: World) -> str:
    labels = [f"'{label}'" for label in w.some(["a", "b", "c", "d e", "It''s", "x", "y"], 5)]
    if w.err():
        labels.append(labels[0])
    made = Type(w.schema(), w.new_name("e", _type_names(w)), "enum", labels=labels)
    made.category = f"enum:{made.path}"
    w.state.types.append(made)
    return f"CREATE TYPE {made.path} AS ENUM ({', '.join(labels)})"


def _of_kind(w: World, kind: str) -> Type | None:
    found = [t for t in w.state.types if t.kind == kind]
    if w.err() and w.state.types:
        return w.pick(w.state.types)
    return w.pick(found) if found else None


def alter_enum(w: World) -> str:
    made = _of_kind(w, "enum")
    if not made:
        return create_enum(w)
    known = w.pick(made.labels) if made.labels and not w.err() else "'nothing'"
    w.serial += 1
    new = known if w.err() else f"'l{w.serial}'"
    if w.chance(0.4):
        made.labels = [new if label == known else label for label in made.labels]
        return f"ALTER TYPE {made.path} RENAME VALUE {known} TO {new}"
    made.labels.append(new)
    place = w.pick(["", "", f" BEFORE {known}", f" AFTER {known}"])
    return f"ALTER TYPE {made.path} ADD VALUE {w.maybe('IF NOT EXISTS ', 0.2)}{new}{place}"


def _domain_check(w: World, category: str, made: Type) -> str:
    name = ""
    if w.chance(0.5):
        new = w.new_name("dc", made.constraints)
        made.constraints.append(new)
        name = f"CONSTRAINT {new} "
    text = expressions.condition(w, Relation("", "", "", [Column("VALUE", "", category)]))
    return f"{name}CHECK ({text})"


def create_domain(w: World) -> str:
    base, category = expressions.any_type(w)
    made = Type(w.schema(), w.new_name("d", _type_names(w)), "domain", category, base)
    parts = [f"CREATE DOMAIN {made.path} AS {base}", w.maybe('COLLATE "C"', 0.2 if category == "text" else 0.01),
             w.maybe(f"DEFAULT {expressions.constant(w, category)}", 0.25), w.maybe("NOT NULL", 0.2)]
    parts += [_domain_check(w, category, made) for _ in range(w.pick([0, 1, 1, 2]))]
    w.state.types.append(made)
    return " ".join(part for part in parts if part)


def alter_domain(w: World) -> str:
    made = _of_kind(w, "domain")
    if not made:
        return create_domain(w)
    constraint = w.pick(made.constraints) if made.constraints and not w.err() else f"{made.name}_check"
    choices = [f"SET DEFAULT {expressions.constant(w, made.category)}", "DROP DEFAULT", "SET NOT NULL", "DROP NOT NULL",
               f"DROP CONSTRAINT {w.maybe('IF EXISTS ')}{constraint}", f"VALIDATE CONSTRAINT {constraint}",
               f"RENAME CONSTRAINT {constraint} TO {w.new_name('dc')}"]
    if w.chance(0.4):
        return f"ALTER DOMAIN {made.path} ADD {_domain_check(w, made.category, made)}{w.maybe(' NOT VALID', 0.3)}"
    return f"ALTER DOMAIN {made.path} {w.pick(choices)}"


def _attribute(w: World, made: Type) -> str:
    name, category = expressions.any_type(w)
    column = Column(w.new_name("f", [a.name for a in made.attributes]), name, category)
    made.attributes.append(column)
    return f"{column.name} {name}" + (w.maybe(' COLLATE "C"', 0.2) if category == "text" else "")


def create_composite(w: World) -> str:
    made = Type(w.schema(), w.new_name("ct", _type_names(w)), "composite", "user")
    attributes = [_attribute(w, made) for _ in range(w.random.randint(0 if w.chance(0.05) else 1, 3))]
    w.state.types.append(made)
    return f"CREATE TYPE {made.path} AS ({', '.join(attributes)})"


def alter_composite(w: World) -> str:
    made = _of_kind(w, "composite")
    if not made:
        return create_composite(w)
    cascade = w.pick(["", "", " CASCADE", " RESTRICT"])
    actions = []
    for _ in range(w.pick([1, 1, 2])):
        known = w.pick(made.attributes) if made.attributes and not w.err() else Column("missing", "", "")
        new = expressions.any_type(w)[0]
        choice = w.random.random()
        if choice < 0.45:
            actions.append(f"ADD ATTRIBUTE {_attribute(w, made)}{cascade}")
        elif choice < 0.7:
            made.attributes = [a for a in made.attributes if a.name != known.name]
            actions.append(f"DROP ATTRIBUTE {w.maybe('IF EXISTS ', 0.2)}{known.name}{cascade}")
        else:
            actions.append(f"ALTER ATTRIBUTE {known.name} TYPE {new}{cascade}")
    return f"ALTER TYPE {made.path} {', '.join(actions)}"


def rename_attribute(w: World) -> str:
    made = _of_kind(w, "composite")
    if not made or not made.attributes:
        return ""
    attribute = w.pick(made.attributes)
    old, attribute.name = attribute.name, w.new_name("f", [a.name for a in made.attributes])
    return f"ALTER TYPE {made.path} RENAME ATTRIBUTE {old} TO {attribute.name}{w.maybe(' CASCADE', 0.3)}"


def create_range(w: World) -> str:
    base, category = w.pick([("integer", "int"), ("text", "text"), ("timestamptz", "tstz"), ("numeric", "num"), ("date", "date"),
                             ("json", "rawjson")])
    made = Type(w.schema(), w.new_name("rg", _type_names(w)), "range", "user", base, bounds=expressions.BOUNDS[category])
    made.category = f"range:{made.path}"
    w.state.types.append(made)
    collation = w.maybe(', COLLATION = "C"', 0.5) if base == 'text' else ''
    return f"CREATE TYPE {made.path} AS RANGE (SUBTYPE = {base}{collation})"


