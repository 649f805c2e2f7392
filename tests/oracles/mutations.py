"""The kinds of change that the mutation oracle plants: a table, one line a kind.

`sql` may be several alternatives; their {placeholders} are columns of the candidate's row. The planted object is the
candidate itself, or what `child` names inside it, or what `made` names from the top.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.oracles import candidates as c
from tests.oracles.inventory import Key


@dataclass(frozen=True)
class Mutation:
    """One kind of change. `word` is the kind of object that a report must name; `options` are added to the check."""

    name: str
    word: str
    rows: str
    sql: tuple[str, ...]
    where: str = "true"
    child: str | None = None
    made: tuple[str, ...] | None = None
    since: int = 13
    options: tuple[str, ...] = ()

    def target(self, row: dict[str, Any]) -> Key:
        if self.made is not None:
            return self.word, tuple(part.format(**row) for part in self.made)
        path = tuple(row["path"])
        return self.word, (*path, self.child) if self.child else path


def _m(name: str, word: str, rows: str, *sql: str, **more: Any) -> Mutation:
    return Mutation(name, word, rows, sql, **more)


_SAME_INDEX = "position('WHERE' IN definition) = 0 AND columns IS NOT NULL AND method = 'btree' AND definition !~ 'INCLUDE|WITH \\('"

SCHEMAS = [
    _m("schema: add", "schema", c.ANYWHERE, "CREATE SCHEMA planted", made=("planted",)),
    _m("schema: drop", "schema", c.SCHEMAS, "DROP SCHEMA {schema} CASCADE"),
    _m("schema: rename", "schema", c.SCHEMAS, "ALTER SCHEMA {schema} RENAME TO planted", where="path <> '{public}'"),
    _m("schema: comment", "schema", c.SCHEMAS, "COMMENT ON SCHEMA {schema} IS 'planted'"),
    _m("extension: create", "extension", c.ANYWHERE, "CREATE EXTENSION intarray", made=("intarray",)),
    _m("extension: drop", "extension", c.EXTENSIONS, "DROP EXTENSION {name} CASCADE"),
]

TABLES = [
    _m("table: add", "table", c.SCHEMAS, "CREATE TABLE {schema}.planted (id integer, note text)", child="planted"),
    _m("table: drop", "table", c.TABLES, "DROP TABLE {rel} CASCADE"),
    _m("table: rename", "table", c.TABLES, "ALTER TABLE {rel} RENAME TO planted"),
    _m("table: move to a schema", "table", c.TABLES, "CREATE SCHEMA planted; ALTER TABLE {rel} SET SCHEMA planted"),
    _m("table: unlogged", "table", c.TABLES, "ALTER TABLE {rel} SET UNLOGGED", where="relkind = 'r'"),
    _m("table: storage parameter", "table", c.TABLES, "ALTER TABLE {rel} SET (fillfactor = 71)",
       "ALTER TABLE {rel} SET (autovacuum_vacuum_threshold = 77)", "ALTER TABLE {rel} SET (toast.autovacuum_enabled = off)",
       where="relkind = 'r'"),
    _m("table: replica identity", "table", c.TABLES, "ALTER TABLE {rel} REPLICA IDENTITY NOTHING"),
    _m("table: row security on or off", "table", c.TABLES, "DO $$BEGIN IF (SELECT relrowsecurity FROM pg_class WHERE oid = '{rel}'::regclass) "
       "THEN ALTER TABLE {rel} DISABLE ROW LEVEL SECURITY; ELSE ALTER TABLE {rel} ENABLE ROW LEVEL SECURITY; END IF; END$$"),
    _m("table: force row security", "table", c.TABLES, "ALTER TABLE {rel} FORCE ROW LEVEL SECURITY"),
    _m("table: comment set or changed", "table", c.TABLES, "COMMENT ON TABLE {rel} IS 'planted'"),
    _m("table: comment dropped", "table", c.TABLES, "COMMENT ON TABLE {rel} IS NULL",
       where="obj_description(rel::oid, 'pg_class') IS NOT NULL"),
    _m("table: partition detached", "table", c.PARTITIONS, "ALTER TABLE {parent} DETACH PARTITION {rel}", where="relispartition"),
    _m("table: inheritance ended", "table", c.PARTITIONS, "ALTER TABLE {rel} NO INHERIT {parent}", where="NOT relispartition"),
    _m("table: inheritance begun", "table", c.TABLES, "CREATE SCHEMA IF NOT EXISTS planted; CREATE TABLE planted.base (); "
       "ALTER TABLE {rel} INHERIT planted.base", where="relkind = 'r'"),
]

COLUMNS = [
    _m("column: add", "column", c.TABLES, "ALTER TABLE {rel} ADD COLUMN planted text",
       "ALTER TABLE {rel} ADD COLUMN planted integer NOT NULL DEFAULT 7", child="planted"),
    _m("column: drop", "column", c.COLUMNS, "ALTER TABLE {rel} DROP COLUMN {column} CASCADE"),
    _m("column: rename", "column", c.COLUMNS, "ALTER TABLE {rel} RENAME COLUMN {column} TO planted"),
    _m("column: retype", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} TYPE {other_type}",
       where="other_type IS NOT NULL"),
    _m("column: type modifier", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} TYPE {other_modifier}",
       where="other_modifier IS NOT NULL"),
    _m("column: set not null", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} SET NOT NULL"),
    _m("column: drop not null", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} DROP NOT NULL"),
    _m("column: set default", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} SET DEFAULT {other_default}",
       where="default_text IS NULL AND other_default IS NOT NULL AND attidentity = ''"),
    _m("column: drop default", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} DROP DEFAULT",
       where="default_text IS NOT NULL AND attgenerated = ''"),
    _m("column: change default", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} SET DEFAULT {other_default}",
       where="default_text IS NOT NULL AND other_default IS NOT NULL AND attgenerated = ''"),
    _m("column: collation", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} TYPE {type} COLLATE \"POSIX\"",
       where="typcategory = 'S'"),
    _m("column: storage", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} SET STORAGE MAIN", where="typcategory = 'S'"),
    _m("column: compression", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} SET COMPRESSION pglz",
       where="typcategory = 'S'", since=14),
    _m("column: statistics target", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} SET STATISTICS 33"),
    _m("column: attribute option", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} SET (n_distinct = 5)"),
    _m("column: identity kind", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} SET GENERATED ALWAYS",
       "ALTER TABLE {rel} ALTER COLUMN {column} SET GENERATED BY DEFAULT",
       where="attidentity <> ''"),
    _m("column: identity dropped", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} DROP IDENTITY", where="attidentity <> ''"),
    _m("column: identity added", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} ADD GENERATED ALWAYS AS IDENTITY",
       where="default_text IS NULL AND type IN ('integer', 'bigint', 'smallint')"),
    _m("column: identity options", "sequence", c.SEQUENCES, "ALTER SEQUENCE {sequence} INCREMENT 7", where="deptype = 'i'"),
    _m("column: generation dropped", "column", c.COLUMNS, "ALTER TABLE {rel} ALTER COLUMN {column} DROP EXPRESSION", where="attgenerated = 's'"),
    _m("column: generation changed", "column", c.COLUMNS,
       "ALTER TABLE {rel} ALTER COLUMN {column} SET EXPRESSION AS (NULL)", since=17, where="attgenerated = 's'"),
    _m("column: generated one added", "column", c.TABLES,
       "ALTER TABLE {rel} ADD COLUMN planted text GENERATED ALWAYS AS ({first_column}::text) STORED", child="planted"),
    _m("column: comment set or changed", "column", c.COLUMNS, "COMMENT ON COLUMN {rel}.{column} IS 'planted'"),
]

CONSTRAINTS = [
    _m("check: add", "constraint", c.TABLES, "ALTER TABLE {rel} ADD CONSTRAINT planted CHECK ({first_column} IS NOT NULL) NOT VALID",
       "ALTER TABLE {rel} ADD CONSTRAINT planted CHECK (true)", child="planted"),
    _m("check: drop", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}", where="definition ~ '^CHECK'"),
    _m("check: expression", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} "
       "CHECK (({expression}) OR random() < 2)", where="definition ~ '^CHECK'"),
    _m("check: no longer valid", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} "
       "{definition} NOT VALID", where="definition ~ '^CHECK' AND definition !~ 'NOT VALID|NO INHERIT'"),
    _m("check: no inherit", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} "
       "{definition} NO INHERIT", where="definition ~ '^CHECK' AND definition !~ 'NOT VALID|NO INHERIT'"),
    _m("constraint: rename", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} RENAME CONSTRAINT {name} TO planted"),
    _m("constraint: comment", "constraint", c.CONSTRAINTS, "COMMENT ON CONSTRAINT {name} ON {rel} IS 'planted'"),
    _m("constraint: disable its triggers", "constraint", c.CONSTRAINTS,
       "DO $plant$BEGIN EXECUTE (SELECT string_agg(format('ALTER TABLE %s DISABLE TRIGGER %I', g.tgrelid::regclass, g.tgname), '; ') "
       "FROM pg_trigger g JOIN pg_constraint k ON k.oid = g.tgconstraint WHERE k.conrelid = $q${rel}$q$::regclass "
       "AND quote_ident(k.conname) = $q${name}$q$ AND g.tgfoid IN (1644, 1645)); END$plant$",
       where="definition LIKE 'FOREIGN KEY%' AND (SELECT relkind FROM pg_class WHERE oid = rel) = 'r'"),
    _m("primary key: drop", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name} CASCADE",
       where="definition ~ '^PRIMARY KEY'"),
    _m("unique: drop", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name} CASCADE", where="definition ~ '^UNIQUE'"),
    _m("unique: add", "constraint", c.COLUMNS, "ALTER TABLE {rel} ADD CONSTRAINT planted UNIQUE ({column})",
       made=("{path[0]}", "{path[1]}", "planted")),
    _m("unique: deferrable", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name} CASCADE, ADD CONSTRAINT {name} "
       "{definition} DEFERRABLE", where="definition ~ '^(UNIQUE|PRIMARY)' AND definition !~ 'DEFERRABLE'"),
    _m("exclusion: drop", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}", where="definition ~ '^EXCLUDE'"),
    _m("foreign key: drop", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}", where="definition ~ '^FOREIGN'"),
    _m("foreign key: add", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} ADD CONSTRAINT planted {definition}",
       where="definition ~ '^FOREIGN'", made=("{path[0]}", "{path[1]}", "planted")),
    _m("foreign key: action", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} "
       "{definition} ON DELETE SET DEFAULT", where="definition ~ '^FOREIGN' AND definition !~ 'ON DELETE|DEFERR|NOT VALID'"),
    _m("foreign key: update action", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} "
       "{definition} ON UPDATE SET NULL", where="definition ~ '^FOREIGN' AND definition !~ 'ON UPDATE|DEFERR|NOT VALID'"),
    _m("foreign key: deferrable", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY DEFERRED",
       where="definition ~ '^FOREIGN'"),
    _m("foreign key: not valid", "constraint", c.CONSTRAINTS, "ALTER TABLE {rel} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} "
       "{definition} NOT VALID", where="definition ~ '^FOREIGN' AND definition !~ 'NOT VALID'"),
]

INDEXES = [
    _m("index: drop", "index", c.INDEXES, "DROP INDEX {index}"),
    _m("index: add", "index", c.COLUMNS, "CREATE INDEX planted ON {rel} ({column})", "CREATE UNIQUE INDEX planted ON {rel} ({column})",
       made=("{path[0]}", "planted")),
    _m("index: predicate added", "index", c.INDEXES, "DO $$BEGIN DROP INDEX {index}; EXECUTE $d${definition}$d$ || "
       "' WHERE ' || split_part($d${columns}$d$, ', ', 1) || ' IS NOT NULL'; END$$", where=_SAME_INDEX),
    _m("index: predicate dropped", "index", c.INDEXES,
       "DO $$BEGIN DROP INDEX {index}; EXECUTE regexp_replace($d${definition}$d$, ' WHERE .*', ''); END$$",
       where="definition ~ ' WHERE '"),
    _m("index: order", "index", c.INDEXES, "DO $$BEGIN DROP INDEX {index}; EXECUTE regexp_replace($d${definition}$d$, '\\)$', "
       "CASE WHEN $d${definition}$d$ ~ 'DESC\\)$' THEN ' NULLS LAST)' ELSE ' DESC)' END); END$$", where=_SAME_INDEX),
    _m("index: uniqueness", "index", c.INDEXES,
       "DO $$BEGIN DROP INDEX {index}; EXECUTE replace($d${definition}$d$, 'CREATE INDEX', 'CREATE UNIQUE INDEX'); END$$",
       where=_SAME_INDEX),
    _m("index: no longer unique", "index", c.INDEXES,
       "DO $$BEGIN DROP INDEX {index}; EXECUTE replace($d${definition}$d$, 'CREATE UNIQUE INDEX', 'CREATE INDEX'); END$$",
       where="definition ~ 'CREATE UNIQUE'"),
    _m("index: included column", "index", c.INDEXES, "DO $$BEGIN DROP INDEX {index}; EXECUTE $d${definition}$d$ || "
       "' INCLUDE (' || split_part($d${columns}$d$, ', ', 1) || ')'; END$$", where=_SAME_INDEX),
    _m("index: method", "index", c.INDEXES,
       "DO $$BEGIN DROP INDEX {index}; EXECUTE replace($d${definition}$d$, 'USING btree', 'USING hash'); END$$",
       where=f"{_SAME_INDEX} AND columns !~ ',' AND definition !~ 'UNIQUE|DESC'"),
    _m("index: operator class", "index", c.INDEXES, "DO $$BEGIN DROP INDEX {index}; EXECUTE regexp_replace($d${definition}$d$, '\\)$', "
       "' text_pattern_ops)'); END$$", where=f"{_SAME_INDEX} AND definition !~ 'DESC|_ops'"),
    _m("index: storage parameter", "index", c.INDEXES, "ALTER INDEX {index} SET (fillfactor = 63)", where="method = 'btree'"),
    _m("index: left invalid", "index", c.INDEXES, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = {oid}"),
    _m("index: rename", "index", c.INDEXES, "ALTER INDEX {index} RENAME TO planted"),
    _m("index: comment", "index", c.INDEXES, "COMMENT ON INDEX {index} IS 'planted'"),
    _m("index: replica identity", "table", c.INDEXES, "ALTER TABLE {rel} REPLICA IDENTITY USING INDEX {name}",
       where="definition ~ 'CREATE UNIQUE'", made=("{path[0]}", "{rel_name}")),
    _m("statistics: add", "statistics", c.TABLES, "CREATE STATISTICS {schema}.planted ON {first_column}, {second_column} FROM {rel}",
       where="second_column IS NOT NULL", made=("{path[0]}", "planted")),
    _m("statistics: drop", "statistics", c.STATISTICS, "DROP STATISTICS {name}"),
]

SEQUENCES = [
    _m("sequence: add", "sequence", c.SCHEMAS, "CREATE SEQUENCE {schema}.planted", child="planted"),
    _m("sequence: drop", "sequence", c.SEQUENCES, "DROP SEQUENCE {sequence} CASCADE", where="deptype IS DISTINCT FROM 'i'"),
    _m("sequence: increment", "sequence", c.SEQUENCES, "ALTER SEQUENCE {sequence} INCREMENT 3"),
    _m("sequence: cycle", "sequence", c.SEQUENCES, "ALTER SEQUENCE {sequence} CYCLE", where="NOT seqcycle"),
    _m("sequence: cache", "sequence", c.SEQUENCES, "ALTER SEQUENCE {sequence} CACHE 55"),
    _m("sequence: maximum", "sequence", c.SEQUENCES, "ALTER SEQUENCE {sequence} MAXVALUE 30000000", "ALTER SEQUENCE {sequence} MAXVALUE 32000"),
    _m("sequence: type", "sequence", c.SEQUENCES, "ALTER SEQUENCE {sequence} AS smallint",
       where="type <> 'smallint'::regtype AND deptype IS DISTINCT FROM 'i'"),
    _m("sequence: owner column", "sequence", c.SEQUENCES, "ALTER SEQUENCE {sequence} OWNED BY NONE", where="deptype = 'a'"),
    _m("sequence: rename", "sequence", c.SEQUENCES, "ALTER SEQUENCE {sequence} RENAME TO planted"),
]

TYPES = [
    _m("enum: add type", "enum_type", c.SCHEMAS, "CREATE TYPE {schema}.planted AS ENUM ('a', 'b')", child="planted"),
    _m("enum: add value", "enum_type", c.TYPES, "ALTER TYPE {type} ADD VALUE 'planted'", "ALTER TYPE {type} ADD VALUE 'planted' BEFORE {first_label}",
       where="typtype = 'e'"),
    _m("enum: rename value", "enum_type", c.TYPES, "ALTER TYPE {type} RENAME VALUE {first_label} TO 'planted'", where="typtype = 'e'"),
    _m("enum: value order", "enum_type", c.TYPES, "UPDATE pg_enum SET enumsortorder = 999 WHERE enumtypid = '{type}'::regtype "
       "AND enumlabel = {first_label}", where="typtype = 'e'"),
    _m("enum: rename", "enum_type", c.TYPES, "ALTER TYPE {type} RENAME TO planted", where="typtype = 'e'"),
    _m("type: comment", "enum_type", c.TYPES, "COMMENT ON TYPE {type} IS 'planted'", where="typtype = 'e'"),
    _m("domain: add", "domain", c.SCHEMAS, "CREATE DOMAIN {schema}.planted AS text CHECK (length(VALUE) < 10)", child="planted"),
    _m("domain: add constraint", "constraint", c.TYPES, "ALTER DOMAIN {type} ADD CONSTRAINT planted CHECK (VALUE IS NOT NULL) NOT VALID",
       where="typtype = 'd'", child="planted"),
    _m("domain: drop constraint", "constraint", c.DOMAIN_CONSTRAINTS, "ALTER DOMAIN {type} DROP CONSTRAINT {name}"),
    _m("domain: change constraint", "constraint", c.DOMAIN_CONSTRAINTS, "ALTER DOMAIN {type} DROP CONSTRAINT {name}; "
       "ALTER DOMAIN {type} ADD CONSTRAINT {name} CHECK (({expression}) OR random() < 2)"),
    _m("domain: default", "domain", c.TYPES, "ALTER DOMAIN {type} DROP DEFAULT", where="typtype = 'd' AND default_text IS NOT NULL"),
    _m("domain: set default", "domain", c.TYPES, "ALTER DOMAIN {type} SET DEFAULT '33'",
       where="typtype = 'd' AND typcategory IN ('S', 'N') AND default_text IS DISTINCT FROM '33'"),
    _m("domain: not null", "domain", c.TYPES, "ALTER DOMAIN {type} SET NOT NULL", where="typtype = 'd' AND NOT typnotnull"),
    _m("composite: add", "composite_type", c.SCHEMAS, "CREATE TYPE {schema}.planted AS (a integer, b text)", child="planted"),
    _m("composite: add attribute", "column", c.TYPES, "ALTER TYPE {type} ADD ATTRIBUTE planted text", where="typtype = 'c'", child="planted"),
    _m("composite: drop attribute", "column", c.TYPES, "ALTER TYPE {type} DROP ATTRIBUTE {first_attribute} CASCADE",
       where="typtype = 'c'", made=("{path[0]}", "{path[1]}", "{first_attribute}")),
    _m("composite: rename attribute", "column", c.TYPES, "ALTER TYPE {type} RENAME ATTRIBUTE {first_attribute} TO planted",
       where="typtype = 'c'", child="planted"),
    _m("range: add", "range_type", c.SCHEMAS, "CREATE TYPE {schema}.planted AS RANGE (subtype = text)", child="planted"),
    _m("range: rename", "range_type", c.TYPES, "ALTER TYPE {type} RENAME TO planted", where="typtype = 'r'"),
    _m("range: drop", "range_type", c.TYPES, "DROP TYPE {type} CASCADE", where="typtype = 'r'"),
    _m("multirange: rename", "range_type", c.RANGES, "ALTER TYPE {multirange} RENAME TO planted", since=14),
    _m("multirange: move", "range_type", c.RANGES, "ALTER TYPE {multirange} SET SCHEMA public", where="path[1] <> 'public'", since=14),
]

VIEWS = [
    _m("view: add", "view", c.TABLES, "CREATE VIEW {schema}.planted AS SELECT * FROM {rel}", made=("{path[0]}", "planted")),
    _m("view: drop", "view", c.VIEWS, "DROP VIEW {rel} CASCADE", where="relkind = 'v'"),
    _m("view: another column", "view", c.VIEWS, "CREATE OR REPLACE VIEW {rel}{options} AS SELECT q.*, 1 AS planted FROM ({query}) q",
       where="relkind = 'v'"),
    _m("view: another condition", "view", c.VIEWS, "CREATE OR REPLACE VIEW {rel}{options} AS SELECT * FROM ({query}) q WHERE random() < 2",
       where="relkind = 'v'"),
    _m("view: option", "view", c.VIEWS, "ALTER VIEW {rel} SET (security_barrier = true)", "ALTER VIEW {rel} RESET (security_barrier)",
       where="relkind = 'v'"),
    _m("view: column default", "column", c.VIEWS, "ALTER VIEW {rel} ALTER COLUMN {first_column} SET DEFAULT NULL::text || 'x'",
       "ALTER VIEW {rel} ALTER COLUMN {first_column} SET DEFAULT 7", where="relkind = 'v'",
       made=("{path[0]}", "{path[1]}", "{first_column}")),
    _m("view: rename", "view", c.VIEWS, "ALTER VIEW {rel} RENAME TO planted", where="relkind = 'v'"),
    _m("view: rename column", "column", c.VIEWS, "ALTER VIEW {rel} RENAME COLUMN {first_column} TO planted", where="relkind = 'v'",
       child="planted"),
    _m("view: comment", "view", c.VIEWS, "COMMENT ON VIEW {rel} IS 'planted'", where="relkind = 'v'"),
    _m("materialized view: add", "materialized_view", c.TABLES, "CREATE MATERIALIZED VIEW {schema}.planted AS SELECT * FROM {rel}",
       made=("{path[0]}", "planted")),
    _m("materialized view: drop", "materialized_view", c.VIEWS, "DROP MATERIALIZED VIEW {rel} CASCADE", where="relkind = 'm'"),
    _m("materialized view: query", "materialized_view", c.VIEWS,
       "DROP MATERIALIZED VIEW {rel}; CREATE MATERIALIZED VIEW {rel} AS SELECT * FROM ({query}) q WHERE random() < 2 WITH NO DATA",
       where="relkind = 'm'"),
    _m("materialized view: rename", "materialized_view", c.VIEWS, "ALTER MATERIALIZED VIEW {rel} RENAME TO planted", where="relkind = 'm'"),
]

ROUTINES = [
    _m("function: add", "function", c.SCHEMAS, "CREATE FUNCTION {schema}.planted(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
       child="planted"),
    _m("function: drop", "function", c.ROUTINES, "DROP FUNCTION {signature} CASCADE", where="prokind = 'f'"),
    _m("function: rename", "function", c.ROUTINES, "ALTER FUNCTION {signature} RENAME TO planted", where="prokind = 'f'"),
    _m("function: body", "function", c.ROUTINES,
       "DO $plant$BEGIN EXECUTE replace($def${definition}$def$, $src${body}$src$, $src${body}$src$ || E'\\n-- planted\\n'); END$plant$",
       where="prokind = 'f' AND body <> '' AND language IN ('sql', 'plpgsql')"),
    _m("function: language", "function", c.ROUTINES, "SET check_function_bodies = off; DO $plant$BEGIN EXECUTE "
       "replace($def${definition}$def$, 'LANGUAGE sql', 'LANGUAGE plpgsql'); END$plant$", where="prokind = 'f' AND language = 'sql'"),
    _m("function: volatility", "function", c.ROUTINES, "ALTER FUNCTION {signature} IMMUTABLE", where="prokind = 'f' AND provolatile <> 'i'"),
    _m("function: parallel", "function", c.ROUTINES, "ALTER FUNCTION {signature} PARALLEL RESTRICTED"),
    _m("function: strict", "function", c.ROUTINES, "ALTER FUNCTION {signature} STRICT", where="prokind = 'f' AND NOT proisstrict"),
    _m("function: cost", "function", c.ROUTINES, "ALTER FUNCTION {signature} COST 4711", where="prokind = 'f'"),
    _m("function: security definer", "function", c.ROUTINES, "ALTER FUNCTION {signature} SECURITY DEFINER",
       where="prokind = 'f' AND NOT prosecdef"),
    _m("function: setting", "function", c.ROUTINES, "ALTER FUNCTION {signature} SET work_mem = '7MB'", where="prokind = 'f'"),
    _m("function: comment", "function", c.ROUTINES, "COMMENT ON FUNCTION {signature} IS 'planted'", where="prokind = 'f'"),
    _m("procedure: add", "procedure", c.SCHEMAS, "CREATE PROCEDURE {schema}.planted() LANGUAGE sql AS 'SELECT 1'", child="planted"),
    _m("procedure: drop", "procedure", c.ROUTINES, "DROP PROCEDURE {signature}", where="prokind = 'p'"),
    _m("procedure: security", "procedure", c.ROUTINES, "ALTER PROCEDURE {signature} SECURITY DEFINER", where="prokind = 'p' AND NOT prosecdef"),
    _m("aggregate: add", "aggregate", c.SCHEMAS, "CREATE AGGREGATE {schema}.planted(integer) (SFUNC = int4pl, STYPE = integer)", child="planted"),
    _m("aggregate: drop", "aggregate", c.ROUTINES, "DROP AGGREGATE {signature} CASCADE", where="prokind = 'a'"),
]

_TRIGGER_FUNCTION = ("CREATE SCHEMA planted; CREATE FUNCTION planted.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; ")

TRIGGERS = [
    _m("trigger: add", "trigger", c.TABLES, _TRIGGER_FUNCTION + "CREATE TRIGGER planted BEFORE INSERT ON {rel} FOR EACH ROW EXECUTE FUNCTION planted.f()",
       where="relkind = 'r'", child="planted"),
    _m("trigger: drop", "trigger", c.TRIGGERS, "DROP TRIGGER {name} ON {rel}"),
    _m("trigger: disable", "trigger", c.TRIGGERS, "ALTER TABLE {rel} DISABLE TRIGGER {name}", where="tgenabled <> 'D'"),
    _m("trigger: always", "trigger", c.TRIGGERS, "ALTER TABLE {rel} ENABLE ALWAYS TRIGGER {name}", where="tgenabled <> 'A'"),
    _m("trigger: rename", "trigger", c.TRIGGERS, "ALTER TRIGGER {name} ON {rel} RENAME TO planted"),
    _m("trigger: function", "trigger", c.TRIGGERS, _TRIGGER_FUNCTION + "DO $plant$BEGIN DROP TRIGGER {name} ON {rel}; "
       "EXECUTE regexp_replace($d${definition}$d$, 'EXECUTE FUNCTION .*', 'EXECUTE FUNCTION planted.f()'); END$plant$"),
    _m("trigger: condition", "trigger", c.TRIGGERS, "DO $plant$BEGIN DROP TRIGGER {name} ON {rel}; "
       "EXECUTE replace($d${definition}$d$, 'EXECUTE FUNCTION', 'WHEN (pg_trigger_depth() < 9) EXECUTE FUNCTION'); END$plant$",
       where="NOT has_when"),
    _m("trigger: other condition", "trigger", c.TRIGGERS, "DO $plant$BEGIN DROP TRIGGER {name} ON {rel}; "
       "EXECUTE regexp_replace($d${definition}$d$, 'WHEN \\(.*\\) EXECUTE FUNCTION', 'WHEN (pg_trigger_depth() < 9) EXECUTE FUNCTION'); "
       "END$plant$", where="has_when"),
    _m("trigger: timing", "trigger", c.TRIGGERS, "DO $plant$BEGIN DROP TRIGGER {name} ON {rel}; EXECUTE CASE WHEN $d${definition}$d$ ~ ' BEFORE ' "
       "THEN replace($d${definition}$d$, ' BEFORE ', ' AFTER ') ELSE replace($d${definition}$d$, ' AFTER ', ' BEFORE ') END; END$plant$",
       where="definition !~ 'CONSTRAINT TRIGGER|REFERENCING'"),
    _m("trigger: event", "trigger", c.TRIGGERS, "DO $plant$BEGIN DROP TRIGGER {name} ON {rel}; EXECUTE replace(replace($d${definition}$d$, "
       "' INSERT ', ' INSERT OR DELETE '), ' UPDATE ON', ' INSERT ON'); END$plant$", where="definition ~ 'BEFORE|AFTER'"),
    _m("trigger: comment", "trigger", c.TRIGGERS, "COMMENT ON TRIGGER {name} ON {rel} IS 'planted'"),
    _m("rule: add", "rule", c.TABLES, "CREATE RULE planted AS ON DELETE TO {rel} DO ALSO NOTHING", child="planted"),
    _m("rule: drop", "rule", c.RULES, "DROP RULE {name} ON {rel}"),
    _m("rule: disable", "rule", c.RULES, "ALTER TABLE {rel} DISABLE RULE {name}"),
    _m("event trigger: add", "event_trigger", c.ANYWHERE, "CREATE FUNCTION public.planted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; "
       "CREATE EVENT TRIGGER planted ON sql_drop EXECUTE FUNCTION public.planted()", made=("planted",)),
]

POLICIES = [
    _m("policy: add", "policy", c.TABLES, "CREATE POLICY planted ON {rel} USING (true)",
       "CREATE POLICY planted ON {rel} AS RESTRICTIVE FOR DELETE USING (false)", child="planted"),
    _m("policy: drop", "policy", c.POLICIES, "DROP POLICY {name} ON {rel}"),
    _m("policy: condition", "policy", c.POLICIES, "ALTER POLICY {name} ON {rel} USING (random() < 2)", where="using_text IS NOT NULL"),
    _m("policy: check", "policy", c.POLICIES, "ALTER POLICY {name} ON {rel} WITH CHECK (random() < 2)", where="polcmd NOT IN ('r', 'd')"),
    _m("policy: roles", "policy", c.POLICIES, "ALTER POLICY {name} ON {rel} TO pg_monitor"),
    _m("policy: permissive or restrictive", "policy", c.POLICIES, "DROP POLICY {name} ON {rel}; CREATE POLICY {name} ON {rel} AS {other_kind} "
       "FOR {command} USING ({using_text})", where="check_text IS NULL"),
    _m("policy: command", "policy", c.POLICIES, "UPDATE pg_policy SET polcmd = CASE polcmd WHEN '*' THEN 'w' ELSE '*' END "
       "WHERE polrelid = '{rel}'::regclass AND polname = '{path[2]}'"),
    _m("policy: rename", "policy", c.POLICIES, "ALTER POLICY {name} ON {rel} RENAME TO planted"),
    _m("policy: comment", "policy", c.POLICIES, "COMMENT ON POLICY {name} ON {rel} IS 'planted'"),
]

OTHERS = [
    _m("publication: add", "publication", c.TABLES, "CREATE PUBLICATION planted FOR TABLE {rel}", where="relkind = 'r'", made=("planted",)),
    _m("publication: all tables", "publication", c.ANYWHERE, "CREATE PUBLICATION planted FOR ALL TABLES WITH (publish = 'insert')",
       made=("planted",)),
    _m("collation: add", "collation", c.SCHEMAS, "CREATE COLLATION {schema}.planted (locale = 'C')", child="planted"),
    _m("foreign data wrapper: add", "foreign_data_wrapper", c.ANYWHERE, "CREATE FOREIGN DATA WRAPPER planted", made=("planted",)),
    _m("operator: add", "operator", c.SCHEMAS, "CREATE OPERATOR {schema}.@#@# (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4pl)",
       child="@#@#"),
    _m("text search configuration: add", "text_search_configuration", c.SCHEMAS,
       "CREATE TEXT SEARCH CONFIGURATION {schema}.planted (COPY = pg_catalog.simple)", child="planted"),
]

OWNER = "pgplumb_planted"  # a role that the oracle makes beforehand: roles are the cluster's

# Owners and grants are compared only when asked for; `owner` is no kind of its own: the object is what must be named.
PRIVILEGES = [
    _m("owner: table", "owner", c.TABLES, f"ALTER TABLE {{rel}} OWNER TO {OWNER}", options=("--owners",)),
    _m("owner: function", "owner", c.ROUTINES, f"ALTER ROUTINE {{signature}} OWNER TO {OWNER}", options=("--owners",)),
    _m("owner: schema", "owner", c.SCHEMAS, f"ALTER SCHEMA {{schema}} OWNER TO {OWNER}", options=("--owners",)),
    _m("owner: type", "owner", c.TYPES, f"ALTER TYPE {{type}} OWNER TO {OWNER}", where="typtype IN ('e', 'r')", options=("--owners",)),
    _m("grant: table", "grant", c.TABLES, "GRANT SELECT, TRUNCATE ON {rel} TO PUBLIC", f"GRANT UPDATE ON {{rel}} TO {OWNER} WITH GRANT OPTION",
       options=("--grants",)),
    _m("grant: column", "grant", c.COLUMNS, f"GRANT UPDATE ({{column}}) ON {{rel}} TO {OWNER}", options=("--grants",)),
    _m("grant: sequence", "grant", c.SEQUENCES, f"GRANT USAGE ON SEQUENCE {{sequence}} TO {OWNER}", options=("--grants",)),
    _m("grant: schema", "grant", c.SCHEMAS, f"GRANT CREATE ON SCHEMA {{schema}} TO {OWNER}", options=("--grants",)),
    _m("grant: function taken from all", "grant", c.ROUTINES, "REVOKE EXECUTE ON ROUTINE {signature} FROM PUBLIC", options=("--grants",)),
    _m("grant: type", "grant", c.TYPES, "REVOKE USAGE ON TYPE {type} FROM PUBLIC", where="typtype IN ('e', 'r')", options=("--grants",)),
    _m("grant: taken back", "grant", c.TABLES, "REVOKE ALL ON {rel} FROM PUBLIC", options=("--grants",)),
]

MUTATIONS = [*SCHEMAS, *TABLES, *COLUMNS, *CONSTRAINTS, *INDEXES, *SEQUENCES, *TYPES, *VIEWS, *ROUTINES, *TRIGGERS, *POLICIES,
             *OTHERS, *PRIVILEGES]
