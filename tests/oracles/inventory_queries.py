"""What a database holds, object by object, in SQL of our own: the second opinion that reports are held against.

Each query gives rows of: kind word, path (text[]), definition (text, all that counts of the object), and what the object
belongs to (the kind and path of another entry, or NULL): a change of an object also explains the change of what belongs to
it, as a constraint's index, an identity column's sequence, or a partition's copy of its parent's constraint.
"""
from __future__ import annotations

_USER_SCHEMA = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

# Objects that extensions brought, and what lives inside them.
_NOT_OF_EXTENSION = ("NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{catalog}'::regclass AND e.objid = {oid} "
                     "AND e.deptype = 'e')")

# An internal note of some minor releases, which no user can set.
_COLUMN_OPTIONS = "(SELECT array_agg(o ORDER BY o) FROM unnest(a.attoptions) o WHERE o !~ '^pg_attver=')"


def _sorted(options: str) -> str:
    return f"(SELECT array_agg(o ORDER BY o) FROM unnest({options}) o)"


def _own(catalog: str, oid: str) -> str:
    return _NOT_OF_EXTENSION.format(catalog=catalog, oid=oid)


def _definition(*parts: str) -> str:
    """One text out of several expressions, none of which may swallow another."""
    return "concat_ws(' | ', " + ", ".join(f"coalesce(({part})::text, '-')" for part in parts) + ")"


def schemas(_major: int) -> str:
    """The comment that initdb gives to public counts for none, as pg_dump has it."""
    comment = "CASE WHEN n.nspname = 'public' THEN nullif(d, 'standard public schema') ELSE d END"
    return f"""
    SELECT 'schema', ARRAY[n.nspname::text], (SELECT {_definition(comment)} FROM obj_description(n.oid, 'pg_namespace') d), NULL, NULL::text[]
      FROM pg_namespace n WHERE {_USER_SCHEMA} AND {_own('pg_namespace', 'n.oid')}"""


def extensions(_major: int) -> str:
    return f"""
    SELECT 'extension', ARRAY[x.extname::text], {_definition('x.extnamespace::regnamespace')}, NULL, NULL::text[]
      FROM pg_extension x WHERE x.extname <> 'plpgsql'"""


def tables(_major: int) -> str:
    definition = _definition(
        "c.relkind", "c.relpersistence", "c.relreplident", "c.relrowsecurity", "c.relforcerowsecurity",
        _sorted("c.reloptions"), "(SELECT am.amname FROM pg_am am WHERE am.oid = c.relam)",
        f"(SELECT {_sorted('t.reloptions')} FROM pg_class t WHERE t.oid = c.reltoastrelid)",
        "pg_get_partkeydef(c.oid)", "pg_get_expr(c.relpartbound, c.oid)", "nullif(c.reloftype, 0)::regtype",
        "(SELECT array_agg(i.inhparent::regclass ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid)",
        "(SELECT array_agg(x.indexrelid::regclass) FROM pg_index x WHERE x.indrelid = c.oid AND x.indisreplident)",
        "(SELECT array_agg(x.indexrelid::regclass) FROM pg_index x WHERE x.indrelid = c.oid AND x.indisclustered)",
        "obj_description(c.oid, 'pg_class')")
    return f"""
    SELECT CASE c.relkind WHEN 'f' THEN 'foreign_table' ELSE 'table' END, ARRAY[n.nspname::text, c.relname], {definition},
           NULL, NULL::text[]
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'f') AND {_USER_SCHEMA} AND {_own('pg_class', 'c.oid')}"""


def views(_major: int) -> str:
    definition = _definition("pg_get_viewdef(c.oid)", _sorted("c.reloptions"), "obj_description(c.oid, 'pg_class')")
    return f"""
    SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized_view' END, ARRAY[n.nspname::text, c.relname], {definition},
           NULL, NULL::text[]
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('v', 'm') AND {_USER_SCHEMA} AND {_own('pg_class', 'c.oid')}"""


def columns(major: int) -> str:
    """A column with its default. One that a parent hands down belongs to the parent's."""
    definition = _definition(
        "format_type(a.atttypid, a.atttypmod)", "a.attnotnull", "nullif(a.attcollation, 0)::regcollation", "a.attidentity",
        "a.attgenerated", "pg_get_expr(d.adbin, d.adrelid)", "a.attstorage", "nullif(a.attstattarget, -1)", _COLUMN_OPTIONS,
        "a.attcompression" if major >= 14 else "NULL", "a.attislocal", "col_description(c.oid, a.attnum)")
    return f"""
    SELECT 'column', ARRAY[n.nspname::text, c.relname, a.attname], {definition},
           CASE WHEN p.inhparent IS NULL THEN NULL ELSE 'column' END,
           CASE WHEN p.inhparent IS NULL THEN NULL ELSE ARRAY[pn.nspname::text, pc.relname, a.attname] END
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      LEFT JOIN pg_inherits p ON p.inhrelid = c.oid AND a.attinhcount > 0
      LEFT JOIN pg_class pc ON pc.oid = p.inhparent LEFT JOIN pg_namespace pn ON pn.oid = pc.relnamespace
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
       AND {_USER_SCHEMA} AND {_own('pg_class', 'c.oid')}"""


