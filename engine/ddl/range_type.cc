// CREATE TYPE … AS RANGE: DefineRange of commands/typecmds.c.
#include "catalog/kinds/range_type.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/schema.h"
#include "catalog/type_oids.h"
#include "engine/analyze/typcache.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/routine_replace.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {


struct RangeTypeOptions {
  OnceOption subtype, operator_class, collation, canonical, subtype_diff, multirange_name;
};

RangeTypeOptions read_range_options(const Interpreter& interpreter, ast::List<ast::Node> list) {
  RangeTypeOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    const std::string_view name = option.defname();
    if (name == "subtype")
      options.subtype.set(option);
    else if (name == "subtype_opclass")
      options.operator_class.set(option);
    else if (name == "collation")
      options.collation.set(option);
    else if (name == "canonical")
      options.canonical.set(option);
    else if (name == "subtype_diff")
      options.subtype_diff.set(option);
    else if (name == "multirange_type_name" && interpreter.major() >= 14)
      options.multirange_name.set(option);
    else
      throw SqlError("42601", "type attribute \"" + std::string(name) + "\" not recognized");
  }
  if (!options.subtype) throw SqlError("42601", "type attribute \"subtype\" is required");
  return options;
}

/// The type that an option's value means, written as a type or as a name.
Oid range_option_type(Interpreter& interpreter, ast::DefElem option) {
  const TypeSpelling spelling = def_type_name(option);
  if (spelling.type) return require_type(interpreter, spelling.type).type;
  const Oid type = find_type(interpreter, spelling.names);
  if (type == invalid_oid) throw SqlError("42704", "type \"" + spelling.names[0] + "\" does not exist");
  return type;
}

/// findRangeSubOpclass
Oid find_operator_class(const Interpreter& interpreter, const RangeTypeOptions& options, Oid subtype) {
  const analyze::Syscache& cache = cache_of(interpreter);
  if (!options.operator_class) {
    const auto found = default_operator_class(cache, subtype, analyze::btree_access_method);
    if (found) return found->oid;
    throw SqlError("42704",
                   "data type " + analyze::format_type(cache, subtype) +
                       " has no default operator class for access method \"btree\"",
                   {},
                   "You must specify an operator class for the range type or define a default operator class for the "
                   "subtype.");
  }
  const std::vector<std::string> name = def_qualified_name(*options.operator_class);
  const Oid oid = find_operator_set(interpreter, Kind::operator_class, analyze::btree_access_method, name).oid;
  if (!analyze::is_binary_coercible(cache, subtype, cache.opclass(oid)->input_type))
    throw SqlError("42804", "operator class \"" + name_list_text(name) + "\" does not accept data type " +
                                analyze::format_type(cache, subtype));
  return oid;
}

AnyRef find_collation(const Interpreter& interpreter, const RangeTypeOptions& options, Oid subtype) {
  const analyze::Syscache& cache = cache_of(interpreter);
  const Oid own = cache.type(subtype)->collation;
  if (own == invalid_oid) {
    if (options.collation) throw SqlError("42809", "range collation specified but subtype does not support collation");
    return {};
  }
  if (!options.collation) return {Kind::collation, own};
  return {Kind::collation, find_in_schema(interpreter, Kind::collation, def_qualified_name(*options.collation)).oid};
}

/// findRangeCanonicalFunction and findRangeSubtypeDiffFunction
AnyRef find_support(const Interpreter& interpreter, const std::vector<std::string>& name, const std::vector<Oid>& types,
                    Oid result, const std::string& word, const std::string& result_text) {
  const Oid function = lookup_function(interpreter, name, types);
  const analyze::Syscache& cache = cache_of(interpreter);
  const std::string text = word + " " + function_signature(cache, name_list_text(name), types);
  if (cache.proc(function)->result != result) throw SqlError("42P17", text + " must return " + result_text);
  if (cache.proc(function)->volatility != 'i') throw SqlError("42P17", text + " must be immutable");
  return {Kind::function, function};
}

AnyRef find_canonical(const Interpreter& interpreter, const RangeTypeOptions& options, Oid shell) {
  if (!options.canonical) return {};
  if (shell == invalid_oid)
    throw SqlError("42P17", "cannot specify a canonical function without a pre-created shell type", {},
                   "Create the type as a shell type, then create its canonicalization function, then do a full CREATE "
                   "TYPE.");
  return find_support(interpreter, def_qualified_name(*options.canonical), {shell}, shell, "range canonical function",
                      "range type");
}

AnyRef find_difference(const Interpreter& interpreter, const RangeTypeOptions& options, Oid subtype) {
  if (!options.subtype_diff) return {};
  return find_support(interpreter, def_qualified_name(*options.subtype_diff), {subtype, subtype}, types::float8,
                      "range subtype diff function", "type double precision");
}

