// PARTITION BY: transformPartitionSpec and ComputePartitionAttrs of commands/tablecmds.c.
#include "catalog/expr_walk.h"
#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/ddl/constant_parts.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/partition.h"
#include "engine/ddl/types.h"
#include "parser/node.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;
using catalog::PartitionKeyPart;

constexpr std::size_t max_partition_keys = 32;

[[noreturn]] void refuse_key(const char* sqlstate, const std::string& message, ast::PartitionElem element,
                       std::string detail = {}) {
  SqlError error(sqlstate, message, std::move(detail));
  error.location = element.location();
  throw error;
}

class PartitionKeyResolver {
 public:
  PartitionKeyResolver(Interpreter& interpreter, Oid relation, PartitionStrategy strategy)
      : interpreter_(interpreter), relation_(relation),
        method_(index_method(interpreter, strategy == PartitionStrategy::hash ? "hash" : "btree")) {}

  PartitionKeyPart resolve(ast::PartitionElem element) {
    PartitionKeyPart part;
    ++position_;
    if (!element.name().empty())
      resolve_column(element, Name(element.name()), part);
    else
      resolve_expression(element, part);
    resolve_collation(element, part);
    const analyze::OpclassRow chosen = resolve_class(element);
    const auto usual = default_operator_class(interpreter_.cache(), type_, method_.oid);
    if (!usual || usual->oid != chosen.oid) part.operator_class = AnyRef{Kind::operator_class, chosen.oid};
    return part;
  }

 private:
  void resolve_column(ast::PartitionElem element, Name name, PartitionKeyPart& part) {
    if (is_system_column(name.view()))
      refuse_key("42P17", "cannot use system column \"" + name.str() + "\" in partition key", element);
    const Column* column = find_column(interpreter_.catalog(), relation_, name);
    if (!column) refuse_key("42703", "column \"" + name.str() + "\" named in partition key does not exist", element);
    take_column(element, *column, part);
  }

  void take_column(ast::PartitionElem element, const Column& column, PartitionKeyPart& part) {
    if (column.generated != Generated::none)
      refuse_key("42P17", "cannot use generated column in partition key", element,
           "Column \"" + column.name.str() + "\" is a generated column.");
    part.column = Ref<Column>{column.oid};
    type_ = column.type.type;
    collation_ = own_collation_ = column.collation.oid;
  }

  void resolve_expression(ast::PartitionElem element, PartitionKeyPart& part) {
    Expr expression = analyze_partition_key(interpreter_, relation_, element.expr());
    expr::NodePtr tree(expression.tree);
    check_type(expr::type_of(*tree));
    const Oid collation = expr::collation_of(*tree);
    while (const auto* collate = expr::as<expr::CollateExpr>(tree)) tree = collate->arg;
    const auto* variable = expr::as<expr::Var>(tree);
    if (variable && variable->attribute > 0) {
      take_column(element, *interpreter_.catalog().find_as<Column>(variable->column), part);
      collation_ = collation;
      return;
    }
    check_expression(element, expression, tree);
    type_ = expr::type_of(*tree);
    collation_ = own_collation_ = collation;
    part.expression = make_expression(tree);
  }

  void check_expression(ast::PartitionElem element, const Expr& expression, const expr::NodePtr& tree) {
    expr::any_node(tree, [&](const expr::Node& node) {
      const auto* variable = node.as<expr::Var>();
      if (!variable) return false;
      if (variable->attribute < 0)
        refuse_key("42P17", "partition key expressions cannot contain system column references", element);
      const auto* column = interpreter_.catalog().find_as<Column>(variable->column);
      if (column && column->generated != Generated::none)
        refuse_key("42P17", "cannot use generated column in partition key", element,
             "Column \"" + column->name.str() + "\" is a generated column.");
      return false;
    });
    compute_constant_parts(interpreter_, tree);
    if (contains_mutable(interpreter_, expression))
      refuse_key("42P17", "functions in partition key expression must be marked IMMUTABLE", element);
    // What is immutable and reads no column is folded to a constant.
    if (!expr::any_node(tree, [](const expr::Node& node) { return node.is<expr::Var>(); }))
      refuse_key("42P17", "cannot use constant expression as partition key", element);
  }

  /// CheckAttributeType: the expression is stored as a column of the index is.
  void check_type(Oid type) {
    if (analyze::type_kind(interpreter_.cache(), type) == 'p')
      throw SqlError("42P16", "partition key column " + std::to_string(position_) + " has pseudo-type " +
                                  type_name(interpreter_, type));
  }

  void resolve_collation(ast::PartitionElem element, PartitionKeyPart& part) {
    if (!element.collation().empty()) collation_ = collation_named(interpreter_, element.collation());
    const bool collatable = static_cast<bool>(default_collation(interpreter_, type_));
    if (collatable && collation_ == invalid_oid)
      throw SqlError("42P22", "could not determine which collation to use for partition expression", {},
                     "Use the COLLATE clause to set the collation explicitly.");
    if (!collatable && collation_ != invalid_oid)
      throw SqlError("42804", "collations are not supported by type " + type_name(interpreter_, type_));
    if (collation_ != own_collation_) part.collation = collation_ref(collation_);
  }

  analyze::OpclassRow resolve_class(ast::PartitionElem element) {
    if (!element.opclass().empty())
      return resolve_operator_class(interpreter_, element.opclass(), type_, method_);
    const auto usual = default_operator_class(interpreter_.cache(), type_, method_.oid);
    if (usual) return *usual;
    throw SqlError("42704",
                   "data type " + type_name(interpreter_, type_) + " has no default operator class for access method \"" +
                       method_.name + "\"",
                   {},
                   "You must specify a " + method_.name + " operator class or define a default " + method_.name +
                       " operator class for the data type.");
  }

  Interpreter& interpreter_;
  Oid relation_;
  IndexMethod method_;
  int position_ = 0;
  Oid type_ = invalid_oid;
  Oid collation_ = invalid_oid;      // that the key uses
  Oid own_collation_ = invalid_oid;  // of the column or expression
};

}  // namespace

PartitionStrategy partition_strategy(ast::PartitionSpec spec) {
  switch (parser::partition_strategy(spec)) {
    case 'l':
      return PartitionStrategy::list;
    case 'r':
      return PartitionStrategy::range;
    case 'h':
      return PartitionStrategy::hash;
    default:
      throw SqlError("22023", "unrecognized partitioning strategy \"" + std::string(spec.strategy()) + "\"");
  }
}

void store_partition_key(Interpreter& interpreter, Ref<Table> table, ast::PartitionSpec spec) {
  if (spec.part_params().size() > max_partition_keys)
    throw SqlError("54011", "cannot partition using more than " + std::to_string(max_partition_keys) + " columns");
  const PartitionStrategy strategy = partition_strategy(spec);
  if (strategy == PartitionStrategy::list && spec.part_params().size() != 1)
    throw SqlError("42P17", "cannot use \"list\" partition strategy with more than one column");
  // All expressions are analysed before anything else is asked of one (transformPartitionSpec).
  for (ast::Node node : spec.part_params())
    if (const ast::Node expression = node.as<ast::PartitionElem>().expr())
      analyze_partition_key(interpreter, table.oid, expression);
  PartitionKeyResolver resolver(interpreter, table.oid, strategy);
  std::vector<PartitionKeyPart> parts;
  for (ast::Node node : spec.part_params()) parts.push_back(resolver.resolve(node.as<ast::PartitionElem>()));
  interpreter.catalog().edit(table).set<&Table::partition_key_parts>(std::move(parts));
}

}  // namespace pgplumb::engine::ddl
