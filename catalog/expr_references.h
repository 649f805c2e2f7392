#pragma once
// What an analysed tree depends on, as find_expr_references_walker of PostgreSQL's dependency.c finds it.
#include <compare>
#include <cstdint>
#include <vector>

#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"

namespace pgplumb::catalog::expr {

enum class ReferenceClass : std::uint8_t {
  relation, column, type, function, op, collation, op_family, op_class, constraint, ts_config, ts_dictionary, schema,
  role
};

/// One object of the Catalog that a tree names. A type's oid is that of the object that brings the type.
struct Reference {
  ReferenceClass kind = ReferenceClass::relation;
  Oid id = invalid_oid;
  auto operator<=>(const Reference&) const = default;
};

/// Without doubles, sorted; built-in objects are left out, since nothing can happen to them.
std::vector<Reference> references_of(const NodePtr& tree);
std::vector<Reference> references_of(const QueryPtr& query);

}  // namespace pgplumb::catalog::expr
