#include "parser/meta_command.h"

#include <algorithm>

#include "parser/lexer.h"

namespace pgplumb::parser {

namespace {

struct Entry {
  std::string_view name;
  MetaEffect effect;
  std::string_view reason;
};

constexpr std::string_view includes = "the included file is not read";
constexpr std::string_view conditional = "whether the lines that follow run is not known";
constexpr std::string_view outside = "a program outside the database would run";
constexpr std::string_view generated = "the statements that the query returns are not known";

constexpr Entry entries[] = {
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
    {"crosstabview", MetaEffect::none, {}},
    {"echo", MetaEffect::none, {}},
    {"elif", MetaEffect::unsupported, conditional},
    {"else", MetaEffect::unsupported, conditional},
    {"encoding", MetaEffect::none, {}},
    {"endif", MetaEffect::none, {}},
    {"errverbose", MetaEffect::none, {}},
    {"f", MetaEffect::none, {}},
    {"g", MetaEffect::none, {}},
    {"gdesc", MetaEffect::none, {}},
    {"getenv", MetaEffect::none, {}},
    {"gexec", MetaEffect::unsupported, generated},
    {"gset", MetaEffect::none, {}},
    {"gx", MetaEffect::none, {}},
    {"h", MetaEffect::none, {}},
    {"help", MetaEffect::none, {}},
    {"html", MetaEffect::none, {}},
    {"i", MetaEffect::unsupported, includes},
    {"if", MetaEffect::unsupported, conditional},
    {"include", MetaEffect::unsupported, includes},
    {"include_relative", MetaEffect::unsupported, includes},
    {"ir", MetaEffect::unsupported, includes},
    {"l", MetaEffect::none, {}},
    {"list", MetaEffect::none, {}},
    {"o", MetaEffect::none, {}},
    {"out", MetaEffect::none, {}},
    {"p", MetaEffect::none, {}},
    {"password", MetaEffect::none, {}},
    {"print", MetaEffect::none, {}},
    {"prompt", MetaEffect::none, {}},
    {"pset", MetaEffect::none, {}},
    {"q", MetaEffect::quit, {}},
    {"qecho", MetaEffect::none, {}},
    {"quit", MetaEffect::quit, {}},
    {"restrict", MetaEffect::none, {}},
    {"set", MetaEffect::none, {}},
    {"setenv", MetaEffect::none, {}},
    {"sf", MetaEffect::none, {}},
    {"sv", MetaEffect::none, {}},
    {"t", MetaEffect::none, {}},
    {"timing", MetaEffect::none, {}},
    {"unrestrict", MetaEffect::none, {}},
    {"unset", MetaEffect::none, {}},
    {"w", MetaEffect::none, {}},
    {"warn", MetaEffect::none, {}},
    {"write", MetaEffect::none, {}},
    {"x", MetaEffect::none, {}},
    {"z", MetaEffect::none, {}},
};

// \d and its kin only show; some carry + or S.
bool describes(std::string_view name) { return !name.empty() && name[0] == 'd'; }

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

}  // namespace

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
      std::find_if(std::begin(entries), std::end(entries), [&](const Entry& e) { return e.name == plain; });
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
