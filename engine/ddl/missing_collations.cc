#include "engine/ddl/missing_collations.h"

#include <algorithm>

#include "catalog/expr_walk.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/typcache.h"
#include "engine/evaluate/calls.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;
using expr::NodePtr;

/// A C function (pg_proc.prosrc) that needs a collation, and what its message says that it is for.
struct Need {
  std::string_view function;
  std::string_view purpose;
  int since = 0;
};
constexpr std::string_view comparison = "string comparison", regular = "regular expression";
constexpr Need needs[] = {
    {"lower", "lower() function"},
    {"upper", "upper() function"},
    {"initcap", "initcap() function"},
    {"texteq", comparison},
    {"textne", comparison},
    {"text_lt", comparison},
    {"text_le", comparison},
    {"text_gt", comparison},
    {"text_ge", comparison},
    {"text_larger", comparison},
    {"text_smaller", comparison},
    {"bttextcmp", comparison},
    {"bpchareq", comparison},
    {"bpcharne", comparison},
    {"bpcharlt", comparison},
    {"bpcharle", comparison},
    {"bpchargt", comparison},
    {"bpcharge", comparison},
    {"bpcharcmp", comparison},
    {"bpchar_larger", comparison},
    {"bpchar_smaller", comparison},
    {"nameeq", comparison},
    {"namene", comparison},
    {"namelt", comparison},
    {"namele", comparison},
    {"namegt", comparison},
    {"namege", comparison},
    {"nameeqtext", comparison},
    {"namenetext", comparison},
    {"namelttext", comparison},
    {"nameletext", comparison},
    {"namegttext", comparison},
    {"namegetext", comparison},
    {"texteqname", comparison},
    {"textnename", comparison},
    {"textltname", comparison},
    {"textlename", comparison},
    {"textgtname", comparison},
    {"textgename", comparison},
    {"textpos", comparison},
    {"replace_text", comparison},
    {"split_part", comparison},
    {"text_to_array", comparison},
    {"text_to_array_null", comparison},
    {"text_starts_with", comparison},
    {"textregexeq", regular},
    {"textregexne", regular},
    {"texticregexeq", regular},
    {"texticregexne", regular},
    {"bpcharregexeq", regular},
    {"nameregexeq", regular},
    {"textregexsubstr", regular},
    {"textregexreplace", regular},
    {"textregexreplace_noopt", regular},
    {"regexp_match", regular},
    {"regexp_match_no_flags", regular},
    {"regexp_split_to_array", regular},
    {"regexp_split_to_array_no_flags", regular},
    {"texticlike", "ILIKE"},
    {"texticnlike", "ILIKE"},
    {"nameiclike", "ILIKE"},
    {"nameicnlike", "ILIKE"},
    {"bpchariclike", "ILIKE"},
    {"bpcharicnlike", "ILIKE"},
    {"textlike", "LIKE", 18},
    {"textnlike", "LIKE", 18},
    {"namelike", "LIKE", 18},
    {"namenlike", "LIKE", 18},
    {"bpcharlike", "LIKE", 18},
    {"bpcharnlike", "LIKE", 18},
};

class CollationCheck {
 public:
  explicit CollationCheck(const Interpreter& interpreter) : interpreter_(interpreter), cache_(interpreter.cache()) {}

  /// Arguments are computed before what they are arguments of. Of what chooses among its parts, those that are chosen
  /// have been computed before.
  void visit(const NodePtr& node) const {
    if (node->is<expr::CoalesceExpr>() || node->is<expr::CaseExpr>() || node->is<expr::BoolExpr>()) return;
    expr::walk(*node, {[this](const NodePtr& part) { visit(part); }, {}});
    if (const auto* call = expr::as<expr::FuncExpr>(node)) check_call(call->function, call->args);
    if (const auto* call = expr::as<expr::OpExpr>(node)) check_call(call->function, call->args);
    if (const auto* call = expr::as<expr::DistinctExpr>(node)) check_call(call->function, call->args);
    if (const auto* call = expr::as<expr::NullIfExpr>(node)) check_call(call->function, call->args);
    if (const auto* any = expr::as<expr::ScalarArrayOpExpr>(node)) check_call(any->function, {any->scalar});
    if (const auto* choice = expr::as<expr::MinMaxExpr>(node); choice && choice->args.size() > 1)
      check_order(choice->type);
  }

 private:
  static bool is_null(const NodePtr& node) {
    const auto* constant = expr::as<expr::Const>(node);
    return constant && !constant->value;
  }

  void check_call(Oid function, const std::vector<NodePtr>& args) const {
    if (std::any_of(args.begin(), args.end(), is_null)) return;
    const std::string_view name = evaluate::c_name(cache_.builtin(), function);
    for (const Need& need : needs)
      if (need.function == name && need.since <= interpreter_.major()) refuse(need.purpose);
    const bool compares_arrays = name == "array_eq" || name == "array_ne" || name == "array_lt" || name == "array_le" ||
                                 name == "array_gt" || name == "array_ge" || name == "btarraycmp";
    if (compares_arrays) check_order(analyze::base_element_type(cache_, expr::type_of(*args.front())));
  }

  /// Comparing two values of the type calls its comparison.
  void check_order(Oid type) const {
    const Oid less = analyze::type_operators(cache_, analyze::base_type(cache_, type)).less;
    if (less != invalid_oid) check_call(cache_.op(less)->function, {});
  }

  [[noreturn]] static void refuse(std::string_view purpose) {
    throw SqlError("42P22", "could not determine which collation to use for " + std::string(purpose), {},
                   "Use the COLLATE clause to set the collation explicitly.");
  }

  const Interpreter& interpreter_;
  const analyze::Syscache& cache_;
};

}  // namespace

void refuse_missing_collations(const Interpreter& interpreter, const NodePtr& constant) {
  CollationCheck(interpreter).visit(constant);
}

}  // namespace pgplumb::engine::ddl
