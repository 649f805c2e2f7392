#include "engine/bootstrap.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/extension.h"
#include "catalog/kinds/schema.h"

namespace pgplumb::engine {

catalog::Catalog fresh_database(int major) {
  catalog::Catalog catalog(major);
  catalog::Schema schema;
  schema.name = "public";
  schema.owner = major >= 15 ? "pg_database_owner" : "postgres";
  schema.comment = "standard public schema";
  catalog.insert(std::move(schema));

  catalog::Extension plpgsql;
  plpgsql.name = "plpgsql";
  plpgsql.owner = "postgres";
  plpgsql.comment = "PL/pgSQL procedural language";
  plpgsql.schema.oid = catalog::builtin::pg_catalog_namespace;
  plpgsql.version = "1.0";
  catalog.insert(std::move(plpgsql));
  catalog.forget_undo();
  return catalog;
}

}  // namespace pgplumb::engine
