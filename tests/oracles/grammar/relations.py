"""Indexes, views, materialized views, rules, sequences and extended statistics."""
from __future__ import annotations

import copy

from tests.oracles.grammar import expressions
from tests.oracles.grammar.world import SYSTEM_COLUMNS, Column, Relation, World


def _index_element(w: World, relation: Relation) -> str:
    column = w.column(relation)
    text = f"({expressions.value(w, relation)})" if w.chance(0.25) else column.name
    if w.chance(0.12):
        text += ' COLLATE "C"'
    if w.chance(0.1):
        text += w.pick([" text_ops", " text_pattern_ops", " varchar_pattern_ops", " int4_ops", " missing_ops"])
    return text + w.pick(["", "", "", " DESC", " ASC", " NULLS FIRST", " DESC NULLS LAST"])


def create_index(w: World) -> str:
    relation = w.relation("table", "table", "materialized view")
    if not relation:
        return ""
    unique = w.maybe("UNIQUE ", 0.25)
    method = w.pick(["", "", "", "", " USING btree", " USING hash", " USING gin", " USING gist", " USING brin", " USING spgist"])
    elements = [_index_element(w, relation) for _ in range(1 if "hash" in method else w.pick([1, 1, 2, 3]))]
    if method in (" USING gin", " USING gist"):
        fitting = [c.name for c in relation.columns
                   if c.category in (("json", "array", "tarray") if "gin" in method else ("range", "point", "inet"))]
        elements = [w.pick(fitting)] if fitting else elements[:1]
    if unique and relation.strategy and not w.err():
        elements = [*relation.key, *elements]
    name = w.new_name("i", w.relation_names()) if w.chance(0.7) else ""
    if name:
        relation.indexes.append(name)
    include = w.maybe(f" INCLUDE ({w.column(relation).name})", 0.1)
    tail = w.maybe(" NULLS NOT DISTINCT", 0.04) + w.pick(["", "", "", "", " WITH (fillfactor = 90)", " WITH (nonsense = 1)"]
                                                         if w.chance(0.3) else [""])
    where = w.maybe(f" WHERE {expressions.condition(w, relation)}", 0.25)
    words = w.pick(["INDEX", "INDEX", "INDEX", "INDEX", "INDEX IF NOT EXISTS" if name else "INDEX", "INDEX CONCURRENTLY" if w.chance(0.2)
                    else "INDEX"])
    target = f"{w.maybe('ONLY ', 0.08)}{relation.path}{method} ({', '.join(elements)})"
    return f"CREATE {unique}{words} {name}{' ' if name else ''}ON {target}{include}{tail}{where}"


def alter_index(w: World) -> str:
    tables = [t for t in w.of_kinds("table") if t.indexes]
    if not tables:
        return ""
    table = w.pick(tables)
    name = w.pick(table.indexes)
    partitions = [t for t in tables if t.partition_of == table.path]
    choices = [f"ALTER INDEX {table.schema}.{name} SET (fillfactor = 55)", f"ALTER INDEX {table.schema}.{name} RESET (fillfactor)",
               f"ALTER INDEX {table.schema}.{name} ALTER COLUMN 1 SET STATISTICS 100"]
    if partitions:
        child = w.pick(partitions)
        choices += [f"ALTER INDEX {table.schema}.{name} ATTACH PARTITION {child.schema}.{w.pick(child.indexes)}"] * 4
    return w.pick(choices)


def _projection(w: World, source: Relation, alias: str) -> tuple[list[str], list[Column]]:
    targets, made = [], []
    for column in w.some(source.columns, 4):
        name = w.new_name("v") if w.chance(0.4) else column.name
        if any(name == known.name for known in made):
            continue
        targets.append(f"{alias}{column.name}" + (f" AS {name}" if name != column.name else ""))
        made.append(Column(name, column.type, column.category))
    if w.chance(0.3):
        name = w.new_name("v")
        targets.append(f"{expressions.value(w, source)} AS {name}" if not alias else f"1 AS {name}")
        made.append(Column(name, "text", "user"))
    return targets, made


def _join(w: World, left: Relation, right: Relation) -> tuple[str, list[Column]]:
    """A join of two; the columns of the result are renamed so that they are distinct."""
    one, two = w.column(left), w.column(right)
    kind = w.pick(["JOIN", "LEFT JOIN", "FULL JOIN", "RIGHT JOIN", "CROSS JOIN"])
    if kind == "CROSS JOIN":
        on = ""
    elif one.category == two.category:
        on = f" ON (l.{one.name} = r.{two.name})"
    else:
        on = " ON (l.tableoid = r.tableoid)" if left.kind == right.kind == "table" else " ON true"
    names = [w.new_name("v"), w.new_name("v")]
    text = f"SELECT l.{one.name} AS {names[0]}, r.{two.name} AS {names[1]} FROM {left.path} l {kind} {right.path} r{on}"
    return text, [Column(names[0], one.type, one.category), Column(names[1], two.type, two.category)]


