// pg_class, pg_attribute and what belongs to relations.
#include "catalog/inheritance.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/composite_type.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/sequence.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/inheritance.h"
#include "engine/deparse/deparse.h"
#include "engine/evaluate/catalogs/table.h"

namespace pgplumb::engine::evaluate {

using catalog::Kind;

namespace {

// --- pg_class
// ----------------------------------------------------------------------------------------------------------

struct ClassRow {
  Oid oid = invalid_oid;
  std::string_view name;
  Oid schema = invalid_oid;
  char kind = 'r';
  const Object* object = nullptr;
  const builtin::Relation* builtin = nullptr;

  template <class T>
  const T* as() const {
    return object && object->kind == catalog::kind_of<T> ? static_cast<const T*>(object) : nullptr;
  }
};

char relation_kind(const Object& object) {
  switch (object.kind) {
    case Kind::table:
      return static_cast<const catalog::Table&>(object).partition_strategy == catalog::PartitionStrategy::none ? 'r'
                                                                                                               : 'p';
    case Kind::view:
      return 'v';
    case Kind::materialized_view:
      return 'm';
    case Kind::foreign_table:
      return 'f';
    case Kind::sequence:
      return 'S';
    case Kind::composite_type:
      return 'c';
    default:
      return 0;
  }
}

bool is_partitioned(const catalog::Catalog& objects, Oid table) {
  const auto* found = objects.find_as<catalog::Table>(table);
  return found && found->partition_strategy != catalog::PartitionStrategy::none;
}

std::vector<ClassRow> class_rows(Interpreter& interpreter) {
  std::vector<ClassRow> rows;
  for (const builtin::Relation& row : interpreter.cache().builtin().relations())
    rows.push_back({row.oid, row.relname.view(), row.relnamespace, row.relkind, nullptr, &row});
  const catalog::Catalog& objects = interpreter.catalog();
  objects.for_each([&](const Object& object) {
    char kind = relation_kind(object);
    if (object.kind == Kind::index) kind = is_partitioned(objects, object.parent.oid) ? 'I' : 'i';
    if (kind) rows.push_back({object.oid, object.name.view(), objects.schema_of(object), kind, &object, nullptr});
  });
  return rows;
}

Value access_method(const Source&, const ClassRow& row) {
  if (const auto* table = row.as<catalog::Table>())
    return oid_value(table->access_method ? table->access_method.oid : row.kind == 'r' ? 2 : 0);
  if (const auto* view = row.as<catalog::MaterializedView>())
    return oid_value(view->access_method ? view->access_method.oid : 2);
  if (const auto* index = row.as<catalog::Index>()) return oid_value(index->method.oid);
  return oid_value(row.builtin && row.kind == 'r' ? 2 : 0);
}

std::int64_t attribute_count(const Source& source, const ClassRow& row) {
  if (const auto* index = row.as<catalog::Index>())
    return static_cast<std::int64_t>(index->columns.size() + index->included.size());
  if (row.kind == 'S') return 3;
  return static_cast<std::int64_t>(source.cache.columns(row.oid).size());
}

bool has_index(const Source& source, const ClassRow& row) {
  return row.object && !source.objects.children_of<catalog::Index>(row.oid).empty();
}

std::int64_t check_count(const Source& source, const ClassRow& row) {
  std::int64_t count = 0;
  for (const auto* constraint : source.objects.children_of<catalog::Constraint>(row.oid))
    if (constraint->type == catalog::ConstraintType::check) ++count;
  return count;
}

bool is_referenced(const Source& source, Oid table) {
  bool found = false;
  source.objects.for_each<catalog::Constraint>([&](const catalog::Constraint& constraint) {
    if (!constraint.foreign_key) return;
    found = found || constraint.foreign_key->table.oid == table || constraint.parent.oid == table;
  });
  return found;
}

Value persistence(const Source& source, const ClassRow& row) {
  if (const auto* table = row.as<catalog::Table>()) return stored_value(table->persistence);
  if (const auto* sequence = row.as<catalog::Sequence>()) return stored_value(sequence->persistence);
  if (row.as<catalog::Index>())
    if (const auto* table = source.objects.find_as<catalog::Table>(row.object->parent.oid))
      return stored_value(table->persistence);
  return text_value("p");
}

Value class_options(const Source&, const ClassRow& row) {
  if (const auto* table = row.as<catalog::Table>()) return options_value(table->options);
  if (const auto* view = row.as<catalog::View>()) return options_value(view->options);
  if (const auto* view = row.as<catalog::MaterializedView>()) return options_value(view->options);
  if (const auto* index = row.as<catalog::Index>()) return options_value(index->options);
  return row.object ? null_value() : Value::unknown(invalid_oid, "options of a system relation");
}

Name tablespace_of(const ClassRow& row) {
  if (const auto* table = row.as<catalog::Table>()) return table->tablespace;
  if (const auto* view = row.as<catalog::MaterializedView>()) return view->tablespace;
  if (const auto* index = row.as<catalog::Index>()) return index->tablespace;
  return {};
}

Value tablespace_oid(const Source& source, const ClassRow& row) {
  const Name name = tablespace_of(row);
  if (name.empty()) return oid_value(row.builtin && row.builtin->relisshared ? 1664 : 0);
  if (const Object* object = source.objects.find_named(Kind::tablespace, invalid_oid, name))
    return oid_value(object->oid);
  const auto* found = source.cache.builtin().tablespace_by_name(name.view());
  return found ? oid_value(found->oid) : Value::unknown(invalid_oid, "tablespace " + name.str());
}

Value row_type(const Source& source, const ClassRow& row) {
  if (row.builtin) return oid_value(row.builtin->reltype);
  const bool has_type = row.kind != 'i' && row.kind != 'I' && (row.kind != 'S' || source.cache.major() < 14);
  return oid_value(has_type ? row.oid : 0);
}

Value partition_bound(const Source& source, const ClassRow& row) {
  if (const auto* table = row.as<catalog::Table>())
    return expression_value(source, table->partition_bound, invalid_oid);
  if (const auto* table = row.as<catalog::ForeignTable>())
    return expression_value(source, table->partition_bound, invalid_oid);
  return null_value();
}

bool is_partition(const ClassRow& row) {
  if (const auto* table = row.as<catalog::Table>()) return static_cast<bool>(table->partition_of);
  if (const auto* table = row.as<catalog::ForeignTable>()) return static_cast<bool>(table->partition_of);
  const auto* index = row.as<catalog::Index>();
  return index && index->partition_of;
}

Value replica_identity(const Source&, const ClassRow& row) {
  if (const auto* table = row.as<catalog::Table>()) return stored_value(table->replica_identity);
  return text_value(row.kind == 'm' ? "d" : "n");
}

/// An index belongs to whom its table belongs to.
const Object* owned(const Source& source, const ClassRow& row) {
  return row.as<catalog::Index>() ? source.objects.find(row.object->parent.oid) : row.object;
}

const CatalogColumn<ClassRow> class_columns[] = {
    {"oid", [](const Source&, const ClassRow& row) { return oid_value(row.oid); }},
    {"relname", [](const Source&, const ClassRow& row) { return text_value(row.name); }},
    {"relnamespace", [](const Source&, const ClassRow& row) { return oid_value(row.schema); }},
    {"reltype", row_type},
    {"reloftype",
     [](const Source&, const ClassRow& row) {
       const auto* table = row.as<catalog::Table>();
       return oid_value(table ? table->of_type.type : 0);
     }},
    {"relowner", [](const Source& source, const ClassRow& row) { return owner_value(source, owned(source, row)); }},
    {"relam", access_method},
    {"reltablespace", tablespace_oid},
    {"relhasindex",
     [](const Source& source, const ClassRow& row) {
       if (row.builtin && row.kind == 'r') return Value::unknown(invalid_oid, "indexes of system catalogs");
       return flag_value(has_index(source, row));
     }},
    {"relisshared",
     [](const Source&, const ClassRow& row) { return flag_value(row.builtin && row.builtin->relisshared); }},
    {"relpersistence", persistence},
    {"relkind", [](const Source&, const ClassRow& row) { return char_value(row.kind); }},
    {"relnatts", [](const Source& source, const ClassRow& row) { return number_value(attribute_count(source, row)); }},
    {"relchecks", [](const Source& source, const ClassRow& row) { return number_value(check_count(source, row)); }},
    {"relhasrules",
     [](const Source& source, const ClassRow& row) {
       return flag_value(row.kind == 'v' || row.kind == 'm' ||
                         !source.objects.children_of<catalog::Rule>(row.oid).empty());
     }},
    {"relhastriggers",
     [](const Source& source, const ClassRow& row) {
       return flag_value(!source.objects.children_of<catalog::Trigger>(row.oid).empty() ||
                         is_referenced(source, row.oid));
     }},
    {"relhassubclass",
     [](const Source& source, const ClassRow& row) {
       return flag_value(row.object && ddl::has_subclass(source.objects, row.oid));
     }},
    {"relrowsecurity",
     [](const Source&, const ClassRow& row) {
       const auto* table = row.as<catalog::Table>();
       return flag_value(table && table->row_security);
     }},
    {"relforcerowsecurity",
     [](const Source&, const ClassRow& row) {
       const auto* table = row.as<catalog::Table>();
       return flag_value(table && table->force_row_security);
     }},
    {"relispopulated",
     [](const Source&, const ClassRow& row) {
       const auto* view = row.as<catalog::MaterializedView>();
       return flag_value(!view || view->populated);
     }},
    {"relreplident", replica_identity},
    {"relispartition", [](const Source&, const ClassRow& row) { return flag_value(is_partition(row)); }},
    {"relrewrite", [](const Source&, const ClassRow&) { return oid_value(0); }},
    {"relacl", [](const Source& source, const ClassRow& row) { return acl_value(source, row.object); }},
    {"reloptions", class_options},
    {"relpartbound", partition_bound},
};

// --- pg_attribute
// ------------------------------------------------------------------------------------------------------

struct AttributeRow {
  Oid relation = invalid_oid;
  int number = 0;
  std::string name;
  TypeRef type;
  Oid collation = invalid_oid;
  bool not_null = false;
  bool dropped = false;
  const catalog::Column* column = nullptr;
};

struct SystemColumn {
  int number;
  std::string_view name;
  Oid type;
};
constexpr SystemColumn system_columns[] = {{-1, "ctid", 27}, {-2, "xmin", 28}, {-3, "cmin", 29},
                                           {-4, "xmax", 28}, {-5, "cmax", 29}, {-6, "tableoid", 26}};

class AttributeRows {
 public:
  explicit AttributeRows(Interpreter& interpreter) : interpreter_(interpreter), cache_(interpreter.cache()) {}

