#pragma once
// One consistent reading of a server's catalogs, as rows: what the loader makes objects of.
#include <string>
#include <vector>

#include "engine/introspect/select.h"
#include "engine/introspect/snapshot_group.h"

namespace pgplumb::engine {

struct KindRows {
  KindSelect select;
  QueryOutcome outcome;
  bool none = false;  // denied, but known to be no rows
};

struct Reading {
  int major = 0;
  std::vector<KindRows> kinds;  // in the registry's order
  QueryOutcome roles;           // oid, name
  QueryOutcome types;           // how types belong together: see types_sql
  QueryOutcome initdb_objects;
  QueryOutcome comments;      // classid, objid, objsubid, text
  QueryOutcome members;       // classid, objid, extension
  QueryOutcome dependencies;  // classid, objid, refclassid, refobjid, refobjsubid
  QueryOutcome unmodeled;     // what, count, examples
};

/// Reads everything in the group's snapshot.
Reading read_catalogs(SnapshotGroup& group);

std::string unmodeled_sql(int major);

}  // namespace pgplumb::engine
