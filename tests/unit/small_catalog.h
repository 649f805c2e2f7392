#pragma once
// A catalog that many tests start from: schema s with the table t (a integer DEFAULT 5, b text), and an index on a.
#include "catalog/catalog.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/table.h"

namespace pgplumb::tests {

struct SmallCatalog {
  catalog::Catalog catalog{15};
  catalog::Ref<catalog::Schema> schema;
  catalog::Ref<catalog::Table> table;
  catalog::Ref<catalog::Column> column;
  catalog::Ref<catalog::Index> index;
  catalog::Ref<catalog::ColumnDefault> column_default;

  SmallCatalog() {
    catalog.set_statement(catalog::StatementId{1});
    catalog::Schema s;
    s.name = "s";
    schema = catalog.insert(std::move(s));
    catalog::Table t;
    t.parent = schema;
    t.name = "t";
    t.access_method = {catalog::Kind::access_method, 2};
    table = catalog.insert(std::move(t));
    column = add_column("a", 23, 1);
    add_column("b", 25, 2);
    catalog::Index i;
    i.parent = table;
    i.name = "t_a_idx";
    i.method = {catalog::Kind::access_method, 403};
    i.columns.resize(1);
    i.columns[0].column = column;
    i.columns[0].operator_class = {catalog::Kind::operator_class, 1978};
    index = catalog.insert(std::move(i));
    catalog::ColumnDefault d;
    d.parent = column;
    d.expression.text = "5";
    column_default = catalog.insert(std::move(d));
    catalog.forget_undo();
  }

  catalog::Ref<catalog::Column> add_column(const char* name, catalog::Oid type, std::int16_t number) {
    catalog::Column c;
    c.parent = table;
    c.name = name;
    c.type = {type, -1};
    c.number = number;
    c.position = number;
    return catalog.insert(std::move(c));
  }
};

}  // namespace pgplumb::tests
