"""Random expressions over the table t of tests/differential/data/setup.sql: types, operators, functions and casts come from the
server's own catalogs, the forms from SQL's grammar; roles are left out, which are no part of a schema. Most fit their types, some don't; the same seed makes the same expressions.
"""
from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.oracles.expression_literals import literal_text, quoted

COLUMNS = {"id": "int4", "i2": "int2", "i8": "int8", "n": "numeric", "n2": "numeric", "f4": "float4", "f8": "float8", "b": "bool", "s": "text",
           "v": "varchar", "c": "bpchar", "nm": "name", "ch": '"char"', "d": "date", "tm": "time", "tmz": "timetz", "ts": "timestamp",
           "tz": "timestamptz", "iv": "interval", "u": "uuid", "j": "json", "jb": "jsonb", "by": "bytea", "bi": "bit", "vb": "varbit",
           "ia": "int4[]", "sa": "text[]", "va": "varchar[]", "na": "numeric[]", "m": "mood", "ma": "mood[]", "p": "pair", "pos": "positive",
           "sh": "short", "am": "amounts", "ir": "int4range", "tr": "tstzrange", "dr": "daterange", "fr": "floatrange", "ip": "inet",
           "cd": "cidr", "mac": "macaddr", "mo": "money", "pt": "point", "bx": "box", "o": "oid", "rc": "regclass", "tv": "tsvector",
           "tq": "tsquery", "x": "xml", '"Odd Name"': "int4", "lc": "text"}
TYPES = sorted({*COLUMNS.values(), "macaddr8", "lseg", "path", "polygon", "line", "circle", "jsonpath", "pg_lsn", "xid8", "xid", "tid",
                "txid_snapshot", "int2vector", "oidvector", "regtype", "regproc", "regprocedure", "regnamespace", "numrange", "int8range",
                "tsrange", "date[]", "timestamptz[]", "jsonb[]", "int8[]", "float8[]", "bool[]", "uuid[]", "interval[]"})
MODIFIED = {"varchar": ["(10)", "(1)", ""], "bpchar": ["(3)", ""], "numeric": ["(10,2)", "(4)", "(5,5)", ""], "bit": ["(4)", "(8)", ""],
            "varbit": ["(6)", ""], "timestamp": ["(0)", "(3)", ""], "timestamptz": ["(0)", ""], "time": ["(2)", ""], "timetz": ["(1)", ""],
            "interval": ["", "(2)", " day", " year to month", " day to second(1)", " minute to second"]}
POLYMORPHIC = ("anyelement", "anycompatible", "anynonarray", "anycompatiblenonarray")
POLYMORPHIC_ARRAYS = ("anyarray", "anycompatiblearray")
COMPARISONS = ["=", "<>", "<", "<=", ">", ">=", "!="]
COLLATIONS = ['"C"', '"POSIX"', '"default"', '"nope"']
EXTRACTED = ["year", "month", "day", "hour", "minute", "second", "epoch", "dow", "isodow", "week", "'quarter'", "timezone", "century", "nope"]
PLAIN = ["current_date", "current_timestamp", "current_timestamp(2)", "localtime", "localtimestamp(0)", "current_user", "session_user", "user",
         "current_catalog", "current_schema", "null", "true", "false", "now()", "current_time", "current_role"]


@dataclass(frozen=True)
class Callee:
    name: str
    arguments: tuple[str, ...]
    result: str


@dataclass
class Catalog:
    """What the server's catalogs offer, by the type of the result."""

    functions: dict[str, list[Callee]] = field(default_factory=lambda: defaultdict(list))
    operators: dict[str, list[Callee]] = field(default_factory=lambda: defaultdict(list))
    casts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    types: list[str] = field(default_factory=list)


