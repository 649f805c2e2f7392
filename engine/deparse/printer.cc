#include "engine/deparse/printer.h"

#include <algorithm>

#include "catalog/catalog.h"
#include "engine/deparse/deparse.h"
#include "engine/deparse/names.h"

namespace pgplumb::engine::deparse {

namespace {

// PRETTYINDENT_LIMIT: beyond it, deeper levels are indented less and start again from the left.
constexpr int indent_limit = 40;

int indent_amount(int level) {
  if (level < indent_limit) return std::max(level, 0);
  return (indent_limit + (level - indent_limit) / (indent_clause / 2)) % indent_limit;
}

}  // namespace

void Printer::node(const Node& node, bool show_implicit) {
  expr::visit([&](const auto& value) { print(value, show_implicit); }, node);
}

void Printer::identifier(std::string_view name) { out_ += quote_identifier(cache_, name); }

void Printer::identifiers(const std::vector<std::string>& names) {
  std::string_view separator = "";
  for (const std::string& name : names) {
    text(separator);
    identifier(name);
    separator = ", ";
  }
}

void Printer::type(Oid type, std::int32_t typmod) { out_ += type_name(cache_, type, typmod); }

void Printer::list(const Nodes& nodes, bool show_implicit) {
  std::string_view separator = "";
  for (const NodePtr& part : nodes) {
    text(separator);
    node(part, show_implicit);
    separator = ", ";
  }
}

void Printer::trim_spaces() { out_.erase(out_.find_last_not_of(' ') + 1); }

void Printer::keyword(std::string_view word, int indent_before, int indent_after, int indent_plus) {
  if (!context_.line_breaks) return text(word);
  context_.indentation += indent_before;
  trim_spaces();
  out_ += '\n';
  out_.append(static_cast<std::size_t>(indent_amount(context_.indentation) + indent_plus), ' ');
  text(word);
  context_.indentation = std::max(context_.indentation + indent_after, 0);
}

std::string Printer::captured(const std::function<void()>& print) {
  std::string saved;
  saved.swap(out_);
  print();
  saved.swap(out_);
  return saved;
}

// Appends an item of a list; on a line of its own where it may be, since text is wrapped at column 0.
void Printer::wrapped(const std::string& item, bool may_break) {
  if (context_.line_breaks) {
    if (!item.empty() && item.front() == '\n')
      trim_spaces();
    else if (may_break)
      keyword("", -indent_clause, indent_clause, indent_part);
  }
  text(item);
}

// Whether the release has the last changes of ruleutils.c: AS before the alias of a command's target, IS DOCUMENT in
// parentheses. 15.20 has them, and 14.23, 16.14, 17.10 and 18.4 have not; those that came out together with 15.20 are
// taken to have them too. They came too late for 13.
bool Printer::late_minor_release() const {
  const int version = cache_.objects()->server_version();
  switch (major()) {
    case 13: return false;
    case 14: return version == 0 || version >= 140025;
    case 15: return version == 0 || version >= 150020;
    case 16: return version == 0 || version >= 160016;
    case 17: return version == 0 || version >= 170012;
    default: return version == 0 || version >= 180006;
  }
}

void Printer::query(const expr::Query& query, const QueryPlace& place) {
  static const std::vector<std::string> nothing_taken;
  Level level = level_of_query(cache_, query, context_.level, place.taken ? *place.taken : nothing_taken);
  Context saved = context_;
  context_ = Context{};
  context_.level = &level;
  context_.line_breaks = saved.line_breaks;
  context_.indentation = saved.indentation;
  context_.qualify_columns = place.qualify_columns || level.outer || query.range_table.size() != 1;
  context_.column_names_visible = place.column_names_visible;
  if (query.command == expr::CommandType::select) context_.result_names = place.result_names;
  query_body(query);
  context_ = saved;
}

void Printer::query_body(const expr::Query& query) {
  switch (query.command) {
    case expr::CommandType::select: return select(query);
    case expr::CommandType::insert: return insert(query);
    case expr::CommandType::update: return update(query);
    case expr::CommandType::delete_: return delete_from(query);
    case expr::CommandType::merge: return merge(query);
    case expr::CommandType::utility: return utility(query);
    case expr::CommandType::compound: return;
  }
}

}  // namespace pgplumb::engine::deparse