def constraints(_major: int) -> str:
    """A NOT NULL constraint belongs to its column or domain; a partition's copy belongs to the original.

    The rows that a foreign key has for each partition that it refers to are the server's own: no dump knows them, and their
    names follow from the order in which partitions were made.
    """
    definition = _definition("pg_get_constraintdef(k.oid)", "k.convalidated", "k.conislocal", "k.connoinherit AND k.contype IN ('c', 'n')",
                             "obj_description(k.oid, 'pg_constraint')",
                             "SELECT string_agg(g.tgfoid || g.tgenabled, ' ' ORDER BY g.tgfoid) FROM pg_trigger g "
                             "WHERE g.tgconstraint = k.oid AND g.tgisinternal AND g.tgenabled <> 'O'")
    return f"""
    SELECT 'constraint', ARRAY[n.nspname::text, coalesce(c.relname, t.typname), k.conname], {definition},
           CASE WHEN a.attname IS NOT NULL THEN 'column' WHEN k.contype = 'n' THEN 'domain' WHEN q.oid IS NOT NULL THEN 'constraint' END,
           CASE WHEN a.attname IS NOT NULL THEN ARRAY[n.nspname::text, c.relname, a.attname]
                WHEN k.contype = 'n' THEN ARRAY[n.nspname::text, t.typname]
                WHEN q.oid IS NOT NULL THEN ARRAY[qn.nspname::text, qc.relname, q.conname] END
      FROM pg_constraint k LEFT JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_type t ON t.oid = k.contypid
      JOIN pg_namespace n ON n.oid = k.connamespace
      LEFT JOIN pg_inherits i ON i.inhrelid = k.conrelid AND k.coninhcount > 0
      LEFT JOIN pg_constraint q ON q.oid = nullif(k.conparentid, 0)
             OR (k.conparentid = 0 AND q.conrelid = i.inhparent AND q.conname = k.conname)
      LEFT JOIN pg_class qc ON qc.oid = q.conrelid LEFT JOIN pg_namespace qn ON qn.oid = qc.relnamespace
      LEFT JOIN pg_attribute a ON k.contype = 'n' AND a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
     WHERE k.contype <> 't' AND {_USER_SCHEMA}
       AND k.conrelid IS DISTINCT FROM nullif(q.conrelid, 0)
       AND {_own('pg_class', 'k.conrelid')} AND {_own('pg_type', 'k.contypid')}"""


def indexes(_major: int) -> str:
    """An index of a constraint belongs to it, and a partition's index to the parent's."""
    definition = _definition("pg_get_indexdef(c.oid)", "x.indisvalid", "x.indisreplident", "x.indisclustered", _sorted("c.reloptions"),
                             "obj_description(c.oid, 'pg_class')",
                             "(SELECT array_agg(a.attstattarget ORDER BY a.attnum) FROM pg_attribute a "
                             "WHERE a.attrelid = c.oid AND a.attstattarget >= 0)", "i.inhparent::regclass",
                             "(SELECT array_agg(o.opcname ORDER BY k.place) FROM unnest(x.indclass) WITH ORDINALITY k(oid, place) "
                             "JOIN pg_opclass o ON o.oid = k.oid)",
                             "(SELECT array_agg(c.collname ORDER BY k.place) FROM unnest(x.indcollation) WITH ORDINALITY k(oid, place) "
                             "LEFT JOIN pg_collation c ON c.oid = k.oid)")
    return f"""
    SELECT 'index', ARRAY[n.nspname::text, c.relname], {definition},
           CASE WHEN k.oid IS NOT NULL THEN 'constraint' WHEN i.inhparent IS NOT NULL THEN 'index' END,
           CASE WHEN k.oid IS NOT NULL THEN ARRAY[n.nspname::text, t.relname, k.conname]
                WHEN i.inhparent IS NOT NULL THEN ARRAY[pn.nspname::text, pc.relname] END
      FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')
      LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
      LEFT JOIN pg_class pc ON pc.oid = i.inhparent LEFT JOIN pg_namespace pn ON pn.oid = pc.relnamespace
     WHERE {_USER_SCHEMA} AND {_own('pg_class', 't.oid')}"""


