"""Databases that the program can't see, or understand, all of."""
from __future__ import annotations

from dataclasses import dataclass, field

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
    # With one connection nobody is left to ask whether anything was written meanwhile: the catalogs themselves have to tell.
    Live("a change meanwhile that the role may not see", "while it was read|changes",
         (_MAKE_ROLE, "REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC"), options=("--connections", "1"), role=ROLE),
    Live("options of a user mapping", "user mapping",
         (_MAKE_ROLE, "CREATE FOREIGN DATA WRAPPER unsure_w", "CREATE SERVER unsure_s FOREIGN DATA WRAPPER unsure_w",
          "CREATE USER MAPPING FOR postgres SERVER unsure_s OPTIONS (password 'x')"),
         files={"s.sql": "CREATE FOREIGN DATA WRAPPER unsure_w;\nCREATE SERVER unsure_s FOREIGN DATA WRAPPER unsure_w;\n"
                "CREATE USER MAPPING FOR postgres SERVER unsure_s OPTIONS (password 'x');"}, expected="s.sql", role=ROLE),
    Live("a foreign key of which one trigger is disabled", "single triggers are disabled",
         ("CREATE TABLE a (i int PRIMARY KEY)", "CREATE TABLE b (i int REFERENCES a)",
          "DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE b DISABLE TRIGGER %I', min(tgname)) FROM pg_trigger "
          "WHERE tgrelid = 'b'::regclass); END $$"),
         files={"s.sql": "CREATE TABLE a (i int PRIMARY KEY);\nCREATE TABLE b (i int REFERENCES a);\nALTER TABLE b DISABLE TRIGGER ALL;"},
         expected="s.sql"),
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
    Live("a default frozen at a clock of another zone", "default|today",
         ("SET timezone = 'Asia/Tokyo'; CREATE TABLE a (t timestamptz DEFAULT 'today'::timestamptz)",),
         files={"s.sql": "SET timezone = 'Asia/Tokyo'; CREATE TABLE a (t timestamptz DEFAULT 'today'::timestamptz);"}, expected="s.sql"),
]
