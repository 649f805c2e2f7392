// Values into variables: exec_assign_value, exec_move_row and exec_cast_value.
#include <algorithm>
#include <charconv>

#include "engine/analyze/lsyscache.h"
#include "engine/analyze/row_shape.h"
#include "engine/evaluate/array.h"
#include "engine/plpgsql/executor.h"

namespace pgplumb::engine::plpgsql {

namespace {

using catalog::types::record;

Value element_value(const evaluate::Element& element, Oid type) {
  return element ? Value::of(type, *element) : Value::null(type);
}

evaluate::Element element_of(const Value& value) {
  return value.is_null() ? evaluate::Element() : evaluate::Element(value.text);
}

constexpr std::size_t max_array_size = 134217727;  // MaxArraySize of utils/array.h
constexpr std::size_t max_simulated_elements = 1'000'000;

/// One subscript within an array of at most one dimension, which grows up to it.
void set_element(evaluate::Array& array, int subscript, evaluate::Element element) {
  if (array.sizes.size() > 1) throw NotSimulated("assignment to an element of an array of several dimensions");
  const int low = array.lows.empty() ? subscript : array.lows.front();
  if (subscript < low) throw NotSimulated("assignment before an array's first element");
  const auto at = static_cast<std::size_t>(std::int64_t{subscript} - low);
  if (at >= max_array_size) throw SqlError("54000", "array size exceeds the maximum allowed (134217727)");
  if (at >= max_simulated_elements) throw NotSimulated("an array of more than a million elements");
  if (at >= array.elements.size()) array.elements.resize(at + 1);
  array.elements[at] = std::move(element);
  array.lows = {low};
  array.sizes = {static_cast<int>(array.elements.size())};
}

}  // namespace

Value Executor::converted(const Value& value, TypeRef type) {
  if (value.is_unknown()) return Value::unknown(type.type, value.text);
  if (value.is_null()) return Value::null(type.type);
  if (value.type == type.type && type.typmod == -1) return value;
  const bool row = value.type == record || analyze::type_relation(interpreter_.cache(), value.type) != invalid_oid;
  if (row && (type.type == record || analyze::type_relation(interpreter_.cache(), type.type) != invalid_oid))
    return Value::of(type.type, value.text);
  return evaluate::convert(interpreter_, value, type);
}

std::vector<ResultColumn> Executor::declared_columns(Oid type) const {
  std::vector<ResultColumn> columns;
  if (const auto shape = analyze::type_row_shape(interpreter_.cache(), type))
    for (const analyze::ColumnRow& column : *shape)
      if (!column.dropped) columns.push_back({std::string(column.name), column.type});
  return columns;
}

void Executor::assign_null_row(int number, const std::vector<ResultColumn>& columns) {
  Row& row = slot(number).row;
  row = {};
  const Oid type = variable(number).type.type;
  row.columns = type == record ? columns : declared_columns(type);
  row.assigned = type != record || !columns.empty();
  for (const ResultColumn& column : row.columns) row.values.push_back(Value::null(column.type.type));
}

void Executor::assign_composite(int number, const Value& value) {
  assign_null_row(number, {});
  Slot& at = slot(number);
  if (value.is_null()) return;
  if (value.is_unknown()) return forget(at, value.text);
  const std::vector<evaluate::Element> fields = evaluate::read_record(value.text);
  std::vector<ResultColumn> columns = declared_columns(value.type);
  if (columns.empty())
    for (std::size_t i = 0; i < fields.size(); ++i)
      columns.push_back({"f" + std::to_string(i + 1), {catalog::types::text, -1}});
  std::vector<Value> values;
  for (std::size_t i = 0; i < fields.size() && i < columns.size(); ++i)
    values.push_back(element_value(fields[i], columns[i].type.type));
  assign_row(number, columns, values);
}

void Executor::assign_row(int number, const std::vector<ResultColumn>& columns, const std::vector<Value>& values) {
  assign_null_row(number, columns);
  Row& row = slot(number).row;
  row.is_null = values.empty();
  for (std::size_t i = 0; i < row.values.size() && i < values.size(); ++i)
    row.values[i] = converted(values[i], row.columns[i].type);
}

Value Executor::row_value(int number) const {
  const Slot& at = slot(number);
  if (!at.row.unknown.empty()) return Value::unknown(at.type.type, at.row.unknown);
  if (!at.row.assigned || at.row.is_null) return Value::null(at.type.type);
  std::vector<evaluate::Element> fields;
  for (const Value& value : at.row.values) {
    if (value.is_unknown()) return Value::unknown(at.type.type, value.text);
    fields.push_back(element_of(value));
  }
  return Value::of(at.type.type, evaluate::write_record(fields));
}

void Executor::assign_variable(int number, const Value& value) {
  const Variable& declared = variable(number);
  if (declared.composite) {
    const bool is_row =
        value.type == record || analyze::type_or_domain_relation(interpreter_.cache(), value.type) != invalid_oid;
    if (!value.is_null() && !is_row) throw SqlError("42804", "cannot assign non-composite value to a record variable");
    return assign_composite(number, value);
  }
  Value stored = converted(value, slot(number).type);
  if (stored.is_null() && declared.not_null)
    throw SqlError("22004", "null value cannot be assigned to variable \"" + declared.name + "\" declared NOT NULL");
  slot(number).value = std::move(stored);
}

void Executor::assign_field(const Place& place, const Value& value) {
  Row& row = slot(place.variable).row;
  const std::string& name = variable(place.variable).name;
  if (!row.assigned && !row.unknown.empty()) throw NotSimulated(row.unknown);
  if (!row.assigned)
    throw SqlError("55000", "record \"" + name + "\" is not assigned yet",
                   "The tuple structure of a not-yet-assigned record is indeterminate.");
  const auto column = std::find_if(row.columns.begin(), row.columns.end(),
                                   [&](const ResultColumn& candidate) { return candidate.name == place.field; });
  if (column == row.columns.end())
    throw SqlError("42703", "record \"" + name + "\" has no field \"" + place.field + "\"");
  row.values[static_cast<std::size_t>(column - row.columns.begin())] = converted(value, column->type);
  row.is_null = false;
}

void Executor::assign_element(const Place& place, const Value& value) {
  if (!place.field.empty() || place.subscripts.size() > 1 ||
      place.subscripts.front().text.back() == ':')
    throw NotSimulated("assignment to a part of an array");
  Slot& at = slot(place.variable);
  const Oid element = analyze::base_element_type(interpreter_.cache(), at.type.type);
  if (element == invalid_oid) throw NotSimulated("assignment to a part of what is no array");
  const Value subscript = converted(evaluate(place.subscripts.front()), {catalog::types::int4, -1});
  const Value stored = converted(value, {element, -1});
  if (subscript.is_null()) throw SqlError("22004", "array subscript in assignment must not be null");
  for (const Value* part : {&subscript, &stored, static_cast<const Value*>(&at.value)})
    if (part->is_unknown()) {
      at.value = Value::unknown(at.type.type, part->text);
      return;
    }
  evaluate::Array array = at.value.is_null() ? evaluate::Array() : evaluate::read_array(at.value);
  set_element(array, std::stoi(subscript.text), element_of(stored));
  at.value = Value::of(at.type.type, evaluate::write_array(array));
}

void Executor::assign(const Place& place, const Value& value) {
  if (!place.subscripts.empty()) return assign_element(place, value);
  if (!place.field.empty()) return assign_field(place, value);
  assign_variable(place.variable, value);
}

void Executor::store(const Target& target, const std::vector<ResultColumn>& columns, const std::vector<Value>& values) {
  if (target.whole_row) return assign_row(target.places.front().variable, columns, values);
  for (std::size_t i = 0; i < target.places.size(); ++i) {
    const Place& place = target.places[i];
    assign(place, i < values.size() ? values[i] : Value::null(catalog::types::unknown));
  }
}

// A record takes its fields' names and types from the query or value.
Flow Executor::execute(const Assign& statement) {
  const Place& place = statement.place;
  const bool whole = place.field.empty() && place.subscripts.empty() && variable(place.variable).composite;
  if (!whole) {
    assign(place, evaluate(statement.value));
    return {};
  }
  const Value value = evaluate(statement.value);
  if (const auto columns = anonymous_columns(statement.value); columns && value.is_known()) {
    std::vector<Value> values;
    const std::vector<evaluate::Element> fields = evaluate::read_record(value.text);
    for (std::size_t i = 0; i < fields.size() && i < columns->size(); ++i)
      values.push_back(element_value(fields[i], (*columns)[i].type.type));
    assign_row(place.variable, *columns, values);
    return {};
  }
  assign_variable(place.variable, value);
  return {};
}

/// The fields of a ROW(…) or of a record variable that the expression is; nothing for any other.
std::optional<std::vector<ResultColumn>> Executor::anonymous_columns(const Sql& sql) {
  const Bound bound = bind(interpreter_, node_of(sql), scope_of(sql));
  const auto& targets = bound.query->targets;
  if (targets.size() != 1) return std::nullopt;
  const auto* row = catalog::expr::as<catalog::expr::RowExpr>(targets.front().expr);
  if (!row || row->type != record) return std::nullopt;
  std::vector<ResultColumn> columns;
  for (std::size_t i = 0; i < row->args.size(); ++i) {
    const std::string name = i < row->column_names.size() ? row->column_names[i] : "f" + std::to_string(i + 1);
    columns.push_back({name, {catalog::expr::type_of(*row->args[i]), -1}});
  }
  return columns;
}

}  // namespace pgplumb::engine::plpgsql
