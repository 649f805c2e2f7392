#include "engine/ddl/index_columns.h"

#include <algorithm>

#include "catalog/expr_walk.h"
#include "catalog/kinds/collation.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_oper.h"
#include "engine/analyze/parse_target.h"
#include "engine/ddl/constant_parts.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/reloptions.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Column;
using catalog::IndexColumn;
namespace expr = catalog::expr;

[[noreturn]] void refuse_index_column(const std::string& what) { throw SqlError("0A000", what); }

/// The expression without COLLATE around it.
const expr::NodePtr& without_collate(const expr::NodePtr& node) {
  const auto* collate = expr::as<expr::CollateExpr>(node);
  return collate ? without_collate(collate->arg) : node;
}

// text_pattern_ops, varchar_pattern_ops and bpchar_pattern_ops of btree
constexpr Oid pattern_classes[] = {4217, 4218, 4219};

Oid system_type(std::string_view column) {
  if (column == "ctid") return catalog::types::tid;
  if (column == "tableoid") return catalog::types::oid;
  return column == "xmin" || column == "xmax" ? catalog::types::xid : catalog::types::cid;
}

class ColumnResolver {
 public:
  ColumnResolver(Interpreter& interpreter, Oid relation, const IndexSpec& spec, const IndexMethod& method)
      : interpreter_(interpreter), relation_(relation), spec_(spec), method_(method) {}

  IndexColumn key(const IndexElementSpec& element) {
    IndexColumn column;
    resolve_target(element, column);
    resolve_collation(element, column);
    opclass_ = resolve_class(element);
    column.operator_class = AnyRef{Kind::operator_class, opclass_.oid};
    resolve_order(element, column);
    column.operator_class_options = element.operator_class_options;
    if (catalog::is_builtin(opclass_.oid))
      check_operator_class_options(method_.name, opclass_.name, column.operator_class_options, interpreter_.major());
    column.statistics = element.statistics;
    return column;
  }

  IndexColumn included(const IndexElementSpec& element) {
    if (!element.collation_name.empty()) throw SqlError("42P17", "including column does not support a collation");
    if (!element.operator_class_name.empty())
      throw SqlError("42P17", "including column does not support an operator class");
    if (element.has_direction) throw SqlError("42P17", "including column does not support ASC/DESC options");
    if (element.has_nulls) throw SqlError("42P17", "including column does not support NULLS FIRST/LAST options");
    IndexColumn column;
    resolve_target(element, column);
    if (!column.column && !column.expression.empty()) refuse_index_column("expressions are not supported in included columns");
    return column;
  }

  /// CheckAttributeType, and what index_create says of collations under which unlike texts can be equal.
  void require_storable(Name name) const {
    if (analyze::type_kind(interpreter_.cache(), type_) == 'p')
      throw SqlError("42P16", "column \"" + name.str() + "\" has pseudo-type " + type_name(interpreter_, type_));
    const auto* collation = interpreter_.catalog().find_as<catalog::Collation>(collation_);
    const bool by_pattern = std::find(std::begin(pattern_classes), std::end(pattern_classes), opclass_.oid) !=
                            std::end(pattern_classes);
    if (by_pattern && collation && !collation->deterministic)
      refuse_index_column("nondeterministic collations are not supported for operator class \"" + std::string(opclass_.name) + "\"");
  }

  bool saw_system_column() const { return saw_system_column_; }

  AnyRef exclusion_operator(std::size_t position) {
    if (!spec_.exclusion_operators.empty()) return spec_.exclusion_operators[position];
    const ast::List<ast::Node> names = spec_.exclusion_names[position];
    const analyze::Syscache& cache = interpreter_.cache();
    const analyze::OperatorName name =
        names.size() > 1 ? analyze::OperatorName{names[names.size() - 2].str(), names.back().str()}
                         : analyze::OperatorName{{}, names.back().str()};
    const analyze::OperatorRow* op = analyze::compatible_operator(cache, name, type_, type_, false, -1);
    if (op->commutator != op->oid)
      throw SqlError("42809", "operator " + operator_text(*op) + " is not commutative",
                     "Only commutative operators can be used in exclusion constraints.");
    for (const analyze::AmopRow& member : cache.amops_of_operator(op->oid))
      if (member.family == opclass_.family) return AnyRef{Kind::operator_, op->oid};
    throw SqlError("42809",
                   "operator " + operator_text(*op) + " is not a member of operator family \"" + family_name() + "\"",
                   "The exclusion operator must be related to the index operator class for the constraint.");
  }

 private:
  std::string operator_text(const analyze::OperatorRow& op) const {
    const analyze::Syscache& cache = interpreter_.cache();
    std::string text(op.name);
    text += "(" + analyze::format_type(cache, op.left) + "," + analyze::format_type(cache, op.right) + ")";
    return text;
  }

  std::string family_name() const {
    if (const Object* object = interpreter_.catalog().find(opclass_.family)) return object->name.str();
    const auto* row = catalog::builtin::of(interpreter_.major()).opfamily_by_oid(opclass_.family);
    return row ? std::string(row->opfname.view()) : std::string();
  }

