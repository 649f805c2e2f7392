"""What a server tells of its parameters only by how it behaves."""
from schema import BY_NAME

# Parameters that pg_settings does not show (GUC_NO_SHOW_ALL), as guc_tables.c declares them. Whether a major has one
# is asked.
HIDDEN = (
    ('default_with_oids', 'bool', 'user', None, None, 'off'),
    ('is_superuser', 'bool', 'internal', None, None, 'off'),
    ('role', 'string', 'user', None, None, 'none'),
    ('seed', 'real', 'user', '-1', '1', '0'),
    ('session_authorization', 'string', 'user', None, None, None),
    ('ssl_renegotiation_limit', 'integer', 'user', '0', '0', '0'),
)
# Values that follow from how a server was configured or packaged, or from its minor.
BUILD_DEPENDENT = ('krb_server_keyfile', 'unix_socket_directories', 'ssl', 'ssl_library', 'server_version',
                   'server_version_num')
PACKAGERS_OWN = ('extension_destdir',)
# Values that exist only with a library that a server may be built without: (parameter, since, values).
OPTIONAL_VALUES = (('default_toast_compression', 14, ('lz4',)), ('wal_compression', 15, ('lz4', 'zstd')),
                   ('io_method', 18, ('io_uring',)))


def takes_list(server, name):
    """SET refuses a second value unless the parameter is a list (flatten_set_variable_args of guc_funcs.c)."""
    error = server.fails("SET \"%s\" = 'a b', 'c'" % name)
    return error is None or 'takes only one argument' not in str(error)


def quotes_list(server, name):
    """ALTER SYSTEM writes the flattened value down: with the quotes, or without."""
    if server.fails("ALTER SYSTEM SET \"%s\" = 'a b', 'c'" % name):
        return False
    found = server.run("SELECT setting FROM pg_file_settings WHERE name = '%s' ORDER BY seqno DESC LIMIT 1" % name)
    server.run('ALTER SYSTEM RESET "%s"' % name)
    return found[0][0] == '"a b", c'


def without_build(row, major):
    if row['name'] in BUILD_DEPENDENT:
        row['boot_val'] = row['min_val'] = row['max_val'] = None
    for name, since, values in OPTIONAL_VALUES:
        if row['name'] == name and major >= since:
            row['enumvals'] = tuple(sorted({*row['enumvals'], *values}))


def setting_rows(server):
    catalog = BY_NAME['setting']
    rows = [dict(zip((c.name for c in catalog.columns), row)) for row in server.builtin_rows('setting')]
    shown = {row['name'] for row in rows}
    for name, vartype, context, low, high, boot in HIDDEN:
        if name not in shown and server.run("SELECT current_setting('%s', true) IS NOT NULL" % name)[0][0]:
            rows.append(dict(name=name, vartype=vartype, context=context, unit=None, min_val=low, max_val=high,
                             enumvals=(), boot_val=boot))
    rows = [row for row in rows if row['name'] not in PACKAGERS_OWN]
    for row in rows:
        without_build(row, server.major)
        row['list_input'] = row['vartype'] == 'string' and takes_list(server, row['name'])
        row['list_quote'] = row['list_input'] and quotes_list(server, row['name'])
    return [tuple(row[c.name] for c in catalog.columns) for row in rows]


def condition_rows(server):
    """Reads errcodes.txt, which a server is installed with: only errors have names that PL/pgSQL knows."""
    text = server.run("SELECT pg_read_file(setting || '/errcodes.txt') FROM pg_config WHERE name = 'SHAREDIR'")[0][0]
    fields = [line.split() for line in text.splitlines() if line and not line.startswith(('#', 'Section'))]
    return [(field[3], field[0]) for field in fields if len(field) == 4 and field[1] == 'E']
