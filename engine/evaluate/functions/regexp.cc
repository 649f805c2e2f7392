// Regular expressions: regexp.c over backend/regex. Of PostgreSQL's advanced regular expressions, those that std::regex
// means the same by: POSIX's "leftmost, longest" where there are alternatives, greedy and lazy quantifiers elsewhere.
#include <regex>

#include "catalog/type_oids.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/utf8.h"

namespace pgplumb::engine::evaluate {

namespace {

[[noreturn]] void unknown_pattern(const std::string& pattern) {
  throw NotSimulated("the regular expression " + pattern);
}

/// The pattern in ECMAScript's words; NotSimulated for what has none.
std::string translated(const std::string& pattern) {
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char next = pattern[++i];
      if (next == 'm' || next == 'M' || next == 'A' || next == 'Z' || next == 'Y') unknown_pattern(pattern);
      out += next == 'y' ? "\\b" : std::string{'\\', next};
      continue;
    }
    if (c == '[' && !in_class)
      in_class = true;
    else if (c == '[' && in_class && i + 1 < pattern.size() && pattern[i + 1] == ':') {
      const std::size_t end = pattern.find(":]", i);
      if (end == std::string::npos) unknown_pattern(pattern);
      out += pattern.substr(i, end + 2 - i);
      i = end + 1;
      continue;
    } else if (c == ']' && in_class) {
      in_class = false;
    } else if (c == '(' && pattern.compare(i, 4, "(?<=") == 0) {
      unknown_pattern(pattern);
    }
    out += c;
  }
  return out;
}

std::regex compiled(const std::string& pattern, const std::string& flags) {
  if (pattern.rfind("***", 0) == 0 || pattern.rfind("(?", 0) == 0) unknown_pattern(pattern);
  auto options = std::regex::ECMAScript;
  for (char flag : flags) {
    if (flag == 'i')
      options |= std::regex::icase;
    else if (flag == 'c')
      options = std::regex::ECMAScript;
    else if (flag != 'g')
      unknown_pattern(pattern + " with flags " + flags);
  }
  try {
    return std::regex(translated(pattern), options);
  } catch (const std::regex_error&) {
    unknown_pattern(pattern);
  }
}

/// What is matched, not only whether: alternatives are tried in order here, and for their length by PostgreSQL.
void refuse_alternatives(const std::string& pattern) {
  if (pattern.find('|') != std::string::npos) unknown_pattern(pattern);
}

void refuse_size(const std::string& text) {
  if (text.size() > 20000) throw NotSimulated("a regular expression over a long text");
}

bool regexp_matches(const Call& call, const std::string& flags) {
  refuse_size(call.text(0));
  return std::regex_search(call.text(0), compiled(call.text(1), flags));
}

std::string flags_of(const Call& call, std::size_t place) { return call.size() > place ? call.text(place) : ""; }

std::string replacement(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$') {
      out += "$$";
    } else if (text[i] == '\\' && i + 1 < text.size() &&
               (text[i + 1] == '&' || (text[i + 1] >= '1' && text[i + 1] <= '9'))) {
      const char next = text[++i];
      out += next == '&' ? "$&" : std::string("$0") + next;
    } else if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '\\') {
      out += '\\';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

Value groups(const Call& call, const std::smatch& match) {
  std::vector<Element> elements;
  const std::size_t first = match.size() > 1 ? 1 : 0;
  for (std::size_t i = first; i < match.size(); ++i)
    elements.push_back(match[i].matched ? Element(match[i].str()) : Element());
  return array_value(call.result, std::move(elements));
}

std::vector<std::string> regexp_split(const Call& call) {
  refuse_size(call.text(0));
  refuse_alternatives(call.text(1));
  const std::regex pattern = compiled(call.text(1), flags_of(call, 2));
  std::vector<std::string> parts;
  auto at = call.text(0).cbegin();
  for (std::sregex_iterator found(call.text(0).begin(), call.text(0).end(), pattern), end; found != end; ++found) {
    if (found->length(0) == 0) unknown_pattern(call.text(1));
    parts.emplace_back(at, (*found)[0].first);
    at = (*found)[0].second;
  }
  parts.emplace_back(at, call.text(0).cend());
  return parts;
}

}  // namespace

Value regexp_matches_case(const Call& call) { return call.boolean(regexp_matches(call, "")); }
Value regexp_differs_case(const Call& call) { return call.boolean(!regexp_matches(call, "")); }
Value regexp_matches_any_case(const Call& call) { return call.boolean(regexp_matches(call, "i")); }
Value regexp_differs_any_case(const Call& call) { return call.boolean(!regexp_matches(call, "i")); }
Value regexp_like_text(const Call& call) { return call.boolean(regexp_matches(call, flags_of(call, 2))); }

Value regexp_replaced(const Call& call) {
  refuse_size(call.text(0));
  refuse_alternatives(call.text(1));
  const std::string flags = flags_of(call, 3);
  const bool all = flags.find('g') != std::string::npos;
  const auto how = all ? std::regex_constants::format_default : std::regex_constants::format_first_only;
  return call.of(std::regex_replace(call.text(0), compiled(call.text(1), flags), replacement(call.text(2)), how));
}

/// substring(text FROM pattern): the first parenthesised part, or all that matches.
Value regexp_substring(const Call& call) {
  refuse_size(call.text(0));
  refuse_alternatives(call.text(1));
  std::smatch match;
  if (!std::regex_search(call.text(0), match, compiled(call.text(1), ""))) return call.null();
  const std::size_t group = match.size() > 1 ? 1 : 0;
  return match[group].matched ? call.of(match[group].str()) : call.null();
}

Value regexp_first_match(const Call& call) {
  refuse_size(call.text(0));
  refuse_alternatives(call.text(1));
  std::smatch match;
  return std::regex_search(call.text(0), match, compiled(call.text(1), flags_of(call, 2))) ? groups(call, match)
                                                                                           : call.null();
}

Rows regexp_all_matches(const Call& call) {
  refuse_size(call.text(0));
  refuse_alternatives(call.text(1));
  const std::string flags = flags_of(call, 2);
  const std::regex pattern = compiled(call.text(1), flags);
  Rows rows;
  for (std::sregex_iterator found(call.text(0).begin(), call.text(0).end(), pattern), end; found != end; ++found) {
    rows.push_back({groups(call, *found)});
    if (flags.find('g') == std::string::npos) break;
  }
  return rows;
}

Value regexp_split_array(const Call& call) {
  std::vector<Element> elements;
  for (std::string& part : regexp_split(call)) elements.push_back(std::move(part));
  return array_value(call.result, std::move(elements));
}

Rows regexp_split_table(const Call& call) {
  Rows rows;
  for (std::string& part : regexp_split(call)) rows.push_back({call.of(std::move(part))});
  return rows;
}

}  // namespace pgplumb::engine::evaluate
