#pragma once
// What an object holds of an expression or a query: its canonical text and, where it was analysed, the tree.
#include <memory>
#include <string>
#include <vector>

#include "catalog/base/ids.h"

namespace pgplumb::catalog {

namespace expr {
struct Node;   // catalog/expr_nodes.h
struct Query;  // catalog/expr_nodes.h
}  // namespace expr

/// Which names an expression can see: what its live text has to be analysed in.
enum class ExprScope : std::uint8_t {
  none,       // nothing but constants and calls: defaults of function arguments, partition bounds
  relation,   // the columns of the relation that the object belongs to
  old_new,    // OLD and NEW of the trigger's or rule's relation
  domain,     // VALUE, of the domain's base type
  query,      // a whole query: views
  text,       // no expression: partition keys and bounds, whose text says all
};

/// An expression. Equality between catalogs is equality of `text`, or else of the analysed trees.
struct Expr {
  /// As the server prints it under search_path = pg_catalog; set when the catalog is sealed, or read from a server.
  std::string text;
  /// Null where the text was never analysed.
  std::shared_ptr<const expr::Node> tree;
  /// User objects that the tree refers to, down to columns; sorted, without repetition.
  std::vector<Oid> refs;
  /// Why the text is not known to be PostgreSQL's own form; empty where it is.
  std::string unresolved;
  bool empty() const { return text.empty() && !tree; }
};

/// A query, as a view holds it; likewise.
struct Query {
  std::string text;
  std::shared_ptr<const expr::Query> tree;
  std::vector<Oid> refs;
  std::string unresolved;
  bool empty() const { return text.empty() && !tree; }
};

}  // namespace pgplumb::catalog
