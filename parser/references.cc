#include "parser/references.h"

#include <rapidjson/document.h>

namespace pgplumb::parser {

namespace {

using rapidjson::Value;

std::string_view text_of(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

bool changes_rows(const Value& value) {
  const auto has = [&](const char* tag) { return value.HasMember(tag); };
  return has("InsertStmt") || has("UpdateStmt") || has("DeleteStmt") || has("MergeStmt");
}

/// The fields of an object tell what it is, tagged or not.
void visit(const Value& value, RawReferences& found) {
  if (value.IsArray()) {
    for (const Value& element : value.GetArray()) visit(element, found);
    return;
  }
  if (!value.IsObject()) return;
  if (value.HasMember("relname")) found.relations.emplace_back(static_cast<const void*>(&value));
  if (changes_rows(value)) found.changes.emplace_back(static_cast<const void*>(&value));
  if (value.HasMember("FuncCall")) found.call_nodes.emplace_back(static_cast<const void*>(&value));
  if (value.HasMember("funcname")) found.calls.emplace_back(static_cast<const void*>(&value));
  if (const auto name = value.FindMember("ctename"); name != value.MemberEnd() && name->value.IsString())
    found.cte_names.push_back(text_of(name->value));
  for (const auto& member : value.GetObject()) {
    if (text_of(member.name) == "lockedRels") continue;  // aliases
    if (text_of(member.name) == "intoClause")
      found.made.emplace_back(static_cast<const void*>(&member.value));  // what it names is not there yet
    else
      visit(member.value, found);
  }
}

}  // namespace

RawReferences references_in(const ast::View& statement) {
  RawReferences found;
  if (statement.raw()) visit(*static_cast<const Value*>(statement.raw()), found);
  return found;
}

RawReferences references_in(ast::Node statement) { return references_in(ast::View(statement.raw())); }

}  // namespace pgplumb::parser