def sequences(_major: int) -> str:
    """A sequence of an identity column belongs to the column."""
    definition = _definition("format_type(s.seqtypid, NULL)", "s.seqstart", "s.seqincrement", "s.seqmin", "s.seqmax", "s.seqcache",
                             "s.seqcycle", "d.refobjid::regclass", "o.attname", "d.deptype", "c.relpersistence",
                             "obj_description(c.oid, 'pg_class')")
    return f"""
    SELECT 'sequence', ARRAY[n.nspname::text, c.relname], {definition},
           CASE WHEN d.deptype = 'i' THEN 'column' END,
           CASE WHEN d.deptype = 'i' THEN ARRAY[tn.nspname::text, t.relname, o.attname] END
      FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
            AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
      LEFT JOIN pg_attribute o ON o.attrelid = d.refobjid AND o.attnum = d.refobjsubid
     WHERE {_USER_SCHEMA} AND {_own('pg_class', 'c.oid')}"""


def routines(major: int) -> str:
    body = "pg_get_function_sqlbody(p.oid)" if major >= 14 else "NULL"
    definition = _definition(
        "p.prokind", "pg_get_function_arguments(p.oid)", "pg_get_function_result(p.oid)", "p.prosrc", "p.probin", body,
        "p.provolatile", "p.proparallel", "p.proisstrict", "p.prosecdef", "p.proleakproof", "p.procost", "p.prorows", "p.proconfig",
        "(SELECT l.lanname FROM pg_language l WHERE l.oid = p.prolang)", "nullif(p.prosupport::oid, 0)",
        "(SELECT concat_ws(' ', g.aggkind, g.aggnumdirectargs, g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, "
        "g.aggdeserialfn, g.aggmtransfn, g.aggminvtransfn, g.aggmfinalfn, g.aggfinalextra, g.aggfinalmodify, g.aggsortop, "
        "g.aggtranstype::regtype, g.aggtransspace, g.aggmtranstype::regtype, g.agginitval, g.aggminitval) "
        "FROM pg_aggregate g WHERE g.aggfnoid = p.oid)", "obj_description(p.oid, 'pg_proc')")
    return f"""
    SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
           ARRAY[n.nspname::text, p.proname], string_agg({definition}, ' || ' ORDER BY p.proargtypes::text), NULL, NULL::text[]
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE {_USER_SCHEMA} AND {_own('pg_proc', 'p.oid')}
       AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
     GROUP BY 1, 2"""


def operators(_major: int) -> str:
    definition = _definition("o.oprcode::regprocedure", "o.oprrest", "o.oprjoin", "o.oprcom::regoperator", "o.oprnegate::regoperator",
                             "o.oprcanmerge", "o.oprcanhash", "obj_description(o.oid, 'pg_operator')")
    return f"""
    SELECT 'operator', ARRAY[n.nspname::text, o.oprname], string_agg({definition}, ' || ' ORDER BY o.oprleft, o.oprright),
           NULL, NULL::text[]
      FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
     WHERE {_USER_SCHEMA} AND {_own('pg_operator', 'o.oid')} GROUP BY 1, 2"""


def triggers(_major: int) -> str:
    """A partition's clone belongs to the trigger of the partitioned table. UPDATE OF names a set of columns."""
    columns = ("(SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY {order}) FROM unnest(g.tgattr) WITH ORDINALITY t(number, place) "
               "JOIN pg_attribute a ON a.attrelid = g.tgrelid AND a.attnum = t.number)")
    written, ordered = (f"coalesce(' OF ' || {columns.format(order=order)} || ' ON ', ' ON ')" for order in ("t.place", "a.attname"))
    definition = _definition(f"replace(pg_get_triggerdef(g.oid), {written}, {ordered})", "g.tgenabled",
                             "obj_description(g.oid, 'pg_trigger')")
    return f"""
    SELECT 'trigger', ARRAY[n.nspname::text, c.relname, g.tgname], {definition},
           CASE WHEN q.oid IS NULL THEN NULL ELSE 'trigger' END,
           CASE WHEN q.oid IS NULL THEN NULL ELSE ARRAY[qn.nspname::text, qc.relname, q.tgname] END
      FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_trigger q ON q.oid = nullif(g.tgparentid, 0)
      LEFT JOIN pg_class qc ON qc.oid = q.tgrelid LEFT JOIN pg_namespace qn ON qn.oid = qc.relnamespace
     WHERE (NOT g.tgisinternal OR (q.oid IS NOT NULL AND NOT q.tgisinternal)) AND {_USER_SCHEMA}
       AND {_own('pg_class', 'c.oid')} AND {_own('pg_trigger', 'g.oid')}"""


