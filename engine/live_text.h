#pragma once
// Texts as a server prints them, analysed in the scope that their owner gives them, and held to print as themselves.
#include <optional>
#include <string>

#include "catalog/catalog.h"
#include "catalog/expr_nodes.h"

namespace pgplumb::engine {

struct LiveTree {
  catalog::expr::NodePtr expression;
  catalog::expr::QueryPtr query;
  std::string printed;    // what it prints as
  bool fixpoint = false;  // that is the text that it came from
  explicit operator bool() const { return expression || query; }
};

/// Analyses the text of an Expr or Query field of `owner`. Nothing where it can't be analysed in this catalog.
std::optional<LiveTree> analyze_live_text(const catalog::Catalog& catalog, const catalog::Object& owner,
                                          const catalog::FieldInfo& field, const std::string& text);

}  // namespace pgplumb::engine
