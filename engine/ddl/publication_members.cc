#include "engine/ddl/publication_members.h"

#include <algorithm>

#include "catalog/kinds/publication_schema.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/row_filter.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::PublicationObjSpecType;

namespace {

/// check_publication_add_relation
void check_table(const Interpreter& interpreter, const Object& relation) {
  const std::string message = interpreter.major() >= 15
                                  ? "cannot add relation \"" + relation.name.str() + "\" to publication"
                                  : "\"" + relation.name.str() + "\" is not a table";
  if (relation.kind != Kind::table) {
    const std::string plural = relation.kind == Kind::index ? "indexes" : std::string(relation_word(relation)) + "s";
    throw SqlError("22023", message,
                   interpreter.major() >= 15 ? "This operation is not supported for " + plural + "."
                                             : "Only tables can be added to publications.");
  }
  const auto& table = static_cast<const Table&>(relation);
  if (table.persistence == Persistence::temporary)
    throw SqlError("22023", message, "This operation is not supported for temporary tables.");
  if (table.persistence == Persistence::unlogged)
    throw SqlError("22023", message, "This operation is not supported for unlogged tables.");
}

void add_table(const Interpreter& interpreter, ast::PublicationTable node, PublicationObjects& objects) {
  const Object& relation = require_relation(interpreter, node.relation());
  const auto known = [&](Oid oid) {
    return std::find_if(objects.tables.begin(), objects.tables.end(),
                        [&](const PublishedTable& table) { return table.table == oid; });
  };
  if (const auto same = known(relation.oid); same != objects.tables.end()) {
    const bool has_filter = node.where_clause() || same->node.where_clause();
    if (has_filter)
      throw SqlError("42710", "conflicting or redundant WHERE clauses for table \"" + relation.name.str() + "\"");
    if (!node.columns().empty() || !same->node.columns().empty())
      throw SqlError("42710", "conflicting or redundant column lists for table \"" + relation.name.str() + "\"");
    return;
  }
  objects.tables.push_back({relation.oid, node, false});
  const auto* table = dynamic_cast<const Table*>(&relation);
  if (!node.relation().inh() || !table || table->partition_strategy != PartitionStrategy::none) return;
  for (Oid child : find_all_inheritors(interpreter.catalog(), relation.oid))
    if (child != relation.oid && known(child) == objects.tables.end()) objects.tables.push_back({child, node, true});
}

const PublicationTable* published(const Catalog& catalog, Oid publication, Oid table) {
  for (const auto* member : catalog.children_of<PublicationTable>(publication))
    if (member->table.oid == table) return member;
  return nullptr;
}

const PublicationSchema* published_schema(const Catalog& catalog, Oid publication, Oid schema) {
  for (const auto* member : catalog.children_of<PublicationSchema>(publication))
    if (member->schema.oid == schema) return member;
  return nullptr;
}

/// publication_translate_columns
std::vector<Ref<Column>> columns_of_list(const Interpreter& interpreter, const Object& table,
                                         ast::List<ast::Node> names) {
  std::vector<Ref<Column>> columns;
  for (ast::Node node : names) {
    const std::string name(node.str());
    if (is_system_column(name))
      throw SqlError("42P10", "cannot use system column \"" + name + "\" in publication column list");
    const Column& column = require_column(interpreter.catalog(), table, Name(name));
    const bool can_publish = interpreter.major() >= 18 && column.generated == Generated::stored;
    if (column.generated != Generated::none && !can_publish)
      throw SqlError("42P10", "cannot use generated column \"" + name + "\" in publication column list");
    if (std::find(columns.begin(), columns.end(), Ref<Column>{column.oid}) != columns.end())
      throw SqlError("42710", "duplicate column \"" + name + "\" in publication column list");
    columns.push_back({column.oid});
  }
  return columns;
}

PublicationTable make_member(Interpreter& interpreter, Ref<Publication> publication, const PublishedTable& published) {
  const Object& table = *interpreter.catalog().find(published.table);
  require_owner(interpreter, table);
  check_table(interpreter, table);
  PublicationTable member;
  member.parent = publication;
  member.table = {table.oid};
  member.columns = columns_of_list(interpreter, table, published.node.columns());
  if (published.node.where_clause()) {
    member.row_filter = analyze_row_filter(interpreter, table, published.node.where_clause());
    check_row_filter(interpreter, member.row_filter);
  }
  return member;
}

bool has_columns(const Catalog& catalog, Oid publication) {
  const auto members = catalog.children_of<PublicationTable>(publication);
  return std::any_of(members.begin(), members.end(), [](const auto* member) { return !member->columns.empty(); });
}

/// What goes with no filter and no column list (TransformPubWhereClauses and CheckPubRelationColumnList of
/// commands/publicationcmds.c).
void check_clauses(const Interpreter& interpreter, Ref<Publication> ref, const PublicationObjects& objects) {
  const Catalog& catalog = interpreter.catalog();
  const Publication& publication = catalog.get(ref);
  const auto below_root = [&](const PublishedTable& table) {
    return !publication.via_partition_root && is_partitioned(catalog, table.table);
  };
  for (const PublishedTable& table : objects.tables)
    if (table.node.where_clause() && below_root(table))
      throw SqlError("22023", "cannot use publication WHERE clause for relation \"" + catalog.find(table.table)->name.str() + "\"",
                     "WHERE clause cannot be used for a partitioned table when publish_via_partition_root is false.");
  const bool of_schemas = !objects.schemas.empty() || !catalog.children_of<PublicationSchema>(ref.oid).empty();
  for (const PublishedTable& table : objects.tables) {
    if (table.node.columns().empty() || !(of_schemas || below_root(table))) continue;
    const Object& relation = *catalog.find(table.table);
    throw SqlError("22023",
                   "cannot use column list for relation \"" + schema_name(interpreter, relation.parent.oid) + "." +
                       relation.name.str() + "\" in publication \"" + publication.name.str() + "\"",
                   of_schemas
                       ? "Column lists cannot be specified in publications containing FOR TABLES IN SCHEMA elements."
                       : "Column lists cannot be specified for partitioned tables when publish_via_partition_root is false.");
  }
}

void add_schemas(Interpreter& interpreter, Ref<Publication> publication, const std::vector<Oid>& schemas) {
  for (Oid schema : schemas) {
    if (published_schema(interpreter.catalog(), publication.oid, schema))
      throw SqlError("42710", "schema \"" + schema_name(interpreter, schema) +
                                  "\" is already member of publication \"" +
                                  interpreter.catalog().get(publication).name.str() + "\"");
    PublicationSchema member;
    member.parent = publication;
    member.schema = {schema};
    interpreter.catalog().insert(std::move(member));
  }
}

}  // namespace

