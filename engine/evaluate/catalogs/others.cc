// Schemas, extensions, comments, dependencies, publications, event triggers, foreign data, text search.
#include "catalog/kinds/column.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/event_trigger.h"
#include "catalog/kinds/extension.h"
#include "catalog/kinds/foreign_data_wrapper.h"
#include "catalog/kinds/foreign_server.h"
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/publication.h"
#include "catalog/kinds/publication_table.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/sequence.h"
#include "catalog/kinds/text_search_configuration.h"
#include "catalog/kinds/text_search_dictionary.h"
#include "engine/ddl/dependency_type.h"
#include "engine/evaluate/catalogs/table.h"

namespace pgplumb::engine::evaluate {

using catalog::Kind;

namespace {

/// Of catalogs that say little more than that an object is there.
struct NamedRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  Oid of = invalid_oid;  // a dictionary's template, a configuration's parser
  const Object* object = nullptr;
};

const CatalogColumn<NamedRow> namespace_columns[] = {
    {"oid", [](const Source&, const NamedRow& row) { return oid_value(row.oid); }},
    {"nspname", [](const Source&, const NamedRow& row) { return text_value(row.name); }},
    {"nspowner", [](const Source& source, const NamedRow& row) { return owner_value(source, row.object); }},
    {"nspacl", [](const Source& source, const NamedRow& row) { return acl_value(source, row.object); }},
};
const CatalogColumn<NamedRow> config_columns[] = {
    {"oid", [](const Source&, const NamedRow& row) { return oid_value(row.oid); }},
    {"cfgname", [](const Source&, const NamedRow& row) { return text_value(row.name); }},
    {"cfgnamespace", [](const Source&, const NamedRow& row) { return oid_value(row.schema); }},
    {"cfgowner", [](const Source& source, const NamedRow& row) { return owner_value(source, row.object); }},
    {"cfgparser", [](const Source&, const NamedRow& row) { return oid_value(row.of); }},
};
const CatalogColumn<NamedRow> dictionary_columns[] = {
    {"oid", [](const Source&, const NamedRow& row) { return oid_value(row.oid); }},
    {"dictname", [](const Source&, const NamedRow& row) { return text_value(row.name); }},
    {"dictnamespace", [](const Source&, const NamedRow& row) { return oid_value(row.schema); }},
    {"dictowner", [](const Source& source, const NamedRow& row) { return owner_value(source, row.object); }},
    {"dicttemplate", [](const Source&, const NamedRow& row) { return oid_value(row.of); }},
};

using ExtensionRow = const catalog::Extension*;
const CatalogColumn<ExtensionRow> extension_columns[] = {
    {"oid", [](const Source&, const ExtensionRow& row) { return oid_value(row->oid); }},
    {"extname", [](const Source&, const ExtensionRow& row) { return text_value(row->name.view()); }},
    {"extowner", [](const Source& source, const ExtensionRow& row) { return owner_value(source, row); }},
    {"extnamespace",
     [](const Source&, const ExtensionRow& row) {
       return oid_value(row->schema.oid ? row->schema.oid : builtin::pg_catalog_namespace);
     }},
    {"extversion",
     [](const Source&, const ExtensionRow& row) {
       return row->version.empty() ? Value::unknown(invalid_oid, "the version of extension " + row->name.str())
                                   : text_value(row->version);
     }},
};

// --- pg_description, pg_depend: objects by catalog, oid and column
// ------------------------------------------------------

struct Address {
  Oid catalog = invalid_oid, oid = invalid_oid;
  std::int64_t column = 0;
};

Address address_of(const Object& object) {
  if (object.kind == Kind::column) {
    const auto& column = static_cast<const catalog::Column&>(object);
    return {1259, column.parent.oid, column.number};
  }
  return {catalog::kind_info(object.kind).catalog_oid, object.oid, 0};
}

struct DescriptionRow {
  Address address;
  std::string_view text;
};
const CatalogColumn<DescriptionRow> description_columns[] = {
    {"objoid", [](const Source&, const DescriptionRow& row) { return oid_value(row.address.oid); }},
    {"classoid", [](const Source&, const DescriptionRow& row) { return oid_value(row.address.catalog); }},
    {"objsubid", [](const Source&, const DescriptionRow& row) { return number_value(row.address.column); }},
    {"description", [](const Source&, const DescriptionRow& row) { return text_value(row.text); }},
};

struct DependRow {
  Address dependent, on;
  char type = 'n';
};

char dependency_letter(ddl::DependencyType type) {
  switch (type) {
    case ddl::DependencyType::normal: return 'n';
    case ddl::DependencyType::automatic: return 'a';
    case ddl::DependencyType::internal: return 'i';
    case ddl::DependencyType::extension: return 'e';
    case ddl::DependencyType::partition: return 'P';
  }
  return 'n';
}

/// A view's rule is what refers, and hangs on the view; a column is a part of its relation.
class DependRows {
 public:
  explicit DependRows(const catalog::Catalog& objects) : objects_(objects) {}

