#!/usr/bin/env python3
"""Turns the checked-in files into the block of bytes that the library embeds. The build runs it.

    generate.py DATA OUT

writes OUT/builtin.bin, OUT/builtin.S, which embeds it and DATA/view.tsv as it is, OUT/builtin_catalogs.h, which numbers the catalogs, and
OUT/builtin_layout.h, which lets the compiler compare the layout with its own.

The block: a head (Head of block.h), the catalogs' records, and behind them texts and arrays. A catalog's records are
those of all majors and extensions; which of them a major or an extension has, and in what order, are arrays of their
numbers.
"""
import glob
import os
import sys

import tsv
from layout import Block, offsets
from schema import BY_NAME, CATALOGS, MAJORS, MEMBER_CATALOGS

MEMBER_BASE = 0x80000000
ORDERS = [(catalog, order, columns) for catalog in CATALOGS for order, columns in catalog.orders]
EXTENSION_KINDS = ['u32'] + ['text'] * 4 + ['bool'] * 3 + ['texts'] + ['array'] * len(MEMBER_CATALOGS)
VERSION_KINDS = ['text', 'text', 'bool', 'u32']
BUILTIN_KINDS = ['u32'] + ['array'] * len(ORDERS)
HEAD_KINDS = ['u32'] * len(CATALOGS) + ['array'] + ['array'] * len(MAJORS) + BUILTIN_KINDS * len(MAJORS)


class Extension:
    def __init__(self, path, number):
        self.name, self.number = os.path.basename(path)[:-len('.tsv')], number
        self.variants, self.rows = [], []
        with open(path, encoding='utf-8', newline='\n') as file:
            self.read([line for line in file.read().split('\n') if line])

    def read(self, lines):
        section, places = None, ()
        for line in lines:
            if line.startswith('['):
                section = line[1:line.index(']')]
                places = [number for number, *_ in self.variants]
            elif section == 'variant':
                self.variants.append(self.variant((line + '\t' * 10).split('\t')))
            else:
                where, row = tsv.parse_row(line, BY_NAME[section])
                self.rows.append((section, tsv.read_set(where, places), row))

    @staticmethod
    def variant(cells):
        number, majors, default, version, schema, relocatable, superuser, trusted, required, comment = cells[:10]
        defaults = frozenset(MAJORS) if default == 'all' else tsv.read_set(default, ()) if default else frozenset()
        return (int(number), tsv.read_set(majors, MAJORS), defaults, version, tsv.unescape(schema), relocatable == 't',
                superuser == 't', trusted == 't', tuple(required.split('|')) if required else (), tsv.unescape(comment))


class Tables:
    """All records: builtin[catalog] = [(majors, row)], members[catalog] = [(extension, variants, row)]."""

    def __init__(self, data):
        paths = sorted(glob.glob(os.path.join(data, 'extensions', '*.tsv')))
        self.extensions = [Extension(path, number) for number, path in enumerate(paths, 1)]
        self.numbers = {extension.name: extension.number for extension in self.extensions}
        self.builtin, self.members = {}, {catalog.name: [] for catalog in CATALOGS}
        for catalog in CATALOGS:
            path = os.path.join(data, catalog.name + '.tsv')
            self.builtin[catalog.name] = tsv.read_catalog(path, catalog, MAJORS) if os.path.exists(path) else []
        for extension in self.extensions:
            for name, variants, row in extension.rows:
                qualified = tuple(self.qualify(extension, column, cell)
                                  for column, cell in zip(BY_NAME[name].columns, row))
                self.members[name].append((extension, variants, qualified))

    @staticmethod
    def qualify(extension, column, value):
        def one(oid):
            return (oid[0] or extension.name, oid[1]) if isinstance(oid, tuple) else oid
        if column.kind == 'oid':
            return one(value)
        return tuple(map(one, value)) if column.kind == 'oids' else value

    def member_oid(self, extension, number):
        return MEMBER_BASE | self.numbers[extension] << 16 | number

    def all_rows(self, name):
        return [row for _, row in self.builtin[name]] + [row for *_, row in self.members[name]]


def sort_key(catalog, columns):
    """Compares rows as builtin.cc does: numbers as numbers, texts byte by byte."""
    def key(row):
        found = []
        for column in columns:
            value = row[catalog.index(column.lstrip('~'))]
            if value is None:
                value = b''
            elif isinstance(value, str):
                value = (value.lower() if column.startswith('~') else value).encode()
            found.append(value)
        return found
    return key


def write_records(tables, block):
    """Answers each catalog's offset."""
    found = []
    for catalog in CATALOGS:
        kinds = [column.kind for column in catalog.columns]
        records = [block.record(kinds, row) for row in tables.all_rows(catalog.name)]
        assert len(records) < 1 << 16, catalog.name
        found.append(block.append(b''.join(records), 8))
    return found


