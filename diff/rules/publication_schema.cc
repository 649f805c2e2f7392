#include "catalog/kinds/publication_schema.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::PublicationSchema;

namespace {

std::string change(const PublicationSchema& member, const SqlNames& names, std::string_view verb) {
  return "ALTER PUBLICATION " + names.parent(member) + std::string(verb) + "TABLES IN SCHEMA " + names.qualified(member.schema);
}

void add_schema(const PublicationSchema& member, Creation& creation) {
  creation.out.add(change(member, creation.names, " ADD "));
}

void drop_schema(const PublicationSchema& member, Removal& removal) {
  removal.out.add(change(member, removal.names, " DROP "));
}

}  // namespace

constinit const KindRules publication_schema_rules = {
    .stage = stage::publication,
    .create = create_with<add_schema>,
    .drop = drop_with<drop_schema>,
};

}  // namespace pgplumb::diff
