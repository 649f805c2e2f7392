-- At least one object of every kind, with the features of each major from the line "-- since N" on that precede it:
-- a statement ends at an empty line. Roles belong to the cluster: the test makes them with names of its own (:owner:,
-- :reader:, :admin:).
CREATE SCHEMA shop

COMMENT ON SCHEMA shop IS 'what we sell'

CREATE SCHEMA "Odd ""names"""

CREATE EXTENSION hstore WITH SCHEMA shop

CREATE EXTENSION postgres_fdw

CREATE TYPE shop.mood AS ENUM ('sad', 'ok', 'happy')

ALTER TYPE shop.mood ADD VALUE 'fine' BEFORE 'happy'

CREATE TYPE shop.point3 AS (x numeric(10,2), y double precision, "Z" text COLLATE "C")

COMMENT ON TYPE shop.point3 IS 'a composite type'

COMMENT ON COLUMN shop.point3.x IS 'an attribute'

CREATE DOMAIN shop.price AS numeric(12,2) DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0)

CREATE DOMAIN shop.prices AS shop.price[]

COMMENT ON CONSTRAINT positive ON DOMAIN shop.price IS 'no gifts'

CREATE TYPE shop.spans AS RANGE (subtype = timestamp with time zone)

-- since 14
CREATE TYPE shop.lengths AS RANGE (subtype = float8, multirange_type_name = shop.many_lengths)

CREATE COLLATION shop.german (provider = icu, locale = 'de-u-co-phonebk', deterministic = false)

CREATE COLLATION shop.plain (lc_collate = 'C', lc_ctype = 'C')

-- since 16
CREATE COLLATION shop.ruled (provider = icu, locale = 'und', rules = '&a < g')

-- since 17
CREATE COLLATION shop.built_in (provider = builtin, locale = 'C.UTF-8')

CREATE CONVERSION shop.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8

CREATE SEQUENCE shop.numbers AS smallint START WITH 5 INCREMENT BY 5 MAXVALUE 500 CYCLE

CREATE TABLE shop.customers (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100) PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  mood shop.mood DEFAULT 'ok' NOT NULL,
  moods shop.mood[],
  home shop.point3,
  balance shop.price,
  tags shop.hstore,
  born date CHECK (born > '1900-01-01'),
  email varchar(80) UNIQUE,
  full_name text GENERATED ALWAYS AS (upper(name)) STORED,
  CONSTRAINT named CHECK (length(name) > 0) NO INHERIT
) WITH (fillfactor = 80, toast.autovacuum_enabled = false)

CREATE TABLE shop.orders (
  id serial,
  customer bigint NOT NULL REFERENCES shop.customers ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  amount numeric(12,2) DEFAULT 1.5,
  placed tstzrange,
  note text DEFAULT 'none',
  PRIMARY KEY (id),
  EXCLUDE USING gist (placed WITH &&) WHERE (amount > 10)
)

ALTER TABLE shop.orders ALTER COLUMN note SET STORAGE EXTERNAL, ALTER COLUMN note SET STATISTICS 77, ALTER COLUMN note SET (n_distinct = 5)

ALTER TABLE shop.orders REPLICA IDENTITY FULL

-- since 14
ALTER TABLE shop.orders ALTER COLUMN note SET COMPRESSION pglz

-- since 15
ALTER TABLE shop.orders ADD CONSTRAINT once UNIQUE NULLS NOT DISTINCT (note), ADD FOREIGN KEY (customer) REFERENCES shop.customers ON DELETE SET NULL (customer)

-- since 18
CREATE TABLE shop.newest (a int, b int4range, c int4range, v int GENERATED ALWAYS AS (a * 2) VIRTUAL, CONSTRAINT no_overlap UNIQUE (c, b WITHOUT OVERLAPS), CONSTRAINT weak CHECK (a > 0) NOT ENFORCED, CONSTRAINT has_a NOT NULL a)

CREATE TABLE shop.parent (a int, b text) PARTITION BY RANGE (a, lower(b))

CREATE TABLE shop.child PARTITION OF shop.parent FOR VALUES FROM (1, 'a') TO (10, 'z')

CREATE TABLE shop.other_child PARTITION OF shop.parent DEFAULT

CREATE TABLE shop.base (a int, b int)

CREATE TABLE shop.heir (c int) INHERITS (shop.base)

CREATE TABLE shop.typed OF shop.point3

CREATE UNLOGGED TABLE shop.scratch (a int)

CREATE TABLE "Odd ""names"""."a
b" ("select" int, "ä€😀" text, "x.y" text)

CREATE INDEX customers_idx ON shop.customers USING btree (lower(name) COLLATE "C" text_pattern_ops DESC NULLS LAST, id) INCLUDE (email) WHERE mood <> 'sad'

