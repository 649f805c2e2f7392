// CREATE TYPE of base types and shells, ALTER TYPE … SET: DefineType and AlterType of commands/typecmds.c.
#include "catalog/kinds/base_type.h"

#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/schema.h"
#include "catalog/type_oids.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/define.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/shell_type.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

struct BaseTypeOptions {
  OnceOption like, internallength, input, output, receive, send, typmod_in, typmod_out, analyze, subscript, category,
      preferred, delimiter, element, default_value, passedbyvalue, alignment, storage, collatable;

  OnceOption* find(std::string_view name) {
    if (name == "like") return &like;
    if (name == "internallength") return &internallength;
    if (name == "input") return &input;
    if (name == "output") return &output;
    if (name == "receive") return &receive;
    if (name == "send") return &send;
    if (name == "typmod_in") return &typmod_in;
    if (name == "typmod_out") return &typmod_out;
    if (name == "analyze" || name == "analyse") return &analyze;
    if (name == "subscript") return &subscript;
    if (name == "category") return &category;
    if (name == "preferred") return &preferred;
    if (name == "delimiter") return &delimiter;
    if (name == "element") return &element;
    if (name == "default") return &default_value;
    if (name == "passedbyvalue") return &passedbyvalue;
    if (name == "alignment") return &alignment;
    if (name == "storage") return &storage;
    if (name == "collatable") return &collatable;
    return nullptr;
  }
};

BaseTypeOptions base_type_options(Interpreter& interpreter, ast::List<ast::Node> list) {
  BaseTypeOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    if (OnceOption* slot = options.find(option.defname()))
      slot->set(option);
    else
      interpreter.warning("type attribute \"" + std::string(option.defname()) + "\" not recognized", "42601");
  }
  return options;
}

std::string alignment_of(const std::string& word) {
  if (word == "double" || word == "float8" || word == "pg_catalog.float8") return "d";
  if (word == "int4" || word == "pg_catalog.int4") return "i";
  if (word == "int2" || word == "pg_catalog.int2") return "s";
  if (word == "char" || word == "pg_catalog.bpchar") return "c";
  throw SqlError("22023", "alignment \"" + word + "\" not recognized");
}

std::string storage_of(const std::string& word) {
  for (const auto& [name, letter] : {std::pair{"plain", "p"}, {"external", "e"}, {"extended", "x"}, {"main", "m"}})
    if (equals_ignoring_case(word, name)) return letter;
  throw SqlError("22023", "storage \"" + word + "\" not recognized");
}

// --- Support functions -----------------------------------------------------------------------------------------------

AnyRef function_ref(Oid function) { return {Kind::function, function}; }

Oid result_of(const Interpreter& interpreter, Oid function) { return cache_of(interpreter).proc(function)->result; }

void require_result(const Interpreter& interpreter, ast::DefElem option, Oid function, Oid wanted,
                    const std::string& what) {
  if (result_of(interpreter, function) == wanted) return;
  throw SqlError("42P17", what + " " + name_list_text(def_qualified_name(option)) + " must return type " +
                              type_text(interpreter, wanted));
}

/// A function that comes with one argument, or with three where it wants the type's element and modifier as well.
Oid one_or_three(const Interpreter& interpreter, ast::DefElem option, Oid first, const std::string& what) {
  const std::vector<std::string> name = def_qualified_name(option);
  const std::vector<Oid> one{first}, three{first, types::oid, types::int4};
  const Oid short_form = lookup_function(interpreter, name, one, /*missing_ok=*/true);
  const Oid long_form = lookup_function(interpreter, name, three, /*missing_ok=*/true);
  if (short_form != invalid_oid && long_form != invalid_oid)
    throw SqlError("42725", what + " " + name_list_text(name) + " has multiple matches");
  if (short_form == invalid_oid && long_form == invalid_oid) lookup_function(interpreter, name, one);
  return short_form != invalid_oid ? short_form : long_form;
}

AnyRef input_function(const Interpreter& interpreter, ast::DefElem option, Oid type) {
  const Oid function = one_or_three(interpreter, option, types::cstring, "type input function");
  require_result(interpreter, option, function, type, "type input function");
  return function_ref(function);
}

