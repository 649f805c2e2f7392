// What PostgreSQL 15 answers to statements about objects of all kinds, one after another in one database: the expected
// texts are a server's.
#include <span>
#include <string>
#include <vector>

#include "engine/bootstrap.h"
#include "engine/simulate.h"
#include "tests/catch.h"

namespace {

using namespace pgplumb;

struct Expected {
  const char* sql;
  const char* sqlstate;  // empty: accepted
  const char* message;
  const char* detail;
  const char* hint;
};

// clang-format off
const Expected expected[] = {
    {"create type mood as enum ('sad', 'ok')", "", "", "", ""},
    {"create type mood as enum ('a')", "42710", "type \"mood\" already exists", "", ""},
    {"alter type mood add value 'happy' before 'nope'", "22023", "\"nope\" is not an existing enum label", "", ""},
    {"alter type mood add value if not exists 'ok'", "", "", "", ""},
    {"alter type mood rename value 'x' to 'y'", "22023", "\"x\" is not an existing enum label", "", ""},
    {"create domain posint as int check (value > 0)", "", "", "", ""},
    {"create domain keyed as int primary key", "42601", "primary key constraints not possible for domains", "", ""},
    {"alter domain posint drop constraint nosuch", "42704", "constraint \"nosuch\" of domain \"posint\" does not exist", "", ""},
    {"alter domain posint add constraint posint_check check (value < 9)", "42710", "constraint \"posint_check\" for domain \"posint\" already exists", "", ""},
    {"alter domain mood set not null", "42809", "mood is not a domain", "", ""},
    {"create function usemood(m mood) returns mood language sql as 'select m'", "", "", "", ""},
    {"drop type mood", "2BP01", "cannot drop type mood because other objects depend on it", "function usemood(mood) depends on type mood", "Use DROP ... CASCADE to drop the dependent objects too."},
    {"create function usemood(m mood) returns mood language sql as 'select m'", "42723", "function \"usemood\" already exists with same argument types", "", ""},
    {"create or replace function usemood(other mood) returns mood language sql as 'select $1'", "42P13", "cannot change name of input parameter \"m\"", "", "Use DROP FUNCTION usemood(mood) first."},
    {"create or replace function usemood(m mood) returns text language sql as 'select $1::text'", "42P13", "cannot change return type of existing function", "", "Use DROP FUNCTION usemood(mood) first."},
    {"create function two(a int, b int default 1, c int) returns int language sql as 'select 1'", "42P13", "input parameters after one with a default value must also have defaults", "", ""},
    {"create function bad() returns int language nosuch as 'x'", "42704", "language \"nosuch\" does not exist", "", ""},
    {"alter function usemood(int) rename to x", "42883", "function usemood(integer) does not exist", "", ""},
    {"drop function usemood", "", "", "", ""},
    {"create procedure proc(a int) language sql as 'select 1'", "", "", "", ""},
    {"drop function proc(int)", "42809", "proc(integer) is not a function", "", ""},
    {"create table t (id serial primary key, a int, b text)", "", "", "", ""},
    {"create function trg() returns trigger language plpgsql as 'begin return new; end'", "", "", "", ""},
    {"create trigger tg before insert on t for each row execute function usemood()", "42883", "function usemood() does not exist", "", ""},
    {"create trigger tg instead of insert on t for each row execute function trg()", "42809", "\"t\" is a table", "Tables cannot have INSTEAD OF triggers.", ""},
    {"create trigger tg before update of a on t for each row execute function trg()", "", "", "", ""},
    {"create trigger tg before update of a on t for each row execute function trg()", "42710", "trigger \"tg\" for relation \"t\" already exists", "", ""},
    {"create trigger tg2 before update of a, a on t for each row execute function trg()", "42701", "column \"a\" specified more than once", "", ""},
    {"drop function trg()", "2BP01", "cannot drop function trg() because other objects depend on it", "trigger tg on table t depends on function trg()", "Use DROP ... CASCADE to drop the dependent objects too."},
    {"drop function trg() restrict", "2BP01", "cannot drop function trg() because other objects depend on it", "trigger tg on table t depends on function trg()", "Use DROP ... CASCADE to drop the dependent objects too."},
    {"create policy p on t for select with check (a > 1)", "42601", "WITH CHECK cannot be applied to SELECT or DELETE", "", ""},
    {"create policy p on t for insert using (a > 1)", "42601", "only WITH CHECK expression allowed for INSERT", "", ""},
    {"create policy p on t using (a > 1)", "", "", "", ""},
    {"create policy p on t using (a > 1)", "42710", "policy \"p\" for table \"t\" already exists", "", ""},
    {"alter policy nosuch on t to public", "42704", "policy \"nosuch\" for table \"t\" does not exist", "", ""},
    {"drop view t", "42809", "\"t\" is not a view", "", "Use DROP TABLE to remove a table."},
    {"drop table nosuch", "42P01", "table \"nosuch\" does not exist", "", ""},
    {"drop sequence t_id_seq", "2BP01", "cannot drop sequence t_id_seq because other objects depend on it", "default value for column id of table t depends on sequence t_id_seq", "Use DROP ... CASCADE to drop the dependent objects too."},
    {"drop index t_pkey", "2BP01", "cannot drop index t_pkey because constraint t_pkey on table t requires it", "", "You can drop constraint t_pkey on table t instead."},
    {"alter table t rename to posint", "42710", "type \"posint\" already exists", "", ""},
    {"alter table t rename column a to b", "42701", "column \"b\" of relation \"t\" already exists", "", ""},
    {"alter table t rename constraint nosuch to x", "42704", "constraint \"nosuch\" for table \"t\" does not exist", "", ""},
    {"alter index t_pkey rename to t", "42P07", "relation \"t\" already exists", "", ""},
    {"alter trigger nosuch on t rename to x", "42704", "trigger \"nosuch\" for table \"t\" does not exist", "", ""},
    {"comment on column t.nosuch is 'x'", "42703", "column \"nosuch\" of relation \"t\" does not exist", "", ""},
    {"comment on constraint nosuch on t is 'x'", "42704", "constraint \"nosuch\" for table \"t\" does not exist", "", ""},
    {"comment on table nosuch is 'x'", "42P01", "relation \"nosuch\" does not exist", "", ""},
    {"create schema pg_x", "42939", "unacceptable schema name \"pg_x\"", "The prefix \"pg_\" is reserved for system schemas.", ""},
    {"create schema s create table x.y (a int)", "42P15", "CREATE specifies a schema (x) different from the one being created (s)", "", ""},
    {"create schema s", "", "", "", ""},
    {"create schema s", "42P06", "schema \"s\" already exists", "", ""},
    {"alter schema s rename to public", "42P06", "schema \"public\" already exists", "", ""},
    {"alter table t set schema nosuch", "3F000", "schema \"nosuch\" does not exist", "", ""},
    {"alter sequence t_id_seq set schema s", "0A000", "cannot move an owned sequence into another schema", "Sequence \"t_id_seq\" is linked to table \"t\".", ""},
    {"create aggregate agg(int) (sfunc = int4pl)", "42P13", "aggregate stype must be specified", "", ""},
    {"create aggregate agg(int) (sfunc = int4pl, stype = int, initcond = '0')", "", "", "", ""},
    {"drop function agg(int)", "42809", "\"agg\" is an aggregate function", "", "Use DROP AGGREGATE to drop aggregate functions."},
    {"drop aggregate nosuch(int)", "42883", "aggregate nosuch(integer) does not exist", "", ""},
    {"create operator === (leftarg = int, rightarg = int)", "42P13", "operator function must be specified", "", ""},
    {"create operator === (leftarg = int, rightarg = int, function = int4eq, negator = ===)", "42P13", "operator cannot be its own negator", "", ""},
    {"drop operator === (int, int)", "42883", "operator does not exist: integer === integer", "", ""},
    {"create cast (int as text) without function", "42P17", "source and target data types are not physically compatible", "", ""},
    {"create cast (int as bool) with inout", "42710", "cast from type integer to type boolean already exists", "", ""},
    {"drop cast (text as mood)", "42704", "cast from type text to type mood does not exist", "", ""},
    {"create role bob", "", "", "", ""},
    {"grant usage on schema s to bob", "", "", "", ""},
    {"drop role bob", "2BP01", "role \"bob\" cannot be dropped because some objects depend on it", "privileges for schema s", ""},
    {"grant select on schema s to bob", "0LP01", "invalid privilege type SELECT for schema", "", ""},
    {"grant select (nosuch) on t to bob", "42703", "column \"nosuch\" of relation \"t\" does not exist", "", ""},
    {"drop role nosuch", "42704", "role \"nosuch\" does not exist", "", ""},
    {"drop language sql", "2BP01", "cannot drop language sql because it is required by the database system", "", ""},
    {"drop type int4", "2BP01", "cannot drop type integer because it is required by the database system", "", ""},
    {"create collation c (provider = foo)", "42P17", "unrecognized collation provider: foo", "", ""},
    {"drop collation nosuch", "42704", "collation \"nosuch\" for encoding \"UTF8\" does not exist", "", ""},
    {"create publication pub with (publish = 'insert, nosuch')", "42601", "unrecognized value for publication option \"publish\": \"nosuch\"", "", ""},
    {"create server srv foreign data wrapper nosuch", "42704", "foreign-data wrapper \"nosuch\" does not exist", "", ""},
    {"drop server if exists nosuch", "", "", "", ""},
    {"create statistics st on a from t", "42P17", "extended statistics require at least 2 columns", "", ""},
    {"create statistics st on a, a from t", "42701", "duplicate column name in statistics definition", "", ""},
    {"create event trigger et on nosuch execute function trg()", "42601", "unrecognized event name \"nosuch\"", "", ""},
    {"create event trigger et on ddl_command_end execute function trg()", "42P17", "function trg must return type event_trigger", "", ""},
    {"create type comp as (x int, x text)", "42701", "column \"x\" specified more than once", "", ""},
    {"create type comp as (x int, y text)", "", "", "", ""},
    {"create table u (c comp, cs comp[])", "", "", "", ""},
    {"drop type comp", "2BP01", "cannot drop type comp because other objects depend on it", "column cs of table u depends on type comp[]\ncolumn c of table u depends on type comp", "Use DROP ... CASCADE to drop the dependent objects too."},
    {"drop type comp cascade", "", "", "", ""},
    {"create type fr as range (subtype = float8, nosuch = 1)", "42601", "type attribute \"nosuch\" not recognized", "", ""},
    {"create type fr as range (subtype = float8)", "", "", "", ""},
    {"create type fr as range (subtype = float8)", "42710", "type \"fr\" already exists", "", ""},
    {"drop schema s cascade", "", "", "", ""},
    {"create foreign data wrapper fw", "", "", "", ""},
    {"create server sv foreign data wrapper fw", "", "", "", ""},
    {"create foreign table ft (a int) server nosuch", "42704", "server \"nosuch\" does not exist", "", ""},
    {"create foreign table ft (a int primary key) server sv", "0A000", "primary key constraints are not supported on foreign tables", "", ""},
    {"create foreign table ft (a int options (o 'x'), b text) server sv options (p 'y')", "", "", "", ""},
    {"alter foreign table ft alter a options (set nosuch 'x')", "42704", "option \"nosuch\" not found", "", ""},
    {"create domain inside as int", "", "", "", ""},
    {"create type outer_type as (x inside)", "", "", "", ""},
    {"create table holder (y outer_type)", "", "", "", ""},
    {"alter domain inside add check (value > 0)", "0A000", "cannot alter type \"inside\" because column \"holder.y\" uses it", "", ""},
    {"create function wrong() returns int language sql as 'select ''x'''", "42P13", "return type mismatch in function declared to return integer", "Actual return type is text.", ""},
    {"create function wrong() returns int language sql as 'select a from nowhere'", "42P01", "relation \"nowhere\" does not exist", "", ""},
    {"create function wrong() returns int language sql as 'not even SQL'", "42601", "syntax error at or near \"not\"", "", ""},
    {"create table halves (a int) partition by list (('x'))", "42P16", "partition key column 1 has pseudo-type unknown", "", ""},
    {"create table halves (a int) partition by list ((1))", "42P17", "cannot use constant expression as partition key", "", ""},
    {"create function plus(a int) returns int language sql as 'select a + 1'", "", "", "", ""},
    {"create table halves (a int) partition by list (plus(a))", "", "", "", ""},
    {"create table joined (a int, b text generated always as (a || ' s') stored)", "", "", "", ""},
    {"create table keyed (a int, b int, unique (a) include (b))", "", "", "", ""},
    {"alter table keyed drop column b", "", "", "", ""},
    {"create publication pb for table holder where (y is not null)", "0A000", "invalid publication WHERE expression", "User-defined types are not allowed.", ""},
    {"create aggregate second_of(int4) (stype = anyarray, sfunc = array_append)", "42P13", "cannot determine transition data type", "A result of type anyarray requires at least one input of type anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange.", ""},
    {"create aggregate all_of(anyelement) (stype = anyarray, sfunc = array_append, initcond = '{}')", "42883", "function array_append(anyarray, anyelement) does not exist", "", ""},
    {"drop extension if exists nosuch", "", "", "", ""},
    {"create table plain (a int, m mood)", "", "", "", ""},
    {"create table gen (m mood, x text generated always as (m::text) stored)", "42P17", "generation expression is not immutable", "", ""},
    {"create table twice (a int, a int) with (nonsense = 1)", "22023", "unrecognized parameter \"nonsense\"", "", ""},
    {"alter table plain alter a type bigint, alter a type text", "0A000", "cannot alter type of column \"a\" twice", "", ""},
    {"alter table plain alter nosuch type bigint using other", "42703", "column \"other\" does not exist", "", ""},
    {"alter table plain alter column ctid add generated always as identity", "22023", "identity column type must be smallint, integer, or bigint", "", ""},
    {"alter table plain alter column a add generated always as identity", "55000", "column \"a\" of relation \"plain\" must be declared NOT NULL before identity can be added", "", ""},
    {"create view checked with (check_option = local) as select a from t with check option", "22023", "parameter \"check_option\" specified more than once", "", ""},
    {"create rule sel as on select to plain where old.a is not null do also delete from plain", "42P17", "ON SELECT rule cannot use OLD", "", ""},
    {"create function fs() returns int set nonsense = 1 language sql as 'select 1'", "42704", "unrecognized configuration parameter \"nonsense\"", "", ""},
    {"create table parts (a int) partition by list (a, a)", "42P17", "cannot use \"list\" partition strategy with more than one column", "", ""},
    {"create table named (m mood generated always as identity (sequence name nosuch.s))", "22023", "identity column type must be smallint, integer, or bigint", "", ""},
    {"begin", "", "", "", ""},
    {"create table plain ()", "42P07", "relation \"plain\" already exists", "", ""},
    {"savepoint one", "25P02", "current transaction is aborted, commands ignored until end of transaction block", "", ""},
    {"rollback", "", "", "", ""},
};

/// What tables, rules, families and dictionaries hang on, in a database of its own.
const Expected expected_of_uses[] = {
    {"create foreign data wrapper fw", "", "", "", ""},
    {"create server sv foreign data wrapper fw", "", "", "", ""},
    {"create function plus(a int) returns int language sql immutable as 'select a + 1'", "", "", "", ""},
    {"create domain key_type as int", "", "", "", ""},
    {"create table by_domain (a key_type, b int) partition by range (a)", "", "", "", ""},
    {"drop domain key_type", "2BP01", "cannot drop type key_type because other objects depend on it", "table by_domain depends on type key_type", "Use DROP ... CASCADE to drop the dependent objects too."},
    {"drop domain key_type cascade", "", "", "", ""},
    {"drop table by_domain", "42P01", "table \"by_domain\" does not exist", "", ""},
    {"create table by_call (a int) partition by list (plus(a))", "", "", "", ""},
    {"drop function plus(int)", "2BP01", "cannot drop function plus(integer) because other objects depend on it", "table by_call depends on function plus(integer)", "Use DROP ... CASCADE to drop the dependent objects too."},
    {"create foreign table far partition of by_call for values in (5) server sv", "", "", "", ""},
    {"drop foreign table far", "", "", "", ""},
    {"create table whole (a int) partition by range (a)", "", "", "", ""},
    {"create foreign table piece partition of whole for values from (0) to (9) server sv", "", "", "", ""},
    {"create unique index on whole (a)", "42809", "cannot create unique index on partitioned table \"whole\"", "Table \"whole\" contains partitions that are foreign tables.", ""},
    {"alter table whole add primary key (a)", "42809", "cannot create unique index on partitioned table \"whole\"", "Table \"whole\" contains partitions that are foreign tables.", ""},
    {"drop foreign table piece", "", "", "", ""},
    {"alter table whole add primary key (a)", "", "", "", ""},
    {"create foreign table piece partition of whole for values from (0) to (9) server sv", "42809", "cannot create foreign partition of partitioned table \"whole\"", "Table \"whole\" contains indexes that are unique.", ""},
    {"drop foreign table nosuch", "42704", "foreign table \"nosuch\" does not exist", "", ""},
    {"create table shown (x int, y text)", "", "", "", ""},
    {"create rule \"_RETURN\" as on select to shown do instead select 1 as x, 2 as y", "42P17", "SELECT rule's target entry 2 has different type from column \"y\"", "SELECT target entry has type integer, but column has type text.", ""},
    {"create rule \"_RETURN\" as on select to shown do instead select 1 as x", "42P17", "SELECT rule's target list has too few entries", "", ""},
    {"create rule other as on select to shown do instead select 1 as x, 'b'::text as y", "42P17", "view rule for \"shown\" must be named \"_RETURN\"", "", ""},
    {"create rule \"_RETURN\" as on select to shown do instead select 1 as x, 'b'::text as y", "", "", "", ""},
    {"drop rule \"_RETURN\" on shown", "2BP01", "cannot drop rule _RETURN on view shown because view shown requires it", "", "You can drop view shown instead."},
    {"create table shown_part partition of shown for values in (1)", "42809", "inherited relation \"shown\" is not a table or foreign table", "", ""},
    {"create table target (f1 int, f2 text)", "", "", "", ""},
    {"create rule r as on insert to target do instead insert into target values (1, 'x') returning *, 1", "42P17", "RETURNING list has too many entries", "", ""},
    {"create rule r as on insert to target do instead insert into target values (1, 'x') returning f2, f1", "42P17", "RETURNING list's entry 1 has different type from column \"f1\"", "RETURNING list entry has type text, but column has type integer.", ""},
    {"create rule r as on insert to target where new.f1 > 1 do instead insert into target values (1, 'x') returning *", "0A000", "RETURNING lists are not supported in conditional rules", "", ""},
    {"create rule r as on update to target do instead with w as (select old.*) update target set f1 = 1 from w", "0A000", "cannot refer to OLD within WITH query", "", ""},
    {"create rule \"_RETURN\" as on insert to target do nothing", "42P17", "non-view rule for \"target\" must not be named \"_RETURN\"", "", ""},
    {"create operator family fam using btree", "", "", "", ""},
    {"alter operator family fam using btree add function 4 (int4, int2) btequalimage(oid)", "42P17", "btree equal image functions must not be cross-type", "", ""},
    {"alter operator family fam using btree add function 5 (int4) btint42cmp(int4, int2)", "42P17", "invalid operator class options parsing function", "", "Valid signature of operator class options parsing function is (internal) RETURNS void."},
    {"alter operator family fam using btree add function 2 (int4) btint42cmp(int4, int2)", "42P17", "btree sort support functions must accept type \"internal\"", "", ""},
    {"alter operator & (bit, bit) set (\"Restrict\" = contsel)", "42601", "operator attribute \"Restrict\" not recognized", "", ""},
    {"create text search dictionary syn (template = synonym, casesensitive = 2)", "42601", "casesensitive requires a Boolean value", "", ""},
    {"create text search dictionary sim (template = simple, nonsense = 2)", "22023", "unrecognized simple dictionary parameter: \"nonsense\"", "", ""},
    {"create text search dictionary snow (template = snowball)", "22023", "missing Language parameter", "", ""},
    {"create function bad_config() returns int language sql set default_text_search_config = nosuch as 'select 1'", "22023", "invalid value for parameter \"default_text_search_config\": \"nosuch\"", "", ""},
    {"create sequence counter", "", "", "", ""},
    {"create view of_counter as select last_value, is_called from counter", "", "", "", ""},
    {"create table bounds (a float8) partition by range (a)", "", "", "", ""},
    {"create table bounds_low partition of bounds for values from ('-infinity') to (0)", "", "", "", ""},
    {"create table bounds_high partition of bounds for values from (0) to ('infinity')", "", "", "", ""},
    {"create table bounds_all partition of bounds for values from (1e10) to ('nan')", "42P17", "partition \"bounds_all\" would overlap partition \"bounds_high\"", "", ""},
    {"create index on target using brin (f1 int4_bloom_ops (false_positive_rate = 0.3))", "22023", "value 0.3 out of bounds for option \"false_positive_rate\"", "Valid values are between \"0.000100\" and \"0.250000\".", ""},
    {"create index on target using brin (f1 int4_minmax_ops (nonsense = 1))", "22023", "operator class int4_minmax_ops has no options", "", ""},
    {"create index on target (ctid collate \"C\")", "42804", "collations are not supported by type tid", "", ""},
    {"create statistics one (mcv) on (f1 + 1) from target", "0A000", "when building statistics on a single expression, statistics kinds may not be specified", "", ""},
    {"create table packed (a int compression pglz, b nosuch)", "42704", "type \"nosuch\" does not exist", "", ""},
    {"create table packed (a text compression nosuch, b int) with (nonsense = 1)", "22023", "unrecognized parameter \"nonsense\"", "", ""},
    {"create table packed (a text compression nosuch, check (nosuch > 1))", "22023", "invalid compression method \"nosuch\"", "", ""},
    {"alter table target alter nosuch set storage nosuch", "22023", "invalid storage type \"nosuch\"", "", ""},
    {"create materialized view unfilled as select * from target with no data", "", "", "", ""},
    {"create table filled as select * from unfilled", "55000", "materialized view \"unfilled\" has not been populated", "", "Use the REFRESH MATERIALIZED VIEW command."},
    {"create procedure atomic() language sql begin atomic create table x (a int); end", "0A000", "CREATE TABLE is not yet supported in unquoted SQL function body", "", ""},
    {"create procedure atomic() language sql begin atomic end", "", "", "", ""},
    {"create type odd_range as range (subtype = text, multirange_type_name = int)", "42710", "type \"int4\" already exists", "", ""},
    {"create table part_less (a int) partition by range (a)", "", "", "", ""},
    {"create table part_less_0 partition of part_less default", "", "", "", ""},
    {"alter table only part_less add primary key (a)", "42P16", "constraint must be added to child tables too", "Column \"a\" of relation \"part_less_0\" is not already NOT NULL.", "Do not specify the ONLY keyword."},
    {"create table row_user (x int, y text)", "", "", "", ""},
    {"create type row_used as (a int, b text)", "", "", "", ""},
    {"create index row_index on row_user ((row(x, y)::row_used))", "", "", "", ""},
    {"alter type row_used alter attribute b type varchar", "0A000", "cannot alter type \"row_used\" because column \"row_index.row\" uses it", "", ""},
};
// clang-format on

void check_outcomes(std::span<const Expected> statements) {
  std::string script;
  for (const Expected& statement : statements) script += std::string(statement.sql) + ";\n";
  catalog::SourceMap sources;
  engine::ScriptRun run;
  run.source.file = sources.add({"outcomes.sql", script, ""});
  engine::SimulateOptions options;
  options.keep_going = true;
  options.environment.major = 15;
  const engine::Simulation simulation = engine::simulate({run}, sources, engine::fresh_database(15), options);
  REQUIRE(simulation.results.size() == statements.size());
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const engine::Outcome& outcome = simulation.results[i].outcome;
    INFO(statements[i].sql);
    const bool refused = outcome.status == engine::Status::error;
    CHECK(outcome.status != engine::Status::not_simulated);
    CHECK((refused ? outcome.sqlstate : "") == statements[i].sqlstate);
    CHECK((refused ? outcome.message : "") == statements[i].message);
    CHECK(outcome.detail == statements[i].detail);
    CHECK(outcome.hint == statements[i].hint);
  }
}

}  // namespace

