// CREATE and ALTER TEXT SEARCH CONFIGURATION: commands/tsearchcmds.c.
#include "catalog/kinds/text_search_configuration.h"

#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/schema.h"
#include "engine/ddl/define.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/lookup_operator.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

using Mappings = std::vector<TokenMapping>;

/// The name of a token type; nothing known of the token types of parsers that are not built in.
std::string token_name(const Interpreter& interpreter, Oid parser, int token) {
  for (const builtin::TsTokenType& row : builtin::of(interpreter.major()).ts_token_types(parser))
    if (row.tokid == token) return std::string(row.alias.view());
  return {};
}

Mappings builtin_mappings(const Interpreter& interpreter, Oid configuration, Oid parser) {
  Mappings mappings;
  for (const builtin::TsConfigMap& row : builtin::of(interpreter.major()).ts_config_map(configuration)) {
    const std::string token = token_name(interpreter, parser, row.maptokentype);
    if (mappings.empty() || mappings.back().token != token) mappings.push_back({token, {}});
    mappings.back().dictionaries.push_back({Kind::text_search_dictionary, row.mapdict});
  }
  return mappings;
}

void copy_configuration(const Interpreter& interpreter, const Address& source, TextSearchConfiguration& made) {
  if (source.object) {
    const auto& other = static_cast<const TextSearchConfiguration&>(*source.object);
    made.parser = other.parser;
    made.mappings = other.mappings;
    return;
  }
  const auto* row = builtin::of(interpreter.major()).ts_config_by_oid(source.oid);
  made.parser = {Kind::text_search_parser, row->cfgparser};
  made.mappings = builtin_mappings(interpreter, source.oid, row->cfgparser);
}

/// getTokenTypes
std::vector<std::string> token_types(const Interpreter& interpreter, const TextSearchConfiguration& configuration,
                                     ast::List<ast::Node> names) {
  const auto known = builtin::of(interpreter.major()).ts_token_types(configuration.parser.oid);
  std::vector<std::string> tokens;
  for (ast::Node name : names) {
    const std::string token(name.str());
    if (std::find(tokens.begin(), tokens.end(), token) != tokens.end()) continue;
    const bool exists = std::any_of(known.begin(), known.end(), [&](const auto& row) { return row.alias == token; });
    if (is_builtin(configuration.parser.oid) && !exists)
      throw SqlError("22023", "token type \"" + token + "\" does not exist");
    tokens.push_back(token);
  }
  return tokens;
}

std::vector<AnyRef> dictionaries(const Interpreter& interpreter, ast::List<ast::Node> names) {
  std::vector<AnyRef> found;
  for (ast::Node name : names)
    found.push_back(
        {Kind::text_search_dictionary, find_in_schema(interpreter, Kind::text_search_dictionary, name.items()).oid});
  return found;
}

Mappings::iterator find_mapping(Mappings& mappings, const std::string& token) {
  return std::find_if(mappings.begin(), mappings.end(), [&](const TokenMapping& m) { return m.token == token; });
}

void replace_dictionary(Mappings& mappings, const std::vector<std::string>& tokens, AnyRef old, AnyRef dictionary) {
  for (TokenMapping& mapping : mappings) {
    const bool is_meant = tokens.empty() || std::find(tokens.begin(), tokens.end(), mapping.token) != tokens.end();
    if (is_meant) std::replace(mapping.dictionaries.begin(), mapping.dictionaries.end(), old, dictionary);
  }
}

/// MakeConfigurationMapping
void set_mappings(Mappings& mappings, const std::vector<std::string>& tokens, const std::vector<AnyRef>& list,
                  bool override_) {
  for (const std::string& token : tokens) {
    const auto known = find_mapping(mappings, token);
    if (known == mappings.end())
      mappings.push_back({token, list});
    else if (override_)
      known->dictionaries = list;
    else
      throw SqlError("23505", "duplicate key value violates unique constraint \"pg_ts_config_map_index\"");
  }
}

/// DropConfigurationMapping
void drop_mappings(Interpreter& interpreter, Mappings& mappings, const std::vector<std::string>& tokens,
                   bool missing_ok) {
  for (const std::string& token : tokens) {
    const auto known = find_mapping(mappings, token);
    const std::string text = "mapping for token type \"" + token + "\" does not exist";
    if (known != mappings.end())
      mappings.erase(known);
    else if (missing_ok)
      interpreter.notice(text + ", skipping");
    else
      throw SqlError("42704", text);
  }
}

}  // namespace

void define_text_search_configuration(Interpreter& interpreter, ast::DefineStmt statement) {
  const CreationName place = creation_name(interpreter, statement.defnames());
  TextSearchConfiguration made;
  made.parent = Ref<Schema>{place.schema};
  made.name = place.name;
  made.owner = new_owner(interpreter);
  Address source;
  for (ast::Node node : statement.definition()) {
    const auto option = node.as<ast::DefElem>();
    if (option.defname() == "parser")
      made.parser = {Kind::text_search_parser,
                     find_in_schema(interpreter, Kind::text_search_parser, def_qualified_name(option)).oid};
    else if (option.defname() == "copy")
      source = find_in_schema(interpreter, Kind::text_search_configuration, def_qualified_name(option));
    else
      throw SqlError("42601",
                     "text search configuration parameter \"" + std::string(option.defname()) + "\" not recognized");
  }
  if (source && made.parser) throw SqlError("42601", "cannot specify both PARSER and COPY options");
  if (source) copy_configuration(interpreter, source, made);
  if (!made.parser) throw SqlError("42P17", "text search parser is required");
  if (interpreter.catalog().find_named<TextSearchConfiguration>(place.schema, place.name))
    throw SqlError("23505", "duplicate key value violates unique constraint \"pg_ts_config_cfgname_index\"");
  interpreter.catalog().insert(std::move(made));
}

void alter_text_search_configuration(Interpreter& interpreter, ast::AlterTSConfigurationStmt statement) {
  const Address address = find_in_schema(interpreter, Kind::text_search_configuration, statement.cfgname());
  if (!address.object) throw NotSimulated("altering a built-in text search configuration");
  require_owner(interpreter, *address.object, name_list_text(statement.cfgname()));
  const auto& configuration = static_cast<const TextSearchConfiguration&>(*address.object);
  const std::vector<std::string> tokens = token_types(interpreter, configuration, statement.tokentype());
  Mappings mappings = configuration.mappings;
  const std::vector<AnyRef> list = dictionaries(interpreter, statement.dicts());
  if (list.empty())
    drop_mappings(interpreter, mappings, tokens, statement.missing_ok());
  else if (statement.replace())
    replace_dictionary(mappings, tokens, list[0], list[1]);
  else
    set_mappings(mappings, tokens, list, statement.override_());
  interpreter.catalog()
      .edit(Ref<TextSearchConfiguration>{address.oid})
      .set<&TextSearchConfiguration::mappings>(std::move(mappings));
}

}  // namespace pgplumb::engine::ddl
