#include "engine/evaluate/value_text.h"

#include "catalog/type_oids.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

bool is_reg_type(Oid type) {
  switch (type) {
    case types::regproc:
    case types::regprocedure:
    case types::regoper:
    case types::regoperator:
    case types::regclass:
    case types::regtype:
    case types::regconfig:
    case types::regdictionary:
    case types::regnamespace:
    case types::regrole:
    case types::regcollation:
      return true;
    default:
      return false;
  }
}

bool is_string_type(Oid type) {
  return type == types::text || type == types::varchar || type == types::bpchar || type == types::name ||
         type == types::cstring || type == types::unknown;
}

}  // namespace pgplumb::engine::evaluate
