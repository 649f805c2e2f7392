#include "engine/live_trees.h"

#include <algorithm>

#include "catalog/freeze.h"
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/policy.h"
#include "catalog/kinds/publication_table.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/statistics.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/analyzer.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/partition.h"
#include "engine/seal.h"
#include "parser/expression.h"

namespace pgplumb::engine {

namespace {

using catalog::Expr;
using catalog::Kind;
using catalog::Object;
using catalog::Oid;
using catalog::Query;
using catalog::Ref;

using Copy = std::shared_ptr<Object>;

/// All texts of the object that are compared, in the order of its fields.
std::vector<std::string> texts_in(const Object& object) {
  std::vector<std::string> texts;
  for (const catalog::FieldInfo& field : catalog::kind_info(object.kind).fields) {
    if (field.role.role == catalog::Role::info) continue;
    if (field.ops->is_query) texts.push_back(static_cast<const Query*>(field.get(&object))->text);
    // The visitor only reads here.
    field.ops->visit_exprs(const_cast<void*>(field.get(&object)), [&](Expr& expr) { texts.push_back(expr.text); });
  }
  return texts;
}

/// Reads the texts of one copy of an object.
class ObjectReader {
 public:
  ObjectReader(Interpreter& interpreter, Object& object) : interpreter_(interpreter), object_(object) {}

  /// Whether all of them could be analysed.
  bool read() {
    switch (object_.kind) {
      case Kind::column_default:
        read_default(as<catalog::ColumnDefault>());
        break;
      case Kind::constraint:
        read_check(as<catalog::Constraint>());
        break;
      case Kind::domain:
        read_domain(as<catalog::Domain>());
        break;
      case Kind::index:
        read_index(as<catalog::Index>());
        break;
      case Kind::statistics:
        read_statistics(as<catalog::Statistics>());
        break;
      case Kind::policy:
        read_policy(as<catalog::Policy>());
        break;
      case Kind::trigger:
        read_trigger(as<catalog::Trigger>());
        break;
      case Kind::publication_table:
        read_publication(as<catalog::PublicationTable>());
        break;
      case Kind::function:
      case Kind::procedure:
        read_routine(static_cast<catalog::Routine&>(object_));
        break;
      case Kind::view:
        read_view(as<catalog::View>().query);
        break;
      case Kind::materialized_view:
        read_view(as<catalog::MaterializedView>().query);
        break;
      case Kind::rule:
        read_rule(as<catalog::Rule>());
        break;
      case Kind::table:
        read_bound(as<catalog::Table>());
        break;
      case Kind::foreign_table:
        read_bound(as<catalog::ForeignTable>());
        break;
      default:
        break;
    }
    return understood_;
  }
  bool any() const { return any_; }

 private:
  template <class T>
  T& as() {
    return static_cast<T&>(object_);
  }
  const Object& parent_of(const Object& object) const { return *interpreter_.catalog().find(object.parent.oid); }

  template <class Analyze>
  void attempt(Analyze analyze) {
    try {
      analyze();
      any_ = true;
    } catch (const SqlError&) {
      understood_ = false;
    } catch (const NotSimulated&) {
      understood_ = false;
    }
  }

  template <class Analyze>
  void read_expression(Expr& expression, Analyze analyze) {
    if (expression.text.empty() || expression.tree) return;
    attempt([&] {
      const parser::ParsedExpression parsed = parser::parse_expression(expression.text);
      if (parsed.error) throw NotSimulated(parsed.error->message);
      Expr analysed = analyze(parsed.node);
      analysed.text = std::move(expression.text);
      expression = std::move(analysed);
    });
  }

  template <class Analyze>
  void read_statement(Query& query, const std::string& statement, Analyze analyze) {
    if (query.text.empty() || query.tree) return;
    attempt([&] {
      const parser::ParseResult parsed = parser::parse(statement);
      if (parsed.error) throw NotSimulated(parsed.error->message);
      Query analysed = analyze(parsed.tree.statement());
      analysed.text = std::move(query.text);
      query = std::move(analysed);
    });
  }

