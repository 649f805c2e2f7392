#include "catalog/kinds/extension.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Extension;

namespace {

void create_extension(const Extension& extension, Creation& creation) {
  std::string sql = "CREATE EXTENSION " + creation.names.qualified(extension);
  const catalog::Object* schema = creation.names.catalog().find(extension.schema.oid);
  const bool brings_its_schema = schema && schema->extension == extension.oid;
  if (extension.schema && !brings_its_schema) sql += " SCHEMA " + creation.names.qualified(extension.schema);
  creation.out.add(std::move(sql));
}

void drop_extension(const Extension& extension, Removal& removal) {
  destroys(removal.out.add("DROP " + removal.names.address(extension)),
           "drops what extension " + removal.names.qualified(extension) + " brought");
}

void alter_schema(const Extension&, const Extension& to, Alteration& alteration) {
  alteration.out.add("ALTER " + alteration.to.address(to) + " SET SCHEMA " + alteration.to.qualified(to.schema));
}

constexpr auto extension_fields = field_rules(alter<&Extension::schema, alter_schema>());

}  // namespace

constinit const KindRules extension_rules = {
    .stage = stage::extension,
    .create = create_with<create_extension>,
    .drop = drop_with<drop_extension>,
    .fields = extension_fields,
};

}  // namespace pgplumb::diff