FUNCTIONS = """
SELECT p.proname, array(SELECT format_type(a, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY AS u(a, n) ORDER BY n), format_type(p.prorettype, NULL)
FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.pronargs <= 4
  AND NOT (p.proargtypes::oid[] && '{internal,cstring,aclitem,_aclitem,regrole}'::regtype[]::oid[])
  AND NOT p.prorettype = ANY ('{internal,cstring,aclitem,_aclitem,trigger,event_trigger,language_handler,fdw_handler,index_am_handler,table_am_handler}'::regtype[])
ORDER BY 1, 2, 3"""
OPERATORS = """
SELECT o.oprname, array_remove(ARRAY[CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END, format_type(o.oprright, NULL)], NULL),
  format_type(o.oprresult, NULL)
FROM pg_operator o WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND NOT (ARRAY[o.oprleft, o.oprright] && '{aclitem,_aclitem}'::regtype[]::oid[]) ORDER BY 1, 2, 3"""
CASTS = "SELECT format_type(castsource, NULL), format_type(casttarget, NULL) FROM pg_cast WHERE NOT ARRAY[castsource, casttarget] && '{regrole}'::regtype[]::oid[] ORDER BY 1, 2"
ALIASES = {"integer": "int4", "smallint": "int2", "bigint": "int8", "real": "float4", "double precision": "float8", "boolean": "bool",
           "character varying": "varchar", "character": "bpchar", "bit varying": "varbit", "timestamp without time zone": "timestamp",
           "timestamp with time zone": "timestamptz", "time without time zone": "time", "time with time zone": "timetz"}


def short(name: str) -> str:
    stem, array = (name[:-2], "[]") if name.endswith("[]") else (name, "")
    return ALIASES.get(stem, stem) + array


def catalog_of(query: Callable[[str], list[tuple]], major: int) -> Catalog:
    catalog = Catalog(types=TYPES + (["int4multirange", "datemultirange", "nummultirange"] if major >= 14 else []))
    for rows, into in ((query(FUNCTIONS), catalog.functions), (query(OPERATORS), catalog.operators)):
        for name, arguments, result in rows:
            into[short(result)].append(Callee(name, tuple(map(short, arguments)), short(result)))
    for source, target in query(CASTS):
        catalog.casts[short(target)].append(short(source))
    return catalog


