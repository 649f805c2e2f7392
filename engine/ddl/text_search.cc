// CREATE TEXT SEARCH PARSER, TEMPLATE and DICTIONARY, ALTER TEXT SEARCH DICTIONARY: commands/tsearchcmds.c.
#include "catalog/builtin/builtin.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/text_search_dictionary.h"
#include "catalog/kinds/text_search_parser.h"
#include "catalog/kinds/text_search_template.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/define.h"
#include "engine/ddl/dictionary_options.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/text_search_options.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

[[noreturn]] void not_recognized(const char* what, std::string_view name) {
  throw SqlError("42601", std::string(what) + " parameter \"" + std::string(name) + "\" not recognized");
}

/// get_ts_parser_func and get_ts_template_func
AnyRef method(const Interpreter& interpreter, ast::DefElem option, const std::vector<Oid>& arguments, Oid result) {
  const std::vector<std::string> name = def_qualified_name(option);
  const Oid function = lookup_function(interpreter, name, arguments);
  const analyze::Syscache& cache = cache_of(interpreter);
  if (cache.proc(function)->result != result)
    throw SqlError("42P17", "function " + function_signature(cache, name_list_text(name), arguments) +
                                " should return type " + analyze::format_type(cache, result));
  return {Kind::function, function};
}

void require_method(const AnyRef& function, const char* what) {
  if (!function) throw SqlError("42P17", std::string("text search ") + what + " method is required");
}

/// Their names are kept unique by an index alone.
void require_free(const Interpreter& interpreter, Kind kind, const CreationName& place, const char* index) {
  if (interpreter.catalog().find_named(kind, place.schema, place.name))
    throw SqlError("23505", std::string("duplicate key value violates unique constraint \"") + index + "\"");
}

}  // namespace

void define_text_search_parser(Interpreter& interpreter, ast::DefineStmt statement) {
  require_superuser(interpreter, "must be superuser to create text search parsers");
  const CreationName place = creation_name(interpreter, statement.defnames());
  TextSearchParser parser;
  parser.parent = Ref<Schema>{place.schema};
  parser.name = place.name;
  const Oid internal = types::internal;
  for (ast::Node node : statement.definition()) {
    const auto option = node.as<ast::DefElem>();
    const std::string_view name = option.defname();
    if (name == "start")
      parser.start = method(interpreter, option, {internal, types::int4}, internal);
    else if (name == "gettoken")
      parser.token = method(interpreter, option, {internal, internal, internal}, internal);
    else if (name == "end")
      parser.end = method(interpreter, option, {internal}, types::void_);
    else if (name == "headline")
      parser.headline = method(interpreter, option, {internal, internal, types::tsquery}, internal);
    else if (name == "lextypes")
      parser.token_types = method(interpreter, option, {internal}, internal);
    else
      not_recognized("text search parser", name);
  }
  require_method(parser.start, "parser start");
  require_method(parser.token, "parser gettoken");
  require_method(parser.end, "parser end");
  require_method(parser.token_types, "parser lextypes");
  require_free(interpreter, Kind::text_search_parser, place, "pg_ts_parser_prsname_index");
  interpreter.catalog().insert(std::move(parser));
}

void define_text_search_template(Interpreter& interpreter, ast::DefineStmt statement) {
  require_superuser(interpreter, "must be superuser to create text search templates");
  const CreationName place = creation_name(interpreter, statement.defnames());
  TextSearchTemplate made;
  made.parent = Ref<Schema>{place.schema};
  made.name = place.name;
  const Oid internal = types::internal;
  for (ast::Node node : statement.definition()) {
    const auto option = node.as<ast::DefElem>();
    if (option.defname() == "init")
      made.init = method(interpreter, option, {internal}, internal);
    else if (option.defname() == "lexize")
      made.lexize = method(interpreter, option, {internal, internal, internal, internal}, internal);
    else
      not_recognized("text search template", option.defname());
  }
  require_method(made.lexize, "template lexize");
  require_free(interpreter, Kind::text_search_template, place, "pg_ts_template_tmplname_index");
  interpreter.catalog().insert(std::move(made));
}

void define_text_search_dictionary(Interpreter& interpreter, ast::DefineStmt statement) {
  const CreationName place = creation_name(interpreter, statement.defnames());
  TextSearchDictionary dictionary;
  dictionary.parent = Ref<Schema>{place.schema};
  dictionary.name = place.name;
  dictionary.owner = new_owner(interpreter);
  DictionaryOptions options;
  for (ast::Node node : statement.definition()) {
    const auto option = node.as<ast::DefElem>();
    if (option.defname() == "template")
      dictionary.template_ = {Kind::text_search_template,
                              find_in_schema(interpreter, Kind::text_search_template, def_qualified_name(option)).oid};
    else
      options.push_back({std::string(option.defname()), dictionary_value(option)});
  }
  if (!dictionary.template_) throw SqlError("42P17", "text search template is required");
  check_dictionary_options(interpreter, dictionary.template_.oid, statement.definition(), options);
  dictionary.options = write_options(options);
  require_free(interpreter, Kind::text_search_dictionary, place, "pg_ts_dict_dictname_index");
  interpreter.catalog().insert(std::move(dictionary));
}

void alter_text_search_dictionary(Interpreter& interpreter, ast::AlterTSDictionaryStmt statement) {
  const Address address = find_in_schema(interpreter, Kind::text_search_dictionary, statement.dictname());
  if (!address.object) throw NotSimulated("altering a built-in text search dictionary");
  require_owner(interpreter, *address.object, name_list_text(statement.dictname()));
  DictionaryOptions options = read_options(static_cast<const TextSearchDictionary&>(*address.object).options);
  for (ast::Node node : statement.options()) {
    const auto option = node.as<ast::DefElem>();
    std::erase_if(options, [&](const DictionaryOption& known) { return known.name == option.defname(); });
    if (option.arg()) options.push_back({std::string(option.defname()), dictionary_value(option)});
  }
  check_dictionary_options(interpreter, static_cast<const TextSearchDictionary&>(*address.object).template_.oid,
                           statement.options(), options);
  interpreter.catalog()
      .edit(Ref<TextSearchDictionary>{address.oid})
      .set<&TextSearchDictionary::options>(write_options(options));
}

}  // namespace pgplumb::engine::ddl