  std::vector<DependRow> rows() {
    objects_.for_each([this](const Object& object) { add(object); });
    return std::move(rows_);
  }

 private:
  void add(const Object& object) {
    Address from = address_of(object);
    if (from.catalog == 0) return;
    if (object.kind == Kind::view || object.kind == Kind::materialized_view) {
      rows_.push_back({{rewrite_catalog, object.oid, 0}, from, 'i'});
      from.catalog = rewrite_catalog;
    }
    for (const ddl::Dependency& dependency : ddl::dependencies_of(objects_, object)) {
      const bool member = dependency.type == ddl::DependencyType::extension;
      if (!member || from.column == 0) add_row(member ? address_of(object) : from, dependency);
    }
  }

  void add_row(const Address& from, const ddl::Dependency& dependency) {
    const Address to = address_of(*objects_.find(dependency.oid));
    const bool part = to.catalog == from.catalog && to.oid == from.oid;
    if (to.catalog == 0 || (part && dependency.type != ddl::DependencyType::internal)) return;
    rows_.push_back({from, to, dependency_letter(dependency.type)});
  }

  static constexpr Oid rewrite_catalog = 2618;
  const catalog::Catalog& objects_;
  std::vector<DependRow> rows_;
};

const CatalogColumn<DependRow> depend_columns[] = {
    {"classid", [](const Source&, const DependRow& row) { return oid_value(row.dependent.catalog); }},
    {"objid", [](const Source&, const DependRow& row) { return oid_value(row.dependent.oid); }},
    {"objsubid", [](const Source&, const DependRow& row) { return number_value(row.dependent.column); }},
    {"refclassid", [](const Source&, const DependRow& row) { return oid_value(row.on.catalog); }},
    {"refobjid", [](const Source&, const DependRow& row) { return oid_value(row.on.oid); }},
    {"refobjsubid", [](const Source&, const DependRow& row) { return number_value(row.on.column); }},
    {"deptype", [](const Source&, const DependRow& row) { return char_value(row.type); }},
};

// --- Publications, event triggers, foreign data
// ------------------------------------------------------------------------

using PublicationRow = const catalog::Publication*;
const CatalogColumn<PublicationRow> publication_columns[] = {
    {"oid", [](const Source&, const PublicationRow& row) { return oid_value(row->oid); }},
    {"pubname", [](const Source&, const PublicationRow& row) { return text_value(row->name.view()); }},
    {"pubowner", [](const Source& source, const PublicationRow& row) { return owner_value(source, row); }},
    {"puballtables", [](const Source&, const PublicationRow& row) { return flag_value(row->all_tables); }},
    {"pubinsert", [](const Source&, const PublicationRow& row) { return flag_value(row->insert); }},
    {"pubupdate", [](const Source&, const PublicationRow& row) { return flag_value(row->update); }},
    {"pubdelete", [](const Source&, const PublicationRow& row) { return flag_value(row->delete_); }},
    {"pubtruncate", [](const Source&, const PublicationRow& row) { return flag_value(row->truncate); }},
    {"pubviaroot", [](const Source&, const PublicationRow& row) { return flag_value(row->via_partition_root); }},
};

using PublicationTableRow = const catalog::PublicationTable*;
const CatalogColumn<PublicationTableRow> publication_table_columns[] = {
    {"oid", [](const Source&, const PublicationTableRow& row) { return oid_value(row->oid); }},
    {"prpubid", [](const Source&, const PublicationTableRow& row) { return oid_value(row->parent.oid); }},
    {"prrelid", [](const Source&, const PublicationTableRow& row) { return oid_value(row->table.oid); }},
};

using EventTriggerRow = const catalog::EventTrigger*;
const CatalogColumn<EventTriggerRow> event_trigger_columns[] = {
    {"oid", [](const Source&, const EventTriggerRow& row) { return oid_value(row->oid); }},
    {"evtname", [](const Source&, const EventTriggerRow& row) { return text_value(row->name.view()); }},
    {"evtevent", [](const Source&, const EventTriggerRow& row) { return text_value(row->event); }},
    {"evtowner", [](const Source& source, const EventTriggerRow& row) { return owner_value(source, row); }},
    {"evtfoid", [](const Source&, const EventTriggerRow& row) { return oid_value(row->function.oid); }},
    {"evtenabled", [](const Source&, const EventTriggerRow& row) { return stored_value(row->enabled); }},
    {"evttags", [](const Source&, const EventTriggerRow& row) { return options_value(row->tags); }},
};

using WrapperRow = const catalog::ForeignDataWrapper*;
const CatalogColumn<WrapperRow> wrapper_columns[] = {
    {"oid", [](const Source&, const WrapperRow& row) { return oid_value(row->oid); }},
    {"fdwname", [](const Source&, const WrapperRow& row) { return text_value(row->name.view()); }},
    {"fdwowner", [](const Source& source, const WrapperRow& row) { return owner_value(source, row); }},
    {"fdwhandler", [](const Source&, const WrapperRow& row) { return oid_value(row->handler.oid); }},
    {"fdwvalidator", [](const Source&, const WrapperRow& row) { return oid_value(row->validator.oid); }},
    {"fdwacl", [](const Source& source, const WrapperRow& row) { return acl_value(source, row); }},
    {"fdwoptions", [](const Source&, const WrapperRow& row) { return options_value(row->options); }},
};

using ServerRow = const catalog::ForeignServer*;
const CatalogColumn<ServerRow> server_columns[] = {
    {"oid", [](const Source&, const ServerRow& row) { return oid_value(row->oid); }},
    {"srvname", [](const Source&, const ServerRow& row) { return text_value(row->name.view()); }},
    {"srvowner", [](const Source& source, const ServerRow& row) { return owner_value(source, row); }},
    {"srvfdw", [](const Source&, const ServerRow& row) { return oid_value(row->wrapper.oid); }},
    {"srvtype",
     [](const Source&, const ServerRow& row) { return row->type.empty() ? null_value() : text_value(row->type); }},
    {"srvversion", [](const Source&,
                      const ServerRow& row) { return row->version.empty() ? null_value() : text_value(row->version); }},
    {"srvacl", [](const Source& source, const ServerRow& row) { return acl_value(source, row); }},
    {"srvoptions", [](const Source&, const ServerRow& row) { return options_value(row->options); }},
};

using ForeignTableRow = const catalog::ForeignTable*;
const CatalogColumn<ForeignTableRow> foreign_table_columns[] = {
    {"ftrelid", [](const Source&, const ForeignTableRow& row) { return oid_value(row->oid); }},
    {"ftserver", [](const Source&, const ForeignTableRow& row) { return oid_value(row->server.oid); }},
    {"ftoptions", [](const Source&, const ForeignTableRow& row) { return options_value(row->options); }},
};

}  // namespace

