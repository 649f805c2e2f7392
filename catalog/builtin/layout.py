"""Lays out values in one block of bytes, as the C++ compiler lays out the structs of records.h and builtin.h."""
import struct
import sys

ORDER = '<' if sys.byteorder == 'little' else '>'
# kind: (struct format, alignment); texts and arrays are an offset and a count
SCALARS = {'oid': ('I', 4), 'i16': ('h', 2), 'i32': ('i', 4), 'u32': ('I', 4), 'f32': ('f', 4), 'bool': ('?', 1),
           'char': ('c', 1)}
PLACES = ('text', 'oids', 'chars', 'texts', 'array')


def align(offset, alignment):
    return -(-offset // alignment) * alignment


def offsets(kinds):
    """The members' offsets and the struct's size, for members of these kinds."""
    found, at = [], 0
    for kind in kinds:
        size, alignment = (8, 4) if kind in PLACES else (struct.calcsize(SCALARS[kind][0]), SCALARS[kind][1])
        at = align(at, alignment)
        found.append(at)
        at += size
    return found, align(at, 4)


class Block:
    """Bytes with a fixed-size head, and behind it whatever the head refers to. Equal texts and arrays are kept once."""

    def __init__(self, head_size, member_oid):
        self.bytes = bytearray(head_size)
        self.member_oid = member_oid
        self.places = {}

    def append(self, data, alignment):
        at = align(len(self.bytes), alignment)
        self.bytes += bytes(at - len(self.bytes)) + data
        return at

    def place(self, data, alignment, count):
        if count == 0 and data == b'':
            return (0, 0)
        if (data, alignment) not in self.places:
            self.places[data, alignment] = self.append(data, alignment)
        return (self.places[data, alignment], count)

    def text(self, value):
        """A text that is not NULL has a place even if it is empty."""
        if value is None:
            return (0, 0)
        data = value.encode()
        return (self.place(data + b'\0', 1, 1)[0], len(data))

    def numbers(self, values, form):
        data = struct.pack('%s%d%s' % (ORDER, len(values), form), *values)
        return self.place(data, struct.calcsize(form), len(values))

    def texts(self, values):
        flat = [number for value in values for number in self.text(value)]
        return self.numbers(flat, 'I')[0], len(values)

    def value(self, kind, value):
        """What a member of that kind holds, as the arguments of struct.pack."""
        if kind == 'text':
            return self.text(value)
        if kind == 'texts':
            return self.texts(value)
        if kind == 'oids':
            return self.numbers([self.oid(oid) for oid in value], 'I')
        if kind == 'chars':
            return self.place(''.join(value).encode(), 1, len(value))
        if kind == 'array':
            return value
        if kind == 'oid':
            return (self.oid(value),)
        return (value.encode() or b'\0',) if kind == 'char' else (value,)

    def oid(self, oid):
        return oid if isinstance(oid, int) else self.member_oid(*oid)

    def record(self, kinds, values):
        places, size = offsets(kinds)
        data = bytearray(size)
        for kind, at, value in zip(kinds, places, values):
            form = 'II' if kind in PLACES else SCALARS[kind][0]
            struct.pack_into(ORDER + form, data, at, *self.value(kind, value))
        return bytes(data)
