// Expressions and queries as the body evaluates them: exec_eval_expr, exec_run_select and their kin.
#include "engine/ddl/routine_effects.h"
#include "engine/plpgsql/call.h"
#include "engine/plpgsql/executor.h"
#include "parser/pg_query.h"
#include "parser/references.h"

namespace pgplumb::engine::plpgsql {

namespace ast = parser::ast;

ast::Node Executor::node_of(const Sql& sql) {
  if (sql.tree) return sql.tree->statement();
  auto& late = late_trees_[&sql];
  if (!late) {
    parser::ParseResult parsed = parser::parse(sql.form == SqlForm::expression ? "SELECT " + sql.text : sql.text);
    if (parsed.error) throw SqlError(parsed.error->sqlstate, parsed.error->message);
    late = std::make_shared<const parser::ParseTree>(std::move(parsed.tree));
  }
  return late->statement();
}

evaluate::Parameters Executor::parameters(std::vector<Value> values) {
  return {std::move(values), caller(interpreter_, activity_)};
}

// What can't be evaluated must not have effects besides its result.
void Executor::forbid_effects(ast::Node node) const {
  for (ast::FuncCall call : parser::references_in(node).calls)
    if (const auto reason = ddl::effect_of_call(interpreter_, call, ddl::Also::session)) throw NotSimulated(*reason);
}

Executor::Rows Executor::query(ast::Node node, const Bound& bound) {
  Rows rows;
  try {
    rows.set = evaluate::run_query(interpreter_, *bound.query, parameters(bound.parameters));
  } catch (const NotSimulated& limit) {
    try {
      forbid_effects(node);
    } catch (const NotSimulated& effect) {
      throw NotSimulated(std::string(effect.what()) + ": " + limit.what());
    }
    rows.unknown = limit.what();
  }
  if (rows.set.columns.empty()) rows.set.columns = columns_of(*bound.query);
  return rows;
}

Executor::Rows Executor::query(const Sql& sql) {
  const ast::Node node = node_of(sql);
  return query(node, bind(interpreter_, node, scope_of(sql)));
}

Executor::Rows Executor::dynamic_query(const Sql& text, const std::vector<Sql>& arguments) {
  const std::string statement = dynamic_text(text);
  const parser::ParseResult parsed = parser::parse(statement);
  if (parsed.error) throw SqlError(parsed.error->sqlstate, parsed.error->message);
  if (parsed.tree.size() != 1) throw SqlError("42P11", "cannot open multi-query plan as cursor");
  const ast::Node node = parsed.tree.statement();
  if (!node.is<ast::SelectStmt>()) throw NotSimulated("rows of a statement that is no SELECT");
  return query(node, bind_numbered(interpreter_, node, evaluate(arguments)));
}

Value Executor::evaluate(const Sql& sql) {
  const Rows rows = query(sql);
  if (rows.set.columns.size() != 1)
    throw SqlError("42601", "query returned " + std::to_string(rows.set.columns.size()) + " columns");
  const Oid type = rows.set.columns.front().type.type;
  if (!rows.unknown.empty()) return Value::unknown(type, rows.unknown);
  if (rows.set.rows.size() > 1) throw SqlError("21000", "query returned more than one row");
  return rows.set.rows.empty() ? Value::null(type) : rows.set.rows.front().front();
}

std::vector<Value> Executor::evaluate(const std::vector<Sql>& expressions) {
  std::vector<Value> values;
  for (const Sql& sql : expressions) values.push_back(evaluate(sql));
  return values;
}

std::optional<bool> Executor::decide(const Sql& sql, std::string& reason) {
  const Value value = converted(evaluate(sql), {catalog::types::bool_, -1});
  if (!value.is_unknown()) return evaluate::is_true(value);
  reason = value.text;
  return std::nullopt;
}

std::string Executor::text_of(const Value& value) const { return evaluate::output(interpreter_, value); }

std::string Executor::dynamic_text(const Sql& sql) {
  const Value text = evaluate(sql);
  if (text.is_null()) throw SqlError("22004", "query string argument of EXECUTE is null");
  if (text.is_unknown()) throw NotSimulated("a statement for EXECUTE whose text is not known: " + text.text);
  return text_of(text);
}

}  // namespace pgplumb::engine::plpgsql