RelationPtr make_pg_namespace(Interpreter& interpreter, Oid relation) {
  std::vector<NamedRow> rows;
  for (const builtin::Namespace& row : interpreter.cache().builtin().namespaces())
    if (row.oid != builtin::public_namespace) rows.push_back({row.oid, row.nspname.view(), 0, 0, nullptr});
  for (const auto* row : objects_of<catalog::Schema>(interpreter))
    rows.push_back({row->oid, row->name.view(), 0, 0, row});
  return catalog_table(interpreter, relation, std::move(rows), namespace_columns);
}

RelationPtr make_pg_ts_config(Interpreter& interpreter, Oid relation) {
  std::vector<NamedRow> rows;
  for (const builtin::TsConfig& row : interpreter.cache().builtin().ts_configs())
    rows.push_back({row.oid, row.cfgname.view(), row.cfgnamespace, row.cfgparser, nullptr});
  for (const auto* row : objects_of<catalog::TextSearchConfiguration>(interpreter))
    rows.push_back({row->oid, row->name.view(), row->parent.oid, row->parser.oid, row});
  return catalog_table(interpreter, relation, std::move(rows), config_columns);
}

RelationPtr make_pg_ts_dict(Interpreter& interpreter, Oid relation) {
  std::vector<NamedRow> rows;
  for (const builtin::TsDictionary& row : interpreter.cache().builtin().ts_dicts())
    rows.push_back({row.oid, row.dictname.view(), row.dictnamespace, row.dicttemplate, nullptr});
  for (const auto* row : objects_of<catalog::TextSearchDictionary>(interpreter))
    rows.push_back({row->oid, row->name.view(), row->parent.oid, row->template_.oid, row});
  return catalog_table(interpreter, relation, std::move(rows), dictionary_columns);
}

/// plpgsql, which every database starts with, is no object of the Catalog unless a statement has touched it.
RelationPtr make_pg_extension(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::Extension>(interpreter), extension_columns);
}

RelationPtr make_pg_description(Interpreter& interpreter, Oid relation) {
  std::vector<DescriptionRow> rows;
  interpreter.catalog().for_each([&](const Object& object) {
    if (!object.comment.empty()) rows.push_back({address_of(object), object.comment});
  });
  return catalog_table(interpreter, relation, std::move(rows), description_columns);
}

RelationPtr make_pg_depend(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, DependRows(interpreter.catalog()).rows(), depend_columns);
}
RelationPtr make_pg_publication(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::Publication>(interpreter), publication_columns);
}
RelationPtr make_pg_publication_rel(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::PublicationTable>(interpreter),
                       publication_table_columns);
}
RelationPtr make_pg_event_trigger(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::EventTrigger>(interpreter), event_trigger_columns);
}
RelationPtr make_pg_foreign_data_wrapper(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::ForeignDataWrapper>(interpreter), wrapper_columns);
}
RelationPtr make_pg_foreign_server(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::ForeignServer>(interpreter), server_columns);
}
RelationPtr make_pg_foreign_table(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::ForeignTable>(interpreter), foreign_table_columns);
}

}  // namespace pgplumb::engine::evaluate
