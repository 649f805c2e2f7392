#include "parser/same_tree.h"

#include <rapidjson/document.h>

namespace pgplumb::parser {

namespace {

using Value = rapidjson::Value;

bool is_location(const Value& name) { return std::string_view(name.GetString(), name.GetStringLength()) == "location"; }

std::size_t count_fields(const Value& node) {
  std::size_t count = 0;
  for (const auto& member : node.GetObject()) count += !is_location(member.name);
  return count;
}

bool same_value(const Value& a, const Value& b);

bool same_node(const Value& a, const Value& b) {
  if (count_fields(a) != count_fields(b)) return false;
  for (const auto& member : a.GetObject()) {
    if (is_location(member.name)) continue;
    const auto other = b.FindMember(member.name);
    if (other == b.MemberEnd() || !same_value(member.value, other->value)) return false;
  }
  return true;
}

bool same_value(const Value& a, const Value& b) {
  if (a.IsObject() && b.IsObject()) return same_node(a, b);
  if (!a.IsArray() || !b.IsArray()) return a == b;
  return std::equal(a.Begin(), a.End(), b.Begin(), b.End(), same_value);
}

}  // namespace

bool same_tree(ast::Node a, ast::Node b) {
  if (!a || !b || a.tag() != b.tag()) return !a && !b;
  return same_value(*static_cast<const Value*>(a.raw()), *static_cast<const Value*>(b.raw()));
}

}  // namespace pgplumb::parser
