#!/usr/bin/env python3
"""Writes the files of catalog/builtin/data from real servers, one of each major.

    export.py --out catalog/builtin/data "host=127.0.0.1 port=5413 user=postgres" "…port=5414…" …

The servers must be as initdb --locale=C -E UTF8 makes them, the databases empty, the user a superuser. Same servers,
same bytes. For PL/Perl, PL/Python and what builds on them, at least one server must have their libraries.
"""
import argparse
import os
import sys

import export_extensions
import settings
import tsv
from schema import BY_NAME, CATALOGS, MAJORS, VIEWS
from source import Server

FIRST_INITDB_OID = 12000   # FirstUnpinnedObjectId: from here on initdb numbers as it comes
NOT_BUILTIN = ('fdw', 'transform')
SPECIAL = {'setting': settings.setting_rows, 'condition': settings.condition_rows}


def builtin_rows(server, name):
    return SPECIAL[name](server) if name in SPECIAL else server.builtin_rows(name)


def identity(name, row, type_names):
    """What an object is called, the same in all majors, for numbering it."""
    catalog = BY_NAME[name]
    values = {c.name: value for c, value in zip(catalog.columns, row)}
    label = next(value for column, value in values.items() if column.endswith('name') and value is not None)
    arguments = tuple(type_names[oid] for oid in values.get('proargtypes', ()))
    return name, label, arguments, values.get('collencoding', 0)


def portable_collations(servers):
    """ICU's collations that all servers have alike, and whatever is no import of the operating system's."""
    def names(rows):
        return {row[1] for row in rows if row[3] == 'i'}
    common = set.intersection(*(names(rows['collation']) for rows in servers.values()))
    for rows in servers.values():
        rows['collation'] = [row for row in rows['collation'] if row[1] in common or row[1] == 'ucs_basic' or
                             row[0] < FIRST_INITDB_OID and row[3] != 'i']


def renumber(servers):
    """Gives what initdb numbered as it came one oid in all majors. Answers, for each major, what maps its oids."""
    names = {}
    for major, rows in servers.items():
        type_names = {row[0]: row[1] for row in rows['type']}
        names[major] = {row[0]: identity(name, row, type_names)
                        for name in rows for row in rows[name]
                        if BY_NAME[name].columns[0].name == 'oid' and row[0] >= FIRST_INITDB_OID}
    everything = sorted(set().union(*(set(found.values()) for found in names.values())))
    new = {found: FIRST_INITDB_OID + number for number, found in enumerate(everything)}
    maps = {}
    for major, rows in servers.items():
        oids = {old: new[found] for old, found in names[major].items()}
        maps[major] = lambda oid, oids=oids: oids[oid] if oid >= FIRST_INITDB_OID else oid
        for name in rows:
            rows[name] = [map_oids(BY_NAME[name], row, maps[major]) for row in rows[name]]
    return maps


def map_oids(catalog, row, new):
    def cell(column, value):
        if column.kind == 'oid':
            return new(value)
        return tuple(map(new, value)) if column.kind == 'oids' else value
    return tuple(cell(column, value) for column, value in zip(catalog.columns, row))


def write_catalog(path, catalog, servers):
    """Rows that majors share are written once, with the majors."""
    majors = {}
    for major, rows in servers.items():
        for row in rows[catalog.name]:
            majors.setdefault(row, set()).add(major)
    key = [catalog.index(column) for column in catalog.key]
    ordered = sorted(majors, key=lambda row: ([row[i] for i in key], min(majors[row]), repr(row)))
    lines = [tsv.heading('majors', catalog)]
    lines += [tsv.format_row(tsv.write_set(majors[row], MAJORS), catalog, row) for row in ordered]
    with open(path, 'w', encoding='utf-8', newline='\n') as file:
        file.write('\n'.join(lines) + '\n')


def write_versions(path, opened):
    lines = ['major\tversion'] + ['%d\t%s' % (major, opened[major].version) for major in MAJORS]
    with open(path, 'w', encoding='utf-8', newline='\n') as file:
        file.write('\n'.join(lines) + '\n')


def export(conninfos, out):
    """Answers the extensions that some server ships but none could create, with the reason."""
    opened = {server.major: server for server in map(Server, conninfos)}
    if tuple(sorted(opened)) != MAJORS:
        raise SystemExit('servers of the majors %s are needed, one each' % ', '.join(map(str, MAJORS)))
    catalogs = [c for c in CATALOGS + (VIEWS,) if c.name not in NOT_BUILTIN]
    servers = {major: {c.name: builtin_rows(opened[major], c.name) for c in catalogs} for major in MAJORS}
    portable_collations(servers)
    builtin_oids = renumber(servers)
    os.makedirs(os.path.join(out, 'extensions'), exist_ok=True)
    for catalog in catalogs:
        write_catalog(os.path.join(out, catalog.name + '.tsv'), catalog, servers)
    write_versions(os.path.join(out, 'servers.tsv'), opened)
    return export_extensions.export(opened, builtin_oids, os.path.join(out, 'extensions'))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--out', required=True, help='directory to write to')
    parser.add_argument('conninfo', nargs='+', help='connection string of one server')
    arguments = parser.parse_args()
    for name, reason in sorted(export(arguments.conninfo, arguments.out).items()):
        print('left out: %s: %s' % (name, reason), file=sys.stderr)


if __name__ == '__main__':
    main()
