"""What is the same for all kinds: rename, SET SCHEMA, owners, grants, comments, drops."""
from __future__ import annotations

from tests.oracles.grammar import expressions
from tests.oracles.grammar.world import Relation, World


def rename_relation(w: World) -> str:
    relation = w.relation("table", "table", "view", "sequence", "materialized view")
    if not relation:
        return ""
    word = relation.kind.upper() if w.chance(0.9) else w.pick(["TABLE", "VIEW", "INDEX", "SEQUENCE"])
    old, new = relation.path, w.new_name("t", w.relation_names())
    _repath(w, old, f"{relation.schema}.{new}")
    relation.name = new
    return f"ALTER {word} {w.maybe('IF EXISTS ', 0.05)}{old} RENAME TO {new}"


def _repath(w: World, old: str, new: str) -> None:
    for other in w.state.relations:
        other.partition_of = new if other.partition_of == old else other.partition_of
        other.parents = [new if parent == old else parent for parent in other.parents]


def rename_column(w: World) -> str:
    relation = w.relation("table", "table", "view", "materialized view")
    if not relation:
        return ""
    column = w.column(relation)
    old, new = column.name, w.new_name("c", [c.name for c in relation.columns])
    column.name = new
    relation.key = [new if name == old else name for name in relation.key]
    for child in w.state.relations:
        if child.partition_of == relation.path or relation.path in child.parents:
            for inherited in child.columns:
                inherited.name = new if inherited.name == old else inherited.name
    word = relation.kind.upper() if w.chance(0.9) else "TABLE"
    return f"ALTER {word} {w.maybe('ONLY ', 0.05) if word == 'TABLE' else ''}{relation.path} RENAME {w.maybe('COLUMN ', 0.7)}{old} TO {new}"


def rename_part(w: World) -> str:
    """A constraint, index, trigger, policy or rule of a table."""
    relation = w.table()
    if not relation:
        return ""
    choices = []
    for name in [n for n in relation.constraints if " " not in n.strip('"')][:3]:
        choices.append((relation.constraints, name, f"ALTER TABLE {relation.path} RENAME CONSTRAINT {name} TO"))
    choices += [(relation.indexes, n, f"ALTER INDEX {relation.schema}.{n} RENAME TO") for n in relation.indexes[:2]]
    choices += [(relation.triggers, n, f"ALTER TRIGGER {n} ON {relation.path} RENAME TO") for n in relation.triggers]
    choices += [(relation.rules, n, f"ALTER RULE {n} ON {relation.path} RENAME TO") for n in relation.rules]
    if not choices:
        return ""
    known, old, text = w.pick(choices)
    new = w.new_name("k", list(known))
    if isinstance(known, dict):
        known[new] = known.pop(old)
    else:
        known[known.index(old)] = new
    return f"{text} {new}"


def rename_other(w: World) -> str:
    """A schema, type or routine."""
    choice = w.random.random()
    if choice < 0.2 and len(w.state.schemas) > 1:
        old, new = w.pick(w.state.schemas[1:]), w.new_name("n", w.state.schemas)
        w.state.schemas = [new if name == old else name for name in w.state.schemas]
        for thing in [*w.state.relations, *w.state.types, *w.state.routines]:
            thing.schema = new if thing.schema == old else thing.schema
        for relation in w.state.relations:
            relation.partition_of = relation.partition_of.replace(f"{old}.", f"{new}.", 1)
            relation.parents = [parent.replace(f"{old}.", f"{new}.", 1) for parent in relation.parents]
        return f"ALTER SCHEMA {old} RENAME TO {new}"
    if choice < 0.6 and w.state.types:
        made = w.pick(w.state.types)
        old, made.name = made.path, w.new_name("e", [t.name for t in w.state.types])
        made.category = made.category.replace(f"enum:{old}", f"enum:{made.path}")
        for relation in w.state.relations:
            for column in relation.columns:
                column.type = column.type.replace(old, made.path)
                column.category = column.category.replace(f"enum:{old}", f"enum:{made.path}")
        return f"ALTER {'DOMAIN' if made.kind == 'domain' and w.chance(0.7) else 'TYPE'} {old} RENAME TO {made.name}"
    if w.state.routines:
        routine = w.pick(w.state.routines)
        old, routine.name = routine.signature, w.new_name("f", [r.name for r in w.state.routines])
        return f"ALTER {routine.kind} {old} RENAME TO {routine.name}"
    return ""


