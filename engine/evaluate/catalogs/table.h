#pragma once
// System catalogs as relations: rows of the built-in data and of the Catalog's objects, and for each column how its
// value is found. A column that has no entry is not known; asking for it is fatal only to who decides by it.
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/builtin/builtin.h"
#include "catalog/catalog.h"
#include "engine/evaluate/executor.h"
#include "engine/evaluate/relation.h"

namespace pgplumb::engine::evaluate {

namespace builtin = catalog::builtin;
using catalog::Object;

/// What the values are taken from.
struct Source {
  Interpreter& interpreter;
  const analyze::Syscache& cache;
  const catalog::Catalog& objects;
};

template <class Row>
struct CatalogColumn {
  std::string_view name;
  Value (*get)(const Source& source, const Row& row);
};

inline Value text_value(std::string_view text) { return Value::of(invalid_oid, std::string(text)); }
inline Value oid_value(Oid oid) { return text_value(std::to_string(oid)); }
inline Value number_value(std::int64_t number) { return text_value(std::to_string(number)); }
inline Value flag_value(bool flag) { return text_value(flag ? "t" : "f"); }
inline Value char_value(char c) { return text_value(c ? std::string_view(&c, 1) : std::string_view()); }
inline Value null_value() { return {}; }
/// NULL for an empty list.
Value options_value(const std::vector<std::string>& options);
Value oids_value(const std::vector<Oid>& oids, bool vector);
Value numbers_value(const std::vector<std::int64_t>& numbers, bool vector);
/// The owner's oid: the bootstrap superuser's for a built-in row.
Value owner_value(const Source& source, const Object* object);
/// Its access control list, NULL where nobody changed it.
Value acl_value(const Source& source, const Object* object);

/// How pg_catalog stores the value of an enumeration.
template <class E>
Value stored_value(E value) {
  for (const catalog::EnumEntry& entry : enum_entries(value))
    if (entry.value == static_cast<int>(value)) return text_value(entry.stored);
  return null_value();
}

/// An expression or query as its text: what pg_get_expr() makes of the column. NULL where there is none.
Value expression_value(const Source& source, const catalog::Expr& expression, Oid relation);

/// The relation with this oid in the built-in catalogs, over the rows.
template <class Row>
class CatalogTable : public Relation {
 public:
  CatalogTable(Interpreter& interpreter, Oid relation, std::vector<Row> rows,
               std::span<const CatalogColumn<Row>> columns)
      : source_{interpreter, interpreter.cache(), interpreter.catalog()}, relation_(relation), rows_(std::move(rows)) {
    name_ = std::string(source_.cache.relation(relation)->name);
    for (const analyze::ColumnRow& attribute : source_.cache.columns(relation)) {
      attributes_.push_back({std::string(attribute.name), nullptr});
      for (const CatalogColumn<Row>& column : columns)
        if (column.name == attribute.name) attributes_.back().get = column.get;
    }
  }

  std::size_t size() const override { return rows_.size(); }
  Value value(std::size_t row, int attribute) const override {
    if (attribute == -6) return oid_value(relation_);
    if (attribute < 1) return Value::unknown(invalid_oid, "a system column of " + name_);
    const Attribute& wanted = attributes_[static_cast<std::size_t>(attribute - 1)];
    if (wanted.get) return wanted.get(source_, rows_[row]);
    return Value::unknown(invalid_oid, name_ + "." + wanted.name);
  }

 private:
  struct Attribute {
    std::string name;
    Value (*get)(const Source& source, const Row& row);
  };
  Source source_;
  Oid relation_;
  std::string name_;
  std::vector<Row> rows_;
  std::vector<Attribute> attributes_;
};

template <class Row, std::size_t count>
RelationPtr catalog_table(Interpreter& interpreter, Oid relation, std::vector<Row> rows,
                          const CatalogColumn<Row> (&columns)[count]) {
  return std::make_shared<CatalogTable<Row>>(interpreter, relation, std::move(rows), std::span(columns));
}

/// The objects of one kind, as rows.
template <class T>
std::vector<const T*> objects_of(const Interpreter& interpreter) {
  std::vector<const T*> found;
  interpreter.catalog().for_each<T>([&](const T& object) { found.push_back(&object); });
  return found;
}

/// The rows of a system catalog; null for one that is not modelled.
RelationPtr system_catalog(Interpreter& interpreter, Oid relation, std::string_view name);

#define CATALOG(name) RelationPtr make_##name(Interpreter& interpreter, Oid relation);
#include "engine/evaluate/catalogs/catalogs.def"
#undef CATALOG

}  // namespace pgplumb::engine::evaluate