def query(w: World) -> tuple[str, list[Column]]:
    """A query over tables and views, and the columns of its result."""
    source = w.relation("table", "view", "materialized view")
    if not source or not source.columns:
        return "SELECT 1 AS one, 'x'::text AS two", [Column("one", "integer", "int"), Column("two", "text", "text")]
    choice = w.random.random()
    if choice < 0.15:
        return _join(w, source, w.pick(w.of_kinds("table", "view") or [source]))
    if choice < 0.25:
        return f"SELECT * FROM {source.path}", copy.deepcopy(source.columns)
    if choice < 0.5:
        return _of_one_column(w, source)
    targets, made = _projection(w, source, "")
    tail = w.maybe(f" WHERE {expressions.condition(w, source)}", 0.4) + w.maybe(f" ORDER BY {w.column(source).name}", 0.15)
    return f"SELECT {w.maybe('DISTINCT ', 0.05)}{', '.join(targets)} FROM {source.path}{tail}{w.maybe(' LIMIT 10', 0.08)}", made


def _of_one_column(w: World, source: Relation) -> tuple[str, list[Column]]:
    """Grouping, set operations, WITH and subqueries over one column."""
    column, path = w.column(source), source.path
    name, made = column.name, [copy.copy(column)]
    choice = w.random.randrange(4)
    if choice == 0:
        count = w.new_name("n")
        text = f"SELECT {name}, count(*) AS {count} FROM {path} GROUP BY {name}{w.maybe(' HAVING count(*) > 1')}"
        return text, [*made, Column(count, "bigint", "int")]
    if choice == 1:
        return f"SELECT {name} FROM {path} UNION ALL SELECT {name} FROM {path} WHERE {expressions.condition(w, source)}", made
    if choice == 2:
        return f"WITH q AS (SELECT {name} FROM {path}) SELECT q.{name} FROM q", made
    return f"SELECT x.{name} FROM (SELECT * FROM {path}) x WHERE EXISTS (SELECT 1 FROM {path} y WHERE y.{name} IS NOT NULL)", made


def create_view(w: World) -> str:
    text, made = query(w)
    relation = Relation(w.schema(), w.new_name("v", w.relation_names()), "view", made)
    listed = ""
    if w.chance(0.15) and made:
        for column in made:
            column.name = w.new_name("v")
        listed = f" ({', '.join(c.name for c in made)})"
    w.add(relation)
    options = w.pick(["", "", "", "", " WITH (security_barrier)", " WITH (security_barrier = true, check_option = local)",
                      " WITH (security_invoker = true)"])
    tail = w.pick(["", "", "", "", "", " WITH CHECK OPTION", " WITH LOCAL CHECK OPTION"])
    return f"CREATE {w.maybe('OR REPLACE ', 0.2)}VIEW {relation.path}{listed}{options} AS {text}{tail}"


def replace_view(w: World) -> str:
    """A view again, with the same columns and perhaps more, or with others."""
    view = w.relation("view")
    tables = w.of_kinds("table")
    if not view or not view.columns or not tables:
        return ""
    parts = [f"NULL::{c.type} AS {c.name}" if "serial" not in c.type else f"1 AS {c.name}" for c in view.columns]
    if w.chance(0.5):
        name = w.new_name("v")
        parts.append(f"1 AS {name}")
        view.columns.append(Column(name, "integer", "int"))
    if w.err():
        parts = parts[:-1] or ["1 AS other"]
    return f"CREATE OR REPLACE VIEW {view.path} AS SELECT {', '.join(parts)} FROM {w.pick(tables).path}"


def alter_view(w: World) -> str:
    view = w.relation("view")
    if not view:
        return ""
    column = w.column(view)
    return f"ALTER VIEW {view.path} " + w.pick([
        f"ALTER COLUMN {column.name} SET DEFAULT {expressions.constant(w, column.category)}", f"ALTER COLUMN {column.name} DROP DEFAULT",
        "SET (security_barrier = true)", "RESET (security_barrier)", "SET (check_option = cascaded)", "SET (nonsense = 1)"])


def create_materialized_view(w: World) -> str:
    text, made = query(w)
    relation = Relation(w.schema(), w.new_name("m", w.relation_names()), "materialized view", made)
    w.add(relation)
    options, data = w.maybe(" WITH (fillfactor = 75)", 0.1), w.maybe(" WITH NO DATA", 0.3)
    return f"CREATE MATERIALIZED VIEW {w.maybe('IF NOT EXISTS ', 0.1)}{relation.path}{options} AS {text}{data}"