PublicationObjects read_publication_objects(Interpreter& interpreter, ast::List<ast::Node> list) {
  PublicationObjects objects;
  for (ast::Node node : list) {
    const auto spec = node.as<ast::PublicationObjSpec>();
    Oid schema = invalid_oid;
    switch (spec.pubobjtype()) {
      case PublicationObjSpecType::PUBLICATIONOBJ_TABLE:
        add_table(interpreter, spec.pubtable(), objects);
        break;
      case PublicationObjSpecType::PUBLICATIONOBJ_TABLES_IN_SCHEMA:
        schema = require_schema(interpreter, spec.name());
        break;
      case PublicationObjSpecType::PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA:
        schema = creation_schema(interpreter);
        break;
      default:
        throw NotSimulated("an object of a publication");
    }
    if (schema != invalid_oid &&
        std::find(objects.schemas.begin(), objects.schemas.end(), schema) == objects.schemas.end())
      objects.schemas.push_back(schema);
  }
  return objects;
}

void add_members(Interpreter& interpreter, Ref<Publication> publication, const PublicationObjects& objects) {
  check_clauses(interpreter, publication, objects);
  for (const PublishedTable& table : objects.tables) {
    if (published(interpreter.catalog(), publication.oid, table.table)) {
      if (table.is_descendant) continue;
      throw SqlError("42710", "relation \"" + interpreter.catalog().find(table.table)->name.str() +
                                  "\" is already member of publication \"" +
                                  interpreter.catalog().get(publication).name.str() + "\"");
    }
    PublicationTable member = make_member(interpreter, publication, table);
    interpreter.catalog().insert(std::move(member));
  }
  if (!objects.schemas.empty() && has_columns(interpreter.catalog(), publication.oid))
    throw SqlError("22023", "cannot add schema to publication \"" + interpreter.catalog().get(publication).name.str() + "\"",
                   "Schemas cannot be added if any tables that specify a column list are already part of the publication.");
  add_schemas(interpreter, publication, objects.schemas);
}

void check_partition_root(const Interpreter& interpreter, Ref<Publication> ref) {
  const Catalog& catalog = interpreter.catalog();
  for (const auto* member : catalog.children_of<PublicationTable>(ref.oid)) {
    if (!is_partitioned(catalog, member->table.oid) || (member->row_filter.empty() && member->columns.empty())) continue;
    throw SqlError("22023",
                   "cannot set parameter \"publish_via_partition_root\" to false for publication \"" +
                       catalog.get(ref).name.str() + "\"",
                   std::string("The publication contains a ") + (member->row_filter.empty() ? "column list" : "WHERE clause") +
                       " for partitioned table \"" + catalog.find(member->table.oid)->name.str() +
                       "\", which is not allowed when \"publish_via_partition_root\" is false.");
  }
}

void drop_members(Interpreter& interpreter, Ref<Publication> publication, const PublicationObjects& objects) {
  for (const PublishedTable& table : objects.tables) {
    if (!table.node.columns().empty())
      throw SqlError("42601", "column list must not be specified in ALTER PUBLICATION ... DROP");
    if (table.node.where_clause())
      throw SqlError("42601", "cannot use a WHERE clause when removing a table from a publication");
    const auto* member = published(interpreter.catalog(), publication.oid, table.table);
    if (!member && table.is_descendant) continue;
    if (!member)
      throw SqlError("42704", "relation \"" + interpreter.catalog().find(table.table)->name.str() +
                                  "\" is not part of the publication");
    interpreter.catalog().erase(member->oid);
  }
  for (Oid schema : objects.schemas) {
    const auto* member = published_schema(interpreter.catalog(), publication.oid, schema);
    if (!member)
      throw SqlError("42704",
                     "tables from schema \"" + schema_name(interpreter, schema) + "\" are not part of the publication");
    interpreter.catalog().erase(member->oid);
  }
}

void set_members(Interpreter& interpreter, Ref<Publication> publication, const PublicationObjects& objects) {
  Catalog& catalog = interpreter.catalog();
  std::vector<Oid> gone;
  for (Oid child : catalog.children(publication.oid)) {
    const Kind kind = catalog.find(child)->kind;
    if (kind == Kind::publication_table || kind == Kind::publication_schema) gone.push_back(child);
  }
  for (Oid member : gone) catalog.erase(member);
  add_members(interpreter, publication, objects);
}

}  // namespace pgplumb::engine::ddl
