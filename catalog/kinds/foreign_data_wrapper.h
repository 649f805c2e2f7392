#pragma once
// A foreign-data wrapper (pg_foreign_data_wrapper).
#include "catalog/kinds/foreign_options.h"

namespace pgplumb::catalog {

struct ForeignDataWrapper : Object {
  AnyRef handler, validator;
  Options options;
};

inline constexpr auto foreign_data_wrapper_fields =
    fields(field<&Object::name>("name", identity, "w.fdwname"),
           field<&ForeignDataWrapper::handler>("handler", attribute, "'1255/' || nullif(w.fdwhandler, 0)"),
           field<&ForeignDataWrapper::validator>("validator", attribute, "'1255/' || nullif(w.fdwvalidator, 0)"),
           field<&ForeignDataWrapper::options>("options", attribute | set, PGPLUMB_VISIBLE_OPTIONS("w.fdwoptions")));

}  // namespace pgplumb::catalog
