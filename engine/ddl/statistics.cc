// CREATE STATISTICS and ALTER STATISTICS: commands/statscmds.c.
#include "catalog/kinds/statistics.h"

#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/expr_nodes.h"
#include "catalog/expr_walk.h"
#include "catalog/kinds/schema.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/typcache.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/names.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "parser/node.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

constexpr std::size_t most_dimensions = 8;  // STATS_MAX_DIMENSIONS

const Object& first_relation(const Interpreter& interpreter, ast::List<ast::Node> relations) {
  if (!relations[0].is<ast::RangeVar>())
    throw SqlError("0A000", "only a single relation is allowed in CREATE STATISTICS");
  return require_relation(interpreter, relations[0].as<ast::RangeVar>());
}

void require_fit_for_statistics(const Interpreter& interpreter, const Object& relation) {
  if (relation.kind != Kind::table && relation.kind != Kind::materialized_view &&
      relation.kind != Kind::foreign_table) {
    if (interpreter.major() < 15)
      throw SqlError("42809",
                     "relation \"" + relation.name.str() + "\" is not a table, foreign table, or materialized view");
    const std::string plural = relation.kind == Kind::index ? "indexes" : std::string(relation_word(relation)) + "s";
    throw SqlError("42809", "cannot define statistics for relation \"" + relation.name.str() + "\"",
                   "This operation is not supported for " + plural + ".");
  }
  require_owner(interpreter, relation);
}

bool is_comparable(const Interpreter& interpreter, Oid type) {
  const analyze::Syscache& cache = cache_of(interpreter);
  // Of arrays and rows, what they are made of decides, though they have an operator class.
  return analyze::type_operators(cache, analyze::base_type(cache, type)).less != invalid_oid;
}

[[noreturn]] void refuse_type(const Interpreter& interpreter, const std::string& what, Oid type) {
  throw SqlError("0A000", what + " because its type " + analyze::format_type(cache_of(interpreter), type) +
                              " has no default btree operator class");
}

/// What the statistics are of: a column's name, or an expression.
struct StatisticsElement {
  std::string_view column;
  Expr expression;
};

/// transformStatsStmt; before 14, there are no expressions.
std::vector<StatisticsElement> analyze_elements(Interpreter& interpreter, const Object& relation,
                                                ast::List<ast::Node> nodes) {
  std::vector<StatisticsElement> elements;
  for (ast::Node node : nodes) {
    const auto element = node.as<ast::StatsElem>();
    elements.push_back({element.name(), {}});
    if (element.name().empty() && interpreter.major() >= 14)
      elements.back().expression = analyze_statistics(interpreter, relation.oid, element.expr());
  }
  return elements;
}

/// The columns and expressions, read one after another.
class StatisticsReader {
 public:
  StatisticsReader(Interpreter& interpreter, const Object& relation, Statistics& made)
      : interpreter_(interpreter), relation_(relation), made_(made) {}

  void read(const StatisticsElement& element, bool is_only) {
    if (!element.column.empty()) return add_column(element.column);
    if (interpreter_.major() < 14)
      throw SqlError("0A000", "only simple column references are allowed in CREATE STATISTICS");
    const expr::NodePtr tree(element.expression.tree);
    // A column in parentheses is that column.
    if (const auto* variable = expr::as<expr::Var>(tree)) {
      require_stored(*variable);
      return add_column(interpreter_.catalog().get(Ref<Column>{variable->column}).name.view());
    }
    expr::any_node(tree, [&](const expr::Node& node) {
      if (const auto* variable = node.as<expr::Var>()) require_stored(*variable);
      return false;
    });
    add_expression(element.expression, is_only);
  }

  void check_columns() const {
    for (auto one = made_.columns.begin(); one != made_.columns.end(); ++one)
      if (std::find(made_.columns.begin(), one, *one) != one)
        throw SqlError("42701", "duplicate column name in statistics definition");
  }

  void check_expressions() const {
    for (auto one = made_.expressions.begin(); one != made_.expressions.end(); ++one)
      for (auto other = made_.expressions.begin(); other != one; ++other)
        if (expr::NodePtr(one->tree) == expr::NodePtr(other->tree))
          throw SqlError("42701", "duplicate expression in statistics definition");
  }

 private:
  [[noreturn]] static void refuse_columns(std::string_view kind) {
    throw SqlError("0A000", "statistics creation on " + std::string(kind) + " columns is not supported");
  }

  void require_stored(const expr::Var& variable) const {
    if (variable.attribute <= 0) refuse_columns("system");
    require_stored(interpreter_.catalog().get(Ref<Column>{variable.column}));
  }

  static void require_stored(const Column& column) {
    if (column.generated == Generated::virtual_) refuse_columns("virtual generated");
  }

  void add_column(std::string_view name) {
    if (is_system_column(relation_, name)) refuse_columns("system");
    const Column* column = find_column(interpreter_.catalog(), relation_.oid, Name(name));
    if (!column) throw SqlError("42703", "column \"" + std::string(name) + "\" does not exist");
    require_stored(*column);
    if (!is_comparable(interpreter_, column->type.type))
      refuse_type(interpreter_, "column \"" + std::string(name) + "\" cannot be used in statistics", column->type.type);
    made_.columns.push_back(Ref<Column>{column->oid});
  }