def create_rule(w: World) -> str:
    relation = w.relation("table", "view")
    if not relation:
        return ""
    name = w.new_name("r", relation.rules)
    relation.rules.append(name)
    event = w.pick(["INSERT", "UPDATE", "DELETE", "INSERT", "UPDATE", "DELETE", "SELECT"])
    column = w.column(relation)
    row = "NEW" if event == "INSERT" else w.pick(["OLD", "NEW"] if event == "UPDATE" else ["OLD"])
    where = w.maybe(f" WHERE {row}.{column.name} IS NOT NULL", 0.3)
    targets = w.of_kinds("table") or [relation]
    target = w.pick(targets)
    goal = w.column(target)
    actions = ["NOTHING", "NOTHING", f"DELETE FROM {target.path} WHERE {goal.name} IS NULL",
               f"INSERT INTO {target.path} ({goal.name}) VALUES (DEFAULT)",
               f"UPDATE {target.path} SET {goal.name} = DEFAULT WHERE {goal.name} IS NOT NULL", "NOTIFY something",
               f"(DELETE FROM {target.path}; INSERT INTO {target.path} DEFAULT VALUES)"]
    if goal.category == column.category and not column.category.startswith("enum"):
        actions += [f"INSERT INTO {target.path} ({goal.name}) VALUES ({row}.{column.name})"] * 3
    action = w.pick(["ALSO ", "INSTEAD ", "INSTEAD ", ""]) + w.pick(actions)
    return f"CREATE {w.maybe('OR REPLACE ', 0.15)}RULE {name} AS ON {event} TO {relation.path}{where} DO {action}"


SEQUENCE_OPTIONS = ["INCREMENT BY 2", "INCREMENT -1", "MINVALUE 0", "NO MINVALUE", "MAXVALUE 1000", "NO MAXVALUE", "START WITH 5",
                    "CACHE 10", "CYCLE", "NO CYCLE",
                    "AS smallint", "AS integer", "AS bigint", "AS text", "INCREMENT 0", "MINVALUE 10 MAXVALUE 5", "START 0"]


def _owned(w: World) -> str:
    table = w.table()
    if not table or w.chance(0.2):
        return "OWNED BY NONE"
    column = w.column(table).name
    # A server lets a system column own a sequence; that is not simulated, and said so.
    return f"OWNED BY {table.path}.{'missing' if column in SYSTEM_COLUMNS else column}"


def create_sequence(w: World) -> str:
    relation = Relation(w.schema(), w.new_name("s", w.relation_names()), "sequence")
    w.add(relation)
    options = w.some(SEQUENCE_OPTIONS[:13] if not w.err() else SEQUENCE_OPTIONS, 3) if w.chance(0.6) else []
    if w.chance(0.25):
        options.append(_owned(w))
    return " ".join([f"CREATE SEQUENCE {w.maybe('IF NOT EXISTS ', 0.1)}{relation.path}", *options])


def alter_sequence(w: World) -> str:
    relation = w.relation("sequence")
    if not relation:
        return ""
    choices = w.some([*SEQUENCE_OPTIONS[:13], "RESTART", "RESTART WITH 3"], 3) if w.chance(0.6) else [_owned(w)]
    return f"ALTER SEQUENCE {w.maybe('IF EXISTS ', 0.1)}{relation.path} {' '.join(choices)}"


def create_statistics(w: World) -> str:
    relation = w.relation("table")
    if not relation or len(relation.columns) < 2:
        return ""
    name = f"{w.schema()}.{w.new_name('st')}"
    kinds = w.maybe(f" ({', '.join(w.some(['ndistinct', 'dependencies', 'mcv'], 3))})", 0.5)
    columns = [c.name for c in w.some(relation.columns, 3)]
    if len(columns) < 2 and not w.err():
        columns = [c.name for c in relation.columns[:2]]
    if w.chance(0.2):
        columns.append(f"({expressions.value(w, relation)})")
    w.state.statistics.append(name)
    return f"CREATE STATISTICS {w.maybe('IF NOT EXISTS ', 0.1)}{name}{kinds} ON {', '.join(columns)} FROM {relation.path}"


def alter_statistics(w: World) -> str:
    if not w.state.statistics:
        return ""
    name = w.pick(w.state.statistics)
    return w.pick([f"ALTER STATISTICS {name} SET STATISTICS {w.pick(['100', '0', '-1'])}",
                   f"DROP STATISTICS {w.maybe('IF EXISTS ')}{name}"])
