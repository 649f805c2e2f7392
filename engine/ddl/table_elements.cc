#include "engine/ddl/table_elements.h"

#include <algorithm>

#include "catalog/kinds/composite_type.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/types.h"
#include "parser/node.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::ConstrType;

[[noreturn]] void refuse_element(const std::string& message) { throw SqlError("0A000", message); }

std::vector<Name> list_names(ast::List<ast::Node> list) {
  std::vector<Name> names;
  for (ast::Node node : list) names.emplace_back(node.str());
  return names;
}

}  // namespace

void ElementTransformer::add(ast::Node element) {
  if (element.is<ast::ColumnDef>())
    add_column(element.as<ast::ColumnDef>());
  else if (element.is<ast::Constraint>())
    add_constraint(element.as<ast::Constraint>());
  else if (element.is<ast::TableLikeClause>())
    add_like(element.as<ast::TableLikeClause>());
  else
    throw NotSimulated("table element " + std::string(ast::to_string(element.tag())));
}

void ElementTransformer::add_columns_of_type(ast::TypeName name) {
  const Oid type = resolve_type(interpreter_, name).type;
  const auto* composite = interpreter_.catalog().find_as<catalog::CompositeType>(type);
  if (!composite || catalog::form_of_type(type) != catalog::TypeForm::plain) {
    const Object* relation = interpreter_.catalog().find(type);
    if (relation && catalog::kind_info(relation->kind).has_row_type(interpreter_.major()) &&
        catalog::form_of_type(type) == catalog::TypeForm::plain && interpreter_.major() >= 18)
      throw SqlError("42809", "type " + type_name(interpreter_, type) + " is the row type of another table",
                     "A typed table must use a stand-alone composite type created with CREATE TYPE.");
    throw SqlError("42809", "type " + type_name(interpreter_, type) + " is not a composite type");
  }
  for (const Column* attribute : columns_of(interpreter_.catalog(), composite->oid)) {
    ColumnSpec column;
    column.name = attribute->name;
    column.type = attribute->type;
    column.collation = attribute->collation;
    column.from_type = true;
    elements_.columns.push_back(std::move(column));
  }
}

void ElementTransformer::require_table_constraints_allowed(ast::Constraint constraint) const {
  const ConstrType type = constraint.contype();
  if (context_.is_foreign) {
    if (type == ConstrType::CONSTR_PRIMARY) refuse_element("primary key constraints are not supported on foreign tables");
    if (type == ConstrType::CONSTR_UNIQUE) refuse_element("unique constraints are not supported on foreign tables");
    if (type == ConstrType::CONSTR_EXCLUSION) refuse_element("exclusion constraints are not supported on foreign tables");
    if (type == ConstrType::CONSTR_FOREIGN) refuse_element("foreign key constraints are not supported on foreign tables");
  }
  if (type == ConstrType::CONSTR_EXCLUSION && context_.is_partitioned && interpreter_.major() < 17)
    refuse_element("exclusion constraints are not supported on partitioned tables");
}

void ElementTransformer::add_constraint(ast::Constraint constraint) {
  require_table_constraints_allowed(constraint);
  switch (constraint.contype()) {
    case ConstrType::CONSTR_PRIMARY:
    case ConstrType::CONSTR_UNIQUE:
    case ConstrType::CONSTR_EXCLUSION:
      keys_.push_back({constraint, list_names(constraint.keys()), constraint.deferrable(), constraint.initdeferred()});
      break;
    case ConstrType::CONSTR_CHECK: {
      CheckSpec check;
      check.name = Name(constraint.conname());
      check.raw = constraint.raw_expr();
      check.no_inherit = constraint.is_no_inherit();
      check.validated = !constraint.skip_validation();
      check.enforced = parser::is_enforced(constraint);
      check.location = constraint.location();
      elements_.checks.push_back(std::move(check));
      break;
    }
    case ConstrType::CONSTR_NOTNULL: {
      const Name column = constraint.keys().empty() ? Name() : Name(constraint.keys()[0].str());
      elements_.not_nulls.push_back({Name(constraint.conname()), column, constraint.is_no_inherit(),
                                     !constraint.skip_validation(), constraint.location()});
      break;
    }
    case ConstrType::CONSTR_FOREIGN: {
      ForeignKeySpec key;
      key.name = Name(constraint.conname());
      key.node = constraint;
      key.columns = list_names(constraint.fk_attrs());
      key.deferrable = constraint.deferrable();
      key.initially_deferred = constraint.initdeferred();
      key.skip_validation = constraint.skip_validation();
      key.validated = !constraint.skip_validation();
      key.enforced = parser::is_enforced(constraint);
      elements_.foreign_keys.push_back(std::move(key));
      break;
    }
    default:
      throw SqlError("XX000", "unrecognized constraint type");
  }
}

TableElements ElementTransformer::finish() {
  std::vector<IndexSpec> indexes;
  const IndexSpec* primary = nullptr;
  for (KeyConstraint& key : keys_) {
    indexes.push_back(index_for(key));
    if (!indexes.back().primary) continue;
    if (primary)
      throw SqlError("42P16", "multiple primary keys for table \"" + context_.table.str() + "\" are not allowed");
    std::rotate(indexes.begin(), std::prev(indexes.end()), indexes.end());  // created first
    primary = &indexes.front();
    indexes.reserve(keys_.size());
  }
  for (IndexSpec& index : indexes) {
    const auto prior = std::find_if(elements_.indexes.begin(), elements_.indexes.end(),
                                    [&](const IndexSpec& kept) { return same_key(kept, index); });
    if (prior == elements_.indexes.end()) {
      elements_.indexes.push_back(std::move(index));
    } else {
      prior->unique |= index.unique;
      if (prior->name.empty()) prior->name = index.name;
    }
  }
  for (const IdentityOptions& identity : identities_) make_sequence(elements_.columns[identity.column], identity.options, true);
  if (!chosen_twice_.empty()) throw SqlError("42P07", "relation \"" + chosen_twice_.str() + "\" already exists");
  return std::move(elements_);
}

}  // namespace pgplumb::engine::ddl
