#include <git2.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catalog/base/diagnostic.h"
#include "parser/layout/file_tree.h"
#include "tests/catch.h"
#include "tests/unit/layout_support.h"

using namespace pgplumb;
using namespace pgplumb::parser;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// A directory of the test's own, removed afterwards.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "layout_XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Scratch() { fs::remove_all(path_); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  void link(const std::string& name, const std::string& target) const { fs::create_symlink(target, path_ / name); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string str() const { return path_.string(); }

 private:
  fs::path path_;
};

template <class F>
std::string refusal(F f) {
  try {
    f();
  } catch (const catalog::UsageError& error) {
    return error.what();
  }
  return {};
}

/// Commits all files of the directory to a new repository there.
void commit_all(const Scratch& scratch) {
  git_libgit2_init();
  git_repository* repository = nullptr;
  git_index* index = nullptr;
  git_tree* tree = nullptr;
  git_signature* author = nullptr;
  git_oid tree_id, commit_id;
  REQUIRE(git_repository_init(&repository, scratch.str().c_str(), 0) == 0);
  REQUIRE(git_repository_index(&index, repository) == 0);
  REQUIRE(git_index_add_all(index, nullptr, 0, nullptr, nullptr) == 0);
  REQUIRE(git_index_write_tree(&tree_id, index) == 0);
  REQUIRE(git_tree_lookup(&tree, repository, &tree_id) == 0);
  REQUIRE(git_signature_new(&author, "a", "a@example.org", 0, 0) == 0);
  REQUIRE(git_commit_create(&commit_id, repository, "HEAD", author, author, nullptr, "all", tree, 0, nullptr) == 0);
  git_signature_free(author);
  git_tree_free(tree);
  git_index_free(index);
  git_repository_free(repository);
  git_libgit2_shutdown();
}

std::vector<std::string> names(const FileTree& tree, const std::string& directory) {
  std::vector<std::string> out;
  for (const Entry& entry : tree.list(directory)) out.push_back(entry.name);
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("files on disk", "[layout]") {
  const Scratch scratch;
  scratch.write("m/b.sql", "B");
  scratch.write("m/a.sql", "A");
  scratch.write("m/sub/c.sql", "C");
  scratch.write("outside.sql", "X");
  scratch.link("m/inside.sql", "sub/c.sql");
  scratch.link("m/leaves.sql", "../outside.sql");
  scratch.link("m/broken.sql", "nowhere.sql");
  scratch.link("linked", "m");
  const auto tree = open_tree(scratch / "m");
  CHECK(names(*tree, "") == Texts{"a.sql", "b.sql", "broken.sql", "inside.sql", "leaves.sql", "sub"});
  CHECK(tree->has_directory("sub"));
  CHECK(tree->read("sub/c.sql") == "C");
  CHECK(tree->read("inside.sql") == "C");
  CHECK_THAT(refusal([&] { tree->read("leaves.sql"); }), Contains("leads out of"));
  CHECK_THAT(refusal([&] { tree->read("../outside.sql"); }), Contains("leads out of"));
  CHECK_THAT(refusal([&] { tree->read("broken.sql"); }), Contains("leads nowhere"));
  CHECK_THAT(refusal([&] { tree->read("sub"); }), Contains("is a directory"));
  CHECK_THAT(refusal([&] { open_tree(scratch / "none"); }), Contains("no such file"));
  CHECK(open_tree(scratch / "linked")->read("a.sql") == "A");
  CHECK(open_tree(scratch / "linked/a.sql")->read("") == "A");
  CHECK_THAT(tests::read(*tree)->error, Contains("broken.sql"));
  if (geteuid() != 0) {
    fs::permissions(scratch / "m/a.sql", fs::perms::none);
    CHECK_THAT(refusal([&] { tree->read("a.sql"); }), Contains("can't be read"));
  }
}

TEST_CASE("files at a Git revision", "[layout]") {
  const Scratch scratch;
  scratch.write("db/m/2.sql", "two");
  scratch.write("db/m/1.sql", "one");
  scratch.write("db/other.sql", "other");
  scratch.link("db/m/inside.sql", "./2.sql");
  scratch.link("db/m/leaves.sql", "../other.sql");
  scratch.link("db/m/far.sql", "/etc/passwd");
  scratch.link("db/m/ring.sql", "ring.sql");
  scratch.link("db/linked", "m");
  commit_all(scratch);
  scratch.write("db/m/1.sql", "changed since");
  const auto at = [&](const std::string& path) { return open_git_tree("HEAD", path, scratch.str()); };
  const auto tree = at("db/m");
  CHECK(tree->name() == "git:HEAD:db/m");
  CHECK(names(*tree, "") == Texts{"1.sql", "2.sql", "far.sql", "inside.sql", "leaves.sql", "ring.sql"});
  CHECK(tree->read("1.sql") == "one");
  CHECK(tree->read("inside.sql") == "two");
  CHECK(tree->display("1.sql") == "git:HEAD:db/m/1.sql");
  CHECK_THAT(refusal([&] { tree->read("leaves.sql"); }), Contains("leads out of"));
  CHECK_THAT(refusal([&] { tree->read("far.sql"); }), Contains("leads out of"));
  CHECK_THAT(refusal([&] { tree->read("ring.sql"); }), Contains("leads out of"));
  CHECK(names(*at(""), "db") == Texts{"linked", "m", "other.sql"});
  CHECK(at("db/linked")->read("2.sql") == "two");
  CHECK(at("db/m/2.sql")->has_file(""));
  CHECK(at("db/m/2.sql")->read("") == "two");
  CHECK(open_git_tree("HEAD", "./m", scratch / "db")->read("1.sql") == "one");
  CHECK_THAT(refusal([&] { at("db/none"); }), Contains("no such file"));
  CHECK_THAT(refusal([&] { at("../x"); }), Contains("out of the repository"));
  CHECK_THAT(refusal([&] { open_git_tree("nope", "db", scratch.str()); }), Contains("no revision nope"));
  CHECK_THAT(refusal([&] { open_git_tree("HEAD", "db", "/"); }), Contains("no Git repository"));
  CHECK_THAT(refusal([&] { open_tree("git:HEAD"); }), Contains("git:REVISION:PATH"));
}

TEST_CASE("the bundled histories are read in order", "[layout]") {
  const std::string root = std::string(PGPLUMB_SOURCE_DIR) + "/fixtures/layouts/";
  const auto check = [&](const std::string& directory, const std::string& layout, std::size_t files,
                         const std::string& last) {
    const auto result = tests::read(*open_tree(root + directory));
    INFO(result->error);
    CHECK(result->migrations.layout == layout);
    REQUIRE(result->migrations.files.size() == files);
    CHECK_THAT(result->migrations.files.back().path, Contains(last));
    for (const Script& script : parse_migrations(result->migrations, result->map))
      for (const Statement& statement : script.statements) CHECK_FALSE(statement.problem);
  };
  check("prisma/bookshop/migrations", "prisma", 10, "20241003064500_loyalty");
  check("drizzle/helpdesk/drizzle", "drizzle", 10, "0009_swift_orchard.sql");
  check("flyway/ledger/sql", "flyway", 10, "R__reporting_views.sql");
  check("flyway/ledger", "flyway", 10, "R__reporting_views.sql");
  check("golang_migrate/sensors/migrations", "golang_migrate", 10, "000010_comments.up.sql");
}
