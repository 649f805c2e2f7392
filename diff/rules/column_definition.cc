#include "catalog/builtin/builtin.h"
#include "catalog/inheritance.h"
#include "catalog/kinds/base_type.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/table.h"
#include "catalog/type_oids.h"
#include "diff/rules/relation.h"

namespace pgplumb::diff {

using catalog::Generated;
using catalog::Identity;

namespace {

namespace builtin = catalog::builtin;

/// pg_type.typstorage
std::string type_storage(const Catalog& catalog, Oid type) {
  if (catalog::is_builtin(type)) {
    const builtin::Type* row = builtin::of(catalog.major()).type_by_oid(type);
    return row ? std::string(1, row->typstorage) : "p";
  }
  if (catalog::form_of_type(type) != catalog::TypeForm::plain) return "x";
  const Object* object = catalog.find(type);
  if (!object) return "p";
  switch (object->kind) {
    case Kind::enum_type: return "p";
    case Kind::domain: return type_storage(catalog, static_cast<const catalog::Domain&>(*object).base.type);
    case Kind::base_type: return static_cast<const catalog::BaseType&>(*object).storage;
    default: return "x";
  }
}

Oid type_collation(const Catalog& catalog, Oid type) {
  if (catalog::is_builtin(type)) {
    const builtin::Type* row = builtin::of(catalog.major()).type_by_oid(type);
    return row ? row->typcollation : catalog::invalid_oid;
  }
  if (catalog::form_of_type(type) == catalog::TypeForm::plain) {
    if (const auto* domain = catalog.find_as<catalog::Domain>(type)) return domain->collation.oid;
    if (const auto* base = catalog.find_as<catalog::BaseType>(type)) return base->collation.oid;
    return catalog::invalid_oid;
  }
  const Object* object = catalog.find(type);
  return object ? type_collation(catalog, object->oid) : catalog::invalid_oid;
}

std::string upper(std::string_view word) {
  std::string out;
  for (char c : word) out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return out;
}

std::string column_definition_not_null_clause(const Column& column, Creation& creation) {
  if (!column.not_null) return {};
  const Constraint* constraint = not_null_constraint_of(creation.names.catalog(), column);
  const bool comes_by_identity = identity_sequence_of(creation.names.catalog(), column) != nullptr;
  if (!constraint) return comes_by_identity ? "" : " NOT NULL";
  if (!creation.absorbs(constraint->oid)) return {};
  const bool named = default_not_null_name(*constraint, creation.names.catalog()) != constraint->name;
  if (comes_by_identity && !named && !constraint->no_inherit) return {};
  return (named ? " CONSTRAINT " + quoted(constraint->name) : "") + " NOT NULL" +
         (constraint->no_inherit ? " NO INHERIT" : "");
}

std::string value_clause(const Column& column, Creation& creation) {
  const Catalog& catalog = creation.names.catalog();
  if (column.identity != Identity::none) {
    const Sequence* sequence = identity_sequence_of(catalog, column);
    // A partition shares the identity of its parent, and takes it over when it is attached.
    return sequence ? " " + identity_clause(column, sequence, creation.names) : "";
  }
  const ColumnDefault* value = default_of(catalog, column);
  if (!value || !creation.absorbs(value->oid)) return {};
  if (column.generated == Generated::none) return " DEFAULT " + as_source(value->expression.text);
  return " GENERATED ALWAYS AS " + parenthesized(value->expression.text) +
         (column.generated == Generated::stored ? " STORED" : " VIRTUAL");
}

}  // namespace

std::string collate_clause(TypeRef type, AnyRef collation, const SqlNames& names) {
  if (!collation || collation.oid == type_collation(names.catalog(), type.type)) return {};
  return " COLLATE " + names.qualified(collation);
}

std::string column_definition(const Column& column, Creation& creation) {
  std::string out = quoted(column.name) + " " + creation.names.type(column.type);
  if (!column.foreign_options.empty())
    out += foreign_options_clause(column.foreign_options, creation.names.address(column), creation.out);
  return out + collate_clause(column.type, column.collation, creation.names) + value_clause(column, creation) +
         column_definition_not_null_clause(column, creation);
}

void column_settings(const Column& column, const SqlNames& names, Script& out) {
  const Object* relation = names.catalog().find(column.parent.oid);
  if (!relation || relation->kind == Kind::composite_type || relation->kind == Kind::view) return;
  const std::string head = alter_only_head(names, column.parent);
  const std::string alter = "ALTER COLUMN " + quoted(column.name) + " SET ";
  const std::string_view storage = catalog::detail::enum_word(catalog::storage_entries, static_cast<int>(column.storage));
  const std::string usual = type_storage(names.catalog(), column.type.type);
  if (storage != catalog::detail::enum_word(catalog::storage_entries,
                                            catalog::detail::enum_from_stored(catalog::storage_entries, usual)))
    out.add(head, alter + "STORAGE " + upper(storage));
  if (!column.compression.empty()) out.add(head, alter + "COMPRESSION " + (column.compression == "l" ? "lz4" : "pglz"));
  if (column.statistics >= 0) out.add(head, alter + "STATISTICS " + std::to_string(column.statistics));
  if (!column.options.empty()) out.add(head, alter + "(" + storage_parameters(column.options) + ")");
}

const ColumnDefault* default_of(const Catalog& catalog, const Column& column) {
  const auto found = catalog.children_of<ColumnDefault>(column.oid);
  return found.empty() ? nullptr : found.front();
}

const Sequence* identity_sequence_of(const Catalog& catalog, const Column& column) {
  for (const catalog::Dependent& dependent : catalog.dependents(column.oid)) {
    const auto* sequence = catalog.find_as<Sequence>(dependent.oid);
    if (sequence && sequence->ownership == catalog::SequenceOwnership::identity && sequence->owned_by.oid == column.oid)
      return sequence;
  }
  return nullptr;
}

const Constraint* not_null_constraint_of(const Catalog& catalog, const Column& column) {
  for (const catalog::Dependent& dependent : catalog.dependents(column.oid)) {
    const auto* constraint = catalog.find_as<Constraint>(dependent.oid);
    if (constraint && constraint->type == catalog::ConstraintType::not_null && !constraint->columns.empty() &&
        constraint->columns.front().oid == column.oid)
      return constraint;
  }
  return nullptr;
}

std::optional<Name> default_not_null_name(const Constraint& constraint, const Catalog& catalog) {
  const Object* relation = catalog.find(constraint.parent.oid);
  const Object* column = constraint.columns.empty() ? nullptr : catalog.find(constraint.columns.front().oid);
  if (!relation || !column) return std::nullopt;
  const Name name(catalog::make_object_name(relation->name.view(), column->name.view(), "not_null"));
  const auto others = catalog.lookup(catalog::NameSpace::own, Kind::constraint, relation->parent.oid, name);
  const bool taken = std::any_of(others.begin(), others.end(), [&](Oid other) { return other != constraint.oid; });
  return taken ? std::nullopt : std::optional(name);
}

const Column* inherited_column(const Catalog& catalog, const Object& relation, Name name) {
  for (Oid parent : parents_of(relation))
    if (const auto* column = catalog.find_named<Column>(parent, name)) return column;
  return nullptr;
}

}  // namespace pgplumb::diff
