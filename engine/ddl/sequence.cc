#include "engine/ddl/sequence.h"

#include "catalog/type_oids.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/names.h"
#include "engine/ddl/permissions.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Persistence;

/// The relation that OWNED BY names, and the column.
struct OwnedBy {
  const Object* relation = nullptr;
  const Column* column = nullptr;
};

OwnedBy owned_by_target(const Interpreter& interpreter, const std::vector<std::string>& names) {
  const std::size_t count = names.size();
  const QualifiedName relation_name{count > 2 ? std::string_view(names[count - 3]) : std::string_view(),
                                    names[count - 2]};
  const Oid oid = find_relation(interpreter, relation_name);
  if (oid == invalid_oid) {
    if (!relation_name.schema.empty()) require_schema(interpreter, relation_name.schema);
    no_such_relation(relation_name.schema, relation_name.name);
  }
  const Object* relation = interpreter.catalog().find(oid);
  if (!relation || (relation->kind != Kind::table && relation->kind != Kind::view &&
                    relation->kind != Kind::foreign_table)) {
    const std::string message = interpreter.major() >= 14
                                    ? "sequence cannot be owned by relation \"" + names[count - 2] + "\""
                                    : "referenced relation \"" + names[count - 2] + "\" is not a table or foreign table";
    throw SqlError("42809", message);
  }
  return {relation, nullptr};
}

template <auto Field>
void set_if_changed(catalog::Edit<Sequence>& edit, const Sequence& changed) {
  if (!((*edit).*Field == changed.*Field)) edit.set<Field>(changed.*Field);
}

}  // namespace

std::optional<std::vector<std::string>> given_sequence_name(ast::List<ast::Node> options) {
  for (ast::Node node : options)
    if (node.as<ast::DefElem>().defname() == "sequence_name")
      return def_qualified_name(node.as<ast::DefElem>());
  return std::nullopt;
}

void store_sequence_options(Interpreter& interpreter, Ref<Sequence> ref, const Sequence& changed) {
  auto edit = interpreter.catalog().edit(ref);
  set_if_changed<&Sequence::type>(edit, changed);
  set_if_changed<&Sequence::start>(edit, changed);
  set_if_changed<&Sequence::increment>(edit, changed);
  set_if_changed<&Sequence::minimum>(edit, changed);
  set_if_changed<&Sequence::maximum>(edit, changed);
  set_if_changed<&Sequence::cache>(edit, changed);
  set_if_changed<&Sequence::cycle>(edit, changed);
}

void set_sequence_owner(Interpreter& interpreter, Ref<Sequence> ref, ast::List<ast::Node> options) {
  std::optional<std::vector<std::string>> names;
  for (ast::Node node : options)
    if (node.as<ast::DefElem>().defname() == "owned_by") names = def_qualified_name(node.as<ast::DefElem>());
  if (!names) return;
  catalog::Catalog& catalog = interpreter.catalog();
  OwnedBy target;
  if (names->size() == 1) {
    if (names->front() != "none")
      throw SqlError("42601", "invalid OWNED BY option", {}, "Specify OWNED BY table.column or OWNED BY NONE.");
  } else {
    target = owned_by_target(interpreter, *names);
    require_same_home(catalog.get(ref), *target.relation);
    if (!is_system_column(*target.relation, names->back()))
      target.column = &require_column(catalog, *target.relation, Name(names->back()));
  }
  const Sequence& sequence = catalog.get(ref);
  if (sequence.ownership == SequenceOwnership::identity) {
    const Object* column = catalog.find(sequence.owned_by.oid);
    throw SqlError("0A000", "cannot change ownership of identity sequence",
                   "Sequence \"" + sequence.name.str() + "\" is linked to table \"" +
                       catalog.find(column->parent.oid)->name.str() + "\".");
  }
  if (target.relation && !target.column) throw NotSimulated("a sequence that a system column owns");
  const Ref<Column> column{target.column ? target.column->oid : invalid_oid};
  auto edit = catalog.edit(ref);
  edit.set<&Sequence::ownership>(target.column ? SequenceOwnership::owned : SequenceOwnership::none);
  edit.set<&Sequence::owned_by>(column);
}

Persistence sequence_persistence(const Interpreter& interpreter, Persistence of_table) {
  return of_table == Persistence::unlogged && interpreter.major() < 15 ? Persistence::permanent : of_table;
}