AnyRef receive_function(const Interpreter& interpreter, ast::DefElem option, Oid type) {
  const Oid function = one_or_three(interpreter, option, types::internal, "type receive function");
  require_result(interpreter, option, function, type, "type receive function");
  return function_ref(function);
}

AnyRef simple_function(const Interpreter& interpreter, ast::DefElem option, Oid argument, Oid result,
                       const std::string& what) {
  const Oid function = lookup_function(interpreter, def_qualified_name(option), std::vector<Oid>{argument});
  require_result(interpreter, option, function, result, what);
  return function_ref(function);
}

void read_functions(const Interpreter& interpreter, const BaseTypeOptions& options, Oid type, BaseType& base) {
  base.input = input_function(interpreter, *options.input, type);
  base.output = simple_function(interpreter, *options.output, type, types::cstring, "type output function");
  if (options.receive) base.receive = receive_function(interpreter, *options.receive, type);
  if (options.send) base.send = simple_function(interpreter, *options.send, type, types::bytea, "type send function");
  if (options.typmod_in)
    base.typmod_input =
        simple_function(interpreter, *options.typmod_in, types::cstring_array, types::int4, "typmod_in function");
  if (options.typmod_out)
    base.typmod_output =
        simple_function(interpreter, *options.typmod_out, types::int4, types::cstring, "typmod_out function");
  if (options.analyze)
    base.analyze =
        simple_function(interpreter, *options.analyze, types::internal, types::bool_, "type analyze function");
}

// --- Properties ------------------------------------------------------------------------------------------------------

void copy_like(Interpreter& interpreter, ast::DefElem option, BaseType& base) {
  const Oid type = require_type(interpreter, def_type_name(option).type).type;
  if (const auto* other = interpreter.catalog().find_as<BaseType>(type)) {
    base.length = other->length;
    base.by_value = other->by_value;
    base.alignment = other->alignment;
    base.storage = other->storage;
  } else if (const auto* row = builtin::of(interpreter.major()).type_by_oid(type)) {
    base.length = row->typlen;
    base.by_value = row->typbyval;
    base.alignment = std::string(1, row->typalign);
    base.storage = std::string(1, row->typstorage);
  }
}

void read_category(const BaseTypeOptions& options, BaseType& base) {
  if (!options.category) return;
  base.category = def_string(*options.category).substr(0, 1);
  const unsigned char letter = base.category.empty() ? 0 : static_cast<unsigned char>(base.category[0]);
  if (letter < 32 || letter > 126)
    throw SqlError("22023", "invalid type category \"" + def_string(*options.category) + "\": must be simple ASCII");
}

std::int16_t length_of(ast::DefElem option) {
  const ast::Node value = option.arg();
  if (value.is<ast::Integer>()) return static_cast<std::int16_t>(value.as<ast::Integer>().ival());
  if (equals_ignoring_case(def_string(option), "variable")) return -1;
  throw SqlError("42601", "invalid argument for " + std::string(option.defname()) + ": \"" + def_string(option) + "\"");
}

void read_properties(Interpreter& interpreter, const BaseTypeOptions& options, BaseType& base) {
  if (options.like) copy_like(interpreter, *options.like, base);
  if (options.internallength) base.length = length_of(*options.internallength);
  if (options.passedbyvalue) base.by_value = def_boolean(*options.passedbyvalue);
  if (options.alignment) base.alignment = alignment_of(def_string(*options.alignment));
  if (options.storage) base.storage = storage_of(def_string(*options.storage));
  read_category(options, base);
  if (options.preferred) base.preferred = def_boolean(*options.preferred);
  if (options.delimiter) base.delimiter = def_string(*options.delimiter).substr(0, 1);
  if (options.default_value) base.default_value = def_string(*options.default_value);
  if (options.element) {
    base.element = {require_type(interpreter, def_type_name(*options.element).type).type, -1};
    if (cache_of(interpreter).type(base.element.type)->kind == 'p')
      throw SqlError("42804", "array element type cannot be " + type_text(interpreter, base.element.type));
  }
  if (options.collatable && def_boolean(*options.collatable)) base.collation = {Kind::collation, collations::default_};
}

