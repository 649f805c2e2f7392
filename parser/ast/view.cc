#include "parser/ast/view.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <unordered_map>

#include "parser/ast/tables.h"

namespace pgplumb::parser::ast {

namespace {

using rapidjson::Value;

const Value* as_value(const void* value) { return static_cast<const Value*>(value); }

std::string_view view(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

const Value* find(const void* object, std::string_view name) {
  if (object == nullptr || !as_value(object)->IsObject()) return nullptr;
  for (const auto& candidate : as_value(object)->GetObject())
    if (view(candidate.name) == name) return &candidate.value;
  return nullptr;
}

std::unordered_map<std::string_view, NodeTag> tags_by_name() {
  std::unordered_map<std::string_view, NodeTag> tags;
  for (std::size_t i = 0; i < detail::tag_count; ++i)
    tags.emplace(detail::tag_entries[i].name, static_cast<NodeTag>(i + 1));
  return tags;
}

NodeTag find_tag(std::string_view name) {
  static const std::unordered_map<std::string_view, NodeTag> tags = tags_by_name();
  const auto found = tags.find(name);
  return found == tags.end() ? NodeTag::none : found->second;
}

const detail::TagEntry* entry_of(NodeTag tag) {
  return tag == NodeTag::none ? nullptr : detail::tag_entries + (static_cast<std::size_t>(tag) - 1);
}

}  // namespace

namespace detail {

const void* member(const void* object, std::string_view name) { return find(object, name); }

std::string_view text(const void* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsString() ? view(*value) : std::string_view();
}

bool boolean(const void* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsTrue();
}

int integer(const void* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsInt() ? value->GetInt() : 0;
}

std::uint32_t unsigned_integer(const void* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsUint() ? value->GetUint() : 0;
}

std::int64_t long_integer(const void* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsInt64() ? value->GetInt64() : 0;
}

std::uint64_t unsigned_long(const void* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsUint64() ? value->GetUint64() : 0;
}

double number(const void* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsNumber() ? value->GetDouble() : 0;
}

int enumeration(const void* object, std::string_view name, std::size_t type) {
  const std::string_view word = text(object, name);
  const auto words = enum_words[type];
  const auto found = std::find(words.begin(), words.end(), word);
  return found == words.end() ? 0 : static_cast<int>(found - words.begin());
}

int location(const void* object) { return object == nullptr ? -1 : integer(object, "location"); }

std::size_t list_size(const void* array) {
  return array != nullptr && as_value(array)->IsArray() ? as_value(array)->Size() : 0;
}

const void* list_at(const void* array, std::size_t index) {
  return index < list_size(array) ? &(*as_value(array))[static_cast<rapidjson::SizeType>(index)] : nullptr;
}

}  // namespace detail

// libpg_query writes a node as {"Tag": {…}}, and a null element of a list as {}.
Node::Node(const void* tagged) {
  if (tagged == nullptr || !as_value(tagged)->IsObject() || as_value(tagged)->ObjectEmpty()) return;
  const auto inner = as_value(tagged)->MemberBegin();
  tag_ = find_tag(view(inner->name));
  value_ = &inner->value;
}

int Node::location() const {
  const detail::TagEntry* entry = entry_of(tag_);
  return entry != nullptr && entry->located ? detail::location(value_) : -1;
}

std::string_view Node::str() const {
  return tag_ == NodeTag::String ? detail::text(value_, "sval") : std::string_view();
}

List<Node> Node::items() const {
  return tag_ == NodeTag::ListNode ? List<Node>(detail::member(value_, "items")) : List<Node>();
}

std::string_view to_string(NodeTag tag) {
  const detail::TagEntry* entry = entry_of(tag);
  return entry != nullptr ? entry->name : std::string_view();
}

}  // namespace pgplumb::parser::ast
