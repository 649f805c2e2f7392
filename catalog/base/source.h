#pragma once
// Where text came from: files, spans within them, and the statements that were read from them.
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/ids.h"

namespace pgplumb::catalog {

enum class FileId : std::uint32_t { none = 0 };

/// A stretch of a source file, in bytes.
struct Span {
  FileId file = FileId::none;
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  bool empty() const { return file == FileId::none; }
};

/// A position as an editor shows it: both count from 1; columns count UTF-8 characters, not bytes.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// One source file: its path as the user would write it, its text, and the migration that it belongs to.
struct SourceFile {
  std::string path;
  std::string text;
  std::string migration;  // the layout's own name or version; empty where there is none
};

/// Owns the texts of a run. Files may be added from several threads; references stay valid for the map's life.
class SourceMap {
 public:
  FileId add(SourceFile file);
  const SourceFile& file(FileId id) const;
  std::string_view text(Span span) const;
  Position position(FileId file, std::uint32_t offset) const;
  Position position(Span span) const { return position(span.file, span.offset); }
  /// The whole line, without its line end, that holds `offset`.
  std::string_view line_at(FileId file, std::uint32_t offset) const;

  /// Registers an executed statement, and names it for provenance.
  StatementId add_statement(Span span);
  Span statement(StatementId id) const;

 private:
  struct Entry {
    SourceFile file;
    std::vector<std::uint32_t> line_starts;
  };
  const Entry& entry(FileId id) const;

  mutable std::mutex mutex_;
  std::deque<Entry> files_;
  std::vector<Span> statements_;
};

}  // namespace pgplumb::catalog
