// FOR VALUES …: transformPartitionBound of parser/parse_utilcmd.c.
#include "catalog/kinds/foreign_table.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/partition.h"
#include "engine/ddl/partition_overlap.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;
using expr::PartitionBoundKind;
using RangeKind = expr::PartitionRangeDatum::Kind;

[[noreturn]] void refuse_bound(const char* sqlstate, const std::string& message, int location) {
  SqlError error(sqlstate, message);
  error.location = location;
  throw error;
}

/// The name that stands for an end of a range: MINVALUE and MAXVALUE parse as column names.
std::string_view bare_name(ast::Node node) {
  const ast::ColumnRef column = node.as<ast::ColumnRef>();
  return column && column.fields().size() == 1 ? column.fields()[0].str() : std::string_view();
}

class BoundResolver {
 public:
  BoundResolver(Interpreter& interpreter, const Table& parent, ast::PartitionBoundSpec spec)
      : interpreter_(interpreter), parent_(parent), spec_(spec) {}

  expr::PartitionBoundSpec resolve() {
    expr::PartitionBoundSpec bound;
    if (spec_.is_default()) {
      if (parent_.partition_strategy == PartitionStrategy::hash)
        throw SqlError("42P16", "a hash-partitioned table may not have a default partition");
      bound.kind = PartitionBoundKind::default_;
      return bound;
    }
    switch (parent_.partition_strategy) {
      case PartitionStrategy::hash:
        resolve_hash(bound);
        break;
      case PartitionStrategy::list:
        resolve_list(bound);
        break;
      default:
        resolve_range(bound);
        break;
    }
    return bound;
  }

 private:
  void require_strategy(const char* letter, const char* word) const {
    if (spec_.strategy() != letter)
      refuse_bound("42P16", std::string("invalid bound specification for a ") + word + " partition", spec_.location());
  }

  void resolve_hash(expr::PartitionBoundSpec& bound) const {
    require_strategy("h", "hash");
    bound.kind = PartitionBoundKind::hash;
    bound.modulus = spec_.modulus();
    bound.remainder = spec_.remainder();
    if (bound.modulus <= 0)
      throw SqlError("42P16", "modulus for hash partition must be an integer value greater than zero");
    if (bound.remainder < 0)
      throw SqlError("42P16", "remainder for hash partition must be an integer value greater than or equal to zero");
    if (bound.remainder >= bound.modulus)
      throw SqlError("42P16", "remainder for hash partition must be less than modulus");
  }

  void resolve_list(expr::PartitionBoundSpec& bound) {
    require_strategy("l", "list");
    bound.kind = PartitionBoundKind::list;
    const BoundKey key = partition_bound_key(interpreter_, parent_, 0);
    for (ast::Node node : spec_.listdatums()) {
      const expr::NodePtr value = analyze_bound_value(interpreter_, node, key);
      bool known = false;
      for (const expr::NodePtr& other : bound.list) known |= other == value;
      if (!known) bound.list.push_back(value);
    }
  }

  void resolve_range(expr::PartitionBoundSpec& bound) {
    require_strategy("r", "range");
    bound.kind = PartitionBoundKind::range;
    const std::size_t keys = parent_.partition_key_parts.size();
    if (spec_.lowerdatums().size() != keys)
      throw SqlError("42P16", "FROM must specify exactly one value per partitioning column");
    if (spec_.upperdatums().size() != keys)
      throw SqlError("42P16", "TO must specify exactly one value per partitioning column");
    bound.lower = resolve_end(spec_.lowerdatums());
    bound.upper = resolve_end(spec_.upperdatums());
  }

  std::vector<expr::PartitionRangeDatum> resolve_end(ast::List<ast::Node> list) {
    std::vector<expr::PartitionRangeDatum> end;
    RangeKind infinite = RangeKind::value;
    for (ast::Node node : list) {
      expr::PartitionRangeDatum datum;
      const std::string_view name = bare_name(node);
      if (name == "minvalue")
        datum.kind = RangeKind::minvalue;
      else if (name == "maxvalue")
        datum.kind = RangeKind::maxvalue;
      else
        datum.value = range_value(node, end.size());
      if (infinite != RangeKind::value && datum.kind != infinite)
        refuse_bound("42804",
             infinite == RangeKind::maxvalue ? "every bound following MAXVALUE must also be MAXVALUE"
                                             : "every bound following MINVALUE must also be MINVALUE",
             node.location());
      infinite = datum.kind;
      end.push_back(std::move(datum));
    }
    return end;
  }

  expr::NodePtr range_value(ast::Node node, std::size_t position) {
    const expr::NodePtr value =
        analyze_bound_value(interpreter_, node, partition_bound_key(interpreter_, parent_, position));
    if (!expr::as<expr::Const>(value)->value) throw SqlError("42P17", "cannot specify NULL in range bound");
    return value;
  }

  Interpreter& interpreter_;
  const Table& parent_;
  ast::PartitionBoundSpec spec_;
};

}  // namespace

Expr transform_partition_bound(Interpreter& interpreter, Ref<Table> parent, ast::PartitionBoundSpec spec) {
  const Table table = interpreter.catalog().get(parent);
  return make_expression(expr::make(BoundResolver(interpreter, table, spec).resolve()));
}

void check_new_partition_bound(Interpreter& interpreter, Ref<Table> parent, const Expr& bound, Name partition) {
  const Table table = interpreter.catalog().get(parent);
  check_partition_overlap(interpreter, table, *bound.tree->as<expr::PartitionBoundSpec>(), partition);
}

const expr::PartitionBoundSpec* partition_bound(const catalog::Catalog& catalog, Oid relation) {
  const expr::Node* tree = nullptr;
  if (const auto* table = catalog.find_as<Table>(relation)) tree = table->partition_bound.tree.get();
  if (const auto* table = catalog.find_as<catalog::ForeignTable>(relation)) tree = table->partition_bound.tree.get();
  return tree ? tree->as<expr::PartitionBoundSpec>() : nullptr;
}

Oid default_partition(const catalog::Catalog& catalog, Oid partitioned) {
  for (Oid partition : partitions_of(catalog, partitioned)) {
    const auto* bound = partition_bound(catalog, partition);
    if (bound && bound->kind == PartitionBoundKind::default_) return partition;
  }
  return invalid_oid;
}

}  // namespace pgplumb::engine::ddl
