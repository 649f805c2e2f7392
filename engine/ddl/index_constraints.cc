// PRIMARY KEY, UNIQUE and EXCLUDE as indexes: transformIndexConstraint of parser/parse_utilcmd.c.
#include <algorithm>

#include "catalog/kinds/foreign_table.h"
#include "engine/ddl/index_statement.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/table_elements.h"
#include "parser/same_tree.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::ConstrType;

[[noreturn]] void refuse_key_index(const char* sqlstate, const std::string& message, ast::Constraint constraint,
                       const std::string& detail = {}) {
  SqlError error(sqlstate, message, detail);
  error.location = constraint.location();
  throw error;
}

/// transformIndexConstraints takes keys over the same columns, or exclusions of the same elements, for one.
bool same_columns(const std::vector<IndexElementSpec>& a, const std::vector<IndexElementSpec>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const IndexElementSpec& x, const IndexElementSpec& y) {
    return !x.column.empty() && x.column == y.column;
  });
}

}  // namespace

bool same_key(const IndexSpec& a, const IndexSpec& b) {
  if (a.existing_index != invalid_oid || b.existing_index != invalid_oid) return false;
  if (!parser::same_trees(a.exclusions, b.exclusions) || !parser::same_tree(a.raw_predicate, b.raw_predicate)) return false;
  return (a.exclusions.size() > 0 || same_columns(a.elements, b.elements)) && same_columns(a.included, b.included) && a.method == b.method &&
         a.nulls_not_distinct == b.nulls_not_distinct && a.deferrable == b.deferrable &&
         a.initially_deferred == b.initially_deferred;
}

IndexSpec ElementTransformer::index_for(KeyConstraint& key) {
  const ast::Constraint node = key.node;
  IndexSpec index;
  index.unique = node.contype() != ConstrType::CONSTR_EXCLUSION;
  index.primary = node.contype() == ConstrType::CONSTR_PRIMARY;
  index.is_constraint = true;
  index.name = Name(node.conname());
  index.deferrable = key.deferrable;
  index.initially_deferred = key.initially_deferred;
  index.nulls_not_distinct = node.nulls_not_distinct();
  index.without_overlaps = node.without_overlaps();
  if (!node.access_method().empty()) index.method = node.access_method();
  index.option_list = node.options();
  index.tablespace = Name(node.indexspace());
  index.default_tablespace = !node.reset_default_tblspc();
  index.raw_predicate = node.where_clause();
  if (!node.indexname().empty()) {
    use_existing_index(key, index);
    return index;
  }
  if (node.contype() == ConstrType::CONSTR_EXCLUSION) {
    index.exclusions = node.exclusions();
    for (ast::Node pair : node.exclusions()) {
      index.elements.push_back(index_element(pair.items()[0].as<ast::IndexElem>()));
      index.exclusion_names.push_back(pair.items()[1].items());
    }
  }
  for (Name name : key.keys) resolve_key_column(key, index, name, false);
  for (ast::Node name : node.including()) resolve_key_column(key, index, Name(name.str()), true);
  return index;
}

bool ElementTransformer::key_column_exists(const KeyConstraint& key, Name name) {
  // Included columns may be null.
  const bool primary = key.node.contype() == ConstrType::CONSTR_PRIMARY &&
                       std::find(key.keys.begin(), key.keys.end(), name) != key.keys.end();
  for (ColumnSpec& column : elements_.columns) {
    if (column.name != name) continue;
    if (primary) column.not_null = true;
    return true;
  }
  if (is_system_column(name.view())) return true;
  const Catalog& catalog = interpreter_.catalog();
  // Only here are parents looked for before everything else has been looked at.
  const std::vector<Oid> parents = context_.parents ? context_.parents() : std::vector<Oid>();
  return std::any_of(parents.begin(), parents.end(),
                     [&](Oid parent) { return find_column(catalog, parent, name) != nullptr; });
}

