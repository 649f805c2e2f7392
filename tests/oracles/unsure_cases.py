"""What provokes the program's doubts: statements that it does not follow, and databases that it can't see all of."""
from __future__ import annotations

from dataclasses import dataclass, field

# SQL of the expected side, and what the report must say.
STATEMENTS: list[tuple[str, str]] = [
    ("DO $$BEGIN EXECUTE 'CREATE TABLE t' || random()::text || '()'; END$$;", "DO block"),
    ("CREATE EXTENSION postgis;\nCREATE TABLE t (place geometry);", "postgis"),
    ("CREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w;\nIMPORT FOREIGN SCHEMA public FROM SERVER s INTO public;",
     "IMPORT FOREIGN SCHEMA"),
    ("PREPARE TRANSACTION 'x';", "two-phase"),
    ("\\i other.sql\n", r"\\i"),
    ("\\gexec\n", "gexec"),
    ("CREATE TABLE :name (i int);", "psql variable"),
    ("CREATE TABLE t AS EXECUTE p;", "EXECUTE"),
    ("CREATE TABLE t (a money DEFAULT '12,34'::money);", "money"),
    ("ALTER OPERATOR + (integer, integer) SET (RESTRICT = NONE);", "built-in operator"),
    ("ALTER FUNCTION lower(text) COST 5;", "built-in function"),
    ("ALTER FUNCTION lower(text) RENAME TO lower2;", "built-in"),
    ("ALTER FUNCTION lower(text) SET SCHEMA public;", "built-in"),
    ("ALTER TYPE int4 RENAME TO int5;", "built-in type"),
    ("ALTER TYPE int4 SET SCHEMA public;", "built-in type"),
    ("ALTER SCHEMA information_schema RENAME TO i;", "built-in schema"),
    ("ALTER TEXT SEARCH CONFIGURATION english DROP MAPPING FOR word;", "text search configuration"),
    ("ALTER TEXT SEARCH DICTIONARY simple (STOPWORDS = english);", "text search dictionary"),
    ("ALTER OPERATOR FAMILY integer_ops USING btree ADD FUNCTION 1 (int4, text) btint4cmp(int4, int4);", "operator family"),
    ("ALTER OPERATOR FAMILY integer_ops USING btree DROP FUNCTION 1 (int4, int8);", "operator family"),
    ("CREATE OR REPLACE LANGUAGE sql HANDLER plpgsql_call_handler;", "built-in language"),
    ("CREATE TABLE p (i int) PARTITION BY RANGE (i);\nCREATE TABLE p1 PARTITION OF p FOR VALUES FROM (length(random()::text)) TO (9);",
     "partition bound"),
    ("CREATE TABLE p (i int) PARTITION BY RANGE (i);\nCREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);\n"
     "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;", "DETACH PARTITION CONCURRENTLY"),
    ("SELECT set_config('search_path', random()::text, false);", "set_config"),
    ("CREATE TYPE r AS RANGE (subtype = int4);\nALTER TYPE multirange_of_r RENAME TO m;", "multirange|does not exist"),
    ("CREATE TABLE t (x xml);\nCREATE VIEW v AS SELECT * FROM JSON_TABLE('[]', '$[*]' COLUMNS (a int PATH '$'));", "JSON_TABLE|syntax"),
    ("CREATE PUBLICATION p;\nALTER PUBLICATION p ADD TABLES IN SCHEMA nowhere;", "nowhere|publication"),
    ("CREATE VIEW v AS SELECT 1 AS a;\nCREATE TABLE t (a int);\nCREATE RULE \"_RETURN\" AS ON SELECT TO t DO INSTEAD SELECT 1 AS a;", "rule"),
    ("CREATE FUNCTION make() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE format(''CREATE TABLE %I ()'', now()::text); END';\n"
     "SELECT make();", "make"),
    ("CREATE TABLE t (i int CHECK (i > ;", "syntax error"),
    ("CREATE TABLE t (i nosuchtype);", "nosuchtype"),
    ("CREATE TABLE t (i int, CONSTRAINT c CHECK (i > 0));\nALTER TABLE t ALTER CONSTRAINT c NOT ENFORCED;", "."),
    ("CREATE COLLATION c (provider = icu, locale = 'de@collation=phonebook');", "ICU locale"),
    ("SECURITY LABEL FOR dummy ON SCHEMA public IS 'x';", "."),
]


@dataclass(frozen=True)
class Live:
    """A database that is not wholly understood: what `check` of `expected` against it must say."""

    name: str
    says: str
    setup: tuple[str, ...] = ()
    cleanup: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    expected: str = "empty:"
    options: tuple[str, ...] = ()
    role: str | None = None
    since: int = 13


