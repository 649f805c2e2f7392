#pragma once
// The second step of comparing expressions: analyse the texts of both sides and compare the trees.
#include "cli/source.h"
#include "diff/compare.h"

namespace pgplumb::cli {

class AnalysedEquivalence : public diff::Equivalence {
 public:
  AnalysedEquivalence(const LoadedSource& expected, const LoadedSource& actual) : expected_(expected), actual_(actual) {}

  diff::Judgement equivalent(const catalog::FieldInfo& field, const catalog::SealedObject& expected,
                             const catalog::SealedObject& actual) override;

 private:
  diff::Judgement compare_expressions(const catalog::FieldInfo& field, const catalog::Object& expected,
                                      const catalog::Object& actual);
  diff::Judgement compare_queries(const catalog::FieldInfo& field, const catalog::Object& expected,
                                  const catalog::Object& actual);

  const LoadedSource& expected_;
  const LoadedSource& actual_;
};

}  // namespace pgplumb::cli
