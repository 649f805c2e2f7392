#pragma once
// Where the grammars of libpg_query's majors say one thing in two ways: read it here, and the code fits all of them.
#include <optional>
#include <string_view>

#include "parser/ast/ast.h"

namespace pgplumb::parser {

/// 'l', 'r' or 'h' as pg_partitioned_table.partstrat has it; '\0' for a word that is no strategy, which PostgreSQL
/// refuses with 22023 (partition_strategy of 15's parse_utilcmd.c, of 16's gram.y).
char partition_strategy(ast::PartitionSpec spec);

/// The target that ALTER STATISTICS sets; nothing for DEFAULT, which 17 has as a word and older ones as -1.
std::optional<int> statistics_target(ast::AlterStatsStmt statement);

/// Whether ALTER CONSTRAINT says anything of the constraint. Grammars before 18 have the same tree for NOT DEFERRABLE, so
/// they ask the statement's text; true where that does not hold the command, as that of EXECUTE does not.
bool has_constraint_attributes(ast::Node definition, std::string_view statement_text);

/// Whether the constraint is enforced: NOT ENFORCED exists from 18 on.
bool is_enforced(ast::Constraint constraint);

/// 's' stored or 'v' virtual, as pg_attribute.attgenerated has it; before 18 all generated columns are stored.
char generated_kind(ast::Constraint constraint);

}  // namespace pgplumb::parser
