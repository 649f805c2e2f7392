#include "engine/live_partition.h"

#include "catalog/base/diagnostic.h"
#include "catalog/catalog.h"
#include "catalog/expr_nodes.h"
#include "catalog/kinds/column.h"
#include "engine/analyze/namespace.h"
#include "engine/deparse/deparse.h"
#include "parser/pg_query.h"

namespace pgplumb::engine {

namespace {

using analyze::Analyzer;
using catalog::Oid;
using catalog::PartitionKeyPart;
using catalog::Table;
namespace ast = parser::ast;
namespace expr = catalog::expr;
using expr::PartitionBoundKind;

constexpr Oid btree = 403, hash = 405;

parser::ParseTree parsed(const std::string& text) {
  parser::ParseResult result = parser::parse(text);
  if (result.error) throw catalog::NotSimulated("the server's text does not parse: " + result.error->message);
  return std::move(result.tree);
}

parser::ParseTree parsed_key(const std::string& text) { return parsed("CREATE TABLE t () PARTITION BY " + text); }

ast::List<ast::Node> key_parts(const parser::ParseTree& tree) {
  return tree.statement().as<ast::CreateStmt>().partspec().part_params();
}

const analyze::ColumnRow* find_column(const Analyzer& analyzer, Oid relation, std::string_view name) {
  for (const analyze::ColumnRow& column : analyzer.cache().columns(relation))
    if (!column.dropped && column.name == name) return &column;
  return nullptr;
}

PartitionKeyPart read_part(const Analyzer& analyzer, const Table& table, ast::PartitionElem element) {
  PartitionKeyPart part;
  if (const auto* column = find_column(analyzer, table.oid, element.name())) {
    part.column = {column->column};
  } else {
    part.expression = analyzer.partition_key_expression(element.expr(), table.oid);
    part.expression.text = deparse::print_key_expression(analyzer.cache(), *part.expression.tree, table.oid);
  }
  if (!element.collation().empty())
    part.collation = {catalog::Kind::collation, analyze::lookup_collation(analyzer.cache(), element.collation())};
  if (!element.opclass().empty()) {
    const auto name = analyze::deconstruct_qualified_name(element.opclass());
    const Oid schema = name.schema.empty() ? catalog::builtin::pg_catalog_namespace : analyzer.cache().schema_by_name(name.schema);
    const Oid method = table.partition_strategy == catalog::PartitionStrategy::hash ? hash : btree;
    part.operator_class = {catalog::Kind::operator_class, analyzer.cache().opclass_named(method, schema, name.name)};
  }
  return part;
}

/// What one column of a partition key takes.
struct KeyColumn {
  std::string name;
  catalog::TypeRef type;
  Oid collation = catalog::invalid_oid;
};

std::vector<KeyColumn> key_columns(const Analyzer& analyzer, const Table& table) {
  const auto tree = parsed_key(table.partition_key.text);
  std::vector<KeyColumn> keys;
  for (ast::Node node : key_parts(tree)) {
    const auto element = node.as<ast::PartitionElem>();
    if (const auto* column = find_column(analyzer, table.oid, element.name())) {
      keys.push_back({std::string(column->name), column->type, column->collation});
    } else {
      const catalog::Expr expression = analyzer.partition_key_expression(element.expr(), table.oid);
      keys.push_back({"", {expr::type_of(*expression.tree), expr::typmod_of(*expression.tree)}, expr::collation_of(*expression.tree)});
    }
    if (!element.collation().empty()) keys.back().collation = analyze::lookup_collation(analyzer.cache(), element.collation());
  }
  return keys;
}

class BoundReader {
 public:
  BoundReader(const Analyzer& analyzer, std::vector<KeyColumn> keys) : analyzer_(analyzer), keys_(std::move(keys)) {}

  expr::PartitionBoundSpec read(ast::PartitionBoundSpec spec) const {
    expr::PartitionBoundSpec bound;
    if (spec.is_default()) return bound;
    if (spec.strategy() == "h") {
      bound.kind = PartitionBoundKind::hash;
      bound.modulus = spec.modulus();
      bound.remainder = spec.remainder();
    } else if (spec.strategy() == "l") {
      bound.kind = PartitionBoundKind::list;
      for (ast::Node value : spec.listdatums()) bound.list.push_back(value_of(value, 0));
    } else {
      bound.kind = PartitionBoundKind::range;
      bound.lower = end_of(spec.lowerdatums());
      bound.upper = end_of(spec.upperdatums());
    }
    return bound;
  }

 private:
  expr::NodePtr value_of(ast::Node node, std::size_t position) const {
    const KeyColumn& key = keys_.at(position);
    return analyzer_.partition_bound_value(node, {key.name, key.type}, key.collation);
  }

  // MINVALUE and MAXVALUE parse as column names.
  std::vector<expr::PartitionRangeDatum> end_of(ast::List<ast::Node> list) const {
    std::vector<expr::PartitionRangeDatum> end;
    for (ast::Node node : list) {
      expr::PartitionRangeDatum datum;
      const auto name = node.as<ast::ColumnRef>();
      if (name)
        datum.kind = name.fields()[0].str() == "minvalue" ? expr::PartitionRangeDatum::Kind::minvalue
                                                          : expr::PartitionRangeDatum::Kind::maxvalue;
      else
        datum.value = value_of(node, end.size());
      end.push_back(std::move(datum));
    }
    return end;
  }

  const Analyzer& analyzer_;
  std::vector<KeyColumn> keys_;
};

}  // namespace

std::string reprinted_partition_key(const Analyzer& analyzer, const Table& table, const std::string& text) {
  const auto tree = parsed_key(text);
  Table copy = table;
  copy.partition_key_parts.clear();
  for (ast::Node node : key_parts(tree)) copy.partition_key_parts.push_back(read_part(analyzer, table, node.as<ast::PartitionElem>()));
  return deparse::print_partition_key(analyzer.cache(), copy);
}

catalog::Expr read_partition_bound(const Analyzer& analyzer, catalog::Ref<Table> parent, const std::string& text) {
  const auto* table = analyzer.cache().objects()->find_as<Table>(parent.oid);
  if (!table) throw catalog::NotSimulated("a partition of an unknown table");
  const auto tree = parsed("ALTER TABLE t ATTACH PARTITION p " + text);
  const auto command = tree.statement().as<ast::AlterTableStmt>().cmds()[0].as<ast::AlterTableCmd>();
  const BoundReader reader(analyzer, key_columns(analyzer, *table));
  catalog::Expr bound;
  bound.tree = expr::make(reader.read(command.def().as<ast::PartitionCmd>().bound())).shared();
  return bound;
}

}  // namespace pgplumb::engine
