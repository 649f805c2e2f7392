#include "catalog/kinds/index.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/operator_class.h"
#include "catalog/kinds/table.h"
#include "catalog/type_oids.h"
#include "diff/rules/relation.h"
#include "diff/rules/settings.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::IndexColumn;

namespace {

namespace builtin = catalog::builtin;

constexpr Oid btree = 403;  // pg_am.dat

struct ClassFacts {
  Oid method = catalog::invalid_oid, input = catalog::invalid_oid;
  bool is_default = false;
};

ClassFacts facts_of(const Catalog& catalog, AnyRef operator_class) {
  if (const auto* made = catalog.find_as<catalog::OperatorClass>(operator_class.oid))
    return {made->method.oid, made->input.type, made->is_default};
  const builtin::OperatorClass* row = builtin::of(catalog.major()).opclass_by_oid(operator_class.oid);
  return row ? ClassFacts{row->opcmethod, row->opcintype, row->opcdefault} : ClassFacts{};
}

/// Whether another class than `used` is the default for exactly this type.
bool has_other_default(const Catalog& catalog, Oid method, Oid type, Oid used) {
  if (catalog::is_builtin(type))
    if (const builtin::OperatorClass* row = builtin::of(catalog.major()).default_opclass(method, type))
      return row->oid != used;
  bool found = false;
  catalog.for_each<catalog::OperatorClass>([&](const catalog::OperatorClass& made) {
    if (made.is_default && made.method.oid == method && made.input.type == type && made.oid != used) found = true;
  });
  return found;
}

Oid column_type(const Catalog& catalog, const IndexColumn& column) {
  const auto* attribute = catalog.find_as<Column>(column.column.oid);
  Oid type = attribute ? attribute->type.type : catalog::invalid_oid;
  while (const auto* domain = catalog::is_builtin(type) ? nullptr : catalog.find_as<catalog::Domain>(type)) {
    if (catalog::form_of_type(type) != catalog::TypeForm::plain) break;
    type = domain->base.type;
  }
  return type;
}

/// get_opclass_name of ruleutils.c: the class is named where it is not the one that its column's type would get.
std::string class_clause(const IndexColumn& column, const SqlNames& names) {
  if (!column.operator_class) return {};
  const Catalog& catalog = names.catalog();
  const ClassFacts facts = facts_of(catalog, column.operator_class);
  const Oid type = column_type(catalog, column);
  const bool usual = facts.is_default && (type == catalog::invalid_oid || type == facts.input ||
                                          !has_other_default(catalog, facts.method, type, column.operator_class.oid));
  std::string out;
  if (!usual || !column.operator_class_options.empty()) out = " " + names.qualified(column.operator_class);
  if (!column.operator_class_options.empty()) out += " (" + storage_parameters(column.operator_class_options) + ")";
  return out;
}

std::string collation_clause(const IndexColumn& column, const SqlNames& names) {
  if (!column.collation) return {};
  const auto* attribute = names.catalog().find_as<Column>(column.column.oid);
  const Oid usual = attribute ? attribute->collation.oid : catalog::collations::default_;
  return column.collation.oid == usual ? "" : " COLLATE " + names.qualified(column.collation);
}

std::string order_clause(const IndexColumn& column) {
  if (column.descending) return column.nulls_first ? " DESC" : " DESC NULLS LAST";
  return column.nulls_first ? " NULLS FIRST" : "";
}

/// A call stands by itself, all else in one pair of parentheses.
std::string expression_clause(const std::string& printed) {
  return !printed.empty() && printed.front() == '(' ? parenthesized(printed) : as_source(printed);
}

std::string column_clause(const IndexColumn& column, const SqlNames& names) {
  const std::string what = column.column ? names.qualified(column.column) : expression_clause(column.expression.text);
  return what + collation_clause(column, names) + class_clause(column, names) + order_clause(column);
}

void create_index(const Index& index, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  sql += quoted(index.name) + (has_children(names.catalog(), index.parent.oid) ? " ON ONLY " : " ON ") + names.parent(index);
  if (index.method.oid != btree) sql += " USING " + names.qualified(index.method);
  sql += " " + index_columns(index, names);
  if (!index.included.empty()) {
    std::vector<std::string> included;
    for (const IndexColumn& column : index.included) included.push_back(column_clause(column, names));
    sql += " INCLUDE (" + join(included) + ")";
  }
  if (index.nulls_not_distinct) sql += " NULLS NOT DISTINCT";
  sql += with_clause(index.options);
  if (!index.tablespace.empty()) sql += " TABLESPACE " + quoted(index.tablespace);
  if (!index.predicate.empty()) sql += " WHERE " + as_source(index.predicate.text);
  creation.out.add(std::move(sql));
  index_settings(index, names, creation.out);
}

Oid index_recreated_with(const Object& object, const Catalog&) {
  const auto& index = static_cast<const Index&>(object);
  return index.constraint ? index.constraint.oid : index.oid;
}

bool differ_in_statistics_alone(const Index& from, const Index& to, const Alteration& alteration) {
  if (from.columns.size() != to.columns.size()) return false;
  for (std::size_t i = 0; i < from.columns.size(); ++i) {
    IndexColumn other = from.columns[i];
    other.statistics = to.columns[i].statistics;
    catalog::JsonWriter left, right;
    catalog::detail::write_struct(catalog::index_column_fields, &other, left, alteration.from.sealed().names());
    catalog::detail::write_struct(catalog::index_column_fields, &to.columns[i], right, alteration.to.sealed().names());
    if (left.text() != right.text()) return false;
  }
  return true;
}

std::string alter_index(const Index& index, const SqlNames& names) { return "ALTER INDEX " + names.qualified(index); }

void alter_columns(const Index& from, const Index& to, Alteration& alteration) {
  if (!differ_in_statistics_alone(from, to, alteration)) return alteration.replace();
  for (std::size_t i = 0; i < from.columns.size(); ++i)
    if (from.columns[i].statistics != to.columns[i].statistics)
      alteration.out.add(alter_index(to, alteration.to) + " ALTER COLUMN " + std::to_string(i + 1) + " SET STATISTICS " +
                         std::to_string(to.columns[i].statistics));
}

void alter_index_options(const Index& from, const Index& to, Alteration& alteration) {
  Script parameters;
  alter_storage_parameters(alter_index(to, alteration.to), from.options, to.options, {}, parameters);
  for (const Step& step : parameters.steps()) alteration.out.add(step.head + " " + step.sql);
}

void alter_index_tablespace(const Index&, const Index& to, Alteration& alteration) {
  alteration.out.add(alter_index(to, alteration.to) + " SET TABLESPACE " +
                     (to.tablespace.empty() ? "pg_default" : quoted(to.tablespace)));
}

void alter_clustered(const Index& from, const Index& to, Alteration& alteration) {
  if (to.clustered) {
    alteration.out.add(alter_head(alteration.to, to.parent), "CLUSTER ON " + quoted(to.name));
    return;
  }
  const auto siblings = alteration.to.catalog().children_of<Index>(to.parent.oid);
  const bool moved = std::any_of(siblings.begin(), siblings.end(), [](const Index* index) { return index->clustered; });
  if (!moved) alteration.out.add(alter_head(alteration.from, from.parent), "SET WITHOUT CLUSTER");
}

/// A table that lost the index of its identity keeps the word and has none: only dropping the index does that.
void alter_replica_identity(const Index&, const Index& to, Alteration& alteration) {
  if (to.replica_identity) {
    alteration.out.add(alter_only_head(alteration.to, to.parent), "REPLICA IDENTITY USING INDEX " + quoted(to.name));
    return;
  }
  const auto* table = alteration.to.catalog().find_as<catalog::Table>(to.parent.oid);
  const auto siblings = alteration.to.catalog().children_of<Index>(to.parent.oid);
  const bool moved = std::any_of(siblings.begin(), siblings.end(), [](const Index* index) { return index->replica_identity; });
  if (table && table->replica_identity == catalog::ReplicaIdentity::index && !moved) alteration.replace();
}

/// An index that is not valid was left by an interrupted CONCURRENTLY, or lacks one of its partitions' indexes.
void alter_valid(const Index& from, const Index& to, Alteration& alteration) {
  if (!to.valid)
    alteration.out.impossible("index " + alteration.to.qualified(to) + ": it can't be made invalid");
  else if (!has_children(alteration.from.catalog(), from.parent.oid))
    alteration.replace();
}

std::string parent_name(const catalog::SealedObject* table, const SqlNames& names) {
  if (!table || table->key.kind != Kind::table) return {};
  const auto& partition = static_cast<const catalog::Table&>(*table->object);
  return partition.partition_of ? names.qualified(partition.partition_of) : "";
}

/// A partition that is attached or detached in the same plan brings its indexes along (AttachPartitionEnsureIndexes and
/// DetachPartitionFinalize of tablecmds.c).
bool moves_with_table(const Index& to, const Alteration& alteration) {
  const Object* table = alteration.to.catalog().find(to.parent.oid);
  if (!table) return false;
  const catalog::ObjectKey key = alteration.to.sealed().names().key(*table);
  return parent_name(alteration.from.sealed().find(key), alteration.from) !=
         parent_name(alteration.to.sealed().find(key), alteration.to);
}

void attach(const Index& from, const Index& to, Alteration& alteration) {
  if (moves_with_table(to, alteration)) return;
  if (from.partition_of && !to.partition_of) return alteration.replace();
  if (to.partition_of)
    alteration.out.add("ALTER INDEX " + alteration.to.qualified(to.partition_of) + " ATTACH PARTITION " +
                       alteration.to.qualified(to));
}

constexpr auto index_fields = field_rules(
    replace<&Index::method>(), alter<&Index::columns, alter_columns>(), replace<&Index::included>(),
    replace<&Index::unique>(), replace<&Index::nulls_not_distinct>(), replace<&Index::predicate>(),
    alter<&Index::options, alter_index_options>(), alter<&Index::tablespace, alter_index_tablespace>(),
    alter<&Index::valid, alter_valid>(), alter<&Index::replica_identity, alter_replica_identity>(),
    alter<&Index::clustered, alter_clustered>(), replace<&Index::constraint>(),
    alter<&Index::partition_of, attach>().late());

}  // namespace

