#pragma once
// Names as written, taken apart and looked up: the parts of PostgreSQL's catalog/namespace.c that expressions need.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyze/syscache.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

struct QualifiedName {
  std::string_view schema;  // empty where none was given
  std::string_view name;
};

/// Errors for a foreign database and for too many parts (0A000, 42601).
QualifiedName deconstruct_qualified_name(parser::ast::List<parser::ast::Node> names, int location = -1);
QualifiedName deconstruct_qualified_name(const std::vector<std::string_view>& names, int location = -1);
/// The parts with dots between them, unquoted: NameListToString.
std::string name_list_to_string(parser::ast::List<parser::ast::Node> names);
std::vector<std::string_view> name_list(parser::ast::List<parser::ast::Node> names);

/// The schema of that name; error 3F000 where there is none: LookupExplicitNamespace.
Oid lookup_explicit_namespace(const Syscache& cache, std::string_view schema, int location = -1);

/// The collation of a COLLATE clause; error 42704 where there is none: get_collation_oid.
Oid lookup_collation(const Syscache& cache, parser::ast::List<parser::ast::Node> names, int location = -1);

/// An unquoted or quoted, perhaps qualified name within a string: stringToQualifiedNameList. Nothing on bad syntax.
std::optional<std::vector<std::string>> split_qualified_name(std::string_view text);

}  // namespace pgplumb::engine::analyze
