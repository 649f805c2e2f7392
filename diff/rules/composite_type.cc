#include "catalog/kinds/composite_type.h"

#include <algorithm>

#include "diff/rules/relation.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::CompositeType;

namespace {

void create_composite_type(const CompositeType& type, Creation& creation) {
  auto attributes = creation.names.catalog().children_of<Column>(type.oid);
  std::sort(attributes.begin(), attributes.end(),
            [](const Column* a, const Column* b) { return a->position < b->position; });
  std::vector<std::string> lines;
  for (const Column* attribute : attributes) lines.push_back("    " + column_definition(*attribute, creation));
  const std::string inside = lines.empty() ? "()" : "(\n" + join(lines, ",\n") + "\n)";
  creation.out.add("CREATE TYPE " + creation.names.qualified(type) + " AS " + inside);
}

}  // namespace

constinit const KindRules composite_type_rules = {
    .stage = stage::type,
    .create = create_with<create_composite_type>,
    .drop = drop_by_address,
    .absorbs = [](const Object&, const Object& contained, const SqlNames&) { return contained.kind == Kind::column; },
};

}  // namespace pgplumb::diff
