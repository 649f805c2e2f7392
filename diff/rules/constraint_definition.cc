// What follows CONSTRAINT name, as pg_get_constraintdef_worker of ruleutils.c arranges it.
#include "diff/rules/relation.h"

namespace pgplumb::diff {

using catalog::ConstraintType;
using catalog::ForeignKey;
using catalog::ForeignKeyAction;

namespace {

std::string_view action_words(ForeignKeyAction action) {
  switch (action) {
    case ForeignKeyAction::no_action: return {};
    case ForeignKeyAction::restrict: return "RESTRICT";
    case ForeignKeyAction::cascade: return "CASCADE";
    case ForeignKeyAction::set_null: return "SET NULL";
    case ForeignKeyAction::set_default: return "SET DEFAULT";
  }
  return {};
}

/// The last column of a key WITHOUT OVERLAPS and of a foreign key with PERIOD is a range.
std::string key_columns(const std::vector<Ref<Column>>& columns, bool period, std::string_view before,
                        std::string_view behind, const SqlNames& names) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool marked = period && i + 1 == columns.size();
    parts.push_back((marked ? std::string(before) : "") + names.qualified(columns[i]) + (marked ? std::string(behind) : ""));
  }
  return "(" + join(parts) + ")";
}

std::string foreign_key(const Constraint& constraint, const SqlNames& names) {
  const ForeignKey& key = *constraint.foreign_key;
  std::string out = "FOREIGN KEY " + key_columns(constraint.columns, constraint.period, "PERIOD ", "", names) +
                    " REFERENCES " + names.qualified(key.table) + " " +
                    key_columns(key.columns, constraint.period, "PERIOD ", "", names);
  if (key.match == catalog::ForeignKeyMatch::full) out += " MATCH FULL";
  if (key.match == catalog::ForeignKeyMatch::partial) out += " MATCH PARTIAL";
  if (const auto words = action_words(key.on_update); !words.empty()) out.append(" ON UPDATE ").append(words);
  if (const auto words = action_words(key.on_delete); !words.empty()) out.append(" ON DELETE ").append(words);
  if (!key.set_columns.empty()) out += " (" + names.columns(key.set_columns) + ")";
  return out;
}

/// INCLUDE, WITH and the tablespace of a key's index.
std::string index_clauses(const Index& index, const SqlNames& names) {
  std::vector<std::string> included;
  for (const catalog::IndexColumn& column : index.included) included.push_back(names.qualified(column.column));
  std::string out = included.empty() ? "" : " INCLUDE (" + join(included) + ")";
  out += with_clause(index.options);
  if (!index.tablespace.empty()) out += " USING INDEX TABLESPACE " + quoted(index.tablespace);
  return out;
}

std::string key(const Constraint& constraint, const SqlNames& names) {
  const Index* index = index_of(names.catalog(), constraint);
  std::string out = constraint.type == ConstraintType::primary_key ? "PRIMARY KEY " : "UNIQUE ";
  if (index && index->nulls_not_distinct) out += "NULLS NOT DISTINCT ";
  out += key_columns(constraint.columns, constraint.period, "", " WITHOUT OVERLAPS", names);
  return index ? out + index_clauses(*index, names) : out;
}

std::string exclusion(const Constraint& constraint, const SqlNames& names) {
  const Index* index = index_of(names.catalog(), constraint);
  if (!index) return "EXCLUDE";
  std::string out = "EXCLUDE USING " + names.qualified(index->method) + " " +
                    index_columns(*index, names, &constraint.operators) + index_clauses(*index, names);
  if (!index->predicate.empty()) out += " WHERE " + parenthesized(index->predicate.text);
  return out;
}

std::string main_clause(const Constraint& constraint, const SqlNames& names) {
  switch (constraint.type) {
    case ConstraintType::check: return "CHECK " + parenthesized(constraint.expression.text);
    case ConstraintType::foreign_key: return foreign_key(constraint, names);
    case ConstraintType::primary_key:
    case ConstraintType::unique: return key(constraint, names);
    case ConstraintType::exclusion: return exclusion(constraint, names);
    case ConstraintType::not_null: return "NOT NULL" + (constraint.columns.empty() ? "" : " " + names.columns(constraint.columns));
  }
  return {};
}

}  // namespace

const Index* index_of(const Catalog& catalog, const Constraint& constraint) {
  if (const auto* index = catalog.find_as<Index>(constraint.index.oid)) return index;
  for (const catalog::Dependent& dependent : catalog.dependents(constraint.oid)) {
    const auto* index = catalog.find_as<Index>(dependent.oid);
    if (index && index->constraint.oid == constraint.oid) return index;
  }
  return nullptr;
}

std::string constraint_definition(const Constraint& constraint, const SqlNames& names) {
  std::string out = main_clause(constraint, names);
  if (constraint.no_inherit) out += " NO INHERIT";
  if (constraint.deferrable) out += " DEFERRABLE";
  if (constraint.initially_deferred) out += " INITIALLY DEFERRED";
  if (!constraint.enforced)
    out += " NOT ENFORCED";
  else if (!constraint.validated)
    out += " NOT VALID";
  return out;
}

}  // namespace pgplumb::diff
