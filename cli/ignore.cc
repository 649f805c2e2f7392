#include "cli/ignore.h"

#include <fmt/format.h>

#include <map>

#include "cli/bookkeeping.h"

namespace pgplumb::cli {

namespace {

using catalog::Catalog;
using catalog::Object;

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
  const std::vector<std::string> bookkeeping = bookkeeping_of(expected, actual);
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
