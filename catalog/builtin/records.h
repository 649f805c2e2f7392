#pragma once
// The rows of PostgreSQL's catalogs, as far as analysing, printing and simulating need them. A record is named after
// its catalog and its fields after the catalog's columns (doc chapter "System Catalogs"), so what a field means stands
// there; only what differs is said here. An absent reference is oid 0, an absent text is NULL.
//
// The records lie in the block of constant bytes as they are: catalog/builtin/schema.py lists the same fields in the
// same order, and the build compares the two layouts (static_asserts that generate.py writes).
#include "catalog/base/ids.h"
#include "catalog/builtin/view.h"

namespace pgplumb::catalog::builtin {

/// pg_namespace: pg_catalog, information_schema, pg_toast and public.
struct Namespace {
  Oid oid;
  Text nspname;
};

/// pg_type, row and array types of the catalogs' relations included.
struct Type {
  Oid oid;
  Text typname;
  Oid typnamespace;
  std::int16_t typlen;
  bool typbyval;
  char typtype;  ///< b base, c composite, d domain, e enum, m multirange, p pseudo, r range
  char typcategory;
  bool typispreferred;
  bool typisdefined;
  char typdelim;
  char typalign;
  char typstorage;
  bool typnotnull;
  Oid typrelid;
  Oid typsubscript;  ///< 0 before 14, where arrays subscript by typelem and typlen alone
  Oid typelem;
  Oid typarray;
  Oid typinput, typoutput, typreceive, typsend, typmodin, typmodout;
  Oid typbasetype;
  std::int32_t typtypmod;
  std::int32_t typndims;
  Oid typcollation;
  Text typdefault;
};

/// pg_proc: functions, procedures, aggregates, window functions.
struct Proc {
  Oid oid;
  Text proname;
  Oid pronamespace;
  Oid prolang;
  float procost, prorows;
  Oid provariadic;
  char prokind;      ///< f function, p procedure, a aggregate, w window
  char provolatile;  ///< i, s, v
  char proparallel;  ///< s, r, u
  bool proleakproof, proisstrict, proretset;
  std::int16_t pronargs, pronargdefaults;
  Oid prorettype;
  Array<Oid> proargtypes;     ///< input arguments only
  Array<Oid> proallargtypes;  ///< all arguments, where some are not IN; else empty
  Array<char> proargmodes;    ///< i o b v t, beside proallargtypes
  Array<Text> proargnames;    ///< empty when no argument has a name
  Text proargdefaults;        ///< as pg_get_expr prints the list: comma-separated expressions of the last arguments
  Text prosrc;                ///< the C function of an internal function, NULL where it is called as proname; else NULL
};

/// pg_aggregate.
struct Aggregate {
  Oid aggfnoid;
  Oid aggtransfn, aggfinalfn, aggsortop, aggtranstype;
  char aggkind;  ///< n normal, o ordered-set, h hypothetical-set
  std::int16_t aggnumdirectargs;
};

/// pg_operator.
struct Operator {
  Oid oid;
  Text oprname;
  Oid oprnamespace;
  char oprkind;  ///< b infix, l prefix; r postfix only in 13
  bool oprcanmerge, oprcanhash;
  Oid oprleft, oprright, oprresult, oprcom, oprnegate, oprcode, oprrest, oprjoin;
};

/// pg_cast.
struct Cast {
  Oid castsource, casttarget, castfunc;
  char castcontext;  ///< e explicit, a assignment, i implicit
  char castmethod;   ///< f function, b binary-coercible, i input and output functions
};

/// pg_am. The last five are what pg_indexam_has_property() answers, false for table access methods.
struct AccessMethod {
  Oid oid;
  Text amname;
  Oid amhandler;
  char amtype;  ///< i index, t table
  bool can_order, can_unique, can_multi_col, can_exclude, can_include;
};

/// pg_opfamily.
struct OperatorFamily {
  Oid oid;
  Oid opfmethod;
  Text opfname;
  Oid opfnamespace;
};

/// pg_opclass.
struct OperatorClass {
  Oid oid;
  Oid opcmethod;
  Text opcname;
  Oid opcnamespace, opcfamily, opcintype;
  bool opcdefault;
  Oid opckeytype;
};

/// pg_amop: an operator's membership in a family.
struct FamilyOperator {
  Oid amopfamily, amoplefttype, amoprighttype;
  std::int16_t amopstrategy;
  char amoppurpose;  ///< s search, o ordering
  Oid amopopr, amopmethod, amopsortfamily;
};

/// pg_amproc: a family's support function.
struct FamilyFunction {
  Oid amprocfamily, amproclefttype, amprocrighttype;
  std::int16_t amprocnum;
  Oid amproc;
};

/// pg_collation, without those that initdb reads from the operating system: which of them exist depends on the
/// machine. ICU's are here as far as the servers of all majors have them.
struct Collation {
  Oid oid;
  Text collname;
  Oid collnamespace;
  char collprovider;  ///< d default, b builtin, c libc, i icu
  bool collisdeterministic;
  std::int32_t collencoding;    ///< -1 any
  Text collcollate, collctype;  ///< NULL for icu and builtin
  Text colllocale;              ///< the ICU or builtin locale, whichever column the major keeps it in
};

/// pg_language: internal, c, sql and plpgsql.
struct Language {
  Oid oid;
  Text lanname;
  bool lanispl, lanpltrusted;
  Oid lanplcallfoid, laninline, lanvalidator;
};

/// pg_range. rngmultitypid is 0 in 13.
struct Range {
  Oid rngtypid, rngsubtype, rngmultitypid, rngcollation, rngsubopc, rngcanonical, rngsubdiff;
};

/// pg_class: tables and views, and composite types of extensions; neither indexes nor TOAST tables.
struct Relation {
  Oid oid;
  Text relname;
  Oid relnamespace;
  Oid reltype;
  char relkind;  ///< r table, v view, c composite type
  bool relisshared;
};

/// pg_attribute, of the relations above; no system columns.
struct Attribute {
  Oid attrelid;
  Text attname;
  Oid atttypid;
  std::int32_t atttypmod;
  std::int16_t attnum;
  bool attnotnull;
  Oid attcollation;
};

/// pg_conversion.
struct Conversion {
  Oid oid;
  Text conname;
  Oid connamespace;
  std::int32_t conforencoding, contoencoding;
  Oid conproc;
  bool condefault;
};

/// pg_ts_parser.
struct TsParser {
  Oid oid;
  Text prsname;
  Oid prsnamespace, prsstart, prstoken, prsend, prsheadline, prslextype;
};

/// What ts_token_type() answers for a parser.
struct TsTokenType {
  Oid parser;
  std::int32_t tokid;
  Text alias;
};

/// pg_ts_template.
struct TsTemplate {
  Oid oid;
  Text tmplname;
  Oid tmplnamespace, tmplinit, tmpllexize;
};

/// pg_ts_dict.
struct TsDictionary {
  Oid oid;
  Text dictname;
  Oid dictnamespace, dicttemplate;
  Text dictinitoption;
};

/// pg_ts_config.
struct TsConfig {
  Oid oid;
  Text cfgname;
  Oid cfgnamespace, cfgparser;
};

/// pg_ts_config_map.
struct TsConfigMap {
  Oid mapcfg;
  std::int32_t maptokentype, mapseqno;
  Oid mapdict;
};

/// pg_foreign_data_wrapper: none is built in, extensions bring them.
struct ForeignDataWrapper {
  Oid oid;
  Text fdwname;
  Oid fdwhandler, fdwvalidator;
};

/// pg_transform: none is built in, extensions bring them.
struct Transform {
  Oid oid;
  Oid trftype, trflang, trffromsql, trftosql;
};

/// pg_tablespace.
struct Tablespace {
  Oid oid;
  Text spcname;
};

/// pg_authid: the predefined roles, without the bootstrap superuser, whose name initdb is told.
struct Role {
  Oid oid;
  Text rolname;
  bool rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls;
  Array<Oid> member_of;  ///< pg_auth_members.roleid
};

/// pg_get_keywords().
struct Keyword {
  Text word;
  char catcode;    ///< U unreserved, C column name, T type or function name, R reserved
  bool barelabel;  ///< usable as a column label without AS; false in 13, which has no such thing
};

/// pg_settings, and what SET makes of the parameter's value.
struct Setting {
  Text name;              ///< as PostgreSQL spells it; names compare without regard to case
  Text vartype;           ///< bool, enum, integer, real, string
  Text context;           ///< internal, postmaster, sighup, superuser-backend, backend, superuser, user
  Text unit;              ///< B, kB, 8kB, MB, ms, s, min, or NULL
  Text min_val, max_val;  ///< NULL but for numbers
  Array<Text> enumvals;
  Text boot_val;    ///< NULL also where it depends on how the server was built
  bool list_input;  ///< SET takes several values
  bool list_quote;  ///< and each is an identifier: stored, and printed by pg_get_functiondef, quoted one by one
};

/// A condition name that PL/pgSQL knows (doc appendix "PostgreSQL Error Codes"): errors only, neither success nor
/// warnings. One name may have several codes.
struct Condition {
  Text condname;
  Text sqlstate;  ///< five characters
};

}  // namespace pgplumb::catalog::builtin
