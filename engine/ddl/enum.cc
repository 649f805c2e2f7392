// Enumerations: DefineEnum and AlterEnum of commands/typecmds.c, catalog/pg_enum.c.
#include "engine/ddl/enum.h"

#include <algorithm>

#include "catalog/kinds/enum_type.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/enum_constants.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

void check_label(std::string_view label) {
  if (label.size() > max_identifier_length)
    throw SqlError("42602", "invalid enum label \"" + std::string(label) + "\"", "Labels must be 63 bytes or less.");
}

[[noreturn]] void label_exists(std::string_view label) {
  throw SqlError("42710", "enum label \"" + std::string(label) + "\" already exists");
}

[[noreturn]] void no_such_label(std::string_view label) {
  throw SqlError("22023", "\"" + std::string(label) + "\" is not an existing enum label");
}

std::vector<Name> read_labels(ast::List<ast::Node> values) {
  std::vector<Name> labels;
  for (ast::Node value : values) {
    check_label(value.str());
    const Name label(value.str());
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) {
      labels.push_back(label);
      continue;
    }
    throw SqlError("23505", "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"");
  }
  return labels;
}

Ref<EnumType> require_enum(Interpreter& interpreter, ast::List<ast::Node> names) {
  const Oid type = require_type(interpreter, names);
  if (!interpreter.catalog().find_as<EnumType>(type) || form_of_type(type) != TypeForm::plain)
    throw SqlError("42809", type_text(interpreter, type) + " is not an enum");
  require_owner(interpreter, *interpreter.catalog().find(type));
  return {type};
}

/// AddEnumLabel: nobody may use the label until the transaction has committed, but where the transaction has made the type
/// as well, both outside of savepoints, and the server is 17 or later.
void note_uncommitted(Interpreter& interpreter, Ref<EnumType> ref, Name label) {
  Transaction& transaction = interpreter.transaction();
  const EnumType& type = interpreter.catalog().get(ref);
  if (!transaction.in_block() || (type.uncommitted && !transaction.in_subtransaction())) return;
  std::vector<Name> labels = type.uncommitted_labels;
  labels.push_back(label);
  interpreter.catalog().edit(ref).set<&EnumType::uncommitted_labels>(std::move(labels));
  transaction.new_enums().push_back(ref.oid);
}

void add_label(Interpreter& interpreter, Ref<EnumType> type, ast::AlterEnumStmt statement) {
  check_label(statement.new_val());
  std::vector<Name> labels = interpreter.catalog().get(type).labels;
  const Name label(statement.new_val());
  if (std::find(labels.begin(), labels.end(), label) != labels.end()) {
    if (!statement.skip_if_new_val_exists()) label_exists(statement.new_val());
    interpreter.notice("enum label \"" + label.str() + "\" already exists, skipping");
    return;
  }
  auto place = labels.end();
  if (statement.new_val_neighbor().data()) {
    place = std::find(labels.begin(), labels.end(), Name(statement.new_val_neighbor()));
    if (place == labels.end()) no_such_label(statement.new_val_neighbor());
    if (statement.new_val_is_after()) ++place;
  }
  labels.insert(place, label);
  interpreter.catalog().edit(type).set<&EnumType::labels>(std::move(labels));
  note_uncommitted(interpreter, type, label);
}

void rename_label(Interpreter& interpreter, Ref<EnumType> type, ast::AlterEnumStmt statement) {
  check_label(statement.new_val());
  std::vector<Name> labels = interpreter.catalog().get(type).labels;
  const auto old = std::find(labels.begin(), labels.end(), Name(statement.old_val()));
  if (old == labels.end()) no_such_label(statement.old_val());
  if (std::find(labels.begin(), labels.end(), Name(statement.new_val())) != labels.end())
    label_exists(statement.new_val());
  *old = Name(statement.new_val());
  std::vector<Name> uncommitted = interpreter.catalog().get(type).uncommitted_labels;
  std::replace(uncommitted.begin(), uncommitted.end(), Name(statement.old_val()), Name(statement.new_val()));
  interpreter.catalog()
      .edit(type)
      .set<&EnumType::labels>(std::move(labels))
      .set<&EnumType::uncommitted_labels>(std::move(uncommitted));
  rename_label_in_expressions(interpreter, type, std::string(statement.old_val()), std::string(statement.new_val()));
}

}  // namespace

void commit_new_enums(Interpreter& interpreter) {
  Catalog& catalog = interpreter.catalog();
  for (Oid oid : interpreter.transaction().new_enums())
    if (catalog.find_as<EnumType>(oid))
      catalog.edit(Ref<EnumType>{oid})
          .set<&EnumType::uncommitted_labels>(std::vector<Name>())
          .set<&EnumType::uncommitted>(false);
}

void create_enum(Interpreter& interpreter, ast::CreateEnumStmt statement) {
  const NewType place = new_type(interpreter, statement.type_name());
  EnumType type;
  type.parent = Ref<Schema>{place.schema};
  type.name = place.name;
  type.owner = new_owner(interpreter);
  type.labels = read_labels(statement.vals());
  Transaction& transaction = interpreter.transaction();
  type.uncommitted = interpreter.major() >= 17 && transaction.in_block() && !transaction.in_subtransaction();
  const Oid made = interpreter.catalog().insert(std::move(type)).oid;
  if (transaction.in_block()) transaction.new_enums().push_back(made);
  grant_defaults(interpreter, made);
}

void alter_enum(Interpreter& interpreter, ast::AlterEnumStmt statement) {
  const Ref<EnumType> type = require_enum(interpreter, statement.type_name());
  if (statement.old_val().data())
    rename_label(interpreter, type, statement);
  else
    add_label(interpreter, type, statement);
}

}  // namespace pgplumb::engine::ddl