class Expressions:
    """A source of expressions; `depth` is how many levels an expression may still have."""

    def __init__(self, catalog: Catalog, seed: int) -> None:
        self.catalog, self.random = catalog, random.Random(seed)
        self.forms = [self.function] * 5 + [self.operator] * 5 + [self.cast] * 3 + [
            self.case, self.coalesce, self.nullif, self.subscript, self.collated, self.field, self.subquery, self.special, self.array, self.common]
        self.conditions = [self.comparison] * 3 + [self.in_list, self.between, self.like, self.any_of, self.tests, self.rows, self.logic,
                                                   self.distinct, self.in_query]

    def pick(self, items: list) -> object:
        return self.random.choice(items)

    def next(self) -> str:
        return self.expression(self.any_type(), self.random.choice([1, 1, 2, 2, 3]))

    def any_type(self) -> str:
        return self.random.choice(self.catalog.types)

    def expression(self, wanted: str, depth: int) -> str:
        if self.random.random() < 0.04:
            wanted = self.any_type()
        if wanted in POLYMORPHIC:
            wanted = self.any_type()
        elif wanted in POLYMORPHIC_ARRAYS:
            wanted = self.random.choice([t for t in self.catalog.types if t.endswith("[]")])
        elif wanted in ("anyrange", "anycompatiblerange"):
            wanted = self.random.choice(["int4range", "tstzrange", "daterange", "floatrange", "numrange"])
        elif wanted in ("any", '"any"', "anyenum", "record"):
            wanted = self.random.choice(["mood", "int4", "text", "pair"])
        if depth <= 0:
            return self.leaf(wanted)
        if wanted == "bool" and self.random.random() < 0.6:
            return self.random.choice(self.conditions)(depth - 1)
        return self.random.choice(self.forms)(wanted, depth - 1)

    def leaf(self, wanted: str) -> str:
        columns = [name for name, type_name in COLUMNS.items() if type_name == wanted]
        if columns and self.random.random() < 0.55:
            return self.random.choice(["", "", "", "t."]) + self.random.choice(columns)
        return self.literal(wanted)

    def literal(self, wanted: str) -> str:
        choice = self.random.random()
        if choice < 0.03:
            return self.random.choice(PLAIN)
        if wanted in ("int4", "int8", "numeric", "float8") and choice < 0.5:
            return self.random.choice(["0", "1", "-1", "42", "2147483648", "1.5", "-2.50", "1e3", ".5", "9223372036854775808"])
        if wanted == "bool" and choice < 0.4:
            return self.random.choice(["true", "false", "null"])
        if wanted == "positive[]":  # a check within an array's text is not run here
            return "ARRAY[1, 2]::positive[]"
        text = quoted(self.random, literal_text(self.random, wanted))
        if choice < 0.35:
            return text
        if choice < 0.45 and not wanted.endswith("[]"):
            return f"{self.modified(wanted)} {text}" if " " not in self.modified(wanted) else text
        return f"{text}::{self.modified(wanted)}"

    def modified(self, wanted: str) -> str:
        if wanted.endswith("[]"):
            return self.modified(wanted[:-2]) + "[]" if " " not in self.modified(wanted[:-2]) else wanted
        return wanted + self.random.choice(MODIFIED.get(wanted, [""]) + [""])

    def arguments(self, types: tuple[str, ...], depth: int) -> list[str]:
        return [self.expression(type_name, depth) for type_name in types]

    def function(self, wanted: str, depth: int) -> str:
        candidates = self.catalog.functions.get(wanted) or self.catalog.functions["text"]
        if self.random.random() < 0.15:
            candidates = self.catalog.functions[self.random.choice([*POLYMORPHIC_ARRAYS, "anyelement", "anycompatible", "bool"])] or candidates
        callee = self.random.choice(candidates)
        arguments = self.arguments(callee.arguments, depth)
        if self.random.random() < 0.04:
            arguments = arguments[1:]
        return f"{self.random.choice(['', '', '', 'pg_catalog.'])}\"{callee.name}\"({', '.join(arguments)})"

    def operator(self, wanted: str, depth: int) -> str:
        candidates = self.catalog.operators.get(wanted) or self.catalog.operators["bool"]
        callee = self.random.choice(candidates)
        arguments = self.arguments(callee.arguments, depth)
        name = callee.name if self.random.random() < 0.95 else f"OPERATOR(pg_catalog.{callee.name})"
        return f"({name} {arguments[0]})" if len(arguments) == 1 else f"({arguments[0]} {name} {arguments[1]})"

    def cast(self, wanted: str, depth: int) -> str:
        source = self.random.choice(self.catalog.casts.get(wanted) or ["text"]) if self.random.random() < 0.7 else self.any_type()
        inner = self.expression(source, depth)
        return self.random.choice([f"({inner})::{self.modified(wanted)}", f"CAST({inner} AS {self.modified(wanted)})"])

    def case(self, wanted: str, depth: int) -> str:
        arms = "".join(f" WHEN {self.expression('bool', depth)} THEN {self.expression(wanted, depth)}" for _ in range(self.random.randint(1, 2)))
        if self.random.random() < 0.3:
            subject = self.any_type()
            arms = f" {self.expression(subject, depth)} WHEN {self.expression(subject, depth)} THEN {self.expression(wanted, depth)}"
        otherwise = f" ELSE {self.expression(wanted, depth)}" if self.random.random() < 0.6 else ""
        return f"CASE{arms}{otherwise} END"

    def coalesce(self, wanted: str, depth: int) -> str:
        items = ", ".join(self.expression(wanted, depth) for _ in range(self.random.randint(1, 3)))
        return f"{self.random.choice(['COALESCE', 'GREATEST', 'LEAST'])}({items})"

    def nullif(self, wanted: str, depth: int) -> str:
        return f"NULLIF({self.expression(wanted, depth)}, {self.expression(wanted, depth)})"

    def subscript(self, wanted: str, depth: int) -> str:
        array = self.expression(wanted + "[]" if not wanted.endswith("[]") else wanted, depth)
        index = self.random.choice(["1", self.expression("int4", depth), "1:2", ":2", "1:", "'1'"])
        return f"({array})[{index}]"

    def collated(self, wanted: str, depth: int) -> str:
        return f"({self.expression(wanted, depth)} COLLATE {self.random.choice(COLLATIONS)})"

    def field(self, _wanted: str, depth: int) -> str:
        return self.random.choice(["(p).first", "(t.p).second", "(p).nope", f"({self.expression('pair', depth)}).first", "(frow(id)).s", "t.lc", "(t).id"])

    def subquery(self, wanted: str, depth: int) -> str:
        return self.random.choice([f"(SELECT {self.expression(wanted, depth)})", "(SELECT max(t2.id) FROM t2)", "(SELECT count(*) FROM t2 WHERE t2.id = t.id)",
                                   f"(SELECT min({self.expression(wanted, 0)}) FROM t2)", f"ARRAY(SELECT {self.expression(wanted, depth)})",
                                   f"(SELECT array_agg({self.expression(wanted, 0)} ORDER BY t2.id) FROM t2)",
                                   f"(SELECT string_agg({self.expression('text', 0)}, ',') FILTER (WHERE t2.b) FROM t2)",
                                   f"(SELECT {self.expression(wanted, depth)} UNION SELECT {self.expression(wanted, depth)})"])

    def special(self, _wanted: str, depth: int) -> str:
        def one(type_name: str) -> str:
            return self.expression(type_name, depth)
        forms: list[Callable[[], str]] = [
            lambda: f"EXTRACT({self.pick(EXTRACTED)} FROM {one(self.random.choice(['date', 'timestamp', 'timestamptz', 'time', 'interval']))})",
            lambda: f"({one(self.random.choice(['timestamp', 'timestamptz', 'timetz']))} AT TIME ZONE {one(self.random.choice(['text', 'interval']))})",
            lambda: f"SUBSTRING({one('text')} FROM {one('int4')} FOR {one('int4')})", lambda: f"SUBSTRING({one('text')} FROM {one('text')})",
            lambda: f"OVERLAY({one('text')} PLACING {one('text')} FROM {one('int4')})", lambda: f"POSITION({one('text')} IN {one('text')})",
            lambda: f"TRIM({self.pick(['', 'BOTH ', 'LEADING ', 'TRAILING '])}{one('text')} FROM {one('text')})", lambda: f"TRIM({one('text')})",
            lambda: f"NORMALIZE({one('text')}, NFC)", lambda: f"XMLELEMENT(NAME a, {one('text')})", lambda: f"XMLFOREST({one('text')} AS q)",
            lambda: f"XMLCONCAT({one('xml')})", lambda: f"ROW({one('int4')}, {one('text')})::pair", lambda: f"COLLATION FOR ({one('text')})",
            lambda: f"XMLSERIALIZE(CONTENT {one('xml')} AS text)", lambda: f"CAST({one('text')} AS {self.modified(self.any_type())})",
            lambda: f"f2({one('int4')}, c => {one('text')})", lambda: f"fv({one('int4')}, {one('int4')})", lambda: f"fv(VARIADIC {one('int4[]')})",
            lambda: f"concat({one(self.any_type())}, {one(self.any_type())})", lambda: f"fpoly({one(self.any_type())})",
            lambda: f"json_build_object({one('text')}, {one(self.any_type())})", lambda: f"to_jsonb({one(self.any_type())})"]
        return self.random.choice(forms)()

    def array(self, wanted: str, depth: int) -> str:
        element = wanted[:-2] if wanted.endswith("[]") else wanted
        items = ", ".join(self.expression(element, depth) for _ in range(self.random.randint(0, 3)))
        return f"ARRAY[{items}]" + (f"::{wanted}" if wanted.endswith("[]") and self.random.random() < 0.5 else "")

    def common(self, wanted: str, depth: int) -> str:
        left, right = self.expression(wanted, depth), self.expression(self.any_type(), depth)
        return self.random.choice([f"COALESCE({left}, {right})", f"CASE WHEN b THEN {left} ELSE {right} END", f"ARRAY[{left}, {right}]", f"({left} || {right})"])

    def comparison(self, depth: int) -> str:
        left = self.any_type()
        right = left if self.random.random() < 0.75 else self.any_type()
        return f"({self.expression(left, depth)} {self.random.choice(COMPARISONS)} {self.expression(right, depth)})"

    def in_list(self, depth: int) -> str:
        kind = self.any_type()
        items = ", ".join(self.expression(kind, self.random.choice([0, 0, depth])) for _ in range(self.random.randint(1, 4)))
        return f"({self.expression(kind, depth)} {self.random.choice(['', 'NOT '])}IN ({items}))"

    def between(self, depth: int) -> str:
        kind = self.any_type()
        how = self.random.choice(["BETWEEN", "NOT BETWEEN", "BETWEEN SYMMETRIC"])
        return f"({self.expression(kind, depth)} {how} {self.expression(kind, depth)} AND {self.expression(kind, depth)})"

    def like(self, depth: int) -> str:
        kind = self.random.choice(["text", "varchar", "bpchar", "name", "bytea", "text"])
        how = self.random.choice(["LIKE", "NOT LIKE", "ILIKE", "SIMILAR TO", "NOT SIMILAR TO", "~", "!~*"])
        escape = " ESCAPE '!'" if how.endswith(("KE", "TO")) and self.random.random() < 0.2 else ""
        return f"({self.expression(kind, depth)} {how} {self.expression('text', depth)}{escape})"

    def any_of(self, depth: int) -> str:
        kind = self.any_type()
        return (f"({self.expression(kind, depth)} {self.random.choice(COMPARISONS)} {self.random.choice(['ANY', 'ALL', 'SOME'])} "
                f"({self.expression(kind + '[]' if not kind.endswith('[]') else kind, depth)}))")

    def tests(self, depth: int) -> str:
        how = self.random.choice(["IS NULL", "IS NOT NULL", "IS TRUE", "IS NOT FALSE", "IS UNKNOWN", "IS DOCUMENT", "IS NORMALIZED", "ISNULL", "NOTNULL"])
        kind = "bool" if how in ("IS TRUE", "IS NOT FALSE", "IS UNKNOWN") else "xml" if "DOC" in how else "text" if "NORM" in how else self.any_type()
        return f"({self.expression(kind, depth)} {how})"

    def rows(self, depth: int) -> str:
        kinds = [self.any_type() for _ in range(self.random.randint(1, 3))]
        left, right = (", ".join(self.expression(kind, depth) for kind in kinds) for _ in range(2))
        return f"(ROW({left}) {self.random.choice([*COMPARISONS, 'IS DISTINCT FROM'])} ROW({right}))"

    def logic(self, depth: int) -> str:
        parts = [self.expression("bool", depth) for _ in range(self.random.randint(2, 3))]
        return self.random.choice([f"(NOT {parts[0]})", f"({' AND '.join(parts)})", f"({' OR '.join(parts)})", f"({parts[0]} AND ({parts[1]} OR {parts[0]}))"])

    def distinct(self, depth: int) -> str:
        kind = self.any_type()
        return f"({self.expression(kind, depth)} IS {self.random.choice(['', 'NOT '])}DISTINCT FROM {self.expression(kind, depth)})"

    def in_query(self, depth: int) -> str:
        kind = self.any_type()
        return self.random.choice([f"({self.expression(kind, depth)} IN (SELECT {self.expression(kind, depth)} FROM t2))", "EXISTS (SELECT 1 FROM t2 WHERE t2.id = t.id)",
                                   f"({self.expression('int4', depth)} = ANY (SELECT id FROM t2))", f"((id, s) NOT IN (SELECT t2.id, {self.expression('text', depth)} FROM t2))"])
