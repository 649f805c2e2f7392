// Types in declarations: read_datatype of pl_gram.y, and plpgsql_parse_…type of pl_comp.c.
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_type.h"
#include "engine/plpgsql/reader.h"
#include "parser/expression.h"
#include "parser/pg_query.h"

namespace pgplumb::engine::plpgsql {

namespace {

using catalog::types::record;

std::string joined(const std::vector<std::string>& names, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i ? "." : "") + names[i];
  return text;
}

}  // namespace

bool Reader::is_composite(Oid type) const {
  return type == record || analyze::type_or_domain_relation(interpreter_.cache(), type) != invalid_oid;
}

Oid Reader::find_relation(const std::vector<std::string>& names, std::size_t count) const {
  const analyze::Syscache& cache = interpreter_.cache();
  Oid relation = invalid_oid;
  if (count == 1) {
    relation = cache.find_relation(names[0]);
  } else {
    const Oid schema = cache.schema_by_name(names[count - 2]);
    if (schema == invalid_oid) throw SqlError("3F000", "schema \"" + names[count - 2] + "\" does not exist");
    relation = cache.relation_named(schema, names[count - 1]);
  }
  if (relation == invalid_oid) throw SqlError("42P01", "relation \"" + joined(names, count) + "\" does not exist");
  return relation;
}

TypeRef Reader::type_of_column(const std::vector<std::string>& names) const {
  const Oid relation = find_relation(names, names.size() - 1);
  for (const analyze::ColumnRow& column : interpreter_.cache().columns(relation))
    if (!column.dropped && column.name == names.back()) return column.type;
  throw SqlError("42703",
                 "column \"" + names.back() + "\" of relation \"" + names[names.size() - 2] + "\" does not exist");
}

TypeRef Reader::row_type_of(const std::vector<std::string>& names) const {
  const Oid relation = find_relation(names, names.size());
  const analyze::RelationRow* row = interpreter_.cache().relation(relation);
  if (row->row_type == invalid_oid)
    throw SqlError("42809", "relation \"" + joined(names, names.size()) + "\" does not have a composite type");
  return {row->row_type, -1};
}

// Before 17, %TYPE of what does not exist was taken for a type's name, and refused for its percent sign.
bool Reader::refers_to_known(const std::vector<std::string>& names) const {
  if (names.size() < 3 && find_variable(function_, names_, names[0], names.size() > 1 ? names[1] : "")) return true;
  if (names.size() < 2) return false;
  try {
    type_of_column(names);
    return true;
  } catch (const SqlError&) {
    return false;
  }
}

// name%TYPE, table.column%TYPE, table%ROWTYPE; nothing where the coming words are something else.
std::optional<TypeRef> Reader::read_type_of_something() {
  if (!peek().is_name()) return std::nullopt;
  std::vector<std::string> names = {peek().word};
  std::size_t ahead = 1;
  for (; at_symbol(".", ahead) && peek(ahead + 1).kind != TokenKind::end; ahead += 2)
    names.push_back(peek(ahead + 1).word);
  if (!at_symbol("%", ahead)) return std::nullopt;
  const bool row_type = at("rowtype", ahead + 1);
  if (!row_type && !at("type", ahead + 1)) return std::nullopt;
  TypeRef type;
  const bool is_known = row_type || interpreter_.major() >= 17 || refers_to_known(names);
  if (!is_known && interpreter_.major() < 14) return std::nullopt;  // all of it is a bad name
  if (!is_known) {
    for (; ahead > 0; --ahead) next();
    syntax_error();
  }
  const FoundName found = row_type || names.size() > 2
                              ? FoundName()
                              : find_variable(function_, names_, names[0], names.size() > 1 ? names[1] : "");
  if (row_type)
    type = row_type_of(names);
  else if (found && found.names_used == static_cast<int>(names.size()))
    type = variable(found.variable).type;
  else if (names.size() > 1)
    type = type_of_column(names);
  else
    throw SqlError("42704", "variable \"" + names[0] + "\" does not exist");
  for (ahead += 2; ahead > 0; --ahead) next();
  // 17: a type that is told from another may be made an array.
  bool is_array = false;
  while (at_symbol("[") || at("array")) {
    is_array = true;
    if (accept("array")) continue;
    next();
    while (!accept_symbol("]")) next();
  }
  if (is_array) {
    type.type = analyze::promoted_array_type(interpreter_.cache(), type.type);
  }
  return type;
}

TypeRef Reader::read_type() {
  if (const auto type = read_type_of_something()) return *type;
  const std::size_t start = peek().offset;
  std::size_t end = start;
  int depth = 0;
  for (;;) {
    if (peek().kind == TokenKind::end) fail_here(depth ? "mismatched parentheses" : "incomplete data type declaration");
    if (at_symbol(";") || at("collate") || at("not") || at("default") || at_assignment()) break;
    if (depth == 0 && (at_symbol(",") || at_symbol(")"))) break;
    if (at_symbol("(")) ++depth;
    if (at_symbol(")")) --depth;
    end = next().end();
  }
  if (end == start) fail_here("missing data type declaration");
  const std::string text(body_.substr(start, end - start));
  const parser::ParsedTypeName parsed = parser::parse_type_name(text);
  // 13 read a type as that of NULL, and complained of what makes another expression of it (typeStringToTypeName).
  if (parsed.error && interpreter_.major() < 14 && !parser::check_syntax("SELECT NULL::" + text))
    throw SqlError("42601", "invalid type name \"" + text + "\"");
  if (parsed.error) throw SqlError(parsed.error->sqlstate, parsed.error->message);
  if (parsed.type.setof()) throw SqlError("42601", "type name \"" + text + "\" cannot be SETOF");
  try {
    return analyze::resolve_type_name(interpreter_.cache(), parsed.type);
  } catch (SqlError& error) {
    error.location = -1;
    throw;
  }
}

}  // namespace pgplumb::engine::plpgsql
