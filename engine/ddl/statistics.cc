// CREATE STATISTICS and ALTER STATISTICS: commands/statscmds.c.
#include "catalog/kinds/statistics.h"

#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/expr_nodes.h"
#include "catalog/kinds/schema.h"
#include "engine/analyze/typcache.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
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

const Object& statistics_table(const Interpreter& interpreter, ast::List<ast::Node> relations) {
  if (relations.size() != 1 || !relations[0].is<ast::RangeVar>())
    throw SqlError("0A000", "only a single relation is allowed in CREATE STATISTICS");
  const Object& relation = require_relation(interpreter, relations[0].as<ast::RangeVar>());
  require_owner(interpreter, relation);
  if (relation.kind == Kind::table || relation.kind == Kind::materialized_view || relation.kind == Kind::foreign_table)
    return relation;
  const std::string plural = relation.kind == Kind::index ? "indexes" : std::string(relation_word(relation)) + "s";
  throw SqlError("42809", "cannot define statistics for relation \"" + relation.name.str() + "\"",
                 "This operation is not supported for " + plural + ".");
}

void check_comparable(const Interpreter& interpreter, Oid type, const std::string& what) {
  const analyze::Syscache& cache = cache_of(interpreter);
  // Of arrays and rows, what they are made of decides, though they have an operator class.
  if (analyze::type_operators(cache, analyze::base_type(cache, type)).less != invalid_oid) return;
  throw SqlError("0A000", what + " cannot be used in statistics because its type " + analyze::format_type(cache, type) +
                              " has no default btree operator class");
}

/// The columns and expressions, read one after another.
class StatisticsReader {
 public:
  StatisticsReader(Interpreter& interpreter, const Object& relation, Statistics& made)
      : interpreter_(interpreter), relation_(relation), made_(made) {}

  void read(ast::StatsElem element) {
    if (!element.name().empty()) return add_column(element.name());
    if (interpreter_.major() < 14)
      throw SqlError("0A000", "only simple column references are allowed in CREATE STATISTICS");
    Expr expression = analyze_statistics(interpreter_, relation_.oid, element.expr());
    // A column in parentheses is that column.
    if (const auto* variable = catalog::expr::as<catalog::expr::Var>(catalog::expr::NodePtr(expression.tree));
        variable && variable->attribute > 0)
      return add_column(interpreter_.catalog().get(Ref<Column>{variable->column}).name.view());
    made_.expressions.push_back(std::move(expression));
  }

  void check_columns() const {
    for (auto one = made_.columns.begin(); one != made_.columns.end(); ++one)
      if (std::find(made_.columns.begin(), one, *one) != one)
        throw SqlError("42701", "duplicate column name in statistics definition");
  }

  void check_expressions() const {
    for (auto one = made_.expressions.begin(); one != made_.expressions.end(); ++one)
      for (auto other = made_.expressions.begin(); other != one; ++other)
        if (catalog::expr::NodePtr(one->tree) == catalog::expr::NodePtr(other->tree))
          throw SqlError("42701", "duplicate expression in statistics definition");
  }

 private:
  void add_column(std::string_view name) {
    if (is_system_column(name)) throw SqlError("0A000", "statistics creation on system columns is not supported");
    const Column* column = find_column(interpreter_.catalog(), relation_.oid, Name(name));
    if (!column) throw SqlError("42703", "column \"" + std::string(name) + "\" does not exist");
    check_comparable(interpreter_, column->type.type, "column \"" + std::string(name) + "\"");
    made_.columns.push_back(Ref<Column>{column->oid});
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
  const Object& relation = statistics_table(interpreter, statement.relations());
  CreationName place{relation.parent.oid, Name()};
  if (!statement.defnames().empty())
    place = creation_name(interpreter, statement.defnames());
  else
    place.name = choose_name(interpreter.catalog(), relation, statement.exprs(), place.schema);
  if (statistics_exist(interpreter, statement, place)) return;
  if (statement.exprs().size() > most_dimensions)
    throw SqlError("54011", "cannot have more than 8 columns in statistics");
  Statistics made;
  made.parent = Ref<Schema>{place.schema};
  made.name = place.name;
  made.owner = new_owner(interpreter);
  made.table = {relation.kind, relation.oid};
  StatisticsReader reader(interpreter, relation, made);
  for (ast::Node element : statement.exprs()) reader.read(element.as<ast::StatsElem>());
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
