#pragma once
// Access methods and operator classes as indexes, partition keys and foreign keys need them: commands/indexcmds.c's
// ResolveOpClass and GetDefaultOpClass, access/amapi.c.
#include <optional>
#include <string_view>

#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

/// An index access method and what it can do (IndexAmRoutine).
struct IndexMethod {
  Oid oid = catalog::invalid_oid;
  std::string name;
  bool can_order = false;
  bool can_unique = false;
  bool can_multi_column = true;
  bool can_exclude = false;
  bool can_include = false;
};
/// Throws 42704 where there is none of that name, 42809 where it is for tables.
IndexMethod index_method(Interpreter& interpreter, std::string_view name);
IndexMethod index_method(const Interpreter& interpreter, Oid oid);
/// Its name alone; as long-lived as the catalogs.
std::string_view method_name(const Interpreter& interpreter, Oid oid);
/// The table access method of that name; 42704, 42809.
Oid table_method(const Interpreter& interpreter, std::string_view name);

/// The operator class that is used for the type where none is named; nothing where there is none (GetDefaultOpClass).
std::optional<analyze::OpclassRow> default_operator_class(const analyze::Syscache& cache, Oid type, Oid method);
/// The operator class that is named, or the default one; with ResolveOpClass's errors.
analyze::OpclassRow resolve_operator_class(Interpreter& interpreter, ast::List<ast::Node> names, Oid type,
                                           const IndexMethod& method);

/// Whether an index with one may serve where the other is asked for: same family and input type.
bool operator_classes_agree(const analyze::OpclassRow& a, const analyze::OpclassRow& b);

}  // namespace pgplumb::engine::ddl
