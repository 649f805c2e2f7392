#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "catalog/base/diagnostic.h"
#include "parser/layout/file_tree.h"
#include "parser/script.h"

namespace pgplumb::parser {

namespace {

using catalog::UsageError;

// A chain of links longer than this is taken for a ring, as the kernel takes it.
constexpr int max_links = 40;

template <class T, void (*free)(T*)>
struct Freed {
  void operator()(T* pointer) const { free(pointer); }
};
using Repository = std::unique_ptr<git_repository, Freed<git_repository, git_repository_free>>;
using Object = std::unique_ptr<git_object, Freed<git_object, git_object_free>>;
using Tree = std::unique_ptr<git_tree, Freed<git_tree, git_tree_free>>;
using TreeEntry = std::unique_ptr<git_tree_entry, Freed<git_tree_entry, git_tree_entry_free>>;

std::string last_message() {
  const git_error* error = git_error_last();
  return error != nullptr && error->message != nullptr ? error->message : "unknown error";
}

struct Library {
  Library() { git_libgit2_init(); }
  ~Library() { git_libgit2_shutdown(); }
};

/// The parts of a path without empty ones and dots; nothing where `..` would leave the root.
bool normalize(std::string_view path, std::vector<std::string>& parts) {
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.emplace_back(part);
    } else {
      if (parts.empty()) return false;
      parts.pop_back();
    }
  }
  return true;
}

std::string joined(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, "/")); }

EntryKind tree_entry_kind(const git_tree_entry* entry) {
  switch (git_tree_entry_type(entry)) {
    case GIT_OBJECT_BLOB:
      return EntryKind::file;
    case GIT_OBJECT_TREE:
      return EntryKind::directory;
    default:
      return EntryKind::other;
  }
}

class GitTree : public FileTree {
 public:
  GitTree(const std::string& revision, const std::string& path, const std::string& start)
      : FileTree(fmt::format("git:{}:{}", revision, path)) {
    git_repository* repository = nullptr;
    if (git_repository_open_ext(&repository, start.c_str(), 0, nullptr) != 0)
      fail(name(), "the working directory is in no Git repository: " + last_message());
    repository_.reset(repository);
    git_object* object = nullptr;
    if (git_revparse_single(&object, repository, (revision + "^{tree}").c_str()) != 0)
      fail(name(), fmt::format("there is no revision {}: {}", revision, last_message()));
    const Object held(object);
    git_tree* tree = nullptr;
    if (git_tree_lookup(&tree, repository, git_object_id(object)) != 0) fail(name(), last_message());
    tree_.reset(tree);
    if (!normalize(from_root(path, start), root_)) fail(name(), "the path leads out of the repository");
    if (kind("") == EntryKind::none) fail(name(), fmt::format("there is no such file or directory in {}", revision));
  }

  EntryKind kind(const std::string& path) const override {
    if (resolve(path).empty()) return EntryKind::directory;
    const TreeEntry entry = find(resolve(path));
    return entry ? tree_entry_kind(entry.get()) : EntryKind::none;
  }

  std::vector<Entry> list(const std::string& directory) const override {
    const std::vector<std::string> place = resolve(directory);
    check_inside(directory, place);
    Tree held;
    const git_tree* tree = tree_.get();
    if (!place.empty()) {
      const TreeEntry entry = find(place);
      git_tree* found = nullptr;
      if (!entry || git_tree_lookup(&found, repository_.get(), git_tree_entry_id(entry.get())) != 0)
        fail(display(directory), "there is no such directory");
      held.reset(found);
      tree = found;
    }
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree, i);
      const std::string entry_name = git_tree_entry_name(entry);
      const bool link = git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK;
      EntryKind entry_kind = link ? kind(join_path(directory, entry_name)) : tree_entry_kind(entry);
      if (entry_kind == EntryKind::none) entry_kind = EntryKind::file;
      entries.push_back({entry_name, entry_kind});
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return entries;
  }

  std::string read(const std::string& path) const override {
    const std::vector<std::string> place = resolve(path);
    check_inside(path, place);
    const TreeEntry entry = find(place);
    if (!entry) fail(display(path), "there is no such file");
    if (git_tree_entry_type(entry.get()) != GIT_OBJECT_BLOB) fail(display(path), "it is no file");
    return blob(entry.get(), path);
  }

 private:
  [[noreturn]] static void fail(const std::string& shown, const std::string& reason) {
    throw UsageError(fmt::format("{}: {}", shown, reason));
  }

  // What starts with ./ counts from `start`, as for git show.
  std::string from_root(const std::string& path, const std::string& start) const {
    const char* work_tree = git_repository_workdir(repository_.get());
    const bool relative = path == "." || path == ".." || path.rfind("./", 0) == 0 || path.rfind("../", 0) == 0;
    if (!relative || work_tree == nullptr) return path;
    std::error_code error;
    const auto here = std::filesystem::canonical(start, error);
    const auto top = std::filesystem::canonical(work_tree, error);
    return join_path(here.lexically_relative(top).generic_string(), path);
  }

  TreeEntry find(const std::vector<std::string>& place) const {
    git_tree_entry* entry = nullptr;
    if (place.empty() || git_tree_entry_bypath(&entry, tree_.get(), joined(place).c_str()) != 0) return nullptr;
    return TreeEntry(entry);
  }

  std::string blob(const git_tree_entry* entry, const std::string& path) const {
    git_blob* found = nullptr;
    if (git_blob_lookup(&found, repository_.get(), git_tree_entry_id(entry)) != 0) fail(display(path), last_message());
    const std::unique_ptr<git_blob, Freed<git_blob, git_blob_free>> held(found);
    const auto size = static_cast<std::size_t>(git_blob_rawsize(found));
    return {static_cast<const char*>(git_blob_rawcontent(found)), std::min(size, max_file_bytes + 1)};
  }

  // Follows the links on the way; a link out of the repository, or a ring of links, leads to nothing.
  std::vector<std::string> resolve(const std::string& path) const {
    std::vector<std::string> rest = root_;
    if (!normalize(path, rest)) return {nowhere};
    std::vector<std::string> place;
    int links = 0;
    while (!rest.empty()) {
      place.push_back(rest.front());
      rest.erase(rest.begin());
      const TreeEntry entry = find(place);
      if (!entry || git_tree_entry_filemode(entry.get()) != GIT_FILEMODE_LINK) continue;
      place.pop_back();
      const std::string target = blob(entry.get(), path);
      if (++links > max_links || target.rfind('/', 0) == 0 || !normalize(target, place)) return {nowhere};
      rest.insert(rest.begin(), place.begin(), place.end());
      place.clear();
    }
    return place;
  }

  void check_inside(const std::string& path, const std::vector<std::string>& place) const {
    const std::vector<std::string> real_root = resolve("");
    const bool inside =
        place.size() >= real_root.size() && std::equal(real_root.begin(), real_root.end(), place.begin());
    if (!inside) fail(display(path), fmt::format("the symbolic link leads out of {}", name()));
  }

  // No tree has an entry of this name.
  static inline const std::string nowhere = "..";

  Library library_;
  Repository repository_;
  Tree tree_;
  std::vector<std::string> root_;
};

}  // namespace

std::unique_ptr<FileTree> open_git_tree(const std::string& revision, const std::string& path,
                                        const std::string& start) {
  return std::make_unique<GitTree>(revision, path, start);
}

}  // namespace pgplumb::parser
