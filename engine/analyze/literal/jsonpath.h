#pragma once
// The parts of a jsonpath: utils/adt/jsonpath.h.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::engine::analyze::literal {

struct PathItem;
using PathItemPtr = std::unique_ptr<PathItem>;

enum class PathKind : std::uint8_t {
  null,
  string,
  numeric,
  boolean,
  root,
  current,
  last,
  variable,
  key,
  any_key,
  any_array,
  any_path,
  subscripts,
  filter,
  method,
  binary,
  sign,
  negation,
  is_unknown,
  exists,
  like_regex
};

struct Subscript {
  PathItemPtr from, to;  // `to` may be absent
};

/// One item; `next` is what is applied to its result.
struct PathItem {
  PathKind kind = PathKind::null;
  std::string text;  // a value, a name, an operator as it prints, a method's name, a regular expression
  std::string flags;
  PathItemPtr left, right;
  std::vector<PathItemPtr> arguments;
  std::vector<Subscript> subscripts;
  std::optional<std::uint32_t> first, last_level;  // of any_path; nothing is "last"
  PathItemPtr next;
};

enum class PathTokenKind : std::uint8_t { end, identifier, string, variable, integer, numeric, symbol };

struct PathToken {
  PathTokenKind kind = PathTokenKind::end;
  std::string text;     // decoded; a symbol as written
  std::string keyword;  // the identifier if it is a keyword of that spelling
};

/// Cuts a jsonpath as jsonpath_scan.l does. Errors: syntax_error.
std::vector<PathToken> jsonpath_tokens(std::string_view text, int major);

struct JsonPath {
  bool strict = false;
  PathItemPtr root;
};

/// jsonpath_gram.y. Errors: syntax_error; NotSimulated's UnknownForm for what only a regular expression's compiler can
/// tell.
JsonPath parse_jsonpath(std::string_view text, int major);

/// jsonpath_out.
std::string print_jsonpath(const JsonPath& path, int major);

/// The text as a JSON string: escape_json.
std::string json_string_text(const std::string& text);
void append_utf8(std::string& out, std::uint32_t code);

}  // namespace pgplumb::engine::analyze::literal
