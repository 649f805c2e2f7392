#include "parser/pg_query.h"

#include <pg_query.h>
#include <rapidjson/document.h>

#include <cstdlib>
#include <cstring>
#include <utility>

#include "parser/isolation.h"
#include "parser/shape.h"
#include "parser/tree_data.h"
#include "parser/wire.h"

namespace pgplumb::parser {

namespace {

// Trees of fewer levels fit the stack of any thread. A token takes two bytes at least, and a level one token, so that
// shorter texts need no closer look.
constexpr std::size_t shallow_levels = 1000;
constexpr std::size_t short_text = 2 * shallow_levels;
// libpg_query's writer takes half of this for a level; what follows it only sees trees of max_tree_levels.
constexpr std::size_t stack_per_level = 256;
constexpr std::size_t spare_stack = std::size_t{16} << 20;
// The JSON of one token is under 100 bytes, and libpg_query can't write more than a gigabyte.
constexpr std::size_t max_tokens = 2'000'000;
constexpr std::size_t max_bytes = std::size_t{64} << 20;

/// The error's position counts characters from 1.
int byte_offset(std::string_view text, int cursor) {
  if (cursor <= 0) return -1;
  std::size_t at = 0;
  for (int character = 1; character < cursor && at < text.size(); ++character) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return static_cast<int>(at);
}

// libpg_query keeps no SQLSTATE. The errors of the grammar are syntax errors but for these (gram.y, scan.l); the corpus
// of the regression tests has been compared.
struct OtherState {
  std::string_view part_of_message;
  const char* sqlstate;
};
constexpr OtherState other_states[] = {
    {"not yet implemented", "0A000"},
    {"not implemented", "0A000"},
    {"not supported", "0A000"},
    {"no longer supported", "0A000"},
    {"is only supported for", "0A000"},
    {"cannot include schema elements", "0A000"},
    {"constraints cannot be marked", "0A000"},
    {"current database cannot be changed", "0A000"},
    {"unsafe use of string constant", "0A000"},
    {"unsafe use of \\'", "22P06"},
    {"cannot be used as a role name here", "42939"},
    {"\" is reserved", "42939"},
    {"column number must be in range", "22023"},
    {"precision for type float must be", "22023"},
    {"unrecognized partitioning strategy", "22023"},
    {"invalid byte sequence", "22021"},
    {"frame start", "42P20"},
    {"frame end cannot be", "42P20"},
};

std::string sqlstate_of(const PgQueryError& error) {
  const std::string_view message = error.message;
  // The scanner and the U&'' decoder have one message for two conditions.
  if (message == "invalid Unicode escape" && error.funcname == std::string_view("core_yylex")) return "22025";
  for (const OtherState& other : other_states)
    if (message.find(other.part_of_message) != std::string_view::npos) return other.sqlstate;
  return "42601";
}

ParseError error_of(std::string_view text, const PgQueryError& error) {
  return {error.message, byte_offset(text, error.cursorpos), sqlstate_of(error)};
}

std::optional<ParseError> refuse(const Shape& shape, std::size_t bytes) {
  if (shape.tokens > max_tokens || bytes > max_bytes) return ParseError{"statement is too long", -1, "54000"};
  return std::nullopt;
}

/// Whether any value of the JSON lies more levels deep than the tree may have: a level is a node and its only field.
bool too_deep(const char* json) {
  std::size_t depth = 0;
  bool quoted = false;
  for (const char* at = json; *at != '\0'; ++at) {
    if (quoted && *at == '\\') {
      ++at;
    } else if (*at == '"') {
      quoted = !quoted;
    } else if (!quoted && *at == '{') {
      if (++depth > 2 * static_cast<std::size_t>(max_tree_levels)) return true;
    } else if (!quoted && *at == '}') {
      --depth;
    }
  }
  return false;
}

}  // namespace

ParseTree::ParseTree() = default;
ParseTree::~ParseTree() = default;
ParseTree::ParseTree(ParseTree&&) noexcept = default;
ParseTree& ParseTree::operator=(ParseTree&&) noexcept = default;

// The values of most trees take twice the room of their text, so that the first chunk holds them all.
ParseTree::Data::Data(char* json_, std::size_t length)
    : json(json_, &std::free), allocator(length * 5 / 2 + 128), document(&allocator) {
  document.ParseInsitu<rapidjson::kParseIterativeFlag>(json_);
}

std::size_t ParseTree::size() const { return data_ ? ast::detail::list_size(data_->statements()) : 0; }

ast::Node ParseTree::statement(std::size_t index) const {
  if (!data_) return {};
  return ast::Node(ast::detail::member(ast::detail::list_at(data_->statements(), index), "stmt"));
}

std::string_view ParseTree::statement_text(std::string_view text, std::size_t index) const {
  if (!data_) return {};
  const void* raw = ast::detail::list_at(data_->statements(), index);
  const auto start = static_cast<std::size_t>(ast::detail::integer(raw, "stmt_location"));
  const auto length = static_cast<std::size_t>(ast::detail::integer(raw, "stmt_len"));
  return text.substr(start, length == 0 ? std::string_view::npos : length);
}

/// Makes trees; the friend of ParseTree.
class TreeBuilder {
 public:
  TreeBuilder(const std::string& text, bool may_be_deep) : text_(text), may_be_deep_(may_be_deep) {}