void check_required(const BaseTypeOptions& options) {
  if (!options.input) throw SqlError("42P17", "type input function must be specified");
  if (!options.output) throw SqlError("42P17", "type output function must be specified");
  if (!options.typmod_in && options.typmod_out)
    throw SqlError("42P17", "type modifier output function is useless without a type modifier input function");
}

}  // namespace

void define_type(Interpreter& interpreter, ast::DefineStmt statement) {
  require_superuser(interpreter, "must be superuser to create a base type");
  const NewType place = new_type(interpreter, statement.defnames(), /*shell_ok=*/true);
  if (statement.definition().empty()) {
    if (place.shell != invalid_oid) throw SqlError("42710", "type \"" + place.name.str() + "\" already exists");
    make_shell_type(interpreter, place);
    return;
  }
  if (place.shell == invalid_oid)
    throw SqlError("42710", "type \"" + place.name.str() + "\" does not exist", {},
                   "Create the type as a shell type, then create its I/O functions, then do a full CREATE TYPE.");
  const BaseTypeOptions options = base_type_options(interpreter, statement.definition());
  BaseType base = undefined_type(interpreter.catalog().get(Ref<BaseType>{place.shell}));
  base.defined = true;
  read_properties(interpreter, options, base);
  check_required(options);
  read_functions(interpreter, options, place.shell, base);
  base.created = interpreter.catalog().statement();
  interpreter.catalog().store(std::make_shared<BaseType>(std::move(base)));
  grant_defaults(interpreter, place.shell);
}

void alter_type(Interpreter& interpreter, ast::AlterTypeStmt statement) {
  const Oid oid = require_type(interpreter, statement.type_name());
  const auto* type = interpreter.catalog().find_as<BaseType>(oid);
  if (!type || form_of_type(oid) != TypeForm::plain)
    throw SqlError("42809", type_text(interpreter, oid) + " is not a base type");
  require_owner(interpreter, *type);
  auto edit = interpreter.catalog().edit(Ref<BaseType>{oid});
  for (ast::Node node : statement.options()) {
    const auto option = node.as<ast::DefElem>();
    const std::string_view name = option.defname();
    // NONE, which the grammar leaves without a value, removes a function.
    const bool none = !option.arg();
    if (name == "storage") {
      const std::string storage = storage_of(def_string(option));
      if (storage != "p" && type->length != -1) throw SqlError("42P17", "fixed-size types must have storage PLAIN");
      if (storage == "p" && type->storage != "p") throw SqlError("42P17", "cannot change type's storage to PLAIN");
      edit.set<&BaseType::storage>(storage);
    } else if (name == "send") {
      edit.set<&BaseType::send>(none ? AnyRef()
                                     : simple_function(interpreter, option, oid, types::bytea, "type send function"));
    } else if (name == "receive") {
      edit.set<&BaseType::receive>(none ? AnyRef() : receive_function(interpreter, option, oid));
    } else if (name == "typmod_in") {
      edit.set<&BaseType::typmod_input>(
          none ? AnyRef()
               : simple_function(interpreter, option, types::cstring_array, types::int4, "typmod_in function"));
    } else if (name == "typmod_out") {
      edit.set<&BaseType::typmod_output>(
          none ? AnyRef() : simple_function(interpreter, option, types::int4, types::cstring, "typmod_out function"));
    } else if (name == "analyze") {
      edit.set<&BaseType::analyze>(
          none ? AnyRef()
               : simple_function(interpreter, option, types::internal, types::bool_, "type analyze function"));
    } else if (name != "subscript") {
      const bool known = BaseTypeOptions().find(name) != nullptr;
      throw SqlError("42601",
                     "type attribute \"" + std::string(name) + (known ? "\" cannot be changed" : "\" not recognized"));
    }
  }
}

}  // namespace pgplumb::engine::ddl
