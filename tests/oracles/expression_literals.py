"""Texts of every literal type, valid in all the input styles that PostgreSQL knows, and invalid ones."""
from __future__ import annotations

import random

NUMBERS = ["0", "1", "-1", "42", " 7 ", "007", "32767", "32768", "2147483647", "2147483648", "-9223372036854775808", "1.5", "-1.50",
           ".5", "1e5", "1E-3", "NaN", "Infinity", "-inf", "1e400", "x", "", "1 2", "0x1F", "1_000", "+3", "--1"]
DATES = ["2020-01-31", "2020-1-1", "1999-12-31 BC", "Jan 8, 1999", "8 January 1999", "1999 Jan 8", "19990108", "990108", "1/8/1999",
         "1/18/1999", "18/1/1999", "08-Jan-99", "Jan-08-1999", "1999.008", "J2451187", "infinity", "-infinity", "epoch", "2020-02-30",
         "2020-13-01", "Mon Jan 6 2020", "2020-01-01 10:20", "0001-01-01", "5874897-12-31", "5874898-01-01", "yesterdayish", "99-Jan-08",
         "January", "2020", "2020-1", "May 1 10:00", "1 BC"]
TIMES = ["04:05:06.789", "04:05:06", "04:05", "040506", "04:05 AM", "04:05 PM", "12:00 AM", "12:01 PM", "24:00:00", "24:00:01", "25:00",
         "23:59:60", "04:05:06.7890123", "allballs", "4", "4 pm", "10:20:30.", "10:61", "2020-01-01 04:05:06", "T10:00", "13:00 PM", "0405"]
ZONES = ["", "Z", "+00", "-08", "+05:30", "-0800", "+1:2:3", " UTC", " PST", " EST", " CEST", " EDT", "+16", "+05:60", " zulu", " GMT",
         " XYZ", " BST", " IST", " GMT+0", " Etc/UTC"]  # a place's zone takes a database of places: its literals stay unresolved
INTERVALS = ["1 day", "1 year 2 months 3 days 4 hours 5 minutes 6 seconds", "-1 mon +2 days", "1.5 hours", "1.5 months", "0.5 years", "2 weeks",
             "1.5 weeks", "P1Y2M3DT4H5M6S", "P1Y", "PT1.5H", "P0001-02-03T04:05:06", "P20010203T040506", "1-2", "-1-2", "1-2 3 4:05:06",
             "3 4:05", "4:05:06.7", "-4:05", "1 day ago", "@ 1 minute", "1 decade", "2 centuries", "1 millennium", "100 ms", "7 usec", "30",
             "1 mons", "1 hour 30", "1 fortnight", "", "day", "1 1", "1 day 1 day", "P", "PT", "P1H", "infinity", "1.234567891 s",
             "1 year -1 month 0.5 day", "1:2:3 4", "10 s 5 ms", "2147483648 months", "1.25 decade", "1 day -00:30", "ago 1 day"]
RANGES = ["empty", "[{0},{1}]", "[{0},{1})", "({0},{1}]", "({0},{1})", "[{0},)", "(,{1}]", "(,)", "[{1},{0}]", "[{0},{0}]", "({0},{0})",
          " [ {0} , {1} ) ", "[{0}", "{0},{1}", "[{0},{1},{1}]", "[\"{0}\",\"{1}\")"]
MULTIRANGES = ["{{}}", "{{[{0},{1})}}", "{{[{0},{1}),[{1},)}}", "{{[{1},),(,{0})}}", "{{[{0},{1}],[{0},{1})}}", "{{empty}}", "{{[{0},{1})", "[{0},{1})",
               " {{ [{0},{1}) , empty }} "]