def write_builtin(tables, block, major):
    """One major's Builtin, as values of BUILTIN_KINDS."""
    values = [major]
    for catalog, _, columns in ORDERS:
        rows = tables.builtin[catalog.name]
        key = sort_key(catalog, columns)
        numbers = [number for number, (majors, _) in enumerate(rows) if major in majors]
        values.append(block.numbers(sorted(numbers, key=lambda number: key(rows[number][1])), 'H'))
    return values


def write_extensions(tables, block):
    """The array of ExtensionData, and of each major's ExtensionVersion."""
    data, versions = [], {major: [] for major in MAJORS}
    held = {name: index_members(tables, name) for name in MEMBER_CATALOGS}
    for extension in tables.extensions:
        for variant in extension.variants:
            number, majors, defaults, version, schema, relocatable, superuser, trusted, required, comment = variant
            members = [block.numbers(held[name].get((extension.name, number), []), 'H') for name in MEMBER_CATALOGS]
            for major in majors:
                versions[major].append((extension.name, version, major in defaults, len(data)))
            data.append(block.record(EXTENSION_KINDS, [extension.number, extension.name, version, comment, schema,
                                                       relocatable, superuser, trusted, required] + members))
    listed = []
    for major in MAJORS:
        records = [block.record(VERSION_KINDS, row) for row in sorted(versions[major], key=lambda row: row[0].encode())]
        listed.append((block.append(b''.join(records), 4), len(records)))
    return (block.append(b''.join(data), 4), len(data)), listed


def index_members(tables, name):
    """{(extension, variant): numbers of its records}"""
    found = {}
    for number, (extension, variants, _) in enumerate(tables.members[name], len(tables.builtin[name])):
        for variant in variants:
            found.setdefault((extension.name, variant), []).append(number)
    return found


def write_block(tables):
    block = Block(offsets(HEAD_KINDS)[1], tables.member_oid)
    records = write_records(tables, block)
    extensions, versions = write_extensions(tables, block)
    head = records + [extensions] + versions
    for major in MAJORS:
        head += write_builtin(tables, block, major)
    block.bytes[:offsets(HEAD_KINDS)[1]] = block.record(HEAD_KINDS, head)
    return block.bytes


def layout_header():
    """Numbers the catalogs for the compiler, and asserts that it agrees about everything."""
    lines = ['// Written by generate.py.', 'template <class T>', 'inline constexpr int catalog_number = -1;']
    checks = []
    for number, catalog in enumerate(CATALOGS):
        lines += ['template <>', 'inline constexpr int catalog_number<%s> = %d;' % (catalog.record, number)]
        places, size = offsets([column.kind for column in catalog.columns])
        checks.append('static_assert(sizeof(%s) == %d);' % (catalog.record, size))
        checks += ['static_assert(offsetof(%s, %s) == %d);' % (catalog.record, column.name, at)
                   for column, at in zip(catalog.columns, places)]
    for number, (_, order, _) in enumerate(ORDERS):
        checks.append('static_assert(static_cast<int>(Order::%s) == %d);' % (order, number))
    for number, name in enumerate(MEMBER_CATALOGS):
        word = name + '_' if name == 'operator' else name
        checks.append('static_assert(static_cast<int>(MemberCatalog::%s) == %d);' % (word, number))
    for record, kinds in (('Builtin', BUILTIN_KINDS), ('ExtensionData', EXTENSION_KINDS),
                          ('ExtensionVersion', VERSION_KINDS), ('Head', HEAD_KINDS)):
        checks.append('static_assert(sizeof(%s) == %d);' % (record, offsets(kinds)[1]))
    lines.append('inline constexpr int catalog_count = %d;' % len(CATALOGS))
    return '\n'.join(lines) + '\n', '\n'.join(checks) + '\n'


ASSEMBLER = '''\t.section .rodata
\t.balign 64
\t.globl pgplumb_builtin_block
pgplumb_builtin_block:
\t.incbin "%s"
\t.globl pgplumb_builtin_views, pgplumb_builtin_views_end
pgplumb_builtin_views:
\t.incbin "%s"
pgplumb_builtin_views_end:
\t.section .note.GNU-stack,"",%%progbits
'''


def write(path, data):
    with open(path, 'wb') as file:
        file.write(data)


def main():
    data, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    numbers, checks = layout_header()
    binary = os.path.join(os.path.abspath(out), 'builtin.bin')
    write(binary, write_block(Tables(data)))
    write(os.path.join(out, 'builtin.S'), (ASSEMBLER % (binary, os.path.abspath(os.path.join(data, 'view.tsv')))).encode())
    write(os.path.join(out, 'builtin_catalogs.h'), numbers.encode())
    write(os.path.join(out, 'builtin_layout.h'), checks.encode())


if __name__ == '__main__':
    main()