  void add_expression(const Expr& expression, bool is_only) {
    const Oid type = expr::type_of(*expr::NodePtr(expression.tree));
    if (!is_only && !is_comparable(interpreter_, type))
      refuse_type(interpreter_, "expression cannot be used in multivariate statistics", type);
    made_.expressions.push_back(expression);
  }

  Interpreter& interpreter_;
  const Object& relation_;
  Statistics& made_;
};

StatisticsKind kind_of_word(std::string_view word) {
  if (word == "ndistinct") return StatisticsKind::ndistinct;
  if (word == "dependencies") return StatisticsKind::dependencies;
  if (word == "mcv") return StatisticsKind::mcv;
  throw SqlError("42601", "unrecognized statistics kind \"" + std::string(word) + "\"");
}

void read_kinds(ast::CreateStatsStmt statement, Statistics& made) {
  for (ast::Node word : statement.stat_types()) {
    const StatisticsKind kind = kind_of_word(word.str());
    if (std::find(made.kinds.begin(), made.kinds.end(), kind) == made.kinds.end()) made.kinds.push_back(kind);
  }
  const std::size_t parts = made.columns.size() + made.expressions.size();
  if (parts == 1 && made.columns.empty()) {
    if (!statement.stat_types().empty())
      throw SqlError("0A000", "when building statistics on a single expression, statistics kinds may not be specified");
    return;
  }
  if (parts < 2) throw SqlError("42P17", "extended statistics require at least 2 columns");
  if (made.kinds.empty()) made.kinds = {StatisticsKind::ndistinct, StatisticsKind::dependencies, StatisticsKind::mcv};
}

/// ChooseExtendedStatisticNameAddition
std::string middle_of_name(ast::List<ast::Node> elements) {
  std::vector<Name> parts;
  for (ast::Node node : elements) {
    const auto element = node.as<ast::StatsElem>();
    parts.emplace_back(element.name().empty() ? std::string_view("expr") : element.name());
  }
  return name_addition(parts);
}

/// ChooseExtendedStatisticName
Name choose_name(const Catalog& catalog, const Object& relation, ast::List<ast::Node> elements, Oid schema) {
  const std::string middle = middle_of_name(elements);
  std::string label = "stat";
  for (int pass = 0;; label = "stat" + std::to_string(++pass)) {
    const Name name(make_object_name(relation.name.view(), middle, label));
    if (!catalog.find_named<Statistics>(schema, name)) return name;
  }
}

bool statistics_exist(Interpreter& interpreter, ast::CreateStatsStmt statement, const CreationName& place) {
  if (!interpreter.catalog().find_named<Statistics>(place.schema, place.name)) return false;
  const std::string text = "statistics object \"" + place.name.str() + "\" already exists";
  if (!statement.if_not_exists()) throw SqlError("42710", text);
  interpreter.notice(text + ", skipping");
  return true;
}

}  // namespace

void create_statistics(Interpreter& interpreter, ast::CreateStatsStmt statement) {
  const Object& relation = first_relation(interpreter, statement.relations());
  const std::vector<StatisticsElement> elements = analyze_elements(interpreter, relation, statement.exprs());
  if (statement.relations().size() != 1)
    throw SqlError("0A000", "only a single relation is allowed in CREATE STATISTICS");
  require_fit_for_statistics(interpreter, relation);
  CreationName place{relation.parent.oid, Name()};
  if (!statement.defnames().empty())
    place = creation_name(interpreter, statement.defnames());
  else
    place.name = choose_name(interpreter.catalog(), relation, statement.exprs(), place.schema);
  if (statistics_exist(interpreter, statement, place)) return;
  if (elements.size() > most_dimensions) throw SqlError("54011", "cannot have more than 8 columns in statistics");
  Statistics made;
  made.parent = Ref<Schema>{place.schema};
  made.name = place.name;
  made.owner = new_owner(interpreter);
  made.table = {relation.kind, relation.oid};
  StatisticsReader reader(interpreter, relation, made);
  for (const StatisticsElement& element : elements) reader.read(element, elements.size() == 1);
  read_kinds(statement, made);
  reader.check_columns();
  reader.check_expressions();
  interpreter.catalog().insert(std::move(made));
}

void alter_statistics(Interpreter& interpreter, ast::AlterStatsStmt statement) {
  const Address address = find_in_schema(interpreter, Kind::statistics, statement.defnames(), statement.missing_ok());
  if (!address) {
    interpreter.notice("statistics object \"" + name_list_text(statement.defnames()) + "\" does not exist, skipping");
    return;
  }
  require_owner(interpreter, *address.object, name_list_text(statement.defnames()));
  int target = parser::statistics_target(statement).value_or(-1);
  if (target < -1) throw SqlError("22023", "statistics target " + std::to_string(target) + " is too low");
  if (target > 10000) {
    interpreter.warning("lowering statistics target to 10000", "22023");
    target = 10000;
  }
  interpreter.catalog().edit(Ref<Statistics>{address.oid}).set<&Statistics::target>(target);
}

}  // namespace pgplumb::engine::ddl