ROLE = "unsure_reader"
_MAKE_ROLE = f"DO $$BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE} LOGIN; END IF; END$$"

LIVE: list[Live] = [
    Live("a catalog that the role may not read", "policy",
         (_MAKE_ROLE, "REVOKE SELECT ON pg_catalog.pg_policy FROM PUBLIC"), role=ROLE),
    Live("dependencies that the role may not read", "dependencies",
         (_MAKE_ROLE, "REVOKE SELECT ON pg_catalog.pg_depend FROM PUBLIC"), role=ROLE),
    Live("comments that the role may not read", "comments",
         (_MAKE_ROLE, "REVOKE SELECT ON pg_catalog.pg_description FROM PUBLIC"), role=ROLE),
    Live("a change meanwhile that the role may not see", "while it was read|changes",
         (_MAKE_ROLE, "REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC"), role=ROLE),
    Live("options of a user mapping", "user mapping",
         (_MAKE_ROLE, "CREATE FOREIGN DATA WRAPPER unsure_w", "CREATE SERVER unsure_s FOREIGN DATA WRAPPER unsure_w",
          "CREATE USER MAPPING FOR postgres SERVER unsure_s OPTIONS (password 'x')"),
         files={"s.sql": "CREATE FOREIGN DATA WRAPPER unsure_w;\nCREATE SERVER unsure_s FOREIGN DATA WRAPPER unsure_w;\n"
                "CREATE USER MAPPING FOR postgres SERVER unsure_s OPTIONS (password 'x');"}, expected="s.sql", role=ROLE),
    Live("a foreign key whose own triggers are disabled", "triggers are disabled",
         ("CREATE TABLE a (i int PRIMARY KEY)", "CREATE TABLE b (i int REFERENCES a)", "ALTER TABLE b DISABLE TRIGGER ALL"),
         files={"s.sql": "CREATE TABLE a (i int PRIMARY KEY);\nCREATE TABLE b (i int REFERENCES a);"}, expected="s.sql"),
    Live("a member added to a built-in operator family", "operator families",
         ("CREATE FUNCTION cmp(int4, text) RETURNS int4 IMMUTABLE LANGUAGE sql AS 'SELECT 1'",
          "ALTER OPERATOR FAMILY integer_ops USING btree ADD FUNCTION 1 (int4, text) cmp(int4, text)"),
         files={"s.sql": "CREATE FUNCTION cmp(int4, text) RETURNS int4 IMMUTABLE LANGUAGE sql AS 'SELECT 1';"}, expected="s.sql"),
    Live("a migration that the directory does not hold", "has had the migration",
         ("CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)",
          "INSERT INTO schema_migrations VALUES (7, false)", "CREATE TABLE a (i int)"),
         files={"m/000001_a.up.sql": "CREATE TABLE a (i int);", "m/000001_a.down.sql": "DROP TABLE a;"}, expected="m"),
    Live("an expected snapshot that was taken in doubt", "in doubt",
         files={"s.json": '{"format":"pgplumb-snapshot","version":1,"major":18,"source":"x","hash":"","unsure":["something"],"objects":['
                '{"kind":"schema","identity":"public","fields":{"name":"public"}},'
                '{"kind":"extension","identity":"plpgsql","fields":{"name":"plpgsql","schema":"schema pg_catalog","version":"1.0"}}]}'}, expected="s.json", since=18),
    Live("a statement that only a newer grammar knows", "syntax error|newer",
         files={"s.sql": "CREATE TABLE a (i int, j int GENERATED ALWAYS AS (i) VIRTUAL);\nCREATE TABLE b (c text CHECK (JSON_EXISTS(c::jsonb, '$.a')));"},
         expected="s.sql"),
    Live("an expression that can't be analysed", "check|expression",
         ("CREATE TABLE b (c jsonb CONSTRAINT k CHECK (JSON_EXISTS(c, '$.a')))",),
         files={"s.sql": "CREATE TABLE b (c jsonb CONSTRAINT k CHECK (c @? '$.a'));"}, expected="s.sql", since=17),
    Live("a migration that PostgreSQL refuses", "does not exist",
         ("CREATE TABLE a (i int)",), files={"s.sql": "CREATE TABLE a (i int);\nDROP TABLE nothing;"}, expected="s.sql"),
    Live("a default frozen at the clock", "clock|now|timestamp",
         ("CREATE TABLE a (t timestamptz DEFAULT 'now'::timestamptz)",),
         files={"s.sql": "CREATE TABLE a (t timestamptz DEFAULT 'now'::timestamptz);"}, expected="s.sql"),
]
