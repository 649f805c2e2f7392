#pragma once
// STORAGE and COMPRESSION of columns, tablespaces: GetAttributeStorage and GetAttributeCompression of
// commands/tablecmds.c, GetDefaultTablespace of commands/tablespace.c.
#include <string>
#include <string_view>

#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// What a column's declaration says of storage and compression. That is looked at when all else of the declarations
/// has been (DefineRelation).
void apply_column_storage(Interpreter& interpreter, ColumnSpec& column);

/// Throws 22023 where STORAGE's word is none.
void require_storage_word(const Interpreter& interpreter, std::string_view word);
/// STORAGE's word for a column of that type; throws 22023, or 0A000 where the type allows PLAIN alone.
Storage column_storage(Interpreter& interpreter, Oid type, std::string_view word);
/// COMPRESSION's word as pg_attribute.attcompression has it; empty for DEFAULT.
std::string column_compression(Interpreter& interpreter, Oid type, std::string_view word);

/// The tablespace of a new relation: the one named, or default_tablespace where that may be used. Empty means the
/// database's own.
Name resolve_tablespace(Interpreter& interpreter, Name named, bool use_default, bool is_partitioned, bool is_temporary);
/// The tablespace that a statement names; empty for pg_default. Who looks after the servers makes tablespaces, and
/// migrations seldom do: like roles, they are taken to exist.
Name require_tablespace(Name name);

}  // namespace pgplumb::engine::ddl
