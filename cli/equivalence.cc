#include "cli/equivalence.h"

#include "catalog/builtin/builtin.h"
#include "engine/equivalence.h"
#include "engine/live_text.h"

namespace pgplumb::cli {

namespace {

using catalog::Expr;
using catalog::FieldInfo;
using catalog::Object;
using diff::Equivalent;
using diff::Judgement;
using engine::LiveTree;

const Judgement unknown{Equivalent::unknown, {}};

/// Whether two texts mean the same to PostgreSQL. Both are analysed in the expected catalog.
class TextPair {
 public:
  TextPair(const LoadedSource& expected, const LoadedSource& actual, const FieldInfo& field, const Object& expected_owner,
           const Object& actual_owner)
      : expected_(*expected.catalog),
        actual_(*actual.catalog),
        field_(field),
        expected_owner_(expected_owner),
        actual_owner_(actual_owner),
        cache_(expected_.major(), &expected_, {catalog::builtin::pg_catalog_namespace}) {}

  Judgement compare(const std::string& expected_text, const LiveTree& held, const std::string& actual_text) const {
    const auto actual = read(actual_text);
    if (!actual) return refers_to_what_is_not_expected(actual_text);
    if (held) {
      if (const auto rules = engine::equal_by_rules(cache_, held, *actual)) return yes_by(*rules);
    }
    const auto again = read(expected_text);
    if (!again || engine::equal_but_for_literals(cache_, held ? held : *again, *actual)) return unknown;
    const Judgement texts = compare_texts(*again, *actual);
    // Without statements there is only the text. With them, what they say is understood if its print means the same.
    if (held && texts.equivalent == Equivalent::yes) return unknown;
    return texts;
  }

 private:
  static Judgement yes_by(const std::vector<std::string_view>& rules) { return {Equivalent::yes, {rules.begin(), rules.end()}}; }

  Judgement compare_texts(const LiveTree& expected, const LiveTree& actual) const {
    if (const auto rules = engine::equal_by_rules(cache_, expected, actual)) return yes_by(*rules);
    const auto settled_expected = settled(expected), settled_actual = settled(actual);
    if (!settled_expected || !settled_actual) return unknown;
    const auto rules = engine::equal_by_rules(cache_, *settled_expected, *settled_actual);
    return rules ? yes_by(*rules) : Judgement{Equivalent::no, {}};
  }

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
  Judgement refers_to_what_is_not_expected(const std::string& actual_text) const {
    const auto own = engine::analyze_live_text(actual_, actual_owner_, field_, actual_text);
    return {own && own->fixpoint ? Equivalent::no : Equivalent::unknown, {}};
  }

  const catalog::Catalog& expected_;
  const catalog::Catalog& actual_;
  const FieldInfo& field_;
  const Object& expected_owner_;
  const Object& actual_owner_;
  engine::analyze::Syscache cache_;
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

Judgement AnalysedEquivalence::compare_queries(const FieldInfo& field, const Object& expected, const Object& actual) {
  const auto& left = *static_cast<const catalog::Query*>(field.get(&expected));
  const auto& right = *static_cast<const catalog::Query*>(field.get(&actual));
  if (left.empty() || right.empty()) return {};
  LiveTree held;
  held.query = left.tree;
  return TextPair(expected_, actual_, field, expected, actual).compare(left.text, held, right.text);
}

Judgement AnalysedEquivalence::compare_expressions(const FieldInfo& field, const Object& expected, const Object& actual) {
  const TextPair pair(expected_, actual_, field, expected, actual);
  const std::shared_ptr<Object> left = catalog::kind_info(expected.kind).clone(expected);
  const std::shared_ptr<Object> right = catalog::kind_info(actual.kind).clone(actual);
  const std::vector<Expr*> wanted = expressions_of(field, *left);
  const std::vector<Expr*> found = expressions_of(field, *right);
  if (wanted.size() != found.size()) return {};
  Judgement judgement{Equivalent::yes, {}};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]->text == found[i]->text) continue;
    if (wanted[i]->empty() || found[i]->empty()) return {};
    const Judgement one = pair.compare(wanted[i]->text, held_tree(*wanted[i]), found[i]->text);
    if (one.equivalent == Equivalent::no) return {};
    if (one.equivalent == Equivalent::unknown) judgement.equivalent = Equivalent::unknown;
    judgement.rules.insert(judgement.rules.end(), one.rules.begin(), one.rules.end());
    found[i]->text = wanted[i]->text;
  }
  // What else the field holds beside its expressions must be equal as it stands.
  if (catalog::canonical(field, *left, expected_.sealed->names()) != catalog::canonical(field, *right, actual_.sealed->names()))
    return {};
  return judgement;
}

Judgement AnalysedEquivalence::equivalent(const FieldInfo& field, const catalog::SealedObject& expected,
                                          const catalog::SealedObject& actual) {
  if (field.scope == catalog::ExprScope::text) return {};
  return field.ops->is_query ? compare_queries(field, *expected.object, *actual.object)
                             : compare_expressions(field, *expected.object, *actual.object);
}

}  // namespace pgplumb::cli
