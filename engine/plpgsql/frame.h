#pragma once
// What the variables of a running body hold.
#include <string>
#include <vector>

#include "catalog/type_oids.h"
#include "engine/evaluate/value.h"
#include "engine/plpgsql/tree.h"

namespace pgplumb::engine::plpgsql {

using evaluate::ResultColumn;
using evaluate::ResultSet;
using evaluate::Value;

/// A row, by its fields: PLpgSQL_rec's expanded record.
struct Row {
  bool assigned = false;  // its fields are known; a record has none before
  bool is_null = true;    // no row was put into it
  std::vector<ResultColumn> columns;
  std::vector<Value> values;
  std::string unknown;  // why its fields can't be known; empty where they are
};

struct Slot {
  TypeRef type;  // of what it holds
  Value value;
  Row row;  // of composite variables
};
using Frame = std::vector<Slot>;

bool same(const Slot& a, const Slot& b);
/// What is certain where either of two runs may have happened: what differs is unknown.
Slot merged(const Slot& a, const Slot& b, const std::string& reason);
/// Nothing of it is certain.
void forget(Slot& slot, const std::string& reason);

}  // namespace pgplumb::engine::plpgsql