  std::vector<AttributeRow> rows() {
    for (const ClassRow& relation : class_rows(interpreter_)) add(relation);
    return std::move(rows_);
  }

 private:
  void add(const ClassRow& relation) {
    if (const auto* index = relation.as<catalog::Index>()) return add_index(*index);
    if (relation.kind == 'S') return add_sequence(relation.oid);
    for (const analyze::ColumnRow& column : cache_.columns(relation.oid)) add_column(relation.oid, column);
    if (relation.kind == 'v' || relation.kind == 'c') return;
    add_system(relation.oid);
  }

  void add_column(Oid relation, const analyze::ColumnRow& column) {
    AttributeRow row{relation,
                     column.number,
                     std::string(column.name),
                     column.type,
                     column.collation,
                     column.not_null,
                     column.dropped,
                     interpreter_.catalog().find_as<catalog::Column>(column.column)};
    if (row.dropped) row.name = "........pg.dropped." + std::to_string(column.number) + "........";
    if (row.dropped) row.type = {0, column.type.typmod};
    rows_.push_back(std::move(row));
  }

  void add_index(const catalog::Index& index) {
    int number = 0;
    for (const auto* list : {&index.columns, &index.included})
      for (const catalog::IndexColumn& column : *list) {
        AttributeRow row{index.oid, ++number, column.name.str(), {}, column.collation.oid, false, false, nullptr};
        if (const auto* key = interpreter_.catalog().find_as<catalog::Column>(column.column.oid)) row.type = key->type;
        if (column.expression.tree)
          row.type = {expr::type_of(*column.expression.tree), expr::typmod_of(*column.expression.tree)};
        rows_.push_back(std::move(row));
      }
  }

