#include "engine/ddl/index_statement.h"

#include "catalog/kinds/foreign_table.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/inheritance.h"

namespace pgplumb::engine::ddl {

namespace {

/// Options of an operator class: checked by its own support function, which is not here.
catalog::Options operator_class_options(ast::List<ast::Node> list) {
  catalog::Options options;
  for (ast::Node node : list) {
    const ast::DefElem option = node.as<ast::DefElem>();
    options.push_back(std::string(option.defname()) + "=" + (option.arg() ? def_string(option) : "true"));
  }
  return options;
}

/// A unique index can't reach into partitions that are foreign tables.
void refuse_foreign_partitions(const Catalog& catalog, const Object& table) {
  for (Oid partition : all_inheritors(catalog, table.oid)) {
    if (catalog.find(partition)->kind != Kind::foreign_table) continue;
    throw SqlError("42809", "cannot create unique index on partitioned table \"" + table.name.str() + "\"",
                   "Table \"" + table.name.str() + "\" contains partitions that are foreign tables.");
  }
}

}  // namespace

IndexElementSpec index_element(ast::IndexElem element) {  IndexElementSpec spec;
  spec.column = Name(element.name());
  spec.raw = element.expr();
  spec.given_name = Name(element.indexcolname());
  spec.collation_name = element.collation();
  spec.operator_class_name = element.opclass();
  spec.operator_class_options = operator_class_options(element.opclassopts());
  spec.has_direction = element.ordering() == ast::SortByDir::SORTBY_ASC || element.ordering() == ast::SortByDir::SORTBY_DESC;
  spec.descending = element.ordering() == ast::SortByDir::SORTBY_DESC;
  spec.has_nulls = element.nulls_ordering() == ast::SortByNulls::SORTBY_NULLS_FIRST ||
                   element.nulls_ordering() == ast::SortByNulls::SORTBY_NULLS_LAST;
  spec.nulls_first = element.nulls_ordering() == ast::SortByNulls::SORTBY_NULLS_FIRST;
  return spec;
}

IndexSpec index_spec(ast::IndexStmt statement) {
  IndexSpec spec;
  spec.name = Name(statement.idxname());
  if (!statement.access_method().empty()) spec.method = statement.access_method();
  for (ast::Node element : statement.index_params())
    spec.elements.push_back(index_element(element.as<ast::IndexElem>()));
  for (ast::Node element : statement.index_including_params())
    spec.included.push_back(index_element(element.as<ast::IndexElem>()));
  spec.option_list = statement.options();
  spec.tablespace = Name(statement.table_space());
  spec.raw_predicate = statement.where_clause();
  spec.unique = statement.unique();
  spec.nulls_not_distinct = statement.nulls_not_distinct();
  spec.concurrently = statement.concurrent();
  spec.if_not_exists = statement.if_not_exists();
  return spec;
}

void create_index(Interpreter& interpreter, ast::IndexStmt statement) {
  if (statement.concurrent()) interpreter.forbid_block("CREATE INDEX CONCURRENTLY");
  const Object& relation = require_relation(interpreter, statement.relation());
  const bool only = !statement.relation().inh();
  if (!only && statement.unique() && is_partitioned(interpreter.catalog(), relation.oid))
    refuse_foreign_partitions(interpreter.catalog(), relation);
  DefineIndex how;
  how.invalid = only;
  define_index(interpreter, relation.oid, index_spec(statement), how);
}

}  // namespace pgplumb::engine::ddl
