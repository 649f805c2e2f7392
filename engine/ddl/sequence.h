#pragma once
// Sequences: commands/sequence.c, and the sequences that serial and identity columns bring (parse_utilcmd.c).
#include <optional>
#include <string>
#include <vector>

#include "catalog/kinds/sequence.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

using catalog::Sequence;
using catalog::SequenceOwnership;

/// Applies the options to the sequence, with init_params' checks. `is_new`: what no option says gets its default.
/// OWNED BY is left to `set_sequence_owner`. Throws SqlError.
void apply_sequence_options(Interpreter& interpreter, Sequence& sequence, ast::List<ast::Node> options, bool is_new,
                            bool for_identity);

/// Only what differs is set, so that each field keeps the statement it came from.
void store_sequence_options(Interpreter& interpreter, Ref<Sequence> sequence, const Sequence& changed);
/// Changes a stored sequence as ALTER SEQUENCE does.
void alter_sequence_options(Interpreter& interpreter, Ref<Sequence> sequence, ast::List<ast::Node> options,
                            bool for_identity);

/// Gives the sequence of an identity column the column's new type.
void retype_sequence(Interpreter& interpreter, Ref<Sequence> sequence, Oid type);

/// OWNED BY among the options, if there is one: links the sequence to its column, or unlinks it (process_owned_by).
void set_sequence_owner(Interpreter& interpreter, Ref<Sequence> sequence, ast::List<ast::Node> options);

/// What a sequence is linked to has its owner and schema; throws 55000.
void require_same_home(const Sequence& sequence, const Object& relation);

/// Of the sequence of a column, where the table has this: before 15, no sequence was unlogged.
catalog::Persistence sequence_persistence(const Interpreter& interpreter, catalog::Persistence of_table);

/// The name that SEQUENCE NAME gives among an identity column's options.
std::optional<std::vector<std::string>> given_sequence_name(ast::List<ast::Node> options);

/// The sequence of a column that is about to be made: all but its owning column.
struct ColumnSequence {
  Oid schema = invalid_oid;        // of the table
  std::string_view table;
  std::string_view column;
  catalog::Persistence persistence = catalog::Persistence::permanent;  // of the table
  Name owner;
  Oid type = invalid_oid;          // smallint, integer or bigint; of identity columns, whatever the column's is
  ast::List<ast::Node> options;    // of an identity column
  bool for_identity = false;
};
Ref<Sequence> create_column_sequence(Interpreter& interpreter, const ColumnSequence& column);

/// The sequence that belongs to the identity column; null where there is none (getIdentitySequence). A partition's column
/// shares that of its topmost partitioned table.
const Sequence* identity_sequence(const catalog::Catalog& catalog, Oid column);

}  // namespace pgplumb::engine::ddl
