#pragma once
// The text of an object's expressions and queries, each as the server's own function for that field prints it.
#include <string>

#include "catalog/catalog.h"
#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"
#include "engine/deparse/deparse.h"

namespace pgplumb::engine {

std::string print_field(const deparse::Syscache& cache, const catalog::Object& owner, const catalog::FieldInfo& field,
                        const catalog::expr::Node& tree);
/// Of the one Query that an object of this kind has.
std::string print_field(const deparse::Syscache& cache, const catalog::Object& owner, const catalog::expr::Query& query);

/// The relation whose columns the object's expressions name; invalid_oid where they name none.
catalog::Oid relation_seen_by(const catalog::Catalog& catalog, const catalog::Object& owner);

}  // namespace pgplumb::engine
