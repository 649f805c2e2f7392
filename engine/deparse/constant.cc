// get_const_expr.
#include <algorithm>

#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace types = catalog::types;

namespace {

// A number that the scanner reads as numeric, without a sign: that would make it an operator's argument.
bool looks_like_numeric(std::string_view value) {
  return !value.empty() && value.front() >= '0' && value.front() <= '9' &&
         value.find_first_of("eE.") != std::string_view::npos;
}

bool written_bare(const expr::Const& constant, std::string_view value) {
  switch (constant.type) {
    case types::int4: return value.empty() || value.front() != '-';
    case types::numeric: return looks_like_numeric(value);
    default: return false;
  }
}

std::string value_text(const Syscache& cache, const expr::Const& constant) {
  if (constant.object != invalid_oid) {
    std::string name = reg_object_name(cache, constant.type, constant.object);
    if (!name.empty()) return name;
  }
  return *constant.value;
}

std::string literal(const expr::Const& constant, const std::string& value) {
  if (written_bare(constant, value)) return value;
  switch (constant.type) {
    case types::int4:
    case types::numeric: return "'" + value + "'";
    case types::bool_: return value == "t" ? "true" : "false";
    default: return string_literal(value);
  }
}

bool needs_label(const expr::Const& constant, std::string_view value) {
  switch (constant.type) {
    case types::bool_:
    case types::unknown: return false;
    case types::int4: return !written_bare(constant, value);
    case types::numeric: return !written_bare(constant, value) || constant.typmod >= 0;
    default: return true;
  }
}

}  // namespace

void Printer::const_collation(const expr::Const& constant) {
  if (constant.collation == invalid_oid || constant.collation == analyze::type_collation(cache_, constant.type)) return;
  text(" COLLATE ");
  text(collation_name(cache_, constant.collation));
}

void Printer::constant(const expr::Const& constant, TypeLabel label) {
  bool labelled = label == TypeLabel::always;
  if (!constant.value) {
    text("NULL");
    labelled = true;
  } else {
    std::string value = value_text(cache_, constant);
    text(literal(constant, value));
    labelled = labelled || needs_label(constant, value);
  }
  if (label == TypeLabel::never) return;
  if (labelled) {
    text("::");
    type(constant.type, constant.typmod);
  }
  const_collation(constant);
}

void Printer::print(const expr::Const& n, bool) { constant(n, TypeLabel::where_needed); }

}  // namespace pgplumb::engine::deparse