  void read_default(catalog::ColumnDefault& of) {
    const auto& column = static_cast<const catalog::Column&>(parent_of(of));
    read_expression(of.expression, [&](ast::Node raw) {
      return column.generated == catalog::Generated::none
                 ? ddl::analyze_column_default(interpreter_, column, raw)
                 : ddl::analyze_generation(interpreter_, column.parent.oid, column, raw);
    });
  }

  void read_check(catalog::Constraint& of) {
    const Object& parent = parent_of(of);
    read_expression(of.expression, [&](ast::Node raw) {
      if (parent.kind != Kind::domain) return ddl::analyze_check(interpreter_, parent.oid, raw);
      const auto& domain = static_cast<const catalog::Domain&>(parent);
      return ddl::analyze_domain_check(interpreter_, domain.base, domain.collation, raw);
    });
  }

  void read_domain(catalog::Domain& of) {
    read_expression(of.default_expression,
                    [&](ast::Node raw) { return ddl::analyze_domain_default(interpreter_, of.base, of.name, raw); });
  }

  void read_index(catalog::Index& of) {
    for (catalog::IndexColumn& column : of.columns)
      read_expression(column.expression,
                      [&](ast::Node raw) { return ddl::analyze_index_expression(interpreter_, of.parent.oid, raw); });
    read_expression(of.predicate,
                    [&](ast::Node raw) { return ddl::analyze_index_predicate(interpreter_, of.parent.oid, raw); });
  }

  void read_statistics(catalog::Statistics& of) {
    for (Expr& expression : of.expressions)
      read_expression(expression,
                      [&](ast::Node raw) { return ddl::analyze_statistics(interpreter_, of.table.oid, raw); });
  }

  void read_policy(catalog::Policy& of) {
    for (Expr* expression : {&of.using_expression, &of.check_expression})
      read_expression(*expression,
                      [&](ast::Node raw) { return ddl::analyze_policy(interpreter_, of.parent.oid, raw); });
  }

  void read_trigger(catalog::Trigger& of) {
    const ddl::TriggerShape shape{of.for_each_row, of.on_insert, of.on_update, of.on_delete,
                                  of.timing == catalog::TriggerTiming::before};
    read_expression(of.when,
                    [&](ast::Node raw) { return ddl::analyze_trigger_when(interpreter_, parent_of(of), raw, shape); });
  }

  void read_publication(catalog::PublicationTable& of) {
    read_expression(of.row_filter, [&](ast::Node raw) {
      return ddl::analyze_row_filter(interpreter_, *interpreter_.catalog().find(of.table.oid), raw);
    });
  }

  void read_routine(catalog::Routine& of) {
    for (catalog::Argument& argument : of.arguments)
      read_expression(argument.default_expression, [&](ast::Node raw) {
        return ddl::analyze_argument_default(interpreter_, raw, argument.type.type);
      });
    read_statement(of.sql_body, "CREATE FUNCTION f() RETURNS void " + of.sql_body.text, [&](ast::Node statement) {
      return ddl::analyze_atomic_body(interpreter_, of, statement.as<ast::CreateFunctionStmt>().sql_body());
    });
  }

  void read_view(Query& query) {
    read_statement(query, query.text,
                   [&](ast::Node statement) { return ddl::analyzer_of(interpreter_).view_query(statement).query; });
  }

  void read_rule(catalog::Rule& of) {
    read_statement(of.definition, of.definition.text, [&](ast::Node statement) {
      return ddl::analyze_rule(interpreter_, parent_of(of), statement.as<ast::RuleStmt>());
    });
  }

