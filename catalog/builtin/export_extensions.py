"""Writes one file for each extension that the servers ship: what CREATE EXTENSION makes, in every version.

Each version is created in a transaction that is rolled back, and the rows that it added to the catalogs are taken.
"""
import os
from collections import namedtuple

import psycopg2

import tsv
from schema import BY_NAME, MAJORS, MEMBER_CATALOGS
from source import FIRST_USER_OID

PUBLIC = 2200
TARGET_SCHEMA = ('', 0)
FACTS = ('version', 'schema', 'relocatable', 'superuser', 'trusted', 'requires', 'comment')
Facts = namedtuple('Facts', FACTS)
# rows: {catalog: rows}; owners: {oid: (extension, identity)} of all that the transaction made
Raw = namedtuple('Raw', 'facts is_default rows owners')


def available(server):
    """{extension: [(facts, is the default version)]}"""
    defaults = dict(server.run('SELECT name, default_version FROM pg_available_extensions'))
    found = {}
    for name, *facts in server.run('SELECT name, version, schema, relocatable, superuser, trusted, requires::text[], '
                                   'comment FROM pg_available_extension_versions ORDER BY name, version'):
        facts[5] = tuple(facts[5] or ())
        found.setdefault(name, []).append((Facts(*facts), facts[0] == defaults[name]))
    return found


def snapshot(server):
    return {name: set(server.member_rows(name)) for name in MEMBER_CATALOGS}


def identities(server, rows):
    """{oid: what the object is called}, for objects with an oid of their own."""
    names = dict(server.run('SELECT oid, typname FROM pg_type UNION ALL SELECT oid, amname FROM pg_am '
                            'UNION ALL SELECT oid, lanname FROM pg_language'))
    found = {}
    for name in MEMBER_CATALOGS:
        catalog = BY_NAME[name]
        if catalog.columns[0].name == 'oid':
            for row in rows[name]:
                found[row[0]] = (MEMBER_CATALOGS.index(name),) + label(catalog, row, names)
    return found


def label(catalog, row, names):
    cell = dict(zip((c.name for c in catalog.columns), row))
    if catalog.name == 'transform':
        return names[cell['trftype']], names[cell['trflang']]
    text = next(v for c, v in cell.items() if c.endswith('name') and v is not None)
    types = cell.get('proargtypes', ()) or tuple(cell[c] for c in ('oprleft', 'oprright') if cell.get(c))
    method = cell.get('opfmethod') or cell.get('opcmethod')
    return (text, names[method] if method else '') + tuple(names[oid] for oid in types)


def create(server, name, version, before):
    """Creates an extension after those it requires. Answers the rows it added, the owners of all that is new, and the
    snapshot after it."""
    found = server.run("SELECT requires::text[] FROM pg_available_extension_versions v JOIN pg_available_extensions e "
                       "USING (name) WHERE name = '%s' AND version = coalesce(%s, default_version)" %
                       (name, "'%s'" % version if version else 'NULL'))
    if not found:
        raise LookupError('%s is required, and not shipped' % name)
    required, owners = found[0][0], {}
    for other in required or ():
        _, found, before = create(server, other, None, before)
        owners.update(found)
    server.run('CREATE EXTENSION "%s"%s' % (name, " VERSION '%s'" % version if version else ''))
    after = snapshot(server)
    rows = {catalog: after[catalog] - before[catalog] for catalog in MEMBER_CATALOGS}
    owners.update((oid, (name, identity)) for oid, identity in identities(server, rows).items())
    return rows, owners, after


def read_variant(server, name, facts, is_default):
    server.run('BEGIN')
    server.run('SET LOCAL search_path = public')
    try:
        if name == 'plpgsql':
            server.run('DROP EXTENSION plpgsql')
        rows, owners, _ = create(server, name, facts.version, {catalog: set() for catalog in MEMBER_CATALOGS})
        return Raw(facts, is_default, rows, owners)
    finally:
        server.run('ROLLBACK')


def read_all(servers):
    """{extension: {(version, major): Raw}}, and what could not be created, as arguments of borrow()."""
    found, failed = {}, []
    for major in MAJORS:
        for name, versions in available(servers[major]).items():
            for facts, is_default in versions:
                try:
                    raw = read_variant(servers[major], name, facts, is_default)
                except (psycopg2.Error, LookupError) as error:
                    failed.append((name, facts, is_default, major, str(error).splitlines()[0]))
                    continue
                found.setdefault(name, {})[facts.version, major] = raw
    return found, failed


def number_members(found):
    """{(extension, identity): number}: numbered from 1 within the extension, alike in all its versions."""
    members = {}
    for name, variants in found.items():
        everything = {identity for raw in variants.values() for owner, identity in raw.owners.values() if owner == name}
        members.update(((name, identity), place) for place, identity in enumerate(sorted(everything), 1))
    return members


