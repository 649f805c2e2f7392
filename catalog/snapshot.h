#pragma once
// Snapshots: a sealed catalog as JSON, and back. The format is written down in docs/SNAPSHOT.md.
#include <memory>
#include <string>

#include "catalog/base/source.h"
#include "catalog/freeze.h"

namespace pgplumb::catalog {

inline constexpr int snapshot_version = 1;

/// What a snapshot says about itself beside the objects.
struct SnapshotInfo {
  int major = 0;
  std::string source;                // what it was taken from; never a password
  std::vector<std::string> unsure;   // why the snapshot may not be the whole truth
};

/// One line an object, so that snapshots in version control show readable differences.
std::string write_snapshot(const SealedCatalog& sealed, const SnapshotInfo& info, const SourceMap* sources);

struct Snapshot {
  SnapshotInfo info;
  std::shared_ptr<const Catalog> catalog;
  /// Where objects were set, as the snapshot recorded it: file:line by oid.
  std::unordered_map<Oid, std::string> origins;
};

/// Throws UsageError where the text is no snapshot, or one of a newer version.
Snapshot read_snapshot(std::string text);

}  // namespace pgplumb::catalog
