#pragma once
// The generic comparison of two sealed catalogs. It knows fields and their roles, and no kind of object.
#include <map>
#include <string>
#include <vector>

#include "catalog/freeze.h"

namespace pgplumb::diff {

enum class ChangeType { missing, unexpected, altered };

/// One field that differs: the canonical JSON of both values, empty where there is none.
struct FieldChange {
  const catalog::FieldInfo* field = nullptr;
  std::string expected;
  std::string actual;
  bool undecided = false;  // the texts differ, and what they mean could not be told
};

struct Change {
  ChangeType type = ChangeType::altered;
  catalog::ObjectKey key;
  const catalog::SealedObject* expected = nullptr;  // null where unexpected
  const catalog::SealedObject* actual = nullptr;    // null where missing
  std::vector<FieldChange> fields;                  // of an altered object
  std::size_t contained = 0;  // objects that are missing or unexpected together with it and not listed by themselves
  /// An object on the other side with the same contents and another name: what this one may have been renamed to or from.
  const catalog::SealedObject* counterpart = nullptr;
};

struct CompareOptions {
  bool owners = false;
  bool column_order = false;
  bool grants = false;
  bool roles = false;
};

enum class Equivalent { yes, no, unknown };

struct Judgement {
  Equivalent equivalent = Equivalent::no;
  std::vector<std::string> rules;  // what it took to make them equal, by name; none where both mean the same as they stand
};

/// The second step of comparing expressions, where their texts differ. Implemented by the engine, which can analyse.
class Equivalence {
 public:
  virtual ~Equivalence() = default;
  /// Whether both values of the field mean the same although their texts differ; unknown where one of them could not be
  /// analysed.
  virtual Judgement equivalent(const catalog::FieldInfo& field, const catalog::SealedObject& expected,
                               const catalog::SealedObject& actual) = 0;
};

struct CompareStats {
  std::size_t objects = 0;        // compared
  std::size_t expressions = 0;    // expression-bearing fields compared
  std::size_t by_text = 0;        // of them, equal by their text
  std::size_t by_analysis = 0;    // equal only after both were analysed
  std::map<std::string, std::size_t> rules;  // of them, by the rules that it took; also objects that differ only in a
                                             // name which the server chose: generated_name
};

/// A rule that made a field equal.
struct RuleUse {
  std::string rule;
  FieldChange values;
  const catalog::SealedObject* expected = nullptr;
};

struct Comparison {
  std::vector<Change> changes;  // by kind, then identity
  std::vector<RuleUse> rules;
  CompareStats stats;
};

Comparison compare(const catalog::SealedCatalog& expected, const catalog::SealedCatalog& actual,
                   const CompareOptions& options, Equivalence* equivalence);

}  // namespace pgplumb::diff
