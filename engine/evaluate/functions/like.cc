// LIKE and ILIKE: like_match.c.
#include "engine/evaluate/functions.h"
#include "engine/evaluate/utf8.h"

namespace pgplumb::engine::evaluate {

namespace {

using LikeCharacters = std::vector<std::string_view>;

bool matches(const LikeCharacters& text, std::size_t at, const LikeCharacters& pattern, std::size_t from) {
  for (; from < pattern.size(); ++from, ++at) {
    std::string_view wanted = pattern[from];
    if (wanted == "%") {
      for (std::size_t rest = at; rest <= text.size(); ++rest)
        if (matches(text, rest, pattern, from + 1)) return true;
      return false;
    }
    if (at >= text.size()) {
      if (wanted == "\\" && from + 1 == pattern.size())
        throw SqlError("22025", "LIKE pattern must not end with escape character");
      return false;
    }
    if (wanted == "_") continue;
    if (wanted == "\\") {
      if (++from == pattern.size()) throw SqlError("22025", "LIKE pattern must not end with escape character");
      wanted = pattern[from];
    }
    if (text[at] != wanted) return false;
  }
  return at == text.size();
}

bool like(const std::string& text, const std::string& pattern) {
  return matches(characters(text), 0, characters(pattern), 0);
}

}  // namespace

Value text_like(const Call& call) { return call.boolean(like(call.text(0), call.text(1))); }
Value text_not_like(const Call& call) { return call.boolean(!like(call.text(0), call.text(1))); }
Value text_ilike(const Call& call) { return call.boolean(like(lower_case(call.text(0)), lower_case(call.text(1)))); }
Value text_not_ilike(const Call& call) {
  return call.boolean(!like(lower_case(call.text(0)), lower_case(call.text(1))));
}

/// LIKE … ESCAPE: the pattern with backslash in the escape character's place (do_like_escape).
Value like_escape(const Call& call) {
  const LikeCharacters escape = characters(call.text(1));
  if (escape.size() > 1) {
    throw SqlError("22019", "invalid escape string", {}, "Escape string must be empty or one character.");
  }
  if (call.text(1) == "\\") return call.of(call.text(0));
  std::string pattern;
  bool escaped = false;
  for (std::string_view c : characters(call.text(0))) {
    if (!escaped && !escape.empty() && c == escape.front()) {
      pattern += '\\';
      escaped = true;
      continue;
    }
    if (c == "\\" && !escaped) pattern += '\\';
    pattern += c;
    escaped = false;
  }
  return call.of(pattern);
}

/// SIMILAR TO's pattern as a regular expression (similar_escape_internal of regexp.c).
Value similar_to_escape(const Call& call) {
  const LikeCharacters given = call.size() > 1 ? characters(call.text(1)) : LikeCharacters{"\\"};
  if (given.size() > 1)
    throw SqlError("22019", "invalid escape string", {}, "Escape string must be empty or one character.");
  std::string pattern = "^(?:";
  bool escaped = false, in_class = false;
  for (std::string_view c : characters(call.text(0))) {
    if (escaped) {
      if (c == "\"") throw NotSimulated("a pattern of SUBSTRING … SIMILAR");
      pattern.append("\\").append(c);
      escaped = false;
    } else if (!given.empty() && c == given.front()) {
      escaped = true;
    } else if (in_class) {
      pattern.append(c == "\\" ? "\\" : "").append(c);
      in_class = c != "]";
    } else if (c == "%" || c == "_") {
      pattern += c == "%" ? ".*" : ".";
    } else if (c == "(") {
      pattern += "(?:";
    } else {
      if (c == "\\" || c == "." || c == "^" || c == "$") pattern += '\\';
      pattern += c;
      in_class = c == "[";
    }
  }
  return call.of(pattern + ")$");
}

}  // namespace pgplumb::engine::evaluate
