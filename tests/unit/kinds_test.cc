// The kinds' tables as a whole: what generic code relies on.
#include <set>

#include "catalog/kind_info.h"
#include "catalog/kinds/foreign_options.h"
#include "tests/catch.h"

using namespace pgplumb::catalog;

TEST_CASE("every kind has words, a name, an oid and a place to be read from", "[kinds]") {
  std::set<std::string_view> words;
  for (const KindInfo* kind : all_kinds()) {
    INFO(kind->word);
    CHECK(words.insert(kind->word).second);
    CHECK(kind_from_word(kind->word) == kind->kind);
    CHECK(kind->make()->kind == kind->kind);
    CHECK_FALSE(kind->noun.empty());
    CHECK_FALSE(kind->label.empty());
    if (kind->kind == Kind::grant) continue;  // read with its target
    CHECK_FALSE(kind->from.empty());
    CHECK_FALSE(kind->oid_sql.empty());
    CHECK(kind->catalog_oid != 0);
    CHECK(kind->traits.has_owner == !kind->owner_sql.empty());
    CHECK(kind->acl_sql.empty() == (kind->acl_type == 0));
  }
}

TEST_CASE("every field has a name of its own, and what is compared is read", "[kinds]") {
  for (const KindInfo* kind : all_kinds()) {
    std::set<std::string_view> names;
    std::set<const void*> tags;
    bool has_identity = false;
    for (const FieldInfo& field : kind->fields) {
      INFO(kind->word << "." << field.name);
      CHECK(names.insert(field.name).second);
      CHECK(tags.insert(field.tag).second);
      if (kind->kind != Kind::grant && field.role.role != Role::info) CHECK_FALSE(field.sql.empty());
      has_identity = has_identity || field.role.role == Role::identity || field.role.role == Role::parent;
    }
    INFO(kind->word);
    CHECK(has_identity);
  }
}

TEST_CASE("what an expression may name is said of every expression that can name something", "[kinds]") {
  for (const KindInfo* kind : all_kinds()) {
    for (const FieldInfo& field : kind->fields) {
      INFO(kind->word << "." << field.name);
      if (field.ops->is_query) CHECK(field.scope == ExprScope::query);
    }
  }
}

TEST_CASE("foreign options are hidden unless they are known to be harmless", "[kinds]") {
  CHECK(visible_option("host=db.example.com") == "host=db.example.com");
  CHECK(visible_option("host=a=b") == "host=a=b");
  CHECK(visible_option("default=x") == "default=x");
  CHECK(visible_option("password=secret") == "password=(hidden)");
  CHECK(visible_option("hos=secret") == "hos=(hidden)");
  CHECK(visible_option("hostname=secret") == "hostname=(hidden)");
  CHECK(visible_option("HOST=secret") == "HOST=(hidden)");
  CHECK(visible_option("host|port=secret") == "host|port=(hidden)");
}
