"""Types, constants and expressions for columns, by the category of their type."""
from __future__ import annotations

from tests.oracles.grammar.world import Column, Relation, World

TYPES = [("integer", "int"), ("int", "int"), ("bigint", "int"), ("smallint", "int"), ("text", "text"), ("text", "text"),
         ("varchar(20)", "text"), ("character varying", "text"), ("char(3)", "text"), ("numeric(10,2)", "num"), ("numeric", "num"),
         ("double precision", "num"), ("real", "num"), ("boolean", "bool"), ("timestamptz", "tstz"), ("timestamp(3)", "ts"),
         ("date", "date"), ("time", "time"), ("interval", "interval"), ("jsonb", "json"), ("json", "rawjson"), ("uuid", "uuid"),
         ("integer[]", "array"), ("text[]", "tarray"), ("bytea", "bytea"), ("inet", "inet"), ("int4range", "range"), ("bit(4)", "bit"),
         ("point", "point"), ("varchar(5)[]", "tarray"), ("oid", "oid"), ("\"char\"", "char")]

CONSTANTS = {
    "int": ["0", "1", "-1", "42", "1 + 1", "'7'", "NULL", "(2 * 3)", "length('abc')", "5::smallint", "1.7"],
    "text": ["''", "'x'", "'it''s'", "CURRENT_USER", "lower('A')", "'a' || 'b'", "E'a\\nb'", "NULL", "'abc'::varchar(2)", "7",
             "md5('a')", "'x'::text", "session_user", "concat('a', 1)"],
    "num": ["0", "1.5", "-2.25", "'3'", "1e3", "random()", "10 / 4.0", "NULL", "round(1.234, 1)", "1"],
    "bool": ["true", "false", "'t'", "NOT true", "1 = 1", "NULL", "'no'"],
    "tstz": ["now()", "CURRENT_TIMESTAMP", "'2020-01-01 00:00:00+00'", "clock_timestamp()", "now() - interval '1 day'", "NULL",
             "CURRENT_TIMESTAMP(0)", "statement_timestamp()"],
    "ts": ["LOCALTIMESTAMP", "'2020-01-01 00:00'", "timezone('utc', now())", "now()", "now() AT TIME ZONE 'UTC'", "LOCALTIMESTAMP(2)"],
    "date": ["CURRENT_DATE", "'2020-02-29'", "now()", "date '2000-01-01' + 1", "CURRENT_DATE - 7"],
    "time": ["'12:00'", "LOCALTIME", "CURRENT_TIME", "now()"],
    "interval": ["'1 day'", "interval '1 hour' * 2", "'1 year 2 mons'", "make_interval(days => 10)"],
    "json": ["'{}'", "'[]'::jsonb", "'{\"a\": 1}'", "jsonb_build_object('a', 1)", "'[1, 2]'::json::jsonb"],
    "rawjson": ["'{}'", "'[1]'::json", "to_json(1)"],
    "uuid": ["gen_random_uuid()", "'00000000-0000-0000-0000-000000000000'", "NULL"],
    "array": ["'{}'", "ARRAY[1, 2]", "ARRAY[]::integer[]", "'{1,2}'::int[]", "array_append(ARRAY[1], 2)"],
    "tarray": ["'{}'", "ARRAY['a', 'b']", "'{a,\"b c\"}'", "ARRAY[]::text[]", "string_to_array('a,b', ',')"],
    "bytea": ["'\\x00'", "''", "decode('00', 'hex')"],
    "inet": ["'127.0.0.1'", "'::1'::inet", "inet_client_addr()"],
    "range": ["'[1,10)'", "int4range(1, 2)", "'empty'"],
    "bit": ["B'1010'", "'0000'"],
    "point": ["'(0,0)'", "point(1, 2)"],
    "oid": ["0", "'1'", "'pg_class'::regclass"],
    "char": ["'a'", "'b'::\"char\""],
}
WRONG = ["'not that'", "ARRAY[1]", "true + 1", "missing_function(1)", "now()", "missing_column", "(SELECT 1)", "count(*)", "1, 2",
         "generate_series(1, 3)"]