std::string index_columns(const Index& index, const SqlNames& names, const std::vector<AnyRef>* with_operators) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < index.columns.size(); ++i) {
    std::string part = column_clause(index.columns[i], names);
    if (with_operators && i < with_operators->size()) part += " WITH " + names.infix((*with_operators)[i]);
    parts.push_back(std::move(part));
  }
  return "(" + join(parts) + ")";
}

void index_settings(const Index& index, const SqlNames& names, Script& out) {
  for (std::size_t i = 0; i < index.columns.size(); ++i)
    if (index.columns[i].statistics >= 0)
      out.add("ALTER INDEX " + names.qualified(index) + " ALTER COLUMN " + std::to_string(i + 1) + " SET STATISTICS " +
              std::to_string(index.columns[i].statistics));
  if (index.clustered) out.add(alter_head(names, index.parent), "CLUSTER ON " + quoted(index.name));
  if (index.replica_identity)
    out.add(alter_only_head(names, index.parent), "REPLICA IDENTITY USING INDEX " + quoted(index.name));
}

constinit const KindRules index_rules = {
    .stage = stage::table,
    .create = create_with<create_index>,
    .drop = drop_by_address,
    .fields = index_fields,
    .recreated_with = index_recreated_with,
};

}  // namespace pgplumb::diff
