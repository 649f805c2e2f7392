// DROP of everything: RemoveRelations of commands/tablecmds.c, RemoveObjects of commands/dropcmds.c.
#include "catalog/kinds/cast.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/transform.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/drop_missing.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

/// How DROP speaks of one kind of relation.
struct RelationWords {
  ObjectType type;
  Kind kind;
  const char* missing_state;
  const char* word;
  const char* article_word;
};
constexpr RelationWords relation_words[] = {
    {ObjectType::OBJECT_TABLE, Kind::table, "42P01", "table", "a table"},
    {ObjectType::OBJECT_SEQUENCE, Kind::sequence, "42P01", "sequence", "a sequence"},
    {ObjectType::OBJECT_VIEW, Kind::view, "42P01", "view", "a view"},
    {ObjectType::OBJECT_MATVIEW, Kind::materialized_view, "42P01", "materialized view", "a materialized view"},
    {ObjectType::OBJECT_INDEX, Kind::index, "42704", "index", "an index"},
    {ObjectType::OBJECT_FOREIGN_TABLE, Kind::foreign_table, "42704", "foreign table", "a foreign table"},
};

const RelationWords* words_of(ObjectType type) {
  for (const RelationWords& words : relation_words)
    if (words.type == type) return &words;
  return nullptr;
}

[[noreturn]] void wrong_type(const Object& relation, const RelationWords& wanted) {
  std::string hint;
  for (const RelationWords& actual : relation_words)
    if (actual.kind == relation.kind)
      hint = "Use DROP " + std::string(kind_info(actual.kind).noun) + " to remove " + actual.article_word + ".";
  if (relation.kind == Kind::composite_type) hint = "Use DROP TYPE to remove a type.";
  throw SqlError("42809", "\"" + relation.name.str() + "\" is not " + wanted.article_word, {}, hint);
}

/// DropErrorMsgNonExistent
void missing_relation(Interpreter& interpreter, QualifiedName name, const RelationWords& words, bool missing_ok) {
  std::string what = std::string(words.word) + " \"" + std::string(name.name) + "\"";
  const char* state = words.missing_state;
  if (!name.schema.empty() && find_schema(interpreter, name.schema) == invalid_oid) {
    what = "schema \"" + std::string(name.schema) + "\"";
    state = "3F000";
  }
  if (!missing_ok) throw SqlError(state, what + " does not exist");
  interpreter.notice(what + " does not exist, skipping");
}

bool is_temporary(const Interpreter& interpreter, const Object& relation) {
  return is_temporary_schema(interpreter, interpreter.catalog().schema_of(relation));
}