def set_schema(w: World) -> str:
    schema = w.schema()
    choice = w.random.random()
    if choice < 0.6:
        relation = w.relation("table", "table", "view", "sequence", "materialized view")
        if not relation:
            return ""
        old, relation.schema = relation.path, schema
        _repath(w, old, relation.path)
        return f"ALTER {relation.kind.upper()} {old} SET SCHEMA {schema}"
    things = [*w.state.types, *w.state.routines]
    if not things:
        return ""
    thing = w.pick(things)
    words = getattr(thing, "signature", thing.path)
    thing.schema = schema
    if hasattr(thing, "signature"):
        return f"ALTER {thing.kind} {words} SET SCHEMA {schema}"
    return f"ALTER {'DOMAIN' if thing.kind == 'domain' else 'TYPE'} {words} SET SCHEMA {schema}"


def objects(w: World) -> list[tuple[str, str]]:
    """Kinds and names, for owners, comments, grants and drops."""
    found = [(r.kind.upper(), r.path) for r in w.state.relations]
    found += [("DOMAIN" if t.kind == "domain" else "TYPE", t.path) for t in w.state.types]
    found += [(r.kind, r.signature) for r in w.state.routines]
    return found + [("SCHEMA", name) for name in w.state.schemas]


def owner(w: World) -> str:
    kind, name = w.pick(objects(w))
    return f"ALTER {kind} {name} OWNER TO {w.role()}"


PRIVILEGES = {"TABLE": ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
              "SEQUENCE": ["USAGE", "SELECT", "UPDATE"],
              "SCHEMA": ["USAGE", "CREATE"], "FUNCTION": ["EXECUTE"], "PROCEDURE": ["EXECUTE"], "TYPE": ["USAGE"], "DOMAIN": ["USAGE"]}


def _grantees(w: World) -> str:
    return ", ".join(w.some([*w.roles, "PUBLIC"], 2))


def _privileges(w: World, kind: str, relation: Relation | None) -> str:
    known = PRIVILEGES[kind] if not w.err() else ["EXECUTE", "SELECT", "CREATE"]
    if w.chance(0.25):
        return w.pick(["ALL", "ALL PRIVILEGES"])
    if relation and relation.columns and w.chance(0.25):
        return f"{w.pick(['SELECT', 'UPDATE', 'INSERT', 'REFERENCES'])} ({', '.join(c.name for c in w.some(relation.columns, 2))})"
    return ", ".join(w.some(known, 3))


def grant(w: World) -> str:
    kind, name = w.pick(objects(w))
    relation = w.find(name)
    kind = "TABLE" if kind in ("VIEW", "MATERIALIZED VIEW") else kind
    if w.chance(0.1):
        schema = w.schema()
        plural = w.pick(["TABLES", "SEQUENCES", "FUNCTIONS"])
        goal, kind = f"ALL {plural} IN SCHEMA {schema}", plural[:-1]
        relation = None
    else:
        goal = f"{kind} {name}" if kind != "TABLE" or w.chance(0.4) else name
    privileges = _privileges(w, kind, relation if kind == "TABLE" else None)
    if w.chance(0.3):
        return f"REVOKE {w.maybe('GRANT OPTION FOR ', 0.2)}{privileges} ON {goal} FROM {_grantees(w)}{w.maybe(' CASCADE', 0.2)}"
    return f"GRANT {privileges} ON {goal} TO {_grantees(w)}{w.maybe(' WITH GRANT OPTION', 0.15)}"


def default_privileges(w: World) -> str:
    plural = w.pick(["TABLES", "SEQUENCES", "FUNCTIONS", "TYPES", "SCHEMAS"])
    schema = f" IN SCHEMA {w.schema()}" if plural != "SCHEMAS" and w.chance(0.5) else ""
    role = w.maybe(f" FOR ROLE {w.roles[0]}", 0.2)
    privileges = _privileges(w, plural[:-1], None)
    verb, word = ("GRANT", "TO") if w.chance(0.7) else ("REVOKE", "FROM")
    action = f"{verb} {privileges} ON {plural} {word} {_grantees(w)}"
    return f"ALTER DEFAULT PRIVILEGES{role}{schema} {action}"