  /// "FOR VALUES …" is no expression of its own to the grammar: it is read within the statement that it comes from.
  template <class Partition>
  void read_bound(Partition& of) {
    Expr& bound = of.partition_bound;
    if (bound.text.empty() || bound.tree) return;
    attempt([&] {
      const parser::ParseResult parsed = parser::parse("CREATE TABLE t PARTITION OF p " + bound.text);
      if (parsed.error) throw NotSimulated(parsed.error->message);
      Expr analysed = ddl::transform_partition_bound(interpreter_, Ref<catalog::Table>{of.partition_of.oid},
                                                     parsed.tree.statement().as<ast::CreateStmt>().partbound());
      analysed.text = std::move(bound.text);
      bound = std::move(analysed);
    });
  }

  Interpreter& interpreter_;
  Object& object_;
  bool understood_ = true;
  bool any_ = false;
};

class TreeReader {
 public:
  explicit TreeReader(Catalog& catalog) : catalog_(catalog), interpreter_(catalog, sources_, environment(catalog)) {}

  std::vector<Oid> run() {
    read_partition_keys();
    read_objects();
    for (Copy& copy : copies_) interpreter_.catalog().store(std::move(copy));
    Catalog printed = interpreter_.catalog();
    seal(printed);
    give_back_what_differs(printed);
    interpreter_.catalog().forget_undo();
    catalog_ = std::move(interpreter_.catalog());
    return std::move(opaque_);
  }

 private:
  /// Texts are printed for a search_path that holds nothing else.
  static Environment environment(const Catalog& catalog) {
    Environment environment;
    environment.major = catalog.major();
    environment.parameters["search_path"] = "pg_catalog";
    return environment;
  }

  /// A snapshot has the parts of the key, as texts.
  static bool is_analysed(const catalog::Table& table) {
    const auto& parts = table.partition_key_parts;
    return !parts.empty() && std::all_of(parts.begin(), parts.end(), [](const catalog::PartitionKeyPart& part) {
      return part.column || part.expression.tree;
    });
  }

  void read_partition_keys() {
    std::vector<Oid> partitioned;
    catalog_.for_each<catalog::Table>([&](const catalog::Table& table) {
      if (!table.partition_key.text.empty() && !is_analysed(table)) partitioned.push_back(table.oid);
    });
    for (Oid oid : partitioned) {
      const auto& table = *catalog_.find_as<catalog::Table>(oid);
      const parser::ParseResult parsed = parser::parse("CREATE TABLE t () PARTITION BY " + table.partition_key.text);
      try {
        if (parsed.error) throw NotSimulated(parsed.error->message);
        ddl::store_partition_key(interpreter_, Ref<catalog::Table>{oid},
                                 parsed.tree.statement().as<ast::CreateStmt>().partspec());
      } catch (const SqlError&) {
        opaque_.push_back(oid);
      } catch (const NotSimulated&) {
        opaque_.push_back(oid);
      }
    }
  }

  void read_objects() {
    interpreter_.catalog().for_each([&](const Object& object) {
      if (catalog::is_environment(interpreter_.catalog(), object)) return;
      const std::vector<std::string> texts = texts_in(object);
      if (std::all_of(texts.begin(), texts.end(), [](const std::string& text) { return text.empty(); })) return;
      Copy copy = catalog::kind_info(object.kind).clone(object);
      ObjectReader reader(interpreter_, *copy);
      if (!reader.read())
        opaque_.push_back(object.oid);
      else if (reader.any())
        copies_.push_back(std::move(copy));
    });
  }

  void give_back_what_differs(const Catalog& printed) {
    std::vector<Oid> changed;
    catalog_.for_each([&](const Object& object) {
      if (texts_in(object) != texts_in(*printed.find(object.oid))) changed.push_back(object.oid);
    });
    for (Oid oid : changed) {
      interpreter_.catalog().store(catalog::kind_info(catalog_.find(oid)->kind).clone(*catalog_.find(oid)));
      opaque_.push_back(oid);
    }
  }

  Catalog& catalog_;
  catalog::SourceMap sources_;
  Interpreter interpreter_;
  std::vector<Copy> copies_;
  std::vector<Oid> opaque_;
};

}  // namespace

std::vector<Oid> attach_trees(Catalog& catalog) { return TreeReader(catalog).run(); }

}  // namespace pgplumb::engine
