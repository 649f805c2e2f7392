#include "tests/unit/analyze_catalog.h"

#include <functional>

namespace pgplumb::tests {

namespace {

std::string guarded(const std::function<std::string()>& analyse) {
  try {
    return analyse();
  } catch (const catalog::SqlError& error) {
    return error.sqlstate + ": " + error.message;
  }
}

std::string on_one_line(const std::string& text) {
  std::string line;
  for (char c : text) {
    bool blank = c == ' ' || c == '\n';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

}  // namespace

Oid AnalyzeCatalog::table(const char* name, const std::vector<ColumnSpec>& columns) {
  Oid relation = objects.insert(named<catalog::Table>(name)).oid;
  std::int16_t number = 0;
  for (const ColumnSpec& spec : columns) {
    catalog::Column column;
    column.name = spec.name;
    column.parent = {catalog::Kind::table, relation};
    column.number = ++number;
    column.type = spec.type;
    bool collatable = spec.type.type == types::text || spec.type.type == types::varchar || spec.type.type == types::text_array;
    if (collatable) column.collation = {catalog::Kind::collation, catalog::collations::default_};
    objects.insert(column);
  }
  return relation;
}

void AnalyzeCatalog::primary_key(Oid relation, const char* column) {
  catalog::Constraint key;
  key.name = "key";
  key.parent = {catalog::Kind::table, relation};
  key.type = catalog::ConstraintType::primary_key;
  key.columns = {{objects.find_named<catalog::Column>(relation, column)->oid}};
  objects.insert(key);
}

void AnalyzeCatalog::function(const char* name, const std::vector<Oid>& args, Oid result) {
  auto routine = named<catalog::Function>(name);
  for (Oid arg : args) {
    routine.signature.push_back({arg, -1});
    catalog::Argument argument;
    argument.type = {arg, -1};
    routine.arguments.push_back(argument);
  }
  routine.result = {result, -1};
  routine.volatility = catalog::Volatility::immutable;
  objects.insert(routine);
}

std::string AnalyzeCatalog::expression(const std::string& text) const {
  return guarded([&] {
    parser::ParsedExpression parsed = parser::parse_expression(text);
    if (parsed.error) return "does not parse: " + parsed.error->message;
    auto analyzed = analyzer().statistics_expression(parsed.node, t);
    auto printing = printer();
    return engine::deparse::print_expression(printing.cache(), *analyzed.tree, engine::deparse::Scope::of_relation(t));
  });
}

std::string AnalyzeCatalog::column_default(const std::string& text, TypeRef type) const {
  return guarded([&]() -> std::string {
    parser::ParsedExpression parsed = parser::parse_expression(text);
    auto analyzed = analyzer().column_default(parsed.node, {"c", type});
    if (analyzed.empty()) return "";
    auto printing = printer();
    return engine::deparse::print_expression(printing.cache(), *analyzed.tree, engine::deparse::Scope::nothing());
  });
}

std::string AnalyzeCatalog::query(const std::string& text) const {
  return guarded([&] {
    parser::ParseResult parsed = parser::parse(text);
    if (parsed.error) return "does not parse: " + parsed.error->message;
    auto analyzed = analyzer().view_query(parsed.tree.statement());
    auto printing = printer();
    return on_one_line(engine::deparse::print_view(printing.cache(), *analyzed.query.tree, catalog::invalid_oid));
  });
}

}  // namespace pgplumb::tests