  void resolve_target(const IndexElementSpec& element, IndexColumn& column) {
    if (!element.column.empty()) {
      const Column* found = find_column(interpreter_.catalog(), relation_, element.column);
      if (!found && !is_system_column(element.column.view())) refuse_missing(element.column);
      if (!found) {
        // Refused once all that is written of the columns has been looked at.
        saw_system_column_ = true;
        type_ = system_type(element.column.view());
        collation_ = invalid_oid;
        return;
      }
      column.column = Ref<Column>{found->oid};
      type_ = found->type.type;
      collation_ = found->collation.oid;
      return;
    }
    Expr expression = element.cooked ? *element.cooked : analyze_index_expression(interpreter_, relation_, element.raw);
    const expr::NodePtr tree(expression.tree);
    type_ = expr::type_of(*tree);
    collation_ = expr::collation_of(*tree);
    const auto* variable = expr::as<expr::Var>(without_collate(tree));
    if (variable && variable->attribute > 0) {
      // An expression that is but a column, perhaps with a collation, is that column.
      column.column = Ref<Column>{variable->column};
      return;
    }
    require_immutable(interpreter_, expression, "index expression");
    expression.tree = without_collate(tree).shared();
    column.expression = std::move(expression);
  }

  [[noreturn]] void refuse_missing(Name name) const {
    if (spec_.is_constraint) throw SqlError("42703", "column \"" + name.str() + "\" named in key does not exist");
    throw SqlError("42703", "column \"" + name.str() + "\" does not exist");
  }

  void resolve_collation(const IndexElementSpec& element, IndexColumn& column) {
    if (element.collation != invalid_oid) collation_ = element.collation;
    if (!element.collation_name.empty()) collation_ = collation_named(interpreter_, element.collation_name);
    const bool collatable = default_collation(interpreter_, type_).oid != invalid_oid;
    if (collatable && collation_ == invalid_oid)
      throw SqlError("42P22", "could not determine which collation to use for index expression", {},
                     "Use the COLLATE clause to set the collation explicitly.");
    if (!collatable && collation_ != invalid_oid)
      throw SqlError("42804", "collations are not supported by type " + type_name(interpreter_, type_));
    column.collation = collation_ref(collation_);
  }

  analyze::OpclassRow resolve_class(const IndexElementSpec& element) {
    if (element.operator_class != invalid_oid) return *interpreter_.cache().opclass(element.operator_class);
    return resolve_operator_class(interpreter_, element.operator_class_name, type_, method_);
  }

  void resolve_order(const IndexElementSpec& element, IndexColumn& column) const {
    if (method_.can_order) {
      column.descending = element.descending;
      column.nulls_first = element.has_nulls ? element.nulls_first : element.descending;
      return;
    }
    const std::string prefix = "access method \"" + method_.name + "\" does not support ";
    if (element.has_direction) refuse_index_column(prefix + "ASC/DESC options");
    if (element.has_nulls) refuse_index_column(prefix + "NULLS FIRST/LAST options");
  }

  Interpreter& interpreter_;
  Oid relation_;
  const IndexSpec& spec_;
  const IndexMethod& method_;
  Oid type_ = invalid_oid;
  Oid collation_ = invalid_oid;
  analyze::OpclassRow opclass_;
  bool saw_system_column_ = false;
};

}  // namespace

IndexColumns resolve_index_columns(Interpreter& interpreter, Oid relation, const IndexSpec& spec,
                                   const IndexMethod& method, const std::vector<Name>& names) {
  IndexColumns result;
  ColumnResolver resolver(interpreter, relation, spec, method);
  const bool has_exclusion = !spec.exclusion_names.empty() || !spec.exclusion_operators.empty();
  std::size_t at = 0;
  for (const IndexElementSpec& element : spec.elements) {
    result.keys.push_back(resolver.key(element));
    resolver.require_storable(names[at]);
    if (has_exclusion) result.exclusion_operators.push_back(resolver.exclusion_operator(at));
    result.keys.back().name = names[at++];
  }
  for (const IndexElementSpec& element : spec.included) {
    result.included.push_back(resolver.included(element));
    result.included.back().name = names[at++];
  }
  result.has_system_column = resolver.saw_system_column();
  return result;
}

void require_immutable(Interpreter& interpreter, const Expr& expression, const char* what) {
  compute_constant_parts(interpreter, NodePtr(expression.tree));
  if (contains_mutable(interpreter, expression))
    throw SqlError("42P17", std::string("functions in ") + what + " must be marked IMMUTABLE");
}

Expr resolve_index_predicate(Interpreter& interpreter, Oid relation, const IndexSpec& spec) {
  Expr predicate =
      spec.predicate ? *spec.predicate : analyze_index_predicate(interpreter, relation, spec.raw_predicate);
  require_immutable(interpreter, predicate, "index predicate");
  return predicate;
}

std::string index_expression_name(ast::Node expression, int major) {
  const std::string name = analyze::figure_index_column_name(expression, major);
  return name.empty() ? "expr" : name;
}

bool uses_system_column(const Expr& expression) {
  return expr::any_node(expr::NodePtr(expression.tree), [](const expr::Node& node) {
    const auto* variable = node.as<expr::Var>();
    return variable && variable->attribute < 0;
  });
}

}  // namespace pgplumb::engine::ddl
