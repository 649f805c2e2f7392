"""Asks a server for the rows of the catalogs in schema.py."""
import psycopg2

from schema import BY_NAME

FIRST_USER_OID = 16384
BOOTSTRAP_SUPERUSER = 10

# Where the catalogs whose name is not their table's come from.
SYSTEM_SCHEMAS = "(SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema'))"
TABLES = {
    'attribute': 'pg_attribute a JOIN pg_class c ON c.oid = attrelid AND attnum > 0 AND NOT attisdropped',
    'relation': 'pg_class c',
    'fdw': 'pg_foreign_data_wrapper',
    'role': 'pg_authid',
    'keyword': 'pg_get_keywords()',
    'setting': 'pg_settings',
    'view': 'pg_class c',
    'ts_token_type': 'pg_ts_parser prs, ts_token_type(prs.oid)',
}
RELKINDS = "c.relkind IN ('r', 'v', 'c')"
# Which of a catalog's rows are built in, and which an extension can have made, where not all.
BUILTIN = {
    'namespace': "nspname IN ('pg_catalog', 'information_schema', 'pg_toast', 'public')",
    'type': 'typnamespace IN ' + SYSTEM_SCHEMAS,
    'relation': RELKINDS + ' AND relnamespace IN ' + SYSTEM_SCHEMAS,
    'attribute': RELKINDS + ' AND relnamespace IN ' + SYSTEM_SCHEMAS,
    'view': "c.relkind = 'v' AND relnamespace IN " + SYSTEM_SCHEMAS,
    'role': 'oid < %d AND oid <> %d' % (FIRST_USER_OID, BOOTSTRAP_SUPERUSER),
    'tablespace': 'oid < %d' % FIRST_USER_OID,
    'setting': "name NOT LIKE '%.%'",
}
MEMBER = {
    'aggregate': 'aggfnoid >= 16384',
    'attribute': RELKINDS + ' AND attrelid >= 16384',
    'range': 'rngtypid >= 16384',
    'relation': RELKINDS + ' AND c.oid >= 16384',
    'ts_config_map': 'mapcfg >= 16384',
    'ts_token_type': 'prs.oid >= 16384',
}


def collation_locale(major):
    column = {13: 'NULL', 14: 'NULL', 15: 'colliculocale', 16: 'colliculocale'}.get(major, 'colllocale')
    return "coalesce(%s, CASE WHEN collprovider = 'i' THEN collcollate END)" % column


def expressions(major):
    """Columns that are not read under their own name."""
    since_14 = major >= 14
    special = {
        ('proc', 'proargdefaults'): 'pg_get_expr(proargdefaults, 0)',
        ('proc', 'prosrc'): 'CASE WHEN prolang = 12 AND prosrc <> proname THEN prosrc END',
        ('type', 'typsubscript'): 'typsubscript' if since_14 else '0',
        ('range', 'rngmultitypid'): 'rngmultitypid' if since_14 else '0',
        ('keyword', 'barelabel'): 'barelabel' if since_14 else 'false',
        ('collation', 'collcollate'): "CASE WHEN collprovider <> 'i' THEN collcollate END",
        ('collation', 'collctype'): "CASE WHEN collprovider <> 'i' THEN collctype END",
        ('collation', 'colllocale'): collation_locale(major),
        ('ts_token_type', 'parser'): 'prs.oid',
        ('relation', 'oid'): 'c.oid',
        ('view', 'ev_class'): 'c.oid',
        ('view', 'definition'): 'pg_get_viewdef(c.oid)',
        ('role', 'member_of'): 'ARRAY(SELECT roleid FROM pg_auth_members WHERE member = pg_authid.oid ORDER BY 1)',
        ('setting', 'list_input'): 'false',
        ('setting', 'list_quote'): 'false',
    }
    for name in ('can_order', 'can_unique', 'can_multi_col', 'can_exclude', 'can_include'):
        special['am', name] = "coalesce(pg_indexam_has_property(oid, '%s'), false)" % name
    return special


CASTS = {'oid': '%s::oid', 'oids': '%s::oid[]::bigint[]', 'chars': '%s::text[]', 'texts': '%s::text[]',
         'text': '%s::text', 'char': '%s::text'}


def fix(kind, value):
    if kind in ('oids', 'chars', 'texts'):
        value = tuple(value or ())
        return value if any(value) else ()
    return value or '' if kind == 'char' else value


class Server:
    def __init__(self, conninfo):
        self.connection = psycopg2.connect(conninfo)
        self.connection.autocommit = True
        self.major = self.connection.server_version // 10000
        self.cursor = self.connection.cursor()
        self.run("SET lc_messages = 'C'")
        self.version = self.run("SELECT split_part(current_setting('server_version'), ' ', 1)")[0][0]

    def run(self, sql):
        self.cursor.execute(sql)
        return self.cursor.fetchall() if self.cursor.description else []

    def fails(self, sql):
        """Runs a statement; answers its error, or None."""
        try:
            self.cursor.execute(sql)
        except psycopg2.Error as error:
            return error
        return None

    def rows(self, name, where):
        catalog, special = BY_NAME[name], expressions(self.major)
        columns = [CASTS.get(c.kind, '%s') % special.get((name, c.name), c.name) for c in catalog.columns]
        sql = 'SELECT %s FROM %s WHERE %s' % (', '.join(columns), TABLES.get(name, 'pg_' + name), where)
        kinds = [c.kind for c in catalog.columns]
        return [tuple(fix(kind, value) for kind, value in zip(kinds, row)) for row in self.run(sql)]

    def builtin_rows(self, name):
        return self.rows(name, BUILTIN.get(name, 'true'))

    def member_rows(self, name):
        """Rows of objects that somebody created since initdb."""
        return self.rows(name, MEMBER.get(name, 'oid >= %d' % FIRST_USER_OID))