TEXTS = ["", "a", "abc", "it's", "a b", "\\", "\\x41", "NULL", "ü", "日本", "(1,2)", "{}", "%", "a%b_", "\"q\"", "  pad  ", "x" * 30]
BY_TYPE: dict[str, list[str]] = {
    "bool": ["t", "f", "true", "FALSE", "yes", "n", "on", "of", "off", "o", "1", "0", "2", " true ", ""],
    "int2": NUMBERS, "int4": NUMBERS, "int8": NUMBERS, "float4": NUMBERS + ["3.4e38", "3.5e38", "1e-45", "1e-50", "1.1", "16777217"],
    "float8": NUMBERS + ["1e308", "1e309", "1e-320", "0.1", "123456789012345678", "1e15", "1e16", "0.0001", "0.00001", "-0"],
    "numeric": NUMBERS + ["1.00e2", "123456789012345678901234567890.123", "-0", "0.0", "1e-10", "1.5e3"],
    "oid": NUMBERS, "text": TEXTS, "varchar": TEXTS, "bpchar": TEXTS, "name": TEXTS + ["n" * 70], "\"char\"": ["a", "", "abc", "\\", "1"],
    "bytea": ["abc", "\\xDEADBEEF", "\\x", "\\xabc", "\\000\\047", "a\\\\b", "\\9", "\\xg0", "\\x12 34"],
    "bit": ["1010", "b1", "xF", "2", "", "X1f", "B01"], "varbit": ["1010", "b1", "xF", "2", "", "X1f"],
    "date": DATES, "time": TIMES, "timestamptz": [], "timetz": [], "timestamp": [], "interval": INTERVALS,
    "uuid": ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}", "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11", "a0ee", "",
             "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g", "a0eebc99--9c0b4ef8bb6d6bb9bd380a11"],
    "json": ["{}", "[1, 2]", "{\"a\" :1}", "\"x\"", "1.50", "null", "{a}", "", "[1,]", "tru", "\"\\u00e4\"", " 1 ", "01", "{\"a\":1,\"a\":2}"],
    "jsonb": ["{}", "[1,2]", "{\"bb\":1,\"a\":2,\"a\":3}", "\"x\\n\"", "1.50", "1e3", "null", "{a}", "", "[1,]", "\"\\u00e4\\ud83d\\ude00\"", "-0",
              "{\"a\":{\"b\":[]}}", "\"\\u0000\""],
    "jsonpath": ["$", "$.a.b", "strict $.a[*]", "lax $.\"a b\"", "$.a[0 to last].size()", "$ ? (@.a > 1 && @.b == \"x\")", "$.**{1 to 3}.a", "$.**",
                 "-1", "1 + 2 * 3", "(1 + 2) * 3", "$.a ? (exists (@.b))", "$ ? (!(@ == 1))", "$ ? ((@ > 1) is unknown)", "@", "last", "$.", "",
                 "$.a like_regex \"^a\"", "$.a starts with \"b\"", "$.type()", "$var", "$.a.datetime()", "$.a[1,2 to 3]", "$.*", "$.a == 1",
                 "$[*] ? (@ like_regex \"a\" flag \"i\")", "1.5", "true", "null", "\"s\"", "$.a.abs().floor()", "-$.a", "$.a || $.b", "$.keyvalue().key"],
    "inet": ["192.168.0.1", "192.168.0.1/24", "10.0.0.0/8", "::1", "2001:db8::/32", "1.2.3", "1.2.3.4/33", "x", "::ffff:1.2.3.4", "1.2.3.256", ""],
    "cidr": ["192.168.0.0/24", "192.168.0.1/24", "10", "10.1", "192.168", "224", "2001:db8::/32", "::1", "1.2.3.4", "x"],
    "macaddr": ["08:00:2b:01:02:03", "08-00-2b-01-02-03", "08002b:010203", "08002b-010203", "0800.2b01.0203", "08002b010203", "8:0:2b:1:2:3", "x",
                "08:00:2b:01:02", "08:00:2b:01:02:03:04", "08:00:2b:01:02:100"],
    "macaddr8": ["08:00:2b:01:02:03:04:05", "08002b0102030405", "08:00:2b:01:02:03", "0800.2b01.0203.0405", "x", "08:00-2b:01:02:03"],
    "money": ["12.34", "$1,234.56", "-5", "(3.456)", "1234567.895", "x", "", "$ 1", "+1", "1-", "92233720368547758.07", "92233720368547758.08"],
    "point": ["(1,2)", "1,2", " ( 1.5 , -2e3 ) ", "(1)", "(1,2", "(NaN,inf)", "x"], "lseg": ["[(1,2),(3,4)]", "((1,2),(3,4))", "1,2,3,4", "(1,2),(3,4)", "[1,2]"],
    "box": ["(1,2),(3,4)", "((3,4),(1,2))", "1,2,3,4", "(3,2),(1,4)", "[(1,2),(3,4)]", "(1,2)"],
    "path": ["[(1,2),(3,4)]", "((1,2),(3,4))", "(1,2),(3,4)", "1,2,3,4", "(1,2)", "[1,2,3]"],
    "polygon": ["((1,2),(3,4),(5,6))", "(1,2),(3,4)", "1,2,3,4", "[(1,2)]", "(1,2)"],
    "line": ["{1,-1,0}", "[(1,2),(3,4)]", "(1,2),(1,4)", "(1,2),(3,2)", "{0,0,1}", "(1,2),(1,2)", "{1,2}"],
    "circle": ["<(1,2),3>", "((1,2),3)", "(1,2),3", "1,2,3", "<(1,2),-3>", "<(1,2)>"],
    "tsvector": ["a fat cat", "a:1 b:2A,3", "'it''s' x", "b a b", "a:3,1B,3C", "a:0", "a:", "'open", "", "\\a b", "a:20000", "x:1A2"],
    "tsquery": ["a & b", "a | b & !c", "(a | b) & c", "a <-> b", "a <3> b <-> c", "a:*", "a:AB", "'it''s'", "!!a", "a &", "", "a b", "(a", "!(a & b)",
                "a <-> (b <-> c)", "a:*d & b", "a&b|c"],
    "pg_lsn": ["0/0", "16/B374D848", "ffffffff/1", "x", "1/", "123456789/0"], "xid8": ["1", "-1", "x", "18446744073709551615"],
    "xid": ["1", "4294967295", "4294967296", "x"], "cid": ["1", "x"], "tid": ["(1,2)", "(1,2", "( 1,2)", "(1,70000)"],
    "txid_snapshot": ["10:20:10,14,15", "10:20:", "20:10:", "x"], "int2vector": ["1 2 3", "", "1 x", "70000"], "oidvector": ["1 2", "", "x"],
    "regclass": ["t", "public.t", "pg_class", "nope", "counter", "other.counter", "1259", "a.b.c.d", "-"], "regtype": ["int4", "integer[]", "varchar", "nope", "mood"],
    "regproc": ["now", "nope", "pg_catalog.now", "lower"], "regprocedure": ["lower(text)", "now()", "nope()", "lower"],
    "regnamespace": ["public", "pg_catalog", "nope"], "regconfig": ["english", "simple", "nope"], "regcollation": ["\"C\"", "nope"],
    "mood": ["sad", "ok", "happy day", "bad", ""], "pair": ["(1,a)", "(,)", "(1)", "(1,\"a b\")", "(x,y)", "(1,a,b)", " (1,b) "],
    "positive": ["1", "x"], "short": ["abc", "abcdefghijklmn"], "amounts": ["{1.5}", "x"],
}