def resolve(name, raw, members, builtin_oids):
    """The rows with members for the oids that the server gave, as a set of (catalog, row)."""
    def new(oid, is_namespace):
        if is_namespace and oid == PUBLIC:
            return TARGET_SCHEMA
        if oid >= FIRST_USER_OID:
            owner, identity = raw.owners[oid]
            return ('' if owner == name else owner, members[owner, identity])
        return builtin_oids(oid)

    def cell(column, value):
        if column.kind == 'oid':
            return new(value, column.name.endswith('namespace'))
        return tuple(new(oid, False) for oid in value) if column.kind == 'oids' else value
    return frozenset((catalog, tuple(map(cell, BY_NAME[catalog].columns, row)))
                     for catalog, rows in raw.rows.items() for row in rows)


def borrow(contents, failed):
    """A library for which the machine lacks another (libperl, libpython) keeps an extension from being created. The
    nearest major that could create the same version then stands in; the control file's facts are the major's own.
    Answers the extensions that none could create, with the reason."""
    left_out = {}
    for name, facts, is_default, major, why in failed:
        donors = [other for version, other in contents.get(name, ()) if version == facts.version]
        if donors:
            donor = min(donors, key=lambda other: (abs(other - major), other))
            contents[name][facts.version, major] = (facts, contents[name][facts.version, donor][1], is_default)
        else:
            left_out[name] = why
    return left_out


def merge(variants):
    """Versions that are the same in several majors are one: [(facts, content, majors, majors with it as default)]"""
    merged = {}
    for (_, major), (facts, content, is_default) in variants.items():
        majors, defaults = merged.setdefault((facts, content), (set(), set()))
        majors.add(major)
        if is_default:
            defaults.add(major)
    shipped = {major for _, major in variants}
    for majors, defaults in merged.values():
        fill(majors, defaults, shipped)
    rows = [(facts, content, majors, defaults) for (facts, content), (majors, defaults) in merged.items()]
    return sorted(rows, key=lambda row: (version_key(row[0].version), min(row[2])))


def fill(majors, defaults, shipped):
    """Some packagers ship the procedural languages apart. What is the same in both neighbours of a major that lacks
    the extension is the same there."""
    for major in MAJORS[1:-1]:
        if major not in shipped and {major - 1, major + 1} <= majors:
            majors.add(major)
            if {major - 1, major + 1} <= defaults:
                defaults.add(major)


def version_key(version):
    return [(0, int(part), '') if part.isdigit() else (1, 0, part) for part in version.split('.')]


def sortable(value):
    return [(-1, value, '')] if isinstance(value, int) else [(1, value[1], value[0])]


def write_extension(path, variants):
    numbers = list(range(1, len(variants) + 1))
    lines = ['\t'.join(('[variant]', 'majors', 'default') + FACTS)]
    holders = {}
    for number, (facts, content, majors, defaults) in zip(numbers, variants):
        flags = ['t' if flag else 'f' for flag in (facts.relocatable, facts.superuser, facts.trusted)]
        lines.append('\t'.join([str(number), tsv.write_set(majors, MAJORS), tsv.write_set(defaults, MAJORS) or
                                ('all' if defaults else ''), facts.version, tsv.escape(facts.schema), *flags,
                                '|'.join(facts.requires), tsv.escape(facts.comment)]).rstrip('\t'))
        for entry in content:
            holders.setdefault(entry, set()).add(number)
    for name in MEMBER_CATALOGS:
        catalog = BY_NAME[name]
        rows = [row for found, row in holders if found == name]
        if rows:
            lines.append(tsv.heading('[%s]' % name, catalog))
            key = [catalog.index(column) for column in catalog.key]
            rows.sort(key=lambda row: ([sortable(row[i]) for i in key], min(holders[name, row]), repr(row)))
            lines += [tsv.format_row(tsv.write_set(holders[name, row], numbers), catalog, row) for row in rows]
    with open(path, 'w', encoding='utf-8', newline='\n') as file:
        file.write('\n'.join(lines) + '\n')


def export(servers, builtin_oids, out):
    """`builtin_oids[major]` maps a server's oid below 16384 to that of the checked-in files."""
    found, failed = read_all(servers)
    members = number_members(found)
    contents = {name: {key: (raw.facts, resolve(name, raw, members, builtin_oids[key[1]]), raw.is_default)
                       for key, raw in raws.items()} for name, raws in found.items()}
    left_out = borrow(contents, failed)
    for name, variants in contents.items():
        write_extension(os.path.join(out, name + '.tsv'), merge(variants))
    return left_out
