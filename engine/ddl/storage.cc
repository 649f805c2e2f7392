#include "engine/ddl/storage.h"

#include "engine/ddl/def_elem.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

bool is_toastable(Interpreter& interpreter, Oid type) { return type_storage(interpreter, type) != Storage::plain; }

}  // namespace

void require_storage_word(const Interpreter& interpreter, std::string_view word) {
  const auto is = [&](std::string_view known) { return equals_ignoring_case(word, known); };
  if (is("plain") || is("external") || is("extended") || is("main")) return;
  if (is("default") && interpreter.major() >= 16) return;
  throw SqlError("22023", "invalid storage type \"" + std::string(word) + "\"");
}

Storage column_storage(Interpreter& interpreter, Oid type, std::string_view word) {
  require_storage_word(interpreter, word);
  Storage storage = Storage::plain;
  if (equals_ignoring_case(word, "external"))
    storage = Storage::external;
  else if (equals_ignoring_case(word, "extended"))
    storage = Storage::extended;
  else if (equals_ignoring_case(word, "main"))
    storage = Storage::main;
  else if (equals_ignoring_case(word, "default"))
    return type_storage(interpreter, type);
  if (storage != Storage::plain && !is_toastable(interpreter, type))
    throw SqlError("0A000", "column data type " + type_name(interpreter, type) + " can only have storage PLAIN");
  return storage;
}

std::string column_compression(Interpreter& interpreter, Oid type, std::string_view word) {
  if (word.empty() || word == "default") return {};
  if (!is_toastable(interpreter, type))
    throw SqlError("0A000", "column data type " + type_name(interpreter, type) + " does not support compression");
  if (word == "pglz") return "p";
  if (word == "lz4") return "l";
  throw SqlError("22023", "invalid compression method \"" + std::string(word) + "\"");
}

void apply_column_storage(Interpreter& interpreter, ColumnSpec& column) {
  if (!column.compression_word.empty())
    column.compression = column_compression(interpreter, column.type.type, column.compression_word);
  if (!column.storage_word.empty()) column.storage = column_storage(interpreter, column.type.type, column.storage_word);
}

Name require_tablespace(Name name) {
  if (name.view() == "pg_global")
    throw SqlError("22023", "only shared relations can be placed in pg_global tablespace");
  return name.view() == "pg_default" ? Name() : name;
}

Name resolve_tablespace(Interpreter& interpreter, Name named, bool use_default, bool is_partitioned, bool is_temporary) {
  if (!named.empty()) {
    const Name tablespace = require_tablespace(named);
    if (is_partitioned && tablespace.empty())
      throw SqlError("0A000", "cannot specify default tablespace for partitioned relations");
    return tablespace;
  }
  if (!use_default || is_temporary) return {};
  const Name usual = interpreter.session().parameter("default_tablespace").value_or("");
  if (usual.empty()) return {};
  if (usual.view() == "pg_default") {
    if (is_partitioned) throw SqlError("0A000", "cannot specify default tablespace for partitioned relations");
    return {};
  }
  return require_tablespace(usual);
}

}  // namespace pgplumb::engine::ddl
