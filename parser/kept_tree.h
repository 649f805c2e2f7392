#pragma once
// A part of a parse tree that outlives its text, as a prepared statement does: a copy, with strings of its own.
#include <memory>

#include "parser/ast/ast_fwd.h"

namespace pgplumb::parser {

class KeptTree {
 public:
  explicit KeptTree(const ast::View& view);
  ~KeptTree();
  KeptTree(const KeptTree&) = delete;
  KeptTree& operator=(const KeptTree&) = delete;

  /// As the view that was kept: `kept.as<ast::PrepareStmt>()`.
  template <class T>
  T as() const {
    return T(root());
  }

 private:
  struct Data;
  const void* root() const;
  std::unique_ptr<Data> data_;
};

}  // namespace pgplumb::parser
