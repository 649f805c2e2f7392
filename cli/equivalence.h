#pragma once
// The second step of comparing expressions: analyse the texts of both sides and compare the trees.
#include "cli/source.h"
#include "diff/compare.h"

namespace pgplumb::cli {

class AnalysedEquivalence : public diff::Equivalence {
 public:
  AnalysedEquivalence(const LoadedSource& expected, const LoadedSource& actual) : expected_(expected), actual_(actual) {}

  diff::Equivalent equivalent(const catalog::FieldInfo& field, const catalog::SealedObject& expected,
                              const catalog::SealedObject& actual) override;

  /// Analyses every text of the actual side, to count those that do not print as themselves.
  void audit();
  /// Texts that were analysed and did not print as themselves: what pgplumb does not wholly understand.
  std::size_t not_fixpoint() const { return not_fixpoint_; }

 private:
  diff::Equivalent compare_expressions(const catalog::FieldInfo& field, const catalog::Object& expected,
                                       const catalog::Object& actual);
  diff::Equivalent compare_queries(const catalog::FieldInfo& field, const catalog::Object& expected,
                                   const catalog::Object& actual);

  void count(const catalog::SealedObject& object, const catalog::FieldInfo& field, const std::string& text);

  const LoadedSource& expected_;
  const LoadedSource& actual_;
  std::size_t not_fixpoint_ = 0;
};

}  // namespace pgplumb::cli
