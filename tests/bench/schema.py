"""A schema of any size, as SQL, the same for the same size: what the benchmark loads and the program simulates.

Tables come in groups of ten, a schema for each hundred groups, with what products have: keys, references within and between
groups, checks, defaults of many kinds, indexes (partial, on expressions), comments, views, functions, triggers, enumerations,
row security. It loads on PostgreSQL 13 to 18 and needs no extension.
"""
from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

NOUNS = ("account", "booking", "carrier", "document", "event", "fleet", "garage", "holiday", "invoice", "journey")
TABLES_PER_GROUP = len(NOUNS)
GROUPS_PER_SCHEMA = 20

# name stem, type, default, check over the column (with {c} for its name); None where there is none
COLUMNS: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("title", "text", "''", "length({c}) <= 400"),
    ("amount", "numeric(12,2)", "0", "{c} >= 0"),
    ("quantity", "integer", "1", "{c} BETWEEN 0 AND 100000"),
    ("starts_at", "timestamp with time zone", "now()", None),
    ("ends_on", "date", "CURRENT_DATE + 30", None),
    ("active", "boolean", "true", None),
    ("payload", "jsonb", "'{{}}'::jsonb", "jsonb_typeof({c}) = 'object'"),
    ("labels", "text[]", "'{{}}'::text[]", None),
    ("code", "varchar(24)", None, "{c} ~ '^[A-Z0-9-]+$'"),
    ("ratio", "double precision", "0.5", "{c} > 0 AND {c} <= 1"),
    ("token", "uuid", "gen_random_uuid()", None),
    ("span", "interval", "'1 day'", None),
    ("address", "inet", None, None),
    ("photo", "bytea", None, None),
    ("rank", "smallint", None, "{c} IN (1, 2, 3, 5, 8)"),
    ("period", "tstzrange", None, None),
)


@dataclass
class Table:
    schema: str
    name: str
    columns: list[str] = field(default_factory=list)  # names of those beyond the key

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


def _schema_name(group: int) -> str:
    return f"area{group // GROUPS_PER_SCHEMA}"


def _column_lines(choice: random.Random, table: Table) -> Iterator[str]:
    for stem, kind, default, check in choice.sample(COLUMNS, choice.randint(4, 9)):
        table.columns.append(stem)
        line = f"{stem} {kind}"
        if choice.random() < 0.6:
            line += " NOT NULL"
        if default is not None and choice.random() < 0.7:
            line += f" DEFAULT {default.format()}"
        if check is not None and choice.random() < 0.5:
            line += f" CHECK ({check.format(c=stem)})"
        yield line


