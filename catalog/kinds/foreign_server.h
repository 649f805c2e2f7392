#pragma once
// A foreign server (pg_foreign_server).
#include "catalog/kinds/foreign_options.h"

namespace pgplumb::catalog {

struct ForeignServer : Object {
  AnyRef wrapper;
  std::string type, version;
  Options options;
};

inline constexpr auto foreign_server_fields =
    fields(field<&Object::name>("name", identity, "s.srvname"),
           field<&ForeignServer::wrapper>("wrapper", attribute, "'2328/' || s.srvfdw"),
           field<&ForeignServer::type>("type", attribute, "s.srvtype"),
           field<&ForeignServer::version>("version", attribute, "s.srvversion"),
           field<&ForeignServer::options>("options", attribute | set, PGPLUMB_VISIBLE_OPTIONS("s.srvoptions")));

}  // namespace pgplumb::catalog
