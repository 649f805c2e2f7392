#include "engine/bootstrap.h"

#include "catalog/builtin/builtin.h"
#include "catalog/builtin/extension_data.h"
#include "catalog/kinds/extension.h"
#include "catalog/kinds/schema.h"

namespace pgplumb::engine {

catalog::Catalog fresh_database(int major) {
  catalog::Catalog catalog(major);
  catalog::Schema schema;
  schema.name = "public";
  schema.owner = major >= 15 ? "pg_database_owner" : "postgres";
  catalog.insert(std::move(schema));

  catalog::Extension plpgsql;
  plpgsql.name = "plpgsql";
  plpgsql.owner = "postgres";
  plpgsql.schema.oid = catalog::builtin::pg_catalog_namespace;
  plpgsql.version = "1.0";
  catalog.insert(std::move(plpgsql));
  catalog.forget_undo();
  return catalog;
}

void forget_stock_comments(catalog::Catalog& catalog) {
  auto forget = [&](const catalog::Object* object, std::string_view stock) {
    if (object && object->comment == stock) catalog.edit_any(object->oid).set<&catalog::Object::comment>(std::string());
  };
  forget(catalog.find_named<catalog::Schema>(catalog::invalid_oid, "public"), "standard public schema");
  forget(catalog.find_named<catalog::Extension>(catalog::invalid_oid, "plpgsql"), "PL/pgSQL procedural language");
  std::vector<catalog::Oid> extensions;
  catalog.for_each<catalog::Extension>([&](const catalog::Extension& extension) { extensions.push_back(extension.oid); });
  for (catalog::Oid oid : extensions) {
    const auto& extension = catalog.get(catalog::Ref<catalog::Extension>{oid});
    const auto* known = catalog::builtin::find_extension(extension.name.view(), "", catalog.major());
    if (known) forget(&extension, known->comment().view());
  }
}

}  // namespace pgplumb::engine