def moment(source: random.Random) -> str:
    return f"{source.choice(DATES)}{source.choice([' ', 'T', ' '])}{source.choice(TIMES)}{source.choice(ZONES)}"


def bounds_of(source: random.Random, type_name: str) -> tuple[str, str]:
    if type_name.startswith("date"):
        return source.choice([("2020-01-01", "2020-2-1"), ("infinity", "2020-01-01"), ("Jan 1 2020", "2021-01-01")])
    if type_name.startswith("ts"):
        return source.choice([("2020-01-01", "2020-02-01 10:00"), ("2020-01-01 00:00+02", "infinity")])
    return source.choice([("1", "5"), ("-3", "10"), ("2", "2"), ("x", "1"), ("1.5", "2.25") if type_name[:3] in ("num", "flo") else ("7", "9")])


# An array holds names as text: those of a schema's own objects, which may be renamed, stay unresolved.
BUILT_IN_NAMES = {"regclass": ["pg_class", "pg_catalog.pg_type", "nope"], "regtype": ["int4", "integer[]", "varchar", "nope"]}


def array_text(source: random.Random, element: str) -> str:
    items = [source.choice(['"{}"', "{}"]).format((source.choice(BUILT_IN_NAMES[element]) if element in BUILT_IN_NAMES else literal_text(source, element)).replace("\\", "\\\\").replace('"', '\\"'))
             for _ in range(source.randint(0, 3))]
    body = "{" + ",".join(items + (["NULL"] if source.random() < 0.2 else [])) + "}"
    return source.choice([body, body, body, f"{{{body},{body}}}", f"[2:{len(items) + 1}]={body}", body[:-1], body.replace(",", " , ")])


def literal_text(source: random.Random, type_name: str) -> str:
    """The text between the quotes, most often valid for the type."""
    if type_name.endswith("[]"):
        return array_text(source, type_name[:-2])
    if type_name.endswith("multirange"):
        return source.choice(MULTIRANGES).format(*bounds_of(source, type_name))
    if type_name.endswith("range"):
        return source.choice(RANGES).format(*bounds_of(source, type_name))
    if type_name in ("timestamp", "timestamptz"):
        return source.choice(DATES) if source.random() < 0.3 else moment(source)
    if type_name == "timetz":
        return source.choice(TIMES) + source.choice(ZONES)
    return source.choice(BY_TYPE.get(type_name, TEXTS))


def quoted(source: random.Random, text: str) -> str:
    if "\\" in text and source.random() < 0.3:
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
    return "'" + text.replace("'", "''") + "'"
