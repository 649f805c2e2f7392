#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "catalog/base/diagnostic.h"
#include "parser/layout/file_tree.h"
#include "parser/script.h"

namespace pgplumb::parser {

namespace {

namespace fs = std::filesystem;
using catalog::UsageError;

[[noreturn]] void fail(const std::string& shown, const std::string& reason) {
  throw UsageError(fmt::format("{}: {}", shown, reason));
}

EntryKind kind_of(fs::file_type type) {
  switch (type) {
    case fs::file_type::none:
    case fs::file_type::not_found:
      return EntryKind::none;
    case fs::file_type::regular:
      return EntryKind::file;
    case fs::file_type::directory:
      return EntryKind::directory;
    default:
      return EntryKind::other;
  }
}

bool lies_within(const fs::path& path, const fs::path& root) {
  return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

/// Reads no more than one byte over what a source may have, whatever the stream would give.
std::string read_stream(std::istream& stream, const std::string& shown) {
  std::string bytes;
  std::string block(std::size_t{1} << 16, '\0');
  while (stream && bytes.size() <= max_file_bytes) {
    stream.read(block.data(), static_cast<std::streamsize>(block.size()));
    bytes.append(block, 0, static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) fail(shown, "reading it failed");
  return bytes;
}

class DiskTree : public FileTree {
 public:
  explicit DiskTree(const std::string& path) : FileTree(path), root_(path) {
    std::error_code error;
    real_root_ = fs::canonical(root_, error);
    // A pipe of the shell's has no path of its own.
    std::error_code ignored;
    if (error && fs::exists(root_, ignored)) return;
    if (error)
      fail(path,
           error == std::errc::no_such_file_or_directory ? "there is no such file or directory" : error.message());
  }

  EntryKind kind(const std::string& path) const override {
    std::error_code error;
    const EntryKind found = kind_of(fs::status(at(path), error).type());
    // A pipe, as the shell's <(…) gives it, is read like a file where the user names it himself.
    return path.empty() && found == EntryKind::other ? EntryKind::file : found;
  }

  std::vector<Entry> list(const std::string& directory) const override {
    check_inside(directory);
    std::error_code error;
    std::vector<Entry> entries;
    for (fs::directory_iterator it(at(directory), error), end; !error && it != end; it.increment(error)) {
      std::error_code ignored;
      entries.push_back({it->path().filename().string(), kind_of(it->status(ignored).type())});
      // A link that leads nowhere is something that can't be read, not something that is not there.
      if (entries.back().kind == EntryKind::none) entries.back().kind = EntryKind::file;
    }
    if (error) fail(display(directory), error.message());
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return entries;
  }

  std::string read(const std::string& path) const override {
    check_inside(path);
    const EntryKind found = kind(path);
    if (found == EntryKind::none) fail(display(path), "there is no such file");
    if (found != EntryKind::file)
      fail(display(path), found == EntryKind::directory ? "it is a directory" : "it is no regular file");
    std::ifstream stream(at(path), std::ios::binary);
    if (!stream) fail(display(path), "it can't be read: " + std::generic_category().message(errno));
    return read_stream(stream, display(path));
  }

 private:
  fs::path at(const std::string& path) const { return path.empty() ? root_ : root_ / path; }

  // The root may be a link itself: the user named it.
  void check_inside(const std::string& path) const {
    if (path.empty()) return;
    std::error_code error;
    const fs::path real = fs::canonical(at(path), error);
    if (error == std::errc::no_such_file_or_directory) fail(display(path), "the symbolic link leads nowhere");
    if (error) fail(display(path), error.message());
    if (!lies_within(real, real_root_)) fail(display(path), fmt::format("the symbolic link leads out of {}", name()));
  }

  fs::path root_;
  fs::path real_root_;
};

class StandardInput : public FileTree {
 public:
  StandardInput() : FileTree("-") {}
  EntryKind kind(const std::string& path) const override { return path.empty() ? EntryKind::file : EntryKind::none; }
  std::vector<Entry> list(const std::string&) const override { return {}; }
  std::string read(const std::string&) const override { return read_stream(std::cin, name()); }
};

}  // namespace

std::string join_path(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (!path.empty() && path.back() != '/' && !name.empty()) path += '/';
  return path.append(name);
}

std::string FileTree::display(std::string_view path) const { return path.empty() ? name_ : join_path(name_, path); }

std::unique_ptr<FileTree> open_disk_tree(const std::string& path) { return std::make_unique<DiskTree>(path); }

std::unique_ptr<FileTree> open_tree(const std::string& source) {
  if (source == "-") return std::make_unique<StandardInput>();
  if (source.rfind("git:", 0) != 0) return open_disk_tree(source);
  const std::size_t colon = source.find(':', 4);
  if (colon == std::string::npos || colon == 4)
    fail(source, "write git:REVISION:PATH, for example git:main:db/migrations");
  return open_git_tree(source.substr(4, colon - 4), source.substr(colon + 1));
}

}  // namespace pgplumb::parser
