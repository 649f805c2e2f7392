// Enumerations: utils/adt/enum.c.
#include "catalog/kinds/enum_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/functions.h"

namespace pgplumb::engine::evaluate {

namespace {

const std::vector<Name>& labels_of(const Call& call) {
  const Oid type = analyze::base_type(call.cache(), call.args[0].type);
  const auto* found = call.interpreter().catalog().find_as<catalog::EnumType>(type);
  if (!found) throw NotSimulated("the labels of an enumeration");
  return found->labels;
}

}  // namespace

Value enum_first_label(const Call& call) { return call.of(labels_of(call).front().str()); }
Value enum_last_label(const Call& call) { return call.of(labels_of(call).back().str()); }

/// enum_range(): all labels, or from one to another, where NULL means no bound.
Value enum_labels(const Call& call) {
  std::vector<Element> wanted;
  const bool bounded = call.size() == 2;
  bool inside = !bounded || call.is_null(0);
  for (const Name& label : labels_of(call)) {
    inside = inside || label.str() == call.text(0);
    if (inside) wanted.push_back(label.str());
    if (bounded && !call.is_null(1) && label.str() == call.text(1)) break;
  }
  return array_value(call.result, std::move(wanted));
}

}  // namespace pgplumb::engine::evaluate
