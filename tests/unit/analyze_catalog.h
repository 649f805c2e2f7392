#pragma once
// A small catalog to analyse in: public.t with a column of each everyday type, public.t2, an enum, a domain, functions.
#include <string>
#include <vector>

#include "catalog/base/diagnostic.h"
#include "catalog/catalog.h"
#include "catalog/query_nodes.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/enum_type.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/sequence.h"
#include "catalog/kinds/table.h"
#include "catalog/type_oids.h"
#include "engine/analyze/api.h"
#include "engine/deparse/deparse.h"
#include "parser/expression.h"
#include "parser/pg_query.h"

namespace pgplumb::tests {

namespace types = catalog::types;
using catalog::Oid;
using catalog::TypeRef;

class AnalyzeCatalog {
 public:
  explicit AnalyzeCatalog(int major = 15) : objects(major) {
    catalog::Schema public_schema;
    public_schema.name = "public";
    schema = objects.insert(public_schema).oid;
    mood = objects.insert(enum_type()).oid;
    positive = objects.insert(domain("positive", types::int4)).oid;
    counter = objects.insert(named<catalog::Sequence>("counter")).oid;
    t = table("t", {{"id", {types::int4, -1}},      {"i8", {types::int8, -1}},       {"n", {types::numeric, -1}},
                    {"n2", {types::numeric, 655366}}, {"s", {types::text, -1}},        {"v", {types::varchar, 24}},
                    {"b", {types::bool_, -1}},      {"d", {types::date, -1}},        {"tz", {types::timestamptz, -1}},
                    {"jb", {types::jsonb, -1}},     {"ia", {types::int4_array, -1}}, {"sa", {types::text_array, -1}},
                    {"m", {mood, -1}},              {"pos", {positive, -1}}});
    t2 = table("t2", {{"id", {types::int4, -1}}, {"t_id", {types::int4, -1}}, {"label", {types::text, -1}}});
    primary_key(t2, "id");
    function("f", {types::int4}, types::int4);
    function("f", {types::text}, types::text);
  }

  engine::analyze::Analyzer analyzer() const { return {objects.major(), &objects, {11, schema}}; }
  engine::analyze::Analyzer printer() const { return {objects.major(), &objects, {11}}; }

  /// A CHECK-like expression over t, as the server would print it; or "SQLSTATE: message".
  std::string expression(const std::string& text) const;
  /// A column default of the type, likewise; empty for none.
  std::string column_default(const std::string& text, TypeRef type) const;
  /// A query as pg_get_viewdef prints it, likewise, on one line.
  std::string query(const std::string& text) const;

  catalog::Catalog objects;
  Oid schema, mood, positive, counter, t, t2;

 private:
  template <class T>
  T named(const char* name) const {
    T object;
    object.name = name;
    object.parent = {catalog::Kind::schema, schema};
    return object;
  }
  catalog::EnumType enum_type() const {
    auto type = named<catalog::EnumType>("mood");
    type.labels = {"sad", "ok"};
    return type;
  }
  catalog::Domain domain(const char* name, Oid base) const {
    auto type = named<catalog::Domain>(name);
    type.base = {base, -1};
    return type;
  }
  struct ColumnSpec {
    const char* name;
    TypeRef type;
  };
  Oid table(const char* name, const std::vector<ColumnSpec>& columns);
  void primary_key(Oid relation, const char* column);
  void function(const char* name, const std::vector<Oid>& args, Oid result);
};

}  // namespace pgplumb::tests