CREATE INDEX tags_idx ON shop.customers USING gist (tags shop.gist_hstore_ops (siglen = 32))

CREATE INDEX parent_idx ON shop.parent (a)

COMMENT ON INDEX shop.customers_idx IS 'an index'

CREATE STATISTICS shop.together (dependencies, mcv) ON name, email FROM shop.customers

ALTER STATISTICS shop.together SET STATISTICS 50

-- since 14
CREATE STATISTICS shop.expressions ON lower(name), email FROM shop.customers

CREATE VIEW shop.happy WITH (security_barrier = true) AS SELECT id, name AS "Name" FROM shop.customers WHERE mood = 'happy' WITH LOCAL CHECK OPTION

CREATE MATERIALIZED VIEW shop.totals AS SELECT customer, sum(amount) AS total FROM shop.orders GROUP BY customer WITH NO DATA

CREATE UNIQUE INDEX ON shop.totals (customer)

CREATE FUNCTION shop.twice(a integer, b integer DEFAULT 2, OUT c integer) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'SELECT a * b'

COMMENT ON FUNCTION shop.twice(integer, integer) IS 'multiplies'

-- since 14
CREATE FUNCTION shop.modern(a shop.mood) RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC SELECT name FROM shop.customers WHERE mood = a; END

CREATE FUNCTION shop.lines(VARIADIC words text[]) RETURNS TABLE (word text, n bigint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, shop AS $$BEGIN RETURN QUERY SELECT w, count(*) FROM unnest(words) w GROUP BY w; END$$

CREATE PROCEDURE shop.tidy(INOUT n integer) LANGUAGE plpgsql AS 'BEGIN n := 1; END'

CREATE FUNCTION shop.ranked() RETURNS bigint LANGUAGE internal WINDOW AS 'window_rank'

CREATE AGGREGATE shop.product(double precision) (sfunc = float8mul, stype = double precision, initcond = '1')

CREATE AGGREGATE shop.median(double precision ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra)

COMMENT ON AGGREGATE shop.product(double precision) IS 'multiplies all'

CREATE FUNCTION shop.same(shop.mood, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'

CREATE OPERATOR shop.=== (LEFTARG = shop.mood, RIGHTARG = integer, FUNCTION = shop.same, COMMUTATOR = OPERATOR(shop.====), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES)

CREATE OPERATOR shop.!!! (RIGHTARG = integer, FUNCTION = pg_catalog.int4abs)

CREATE FUNCTION shop.compare(shop.point3, shop.point3) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0'

CREATE FUNCTION shop.before(shop.point3, shop.point3) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT false'

CREATE OPERATOR shop.<<< (LEFTARG = shop.point3, RIGHTARG = shop.point3, FUNCTION = shop.before)

CREATE OPERATOR FAMILY shop.point_family USING btree

CREATE OPERATOR CLASS shop.point_ops DEFAULT FOR TYPE shop.point3 USING btree FAMILY shop.point_family AS OPERATOR 1 shop.<<<, FUNCTION 1 shop.compare(shop.point3, shop.point3)

ALTER OPERATOR FAMILY shop.point_family USING btree ADD OPERATOR 2 shop.=== (shop.mood, integer)

CREATE FUNCTION shop.to_mood(text) RETURNS shop.mood LANGUAGE sql IMMUTABLE AS 'SELECT ''ok''::shop.mood'

CREATE CAST (text AS shop.mood) WITH FUNCTION shop.to_mood(text) AS ASSIGNMENT

CREATE CAST (shop.mood AS bytea) WITH INOUT

COMMENT ON CAST (text AS shop.mood) IS 'a cast'

CREATE FUNCTION shop.in_base(cstring) RETURNS shop.base_thing LANGUAGE internal IMMUTABLE STRICT AS 'textin'

CREATE FUNCTION shop.out_base(shop.base_thing) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'

CREATE TYPE shop.base_thing (INPUT = shop.in_base, OUTPUT = shop.out_base, INTERNALLENGTH = VARIABLE, STORAGE = extended, CATEGORY = 'S', COLLATABLE = true)

CREATE TYPE shop.shell

CREATE FUNCTION shop.from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'int4recv'

CREATE TRANSFORM FOR shop.hstore LANGUAGE plpgsql (FROM SQL WITH FUNCTION shop.from_sql(internal))

CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler

CREATE ACCESS METHOD tree TYPE INDEX HANDLER bthandler

CREATE TABLE shop.elsewhere (a int) USING heap_too

CREATE LANGUAGE plsample HANDLER plpgsql_call_handler

CREATE RULE no_delete AS ON DELETE TO shop.base WHERE old.a > 5 DO INSTEAD NOTHING

COMMENT ON RULE no_delete ON shop.base IS 'a rule'

CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'

CREATE TRIGGER touched BEFORE UPDATE OF name, mood ON shop.customers FOR EACH ROW WHEN (old.name IS DISTINCT FROM new.name) EXECUTE FUNCTION shop.touch('one', 'it''s', '')

CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON shop.orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.touch()

CREATE TRIGGER counted AFTER DELETE ON shop.orders REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION shop.touch()

ALTER TABLE shop.orders DISABLE TRIGGER counted

CREATE TRIGGER on_parent AFTER INSERT ON shop.parent FOR EACH ROW EXECUTE FUNCTION shop.touch()

ALTER TABLE shop.child DISABLE TRIGGER on_parent

ALTER TABLE shop.customers ENABLE ROW LEVEL SECURITY

CREATE POLICY own ON shop.customers AS RESTRICTIVE FOR UPDATE TO :reader:, PUBLIC USING (name = current_user) WITH CHECK (id > 0)

CREATE FUNCTION shop.log() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'

CREATE EVENT TRIGGER logged ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION shop.log()

ALTER EVENT TRIGGER logged DISABLE

CREATE TEXT SEARCH PARSER shop.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline)

CREATE TEXT SEARCH TEMPLATE shop.simple_too (INIT = dsimple_init, LEXIZE = dsimple_lexize)

CREATE TEXT SEARCH DICTIONARY shop.stems (TEMPLATE = snowball, language = 'english')

CREATE TEXT SEARCH CONFIGURATION shop.search (PARSER = default)

ALTER TEXT SEARCH CONFIGURATION shop.search ADD MAPPING FOR asciiword, word WITH shop.stems, simple

CREATE SERVER remote TYPE 'postgres' VERSION '15' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db.example.com', dbname 'shop', sslkey 'server-secret')

CREATE USER MAPPING FOR PUBLIC SERVER remote OPTIONS (user 'alice', password 'mapping-secret')

CREATE USER MAPPING FOR :admin: SERVER remote OPTIONS (user 'bob', password 'other-secret')

CREATE FOREIGN DATA WRAPPER own_wrapper OPTIONS (debug 'wrapper-secret')

CREATE FOREIGN TABLE shop.far (a int OPTIONS (column_name 'A') NOT NULL, b text DEFAULT 'x', CHECK (a > 0)) SERVER remote OPTIONS (table_name 'far')

CREATE FOREIGN TABLE shop.far_part PARTITION OF shop.parent FOR VALUES FROM (100, 'a') TO (200, 'z') SERVER remote

CREATE PUBLICATION partly FOR TABLE ONLY shop.orders, shop.base WITH (publish = 'insert, update')

-- since 15
ALTER PUBLICATION partly SET TABLE shop.orders (id, customer), shop.base WHERE (a > 3)

-- since 15
CREATE PUBLICATION whole FOR TABLES IN SCHEMA shop

-- since 18
CREATE PUBLICATION generated FOR TABLE shop.customers WITH (publish_generated_columns = stored)

CREATE SUBSCRIPTION :reader:_sub CONNECTION 'host=127.0.0.1 port=1 password=subscription-secret' PUBLICATION partly WITH (connect = false, slot_name = NONE)

GRANT SELECT, INSERT ON shop.orders TO :reader: WITH GRANT OPTION

GRANT UPDATE (note) ON shop.orders TO PUBLIC

REVOKE EXECUTE ON FUNCTION shop.twice(integer, integer) FROM PUBLIC

GRANT USAGE ON SCHEMA shop TO :reader:

GRANT USAGE ON SEQUENCE shop.numbers TO :reader:

GRANT USAGE ON TYPE shop.point3, shop.mood TO :reader:

GRANT USAGE ON FOREIGN SERVER remote TO :reader:

GRANT SELECT ON shop.base TO PUBLIC

REVOKE SELECT ON shop.base FROM PUBLIC

ALTER DEFAULT PRIVILEGES FOR ROLE :admin: REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC

ALTER DEFAULT PRIVILEGES FOR ROLE :admin: IN SCHEMA shop GRANT SELECT ON TABLES TO :reader:

ALTER ROLE :reader: IN DATABASE :database: SET work_mem = '7MB'

ALTER ROLE :reader: IN DATABASE :database: SET app.api_key = 'parameter-secret'

ALTER DATABASE :database: SET search_path = shop, public

ALTER TABLE shop.typed OWNER TO :admin:

SET allow_system_table_mods = on

INSERT INTO pg_seclabel VALUES ('shop.customers'::regclass, 'pg_class'::regclass, 1, 'anon', 'MASKED WITH VALUE NULL')

SET allow_in_place_tablespaces = on

CREATE TABLESPACE :owner:_space LOCATION '' WITH (seq_page_cost = 2)

GRANT CREATE ON TABLESPACE :owner:_space TO :reader:

CREATE TABLE shop.in_space (a int) TABLESPACE :owner:_space
