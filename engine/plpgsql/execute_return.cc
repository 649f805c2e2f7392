// RETURN, RETURN NEXT and RETURN QUERY: exec_stmt_return and its kin.
#include "engine/analyze/lsyscache.h"
#include "engine/plpgsql/executor.h"

namespace pgplumb::engine::plpgsql {

namespace {

constexpr Flow::Kind returning = Flow::Kind::return_;

}  // namespace

/// The columns of a set's rows; none where only the query tells.
std::vector<ResultColumn> Executor::result_columns() const {
  std::vector<ResultColumn> columns;
  for (int parameter : function_.out_parameters)
    columns.push_back({variable(parameter).name, variable(parameter).type});
  if (!columns.empty()) return columns;
  columns = declared_columns(function_.returns.type.type);
  if (columns.empty() && function_.returns.type.type != catalog::types::record)
    columns.push_back({function_.name, function_.returns.type});
  return columns;
}

void Executor::return_row(const std::vector<Value>& values) {
  if (rows_.columns.empty()) rows_.columns = result_columns();
  std::vector<Value> row;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool typed = i < rows_.columns.size() && !analyze::is_polymorphic(rows_.columns[i].type.type);
    row.push_back(typed ? converted(values[i], rows_.columns[i].type) : values[i]);
  }
  rows_.rows.push_back(std::move(row));
}

Flow Executor::execute(const Return& statement) {
  returned_ = true;
  if (!statement.value) return {returning, {}};
  const Value value = evaluate(statement.value);
  const TypeRef type = function_.returns.type;
  const bool is_row = analyze::type_or_domain_relation(interpreter_.cache(), type.type) != invalid_oid;
  const bool value_is_row = value.type == catalog::types::record ||
                            analyze::type_or_domain_relation(interpreter_.cache(), value.type) != invalid_oid;
  if ((is_row || type.type == catalog::types::record) && !value_is_row && !value.is_null())
    throw SqlError("42804", "cannot return non-composite value from function returning composite type");
  const bool as_is = analyze::is_polymorphic(type.type) || type.type == catalog::types::record;
  result_ = as_is ? value : converted(value, type);
  return {returning, {}};
}

Flow Executor::execute(const ReturnNext& statement) {
  if (!statement.value) {
    return_row(out_values());
    return {};
  }
  const std::vector<ResultColumn> columns = result_columns();
  const bool is_row =
      function_.returns.type.type == catalog::types::record || !declared_columns(function_.returns.type.type).empty();
  const Value value = evaluate(statement.value);
  if (!is_row) {
    return_row({value});
    return {};
  }
  if (value.is_unknown()) throw NotSimulated(value.text);
  throw NotSimulated("RETURN NEXT of a row");
}

Flow Executor::execute(const ReturnQuery& statement) {
  const Rows rows = statement.dynamic ? dynamic_query(statement.query, statement.arguments) : query(statement.query);
  if (!rows.unknown.empty()) {
    unknown_rows_ = rows.unknown;
    set_processed_unknown(rows.unknown, false);
    return {};
  }
  const std::vector<ResultColumn> columns = result_columns();
  if (!columns.empty() && columns.size() != rows.set.columns.size())
    throw SqlError("42804", "structure of query does not match function result type",
                   "Number of returned columns (" + std::to_string(rows.set.columns.size()) +
                       ") does not match expected column count (" + std::to_string(columns.size()) + ").");
  if (columns.empty()) rows_.columns = rows.set.columns;
  for (const std::vector<Value>& row : rows.set.rows) return_row(row);
  set_processed(rows.set.rows.size(), false);
  return {};
}

}  // namespace pgplumb::engine::plpgsql