void check_concurrently(Interpreter& interpreter, ast::DropStmt statement) {
  interpreter.forbid_block("DROP INDEX CONCURRENTLY");
  if (statement.objects().size() != 1)
    throw SqlError("0A000", "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
  if (statement.behavior() == ast::DropBehavior::DROP_CASCADE)
    throw SqlError("0A000", "DROP INDEX CONCURRENTLY does not support CASCADE");
}

bool is_partitioned_index(const Catalog& catalog, const Object& index) {
  const auto* table = catalog.find_as<Table>(index.parent.oid);
  return index.kind == Kind::index && table && table->partition_strategy != PartitionStrategy::none;
}

void drop_relations(Interpreter& interpreter, ast::DropStmt statement, const RelationWords& words) {
  if (statement.concurrent()) check_concurrently(interpreter, statement);
  std::vector<Oid> objects;
  for (ast::Node object : statement.objects()) {
    const QualifiedName name = deconstruct(interpreter, object.items());
    const Oid oid = find_relation(interpreter, name);
    if (oid == invalid_oid) {
      missing_relation(interpreter, name, words, statement.missing_ok());
      continue;
    }
    const Object& relation = require_relation(interpreter, object.items());
    if (relation.kind != words.kind) wrong_type(relation, words);
    require_owner_or_schema_owner(interpreter, relation, std::string(name.name));
    // No other session could look at a temporary one: it is dropped as usual.
    if (statement.concurrent() && is_partitioned_index(interpreter.catalog(), relation) &&
        !is_temporary(interpreter, relation))
      throw SqlError("0A000", "cannot drop partitioned index \"" + relation.name.str() + "\" concurrently");
    objects.push_back(oid);
  }
  perform_deletion(interpreter, objects, behavior_of(statement.behavior()));
}

[[noreturn]] void required_by_system(const std::string& description) {
  throw SqlError("2BP01", "cannot drop " + description + " because it is required by the database system");
}

/// Row, array and multirange types come and go with what they belong to.
void check_dependent_type(const Interpreter& interpreter, const Address& address) {
  const std::string text = "type " + type_text(interpreter, address.oid);
  std::string owner;
  if (form_of_type(address.oid) != TypeForm::plain)
    owner = "type " + type_text(interpreter, address.object->oid);
  else if (!kind_info(address.kind).traits.is_type)
    owner = describe(interpreter, *address.object);
  if (owner.empty()) return;
  throw SqlError("2BP01", "cannot drop " + text + " because " + owner + " requires it", {},
                 "You can drop " + owner + " instead.");
}

std::string describe_builtin(const Interpreter& interpreter, ObjectType type, ast::Node object, Oid oid) {
  switch (type) {
    case ObjectType::OBJECT_TYPE:
    case ObjectType::OBJECT_DOMAIN:
      return "type " + type_text(interpreter, oid);
    case ObjectType::OBJECT_FUNCTION:
    case ObjectType::OBJECT_PROCEDURE:
    case ObjectType::OBJECT_ROUTINE:
    case ObjectType::OBJECT_AGGREGATE:
      return "function " + describe_routine(interpreter, oid);
    case ObjectType::OBJECT_OPERATOR:
      return "operator " + describe_operator(interpreter, oid);
    default:
      break;
  }
  const Kind kind = kind_of_type(type);
  const std::string label(kind == Kind::none ? "object" : kind_info(kind).label);
  return label + " " + (object.str().empty() ? name_list_text(object.items()) : std::string(object.str()));
}

/// The name of the object in messages, as the statement has it.
std::string written_name(ast::Node object, const Object& found) {
  if (object.is<ast::ObjectWithArgs>()) return name_list_text(object.as<ast::ObjectWithArgs>().objname());
  return found.name.str();
}

/// check_object_ownership
void check_owner(const Interpreter& interpreter, ast::Node object, const Object& found) {
  switch (found.kind) {
    case Kind::access_method:
    case Kind::text_search_parser:
    case Kind::text_search_template: return require_superuser(interpreter, "must be superuser");
    case Kind::cast: return require_cast_owner(interpreter, static_cast<const Cast&>(found));
    case Kind::transform: return require_type_owner(interpreter, static_cast<const Transform&>(found).type.type);
    default: return require_owner_or_schema_owner(interpreter, found, written_name(object, found));
  }
}

/// The rule that makes a view one can't go without it.
void check_view_rule(const Interpreter& interpreter, ast::List<ast::Node> names) {
  if (names.size() < 2 || names.back().str() != "_RETURN") return;
  const QualifiedName name{names.size() > 2 ? names[names.size() - 3].str() : std::string_view(),
                           names[names.size() - 2].str()};
  const Object* relation = interpreter.catalog().find(find_relation(interpreter, name));
  if (!relation || (relation->kind != Kind::view && relation->kind != Kind::materialized_view)) return;
  const std::string view = describe(interpreter, *relation);
  throw SqlError("2BP01", "cannot drop rule _RETURN on " + view + " because " + view + " requires it", {},
                 "You can drop " + view + " instead.");
}

void check_droppable(const Interpreter& interpreter, ObjectType type, ast::Node object, const Address& address) {
  if (type == ObjectType::OBJECT_FUNCTION && address.object && address.kind == Kind::aggregate)
    throw SqlError("42809",
                   "\"" + name_list_text(object.as<ast::ObjectWithArgs>().objname()) + "\" is an aggregate function",
                   {}, "Use DROP AGGREGATE to drop aggregate functions.");
  if (!address.object) required_by_system(describe_builtin(interpreter, type, object, address.oid));
  check_owner(interpreter, object, *address.object);
  if (type == ObjectType::OBJECT_TYPE || type == ObjectType::OBJECT_DOMAIN) check_dependent_type(interpreter, address);
}

}  // namespace

void drop(Interpreter& interpreter, ast::DropStmt statement) {
  const ObjectType type = statement.remove_type();
  if (const RelationWords* words = words_of(type)) return drop_relations(interpreter, statement, *words);
  std::vector<Oid> objects;
  for (ast::Node object : statement.objects()) {
    if (type == ObjectType::OBJECT_RULE) check_view_rule(interpreter, object.items());
    const Address address = find_address(interpreter, type, object, statement.missing_ok());
    if (!address) {
      interpreter.notice(missing_object_notice(interpreter, type, object));
      continue;
    }
    check_droppable(interpreter, type, object, address);
    objects.push_back(address.object->oid);
  }
  perform_deletion(interpreter, objects, behavior_of(statement.behavior()));
}

}  // namespace pgplumb::engine::ddl
