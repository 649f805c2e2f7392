#pragma once
// Texts as a server prints them, analysed in the scope that their owner gives them, and held to print as themselves.
#include <optional>
#include <string>

#include "catalog/catalog.h"
#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"

namespace pgplumb::engine {

/// What a text means, and how that prints. A partition key has no tree of its own: only its print tells.
struct LiveTree {
  catalog::expr::NodePtr expression;
  catalog::expr::QueryPtr query;
  std::string printed;     // what it prints as
  std::string unresolved;  // why the print is not known to be PostgreSQL's; empty where it is
  bool fixpoint = false;   // the print is the text that it came from
  explicit operator bool() const { return expression || query; }
};

/// Analyses the text of an Expr or Query field of `owner`. Throws SqlError and NotSimulated where it can't be analysed
/// in this catalog.
LiveTree read_live_text(const catalog::Catalog& catalog, const catalog::Object& owner, const catalog::FieldInfo& field,
                        const std::string& text);

/// Likewise; nothing where it can't be analysed.
std::optional<LiveTree> analyze_live_text(const catalog::Catalog& catalog, const catalog::Object& owner,
                                          const catalog::FieldInfo& field, const std::string& text);

}  // namespace pgplumb::engine