  ParseResult build() const {
    ParseResult result;
    PgQueryParseResult parsed = call();
    if (parsed.error != nullptr) {
      result.error = error_of(text_, *parsed.error);
    } else if (may_be_deep_ && too_deep(parsed.parse_tree)) {
      result.error = ParseError{"stack depth limit exceeded", -1, "54001"};
    } else {
      char* json = std::exchange(parsed.parse_tree, nullptr);
      const std::size_t length = std::strlen(json);
      const bool repair = may_lack_integers(text_, {json, length});
      result.tree.data_ = std::make_unique<ParseTree::Data>(json, length);
      if (repair) repair_integers(text_, result.tree.data_->document);
    }
    pg_query_free_parse_result(parsed);
    return result;
  }

 private:
  PgQueryParseResult call() const {
    const PgQueryLock lock;
    return pg_query_parse(text_.c_str());
  }

  const std::string& text_;
  bool may_be_deep_;
};

ParseResult parse(std::string_view text) {
  const std::string copy(text);
  if (text.size() <= short_text) return TreeBuilder(copy, false).build();
  const Shape shape = shape_of(text);
  if (auto error = refuse(shape, text.size())) return {{}, error};
  if (shape.levels <= shallow_levels) return TreeBuilder(copy, false).build();
  ParseResult result;
  if (!run_with_stack(spare_stack + shape.levels * stack_per_level, [&] { result = TreeBuilder(copy, true).build(); }))
    result.error = ParseError{"stack depth limit exceeded", -1, "54001"};
  return result;
}

std::optional<ParseError> check_syntax(std::string_view text) {
  const std::string copy(text);
  PgQuerySplitResult split;
  {
    const PgQueryLock lock;
    split = pg_query_split_with_parser(copy.c_str());
  }
  std::optional<ParseError> error;
  if (split.error != nullptr) error = error_of(text, *split.error);
  pg_query_free_split_result(split);
  return error;
}

PlpgsqlResult parse_plpgsql(std::string_view text) {
  const std::string copy(text);
  PlpgsqlResult result;
  PgQueryPlpgsqlParseResult parsed;
  {
    const PgQueryLock lock;
    parsed = pg_query_parse_plpgsql(copy.c_str());
  }
  if (parsed.error != nullptr)
    result.error = error_of(text, *parsed.error);
  else if (parsed.plpgsql_funcs != nullptr)
    result.json = parsed.plpgsql_funcs;
  pg_query_free_plpgsql_parse_result(parsed);
  return result;
}

int grammar_version() { return PG_VERSION_NUM / 10000; }

}  // namespace pgplumb::parser
