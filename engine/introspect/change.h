#pragma once
// Whether the catalogs changed while they were read. The server's printing functions read the newest state and not the
// snapshot: after a change, what was read in between may be a mixture.
#include <future>
#include <string>

#include "engine/introspect/snapshot_group.h"

namespace pgplumb::engine {

/// Asks three questions, each dearer than the one before: whether the cluster was written at all; whether rows of the catalogs
/// came or went; whether what they say of the schema differs, which VACUUM, TRUNCATE and temporary tables don't change.
class ChangeCheck {
 public:
  /// Asks once everything has been read; the last answer is awaited by happened().
  explicit ChangeCheck(SnapshotGroup& group);

  /// Why that can't be told; else empty.
  const std::string& denied() const { return before_.denied; }
  bool happened();

 private:
  QueryOutcome before_;
  std::future<QueryResult> after_;
};

}  // namespace pgplumb::engine