TEST_CASE("Statements are accepted and refused as a server does it, with its messages, details and hints") {
  check_outcomes(expected);
  check_outcomes(expected_of_uses);
}

TEST_CASE("What a later grammar took up is a syntax error of the servers before it") {
  const auto outcome = [](const char* text, int major) {
    catalog::SourceMap sources;
    engine::ScriptRun run;
    run.source.file = sources.add({"newer.sql", text, ""});
    engine::SimulateOptions options;
    options.environment.major = major;
    return engine::simulate({run}, sources, engine::fresh_database(major), options).results.back().outcome.sqlstate;
  };
  const char* newer = "create table t (a int, unique nulls not distinct (a))";
  CHECK(outcome(newer, 14) == "42601");
  CHECK(outcome(newer, 15) == "00000");
  CHECK(outcome("create function f() returns int return 1", 13) == "42601");
  CHECK(outcome("create function f() returns int return 1", 14) == "00000");
  CHECK(outcome("create table t (a int, unique (a))", 13) == "00000");
  // What the grammar refuses itself may stand behind it, or before.
  const char* newer_first = "create table t (like s including compression, a int references s match partial)";
  const char* newer_later = "create table t (a int references s match partial, like s including compression)";
  CHECK(outcome(newer_first, 13) == "42601");
  CHECK(outcome(newer_first, 14) == "0A000");
  CHECK(outcome(newer_later, 13) == "0A000");
}
