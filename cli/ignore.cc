#include "cli/ignore.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "catalog/kinds/sequence.h"

namespace pgplumb::cli {

namespace {

using catalog::Catalog;
using catalog::Kind;
using catalog::Object;

/// Whether the bookkeeping entry "schema.table" or "table" names this relation.
bool is_bookkeeping_relation(const Catalog& catalog, const Object& object, const std::vector<std::string>& entries) {
  if (object.kind != Kind::table && object.kind != Kind::view && object.kind != Kind::sequence) return false;
  const Object* schema = catalog.find(object.parent.oid);
  for (const std::string& entry : entries) {
    const std::size_t dot = entry.find('.');
    const bool name = object.name.view() == entry.substr(dot == std::string::npos ? 0 : dot + 1);
    if (name && (dot == std::string::npos || (schema && schema->name.view() == entry.substr(0, dot)))) return true;
  }
  return false;
}

const Object* owner_or_parent(const Catalog& catalog, const Object& object) {
  if (object.kind == Kind::sequence) {
    const auto& sequence = static_cast<const catalog::Sequence&>(object);
    if (sequence.owned_by) return catalog.find(sequence.owned_by.oid);
  }
  return catalog.find(object.parent.oid);
}

/// A bookkeeping relation, or something that belongs to one, or a schema that holds nothing else.
bool is_bookkeeping(const Catalog& catalog, const Object& object, const std::vector<std::string>& entries) {
  if (entries.empty()) return false;
  if (object.kind == Kind::schema) {
    const auto children = catalog.children(object.oid);
    return !children.empty() && object.name.view() != "public" &&
           std::all_of(children.begin(), children.end(),
                       [&](catalog::Oid child) { return is_bookkeeping(catalog, *catalog.find(child), entries); });
  }
  for (const Object* at = &object; at; at = owner_or_parent(catalog, *at))
    if (is_bookkeeping_relation(catalog, *at, entries)) return true;
  return false;
}

const Object& object_of(const diff::Change& change) { return *(change.expected ? change.expected : change.actual)->object; }

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p, ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<diff::ReportNote> take_out_ignored(diff::Comparison& comparison, const LoadedSource& expected,
                                               const LoadedSource& actual, const std::vector<std::string>& patterns) {
  std::vector<std::string> bookkeeping = expected.bookkeeping;
  bookkeeping.insert(bookkeeping.end(), actual.bookkeeping.begin(), actual.bookkeeping.end());
  std::map<std::string, std::size_t> counts;
  auto ignored = [&](const diff::Change& change) {
    const Catalog& side = change.expected ? *expected.catalog : *actual.catalog;
    if (is_bookkeeping(side, object_of(change), bookkeeping)) {
      ++counts[fmt::format("{}: the migration tool's own bookkeeping", change.key.text())];
      return true;
    }
    for (const std::string& pattern : patterns)
      if (matches_pattern(pattern, change.key.text())) {
        ++counts[fmt::format("{}: ignored by the pattern \"{}\"", change.key.text(), pattern)];
        return true;
      }
    return false;
  };
  std::erase_if(comparison.changes, ignored);
  std::vector<diff::ReportNote> notes;
  for (const auto& [message, count] : counts) notes.push_back({message, "", 0, 0, "ignored"});
  return notes;
}

}  // namespace pgplumb::cli