def comment(w: World) -> str:
    kind, name = w.pick(objects(w))
    text = w.pick(["'a comment'", "'it''s'", "NULL", "''", "E'two\\nlines'"])
    relation = w.find(name)
    if relation and w.chance(0.6):
        parts = [f"COLUMN {name}.{w.column(relation).name}"] if relation.kind != "sequence" else []
        parts += [f"CONSTRAINT {n} ON {name}" for n in relation.constraints if " " not in n.strip('"')]
        parts += [f"TRIGGER {n} ON {name}" for n in relation.triggers] + [f"POLICY {n} ON {name}" for n in relation.policies]
        parts += [f"RULE {n} ON {name}" for n in relation.rules] + [f"INDEX {relation.schema}.{n}" for n in relation.indexes]
        if parts:
            return f"COMMENT ON {w.pick(parts)} IS {text}"
    if w.err():
        kind = w.pick(["TABLE", "VIEW", "TYPE"])
    return f"COMMENT ON {kind} {name} IS {text}"


def _forget(w: World, path: str) -> None:
    w.state.relations = [r for r in w.state.relations if r.path != path and r.partition_of != path]
    w.state.types = [t for t in w.state.types if t.path != path]
    w.state.routines = [r for r in w.state.routines if r.signature != path]


def drop(w: World) -> str:
    kind, name = w.pick(objects(w)[-14:])
    if kind == "SCHEMA" and (w.chance(0.6) or name == "public"):
        return ""
    if w.err():
        kind = w.pick(["TABLE", "VIEW", "TYPE", "SEQUENCE", "FUNCTION"])
    names = [name]
    if kind in ("TABLE", "VIEW", "SEQUENCE", "TYPE") and w.chance(0.15):
        names += [other for other_kind, other in objects(w) if other_kind == kind and other != name][:1]
    for one in names:
        _forget(w, one)
    if kind == "SCHEMA":
        w.state.schemas.remove(name)
        for thing in [*w.state.relations, *w.state.types, *w.state.routines]:
            if thing.schema == name:
                _forget(w, getattr(thing, "signature", thing.path))
    return f"DROP {kind} {w.maybe('IF EXISTS ', 0.25)}{', '.join(names)}{w.pick(['', '', ' CASCADE', ' CASCADE', ' RESTRICT'])}"


def drop_part(w: World) -> str:
    """A trigger, policy, rule or index."""
    relation = w.table()
    if not relation:
        return ""
    choices = [(relation.triggers, n, f"TRIGGER {n} ON {relation.path}") for n in relation.triggers]
    choices += [(relation.policies, n, f"POLICY {n} ON {relation.path}") for n in relation.policies]
    choices += [(relation.rules, n, f"RULE {n} ON {relation.path}") for n in relation.rules]
    choices += [(relation.indexes, n, f"INDEX {relation.schema}.{n}") for n in relation.indexes]
    if not choices:
        return ""
    known, name, text = w.pick(choices)
    known.remove(name)
    words = text.split(" ", 1)
    return f"DROP {words[0]} {w.maybe('IF EXISTS ', 0.2)}{words[1]}{w.maybe(' CASCADE', 0.2)}"


def drop_missing(w: World) -> str:
    kind = w.pick(["TABLE", "VIEW", "TYPE", "SEQUENCE", "FUNCTION", "SCHEMA", "INDEX", "DOMAIN", "MATERIALIZED VIEW"])
    return f"DROP {kind} {w.maybe('IF EXISTS ', 0.7)}{w.pick(['missing', 'public.missing', 'nowhere.missing'])}"


def search_path(w: World) -> str:
    names = w.some(w.state.schemas, 3)
    return f"SET search_path TO {', '.join(names)}"


def unqualified(w: World) -> str:
    """A statement that finds its table by the search path."""
    relation = w.table()
    if not relation:
        return ""
    column = w.column(relation)
    return w.pick([f"COMMENT ON TABLE {relation.name} IS 'found'",
                   f"ALTER TABLE {relation.name} ALTER {column.name} SET DEFAULT {expressions.constant(w, column.category)}",
                   f"CREATE INDEX ON {relation.name} ({column.name})", f"CREATE VIEW {w.new_name('v')} AS SELECT * FROM {relation.name}"])
