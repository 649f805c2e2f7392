"""Owners and grants, in the same shape as the other inventory queries; only asked for where a change concerns them.

A missing access list means the built-in default, so both are expanded before they are compared.
"""
from __future__ import annotations

_USER_SCHEMA = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

# what has an owner and an access list: source of rows, path, owner, access list, its letter in acldefault()
_OWNED = (
    ("pg_namespace n", "ARRAY[n.nspname::text]", "n.nspowner", "n.nspacl", "'n'"),
    ("pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')",
     "ARRAY[n.nspname::text, c.relname]", "c.relowner", "c.relacl", "CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\""),
    ("pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace", "ARRAY[n.nspname::text, p.proname]",
     "p.proowner", "p.proacl", "'f'"),
    ("pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace AND t.typtype IN ('e', 'd', 'r')",
     "ARRAY[n.nspname::text, t.typname]", "t.typowner", "t.typacl", "'T'"),
)


def _access(acl: str) -> str:
    return ("(SELECT string_agg(concat_ws(' ', x.grantee::regrole, x.privilege_type, x.is_grantable), ', ' "
            f"ORDER BY x.grantee::regrole::text, x.privilege_type) FROM aclexplode({acl}) x)")


def owners(_major: int) -> str:
    return " UNION ALL ".join(
        f"SELECT 'owner', {path}, {owner}::regrole::text, NULL, NULL::text[] FROM {rows} WHERE {_USER_SCHEMA}"
        for rows, path, owner, _, _ in _OWNED)


def grants(_major: int) -> str:
    return " UNION ALL ".join(
        f"SELECT 'grant', {path}, {_access(f'coalesce({acl}, acldefault({letter}, {owner}))')}, NULL, NULL::text[] "
        f"FROM {rows} WHERE {_USER_SCHEMA}" for rows, path, owner, acl, letter in _OWNED)


def column_grants(_major: int) -> str:
    return f"""
    SELECT 'grant', ARRAY[n.nspname::text, c.relname, a.attname], {_access('a.attacl')}, NULL, NULL::text[]
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE a.attacl IS NOT NULL AND {_USER_SCHEMA}"""


PRIVILEGE_QUERIES = (owners, grants, column_grants)
