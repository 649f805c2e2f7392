#include "cli/equivalence.h"

#include "engine/live_text.h"

namespace pgplumb::cli {

namespace {

using catalog::Expr;
using catalog::FieldInfo;
using catalog::Object;
using diff::Equivalent;
using engine::LiveTree;

bool same_tree(const LiveTree& a, const LiveTree& b) {
  return a.query || b.query ? a.query == b.query : a.expression == b.expression;
}

/// Whether two texts mean the same to PostgreSQL. Both are analysed in the expected catalog; the second form of the
/// expected text, analysed again from its print, is what a dump and restore makes of it.
class TextPair {
 public:
  TextPair(const LoadedSource& expected, const LoadedSource& actual, const FieldInfo& field, const Object& expected_owner,
           const Object& actual_owner)
      : expected_(*expected.catalog),
        actual_(*actual.catalog),
        field_(field),
        expected_owner_(expected_owner),
        actual_owner_(actual_owner) {}

  Equivalent compare(const std::string& expected_text, const LiveTree& expected_tree, const std::string& actual_text) const {
    const auto actual = read(actual_text);
    const auto restored = read(expected_text);
    if (actual && expected_tree && same_tree(*actual, expected_tree)) return Equivalent::yes;
    if (!actual || !restored)
      return refers_to_what_is_not_expected(actual.has_value(), actual_text) ? Equivalent::no : Equivalent::unknown;
    if (same_tree(*actual, *restored)) return Equivalent::yes;
    const auto settled_actual = settled(*actual), settled_restored = settled(*restored);
    if (!settled_actual || !settled_restored) return Equivalent::unknown;
    return same_tree(*settled_actual, *settled_restored) ? Equivalent::yes : Equivalent::no;
  }

 private:
  std::optional<LiveTree> read(const std::string& text) const {
    return engine::analyze_live_text(expected_, expected_owner_, field_, text);
  }

  /// PostgreSQL prints some forms otherwise once they were read back; what that gives stays as it is, or else is not
  /// understood.
  std::optional<LiveTree> settled(const LiveTree& tree) const {
    if (tree.fixpoint) return tree;
    auto again = read(tree.printed);
    return again && again->fixpoint ? again : std::nullopt;
  }

  /// The text means something in its own catalog and nothing in the expected one: they can't be the same.
  bool refers_to_what_is_not_expected(bool analysed, const std::string& actual_text) const {
    if (analysed) return false;
    const auto own = engine::analyze_live_text(actual_, actual_owner_, field_, actual_text);
    return own && own->fixpoint;
  }

  const catalog::Catalog& expected_;
  const catalog::Catalog& actual_;
  const FieldInfo& field_;
  const Object& expected_owner_;
  const Object& actual_owner_;
};

LiveTree held_tree(const Expr& expression) {
  LiveTree held;
  held.expression = expression.tree;
  return held;
}

std::vector<Expr*> expressions_of(const FieldInfo& field, Object& object) {
  std::vector<Expr*> found;
  field.ops->visit_exprs(field.get_mutable(&object), [&](Expr& expression) { found.push_back(&expression); });
  return found;
}

}  // namespace

Equivalent AnalysedEquivalence::compare_queries(const FieldInfo& field, const Object& expected, const Object& actual) {
  const auto& left = *static_cast<const catalog::Query*>(field.get(&expected));
  const auto& right = *static_cast<const catalog::Query*>(field.get(&actual));
  if (left.empty() || right.empty()) return Equivalent::no;
  LiveTree held;
  held.query = left.tree;
  return TextPair(expected_, actual_, field, expected, actual).compare(left.text, held, right.text);
}

Equivalent AnalysedEquivalence::compare_expressions(const FieldInfo& field, const Object& expected, const Object& actual) {
  const TextPair pair(expected_, actual_, field, expected, actual);
  const std::shared_ptr<Object> left = catalog::kind_info(expected.kind).clone(expected);
  const std::shared_ptr<Object> right = catalog::kind_info(actual.kind).clone(actual);
  const std::vector<Expr*> wanted = expressions_of(field, *left);
  const std::vector<Expr*> found = expressions_of(field, *right);
  if (wanted.size() != found.size()) return Equivalent::no;
  bool unknown = false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]->text == found[i]->text) continue;
    if (wanted[i]->empty() || found[i]->empty()) return Equivalent::no;
    const Equivalent equivalent = pair.compare(wanted[i]->text, held_tree(*wanted[i]), found[i]->text);
    if (equivalent == Equivalent::no) return Equivalent::no;
    unknown |= equivalent == Equivalent::unknown;
    found[i]->text = wanted[i]->text;
  }
  // What else the field holds beside its expressions must be equal as it stands.
  if (catalog::canonical(field, *left, expected_.sealed->names()) != catalog::canonical(field, *right, actual_.sealed->names()))
    return Equivalent::no;
  return unknown ? Equivalent::unknown : Equivalent::yes;
}

Equivalent AnalysedEquivalence::equivalent(const FieldInfo& field, const catalog::SealedObject& expected,
                                           const catalog::SealedObject& actual) {
  if (field.scope == catalog::ExprScope::text) return Equivalent::no;
  return field.ops->is_query ? compare_queries(field, *expected.object, *actual.object)
                             : compare_expressions(field, *expected.object, *actual.object);
}

void AnalysedEquivalence::audit() {
  for (const catalog::SealedObject& object : actual_.sealed->objects())
    for (const FieldInfo& field : catalog::kind_info(object.key.kind).fields) {
      if (field.scope == catalog::ExprScope::text) continue;
      const std::shared_ptr<Object> copy = catalog::kind_info(object.key.kind).clone(*object.object);
      for (const Expr* expression : expressions_of(field, *copy)) count(object, field, expression->text);
      if (field.ops->is_query) count(object, field, static_cast<const catalog::Query*>(field.get(object.object))->text);
    }
}

void AnalysedEquivalence::count(const catalog::SealedObject& object, const FieldInfo& field, const std::string& text) {
  if (text.empty()) return;
  const auto live = engine::analyze_live_text(*actual_.catalog, *object.object, field, text);
  if (!live || !live->fixpoint) ++not_fixpoint_;
}

}  // namespace pgplumb::cli