def _create_table(choice: random.Random, table: Table, state_type: str) -> str:
    lines = ["id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "tenant integer NOT NULL"]
    lines += _column_lines(choice, table)
    lines.append(f"state {state_type} NOT NULL DEFAULT 'new'")
    lines.append("created_at timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP")
    if "code" in table.columns:
        lines.append(f"CONSTRAINT {table.name}_code_key UNIQUE (tenant, code)")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {table} (\n  {body}\n);"


def _indexes(choice: random.Random, table: Table) -> Iterator[str]:
    yield f"CREATE INDEX {table.name}_tenant_idx ON {table} (tenant, created_at DESC);"
    if "title" in table.columns:
        yield f"CREATE INDEX {table.name}_title_idx ON {table} (lower(title));"
    if "payload" in table.columns:
        yield f"CREATE INDEX {table.name}_payload_idx ON {table} USING gin (payload jsonb_path_ops);"
    if choice.random() < 0.5:
        yield f"CREATE INDEX {table.name}_open_idx ON {table} (id) WHERE state IN ('new', 'open');"


def _references(choice: random.Random, table: Table, earlier: list[Table]) -> Iterator[str]:
    for number, other in enumerate(choice.sample(earlier, min(len(earlier), choice.randint(0, 2)))):
        column = f"{other.name.rstrip('0123456789_')}_ref{number}"
        action = choice.choice(("CASCADE", "SET NULL", "RESTRICT", "NO ACTION"))
        yield f"ALTER TABLE {table} ADD COLUMN {column} bigint;"
        yield (f"ALTER TABLE {table} ADD CONSTRAINT {table.name}_{column}_fkey FOREIGN KEY ({column}) "
               f"REFERENCES {other} (id) ON DELETE {action};")
        yield f"CREATE INDEX {table.name}_{column}_idx ON {table} ({column});"


def _extras(choice: random.Random, table: Table, touch: str) -> Iterator[str]:
    """Comments, triggers, policies: each on some of the tables."""
    yield f"COMMENT ON TABLE {table} IS 'what is known of {table.name}';"
    for column in table.columns[:2]:
        yield f"COMMENT ON COLUMN {table}.{column} IS 'the {column} of {table.name}';"
    if choice.random() < 0.3:
        yield (f"CREATE TRIGGER {table.name}_touch BEFORE UPDATE ON {table} FOR EACH ROW "
               f"WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {touch}();")
    if choice.random() < 0.2:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        yield (f"CREATE POLICY {table.name}_tenant ON {table} "
               "USING (tenant = current_setting('app.tenant'::text)::integer);")


def _group_views(schema: str, group: int, tables: list[Table]) -> Iterator[str]:
    first, second = tables[0], tables[1]
    yield (f"CREATE VIEW {schema}.overview{group} AS SELECT a.id, a.state, a.created_at, count(b.id) AS number "
           f"FROM {first} a LEFT JOIN {second} b ON b.tenant = a.tenant AND b.state = a.state "
           "GROUP BY a.id, a.state, a.created_at;")
    yield (f"CREATE FUNCTION {schema}.count_open{group}(of_tenant integer) RETURNS bigint LANGUAGE sql STABLE AS "
           f"$$SELECT count(*) FROM {first} WHERE tenant = of_tenant AND state = 'open'$$;")


def view_statements(views: int, seed: int = 1) -> Iterator[str]:
    """The SQL of a small schema with that many views over it, each over tables and often over an earlier view."""
    choice = random.Random(seed)
    yield from statements(20, seed)
    for number in range(views):
        first, second, third = choice.sample(NOUNS, 3)
        source = f"report{choice.randrange(number)}" if number and choice.random() < 0.4 else f"area0.{third}_1"
        yield (f"CREATE VIEW report{number} AS WITH recent AS (SELECT * FROM area0.{first}_0 WHERE created_at > now() - interval '30 days') "
               f"SELECT r.id, r.state, coalesce(b.tenant, r.tenant) AS tenant, count(*) FILTER (WHERE b.state IN ('new', 'open')) AS open, "
               f"max(b.created_at)::date AS latest, row_number() OVER (PARTITION BY r.state ORDER BY r.id DESC) AS place, "
               f"CASE WHEN r.tenant BETWEEN 1 AND 9 THEN 'few' WHEN r.tenant > 9 THEN 'many' ELSE lower(r.state::text) END AS size "
               f"FROM recent r LEFT JOIN area0.{second}_0 b ON b.tenant = r.tenant AND b.created_at >= r.created_at "
               f"WHERE EXISTS (SELECT 1 FROM {source} c WHERE c.id = r.id AND c.tenant <> {number}) AND r.state <> 'done' "
               f"GROUP BY r.id, r.state, r.tenant, b.tenant HAVING count(*) > {number % 7} ORDER BY latest NULLS LAST, 1;")


def _group(choice: random.Random, group: int, wanted: int, earlier: list[Table]) -> Iterator[str]:
    """One group; its tables are appended to `earlier`, for later ones to refer to."""
    schema = _schema_name(group)
    if group % GROUPS_PER_SCHEMA == 0:
        yield f"CREATE SCHEMA {schema};"
        yield (f"CREATE FUNCTION {schema}.touch() RETURNS trigger LANGUAGE plpgsql AS "
               "$$BEGIN NEW.created_at := OLD.created_at; RETURN NEW; END$$;")
    state_type = f"{schema}.state{group}"
    yield f"CREATE TYPE {state_type} AS ENUM ('new', 'open', 'done', 'cancelled{group}');"
    tables = []
    for noun in NOUNS[:wanted]:
        table = Table(schema, f"{noun}_{group}")
        yield _create_table(choice, table, state_type)
        yield from _indexes(choice, table)
        yield from _references(choice, table, earlier[-50:])
        yield from _extras(choice, table, f"{schema}.touch")
        tables.append(table)
    earlier += tables
    if len(tables) >= 2:
        yield from _group_views(schema, group, tables)


def statements(tables: int, seed: int = 1) -> Iterator[str]:
    """The SQL of a schema with that many tables, statement by statement."""
    choice = random.Random(seed)
    earlier: list[Table] = []
    for group in range((tables + TABLES_PER_GROUP - 1) // TABLES_PER_GROUP):
        yield from _group(choice, group, tables - len(earlier), earlier)
