#pragma once
// CREATE INDEX as written.
#include "engine/ddl/index.h"

namespace pgplumb::engine::ddl {

IndexElementSpec index_element(ast::IndexElem element);
IndexSpec index_spec(ast::IndexStmt statement);

}  // namespace pgplumb::engine::ddl