void ElementTransformer::refuse_second(const KeyConstraint& key, const IndexSpec& index, Name name) {
  const auto is_same = [&](const IndexElementSpec& element) { return element.column == name; };
  if (std::any_of(index.elements.begin(), index.elements.end(), is_same))
    refuse_key_index("42701",
         "column \"" + name.str() + "\" appears twice in " + (index.primary ? "primary key" : "unique") + " constraint",
         key.node);
}

void ElementTransformer::resolve_key_column(const KeyConstraint& key, IndexSpec& index, Name name, bool included) {
  if (!key_column_exists(key, name) && context_.relation == invalid_oid)
    refuse_key_index("42703", "column \"" + name.str() + "\" named in key does not exist", key.node);
  auto& elements = included ? index.included : index.elements;
  if (!included) refuse_second(key, index, name);
  IndexElementSpec element;
  element.column = name;
  elements.push_back(std::move(element));
}

void ElementTransformer::use_existing_index(const KeyConstraint& key, IndexSpec& spec) {
  const ast::Constraint node = key.node;
  const Catalog& catalog = interpreter_.catalog();
  const std::string name(node.indexname());
  const std::string quoted = "index \"" + name + "\"";
  const char* unusable = "Cannot create a primary key or unique constraint using such an index.";
  if (context_.relation == invalid_oid) refuse_key_index("0A000", "cannot use an existing index in CREATE TABLE", node);
  const Oid oid = find_relation_in_schema(interpreter_, context_.schema, Name(name));
  if (oid == invalid_oid) refuse_key_index("42704", quoted + " does not exist", node);
  const auto* index = catalog.find_as<Index>(oid);
  if (!index) refuse_key_index("42809", "\"" + name + "\" is not an index", node);
  if (index->constraint) refuse_key_index("55000", quoted + " is already associated with a constraint", node);
  if (index->parent.oid != context_.relation)
    refuse_key_index("55000", quoted + " does not belong to table \"" + context_.table.str() + "\"", node);
  if (!index->valid) refuse_key_index("55000", quoted + " is not valid", node);
  if (!index->unique) refuse_key_index("42809", "\"" + name + "\" is not a unique index", node, unusable);
  const auto is_expression = [](const catalog::IndexColumn& column) { return !column.column; };
  if (std::any_of(index->columns.begin(), index->columns.end(), is_expression))
    refuse_key_index("42809", quoted + " contains expressions", node, unusable);
  if (!index->predicate.empty()) refuse_key_index("42809", "\"" + name + "\" is a partial index", node, unusable);
  const IndexMethod method = index_method(interpreter_, index->method.oid);
  if (method.name != "btree") refuse_key_index("42809", quoted + " is not a btree", node);
  std::size_t number = 0;
  for (const catalog::IndexColumn& column : index->columns) {
    ++number;
    const Column& attribute = catalog.get(column.column);
    const auto usual = default_operator_class(interpreter_.cache(), attribute.type.type, method.oid);
    const bool default_order = !column.descending && !column.nulls_first;
    if (!usual || usual->oid != column.operator_class.oid || column.collation != attribute.collation ||
        !column.operator_class_options.empty() || !default_order)
      refuse_key_index("42809", quoted + " column number " + std::to_string(number) + " does not have default sorting behavior",
           node, unusable);
    if (spec.primary) key_column_exists(key, attribute.name);
    refuse_second(key, spec, attribute.name);
    IndexElementSpec element;
    element.column = attribute.name;
    spec.elements.push_back(std::move(element));
  }
  for (const catalog::IndexColumn& column : index->included) {
    IndexElementSpec element;
    element.column = catalog.get(column.column).name;
    spec.included.push_back(std::move(element));
  }
  spec.nulls_not_distinct = index->nulls_not_distinct;
  spec.existing_index = oid;
}

}  // namespace pgplumb::engine::ddl