CONDITIONS = {
    "int": ["{0} > 0", "{0} BETWEEN 1 AND 10", "{0} IN (1, 2, 3)", "{0} % 2 = 0", "{0} <> -1", "{0} = ANY (ARRAY[1, 2])", "abs({0}) < 5",
            "{0} >= 1.5", "{0} NOT IN (5)", "{0} IS DISTINCT FROM 3", "{0}::text <> '1'", "coalesce({0}, 0) > 1", "- {0} < 3"],
    "text": ["{0} <> ''", "length({0}) < 10", "{0} ~ '^a'", "{0} LIKE 'a%'", "lower({0}) = {0}", "{0} IN ('a', 'b')", "{0} IS NOT NULL",
             "char_length(trim({0})) > 0", "{0} ~* 'x' OR {0} = ''", "{0} = ANY ('{{a,b}}')", "substring({0} from 1 for 2) = 'ab'",
             "position('a' in {0}) > 0", "{0} NOT ILIKE '%b'", "{0} SIMILAR TO 'a+'", "{0} COLLATE \"C\" > 'a'", "{0} || 'x' <> 'y'"],
    "num": ["{0} > 0", "{0} >= 0.5", "{0} BETWEEN 0 AND 1", "round({0}::numeric, 1) < 10", "{0} * 2 < 100", "{0} / 2 > 1", "{0} = 1"],
    "bool": ["{0}", "NOT {0}", "{0} IS TRUE", "{0} = false", "{0} IS NOT UNKNOWN", "{0} OR true"],
    "tstz": ["{0} > '2020-01-01'", "{0} < now()", "{0} IS NOT NULL", "{0} > now() - interval '1 day'", "date_trunc('day', {0}) = {0}",
             "extract(year from {0}) > 2000", "{0} AT TIME ZONE 'UTC' < '2030-01-01'", "{0}::date > '2000-01-01'"],
    "ts": ["{0} > '2020-01-01'", "extract(dow from {0}) < 6", "date_part('hour', {0}) > 1", "{0} + interval '1 day' < 'infinity'"],
    "date": ["{0} > '2020-01-01'", "{0} <= CURRENT_DATE", "{0} - 1 < '2021-01-01'::date", "{0} BETWEEN '2000-01-01' AND '2001-01-01'"],
    "time": ["{0} > '10:00'", "extract(hour from {0}) < 12"],
    "interval": ["{0} > '1 hour'", "{0} * 2 < interval '1 day'", "justify_hours({0}) = {0}"],
    "json": ["{0} ->> 'a' = 'b'", "{0} ? 'a'", "jsonb_typeof({0}) = 'object'", "({0} -> 'a' ->> 'b')::int > 0", "{0} @> '{{}}'",
             "{0} IS NOT NULL"],
    "rawjson": ["{0} ->> 'a' IS NOT NULL", "json_typeof({0}) = 'array'"],
    "uuid": ["{0} <> '00000000-0000-0000-0000-000000000000'", "{0}::text > 'a'"],
    "array": ["cardinality({0}) > 0", "{0}[1] > 0", "1 = ANY ({0})", "{0} @> ARRAY[1]", "array_length({0}, 1) < 3", "{0} <> '{{}}'"],
    "tarray": ["'a' = ANY ({0})", "{0}[1] = 'x'", "{0} && ARRAY['a']::text[]", "array_to_string({0}, ',') <> ''"],
    "bytea": ["octet_length({0}) > 2", "{0} <> '\\x'", "length({0}) = 3"],
    "inet": ["{0} << '10.0.0.0/8'", "family({0}) = 4", "host({0}) <> ''"],
    "range": ["{0} && int4range(1, 5)", "lower({0}) > 1", "NOT isempty({0})", "{0} @> 3"],
    "bit": ["{0} <> B'0000'", "{0} & B'1111' = {0}"],
    "point": ["{0}[0] > 0", "{0} <@ box '((0,0),(1,1))'"],
    "oid": ["{0} > 0", "{0} <> 1::oid"],
    "char": ["{0} = 'a'", "{0} IN ('a', 'b')"],
}

VALUES = {
    "int": ["{0} + 1", "abs({0})", "{0} * 2", "({0} % 10)", "-{0}", "{0}::bigint", "CASE WHEN {0} > 0 THEN 1 ELSE 0 END",
            "coalesce({0}, 0)", "{0}::text"],
    "text": ["lower({0})", "upper({0}) || 'x'", "md5({0})", "length({0})", "substr({0}, 1, 2)", "coalesce({0}, '')", "{0} || '!'",
             "trim({0})",
             "nullif({0}, '')", "left({0}, 3)", "{0}::varchar(2)", "reverse({0}::text)"],
    "num": ["round({0})", "{0} * 1.5", "{0}::integer", "greatest({0}, 0)", "({0} + 1)"],
    "bool": ["NOT {0}", "{0}::int", "{0} IS TRUE"],
    "tstz": ["date_trunc('day', {0})", "({0} AT TIME ZONE 'UTC')", "({0} AT TIME ZONE 'UTC')::date", "extract(epoch from {0})",
             "{0}::text"],
    "ts": ["date_trunc('hour', {0})", "{0}::date", "extract(year from {0})", "{0} + '1 day'"],
    "date": ["{0} + 1", "extract(month from {0})", "{0}::timestamp", "date_part('year', {0})"],
    "time": ["{0} + interval '1 hour'", "extract(minute from {0})"],
    "interval": ["{0} * 2", "extract(epoch from {0})"],
    "json": ["{0} ->> 'a'", "{0} -> 'b'", "({0} ->> 'n')::int", "jsonb_typeof({0})", "{0} #>> '{{a,b}}'", "{0} || '{{}}'"],
    "rawjson": ["{0} ->> 'a'", "{0} -> 0"],
    "uuid": ["{0}::text", "md5({0}::text)"],
    "array": ["{0}[1]", "cardinality({0})", "{0} || 1", "{0}[1:2]", "array_length({0}, 1)"],
    "tarray": ["{0}[1]", "array_to_string({0}, ',')", "{0} || 'x'::text"],
    "bytea": ["octet_length({0})", "encode({0}, 'hex')"],
    "inet": ["host({0})", "masklen({0})", "{0} + 1"],
    "range": ["lower({0})", "upper({0})", "isempty({0})"],
    "bit": ["~ {0}", "length({0})"],
    "point": ["{0}[0]"],
    "oid": ["{0}::bigint"],
    "char": ["{0}::text", "ascii({0}::text)"],
}


