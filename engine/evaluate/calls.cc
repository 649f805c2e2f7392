#include "engine/evaluate/calls.h"

#include <algorithm>

#include "engine/analyze/typcache.h"
#include "engine/evaluate/compare.h"

namespace pgplumb::engine::evaluate {

std::string_view c_name(const catalog::builtin::Builtin& builtin, Oid function) {
  const auto* proc = builtin.proc_by_oid(function);
  if (!proc) return {};
  return proc->prosrc.is_null() ? proc->proname.view() : proc->prosrc.view();
}

int comparison_strategy(const analyze::Syscache& cache, Oid op) {
  for (const auto& member : cache.builtin().amops_of_operator(op))
    if (member.amopmethod == analyze::btree_access_method && member.amoppurpose == 's') return member.amopstrategy;
  const analyze::OperatorRow* row = cache.op(op);
  if (!row || row->negator == catalog::invalid_oid || row->negator == op) return 0;
  for (const auto& member : cache.builtin().amops_of_operator(row->negator))
    if (member.amopmethod == analyze::btree_access_method && member.amopstrategy == analyze::btree_equal) return 6;
  return 0;
}

bool is_textual_equality(const analyze::Syscache& cache, Oid op) {
  const analyze::OperatorRow* row = cache.op(op);
  return row && comparison_strategy(cache, op) == analyze::btree_equal && text_is_identity(cache, row->left) &&
         text_is_identity(cache, row->right);
}

bool keeps_text(const analyze::Syscache& cache, Oid function) {
  constexpr std::string_view names[] = {"name_text", "i2toi4", "int28", "int48", "i8tooid", "oidtoi8", "char_text"};
  const std::string_view name = c_name(cache.builtin(), function);
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace pgplumb::engine::evaluate
