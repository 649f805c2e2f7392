"""The checked-in files: one row a line, cells parted by tabs, empty cells at the end left out.

A row's first cell tells where it holds: in a catalog's file the majors, in an extension's file the numbers of its
variants. It is a list of ranges ("13-15,17"), empty for all of them.
"""
ESCAPES = {'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'}


def escape(text):
    if text is None:
        return ''
    if text == '':
        return '\\e'
    return ''.join(ESCAPES.get(c, c) for c in text)


def unescape(cell):
    if cell == '':
        return None
    if cell == '\\e':
        return ''
    out, chars = [], iter(cell)
    for c in chars:
        out.append({'\\': '\\', 't': '\t', 'n': '\n', 'r': '\r', 'p': '|'}[next(chars)] if c == '\\' else c)
    return ''.join(out)


def write_oid(oid):
    """An oid, or a member: (extension, number), extension '' meaning the file's own."""
    return str(oid) if isinstance(oid, int) else '%s@%d' % oid


def read_oid(cell):
    if '@' not in cell:
        return int(cell)
    extension, number = cell.split('@')
    return extension, int(number)


WRITERS = {
    'oid': write_oid, 'i16': str, 'i32': str, 'f32': lambda v: '%g' % v, 'bool': lambda v: 't' if v else 'f',
    'char': escape, 'text': escape, 'oids': lambda v: ' '.join(map(write_oid, v)), 'chars': ''.join,
    'texts': lambda v: '|'.join(escape(part).replace('|', '\\p') for part in v),
}
READERS = {
    'oid': read_oid, 'i16': int, 'i32': int, 'f32': float, 'bool': lambda c: c == 't',
    'char': lambda c: unescape(c) or '', 'text': unescape,
    'oids': lambda c: tuple(map(read_oid, c.split())), 'chars': tuple,
    'texts': lambda c: tuple(unescape(part) for part in c.split('|')) if c else (),
}


def write_cell(column, value):
    cell = WRITERS[column.kind](value)
    if cell == column.default:
        return ''
    if cell == '':
        raise ValueError('%s: an empty value beside the default %r' % (column.name, column.default))
    return cell


def read_cell(column, cell):
    return READERS[column.kind](cell or column.default)


def write_set(numbers, everything):
    """A set of numbers as ranges; neighbours are neighbours in `everything`, a sorted list."""
    if len(numbers) == len(everything):
        return ''
    ranges = []
    for place, number in enumerate(everything):
        if number not in numbers:
            continue
        if ranges and ranges[-1][1] == place - 1:
            ranges[-1][1] = place
        else:
            ranges.append([place, place])
    return ','.join(str(everything[a]) if a == b else '%s-%s' % (everything[a], everything[b]) for a, b in ranges)


def read_set(cell, everything):
    if cell == '':
        return frozenset(everything)
    numbers = set()
    for part in cell.split(','):
        first, _, last = part.partition('-')
        numbers.update(range(int(first), int(last or first) + 1))
    return frozenset(numbers)


def heading(first, catalog):
    """Names the columns, with the value that an empty cell stands for where that is not the kind's own."""
    from schema import DEFAULTS
    names = [c.name if c.default == DEFAULTS[c.kind] else '%s=%s' % (c.name, c.default) for c in catalog.columns]
    return '\t'.join([first] + names)


def format_row(where, catalog, row):
    cells = [where] + [write_cell(column, value) for column, value in zip(catalog.columns, row)]
    return '\t'.join(cells).rstrip('\t')


def parse_row(line, catalog):
    cells = line.split('\t')
    cells += [''] * (len(catalog.columns) + 1 - len(cells))
    return cells[0], tuple(read_cell(column, cell) for column, cell in zip(catalog.columns, cells[1:]))


def read_catalog(path, catalog, majors):
    """A catalog's file as [(set of majors, row)]."""
    with open(path, encoding='utf-8', newline='\n') as file:
        lines = file.read().split('\n')[1:]
    rows = [parse_row(line, catalog) for line in lines if line]
    return [(read_set(where, majors), row) for where, row in rows]
