// CREATE COLLATION, ALTER COLLATION: commands/collationcmds.c.
#include "catalog/kinds/collation.h"

#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/schema.h"
#include "engine/ddl/define.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

struct CollationOptions {
  OnceOption from, locale, lc_collate, lc_ctype, provider, deterministic, version, rules;
  std::size_t count = 0;
};

OnceOption* slot_of(CollationOptions& options, std::string_view name, int major) {
  if (name == "from") return &options.from;
  if (name == "locale") return &options.locale;
  if (name == "lc_collate") return &options.lc_collate;
  if (name == "lc_ctype") return &options.lc_ctype;
  if (name == "provider") return &options.provider;
  if (name == "deterministic") return &options.deterministic;
  if (name == "version") return &options.version;
  if (name == "rules" && major >= 16) return &options.rules;
  return nullptr;
}

CollationOptions collation_options(const Interpreter& interpreter, ast::List<ast::Node> list) {
  CollationOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    OnceOption* slot = slot_of(options, option.defname(), interpreter.major());
    if (!slot) {
      SqlError error("42601", "collation attribute \"" + std::string(option.defname()) + "\" not recognized");
      error.location = option.location();
      throw error;
    }
    slot->set(option);
    ++options.count;
  }
  if (options.locale && (options.lc_collate || options.lc_ctype))
    throw SqlError("42601", "conflicting or redundant options",
                   "LOCALE cannot be specified together with LC_COLLATE or LC_CTYPE.");
  if (options.from && options.count != 1)
    throw SqlError("42601", "conflicting or redundant options",
                   "FROM cannot be specified together with any other options.");
  return options;
}

CollationProvider provider_of(const Interpreter& interpreter, const CollationOptions& options) {
  if (!options.provider) return CollationProvider::libc;
  const std::string word = def_string(*options.provider);
  if (equals_ignoring_case(word, "icu")) return CollationProvider::icu;
  if (equals_ignoring_case(word, "libc")) return CollationProvider::libc;
  if (interpreter.major() >= 17 && equals_ignoring_case(word, "builtin")) return CollationProvider::builtin;
  throw SqlError("42P17", "unrecognized collation provider: " + word);
}

[[noreturn]] void missing_parameter(const char* name) {
  throw SqlError("42P17", std::string("parameter \"") + name + "\" must be specified");
}

/// From 16 on ICU's locales are kept as BCP 47 language tags. The simple ones differ in their separator alone.
std::string icu_locale(const Interpreter& interpreter, std::string locale) {
  if (interpreter.major() < 16) return locale;
  if (locale.find('@') != std::string::npos) throw NotSimulated("an ICU locale in the old form: \"" + locale + "\"");
  std::replace(locale.begin(), locale.end(), '_', '-');
  return locale;
}

void read_locale(const Interpreter& interpreter, const CollationOptions& options, Collation& made) {
  if (made.provider == CollationProvider::libc) {
    if (options.locale) made.lc_collate = made.lc_ctype = def_string(*options.locale);
    if (options.lc_collate) made.lc_collate = def_string(*options.lc_collate);
    if (options.lc_ctype) made.lc_ctype = def_string(*options.lc_ctype);
    if (!options.locale && !options.lc_collate) missing_parameter("lc_collate");
    if (!options.locale && !options.lc_ctype) missing_parameter("lc_ctype");
    return;
  }
  if (options.locale) {
    made.locale = def_string(*options.locale);
  } else if (interpreter.major() < 15 && options.lc_collate && options.lc_ctype) {
    made.locale = def_string(*options.lc_collate);
  } else {
    missing_parameter("locale");
  }
  if (made.provider == CollationProvider::icu) made.locale = icu_locale(interpreter, made.locale);
  if (options.rules) made.rules = def_string(*options.rules);
}

void copy_builtin(const Interpreter& interpreter, Oid oid, Collation& made) {
  const auto* row = builtin::of(interpreter.major()).collation_by_oid(oid);
  made.deterministic = row->collisdeterministic;
  switch (row->collprovider) {
    case 'd':
      throw SqlError("42P17", "collation \"default\" cannot be copied");
    case 'b':
      made.provider = CollationProvider::builtin;
      break;
    case 'i':
      made.provider = CollationProvider::icu;
      break;
    default:
      made.provider = CollationProvider::libc;
  }
  made.lc_collate = row->collcollate.view();
  made.lc_ctype = row->collctype.view();
  made.locale = row->colllocale.view();
}

void copy_from(const Interpreter& interpreter, ast::DefElem from, Collation& made) {
  const Address source = find_in_schema(interpreter, Kind::collation, def_qualified_name(from));
  if (!source.object) return copy_builtin(interpreter, source.oid, made);
  const auto& other = static_cast<const Collation&>(*source.object);
  made.provider = other.provider;
  made.deterministic = other.deterministic;
  made.lc_collate = other.lc_collate;
  made.lc_ctype = other.lc_ctype;
  made.locale = other.locale;
  made.rules = other.rules;
}

bool any_encoding(const Collation& made) {
  return made.provider != CollationProvider::libc || made.lc_collate == "C" || made.lc_collate == "POSIX";
}

}  // namespace

void define_collation(Interpreter& interpreter, ast::DefineStmt statement) {
  const CreationName place = creation_name(interpreter, statement.defnames());
  const CollationOptions options = collation_options(interpreter, statement.definition());
  Collation made;
  made.parent = Ref<Schema>{place.schema};
  made.name = place.name;
  made.owner = new_owner(interpreter);
  if (options.from) {
    copy_from(interpreter, *options.from, made);
  } else {
    made.provider = provider_of(interpreter, options);
    if (options.deterministic) made.deterministic = def_boolean(*options.deterministic);
    read_locale(interpreter, options, made);
    if (!made.deterministic && made.provider != CollationProvider::icu)
      throw SqlError("0A000", "nondeterministic collations not supported with this provider");
  }
  if (interpreter.catalog().find_named<Collation>(place.schema, place.name)) {
    const std::string text = "collation \"" + place.name.str() + "\"" +
                             (any_encoding(made) ? "" : " for encoding \"UTF8\"") + " already exists";
    if (!statement.if_not_exists()) throw SqlError("42710", text);
    interpreter.notice(text + ", skipping");
    return;
  }
  interpreter.catalog().insert(std::move(made));
}

void alter_collation(Interpreter& interpreter, ast::AlterCollationStmt statement) {
  // REFRESH VERSION notes the library's version, which is no part of the schema.
  find_in_schema(interpreter, Kind::collation, statement.collname());
}

}  // namespace pgplumb::engine::ddl
