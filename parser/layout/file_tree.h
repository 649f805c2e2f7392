#pragma once
// A place that files are read from: a directory or a file on disk, or either of them at a Git revision. Layouts read
// through it and need not know which it is.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::parser {

enum class EntryKind { none, file, directory, other };

struct Entry {
  std::string name;
  EntryKind kind = EntryKind::none;
};

/// Paths within a tree are relative to its root and use '/'; the root is the empty path. What can't be read throws
/// catalog::UsageError with one line that names it; so does a symbolic link that leads out of the tree.
class FileTree {
 public:
  explicit FileTree(std::string name) : name_(std::move(name)) {}
  virtual ~FileTree() = default;

  /// The root as the user wrote it.
  const std::string& name() const { return name_; }
  /// A path as a person would write it, root included.
  std::string display(std::string_view path) const;

  /// What is there; a symbolic link counts as what it leads to.
  virtual EntryKind kind(const std::string& path) const = 0;
  bool has_file(const std::string& path) const { return kind(path) == EntryKind::file; }
  bool has_directory(const std::string& path) const { return kind(path) == EntryKind::directory; }

  /// The entries of one directory by name, in byte order.
  virtual std::vector<Entry> list(const std::string& directory) const = 0;
  /// A file's bytes.
  virtual std::string read(const std::string& path) const = 0;

 private:
  std::string name_;
};

/// `a/b` of `a` and `b`; the other one where one of them is empty.
std::string join_path(std::string_view directory, std::string_view name);

std::unique_ptr<FileTree> open_disk_tree(const std::string& path);

/// PATH at REVISION of the repository that `start` is in (the working directory by default), from the object store. As
/// for `git show`, PATH counts from the repository's root; `./` counts it from `start`.
std::unique_ptr<FileTree> open_git_tree(const std::string& revision, const std::string& path,
                                        const std::string& start = ".");

/// `git:REV:PATH`, a path, or `-` for standard input.
std::unique_ptr<FileTree> open_tree(const std::string& source);

}  // namespace pgplumb::parser
