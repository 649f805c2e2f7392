#include "engine/ddl/dispatch.h"

#include <vector>

#include "catalog/base/diagnostic.h"
#include "engine/ddl/data.h"
#include "engine/ddl/query_relation.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::NodeTag;

struct Entry {
  NodeTag tag;
  Status status;
  void (*run)(Interpreter&, ast::Node);
};

constexpr Entry entries[] = {
#define STATEMENT(Type, handler) \
  {NodeTag::Type, Status::ok, [](Interpreter& interpreter, ast::Node node) { handler(interpreter, node.as<ast::Type>()); }},
#define CHECKED(Type, handler)      \
  {NodeTag::Type, Status::skipped, \
   [](Interpreter& interpreter, ast::Node node) { handler(interpreter, node.as<ast::Type>()); }},
#define SKIPPED(Type) {NodeTag::Type, Status::skipped, nullptr},
#include "engine/ddl/statements.def"
#undef STATEMENT
#undef CHECKED
#undef SKIPPED
};

/// The registry by tag.
const Entry* find(NodeTag tag) {
  static const auto by_tag = [] {
    std::vector<const Entry*> table;
    for (const Entry& entry : entries) {
      const auto at = static_cast<std::size_t>(entry.tag);
      if (at >= table.size()) table.resize(at + 1);
      table[at] = &entry;
    }
    return table;
  }();
  const auto at = static_cast<std::size_t>(tag);
  return at < by_tag.size() ? by_tag[at] : nullptr;
}

}  // namespace

ast::IntoClause into_clause(ast::SelectStmt select) {
  while (select && select.op() != ast::SetOperation::SETOP_NONE && select.larg()) select = select.larg();
  return select ? select.into_clause() : ast::IntoClause();
}

Status dispatch(Interpreter& interpreter, ast::Node statement) {
  if (const ast::IntoClause into = into_clause(statement.as<ast::SelectStmt>())) {
    create_table_from_query(interpreter, statement, into, false);
    return Status::ok;
  }
  const Entry* entry = find(statement.tag());
  if (!entry) throw catalog::NotSimulated("statement " + std::string(ast::to_string(statement.tag())));
  if (entry->run)
    entry->run(interpreter, statement);
  else
    refuse_effects_within(interpreter, statement);
  return entry->status;
}

}  // namespace pgplumb::engine::ddl
