"""Making tables: plain, inheriting, LIKE others, typed, partitioned, partitions, and by query."""
from __future__ import annotations

import copy

from tests.oracles.grammar import columns, expressions
from tests.oracles.grammar.world import Column, Relation, World


def _like(w: World, relation: Relation) -> str:
    source = w.relation("table", "view")
    if not source:
        return ""
    options = ["DEFAULTS", "CONSTRAINTS", "INDEXES", "IDENTITY", "GENERATED", "STATISTICS", "STORAGE", "COMMENTS", "COMPRESSION"]
    chosen = ["ALL"] if w.chance(0.4) else w.some(options, 4) if w.chance(0.8) else []
    if chosen == ["ALL"] and w.chance(0.3):
        text = f" INCLUDING ALL EXCLUDING {w.pick(options)}"
    else:
        text = "".join(f" INCLUDING {option}" for option in chosen)
    known = {column.name for column in relation.columns}
    relation.columns += copy.deepcopy(source.columns)
    return f"LIKE {source.path}{text}"


def _elements(w: World, relation: Relation, fewest: int, most: int) -> list[str]:
    elements = [columns.column(w, relation) for _ in range(w.random.randint(fewest, most))]
    if w.chance(0.12):
        elements.insert(w.random.randint(0, len(elements)), _like(w, relation))
    if relation.columns:
        elements += [columns.table_constraint(w, relation) for _ in range(w.pick([0, 0, 0, 1, 1, 2]))]
    return [element for element in elements if element]


def _options(w: World) -> str:
    return w.pick(["", "", "", "", "", " WITH (fillfactor = 70)", " WITH (autovacuum_enabled = false, fillfactor = 50)",
                   " WITH (toast.autovacuum_enabled = off)",
                   " WITH (fillfactor = 5)", " WITH (nonsense = 1)", " USING heap", " TABLESPACE pg_default"] if w.chance(0.4) else [""])


def _new(w: World) -> Relation:
    return Relation(w.schema(), w.new_name("t", w.relation_names()), "table")


def create_table(w: World) -> str:
    relation = _new(w)
    elements = _elements(w, relation, 0 if w.chance(0.05) else 1, 5)
    w.add(relation)
    words = w.pick(["CREATE TABLE", "CREATE TABLE", "CREATE TABLE", "CREATE TABLE IF NOT EXISTS", "CREATE UNLOGGED TABLE"])
    return f"{words} {relation.path} ({', '.join(elements)}){_options(w)}"


def create_child(w: World) -> str:
    """A table that inherits, from one or two; its own columns sometimes merge with inherited ones."""
    parents = [t for t in w.of_kinds("table") if not t.strategy and not t.partition_of]
    if not parents:
        return ""
    chosen = w.some(parents, 2 if w.chance(0.3) else 1)
    relation = _new(w)
    merged = []
    for parent in chosen:
        for column in parent.columns:
            if all(column.name != known.name for known in relation.columns):
                relation.columns.append(copy.deepcopy(column))
    if relation.columns and w.chance(0.3):
        again = w.pick(relation.columns)
        merged.append(f"{again.name} {'text' if w.err() else again.type}"
                      + (f" DEFAULT {expressions.constant(w, again.category)}" if w.chance(0.3) else "") + w.maybe(" NOT NULL", 0.2))
    merged += _elements(w, relation, 0, 2)
    relation.parents = [parent.path for parent in chosen]
    w.add(relation)
    return f"CREATE TABLE {relation.path} ({', '.join(merged)}) INHERITS ({', '.join(relation.parents)})"


def _key_part(w: World, relation: Relation, strategy: str) -> str:
    usable = [c for c in relation.columns if not c.generated and c.category in ("int", "text", "num", "date", "ts", "tstz", "bool", "uuid")]
    column = w.pick(usable) if usable else w.column(relation)
    if w.chance(0.12):
        return f"({expressions.value(w, relation)})"
    relation.key.append(column.name)
    return column.name + w.maybe(' COLLATE "C"', 0.1 if column.category == "text" else 0.01) + (w.maybe(" text_ops", 0.1)
                                                                                                if column.category == "text" else "")


def _partition_by(w: World, relation: Relation) -> str:
    relation.strategy = w.pick(["RANGE", "LIST", "HASH"])
    relation.key = []
    parts = [_key_part(w, relation, relation.strategy)]
    if relation.strategy != "LIST" and w.chance(0.25) or w.err():
        parts.append(_key_part(w, relation, relation.strategy))
    if len(set(relation.key)) < len(parts):
        relation.key = []
    return f" PARTITION BY {relation.strategy} ({', '.join(parts)})"


def create_partitioned(w: World) -> str:
    relation = _new(w)
    definitions = [columns.column(w, relation) for _ in range(w.random.randint(1, 4))]
    by = _partition_by(w, relation)
    if w.chance(0.3):
        definitions.append(columns.table_constraint(w, relation))
    w.add(relation)
    return f"CREATE TABLE {relation.path} ({', '.join(definitions)}){by}"


