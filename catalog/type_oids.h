#pragma once
// The built-in types that PostgreSQL's own code names: pg_type_d.h's constants, equal in every major.
#include "catalog/base/ids.h"

namespace pgplumb::catalog::types {

inline constexpr Oid bool_ = 16, bytea = 17, char_ = 18, name = 19, int8 = 20, int2 = 21, int2vector = 22, int4 = 23,
                     regproc = 24, text = 25, oid = 26, tid = 27, xid = 28, cid = 29, oidvector = 30;
inline constexpr Oid json = 114, xml = 142, point = 600, lseg = 601, path = 602, box = 603, polygon = 604, line = 628,
                     cidr = 650, float4 = 700, float8 = 701, unknown = 705, circle = 718, macaddr8 = 774, money = 790,
                     macaddr = 829, inet = 869, bpchar = 1042, varchar = 1043, date = 1082, time = 1083,
                     timestamp = 1114, timestamptz = 1184, interval = 1186, timetz = 1266, bit = 1560, varbit = 1562,
                     numeric = 1700, refcursor = 1790;
inline constexpr Oid regprocedure = 2202, regoper = 2203, regoperator = 2204, regclass = 2205, regtype = 2206,
                     regconfig = 3734, regdictionary = 3769, regnamespace = 4089, regrole = 4096, regcollation = 4191;
inline constexpr Oid uuid = 2950, pg_lsn = 3220, tsvector = 3614, gtsvector = 3642, tsquery = 3615, jsonb = 3802,
                     jsonpath = 4072, txid_snapshot = 2970, pg_snapshot = 5038, xid8 = 5069;
inline constexpr Oid int4range = 3904, numrange = 3906, tsrange = 3908, tstzrange = 3910, daterange = 3912,
                     int8range = 3926, int4multirange = 4451, nummultirange = 4532, tsmultirange = 4533,
                     tstzmultirange = 4534, datemultirange = 4535, int8multirange = 4536;
inline constexpr Oid record = 2249, record_array = 2287, cstring = 2275, any = 2276, anyarray = 2277, void_ = 2278,
                     trigger = 2279, language_handler = 2280, internal = 2281, anyelement = 2283, anynonarray = 2776,
                     anyenum = 3500, fdw_handler = 3115, anyrange = 3831, event_trigger = 3838, anymultirange = 4537,
                     anycompatible = 5077, anycompatiblearray = 5078, anycompatiblenonarray = 5079,
                     anycompatiblerange = 5080, anycompatiblemultirange = 4538;
inline constexpr Oid bool_array = 1000, name_array = 1003, int4_array = 1007, int8_array = 1016, text_array = 1009,
                     oid_array = 1028, xml_array = 143, json_array = 199, numeric_array = 1231, cstring_array = 1263;

}  // namespace pgplumb::catalog::types

namespace pgplumb::catalog::collations {

inline constexpr Oid default_ = 100, c = 950, posix = 951;

}  // namespace pgplumb::catalog::collations
