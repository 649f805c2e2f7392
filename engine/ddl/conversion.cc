// CREATE CONVERSION: commands/conversioncmds.c, catalog/pg_conversion.c.
#include "catalog/kinds/conversion.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "catalog/kinds/schema.h"
#include "catalog/type_oids.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

// pg_enc2name_tbl of common/encnames.c.
constexpr std::array<std::string_view, 42> encodings = {
    "SQL_ASCII",     "EUC_JP",  "EUC_CN",  "EUC_KR",  "EUC_TW",     "EUC_JIS_2004", "UTF8",
    "MULE_INTERNAL", "LATIN1",  "LATIN2",  "LATIN3",  "LATIN4",     "LATIN5",       "LATIN6",
    "LATIN7",        "LATIN8",  "LATIN9",  "LATIN10", "WIN1256",    "WIN1258",      "WIN866",
    "WIN874",        "KOI8R",   "WIN1251", "WIN1252", "ISO_8859_5", "ISO_8859_6",   "ISO_8859_7",
    "ISO_8859_8",    "WIN1250", "WIN1253", "WIN1254", "WIN1255",    "WIN1257",      "KOI8U",
    "SJIS",          "BIG5",    "GBK",     "UHC",     "GB18030",    "JOHAB",        "SHIFT_JIS_2004"};

/// clean_encoding_name
std::string cleaned(std::string_view name) {
  std::string text;
  for (unsigned char c : name)
    if (std::isalnum(c)) text += static_cast<char>(std::tolower(c));
  return text;
}

/// The aliases that people write.
std::string without_alias(const std::string& name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> aliases = {{{"unicode", "utf8"},
                                                                                             {"iso88591", "latin1"},
                                                                                             {"iso88592", "latin2"},
                                                                                             {"iso88593", "latin3"},
                                                                                             {"iso88594", "latin4"},
                                                                                             {"iso88599", "latin5"},
                                                                                             {"iso885910", "latin6"},
                                                                                             {"iso885913", "latin7"},
                                                                                             {"iso885914", "latin8"},
                                                                                             {"iso885915", "latin9"},
                                                                                             {"iso885916", "latin10"},
                                                                                             {"koi8", "koi8r"},
                                                                                             {"windows1252", "win1252"},
                                                                                             {"windows1251", "win1251"},
                                                                                             {"windows1250", "win1250"},
                                                                                             {"shiftjis", "sjis"}}};
  for (const auto& [alias, encoding] : aliases)
    if (name == alias) return std::string(encoding);
  return name;
}

Name require_encoding(std::string_view name, const char* side) {
  const std::string key = without_alias(cleaned(name));
  const auto found = std::find_if(encodings.begin(), encodings.end(),
                                  [&](std::string_view encoding) { return cleaned(encoding) == key; });
  if (found == encodings.end())
    throw SqlError("42704", std::string(side) + " encoding \"" + std::string(name) + "\" does not exist");
  return Name(*found);
}

AnyRef conversion_function(const Interpreter& interpreter, ast::List<ast::Node> name) {
  std::vector<Oid> arguments{types::int4, types::int4, types::cstring, types::internal, types::int4};
  const bool counts = interpreter.major() >= 14;
  if (counts) arguments.push_back(types::bool_);
  const Oid function = lookup_function(interpreter, name, arguments);
  if (cache_of(interpreter).proc(function)->result != (counts ? types::int4 : types::void_))
    throw SqlError("42P17", "encoding conversion function " + name_list_text(name) + " must return type " +
                                (counts ? "integer" : "void"));
  return {Kind::function, function};
}

}  // namespace

void create_conversion(Interpreter& interpreter, ast::CreateConversionStmt statement) {
  const CreationName place = creation_name(interpreter, statement.conversion_name());
  Conversion conversion;
  conversion.parent = Ref<Schema>{place.schema};
  conversion.name = place.name;
  conversion.owner = new_owner(interpreter);
  conversion.source = require_encoding(statement.for_encoding_name(), "source");
  conversion.destination = require_encoding(statement.to_encoding_name(), "destination");
  if (conversion.source.view() == "SQL_ASCII" || conversion.destination.view() == "SQL_ASCII")
    throw SqlError("42P17", "encoding conversion to or from \"SQL_ASCII\" is not supported");
  conversion.function = conversion_function(interpreter, statement.func_name());
  conversion.is_default = statement.def();
  const Catalog& catalog = interpreter.catalog();
  if (catalog.find_named<Conversion>(place.schema, place.name))
    throw SqlError("42710", "conversion \"" + place.name.str() + "\" already exists");
  if (conversion.is_default)
    for (const auto* other : catalog.children_of<Conversion>(place.schema))
      if (other->is_default && other->source == conversion.source && other->destination == conversion.destination)
        throw SqlError("42710", "default conversion for " + conversion.source.str() + " to " +
                                    conversion.destination.str() + " already exists");
  interpreter.catalog().insert(std::move(conversion));
}

}  // namespace pgplumb::engine::ddl
