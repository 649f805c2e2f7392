#pragma once
// Files to statements, all at once.
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/source.h"
#include "parser/split.h"
#include "parser/statement.h"

namespace pgplumb::parser {

/// What of a file is to run.
struct ScriptSource {
  catalog::FileId file = catalog::FileId::none;
  std::vector<catalog::Span> parts;  // in order; empty means the whole file
  Dialect dialect;
  bool keep_going = false;  // past what never ends
};

/// Scripts in the order of their sources, as StatementStream reads them.
std::vector<Script> parse_all(const std::vector<ScriptSource>& sources, const catalog::SourceMap& sources_text);

Script parse_script(const ScriptSource& source, const catalog::SourceMap& sources_text);

/// The statements of a text that is in no file as it stands, such as one whose psql variables have been replaced. All
/// of them have the place `span`.
std::vector<Statement> parse_text(std::string_view text, catalog::Span span, Dialect dialect);

/// A file's bytes as text: without a byte order mark, and checked to be UTF-8 without NUL bytes; otherwise, or if there
/// is more than `max_file_bytes`, throws catalog::UsageError that names `path`.
std::string source_text(const std::string& path, std::string bytes);
inline constexpr std::size_t max_file_bytes = std::size_t{128} << 20;

}  // namespace pgplumb::parser
