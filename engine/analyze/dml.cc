#include "engine/analyze/dml.h"

namespace pgplumb::engine::analyze {

QueryPtr transform_insert(ParseState&, ast::InsertStmt) { not_simulated("INSERT within a stored query"); }
QueryPtr transform_update(ParseState&, ast::UpdateStmt) { not_simulated("UPDATE within a stored query"); }
QueryPtr transform_delete(ParseState&, ast::DeleteStmt) { not_simulated("DELETE within a stored query"); }

}  // namespace pgplumb::engine::analyze