BOUNDS = {"int": "1, 5", "text": "'a', 'b'", "tstz": "'2020-01-01 00:00:00+00', now()", "num": "-1, 2.5", "rawjson": "'1', '2'",
          "date": "'2020-01-01', CURRENT_DATE"}
"""What a range type over one of these is made of."""

OF_RANGES = {
    "constant": ["{range}({bounds})", "{range}({bounds}, '[]')", "'empty'", "NULL"],
    "condition": ["{0} && {range}({bounds})", "NOT isempty({0})", "{0} <> {range}({bounds}, '()')", "lower({0}) IS NOT NULL"],
    "value": ["lower({0})", "isempty({0})", "{0} * {range}({bounds})"],
}


def range_expression(w: World, category: str, sort: str, column: str = "") -> str:
    found = next((t for t in w.state.types if t.path == category.removeprefix("range:")), None)
    return w.pick(OF_RANGES[sort]).format(column, range=found.path, bounds=found.bounds) if found else "NULL"


def any_type(w: World) -> tuple[str, str]:
    """How a type is written, and its category; one in six is a user's."""
    if w.err():
        return w.pick(["missing_type", "nowhere.missing", "integre", "varchar(0)", "numeric(2000)", "record", "anyelement",
                       "pg_class[]"]), "text"
    types = w.state.types
    if types and w.chance(0.2):
        chosen = w.pick(types)
        suffix = w.maybe("[]", 0.1)
        return chosen.path + suffix, "user" if suffix or chosen.kind == "composite" else chosen.category or f"enum:{chosen.path}"
    return w.pick(TYPES)


def enum_literal(w: World, category: str) -> str:
    found = next((t for t in w.state.types if t.path == category.removeprefix("enum:")), None)
    return w.pick(found.labels) if found and found.labels else "'a'"


def constant(w: World, category: str) -> str:
    """A default of a type of this category."""
    if w.err():
        return w.pick(WRONG)
    if category.startswith("enum:"):
        return enum_literal(w, category)
    if category.startswith("range:"):
        return range_expression(w, category, "constant")
    if category == "int" and w.chance(0.1):
        sequences = w.of_kinds("sequence")
        if sequences:
            return f"nextval('{w.pick(sequences).path}')"
    return w.pick(CONSTANTS.get(category, ["NULL"]))


def _of_column(w: World, column: Column, table: dict[str, list[str]]) -> str:
    if column.category.startswith("enum:") and table is CONDITIONS:
        label = enum_literal(w, column.category)
        return w.pick([f"{column.name} = {label}", f"{column.name} <> {label}", f"{column.name} IN ({label})", f"{column.name} < {label}"])
    if column.category.startswith("range:"):
        return range_expression(w, column.category, "condition" if table is CONDITIONS else "value", column.name)
    return w.pick(table.get(column.category, ["{0} IS NOT NULL"])).format(column.name)


def value(w: World, relation: Relation) -> str:
    """An expression over one column, or two."""
    column = w.column(relation)
    return _of_column(w, column, VALUES)


def condition(w: World, relation: Relation) -> str:
    """A boolean expression over the columns of a relation."""
    first = _of_column(w, w.column(relation), CONDITIONS)
    choice = w.random.random()
    if choice < 0.2:
        return f"{first} {w.pick(['AND', 'OR'])} {_of_column(w, w.column(relation), CONDITIONS)}"
    if choice < 0.25:
        return f"NOT ({first})"
    if choice < 0.3:
        return f"({first}) IS NOT FALSE"
    if choice < 0.35:
        return f"CASE WHEN {first} THEN true ELSE false END"
    if choice < 0.36:
        return w.column(relation).name
    return first
