#include "diff/compare.h"

#include <map>

namespace pgplumb::diff {

using catalog::FieldInfo;
using catalog::OptIn;
using catalog::Role;
using catalog::SealedCatalog;
using catalog::SealedObject;

namespace {

class Comparer {
 public:
  Comparer(const SealedCatalog& expected, const SealedCatalog& actual, const CompareOptions& options,
           Equivalence* equivalence)
      : expected_(expected), actual_(actual), options_(options), equivalence_(equivalence) {}

  Comparison run() {
    merge();
    fold();
    pair_renames();
    drop_generated_names();
    return std::move(result_);
  }

 private:
  // Both lists are sorted alike: one pass over both.
  void merge() {
    auto a = expected_.objects().begin();
    auto b = actual_.objects().begin();
    while (a != expected_.objects().end() || b != actual_.objects().end()) {
      const int order = compare_position(a, b);
      if (order < 0)
        one_sided(*a++, ChangeType::missing);
      else if (order > 0)
        one_sided(*b++, ChangeType::unexpected);
      else
        both(*a++, *b++);
    }
  }

  template <class Iterator>
  int compare_position(Iterator a, Iterator b) const {
    if (a == expected_.objects().end()) return 1;
    if (b == actual_.objects().end()) return -1;
    if (a->key.kind != b->key.kind) return a->key.kind < b->key.kind ? -1 : 1;
    return a->key.identity.compare(b->key.identity);
  }

  bool in_scope(const SealedObject& object) const {
    switch (catalog::kind_info(object.key.kind).traits.opt_in) {
      case OptIn::none: return true;
      case OptIn::grants: return options_.grants;
      case OptIn::roles: return options_.roles;
    }
    return true;
  }

  bool in_scope(const FieldInfo& field) const {
    switch (field.role.role) {
      case Role::attribute: return true;
      case Role::cosmetic: return options_.column_order;
      case Role::owner: return options_.owners;
      default: return false;
    }
  }

  void one_sided(const SealedObject& object, ChangeType type) {
    if (!in_scope(object)) return;
    ++result_.stats.objects;
    Change change;
    change.type = type;
    change.key = object.key;
    (type == ChangeType::missing ? change.expected : change.actual) = &object;
    result_.changes.push_back(std::move(change));
  }

  void both(const SealedObject& expected, const SealedObject& actual) {
    if (!in_scope(expected)) return;
    ++result_.stats.objects;
    const bool same = expected.content == actual.content;
    count_expressions(expected, same);
    if (same && !options_.owners && !options_.column_order) return;
    Change change;
    change.key = expected.key;
    change.expected = &expected;
    change.actual = &actual;
    for (const FieldInfo* field : catalog::all_fields(expected.key.kind))
      if (in_scope(*field)) compare_field(*field, expected, actual, change);
    if (!change.fields.empty()) result_.changes.push_back(std::move(change));
  }

  void compare_field(const FieldInfo& field, const SealedObject& expected, const SealedObject& actual, Change& change) {
    std::string left = catalog::canonical(field, *expected.object, expected_.names());
    std::string right = catalog::canonical(field, *actual.object, actual_.names());
    if (left == right) {
      if (expected.content != actual.content && holds_expression(field) && !left.empty()) ++result_.stats.by_text;
      return;
    }
    const bool shown = is_shown(field, expected, expected_) && is_shown(field, actual, actual_);
    Judgement judgement{shown ? Equivalent::no : Equivalent::unknown, {}};
    if (holds_expression(field) && equivalence_) judgement = equivalence_->equivalent(field, expected, actual);
    FieldChange values{&field, std::move(left), std::move(right), judgement.equivalent == Equivalent::unknown};
    if (judgement.equivalent != Equivalent::yes) {
      change.fields.push_back(std::move(values));
      return;
    }
    ++result_.stats.by_analysis;
    for (const std::string& rule : judgement.rules) {
      ++result_.stats.rules[rule];
      result_.rules.push_back({rule, values, &expected});
    }
  }

  /// A field "x_known" of the kind says whether the server showed its field "x".
  static bool is_shown(const FieldInfo& field, const SealedObject& object, const SealedCatalog& side) {
    const std::string name = std::string(field.name) + "_known";
    for (const FieldInfo& candidate : catalog::kind_info(object.key.kind).fields)
      if (candidate.name == name) return catalog::canonical(candidate, *object.object, side.names()) == "true";
    return true;
  }