RANGES = {
    "int": lambda n: (str(n * 10), str(n * 10 + 10)), "num": lambda n: (str(n * 10), f"{n * 10 + 9}.5"),
    "text": lambda n: (f"'a{n:02}'", f"'a{n + 1:02}'"),
    "date": lambda n: (f"'20{n + 10}-01-01'", f"'20{n + 11}-01-01'"),
    "tstz": lambda n: (f"'20{n + 10}-01-01 00:00:00+00'", f"'20{n + 11}-01-01 00:00:00+00'"),
    "ts": lambda n: (f"'20{n + 10}-01-01'", f"'20{n + 11}-01-01'"), "bool": lambda n: ("false", "true"),
    "uuid": lambda n: (f"'00000000-0000-0000-0000-0000000000{n + 10}'", f"'00000000-0000-0000-0000-0000000000{n + 11}'"),
}


def _categories(relation: Relation) -> list[str]:
    by_name = {column.name: column.category for column in relation.columns}
    return [by_name.get(name, "int") for name in relation.key] or ["int"]


def bound(w: World, parent: Relation) -> str:
    """FOR VALUES … or DEFAULT, that does not overlap with earlier ones, mostly."""
    number = parent.bounds if not w.err() else max(0, parent.bounds - 1)
    parent.bounds += 1
    if w.chance(0.12):
        parent.has_default_partition = True
        return "DEFAULT"
    strategy = w.pick(["RANGE", "LIST", "HASH"]) if w.err() else parent.strategy
    pairs = [RANGES.get(category, RANGES["int"])(number) for category in _categories(parent)]
    if strategy == "HASH":
        return f"FOR VALUES WITH (MODULUS {w.pick([8, 8, 8, 16, 3])}, REMAINDER {number % 9})"
    if strategy == "LIST":
        return f"FOR VALUES IN ({pairs[0][0]}{w.maybe(', NULL', 0.1)})"
    lower, upper = [low for low, _ in pairs], [high for _, high in pairs]
    if number == 0 and w.chance(0.3):
        lower = ["MINVALUE"] * len(lower)
    if w.err():
        lower, upper = upper, lower
    return f"FOR VALUES FROM ({', '.join(lower)}) TO ({', '.join(upper)})"


def create_partition(w: World) -> str:
    parents = [t for t in w.of_kinds("table") if t.strategy]
    if not parents:
        return create_partitioned(w)
    parent = w.pick(parents) if not w.err() else w.table() or parents[0]
    relation = _new(w)
    relation.columns, relation.partition_of = copy.deepcopy(parent.columns), parent.path
    relation.constraints = dict(parent.constraints)
    elements = ""
    if w.chance(0.2) and relation.columns:
        column = w.column(relation)
        clauses = ["NOT NULL", f"DEFAULT {expressions.constant(w, column.category)}", f"CHECK ({expressions.condition(w, relation)})"]
        elements = f" ({column.name} {w.pick(clauses)})"
    elif w.chance(0.1):
        elements = f" ({columns.table_constraint(w, relation)})"
    values = bound(w, parent)
    by = _partition_by(w, relation) if w.chance(0.2) else ""
    w.add(relation)
    return f"CREATE TABLE {relation.path} PARTITION OF {parent.path}{elements} {values}{by}"


def create_like(w: World) -> str:
    """A table of another's shape, such as can be attached to it."""
    source = w.table()
    if not source:
        return ""
    relation = _new(w)
    relation.columns = copy.deepcopy(source.columns)
    w.add(relation)
    options = w.pick(["", " INCLUDING ALL", " INCLUDING DEFAULTS INCLUDING CONSTRAINTS", " INCLUDING INDEXES",
                      " INCLUDING ALL EXCLUDING IDENTITY"])
    return f"CREATE TABLE {relation.path} (LIKE {source.path}{options})"


def create_typed(w: World) -> str:
    composites = [t for t in w.state.types if t.kind == "composite"]
    if not composites:
        return ""
    source = w.pick(composites)
    relation = _new(w)
    relation.columns = copy.deepcopy(source.attributes)
    options = ""
    if relation.columns and w.chance(0.4):
        column = w.column(relation)
        clauses = ["NOT NULL", "UNIQUE", "PRIMARY KEY", f"DEFAULT {expressions.constant(w, column.category)}"]
        options = f" ({column.name} WITH OPTIONS {w.pick(clauses)})"
    w.add(relation)
    return f"CREATE TABLE {relation.path} OF {source.path}{options}"


def create_as(w: World) -> str:
    source = w.relation("table", "view")
    if not source or not source.columns:
        return ""
    relation = _new(w)
    column, other = w.column(source), w.column(source)
    names = [w.new_name("c"), w.new_name("c")]
    relation.columns = [Column(names[0], column.type, column.category), Column(names[1], other.type, other.category)]
    w.add(relation)
    # A view may have rows without any table's; tables have none, so that nothing depends on them later.
    empty = " WITH NO DATA" if source.kind == "view" else w.maybe(" WITH NO DATA", 0.3)
    text = f"SELECT {column.name} AS {names[0]}, {other.name} AS {names[1]} FROM {source.path}{empty}"
    return f"CREATE TABLE {w.maybe('IF NOT EXISTS ', 0.2)}{relation.path} AS {text}"
