#include "catalog/kinds/column.h"

#include "catalog/kinds/policy.h"
#include "catalog/kinds/table.h"
#include "diff/rules/relation.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Generated;
using catalog::Identity;

namespace {

Kind parent_kind(const Catalog& catalog, const Object& object) {
  const Object* parent = catalog.find(object.parent.oid);
  return parent ? parent->kind : Kind::none;
}

bool is_output_of_query(Kind relation) { return relation == Kind::view || relation == Kind::materialized_view; }

std::string alter_column(const Column& column) { return "ALTER COLUMN " + quoted(column.name) + " "; }

/// Tables that a composite type gives their columns.
bool has_typed_tables(const Catalog& catalog, Oid type) {
  for (const catalog::Dependent& dependent : catalog.dependents(type)) {
    const auto* table = catalog.find_as<catalog::Table>(dependent.oid);
    if (table && catalog::owner_of_type(table->of_type.type) == type) return true;
  }
  return false;
}

std::string cascade_clause(const Column& attribute, const SqlNames& names) {
  return has_typed_tables(names.catalog(), attribute.parent.oid) ? " CASCADE" : "";
}

void create_column(const Column& column, Creation& creation) {
  const bool attribute = parent_kind(creation.names.catalog(), column) == Kind::composite_type;
  const std::string head = alter_head(creation.names, column.parent);
  Step& step =
      creation.out.add(head, (attribute ? "ADD ATTRIBUTE " : "ADD COLUMN ") + column_definition(column, creation) +
                                 (attribute ? cascade_clause(column, creation.names) : ""));
  const bool has_value = column.identity != Identity::none || default_of(creation.names.catalog(), column);
  if (!attribute && column.not_null && !has_value)
    step.hazards.push_back("may fail: rows that exist have no value for column " + creation.names.parent(column) + "." +
                           quoted(column.name));
  column_settings(column, creation.names, creation.out);
}

void drop_column(const Column& column, Removal& removal) {
  const bool attribute = parent_kind(removal.names.catalog(), column) == Kind::composite_type;
  Step& step = removal.out.add(alter_head(removal.names, column.parent),
                               (attribute ? "DROP ATTRIBUTE " : "DROP COLUMN ") + quoted(column.name) +
                                   (attribute ? cascade_clause(column, removal.names) : ""));
  if (column.generated == Generated::none)
    destroys(step, "drops the values of column " + removal.names.parent(column) + "." + quoted(column.name));
}

// Columns of a query come with it; inherited ones come with the parent's, while the child hangs on the parent.
bool column_comes_along(const Column& column, const SqlNames& names) {
  const Object* relation = names.catalog().find(column.parent.oid);
  if (!relation) return false;
  const bool typed = relation->kind == Kind::table && static_cast<const catalog::Table&>(*relation).of_type;
  return is_output_of_query(relation->kind) || typed || !column.local;
}

Oid column_recreated_with(const Object& object, const Catalog& catalog) {
  return is_output_of_query(parent_kind(catalog, object)) ? object.parent.oid : object.oid;
}

std::string_view column_holds_data(const Object& object, const Catalog& catalog) {
  const auto& column = static_cast<const Column&>(object);
  if (column.generated != Generated::none || is_output_of_query(parent_kind(catalog, object))) return {};
  return "the values of the column";
}

void alter_column_type(const Column& from, const Column& to, Alteration& alteration) {
  const Kind kind = parent_kind(alteration.to.catalog(), to);
  if (is_output_of_query(kind)) return alteration.replace();
  const std::string type = alteration.to.type(to.type) + collate_clause(to.type, to.collation, alteration.to);
  if (kind == Kind::composite_type) {
    alteration.out.add(alter_head(alteration.to, to.parent), "ALTER ATTRIBUTE " + quoted(to.name) + " TYPE " + type +
                                                                      cascade_clause(to, alteration.to));
    return;
  }
  const std::string conversion = using_clause(quoted(to.name), alteration.from, from.type, alteration.to, to.type);
  Step& step =
      alteration.out.add(alter_head(alteration.to, to.parent), alter_column(to) + "TYPE " + type + conversion);
  if (!converts_without_loss(alteration.from.catalog(), from.type, alteration.to.catalog(), to.type))
    destroys(step, "values of column " + alteration.to.parent(to) + "." + quoted(to.name) + " lose what " +
                       alteration.to.type(to.type) + " can't hold");
}

void alter_column_not_null(const Column& from, const Column& to, Alteration& alteration) {
  if (to.not_null ? not_null_constraint_of(alteration.to.catalog(), to)
                  : not_null_constraint_of(alteration.from.catalog(), from))
    return;  // the constraint's own change
  alteration.out.add(alter_head(alteration.to, to.parent), alter_column(to) + (to.not_null ? "SET" : "DROP") + " NOT NULL");
}

/// The next value of a new sequence stands behind those that the column already holds.
void continue_values(const Column& column, const Sequence& sequence, Alteration& alteration) {
  const std::string name = quoted(column.name);
  alteration.out.add("SELECT pg_catalog.setval(" + catalog::quote_literal(alteration.to.qualified(sequence)) + ", max(" +
                     name + ")) FROM " + alteration.to.parent(column) + " HAVING max(" + name + ") >= " +
                     std::to_string(sequence.minimum));
}

void alter_identity(const Column& from, const Column& to, Alteration& alteration) {
  const std::string head = alter_head(alteration.to, to.parent);
  const Sequence* sequence = identity_sequence_of(alteration.to.catalog(), to);
  if (to.identity == Identity::none) {
    alteration.out.add(head, alter_column(to) + "DROP IDENTITY");
    return;
  }
  if (from.identity != Identity::none) {
    alteration.out.add(head, alter_column(to) + "SET GENERATED " +
                                 (to.identity == Identity::always ? "ALWAYS" : "BY DEFAULT"));
    return;
  }
  if (!sequence) return;  // a partition's, which shares its parent's
  alteration.out.add(head, alter_column(to) + "ADD " + identity_clause(to, sequence, alteration.to));
  continue_values(to, *sequence, alteration);
}

void alter_generated(const Column& from, const Column& to, Alteration& alteration) {
  if (from.generated == Generated::stored && to.generated == Generated::none)
    alteration.out.add(alter_head(alteration.to, to.parent), alter_column(to) + "DROP EXPRESSION");
  else
    alteration.replace();
}

/// Attaching and detaching change it; what was declared and only then inherited stays declared.
void alter_column_local(const Column&, const Column& to, Alteration& alteration) {
  const auto* table = alteration.to.catalog().find_as<catalog::Table>(to.parent.oid);
  if (!to.local && (!table || !table->partition_of))
    alteration.out.impossible("column " + alteration.to.parent(to) + "." + quoted(to.name) +
                              ": it was declared here and can't become one that is only inherited");
}

void alter_storage(const Column&, const Column& to, Alteration& alteration) {
  std::string word(catalog::detail::enum_word(catalog::storage_entries, static_cast<int>(to.storage)));
  for (char& c : word) c = static_cast<char>(c - 'a' + 'A');
  alteration.out.add(alter_only_head(alteration.to, to.parent), alter_column(to) + "SET STORAGE " + word);
}

void alter_compression(const Column&, const Column& to, Alteration& alteration) {
  const std::string_view method = to.compression == "l" ? "lz4" : to.compression == "p" ? "pglz" : "DEFAULT";
  alteration.out.add(alter_only_head(alteration.to, to.parent), alter_column(to) + "SET COMPRESSION " + std::string(method));
}

void alter_statistics(const Column&, const Column& to, Alteration& alteration) {
  alteration.out.add(alter_only_head(alteration.to, to.parent),
                     alter_column(to) + "SET STATISTICS " + std::to_string(to.statistics));
}

void alter_column_options(const Column& from, const Column& to, Alteration& alteration) {
  Script parameters;
  alter_storage_parameters({}, from.options, to.options, {}, parameters);
  for (const Step& step : parameters.steps())
    alteration.out.add(alter_only_head(alteration.to, to.parent), alter_column(to) + step.sql);
}

void alter_column_foreign_options(const Column& from, const Column& to, Alteration& alteration) {
  alteration.out.add(alter_head(alteration.to, to.parent),
                     alter_column(to) + alter_foreign_options(from.foreign_options, to.foreign_options,
                                                              alteration.to.address(to), alteration.out));
}

bool column_absorbs(const Object& container, const Object& contained, const SqlNames& names) {
  const auto& column = static_cast<const Column&>(container);
  if (contained.kind == Kind::column_default) return parent_kind(names.catalog(), column) != Kind::view;
  return contained.kind == Kind::sequence;
}

// ATExecAlterColumnType of tablecmds.c: keys, checks, indexes and statistics it rebuilds itself.
Disturbance column_disturbance(const Object& changed, const Object& dependent, const Alteration& alteration) {
  const auto& column = static_cast<const Column&>(changed);
  const SqlNames &from = alteration.from, &to = alteration.to;
  const catalog::SealedObject* found = to.sealed().find(from.sealed().names().key(column));
  const auto* after = found ? static_cast<const Column*>(found->object) : nullptr;
  const bool nature = after && changes_family(from.catalog(), column.type, to.catalog(), after->type);
  const auto recreated_if = [](bool so) { return so ? Disturbance::recreated : Disturbance::none; };
  switch (dependent.kind) {
    case Kind::index:
    case Kind::statistics:
    case Kind::sequence:
    case Kind::grant:
    case Kind::security_label: return Disturbance::none;
    case Kind::constraint:
      return recreated_if(nature &&
                          static_cast<const Constraint&>(dependent).type == catalog::ConstraintType::foreign_key);
    case Kind::column_default: return recreated_if(dependent.parent.oid != column.oid || nature);
    default: return Disturbance::recreated;
  }
}

constexpr auto column_rules_by_field = field_rules(
    alter<&Column::type, alter_column_type>().disturbs(), alter<&Column::collation, alter_column_type>().disturbs(),
    alter<&Column::generated, alter_generated>(), alter<&Column::not_null, alter_column_not_null>(),
    alter<&Column::storage, alter_storage>(), alter<&Column::compression, alter_compression>(),
    alter<&Column::statistics, alter_statistics>(), alter<&Column::options, alter_column_options>(),
    alter<&Column::foreign_options, alter_column_foreign_options>(), alter<&Column::local, alter_column_local>(),
    alter<&Column::identity, alter_identity>());

}  // namespace

constinit const KindRules column_rules = {
    .stage = stage::table,
    .create = create_with<create_column>,
    .drop = drop_with<drop_column>,
    .fields = column_rules_by_field,
    .absorbs = column_absorbs,
    .implied = [](const Object& object, const SqlNames& names) {
      return column_comes_along(static_cast<const Column&>(object), names);
    },
    .recreated_with = column_recreated_with,
    .holds_data = column_holds_data,
    .disturbed = column_disturbance,
};

}  // namespace pgplumb::diff
