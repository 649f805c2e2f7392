#include "diff/report.h"

#include "catalog/json.h"

namespace pgplumb::diff {

namespace {

using catalog::JsonDocument;
using catalog::JsonValue;
using catalog::JsonWriter;

std::string show(JsonValue value, const std::string& json);

std::string show_list(JsonValue value) {
  std::string out = "[";
  for (std::size_t i = 0; i < value.size(); ++i) out += (i ? ", " : "") + show(value.at(i), "…");
  return out + "]";
}

std::string show(JsonValue value, const std::string& json) {
  if (value.is_string()) return std::string(value.string());
  if (value.is_array()) return show_list(value);
  return json;
}

}  // namespace

std::string_view verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::in_sync: return "in_sync";
    case Verdict::pending: return "pending";
    case Verdict::drift: return "drift";
    case Verdict::undecided: return "undecided";
  }
  return "undecided";
}

std::string display_value(const std::string& json) {
  if (json.empty()) return "(none)";
  const JsonDocument document(json);
  return show(document.root(), json);
}

}  // namespace pgplumb::diff
