#pragma once
// The tables and schemas that a publication publishes.
#include <vector>

#include "catalog/kinds/publication.h"
#include "catalog/kinds/publication_table.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

struct PublishedTable {
  Oid table = catalog::invalid_oid;
  ast::PublicationTable node;
  bool is_descendant = false;  // published because it inherits from the table that is named
};
struct PublicationObjects {
  std::vector<PublishedTable> tables;
  std::vector<Oid> schemas;
};

/// FOR TABLE …, TABLES IN SCHEMA …: ObjectsInPublicationToOids and OpenTableList.
PublicationObjects read_publication_objects(Interpreter& interpreter, ast::List<ast::Node> list);

void add_members(Interpreter& interpreter, catalog::Ref<catalog::Publication> publication,
                 const PublicationObjects& objects);
void drop_members(Interpreter& interpreter, catalog::Ref<catalog::Publication> publication,
                  const PublicationObjects& objects);
void set_members(Interpreter& interpreter, catalog::Ref<catalog::Publication> publication,
                 const PublicationObjects& objects);

/// Throws 22023 where publish_via_partition_root can't become false, since partitioned tables have filters or column lists.
void check_partition_root(const Interpreter& interpreter, catalog::Ref<catalog::Publication> publication);

}  // namespace pgplumb::engine::ddl
