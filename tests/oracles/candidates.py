"""Where a change can be planted: queries over pg_catalog that list the objects of a live database.

Each row has `path` (the names that identify the object, from the schema down) and ready-quoted pieces of SQL. Objects of
extensions and the migration tools' own tables are left out.
"""
from __future__ import annotations

_BOOKKEEPING = "'_prisma_migrations', '__drizzle_migrations', 'flyway_schema_history', 'schema_migrations'"
_USERS = ("n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM pg_depend e "
          "WHERE e.objid = {oid} AND e.classid = '{catalog}'::regclass AND e.deptype = 'e')")


def _users(oid: str, catalog: str = "pg_class") -> str:
    return _USERS.format(oid=oid, catalog=catalog)


_TABLES_ONLY = f"{_users('c.oid')} AND c.relkind IN ('r', 'p') AND c.relname NOT IN ({_BOOKKEEPING})"

SCHEMAS = f"""
    SELECT ARRAY[n.nspname::text] AS path, quote_ident(n.nspname) AS schema FROM pg_namespace n
     WHERE {_users('n.oid', 'pg_namespace')} AND n.nspname NOT IN ('drizzle')"""

TABLES = f"""
    SELECT ARRAY[n.nspname::text, c.relname] AS path, c.oid::regclass AS rel, quote_ident(n.nspname) AS schema, c.relkind,
           (SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum LIMIT 1) AS first_column,
           (SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum OFFSET 1 LIMIT 1) AS second_column
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_TABLES_ONLY}"""

PARTITIONS = f"""
    SELECT ARRAY[n.nspname::text, c.relname] AS path, c.oid::regclass AS rel, i.inhparent::regclass AS parent, c.relispartition
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_TABLES_ONLY}"""

# `other_type` is a type that the column's data can be turned into but that is not its own.
COLUMNS = f"""
    SELECT ARRAY[n.nspname::text, c.relname, a.attname] AS path, c.oid::regclass AS rel, quote_ident(a.attname) AS column,
           format_type(a.atttypid, a.atttypmod) AS type, t.typcategory, a.attidentity, a.attgenerated,
           pg_get_expr(d.adbin, d.adrelid) AS default_text,
           CASE WHEN a.atttypid IN ('int2'::regtype, 'int4'::regtype) THEN 'bigint'
                WHEN a.atttypid = 'int8'::regtype THEN 'numeric(30,0)' WHEN a.atttypid = 'text'::regtype THEN 'varchar(777)'
                WHEN a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) THEN 'text'
                WHEN a.atttypid = 'timestamp'::regtype THEN 'timestamptz' WHEN a.atttypid = 'timestamptz'::regtype THEN 'timestamp'
                WHEN a.atttypid = 'date'::regtype THEN 'timestamp' WHEN a.atttypid = 'float4'::regtype THEN 'float8'
                WHEN a.atttypid = 'float8'::regtype THEN 'numeric' WHEN a.atttypid = 'json'::regtype THEN 'jsonb' END AS other_type,
           CASE WHEN a.atttypid = 'varchar'::regtype THEN 'varchar(' || coalesce(nullif(a.atttypmod, -1) - 3, 10) || ')'
                WHEN a.atttypid = 'bpchar'::regtype THEN 'char(' || a.atttypmod - 3 || ')'
                WHEN a.atttypid = 'numeric'::regtype AND a.atttypmod = -1 THEN 'numeric(30,6)'
                WHEN a.atttypid = 'numeric'::regtype
                  THEN 'numeric(' || (((a.atttypmod - 4) >> 16) & 65535) + 1 || ',' || ((a.atttypmod - 4) & 65535) || ')'
                WHEN a.atttypid IN ('timestamp'::regtype, 'timestamptz'::regtype)
                  THEN CASE a.atttypid WHEN 'timestamp'::regtype THEN 'timestamp' ELSE 'timestamptz' END
                       || '(' || CASE a.atttypmod WHEN 2 THEN 1 ELSE 2 END || ')' END AS other_modifier,
           CASE t.typcategory WHEN 'N' THEN '42' WHEN 'S' THEN '''planted''' WHEN 'B' THEN 'NOT true'
                WHEN 'D' THEN '''2001-02-03''' END AS other_default
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0 AND NOT c.relispartition AND {_TABLES_ONLY}"""

CONSTRAINTS = f"""
    SELECT ARRAY[n.nspname::text, c.relname, k.conname] AS path, c.oid::regclass AS rel, quote_ident(k.conname) AS name,
           pg_get_constraintdef(k.oid) AS definition, pg_get_expr(k.conbin, k.conrelid) AS expression
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.conparentid = 0 AND k.coninhcount = 0 AND NOT c.relispartition AND {_TABLES_ONLY}"""