  static bool holds_expression(const FieldInfo& field) {
    return field.scope != catalog::ExprScope::none || field.ops->is_expr || field.ops->is_query;
  }

  void count_expressions(const SealedObject& object, bool same) {
    for (const FieldInfo& field : catalog::kind_info(object.key.kind).fields) {
      if (!field.compared() || !holds_expression(field) || field.ops->empty(field.get(object.object))) continue;
      ++result_.stats.expressions;
      if (same) ++result_.stats.by_text;
    }
  }

  // What is missing or unexpected only because its container is, is counted there and not listed.
  void fold() {
    std::map<std::pair<ChangeType, catalog::Oid>, std::size_t> at;
    for (std::size_t i = 0; i < result_.changes.size(); ++i)
      if (const SealedObject* object = one_side(result_.changes[i]))
        at.emplace(std::pair{result_.changes[i].type, object->object->oid}, i);
    std::vector<bool> folded(result_.changes.size());
    for (std::size_t i = 0; i < result_.changes.size(); ++i) {
      const Change& change = result_.changes[i];
      if (const SealedObject* object = one_side(change))
        if (const auto top = topmost(at, change.type, *object); top != at.end()) {
          ++result_.changes[top->second].contained;
          folded[i] = true;
        }
    }
    std::vector<Change> kept;
    for (std::size_t i = 0; i < folded.size(); ++i)
      if (!folded[i]) kept.push_back(std::move(result_.changes[i]));
    result_.changes = std::move(kept);
  }

  static const SealedObject* one_side(const Change& change) {
    if (change.type == ChangeType::missing) return change.expected;
    return change.type == ChangeType::unexpected ? change.actual : nullptr;
  }

  template <class Map>
  typename Map::const_iterator topmost(const Map& at, ChangeType type, const SealedObject& object) const {
    const SealedCatalog& side = type == ChangeType::missing ? expected_ : actual_;
    auto top = at.end();
    for (const SealedObject* next = side.find(object.container); next; next = side.find(next->container))
      if (const auto found = at.find({type, next->object->oid}); found != at.end()) top = found;
    return top;
  }

  // A missing and an unexpected object of the same kind and contents, in containers of the same name: most likely one
  // object renamed. Only said where the pairing is beyond doubt: one candidate on each side.
  void pair_renames() {
    std::map<std::string, std::pair<std::vector<Change*>, std::vector<Change*>>> groups;
    for (Change& change : result_.changes)
      if (const SealedObject* object = one_side(change)) {
        auto& group = groups[group_key(change, *object)];
        (change.type == ChangeType::missing ? group.first : group.second).push_back(&change);
      }
    for (auto& [key, group] : groups) {
      if (group.first.size() != 1 || group.second.size() != 1) continue;
      group.first[0]->counterpart = group.second[0]->actual;
      group.second[0]->counterpart = group.first[0]->expected;
    }
  }

  /// Two that differ in nothing but a name which the server chose on either side are one.
  void drop_generated_names() {
    std::erase_if(result_.changes, [this](const Change& change) {
      const bool first = change.type == ChangeType::missing;
      const SealedObject* expected = first ? change.expected : change.counterpart;
      const SealedObject* actual = first ? change.counterpart : change.actual;
      const auto generated = catalog::kind_info(change.key.kind).has_generated_name;
      if (!generated || !change.counterpart || !generated(*expected->object, expected_.catalog()) ||
          !generated(*actual->object, actual_.catalog()))
        return false;
      if (first) ++result_.stats.rules["generated_name"];
      return true;
    });
  }

  std::string group_key(const Change& change, const SealedObject& object) const {
    const SealedCatalog& side = change.type == ChangeType::missing ? expected_ : actual_;
    const SealedObject* container = side.find(object.container);
    return std::string(catalog::kind_info(object.key.kind).word) + "\n" + (container ? container->key.text() : "") + "\n" +
           object.content.hex() + "\n" + std::to_string(change.contained);
  }

  const SealedCatalog& expected_;
  const SealedCatalog& actual_;
  const CompareOptions& options_;
  Equivalence* equivalence_;
  Comparison result_;
};

}  // namespace

Comparison compare(const SealedCatalog& expected, const SealedCatalog& actual, const CompareOptions& options,
                   Equivalence* equivalence) {
  return Comparer(expected, actual, options, equivalence).run();
}

}  // namespace pgplumb::diff
