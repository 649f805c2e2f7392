-- What tests/differential/data/catalog_queries.txt asks about.
CREATE SCHEMA app;
CREATE SCHEMA "Odd Schema";
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm SCHEMA app;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE app.pair AS (a int, b text);
CREATE DOMAIN posint AS int DEFAULT 1 CHECK (VALUE > 0);
CREATE DOMAIN app.code AS varchar(10) NOT NULL;
CREATE TYPE app.floats AS RANGE (subtype = float8);
CREATE TABLE users (
  id bigserial PRIMARY KEY,
  email citext NOT NULL UNIQUE,
  name varchar(80) DEFAULT 'nobody',
  current mood DEFAULT 'ok',
  score numeric(10, 2) CHECK (score >= 0),
  tags text[],
  born date,
  seen timestamptz(3) DEFAULT now(),
  "Odd Column" int,
  flags bit(4),
  amount posint
);
COMMENT ON TABLE users IS 'People';
COMMENT ON COLUMN users.email IS 'Where to write to';
CREATE TABLE app.orders (
  id int GENERATED ALWAYS AS IDENTITY,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  placed timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  total numeric(12, 2),
  doubled numeric GENERATED ALWAYS AS (total * 2) STORED,
  note text COLLATE "C",
  CONSTRAINT orders_pk PRIMARY KEY (id, user_id),
  CONSTRAINT positive CHECK (total > 0 AND note <> ''),
  CONSTRAINT note_key UNIQUE (note) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE app.lines (order_id int, user_id bigint, sku text, CONSTRAINT lines_fk FOREIGN KEY (order_id, user_id) REFERENCES app.orders (id, user_id) ON UPDATE CASCADE ON DELETE SET NULL NOT VALID);
CREATE INDEX users_name ON users (name);
CREATE INDEX users_lower ON users (lower(name), born DESC NULLS LAST) WHERE born IS NOT NULL;
CREATE UNIQUE INDEX orders_placed ON app.orders USING btree (placed DESC) INCLUDE (total) WITH (fillfactor = 70);
CREATE INDEX users_tags ON users USING gin (tags);
CREATE INDEX orders_note ON app.orders (note text_pattern_ops);
CREATE TABLE measure (at date NOT NULL, v int) PARTITION BY RANGE (at);
CREATE TABLE measure_2024 PARTITION OF measure FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE measure_rest PARTITION OF measure DEFAULT;
CREATE INDEX ON measure (v);
CREATE TABLE base (x int, y text);
CREATE TABLE derived (z int) INHERITS (base);
CREATE TABLE "Odd Schema"."Odd Table" ("Odd ""Column" int, "select" text);
CREATE TABLE dropped (a int, b int, c int);
ALTER TABLE dropped DROP COLUMN b;
CREATE SEQUENCE app.counter AS int START 5 INCREMENT 2 MINVALUE 1 MAXVALUE 1000 CYCLE;
CREATE VIEW app.active AS SELECT id, email FROM users WHERE score > 1;
CREATE VIEW totals AS SELECT user_id, sum(total) AS total FROM app.orders GROUP BY user_id;
CREATE MATERIALIZED VIEW app.snapshot AS SELECT count(*) AS n FROM users WITH NO DATA;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION add(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT a + b';
CREATE FUNCTION add(a text, VARIADIC b text[]) RETURNS text LANGUAGE sql STABLE AS 'SELECT a';
CREATE FUNCTION app.listing(OUT n int, OUT t text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''x''';
CREATE FUNCTION app.tabled(k int) RETURNS TABLE (p int, q text) LANGUAGE sql SECURITY DEFINER SET search_path = app AS 'SELECT k, ''x''';
CREATE PROCEDURE app.work(IN n int) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE TRIGGER users_touch BEFORE INSERT OR UPDATE OF name ON users FOR EACH ROW EXECUTE FUNCTION app.touch('x');
CREATE TRIGGER orders_touch AFTER DELETE ON app.orders FOR EACH STATEMENT EXECUTE FUNCTION app.touch();
ALTER TABLE app.orders DISABLE TRIGGER orders_touch;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users FOR SELECT TO public USING (name = CURRENT_USER);
CREATE POLICY change ON users AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (score < 100);
CREATE PUBLICATION news FOR TABLE users, app.orders;
CREATE RULE nothing AS ON DELETE TO base DO INSTEAD NOTHING;
COMMENT ON FUNCTION app.touch() IS 'Does nothing';
COMMENT ON SCHEMA app IS 'The application';
COMMENT ON CONSTRAINT positive ON app.orders IS 'More than nothing';
GRANT SELECT ON users TO public;
GRANT SELECT, INSERT ON app.orders TO pg_monitor WITH GRANT OPTION;
GRANT USAGE ON SCHEMA app TO pg_monitor;
