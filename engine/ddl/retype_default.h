#pragma once
// A column's default when its type changes: it becomes what the old expression is as the new type.
#include <optional>

#include "engine/ddl/expressions.h"

namespace pgplumb::engine::ddl {

class RetypedDefault {
 public:
  /// Throws 42804 where the default can't become the type by an assignment's cast.
  RetypedDefault(Interpreter& interpreter, const Column& column, TypeRef target);
  /// Stores it, once the column has its new type.
  void store(Interpreter& interpreter, catalog::Ref<Column> column) const;

 private:
  std::optional<Expr> expression_;
};

/// The expression without the casts that nobody wrote (strip_implicit_coercions of nodes/nodeFuncs.c).
NodePtr strip_implicit_coercions(const NodePtr& tree);

}  // namespace pgplumb::engine::ddl
