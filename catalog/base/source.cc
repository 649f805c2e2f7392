#include "catalog/base/source.h"

#include <algorithm>

namespace pgplumb::catalog {

namespace {

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') starts.push_back(static_cast<std::uint32_t>(i + 1));
  return starts;
}

std::uint32_t count_characters(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

FileId SourceMap::add(SourceFile file) {
  Entry entry{std::move(file), {}};
  entry.line_starts = find_line_starts(entry.file.text);
  std::lock_guard lock(mutex_);
  files_.push_back(std::move(entry));
  return static_cast<FileId>(files_.size());
}

const SourceMap::Entry& SourceMap::entry(FileId id) const {
  std::lock_guard lock(mutex_);
  return files_.at(static_cast<std::size_t>(id) - 1);
}

const SourceFile& SourceMap::file(FileId id) const { return entry(id).file; }

std::string_view SourceMap::text(Span span) const {
  if (span.empty()) return {};
  return std::string_view(file(span.file).text).substr(span.offset, span.length);
}

Position SourceMap::position(FileId file, std::uint32_t offset) const {
  if (file == FileId::none) return {};
  const Entry& found = entry(file);
  const auto next = std::upper_bound(found.line_starts.begin(), found.line_starts.end(), offset);
  const std::uint32_t start = *(next - 1);
  const std::string_view before = std::string_view(found.file.text).substr(start, offset - start);
  return {static_cast<std::uint32_t>(next - found.line_starts.begin()), count_characters(before) + 1};
}

std::string_view SourceMap::line_at(FileId file, std::uint32_t offset) const {
  if (file == FileId::none) return {};
  const std::string_view text = this->file(file).text;
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text.size()));
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  std::string_view line = text.substr(start, text.find('\n', start) - start);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

StatementId SourceMap::add_statement(Span span) {
  std::lock_guard lock(mutex_);
  statements_.push_back(span);
  return static_cast<StatementId>(statements_.size());
}

Span SourceMap::statement(StatementId id) const {
  if (id == StatementId::none) return {};
  std::lock_guard lock(mutex_);
  return statements_.at(static_cast<std::size_t>(id) - 1);
}

}  // namespace pgplumb::catalog