void choose_multirange(Interpreter& interpreter, const RangeTypeOptions& options, RangeType& type) {
  if (interpreter.major() < 14) return;
  type.multirange_schema = type.parent;
  if (options.multirange_name) {
    const std::vector<std::string> given = def_qualified_name(*options.multirange_name);
    const std::string_view schema = given.size() > 1 ? std::string_view(given[given.size() - 2]) : std::string_view();
    const CreationName place = creation_name(interpreter, QualifiedName{schema, given.back()});
    require_free_type_name(interpreter, place.schema, place.name);
    if (place.schema == type.parent.oid && place.name == type.name)
      throw SqlError("23505", "duplicate key value violates unique constraint \"pg_type_typname_nsp_index\"");
    type.multirange_schema = Ref<Schema>{place.schema};
    type.multirange_name = place.name;
    return;
  }
  const Name name(default_multirange_name(type.name.str()));
  const analyze::Syscache& cache = cache_of(interpreter);
  if (cache.type_named(type.parent.oid, name.view()) != invalid_oid)
    throw SqlError("42710", "type \"" + name.str() + "\" already exists",
                   "Failed while creating a multirange type for type \"" + type.name.str() + "\".",
                   "You can manually specify a multirange type name using the \"multirange_type_name\" attribute.");
  type.multirange_name = name;
}

Oid store_range(Interpreter& interpreter, RangeType type, Oid shell) {
  if (shell == invalid_oid) {
    const Oid made = interpreter.catalog().insert(std::move(type)).oid;
    grant_defaults(interpreter, made);
    return made;
  }
  // What was made for the shell refers to it already: the range takes its place.
  const Object& old = *interpreter.catalog().find(shell);
  auto filled = std::make_shared<RangeType>(std::move(type));
  filled->kind = Kind::range_type;
  filled->oid = shell;
  filled->comment = old.comment;
  filled->created = interpreter.catalog().statement();
  interpreter.catalog().store(std::move(filled));
  grant_defaults(interpreter, shell);
  return shell;
}

/// makeRangeConstructors and makeMultirangeConstructors: those of the multirange stand in the range's schema, too.
class ConstructorMaker {
 public:
  ConstructorMaker(Interpreter& interpreter, Oid range)
      : interpreter_(interpreter), range_(interpreter.catalog().get(Ref<RangeType>{range})) {}

  void run() {
    const Oid bound = range_.subtype.type;
    const Place range{range_.parent, range_.name, range_.oid};
    make(range, {bound, bound}, "range_constructor2");
    make(range, {bound, bound, types::text}, "range_constructor3");
    if (range_.multirange_name.empty()) return;
    const Place multirange{range_.parent, range_.multirange_name, type_in_form(range_.oid, TypeForm::multirange)};
    make(multirange, {}, "multirange_constructor0");
    make(multirange, {range_.oid}, "multirange_constructor1");
    make(multirange, {type_in_form(range_.oid, TypeForm::array)}, "multirange_constructor2", ArgumentMode::variadic);
  }

 private:
  struct Place {
    AnyRef schema;
    Name name;
    Oid type = invalid_oid;
  };

  void make(const Place& place, std::initializer_list<Oid> arguments, const char* symbol, ArgumentMode mode = ArgumentMode::in) {
    auto function = std::make_shared<Function>();
    function->kind = Kind::function;
    function->parent = place.schema;
    function->name = place.name;
    function->owner = interpreter_.environment().user;
    for (Oid type : arguments) {
      function->signature.push_back({type, -1});
      function->arguments.push_back({mode, {}, {type, -1}, {}});
    }
    function->result = {place.type, -1};
    function->language = {Kind::language, languages::internal};
    function->body = symbol;
    function->volatility = Volatility::immutable;
    function->parallel = Parallel::safe;
    function->strict = place.type != range_.oid;
    function->cost = 1;
    function->constructs = {Kind::range_type, range_.oid};
    store_routine(interpreter_, function, /*replace=*/false);
  }

  Interpreter& interpreter_;
  const RangeType range_;
};

}  // namespace

void create_range(Interpreter& interpreter, ast::CreateRangeStmt statement) {
  const NewType place = new_type(interpreter, statement.type_name(), /*shell_ok=*/true);
  const RangeTypeOptions options = read_range_options(interpreter, statement.params());
  RangeType type;
  type.parent = Ref<Schema>{place.schema};
  type.name = place.name;
  type.owner = new_owner(interpreter);
  type.subtype = {range_option_type(interpreter, *options.subtype), -1};
  const std::string subtype_text = type_text(interpreter, type.subtype.type);
  if (cache_of(interpreter).type(type.subtype.type)->kind == 'p')
    throw SqlError("42804", "range subtype cannot be " + subtype_text);
  type.operator_class = {Kind::operator_class, find_operator_class(interpreter, options, type.subtype.type)};
  type.collation = find_collation(interpreter, options, type.subtype.type);
  type.canonical = find_canonical(interpreter, options, place.shell);
  type.subtype_diff = find_difference(interpreter, options, type.subtype.type);
  choose_multirange(interpreter, options, type);
  ConstructorMaker(interpreter, store_range(interpreter, std::move(type), place.shell)).run();
}

}  // namespace pgplumb::engine::ddl
