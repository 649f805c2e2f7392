DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public;
DROP SCHEMA IF EXISTS other CASCADE;
CREATE SCHEMA other;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy day');
CREATE TYPE pair AS (first int, second text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN short AS varchar(10);
CREATE DOMAIN amounts AS numeric(10,2)[];
CREATE TYPE floatrange AS RANGE (subtype = float8);
CREATE SEQUENCE counter;
CREATE SEQUENCE other.counter;
CREATE TABLE t (
  id int PRIMARY KEY, i2 smallint, i8 bigint, n numeric, n2 numeric(10,2), f4 real, f8 double precision, b boolean,
  s text, v varchar(20), c char(5), nm name, ch "char", d date, tm time, tmz timetz, ts timestamp, tz timestamptz,
  iv interval, u uuid, j json, jb jsonb, by bytea, bi bit(4), vb bit varying, ia int[], sa text[], va varchar(10)[],
  na numeric[], m mood, ma mood[], p pair, pos positive, sh short, am amounts, ir int4range, tr tstzrange, dr daterange,
  fr floatrange, ip inet, cd cidr, mac macaddr, mo money, pt point, bx box, o oid, rc regclass, tv tsvector, tq tsquery,
  x xml, "Odd Name" int, lc text COLLATE "C");
CREATE TABLE t2 (id int PRIMARY KEY, t_id int REFERENCES t, s text, n numeric(10,2), d date, v varchar(20), b boolean);
CREATE TABLE t3 (id int, name text, v varchar(30), c numeric);
CREATE TABLE other.t4 (id bigint, id2 int, label text);
CREATE VIEW tv AS SELECT id, s, v, n2 FROM t;
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION f(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION f2(a int, b int DEFAULT 2, c text DEFAULT 'x') RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION fv(VARIADIC int[]) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION fpoly(anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION fout(a int, OUT x int, OUT y text) LANGUAGE sql AS 'SELECT 1, ''a''::text';
CREATE FUNCTION ftab(a int) RETURNS TABLE (k int, l text) LANGUAGE sql AS 'SELECT 1, ''a''::text';
CREATE FUNCTION fset(int) RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION frow(int) RETURNS t2 LANGUAGE sql AS 'SELECT * FROM t2 LIMIT 1';
CREATE FUNCTION frec(int) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION other.g(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION eqpair(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
CREATE OPERATOR other.|+| (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);
CREATE AGGREGATE mysum(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