  void add_sequence(Oid sequence) {
    int number = 0;
    for (const auto& [name, type] : {std::pair<std::string, Oid>{"last_value", 20}, {"log_cnt", 20}, {"is_called", 16}})
      rows_.push_back({sequence, ++number, name, {type, -1}, 0, true, false, nullptr});
    add_system(sequence);
  }

  void add_system(Oid relation) {
    for (const SystemColumn& column : system_columns)
      rows_.push_back({relation, column.number, std::string(column.name), {column.type, -1}, 0, true, false, nullptr});
  }

  Interpreter& interpreter_;
  const analyze::Syscache& cache_;
  std::vector<AttributeRow> rows_;
};

const builtin::Type* storage_type(const Source& source, Oid type) {
  const catalog::builtin::Builtin& all = source.cache.builtin();
  if (const auto* found = all.type_by_oid(type)) return found;
  const analyze::TypeRow* row = source.cache.type(type);
  if (row && row->kind == 'd') return storage_type(source, row->base_type);
  if (row && row->kind == 'e') return all.type_by_oid(3500);  // anyenum
  return nullptr;
}

/// What pg_type says of a column's values, for types whose row is known.
template <class Get>
Value of_type(const Source& source, const AttributeRow& row, Get get) {
  if (row.type.type == invalid_oid) return Value::unknown(invalid_oid, "storage of a dropped column");
  const builtin::Type* type = storage_type(source, row.type.type);
  return type ? get(*type) : Value::unknown(invalid_oid, "storage of a user's type");
}

bool has_default(const Source& source, const AttributeRow& row) {
  return row.column && !source.objects.children_of<catalog::ColumnDefault>(row.column->oid).empty();
}

Value statistics_target(const Source& source, const AttributeRow& row) {
  const int target = row.column ? row.column->statistics : row.number < 0 ? 0 : -1;
  if (source.cache.major() >= 17 && target == -1) return null_value();
  return number_value(target);
}

const CatalogColumn<AttributeRow> attribute_columns[] = {
    {"attrelid", [](const Source&, const AttributeRow& row) { return oid_value(row.relation); }},
    {"attname", [](const Source&, const AttributeRow& row) { return text_value(row.name); }},
    {"atttypid", [](const Source&, const AttributeRow& row) { return oid_value(row.type.type); }},
    {"attstattarget", statistics_target},
    {"attlen",
     [](const Source& source, const AttributeRow& row) {
       return of_type(source, row, [](const builtin::Type& type) { return number_value(type.typlen); });
     }},
    {"attnum", [](const Source&, const AttributeRow& row) { return number_value(row.number); }},
    {"attcacheoff", [](const Source&, const AttributeRow&) { return number_value(-1); }},
    {"atttypmod", [](const Source&, const AttributeRow& row) { return number_value(row.type.typmod); }},
    {"attbyval",
     [](const Source& source, const AttributeRow& row) {
       return of_type(source, row, [](const builtin::Type& type) { return flag_value(type.typbyval); });
     }},
    {"attalign",
     [](const Source& source, const AttributeRow& row) {
       return of_type(source, row, [](const builtin::Type& type) { return char_value(type.typalign); });
     }},
    {"attstorage",
     [](const Source& source, const AttributeRow& row) {
       if (row.column) return stored_value(row.column->storage);
       return of_type(source, row, [](const builtin::Type& type) { return char_value(type.typstorage); });
     }},
    {"attcompression",
     [](const Source&, const AttributeRow& row) { return text_value(row.column ? row.column->compression : ""); }},
    {"attnotnull", [](const Source&, const AttributeRow& row) { return flag_value(row.not_null); }},
    {"atthasdef", [](const Source& source, const AttributeRow& row) { return flag_value(has_default(source, row)); }},
    {"attidentity",
     [](const Source&, const AttributeRow& row) {
       return row.column ? stored_value(row.column->identity) : text_value("");
     }},
    {"attgenerated",
     [](const Source&, const AttributeRow& row) {
       return row.column ? stored_value(row.column->generated) : text_value("");
     }},
    {"attisdropped", [](const Source&, const AttributeRow& row) { return flag_value(row.dropped); }},
    {"attislocal", [](const Source&, const AttributeRow& row) { return flag_value(!row.column || row.column->local); }},
    {"attinhcount",
     [](const Source&, const AttributeRow& row) { return number_value(row.column ? row.column->inherited_from : 0); }},
    {"attcollation", [](const Source&, const AttributeRow& row) { return oid_value(row.collation); }},
    {"attacl", [](const Source& source,
                  const AttributeRow& row) { return row.column ? acl_value(source, row.column) : null_value(); }},
    {"attoptions",
     [](const Source&, const AttributeRow& row) {
       return row.column ? options_value(row.column->options) : null_value();
     }},
    {"attfdwoptions",
     [](const Source&, const AttributeRow& row) {
       return row.column ? options_value(row.column->foreign_options) : null_value();
     }},
};

// --- pg_attrdef
// --------------------------------------------------------------------------------------------------------

using Default = const catalog::ColumnDefault*;
const catalog::Column& column_of(const Source& source, const catalog::ColumnDefault& row) {
  return *source.objects.find_as<catalog::Column>(row.parent.oid);
}
const CatalogColumn<Default> default_columns[] = {
    {"oid", [](const Source&, const Default& row) { return oid_value(row->oid); }},
    {"adrelid", [](const Source& source, const Default& row) { return oid_value(column_of(source, *row).parent.oid); }},
    {"adnum", [](const Source& source, const Default& row) { return number_value(column_of(source, *row).number); }},
    {"adbin",
     [](const Source& source, const Default& row) {
       return expression_value(source, row->expression, column_of(source, *row).parent.oid);
     }},
};

// --- pg_inherits
// -------------------------------------------------------------------------------------------------------

struct InheritsRow {
  Oid child = invalid_oid, parent = invalid_oid;
  int number = 1;
  bool detach_pending = false;
};

std::vector<InheritsRow> inherits_rows(Interpreter& interpreter) {
  std::vector<InheritsRow> rows;
  const auto add = [&](const catalog::Object& child) {
    int number = 0;
    for (Oid parent : catalog::parents_of(child)) rows.push_back({child.oid, parent, ++number, false});
  };
  for (const auto* table : objects_of<catalog::Table>(interpreter)) {
    add(*table);
    if (table->partition_of) rows.back().detach_pending = table->detach_pending;
  }
  for (const auto* table : objects_of<catalog::ForeignTable>(interpreter)) add(*table);
  for (const auto* index : objects_of<catalog::Index>(interpreter)) add(*index);
  return rows;
}

const CatalogColumn<InheritsRow> inherits_columns[] = {
    {"inhrelid", [](const Source&, const InheritsRow& row) { return oid_value(row.child); }},
    {"inhparent", [](const Source&, const InheritsRow& row) { return oid_value(row.parent); }},
    {"inhseqno", [](const Source&, const InheritsRow& row) { return number_value(row.number); }},
    {"inhdetachpending", [](const Source&, const InheritsRow& row) { return flag_value(row.detach_pending); }},
};

// --- pg_index
// ----------------------------------------------------------------------------------------------------------

using IndexRow = const catalog::Index*;

const catalog::Constraint* constraint_of(const Source& source, const catalog::Index& index) {
  return source.objects.find_as<catalog::Constraint>(index.constraint.oid);
}

bool constraint_is(const Source& source, const catalog::Index& index, catalog::ConstraintType type) {
  const auto* constraint = constraint_of(source, index);
  return constraint && constraint->type == type;
}

std::int64_t key_number(const Source& source, const catalog::IndexColumn& column) {
  const auto* found = source.objects.find_as<catalog::Column>(column.column.oid);
  return found ? found->number : 0;
}

Value index_keys(const Source& source, const IndexRow& row) {
  std::vector<std::int64_t> numbers;
  for (const auto* list : {&row->columns, &row->included})
    for (const catalog::IndexColumn& column : *list) numbers.push_back(key_number(source, column));
  return numbers_value(numbers, true);
}

Value index_expressions(const Source& source, const IndexRow& row) {
  std::string text;
  for (const catalog::IndexColumn& column : row->columns) {
    if (column.expression.empty()) continue;
    const Value one = expression_value(source, column.expression, row->parent.oid);
    text += (text.empty() ? "" : ", ") + one.text;
  }
  return text.empty() ? null_value() : text_value(text);
}

template <class Get>
std::vector<Oid> key_oids(const catalog::Index& index, Get get) {
  std::vector<Oid> oids;
  for (const catalog::IndexColumn& column : index.columns) oids.push_back(get(column));
  return oids;
}

const CatalogColumn<IndexRow> index_columns[] = {
    {"indexrelid", [](const Source&, const IndexRow& row) { return oid_value(row->oid); }},
    {"indrelid", [](const Source&, const IndexRow& row) { return oid_value(row->parent.oid); }},
    {"indnatts",
     [](const Source&, const IndexRow& row) {
       return number_value(static_cast<std::int64_t>(row->columns.size() + row->included.size()));
     }},
    {"indnkeyatts",
     [](const Source&, const IndexRow& row) { return number_value(static_cast<std::int64_t>(row->columns.size())); }},
    {"indisunique", [](const Source&, const IndexRow& row) { return flag_value(row->unique); }},
    {"indnullsnotdistinct", [](const Source&, const IndexRow& row) { return flag_value(row->nulls_not_distinct); }},
    {"indisprimary",
     [](const Source& source, const IndexRow& row) {
       return flag_value(constraint_is(source, *row, catalog::ConstraintType::primary_key));
     }},
    {"indisexclusion",
     [](const Source& source, const IndexRow& row) {
       return flag_value(constraint_is(source, *row, catalog::ConstraintType::exclusion));
     }},
    {"indimmediate",
     [](const Source& source, const IndexRow& row) {
       const auto* constraint = constraint_of(source, *row);
       return flag_value(!constraint || !constraint->deferrable);
     }},
    {"indisclustered", [](const Source&, const IndexRow& row) { return flag_value(row->clustered); }},
    {"indisvalid", [](const Source&, const IndexRow& row) { return flag_value(row->valid); }},
    {"indcheckxmin", [](const Source&, const IndexRow&) { return flag_value(false); }},
    {"indisready", [](const Source&, const IndexRow&) { return flag_value(true); }},
    {"indislive", [](const Source&, const IndexRow&) { return flag_value(true); }},
    {"indisreplident", [](const Source&, const IndexRow& row) { return flag_value(row->replica_identity); }},
    {"indkey", index_keys},
    {"indcollation",
     [](const Source&, const IndexRow& row) {
       return oids_value(key_oids(*row, [](const catalog::IndexColumn& column) { return column.collation.oid; }), true);
     }},
    {"indclass",
     [](const Source&, const IndexRow& row) {
       return oids_value(key_oids(*row, [](const catalog::IndexColumn& column) { return column.operator_class.oid; }),
                         true);
     }},
    {"indoption",
     [](const Source&, const IndexRow& row) {
       return oids_value(key_oids(*row,
                                  [](const catalog::IndexColumn& column) {
                                    return Oid{column.descending ? 1u : 0u} | (column.nulls_first ? 2u : 0u);
                                  }),
                         true);
     }},
    {"indexprs", index_expressions},
    {"indpred", [](const Source& source,
                   const IndexRow& row) { return expression_value(source, row->predicate, row->parent.oid); }},
};

// --- pg_sequence, pg_partitioned_table
// ---------------------------------------------------------------------------------

using SequenceRow = const catalog::Sequence*;
const CatalogColumn<SequenceRow> sequence_columns[] = {
    {"seqrelid", [](const Source&, const SequenceRow& row) { return oid_value(row->oid); }},
    {"seqtypid", [](const Source&, const SequenceRow& row) { return oid_value(row->type.type); }},
    {"seqstart", [](const Source&, const SequenceRow& row) { return number_value(row->start); }},
    {"seqincrement", [](const Source&, const SequenceRow& row) { return number_value(row->increment); }},
    {"seqmax", [](const Source&, const SequenceRow& row) { return number_value(row->maximum); }},
    {"seqmin", [](const Source&, const SequenceRow& row) { return number_value(row->minimum); }},
    {"seqcache", [](const Source&, const SequenceRow& row) { return number_value(row->cache); }},
    {"seqcycle", [](const Source&, const SequenceRow& row) { return flag_value(row->cycle); }},
};

using PartitionedRow = const catalog::Table*;
const CatalogColumn<PartitionedRow> partitioned_columns[] = {
    {"partrelid", [](const Source&, const PartitionedRow& row) { return oid_value(row->oid); }},
    {"partstrat", [](const Source&, const PartitionedRow& row) { return stored_value(row->partition_strategy); }},
    {"partnatts",
     [](const Source&, const PartitionedRow& row) {
       return number_value(static_cast<std::int64_t>(row->partition_key_parts.size()));
     }},
    {"partattrs",
     [](const Source& source, const PartitionedRow& row) {
       std::vector<std::int64_t> numbers;
       for (const catalog::PartitionKeyPart& part : row->partition_key_parts) {
         const auto* column = source.objects.find_as<catalog::Column>(part.column.oid);
         numbers.push_back(column ? column->number : 0);
       }
       return numbers_value(numbers, true);
     }},
};

}  // namespace

RelationPtr make_pg_class(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, class_rows(interpreter), class_columns);
}
RelationPtr make_pg_attribute(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, AttributeRows(interpreter).rows(), attribute_columns);
}
RelationPtr make_pg_attrdef(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::ColumnDefault>(interpreter), default_columns);
}
RelationPtr make_pg_inherits(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, inherits_rows(interpreter), inherits_columns);
}
RelationPtr make_pg_index(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::Index>(interpreter), index_columns);
}
RelationPtr make_pg_sequence(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, objects_of<catalog::Sequence>(interpreter), sequence_columns);
}
RelationPtr make_pg_partitioned_table(Interpreter& interpreter, Oid relation) {
  std::vector<PartitionedRow> rows = objects_of<catalog::Table>(interpreter);
  std::erase_if(rows,
                [](PartitionedRow table) { return table->partition_strategy == catalog::PartitionStrategy::none; });
  return catalog_table(interpreter, relation, std::move(rows), partitioned_columns);
}

}  // namespace pgplumb::engine::evaluate
