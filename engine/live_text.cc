#include "engine/live_text.h"

#include "catalog/base/diagnostic.h"
#include "catalog/builtin/builtin.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/routine.h"
#include "catalog/kinds/table.h"
#include "engine/analyze/api.h"
#include "engine/field_text.h"
#include "engine/live_partition.h"
#include "parser/expression.h"
#include "parser/pg_query.h"

namespace pgplumb::engine {

namespace {

using analyze::Analyzer;
using catalog::Catalog;
using catalog::FieldInfo;
using catalog::Kind;
using catalog::Object;
using catalog::tag_of;
namespace ast = parser::ast;

class Reader {
 public:
  Reader(const Catalog& catalog, const Object& owner, const FieldInfo& field)
      : catalog_(catalog),
        owner_(owner),
        field_(field),
        analyzer_(catalog.major(), &catalog, {catalog::builtin::pg_catalog_namespace}) {}

  LiveTree read(const std::string& text) {
    LiveTree live;
    if (field_.ops->is_query) {
      const catalog::Query query = read_query(text);
      live.query = query.tree;
      live.unresolved = query.unresolved;
      live.printed = print_field(analyzer_.cache(), owner_, *query.tree);
    } else if (field_.tag == tag_of<&catalog::Table::partition_key>()) {
      live.printed = reprinted_partition_key(analyzer_, static_cast<const catalog::Table&>(owner_), text);
    } else {
      const catalog::Expr expression = read_expression(text);
      live.expression = expression.tree;
      live.unresolved = expression.unresolved;
      live.printed = print_field(analyzer_.cache(), owner_, field_, *expression.tree);
    }
    live.fixpoint = live.printed == text;
    return live;
  }

 private:
  catalog::Query read_query(const std::string& text) const {
    switch (owner_.kind) {
      case Kind::view:
      case Kind::materialized_view: return analyzer_.live_query(text).query;
      case Kind::rule: return analyzer_.rule(parsed(text).statement().as<ast::RuleStmt>(), owner_.parent.oid);
      default: return read_body(text);
    }
  }

  catalog::Query read_body(const std::string& text) const {
    const auto tree = parsed("CREATE FUNCTION f() LANGUAGE sql " + text);
    const auto& routine = static_cast<const catalog::Routine&>(owner_);
    std::vector<analyze::FunctionArgument> arguments;
    for (const catalog::Argument& argument : routine.arguments)
      if (argument.mode != catalog::ArgumentMode::out && argument.mode != catalog::ArgumentMode::table)
        arguments.push_back({argument.name.view(), argument.type.type});
    return analyzer_.function_body(tree.statement().as<ast::CreateFunctionStmt>().sql_body(), routine.name.view(), arguments);
  }

  static parser::ParseTree parsed(const std::string& text) {
    parser::ParseResult result = parser::parse(text);
    if (result.error) throw catalog::NotSimulated("the server's text does not parse: " + result.error->message);
    return std::move(result.tree);
  }

  catalog::Expr read_expression(const std::string& text) const {
    if (field_.tag == tag_of<&catalog::Table::partition_bound>())
      return read_partition_bound(analyzer_, static_cast<const catalog::Table&>(owner_).partition_of, text);
    if (field_.tag == tag_of<&catalog::ForeignTable::partition_bound>())
      return read_partition_bound(analyzer_, static_cast<const catalog::ForeignTable&>(owner_).partition_of, text);
    if (owner_.kind == Kind::column_default) return read_default(text);
    return analyzer_.live_expression(text, scope());
  }

  /// A default is assigned to its column, by casts that its text does not show.
  catalog::Expr read_default(const std::string& text) const {
    const auto* column = catalog_.find_as<catalog::Column>(owner_.parent.oid);
    const parser::ParsedExpression parsed = parser::parse_expression(text);
    if (!column || parsed.error) throw catalog::NotSimulated("the server's expression does not parse");
    const analyze::AssignedColumn assigned{column->name.view(), column->type};
    return column->generated == catalog::Generated::none
               ? analyzer_.column_default(parsed.node, assigned)
               : analyzer_.generated_column(parsed.node, column->parent.oid, assigned);
  }

  Analyzer::LiveScope scope() const {
    Analyzer::LiveScope scope;
    scope.scope = field_.scope;
    if (const auto* domain = catalog_.find_as<catalog::Domain>(owner_.parent.oid)) {
      scope.scope = catalog::ExprScope::domain;
      scope.value = domain->base;
      scope.value_collation = domain->collation.oid;
    } else {
      scope.relation = relation_seen_by(catalog_, owner_);
    }
    return scope;
  }

  const Catalog& catalog_;
  const Object& owner_;
  const FieldInfo& field_;
  Analyzer analyzer_;
};

}  // namespace

LiveTree read_live_text(const Catalog& catalog, const Object& owner, const FieldInfo& field, const std::string& text) {
  return Reader(catalog, owner, field).read(text);
}

std::optional<LiveTree> analyze_live_text(const Catalog& catalog, const Object& owner, const FieldInfo& field,
                                          const std::string& text) {
  try {
    return read_live_text(catalog, owner, field, text);
  } catch (const catalog::SqlError&) {
    return std::nullopt;
  } catch (const catalog::NotSimulated&) {
    return std::nullopt;
  }
}

}  // namespace pgplumb::engine
