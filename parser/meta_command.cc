#include "parser/meta_command.h"

#include <algorithm>

#include "parser/lexer.h"

namespace pgplumb::parser {

namespace {

struct MetaCommandEntry {
  std::string_view name;
  MetaEffect effect;
  std::string_view reason;
};

constexpr std::string_view outside = "a program outside the database would run";

constexpr MetaCommandEntry entries[] = {
    {"!", MetaEffect::unsupported, outside},
    {"?", MetaEffect::none, {}},
    {"C", MetaEffect::none, {}},
    {"H", MetaEffect::none, {}},
    {"T", MetaEffect::none, {}},
    {"a", MetaEffect::none, {}},
    {"bind", MetaEffect::none, {}},
    {"c", MetaEffect::connect, {}},
    {"cd", MetaEffect::none, {}},
    {"connect", MetaEffect::connect, {}},
    {"conninfo", MetaEffect::none, {}},
    {"copy", MetaEffect::none, {}},
    {"copyright", MetaEffect::none, {}},
    {"crosstabview", MetaEffect::control, {}},
    {"echo", MetaEffect::none, {}},
    {"elif", MetaEffect::control, {}},
    {"else", MetaEffect::control, {}},
    {"encoding", MetaEffect::none, {}},
    {"endif", MetaEffect::control, {}},
    {"errverbose", MetaEffect::none, {}},
    {"f", MetaEffect::none, {}},
    {"g", MetaEffect::control, {}},
    {"gdesc", MetaEffect::control, {}},
    {"getenv", MetaEffect::control, {}},
    {"gexec", MetaEffect::control, {}},
    {"gset", MetaEffect::control, {}},
    {"gx", MetaEffect::control, {}},
    {"h", MetaEffect::none, {}},
    {"help", MetaEffect::none, {}},
    {"html", MetaEffect::none, {}},
    {"i", MetaEffect::control, {}},
    {"if", MetaEffect::control, {}},
    {"include", MetaEffect::control, {}},
    {"include_relative", MetaEffect::control, {}},
    {"ir", MetaEffect::control, {}},
    {"l", MetaEffect::none, {}},
    {"list", MetaEffect::none, {}},
    {"o", MetaEffect::none, {}},
    {"out", MetaEffect::none, {}},
    {"p", MetaEffect::none, {}},
    {"password", MetaEffect::none, {}},
    {"print", MetaEffect::none, {}},
    {"prompt", MetaEffect::control, {}},
    {"pset", MetaEffect::none, {}},
    {"q", MetaEffect::control, {}},
    {"qecho", MetaEffect::none, {}},
    {"quit", MetaEffect::control, {}},
    {"restrict", MetaEffect::none, {}},
    {"set", MetaEffect::control, {}},
    {"setenv", MetaEffect::none, {}},
    {"sf", MetaEffect::none, {}},
    {"sv", MetaEffect::none, {}},
    {"t", MetaEffect::none, {}},
    {"timing", MetaEffect::none, {}},
    {"unrestrict", MetaEffect::none, {}},
    {"unset", MetaEffect::control, {}},
    {"w", MetaEffect::none, {}},
    {"watch", MetaEffect::unsupported, "it repeats a query until somebody stops it"},
    {"warn", MetaEffect::none, {}},
    {"write", MetaEffect::none, {}},
    {"x", MetaEffect::none, {}},
    {"z", MetaEffect::none, {}},
};

// \d and its kin only show; some carry + or S.
bool describes(std::string_view name) { return !name.empty() && name[0] == 'd'; }

constexpr std::string_view senders[] = {"bind", "crosstabview", "g", "gdesc", "gexec", "gset", "gx", "watch"};

// Commands that take the line's rest as it stands, backslashes included.
constexpr std::string_view whole_line[] = {"!", "copy", "ef", "ev", "h", "help", "sf", "sv"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string read_argument(std::string_view text, std::size_t& at) {
  std::string argument;
  while (at < text.size() && !is_blank(text[at])) {
    const char c = text[at++];
    if (c != '\'' && c != '"') {
      argument += c;
      continue;
    }
    for (; at < text.size(); ++at) {
      if (text[at] == c && (at + 1 >= text.size() || text[at + 1] != c)) break;
      if (text[at] == c) ++at;
      argument += text[at];
    }
    if (at < text.size()) ++at;
  }
  return argument;
}

bool is_utf8_name(std::string_view name) {
  return equals_ignoring_case(name, "utf8") || equals_ignoring_case(name, "utf-8");
}

std::string_view name_at(std::string_view text, std::size_t offset) {
  if (text.substr(offset, 2) == "\\!") return "!";
  std::size_t end = offset + 1;
  while (end < text.size() && !is_blank(text[end]) && text[end] != '\\') ++end;
  return text.substr(offset + 1, end - offset - 1);
}

template <std::size_t N>
bool is_one_of(std::string_view name, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

std::size_t meta_command_end(std::string_view text, std::size_t offset) {
  const std::size_t line_end = std::min(text.find('\n', offset), text.size());
  const std::string_view name = name_at(text, offset);
  if (is_one_of(name, whole_line)) return line_end;
  char quote = '\0';
  for (std::size_t at = offset + 1 + name.size(); at < line_end; ++at) {
    if (quote == '\0' && text[at] == '\\') return at;
    if (quote == '\'' && text[at] == '\\') {
      ++at;
    } else if (quote != '\0') {
      if (text[at] == quote) quote = '\0';
    } else if (text[at] == '\'' || text[at] == '"' || text[at] == '`') {
      quote = text[at];
    }
  }
  return line_end;
}

bool sends_query(std::string_view text) { return is_one_of(name_at(text, 0), senders); }

MetaCommand read_meta_command(std::string_view text) {
  MetaCommand command;
  std::size_t at = 1;
  // The shell command follows its mark without white space.
  while (at < text.size() && !is_blank(text[at]) && command.name != "!") command.name += text[at++];
  for (;;) {
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at >= text.size()) break;
    command.arguments.push_back(read_argument(text, at));
  }
  std::string_view plain = command.name;
  while (plain.size() > 1 && (plain.back() == '+' || plain.back() == 'S')) plain.remove_suffix(1);
  const auto found =
      std::find_if(std::begin(entries), std::end(entries), [&](const MetaCommandEntry& e) { return e.name == plain; });
  if (found != std::end(entries)) {
    command.effect = found->effect;
    command.reason = found->reason;
  } else if (!describes(plain)) {
    command.effect = MetaEffect::unsupported;
    command.reason = "this psql command is not known";
  }
  if (command.name == "encoding" && !command.arguments.empty() && !is_utf8_name(command.arguments[0])) {
    command.effect = MetaEffect::unsupported;
    command.reason = "only UTF-8 text is read";
  }
  return command;
}

}  // namespace pgplumb::parser