Ref<Sequence> create_column_sequence(Interpreter& interpreter, const ColumnSequence& column) {
  Sequence sequence;
  sequence.owner = column.owner;
  sequence.persistence = sequence_persistence(interpreter, column.persistence);
  sequence.type = {column.type, -1};
  apply_sequence_options(interpreter, sequence, column.options, true, column.for_identity);
  Oid schema = column.schema;
  const auto named = given_sequence_name(column.options);
  if (named) {
    if (named->size() > 1) schema = require_schema(interpreter, (*named)[named->size() - 2]);
    sequence.name = Name(named->back());
    require_free_relation_name(interpreter, schema, sequence.name, interpreter.major() < 14);
  } else {
    sequence.name =
        choose_relation_name(interpreter.catalog(), column.table, column.column, "seq", schema, false);
  }
  sequence.parent = Ref<catalog::Schema>{schema};
  const Ref<Sequence> created = interpreter.catalog().insert(std::move(sequence));
  grant_defaults(interpreter, created.oid);
  return created;
}

void alter_sequence_options(Interpreter& interpreter, Ref<Sequence> ref, ast::List<ast::Node> options,
                            bool for_identity) {
  Sequence changed = interpreter.catalog().get(ref);
  apply_sequence_options(interpreter, changed, options, false, for_identity);
  store_sequence_options(interpreter, ref, changed);
}

void require_same_home(const Sequence& sequence, const Object& relation) {
  if (sequence.owner != relation.owner)
    throw SqlError("55000", "sequence must have same owner as table it is linked to");
  if (sequence.parent != relation.parent)
    throw SqlError("55000", "sequence must be in same schema as table it is linked to");
}

const Sequence* identity_sequence(const catalog::Catalog& catalog, Oid oid) {
  for (const catalog::Dependent& dependent : catalog.dependents(oid)) {
    const auto* sequence = catalog.find_as<Sequence>(dependent.oid);
    if (sequence && sequence->ownership == SequenceOwnership::identity && sequence->owned_by.oid == oid) return sequence;
  }
  const Column& column = catalog.get(Ref<Column>{oid});
  if (column.identity == catalog::Identity::none || !is_partition(catalog, column.parent.oid)) return nullptr;
  const Column* above = find_column(catalog, parents_of(catalog, column.parent.oid).front(), column.name);
  return above ? identity_sequence(catalog, above->oid) : nullptr;
}

void create_sequence(Interpreter& interpreter, ast::CreateSeqStmt statement) {
  if (statement.sequence().relpersistence() == "u" && interpreter.major() < 15)
    throw SqlError("0A000", "unlogged sequences are not supported");
  if (statement.if_not_exists()) {
    const RelationCreation wanted = relation_creation(interpreter, statement.sequence());
    if (find_relation_in_schema(interpreter, wanted.schema, wanted.name) != invalid_oid) {
      interpreter.notice("relation \"" + wanted.name.str() + "\" already exists, skipping");
      return;
    }
  }
  Sequence sequence;
  apply_sequence_options(interpreter, sequence, statement.options(), true, false);
  const RelationCreation where = relation_creation(interpreter, statement.sequence());
  sequence.name = where.name;
  sequence.parent = Ref<catalog::Schema>{where.schema};
  sequence.owner = interpreter.session().current_user();
  sequence.persistence = where.persistence;
  require_free_relation_name(interpreter, where.schema, where.name, interpreter.major() < 14);
  const Ref<Sequence> created = interpreter.catalog().insert(std::move(sequence));
  grant_defaults(interpreter, created.oid);
  set_sequence_owner(interpreter, created, statement.options());
}

void alter_sequence(Interpreter& interpreter, ast::AlterSeqStmt statement) {
  const Oid oid = find_relation(interpreter, statement.sequence());
  if (oid == invalid_oid && statement.missing_ok()) {
    interpreter.notice("relation \"" + std::string(statement.sequence().relname()) + "\" does not exist, skipping");
    return;
  }
  const Object& relation = require_relation(interpreter, statement.sequence());
  if (relation.kind != Kind::sequence)
    throw SqlError("42809", "\"" + relation.name.str() + "\" is not a sequence");
  require_owner(interpreter, relation);
  const Ref<Sequence> ref{relation.oid};
  alter_sequence_options(interpreter, ref, statement.options(), statement.for_identity());
  set_sequence_owner(interpreter, ref, statement.options());
}

}  // namespace pgplumb::engine::ddl