# `columns` is NULL for an index over expressions alone.
INDEXES = f"""
    SELECT ARRAY[n.nspname::text, i.relname] AS path, i.oid::regclass AS index, quote_ident(i.relname) AS name, i.oid AS oid,
           c.oid::regclass AS rel, c.relname AS rel_name, pg_get_indexdef(i.oid) AS definition, am.amname AS method,
           (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY o.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY o(attnum, n)
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.attnum) AS columns
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_am am ON am.oid = i.relam
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT i.relispartition AND c.relkind IN ('r', 'p', 'm') AND c.relname NOT IN ({_BOOKKEEPING}) AND {_users('c.oid')}
       AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid)"""

SEQUENCES = f"""
    SELECT ARRAY[n.nspname::text, c.relname] AS path, c.oid::regclass AS sequence, s.seqcycle, s.seqtypid::regtype AS type, d.deptype
      FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
     WHERE n.nspname <> 'drizzle' AND {_users('c.oid')}"""

VIEWS = f"""
    SELECT ARRAY[n.nspname::text, c.relname] AS path, c.oid::regclass AS rel, rtrim(pg_get_viewdef(c.oid), ';') AS query, c.relkind,
           (SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = 1) AS first_column,
           coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '') AS options
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND {_users('c.oid')}"""

# Overloaded routines are left out: their names alone do not tell which was changed.
ROUTINES = f"""
    SELECT ARRAY[n.nspname::text, p.proname] AS path, p.oid::regprocedure AS signature, p.provolatile, p.proparallel, p.proisstrict,
           p.prosecdef, p.prokind, l.lanname AS language, p.prosrc AS body, p.prorettype::regtype AS result,
           CASE WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END AS definition,
           CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END AS noun
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
     WHERE {_users('p.oid', 'pg_proc')} AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass
           AND i.objid = p.oid AND i.deptype = 'i')
       AND NOT EXISTS (SELECT FROM pg_proc o WHERE o.proname = p.proname AND o.pronamespace = p.pronamespace AND o.oid <> p.oid)"""

TRIGGERS = f"""
    SELECT ARRAY[n.nspname::text, c.relname, g.tgname] AS path, c.oid::regclass AS rel, quote_ident(g.tgname) AS name,
           pg_get_triggerdef(g.oid) AS definition, g.tgenabled, g.tgqual IS NOT NULL AS has_when
      FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND {_TABLES_ONLY}"""

POLICIES = f"""
    SELECT ARRAY[n.nspname::text, c.relname, p.polname] AS path, c.oid::regclass AS rel, quote_ident(p.polname) AS name,
           pg_get_expr(p.polqual, p.polrelid) AS using_text, pg_get_expr(p.polwithcheck, p.polrelid) AS check_text, p.polcmd,
           CASE WHEN p.polpermissive THEN 'RESTRICTIVE' ELSE 'PERMISSIVE' END AS other_kind,
           CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
                ELSE 'ALL' END AS command
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_TABLES_ONLY}"""

RULES = f"""
    SELECT ARRAY[n.nspname::text, c.relname, r.rulename] AS path, c.oid::regclass AS rel, quote_ident(r.rulename) AS name
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE r.rulename <> '_RETURN' AND {_TABLES_ONLY}"""

TYPES = f"""
    SELECT ARRAY[n.nspname::text, t.typname] AS path, t.oid::regtype AS type, t.typtype, t.typnotnull,
           coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) AS default_text, bt.typcategory,
           (SELECT quote_literal(e.enumlabel) FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder LIMIT 1) AS first_label,
           (SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0
             AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1) AS first_attribute
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
      LEFT JOIN pg_type bt ON bt.oid = t.typbasetype
     WHERE {_users('t.oid', 'pg_type')} AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')"""

RANGES = f"""
    SELECT ARRAY[n.nspname::text, t.typname] AS path, r.rngmultitypid::regtype AS multirange
      FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE {_users('t.oid', 'pg_type')}"""

DOMAIN_CONSTRAINTS = f"""
    SELECT ARRAY[n.nspname::text, t.typname, k.conname] AS path, t.oid::regtype AS type, quote_ident(k.conname) AS name,
           pg_get_expr(k.conbin, 0) AS expression
      FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE k.contype = 'c' AND {_users('t.oid', 'pg_type')}"""

EXTENSIONS = "SELECT ARRAY[x.extname::text] AS path, quote_ident(x.extname) AS name FROM pg_extension x WHERE x.extname <> 'plpgsql'"

STATISTICS = f"""
    SELECT ARRAY[n.nspname::text, s.stxname] AS path, format('%I.%I', n.nspname, s.stxname) AS name
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE {_users('s.oid', 'pg_statistic_ext')}"""

# One row: changes that need nothing to be there.
ANYWHERE = "SELECT ARRAY[]::text[] AS path"