def policies(_major: int) -> str:
    definition = _definition(
        "p.polcmd", "p.polpermissive", "(SELECT array_agg(coalesce(r.rolname, 'public') ORDER BY 1) FROM unnest(p.polroles) o "
        "LEFT JOIN pg_roles r ON r.oid = o)", "pg_get_expr(p.polqual, p.polrelid)", "pg_get_expr(p.polwithcheck, p.polrelid)",
        "obj_description(p.oid, 'pg_policy')")
    return f"""
    SELECT 'policy', ARRAY[n.nspname::text, c.relname, p.polname], {definition}, NULL, NULL::text[]
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_USER_SCHEMA}"""


def rules(_major: int) -> str:
    definition = _definition("pg_get_ruledef(r.oid)", "r.ev_enabled", "obj_description(r.oid, 'pg_rewrite')")
    return f"""
    SELECT 'rule', ARRAY[n.nspname::text, c.relname, r.rulename], {definition}, NULL, NULL::text[]
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE r.rulename <> '_RETURN' AND {_USER_SCHEMA} AND {_own('pg_class', 'c.oid')}"""


def types(major: int) -> str:
    """Enumerations, domains, composite, range and base types; a multirange belongs to its range."""
    multirange = "r.rngmultitypid::regtype" if major >= 14 else "NULL"
    definition = _definition(
        "t.typtype", "(SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)",
        "CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END", "t.typnotnull",
        "CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) END",
        "CASE WHEN t.typtype = 'd' THEN nullif(t.typcollation, 0)::regcollation END",
        "(SELECT concat_ws(' ', r.rngsubtype::regtype, nullif(r.rngcollation, 0)::regcollation, r.rngsubopc, r.rngcanonical, "
        f"r.rngsubdiff, {multirange}) FROM pg_range r WHERE r.rngtypid = t.oid)",
        "CASE WHEN t.typtype = 'b' THEN concat_ws(' ', t.typinput, t.typoutput, t.typlen, t.typbyval, t.typalign, t.typstorage) END",
        "obj_description(t.oid, 'pg_type')")
    return f"""
    SELECT CASE t.typtype WHEN 'e' THEN 'enum_type' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range_type' WHEN 'c' THEN 'composite_type'
           ELSE 'base_type' END, ARRAY[n.nspname::text, t.typname], {definition}, NULL, NULL::text[]
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
     WHERE {_USER_SCHEMA} AND {_own('pg_type', 't.oid')} AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c'
           OR (t.typtype = 'b' AND t.typelem = 0))"""


def statistics(major: int) -> str:
    expressions = "pg_get_statisticsobjdef(s.oid)"
    target = "s.stxstattarget" if major >= 13 else "NULL"
    definition = _definition(expressions, f"nullif({target}, -1)", "obj_description(s.oid, 'pg_statistic_ext')")
    return f"""
    SELECT 'statistics', ARRAY[n.nspname::text, s.stxname], {definition}, NULL, NULL::text[]
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE {_USER_SCHEMA}"""


def publications(major: int) -> str:
    schemas_of = ("(SELECT array_agg(s.pnnspid::regnamespace ORDER BY 1) FROM pg_publication_namespace s WHERE s.pnpubid = p.oid)"
                  if major >= 15 else "NULL")
    member = ("concat_ws(' ', r.prrelid::regclass, r.prattrs, pg_get_expr(r.prqual, r.prrelid))" if major >= 15
              else "r.prrelid::regclass::text")
    definition = _definition(
        "p.puballtables", "p.pubinsert", "p.pubupdate", "p.pubdelete", "p.pubtruncate", "p.pubviaroot", schemas_of,
        f"(SELECT array_agg({member} ORDER BY 1) FROM pg_publication_rel r WHERE r.prpubid = p.oid)",
        "obj_description(p.oid, 'pg_publication')")
    return f"SELECT 'publication', ARRAY[p.pubname::text], {definition}, NULL, NULL::text[] FROM pg_publication p"


def event_triggers(_major: int) -> str:
    definition = _definition("t.evtevent", "t.evtfoid::regproc", "t.evtenabled", "t.evttags",
                             "obj_description(t.oid, 'pg_event_trigger')")
    return f"""
    SELECT 'event_trigger', ARRAY[t.evtname::text], {definition}, NULL, NULL::text[]
      FROM pg_event_trigger t WHERE {_own('pg_event_trigger', 't.oid')}"""


QUERIES = (schemas, extensions, tables, views, columns, constraints, indexes, sequences, routines, operators, triggers, policies, rules,
           types, statistics, publications, event_triggers)
