#include "engine/extract_rule.h"

#include <algorithm>

#include "catalog/type_oids.h"

namespace pgplumb::engine {

namespace expr = catalog::expr;
namespace types = catalog::types;
using analyze::Syscache;
using catalog::Oid;
using expr::NodePtr;

namespace {

class DatePart {
 public:
  explicit DatePart(const Syscache& cache) : cache_(cache) {}

  NodePtr rewrite(const NodePtr& node) const {
    if (const auto* call = expr::as<expr::FuncExpr>(node)) return call_of(node, *call);
    if (const auto* operation = expr::as<expr::OpExpr>(node)) return operation_of(node, *operation);
    return node;
  }

 private:
  NodePtr call_of(const NodePtr& node, const expr::FuncExpr& call) const {
    const auto* row = cache_.proc(call.function);
    if (!row || row->schema != catalog::builtin::pg_catalog_namespace) return node;
    expr::FuncExpr result = call;
    if (row->name == "extract" && call.type == types::numeric) {
      result.function = function("date_part", {row->args.begin(), row->args.end()});
      result.type = types::float8;
    } else if (call.args.size() == 1 && row->args[0] == types::numeric && is_date_part(call.args[0])) {
      const auto cast = cache_.cast(types::float8, call.type);  // of the extracted number to another type
      if (!cast || cast->method != 'f') return node;
      result.function = cast->function;
    } else {
      return node;
    }
    return result.function == catalog::invalid_oid ? node : expr::make(std::move(result), node->location);
  }

  /// extract(…) > 5: the number beside it is numeric because that is.
  NodePtr operation_of(const NodePtr& node, const expr::OpExpr& operation) const {
    const auto* row = cache_.op(operation.op);
    const bool reads_date_part = std::any_of(operation.args.begin(), operation.args.end(),
                                             [this](const NodePtr& arg) { return is_date_part(arg); });
    if (!row || !reads_date_part || (row->left != types::numeric && row->right != types::numeric)) return node;
    expr::OpExpr result = operation;
    for (NodePtr& arg : result.args) arg = as_double(arg);
    const Oid left = row->left == catalog::invalid_oid ? catalog::invalid_oid : types::float8;
    result.op = op(row->name, left);
    const auto* found = cache_.op(result.op);
    if (!found) return node;
    result.function = found->function;
    result.type = found->result;
    return expr::make(std::move(result), node->location);
  }

  bool is_date_part(const NodePtr& node) const { return node && depends_on_date_part(*node); }

  bool depends_on_date_part(const expr::Node& node) const {
    if (expr::type_of(node) != types::float8) return false;
    const auto* call = node.as<expr::FuncExpr>();
    const auto* row = call ? cache_.proc(call->function) : nullptr;
    if (row && row->name == "date_part") return true;
    const auto* operation = node.as<expr::OpExpr>();
    return operation && std::any_of(operation->args.begin(), operation->args.end(),
                                    [this](const NodePtr& arg) { return is_date_part(arg); });
  }

  /// What made another number numeric makes it double precision instead; what is numeric itself is cast.
  NodePtr as_double(const NodePtr& node) const {
    if (expr::type_of(*node) != types::numeric) return node;
    const auto* call = expr::as<expr::FuncExpr>(node);
    const bool made_numeric = call && call->args.size() == 1 && call->form == expr::CoercionForm::implicit_cast;
    const NodePtr& number = made_numeric ? call->args[0] : node;
    const auto cast = cache_.cast(expr::type_of(*number), types::float8);
    if (!cast || cast->method != 'f') return node;
    expr::FuncExpr result;
    result.function = cast->function;
    result.type = types::float8;
    result.form = expr::CoercionForm::implicit_cast;
    result.args = {number};
    return expr::make(std::move(result), node->location);
  }

  Oid function(std::string_view name, const std::vector<Oid>& arguments) const {
    for (Oid oid : cache_.procs_named(catalog::builtin::pg_catalog_namespace, name)) {
      const auto* row = cache_.proc(oid);
      if (row && std::equal(row->args.begin(), row->args.end(), arguments.begin(), arguments.end())) return oid;
    }
    return catalog::invalid_oid;
  }

  Oid op(std::string_view name, Oid left) const {
    for (Oid oid : cache_.operators_named(catalog::builtin::pg_catalog_namespace, name)) {
      const auto* row = cache_.op(oid);
      if (row && row->left == left && row->right == types::float8) return oid;
    }
    return catalog::invalid_oid;
  }

  const Syscache& cache_;
};

}  // namespace

NodePtr as_date_part(const Syscache& cache, const NodePtr& node) { return DatePart(cache).rewrite(node); }

}  // namespace pgplumb::engine
