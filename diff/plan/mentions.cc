#include "diff/plan/mentions.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "catalog/kinds/routine.h"

namespace pgplumb::diff {

using catalog::Kind;
using catalog::NameSpace;
using catalog::Oid;

namespace {

bool is_routine(Kind kind) { return kind == Kind::function || kind == Kind::procedure; }

bool continues_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) || c == '_' || c == '$';
}

/// Every identifier in the text: words in lower case, and what stands in double quotes.
std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      const std::size_t end = std::min(text.find('"', at + 1), text.size());
      words.emplace(text.substr(at + 1, end - at - 1));
      at = end + 1;
    } else if (continues_word(text[at])) {
      std::string word;
      for (; at < text.size() && continues_word(text[at]); ++at)
        word += static_cast<char>(text[at] >= 'A' && text[at] <= 'Z' ? text[at] - 'A' + 'a' : text[at]);
      words.insert(std::move(word));
    } else {
      ++at;
    }
  }
  return words;
}

}  // namespace

Mentions::Mentions(const Sides& sides, const Selection& selection) {
  for (Oid oid : selection.created) {
    const catalog::Object& object = *sides.to.find(oid)->object;
    const NameSpace space = catalog::kind_info(object.kind).name_space;
    if (space == NameSpace::relation || space == NameSpace::type || space == NameSpace::routine)
      by_name_[object.name.str()].push_back(oid);
  }
}

std::vector<Oid> Mentions::of(const catalog::Object& object) const {
  std::vector<Oid> found;
  if (!is_routine(object.kind)) return found;
  for (const std::string& word : words_of(static_cast<const catalog::Routine&>(object).body)) {
    const auto known = by_name_.find(word);
    if (known == by_name_.end()) continue;
    for (Oid oid : known->second)
      if (oid != object.oid) found.push_back(oid);
  }
  return found;
}

}  // namespace pgplumb::diff
